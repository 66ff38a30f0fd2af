"""The language of a report, so that readers can leave out what they cannot read.

In comes a text, out comes an ISO 639-1 code. English is given up only for certain: where py3langid leaves it next to
nothing over the whole and no part of some length is English either, so that names, foreign furniture or a foreign
quotation leave a report in English. The choice is kept to the languages that news in these tables comes in, because a
free choice among a hundred errs on names.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from hearsay.data import table

_SHORTEST = 20
_LONGEST = 3000  # characters that settle it
_UNLIKELY = 0.01  # probability of English below which a text is in another language
_LIKELY = 0.9  # the same, above which a part of it is English
_PART = 60  # characters of a part that tells
_SHARE = 0.25  # part of the characters that must be English
_PARTS = 100


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loading takes a while, and metadata may settle it

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(identifier.nb_classes)
    identifier.set_languages(sorted({row["language"] for row in table("debris")} & known))
    return identifier


def language_of(text: str) -> str:
    """ISO 639-1 code of the text's language; short texts and texts with an English part of some length are English."""
    bare = text.strip()
    if len(bare) < _SHORTEST:
        return "en"
    ranked = _identifier().rank(bare[:_LONGEST])
    if _english(ranked) >= _UNLIKELY:
        return "en"
    parts = [part for part in bare.split("\n") if len(part) >= _PART][:_PARTS]
    told = sum(len(part) for part in parts if _english(_identifier().rank(part[:_LONGEST])) >= _LIKELY)
    return "en" if told and told >= _SHARE * sum(map(len, parts)) else str(ranked[0][0])


def _english(ranked: list[tuple[str, float]]) -> float:
    return float(sum(share for language, share in ranked if language == "en"))
