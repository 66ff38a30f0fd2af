"""What tests of several packages share: an invented story in two reports, and its pile on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

# Invented states, people and outlets; nothing here was ever printed.
PILE = {
    "bridge.txt": (
        "Vandria opens bridge to Ostmark\n\n"
        "LIRENTH, March 4 (Norvik News) -- Vandrian President Mara Tolvik opened a bridge to Ostmark on Monday.\n\n"
        '"We will build a second one next year," Tolvik said at the ceremony, the Norvik News Agency reported.\n\n'
        'Ostmark Transport Minister Ivo Brandt said that the bridge "ends a long wait" for both banks.\n'
    ),
    "harbour.txt": (
        "Second bridge planned, Vandria says\n\n"
        "MARESK, March 5 (Harbour Press) -- Vandria plans another bridge, its president announced a day earlier.\n\n"
        'Mara Tolvik said: "We will build a second one next year." Work could begin in June 2031.\n'
    ),
}


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with the invented story's reports."""
    folder = tmp_path / "pile"
    folder.mkdir()
    for name, text in PILE.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
