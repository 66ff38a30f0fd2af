"""Which reports are earlier and later versions of one piece of an agency: leads, updates, corrections, kills.

In come Readings, out come Relay rows `wasRevisionOf`, each from a version to the one before it, with the label and the
notes that say so. Versions are reports of one agency (or outlet), not more than two days apart, with the headline or
the keyword line and much of the text in common, of which the later calls itself a revision. A later version supersedes
the earlier one and a kill withdraws it: neither is a second witness, which `Standing` tells the steps that count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Literal, get_args

from hearsay.data import table
from hearsay.link.pairwise import Pairs, Rule, cluster, pairs_in_memory
from hearsay.link.words import content_words, shingles
from hearsay.model import Reading, Relay, Report, Span

RevisionKind = Literal["lead", "add", "sub", "writethru", "kill", "correction", "refile", "update", "take"]

STEP = "link.revisions@1"
RUN = 4  # words in a row: versions are rewritten more than copies
HELD = 0.4  # part of the shorter version's runs that the other must hold
ALIKE = 0.5  # part of the shorter headline's words that the other must hold
DAYS = 2  # between two versions of one piece
_TOKEN = re.compile(r"(\d+)(?:st|nd|rd|th)?|[^\W\d_]+", re.IGNORECASE)
_KEYWORD = re.compile(r"[^\W\d_]\w*(?:-{1,2}\w+)+")
_CYCLES = 2  # letters of the wire's cycle before a keyword (BC-, AM-, PM-)
_HALF = {"correction", "refile"}  # what only mends the version of the same number
_YEAR = 2000  # stands for a year that is not stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a report is in its chain: "2nd LD" is lead 2. `note` is the note to editors that says what was changed."""

    number: int
    kind: RevisionKind
    note: str = ""


@cache
def _words(where: str) -> dict[str, tuple[int, RevisionKind]]:
    kinds: tuple[RevisionKind, ...] = get_args(RevisionKind)
    rows = (row for row in table("revision_words") if row["where"] in (where, "both"))
    return {row["word"]: (int(row["rank"]), kinds[kinds.index(row["kind"])]) for row in rows}


def revision_of(label: str, notes: Iterable[str] = ()) -> Revision | None:
    """The revision that a label ("2nd LD", "UPDATE 3", "1st Ld-Writethru") or else the notes speak of; None: no word.

    An ordinal or a number in the label counts; a label without one is the first of its kind, an urgent line comes
    before the first (0).
    """
    told = tuple(notes)
    tokens = tuple(_TOKEN.finditer(label.casefold()))
    found = [_words("label")[token[0]] for token in tokens if token[0] in _words("label")]
    note = next((note for note in told if _noted(note)), told[0] if told else "")
    if found:
        numbers = [int(token[1]) for token in tokens if token[1] and len(token[1]) <= 3]
        kind = min(found)[1]
        first = 0 if kind == "take" and not numbers else 1
        return Revision(number=numbers[0] if numbers else first, kind=kind, note=note)
    kinds = [word for one in told for word in _noted(one)]
    return Revision(number=1, kind=min(kinds)[1], note=note) if kinds else None


def _noted(note: str) -> list[tuple[int, RevisionKind]]:
    return [_words("note")[token[0]] for token in _TOKEN.finditer(note.casefold()) if token[0] in _words("note")]


# -- chains ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """A report with what it is compared by."""

    report: Report
    publisher: str
    revision: Revision | None
    headline: frozenset[str]
    keyword: frozenset[str]
    day: date | None
    runs: frozenset[tuple[str, ...]]

    @property
    def order(self) -> tuple[bool, float, date, int, str]:
        """Kills last, then by number, day and length."""
        kind = self.revision.kind if self.revision else ""
        number = self.revision.number if self.revision else 0.5
        return (
            kind == "kill", number + (0.5 if kind in _HALF else 0), self.day or date.min, len(self.report.text),
            self.report.id,
        )  # fmt: skip


def link_revisions(readings: Iterable[Reading], *, pairs: Pairs = pairs_in_memory) -> tuple[Relay, ...]:
    """A row a version and the one before it, sorted by id; the order of the readings never matters."""
    versions = {v.report.id: v for v in map(_version, (reading.report for reading in readings)) if v.publisher}
    rule = Rule(name=STEP, keys=_keys, score=_score, threshold=HELD, veto=_apart)
    found = []
    for group in cluster(versions, rule, pairs=pairs):
        chain = sorted((versions[id] for id in group.ids), key=lambda version: version.order)
        found += [
            Relay(report=later.report.id, origin=earlier.report.id, kind="wasRevisionOf", evidence=_evidence(later))
            for earlier, later in pairwise(chain)
        ]
    return tuple(sorted(found, key=lambda relay: relay.id))


def _version(report: Report) -> _Version:
    publisher = report.agency or report.outlet
    body = " ".join(zone.span.of(report.text) for zone in report.zones if zone.kind == "body")
    return _Version(
        report=report,
        publisher=publisher.value.casefold() if publisher else "",
        revision=revision_in(report),
        headline=frozenset(content_words(report.headline.value)) if report.headline else frozenset(),
        keyword=_keyword(report),
        day=_day(report),
        runs=shingles(body, RUN),
    )


def revision_in(report: Report) -> Revision | None:
    """What a report says it is."""
    return revision_of(report.revision.value if report.revision else "", (s.of(report.text) for s in _notes(report)))


def _notes(report: Report) -> Iterator[Span]:
    for zone in report.zones:
        if zone.kind == "editor_note":
            words = zone.span.of(report.text).rstrip()
            yield Span(report=report.id, start=zone.span.start, end=zone.span.start + len(words))


def _keyword(report: Report) -> frozenset[str]:
    """Words of the keyword line, without the cycle before them and the label behind them."""
    slugs = (zone.span.of(report.text) for zone in report.zones if zone.kind == "slug")
    found = [match[0] for slug in slugs for match in _KEYWORD.finditer(slug)]
    words = [match[0] for match in _TOKEN.finditer(max(found, key=len, default="").casefold())]
    known = _words("label")
    return frozenset(w for w in words if len(w) > _CYCLES and w not in known and w.isalpha())


def _day(report: Report) -> date | None:
    value = report.published.value.replace("XXXX", str(_YEAR)) if report.published else ""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _keys(version: _Version) -> Iterator[str]:
    for word in sorted(version.headline | version.keyword):
        yield f"{version.publisher}|{word}"


def _score(a: _Version, b: _Version) -> float:
    """Part of the shorter text that stands in the other; 0 where the two are no versions of one piece."""
    if a.publisher != b.publisher or not (a.revision or b.revision) or not _near(a.day, b.day) or not _titled(a, b):
        return 0.0
    if any(v.revision and v.revision.kind == "kill" for v in (a, b)):
        return 1.0  # a kill names its piece and need not repeat it
    return len(a.runs & b.runs) / max(1, min(len(a.runs), len(b.runs)))


def _apart(a: _Version, b: _Version) -> bool:
    return not _near(a.day, b.day)


def _near(one: date | None, other: date | None) -> bool:
    """Are the days close? Where a year is missing, days and months are compared; unknown days are near all."""
    if one is None or other is None:
        return True
    if _YEAR in (one.year, other.year):
        try:
            one, other = one.replace(year=_YEAR), other.replace(year=_YEAR)
        except ValueError:
            return False
    return abs((one - other).days) <= DAYS


def _titled(a: _Version, b: _Version) -> bool:
    if a.keyword and a.keyword == b.keyword:
        return True
    shorter = min(len(a.headline), len(b.headline))
    return shorter > 0 and len(a.headline & b.headline) >= max(ALIKE * shorter, min(2, shorter))


def _evidence(later: _Version) -> tuple[Span, ...]:
    """The label and the notes; the headline where the earlier version alone calls itself one."""
    report = later.report
    label = report.revision.evidence if report.revision else ()
    said = tuple(sorted({*label, *_notes(report)}))
    return said or (report.headline.evidence if report.headline else ())


# -- what counts -------------------------------------------------------------------------------------------------------


def with_revisions(copies: Iterable[Relay], revisions: Iterable[Relay]) -> tuple[Relay, ...]:
    """Both as one table: versions of one piece are no copies of each other."""
    rows = tuple(revisions)
    above = _ancestors(rows)
    kept = (r for r in copies if r.origin not in above.get(r.report, ()) and r.report not in above.get(r.origin, ()))
    return tuple(sorted((*rows, *kept), key=lambda relay: relay.id))


def _ancestors(rows: Iterable[Relay]) -> dict[str, frozenset[str]]:
    """All reports that a report goes back to, near or far."""
    direct: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        direct[row.report].add(row.origin)
    found = {}
    for report in direct:
        seen: set[str] = set()
        ahead = list(direct[report])
        while ahead:
            one = ahead.pop()
            if one not in seen:
                seen.add(one)
                ahead += direct.get(one, ())
        found[report] = frozenset(seen - {report})
    return found


class Standing:
    """Which of the reports that tell a thing are witnesses of their own. `copies`: copies and revisions."""

    def __init__(self, reports: Mapping[str, Report], copies: Iterable[Relay]) -> None:
        rows = tuple(copies)
        self._above = _ancestors(rows)
        killing = [r for r in rows if r.kind == "wasRevisionOf" and _kills(reports.get(r.report))]
        below = ({row.origin} | self._above.get(row.origin, frozenset()) for row in killing)
        self._withdrawn = frozenset().union(*below)

    def own(self, told: Iterable[str]) -> frozenset[str]:
        """The reports of `told` that neither go back to another of them nor were withdrawn; never none of some."""
        among = frozenset(told)
        first = frozenset(report for report in among if not self._above.get(report, frozenset()) & among)
        return (first - self._withdrawn) or first or among


def _kills(report: Report | None) -> bool:
    revision = revision_in(report) if report else None
    return revision is not None and revision.kind == "kill"
