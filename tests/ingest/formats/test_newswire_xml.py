"""NITF and NewsML-G2: what the wires send, with its headline, people, places and two kinds of dates."""

from __future__ import annotations

import pytest
from reading import MORE, STORY, only, records

from hearsay.ingest.masthead import metadata_date

BODY = f"<block><p>{STORY}</p><media><media-caption>A wall</media-caption></media><p>{MORE}</p></block>"
NITF = f"""<nitf><head><title>wrong</title><docdata><doc-id id-string="wire-1"/><urgency ed-urg="4"/>
<date.issue norm="20310503T120000Z"/><date.release norm="20310506T120000Z"/><du-key key="WALL-OSTRA"/>
</docdata><pubdata name="The Coast Herald"/></head><body><body.head>
<hedline><hl1>Wall to rise &mdash; at <em>last</em></hl1><hl2>Council votes</hl2></hedline>
<note><p>Adds quote</p></note><byline>By <person>Ada Lund</person><byttl>Staff Writer</byttl></byline>
<distributor>Norvik News Agency</distributor>
<dateline><location>PORT OSTRA</location></dateline></body.head>
<body.content>{BODY}</body.content></body></nitf>"""


@pytest.mark.parametrize(
    "data",
    [
        NITF.encode(),
        ('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">' + NITF).encode(),
        ('<?xml version="1.0" encoding="windows-1252"?>' + NITF).encode("cp1252"),
        ('<?xml version="1.0" encoding="utf-16"?>' + NITF).encode("utf-16"),
        NITF.replace("<nitf>", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">').encode(),
    ],
    ids=["bare", "doctype", "cp1252", "utf-16", "namespace"],
)
def test_nitf_gives_headline_body_and_what_its_head_states(data: bytes) -> None:
    record = only(data, "wire.xml")
    assert record.uri == "wire-1"
    assert record.text == f"Wall to rise — at last\n\n{STORY}\n\n{MORE}"
    assert metadata_date(record.meta["date"]) == "2031-05-03"
    assert record.meta["outlet"] == "The Coast Herald"
    assert record.meta["agency"] == "Norvik News Agency"
    assert record.meta["author"] == "Ada Lund"
    kept = dict(record.extra)
    assert kept["located"] == "PORT OSTRA"
    assert kept["edNote"] == "Adds quote"
    assert kept["urgency"] == "4"
    assert kept["slugline"] == "WALL-OSTRA"


def test_letters_of_the_declared_encoding_arrive() -> None:
    head = '<?xml version="1.0" encoding="windows-1252"?>'
    data = f"{head}<nitf><body><body.content><p>“Café”</p></body.content></body></nitf>"
    assert only(data.encode("cp1252"), "w.xml").text == "“Café”"


ITEM = """<newsItem guid="urn:a" version="2" xml:lang="en-US"><itemMeta><itemClass qcode="ninat:text"/>
<provider qcode="nprov:CH"><name>The Coast Herald</name></provider>
<versionCreated>2031-05-06T10:00:00Z</versionCreated>{first}<pubStatus qcode="stat:usable"/><edNote>Recasts</edNote>
</itemMeta><contentMeta><urgency>3</urgency><located qcode="city:1"><name>Port Ostra</name></located>
<by>By Ada Lund</by><infoSource><name>Norvik News Agency</name></infoSource>
<headline role="hld:short">Wall</headline><headline>Wall to rise</headline></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
FIRST = "<firstCreated>2031-05-03T10:00:00Z</firstCreated>"
XHTML = f"""<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>no</title></head><body><p>{STORY}</p><p>{MORE}</p></body></html></inlineXML>"""
PLAIN = f'<inlineData contenttype="text/plain">{STORY}\n\n{MORE}</inlineData>'


def message(*items: str) -> str:
    inside = "".join(items)
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{inside}</itemSet></newsMessage>'


@pytest.mark.parametrize(
    "content",
    [XHTML, f"<inlineXML contenttype='application/nitf+xml'>{NITF}</inlineXML>", PLAIN],
    ids=["xhtml", "nitf", "plain"],
)
def test_newsml_carries_its_text_in_three_ways(content: str) -> None:
    record = only(message(ITEM.format(first=FIRST, content=content)), "message.txt")
    assert record.uri == "urn:a"
    assert record.text == f"Wall to rise\n\n{STORY}\n\n{MORE}"
    assert record.meta == {
        "title": "Wall to rise",
        "outlet": "The Coast Herald",
        "agency": "Norvik News Agency",
        "author": "By Ada Lund",
        "date": "2031-05-03T10:00:00Z",
        "language": "en",
    }
    kept = dict(record.extra)
    assert (kept["firstCreated"], kept["versionCreated"]) == ("2031-05-03T10:00:00Z", "2031-05-06T10:00:00Z")
    assert (kept["located"], kept["edNote"], kept["urgency"], kept["version"]) == ("Port Ostra", "Recasts", "3", "2")


def test_the_version_dates_an_item_only_where_nothing_else_does() -> None:
    assert only(message(ITEM.format(first="", content=PLAIN)), "m.xml").meta["date"] == "2031-05-06T10:00:00Z"


def test_items_without_a_text_are_named() -> None:
    picture = '<newsItem guid="urn:p"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>'
    linked = '<newsItem guid="urn:l"><contentSet><remoteContent href="x"/></contentSet></newsItem>'
    package = '<packageItem guid="urn:k"><itemMeta/></packageItem>'
    text = ITEM.format(first=FIRST, content=PLAIN)
    found, refused = records(message(picture, text, linked, package), "m.xml")
    assert [record.uri for record in found] == ["urn:a"]
    assert sorted(refused) == ["urn:k", "urn:l", "urn:p"]
    assert "picture" in refused["urn:p"]


def test_newsml_1_gives_its_text() -> None:
    record = only(
        "<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:old</PublicIdentifier>"
        "</NewsIdentifier></Identification><NewsManagement><FirstCreated>20310503T090000Z</FirstCreated>"
        "<ThisRevisionCreated>20310506T090000Z</ThisRevisionCreated></NewsManagement><NewsComponent><NewsLines>"
        "<HeadLine>Wall to rise</HeadLine><ByLine>Ada Lund</ByLine></NewsLines><ContentItem><DataContent>"
        f"<html><body><p>{STORY}</p></body></html></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
        "old.xml",
    )
    assert (record.uri, record.text) == ("urn:old", f"Wall to rise\n\n{STORY}")
    assert metadata_date(record.meta["date"]) == "2031-05-03"
