"""Report → attributions: who said what, with cue, form, kind and nesting; chains are added by `chains`.

Two readers work together. The neural one tags sources, cues and contents flat; they are linked by position, each
content to its nearest cue (a sentence or paragraph between them counts as distance). The grammar of `frames` finds
frames inside frames and where contents begin and end. Where both see one cue they are reconciled; what only the
grammar sees counts when its cue is strong; what only the neural reader sees counts as it is. An outer frame that says
no more than that somebody spoke is *folded*: it lives on in the inner one's chain.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from hearsay.extract.cues import Token, hits, kind_of, tokens, words
from hearsay.extract.frame_parts import Frame, Sentence
from hearsay.extract.frames import frames
from hearsay.extract.quotes import quotes
from hearsay.extract.reader import Tagged
from hearsay.extract.text import Range, paragraphs, sentences
from hearsay.model import Attribution, Form, Level, Mention, Report, Span, StatementKind, digest

FAR = 400  # distance beyond which a content has no cue
SOURCE_FAR = 120  # the same for a cue and its source
SENTENCE, PARAGRAPH = 40, 200  # what a border between two spans adds to their distance, in characters
DOUBT = 0.5  # the neural reader's word alone counts from here
FOLD = 6  # an outer frame with at most this many telling words of its own is folded into the inner one
_STOP = re.compile(r"[.!?][\"”’']?\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An attribution in the making; ranges are offsets of the report."""

    cue: Range | None
    source: Range | None
    content: tuple[Range, ...]
    kind: StatementKind | None = None
    addressee: Range | None = None
    level: Level = "speaker"
    how: str = "read"
    score: float = 1.0


def find_attributions(
    report: Report, *, tags: Sequence[Tagged], mentions: Sequence[Mention] = ()
) -> tuple[Attribution, ...]:
    """Attributions of a report, in text order, nested ones with `within`; chains are still empty.

    `tags` are the reader's spans in the report's offsets, `mentions` the mentions of actors.
    """
    lines = list(_sentences(report, mentions))
    read = _linked(report.text, tags)
    drafts = _reconciled(report.text, lines, read)
    tidy = (_tidy(report.text, draft, lines) for draft in drafts)
    kept = _distinct(draft for draft in tidy if draft is not None)
    return _nested(report, kept)


def _sentences(report: Report, mentions: Sequence[Mention]) -> Iterator[Sentence]:
    """Sentences of the told zones with their mentions and quotations."""
    spans = sorted({_with_title(mention) for mention in mentions})
    for zone in report.zones:
        if zone.kind not in {"headline", "caption", "body"}:
            continue
        for start, end in paragraphs(report.text, zone.span.start, zone.span.end):
            marks = tuple(quotes(report.text, start, end))
            for first, last in _clauses(report.text, sentences(report.text, start, end, quotes=marks), marks):
                yield Sentence(
                    text=report.text,
                    range=(first, last),
                    mentions=tuple(m for m in spans if first <= m[0] and m[1] <= last),
                    quotes=tuple(q for q in marks if first <= q[0] and q[1] <= last),
                    headline=zone.kind == "headline",
                )


def _with_title(mention: Mention) -> Range:
    """A mention with its title: "President X" speaks, not "X" behind a stray title."""
    title = mention.title or mention.span
    return min(mention.span.start, title.start), max(mention.span.end, title.end)


def _clauses(text: str, lines: Iterable[Range], marks: Sequence[Range]) -> Iterator[Range]:
    """Sentences cut at semicolons outside quotations: what stands behind one is told by itself."""
    for start, end in lines:
        begun = start
        for stop in re.finditer(";(?=\\s)", text[start:end]):
            at = start + stop.start()
            if not _inside(at, marks):
                yield begun, at
                begun = at + 1
        yield begun + len(text[begun:end]) - len(text[begun:end].lstrip()), end


# -- the neural reader's spans, linked by position ---------------------------------------------------------------------


def _linked(text: str, tags: Sequence[Tagged]) -> list[Draft]:
    """Contents with their nearest cue, cues with their nearest source; contents without a cue on their own."""
    by_role: dict[str, list[Tagged]] = {"cue": [], "source": [], "content": []}
    for tag in tags:
        by_role.setdefault(tag.label, []).append(tag)
    cues, sources = by_role["cue"], by_role["source"]
    contents: dict[int, list[Tagged]] = {}
    loose: list[Tagged] = []
    for content in _by_paragraph(text, by_role["content"]):
        near = _near(cues, content, FAR)
        nearest = min(near, key=lambda i: (_distance(text, cues[i], content), i), default=None)
        if nearest is not None and _distance(text, cues[nearest], content) < FAR:
            contents.setdefault(nearest, []).append(content)
        else:
            loose.append(content)
    drafts = []
    for i, cue in enumerate(cues):
        close = (sources[k] for k in _near(sources, cue, SOURCE_FAR))
        source = min(close, key=lambda s: (_distance(text, s, cue), s.start), default=None)
        heard = source is not None and _distance(text, source, cue) < SOURCE_FAR
        parts = contents.get(i, [])
        drafts.append(
            Draft(
                cue=(cue.start, cue.end),
                source=(source.start, source.end) if heard and source else None,
                content=tuple((c.start, c.end) for c in parts),
                score=min([cue.score, *(c.score for c in parts)]),
            )
        )
    return drafts + [Draft(cue=None, source=None, content=((c.start, c.end),), score=c.score) for c in loose]


def _near(tags: Sequence[Tagged], to: Tagged, far: int) -> range:
    """Indices of the tags, which stand in text order, that are less than `far` characters away."""
    first = bisect_left(tags, to.start - far, key=lambda tag: tag.end)
    return range(first, bisect_right(tags, to.end + far, key=lambda tag: tag.start))


def _by_paragraph(text: str, contents: Iterable[Tagged]) -> Iterator[Tagged]:
    """Contents cut at paragraph ends: the words of one cue rarely reach over one, the tagger's often do."""
    for content in contents:
        for start, end in paragraphs(text, content.start, content.end):
            yield replace(content, start=start, end=end)


def _distance(text: str, a: Tagged, b: Tagged) -> int:
    between = text[min(a.end, b.end) : max(a.start, b.start)]
    return len(between) + SENTENCE * len(_STOP.findall(between)) + PARAGRAPH * between.count("\n")


# -- both readers together ---------------------------------------------------------------------------------------------


def _reconciled(text: str, lines: Sequence[Sentence], read: Sequence[Draft]) -> list[Draft]:
    """One draft a cue: what the grammar and the neural reader say of it, together."""
    found: list[Draft] = []
    used: set[int] = set()
    for line in lines:
        for frame in frames(line):
            if _in_quotation(line, frame):
                continue
            same = [i for i, d in enumerate(read) if d.cue and _touch(d.cue, frame.cue)]
            if same and same[0] not in used:
                used.add(same[0])
                found.append(_merged(line, frame, read[same[0]]))
            elif not same and frame.strong and (frame.source or frame.how == "noun"):
                found.append(_from_frame(frame))
    for i, draft in enumerate(read):
        if i not in used and draft.content and _counts(text, draft, lines):
            found.append(draft)
    return [*found, *_spoken_headlines(lines, found)]


def _spoken_headlines(lines: Sequence[Sentence], found: Sequence[Draft]) -> Iterator[Draft]:
    """Headlines in somebody's words without marks or name: "We shall stand by you!" is said by nobody who writes."""
    for line in lines:
        heard = any(_touch(part, line.range) for draft in found for part in draft.content)
        first_person = any(t.low in words("first_person") for t in tokens(line.text, *line.range))
        if line.headline and first_person and not line.quotes and not heard:
            yield Draft(cue=None, source=None, content=(line.range,), how="headline", score=0.5)


def _in_quotation(line: Sentence, frame: Frame) -> bool:
    """First-person frames inside somebody's words ("I hope that") belong to the content."""
    return frame.how != "narrated" and line.quoted(frame.cue[0]) is not None


def _counts(text: str, draft: Draft, lines: Sequence[Sentence]) -> bool:
    """Does what only the neural reader saw make a statement? Events ("discussed") and doubtful cues do not."""
    if draft.cue is None:
        return _is_quotation(draft, lines)
    strength = next((hit.cue.strength for hit in hits(tokens(text, *draft.cue))), "strong")
    return draft.score >= DOUBT and strength not in {"never", "narrated"}


def _is_quotation(draft: Draft, lines: Sequence[Sentence]) -> bool:
    start, end = draft.content[0]
    return any(q[0] <= start + 1 and end - 1 <= q[1] for line in lines for q in line.quotes)


def _from_frame(frame: Frame) -> Draft:
    return Draft(
        cue=frame.cue, source=frame.source, content=frame.content, kind=frame.kind, addressee=frame.addressee,
        level="relay" if frame.how == "narrated" else "speaker", how=frame.how, score=0.6,
    )  # fmt: skip


def _merged(line: Sentence, frame: Frame, read: Draft) -> Draft:
    """A cue that both saw. The grammar knows borders at tags and the next frame, the reader where a clause ends."""
    elsewhere = tuple(c for c in read.content if not _touch(c, line.range) and next(quotes(line.text, *c), None))
    here = [c for c in read.content if _touch(c, line.range)]
    if frame.how != "verb" or not here:
        content = (*frame.content, *(c for c in elsewhere if frame.how in {"tail", "middle"}))
    else:
        start, end = frame.content[-1]
        theirs = max(here, key=lambda c: c[1] - c[0])
        if theirs[1] <= frame.cue[0] or theirs[0] >= end:
            content = read.content
        else:
            content = ((start, min(end, max(theirs[1], start))), *elsewhere)
    source = _source(line, frame, read)
    own = _from_frame(frame)
    return replace(own, source=source, content=content, score=max(read.score, own.score))


def _source(line: Sentence, frame: Frame, read: Draft) -> Range | None:
    """The reader's source, unless the grammar has the whole of it, or the reader's belongs elsewhere."""
    if frame.source is None or read.source is None or frame.how in {"citing", "noun"}:
        return frame.source or (None if frame.how == "citing" else read.source)
    nearer = read.source[1] <= frame.source[0] and frame.source[1] <= frame.cue[0]
    part = frame.how in {"tail", "head"} and _touch(read.source, frame.source)
    if nearer or part or not _touch(read.source, line.range):
        return frame.source
    return read.source


# -- borders -----------------------------------------------------------------------------------------------------------


def _tidy(text: str, draft: Draft, lines: Sequence[Sentence]) -> Draft | None:
    """Contents without "that", closing commas and stops; quotation marks at their borders belong to them."""
    parts = []
    for start, end in draft.content:
        marks = [q for line in lines if _touch(line.range, (start, end)) for q in line.quotes]
        part = _trimmed(text, start, end, marks, narrated=draft.how == "narrated")
        if part is not None:
            parts.append(part)
    if (
        draft.how == "middle"
        and len(parts) == 2
        and _whole_quote(parts[0], lines)
        and not _whole_quote(parts[1], lines)
    ):
        parts = parts[:1]
    parts.sort()
    if not parts or all(len(tokens(text, *p)) < 2 for p in parts):
        return None
    return replace(draft, content=tuple(parts), source=_bare(text, draft.source))


def _bare(text: str, source: Range | None) -> Range | None:
    """A source without marks and spaces at its borders."""
    if source is None:
        return None
    start, end = source
    example = re.search(r"\bsuch as (?=[A-Z])", text[start:end])  # "papers such as The Herald": the Herald speaks
    start += example.end() if example else 0
    while start < end and not (text[start].isalnum() or text[start] in "$€£"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".)"):
        end -= 1
    return (start, end) if start < end else None


def _whole_quote(part: Range, lines: Sequence[Sentence]) -> bool:
    return any(q[0] <= part[0] + 1 and part[1] <= q[1] + 1 for line in lines for q in line.quotes)


def _trimmed(text: str, start: int, end: int, marks: Sequence[Range], *, narrated: bool) -> Range | None:
    while start < end and (text[start].isspace() or text[start] in ",;:.-–—"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ";:–—"):
        end -= 1
    opener = re.match(r"that\s+(?=\S)", text[start:end])
    if opener:
        start += opener.end()
    if not narrated:
        start = next((q[0] for q in marks if q[0] == start - 1), start)
        end = next((q[1] for q in marks if end < q[1] and not text[end : q[1]].strip(",.!?”\"’'»")), end)
    closing = {q[1] for q in marks}
    while end > start and end not in closing and text[end - 1] in ",. ;":
        if text[end - 1] == "." and (narrated or _inside(end, marks)):
            break
        end -= 1
    if start < end and text[end - 1] in ")" and text.count("(", start, end) < text.count(")", start, end):
        end -= 1
    return (start, end) if start < end else None


def _inside(at: int, marks: Sequence[Range]) -> bool:
    return any(q[0] < at < q[1] for q in marks)


def _touch(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft a cue and one a content, the better known first."""
    kept: list[Draft] = []
    cues: dict[int, list[Range]] = defaultdict(list)
    contents: set[tuple[Range, ...]] = set()
    for draft in sorted(drafts, key=lambda d: (-d.score, d.content, d.cue or (0, 0))):
        blocks = _blocks(draft.cue) if draft.cue else ()
        same_cue = any(draft.cue and _touch(cue, draft.cue) for block in blocks for cue in cues[block])
        if same_cue or (draft.how != "citing" and draft.content in contents):
            continue
        kept.append(draft)
        if draft.how != "citing":
            contents.add(draft.content)
        for block in blocks:
            cues[block] += [draft.cue] if draft.cue else []
    return sorted(kept, key=lambda d: (d.content[0][0], -d.content[-1][1], d.cue or (0, 0)))


def _blocks(at: Range) -> range:
    """Numbers of the blocks of FAR characters that a range lies in: what shares none cannot touch."""
    return range(at[0] // FAR, at[1] // FAR + 1)


# -- nesting -----------------------------------------------------------------------------------------------------------


def _nested(report: Report, drafts: Sequence[Draft]) -> tuple[Attribution, ...]:
    """Drafts as attributions, with the id of the one each lies in; outer frames without news are folded."""
    ids = [digest("attribution", report.id, d.cue, d.content) for d in drafts]
    near: dict[int, set[int]] = defaultdict(set)
    for i, draft in enumerate(drafts):
        for block in (block for part in draft.content for block in _blocks(part)):
            near[block].add(i)
    parents = [_parent(drafts, i, near) for i in range(len(drafts))]
    children: dict[int | None, list[Draft]] = defaultdict(list)
    for i, draft in enumerate(drafts):
        if draft.how != "citing":
            children[parents[i]].append(draft)
    made = []
    for i, draft in enumerate(drafts):
        inner = children[i]
        made.append(
            Attribution(
                id=ids[i],
                content=tuple(_span(report, c) for c in draft.content),
                cue=(_span(report, draft.cue),) if draft.cue else (),
                source=(_span(report, draft.source),) if draft.source else (),
                addressee=_span(report, draft.addressee) if draft.addressee else None,
                form=_form(report.text, draft),
                kind=_kind(report.text, draft),
                level=draft.level,
                within=ids[parent] if (parent := parents[i]) is not None else None,
                folded=bool(inner) and _tells_nothing_more(report.text, draft, inner),
                score=round(draft.score, 2),
            )
        )
    return tuple(made)


def _span(report: Report, at: Range) -> Span:
    return Span(report=report.id, start=at[0], end=at[1])


def _parent(drafts: Sequence[Draft], i: int, near: Mapping[int, set[int]]) -> int | None:
    """The smallest draft whose content holds this one's cue; a cited source lies in the frame that cites it.

    `near` are the drafts with words in a block of the text.
    """
    draft = drafts[i]
    anchor = draft.cue or draft.content[0]
    holders = [
        (sum(e - s for s, e in drafts[k].content), k)
        for k in near[anchor[0] // FAR]
        if k != i and any(s <= anchor[0] and anchor[1] <= e for s, e in drafts[k].content)
    ]
    if draft.how == "citing":
        same = [(abs((d.cue or (0, 0))[0] - anchor[0]), k) for k, d in enumerate(drafts)
                if k != i and d.cue and any(_touch(a, b) for a in d.content for b in draft.content)]  # fmt: skip
        holders = [(n, k) for n, k in same if n < FAR]
    return min(holders)[1] if holders else None


def _tells_nothing_more(text: str, outer: Draft, inner: Sequence[Draft]) -> bool:
    """Is all of the outer content somebody's speaking: a source in it that does nothing else, few words left over?"""
    if not any(d.source and any(_touch(d.source, part) for part in outer.content) for d in inner):
        return False
    first = min(inner, key=lambda d: d.cue or d.content[0])
    if first.cue and first.source and _does_more(text, first.source[1], first.cue[0]):
        return False
    covered = [r for d in inner for r in (*d.content, d.cue, d.source) if r is not None]
    own = (t for part in outer.content for t in _telling(text, *part))
    return sum(not any(r[0] <= t.start < r[1] for r in covered) for t in own) <= FOLD


def _does_more(text: str, start: int, end: int) -> bool:
    """Does another verb stand between a source and its cue ("opened a bridge and called for")? An aside is none."""
    return start < end and not text[start:end].lstrip().startswith(",") and len(_telling(text, start, end)) > 1


def _telling(text: str, start: int, end: int) -> list[Token]:
    """Words that tell something by themselves."""
    small = words("tail") | words("preposition") | words("coordinator") | words("small")
    return [t for t in tokens(text, start, end) if t.low[0].isalnum() and t.low not in small]


def _form(text: str, draft: Draft) -> Form:
    """direct = all between quotation marks, mixed = some, indirect = none."""
    if draft.how == "headline":
        return "direct"
    letters = inside = 0
    for start, end in draft.content:
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        letters += _letters(text, start, end)
        for opened, closed in _marks(text, line_start, len(text) if line_end < 0 else line_end):
            inside += _letters(text, max(start, opened), min(end, closed))
    if letters and inside == letters:
        return "direct"
    return "mixed" if inside else "indirect"


@lru_cache(maxsize=64)
def _marks(text: str, start: int, end: int) -> tuple[Range, ...]:
    """Quotations of a line, found once for all contents in it."""
    return tuple(quotes(text, start, end))


def _letters(text: str, start: int, end: int) -> int:
    """How many letters and digits stand in a stretch of text."""
    return sum(map(str.isalnum, text[start:end])) if start < end else 0


def _kind(text: str, draft: Draft) -> StatementKind:
    known = kind_of(text, draft.cue) if draft.cue else None
    return draft.kind or known or "say"
