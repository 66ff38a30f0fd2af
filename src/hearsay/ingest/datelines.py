"""Datelines: place, date and wire at the head of a story.

In comes a line, out come the parts of the dateline that opens it, as offsets into the line, or None. The forms differ
by house: `SEOUL, May 2 (Reuters) - `, `Madrid, May 2 (EFE).- `, `MOSCOW, May 2. /TASS/. `, `Jakarta, MINA – `,
`OSLO, Norway: `. Where neither a date nor a wire is given, a place must stand in capitals or before a long dash.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from hearsay.ingest import dates
from hearsay.ingest.names import is_acronym, is_outlet, is_state, known, named_like
from hearsay.ingest.patterns import credit_words, is_section, wire_mark

REACH = 130  # a dateline ends within so many characters
_END = re.compile(
    "|".join(
        (
            r"[)\]/]\s?\.?\s?(?:-{1,3}|[–—:_])\s*",  # (WIRE) -
            r"/\.?\s+",  # /WIRE/.
            r"[)\]]\s+",  # (WIRE) Text
            r"\s?(?:-{2,3}|—)\s*",  # PLACE -- or PLACE—
            r"\s–\s*|–\s|\s[-_](?:\s+|$)|(?<=[^\W\d_]{2})-\s+",  # PLACE – or PLACE - or PLACE- or PLACE _
            r"\.\s?[-–]\s*",  # Place, date.-
            r":\s+",  # PLACE:
            r"\.\s+(?=[^\W\d_a-z])",  # Place, date. WIRE. Text
        )
    )
)
_BRACKET = re.compile(r"\(([^()\n]{2,40})\)|\[([^\[\]\n]{2,40})\]|(?<![\w/])/([^/\n]{2,30})/")
_PIECE = re.compile(r"[^,;\n]+")
_GLUED = re.compile(r"\(([^\W\d_][\w .&-]{1,30})\)\s?\.?(?:-{1,2}|[–—])\s")
_OPENERS = "\"'“‘«„[("


class Part(NamedTuple):
    """A stretch of the line."""

    start: int
    end: int


class Head(NamedTuple):
    """What a dateline holds. `bare` says that the wire stands in no bracket, as an outlet's name does."""

    end: int
    place: Part | None
    date: dates.Found | None
    wire: Part | None
    bare: bool
    weak: bool


def _trim(line: str, start: int, end: int, strip: str = " .,-–—\t") -> Part:
    while start < end and line[start] in strip:
        start += 1
    while end > start and line[end - 1] in strip:
        end -= 1
    return Part(start, end)


def _wire_in_brackets(core: str) -> tuple[Part | None, str] | None:
    """The bracketed wire and the core with all brackets turned into commas; None where a bracket holds other words."""
    wire: Part | None = None
    for match in _BRACKET.finditer(core):
        part = Part(*match.span(match.lastindex or 0))
        words = core[part.start : part.end]
        square = match[2] is not None
        if not dates.find(words) and not square:
            if not named_like(words, most=4) and not known(words):
                return None
            wire = part
        gap = "," * (match.end() - match.start())
        core = core[: match.start()] + (f",{words}," if dates.find(words) else gap) + core[match.end() :]
    return wire, core


@cache
def _never() -> tuple[re.Pattern[str], ...]:
    return wire_mark("label"), wire_mark("revision"), credit_words("caption"), credit_words("photo")


def _strength(line: str, places: list[Part], end: int, *, stated: bool, bare: bool) -> str:
    """Is it a dateline for certain ("strong"), only where a lead is expected ("weak"), or none ("")?"""
    if not places:
        return "strong" if stated else ""
    first = line[places[0].start : places[0].end]
    follows = line[end : end + 1]
    if is_section(first) or is_outlet(first) or any(pattern.match(line) for pattern in _never()):
        return ""
    if stated or bare:
        return "strong"
    if not follows and first.isupper() and ":" not in line:
        return "strong"
    if not follows or not (follows.isupper() or follows.isdigit() or follows in _OPENERS):
        return ""
    tail = line[places[-1].end : end]
    if first.isupper() and sum(char.isalpha() for char in first) >= 3:
        return "strong" if ":" not in tail or len(places) > 1 else "weak"
    return "weak" if re.search(r"\s(?:--|–|—)\s", tail) and len(first.split()) <= 3 else ""


def _bare_wire(line: str, pieces: list[Part], date: dates.Found | None) -> Part | None:
    """The piece that names a wire without brackets: a known medium, or capitals behind a place or a date."""
    found = None
    for piece in pieces:
        words = line[piece.start : piece.end]
        if piece is pieces[0]:
            found = piece if len(pieces) > 1 and known(words) else None
            continue
        signs = is_acronym(words) and not is_state(words) and len(words) > 2
        behind = date is not None and piece.start > date.start
        if known(words) or (signs and (behind or not line[pieces[0].start : pieces[0].end].isupper())):
            found = piece
    return found


def _is_closed(line: str, core_end: int, end: int, date: dates.Found | None, bare: Part | None) -> bool:
    """Does the sign at the end close a dateline? A full stop only behind a bare wire, a bracket only behind a date."""
    sign = line[core_end:end].strip()
    bracket = line[core_end - 1] in ")]/"
    if sign == "." and not bracket:
        return bool(date and bare and bare.end == core_end)
    if sign in ("", ".") and line[core_end - 1] in ")]" and end < len(line):
        return bool(date and line[end].isupper())
    return True


def _parse(line: str, core_end: int, end: int) -> Head | None:
    """The dateline `line[:core_end]` whose closing sign reaches to `end`, or None."""
    brackets = _wire_in_brackets(line[:core_end])
    if brackets is None:
        return None
    wire, core = brackets
    stamps = dates.find(core)
    date = stamps[0] if stamps else None
    cleared = dates.blank(core)
    for found in stamps:
        cleared = cleared[: found.start] + "," * (found.end - found.start) + cleared[found.end :]
    pieces = [_trim(line, *match.span()) for match in _PIECE.finditer(cleared)]
    pieces = [piece for piece in pieces if piece.end > piece.start]
    if len(pieces) > 4 or not all(named_like(line[piece.start : piece.end]) for piece in pieces):
        return None
    bare = None if wire else _bare_wire(line, pieces, date)
    places = [piece for piece in pieces if piece is not bare]
    full = date is not None and date.value[0] != "X" and len(date.value) == 10
    if not (wire or bare or places or full) or not _is_closed(line, core_end, end, date, bare):
        return None
    strength = _strength(line, places, end, stated=bool(date or wire), bare=bare is not None)
    if not strength:
        return None
    return Head(end, places[0] if places else None, date, wire or bare, bare is not None, strength == "weak")


@lru_cache(maxsize=1024)
def parse(line: str) -> Head | None:
    """The dateline that opens the line (leading blanks are allowed), or None; a line is asked for more than once."""
    if not line.strip():
        return None
    for match in _END.finditer(line, 0, REACH):
        bracket = match[0][0] in ")]/"
        head = _parse(line, match.start() + bracket, match.end())
        if head:
            return _with_place(line, head)
    whole = _parse(line, len(line), len(line)) if len(line) <= REACH else None
    if whole is None or whole.place is None or whole.bare or not (whole.date or whole.wire):
        return None
    rest = line[max(whole.date.end if whole.date else 0, whole.wire.end if whole.wire else 0) :]
    return None if any(char.isalpha() for char in rest) else whole


def _with_place(line: str, head: Head) -> Head:
    """A dateline that opens with its wire may go on with place and date: `(WIRE) - PLACE, May 3 - `."""
    if head.place or head.date or head.bare:
        return head
    rest = parse(line[head.end :])
    if rest is None or rest.place is None or rest.date is None or rest.wire:
        return head
    at = head.end
    place = Part(rest.place.start + at, rest.place.end + at)
    date = rest.date._replace(start=rest.date.start + at, end=rest.date.end + at)
    return head._replace(end=rest.end + at, place=place, date=date)


def glued(line: str) -> int | None:
    """Where a dateline with its wire in brackets starts inside the line, behind a headline; else None."""
    for match in _GLUED.finditer(line, 0, 700):
        starts = [m.start() for m in re.finditer(r"(?<!\S)[^\W\d_a-zß-ÿ]", line[: match.start()])][-8:]
        capitals = [s for s in starts if re.match(r"[^\W\d_a-zß-ÿ]{3,}[,\s]", line[s:])]
        capitals = [s for s in capitals if not known(line[s:].split()[0])]
        for start in [*capitals, *reversed(starts)]:
            head = parse(line[start:])
            told = head and head.place and (head.date or (start in capitals and head.wire))
            if start and head and told and start + head.end >= match.end():
                return start
    return None
