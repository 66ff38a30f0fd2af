"""JSON as services and databases give it: reports deep inside an answer, by many names; and IPTC ninjs."""

from __future__ import annotations

import json

import pytest
from reading import MORE, STORY, only, records

from hearsay.settings import Settings


def test_reports_are_found_inside_an_answer() -> None:
    article = {
        "source": {"id": None, "name": "Harbour Post"},
        "author": "Ada Lund",
        "title": "Wall to rise",
        "description": "short",
        "url": "https://x.example/a",
        "publishedAt": "2031-05-03T10:00:00Z",
        "content": STORY,
    }
    answer = {"status": "ok", "description": "a search", "articles": [article, {"title": "none"}]}
    found, refused = records(json.dumps(answer), "answer.json")
    (record,) = found
    assert record.uri == "https://x.example/a"
    assert record.text == f"Wall to rise\n\n{STORY}"
    assert record.meta == {
        "title": "Wall to rise",
        "outlet": "Harbour Post",
        "author": "Ada Lund",
        "date": "2031-05-03T10:00:00Z",
    }
    assert list(refused) == ["answer.json:2"]


@pytest.mark.parametrize(
    "document",
    [
        {"hits": {"total": 1, "hits": [{"_id": "1", "_source": {"body": STORY}}]}},
        {"response": {"docs": [{"text": STORY}]}},
        {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{"content_text": STORY}]},
        {"data": {"article": {"paragraphs": 3, "text": [STORY]}}},
        [[{"text": STORY}]],
    ],
)
def test_many_wrappings_hold_one_report(document: object) -> None:
    assert [record.text for record in records(json.dumps(document), "x.json")[0]] == [STORY]


def test_what_stands_around_a_nested_text_belongs_to_it() -> None:
    found = {
        "webTitle": "Wall &#8217;to&#8217; rise",
        "webPublicationDate": "2031-05-03",
        "webUrl": "https://x.example/1",
        "fields": {"bodyText": STORY, "byline": "Ada Lund"},
    }
    post = {
        "link": "https://x.example/1",
        "date": "2031-05-03",
        "title": {"rendered": "Wall &#8217;to&#8217; rise"},
        "content": {"rendered": f"<p>{STORY}</p>", "protected": False},
        "author": {"name": "Ada Lund"},
    }
    linked = {
        "@graph": [
            {
                "@type": "NewsArticle",
                "url": "https://x.example/1",
                "headline": "Wall ’to’ rise",
                "articleBody": STORY,
                "datePublished": "2031-05-03",
                "author": [{"@type": "Person", "name": "Ada Lund"}],
            }
        ]
    }
    for document in ({"response": {"total": 1, "results": [found]}}, [post], linked):
        record = only(json.dumps(document), "x.json")
        assert record.uri == "https://x.example/1"
        assert record.text == f"Wall ’to’ rise\n\n{STORY}"
        assert record.meta == {"title": "Wall ’to’ rise", "author": "Ada Lund", "date": "2031-05-03"}


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ({"type": "FeatureCollection", "features": [{"properties": {"description": STORY}}]}, "GeoJSON"),
        ({"version": 3, "names": ["a"]}, "no object with a text"),
        ([], "no object with a text"),
        ("text", "no object with a text"),
    ],
)
def test_documents_without_reports_are_refused(document: object, why: str) -> None:
    assert why in records(json.dumps(document), "x.json")[1].get("x.json", "text only") or document == "text"


def test_names_are_mapped_in_lines_as_well() -> None:
    lines = "\n".join(json.dumps({"kop": "Wall", "stuk": text}) for text in (STORY, MORE))
    found, _ = records(lines, "x.jsonl", Settings(columns=(("title", "kop"), ("text", "stuk"))))
    assert [record.text for record in found] == [f"Wall\n\n{STORY}", f"Wall\n\n{MORE}"]


def test_seconds_since_1970_are_a_day() -> None:
    assert only(json.dumps({"text": STORY, "published": 1935500000}), "x.json").meta["date"].startswith("2031-05-02")
    assert only(json.dumps({"text": STORY, "date": "1935500000000"}), "x.json").meta["date"].startswith("2031-05-02")


# -- ninjs -------------------------------------------------------------------------------------------------------------

FIRST = {
    "uri": "http://wire.example/1",
    "type": "text",
    "firstcreated": "2031-05-03T09:00:00Z",
    "versioncreated": "2031-05-06T10:00:00Z",
    "headline": "Wall to rise",
    "byline": "By Ada Lund",
    "body_xhtml": f"<p>{STORY}</p>\n<p>{MORE}</p>",
    "located": "Port Ostra",
    "urgency": 3,
    "language": "en-GB",
    "infosource": [{"name": "Norvik News Agency"}],
    "ednote": "Adds quote",
    "renditions": {"small": {"href": "x.jpg"}},
    "associations": {"picture": {"uri": "p", "type": "picture", "headline": "A wall", "body_text": "caption"}},
}
SECOND = {
    "uri": "http://wire.example/1",
    "standard": {"name": "ninjs", "version": "2.0"},
    "firstcreated": "2031-05-03T09:00:00Z",
    "versioncreated": "2031-05-06T10:00:00Z",
    "headlines": [{"role": "short", "value": "Wall"}, {"role": "main", "value": "Wall to rise"}],
    "bodies": [
        {"role": "html", "contenttype": "text/html", "value": "<p>not this</p>"},
        {"role": "plain", "contenttype": "text/plain", "value": f"{STORY}\n\n{MORE}"},
    ],
    "by": "By Ada Lund",
    "infosources": [{"name": "Norvik News Agency"}],
}
THIRD = {
    "uri": "http://wire.example/1",
    "firstCreated": "2031-05-03T09:00:00Z",
    "versionCreated": "2031-05-06T10:00:00Z",
    "headlines": [{"value": "Wall to rise"}],
    "bodies": [{"contentType": "text/html", "value": f"<section><p>{STORY}</p><p>{MORE}</p></section>"}],
    "by": "By Ada Lund",
    "copyrightHolder": "Norvik News Agency",
}


@pytest.mark.parametrize("item", [FIRST, SECOND, THIRD], ids=["1", "2", "3"])
def test_all_generations_of_ninjs_give_the_same_report(item: dict[str, object]) -> None:
    record = only(json.dumps(item), "item.txt")
    assert record.uri == "http://wire.example/1"
    assert record.text == f"Wall to rise\n\n{STORY}\n\n{MORE}"
    stated = {name: record.meta[name] for name in ("title", "outlet", "agency", "author", "date")}
    assert stated == {
        "title": "Wall to rise",
        "outlet": "Norvik News Agency",
        "agency": "Norvik News Agency",
        "author": "By Ada Lund",
        "date": "2031-05-03T09:00:00Z",
    }
    kept = {name.lower(): value for name, value in record.extra}
    assert kept["firstcreated"] == "2031-05-03T09:00:00Z"
    assert kept["versioncreated"] == "2031-05-06T10:00:00Z"
    assert "renditions" not in kept


def test_the_version_dates_an_item_only_where_nothing_else_does() -> None:
    item = {key: value for key, value in FIRST.items() if key != "firstcreated"}
    assert only(json.dumps(item), "item.json").meta["date"] == "2031-05-06T10:00:00Z"


def test_a_picture_is_named_and_the_others_are_read() -> None:
    picture = {"uri": "p", "type": "picture", "versioncreated": "2031", "pubstatus": "usable"}
    found, refused = records(json.dumps([FIRST, picture]), "items.json")
    assert [record.uri for record in found] == ["http://wire.example/1"]
    assert "picture" in refused["items.json:2"]
