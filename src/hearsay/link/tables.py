"""All tables of a pile of reports at once: what the last steps of relating read, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from hearsay.model import Actor, Event, Reading, Relay, Report, Span, Statement, Story, Utterance, When


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The tables written so far; a step reads what it needs and finds empty what no step has written yet."""

    readings: tuple[Reading, ...]
    whens: tuple[When, ...] = ()
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    relays: tuple[Relay, ...] = ()
    stories: tuple[Story, ...] = ()

    @cached_property
    def reports(self) -> Mapping[str, Report]:
        """Reports by id, in the order of their ids."""
        return {r.report.id: r.report for r in sorted(self.readings, key=lambda reading: reading.report.id)}

    @cached_property
    def story_of(self) -> Mapping[str, str]:
        """Report id -> id of its story."""
        return {report: story.id for story in self.stories for report in story.reports}

    def text(self, span: Span) -> str:
        """The words of a span."""
        return span.of(self.reports[span.report].text)
