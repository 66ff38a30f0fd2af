"""Saved feeds: one entry, one report, with the dates and names that the entry states."""

from __future__ import annotations

import pytest
from reading import MORE, STORY, only, records

from hearsay.ingest.masthead import metadata_date

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Coast Herald - World</title><link>https://h.example</link><language>en-gb</language>
<lastBuildDate>Mon, 05 May 2031 10:00:00 GMT</lastBuildDate>
<item><title>Wall to rise &amp;amp; stand</title><link>https://h.example/1</link><guid>g1</guid>
<pubDate>Sat, 03 May 2031 10:00:00 GMT</pubDate><dc:creator>Ada Lund</dc:creator>
<description>short</description>
<content:encoded><![CDATA[<p>{STORY}</p><figure><img src="x"/><figcaption>A wall</figcaption></figure>
<p>{MORE}</p><script>track()</script>]]></content:encoded></item>
<item><title>Only a title</title><link>https://h.example/2</link></item>
<item><title>Plain</title><link>https://h.example/3</link><description>{STORY}</description></item>
</channel></rss>"""


def test_rss_entries_are_reports() -> None:
    found, refused = records(RSS, "feed.txt")
    first, plain = found
    assert first.uri == "https://h.example/1"
    assert first.media_type == "application/rss+xml"
    assert first.text == f"Wall to rise & stand\n\n{STORY}\n\n{MORE}"
    assert first.text[: first.title] == "Wall to rise & stand"
    assert first.meta["outlet"] == "The Coast Herald"
    assert first.meta["author"] == "Ada Lund"
    assert first.meta["language"] == "en"
    assert metadata_date(first.meta["date"]) == "2031-05-03"
    assert plain.text == f"Plain\n\n{STORY}"
    assert "date" not in plain.meta  # the day the feed was built is not the day of the report
    assert "only its title" in refused["https://h.example/2"]


def test_atom_publication_goes_before_the_day_of_a_change() -> None:
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Latest news</title>
    <entry><id>urn:1</id><title type="html">&lt;b&gt;Wall&lt;/b&gt; to rise</title>
    <updated>2031-05-06T00:00:00Z</updated><published>2031-05-03T00:00:00Z</published>
    <author><name>Bo Ek</name></author><source><title>Harbour Post</title></source>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p></div></content></entry>
    <entry><id>urn:2</id><title>Two</title><updated>2031-05-06T00:00:00Z</updated><summary>{MORE}</summary></entry>
    </feed>"""
    first, second = records(feed, "saved.xml")[0]
    assert first.text == f"Wall to rise\n\n{STORY}"
    assert first.media_type == "application/atom+xml"
    assert (first.meta["date"], first.meta["outlet"]) == ("2031-05-03T00:00:00Z", "Harbour Post")
    assert dict(first.extra)["updated"] == "2031-05-06T00:00:00Z"
    assert second.meta["date"] == "2031-05-06T00:00:00Z"
    assert "outlet" not in second.meta


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    assert STORY in records(RSS.replace("&amp;amp;", "&").replace("</channel></rss>", ""), "feed.xml")[0][0].text


@pytest.mark.parametrize("head", ['<!DOCTYPE rss PUBLIC "-//Old//DTD RSS 0.91//EN" "http://x.example/rss.dtd">', ""])
def test_a_document_type_elsewhere_is_passed_over(head: str) -> None:
    feed = f"<?xml version='1.0'?>{head}<rss version='0.91'><channel><item><title>A</title>"
    assert only(f"{feed}<description>{STORY}</description></item></channel></rss>", "f.rss").text == f"A\n\n{STORY}"


def test_a_name_of_a_file_in_a_feeds_place_is_not_opened() -> None:
    assert records("<rss>file:///etc/hostname</rss>", "f.rss") == (
        [],
        {"f.rss": "is a feed without entries, or a damaged one; save it again"},
    )
