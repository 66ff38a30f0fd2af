"""Small piles of invented reports for the relating steps: texts in, the dossier and its actors' names out."""

from __future__ import annotations

from pathlib import Path

from hearsay.model import Dossier, Statement
from hearsay.pipeline import build
from stub import StubReader


def dossier(folder: Path, **texts: str) -> Dossier:
    """The dossier of the texts, each a report of its own, read with the stub reader."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return build([folder], reader=StubReader)


def names(found: Dossier, ids: tuple[str, ...] | list[str]) -> list[str]:
    """Names of actors."""
    known = {actor.id: actor.name for actor in found.actors}
    return [known[id] for id in ids]


def said(found: Dossier, start: str) -> Statement:
    """The statement whose content starts with these words, quotation marks aside."""
    texts = {report.id: report.text for report in found.reports}
    for statement in found.statements:
        if statement.content[0].of(texts[statement.report]).lstrip("“\"‘'").startswith(start):
            return statement
    raise AssertionError(f"nobody said {start!r}")
