"""Report → Reading: what one report says, by itself. Nothing here knows of another report.

`read` is a pure function of the report and the reader: the unit of work of the parallel half.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hearsay.extract.attributions import find_attributions
from hearsay.extract.chains import assemble_chains
from hearsay.extract.coreference import resolve_mentions
from hearsay.extract.events import find_events
from hearsay.extract.mentions import find_mentions
from hearsay.extract.quotes import quotes
from hearsay.extract.reader import Reader, Tagged
from hearsay.extract.text import View, story, told
from hearsay.extract.timexes import find_timexes
from hearsay.model import Reading, Report, Span


def read(report: Report, reader: Reader) -> Reading:
    """Everything that is read in one report.

    The reader sees the story (headline, captions, body) without wire marks and page furniture; its spans come back in
    the report's own offsets. Steps build on each other in one order: mentions, attributions, coreference, chains,
    time expressions, events.
    """
    view = story(report)
    tags = reader.tag(view.text)
    mentions = find_mentions(report, _back(view, tags.entity))
    attributions = find_attributions(report, tags=_back(view, tags.attribution), mentions=mentions)
    marks = tuple(Span(report=report.id, start=q[0], end=q[1]) for r in told(report) for q in quotes(report.text, *r))
    mentions = resolve_mentions(report, mentions, quotes=marks)
    attributions = assemble_chains(report, attributions, mentions)
    timexes = find_timexes(report, quotes=marks)
    events = find_events(report, mentions=mentions, timexes=timexes, attributions=attributions)
    return Reading(report=report, mentions=mentions, timexes=timexes, attributions=attributions, event_mentions=events)


def _back(view: View, tags: Iterable[Tagged]) -> tuple[Tagged, ...]:
    """The reader's spans in the report's offsets; what lies between zones falls away."""
    found = ((tag, view.back(tag.start, tag.end)) for tag in tags)
    return tuple(replace(tag, start=at[0], end=at[1]) for tag, at in found if at is not None)
