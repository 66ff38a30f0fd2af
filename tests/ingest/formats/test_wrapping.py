"""Hard-wrapped lines become paragraphs again, and nothing but breaks changes."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.ingest.formats.wrapping import unwrap

PARAGRAPH = (
    "The council of Port Ostra said on Monday that it would rebuild the harbour wall before winter, after a quarrel "
    "that had gone on for years between the harbour board and the owners of the ferries that wait outside."
)


@pytest.mark.parametrize("width", [50, 65, 76, 100])
def test_wrapped_paragraphs_become_whole(width: int) -> None:
    paragraphs = [PARAGRAPH, "He denied it.", PARAGRAPH]
    wrapped = "\n\n".join(textwrap.fill(text, width) for text in paragraphs)
    assert unwrap(wrapped) == "\n\n".join(paragraphs)


def test_paragraphs_without_blank_lines_end_at_a_short_line() -> None:
    wrapped = f"Wall to rise\n{textwrap.fill(PARAGRAPH, 60)}\nHe denied it."
    assert unwrap(wrapped) == f"Wall to rise\n{PARAGRAPH}\nHe denied it."


def test_a_word_cut_at_a_hyphen_keeps_it() -> None:
    lines = ["The council of Port Ostra said that it would re-", "build the harbour wall before the winter, after a",
             "quarrel that had gone on for many years between", "them."]  # fmt: skip
    assert "would re-build the" in unwrap("\n".join(lines))


@pytest.mark.parametrize(
    "text", ["", "One line", "A\nB\nC\nD\nE", f"{PARAGRAPH}\n{PARAGRAPH}\n{PARAGRAPH}\n{PARAGRAPH}"]
)
def test_what_is_not_wrapped_stays(text: str) -> None:
    assert unwrap(text) == text


@given(st.text(alphabet="ab -\n", max_size=400))
def test_nothing_but_breaks_changes(text: str) -> None:
    assert "".join(unwrap(text).split()) == "".join(text.split())
