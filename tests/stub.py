"""A small fixed reader for tests: quotation marks, a few cue verbs, capitalised names.

In comes a text, out come Tags as the neural reader would give them, from regular expressions alone: no model file, no
numeric library, the same on every machine, so golden dossiers rest on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hearsay.extract.reader import Tagged, Tags

_NAME = r"(?:[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,3}|[A-Z]{2,6})"
_CUE = r"(?:said|told|reported|announced|pledged|warned|denied)"
_QUOTED = re.compile(r"[“\"]([^“”\"\n]{2,400})[”\"]")
_BEHIND = re.compile(rf",? ?(?P<source>{_NAME}) (?P<cue>{_CUE})\b|,? ?(?P<cue2>{_CUE}) (?P<source2>{_NAME})")
_BEFORE = re.compile(rf"(?P<source>{_NAME}) (?P<cue>{_CUE})(?: that|:|,)? $")
_INDIRECT = re.compile(rf"(?P<source>{_NAME}) (?P<cue>{_CUE}) that (?P<content>[^\n.“”\"]{{2,300}})")
_ENTITY = re.compile(rf"\b{_NAME}\b")
_PLACE = re.compile(r"\b(?:in|from|at) $")
_BODY = re.compile(r"\b(?:Agency|Ministry|News|Party|Office|Union)\b|^[A-Z]{2,6}$")
_REACH = 80  # characters around a quotation in which its cue is looked for


class StubReader:
    """Implements `hearsay.extract.reader.Reader`."""

    name = "stub-1"

    def tag(self, text: str) -> Tags:
        """Tag one text; pure."""
        spans = sorted({*_quotations(text), *_indirect(text)})
        attribution: list[Tagged] = []
        for start, end, label in spans:
            if not attribution or start >= attribution[-1].end:
                attribution.append(Tagged(label=label, start=start, end=end, score=0.9))
        return Tags(attribution=tuple(attribution), entity=tuple(_entities(text)))


def _quotations(text: str) -> Iterator[tuple[int, int, str]]:
    for quoted in _QUOTED.finditer(text):
        before = text[max(0, quoted.start() - _REACH) : quoted.start()]
        behind = _BEHIND.match(text, quoted.end())
        ahead = _BEFORE.search(before)
        if behind:
            name = "source" if behind["source"] else "source2"
            cue = "cue" if behind["cue"] else "cue2"
            yield *behind.span(name), "source"
            yield *behind.span(cue), "cue"
        elif ahead:
            shift = quoted.start() - len(before)
            yield ahead.start("source") + shift, ahead.end("source") + shift, "source"
            yield ahead.start("cue") + shift, ahead.end("cue") + shift, "cue"
        else:
            continue
        yield quoted.start(), quoted.end(), "content"


def _indirect(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _INDIRECT.finditer(text):
        for part in ("source", "cue", "content"):
            yield *found.span(part), part


def _entities(text: str) -> Iterator[Tagged]:
    for found in _ENTITY.finditer(text):
        if _BODY.search(found[0]):
            label = "ORGANIZATION"
        elif _PLACE.search(text[max(0, found.start() - 6) : found.start()]):
            label = "LOCATION"
        else:
            label = "PERSON"
        yield Tagged(label=label, start=found.start(), end=found.end(), score=0.9)
