"""Questions to a dossier, without a model: who said what about whom, to whom, through whom, when.

In come a Dossier and a Question, out come the statements that fit all of it, in the dossier's order. Names match
whatever alias a report used; words match by their stems, and a pronoun counts as the name it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import get_args

from hearsay.errors import InputError
from hearsay.link.words import content_words
from hearsay.lookup import find_actors, names_of
from hearsay.model import Dossier, Form, Span, Statement, StatementKind, When

KINDS: tuple[str, ...] = get_args(StatementKind)
FORMS: tuple[str, ...] = get_args(Form)
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")

Fits = Callable[[Statement], bool]
Bounds = tuple[str, str]  # first and last ISO day; "" where open


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a statement has to fulfil; empty fields ask for nothing.

    `by`, `to`, `through`: a name or actor id. `about`: words, all of which the statement must hold. `since`, `until`:
    ISO dates, to the day, month or year. `origins`: independent routes at least.
    """

    by: str = ""
    about: str = ""
    to: str = ""
    through: str = ""
    since: str = ""
    until: str = ""
    origins: int = 1
    kind: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The statements that fit, and how many fit but for a date that nobody knows."""

    statements: tuple[Statement, ...]
    undated: int = 0


def ask(dossier: Dossier, question: Question) -> Answer:
    """Statements that fit the question. Raises InputError for a name, date, kind or form that cannot be meant."""
    fits = [*_parties(dossier, question), *_words(dossier, question), *_properties(question)]
    found = tuple(row for row in dossier.statements if all(fit(row) for fit in fits))
    if not (question.since or question.until):
        return Answer(statements=found)
    first, last = _bounds("--since", question.since)[0], _bounds("--until", question.until)[1]
    if first and last and first > last:
        raise InputError(f"--since {question.since} lies behind --until {question.until}; exchange them")
    whens = {when.subject: when for when in dossier.whens}
    spans = [(row, bounds_of(row, whens)) for row in found]
    dated = [(row, bounds) for row, bounds in spans if any(bounds)]
    inside = (row for row, (start, end) in dated if not (last and start > last) and not (end and end < first))
    return Answer(statements=tuple(inside), undated=len(spans) - len(dated))


def bounds_of(statement: Statement, whens: Mapping[str, When]) -> Bounds:
    """First and last day on which it can have been said: its own date, else that of its report."""
    said = statement.said_on
    if said and (said.start or said.end):
        return _day(said.start or "", "-01"), _day(said.end or "", "-31")
    when = whens.get(statement.report)
    if when is None:
        return "", ""
    return when.earliest or "", when.latest or ""


# -- pieces ------------------------------------------------------------------------------------------------------------


def _parties(dossier: Dossier, question: Question) -> list[Fits]:
    """Who said it, to whom, through whom."""
    fits: list[Fits] = []
    if question.by:
        by = _ids(dossier, question.by)
        fits.append(lambda row: row.speaker in by or not by.isdisjoint(row.speakers))
    if question.to:
        to = _ids(dossier, question.to)
        fits.append(lambda row: row.addressee in to)
    if question.through:
        through = _ids(dossier, question.through)
        fits.append(lambda row: any(link.actor in through and link.actor != row.speaker for link in row.chain))
    return fits


def _ids(dossier: Dossier, name: str) -> frozenset[str]:
    """Actors of that name and the groups they belong to."""
    named = {actor.id for actor in find_actors(dossier, name)}
    groups = {actor.id for actor in dossier.actors if not named.isdisjoint(actor.members)}
    return frozenset(named | groups)


def _words(dossier: Dossier, question: Question) -> list[Fits]:
    """What it is about: words of the statement, and names of those whom its pronouns stand for."""
    if not question.about:
        return []
    wanted = set(content_words(question.about))
    if not wanted:
        raise InputError(f"“{question.about}” holds no word to look for; give --about a name or a noun")
    texts = {report.id: report.text for report in dossier.reports}
    called = {actor.id: {word for name in names_of(actor) for word in content_words(name)} for actor in dossier.actors}
    relevant = {id for id, words in called.items() if wanted & words}
    mentions: dict[str, list[tuple[Span, str]]] = {}
    for actor in dossier.actors:
        if actor.id in relevant:
            for mention in actor.mentions:
                mentions.setdefault(mention.span.report, []).append((mention.span, actor.id))

    def fits(row: Statement) -> bool:
        held = {word for span in row.content for word in content_words(span.of(texts[row.report]))}
        for span, actor in mentions.get(row.report, ()):
            if any(part.holds(span) for part in row.content):
                held |= called[actor]
        return wanted <= held

    return [fits]


def _properties(question: Question) -> list[Fits]:
    """Kind, form and origins."""
    fits: list[Fits] = []
    for name, value, allowed in (("kind", question.kind, KINDS), ("form", question.form, FORMS)):
        if value and value not in allowed:
            raise InputError(f"there is no {name} “{value}”; choose one of {', '.join(allowed)}")
    if question.kind:
        fits.append(lambda row: row.kind == question.kind)
    if question.form:
        fits.append(lambda row: row.form == question.form)
    if question.origins > 1:
        fits.append(lambda row: row.origins >= question.origins)
    return fits


def _bounds(option: str, date: str) -> Bounds:
    if date and not _DATE.fullmatch(date):
        raise InputError(f"{option} “{date}” is no date; write it as 2031, 2031-05 or 2031-05-07")
    return _day(date, "-01"), _day(date, "-31")


def _day(date: str, ending: str) -> str:
    """An ISO date completed to a day, so that days compare as text."""
    if len(date) == 4:
        date += "-01" if ending == "-01" else "-12"
    return date[:10] if len(date) != 7 else date + ending
