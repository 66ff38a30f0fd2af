"""The masthead: who published a report, who wrote it, where and when, as far as the report says so itself.

In come a report's text, its zones and what the user stated about it; out comes a Masthead whose every value names the
words it rests on. The user's metadata wins. `agency` is the wire that wrote the piece, `outlet` whoever published this
copy; a wire's name stands for the outlet too only where the layout shows its own page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from hearsay.ingest import dates, datelines, lines, names
from hearsay.ingest.patterns import credit_words, wire_mark
from hearsay.model import Dateline, Origin, Sourced, Span, ZoneKind

_RIGHTS = re.compile(r"(?:©|\([cC]\)|\bCopyright\b)[\s©,]{0,3}(?:\([cC]\)\s?)?(?:[12]\d{3}(?:\s?[-–]\s?[12]\d{3})?)?[\s,]{0,2}(?:by\s)?")
_HOLDER = re.compile(r"[^\W\d_][^\n.|,;:\d©]{1,60}")
_BARS = re.compile(r"\s*(?:\||›|»|::|•|·|\s>\s|(?<=\s)[/—–-](?=\s))\s*")
_RELAYED = re.compile(r"(?:^|[.!?”\"]\s{1,3}|\n)According to (?:the )?([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}) (?:reports?\b|\(?news agency)")
_REPORTS = re.compile(r",\s(?:the )?((?:[A-Z][\w.-]*)(?: [A-Z][\w.-]*){0,3}) reports\b")
_SHOWN = re.compile(r"\b(?:seen by|reviewed by|told|shown to) (?:the )?([A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2})")
_PERSON = re.compile(r"\s*(?:,|;|\band\b|&|\|)\s*")
_PLACE_BEHIND = re.compile(r"\s(?:in|for|from|at)\s|,\s(?:in|for|at)\s|\s[|/–—-]\s")
_OPENING = 1500  # a declaration about the whole piece stands within so many characters of its story


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


@dataclass(frozen=True)
class _Page:
    """A report while its masthead is read."""

    report: str
    text: str
    zones: Sequence[tuple[int, int, ZoneKind]]

    def sourced(self, value: str, *spans: tuple[int, int], origin: Origin = "text") -> Sourced:
        evidence = tuple(Span(report=self.report, start=start, end=end) for start, end in spans)
        return Sourced(value=value, evidence=evidence, origin=origin)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        part = self.text[start:end]
        return start + len(part) - len(part.lstrip()), start + len(part.rstrip())

    @cached_property
    def story(self) -> tuple[int, int]:
        """From the start of the first body zone to the end of the last."""
        body = [(start, end) for start, end, kind in self.zones if kind == "body"]
        return (body[0][0], body[-1][1]) if body else (len(self.text), len(self.text))

    def parts(self, *kinds: ZoneKind, above: bool | None = None) -> Iterator[tuple[int, int]]:
        """Trimmed zones of these kinds; `above`: only those over (True) or only those under (False) the story."""
        for start, end, kind in self.zones:
            placed = above is None or (end <= self.story[0] if above else start >= self.story[1])
            if kind in kinds and placed:
                yield self.trimmed(start, end)

    @cached_property
    def opening(self) -> tuple[int, datelines.Head] | None:
        """The dateline zone that names a place or a wire, parsed, with its start."""
        for start, end in self.parts("dateline"):
            line = self.text[start:end]
            follows = re.split(r"[\n\r]", self.text[start : end + 200], maxsplit=1)[0]  # a dateline is told by both sides
            head = datelines.parse(follows)
            if head and start + head.end >= end and not dates.is_date_line(line) and not list(lines.heads(line)):
                return start, head
        return None

    @cached_property
    def wire(self) -> tuple[int, int] | None:
        """Where the dateline names its wire."""
        if self.opening is None or self.opening[1].wire is None:
            return None
        start, part = self.opening[0], self.opening[1].wire
        return start + part.start, start + part.end


def _dateline(page: _Page) -> Dateline | None:
    if page.opening is None:
        return None
    start, head = page.opening
    place = date = None
    if head.place:
        at = (start + head.place.start, start + head.place.end)
        words = page.text[slice(*at)]
        place = page.sourced(words.title() if words.isupper() else words, at)
    if head.date:
        date = page.sourced(head.date.value, (start + head.date.start, start + head.date.end))
    end = page.trimmed(start, start + head.end)[1]
    return Dateline(span=Span(report=page.report, start=start, end=end), place=place, date=date)


# -- when --------------------------------------------------------------------------------------------------------------


def _stated_dates(page: _Page) -> Iterator[tuple[int, tuple[int, int], str]]:
    """Dates of the page as (rank, place, value): scraped head, page head, date line, dateline, foot."""
    for start, end, kind in page.zones:
        line = page.text[start:end]
        if kind not in ("dateline", "slug", "boilerplate", "signoff", "byline") or len(line) > 300:
            continue
        above = end <= page.story[0]
        if kind in ("boilerplate", "signoff") and not dates.is_date_line(line.strip()):
            continue  # links to other pieces carry dates of their own
        if page.opening and start <= page.opening[0] < end:
            rank = 4
        elif kind == "dateline":
            rank = 1 if list(lines.heads(line)) else 3
        else:
            rank = 2
        for found in dates.find(line)[:1]:
            yield (rank if above else 5), (start + found.start, start + found.end), found.value


def _agree(one: str, other: str) -> bool:
    return all(a == b or "X" in (a, b) for a, b in zip(one, other, strict=False))


def _published(page: _Page) -> Sourced | None:
    stated = sorted(_stated_dates(page))
    if not stated:
        return None
    full = [item for item in stated if item[2][0] != "X" and len(item[2]) == 10]
    _, _, value = full[0] if full else max(stated, key=lambda item: (len(item[2]), -item[0]))
    years = [item for item in stated if len(item[2]) == 4]
    if value[0] == "X" and years:
        value = years[0][2] + value[4:]  # "5/3/2031" gives the year for certain, the dateline the day
    return page.sourced(value, *(place for _, place, other in stated if _agree(value, other)))


def metadata_date(value: str) -> str | None:
    """TIMEX3 of a date as metadata states it (ISO 8601, RFC 2822, or as page heads write it), or None."""
    bare = value.strip()
    iso = re.match(r"([12]\d{3})(?:-?(\d\d))?(?:-?(\d\d))?(?![\d/])", bare)
    if iso and iso[3]:
        return dates.value_of(iso[1], int(iso[2]), int(iso[3]))
    if iso and bare == iso[0]:
        return bare if not iso[2] or 1 <= int(iso[2]) <= 12 else None
    found = dates.find(bare)
    return found[0].value if found else None


# -- who ---------------------------------------------------------------------------------------------------------------


def _name(page: _Page, at: tuple[int, int], *, origin: Origin = "text") -> Sourced:
    words = page.text[slice(*at)]
    pair = names.acronym_behind(words)
    return page.sourced(names.canonical(pair[0] if pair and not names.known(pair[1]) else pair[1] if pair else words), at, origin=origin)


def _holders(page: _Page) -> Iterator[tuple[int, int]]:
    """Who claims the copyright."""
    for start, end in page.parts("boilerplate", "signoff", "credit"):
        for match in _RIGHTS.finditer(page.text, start, end):
            holder = _HOLDER.match(page.text, match.end(), end)
            if holder:
                at = page.trimmed(holder.start(), holder.end())
                if names.named_like(page.text[slice(*at)]):
                    yield at


def _strip_parts(page: _Page) -> Iterator[tuple[int, int]]:
    """Parts of page heads that name a medium, or the wire of the dateline."""
    wire = page.text[slice(*page.wire)].casefold() if page.wire else None
    for start, end in page.parts("slug", "boilerplate"):
        at = start
        for part in _BARS.split(page.text[start:end]):
            at = page.text.index(part, at)
            names_it = names.is_outlet(part) or part.casefold() == wire
            if part and names_it and part != page.text[start:end]:
                yield at, at + len(part)
            at += len(part)


def _source_credits(page: _Page) -> Iterator[tuple[int, int]]:
    """Who stands behind "Source:"."""
    for start, end in page.parts("credit"):
        match = credit_words("source").match(page.text[start:end])
        if match and page.text[start + match.end() : end].lstrip().startswith(":"):
            first = re.split(r"[/,;|]", page.text[start + match.end() : end].lstrip(" :"))[0]
            at = page.text.index(first, start + match.end()) if first else end
            if first.strip() and (names.named_like(first.strip()) or names.known(first)):
                yield page.trimmed(at, at + len(first))


def _signers(page: _Page) -> Iterator[tuple[int, int]]:
    """Agencies that sign below, or behind a name in the byline."""
    wires = frozenset({page.text[slice(*page.wire)].casefold()}) if page.wire else frozenset()
    for start, end in page.parts("signoff"):
        words = page.text[start:end]
        left = len(words) - len(words.lstrip(" ([/-–—*"))
        bare = (start + left, start + len(words.rstrip(" )]/.*-–—")))
        if lines.is_signed(words, wires) and (names.known(words) is None or _is_wire(words)):
            yield bare
    for start, end in page.parts("byline"):
        for match in re.finditer(r"[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3}", page.text[start:end]):
            words = match[0].removeprefix("By ").removesuffix(" Staff").removesuffix(" Writer")
            if _is_wire(words) and len(words) > 1:
                yield start + match.start() + match[0].index(words), start + match.start() + match[0].index(words) + len(words)


def _is_wire(name: str) -> bool:
    medium = names.known(name)
    return medium.is_wire if medium else names.wire_like(name)


def _declared(page: _Page) -> Iterator[tuple[int, int]]:
    """Agencies that the opening declares for the whole piece: `According to X reports, …`, `…, X reports.`"""
    start, end = page.story
    opening = page.text[start : min(end, start + _OPENING)]
    lead = opening.split("\n", 1)[0]
    for match in (*_RELAYED.finditer(opening), *_REPORTS.finditer(lead)):
        if _is_wire(match[1]):
            yield start + match.start(1), start + match.end(1)


def _shown(page: _Page) -> Iterator[tuple[int, int]]:
    """Agencies of the table to whom the story's sources spoke: the last trace of a wire whose name was cut off."""
    start, end = page.story
    for match in _SHOWN.finditer(page.text, start, end):
        medium = names.known(match[1])
        if medium and medium.kind == "agency":
            yield match.start(1), match.end(1)


def _first(page: _Page, places: Iterable[tuple[int, int]], *, origin: Origin = "text") -> Sourced | None:
    return next((_name(page, at, origin=origin) for at in places), None)


def _agency(page: _Page, outlet: Sourced | None) -> Sourced | None:
    """The wire that wrote the piece, by the plainest sign there is."""
    bare = page.opening is not None and page.opening[1].bare
    wire = page.wire if page.wire and not _is_paper(page.text[slice(*page.wire)]) else None
    if wire and not bare:
        same = page.text[slice(*wire)].casefold()
        signed = [at for at in _signers(page) if page.text[slice(*at)].casefold() == same]
        return page.sourced(names.canonical(page.text[slice(*wire)]), wire, *signed[:1])
    plain = _first(page, (*_declared(page), *_source_credits(page), *_signers(page)))
    owner = _first(page, (at for at in _holders(page) if _is_wire(page.text[slice(*at)])))
    own = _first(page, (at for at in (*((wire,) if wire else ()), *_strip_parts(page)) if at == wire or _is_wire(page.text[slice(*at)])))
    named = _first(page, (at for at in page.parts("signoff", "credit") if names.is_outlet(page.text[slice(*at)]) and _is_wire(names.canonical(page.text[slice(*at)]))))
    shown = _first(page, _shown(page), origin="inference")
    found = plain or owner or own or named or shown
    return outlet if found is None and outlet and _is_wire(outlet.value) else found


def _is_paper(name: str) -> bool:
    medium = names.known(name)
    return medium is not None and not medium.is_wire


def _shows_own_page(page: _Page, agency: Sourced) -> list[tuple[int, int]]:
    """Marks that a wire's copy stands on the wire's own page; a wire of the table must be named by the page itself."""
    medium = names.known(agency.value)
    if medium and medium.own_copy:
        return [(span.start, span.end) for span in agency.evidence[:1]]
    word = re.compile(rf"\b{re.escape(agency.value)}\b", re.IGNORECASE)
    furniture = [at for at in page.parts("boilerplate") if word.search(page.text, *at)]
    if medium:
        return [at for at in furniture if not _RIGHTS.search(page.text, *at)]
    marks = [*page.parts("editor_note"), *(at for at in page.parts("signoff") if wire_mark("end").fullmatch(page.text[slice(*at)]))]
    labels = [at for at in page.parts("slug") if wire_mark("revision").match(page.text[slice(*at)])]
    return [*furniture, *labels, *marks]


def _outlet(page: _Page) -> Sourced | None:
    """Whoever the page itself names as its publisher."""
    heads = [at for at in page.parts("credit", above=True) if names.is_outlet(page.text[slice(*at)].lstrip("|:»›-–— "))]
    heads = [page.trimmed(at[1] - len(page.text[slice(*at)].lstrip("|:»›-–— ")), at[1]) for at in heads]
    top = _first(page, (*heads, *_strip_parts(page)))
    if top:
        return top
    if page.wire and (page.opening and page.opening[1].bare or _is_paper(page.text[slice(*page.wire)])):
        return _name(page, page.wire)
    below = (at for at in page.parts("signoff", above=False) if names.is_outlet(page.text[slice(*at)]))
    foot = _first(page, (at for at in below if not lines.is_signed(page.text[slice(*at)], frozenset())))
    held = _first(page, (at for at in _holders(page) if not _is_wire(page.text[slice(*at)])))
    wire = page.text[slice(*page.wire)] if page.wire else ""
    return foot or (held if held and (not wire or names.is_outlet(held.value) or held.value == wire) else None)


def _who(page: _Page, meta: Mapping[str, str]) -> tuple[Sourced | None, Sourced | None]:
    """Outlet and agency."""
    outlet = Sourced(value=names.canonical(meta["outlet"]), origin="metadata") if meta.get("outlet") else _outlet(page)
    agency = _agency(page, outlet)
    if meta.get("agency"):
        agency = Sourced(value=names.canonical(meta["agency"]), origin="metadata")
    if outlet is None and agency is not None and agency.origin == "text":
        marks = _shows_own_page(page, agency)
        if marks:
            outlet = page.sourced(agency.value, *dict.fromkeys(marks), origin="inference")
    return outlet, agency


# -- the rest ----------------------------------------------------------------------------------------------------------


def _people(page: _Page, start: int, end: int) -> Iterator[Sourced]:
    """Names in a byline without its opener, places and ranks; staff without names as written."""
    line = page.text[start:end]
    opener = credit_words("byline", case=True).match(line) or credit_words("work", case=True).match(line)
    at = start + (opener.end() if opener else 0)
    stop = _PLACE_BEHIND.search(page.text, at, end)
    limit = stop.start() if stop else end
    while at < limit:
        gap = _PERSON.search(page.text, at, limit)
        part = page.trimmed(at, gap.start() if gap else limit)
        words = page.text[slice(*part)].strip(" .:")
        ranked = names.known(words) is not None or bool(credit_words("rank").fullmatch(words))
        if words and not ranked:
            first = page.text.index(words, part[0])
            yield page.sourced(words, (first, first + len(words)))
        at = gap.end() if gap else limit


def _byline(page: _Page) -> tuple[Sourced, ...]:
    found = [person for at in page.parts("byline") for person in _people(page, *at)]
    if not found:
        for start, end in page.parts("credit", above=False):
            inner = start + (page.text[start] in "([")
            if re.match(r"(?:Reporting|Reported|Written) by\b", page.text[inner:end]):
                stop = re.compile(r"[;.)\]]").search(page.text, inner + 12, end)
                found += _people(page, inner, stop.start() if stop else end)
    return tuple({person.value: person for person in reversed(found)}.values())[::-1]


def masthead(report: str, text: str, zones: Sequence[tuple[int, int, ZoneKind]], meta: Mapping[str, str]) -> Masthead:
    """The masthead of a report. `report` is its id; `meta` may state title, outlet, agency, author and date."""
    page = _Page(report, text, zones)
    headline = next((page.sourced(text[slice(*at)], at) for at in page.parts("headline")), None)
    if headline and meta.get("title"):
        headline = Sourced(value=headline.value, evidence=headline.evidence, origin="metadata")
    labels = (page.trimmed(start, end) for start, end in page.parts("slug"))
    labels = (at for at in labels if wire_mark("revision").fullmatch(text[slice(*at)]))
    revision = next((page.sourced(text[slice(*at)].strip("()[]:- "), at) for at in labels), None)
    outlet, agency = _who(page, meta)
    date = metadata_date(meta.get("date", ""))
    authors = tuple(Sourced(value=name, origin="metadata") for name in _PERSON.split(meta.get("author", "")) if name)
    return Masthead(
        headline=headline,
        outlet=outlet,
        agency=agency,
        byline=authors or _byline(page),
        dateline=_dateline(page),
        published=Sourced(value=date, origin="metadata") if date else _published(page),
        revision=revision,
    )
