"""Every value that moves through Hearsay: frozen, compared by content, knowing nothing of storage.

Two levels. *Text level* values cite spans of one report (Zone, Mention, Timex, Attribution, EventMention) and are
gathered in a Reading. *Corpus level* values have members in many reports (Actor, When, Statement, Utterance, Event,
Relay, ...) and are what a Dossier lists. Only the standard library is imported here.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

ZoneKind = Literal[
    "headline", "dateline", "byline", "body", "caption", "credit", "editor_note", "slug", "signoff", "boilerplate"
]
Origin = Literal["text", "metadata", "address", "inference"]
ActorKind = Literal["person", "organisation", "country", "place", "facility", "role", "group"]
MentionForm = Literal["name", "title", "epithet", "acronym", "pronoun", "nominal"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Form = Literal["direct", "mixed", "indirect"]
Level = Literal["speaker", "relay"]
Realis = Literal["actual", "planned", "alleged", "hypothetical", "negated"]
Direction = Literal["past", "future", "none"]
HopRole = Literal["speaker", "document", "medium", "agency", "outlet"]
Granularity = Literal["time", "day", "week", "month", "year", "bounds", "unknown"]
StatementKind = Literal[
    "say", "pledge", "demand", "threat", "praise", "support", "accuse", "warn", "invite", "assess", "deny", "agree",
    "thank", "speculate", "other",
]  # fmt: skip
RelayKind = Literal["wasRevisionOf", "wasQuotedFrom", "wasDerivedFrom", "hadPrimarySource", "duplicate"]
UtteranceRelation = Literal["verbatim", "partial", "translation", "paraphrase"]
ConflictStatus = Literal["conflict", "compatible", "development"]


def digest(kind: str, *parts: object) -> str:
    """Id of a value: `kind` and 16 hex digits that depend on nothing but the parts, in their order."""
    body = "\x1f".join(str(part) for part in parts)
    return f"{kind}-{blake2b(body.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


# -- text level --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch of one report: half-open code points into `Report.text`. `report` is the report's id."""

    report: str
    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves; `text` is the text of the span's report."""
        return text[self.start : self.end]

    def touches(self, other: Span) -> bool:
        """Do the two share a character?"""
        return self.report == other.report and self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Does `other` lie inside this span?"""
        return self.report == other.report and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Why an inferred value is believed: the step and its version ("link.actors@1"), a score in 0..1, the words."""

    by: str
    score: float = 1.0
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One part of a report's layout. The zones of a report partition its text."""

    span: Span
    kind: ZoneKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A masthead value with the words it rests on; `origin` says where it was found."""

    value: str
    evidence: tuple[Span, ...] = ()
    origin: Origin = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place and date that open a report. `date` is TIMEX3, underspecified where the year is missing (XXXX-09-22)."""

    span: Span
    place: Sourced | None
    date: Sourced | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One published item, as it came. `text` is never edited; cleaning is `zones`.

    `id` digests the text and the declared address. `published` is the date the report states for itself (TIMEX3,
    underspecified where parts are missing) or None; dates solved across reports are `When` rows.
    `extra` holds user metadata that Hearsay does not interpret, as (key, value) pairs.
    """

    id: str
    uri: str
    text: str
    media_type: str = "text/plain"
    language: str = "en"
    zones: tuple[Zone, ...] = ()
    headline: Sourced | None = None
    outlet: Sourced | None = None
    agency: Sourced | None = None
    byline: tuple[Sourced, ...] = ()
    dateline: Dateline | None = None
    published: Sourced | None = None
    revision: Sourced | None = None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file or record that was refused, and why."""

    uri: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that stand for an actor. `span` is the name or the whole noun phrase without its title.

    `title` covers a title before or behind the name ("Russian President"). `antecedents` are the spans of the mentions
    that a pronoun, nominal or epithet stands for (several for "the two diplomats"); names have none.
    """

    span: Span
    kind: ActorKind
    form: MentionForm
    title: Span | None = None
    antecedents: tuple[Span, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A time expression, TIMEX3. `value` stays underspecified while reading (see `hearsay.calendar`).

    `direction` is where the sentence's tense points (needed for weekdays and bare months); `anchor` says what the value
    counts from: "published" (the report's date), "said" (inside a quotation: the day of speaking), "" (absolute).
    """

    span: Span
    type: TimexType
    value: str
    mod: str = ""
    anchor: Literal["published", "said", ""] = ""
    direction: Direction = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One link of an attribution chain: who passed the words on, and the words that say so.

    `party` names the link in the report's words; a masthead link may have none, then `name` carries it.
    """

    role: HopRole
    party: Span | None = None
    cue: Span | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Somebody said something: PARC and PolNeAR's source, cue and content, and the chain the words came by.

    `chain` starts with the speaker; mastheads close it. An empty `source` or `cue` is allowed. `within` is the id of
    the attribution whose content holds this one. `folded`: it says no more than that somebody spoke, so it makes no
    statement of its own and lives on in the chain of the one inside it.
    """

    id: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    addressee: Span | None = None
    form: Form
    kind: StatementKind = "say"
    level: Level = "speaker"
    chain: tuple[Hop, ...] = ()
    within: str | None = None
    folded: bool = False
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """A trigger with its participants. `type` is PLOVER's or None; `within` the id of the attribution asserting it.

    `trigger` is the trigger's short clause, `head` the triggering words in it; `sense` is the lexicon's name for what
    triggers of one event have in common (summit and talks: "meet").
    """

    id: str
    trigger: Span
    head: Span | None = None
    sense: str = ""
    type: str | None
    mode: str | None = None
    actor: tuple[Span, ...] = ()
    recipient: tuple[Span, ...] = ()
    when: Span | None = None
    where: Span | None = None
    realis: Realis = "actual"
    within: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """An embedding of a stretch of text, so that relating needs no model."""

    span: Span
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One report and everything that was read in it: the unit of work of the parallel half."""

    report: Report
    mentions: tuple[Mention, ...] = ()
    timexes: tuple[Timex, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    event_mentions: tuple[EventMention, ...] = ()
    vectors: tuple[Vector, ...] = ()


# -- corpus level ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The solved date of a report (subject = its id) or of a time expression (subject = `timex_id`).

    `value` is TIMEX3; `earliest` and `latest` are ISO days or None; `stated` is False where it was inferred; `why` is
    one sentence for people.
    """

    subject: str
    value: str | None
    earliest: str | None
    latest: str | None
    stated: bool
    why: str
    basis: Basis

    @property
    def id(self) -> str:
        """Rows of this table are keyed by their subject."""
        return self.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A date as a dossier shows it. `start` and `end` are ISO at the known precision, or None where open."""

    start: str | None
    end: str | None
    granularity: Granularity
    evidence: tuple[Span, ...] = ()
    inferred: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title that an actor bears in a report."""

    span: Span
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """One mention of an actor, with its form."""

    span: Span
    form: MentionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, organisation, state, place, office or group under all its names."""

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    titles: tuple[Title, ...] = ()
    mentions: tuple[ActorMention, ...] = ()
    wikidata: str | None = None
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An actor that might be the speaker, with a score in 0..1."""

    actor: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a statement's chain: an actor id and the words that show it."""

    actor: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An attribution whose speaker and chain are actors. Routes and origins are counted per statement."""

    id: str
    report: str
    form: Form
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speaker: str | None
    speakers: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    chain: tuple[Link, ...] = ()
    addressee: str | None = None
    kind: StatementKind = "say"
    said_on: Date | None = None
    occasion: str | None = None
    level: Level = "speaker"
    routes: tuple[tuple[str, ...], ...] = ()
    origins: int = 1
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An actor in an event; `role` is actor, recipient or participant."""

    actor: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One mention of an event: its trigger, its time words, and the statement that asserts it."""

    span: Span
    time: Span | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened, was planned, is claimed or denied; mentioned in one or more reports."""

    id: str
    label: str
    type: str | None
    mode: str | None = None
    cameo: str | None = None
    date: Date
    place: str | None = None
    participants: tuple[Participant, ...] = ()
    realis: Realis = "actual"
    mentions: tuple[Occurrence, ...] = ()
    part_of: str | None = None
    routes: tuple[tuple[str, ...], ...] = ()
    origins: int = 1
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where two renderings of one utterance part: words only here, or words that changed."""

    op: Literal["only_here", "changed"]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One act of saying, rendered by statements of two or more reports."""

    id: str
    speaker: str | None
    statements: tuple[str, ...]
    relation: UtteranceRelation
    differences: tuple[Difference, ...] = ()
    routes: tuple[tuple[str, ...], ...] = ()
    origins: int = 1
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A report passes on something that came from `origin` (a report or actor id)."""

    report: str
    origin: str
    kind: RelayKind
    dispatch: str | None = None
    evidence: tuple[Span, ...] = ()

    @property
    def id(self) -> str:
        """A report may relay many origins; one row each."""
        return digest("relay", self.report, self.origin, self.kind, self.dispatch or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One side of a conflict: a value and the words that give it."""

    value: str
    spans: tuple[Span, ...]
    origins: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Reports differ about one thing. `status` says whether both can be true."""

    id: str
    topic: str
    aspect: str
    about: str
    values: tuple[Version, ...]
    status: ConflictStatus
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Reports agree about one thing; `origins` independent routes say so."""

    about: str
    aspect: str
    value: str
    spans: tuple[Span, ...]
    origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What only this report says."""

    report: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise, plan, invitation, agreement, demand, threat or hope, and what became of it."""

    id: str
    who: tuple[str, ...]
    to: tuple[str, ...]
    kind: str
    what: str
    spans: tuple[Span, ...]
    due: Date | None
    status: str
    fulfilled_by: str | None = None
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A storyline: events in order, and the reports that tell it."""

    id: str
    title: str
    events: tuple[str, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A human correction in force."""

    kind: str
    subjects: tuple[str, ...]
    value: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The sourced record of a pile of reports; every tuple is sorted, so the same pile gives the same bytes."""

    reports: tuple[Report, ...]
    whens: tuple[When, ...] = ()
    timexes: tuple[Timex, ...] = ()
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    relays: tuple[Relay, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    additions: tuple[Addition, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    stories: tuple[Story, ...] = ()
    decisions: tuple[Decision, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def timex_id(timex: Timex) -> str:
    """Subject under which `When` rows date a time expression."""
    return digest("timex", timex.span.report, timex.span.start, timex.span.end)


def report_id(text: str, uri: str) -> str:
    """Id of a report: the same dispatch under two addresses is two reports."""
    return digest("report", uri, text)
