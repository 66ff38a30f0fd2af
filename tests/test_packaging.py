"""The wheel as a user gets it: everything in it, and working where no development tool is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "hearsay"

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the tree with the build backend that is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_every_file_of_the_package_and_its_licence(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        packed = set(archive.namelist())
        metadata = next(archive.read(name).decode() for name in packed if name.endswith("/METADATA"))
    files = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert {path.relative_to(PACKAGE.parent).as_posix() for path in files} <= packed
    assert "hearsay/data/reader/reader.int8.onnx" in packed
    assert {name.rsplit("/", 1)[1] for name in packed if "/licenses/" in name} == {"LICENSE", "NOTICE"}
    assert "License-Expression: Apache-2.0" in metadata


@pytest.mark.timeout(900)
def test_an_installed_wheel_builds_the_examples_without_development_tools(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "constraints.txt")], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "HEARSAY"))}
    command = [str(python.with_name("hearsay")), "build", str(ROOT / "examples" / "reports"), "-o", "dossier"]
    run = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("8 reports, ")
    assert (tmp_path / "dossier" / "dossier.html").stat().st_size > 1000
