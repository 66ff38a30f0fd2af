"""The masthead: who published a report, who wrote it, where and when, as far as the report says so itself.

In come a report's text, its zones and what the user stated about it; out comes a Masthead whose every value names the
words it rests on. The user's metadata wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hearsay.ingest import dates, lines, names
from hearsay.ingest.page import At, Page
from hearsay.ingest.patterns import credit_words, wire_mark
from hearsay.ingest.publishers import publishers
from hearsay.model import Dateline, Sourced, Span, ZoneKind

_PERSON = re.compile(r"\s*(?:,|;|\band\b|&|\|)\s*")
_PLACE_BEHIND = re.compile(r"\s(?:in|for|from|at)\s|,\s(?:in|for|at)\s|\s[|/–—-]\s")
_WRITERS = re.compile(r"[(\[]?(?:Reporting|Reported|Written) by\s")
_WRITERS_END = re.compile(r"[;)\]]|(?<=[a-zß-ÿ])\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What stands over and under a story. `published` is TIMEX3, with X for what is not stated."""

    headline: Sourced | None = None
    outlet: Sourced | None = None
    agency: Sourced | None = None
    byline: tuple[Sourced, ...] = ()
    dateline: Dateline | None = None
    published: Sourced | None = None
    revision: Sourced | None = None


def masthead(report: str, text: str, zones: Sequence[tuple[int, int, ZoneKind]], meta: Mapping[str, str]) -> Masthead:
    """The masthead of a report. `report` is its id; `meta` may state title, outlet, agency, author and date."""
    page = Page(report, text, zones)
    outlet, agency = publishers(page, meta)
    date = metadata_date(meta.get("date", ""))
    authors = tuple(Sourced(value=name, origin="metadata") for name in _authors(meta.get("author", "")))
    return Masthead(
        headline=_headline(page, stated=bool(meta.get("title"))),
        outlet=outlet,
        agency=agency,
        byline=authors or _byline(page),
        dateline=_dateline(page),
        published=Sourced(value=date, origin="metadata") if date else _published(page),
        revision=_revision(page),
    )


def _headline(page: Page, *, stated: bool) -> Sourced | None:
    at = next(page.parts("headline"), None)
    return page.sourced(page.words(at), at, origin="metadata" if stated else "text") if at else None


def _revision(page: Page) -> Sourced | None:
    """The first label of revision, as written, without its brackets; else the one that a keyword line holds."""
    slugs = list(page.parts("slug"))
    at = next((at for at in slugs if wire_mark("revision").fullmatch(page.words(at))), None)
    filed = (wire_mark("filed").search(page.text, *slug) for slug in slugs if lines.is_keyword(page.words(slug)))
    label = at or next((match.span() for match in filed if match), None)
    return page.sourced(page.words(label).strip("()[]:- "), label) if label else None


def _dateline(page: Page) -> Dateline | None:
    if page.opening is None:
        return None
    start, head = page.opening
    place = date = None
    if head.place:
        at = (start + head.place.start, start + head.place.end)
        words = page.words(at)
        place = page.sourced(words.title() if words.isupper() else words, at)
    if head.date:
        date = page.sourced(head.date.value, (start + head.date.start, start + head.date.end))
    end = page.trimmed((start, start + head.end))[1]
    return Dateline(span=Span(report=page.report, start=start, end=end), place=place, date=date)


# -- when --------------------------------------------------------------------------------------------------------------


def _stated_dates(page: Page) -> Iterator[tuple[int, At, str]]:
    """Dates of the page as (rank, place, value): scraped head, page head, date line, dateline, foot."""
    for start, end, kind in page.zones:
        line = page.text[start:end]
        credited = kind == "credit" and end <= page.story[0]  # "Posted by A. Name on 3 May 2031"
        if not (credited or kind in ("dateline", "slug", "boilerplate", "signoff", "byline")) or len(line) > 300:
            continue
        if kind in ("boilerplate", "signoff") and not dates.is_date_line(line.strip()):
            continue  # links to other pieces carry dates of their own
        if page.opening and start <= page.opening[0] < end:
            rank = 4
        elif kind == "dateline":
            rank = 1 if list(lines.heads(line)) else 3
        else:
            rank = 2
        for found in dates.find(line)[:1]:
            yield (rank if end <= page.story[0] else 5), (start + found.start, start + found.end), found.value


def _agree(one: str, other: str) -> bool:
    """Can two TIMEX3 dates be one day, as far as both are stated?"""
    return all(a == b or "X" in (a, b) for a, b in zip(one, other, strict=False))


def _published(page: Page) -> Sourced | None:
    """The first full date by rank; else the fullest. Dates that agree with it are evidence too."""
    stated = sorted(_stated_dates(page))
    if not stated:
        return None
    full = [value for _, _, value in stated if len(value) == 10 and value[0] != "X"]
    value = full[0] if full else max(stated, key=lambda item: (len(item[2]), -item[0]))[2]
    years = [other for _, _, other in stated if len(other) == 4]
    if value[0] == "X" and years:
        value = years[0] + value[4:]  # "5/3/2031" gives the year for certain, the dateline the day
    return page.sourced(value, *(place for _, place, other in stated if _agree(value, other)))


def metadata_date(value: str) -> str | None:
    """TIMEX3 of a date as metadata states it (ISO 8601, RFC 2822, or as page heads write it), or None."""
    bare = value.strip()
    iso = re.match(r"([12]\d{3})(?:-?(\d\d))?(?:-?(\d\d))?(?![\d/])", bare)
    if iso and iso[3]:
        return dates.value_of(iso[1], int(iso[2]), int(iso[3]))
    if iso and bare == iso[0]:
        return bare if not iso[2] else f"{iso[1]}-{iso[2]}" if 1 <= int(iso[2]) <= 12 else None
    found = dates.find(bare)
    return found[0].value if found else None


# -- by whom -----------------------------------------------------------------------------------------------------------


def _authors(stated: str) -> list[str]:
    opener = credit_words("byline", case=True).match(stated)
    return [name for name in _PERSON.split(stated[opener.end() if opener else 0 :].strip()) if name]


def _people(page: Page, at: At) -> Iterator[Sourced]:
    """Names in a byline without its opener, places and ranks; staff without names as written."""
    start, end = at
    first = start
    stop = _PLACE_BEHIND.search(page.text, start, end)
    limit = stop.start() if stop else end
    while start < limit:
        gap = _PERSON.search(page.text, start, limit)
        part = page.trimmed((start, gap.start() if gap else limit), " .:=\t")
        words = page.words(part)
        rank = start > first and credit_words("rank").fullmatch(words)
        if words and names.known(words) is None and not rank:
            yield page.sourced(words.title() if words.isupper() and " " in words else words, part)
        start = gap.end() if gap else limit


def _byline(page: Page) -> tuple[Sourced, ...]:
    """Who signed over the story, or under it; else who is credited with the reporting."""
    found: list[Sourced] = []
    for start, end in page.parts("byline"):
        opener = credit_words("byline", case=True).match(page.text[start:end])
        found += _people(page, (start + (opener.end() if opener else 0), end))
    for start, end in page.parts("credit", above=False) if not found else ():
        opener = _WRITERS.match(page.text[start:end])
        if opener:
            stop = _WRITERS_END.search(page.text, start + opener.end() + 2, end)
            found += _people(page, (start + opener.end(), stop.start() if stop else end))
    once: dict[str, Sourced] = {}
    for person in found:
        once.setdefault(person.value, person)
    return tuple(once.values())
