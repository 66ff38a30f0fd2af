"""A dossier as CSV tables: one file a list, one row a value, for spreadsheets and statistics.

In comes a Dossier, out come the files of a folder by name. Cells of several values hold them with " | " between. What a
spreadsheet would run as a formula is made harmless with an apostrophe before it, and a byte order mark tells it the
encoding; `raw` leaves both out, for programs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping

from hearsay.model import Date, Dossier, Span
from hearsay.wording import actor_names, chain_of, plain, quoted

Row = tuple[object, ...]
# What spreadsheets take for the start of a formula, also in the full width of East Asian keyboards.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"
BETWEEN = " | "


def to_csv(dossier: Dossier, *, raw: bool = False) -> dict[str, str]:
    """Contents of the files by name, in the order of TABLES; RFC 4180, UTF-8."""
    return {f"{name}.csv": _file(columns, rows(dossier), raw) for name, (columns, rows) in TABLES.items()}


def harmless(cell: str) -> str:
    """The cell as a spreadsheet shows it and never runs it."""
    return f"'{cell}" if cell.lstrip(" \ufeff\u00a0\u3000")[:1] in FORMULA else cell


def _file(columns: str, rows: Iterable[Row], raw: bool) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns.split())
    for row in rows:
        cells = ["" if cell is None else plain(str(cell)) for cell in row]
        writer.writerow(cells if raw else map(harmless, cells))
    return out.getvalue() if raw else BOM + out.getvalue()


# -- tables ------------------------------------------------------------------------------------------------------------


def _reports(dossier: Dossier) -> Iterator[Row]:
    whens = {when.subject: when for when in dossier.whens}
    for report in dossier.reports:
        when = whens.get(report.id)
        line = report.dateline
        yield (
            report.id,
            report.uri,
            report.headline.value if report.headline else None,
            report.outlet.value if report.outlet else None,
            report.agency.value if report.agency else None,
            _joined(person.value for person in report.byline),
            line.place.value if line and line.place else None,
            *((when.value, when.earliest, when.latest, _yes(when.stated), when.why) if when else (None,) * 5),
            report.revision.value if report.revision else None,
            report.language,
            len(report.text),
        )


def _statements(dossier: Dossier) -> Iterator[Row]:
    names = actor_names(dossier)
    texts = {report.id: report for report in dossier.reports}
    for row in dossier.statements:
        report = texts[row.report]
        yield (
            row.id,
            row.report,
            report.uri,
            row.form,
            row.kind,
            row.level,
            names.get(row.speaker or "", row.speaker),
            _joined(names.get(id, id) for id in row.speakers),
            chain_of(row, names) if row.chain else None,
            names.get(row.addressee or "", row.addressee),
            *_range(row.said_on),
            quoted(report, row.content),
            _places(row.content),
            row.cue.of(report.text) if row.cue else None,
            row.source.of(report.text) if row.source else None,
            row.origins,
            f"{row.confidence:.2f}",
            row.speaker,
            _joined(link.actor for link in row.chain),
            row.occasion,
        )


def _events(dossier: Dossier) -> Iterator[Row]:
    names = actor_names(dossier)
    uris = {report.id: report.uri for report in dossier.reports}
    for row in dossier.events:
        parties = (f"{names.get(party.actor, party.actor)} ({party.role})" for party in row.participants)
        told = dict.fromkeys(uris.get(mention.span.report, mention.span.report) for mention in row.mentions)
        yield (
            row.id,
            row.label,
            row.type,
            row.mode,
            row.cameo,
            *_range(row.date),
            row.date.granularity,
            _yes(row.date.inferred),
            names.get(row.place or "", row.place),
            _joined(parties),
            row.realis,
            len(row.mentions),
            _joined(told),
            row.origins,
            f"{row.confidence:.2f}",
            row.part_of,
        )


def _actors(dossier: Dossier) -> Iterator[Row]:
    names = actor_names(dossier)
    for row in dossier.actors:
        yield (
            row.id,
            row.name,
            row.kind,
            _joined(alias for alias in row.aliases if alias != row.name),
            _joined(dict.fromkeys(title.title for title in row.titles)),
            _joined(names.get(id, id) for id in row.members),
            len(row.mentions),
            len({mention.span.report for mention in row.mentions}),
            row.wikidata,
        )


def _timexes(dossier: Dossier) -> Iterator[Row]:
    texts = {report.id: report for report in dossier.reports}
    for row in dossier.timexes:
        report = texts[row.span.report]
        yield (
            report.id,
            report.uri,
            row.span.start,
            row.span.end,
            row.span.of(report.text),
            row.type,
            row.value,
            row.mod or None,
            row.anchor or None,
        )


def _relays(dossier: Dossier) -> Iterator[Row]:
    names = actor_names(dossier)
    texts = {report.id: report for report in dossier.reports}
    uris = {report.id: report.uri for report in dossier.reports}
    for row in dossier.relays:
        words = (span.of(texts[span.report].text) for span in row.evidence)
        origin = uris.get(row.origin) or names.get(row.origin, row.origin)
        yield row.id, row.report, uris.get(row.report), row.kind, row.origin, origin, row.dispatch, _joined(words)


def _utterances(dossier: Dossier) -> Iterator[Row]:
    """One row a rendering, so that the rows of one utterance stand together."""
    names = actor_names(dossier)
    texts = {report.id: report for report in dossier.reports}
    statements = {row.id: row for row in dossier.statements}
    for row in dossier.utterances:
        for statement in (statements[id] for id in row.statements if id in statements):
            report = texts[statement.report]
            yield (
                row.id,
                names.get(row.speaker or "", row.speaker),
                row.relation,
                row.origins,
                statement.id,
                report.uri,
                chain_of(statement, names),
                quoted(report, statement.content),
                row.basis.by,
                f"{row.basis.score:.2f}",
            )


def _conflicts(dossier: Dossier) -> Iterator[Row]:
    """One row a side, so that the rows of one difference stand together."""
    texts = {report.id: report for report in dossier.reports}
    for row in dossier.conflicts:
        for side in row.values:
            told = dict.fromkeys(texts[span.report].uri for span in side.spans)
            words = (span.of(texts[span.report].text) for span in side.spans)
            yield (
                row.id, row.topic, row.aspect, row.status, side.value, side.origins, _joined(told), _joined(words),
                row.note, row.about,
            )  # fmt: skip


def _commitments(dossier: Dossier) -> Iterator[Row]:
    names = actor_names(dossier)
    uris = {report.id: report.uri for report in dossier.reports}
    for row in dossier.commitments:
        told = dict.fromkeys(uris[span.report] for span in (*row.spans, *row.evidence))
        yield (
            row.id, row.kind, _joined(names.get(id, id) for id in row.who), _joined(names.get(id, id) for id in row.to),
            row.what, *_range(row.due), row.status, row.fulfilled_by, _joined(told),
        )  # fmt: skip


TABLES: Mapping[str, tuple[str, Callable[[Dossier], Iterator[Row]]]] = {
    "reports": (
        "id address headline outlet agency byline dateline_place published earliest latest stated why revision"
        " language characters",
        _reports,
    ),
    "statements": (
        "id report address form kind level speaker speakers chain addressee said_from said_until words places cue"
        " source origins confidence speaker_id chain_ids occasion",
        _statements,
    ),
    "events": (
        "id label type mode cameo from until granularity inferred place participants realis mentions addresses origins"
        " confidence part_of",
        _events,
    ),
    "actors": ("id name kind aliases titles members mentions reports wikidata", _actors),
    "timexes": ("report address start end words type value mod anchor", _timexes),
    "relays": ("id report address kind origin_id origin dispatch evidence", _relays),
    "utterances": (
        "utterance speaker relation origins statement address chain words made_by score",
        _utterances,
    ),
    "conflicts": ("conflict topic aspect status value origins addresses words note about", _conflicts),
    "commitments": ("id kind who to what due_from due_until status fulfilled_by addresses", _commitments),
}


# -- cells -------------------------------------------------------------------------------------------------------------


def _joined(values: Iterable[str]) -> str | None:
    return BETWEEN.join(values) or None


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _range(date: Date | None) -> tuple[str | None, str | None]:
    return (date.start, date.end) if date else (None, None)


def _places(spans: Iterable[Span]) -> str | None:
    """Offsets into the report's text; a hyphen or colon would make a spreadsheet see a date or a time."""
    return _joined(f"{span.start}–{span.end}" for span in spans)
