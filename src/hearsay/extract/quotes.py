"""Quotation marks: a text in, the ranges between pairs of marks out.

Marks are paired inside one paragraph, so a stray or missing mark costs one quotation at most. A quotation that runs on
over paragraphs opens each with a mark and closes only the last; each paragraph is then its own range. Marks inside
words are apostrophes. Ranges include their marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from hearsay.data import table
from hearsay.extract.text import Range, paragraphs

LONGEST = 5000  # characters of a quotation: without a closing mark by then, there is none


@cache
def _marks() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Closing marks by opening mark, and the marks that are usually inner ones or apostrophes."""
    closers: dict[str, tuple[str, ...]] = {}
    for row in table("quotation_marks"):
        closers[row["open"]] = (*closers.get(row["open"], ()), row["close"])
    nests = frozenset(row["open"] for row in table("quotation_marks") if row["nests"] == "yes")
    return closers, nests


def quotes(text: str, start: int = 0, end: int | None = None) -> Iterator[Range]:
    """Outermost quotations of `text[start:end]`, in order, marks included."""
    for first, last in paragraphs(text, start, end):
        yield from _in_paragraph(text, first, last)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Range]:
    closers, nests = _marks()
    at = start
    opening = end - len(text[start:end].lstrip())
    ahead: dict[str, tuple[int, bool]] = {}  # by mark, where its quotation ends next and whether it closes there
    while at < end:
        mark = text[at]
        if mark not in closers or not _opens(text, at, start):
            at += 1
            continue
        if ahead.get(mark, (at, False))[0] <= at:
            ahead[mark] = _ending(text, at, end, closers[mark], mark in nests)
        close = ahead[mark][0] if ahead[mark][1] and ahead[mark][0] < at + LONGEST else None
        if close is not None:
            yield at, close + 1
            at = close + 1
        elif mark not in nests and at == opening:
            yield at, end  # the quotation goes on in the next paragraph
            return
        else:
            at += 1


def _opens(text: str, at: int, start: int) -> bool:
    """Does the mark stand where a quotation may open: at a start or behind a space or bracket, before something?"""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return not before.isalnum() and before not in ".,!?%" and not after.isspace()


def _ending(text: str, at: int, end: int, closers: tuple[str, ...], nests: bool) -> tuple[int, bool]:
    """Where the quotation that opens at `at` ends, and whether a mark closes it there or a second opening gives it up.

    It would end there wherever it opened in between, so that one pass serves all marks of a kind.
    """
    for i in range(at + 1, end):
        if text[i] not in closers:
            if text[i] == text[at]:
                return i, False
            continue
        after = text[i + 1] if i + 1 < len(text) else " "
        if after.isalnum() or (nests and text[i - 1].isspace()):
            if text[i] == text[at] and text[i - 1].isspace() and not nests:
                return i, False  # a straight mark that opens another quotation: the closing one is missing
            continue
        return i, True
    return end, False
