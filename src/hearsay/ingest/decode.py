"""Bytes to text and back, changing nothing but mojibake.

In come the bytes of a file, out come its text, the encoding it was told by, and an edit map that leads every offset of
the text back to the bytes. A byte order mark decides first, then the form of UTF-16 and UTF-32, the form of UTF-8, what
the file declares, and last a guess by charset_normalizer that must be better than Windows-1252 by a margin. Text that
was once decoded wrongly is repaired by ftfy; line ends and every other character stay as they are.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import ftfy

from hearsay.data import alternatives, table
from hearsay.errors import ReportError
from hearsay.model import Span

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27} | {127})
_SHARE = 0.02  # control characters that a text may hold
_HEAD = 65536  # bytes that show whether a file is text
_SAMPLE = 16384  # bytes from which an encoding is guessed
_CLEAR = 0.3  # part of the two-byte units that hold a NUL in UTF-16 of any alphabet with blanks and digits
_FEW = 0.1  # NULs on the wrong side (Ā is 0x0100) as a part of those on the right one
_COHERENT = 0.2  # letters that fit a language, from which a guess counts
_MANY = 16  # bytes over 127 from which a guess without a known language counts
_CHAOS = 4.0  # what a share of odd characters weighs against a share of fitting ones
_GOOD = 5  # UTF-8 sequences that outweigh one broken one
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,4}=\s{0,4}["']?\s{0,4}([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_ASCII = re.compile(r"[\x00-\x7f]+")
_FIXED = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}


@dataclass(frozen=True, slots=True)
class Edit:
    """A repaired stretch: `raw_start` to `raw_end` of the decoded characters became `start` to `end` of the text."""

    raw_start: int
    raw_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, where it stands in the file, and what was repaired. `data` are the file's bytes."""

    text: str
    encoding: str
    edits: tuple[Edit, ...]
    data: bytes = field(repr=False)

    def widened(self, start: int, end: int) -> tuple[int, int]:
        """The stretch with the whole of every repair that it touches: the least that bytes can stand for."""
        for edit in self.edits[bisect_right(self.edits, start, key=lambda edit: edit.end) :]:
            if edit.start >= end:
                break
            start, end = min(start, edit.start), max(end, edit.end)
        return start, end

    def bytes_at(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters `start` to `end` (half-open) of the text stand in the file, as half-open byte offsets.

        Characters inside a repair stand for all its bytes. Raises ValueError for offsets outside the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"no characters {start} to {end} in a text of {len(self.text)}")
        start, end = self.widened(start, end)
        return self._byte(self._raw(start)), self._byte(self._raw(end))

    def _raw(self, at: int) -> int:
        """Offset before repair; `at` lies inside no repair."""
        done = bisect_right(self.edits, at, key=lambda edit: edit.end)
        return at if not done else at - self.edits[done - 1].end + self.edits[done - 1].raw_end

    def _byte(self, chars: int) -> int:
        """Where the decoded character stands in the file."""
        mark = _mark(self.data)[0]
        text = _decoded(self.data[len(mark) :], self.encoding)
        if self.encoding in _FIXED:
            wide = sum(char > "\uffff" for char in text[:chars]) if self.encoding.startswith("utf-16") else 0
            return len(mark) + (chars + wide) * _FIXED[self.encoding]
        if self.encoding == "utf-8" and "\ufffd" not in text:
            return len(mark) + len(text[:chars].encode("utf-8"))
        return len(mark) + _fed(self.data[len(mark) :], self.encoding, chars)


def decode(data: bytes) -> str:
    """The text of a file. Raises ReportError where the bytes are not text."""
    return decoded(data).text


def trace(data: bytes, span: Span) -> tuple[int, int]:
    """Half-open byte offsets of a span of a plain text file's report, from the bytes of the file."""
    return decoded(data).bytes_at(span.start, span.end)


def decoded(data: bytes) -> Decoded:
    """A file's text with its way back. Raises ReportError where the bytes are not text."""
    mark, encoding = _mark(data)
    bare = data[len(mark) :]
    if encoding:
        try:
            raw = bare.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding != "utf-8" or not _mostly_utf8(bare):
                raise ReportError(f"is not valid {encoding} at byte {error.start}; save it again as UTF-8") from error
            raw = _decoded(bare, encoding)
    else:
        encoding = _by_form(bare) or _declared(bare) or _guessed(bare)
        raw = _decoded(bare, encoding)
    text = repair(raw)
    return Decoded(text, encoding, tuple(_edits(raw, text)) if raw != text else (), data)


def repair(text: str) -> str:
    """Text with its mojibake repaired; quotation marks, line ends and everything else stay."""
    if text.isascii():
        return text
    return "\n".join(line if line.isascii() else _repaired(line) for line in text.split("\n"))


def _repaired(line: str) -> str:
    fixed = ftfy.fix_encoding(line)
    return line if "\n" in fixed else fixed


# -- which encoding ----------------------------------------------------------------------------------------------------


def _mark(data: bytes) -> tuple[bytes, str]:
    """The byte order mark that opens the data, with its encoding; empty where there is none."""
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))


def _by_form(data: bytes) -> str:
    """UTF-8, or UTF-16 and UTF-32 without a mark, where the bytes have their form. Raises ReportError for no text."""
    wide = _wide(data)
    if wide:
        return wide
    head = data[:_HEAD]
    if b"\0" in data or len(head) - len(head.translate(None, _CONTROL)) > _SHARE * len(head):
        raise ReportError("looks like a binary file; convert it to text first")
    if data.isascii():
        return "iso2022-jp" if b"\x1b$" in head and _fits(data, "iso2022-jp") else "utf-8"
    return "utf-8" if _fits(data, "utf-8") or _mostly_utf8(data) else ""


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32, told by where the NULs stand: blanks and digits have them in every alphabet."""
    head = data[: _HEAD & ~3]
    if b"\0" not in head or len(data) % 2:
        return ""
    nulls = [sum(byte == 0 for byte in head[i::4]) for i in range(4)]
    quarter, even, odd = len(head) / 4, nulls[0] + nulls[2], nulls[1] + nulls[3]
    shapes = (
        ("utf-32-le", nulls[3] == quarter and nulls[2] > _CLEAR * quarter),
        ("utf-32-be", nulls[0] == quarter and nulls[1] > _CLEAR * quarter),
        ("utf-16-le", odd > _CLEAR * 2 * quarter and even < _FEW * odd),
        ("utf-16-be", even > _CLEAR * 2 * quarter and odd < _FEW * even),
    )
    return next((name for name, told in shapes if told and _fits(data, name) and _is_written(data, name)), "")


def _is_written(data: bytes, encoding: str) -> bool:
    """Do the bytes read as text in a wide encoding hold no control characters to speak of?"""
    head = data[:_HEAD].decode(encoding, "ignore")
    odd = sum(char < " " and char not in "\t\n\r\f\v" for char in head)
    return odd <= _SHARE * len(head)


def _mostly_utf8(data: bytes) -> bool:
    """Is it UTF-8 that was cut or damaged in a few places?"""
    good = len(_SEQUENCE.findall(data))
    if good < _GOOD:
        return False
    broken = data.decode("utf-8", "replace").count("\ufffd") - data.count("\ufffd".encode())
    return broken * _GOOD <= good


@cache
def _labels() -> dict[str, str]:
    return {
        label.casefold().replace("_", "-"): row["codec"]
        for row in table("charsets")
        for label in alternatives(row["labels"])
    }


def _declared(data: bytes) -> str:
    """The encoding that a page or an XML file names in its head, if it can be."""
    if data.lstrip()[:1] != b"<":
        return ""
    for match in _DECLARED.finditer(data[:4096]):
        codec = _labels().get(match[1].decode("ascii").casefold().replace("_", "-"))
        if codec and codec != "utf-8" and _fits(data, codec):
            return codec
    return ""


def _fits(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _guessed(data: bytes) -> str:
    """The best guess where it is clearly better than Windows-1252. Raises ReportError where nothing fits."""
    from charset_normalizer import from_bytes  # slow to load, and most files are UTF-8

    priors = {codecs.lookup(row["codec"]).name: float(row["prior"]) for row in table("charsets") if row["prior"]}
    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:  # blanks are no part of a longer sequence in any of these
        sample = sample[: max(sample.rfind(b" "), sample.rfind(b"\n")) + 1] or sample
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    western = _fits(data, "cp1252")
    best, most = "", -1.0
    among = [name.replace("-", "_") for name in sorted(priors)]
    for match in from_bytes(sample, cp_isolation=among, preemptive_behaviour=False):
        name = codecs.lookup(match.encoding).name
        if (match.coherence < _COHERENT and (high < _MANY or match.chaos > 1 / _CHAOS / 2)) or not _fits(data, name):
            continue
        if western and sample.decode(name, "replace") == sample.decode("cp1252", "replace"):
            name = "cp1252"
        score = match.coherence - _CHAOS * match.chaos + priors[name]
        if score > most:
            best, most = name, score
    if best or western:
        return best or "cp1252"
    why = "is in none of the encodings that can be told (not UTF-8, not Windows-1252); save it again as UTF-8"
    raise ReportError(why)


# -- the way back ------------------------------------------------------------------------------------------------------


def _decoded(data: bytes, encoding: str) -> str:
    """The characters before repair; what is broken in damaged UTF-8 becomes U+FFFD."""
    return data.decode(encoding, "replace" if encoding == "utf-8" else "strict")


def _fed(data: bytes, encoding: str, chars: int) -> int:
    """How many bytes the first `chars` characters take, found by feeding the decoder."""
    decoder = codecs.getincrementaldecoder(encoding)("replace" if encoding == "utf-8" else "strict")
    count = taken = 0
    for at in range(len(data)):
        if count >= chars:
            break
        count += len(decoder.decode(data[at : at + 1]))
        taken = at + 1
    return taken if count >= chars else len(data)


def _edits(raw: str, text: str) -> Iterator[Edit]:
    """Where repair changed the decoded characters, in order; lines are repaired one by one."""
    at = to = 0
    for before, after in zip(raw.split("\n"), text.split("\n"), strict=True):
        if before != after:
            yield from (Edit(at + a, at + b, to + c, to + d) for a, b, c, d in _changes(before, after))
        at += len(before) + 1
        to += len(after) + 1


def _changes(before: str, after: str) -> Iterator[tuple[int, int, int, int]]:
    """Changed stretches of one line. Repair leaves ASCII alone, but where a blank was a byte of a broken letter."""
    ours, theirs = list(_ASCII.finditer(before)), list(_ASCII.finditer(after))
    if [m[0] for m in ours] != [m[0] for m in theirs]:
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        yield head, len(before) - tail, head, len(after) - tail
        return
    a = c = 0
    for one, two in zip(ours, theirs, strict=True):
        if before[a : one.start()] != after[c : two.start()]:
            yield a, one.start(), c, two.start()
        a, c = one.end(), two.end()
    if before[a:] != after[c:]:
        yield a, len(before), c, len(after)


def _common(one: str, other: str) -> int:
    """Length of the common beginning."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
