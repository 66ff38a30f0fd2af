"""What every format hands on: the text of one report and what the file states about it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One report before it is zoned.

    `title` is the number of leading characters of `text` that are its stated headline; `meta` holds stated values under
    the keys title, outlet, agency, author, date, language; `extra` what Hearsay does not interpret.
    """

    uri: str
    text: str
    media_type: str
    title: int = 0
    meta: dict[str, str] = field(default_factory=dict)
    extra: tuple[tuple[str, str], ...] = ()
