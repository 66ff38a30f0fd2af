"""HTML: a saved page becomes the text of its story.

In come a page's bytes, out comes one record: headline, blank line, the story with one paragraph a line, and what the
page states about itself. trafilatura finds the story, with recall before precision; a paragraph that it dropped between
two that it kept is put back. Nothing is fetched. Pages are parsed in a child (see `bounded`), because markup can be
written to keep any parser busy.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from functools import cache
from typing import Any, NamedTuple

from hearsay.data import alternatives, table
from hearsay.errors import ReportError
from hearsay.ingest.bounded import bounded
from hearsay.ingest.decode import decode, repair
from hearsay.ingest.formats.exports import export_records, service_of
from hearsay.ingest.formats.wrapping import unwrap
from hearsay.ingest.record import Record
from hearsay.ingest.votes import Decided, Vote, bare_headline, decide
from hearsay.model import Skipped

MEDIA_TYPE = "text/html"
MAX_TAGS = 150_000
MAX_DEPTH = 250  # the parser itself gives up at 256 and says nothing

_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|meta|title|div|p|table|h1)[\s>]", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,80},[^\"'\s>)]{200,}")
_LATIN1 = ("iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii")  # browsers read these as Windows-1252
_CELL = "\x1f"  # ends a cell; no page holds it
_PROSE = re.compile(r"[.!?…][\"'”’»)\]]{0,3}$")
_WORDS = re.compile(r"\w+")
_GAPS = re.compile(r"\W+")


# trafilatura's names for elements of HTML.
_RENAMED = {
    "head": "h2", "item": "li", "list": "ul", "quote": "blockquote",
    "row": "tr", "cell": "td", "lb": "br", "code": "pre",
}  # fmt: skip


@cache
def _tags(role: str) -> frozenset[str]:
    """Elements of one role of the table `markup_tags`. Some sites put their whole page into a form."""
    rows = (row for row in table("markup_tags") if row["role"] == role)
    return frozenset(tag for row in rows for tag in alternatives(row["tags"])) - {"form"}


class Line(NamedTuple):
    """One line of a page's text and the element it came from, as a path from the root ("/html/body/p[3]")."""

    text: str
    path: str


def is_html(data: bytes, suffix: str) -> bool:
    """Told by markup at the start; the suffix helps where a fragment opens with something else."""
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith((b"<?xml", b"<rss", b"<feed")) and b"<html" not in head.lower():
        return False
    named = suffix in (".html", ".htm", ".xhtml", ".shtml")
    return bool(head.startswith(b"<") and _MARKUP.search(head)) or (named and b"<" in head)


def html(data: bytes, uri: str) -> Iterator[Record | Skipped]:
    """The page as one record, or the articles of an export. Raises ReportError: too large, too deep, or no story."""
    found = bounded(parse_page, data)
    if "export" in found:
        yield from export_records(found["export"], uri, media_type=MEDIA_TYPE)
    else:
        yield record_of(found, uri, media_type=MEDIA_TYPE)


def record_of(found: dict[str, Any], uri: str, *, media_type: str) -> Record:
    """The record of what the child found: `lines` as (text, element path), and `votes`."""
    return compose(found["lines"], uri, media_type=media_type, decided=decide(Vote(**vote) for vote in found["votes"]))


def compose(lines: list[list[str]], uri: str, *, media_type: str, decided: Decided) -> Record:
    """Headline, blank line, body; the headline is not repeated. `lines` are (text, element path)."""
    title = decided.meta.get("title", "")
    rest = list(lines)
    if title:
        alike = [i for i, (text, _) in enumerate(rest[:4]) if _alike(text, title)]
        if alike:
            title = bare_headline(rest.pop(alike[0])[0], ())
    text, elements = (f"{title}\n\n" if title else ""), []
    for i, (line, path) in enumerate(rest):
        if path:
            elements.append([len(text), path])
        text += line + ("\n" if i + 1 < len(rest) else "")
    if not rest:
        raise ReportError("holds no story that could be told from its frame; save its text")
    extra = [*decided.extra]
    if elements:
        extra.append(("elements", json.dumps(elements)))
    return Record(
        uri=uri,
        text=text,
        media_type=media_type,
        title=len(title),
        meta=decided.meta | ({"title": title} if title else {}),
        extra=tuple(extra),
    )


def _alike(line: str, title: str) -> bool:
    return _WORDS.findall(line.casefold()) == _WORDS.findall(title.casefold())


# -- in the child ------------------------------------------------------------------------------------------------------


def parse_page(data: bytes) -> dict[str, Any]:
    """Lines and votes of a page, or the text of an export, as values that JSON can hold. Raises ReportError."""
    return parse_markup(decoded(data))


def parse_markup(markup: str) -> dict[str, Any]:
    """`parse_page` for a page that is decoded."""
    from hearsay.ingest.formats.page_votes import page_votes

    source = _DATA_URI.sub("data:,", markup)
    if not source.strip():
        raise ReportError("is empty; nothing to read")
    tree = parsed(source)
    _open_up(tree)
    paragraphs = [Line(repair(line.text), line.path) for line in lines_of(tree)]
    plain = "\n".join(line.text for line in paragraphs)
    if service_of(plain):
        return {"export": plain}
    votes = [replace(vote, value=repair(vote.value)) for vote in page_votes(tree, source)]
    story = _story(tree)
    votes += [
        replace(vote, where="first lines of the story", weight=2.0)  # what its readers saw
        for vote in votes
        if vote.where == "h1" and any(_alike(line, vote.value) for line in story[:3])
    ]
    lines = _completed(story, paragraphs) if story else paragraphs
    return {"lines": lines, "votes": [asdict(vote) for vote in votes]}


def decoded(data: bytes) -> str:
    """The characters of a page: as UTF-8, as the page declares, or as its bytes show. Raises ReportError.

    Mojibake is left in: it is repaired in the words that are kept, a small part of the page.
    """
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii", "replace").casefold() if declared else ""
    if marked or b"\0" in data[:4096]:
        return decode(data)
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    if name:
        with suppress(UnicodeDecodeError, LookupError, ValueError):
            return data.decode("cp1252" if name in _LATIN1 else name)
    return decode(data)


def parsed(source: str) -> Any:
    """The page's tree. Raises ReportError where it has more tags or levels than a page of news."""
    from lxml import etree
    from lxml import html as lxml_html

    if source.count("<") > MAX_TAGS:
        raise ReportError(f"has more than {MAX_TAGS} tags; save its text")
    parser = lxml_html.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    body = source.replace("\0", "").replace(_CELL, "").encode("utf-8", "replace")
    try:
        tree = lxml_html.document_fromstring(body, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise ReportError("is not a page that can be parsed; save its text") from error
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise ReportError(f"is nested more than {MAX_DEPTH} levels deep; save its text")
    return tree


def _open_up(tree: Any) -> None:
    """Preformatted text, as old wire pages have it, becomes paragraphs: nothing else keeps its lines apart."""
    from lxml import html as lxml_html

    for block in list(tree.iter("pre")):
        lines = unwrap("".join(block.itertext())).split("\n")
        tail = block.tail
        block.clear()
        block.tag, block.tail = "div", tail
        for line in filter(str.strip, lines):
            paragraph = lxml_html.Element("p")
            paragraph.text = line.strip()
            block.append(paragraph)


def lines_of(tree: Any) -> Iterator[Line]:
    """The text of a tree, one line a block, with the innermost block's path; scripts and the like are left out.

    The cells of a row stand in one line, but for those that hold lines of their own: they lay out the page.
    """
    from lxml import etree

    words: list[str] = []
    path: list[str] = []
    counts: list[dict[str, int]] = [{}]
    lined: list[bool] = []  # for each open cell: does it hold lines of its own?
    silent = 0
    home = ""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        cell = tag in _tags("cell")
        if event == "start":
            nth = counts[-1][tag] = counts[-1].get(tag, 0) + 1
            path.append(f"{tag}[{nth}]" if nth > 1 else tag)
            counts.append({})
            silent += tag in _tags("skip")
        breaks = tag in _tags("block") or tag in _tags("line")
        if breaks and tag != "tr" and lined:
            lined[-1] = True
        if words and (breaks or (cell and event == "end" and lined and lined[-1])):
            yield from _line(words, home, apart=bool(lined) and lined[-1])
            words = []
        if event == "end":
            path.pop()
            counts.pop()
            silent -= tag in _tags("skip")
        if cell:
            if event == "start":
                lined.append(False)
            elif lined:
                lined.pop()
                words += [_CELL] if words else []
        text = element.text if event == "start" else element.tail
        if text and not silent:
            home = home if words else "/" + "/".join(path)
            words.append(text)
    yield from _line(words, home)


def _line(words: list[str], path: str, *, apart: bool = False) -> Iterator[Line]:
    """The words as one line with bars between cells, or `apart`: as one line a cell."""
    cells = [cell for cell in (" ".join(part.split()) for part in "".join(words).split(_CELL)) if cell]
    for text in cells if apart else filter(None, [" | ".join(cells)]):
        yield Line(text, path)


def _story(tree: Any) -> list[str]:
    """The story's paragraphs as trafilatura finds them; [] where it finds none."""
    from copy import deepcopy

    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        deepcopy(tree), favor_recall=True, include_comments=False, include_tables=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    if body is None:
        return []
    for element in body.iter():
        element.tag = _RENAMED.get(element.tag, element.tag)
    return [repair(line.text) for line in lines_of(body)]


def _key(text: str) -> str:
    return _GAPS.sub("", text.casefold())


def _completed(story: list[str], page: list[Line]) -> list[Line]:
    """The story with its elements, and with the sentences that trafilatura dropped from among its paragraphs.

    Those are lines that end as sentences do and stand under the same parent, in the same kind of element, as two or
    more paragraphs of the story.
    """
    keys = [_key(line.text) for line in page]
    order = {key: i for i, key in enumerate(map(_key, story))}
    homes = Counter(_home(line.path) for line, key in zip(page, keys, strict=True) if key in order)
    whole = "\n".join(order)
    missing: dict[int, list[Line]] = {}
    paths: dict[str, str] = {}
    anchor = -1
    for line, key in zip(page, keys, strict=True):
        paths.setdefault(key, line.path)
        if key in order:
            anchor = order[key]
        elif homes[_home(line.path)] > 1 and _PROSE.search(line.text) and key and key not in whole:
            missing.setdefault(anchor, []).append(line)
    found = [Line(text, paths.get(_key(text), "")) for text in story]
    return [*missing.get(-1, ()), *(line for i, kept in enumerate(found) for line in (kept, *missing.get(i, ())))]


def _home(path: str) -> str:
    """The path of a paragraph without its number: siblings share it."""
    return re.sub(r"\[\d+\]$", "", path)
