"""RTF: a rich text file becomes its text, and an export of a database its articles.

In come the bytes, out come one record or the articles of an export. Formats, pictures and the addresses behind links
are left out. The file is parsed in a child (see `bounded`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hearsay.errors import ReportError
from hearsay.ingest.bounded import bounded
from hearsay.ingest.formats.exports import export_records, service_of
from hearsay.ingest.record import Record
from hearsay.model import Skipped

MEDIA_TYPE = "text/rtf"
MAX_DEPTH = 500  # groups inside groups

_BRACE = re.compile(rb"(?<!\\)(?:\\\\)*([{}])")
_CELLS = re.compile(r"[ \t]*\|[ \t|]*$", re.MULTILINE)


def is_rtf(data: bytes, _suffix: str) -> bool:
    """Told by the opening group."""
    return data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf")


def rtf(data: bytes, uri: str) -> Iterator[Record | Skipped]:
    """One record, or one an article. Raises ReportError where the file is nested too deeply or holds no text."""
    text = str(bounded(parse_rtf, data))
    if not text.strip():
        raise ReportError("holds no text; open it and save it again")
    if service_of(text):
        yield from export_records(text, uri, media_type=MEDIA_TYPE)
    else:
        yield Record(uri=uri, text=text.strip(), media_type=MEDIA_TYPE)


# -- in the child ------------------------------------------------------------------------------------------------------


def parse_rtf(data: bytes) -> str:
    """The text of the file, one paragraph a line. Raises ReportError."""
    from striprtf import striprtf

    depth = deepest = 0
    for brace in _BRACE.finditer(data):
        depth += 1 if brace[1] == b"{" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise ReportError(f"nests groups more than {MAX_DEPTH} deep; save its text")
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError:
        source = data.decode("cp1252", "replace")
    source = source.replace("HYPERLINK", "LINK")  # else the library writes the addresses into the text
    convert: Any = striprtf.rtf_to_text
    text = str(convert(source, errors="replace")).replace("\r\n", "\n").replace("\0", "")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # characters written as two halves
    return _CELLS.sub("", text)
