"""The child that parses untrusted files: its answers, its limits, and that it survives whatever it is given."""

from __future__ import annotations

import time

import pytest

from hearsay.errors import ReportError
from hearsay.ingest.bounded import bounded


def echo(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def sleep(data: bytes) -> None:
    time.sleep(float(data))


def fill(_data: bytes) -> int:
    return len(bytearray(4 * 1024**3))


def fail(_data: bytes) -> None:
    raise KeyError("no such table")


def dive(data: bytes) -> None:
    dive(data)


def die(_data: bytes) -> None:
    import os

    os._exit(1)


def chatter(_data: bytes) -> str:
    print("libraries print what they like")
    return "answer"


@pytest.mark.parametrize("text", ["", "plain", "Größe “x” \U0001f30d", "\ud800", "x" * 3_000_000])
def test_what_the_function_gives_comes_back(text: str) -> None:
    assert bounded(echo, text.encode("utf-8", "surrogatepass")) == text


@pytest.mark.parametrize(
    ("work", "data", "why"),
    [(sleep, b"30", "seconds"), (fill, b"", "MiB"), (fail, b"", "damaged"), (dive, b"", "deep"), (die, b"", "parse")],
)
def test_what_goes_wrong_refuses_the_file_and_the_next_is_read(work: object, data: bytes, why: str) -> None:
    began = time.monotonic()
    with pytest.raises(ReportError, match=why):
        bounded(work, data, seconds=1)  # type: ignore[arg-type]
    assert time.monotonic() - began < 5
    assert bounded(echo, b"next") == "next"


def test_what_libraries_print_is_no_part_of_the_answer() -> None:
    assert bounded(chatter, b"") == "answer"
