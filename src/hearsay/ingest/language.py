"""The language of a report, so that readers can leave out what they cannot read.

In comes a text, out comes an ISO 639-1 code. Short texts count as English; the choice is kept to the languages that
news in these tables comes in, because a free choice among a hundred errs on names.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from hearsay.data import table

_SHORTEST = 20
_LONGEST = 3000  # characters that settle it


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loading takes a while, and metadata may settle it

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = set(identifier.nb_classes)
    identifier.set_languages(sorted({row["language"] for row in table("debris")} & known))
    return identifier


def language_of(text: str) -> str:
    """ISO 639-1 code of the text's language."""
    if len(text.strip()) < _SHORTEST:
        return "en"
    return str(_identifier().classify(text[:_LONGEST])[0])
