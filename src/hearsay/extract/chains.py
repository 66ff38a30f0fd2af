"""Attributions → the same attributions with their chains: through whom the words reached the reader.

A chain starts with the speaker. Then come the links that the sentence names: the frames it lies in ("..., KCNA-like
agency said"), and a medium that was spoken to. Where it names none, links are inherited as news is read: a declaration
for the whole piece in its lead holds until the reporter tells something unattributed; a tag holds for what follows of
the same speaker until another tag. Agency and outlet close the chain. Documents speak for whoever issued them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from hearsay.data import alternatives, table
from hearsay.extract.cues import words
from hearsay.extract.text import paragraphs
from hearsay.model import Attribution, Hop, HopRole, Mention, Report, Span

LEAD = 2  # paragraphs of the body in which a declaration holds for the whole piece
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(slots=True)
class _Carried:
    """What a reader has in mind at a point of the text: who relays, for whom, and whether for the whole piece.

    `voices` have been heard through the relay, `present` were named in what it told. `declared`: it stands in the lead;
    `whole`: as the source of the whole piece ("according to a statement"). `issuer` speaks through the last document.
    """

    hops: tuple[Hop, ...] = ()
    voices: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)
    declared: bool = False
    whole: bool = False
    issuer: Span | None = None


def assemble_chains(
    report: Report, attributions: Sequence[Attribution], mentions: Sequence[Mention]
) -> tuple[Attribution, ...]:
    """The attributions of a report with `chain` filled. `mentions` are resolved: pronouns carry their antecedents."""
    who = _Who(report, mentions, attributions)
    carried = _Carried()
    closing = tuple(_masthead(report))
    own: dict[str, tuple[Hop, ...]] = {}
    last = 0
    for a in attributions:
        start = min(s.start for s in (*a.content, *a.cue))
        if _told_by_the_reporter(who, last, start) or (a.addressee and who.own(a.addressee)):
            carried.declared = carried.whole = False
        last = max(last, *(s.end for s in a.content))
        outer = own.get(a.within or "", ())
        hops = (*_spoken(a, who, carried, outer), *_named(a, who))
        if outer:
            hops = (*hops, *_passed_on(outer))
        elif len(hops) == 1 and not who.relays(a, hops):
            hops = (*hops, *_inherited(report, a, hops, who, carried))
        if who.relays(a, hops):
            _remember(report, a, hops, attributions, who, carried)
        own[a.id] = hops
    return tuple(replace(a, chain=(*own[a.id], *closing)) for a in attributions)


class _Who:
    """Answers who a span stands for and whether it relays; built once a report."""

    def __init__(self, report: Report, mentions: Sequence[Mention], attributions: Sequence[Attribution]) -> None:
        self._text = report.text
        body = (zone.span for zone in report.zones if zone.kind == "body")
        self.body = [line for span in body for line in paragraphs(report.text, span.start, span.end)]
        self._mentions = mentions
        self._first = {m.span: m.antecedents[0] for m in reversed(mentions) if m.antecedents}
        self._media = _media_names(report, attributions)
        self._own = frozenset(f.value.lower() for f in (report.agency, report.outlet) if f)

    def keys(self, span: Span) -> frozenset[str]:
        """Names of the actors of a span, lower case: what its mentions, or their antecedents, are called."""
        inside = [m for m in self._mentions if m.span.holds(span) or (span.holds(m.span) and self._heads(m.span, span))]
        named = {at.of(self._text).lower() for m in inside for at in m.antecedents or (m.span,)}
        return frozenset(named or {span.of(self._text).lower()})

    def _heads(self, mention: Span, span: Span) -> bool:
        """Is the mention the head of a noun phrase or one of several joined ("A, B and C"), not a mere modifier?"""
        rest = self._text[mention.end : span.end]
        return not rest or rest.lstrip().startswith((",", "and ", "("))

    def meant(self, span: Span) -> str:
        """The words of a span, or of what its pronoun stands for."""
        return self._first.get(span, span).of(self._text)

    def medium(self, span: Span) -> bool:
        """Do the words name a medium: a known one, one introduced as such, or "state media"?"""
        meant = self.meant(span)
        return self._is_medium(meant) or _head_kind(meant) == "medium"

    def own(self, span: Span) -> bool:
        """Is it the agency or outlet that publishes the report itself?"""
        low = re.sub(r"^the\s+", "", self.meant(span).lower())
        return any(low == name or low in name.split() for name in self._own)

    def relays(self, a: Attribution, hops: tuple[Hop, ...]) -> bool:
        """Does the source pass on words rather than speak for itself: a medium, a paper, a tag that says no more?"""
        if not hops or hops[0].party is None:
            return False
        return (
            (a.folded and a.within is None)
            or self.medium(hops[0].party)
            or _head_kind(self.meant(hops[0].party)) == "document"
        )

    def document(self, a: Attribution) -> bool:
        """Does a paper speak ("a palace statement said")?"""
        return bool(a.source) and _head_kind(a.source[0].of(self._text)) == "document"

    def is_relative(self, span: Span) -> bool:
        """Is it a relative pronoun, which speaks for the noun before it?"""
        return span.of(self._text).lower() in words("relative")

    def just_before(self, span: Span) -> Span | None:
        """The mention that ends right before the span."""
        gap = range(span.start - 2, span.start)
        return max((m.span for m in self._mentions if m.span.end in gap), default=None)

    def is_it(self, span: Span) -> bool:
        """Is it the pronoun that a document takes?"""
        return span.of(self._text).lower() == "it"

    def _is_medium(self, meant: str) -> bool:
        names = {w.lower() for w in re.findall(r"[A-Z]{2,}", meant)} | {
            re.sub(r"^the\s+", "", meant.lower()).strip(" ,")
        }
        return bool(names & self._media)

    def named_in(self, a: Attribution) -> frozenset[str]:
        """Keys of everybody mentioned in what was said."""
        inside = (m.span for m in self._mentions if any(part.holds(m.span) for part in a.content))
        return frozenset(key for span in inside for key in self.keys(span))

    def possessor(self, span: Span) -> Span | None:
        """Whose view it is: "his assessment", "the ministry's account"."""
        tail = _WORD.findall(span.of(self._text).lower())
        if not tail or tail[-1] not in _views():
            return None
        inside = [m.span for m in self._mentions if span.holds(m.span) and m.span.end < span.end]
        return inside[0] if inside else None

    def subject(self, a: Attribution) -> Span | None:
        """The first mention in what was said: whom it is about."""
        start, end = a.content[0].start, a.content[-1].end
        return next((m.span for m in self._mentions if start <= m.span.start and m.span.end <= end), None)

    def issuer(self, span: Span) -> Span | None:
        """Who speaks through "the report": whoever brought it out in the last sentence that tells of "a report"."""
        tail = _WORD.findall(span.of(self._text).lower())
        named = any(span.holds(m.span) and m.form in {"name", "acronym"} for m in self._mentions)
        if not tail or tail[-1] not in _documents() or named:
            return None
        first = re.compile(rf"\b(?:a|an|its|his|her|their)\s+(?:[\w’'-]+\s+){{0,2}}{re.escape(tail[-1])}\b", re.I)
        found = list(first.finditer(self._text, 0, span.start))
        if not found:
            return None
        start = max(self._text.rfind("\n", 0, found[-1].start()), self._text.rfind(". ", 0, found[-1].start())) + 1
        stop = self._text.find("\n", found[-1].end())
        near = [
            m
            for m in self._mentions
            if m.form != "pronoun" and start <= m.span.start < (stop if stop >= 0 else len(self._text))
        ]
        before = [m for m in near if m.span.end <= found[-1].start()]
        people = [m.span for m in before if m.kind == "person"]
        bodies = [m.span for m in before if m.kind == "organisation"]
        later = [m.span for m in near if m.span.start >= found[-1].end() and m.kind in {"person", "organisation"}]
        return next(iter([*reversed(people), *reversed(bodies), *later]), None)


def _head_kind(phrase: str) -> str:
    """medium, document or "": what the head of a noun phrase is, without what stands behind "of" or "that"."""
    head = re.split(r"\s+(?:of|that|which|who|such as|in|on|for|from)\s+|,", phrase.lower(), maxsplit=1)[0]
    found = _WORD.findall(head)
    kinds = {row["word"]: row["kind"] for row in table("relay_words")}
    by_head = next((kinds[w] for w in reversed(found[-2:]) if w in kinds), "")
    return by_head or ("medium" if any(kinds.get(w) == "medium" for w in found) else "")


@cache
def _documents() -> frozenset[str]:
    return frozenset(row["word"] for row in table("relay_words") if row["kind"] == "document")


@cache
def _views() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("view_nouns"))


@cache
def _occasions() -> tuple[str, ...]:
    return tuple(row["noun"] for row in table("occasion_nouns"))


@cache
def _known_media() -> frozenset[str]:
    return frozenset(
        name.lower() for row in table("agencies") for name in (row["name"], *alternatives(row.get("aliases", "")))
    )


def _media_names(report: Report, attributions: Sequence[Attribution]) -> frozenset[str]:
    """Names that are media in this report: known ones, the masthead's, and those introduced as such anywhere."""
    names = {f.value.lower() for f in (report.agency, report.outlet) if f}
    for a in attributions:
        for span in a.source:
            words = span.of(report.text)
            if _head_kind(words) == "medium":
                names |= {w.lower() for w in re.findall(r"\b[A-Z]{2,}\b", words)}
                names |= {w.lower() for w in re.findall(r"\b[A-Z][\w]+(?:\s[A-Z][\w]+)*$", words)}
    return frozenset(names) | _known_media()


# -- links -------------------------------------------------------------------------------------------------------------


def _spoken(a: Attribution, who: _Who, carried: _Carried, outer: tuple[Hop, ...]) -> Iterator[Hop]:
    """The speaker; through a document, whoever issued it, and so for "it" behind a document or a medium's tag."""
    if not a.source:
        return
    source = a.source[0]
    view, issuer = who.possessor(source), who.issuer(source)
    if issuer is None and who.is_relative(source):
        issuer = who.just_before(source) or (outer[0].party if outer else None)
    if issuer is None and who.is_it(source):
        relay = carried.hops[0].party if carried.hops and carried.hops[0].role == "medium" else None
        issuer = carried.issuer or (relay if not who.medium(source) else None)
    carried.issuer = issuer
    party = view or issuer or source
    role: HopRole = "medium" if who.medium(party) else "speaker"
    yield Hop(role=role, party=party, cue=a.cue[0] if a.cue else None)


def _named(a: Attribution, who: _Who) -> Iterator[Hop]:
    """The medium that was spoken to, where it is not the publisher itself."""
    if a.addressee and who.medium(a.addressee) and not who.own(a.addressee):
        yield Hop(role="medium", party=a.addressee, cue=a.cue[0] if a.cue else None)


def _passed_on(hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
    """The links of the frame around, as links of what lies in it: its speaker passed the words on.

    A paper or an office stands nearer to the speaker than the medium that quotes it, whichever frame lies in which:
    "an agency reported that X, according to a palace statement".
    """
    links = (replace(hop, role="document" if hop.role == "speaker" else hop.role) for hop in hops)
    return tuple(sorted(links, key=lambda hop: hop.role == "medium"))


def _inherited(report: Report, a: Attribution, hops: tuple[Hop, ...], who: _Who, carried: _Carried) -> tuple[Hop, ...]:
    """Links that hold although the sentence does not name them."""
    if not a.source or not carried.hops:
        return ()
    keys = who.keys(hops[0].party or a.source[0])
    if keys <= carried.voices:
        return carried.hops
    if carried.declared and (carried.whole or keys <= carried.present or _on_the_occasion(report, a)):
        carried.voices |= keys
        return carried.hops
    return ()


def _on_the_occasion(report: Report, a: Attribution) -> bool:
    """Does the paragraph, around the words that were said, place them "at the meeting"?"""
    start, end = min(s.start for s in (*a.content, *a.cue, *a.source)), max(s.end for s in (*a.content, *a.cue))
    stop = report.text.find("\n", end)
    parts, at = [], report.text.rfind("\n", 0, start) + 1
    for part in sorted(a.content):
        parts.append(report.text[at : max(at, part.start)])
        at = max(at, part.end)
    around = " … ".join((*parts, report.text[at : stop if stop >= 0 else len(report.text)])).lower()
    return any(
        re.search(rf"\b(?:at|in|during|to|of|after) (?:the|this|that) (?:\w+ )?{noun}\b", around)
        for noun in _occasions()
    )


def _remember(
    report: Report, a: Attribution, hops: tuple[Hop, ...], others: Sequence[Attribution], who: _Who, carried: _Carried
) -> None:
    """A relay has spoken: what follows of the same voices came through it."""
    inner = [o for o in others if o.within == a.id and o.source]
    voices: set[str] = set()
    for o in inner:
        voices |= who.keys(o.source[0])
    subject = who.subject(a)
    if subject is not None:
        voices |= who.keys(subject)
    carried.present |= who.named_in(a)
    nested = a.within is not None
    carried.voices = carried.voices | voices if nested else voices
    links = (replace(hop, role="medium" if hop.role == "speaker" else hop.role) for hop in hops)
    carried.hops = tuple(sorted(links, key=lambda hop: hop.role == "medium"))
    if _in_lead(who, a.content[0].start):
        carried.declared = True
        carried.whole |= a.form == "indirect" and (
            any(cue.of(report.text).lower().startswith("according") for cue in a.cue) or who.document(a)
        )


def _in_lead(who: _Who, at: int) -> bool:
    """Does the offset lie in the first paragraphs of the body?"""
    return any(start <= at < end for start, end in who.body[:LEAD])


def _told_by_the_reporter(who: _Who, last: int, start: int) -> bool:
    """Is there a paragraph of the body between two offsets, behind the lead, in which nobody is quoted?"""
    first = max(LEAD, bisect_left(who.body, (last, last)))
    return first < len(who.body) and who.body[first][1] <= start


def _masthead(report: Report) -> Iterator[Hop]:
    """Agency, then outlet where it is another."""
    if report.agency:
        yield Hop(role="agency", party=next(iter(report.agency.evidence), None), name=report.agency.value)
    if report.outlet and not (report.agency and report.agency.value == report.outlet.value):
        yield Hop(role="outlet", party=next(iter(report.outlet.evidence), None), name=report.outlet.value)
