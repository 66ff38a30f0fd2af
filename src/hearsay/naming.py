"""Names as they are compared: a surface in, its folded form and its words out.

Folding drops accents, case, full stops, apostrophes and hyphens, so that "BAE MIN-HO" and "Bae Min Ho" are one form.
Both the reading of one report and the relating of many need it, and neither may import the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from hearsay.data import alternatives, table
from hearsay.model import ActorKind

_POSSESSIVE = re.compile(r"['’´]s\b|(?<=s)['’´]$", re.IGNORECASE)
_DROPPED = re.compile(r"[.'’´`]")
_APART = re.compile(r"[\W_]+")


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """`name` in lower case without accents, stops, hyphens, possessive endings or a leading article."""
    text = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name.strip()))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = _APART.sub(" ", _DROPPED.sub("", text)).strip()
    return text[4:] if text.startswith("the ") else text


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(fold(name).split())


@cache
def family_first() -> frozenset[str]:
    """Folded family names that stand before the given name."""
    return frozenset(fold(row["name"]) for row in table("family_first"))


def family_of(words: tuple[str, ...]) -> str:
    """The family name among the words of a person's full name; of a single word, that word."""
    first = len(words) > 1 and words[0] in family_first()
    if first and (len(words) > 2 or words[-1] not in family_first()):
        return words[0]
    return words[-1] if words else ""


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the tables of states, bodies and agencies."""

    name: str
    kind: ActorKind
    wikidata: str


@cache
def known_names() -> Mapping[str, Known]:
    """Known actors by their folded names; capitals are not among them."""
    found: dict[str, Known] = {}
    for source, kind in (("states", "country"), ("bodies", ""), ("agencies", "organisation")):
        for row in table(source):
            given: ActorKind = kind or row["kind"]  # type: ignore[assignment]
            for name in (row["name"], *alternatives(row["aliases"])):
                found.setdefault(fold(name), Known(row["name"], given, row.get("wikidata", "")))
    return found


@cache
def seats() -> Mapping[str, Known]:
    """States by their folded capitals and short names, which stand for them only where the reading says so."""
    found: dict[str, Known] = {}
    for row in table("states"):
        for name in (*alternatives(row["capital"]), *alternatives(row["shorts"])):
            found.setdefault(fold(name), Known(row["name"], "country", row["wikidata"]))
    return found


def known(name: str, kind: ActorKind) -> Known | None:
    """The table's actor of that name; capitals and short names count only as names of states."""
    row = known_names().get(fold(name))
    if row is None and kind == "country":
        row = seats().get(fold(name))
    return None if row is not None and {row.kind, kind} == {"person", "country"} else row
