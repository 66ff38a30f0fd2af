#!/usr/bin/env python3
"""Measure Hearsay against gold annotations, and hold every figure to a floor that only rises.

In come piles of reports with gold; each is built in a fresh folder by `hearsay build` and scored by the scorer, both
as separate processes. Out goes every figure beside its floor; the exit code is 1 when a figure fell under its floor.
Gold and scorer are not part of this project: they lie in a folder beside it (`--shared`, or HEARSAY_SHARED; ../shared
unless told). Where they are missing, that is said and nothing is measured. `baseline.json` holds the floors and a
digest of each gold file, so that a figure is never compared with one that was measured on another gold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
SCORER = "eval/score_dossier.py"
FIGURE = re.compile(r"^([a-z]+\.[a-z0-9_]+)\s+([\d.]+|n/a)\s+(\S+/\S+)", re.MULTILINE)

Figures = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Reports and the gold annotation of them (or of some of them)."""

    name: str
    reports: Path
    gold: Path

    @property
    def digest(self) -> str:
        """SHA-256 of the gold file."""
        return hashlib.sha256(self.gold.read_bytes()).hexdigest()


def piles(shared: Path) -> tuple[Pile, ...]:
    """Everything that can be measured here."""
    gold, stories, examples = shared / "eval/gold", shared / "eval/stories", HERE.parent / "examples"
    known = (
        Pile(name="seeds", reports=shared / "reports", gold=gold / "seeds-000-001-003.json"),
        Pile(name="dam", reports=stories / "dam", gold=gold / "dam.json"),
        Pile(name="indictment-2018", reports=stories / "indictment-2018.jsonl", gold=gold / "indictment-2018.json"),
        Pile(name="examples", reports=examples / "reports", gold=examples / "expected.json"),
    )
    return tuple(pile for pile in known if pile.reports.exists() and pile.gold.exists())


def measure(pile: Pile, scorer: Path, *, details: bool) -> Iterator[tuple[str, float, str]]:
    """Build and score one pile; yields (figure, percent, counts). Figures without anything to count are left out."""
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "hearsay.cli", "build", str(pile.reports), "-o", folder]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
        score = [sys.executable, str(scorer), str(pile.gold), str(Path(folder) / "dossier.json")]
        run = subprocess.run(score + ["--details"] * details, check=True, capture_output=True, text=True)
    sys.stderr.write(run.stderr)
    if details:
        print("\n".join(line for line in run.stdout.splitlines() if line.startswith("    miss ")))
    for name, value, counts in FIGURE.findall(run.stdout):
        if value != "n/a":
            yield name, float(value), counts


def compare(value: float, floor: float | None) -> str:
    """What to say of one figure: "", "new", "up" or "UNDER ITS FLOOR"."""
    if floor is None:
        return "new"
    return "UNDER ITS FLOOR" if value < floor else "up" if value > floor else ""


def raised(old: Mapping[str, float], new: Mapping[str, float], *, lower: bool) -> Figures:
    """Floors after a run: the better of both, or with `lower` what was measured."""
    if lower:
        return dict(sorted(new.items()))
    return {name: max(old.get(name, 0.0), new.get(name, 0.0)) for name in sorted({*old, *new})}


def run_pile(pile: Pile, scorer: Path, floors: Mapping[str, float], *, details: bool) -> tuple[Figures, list[str]]:
    """Print one pile's figures beside their floors; returns the figures and the names of those that fell."""
    print(f"\n{pile.name}")
    figures: Figures = {}
    for name, value, counts in measure(pile, scorer, details=details):
        figures[name] = value
        floor = floors.get(name)
        print(f"  {name:36} {value:6.1f}   floor {floor if floor is not None else '-':>5}   {counts:>12}   "
              f"{compare(value, floor)}".rstrip())  # fmt: skip
    gone = sorted(set(floors) - set(figures))
    for name in gone:
        print(f"  {name:36}   gone   floor {floors[name]:>5}   UNDER ITS FLOOR")
    return figures, gone + [name for name, value in figures.items() if value < floors.get(name, 0.0)]


def options() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pile", nargs="*", help="measure these only (seeds, dam, indictment-2018, examples)")
    parser.add_argument("--shared", type=Path, help="folder with gold and scorer")
    parser.add_argument("--update", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: lower floors as well")
    parser.add_argument("--details", action="store_true", help="print every miss")
    return parser.parse_args()


def main() -> int:
    """Measure, compare, and with --update write the floors; returns the exit code."""
    asked = options()
    shared: Path = asked.shared or Path(os.environ.get("HEARSAY_SHARED", HERE.parent.parent / "shared"))
    scorer = shared / SCORER
    if not scorer.is_file():
        print("Nothing measured: there is no scorer here; name the folder that holds it with --shared.")
        return 0
    baseline = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {"gold": {}, "floors": {}}
    here = piles(shared)
    unknown = sorted(set(asked.pile) - {pile.name for pile in here})
    if unknown:
        print(f"Not here: {', '.join(unknown)}", file=sys.stderr)
        return 2
    failed: list[str] = []
    for pile in here:
        if asked.pile and pile.name not in asked.pile:
            continue
        floors: Figures = baseline["floors"].get(pile.name, {})
        figures, under = run_pile(pile, scorer, floors, details=asked.details)
        failed += [f"{pile.name} {name}" for name in under]
        if baseline["gold"].get(pile.name, pile.digest) != pile.digest and not asked.update:
            failed.append(f"{pile.name}: its gold has changed since the floors were set; see them, then --update")
        if asked.update:
            baseline["gold"][pile.name] = pile.digest
            baseline["floors"][pile.name] = raised(floors, figures, lower=asked.allow_regression)
    if asked.update:
        BASELINE.write_text(json.dumps(baseline, indent=2, sort_keys=True) + "\n", "utf-8")
        print("\nFloors written.")
        failed = [] if asked.allow_regression else failed
    print("\nUnder their floors:\n  " + "\n  ".join(failed) if failed else "\nEvery figure holds its floor.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
