"""Zoning: which characters of a report are story and which are layout.

In comes a report's text, out comes a partition of it into zones; nothing is edited, so every offset stays true. Lines
are cut where debris is glued to them, judged one by one (`lines`), then by where they stand: above the lead, inside the
story, below its last paragraph. What is unknown stays body, because a lost sentence costs more than a kept footer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hearsay.ingest import datelines, dates, lines
from hearsay.ingest.lines import Kind
from hearsay.ingest.names import acronym_behind, is_outlet, known, named_like
from hearsay.ingest.patterns import credit_words, is_section, wire_mark
from hearsay.model import ZoneKind

_HEADLINE = 400  # no headline is longer
_TOP = 14  # a headline, a byline or a dateline is looked for in so many lines
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_SIGNS = re.compile(r"[\W_]+")
_SUFFIX = re.compile(r"\s+(?P<bar>\||::|»|›|-|–|—)\s+(?P<name>[^|»›]{2,50})$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or a part of one. `kind` is "" while unknown; `opens` says that a dateline stands right before it."""

    start: int
    end: int
    kind: Kind = ""
    opens: bool = False


def _key(words: str) -> str:
    """What two copies of a headline have in common."""
    return _SIGNS.sub("", words.casefold())


def _lines(text: str, start: int) -> Iterator[Piece]:
    """Lines with something in them, without the blanks at their ends."""
    for match in _LINE.finditer(text, start):
        line = match[0]
        if line.strip():
            left = len(line) - len(line.lstrip())
            yield Piece(match.start() + left, match.start() + len(line.rstrip()))


def _wires(text: str) -> frozenset[str]:
    """Names, case folded, that datelines give to the wire: its sign-offs use them as well."""
    names = set()
    for piece, _ in zip(_lines(text, 0), range(_TOP), strict=False):
        line = text[piece.start : piece.end]
        for start in (0, datelines.glued(line[:600]) or 0, lines.caption_head(line, top=True) or 0):
            head = datelines.parse(line[start : start + 200])
            if head and head.wire:
                names.add(line[start + head.wire.start : start + head.wire.end].casefold())
    return frozenset(names)


def _with_dateline(text: str, piece: Piece, *, weak: bool) -> Iterator[Piece]:
    """The piece with its dateline cut off; a headline may stand glued before it."""
    line = text[piece.start : piece.end]
    head = datelines.parse(line[:200])
    at = 0
    if head is None and weak and (glued := datelines.glued(line[:600])):
        yield replace(piece, end=piece.start + len(line[:glued].rstrip()), kind="headline")
        at, head = glued, datelines.parse(line[glued : glued + 200])
    if head is None or (head.weak and not (weak and lines.is_prose(line))):
        yield piece
        return
    start = piece.start + at
    yield Piece(start, start + head.end, "dateline")
    if start + head.end < piece.end:
        yield Piece(start + head.end, piece.end, "", opens=True)


def _cut(text: str, piece: Piece, *, top: bool, weak: bool, wires: frozenset[str]) -> Iterator[Piece]:
    """One line as pieces: marks at its head, a glued caption, its dateline, the text, debris at its tail."""
    at = piece.start
    for length, kind in lines.heads(text[at : piece.end]) if top else ():
        yield Piece(at, piece.start + length, kind)
        at = piece.start + length
    line = text[at : piece.end]
    caption = lines.caption_head(line, top=top) or (lines.opens_caption(line) and datelines.glued(line[:900])) or 0
    if caption:
        yield Piece(at, at + caption, "caption")
        at += caption
    if at >= piece.end:
        return
    line = text[at : piece.end]
    kind = "slug" if top and lines.is_keyword(line) else lines.by_table(line)
    if kind:
        yield Piece(at, piece.end, kind)
        return
    tails = lines.tails(line, wires)
    rest = Piece(at, at + (tails[0][0] if tails else len(line)))
    yield from _with_dateline(text, rest, weak=weak) if top else (rest,)
    for i, (start, tail_kind) in enumerate(tails):
        yield Piece(at + start, at + (tails[i + 1][0] if i + 1 < len(tails) else len(line)), tail_kind)


def _pieces(text: str, title: int) -> list[Piece]:
    wires = _wires(text)
    pieces: list[Piece] = []
    found = False  # once the dateline is found, nothing below it can be another
    weak = True
    for number, line in enumerate(_lines(text, title)):
        new = list(_cut(text, line, top=number < _TOP and not found, weak=weak, wires=wires))
        found = found or any(piece.opens for piece in new)
        weak = weak and not any(p.kind == "" and lines.is_prose(text[p.start : p.end]) for p in new)
        pieces += new
    return pieces


def _bounds(text: str, pieces: list[Piece]) -> tuple[int, int, int]:
    """Indices: the lead, the end of the head (which may reach below a standfirst), the last paragraph of the story."""

    def story(piece: Piece) -> bool:
        line = text[piece.start : piece.end]
        if piece.kind or not (piece.opens or lines.is_prose(line)):
            return False
        return not (lines.is_page_head(line) or lines.furniture_opens(line, inside=False) or lines.is_colophon(line))

    prose = [i for i, piece in enumerate(pieces) if story(piece)]
    if not prose:
        return len(pieces), len(pieces), len(pieces)
    lead = prose[0]
    behind = range(lead + 1, min(len(pieces), lead + 5))
    opened = next((i for i, piece in enumerate(pieces[: _TOP * 2]) if piece.opens), lead)
    layout = [
        i
        for i in behind
        if not pieces[i].kind and _in_head(text[pieces[i].start : pieces[i].end]) in ("byline", "dateline", "slug")
    ]
    end = max([opened, lead, *(i + 1 for i in layout)])
    first = text[pieces[lead].start : pieces[lead].end]
    if end > lead and lead == next(i for i, p in enumerate(pieces) if not p.kind) and len(first) <= 160:
        lead = next((i for i in prose if i > lead), end)  # a headline that ends with a full stop
    return lead, end, prose[-1]


def _in_head(line: str) -> Kind:
    """Kind of a line above the lead, or "" where it may be the headline."""
    if dates.is_date_line(line):
        return "dateline"
    if lines.is_byline(line):
        return "byline"
    if is_outlet(line):
        return "credit"
    if lines.is_page_head(line) or is_section(line):
        return "slug"
    return "boilerplate" if lines.furniture_opens(line, inside=True) else ""


def _is_name_line(line: str) -> bool:
    """A byline without "By": `A. Name`, `A. Name in Port Town`, `A. Name, Associated Press`, `Political Editor`."""
    if len(line.split()) <= 4 and credit_words("rank").search(line) and line[:1].isupper():
        return True
    name, _, rest = (part.strip() for part in re.sub(r"\s*[|,/]\s*", ",", line, count=1).partition(","))
    name, _, place = name.partition(" in ")
    if place and not rest and named_like(place, most=4) and not lines.is_prose(line):
        return 2 <= len(name.split()) <= 3 and all(word[0].isupper() for word in name.split())
    if not named_like(name, most=4) or len(name.split()) < 2 or any(c.isdigit() for c in line) or len(line) > 80:
        return False
    ranked = bool(rest) and (known(rest) is not None or bool(credit_words("rank").search(rest)))
    return ranked or (not rest and all(word[0].isupper() for word in name.split()) and not name.isupper())


def _head(text: str, pieces: list[Piece], *, lead: int, end: int, titled: bool) -> list[Piece]:
    """The pieces above the end of the head with their kinds; unknown ones but the headline stay unknown."""
    head = list(pieces[:end])
    for i, piece in enumerate(head):
        if not piece.kind and not piece.opens:
            head[i] = replace(piece, kind=_in_head(text[piece.start : piece.end]))
    titled = titled or any(piece.kind == "headline" for piece in head)
    free = [i for i, piece in enumerate(head[:lead]) if not piece.kind and not piece.opens]
    if free and not titled:
        words = [len(text[head[i].start : head[i].end].split()) for i in free]
        kicker = len(free) > 1 and words[0] <= 2 and words[1] >= 4
        if kicker:
            head[free[0]] = replace(head[free[0]], kind="slug")
        pick = free.pop(1 if kicker else 0)
        free = free[1:] if kicker else free
        head[pick] = replace(head[pick], kind="headline")
    for i in free:
        if any(p.kind == "headline" for p in head[:i]) or titled:
            piece = head[i]
            head[i] = replace(piece, kind="byline" if _is_name_line(text[piece.start : piece.end]) else "")
    return head


def _headline(text: str, piece: Piece) -> list[Piece]:
    """The headline without a revision label or the name of a medium behind it."""
    if piece.end - piece.start > _HEADLINE:
        return [piece]
    line = text[piece.start : piece.end]
    suffix = _SUFFIX.search(line)
    if suffix and (is_outlet(suffix["name"]) or (suffix["bar"] in ("|", "::") and named_like(suffix["name"], most=4))):
        cut = piece.start + suffix.start()
        name = Piece(piece.start + suffix.start("bar"), piece.end, "credit")
        return [*_headline(text, replace(piece, end=cut)), name]
    for label in wire_mark("revision").finditer(line):
        if label[0][0] in "([" and label.end() == len(line) and line[: label.start()].strip():
            cut = piece.start + len(line[: label.start()].rstrip())
            return [replace(piece, end=cut), Piece(piece.start + label.start(), piece.end, "slug")]
    return [piece]


def _inside(line: str, wires: frozenset[str]) -> Kind:
    """Kind of an unknown line between the lead and the last paragraph, or ""."""
    if lines.is_initials(line) or lines.is_signed(line, wires):
        return "signoff"
    if lines.is_page_head(line) or lines.furniture_opens(line, inside=True) or is_section(line):
        return "boilerplate"
    return ""


def _below(line: str, wires: frozenset[str], *, listed: bool) -> Kind:
    """Kind of an unknown line below the last paragraph; `listed` says that debris stands above it."""
    if lines.is_initials(line) or lines.is_signed(line, wires) or lines.is_desk(line) or acronym_behind(line):
        return "signoff"
    if is_outlet(line) or lines.is_marked_name(line):
        return "signoff"
    if lines.is_byline(line):
        return "byline"
    if dates.is_date_line(line):
        return "dateline"
    if lines.furniture_opens(line, inside=False) or lines.is_page_head(line) or is_section(line):
        return "boilerplate"
    if lines.is_colophon(line):
        return "boilerplate"
    plain = len(line.split()) > 1 and named_like(line, most=6) and not re.search(r"[\d\"“”«»,;:.!?]", line)
    return "boilerplate" if listed or plain else ""


def _rest(
    text: str, pieces: list[Piece], *, last: int, copies: frozenset[str], wires: frozenset[str]
) -> Iterator[Piece]:
    """The pieces below the head with their kinds."""
    listing = seen = False
    for i, piece in enumerate(pieces):
        line = text[piece.start : piece.end]
        kind: Kind = piece.kind
        if not kind and not piece.opens:
            copied = len(line) <= _HEADLINE and _key(line) in copies
            if copied or (listing and not lines.is_prose(line) and len(line) <= 200):
                kind = "boilerplate"
            else:
                kind = _below(line, wires, listed=seen) if i > last else _inside(line, wires)
                listing = lines.furniture_opens(line, inside=i <= last) == "heading"
        elif kind == "boilerplate":
            listing = bool(lines.furniture_opens(line, inside=False) == "heading")
        else:
            listing = listing and bool(kind)
        seen = i > last and (seen or kind in ("boilerplate", "signoff", "credit"))
        yield replace(piece, kind=kind or "body")


def zone(text: str, *, title: int = 0) -> tuple[tuple[int, int, ZoneKind], ...]:
    """The zones of a text as (start, end, kind): in order, without gaps, together the whole text.

    `title` is the number of leading characters that are known to be the headline (0: it is looked for). Blanks between
    two zones belong to the first. An empty text has no zones.
    """
    pieces = _pieces(text, title)
    lead, end, last = _bounds(text, pieces)
    head = _head(text, pieces, lead=lead, end=end, titled=title > 0)
    if text[:title].strip():
        head.insert(0, Piece(0, len(text[:title].rstrip()), "headline"))
    copies = _copies(text, head)
    head = [part for piece in head for part in (_headline(text, piece) if piece.kind == "headline" else (piece,))]
    head = [
        replace(piece, kind="boilerplate")
        if not piece.kind and _key(text[piece.start : piece.end]) in copies
        else piece
        for piece in head
    ]
    rest = _rest(text, pieces[end:], last=last - end, copies=copies, wires=_wires(text))
    return _partition(text, [*head, *rest])


def _copies(text: str, head: list[Piece]) -> frozenset[str]:
    """Forms in which the headline may stand again: whole, without the medium behind it, without a label before it."""
    piece = next((piece for piece in head if piece.kind == "headline"), None)
    if piece is None:
        return frozenset()
    bare = _headline(text, piece)[0]
    forms = [text[piece.start : piece.end], text[bare.start : bare.end]]
    forms += [form[label.end() :] for form in forms if (label := wire_mark("label").match(form))]
    return frozenset(filter(None, map(_key, forms)))


def _partition(text: str, pieces: list[Piece]) -> tuple[tuple[int, int, ZoneKind], ...]:
    """Pieces stretched over the blanks behind them; neighbouring parts of the body are one zone."""
    starts: list[tuple[int, ZoneKind]] = []
    for piece in pieces:
        kind: ZoneKind = piece.kind or "body"
        if not (starts and kind == "body" == starts[-1][1]):
            starts.append((piece.start if starts else 0, kind))
    if not starts:
        return ((0, len(text), "body"),) if text else ()
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return tuple((start, stop, kind) for (start, kind), stop in zip(starts, ends, strict=True))
