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
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
FIGURE = re.compile(r"^([a-z]+\.[a-z0-9_]+)\s+([\d.]+|n/a)\s+(\S+/\S+)", re.MULTILINE)
ROLE = re.compile(r"^(source|cue|content)\s+by letters\s+([\d.]+)\s+exact\s+([\d.]+)", re.MULTILINE)
WHOLE = re.compile(r"^whole\s+([\d.]+)\s+\((\d+) of (\d+)", re.MULTILINE)

Figures = dict[str, float]
Rows = Iterator[tuple[str, float, str]]  # figure, percent, counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Reports, the gold annotation of them (or of some of them), and the scorer that compares the two."""

    name: str
    reports: Path
    gold: Path
    scorer: Path

    @property
    def digest(self) -> str:
        """SHA-256 of the gold file."""
        return hashlib.sha256(self.gold.read_bytes()).hexdigest()

    @property
    def is_here(self) -> bool:
        """Nothing of it is missing."""
        return all(path.exists() for path in (self.reports, self.gold, self.scorer))


def piles(shared: Path) -> tuple[Pile, ...]:
    """Everything that could be measured; `attributions` is a corpus whose gold holds its texts."""
    gold, stories, examples = shared / "eval/gold", shared / "eval/stories", HERE.parent / "examples"
    dossier, polnear = shared / "eval/score_dossier.py", shared / "corpora/polnear-dev.jsonl.gz"
    indictment = "indictment-2018"
    return (
        Pile(name="seeds", reports=shared / "reports", gold=gold / "seeds-000-001-003.json", scorer=dossier),
        Pile(name="dam", reports=stories / "dam", gold=gold / "dam.json", scorer=dossier),
        Pile(
            name=indictment,
            reports=stories / f"{indictment}.jsonl",
            gold=gold / f"{indictment}.json",
            scorer=dossier,
        ),
        Pile(name="examples", reports=examples / "reports", gold=examples / "expected.json", scorer=dossier),
        Pile(name="attributions", reports=polnear, gold=polnear, scorer=shared / "eval/score_attributions.py"),
    )


def measure(pile: Pile, *, details: bool) -> Rows:
    """Figures of one pile. Those without anything to count are left out."""
    with tempfile.TemporaryDirectory() as folder:
        if pile.name == "attributions":
            yield from of_readings(pile, Path(folder))
        else:
            yield from of_dossier(pile, Path(folder), details=details)


def of_dossier(pile: Pile, folder: Path, *, details: bool) -> Rows:
    """Build the pile and score its dossier."""
    hearsay("build", pile.reports, "-o", folder / "out")
    output = score(pile, folder / "out/dossier.json", *["--details"] * details)
    if details:
        print("\n".join(line for line in output.splitlines() if line.startswith("    miss ")))
    for name, value, counts in FIGURE.findall(output):
        if value != "n/a":
            yield name, float(value), counts


def of_readings(pile: Pile, folder: Path) -> Rows:
    """Read the texts that stand in the gold, each for itself, and score their attributions."""
    reports, readings = folder / "reports.jsonl", folder / "readings.jsonl"
    with gzip.open(pile.gold, "rt", encoding="utf-8") as lines:
        records = [{key: record[key] for key in ("id", "text")} for record in map(json.loads, lines)]
    reports.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    readings.write_bytes(hearsay("read", "--json", reports))
    output = score(pile, readings)
    for role, letters, exact in ROLE.findall(output):
        yield f"attribution.{role}_by_letters", float(letters), ""
        yield f"attribution.{role}_exact", float(exact), ""
    for value, hit, total in WHOLE.findall(output):
        yield "attribution.whole", float(value), f"{hit}/{total}"


def hearsay(*arguments: str | Path) -> bytes:
    """Standard output of the command; what it says on standard error is passed on."""
    command = [sys.executable, "-m", "hearsay.cli", *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def score(pile: Pile, result: Path, *options: str) -> str:
    """What the pile's scorer prints of a result."""
    command = [sys.executable, str(pile.scorer), str(pile.gold), str(result), *options]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout


def compare(value: float, floor: float | None) -> str:
    """What to say of one figure: "", "new", "up" or "UNDER ITS FLOOR"."""
    if floor is None:
        return "new"
    return "UNDER ITS FLOOR" if value < floor else "up" if value > floor else ""


def raised(old: Mapping[str, float], new: Mapping[str, float], *, lower: Collection[str] | None) -> Figures:
    """Floors after a run: the better of both; those named in `lower` (an empty one names all) as measured."""

    def floor(name: str) -> float | None:
        sinks = lower is not None and (name in lower or not lower)
        return new.get(name) if sinks else max(old.get(name, 0.0), new.get(name, 0.0))

    floors = {name: floor(name) for name in sorted({*old, *new})}
    return {name: value for name, value in floors.items() if value is not None}


def run_pile(pile: Pile, floors: Mapping[str, float], *, details: bool) -> Figures:
    """Print one pile's figures beside their floors, and return them."""
    print(f"\n{pile.name}", flush=True)
    figures: Figures = {}
    try:
        for name, value, counts in measure(pile, details=details):
            figures[name] = value
            floor = floors.get(name)
            beside = f"floor {floor if floor is not None else '-':>5}   {counts:>12}"
            print(f"  {name:36} {value:6.1f}   {beside}   {compare(value, floor)}".rstrip())
    except subprocess.CalledProcessError as error:
        print(f"  could not be measured: {' '.join(map(str, error.cmd[1:4]))} ended with {error.returncode}")
    for name in sorted(set(floors) - set(figures)):
        print(f"  {name:36}   gone   floor {floors[name]:>5}   UNDER ITS FLOOR")
    return figures


def fallen(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Figures that lie under their floors or are gone."""
    return [name for name, floor in sorted(floors.items()) if figures.get(name, -1.0) < floor]


def options() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "pile", nargs="*", help="measure these only (seeds, dam, indictment-2018, examples, attributions)"
    )
    parser.add_argument("--shared", type=Path, help="folder with gold and scorer")
    parser.add_argument("--update", action="store_true", help="raise the floors to what was measured")
    parser.add_argument(
        "--allow-regression", nargs="*", metavar="FIGURE", help="with --update: lower these floors as well, or all"
    )
    parser.add_argument("--details", action="store_true", help="print every miss")
    return parser.parse_args()


def main() -> int:
    """Measure, compare, and with --update write the floors; returns the exit code."""
    asked = options()
    shared: Path = asked.shared or Path(os.environ.get("HEARSAY_SHARED", HERE.parent.parent / "shared"))
    known = piles(shared)
    unknown = sorted(set(asked.pile) - {pile.name for pile in known})
    if unknown:
        print(f"There is no {', '.join(unknown)}; choose of {', '.join(pile.name for pile in known)}", file=sys.stderr)
        return 2
    wanted = [pile for pile in known if pile.name in asked.pile or not asked.pile]
    here = [pile for pile in wanted if pile.is_here]
    for pile in wanted:
        if pile not in here:
            print(f"Not measured: {pile.name}; its gold or scorer is not here (--shared names the folder).")
    baseline = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {"gold": {}, "floors": {}}
    failed: list[str] = []
    for pile in here:
        floors: Figures = baseline["floors"].get(pile.name, {})
        figures = run_pile(pile, floors, details=asked.details)
        if not figures:
            failed.append(f"{pile.name}: nothing could be measured")
            continue
        if baseline["gold"].get(pile.name, pile.digest) != pile.digest and not asked.update:
            failed.append(f"{pile.name}: its gold has changed since the floors were set; see them, then --update")
        if asked.update:
            baseline["gold"][pile.name] = pile.digest
            baseline["floors"][pile.name] = floors = raised(floors, figures, lower=asked.allow_regression)
        failed += [f"{pile.name} {name}" for name in fallen(figures, floors)]
    if asked.update:
        BASELINE.write_text(json.dumps(baseline, indent=2, sort_keys=True) + "\n", "utf-8")
        print("\nFloors written.")
    held = "\nEvery figure measured holds its floor." if here else "\nNothing was measured."
    print("\nUnder their floors:\n  " + "\n  ".join(failed) if failed else held)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
