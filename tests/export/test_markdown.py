"""The Markdown page: everything is on it, with its source, and nothing a report says becomes markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from page_sample import sample

from hearsay.export.markdown import escaped, to_markdown
from hearsay.model import Dossier, Report, Skipped, Sourced
from hearsay.wording import one_line

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def inner(markdown: str) -> set[str]:
    """Kinds of inline tokens that a renderer sees, besides text."""
    tokens = [child for token in RENDERER.parse(markdown) for child in token.children or ()]
    return {token.type for token in tokens} - {"text", "softbreak", "text_special"}


def shown(markdown: str) -> str:
    return "".join(
        child.content for token in RENDERER.parse(markdown) for child in token.children or () if child.content
    )


def test_the_page_has_its_sections_and_every_statement() -> None:
    dossier = sample()
    page = to_markdown(dossier)
    assert re.findall(r"^## (.+)$", page, re.MULTILINE)[:4] == ["Reports", "Stories", "Timeline", "Statements"]
    assert page.count("\n## ") == 12
    text = shown(page)
    for statement in dossier.statements:
        report = next(report for report in dossier.reports if report.id == statement.report)
        assert " ".join(statement.content[0].of(report.text).split()) in text


def test_every_line_that_states_something_ends_with_its_source() -> None:
    page = to_markdown(sample()).replace("\\", "")
    lines = [line for line in page.splitlines() if line.lstrip().startswith("- ")]
    assert len(lines) > 20
    assert all(line.endswith(")") for line in lines)
    spoken = page.split("## Statements")[1].split("\n## ")[0]
    assert all(re.search(r"\d+–\d+\)$", line) for line in spoken.splitlines() if line.startswith("- "))


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "![x](http://example.org/x.png)",
        "**bold** _and_ `code` ~~gone~~",
        "http://example.org and www.example.org and <mailto:a@example.org>",
        "&lt;b&gt; &#60;b&#62;",
        "[ref]: http://example.org",
        "$x^2$ | a | b |",
        "# heading",
        "1. one",
        "- one",
        "\n\n# heading\n\n- item\n\n<b>\n",
        "\u202egnp.exe",
    ],
)
def test_what_a_report_says_is_only_text(words: str) -> None:
    made = escaped(words)
    assert "<" not in made and "\n" not in made
    assert inner(f"- {made}") <= {"text"}
    assert not re.search(r"www\.|\w://", made)
    assert shown(f"x {made}") == f"x {one_line(words)}"
    report = Report(id="r1", uri=words, text="x", headline=Sourced(value=words))
    page = to_markdown(Dossier(reports=(report,), skipped=(Skipped(uri=words, why=words),)))
    kinds = {token.type for token in RENDERER.parse(page)}
    assert not kinds & {"html_block", "code_block", "fence", "ordered_list_open", "table_open", "blockquote_open"}
    assert inner(page) <= {"strong_open", "strong_close"}


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("<>[]()*_`#-+.1&;:/\\|~!\n\t"), max_size=30))
def test_no_text_becomes_markup_or_is_lost(text: str) -> None:
    made = escaped(text)
    assert inner(f"x {made} x") == set()
    assert shown(f"x {made} x") == f"x {one_line(text)} x" or not one_line(text)
