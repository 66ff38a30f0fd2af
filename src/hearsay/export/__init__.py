"""Dossier to bytes: one function a format, one table of them.

In comes a Dossier, out come the bytes of a file that stands for itself. A format's module is loaded when it is asked
for, so that no export pays for the libraries of another.
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


def _json(dossier: Dossier) -> str:
    from hearsay.export.json import to_json

    return to_json(dossier)


def _html(dossier: Dossier) -> str:
    from hearsay.export.html import to_html

    return to_html(dossier)


EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "html": Exporter(suffix=".html", media_type="text/html", write=_html),
        "json": Exporter(suffix=".json", media_type="application/json", write=_json),
    }
)
