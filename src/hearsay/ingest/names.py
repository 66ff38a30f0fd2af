"""Which words name a medium: agencies, broadcasters and papers of the table, and the look of names outside it.

In comes a line or part of a line, out comes the canonical name, or None. A name outside the table counts as an outlet's
only where its words say so (a Herald, a News Agency, a domain) and nothing else stands beside it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from hearsay.data import alternatives, table
from hearsay.ingest.patterns import credit_words, is_section

_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,40}){1,3})/?", re.IGNORECASE)
_ACRONYM_BEHIND = re.compile(r"(.{4,80}?)\s\(([^\W\d_][\w.&-]{1,11})\)")
_SHORT_WORD = 3


class Medium(NamedTuple):
    """One row of the table `agencies`. `kind` is agency, state_medium, broadcaster or outlet."""

    name: str
    kind: str
    own_copy: bool

    @property
    def is_wire(self) -> bool:
        """Does it write for others?"""
        return self.kind in ("agency", "state_medium")


def _key(name: str) -> str:
    return " ".join(name.strip(" .,:;/()[]-–—|*\t").replace("’", "'").split()).casefold()


@cache
def _media() -> dict[str, Medium]:
    media: dict[str, Medium] = {}
    for row in table("agencies"):
        medium = Medium(row["name"], row["kind"], row["own_copy"] == "yes")
        for name in (row["name"], *alternatives(row["aliases"])):
            media.setdefault(_key(name), medium)
    return media


@cache
def _states() -> frozenset[str]:
    names = (name for row in table("states") for name in (row["name"], *alternatives(row["aliases"])))
    return frozenset(_key(name) for name in names)


@cache
def _media_words() -> dict[str, str]:
    return {row["word"].casefold(): row["kind"] for row in table("media_words")}


def known(name: str) -> Medium | None:
    """The medium of the table that bears this name, whatever its case."""
    key = _key(name)
    return _media().get(key) or _media().get(key.removeprefix("the "))


def is_state(name: str) -> bool:
    """Is this the name of a state?"""
    return _key(name) in _states()


def named_like(words: str, *, most: int = 5) -> bool:
    """Do the words look like a proper name: capitals, short words between them, no digits at the start?"""
    parts = words.split()
    if not 1 <= len(parts) <= most or not parts[0][0].isupper() or not parts[-1].lstrip("('’\"“").strip():
        return False
    lower = [part for part in parts if not part.lstrip("('’\"“[&-")[:1].isupper() and part != "&"]
    return all(len(part) <= _SHORT_WORD and part.isalpha() for part in lower) and parts[-1] not in lower


def is_acronym(word: str) -> bool:
    """Is it two to ten capitals, as agencies sign?"""
    return 2 <= len(word) <= 10 and word.isupper() and word.replace("-", "").replace(".", "").isalpha()


def canonical(name: str) -> str:
    """The table's name for a medium; else the name as written, title case in place of capitals for several words."""
    medium = known(name)
    if medium:
        return medium.name
    bare = " ".join(name.split()).strip(" .,:;/()[]-–—|*")
    return bare.title().replace("'S", "'s").replace("’S", "’s") if bare.isupper() and " " in bare else bare


def acronym_behind(line: str) -> tuple[str, str] | None:
    """A full name with its acronym in brackets behind it, both as written; else None."""
    match = _ACRONYM_BEHIND.fullmatch(line.strip())
    return (match[1], match[2]) if match and named_like(match[1], most=7) else None


def initials(name: str) -> str:
    """Capitals of the words of a name, as an acronym takes them."""
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper() and word != "The")


def wire_like(name: str) -> bool:
    """Does a name outside the table call itself an agency or a news service?"""
    words = name.casefold().split()
    return any(_media_words().get(" ".join(words[-n:])) == "wire" for n in (1, 2) if len(words) > n)


def is_outlet(line: str) -> bool:
    """Does the whole line name a medium?"""
    bare = line.strip(" .,:;|-–—*\t")
    if not bare or len(bare) > 60 or is_section(bare):
        return False
    pair = acronym_behind(bare)
    if known(bare) or (pair and (known(pair[0]) or wire_like(pair[0]))):
        return True
    if _DOMAIN.fullmatch(bare) and not bare.replace(".", "").isdigit():
        return True
    words = bare.casefold().split()
    if not named_like(bare) or len(words) < 2 or credit_words("unsigned").fullmatch(bare):
        return False
    kinds = _media_words()
    return (
        words[-1] in kinds
        or " ".join(words[-2:]) in kinds
        or (words[0] != "the" and words[0] in kinds)
        or (words[0] == "the" and words[1] in kinds)
    )
