"""Votes: what the parts of a page or a mail state about a report, and which of them are believed.

In come Votes (a field, a value, where it stood, how far that place is to be trusted), out come the values that win and
the whole poll, so that nobody has to wonder what was overruled. Equal values add up; the strongest value wins, and
among equals the one that was stated first. When a page was changed or saved says nothing about when it was published.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache

from hearsay.data import table
from hearsay.ingest import names
from hearsay.ingest.masthead import metadata_date
from hearsay.ingest.patterns import credit_words
from hearsay.model import Origin

# Field of a vote -> key of Record.meta. Fields that are missing here are kept and decide nothing.
META = {"headline": "title", "outlet": "outlet", "agency": "agency", "author": "author", "published": "date"}

_ADDRESS_DATE = re.compile(
    r"/([12]\d{3})[/-]([01]?\d)[/-]([0-3]?\d)(?:[/_-]|$)|[/_-]([12]\d{3})([01]\d)([0-3]\d)(?:[/._-]|$)"
)
_SUFFIX = re.compile(r"\s+(?:[|–—-]|::|»|·|•)\s+(?P<name>[^|–—·•»]{2,60})$")
_JOINT = re.compile(r"\s*[;,|]\s*|\s+and\s+|\s+&\s+")
_EARLIEST = "1800"
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One statement about a report. `where` names its place ("meta og:title"); `weight` is 0..1."""

    field: str
    value: str
    origin: Origin
    where: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What won, under the keys of Record.meta, and the poll as pairs for Record.extra."""

    meta: dict[str, str]
    extra: tuple[tuple[str, str], ...]


def decide(votes: Iterable[Vote]) -> Decided:
    """The winner of each field. A wire named as author is the agency; a value that cannot be right is no vote."""
    cast = list(dict.fromkeys(_usable(votes)))
    meta: dict[str, str] = {}
    for field, key in META.items():
        tally: dict[str, float] = {}
        first: dict[str, str] = {}
        for vote in cast:
            if vote.field == field:
                first.setdefault(_key(vote), vote.value)
                tally[_key(vote)] = tally.get(_key(vote), 0.0) + vote.weight
        if tally:
            meta[key] = first[max(tally, key=lambda value: round(tally[value], 6))]
    won = {field: meta[key] for field, key in META.items() if key in meta}
    poll = [asdict(vote) | {"won": vote.field in won and _same(vote, won[vote.field])} for vote in cast]
    urls = sorted((vote for vote in cast if vote.field == "url"), key=lambda vote: -vote.weight)
    extra = [("url", vote.value) for vote in urls[:1]]
    if poll:
        extra.append(("votes", json.dumps(poll, ensure_ascii=False, sort_keys=True)))
    return Decided(meta=meta, extra=tuple(extra))


def address_votes(url: str, where: str) -> Iterator[Vote]:
    """What an address tells: itself, the day in its path, and a medium of the table in its host."""
    if not re.match(r"https?://[^\s/]+", url):
        return
    yield Vote(field="url", value=url, origin="address", where=where, weight=0.9)
    found = _ADDRESS_DATE.search(url)
    if found:
        year, month, day = (part for part in found.groups() if part)
        value = f"{year}-{int(month):02d}-{int(day):02d}"
        yield Vote(field="published", value=value, origin="address", where=where, weight=0.6)
    host = url.split("/")[2].casefold().removeprefix("www.")
    medium = names.known(host) or names.known(host.split(".")[0])
    if medium:
        yield Vote(field="outlet", value=medium.name, origin="address", where=where, weight=0.3)


def _usable(votes: Iterable[Vote]) -> Iterator[Vote]:
    """The votes with their values in plain form, without those that state nothing."""
    given = [vote for vote in votes if vote.value.strip()]
    outlets = {_plain(vote.value) for vote in given if vote.field == "outlet"}
    for vote in given:
        value, field = " ".join(vote.value.split())[:_LONGEST], vote.field
        if field == "headline":
            value = bare_headline(value, outlets)
            if _plain(value) in outlets:
                continue
        elif field in ("published", "modified", "crawled"):
            value = metadata_date(value) or ""
            if value[:4] < _EARLIEST or value[:4] == "1970":  # an empty field of a database
                continue
        elif field == "agency":
            value = _writer(value)
        elif field == "author":
            people, wires = _writers(value, outlets)
            yield from (replace(vote, field="agency", value=wire) for wire in wires)
            value = "; ".join(people)
        if value:
            yield replace(vote, value=value)


def bare_headline(value: str, outlets: Iterable[str]) -> str:
    """The headline without the medium behind it. `outlets` are names in the form of `_plain`."""
    known = set(outlets)
    suffix = _SUFFIX.search(value)
    while suffix and (_plain(suffix["name"]) in known or names.is_outlet(suffix["name"])):
        value = value[: suffix.start()]
        suffix = _SUFFIX.search(value)
    return value


@cache
def _nobody() -> frozenset[str]:
    return frozenset(row["name"].casefold() for row in table("page_fields") if row["source"] == "nobody")


def _writer(value: str) -> str:
    """A writer's name without "By", or "" where it is an account, an address, a label or nobody's."""
    opener = credit_words("byline", case=True).match(value)
    bare = value[opener.end() if opener else 0 :].strip(" :,;|-–—")
    plain = re.search(r"[@/\d]|\.(?:com|org|net)\b", bare) is None and any(char.isalpha() for char in bare)
    known = bare.casefold() in _nobody() or credit_words("unsigned").fullmatch(bare)
    dated = credit_words("date_label").match(bare)
    return bare if plain and len(bare) <= 120 and not known and not dated else ""


def _writers(value: str, outlets: Iterable[str]) -> tuple[list[str], list[str]]:
    """People, and wires named beside them or in their place; other media and the site itself are left out."""
    people: list[str] = []
    wires: list[str] = []
    for part in map(_writer, _JOINT.split(value)):
        medium = names.known(part) if part else None
        if medium and medium.is_wire:
            wires.append(medium.name)
        elif part and not medium and _plain(part) not in outlets and not names.is_outlet(part):
            people.append(part.title() if part.isupper() and " " in part else part)
    return people, wires


def _plain(value: str) -> str:
    return "".join(char for char in names.canonical(value).casefold() if char.isalnum())


def _key(vote: Vote) -> str:
    """Values that differ in nothing but marks and case are one."""
    return _plain(vote.value) or vote.value


def _same(vote: Vote, value: str) -> bool:
    return _key(vote) == (_plain(value) or value)
