"""Whole dossiers, as they came out when somebody last looked: read with the stub reader, the same on every machine.

`make golden` accepts what comes out now; read the difference before you commit it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension

from hearsay.export import EXPORTERS
from hearsay.pipeline import build
from stub import StubReader

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"


class Json(SingleFileSnapshotExtension):
    """One file a dossier, which a person can read and compare."""

    file_extension = "json"


class Markdown(SingleFileSnapshotExtension):
    """The same for the written form."""

    file_extension = "md"


def exported(paths: Path, form: str) -> bytes:
    dossier = build([paths], reader=StubReader)
    text = EXPORTERS[form].write(dossier)
    assert isinstance(text, str)
    return re.sub(r'("hearsay": ")[^"]*|(?<=Hearsay )\d[\w.+]*', r"\1", text).encode()  # the version is no finding


def test_a_small_pile_to_the_last_character(pile: Path, snapshot: SnapshotAssertion) -> None:
    assert exported(pile, "json") == snapshot(extension_class=Json)


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the examples are not beside the tests")
def test_the_examples_as_they_are_written(snapshot: SnapshotAssertion) -> None:
    assert exported(EXAMPLES, "markdown") == snapshot(extension_class=Markdown)
