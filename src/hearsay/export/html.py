"""A dossier as one web page to read: a Dossier comes in, a self-contained HTML file goes out.

The page loads nothing and may load nothing: its policy allows the one style block and the one script block by their
hashes. Text of reports is untrusted; it enters through Jinja2's autoescape only and never inside a script. Without
JavaScript everything can be read and every value leads to its words; the script adds a panel and filters.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import defaultdict
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from hearsay import __version__
from hearsay.export.page import dates, view
from hearsay.model import Dossier, Span

_UNWRITABLE = re.compile("[\ud800-\udfff]")
_POLICY = "default-src 'none'; script-src 'sha256-{js}'; style-src 'sha256-{css}'; base-uri 'none'; form-action 'none'"


def to_html(dossier: Dossier) -> str:
    """One HTML page, complete in itself; lone surrogates, which no file can hold, become U+FFFD."""
    css, js = _asset("page.css"), _asset("page.js")
    index = view.Index(dossier)
    days, voices = view.timeline(index), view.voices(index)
    page = (
        _environment()
        .get_template("page.html.j2")
        .render(
            **_sections(index),
            title=view.title(index),
            version=__version__,
            policy=_POLICY.format(css=_digest(css), js=_digest(js)),
            css=Markup(css),
            js=Markup(js),
            dossier=dossier,
            ix=index,
            f=view.figures(index, sum(bool(voice.speakers) for voice in voices)),
            days=days,
            strip=view.overview(index, days),
            undrawn=sum(dates.middle(event.date) is None for event in dossier.events),
            voices=voices,
            voice_of={voice.speakers[0]: voice.number for voice in voices if len(voice.speakers) == 1},
        )
    )
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", page)


def _sections(index: view.Index) -> dict[str, object]:
    """What the quieter sections need."""
    dossier = index.dossier
    additions: dict[int, list[Span]] = defaultdict(list)
    for addition in dossier.additions:
        additions[index.number(addition.report)].extend(span for span in addition.spans if index.valid(span))
    keys = sorted({relay.dispatch for relay in dossier.relays if relay.dispatch})
    return {
        "relays": view.relays(index),
        "dispatches": {key: number for number, key in enumerate(keys, 1)},
        "additions": sorted((number, spans) for number, spans in additions.items() if number and spans),
        "cast": view.cast(index),
        "minor": view.minor(index),
        "spoken": view.spoken(index),
        "texts": view.texts(index),
    }


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("hearsay.export.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["verbatim"] = _verbatim
    environment.globals.update(
        in_words=dates.in_words,
        one=dates.one,
        concordance=view.concordance,
        masthead=view.masthead,
        spans_in=lambda value: tuple(view.spans_in(value)),
    )
    return environment


def _verbatim(text: str) -> Markup:
    """Escaped text that a browser counts as we do: it would join CR and LF, and drop NUL."""
    return Markup(str(escape(text)).replace("\r", "&#13;").replace("\0", "\N{REPLACEMENT CHARACTER}"))


def _asset(name: str) -> str:
    return files("hearsay.export.page").joinpath(name).read_text(encoding="utf-8")


def _digest(block: str) -> str:
    return b64encode(sha256(block.encode("utf-8")).digest()).decode("ascii")
