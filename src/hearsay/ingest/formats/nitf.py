"""NITF, the XML of news texts: one file is one report.

In come the bytes of a file, or the `nitf` element inside another format, out comes a record: headline, blank line, body
content. Byline, dates, publication, wire and notes are stated values; tables of media and captions are no body.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hearsay.ingest import names
from hearsay.ingest.formats.fields import compose
from hearsay.ingest.formats.markup import fragment_text
from hearsay.ingest.record import Record
from hearsay.ingest.xml import inner_xml, parse, text_of

MEDIA_TYPE = "application/nitf+xml"


def is_nitf(_data: bytes, suffix: str) -> bool:
    """Told by its first tag."""
    return suffix == ".nitf"


def nitf(data: bytes, uri: str) -> Iterator[Record]:
    """The file as one record. Raises ReportError where it is no sound XML or has no text."""
    root = parse(data)
    head = stated(root)
    meta = {key: head[key] for key in ("outlet", "agency", "author", "date", "language") if head.get(key)}
    yield compose(
        uri=head.get("id") or uri,
        media_type=MEDIA_TYPE,
        title=head.get("title", ""),
        body=body_text(root),
        meta=meta,
        extra=((key, value) for key, value in head.items() if key not in {*meta, "title", "id"}),
    )


def body_text(root: Element) -> str:
    """The paragraphs of the body content, and the tagline under them."""
    content = root.find(".//body.content")
    if content is None:
        content = root.find("body")
    parts = [content, root.find(".//body.end/tagline")] if content is not None else []
    return "\n\n".join(filter(None, (fragment_text(inner_xml(part)) for part in parts if part is not None)))


def stated(root: Element) -> dict[str, str]:
    """What the head and the body's head state: fields of a report, and what is kept beside them."""

    def at(path: str, name: str) -> str:
        found = root.find(path)
        return (found.get(name) or "").strip() if found is not None else ""

    def within(path: str) -> str:
        return text_of(root.find(path))

    issued = at(".//docdata/date.issue", "norm") or at(".//pubdata", "date.publication")
    released = at(".//docdata/date.release", "norm")
    filed = at(".//body.head/dateline/story.date", "norm")
    values = {
        "id": at(".//docdata/doc-id", "id-string"),
        "title": within(".//body.head/hedline/hl1") or within(".//body.head/hedline") or within("head/title"),
        "subtitle": within(".//body.head/hedline/hl2"),
        "outlet": at(".//pubdata", "name"),
        "author": byline(root),
        "date": issued or filed or released,
        "released": released,
        "language": root.get("lang") or "",
        "dateline": within(".//body.head/dateline"),
        "located": within(".//body.head/dateline/location"),
        "urgency": at(".//docdata/urgency", "ed-urg"),
        "slugline": at(".//docdata/du-key", "key") or at(".//fixture", "fix-id"),
        "edNote": "; ".join(filter(None, (at(".//docdata/ed-msg", "info"), within(".//body.head/note")))),
        "copyright": at(".//docdata/doc.copyright", "holder") or within(".//body.head/rights"),
        "abstract": within(".//body.head/abstract"),
        "series": at(".//docdata/series", "series.name"),
    }
    distributor = within(".//body.head/distributor") or at(".//doc-id", "regsrc")
    wire = names.known(distributor)
    values["agency" if (wire and wire.is_wire) or names.wire_like(distributor) else "distributor"] = distributor
    return {key: value for key, value in values.items() if value}


def byline(root: Element) -> str:
    """The names of the byline without their titles: what the persons' tags hold, else the words beside the titles."""
    found = []
    for line in root.iterfind(".//body.head/byline"):
        people = [text_of(person) for person in line.iter("person")]
        beside = " ".join(f"{line.text or ''} {' '.join(child.tail or '' for child in line)}".split()).strip(" ,")
        found.append("; ".join(filter(None, people)) or beside)
    return "; ".join(filter(None, found))
