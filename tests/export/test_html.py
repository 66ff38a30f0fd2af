"""The HTML export: safe with hostile text, complete in itself, and every value leads to its words."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_sample import FIRST, IDS, SECOND, THIRD, at, sample

from hearsay.export.html import to_html
from hearsay.export.page import dates
from hearsay.export.page.marks import Mark, blocks
from hearsay.export.page.strip import LEFT, RIGHT, draw
from hearsay.export.page.view import Index
from hearsay.model import Date, Dossier, Event, Occurrence, Relay, Report, Span, Statement, Zone

VOID = {"meta", "input", "br", "link", "line", "circle", "path"}
PAYLOADS = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "\"' onmouseover='alert(3)' x=\"",
    "</style><style>*{display:none}</style>",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- ]]> <a href='javascript:alert(4)'>",
)


class Page(HTMLParser):
    """A page taken apart: its tags with their attributes, its raw blocks, its text, and the text under each id."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.blocks: dict[str, list[str]] = {"style": [], "script": []}
        self.under: dict[str, str] = {}
        self.zones = ""
        self.open: list[tuple[str, str, bool]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag not in VOID:
            self.open.append((tag, given.get("id", ""), "z" in given.get("class", "").split()))
            self.under.setdefault(given.get("id", ""), "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1][0] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] in self.blocks:
            self.blocks[self.open[-1][0]].append(data)
            return
        for _, id, _ in self.open:
            if id:
                self.under[id] += data
        if any(zone for _, _, zone in self.open):
            self.zones += data

    def values(self, attribute: str) -> list[str]:
        return [given[attribute] for _, given in self.tags if attribute in given]


@pytest.fixture(scope="module")
def html() -> str:
    return to_html(sample())


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def poisoned(value: Any, payload: str) -> Any:
    """The same value with the payload added to every text that people see, ids and texts of reports left alone."""
    keep = {"id", "report", "subject", "actor", "origin", "members", "speaker", "speakers", "addressee", "occasion",
            "statements", "place_id", "about", "who", "to", "events", "reports", "fulfilled_by", "part_of", "text",
            "start", "end", "earliest", "latest", "granularity", "routes", "dispatch", "level", "within"}  # fmt: skip
    if isinstance(value, str):
        return value + payload
    if isinstance(value, tuple):
        return tuple(poisoned(item, payload) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        top = isinstance(value, Dossier)
        changes = {
            field.name: poisoned(getattr(value, field.name), payload)
            for field in fields(value)
            if (top or field.name not in keep) and not (isinstance(value, Event) and field.name == "place")
        }
        return replace(value, **changes)
    return value


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_values_stay_text(payload: str, page: Page) -> None:
    hostile = Page(to_html(poisoned(sample(), payload)))
    assert [tag for tag, _ in hostile.tags if tag in ("script", "style", "img", "iframe", "base")] == [
        "style",
        "script",
    ]
    assert not any(name.startswith("on") or name == "style" for _, given in hostile.tags for name in given)
    assert set(hostile.values("href")) == set(page.values("href"))
    assert not hostile.open


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_report_text_stays_text(payload: str) -> None:
    text = f"Ilva {payload} said: {payload}\r\n\nMore {payload}."
    span = Span(report="r", start=5, end=5 + len(payload))
    report = Report(id="r", uri="a.txt", text=text)
    statement = Statement(id="s", report="r", form="direct", content=(span,), cue=None, source=None, speaker=None)
    hostile = Page(to_html(Dossier(reports=(report,), statements=(statement,))))
    assert hostile.zones == text
    assert hostile.under[f"r1-5-{span.end}"] == payload
    assert [tag for tag, _ in hostile.tags if tag in ("script", "style", "img")] == ["style", "script"]


def test_policy_allows_exactly_the_blocks_of_the_page(page: Page) -> None:
    policy = next(given["content"] for _, given in page.tags if given.get("http-equiv") == "Content-Security-Policy")
    for name in ("style", "script"):
        (block,) = page.blocks[name]
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_nothing_is_loaded(html: str, page: Page) -> None:
    assert not [value for name in ("src", "srcset", "action", "data", "poster") for value in page.values(name)]
    assert all(href.startswith("#") for href in page.values("href"))
    assert set(re.findall(r"https?:[^\s\"<]*", html)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@import|url\(", html)


def test_every_link_has_its_target_and_ids_are_unique(page: Page) -> None:
    ids = page.values("id")
    assert [id for id, count in Counter(ids).items() if count > 1] == []
    assert sorted(set(page.values("href")) - {f"#{id}" for id in ids}) == []
    for attribute in ("aria-labelledby", "for"):
        assert set(page.values(attribute)) <= set(ids)


def test_every_evidence_link_leads_to_exactly_its_words(page: Page) -> None:
    texts = {str(n): text for n, text in enumerate((FIRST, SECOND, THIRD), 1)}
    links = {href for href in page.values("href") if re.match(r"#r\d", href)}
    assert len(links) > 40
    for href in links:
        number, start, end = href.removeprefix("#r").split("-")
        assert page.under[href[1:]] == texts[number][int(start) : int(end)], href


def test_reports_stand_in_full(page: Page) -> None:
    assert page.zones == FIRST + SECOND + THIRD


def test_everything_appears(page: Page) -> None:
    text = " ".join(" ".join(page.under.values()).split())
    dossier = sample()
    for event in dossier.events:
        assert event.label in text
    for actor in dossier.actors:
        assert actor.name in text
    for number, statement in enumerate(dossier.statements, 1):
        for span in statement.content:
            words = span.of(dict(zip(IDS, (FIRST, SECOND, THIRD), strict=True))[span.report])
            assert words in " ".join(page.under[f"s{number}"].split())
    for words in (
        "by Ed, 1 April 2031",
        "translation",
        "Forty-five ferries",
        "to open every pier",
        "not a text format",
        "2 independent origins",
    ):
        assert words in text


def test_spans_of_values_are_all_linked(page: Page) -> None:
    links = set(page.values("href"))
    for span in (
        at(1, "vowed"), at(1, "on Saturday"), at(3, "all piers"), at(2, "KNA reported on Monday"), at(2, "Lia Moss"),
        at(2, "on Monday"), at(1, "Prime Minister"), at(1, "Forty ferries"), at(3, "MPS"),
    ):  # fmt: skip
        assert f"#r{IDS.index(span.report) + 1}-{span.start}-{span.end}" in links


def test_same_dossier_same_bytes(html: str) -> None:
    assert to_html(sample()) == html


def test_damaged_dossier_costs_a_link_not_the_page() -> None:
    nowhere, outside = Span(report="gone", start=0, end=4), Span(report="r", start=3, end=900)
    date = Date(start="soon", end=None, granularity="day", evidence=(nowhere,))
    mention = Occurrence(span=outside)
    event = Event(id="e", label="Ilva leaves", type=None, date=date, place="nobody", mentions=(mention,))
    statement = Statement(
        id="s", report="gone", form="direct", content=(nowhere,), cue=outside, source=None, speaker="nobody"
    )
    relay = Relay(report="r", origin="nobody", kind="duplicate")
    dossier = Dossier(
        reports=(Report(id="r", uri="x", text="Ilva left\ud800 \0early."),),
        events=(event,),
        statements=(statement,),
        relays=(relay, replace(relay, report="gone", origin="r")),
    )
    html = to_html(dossier)
    assert "Ilva leaves" in html
    assert "soon" in html
    assert "Ilva left\ufffd \ufffdearly." in html


def test_empty_dossier_and_one_report_give_a_page() -> None:
    assert "0 reports" in to_html(Dossier(reports=()))
    page = Page(to_html(Dossier(reports=(Report(id="r", uri="one.txt", text="Rain fell."),))))
    assert page.zones == "Rain fell."
    assert not page.open


@pytest.mark.parametrize(
    ("start", "end", "granularity", "words"),
    [
        ("2031-03-03", "2031-03-03", "day", "3 March 2031"),
        ("2031-03-03", "2031-03-05", "day", "3–5 March 2031"),
        ("2031-03-30", "2031-04-02", "day", "30 March – 2 April 2031"),
        ("2030-12-30", "2031-01-02", "day", "30 December 2030 – 2 January 2031"),
        ("2031-03-03", "2031-03-09", "week", "week of 3 March 2031"),
        ("2031-W10", None, "week", "week of 3 March 2031"),
        ("2031-06-01", "2031-06-30", "month", "June 2031"),
        ("2031", "2031", "year", "2031"),
        ("2029", "2031", "year", "2029–2031"),
        ("2029", "2031-03-03", "day", "2029 – 3 March 2031"),
        ("2031-03-03T14:30", "2031-03-03T14:30", "time", "3 March 2031, 14:30"),
        ("2031-02-24", "2031-03-03", "bounds", "between 24 February and 3 March 2031"),
        (None, "2031-03-03", "bounds", "on or before 3 March 2031"),
        ("2031-03-03", None, "bounds", "on or after 3 March 2031"),
        (None, None, "unknown", "no date"),
        ("2031-13-40", None, "day", "2031-13-40"),
    ],
)
def test_dates_in_words(start: str | None, end: str | None, granularity: Any, words: str) -> None:
    assert dates.in_words(Date(start=start, end=end, granularity=granularity)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [("XXXX-03-03", "3 March, year not given"), ("XXXX-WXX-1", "a Monday"), ("2031-03", "March 2031"), ("odd", "odd")],
)
def test_dates_as_a_report_writes_them(value: str, words: str) -> None:
    assert dates.as_written(value) == words


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("It rained. The bridge fell at noon. Nobody was hurt.", "fell", "The bridge |fell| at noon."),
        ("The bridge fell. Nobody was hurt.", "The bridge fell", "|The bridge fell|."),
        ("Head\n\nThe bridge on Feb. 3 fell\ninto the U.S. side", "fell", "The bridge on Feb. 3 |fell|"),
        ("word " * 60 + "fell" + " word" * 60, "fell", "…" + "word " * 31 + "|fell|" + " word" * 31 + "…"),
    ],
)
def test_excerpt_is_the_sentence(text: str, words: str, expected: str) -> None:
    start = text.index(words)
    span = Span(report="r", start=start, end=start + len(words))
    found = Index(Dossier(reports=(Report(id="r", uri="", text=text),))).excerpt(span)
    assert found is not None
    assert f"{found.before}|{found.words}|{found.after}" == expected


def test_one_old_event_does_not_squeeze_the_strip() -> None:
    days = [date(2031, 3, day) for day in (1, 2, 3, 4)]
    drawn = draw([(day, "actual", "#d1") for day in [*days, date(1950, 1, 1)]], [(days[-1], 1)])
    assert drawn is not None
    assert drawn.earlier == 1
    assert len({stack.x for stack in drawn.stacks}) == 5
    assert draw([(days[0], "actual", "#d1")], [(days[0], 1)]) is None


@given(st.dates(), st.dates())
def test_strip_has_few_round_dates_in_order(one: date, other: date) -> None:
    drawn = draw([(one, "actual", "#d1"), (other, "planned", "#d2")], [(one, 1), (other, 2)])
    if drawn is None:
        assert one == other
        return
    places = [x for x, _ in drawn.ticks]
    assert len(places) <= 9
    assert places == sorted(places)
    assert all(LEFT <= x <= RIGHT for x in places)


@given(st.data())
def test_any_spans_nest_and_keep_the_text(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab \n<&\r", min_size=1, max_size=40))
    ends = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=12))
    spans = {(a, b): Mark() for a, b in pairs if a < b}
    cuts = data.draw(st.lists(ends, max_size=3))
    zones = tuple(
        Zone(span=Span(report="r", start=a, end=b), kind="body")
        for a, b in zip([0, *cuts], [*cuts, 3], strict=True)
        if a < b
    )
    open_marks: list[list[Any]] = []
    found: dict[str, str] = {}
    whole = ""
    for block in blocks(Report(id="r", uri="", text=text, zones=zones), spans, prefix="x"):
        for paragraph in block.paragraphs:
            assert not open_marks
            for token in paragraph.tokens:
                if token.kind == "open":
                    open_marks.append(["" if token.more else token.id, ""])
                elif token.kind == "close":
                    id, words = open_marks.pop()
                    assert words
                    if id:
                        assert id not in found
                        found[id] = words
                else:
                    whole += token.text
                    for mark in open_marks:
                        mark[1] += token.text
            whole += paragraph.gap
    assert whole == text
    for start, end in spans:
        if text[start:end].strip():
            assert text[start:end].startswith(found.get(f"x-{start}-{end}", "\0")) or "\n" in text[start:end]
