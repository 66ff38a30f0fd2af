"""The cast of one report: a reading in, its parts out, each with all its mentions.

A part is an actor as one report knows it. Mentions are joined by equal names and by the antecedents that coreference
recorded. Sources and chain links that no mention covers become parts from their own words, so that every attribution
has somebody behind it; joint sources and nominals that stand for several become groups with members.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from hearsay.data import alternatives, table
from hearsay.model import ActorKind, ActorMention, Attribution, Mention, Reading, Report, Span, Title, digest
from hearsay.naming import fold, known

NAMES = ("name", "acronym")
EQUAL = 3.0  # fit of equal spans
NEAR = 5  # characters (an article, a quotation mark) by which spans that start together may differ
_BETWEEN = re.compile(r"(?:\s|,|;|&|\band\b|\bor\b|\bas\b|\bwell\b|\bboth\b|\bthe\b)*", re.IGNORECASE)
_OWNERS = ("'s", "’s", "´s")
_CONTENT = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An actor within one report. `names` are its surfaces, the fullest first; `nominals` its noun phrases."""

    id: str
    report: str
    kind: ActorKind
    names: tuple[str, ...]
    nominals: tuple[str, ...] = ()
    titles: tuple[Title, ...] = ()
    mentions: tuple[ActorMention, ...] = ()
    members: tuple[str, ...] = ()
    canonical: str = ""
    wikidata: str = ""


@dataclass(slots=True)
class _Draft:
    mentions: list[Mention] = field(default_factory=list)
    members: list[Span] = field(default_factory=list)


def cast(reading: Reading) -> tuple[Part, ...]:
    """Parts of one report, in the order of their first mentions; those without a mention last."""
    report = reading.report
    mentions = (*(m for m in reading.mentions if m.form != "pronoun"), *_sources(reading))
    homes = _joined(report, mentions)
    drafts: dict[Span, _Draft] = defaultdict(_Draft)
    for mention in mentions:
        draft = drafts[homes[mention.span]]
        draft.mentions.append(mention)
        if len(mention.antecedents) > 1:
            draft.members += [span for span in mention.antecedents if span in homes]
    ids = {home: digest("part", home.report, home.start, home.end) for home in drafts}
    spoken = [_part(report, ids, homes, home, draft) for home, draft in sorted(drafts.items())]
    return (*spoken, *_mastheads(reading, spoken))


def _joined(report: Report, mentions: Iterable[Mention]) -> dict[Span, Span]:
    """Each mention's span with the first span of its part."""
    home: dict[Span, Span] = {}

    def root(span: Span) -> Span:
        while home[span] != span:
            span = home[span]
        return span

    def join(one: Span, two: Span) -> None:
        first, second = sorted((root(one), root(two)))
        home[second] = first

    rows = list(mentions)
    for mention in rows:
        home.setdefault(mention.span, mention.span)
    same: dict[tuple[str, str], Span] = {}
    for mention in rows:
        if len(mention.antecedents) == 1 and mention.antecedents[0] in home:
            join(mention.span, mention.antecedents[0])
        elif not mention.antecedents and mention.form in NAMES:
            join(mention.span, same.setdefault(_key(report, mention), mention.span))
        elif len(mention.antecedents) > 1:
            key = ("group", " ".join(f"{span.start}" for span in sorted(set(mention.antecedents))))
            join(mention.span, same.setdefault(key, mention.span))
    return {span: root(span) for span in home}


def _key(report: Report, mention: Mention) -> tuple[str, str]:
    text = mention.span.of(report.text)
    row = known(text, mention.kind)
    return ("name", row.name) if row is not None else ("name", fold(text))


def _part(report: Report, ids: Mapping[Span, str], homes: Mapping[Span, Span], home: Span, draft: _Draft) -> Part:
    kinds = Counter(m.kind for m in draft.mentions if m.form in NAMES) or Counter(m.kind for m in draft.mentions)
    kind = min(kinds, key=lambda k: (-kinds[k], k))
    names = Counter(m.span.of(report.text) for m in draft.mentions if m.form in NAMES)
    rows = [row for name in sorted(names, key=lambda n: (-names[n], n)) if (row := known(name, kind)) is not None]
    members = sorted({ids[homes[span]] for span in draft.members} - {ids[home]})
    if members:
        kind = "group"
    elif rows:
        kind = rows[0].kind
    elif not names and kind == "person":
        kind = "role"
    if not names and not members and report.outlet is not None and _own_paper(report, draft):
        names[report.outlet.value] += 1
        kind = "organisation"
    titles = {m.title for m in draft.mentions if m.title is not None}
    phrase = str if members else core  # "A, B and C" is no A with a clause behind it
    return Part(
        id=ids[home],
        report=report.id,
        kind=kind,
        names=tuple(sorted(names, key=lambda n: (-len(fold(n).split()), -names[n], n.isupper(), n))),
        nominals=tuple(sorted({phrase(m.span.of(report.text)) for m in draft.mentions if m.form not in NAMES})),
        titles=tuple(Title(span=span, title=span.of(report.text)) for span in sorted(titles)),
        mentions=tuple(sorted({_mention(m) for m in draft.mentions}, key=lambda m: (m.span, m.form))),
        members=tuple(members) if len(members) > 1 else (),
        canonical=rows[0].name if rows and not members else "",
        wikidata=rows[0].wikidata if rows and not members else "",
    )


@cache
def _clause() -> re.Pattern[str]:
    """A comma, or a pronoun that opens a clause."""
    words = [word for row in table("function_words") if row["class"] == "rel" for word in alternatives(row["words"])]
    return re.compile(rf",|\s(?:{'|'.join(map(re.escape, words))})\b")


@cache
def core(phrase: str) -> str:
    """A noun phrase without the clause behind it: "an official who asked not to be named" is "an official"."""
    cut = _clause().search(phrase)
    return phrase[: cut.start()] if cut is not None and cut.start() > 0 else phrase


def _own_paper(report: Report, draft: _Draft) -> bool:
    """Does every mention say "this newspaper"?"""
    return all(fold(m.span.of(report.text)) in _self_names() for m in draft.mentions)


@cache
def _self_names() -> frozenset[str]:
    """What a medium calls itself: "this" and a noun for a medium."""
    nouns = {row["noun"] for row in table("role_nouns") if "newspaper" in (row["noun"], *row["covers"].split("|"))}
    return frozenset(f"this {noun}" for noun in nouns)


def _mention(mention: Mention) -> ActorMention:
    return ActorMention(span=mention.span, form=mention.form)


def _sources(reading: Reading) -> Iterator[Mention]:
    """Mentions made from sources and chain links: joint ones, and those that nothing covers."""
    mentions = [m for m in reading.mentions if m.form != "pronoun"]
    pronouns = {m.span: m for m in reading.mentions if m.form == "pronoun"}
    text = reading.report.text
    first: dict[str, Span] = {}
    for span in sorted({span for a in reading.attributions for span in _parties(a)}):
        if span in pronouns:
            if len(pronouns[span].antecedents) > 1:
                yield Mention(span=span, kind="group", form="pronoun", antecedents=pronouns[span].antecedents)
            continue
        if any(m.span == span for m in mentions):
            continue
        inside = _outermost(m for m in mentions if span.holds(m.span))
        if len(inside) > 1 and _coordinated(text, span, inside):
            yield Mention(span=span, kind="group", form="nominal", antecedents=tuple(m.span for m in inside))
        elif (met := best_fit(span, places(text, reading.mentions))) is not None:
            found = next(m for m in reading.mentions if m.span == met)
            if found.form == "nominal" and span.holds(met) and span.start == met.start:
                yield Mention(span=span, kind=found.kind, form="nominal", antecedents=(met,))
        elif not set(_CONTENT.findall(span.of(text))) <= _small():
            head = " ".join(_CONTENT.findall(span.of(text).casefold()))
            before = first.setdefault(head, span)
            yield Mention(span=span, kind="role", form="nominal", antecedents=() if before == span else (before,))


@cache
def _small() -> frozenset[str]:
    """Words that stand for nobody by themselves ("that", "not")."""
    return frozenset(word for row in table("function_words") for word in alternatives(row["words"]))


def _parties(attribution: Attribution) -> Iterator[Span]:
    yield from attribution.source
    yield from (hop.party for hop in attribution.chain if hop.party is not None)
    if attribution.addressee is not None:
        yield attribution.addressee


def extent(mention: Mention) -> Span:
    """A mention with its title."""
    if mention.title is None:
        return mention.span
    start, end = min(mention.span.start, mention.title.start), max(mention.span.end, mention.title.end)
    return Span(report=mention.span.report, start=start, end=end)


def places(text: str, mentions: Iterable[Mention]) -> Iterator[tuple[Span, Span, bool]]:
    """Mentions as `best_fit` asks for them: the span, the span with the title, and whether it only possesses."""
    for mention in mentions:
        if mention.form != "pronoun" or mention.antecedents:
            yield mention.span, extent(mention), text[mention.span.end : mention.span.end + 2] in _OWNERS


def _outermost(mentions: Iterable[Mention]) -> list[Mention]:
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (extent(m).start, -extent(m).end)):
        if not found or extent(mention).start >= extent(found[-1]).end:
            found.append(mention)
    return found


def _coordinated(text: str, span: Span, inside: list[Mention]) -> bool:
    """Is the span nothing but a list of mentions?"""
    at = span.start
    for mention in inside:
        if not _BETWEEN.fullmatch(text[at : extent(mention).start]):
            return False
        if at > span.start and not text[at : extent(mention).start].strip():
            return False
        at = extent(mention).end
    return not text[at : span.end].strip(" ,")


def best_fit(span: Span, spans: Iterable[tuple[Span, Span, bool]]) -> Span | None:
    """The mention that says best who `span` is, or None.

    `spans` are (mention, mention with title, does it only possess what follows). An equal one first, then one at the
    start of `span`, at its end, or nearly equal; of several the longest.
    """
    best: tuple[float, int, Span] | None = None
    opened = -NEAR  # where a possessor at the start of the span ends
    for mention, whole, owner in sorted(spans):
        if not span.touches(whole):
            continue
        fit = max(_fit(span, mention), _fit(span, whole))
        if owner and span.end > mention.end:
            opened = mention.end if abs(mention.start - span.start) < NEAR else opened
            continue
        if span.holds(whole) and 0 < whole.start - opened < NEAR:
            fit = max(fit, 1.0 + _fit(span, whole))  # "Marsh's Ada Lind, who ...": she, not Marsh
        if fit > 0 and (best is None or (fit, -mention.start) > best[:2]):
            best = (fit, -mention.start, mention)
    return best[2] if best is not None else None


def _fit(a: Span, b: Span) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    if shared <= 0:
        return 0.0
    ratio = shared / (max(a.end, b.end) - min(a.start, b.start))
    if ratio == 1.0:
        return EQUAL
    if abs(a.start - b.start) < NEAR:
        return 2.0 + ratio
    return 1.0 + ratio if a.end == b.end else ratio if ratio >= 0.5 else 0.0


def _mastheads(reading: Reading, spoken: list[Part]) -> Iterator[Part]:
    """Agencies and outlets that no mention names."""
    report = reading.report
    evidence: dict[str, tuple[Span, ...]] = {}
    for value in (report.agency, report.outlet):
        if value is not None:
            evidence.setdefault(value.value, value.evidence)
    for attribution in reading.attributions:
        for hop in attribution.chain:
            if hop.name:
                evidence.setdefault(hop.name, (hop.party,) if hop.party else ())
    have = {fold(name) for part in spoken for name in (*part.names, part.canonical) if name}
    taken = {mention.span for part in spoken for mention in part.mentions}
    for name, spans in sorted(evidence.items()):
        row = known(name, "organisation")
        if fold(row.name if row else name) in have or fold(name) in have:
            continue
        yield Part(
            id=digest("part", report.id, name),
            report=report.id,
            kind="organisation",
            names=(name,),
            mentions=tuple(ActorMention(span=span, form="name") for span in sorted(set(spans) - taken)),
            canonical=row.name if row else "",
            wikidata=row.wikidata if row else "",
        )
