"""A dossier as a Markdown page to read, paste and put under version control.

In comes a Dossier, out comes CommonMark. Every line that states something ends with the place it rests on: the report's
address and the offsets in its text. What reports say is escaped, so that it is neither markup nor HTML nor a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from hearsay.model import Dossier, Report, Span, Statement, Utterance
from hearsay.wording import (
    actor_names,
    chain_of,
    counts,
    date_of,
    many,
    one_line,
    published_of,
    quoted,
    through_of,
)

PLACES = 3  # places that a line names; the others are counted
_MARKUP = re.compile(r"[\\`*_\[\]{}#|~@$]|:(?=\S)|^[-+=]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_STOP = re.compile(r"(?i)(?P<before>^\d{1,9}|\bwww)(?P<stop>[.)])")  # opens a list, or makes a bare link


def to_markdown(dossier: Dossier) -> str:
    """The dossier as one page: reports, events, statements, how they compare, what came of them, actors, refusals."""
    page = _Page(dossier)
    sections: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        ("Reports", page.reports),
        ("Stories", page.stories),
        ("Timeline", page.timeline),
        ("Statements", page.statements),
        ("Said once, rendered more than once", page.utterances),
        ("Where reports differ", page.conflicts),
        ("Where reports agree", page.agreements),
        ("What only one report says", page.additions),
        ("Promised, planned, demanded", page.commitments),
        ("Passed on", page.relays),
        ("Actors", page.actors),
        ("Not read", page.skipped),
    )
    parts = [f"# Dossier\n\n{counts(dossier)}.\n"]
    for title, lines in sections:
        body = "\n".join(lines())
        if body:
            parts.append(f"## {title}\n\n{body.strip()}\n")
    return "\n".join(parts).encode("utf-8", "replace").decode("utf-8")


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown, or HTML inside Markdown, would obey."""
    line = _MARKUP.sub(lambda found: f"\\{found[0]}", one_line(text))
    line = line.translate(_ENTITIES)
    return _STOP.sub(lambda found: f"{found['before']}&#{ord(found['stop'])};", line)


class _Page:
    """The sections of one dossier's page; each gives its lines."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._names = actor_names(dossier)
        self._reports = {report.id: report for report in dossier.reports}
        self._whens = {when.subject: when for when in dossier.whens}

    def reports(self) -> Iterator[str]:
        """One line a report, in order of date."""

        def order(report: Report) -> tuple[bool, str, str, str]:
            date = published_of(report, self._whens)
            return not date, date, report.uri, report.id

        for report in sorted(self._dossier.reports, key=order):
            date = published_of(report, self._whens) or "undated"
            headline = report.headline.value if report.headline else "without a headline"
            yield _line((date, through_of(report), headline), _address(report))

    def timeline(self) -> Iterator[str]:
        """One line an event, in order of date."""
        for event in self._dossier.events:
            facts = f"{event.realis}, {many(event.origins, 'origin')}"
            date = date_of(event.date) or "undated"
            yield _line((date, f"{event.label} ({facts})"), self._at(m.span for m in event.mentions))

    def statements(self) -> Iterator[str]:
        """Report by report: through whom, and the words."""
        shown = ""
        for statement in self._dossier.statements:
            if statement.report != shown:
                shown = statement.report
                report = self._reports[shown]
                headline = report.headline.value if report.headline else report.uri
                yield f"\n### {escaped(headline)} {_address(report)}\n"
            yield self._said(statement)

    def utterances(self) -> Iterator[str]:
        """One paragraph an utterance with a line for each rendering."""
        statements = {row.id: row for row in self._dossier.statements}
        for utterance in self._dossier.utterances:
            found = [statements[id] for id in utterance.statements if id in statements]
            yield self._uttered(utterance, found)
            yield from (f"  {self._said(statement)}" for statement in found)

    def stories(self) -> Iterator[str]:
        """One line a story with its reports."""
        for story in self._dossier.stories:
            told = (_address(self._reports[id]) for id in story.reports if id in self._reports)
            yield _line((story.title, many(len(story.events), "event")), " ".join(told))

    def conflicts(self) -> Iterator[str]:
        """One line a difference, and one below it for each side."""
        for row in self._dossier.conflicts:
            spans = [span for side in row.values for span in side.spans]
            yield _line((f"{row.topic} ({row.aspect}, {row.status})", row.note), self._at(spans))
            for side in row.values:
                yield f"  {_line((side.value, many(side.origins, 'origin')), self._at(side.spans))}"

    def agreements(self) -> Iterator[str]:
        """One line a value on which independent reports agree."""
        for row in self._dossier.agreements:
            yield _line((row.aspect, row.value, many(row.origins, "origin")), self._at(row.spans))

    def additions(self) -> Iterator[str]:
        """One line an addition: the words."""
        for row in self._dossier.additions:
            yield _line((quoted(self._reports[row.report], row.spans),), self._at(row.spans))

    def commitments(self) -> Iterator[str]:
        """One line a commitment: who, what, and what became of it."""
        for row in self._dossier.commitments:
            who = ", ".join(self._names.get(id, id) for id in row.who) or "somebody"
            due = f"due {date_of(row.due)}" if date_of(row.due) else ""
            cells = (f"{who}: {row.what} ({row.kind})", due, row.status)
            yield _line(cells, self._at((*row.spans, *row.evidence)))

    def relays(self) -> Iterator[str]:
        """One line a relay: what came from where."""
        for relay in self._dossier.relays:
            origin = self._reports.get(relay.origin)
            source = _address(origin) if origin else f"**{escaped(self._names.get(relay.origin, relay.origin))}**"
            places = self._at(relay.evidence) or _address(self._reports[relay.report])
            yield f"- {escaped(relay.kind)}: {source} {places}"

    def actors(self) -> Iterator[str]:
        """One line an actor with its other names."""
        for actor in self._dossier.actors:
            others = ", ".join(alias for alias in actor.aliases if alias != actor.name)
            cells = (actor.name, actor.kind, f"also {others}" if others else "")
            yield _line(cells, self._at(mention.span for mention in actor.mentions))

    def skipped(self) -> Iterator[str]:
        """One line a refusal."""
        yield from (f"- {escaped(row.why)} ({escaped(row.uri)})" for row in self._dossier.skipped)

    def _said(self, statement: Statement) -> str:
        report = self._reports[statement.report]
        date = date_of(statement.said_on)
        facts = ", ".join(fact for fact in (statement.form, statement.kind, date) if fact)
        words = escaped(quoted(report, statement.content))
        return f"- **{escaped(chain_of(statement, self._names))}** ({facts}): {words} {self._at(statement.content)}"

    def _uttered(self, utterance: Utterance, found: Iterable[Statement]) -> str:
        speaker = escaped(self._names.get(utterance.speaker or "", "somebody"))
        facts = f"{utterance.relation}, {many(utterance.origins, 'origin')}"
        addresses = dict.fromkeys(_address(self._reports[row.report]) for row in found)
        return f"- **{speaker}**, {facts} {' '.join(addresses)}"

    def _at(self, spans: Iterable[Span]) -> str:
        """Where the words stand: the first places by name, and how many more there are."""
        known = [span for span in dict.fromkeys(spans) if span.report in self._reports]
        named = (f"{escaped(self._reports[s.report].uri)} {s.start}–{s.end}" for s in known[:PLACES])
        more = f" and {len(known) - PLACES} more" if len(known) > PLACES else ""
        return f"({'; '.join(named)}{more})" if known else ""


def _line(cells: Iterable[str], places: str) -> str:
    return f"- {' · '.join(escaped(cell) for cell in cells if cell)} {places}".rstrip()


def _address(report: Report) -> str:
    return f"({escaped(report.uri)})"
