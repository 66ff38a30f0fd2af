"""Tables of layout words as regular expressions.

In come patterns of the tables under `hearsay.data`, in a small notation: {n} is a number, {nth} an ordinal, {any} up to
forty characters, a blank any run of blanks. Out come compiled expressions and three questions that the line rules ask.
Every repetition is bounded or free of overlap, so that no text makes matching slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from hearsay.data import alternatives, table

_HOLES = {
    "{n}": r"\d[\d.,]{0,11}",
    "{nth}": r"\d{1,2}(?:st|nd|rd|th)",
    "{any}": r"[^\n]{0,40}?",
}
BREAKS = re.compile(r"[^\w\s]|[\d_]")


def translate(pattern: str) -> str:
    """The regular expression of one table pattern. Letters at its edges do not continue into a longer word."""
    source = re.escape(pattern)
    for hole, expression in _HOLES.items():
        source = source.replace(re.escape(hole), expression)
    source = re.sub(r"(?:\\ )+", r"\\s{1,4}", source)
    before = r"(?<!\w)" if pattern[0].isalnum() else ""
    after = r"(?!\w)" if pattern[-1].isalnum() or pattern.endswith(("{n}", "{nth}")) else ""
    return before + source + after


def union(patterns: Iterable[str], *, case: bool = False) -> re.Pattern[str]:
    """One expression for many table patterns, the longest first; `case` says whether letter case counts."""
    ordered = sorted(set(patterns), key=lambda pattern: (-len(pattern), pattern))
    return re.compile("|".join(map(translate, ordered)), 0 if case else re.IGNORECASE)


@cache
def debris(match: str) -> re.Pattern[str]:
    """Page furniture of one `match` (fill, start, heading) of the table `debris`."""
    return union(row["pattern"] for row in table("debris") if row["match"] == match)


@cache
def wire_mark(kind: str) -> re.Pattern[str]:
    """Marks of one kind (revision, note, end) of the table `wire_marks`."""
    rows = (row for row in table("wire_marks") if row["kind"] == kind)
    return union((form for row in rows for form in alternatives(row["pattern"])), case=kind != "revision")


@cache
def credit_words(role: str, *, case: bool = False) -> re.Pattern[str]:
    """Words of one role of the table `credits`."""
    rows = (row for row in table("credits") if row["role"] == role)
    return union((word for row in rows for word in alternatives(row["words"])), case=case)


@cache
def sections() -> frozenset[str]:
    """Section names, case folded."""
    return frozenset(row["name"].casefold() for row in table("sections"))


def is_furniture(line: str) -> bool:
    """Does the line hold nothing but furniture phrases, section names with counts, numbers and punctuation?"""
    if len(line) > 240:
        return False
    rest = debris("fill").sub(" ", line)
    words = BREAKS.sub(" ", rest).split()
    if not words:
        return rest != line or not any(char.isalpha() for char in line)
    return rest == line and any(char.isdigit() for char in line) and " ".join(words).casefold() in sections()


def is_section(part: str) -> bool:
    """Is this the name of a section, and nothing else?"""
    return " ".join(part.split()).strip(" :|-").casefold() in sections()
