"""XML from strangers, as a tree: nothing is fetched, nothing expands, nothing grows past a bound.

In come the bytes of a file, out comes its root element with local names (namespaces are dropped: the news formats do
not clash). Own document types and entities are refused before anything is parsed, so a file costs no more than it
weighs. A document type that only names a DTD elsewhere, as old wire files have it, is passed over and never fetched.
"""

from __future__ import annotations

import html
import re
from typing import Any, Protocol, cast
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from hearsay.errors import ReportError
from hearsay.ingest.decode import decode

MAX_BYTES = 20_000_000
MAX_DEPTH = 200
MAX_ELEMENTS = 300_000
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,4}=\s{0,4}[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,400}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^<>\[]{0,1000}>", re.IGNORECASE)
_DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b|<!\[(?!CDATA\[)", re.IGNORECASE)
_LONG_TAG = re.compile(r"<[^<>]{1000000}")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


class _Parser(Protocol):
    def feed(self, data: str) -> None: ...
    def close(self) -> Any: ...


class _Bounded(TreeBuilder):
    """Builds a tree with local names, and stops where it grows too deep or too large."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: Any, attrs: dict[Any, Any]) -> Element:
        """An element opens. Raises ReportError past a bound."""
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH:
            raise ReportError(f"nests elements more than {MAX_DEPTH} deep; no news file does")
        if self._count > MAX_ELEMENTS:
            raise ReportError(f"has more than {MAX_ELEMENTS} elements; split it")
        return super().start(_local(tag), {_local(name): value for name, value in attrs.items()})

    def end(self, tag: Any) -> Element:
        """An element closes."""
        self._depth -= 1
        return super().end(_local(tag))


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def harmless(data: bytes) -> str:
    """The file's text without its XML declaration and document type. Raises ReportError where it declares entities."""
    if len(data) > MAX_BYTES:
        raise ReportError(f"has {len(data)} bytes, over the limit of {MAX_BYTES} for XML; split it")
    text = _DECLARATION.sub("", _decoded(data), count=1)
    text = _DOCTYPE.sub("", text, count=1)
    if _DECLARES.search(_without_cdata(text)):
        raise ReportError("declares a document type with entities or elements of its own; remove the <!DOCTYPE> part")
    if _LONG_TAG.search(text):
        raise ReportError("has a tag of more than a million characters; no news file does")
    return text


def parse(data: bytes) -> Element:
    """The root element; names of tags and attributes are local. Raises ReportError."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import XMLParser

    text = harmless(data)
    text = _ENTITY.sub(lambda match: match[0] if match[1] in _OF_XML else _resolved(match[0]), text)
    parser = cast(_Parser, XMLParser(target=_Bounded(), forbid_dtd=True, forbid_entities=True, forbid_external=True))
    try:
        parser.feed(text)
        return cast(Element, parser.close())
    except ParseError as error:
        line = error.position[0]
        raise ReportError(f"is not well-formed XML (line {line}); it may be cut off, get it again") from error
    except DefusedXmlException as error:
        raise ReportError("declares entities; remove the <!DOCTYPE> part") from error


def _resolved(entity: str) -> str:
    """The character of an entity of HTML, which old wire files use without declaring it; others stay."""
    return html.unescape(entity)


def _without_cdata(text: str) -> str:
    """The text without CDATA sections and comments: what stands there is words, and declares nothing."""
    parts: list[str] = []
    at = 0
    while True:
        starts = [start for mark in ("<![CDATA[", "<!--") if (start := text.find(mark, at)) >= 0]
        if not starts:
            return "".join((*parts, text[at:]))
        start = min(starts)
        mark = "]]>" if text.startswith("<![CDATA[", start) else "-->"
        end = text.find(mark, start + 4)
        parts.append(text[at:start])
        if end < 0:
            return "".join(parts)
        at = end + 3


def _decoded(data: bytes) -> str:
    """The text in the encoding that the declaration names; else as text files are decoded."""
    declared = _DECLARED.match(data.lstrip()[:400])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(declared[1].decode("ascii"))
        except LookupError as error:
            raise ReportError(f"names an unknown encoding ({declared[1].decode()}); save it as UTF-8") from error
        except UnicodeError:
            pass  # a wrong declaration: the bytes decide
    return decode(data)


def text_of(element: Element | None) -> str:
    """All characters of an element, blanks folded; "" for None."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def inner_xml(element: Element) -> str:
    """What stands inside an element, as XML."""
    from xml.etree.ElementTree import tostring

    parts = [html.escape(element.text or "", quote=False)]
    parts += (tostring(child, encoding="unicode") for child in element)
    return "".join(parts)
