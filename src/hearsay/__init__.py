"""Hearsay: many news reports of one story become one sourced record.

`build` reads reports and gives a Dossier; everything else here is a value it is made of, a choice, or an error.
Importing this package loads no model and no numeric library: `build` is fetched when it is first named.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from hearsay.errors import (
    HearsayError,
    InputError,
    MissingPath,
    ModelError,
    NothingToRead,
    OutputError,
    ReportError,
    StoreError,
)
from hearsay.model import (
    Actor,
    ActorMention,
    Addition,
    Agreement,
    Attribution,
    Basis,
    Candidate,
    Commitment,
    Conflict,
    Date,
    Dateline,
    Decision,
    Difference,
    Dossier,
    Event,
    EventMention,
    Hop,
    Link,
    Mention,
    Occurrence,
    Participant,
    Reading,
    Relay,
    Report,
    Skipped,
    Sourced,
    Span,
    Statement,
    Story,
    Timex,
    Title,
    Utterance,
    Vector,
    Version,
    When,
    Zone,
)
from hearsay.settings import Settings

if TYPE_CHECKING:
    from hearsay.pipeline import build

try:
    __version__ = version("hearsay")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0+unknown"

__all__ = [
    "Actor",
    "ActorMention",
    "Addition",
    "Agreement",
    "Attribution",
    "Basis",
    "Candidate",
    "Commitment",
    "Conflict",
    "Date",
    "Dateline",
    "Decision",
    "Difference",
    "Dossier",
    "Event",
    "EventMention",
    "HearsayError",
    "Hop",
    "InputError",
    "Link",
    "Mention",
    "MissingPath",
    "ModelError",
    "NothingToRead",
    "Occurrence",
    "OutputError",
    "Participant",
    "Reading",
    "Relay",
    "Report",
    "ReportError",
    "Settings",
    "Skipped",
    "Sourced",
    "Span",
    "Statement",
    "StoreError",
    "Story",
    "Timex",
    "Title",
    "Utterance",
    "Vector",
    "Version",
    "When",
    "Zone",
    "__version__",
    "build",
]


def __getattr__(name: str) -> Any:
    if name == "build":
        from hearsay.pipeline import build

        return build
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
