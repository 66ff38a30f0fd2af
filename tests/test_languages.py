"""Reports in other languages are kept and listed, and not read."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from hearsay import Settings
from hearsay.extract.reader import Tags
from hearsay.pipeline import build
from hearsay.terminal import show_reports
from hearsay.wording import counts
from stub import StubReader

GERMAN = (
    "Rat beschließt neue Mauer\n\nDer Rat von Port Ostra hat am Montag beschlossen, die Hafenmauer neu zu bauen.\n\n"
    '"Wir bauen sie höher als die alte", sagte Bürgermeisterin Ilva Brandt.\n'
)
ENGLISH = (
    "Ostra votes to rebuild wall\n\nPORT OSTRA, May 3 (Lumen) -- The council of Port Ostra voted on Monday.\n\n"
    '"We shall build it higher than the old one," Mayor Ilva Brandt said.\n'
)


class EnglishOnly(StubReader):
    """Must not be asked for German."""

    def tag(self, text: str) -> Tags:
        assert "beschlossen" not in text
        return super().tag(text)


def pile(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_another_language_is_kept_listed_and_not_read(tmp_path: Path) -> None:
    found = build([pile(tmp_path, english=ENGLISH, german=GERMAN)], reader=EnglishOnly)
    assert {report.uri: report.language for report in found.reports} == {"english.txt": "en", "german.txt": "de"}
    german = next(report for report in found.reports if report.language == "de")
    assert german.text == GERMAN
    assert german.id not in {statement.report for statement in found.statements}
    assert "1 report kept but not read (language: de)" in counts(found)
    out = io.StringIO()
    show_reports(Console(file=out), found)
    rows = [line.split("\t") for line in out.getvalue().splitlines()]
    assert {row[3]: row[-1] for row in rows[1:]} == {"english.txt": "en", "german.txt": "de (not read)"}


def test_languages_to_be_read_are_a_setting(tmp_path: Path) -> None:
    store = tmp_path / "hearsay.db"
    reports = pile(tmp_path, german=GERMAN) / "german.txt"
    build([reports], store=store, reader=StubReader)
    found = build([reports], store=store, reader=StubReader, settings=Settings(languages=("en", "de")))
    assert found.actors
    assert "not read" not in counts(found)


def test_english_alone_says_nothing_of_languages(tmp_path: Path) -> None:
    assert "language" not in counts(build([pile(tmp_path, english=ENGLISH)], reader=StubReader))
