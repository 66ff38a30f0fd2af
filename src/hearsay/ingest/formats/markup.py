"""Text out of the bits of HTML that feeds and records carry: a fragment, never a whole page.

In comes a fragment, out comes its text: paragraphs apart by a blank line, entities resolved, scripts, styles and
pictures' captions left out. One pass over the tags, so that no fragment makes it slow.
"""

from __future__ import annotations

import html
import re
from functools import cache

from hearsay.data import alternatives, table

_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]{0,40})[^<>]*>|<[!?][^<>]*>")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LOOKS = re.compile(r"</[A-Za-z][\w:.-]{0,40}\s{0,8}>|<br\s{0,8}/?>|<(?:p|img)\b[^<>]{0,400}>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@cache
def _tags(role: str) -> frozenset[str]:
    return frozenset(tag for row in table("markup_tags") if row["role"] == role for tag in alternatives(row["tags"]))


def is_markup(text: str) -> bool:
    """Does the text hold tags of HTML?"""
    return "<" in text and bool(_LOOKS.search(text))


def fragment_text(fragment: str) -> str:
    """The text of a fragment of HTML."""
    fragment = _COMMENT.sub("", fragment)
    parts: list[str] = []
    at, skipped = 0, ""
    for match in _TAG.finditer(fragment):
        if not skipped:
            parts.append(html.unescape(_BLANKS.sub(" ", fragment[at : match.start()])))
        at = match.end()
        name, closes = (match[2] or "").lower(), bool(match[1])
        if skipped:
            skipped = "" if closes and name == skipped else skipped
        elif name in _tags("skip") and not closes and not match[0].endswith("/>"):
            skipped = name
        elif name in _tags("line"):
            parts.append("\n")
        elif name in _tags("block"):
            parts.append("\n\n")
        elif name in _tags("cell"):
            parts.append(" ")
    if not skipped:
        parts.append(html.unescape(_BLANKS.sub(" ", fragment[at:])))
    lines = (re.sub(r" {2,}", " ", line).strip(" ") for line in "".join(parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
