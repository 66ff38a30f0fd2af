"""Hard-wrapped lines: which line breaks are the layout's and which end a paragraph.

In comes a text whose lines may be cut at a margin, out comes the same text with a blank in place of each break that the
margin made. A break is the margin's where the next line's first word would not have fitted; a word that was cut at a
hyphen keeps its hyphen.
"""

from __future__ import annotations

import re
from itertools import pairwise

_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s{0,3}$")
WIDEST = 130  # characters; longer lines are paragraphs
NARROWEST = 40
_FEWEST = 2  # full lines that make a margin


def unwrap(text: str, *, ragged: float = 1.0) -> str:
    """The text with its paragraphs whole. `ragged` is the share of the margin that a full line fills at least.

    Where it is below 1 the text has no blank lines either, so a line that ends a sentence is left to end its paragraph.
    """
    lines = text.split("\n")
    margin = _margin(lines)
    if not margin:
        return text
    parts: list[str] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        word = after.split(maxsplit=1)[0] if after.strip() else ""
        full = bool(word) and bool(line.strip()) and len(line.rstrip()) + 1 + len(word) > margin * ragged
        full = full and len(after) - len(after.lstrip()) <= len(line) - len(
            line.lstrip()
        )  # an indent opens a paragraph
        full = full and not (ragged < 1 and _SENTENCE.search(line))
        cut = full and line.endswith("-") and line[-2:-1].isalpha() and word[0].islower()
        parts.append(line + ("" if cut else " " if full and not line.endswith(" ") else "" if full else "\n"))
    return "".join(parts).removesuffix("\n")


def _margin(lines: list[str]) -> int:
    """The width that lines are cut at, in characters; 0 where they are not."""
    widths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(widths) <= _FEWEST or not NARROWEST <= widths[-1] <= WIDEST:
        return 0
    inner = [len(line.rstrip()) for line, after in pairwise(lines) if line.strip() and after.strip()]
    widest = widths[-1]
    full = sum(width >= 0.75 * widest for width in inner)
    return widest if full >= _FEWEST and full >= 0.4 * len(inner) else 0
