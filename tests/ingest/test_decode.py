"""Decoding: which encoding a file is in, and the way from any character back to its bytes."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearsay.data import table
from hearsay.errors import ReportError
from hearsay.ingest.decode import Decoded, decode, decoded, trace
from hearsay.model import Span

STORY = "The council of Port Ostra said on Monday that it would rebuild the wall. “It stands,” said José — ☃ 🌊.\r\n"
WORDS = st.lists(
    st.sampled_from(
        ["wall", "café", "“quoted”", "naïve vetée", "—", "🌊", "Ostra’s", "\r\n", "\n", " ", "…", "Łuk", "ж"]
    ),
    max_size=30,
).map(" ".join)
WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE,
         "utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE}  # fmt: skip


def spoilt(text: str, rounds: int) -> str:
    """Text that was saved as UTF-8 and read as Latin-1, so many times."""
    for _ in range(rounds):
        text = text.encode().decode("latin-1")
    return text


def healed(text: str, rounds: int) -> str:
    for _ in range(rounds):
        text = text.encode("latin-1").decode()
    return text


@pytest.mark.parametrize("row", [r for r in table("charsets") if r["prior"]], ids=lambda row: row["codec"])
def test_an_undeclared_encoding_is_told_by_its_words(row: dict[str, str]) -> None:
    text = f"{row['example']}.\n{row['example']}.\n"
    assert decode(text.encode(row["codec"])) == text


@pytest.mark.parametrize(
    ("codec", "label", "example"),
    [(row["codec"], label, row["example"]) for row in table("charsets") for label in row["labels"].split("|")],
)
@pytest.mark.parametrize(
    "head", ['<html><head><meta charset="{}"></head>', "<?xml version='1.0' encoding='{}'?>",
             '<meta http-equiv="Content-Type" content="text/html; charset={}">']
)  # fmt: skip
def test_a_declared_encoding_is_believed_where_it_fits(codec: str, label: str, example: str, head: str) -> None:
    text = f"{head.format(label.upper())}<p>{example}</p>"
    assert decode(text.encode(codec)) == text


def test_utf8_is_believed_more_than_a_declaration() -> None:
    text = '<meta charset="iso-8859-1"><p>Brücke über den Fluß</p>'
    assert decode(text.encode()) == text


@pytest.mark.parametrize("short", ["José said so.", "It’s fine.", "A café — full.", "Łukasz … “”"])
def test_a_few_letters_are_no_reason_to_leave_windows_1252(short: str) -> None:
    text = f"The council met on Monday. {short}"
    data = text.encode("cp1252", "replace")
    assert decode(data) == data.decode("cp1252")


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("marked", [True, False])
def test_wide_encodings_need_no_mark(encoding: str, marked: bool) -> None:
    data = (MARKS[encoding] if marked else b"") + STORY.encode(encoding)
    found = decoded(data)
    assert (found.text, found.encoding) == (STORY, encoding)


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\0\0\0\x14", b"\0" * 64, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"a\0" * 3 + b"b"]
)
def test_what_only_looks_wide_is_refused(data: bytes) -> None:
    with pytest.raises(ReportError, match="binary"):
        decode(data)


def test_a_damaged_file_loses_the_damaged_character_only() -> None:
    text = "Die Brücke über den Fluß wird größer. Schöne Grüße für alle."
    data = text.encode()
    assert decode(data[:-1].replace("ß w".encode(), b"\xc3 w")) == text[:-1].replace("ß w", "� w")
    assert decoded(data[:-1].replace("ß w".encode(), b"\xc3 w")).bytes_at(23, 25) == (25, 27)
    assert decode("Grüße für die größte Brücke über dem Fluß, ö".encode()[:-1]).endswith("ß, �")


def check(found: Decoded, start: int, end: int, back: Callable[[str], str]) -> None:
    """The bytes of a span, decoded and repaired by `back`, are the words of the span, or of the repairs it touches."""
    first, last = found.bytes_at(start, end)
    wide = found.widened(start, end)
    assert wide[0] <= start <= end <= wide[1]
    words = found.data[first:last].decode(found.encoding)
    assert back(words) == found.text[wide[0] : wide[1]]
    assert trace(found.data, Span(report="r", start=start, end=end)) == (first, last)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), text=WORDS, encoding=st.sampled_from(sorted(MARKS)), marked=st.booleans())
def test_every_span_leads_back_to_its_bytes(data: st.DataObject, text: str, encoding: str, marked: bool) -> None:
    text = STORY + text
    found = decoded((MARKS[encoding] if marked else b"") + text.encode(encoding))
    assert found.text == text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert found.widened(start, end) == (start, end)
    check(found, start, end, lambda words: words)


@settings(max_examples=60, deadline=None)
@given(
    data=st.data(),
    row=st.sampled_from([row for row in table("charsets") if row["prior"]]),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_every_span_of_another_encoding_leads_back(data: st.DataObject, row: dict[str, str], ends: str) -> None:
    found = decoded(f"{row['example']}.{ends}{row['example']}.{ends}".encode(row["codec"]))
    start = data.draw(st.integers(0, len(found.text)))
    end = data.draw(st.integers(start, len(found.text)))
    check(found, start, end, lambda words: words)


@settings(max_examples=200, deadline=None)
@given(
    data=st.data(),
    parts=st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=4),
    rounds=st.integers(1, 3),
    mark=st.sampled_from([b"", codecs.BOM_UTF8]),
)
def test_every_span_of_repaired_text_leads_back(
    data: st.DataObject, parts: list[tuple[str, bool]], rounds: int, mark: bytes
) -> None:
    clean = [(f"café {words.replace(chr(10), ' ').replace(chr(13), ' ')}", bad) for words, bad in parts]
    raw = "\r\n".join(spoilt(line, rounds) if bad else line for line, bad in clean)
    found = decoded(mark + raw.encode())
    if found.text != "\r\n".join(line for line, _ in clean):
        return  # where ftfy leaves a line alone there is nothing to trace
    start = data.draw(st.integers(0, len(found.text)))
    end = data.draw(st.integers(start, len(found.text)))
    first, last = found.bytes_at(start, end)
    wide = found.widened(start, end)
    again = [
        part if part in found.text[wide[0] : wide[1]].split("\r\n") else healed(part, rounds)
        for part in found.data[first:last].decode().split("\r\n")
    ]
    assert "\r\n".join(again) == found.text[wide[0] : wide[1]]
    assert wide[0] <= start <= end <= wide[1]


def test_a_repair_is_one_letter_wide() -> None:
    found = decoded("It’s the café’s naïve wall".encode().decode("cp1252").encode())
    assert found.text == "It’s the café’s naïve wall"
    at = found.text.index("ï")
    first, last = found.bytes_at(at, at + 1)
    assert found.data[first:last].decode() == "Ã¯"
    assert found.widened(at, at + 1) == (at, at + 1)


def test_offsets_outside_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="no characters"):
        decoded(b"wall").bytes_at(2, 9)
