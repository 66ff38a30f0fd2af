"""What a page states about itself outside its story: JSON-LD, meta elements, microdata, headings, its address.

In comes a parsed page, out come Votes; the table `page_fields` says which place states what and how far it is to be
trusted. Nothing is decided here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from hearsay.data import table
from hearsay.ingest.votes import Vote, address_votes

_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(?P<url>\S{4,2000})")
_SAVED_BY = re.compile(r"\burl:\s{1,9}(?P<url>https?://\S{4,2000})\s{1,9}saved date:\s{1,9}(?P<date>[^\n]{6,60})")
_HEAD = 4000  # characters within which a browser notes where it saved a page from
_NODES = 20_000  # JSON-LD objects and lists looked at
_SHORT = 160  # characters of a byline


@cache
def _rules(source: str) -> dict[str, tuple[str, float]]:
    """Name -> (field, weight) of the table's rows of one source; an earlier row wins."""
    rules: dict[str, tuple[str, float]] = {}
    for row in table("page_fields"):
        if row["source"] == source:
            rules.setdefault(row["name"].casefold(), (row["field"], float(row["weight"] or 0)))
    return rules


def page_votes(tree: Any, source: str) -> Iterator[Vote]:
    """Votes of one page. `tree` is its lxml root, `source` its markup (only the head of it is looked at)."""
    yield from _linked(tree)
    yield from _metas(tree)
    yield from _microdata(tree)
    yield from _headings(tree)
    yield from _saved(source[:_HEAD])


def words_of(element: Any) -> str:
    """The text of an element, blanks collapsed."""
    return " ".join("".join(element.itertext()).split())


def _vote(source: str, name: str, value: str) -> Iterator[Vote]:
    """The vote of a place of the table; an address speaks for the day in its path as well."""
    rule = _rules(source).get(name.casefold())
    if rule and value.strip():
        field, weight = rule
        if field == "url":
            yield from address_votes(value.strip(), f"{source} {name}")
        else:
            yield Vote(field=field, value=value, origin="metadata", where=f"{source} {name}", weight=weight)


def _metas(tree: Any) -> Iterator[Vote]:
    for meta in tree.iter("meta"):
        content = meta.get("content") or ""
        for key in ("property", "name"):
            yield from _vote("meta", (meta.get(key) or "").strip(), content)
    for link in tree.iter("link"):
        if (link.get("rel") or "").casefold() == "canonical":
            yield from address_votes((link.get("href") or "").strip(), "link canonical")


def _microdata(tree: Any) -> Iterator[Vote]:
    """Microdata, time elements and elements whose class marks a writer: the first of each kind speaks."""
    seen: set[str] = set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        value = element.get("content") or element.get("datetime") or ""
        for name in (element.get("itemprop") or "").split():
            if name not in seen and name.casefold() in _rules("item"):
                seen.add(name)
                yield from _vote("item", name, value or words_of(element)[:_SHORT])
        classes = (element.get("class") or "").casefold().split()
        if element.tag == "time" and value:
            named = [name for word in classes for name in re.split(r"[_-]+", word) if name in _rules("time")]
            place = named[0] if named else ""
            if place and place not in seen:
                seen.add(place)
                yield from _vote("time", place, value)
            elif not place and "time" not in seen:
                seen.add("time")
                yield Vote(field="published", value=value, origin="metadata", where="time", weight=0.5)
        for name in classes:
            if name in _rules("class") and name not in seen and 0 < len(words := words_of(element)) <= _SHORT:
                seen.add(name)
                yield from _vote("class", name, words)
        if (element.get("rel") or "").casefold() == "author" and "rel" not in seen:
            seen.add("rel")
            yield Vote(field="author", value=words_of(element), origin="metadata", where="rel author", weight=0.6)


def _headings(tree: Any) -> Iterator[Vote]:
    """The page's title, and its first heading: the one in the article where there is one."""
    title = next(tree.iter("title"), None)
    if title is not None:
        yield Vote(field="headline", value=words_of(title), origin="metadata", where="title", weight=0.5)
    inside = (head for part in tree.iter("article", "main") for head in part.iter("h1"))
    heading = next(inside, None)
    if heading is None:
        heading = next(tree.iter("h1"), None)
    if heading is not None:
        yield Vote(field="headline", value=words_of(heading), origin="text", where="h1", weight=0.9)


def _saved(head: str) -> Iterator[Vote]:
    """What a browser noted when it saved the page: the address, and a day that is not the day of publication."""
    for pattern in (_SAVED_FROM, _SAVED_BY):
        found = pattern.search(head)
        if found:
            yield from address_votes(found["url"].rstrip("->"), "saved page")
            date = found.groupdict().get("date")
            if date:
                yield Vote(field="crawled", value=date, origin="metadata", where="saved page", weight=0.9)


# -- JSON-LD -----------------------------------------------------------------------------------------------------------


def _linked(tree: Any) -> Iterator[Vote]:
    """The page's first article in JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().casefold() != "application/ld+json":
            continue
        article = _article((script.text or "").strip().removeprefix("<!--").removesuffix("-->"))
        if article is not None:
            for name in _rules("jsonld"):
                key = next((key for key in article if key.casefold() == name), "")
                for value in _names(article.get(key)):
                    yield from _vote("jsonld", key, value)
            return


def _article(source: str) -> dict[str, Any] | None:
    try:
        waiting: list[Any] = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return None
    for _ in range(_NODES):
        if not waiting:
            return None
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value[:_NODES]
        elif isinstance(value, dict):
            kinds = value.get("@type")
            for kind in kinds if isinstance(kinds, list) else [kinds]:
                if isinstance(kind, str) and kind.rsplit("/", 1)[-1].casefold() in _rules("type"):
                    return value
            waiting += [value[key] for key in ("@graph", "mainEntity", "hasPart") if key in value]
    return None


def _names(value: Any) -> list[str]:
    """What a JSON-LD value names: a text, an object's name or address; several writers become one text."""
    items = value if isinstance(value, list) else [value]
    found: list[str] = []
    for item in items[:20]:
        if isinstance(item, dict):
            item = item.get("name") or item.get("url") or item.get("@id")
        if isinstance(item, str) and item.strip():
            found.append(item.strip())
    return ["; ".join(dict.fromkeys(found))] if found else []
