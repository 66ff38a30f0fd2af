"""Who is on stage while a report is read: names grouped into figures, and how present each figure is at any place.

Names are grouped over the whole report before anything is resolved, because headlines and leads use roles ("Freeland
president") of people who are named only later. Presence follows centering: subjects and speakers stay in mind, and
everything fades with each sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from hearsay.data import table
from hearsay.extract.descriptions import Description, agrees, describe
from hearsay.extract.names import short_for
from hearsay.extract.nations import learn, marked
from hearsay.extract.nominals import head_at
from hearsay.extract.tokens import Token, cue_forms, words_of
from hearsay.model import ActorKind, Mention, Report, Span
from hearsay.naming import family_of, fold, known, name_words

FADE = 0.5  # what is left of a mention's weight with each further sentence
AGAIN = 0.25  # how much a further mention in one sentence adds
PART = 0.4  # what a semicolon is of a sentence's end
REACH = 8  # sentences after which a mention is forgotten
APPOSITION = 16  # tokens between a name and its verb


@dataclass(slots=True, eq=False)
class Figure:
    """An actor within one report, while it is being read. `anchor` is the mention that others point to."""

    kind: ActorKind
    anchor: Mention
    words: tuple[str, ...] = ()
    canonical: str = ""
    titles: list[Description] = field(default_factory=list)
    members: tuple[Figure, ...] = ()
    mentions: list[Mention] = field(default_factory=list)
    trace: list[tuple[float, float]] = field(default_factory=list)
    same: Figure | None = None
    led: list[str] = field(default_factory=list)  # the words before its names
    heard: str = ""  # the gender that pronouns gave it

    @property
    def start(self) -> int:
        """Where it is first mentioned."""
        return min(m.span.start for m in self.mentions)

    @property
    def plural(self) -> bool:
        """Is it several?"""
        return self.kind == "group" or bool(self.members)

    def final(self) -> Figure:
        """The figure that this one turned out to be."""
        return self.same.final() if self.same is not None else self

    def states(self) -> frozenset[str]:
        """States that its titles name."""
        return frozenset().union(*(title.states for title in self.titles))

    def gender(self) -> str:
        """m, f or "" (not known), from titles and endings of the name."""
        said = {noun.gender for title in self.titles for noun in title.nouns if noun.gender}
        said |= {g for title in self.titles for word in title.words if (g := _title_genders().get(word))}
        if not said and self.kind == "person" and len(self.words) > 1:
            said = {g for g in (_given_names().get(self.words[0], ""),) if g}
        if not said and self.kind == "person":
            said = {g for word in self.words[-1:] if (g := _by_ending(word))}
        return said.pop() if len(said) == 1 else self.heard


@cache
def _title_genders() -> dict[str, str]:
    return {row["title"].lower(): row["gender"] for row in table("titles") if row["gender"]}


@cache
def _given_names() -> dict[str, str]:
    return {fold(row["name"]): row["gender"] for row in table("given_names")}


@cache
def _by_ending(word: str) -> str:
    rows = sorted(table("name_endings"), key=lambda row: -len(row["ending"]))
    return next(
        (row["gender"] for row in rows if word.endswith(row["ending"]) and len(word) > len(row["ending"]) + 1), ""
    )


class Scene:
    """The tokens of a report with its figures. Built once a report; figures gain mentions as the report is read."""

    def __init__(self, report: Report, words: Sequence[Token], quotes: Sequence[Span]) -> None:
        self.text = report.text
        self.own = frozenset(fold(value.value) for value in (report.agency, report.outlet) if value is not None)
        self.nations = learn(words)
        self.words = marked(words, self.nations)
        self.figures: list[Figure] = []
        self._starts = [token.start for token in words]
        self._positions = list(_positions(words))
        self._asides = [(z.span.start, z.span.end) for z in report.zones if z.kind not in ("body", "headline")]
        place = report.dateline.place if report.dateline is not None else None
        self.filed = fold(place.value) if place is not None else ""  # where the report was written
        self._quotes = sorted((q.start, q.end) for q in quotes)
        self._weights = {row["role"]: float(row["weight"]) for row in table("salience")}

    def describe(self, span: Span) -> Description:
        """What the words of a title or noun phrase say."""
        return describe(span.of(self.text), self.nations)

    # -- places --------------------------------------------------------------------------------------------------------

    def token(self, offset: int) -> int:
        """Index of the first token that starts at or after `offset`."""
        return bisect_left(self._starts, offset)

    def sentence(self, offset: int) -> int:
        """Number of the sentence at `offset`."""
        i = min(self.token(offset), len(self.words) - 1)
        return self.words[i].sentence if self.words else 0

    def line(self, offset: int) -> int:
        """Number of the line at `offset`."""
        i = min(self.token(offset), len(self.words) - 1)
        return self.words[i].line if self.words else 0

    def quoted(self, offset: int) -> bool:
        """Does `offset` lie inside a quotation?"""
        return any(start < offset < end for start, end in self._quotes)

    def before(self, mention: Mention) -> str:
        """The word before a mention and its title, in lower case; "" at the start of a sentence."""
        start = min(mention.span.start, mention.title.start if mention.title else mention.span.start)
        i = self.token(start) - 1
        while i >= 0 and self.words[i].lower in words_of("det") and self.words[i].sentence == self.sentence(start):
            i -= 1
        return self.words[i].lower if i >= 0 and self.words[i].sentence == self.sentence(start) else ""

    def after(self, mention: Mention) -> str:
        """The word that follows a mention, past an apposition between commas; "" at the end of its sentence."""
        i = self.token(mention.span.end)
        here = self.sentence(mention.span.start)
        if i < len(self.words) and self.words[i].text == ",":
            i += 1
            if i < len(self.words) and self.words[i].lower not in cue_forms():
                stop = min(i + APPOSITION, len(self.words))
                i = next((k + 1 for k in range(i, stop) if self.words[k].text == ","), i)
        while i < len(self.words) and self.words[i].lower in words_of("adv"):
            i += 1
        return self.words[i].lower if i < len(self.words) and self.words[i].sentence == here else ""

    def role(self, mention: Mention) -> str:
        """Its place in the sentence: speaker, subject, object, oblique or possessor."""
        before, after = self.before(mention), self.after(mention)
        i = self.token(mention.span.end)
        if i < len(self.words) and self.words[i].lower in ("'s", "'"):
            return "possessor"
        if after in cue_forms() and before not in words_of("prep"):
            return "speaker"
        if before in cue_forms() and self._closes(mention):
            return "speaker"
        if before in words_of("prep", "by"):
            return "oblique"
        if after in words_of("be", "have", "do", "modal") or after.endswith("ed") or not before:
            return "subject"
        return "object"

    def _closes(self, mention: Mention) -> bool:
        """Does "said X" close a quotation or clause: is the cue behind a comma or quotation mark?"""
        start = min(mention.span.start, mention.title.start if mention.title else mention.span.start)
        i = self.token(start) - 2
        while i >= 0 and self.words[i + 1].lower not in cue_forms():
            i -= 1
        return i >= 0 and not self.words[i].word

    # -- presence ------------------------------------------------------------------------------------------------------

    def enter(self, figure: Figure, mention: Mention) -> None:
        """Note that `mention` brings `figure` to mind."""
        weight = self._weights[self.role(mention)]
        if self.quoted(mention.span.start):
            weight *= self._weights["quoted"]
        i = min(self.token(mention.span.start), len(self.words) - 1)
        if self.words[i].loud:
            weight *= self._weights["heading"]
        if any(start <= mention.span.start < end for start, end in self._asides):
            weight *= self._weights["aside"]
        if mention.form == "title":
            return  # the name beside it has brought its bearer to mind
        at = self.position(mention.span.start)
        figure.trace.append((at, weight))
        for member in figure.members:
            member.trace.append((at, weight / 2))

    def presence(self, figure: Figure, offset: int) -> float:
        """How present a figure is at `offset`, from what has been read so far."""
        here = self.position(offset)
        strongest: dict[float, float] = {}  # of each sentence the strongest mention
        for at, weight in figure.trace:
            strongest[at] = max(weight, strongest.get(at, 0.0) + AGAIN * weight)
        return sum(weight * float(FADE ** (here - at)) for at, weight in strongest.items() if 0 <= here - at <= REACH)

    def position(self, offset: int) -> float:
        """Number of the sentence at `offset`; each semicolon before it in the sentence counts by a part."""
        return self._positions[min(self.token(offset), len(self.words) - 1)]

    @cached_property
    def where(self) -> frozenset[str]:
        """Words of the names of places and states."""
        return frozenset(word for f in self.figures if f.kind in ("country", "place") for word in f.words)

    # -- names ---------------------------------------------------------------------------------------------------------

    def name(self, mentions: Iterable[Mention]) -> Iterator[tuple[Mention, Figure]]:
        """Figures of the names of a report; each name with its figure."""
        rows = sorted(mentions, key=lambda m: (-len(name_words(m.span.of(self.text))), m.span))
        for mention in rows:
            figure = self._person(mention) if mention.kind == "person" else self._thing(mention)
            if figure is None:
                words = name_words(mention.span.of(self.text))
                row = known(mention.span.of(self.text), mention.kind)
                figure = Figure(mention.kind, mention, words, row.name if row else self._state(mention))
                self.figures.append(figure)
            figure.mentions.append(mention)
            at = self.token(mention.span.start)
            figure.led.append(" ".join(token.lower for token in self.words[max(0, at - 4) : at]))
            if mention.title is not None:
                figure.titles.append(self.describe(mention.title))
            yield mention, figure

    def _person(self, mention: Mention) -> Figure | None:
        words = name_words(mention.span.of(self.text))
        people = [f for f in self.figures if f.kind == "person"]
        same = next((f for f in people if "".join(f.words) == "".join(words)), None)
        if same is not None or not words:
            return same
        if len(words) > 1:
            return next((f for f in people if set(words) < set(f.words) or _initials(words, f.words)), None)
        fits = [f for f in people if len(f.words) > 1 and words[0] in f.words]
        title = self.describe(mention.title) if mention.title else None
        return max(fits, key=lambda f: self._nearness(f, words[0], title, mention), default=None)

    def _nearness(
        self, figure: Figure, word: str, title: Description | None, mention: Mention
    ) -> tuple[bool, bool, bool, int]:
        """Who a bare family name means: the title's bearer, one fully named in this paragraph, else the first named."""
        bears = title is not None and any(
            agrees(a, b) for a in title.nouns for known_title in figure.titles for b in known_title.nouns
        )
        line = self.line(mention.span.start)
        here = self.sentence(mention.span.start)
        full = any(
            self.line(m.span.start) == line and m.span.start < mention.span.start and self.sentence(m.span.start) < here
            for m in figure.mentions
        )
        return bears, family_of(figure.words) == word, full, -figure.start

    def _state(self, mention: Mention) -> str:
        """The state that the report itself teaches the name of; "" for another."""
        text = mention.span.of(self.text)
        return (self.nations.named(text) or self.nations.seated(text)) if mention.kind == "country" else ""

    def _thing(self, mention: Mention) -> Figure | None:
        text = mention.span.of(self.text)
        row = known(text, mention.kind)
        canonical = row.name if row is not None else self._state(mention)
        words = name_words(text)
        for figure in self.figures:
            if figure.kind == "person":
                continue
            if canonical and figure.canonical:
                if canonical == figure.canonical:
                    return figure
                continue
            if "".join(figure.words) == "".join(words) and _one_kind(figure.kind, mention.kind):
                return figure
        return next((f for f in self.figures if f.kind != "person" and self._short(mention, words, f)), None)

    def _short(self, mention: Mention, words: tuple[str, ...], figure: Figure) -> bool:
        """Is the name a short form of the figure's: an acronym, or the same with words left out?"""
        long = figure.words
        if mention.form == "acronym":
            at = self.token(mention.span.start)
            beside = self.token(figure.anchor.span.end) == at - 1 and self.words[at - 1].text == "("
            return beside or (figure.kind == "organisation" and len(long) > 1 and short_for(words[0], long))
        if not set(words) < set(long) or "country" in (figure.kind, mention.kind):
            return False
        if len(words) == 1 and mention.kind == "organisation" and figure.kind == "organisation":
            return words[0] == long[-1] and fold(figure.canonical) not in _bodies()
        at = self.token(mention.span.start)
        if mention.kind == "place" and at > 0 and self.words[at - 1].lower == "the":
            return False  # "the Lind" is a river, whatever else bears its name
        missing = " ".join(word for word in long if word not in words)
        return (
            _noun(missing)
            or (words[-1] == long[-1] and figure.kind == mention.kind)
            or (words == long[: len(words)] and figure.kind == mention.kind == "organisation" and not _body(missing))
        )


def _body(text: str) -> bool:
    """Does the text hold a naming noun of organisations, so that a name goes on to a part ("School of Law")?"""
    from hearsay.extract.tokens import tokens

    words = tokens(text)
    return any(
        head is not None and head.noun.kind == "organisation" for head in (head_at(words, i) for i in range(len(words)))
    )


@cache
def _bodies() -> frozenset[str]:
    """Known bodies, which are short by no name but those of the table ("House" is not the White House)."""
    return frozenset(fold(row["name"]) for row in table("bodies"))


def _positions(words: Sequence[Token]) -> Iterator[float]:
    parts, sentence = 0, -1
    for token in words:
        parts = 0 if token.sentence != sentence else parts
        sentence = token.sentence
        yield sentence + PART * min(parts, 2)
        parts += token.text == ";"


def _initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return short[-1] == long[-1] and len(short[0]) == 1 and short[0] == long[0][0]


def _one_kind(one: ActorKind, two: ActorKind) -> bool:
    return one == two or "person" not in (one, two)


@cache
def _noun(text: str) -> bool:
    """Is the text a naming noun ("province", "dam")?"""
    from hearsay.extract.tokens import tokens

    words = tokens(text)
    head = head_at(words, 0)
    return head is not None and head.last == len(words) and head.noun.kind in ("place", "facility")
