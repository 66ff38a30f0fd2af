"""Tables of layout words as regular expressions.

In come patterns of the tables under `hearsay.data`, in a small notation: {n} is a number, {nth} an ordinal, {any} up to
forty characters, {gap} a blank or none, a blank any run of blanks; for the first lines of wire copy {slug} is a keyword
with hyphens, {words} one with blanks as well, {caps} one in capitals, {tail} more capitals, {code} letters with a
number, {p} one letter. Out come compiled expressions and three questions that the line rules ask.
Every repetition is bounded or free of overlap, so that no text makes matching slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from hearsay.data import alternatives, table

_HOLES = {
    "{n}": r"\d[\d.,]{0,11}",
    "{nth}": r"\d{1,2}(?:st|nd|rd|th|ST|ND|RD|TH)",
    "{any}": r"[^\n]{0,40}?",
    "{gap}": r"\s?",
    "{slug}": r"[A-Z][\w.&'’]{0,30}(?:-{1,2}[\w.&'’]{1,30}){0,6}",
    "{words}": r"[A-Z][\w.&'’]{0,30}(?:(?:-{1,2}|\s)[\w.&'’]{1,30}){0,7}",
    "{caps}": r"[A-Z][A-Z0-9]{1,20}(?:-[A-Z0-9]{1,20}){1,5}",
    "{tail}": r"[A-Z0-9 ,-]{0,40}",
    "{code}": r"[A-Z]{2,4}\s?\d{1,4}",
    "{p}": r"[a-z]",
}
WORD = re.compile(r"[^\W\d_]+|\d+")


def translate(pattern: str) -> str:
    """The regular expression of one table pattern. Letters at its edges do not continue into a longer word."""
    source = re.escape(pattern)
    for hole, expression in _HOLES.items():
        source = source.replace(re.escape(hole), expression)
    source = re.sub(r"(?:\\ )+", r"\\s{1,4}", source)
    before = r"(?<!\w)" if pattern[0].isalnum() else ""
    after = (
        r"(?!\w)"
        if pattern[-1].isalnum() or pattern.endswith(("{n}", "{nth}", "{code}", "{slug}", "{words}", "{caps}", "{p}"))
        else ""
    )
    return before + source + after


def union(patterns: Iterable[str], *, case: bool = False) -> re.Pattern[str]:
    """One expression for many table patterns, the longest first; `case` says whether letter case counts."""
    ordered = sorted(set(patterns), key=lambda pattern: (-len(pattern), pattern))
    return re.compile("|".join(map(translate, ordered)), 0 if case else re.IGNORECASE)


@cache
def debris(match: str) -> re.Pattern[str]:
    """Page furniture of one `match` (start, heading) of the table `debris`."""
    return union(row["pattern"] for row in table("debris") if row["match"] == match)


@cache
def wire_mark(kind: str) -> re.Pattern[str]:
    """Marks of one kind (revision, filed, keyword, note, end, label) of the table `wire_marks`."""
    rows = (row for row in table("wire_marks") if row["kind"] == kind)
    forms = (form for row in rows for form in alternatives(row["pattern"]))
    return union(forms, case=kind not in ("revision", "filed", "embargo"))


@cache
def credit_words(role: str, *, case: bool = False) -> re.Pattern[str]:
    """Words of one role of the table `credits`."""
    rows = (row for row in table("credits") if row["role"] == role)
    return union((word for row in rows for word in alternatives(row["words"])), case=case)


@cache
def sections() -> frozenset[str]:
    """Section names, case folded."""
    return frozenset(row["name"].casefold() for row in table("sections"))


@cache
def _fill() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Furniture phrases as tuples of case folded words, the longest first, under their first word."""
    phrases = {tuple(_words(row["pattern"])) for row in table("debris") if row["match"] == "fill"}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda words: (-len(words), words)):
        by_first.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(found) for first, found in by_first.items()}


def _words(line: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(line)]


def is_furniture(line: str) -> bool:
    """Does the line hold nothing but furniture phrases, numbers and punctuation, or a section name with a count?"""
    if len(line) > 240:
        return False
    words = _words(line)
    counted = [word for word in words if not word.isdigit()]
    if len(counted) < len(words) and counted and " ".join(counted) in sections():
        return True
    at = 0
    while at < len(counted):
        phrase = next((p for p in _fill().get(counted[at], ()) if tuple(counted[at : at + len(p)]) == p), None)
        if phrase is None:
            return False
        at += len(phrase)
    return True


def is_section(part: str) -> bool:
    """Is this the name of a section, and nothing else?"""
    return " ".join(part.split()).strip(" :|-").casefold() in sections()
