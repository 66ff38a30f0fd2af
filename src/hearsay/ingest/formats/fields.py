"""From named values to a record: what rows of tables, JSON objects and news items have in common.

In come names and values as a file gives them, out comes a Record. The table `columns` says which names stand for which
field; the user's own mapping wins over it. The text is the headline, a blank line and the body; whatever stands for no
field is kept as extra.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from urllib.parse import urlsplit

from hearsay.data import alternatives, table
from hearsay.errors import ReportError
from hearsay.ingest.decode import repair
from hearsay.ingest.formats.markup import fragment_text, is_markup
from hearsay.ingest.record import Record

Columns = tuple[tuple[str, str], ...]
META = ("title", "outlet", "agency", "author", "date", "language")
_DEEPER = ("inner", "named")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_NO_SIGN = re.compile(r"[\W_]+")
_FIRST_EPOCH, _LAST_EPOCH = 10**8, 10**10  # seconds since 1970, from 1973 on


@cache
def _key(name: str) -> str:
    return _NO_SIGN.sub("", name.casefold())


@cache
def _names() -> dict[str, tuple[str, int]]:
    """Field and rank of each known name."""
    names: dict[str, tuple[str, int]] = {}
    for row in table("columns"):
        if row["field"] in _DEEPER:
            continue
        for rank, name in enumerate(alternatives(row["names"])):
            names.setdefault(_key(name), (row["field"], rank))
    return names


@cache
def _deeper(*kinds: str) -> tuple[str, ...]:
    """Keys under which a value stands one level deeper."""
    rows = {row["field"]: alternatives(row["names"]) for row in table("columns")}
    return tuple(name for kind in kinds for name in rows[kind])


def fields() -> tuple[str, ...]:
    """The fields that a column can stand for."""
    return tuple(row["field"] for row in table("columns") if row["field"] not in _DEEPER)


def field_of(name: str, columns: Columns = ()) -> tuple[str, int] | None:
    """The field that a name stands for, with its rank (lower wins); `columns` are (field, name) pairs of the user."""
    for field, stated in columns:
        if stated.strip() == name.strip() or _key(stated) == _key(name) != "":
            return field, -1
    return _names().get(_key(name))


def sort_fields(values: Mapping[str, object], columns: Columns = ()) -> tuple[dict[str, object], dict[str, object]]:
    """The values by field, and the rest by name. Of several names for one field the best that holds a value serves."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for place, (name, value) in enumerate(values.items()):
        known = field_of(name, columns)
        if known and not is_empty(value):
            found.setdefault(known[0], []).append((known[1], place, name))
    chosen = {field: min(names)[2] for field, names in found.items()}
    rest = {name: value for name, value in values.items() if name not in chosen.values() and not is_empty(value)}
    return {field: values[name] for field, name in chosen.items()}, rest


def is_empty(value: object) -> bool:
    """Does a cell hold nothing?"""
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip())


def record_of(values: Mapping[str, object], *, uri: str, media_type: str, columns: Columns = ()) -> Record:
    """The record of one row or object, at its own address or `uri`. Raises ReportError where it has no text."""
    own, rest = sort_fields(values, columns)
    body = next((text for text in (body_of(own.get("text")), body_of(own.get("html"), markup=True)) if text), None)
    used = {"text", "html"} if body else {"text", "html", "summary"}
    body = body or body_of(own.get("summary"))
    if not body:
        raise ReportError('has no text; give it under the key "text", or name the column that holds it')
    address = own.get("id") if not is_empty(own.get("id")) else own.get("url")
    used |= {"id"} if not is_empty(own.get("id")) else {"url"}
    if "date" not in own and "modified" in own:  # the day of a change serves only where no other is known
        own = {**own, "date": own["modified"]}
    rest |= {field: value for field, value in own.items() if field not in {*META, *used}}
    return compose(
        uri=words(address) if not is_empty(address) else uri,
        media_type=media_type,
        title=plain_title(words(own.get("title", ""))),
        body=body,
        meta={field: (day_of if field == "date" else words)(own[field]) for field in META[1:] if field in own},
        extra=((name, note(value)) for name, value in rest.items()),
    )


def compose(
    *,
    uri: str,
    media_type: str,
    title: str,
    body: str,
    meta: Mapping[str, str],
    extra: Iterable[tuple[str, str]] = (),
) -> Record:
    """Headline, blank line, body; a body that begins with its headline is not given it twice. Raises ReportError."""
    title, body = " ".join(clean(title).split()), clean(body)
    if not body.strip():
        raise ReportError("has no text")
    lead = len(body) - len(body.lstrip())
    begins = bool(title) and body[lead:].partition("\n")[0].strip() == title
    kept = list(extra)
    if (language := meta.get("language", "").strip()) and language_code(language) != language.lower():
        kept.append(("language", language))
    stated = compose_meta(meta)
    return Record(
        uri=clean(uri),
        text=body if begins or not title else f"{title}\n\n{body}",
        media_type=media_type,
        title=(lead if begins else 0) + len(title) if title else 0,
        meta={"title": title} | stated if title else stated,
        extra=tuple(sorted((clean(name), clean(value)) for name, value in kept if value.strip())),
    )


def compose_meta(meta: Mapping[str, str]) -> dict[str, str]:
    """Stated values as the masthead takes them: cleaned, languages by their code, outlets by name; none is empty."""
    stated = {field: clean(value).strip() for field, value in meta.items()}
    if "language" in stated:
        stated["language"] = language_code(stated["language"]) or ""
    if "outlet" in stated:
        stated["outlet"] = _host(stated["outlet"])
    return {field: value for field, value in stated.items() if value}


def clean(text: str) -> str:
    """Escapes can smuggle in mojibake and lone surrogates, which no file can hold; both are repaired."""
    return repair(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def words(value: object) -> str:
    """A metadata value as text: names are joined, days are ISO 8601, other structures are written as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != time() or value.tzinfo else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        name = next((value[key] for key in _deeper("named", "inner") if isinstance(value.get(key), str)), "")
        return str(name) if name else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    if isinstance(value, list) and all(isinstance(item, str | dict) for item in value):
        return "; ".join(words(item) for item in value)
    return note(value)


def note(value: object) -> str:
    """A value that is kept and not interpreted, as text: structures stay whole, as JSON."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    if value is None or isinstance(value, str | datetime | date | time):
        return words(value) if value is not None else ""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def day_of(value: object) -> str:
    """A date as metadata gives it, seconds since 1970 included, as text."""
    number = (
        int(value) if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15 else None
    )
    if number is None and isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) in (10, 13):
        number = int(value)
    if number is not None and _FIRST_EPOCH <= number // 1000 < _LAST_EPOCH and number > _LAST_EPOCH:
        number //= 1000
    if number is not None and _FIRST_EPOCH <= number < _LAST_EPOCH:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number)).isoformat()
    return words(value)


@cache
def _languages() -> dict[str, str]:
    return {
        name.casefold(): row["code"]
        for row in table("languages")
        for name in (row["code"], *alternatives(row["names"]))
    }


def language_code(stated: str) -> str | None:
    """ISO 639-1 code of a language as metadata names it ("en-US", "eng", "English"), or None."""
    bare = stated.strip().casefold()
    return _languages().get(bare) or _languages().get(re.split(r"[-_ (;,]", bare, maxsplit=1)[0])


def plain_title(text: str) -> str:
    """A title without tags and entities, which services leave in it."""
    return fragment_text(text) if is_markup(text) or _ENTITY.search(text) else text


def fragment(text: str) -> str:
    """Text without the tags and entities of HTML, if it holds any."""
    return fragment_text(text) if is_markup(text) else text


def body_of(value: object, *, markup: bool = False) -> str:
    """The text that a value holds: a string, paragraphs, or one of them one level deeper; "" where it is none."""
    if isinstance(value, dict):
        value = next((value[key] for key in _deeper("inner") if isinstance(value.get(key), str)), None)
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n\n".join(fragment(item) for item in value)
    if not isinstance(value, str):
        return ""
    return fragment_text(value) if markup else fragment(value)


def _host(outlet: str) -> str:
    """An outlet that is given by its address is named by its host."""
    host = urlsplit(outlet).hostname if outlet.startswith(("http://", "https://")) else None
    return (host or outlet).removeprefix("www.") if host else outlet
