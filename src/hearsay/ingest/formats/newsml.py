"""NewsML-G2 items and messages, and the texts inside NewsML 1: every text item is a report.

In come the bytes of a file, out comes a record for each news item that carries its text inline (NITF, XHTML or plain).
The first creation dates a report; the creation of this version serves only where nothing else does, and both are kept.
Items without a text of their own (pictures, packages, plans) are named as skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hearsay.errors import ReportError
from hearsay.ingest import names
from hearsay.ingest.formats import nitf
from hearsay.ingest.formats.fields import compose
from hearsay.ingest.formats.markup import fragment_text
from hearsay.ingest.record import Record
from hearsay.ingest.xml import inner_xml, parse, text_of
from hearsay.model import Skipped

MEDIA_TYPE = "application/vnd.iptc.g2.newsitem+xml"
_FIELDS = ("title", "outlet", "agency", "author", "date", "language")


def is_newsml(_data: bytes, suffix: str) -> bool:
    """Told by its first tag."""
    return suffix == ".newsml"


def newsml(data: bytes, uri: str) -> Iterator[Record | Skipped]:
    """One record or refusal an item. Raises ReportError where the file is no sound XML or holds no item."""
    root = parse(data)
    tags = ("NewsItem",) if root.tag == "NewsML" else ("newsItem", "packageItem", "planningItem", "conceptItem")
    items = [element for tag in tags for element in root.iter(tag)]
    if not items:
        raise ReportError("holds no news item")
    for number, item in enumerate(items, 1):
        address = _address(item) or (uri if len(items) == 1 else f"{uri}:{number}")
        try:
            yield _old_item(item, address) if root.tag == "NewsML" else _item(item, address)
        except ReportError as error:
            yield Skipped(uri=address, why=str(error))


def _address(item: Element) -> str:
    return (item.get("guid") or text_of(item.find("Identification/NewsIdentifier/PublicIdentifier"))).strip()


def _item(item: Element, address: str) -> Record:
    """One item of NewsML-G2. Raises ReportError where it has no text."""
    kind = _named(item.find("itemMeta/itemClass")).rpartition(":")[2]
    if item.tag != "newsItem" or kind not in ("", "text"):
        raise ReportError(f"is a {kind or item.tag} item, which has no text of its own")
    body, inner = _inline(item)
    if not body:
        raise ReportError("has no text inside the item; only links to it")
    values = {**{f"nitf:{key}": value for key, value in inner.items() if key not in _FIELDS}, **_stated(item)}
    for field in _FIELDS:
        if not values.get(field) and inner.get(field):
            values[field] = inner[field]
    return _record(values, body, address)


def _record(values: dict[str, str], body: str, address: str) -> Record:
    return compose(
        uri=address,
        media_type=MEDIA_TYPE,
        title=values.get("title", ""),
        body=body,
        meta={field: values[field] for field in _FIELDS[1:] if values.get(field)},
        extra=((key, value) for key, value in values.items() if key not in _FIELDS),
    )


def _inline(item: Element) -> tuple[str, dict[str, str]]:
    """The text that the item carries, and what an NITF inside states."""
    for content in item.iterfind("contentSet/inlineXML"):
        article = content.find(".//nitf")
        if article is not None:
            return nitf.body_text(article), nitf.stated(article)
        page = content.find(".//body")
        text = fragment_text(inner_xml(content if page is None else page))
        if text:
            return text, {}
    for content in item.iterfind("contentSet/inlineData"):
        text = "".join(content.itertext())
        if text.strip():
            return (fragment_text(text) if "html" in (content.get("contenttype") or "") else text.strip()), {}
    return "", {}


def _stated(item: Element) -> dict[str, str]:
    """What the item's metadata state: fields of a report, and what is kept beside them."""

    def within(path: str) -> str:
        return text_of(item.find(path))

    def named(path: str) -> str:
        return "; ".join(dict.fromkeys(filter(None, map(_named, item.iterfind(path)))))

    first, version = within("itemMeta/firstCreated"), within("itemMeta/versionCreated")
    created = within("contentMeta/contentCreated")
    language = item.find("contentMeta/language")
    headlines = sorted(item.iterfind("contentMeta/headline"), key=lambda one: one.get("role") not in (None, "hld:main"))
    values = {
        "title": text_of(headlines[0]) if headlines else within("itemMeta/title"),
        "outlet": named("itemMeta/provider"),
        "author": within("contentMeta/by") or named("contentMeta/creator"),
        "date": first or created or version,
        "language": (language.get("tag") if language is not None else None) or item.get("lang") or "",
        "firstCreated": first,
        "versionCreated": version,
        "contentCreated": created,
        "contentModified": within("contentMeta/contentModified"),
        "version": item.get("version") or "",
        "pubStatus": named("itemMeta/pubStatus"),
        "embargoed": within("itemMeta/embargoed"),
        "edNote": "; ".join(filter(None, map(text_of, item.iterfind("itemMeta/edNote")))),
        "signal": named("itemMeta/signal"),
        "located": named("contentMeta/located"),
        "dateline": within("contentMeta/dateline"),
        "slugline": within("contentMeta/slugline"),
        "urgency": within("contentMeta/urgency"),
        "creditline": within("contentMeta/creditline"),
        "copyrightHolder": named("rightsInfo/copyrightHolder"),
    }
    sources = named("contentMeta/infoSource")
    wire = next((name for name in (*sources.split("; "), values["creditline"]) if _is_wire(name)), "")
    return {key: value for key, value in {**values, "infoSource": sources, "agency": wire}.items() if value}


def _named(element: Element | None) -> str:
    """What an element refers to: its name, else its literal, else the code behind its prefix."""
    if element is None:
        return ""
    name = next(element.iter("name"), None)
    code = (element.get("qcode") or "").rpartition(":")[2]
    return text_of(name) or (element.get("literal") or "").strip() or code or text_of(element)


def _is_wire(name: str) -> bool:
    medium = names.known(name)
    return medium.is_wire if medium else names.wire_like(name)


def _old_item(item: Element, address: str) -> Record:
    """One item of NewsML 1. Raises ReportError where it has no text."""

    def within(path: str) -> str:
        return text_of(item.find(path))

    data = item.find(".//ContentItem/DataContent")
    article = data.find(".//nitf") if data is not None else None
    page = data.find(".//body") if data is not None else None
    inner = nitf.stated(article) if article is not None else {}
    if article is not None:
        body = nitf.body_text(article)
    elif data is not None:
        body = fragment_text(inner_xml(data if page is None else page))
    else:
        raise ReportError("has no text inside the item; only links to it")
    first, version = within("NewsManagement/FirstCreated"), within("NewsManagement/ThisRevisionCreated")
    provider = item.find(".//AdministrativeMetadata/Provider/Party")
    values = {
        **inner,
        "title": within(".//NewsLines/HeadLine") or inner.get("title", ""),
        "author": within(".//NewsLines/ByLine") or inner.get("author", ""),
        "outlet": (provider.get("FormalName") or "" if provider is not None else "") or inner.get("outlet", ""),
        "date": first or inner.get("date", "") or version,
        "firstCreated": first,
        "versionCreated": version,
        "dateline": within(".//NewsLines/DateLine"),
        "slugline": within(".//NewsLines/SlugLine"),
        "copyright": within(".//NewsLines/CopyrightLine"),
    }
    return _record({key: value for key, value in values.items() if value and key != "id"}, body, address)
