"""Bytes to text, changing nothing but mojibake.

In come the bytes of a file, out comes its text; line ends and every other character stay as they are. UTF-8, UTF-16 and
UTF-32 are told by their byte order mark, UTF-8 also by its form; the rest is read as Windows-1252. Text that was once
decoded wrongly is repaired by ftfy.
"""

from __future__ import annotations

import codecs

import ftfy

from hearsay.errors import ReportError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27} | {127})
_SHARE = 0.02


def decode(data: bytes) -> str:
    """The text of a file. Raises ReportError where the bytes are not text."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None and _is_binary(data):
        raise ReportError("looks like a binary file; convert it to text first")
    try:
        return repair(data.decode(encoding or "utf-8"))
    except UnicodeDecodeError as error:
        if encoding is not None:
            raise ReportError(f"is not valid {encoding} at byte {error.start}; save it again as UTF-8") from error
    try:
        return repair(data.decode("cp1252"))
    except UnicodeDecodeError as error:
        why = f"is neither UTF-8 nor Windows-1252 (byte {error.start}); save it again as UTF-8"
        raise ReportError(why) from error


def _is_binary(data: bytes) -> bool:
    """Does a NUL, or a share of control characters, show that this is no text?"""
    head = data[:65536]
    return b"\0" in data or len(head) - len(head.translate(None, _CONTROL)) > _SHARE * len(head)


def repair(text: str) -> str:
    """Text with its mojibake repaired; quotation marks, line ends and everything else stay."""
    if text.isascii():
        return text
    return "\n".join(ftfy.fix_encoding(line) for line in text.split("\n"))
