"""IPTC ninjs, news in JSON, of generations 1 to 3: one object is one report.

In comes a parsed object, out comes its record. Generation 1 writes `body_text` and `headline`, 2 lists `bodies` and
`headlines`, 3 spells its names in camel case: names are compared without case, blanks and underscores. The first
creation dates a report; the creation of this version serves only where it is missing, and both are kept.
"""

from __future__ import annotations

from collections.abc import Mapping

from hearsay.errors import ReportError
from hearsay.ingest import names
from hearsay.ingest.formats.fields import compose, note, words
from hearsay.ingest.formats.markup import fragment_text, is_markup
from hearsay.ingest.record import Record

MEDIA_TYPE = "application/json; profile=ninjs"
_OWN = frozenset({"versioncreated", "firstcreated", "pubstatus", "bodies", "bodytext", "bodyxhtml", "bodyhtml",
                  "headlines", "infosources", "representationtype", "ednote", "contentcreated"})  # fmt: skip
_KEPT = ("versioncreated", "firstcreated", "contentcreated", "version", "pubstatus", "urgency", "embargoed", "ednote",
         "slugline", "located", "copyrightholder", "infosources", "infosource", "usageterms", "charcount")  # fmt: skip


def is_ninjs(value: Mapping[str, object]) -> bool:
    """Has it the address that ninjs demands, and at least two of the names that only ninjs has?"""
    keys = {_key(name) for name in value}
    return "uri" in keys and (len(keys & _OWN) >= 2 or "ninjs" in words(value.get("standard", "")))


def ninjs(value: Mapping[str, object], address: str) -> Record:
    """The record of one object. Raises ReportError where it is no text or has none."""
    own = {_key(name): item for name, item in value.items()}
    kind = words(own.get("type", "text"))
    body = _body(own)
    if not body:
        what = f"is a ninjs {kind}" if kind not in ("", "text") else "is a ninjs item"
        raise ReportError(f"{what} without a body")
    first, version = words(own.get("firstcreated", "")), words(own.get("versioncreated", ""))
    sources = own.get("infosources") or own.get("infosource") or []
    named = [words(item) for item in sources] if isinstance(sources, list) else [words(sources)]
    holder = words(own.get("copyrightholder", ""))
    wire = next((name for name in (*named, holder) if _is_wire(name)), "")
    spelled = {_key(name): name for name in value}
    return compose(
        uri=words(own.get("uri", "")) or address,
        media_type=MEDIA_TYPE,
        title=_best(own.get("headlines")) or words(own.get("headline") or own.get("title") or ""),
        body=body,
        meta={
            "outlet": next((name for name in (*named, holder) if name), ""),
            "agency": wire,
            "author": words(own.get("byline") or own.get("by") or ""),
            "date": first or words(own.get("contentcreated", "")) or version,
            "language": words(own.get("language", "")),
        },
        extra=((spelled[key], note(own[key])) for key in _KEPT if key in own),
    )


def _key(name: str) -> str:
    return name.casefold().replace("_", "")


def _is_wire(name: str) -> bool:
    medium = names.known(name)
    return medium.is_wire if medium else names.wire_like(name)


def _best(entries: object, *, role: str = "main") -> str:
    """The value with this role, or without one, or the first of a list of {role, contenttype, value}."""
    if not isinstance(entries, list):
        return words(entries) if isinstance(entries, str) else ""
    usable = [entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("value"), str)]
    ranked = sorted(usable, key=lambda entry: 0 if entry.get("role") == role else 1 if not entry.get("role") else 2)
    return str(ranked[0]["value"]) if ranked else ""


def _body(own: Mapping[str, object]) -> str:
    """The plain text where there is one, else the text of the marked up one."""
    listed = own.get("bodies")
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    plain = [entry for entry in entries if "plain" in _type(entry)]
    for text in (own.get("bodytext"), _best(plain), own.get("bodyxhtml"), own.get("bodyhtml"), _best(entries)):
        if isinstance(text, str) and text.strip():
            return fragment_text(text) if is_markup(text) else text
    return ""


def _type(entry: Mapping[str, object]) -> str:
    return next((words(item) for name, item in entry.items() if _key(name) == "contenttype"), "")
