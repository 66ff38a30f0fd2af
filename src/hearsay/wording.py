"""Values of a dossier in short plain words: the same chain, date and quotation in every view and export.

In come values of `hearsay.model`, out comes text on one line that no terminal obeys and that keeps no direction marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from hearsay.model import Date, Dossier, Report, Span, Statement, When

# Control characters, surrogates, and the marks that turn the direction of what follows.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
ENGLISH = "en"
ARROW = " → "
BETWEEN = " … "  # between parts of a quotation that do not follow each other


def plain(text: str) -> str:
    """The text with every character that a terminal might obey replaced, one for one, so that offsets stay true."""
    return UNSAFE.sub(lambda match: " " if match[0] == "\r" else "\ufffd", text)


def one_line(text: str, width: int | None = None) -> str:
    """The text on one line, safe to print, cut to `width` characters."""
    line = " ".join(plain(text).split())
    return line if width is None or len(line) <= width else line[: width - 1].rstrip() + "…"


def many(number: int, thing: str) -> str:
    """A figure with its noun: 1 report, 2 reports."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def counts(dossier: Dossier) -> str:
    """One sentence of figures; reports that were not read for their language are named by it."""
    figures = ", ".join((
        many(len(dossier.reports), "report"),
        many(len(dossier.statements), "statement"),
        many(len(dossier.actors), "actor"),
        many(len(dossier.events), "event"),
    ))  # fmt: skip
    kept = unread(dossier)
    languages = ", ".join(sorted({report.language for report in kept}))
    return f"{figures}; {many(len(kept), 'report')} kept but not read (language: {languages})" if kept else figures


def unread(dossier: Dossier) -> tuple[Report, ...]:
    """Reports in other languages than English of which nothing was read."""
    foreign = [report for report in dossier.reports if report.language.partition("-")[0] != ENGLISH]
    if not foreign:
        return ()
    read = {mention.span.report for actor in dossier.actors for mention in actor.mentions}
    read |= {statement.report for statement in dossier.statements}
    return tuple(report for report in foreign if report.id not in read)


def date_of(date: Date | None) -> str:
    """A date as people write ranges; empty where nothing is known."""
    if date is None or not (date.start or date.end):
        return ""
    if date.start == date.end:
        return date.start or ""
    return f"{date.start or '…'} – {date.end or '…'}"


def published_of(report: Report, whens: Mapping[str, When]) -> str:
    """When a report was published, as far as all reports tell; empty where nobody knows."""
    when = whens.get(report.id)
    return (when.value if when else None) or ""


def actor_names(dossier: Dossier) -> dict[str, str]:
    """Names by actor id."""
    return {actor.id: actor.name for actor in dossier.actors}


def chain_of(statement: Statement, names: Mapping[str, str]) -> str:
    """The way the words came: A → B → C, speaker first."""
    links = [names.get(link.actor, link.actor) for link in statement.chain]
    return one_line(ARROW.join(links) or names.get(statement.speaker or "", "somebody"))


def through_of(report: Report) -> str:
    """Agency and outlet of a report, each once."""
    return ARROW.join(dict.fromkeys(field.value for field in (report.agency, report.outlet) if field))


def quoted(report: Report, spans: Iterable[Span], width: int | None = None) -> str:
    """The words of the spans on one line."""
    return one_line(BETWEEN.join(span.of(report.text) for span in spans), width)
