"""The floors of `make eval`: they rise with what is measured, and never sink unasked."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


class Bench:
    """An eval run whose scorer prints what a test wants, in a folder of its own."""

    def __init__(self, module: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.module, self.folder, self.monkeypatch = module, folder, monkeypatch
        for name in ("eval/gold", "eval/stories/dam"):
            (folder / name).mkdir(parents=True)
        self.gold = folder / "eval/gold/dam.json"
        self.gold.write_text("{}")
        monkeypatch.setattr(module, "hearsay", lambda *_: b"")
        monkeypatch.setattr(module, "BASELINE", folder / "baseline.json")

    def run(self, *options: str, **figures: str) -> int:
        lines = "".join(f"statement.{name}   {value}   1/2\n" for name, value in figures.items())
        (self.folder / "eval/score_dossier.py").write_text(f"print({lines!r})")
        self.monkeypatch.setattr(sys, "argv", ["run.py", "dam", "--shared", str(self.folder), *options])
        code: int = self.module.main()
        return code

    @property
    def floors(self) -> dict[str, float]:
        found: dict[str, float] = json.loads((self.folder / "baseline.json").read_text())["floors"]["dam"]
        return found


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    spec = importlib.util.spec_from_file_location("eval_run", ROOT / "eval" / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "eval_run", module)  # dataclasses look their module up
    spec.loader.exec_module(module)
    return Bench(module, tmp_path, monkeypatch)


def test_a_figure_under_its_floor_fails_and_is_named(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.run("--update", recall="70.0", form="90.0") == 0
    assert bench.run(recall="70.0", form="91.0") == 0
    assert bench.run(recall="69.9", form="91.0") == 1
    assert "statement.recall" in capsys.readouterr().out.split("Under their floors:")[1]


def test_update_raises_and_lowers_only_when_allowed(bench: Bench) -> None:
    bench.run("--update", recall="70.0", form="90.0")
    assert bench.run("--update", recall="60.0", form="95.0") == 1
    assert bench.floors == {"statement.recall": 70.0, "statement.form": 95.0}
    assert bench.run("--update", "--allow-regression", recall="60.0", form="95.0") == 0
    assert bench.floors == {"statement.recall": 60.0, "statement.form": 95.0}


def test_named_figures_alone_may_sink(bench: Bench) -> None:
    bench.run("--update", recall="70.0", form="90.0")
    assert bench.run("--update", "--allow-regression", "statement.form", recall="60.0", form="80.0") == 1
    assert bench.floors == {"statement.recall": 70.0, "statement.form": 80.0}


def test_a_figure_that_is_gone_fails_like_one_that_fell(bench: Bench) -> None:
    bench.run("--update", recall="70.0", form="90.0")
    assert bench.run(recall="70.0", form="n/a") == 1


def test_a_scorer_that_breaks_fails_the_run_and_leaves_the_floors(bench: Bench) -> None:
    bench.run("--update", recall="70.0")
    (bench.folder / "eval/score_dossier.py").unlink()
    bench.monkeypatch.setattr(bench.module.Pile, "is_here", True)
    assert bench.module.main() == 1
    assert bench.floors == {"statement.recall": 70.0}


def test_floors_do_not_hold_for_another_gold(bench: Bench) -> None:
    bench.run("--update", recall="70.0")
    bench.gold.write_text('{"reports": []}')
    assert bench.run(recall="80.0") == 1
    assert bench.run("--update", recall="80.0") == 0
    assert bench.run(recall="80.0") == 0


def test_without_gold_nothing_is_measured_and_it_is_said(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.gold.unlink()
    assert bench.run(recall="70.0") == 0
    assert "Nothing was measured." in capsys.readouterr().out
