"""Dossier to bytes: one function a format, one table of those that are a file and one of those that are a folder.

In comes a Dossier, out come the bytes of a file that stands for itself, or the files of a folder by name. A format's
module is loaded when it is asked for, so that no export pays for the libraries of another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hearsay.model import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A format: the ending of its files, its media type, and what writes it. Calling it gives the file's bytes."""

    suffix: str
    media_type: str
    write: Callable[[Dossier], str]

    def __call__(self, dossier: Dossier) -> bytes:
        """The dossier as the bytes of a file, UTF-8."""
        return self.write(dossier).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderExporter:
    """A format of several files. `write` gives their contents by name; with `raw`, nothing is made harmless in them."""

    media_type: str
    write: Callable[[Dossier, bool], Mapping[str, str]]


def _json(dossier: Dossier) -> str:
    from hearsay.export.json import to_json

    return to_json(dossier)


def _html(dossier: Dossier) -> str:
    from hearsay.export.html import to_html

    return to_html(dossier)


def _markdown(dossier: Dossier) -> str:
    from hearsay.export.markdown import to_markdown

    return to_markdown(dossier)


def _csv(dossier: Dossier, raw: bool) -> Mapping[str, str]:
    from hearsay.export.csv import to_csv

    return to_csv(dossier, raw=raw)


EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "html": Exporter(suffix=".html", media_type="text/html", write=_html),
        "json": Exporter(suffix=".json", media_type="application/json", write=_json),
        "markdown": Exporter(suffix=".md", media_type="text/markdown", write=_markdown),
    }
)
FOLDER_EXPORTERS: Mapping[str, FolderExporter] = MappingProxyType(
    {"csv": FolderExporter(media_type="text/csv", write=_csv)}
)
