"""Quotation marks of every style; a stray or missing one costs one quotation at most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.extract.quotes import quotes


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we will come" and left.', ['"we will come"']),
        ("He said “we will come” and left.", ["“we will come”"]),
        ("He said „we will come“ and left.", ["„we will come“"]),
        ("He said «we will come» and left.", ["«we will come»"]),
        ("‘We will come’, he said.", ["‘We will come’"]),
        ("'We will come', the minister's aide said.", ["'We will come'"]),
        ("“The so-called ‘peace plan’ is dead,” she said.", ["“The so-called ‘peace plan’ is dead,”"]),
        ("“A,” he said. “B.”", ["“A,”", "“B.”"]),
        ('a new high level." The plan "is good", he said.', ['"is good"']),
        ('He spoke of "a new road.\nThe aide said "we agree" twice.', ['"we agree"']),
        ("the 1990s' end and the ministers' plan", []),
        ("“First paragraph goes on.\n“Second ends here.”", ["“First paragraph goes on.", "“Second ends here.”"]),
        ("a 6' 2\" man", []),
    ],
)
def test_quotations_are_found_with_their_marks(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@given(st.text(alphabet="ab .,\n\"'“”‘’«»„", max_size=60))
def test_quotations_never_overlap_or_leave_their_paragraph(text: str) -> None:
    last = 0
    for start, end in quotes(text):
        assert last <= start < end <= len(text)
        assert "\n" not in text[start:end]
        last = end


def test_a_missing_mark_in_one_paragraph_leaves_the_others_alone() -> None:
    good = "“We agree,” said the aide."
    assert found(f"“Lost for ever, she said.\n{good}")[-1] == "“We agree,”"
