"""Saved pages: the whole story and nothing else, what the page states about itself, and pages made to do harm."""

from __future__ import annotations

import json
import textwrap
import time
from typing import Any

import pytest

from hearsay.errors import ReportError
from hearsay.ingest import report_of
from hearsay.ingest.formats.html import html, is_html
from hearsay.ingest.record import Record

STORY = (
    "PORT OSTRA, March 4 (Norvik News) — The council said on Monday that it would rebuild the harbour wall.",
    "He denied it.",
    "“We will not wait,” Mayor Ada Lund told reporters at the quay, adding that the money had been set aside.",
    "The harbour board, which owns the wall, agreed on the plan last week after a long quarrel.",
    "Opposition councillor Per Holm said: “It is too little, too late.”",
    "Lund said.",
)


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def article(head: str = "", *, above: str = "<h1>Council to rebuild wall</h1>") -> bytes:
    return page(f"<article>{above}{paragraphs(*STORY)}</article>", head)


def read(data: bytes) -> Record:
    (record,) = html(data, "page.html")
    assert isinstance(record, Record)
    return record


def poll(record: Record) -> list[dict[str, Any]]:
    return list(json.loads(dict(record.extra)["votes"]))


def linked(**keys: object) -> str:
    body = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **keys})
    return f'<script type="application/ld+json">{body}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


# -- the text ----------------------------------------------------------------------------------------------------------


def test_the_text_is_the_headline_a_blank_line_and_every_paragraph_of_the_story() -> None:
    frame = (
        "<header><nav><a href=/>Home</a><a href=/w>World</a></nav></header>{}"
        "<section id=comments><p>Reader: lies, all lies, I never believed a word.</p></section>"
        "<footer><p>© 2031 Ostra Herald. All rights reserved.</p></footer>"
    )
    record = read(page(frame.format(f"<main><article><h1>Wall to rise</h1>{paragraphs(*STORY)}</article></main>")))
    assert record.text == "Wall to rise\n\n" + "\n".join(STORY)
    assert record.text[: record.title] == "Wall to rise"


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ('<blockquote><p>The board wrote: "No."</p></blockquote>', 'The board wrote: "No."'),
        (
            "<div>The cost in a bare div is put at 40 million crowns by the board.</div>",
            "The cost in a bare div is put",
        ),
        ("One line about the ships.<br><br>Another about the ferries.", "Another about the ferries."),
        ("<h2>What comes next</h2><ul><li>Drilling starts in May.</li></ul>", "Drilling starts in May."),
        ('<p class="article-comment">The minister had no comment.</p>', "The minister had no comment."),
        ("<table><tr><td>2031</td><td>10 million</td></tr></table>", "2031 | 10 million"),
        ("<p>A &lsquo;wall&rsquo; &amp; a\u00a0<b>pi</b>er</p>", "A ‘wall’ & a pier"),
    ],
)
def test_no_part_of_the_story_is_lost(inside: str, line: str) -> None:
    body = f"<article><h1>Wall</h1>{paragraphs(*STORY[:3])}{inside}{paragraphs(*STORY[3:])}</article>"
    assert line in read(page(body)).text


HEADLINE = "Council to rebuild wall"
LAYOUTS = {
    "preformatted": f"<title>{HEADLINE}</title><pre>{HEADLINE}\n\n"
    + "\n".join(textwrap.fill(text, 60, initial_indent="   ") for text in STORY)
    + "</pre>",
    "breaks in a table": f"<table><tr><td><a href=1>Home</a></td><td><b>{HEADLINE}</b><br>{'<br><br>'.join(STORY)}"
    "<td>Sport</table>",
    "plain divisions": f"<div>{HEADLINE}</div>" + "".join(f"<div class=par>{text}</div>" for text in STORY),
    "spans": f"<article><h1>{HEADLINE}</h1>" + "".join(f"<span>{text}</span><br/>" for text in STORY) + "</article>",
    "tags never closed": f"<h1>{HEADLINE}</h1><p>" + "<p>".join(STORY),
    "a page in a form": f"<form><h1>{HEADLINE}</h1>{paragraphs(*STORY)}</form>",
    "posts of a live page": f"<main><h1>{HEADLINE}</h1>"
    + "".join(f"<div class=post><time>10:00</time><p>{text}</p></div>" for text in STORY),
    "another article below": f"<article><h1>{HEADLINE}</h1>{paragraphs(*STORY)}</article>"
    "<article><h2>Ferries wait</h2><p>Ferries waited at the port for the third day, the board said.</p></article>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_story_is_found_in_every_layout(layout: str) -> None:
    lines = read(page(LAYOUTS[layout])).text.split("\n")
    assert [line for line in lines if line in STORY] == list(STORY)
    assert lines.count(HEADLINE) == 1


@pytest.mark.parametrize("name", ["comment", "related", "social-share", "promo", "newsletter", "byline", "paywall"])
@pytest.mark.parametrize("place", [0, 2, 5])
def test_a_paragraph_of_the_story_is_kept_whatever_its_class_is_called(name: str, place: int) -> None:
    body = "".join(f'<p class="{name}">{text}</p>' if i == place else f"<p>{text}</p>" for i, text in enumerate(STORY))
    lines = read(page(f"<article><h1>Wall</h1>{body}</article>")).text.split("\n")
    assert [line for line in lines if line in STORY] == list(STORY)


def test_scripts_styles_and_comments_are_no_text() -> None:
    traps = "<script>var story = 'The mayor fled.';</script><style>p {}</style><!-- The mayor fled. -->"
    assert "fled" not in read(page(f"<article>{traps}{paragraphs(*STORY)}</article>")).text


def test_every_paragraph_leads_back_to_its_element() -> None:
    record = read(article())
    places = json.loads(dict(record.extra)["elements"])
    lines = {record.text[start:].split("\n", 1)[0]: path for start, path in places}
    assert lines[STORY[0]] == "/html/body/article/p"
    assert lines[STORY[4]] == "/html/body/article/p[5]"
    assert len(lines) == len(STORY)


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("utf-8", "utf-8"), ("cp1252", "iso-8859-1"), ("cp1251", "windows-1251"), ("utf-16", ""), ("utf-8-sig", "latin1")],
)
def test_the_page_is_decoded_as_its_bytes_and_its_declaration_say(charset: str, declared: str) -> None:
    words = "Мэр Порта сказал, что стена будет." if charset == "cp1251" else "Le maire a dit « déjà vu » à l’été."
    body = (
        f"<html><head><meta charset='{declared}'></head><body><article>{paragraphs(words * 3)}</article></body></html>"
    )
    assert words in read(body.encode(charset)).text


def test_mojibake_is_repaired_in_the_story_and_in_what_the_page_states() -> None:
    wrong = [
        text.encode().decode("cp1252", "replace") for text in ("été à Ostra", "Le maire a dit “non” à l’été. " * 4)
    ]
    record = read(page(f"<article><h1>{wrong[0]}</h1><p>{wrong[1]}</p>{paragraphs(*STORY)}</article>"))
    assert record.text.startswith("été à Ostra\n\n")
    assert record.meta["title"] == "été à Ostra"


def test_an_export_of_a_database_gives_its_articles() -> None:
    cells = {"HD": "Wall to rise", "WC": "12 words", "PD": "4 March 2031", "SN": "Norvik News", "LP": STORY[0]}
    cells["TD"], cells["AN"] = paragraphs(*STORY[1:3]), "Document NORVN00020310304en3400abc"
    rows = "".join(f"<tr><td><b>{code}</b>&nbsp;</td><td>{value}</td></tr>" for code, value in cells.items())
    other = "<p>Ferries wait</p><p>12 words</p><p>3 March 2031</p><p>Mill Post</p><p>(c) 2031 Mill Post</p>"
    plain = f"{other}<p>{STORY[3]}</p><p>Document MILLP00020310303en3300def</p>"
    (record,) = html(page(f"<table>{rows}</table>"), "export.html")
    assert isinstance(record, Record)
    assert record.uri == "NORVN00020310304en3400abc"
    assert record.text.split("\n")[0] == "Wall to rise"
    assert all(text in record.text for text in STORY[:3])
    (record,) = html(page(plain), "export.html")
    assert isinstance(record, Record)
    assert record.text == f"Ferries wait\n\n{STORY[3]}"


def test_a_page_without_a_story_is_refused() -> None:
    with pytest.raises(ReportError, match="no story"):
        read(page(""))


# -- what the page states ----------------------------------------------------------------------------------------------


def test_json_ld_states_headline_date_writer_and_publisher() -> None:
    head = linked(
        headline="Council to rebuild wall",
        datePublished="2031-03-04T10:15:00+01:00",
        dateModified="2031-03-09T08:00:00Z",
        author=[{"@type": "Person", "name": "Ada Quill"}, {"@type": "Person", "name": "Per Moss"}],
        publisher={"@type": "Organization", "name": "Ostra Herald"},
        isBasedOn="https://norvik.example/dispatch/7",
    )
    record = read(article(head))
    assert record.meta == {
        "title": "Council to rebuild wall",
        "date": "2031-03-04",
        "author": "Ada Quill; Per Moss",
        "outlet": "Ostra Herald",
    }
    votes = {vote["field"]: vote for vote in poll(record)}
    assert votes["modified"]["value"] == "2031-03-09"
    assert not votes["modified"]["won"]
    assert votes["based_on"]["value"] == "https://norvik.example/dispatch/7"


def test_json_ld_may_be_a_graph_and_broken_json_ld_costs_nothing() -> None:
    graph = {"@graph": [{"@type": "WebPage", "name": "x"}, {"@type": ["Article"], "datePublished": "2031-03-04"}]}
    scripts = '<script type="application/ld+json">{"@type": </script>'
    scripts += f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert read(article(scripts)).meta["date"] == "2031-03-04"


@pytest.mark.parametrize(
    ("head", "date"),
    [
        (meta("article:published_time", "2031-03-04T10:15:00Z"), "2031-03-04"),
        (meta("article:modified_time", "2031-03-09T10:15:00Z"), None),
        (meta("article:modified_time", "2031-03-09") + meta("article:published_time", "2031-03-04"), "2031-03-04"),
        ('<link rel="canonical" href="https://herald.example/2031/03/04/wall">', "2031-03-04"),
        ('<link rel="canonical" href="https://herald.example/news/20310304-wall.html">', "2031-03-04"),
        (meta("article:published_time", "1970-01-01T00:00:00Z"), None),
        (meta("article:published_time", "soon"), None),
        (meta("og:url", "https://herald.example/2031/03/09/") + linked(datePublished="2031-03-04"), "2031-03-04"),
    ],
)
def test_the_day_of_publication_is_neither_that_of_a_change_nor_an_empty_one(head: str, date: str | None) -> None:
    assert read(article(head)).meta.get("date") == date


def test_the_day_a_browser_saved_the_page_is_not_the_day_of_publication() -> None:
    mark = "<!--\n Page saved with SingleFile\n url: https://herald.example/wall\n saved date: Mon Mar 10 2031\n-->"
    record = read(article().replace(b"<head>", f"<head>{mark}".encode()))
    assert "date" not in record.meta
    assert dict(record.extra)["url"] == "https://herald.example/wall"
    assert [vote["field"] for vote in poll(record) if vote["where"] == "saved page"] == ["url", "crawled"]


@pytest.mark.parametrize(
    ("head", "author", "agency"),
    [
        (meta("author", "By Ada Quill"), "Ada Quill", None),
        (meta("author", "Reuters"), None, "Reuters"),
        (meta("author", "Ada Quill and Per Moss, AFP"), "Ada Quill; Per Moss", "Agence France-Presse"),
        (meta("author", "admin"), None, None),
        (meta("author", "Staff Reporter"), None, None),
        (meta("author", "https://facebook.com/herald"), None, None),
        (meta("author", "Publié le 4 mars"), None, None),
        (meta("og:site_name", "Mill Post") + meta("author", "Mill Post"), None, None),
        (meta("author", "Ada Quill, Ostra Herald"), "Ada Quill", None),
    ],
)
def test_writers_are_people_and_wires_are_agencies(head: str, author: str | None, agency: str | None) -> None:
    record = read(article(head))
    assert (record.meta.get("author"), record.meta.get("agency")) == (author, agency)


@pytest.mark.parametrize(
    "head",
    [
        "<title>Council to rebuild wall | Mill Post</title>" + meta("og:site_name", "Mill Post"),
        meta("og:title", "Council to rebuild wall - Mill Post") + meta("og:site_name", "Mill Post"),
        "<title>Mill Post</title>",
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_headline(head: str) -> None:
    record = read(article(head))
    assert record.text[: record.title] == "Council to rebuild wall"
    assert record.text.count("Council to rebuild wall") == 1


def test_the_headline_that_readers_saw_goes_before_the_one_for_search_engines() -> None:
    head = linked(headline="Harbour wall: all you need") + meta("og:title", "Harbour wall: all you need")
    record = read(article(head))
    assert record.text.startswith(f"Council to rebuild wall\n\n{STORY[0]}")
    assert {"Harbour wall: all you need"} == {vote["value"] for vote in poll(record) if not vote["won"]}


def test_a_logo_in_a_heading_is_not_the_headline() -> None:
    head = meta("og:site_name", "Mill Post") + meta("og:title", "Council to rebuild wall")
    assert read(article(head, above="<h1>Mill Post</h1>")).meta["title"] == "Council to rebuild wall"


def test_the_page_becomes_a_report_with_its_dateline() -> None:
    report = report_of(read(article(linked(headline="Council to rebuild wall", datePublished="2031-03-04"))))
    assert report.headline is not None
    assert report.headline.value == "Council to rebuild wall"
    assert report.published is not None
    assert report.published.value == "2031-03-04"
    assert report.dateline is not None
    assert report.dateline.place is not None
    assert report.dateline.place.value == "Port Ostra"


def test_pages_are_told_by_their_markup() -> None:
    assert is_html(article(), "")
    assert is_html(b"Some words <br> and more", ".htm")
    assert not is_html(b"PORT OSTRA, March 4 -- Sales rose <5 percent.", ".txt")


# -- pages made to do harm ---------------------------------------------------------------------------------------------

LONG = paragraphs(*STORY)
HOSTILE = {
    "a million rows": f"<table>{'<tr><td>a' * 1_000_000}</table>",
    "columns without end": "<table><tr><td colspan=1000000000 rowspan=99999999>a</td></tr></table>",
    "levels without end": "<div>" * 100_000,
    "tags never closed": "<b><i><p>" * 20_000,
    "one long attribute": f"<p title='{'x' * 15_000_000}'>x</p>",
    "many attributes": "<p " + " ".join(f"a{i}=1" for i in range(60_000)) + ">x</p>",
    "a comment never closed": "<!--" * 200_000,
    "angle brackets": "<" * 3_000_000,
    "entities": "&amp;&#60;" * 400_000,
    "many links": "".join(f"<a href=/{i}>a {i} said.</a> " for i in range(70_000)),
    "deep JSON-LD": f'<script type="application/ld+json">{"[" * 100_000}</script>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_or_refused_in_time_and_the_next_is_read(name: str) -> None:
    began = time.monotonic()
    try:
        assert STORY[0] in read(page(f"<article>{LONG}{HOSTILE[name]}</article>")).text
    except ReportError as error:
        assert any(word in str(error) for word in ("tags", "levels", "seconds", "story"))
    assert time.monotonic() - began < 10
    assert STORY[0] in read(article()).text


def test_nothing_outside_the_page_is_read() -> None:
    entity = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    data = article().replace(b"<!DOCTYPE html>", entity).replace(b"He denied it.", b"He denied &x; it.")
    assert "He denied &x; it." in read(data).text
