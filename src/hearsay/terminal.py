"""Dossiers and readings for people at a terminal.

In come values of `hearsay.model` and a rich console; out goes text, styled where the console is a terminal and plain,
one row a line with tabs between cells, where it is a pipe. All words of reports pass through `plain` and enter rich as
`Text`: what a report says is never taken for markup, nor for a command to the terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hearsay.lookup import find_report
from hearsay.model import Actor, Dossier, Event, Reading, Report, Span, Statement
from hearsay.wording import (
    ARROW,
    actor_names,
    chain_of,
    counts,
    date_of,
    many,
    one_line,
    plain,
    published_of,
    quoted,
    through_of,
    unread,
)

if TYPE_CHECKING:
    from hearsay.doctor import Check
    from hearsay.explain import Explanation, Quote

QUOTE_WIDTH = 160  # characters of a statement shown in a list

ZONE_STYLES = {
    "headline": "bold",
    "dateline": "italic",
    "byline": "italic",
    "caption": "italic",
    "credit": "dim",
    "editor_note": "dim",
    "slug": "dim",
    "signoff": "dim",
    "boilerplate": "dim strike",
}
CHECK_STYLES = {"ok": "green", "note": "yellow", "missing": "yellow", "broken": "bold red"}
MARK_STYLES = {"content": "green", "cue": "bold magenta", "source": "bold cyan", "mention": "underline"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one report to highlight; `role` is a key of MARK_STYLES."""

    role: str
    span: Span


# -- views of a dossier ------------------------------------------------------------------------------------------------


def show_overview(console: Console, dossier: Dossier) -> None:
    """How much there is, the stories, and the reports."""
    console.print(Text(counts(dossier)))
    for story in sorted(dossier.stories, key=lambda story: (-len(story.reports), story.id)):
        console.print(Text(f"{one_line(story.title)} ({many(len(story.reports), 'report')})", style="bold"))
    console.print()
    show_reports(console, dossier)


def show_reports(console: Console, dossier: Dossier) -> None:
    """One row a report, in order of date; what was not read for its language says so."""
    whens = {when.subject: when for when in dossier.whens}

    kept = {report.id for report in unread(dossier)}

    def row(report: Report) -> tuple[str, ...]:
        date = published_of(report, whens) or "undated"
        headline = report.headline.value if report.headline else ""
        language = f"{report.language} (not read)" if report.id in kept else report.language
        return date, through_of(report), headline, report.uri, report.id, language

    rows = sorted(map(row, dossier.reports), key=lambda cells: (cells[0] == "undated", cells))
    _rows(console, ("date", "through", "headline", "file", "id", "language"), rows)


def show_actors(console: Console, dossier: Dossier) -> None:
    """One row an actor, those most often mentioned first."""
    spoken = Counter(statement.speaker for statement in dossier.statements)

    def row(actor: Actor) -> tuple[str, ...]:
        others = (alias for alias in actor.aliases if alias != actor.name)
        return actor.name, actor.kind, str(len(actor.mentions)), str(spoken[actor.id]), ", ".join(others)

    ranked = sorted(dossier.actors, key=lambda actor: (-len(actor.mentions), actor.name, actor.id))
    _rows(console, ("name", "kind", "mentions", "statements", "also called"), map(row, ranked))


def show_skipped(console: Console, dossier: Dossier) -> None:
    """One row a file or record that was not read: its address, and why."""
    _rows(console, ("file", "why"), ((row.uri, row.why) for row in dossier.skipped))


def show_statements(console: Console, dossier: Dossier, only: Iterable[Statement] | None = None) -> None:
    """One row a statement, report by report in the order of the text: through whom, and what; all, or `only` some."""
    texts = {report.id: report for report in dossier.reports}
    names = actor_names(dossier)

    def row(statement: Statement) -> tuple[str, ...]:
        report = texts[statement.report]
        said = quoted(report, statement.content, QUOTE_WIDTH)
        date = date_of(statement.said_on)
        return report.uri, chain_of(statement, names), statement.kind, date, said, statement.id

    chosen = dossier.statements if only is None else only
    ordered = sorted(chosen, key=lambda s: (texts[s.report].uri, *(span.start for span in s.content)))
    _rows(console, ("report", "chain", "kind", "said on", "what", "id"), map(row, ordered))


def show_timeline(console: Console, dossier: Dossier) -> None:
    """One row an event, in order of date; undated ones last."""

    def row(event: Event) -> tuple[str, ...]:
        reports = len({mention.span.report for mention in event.mentions})
        routes = f"{many(reports, 'report')}, {many(event.origins, 'origin')}"
        return date_of(event.date) or "undated", event.realis, event.type or "", event.label, routes

    def order(event: Event) -> tuple[bool, str, str, str]:
        day = event.date.start or event.date.end or ""
        return not day, day, event.label, event.id

    _rows(console, ("date", "realis", "type", "event", "told by"), map(row, sorted(dossier.events, key=order)))


def show_report(console: Console, dossier: Dossier, name: str) -> None:
    """One report with its zones and marks, and its statements with their chains.

    `name` is a report's id, its address, or a part that fits one report only. Raises MissingPath where none or more
    than one fits.
    """
    report = find_report(dossier.reports, name)
    statements = [statement for statement in dossier.statements if statement.report == report.id]
    names = actor_names(dossier)
    marks = [Mark("mention", m.span) for actor in dossier.actors for m in actor.mentions if m.span.report == report.id]
    for statement in statements:
        marks += [Mark("content", span) for span in statement.content]
        marks += [Mark("cue", statement.cue)] if statement.cue else []
        marks += [Mark("source", statement.source)] if statement.source else []
    _marked(console, report, marks)
    for statement in sorted(statements, key=lambda statement: [span.start for span in statement.content]):
        facts = (statement.form, statement.kind, date_of(statement.said_on), many(statement.origins, "origin"))
        _said(console, chain_of(statement, names), facts, quoted(report, statement.content, QUOTE_WIDTH))


VIEWS: dict[str, Callable[[Console, Dossier], None]] = {
    "overview": show_overview,
    "reports": show_reports,
    "actors": show_actors,
    "statements": show_statements,
    "timeline": show_timeline,
}


def show_reading(console: Console, reading: Reading) -> None:
    """One report as it was read, before anything is related."""
    marks = [Mark("mention", mention.span) for mention in reading.mentions]
    for found in reading.attributions:
        for role, spans in (("content", found.content), ("cue", found.cue), ("source", found.source)):
            marks += [Mark(role, span) for span in spans]
    _marked(console, reading.report, marks)
    text = reading.report.text
    for found in reading.attributions:
        hops = (one_line(hop.party.of(text)) if hop.party else plain(hop.name) for hop in found.chain)
        _said(
            console,
            ARROW.join(hops) or "somebody",
            (found.form, found.kind),
            quoted(reading.report, found.content, QUOTE_WIDTH),
        )


def show_explanation(console: Console, found: Explanation) -> None:
    """One row of a dossier explained: fact by fact, each with its evidence in context below it."""
    head = (found.kind, found.title, found.id, _made(found.by, found.score))
    if not console.is_terminal:
        lines: list[Sequence[str]] = []
        for fact in found.facts:
            lines.append((fact.name, fact.value, fact.why, _made(fact.by, fact.score)))
            lines += [("", f"{quote.before}[{quote.words}]{quote.after}", _place(quote), "") for quote in fact.quotes]
            lines += [("", f"and {fact.more} more", "", "")] if fact.more else []
        _rows(console, head, lines)
        return
    console.print(Text.assemble((f"{found.kind} ", "dim"), (one_line(found.title), "bold")))
    console.print(Text(" ".join(filter(None, head[2:])), style="dim"))
    for fact in found.facts:
        reason = ", ".join(filter(None, (fact.why, _made(fact.by, fact.score))))
        console.print(Text.assemble(f"{fact.name}: ", (one_line(fact.value), "bold"), (f"  {one_line(reason)}", "dim")))
        for quote in fact.quotes:
            shown = Text.assemble(quote.before, (quote.words, "bold green"), quote.after, (f"  {_place(quote)}", "dim"))
            console.print(Padding(shown, (0, 0, 0, 4)))
        if fact.more:
            console.print(Padding(Text(f"and {fact.more} more", style="dim"), (0, 0, 0, 4)))


def show_checks(console: Console, checks: Iterable[Check]) -> bool:
    """One row a check, as it is made; is everything there that is needed?"""
    sound = True
    for check in checks:
        sound = sound and check.state != "broken"
        advice = f"; {check.advice}" if check.advice else ""
        if console.is_terminal:
            state = Text(f"{check.state:8}", style=CHECK_STYLES[check.state])
            console.print(state.append(f"{check.name}: {one_line(check.found + advice)}", style="default"))
        else:
            _rows(console, (check.state, check.name, check.found + advice), ())
    return sound


# -- pieces ------------------------------------------------------------------------------------------------------------


def _made(by: str, score: float | None) -> str:
    """Which step made it, and how sure it is."""
    return " ".join(filter(None, (by, "" if score is None else f"{score:.2f}")))


def _place(quote: Quote) -> str:
    return f"{one_line(quote.uri)} {quote.start}–{quote.end}"


def _rows(console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table at a terminal; elsewhere one row a line, so that other programs can cut and sort it."""
    if not console.is_terminal:
        console.file.writelines("\t".join(map(one_line, row)) + "\n" for row in (columns, *rows))
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in ("date", "kind"))
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    console.print(table)


def _marked(console: Console, report: Report, marks: Sequence[Mark]) -> None:
    """The text of a report, zone by zone: with its marks at a terminal, elsewhere as zone and line."""
    if not console.is_terminal:
        lines = ((kind, line) for kind, part in _zones(report) for line in part.of(report.text).splitlines())
        _rows(console, ("zone", one_line(report.uri)), (row for row in lines if row[1].strip()))
        return
    legend = Text("marks: ", style="dim")
    for role, style in MARK_STYLES.items():
        legend.append(role, style=style).append(" ")
    console.print(Text(one_line(report.uri), style="reverse"), legend)
    text = Text(plain(report.text))
    for role in MARK_STYLES:  # later styles lie on top
        for mark in marks:
            if mark.role == role and mark.span.report == report.id:
                text.stylize(MARK_STYLES[role], mark.span.start, mark.span.end)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for kind, span in _zones(report):
        words = span.of(report.text)
        start = span.start + len(words) - len(words.lstrip())
        part = text[start : start + len(words.strip())]
        part.stylize_before(ZONE_STYLES.get(kind, ""))
        if part.plain:
            grid.add_row(kind, part)
    console.print(grid)
    console.print()


def _zones(report: Report) -> Iterator[tuple[str, Span]]:
    """Zones by kind; neighbours of one kind are one."""
    joined: list[tuple[str, Span]] = []
    for zone in sorted(report.zones, key=lambda zone: zone.span.start):
        if joined and joined[-1][0] == zone.kind and joined[-1][1].end == zone.span.start:
            joined[-1] = (zone.kind, replace(joined[-1][1], end=zone.span.end))
        else:
            joined.append((zone.kind, zone.span))
    yield from joined or [("body", Span(report=report.id, start=0, end=len(report.text)))]


def _said(console: Console, chain: str, facts: Iterable[str], words: str) -> None:
    """One statement: its chain, the facts about it, and the words."""
    about = f"({', '.join(fact for fact in facts if fact)})"
    if not console.is_terminal:
        console.file.write(f"{chain}\t{about}\t{words}\n")
        return
    console.print(Text.assemble((chain, "bold"), "  ", (about, "dim")))
    console.print(Padding(Text(words), (0, 0, 0, 4)))
