"""What a file is, told by its bytes and not by its name.

In come the bytes and the suffix of the name, out comes the suffix of what the file really is: the formats go by that
one. Magic bytes, the members of a zip, the first tag and the first brackets decide, in that order; where they say
nothing the name's own suffix stays, unless it promises a sign that is not there. The signs are the table `file_kinds`.
"""

from __future__ import annotations

import codecs
import io
import re
from functools import cache
from zipfile import BadZipFile, ZipFile

from hearsay.data import table
from hearsay.errors import ReportError

HEAD = 65536  # bytes that tell what a file is
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TAG = re.compile(r"<(?:[A-Za-z][\w.-]{0,40}:)?([A-Za-z][\w.-]{0,40})[\s/>]")
_DOCTYPE_HTML = re.compile(r"<!doctype\s+html", re.IGNORECASE)
_OPENS_OBJECT = re.compile(r"\{\s*[\"}]")
_OPENS_LIST = re.compile(r"\[\s*[\[{]")
_LINES = (".jsonl", ".ndjson", ".jsonlines")
_MARKUP = (".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".rdf", ".nitf", ".newsml")


def true_suffix(data: bytes, suffix: str) -> str:
    """Suffix of what the bytes are. Raises ReportError, with the kind's name, where they hold no text."""
    row = _by_bytes(data)
    if row is not None:
        row = (_in_zip(data) or row) if row["suffix"] == ".zip" else row
        if not row["suffix"]:
            raise ReportError(f"is {row['name']}; {row['advice']}")
        return row["suffix"]
    text = head_text(data)
    told = _by_tag(text, suffix) or _by_bracket(text, suffix, data)
    if told:
        return told
    promised = suffix in {row["suffix"] for row in _rows() if row["suffix"] != ".html"} | {".xls", ".doc", ".tgz"}
    if promised or (suffix in (*_MARKUP, ".json", *_LINES) and not _holds_sign(text, suffix)):
        return ""
    return suffix


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return table("file_kinds")


def _by_bytes(data: bytes) -> dict[str, str] | None:
    for row in _rows():
        where, _, offset = row["where"].partition("@")
        if where == "bytes" and data.startswith(bytes.fromhex(row["sign"]), int(offset or 0)):
            return row
    # Junk may stand before the sign of a PDF; one that a wire story only quotes stands deeper in the line.
    return next((row for row in _rows() if row["suffix"] == ".pdf" and b"\n%PDF-" in data[:1024]), None)


def _in_zip(data: bytes) -> dict[str, str] | None:
    """The kind of office file that a zip is, if it is one. Raises ReportError where its directory is damaged."""
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            members = set(packed.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReportError("is a damaged or incomplete zip file; get it again") from error
    return next((row for row in _rows() if row["where"] == "zip" and row["sign"] in members), None)


def head_text(data: bytes) -> str:
    """The first characters, well enough to see their signs: undecodable bytes stand for themselves."""
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "latin-1"))
    return data[len(mark) : len(mark) + HEAD].decode(encoding, "ignore").lstrip()


def _by_tag(text: str, suffix: str) -> str:
    """The suffix that the first tag shows. Raises ReportError for XML of a kind that is not read."""
    at, declared = 0, False
    while text.startswith("<", at):
        if _DOCTYPE_HTML.match(text, at):
            return ".html"
        match = _TAG.match(text, at)
        if match:
            name = match[1].casefold()
            row = next((row for row in _rows() if row["where"] == "root" and row["sign"] == name), None)
            if row:
                return row["suffix"]
            if declared or suffix == ".xml":
                raise ReportError(f"is XML of a kind that is not read (<{match[1]}>); export it as text, CSV or JSON")
            return ""
        declared = declared or text.startswith(("<?xml", "<!DOCTYPE"), at)
        at = _behind(text, at)
        while at < len(text) and text[at].isspace():
            at += 1
    if declared and at >= len(text):
        raise ReportError("is XML whose head holds no element; remove what stands before the first one")
    return ""


def _behind(text: str, at: int) -> int:
    """Where the comment, instruction or document type that starts there ends."""
    if text.startswith("<!--", at):
        end, width = text.find("-->", at), 3
    elif text.startswith("<?", at):
        end, width = text.find("?>", at), 2
    elif text.startswith("<!", at):
        end, width = text.find(">", at), 1
        bracket = text.find("[", at, end) if end >= 0 else -1
        if bracket >= 0:
            end, width = text.find("]>", bracket), 2
    else:
        return len(text)
    return len(text) if end < 0 else end + width


def _by_bracket(text: str, suffix: str, data: bytes) -> str:
    """JSON, or JSON lines where one object follows another on a line of its own."""
    if _OPENS_LIST.match(text):
        return ".jsonl" if suffix in _LINES else ".json"
    if not _OPENS_OBJECT.match(text):
        return ""
    first, gap, rest = text.partition("\n")
    if not gap and len(data) > HEAD:  # one long line: does another follow?
        gap, rest = "\n", "{" if b"\n{" in data.replace(b"\0", b"") else ""
    closed = first.rstrip().endswith("}") or len(first) >= HEAD
    return ".jsonl" if suffix in _LINES or (closed and rest.lstrip()[:1] == "{") else ".json"


def _holds_sign(text: str, suffix: str) -> bool:
    """Is there, anywhere in the head, what a file of this suffix cannot do without?"""
    if suffix in _MARKUP:
        return bool(re.search(r"<[A-Za-z!?/]", text))
    return not text or bool(re.search(r"[{\[]", text))
