"""The only file that knows the neural model: text in, labelled spans out.

A Reader tags attribution roles (source, cue, content) and entities. The ONNX reader runs one window at a time: dynamic
int8 quantisation scales over a whole batch, so batch mates would change a report's result. Windows overlap and are
weighted by the distance from their edges; Viterbi over BIO tags; spans are snapped to whole words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from hearsay.errors import ModelError

Floats = npt.NDArray[np.float64]

CLS, SEP = 101, 102  # the encoder's own marks around a window
WINDOW, OVERLAP = 254, 96  # wordpieces
NEW_SPAN = 0.5  # cost of opening a span: neighbouring pieces of one role are rather one span
FORBIDDEN = 9.0  # cost of an I tag that continues nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A stretch of text with a label of one head; `score` is the mean probability of its pieces, 0..1."""

    label: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What one pass over a text gives: spans in text order, not overlapping within a head.

    `attribution` labels: source, cue, content. `entity` labels: PERSON, LOCATION, ORGANIZATION, MISC, DATE, TIME, ...
    """

    attribution: tuple[Tagged, ...] = ()
    entity: tuple[Tagged, ...] = ()


class Reader(Protocol):
    """The seam behind which models are exchanged."""

    @property
    def name(self) -> str:
        """Name and version, for the basis of what was read."""
        ...

    def tag(self, text: str) -> Tags:
        """Tag one text. The result depends on nothing but the text."""
        ...


class OnnxReader:
    """The shipped reader, or the one in `folder` (reader.int8.onnx, tokenizer.json, labels.json).

    Raises ModelError when a file is missing or its labels do not fit.
    """

    def __init__(self, folder: Path | None = None) -> None:
        if folder is not None:
            self._load(folder)
        else:
            with as_file(files("hearsay.data") / "reader") as shipped:
                self._load(shipped)

    def _load(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        for name in ("reader.int8.onnx", "tokenizer.json", "labels.json"):
            if not (folder / name).is_file():
                raise ModelError(f"the reader's file {name} is missing in {folder}; reinstall, or name another folder")
        try:
            self._heads: dict[str, list[str]] = json.loads((folder / "labels.json").read_text("utf-8"))["outputs"]
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1  # the pool is over reports, not inside one
            options.log_severity_level = 3
            model = (folder / "reader.int8.onnx").read_bytes()
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime and tokenizers raise their own, undocumented kinds
            raise ModelError(f"the reader in {folder} cannot be loaded: {error}; name a folder that fits") from error
        missing = {"attribution", "entity"} - set(self._heads)
        if missing:
            raise ModelError(f"labels.json in {folder} has no head {sorted(missing)}; name a folder that fits")
        self.name = f"reader-{sha256(model).hexdigest()[:12]}"

    def tag(self, text: str) -> Tags:
        """Tag one text; see the module's head for how."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        if not encoding.ids:
            return Tags()
        scores = self._scores(encoding.ids)
        found = {}
        for head, labels in self._heads.items():
            path = _viterbi(scores[head], labels)
            found[head] = tuple(_spans(text, path, labels, encoding.offsets, scores[head]))
        return Tags(attribution=found["attribution"], entity=found["entity"])

    def _scores(self, ids: Sequence[int]) -> dict[str, Floats]:
        """Log probabilities (pieces x labels) of each head, averaged over overlapping windows."""
        heads = list(self._heads)
        total = {head: np.zeros((len(ids), len(self._heads[head]))) for head in heads}
        weights = np.zeros((len(ids), 1))
        stop = len(ids) - OVERLAP if len(ids) > WINDOW else 1
        for start in range(0, max(1, stop), WINDOW - OVERLAP):
            window = np.array([[CLS, *ids[start : start + WINDOW], SEP]], dtype=np.int64)
            feed = {"input_ids": window, "attention_mask": np.ones_like(window)}
            rows = window.shape[1] - 2
            ramp = np.minimum(np.arange(1, rows + 1), np.arange(rows, 0, -1))[:, None] ** 0.5
            weights[start : start + rows] += ramp
            for head, logits in zip(heads, self._session.run(heads, feed), strict=True):
                inner = np.asarray(logits[0][1:-1], dtype=np.float64)
                peak = inner.max(-1, keepdims=True)
                log = inner - peak - np.log(np.exp(inner - peak).sum(-1, keepdims=True))
                total[head][start : start + rows] += ramp * log
        return {head: total[head] / np.maximum(weights, 1e-9) for head in heads}


def _viterbi(scores: Floats, labels: Sequence[str]) -> list[int]:
    """Best tag path under the BIO rules."""
    moves = np.zeros((len(labels), len(labels)))
    for i, before in enumerate(labels):
        for j, after in enumerate(labels):
            if after[0] == "I" and before[2:] != after[2:]:
                moves[i, j] = -FORBIDDEN
            elif after[0] == "B":
                moves[i, j] = -NEW_SPAN
    best, back = scores[0].copy(), []
    for row in scores[1:]:
        options = best[:, None] + moves
        back.append(options.argmax(0))
        best = options.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def _spans(
    text: str, path: Sequence[int], labels: Sequence[str], offsets: Sequence[tuple[int, int]], scores: Floats
) -> Iterator[Tagged]:
    """Runs of one label as whole words; neighbours of one label are joined, of overlapping ones the longer stays."""
    runs: list[tuple[str, int, int, list[float]]] = []
    open_label = ""
    for row, (tag, (start, end)) in enumerate(zip(path, offsets, strict=True)):
        label = labels[tag][2:]
        probability = float(np.exp(scores[row, tag]))
        if not label:
            open_label = ""
        elif labels[tag][0] == "B" or label != open_label:
            runs.append((label, start, end, [probability]))
            open_label = label
        else:
            name, begun, _, seen = runs[-1]
            runs[-1] = (name, begun, end, [*seen, probability])
    kept: list[tuple[str, int, int, list[float]]] = []
    for label, start, end, seen in runs:
        start, end = whole_words(text, start, end)
        if kept and kept[-1][0] == label and start - kept[-1][2] <= 1:
            kept[-1] = (label, kept[-1][1], max(end, kept[-1][2]), [*kept[-1][3], *seen])
        elif kept and start < kept[-1][2]:
            if end - start > kept[-1][2] - kept[-1][1]:
                kept[-1] = (label, start, end, seen)
        else:
            kept.append((label, start, end, seen))
    for label, start, end, seen in kept:
        yield Tagged(label=label, start=start, end=end, score=round(sum(seen) / len(seen), 4))


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened until it cuts no word."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end
