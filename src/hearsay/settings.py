"""What a user may choose about a run: one frozen value, handed down unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Choices of a run. No choice changes the result but `model`, `columns`, `stated` and `languages`.

    `workers`: processes that read reports (1 reads in this process). `model`: a folder with other reader files.
    `max_bytes`: larger files are skipped by name. `max_reports`: records read from one file at most.
    `columns`: (field, name) pairs that say which column of a table or key of JSON holds a field: ("text", "Artikel").
    `stated`: (field, value) pairs that hold for every report given, whatever it says itself: ("outlet", "Mill Post");
    fields are outlet, agency, author and date.
    `languages`: ISO 639-1 codes of the languages that are read; reports in others are kept and listed, and not read.
    """

    workers: int = 1
    model: Path | None = None
    max_bytes: int = 20_000_000
    max_reports: int = 1_000_000
    columns: tuple[tuple[str, str], ...] = ()
    stated: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ("en",)
