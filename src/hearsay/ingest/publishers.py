"""Who published a report and which wire wrote it, as far as its page says so.

In comes a Page with what the user stated, out come outlet and agency. Each finder below yields the places that name a
medium in one way; the plainest way wins. A wire's name stands for the outlet as well only where the layout shows the
wire's own page: its copyright, its labels of revision, its notes to editors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from hearsay.ingest import lines, names
from hearsay.ingest.page import At, Page
from hearsay.ingest.patterns import credit_words, wire_mark
from hearsay.model import Origin, Sourced

_YEARS = r"(?:[12]\d{3}(?:\s?[-–]\s?[12]\d{3})?)?"
_RIGHTS = re.compile(rf"(?:©|\([cC]\)|\bCopyright\b)[\s©,]{{0,3}}(?:\([cC]\)\s?)?{_YEARS}[\s,]{{0,2}}(?:by\s)?")
_HOLDER = re.compile(r"[^\W\d_][^\n.|,;:\d©]{1,60}")
_NAME = re.compile(r"(?:[Tt]he )?((?:[A-Z]|ibn)[\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})")
_LEAD_REPORTS = re.compile(r",\s(?:the )?([A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3}) reports\b")
_BEFORE = " |:»›-–—\t"
_AROUND = " ()[]/.*-–—"
_OPENING = 1500  # a declaration about the whole piece stands within so many characters of its story


def publishers(page: Page, meta: Mapping[str, str]) -> tuple[Sourced | None, Sourced | None]:
    """Outlet and agency; what `meta` states under these keys wins."""
    outlet = _stated(meta, "outlet") or _outlet(page)
    agency = _stated(meta, "agency") or _agency(page) or _outlet_as_wire(outlet)
    if outlet and agency and names.initials(outlet.value) == agency.value.upper():
        outlet = Sourced(value=agency.value, evidence=outlet.evidence, origin=outlet.origin)
    if outlet is None and agency is not None and agency.origin == "text":
        marks = _marks_of_own_page(page, agency)
        outlet = page.sourced(agency.value, *marks, origin="inference") if marks else None
    return outlet, agency


def _stated(meta: Mapping[str, str], key: str) -> Sourced | None:
    return Sourced(value=names.canonical(meta[key]), origin="metadata") if meta.get(key, "").strip() else None


def _outlet(page: Page) -> Sourced | None:
    """Whoever the page itself names as its publisher: at its head, in the dateline, at its foot."""
    head = _first(page, (*_head_lines(page), *_strip_parts(page)))
    if head:
        return head
    if page.wire and (page.bare or _is_paper(page.words(page.wire))):
        return _named(page, page.wire)
    foot = _first(page, (at for at in page.parts("signoff", above=False) if _is_foot_name(page, at)))
    return foot or _first(page, (at for at in _holders(page) if _is_publisher(page, at)))


def _agency(page: Page) -> Sourced | None:
    """The wire that wrote the piece, by the plainest sign there is."""
    if page.wire and not page.bare and not _is_paper(page.words(page.wire)):
        name = page.words(page.wire)
        again = [at for at in _signers(page) if page.words(at).casefold() == name.casefold()]
        return page.sourced(names.canonical(name), page.wire, *again[:1])
    finders: tuple[Callable[[Page], Iterator[At]], ...] = (
        _declared,
        _source_credits,
        _signers,
        _wire_holders,
        _own_wire,
    )
    plain = (_first(page, finder(page)) for finder in finders)
    return next(filter(None, plain), None) or _first(page, _shown(page), origin="inference")


def _outlet_as_wire(outlet: Sourced | None) -> Sourced | None:
    """An outlet that is a wire wrote its own piece, unless another is named."""
    return outlet if outlet and _is_wire(outlet.value) else None


# -- names -------------------------------------------------------------------------------------------------------------


def _named(page: Page, at: At, *, origin: Origin = "text") -> Sourced:
    """The medium named there; of `Name of Agency (NOA)` the acronym where the table or the dateline knows it."""
    words = page.words(at)
    pair = names.acronym_behind(words)
    if pair:
        short = names.known(pair[1]) or pair[1].casefold() in page.wires
        words = pair[1] if short else pair[0]
    return page.sourced(names.canonical(words), at, origin=origin)


def _first(page: Page, places: Iterable[At], *, origin: Origin = "text") -> Sourced | None:
    return next((_named(page, at, origin=origin) for at in places), None)


def _is_wire(name: str) -> bool:
    medium = names.known(name)
    return medium.is_wire if medium else names.wire_like(name)


def _is_paper(name: str) -> bool:
    medium = names.known(name)
    return medium is not None and not medium.is_wire


def _is_publisher(page: Page, at: At) -> bool:
    """Can a holder of the copyright be the outlet: no wire, or the very name of the dateline?"""
    words = page.words(at)
    return words.casefold() in page.wires or (not _is_wire(words) and (not page.wires or names.is_outlet(words)))


def _is_foot_name(page: Page, at: At) -> bool:
    words = page.words(at)
    return names.is_outlet(words) and not lines.is_signed(words, frozenset())


# -- where names stand -------------------------------------------------------------------------------------------------


def _head_lines(page: Page) -> Iterator[At]:
    """Lines of their own over the story, and names behind the headline."""
    for at in page.parts("credit", above=True):
        bare = page.trimmed(at, _BEFORE)
        if names.is_outlet(page.words(bare)) or page.words(at)[0] in _BEFORE:
            yield bare


def _strip_parts(page: Page) -> Iterator[At]:
    """Parts of page heads that name a medium or the dateline's wire."""
    for start, end in page.parts("slug", "boilerplate"):
        at = start
        parts = lines.strip_parts(page.text[start:end])
        for part in parts if len(parts) > 1 else ():
            at = page.text.index(part, at)
            if names.is_outlet(part) or part.casefold() in page.wires:
                yield at, at + len(part)
            at += len(part)


def _holders(page: Page) -> Iterator[At]:
    """Who claims the copyright."""
    for start, end in page.parts("boilerplate", "signoff", "credit"):
        for match in _RIGHTS.finditer(page.text, start, end):
            holder = _HOLDER.match(page.text, match.end(), end)
            at = page.trimmed(holder.span()) if holder else (0, 0)
            if holder and names.named_like(page.words(at)):
                yield at


def _wire_holders(page: Page) -> Iterator[At]:
    return (at for at in _holders(page) if _is_wire(page.words(at)) or page.words(at).casefold() in page.wires)


def _source_credits(page: Page) -> Iterator[At]:
    """Who stands behind "Source:"."""
    for start, end in page.parts("credit"):
        match = credit_words("source").match(page.text[start:end])
        colon = page.text.find(":", start, end)
        if match and colon >= 0 and not page.text[start + match.end() : colon].strip():
            first = re.match(r"[^/,;|\n]*", page.text[colon + 1 : end])
            at = page.trimmed((colon + 1, colon + 1 + (first.end() if first else 0)))
            if names.named_like(page.words(at)) or names.known(page.words(at)):
                yield at


def _signers(page: Page) -> Iterator[At]:
    """Wires that sign below the story, or stand behind a name in the byline."""
    for at in page.parts("signoff"):
        words = page.words(at)
        if lines.is_signed(words, page.wires) and (names.known(words) is None or _is_wire(words)):
            yield page.trimmed(at, _AROUND)
    for start, end in page.parts("byline"):
        for match in _NAME.finditer(page.text, start, end):
            bare = match[1].removeprefix("By ").split(" Staff")[0].split(" Writer")[0]
            first = page.text.index(bare, match.start(1))
            if len(bare) > 1 and _is_wire(bare):
                yield first, first + len(bare)


def _own_wire(page: Page) -> Iterator[At]:
    """The dateline's bare wire, and wires that the page's head or foot names."""
    if page.wire and not _is_paper(page.words(page.wire)):
        yield page.wire
    yield from (at for at in _strip_parts(page) if _is_wire(page.words(at)) or page.words(at).casefold() in page.wires)
    for at in page.parts("signoff", "credit"):
        pair = names.acronym_behind(page.words(at))
        if names.is_outlet(page.words(at)) and _is_wire(pair[0] if pair else page.words(at)):
            yield at


def _declared(page: Page) -> Iterator[At]:
    """Wires that the opening declares for the whole piece.

    `According to X reports, …` is plain; `According to X, …` and `X reported that …` at the head of a paragraph need a
    second sign: a picture by X, or a dateline that names the outlet where its wire would stand.
    """
    start, end = page.story
    end = min(end, start + _OPENING)
    pictures = " ".join(page.words(at) for at in page.parts("caption", "credit"))
    for paragraph in re.finditer(r"[^\n]+", page.text[start:end]):
        at = start + paragraph.start()
        opener = credit_words("declares", case=True).match(page.text[at : at + 30])
        name = _NAME.match(page.text, at + (opener.end() + 1 if opener else 0), end)
        if name and _is_wire(name[1]) and name[1].casefold() not in page.wires:
            verb = credit_words("relays").match(page.text[name.end() + 1 : name.end() + 20])
            plain = opener and verb and verb[0] == "reports"
            second = name[1] in pictures or (page.bare and not names.is_acronym(name[1]))
            if plain or (second and (opener or verb)):
                yield name.span(1)
    lead = page.text[start:end].split("\n", 1)[0]
    yield from (
        (start + match.start(1), start + match.end(1)) for match in _LEAD_REPORTS.finditer(lead) if _is_wire(match[1])
    )


def _shown(page: Page) -> Iterator[At]:
    """Agencies of the table to whom the story's sources spoke: the last trace of a wire whose name was cut off."""
    start, end = page.story
    for told in credit_words("shown_to", case=True).finditer(page.text, start, end):
        match = _NAME.match(page.text, told.end() + 1, end)
        medium = names.known(match[1]) if match else None
        if match and medium and medium.kind == "agency":
            yield match.span(1)


def _marks_of_own_page(page: Page, agency: Sourced) -> list[At]:
    """Marks that a wire's copy stands on the wire's own page.

    For a wire of the table the page must name it apart from its copyright, which every customer prints as well.
    """
    medium = names.known(agency.value)
    if medium and medium.own_copy:
        return [(span.start, span.end) for span in agency.evidence[:1]]
    word = re.compile(rf"(?<!\w){re.escape(agency.value)}(?!\w)", re.IGNORECASE)
    naming = [at for at in page.parts("boilerplate") if word.search(page.text, *at)]
    if medium:
        return [at for at in naming if not _RIGHTS.search(page.text, *at)]
    labels = [at for at in page.parts("slug") if wire_mark("revision").match(page.words(at))]
    ends = [at for at in page.parts("signoff") if wire_mark("end").fullmatch(page.words(at))]
    return [*naming, *labels, *page.parts("editor_note"), *ends]


_FINDERS: tuple[Callable[[Page], Iterator[At]], ...] = (
    _declared,
    _source_credits,
    _signers,
    _wire_holders,
    _own_wire,
)
