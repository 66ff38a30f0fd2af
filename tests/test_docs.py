"""The pages for users are complete and true: what exists is documented, and what is linked or counted exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

import hearsay
from hearsay import errors
from hearsay.cli import app
from hearsay.export import EXPORTERS, FOLDER_EXPORTERS
from hearsay.terminal import VIEWS

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "examples" / "README.md",
         *sorted((ROOT / "docs").glob("*.md"))]  # fmt: skip
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
CODE = set(re.findall(r"`([^`\n]+)`", TEXT))  # what is set as code within a line
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
ERRORS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
TABLES = sorted(path.name for path in (ROOT / "src" / "hearsay" / "data").iterdir() if path.suffix in (".tsv", ".toml"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SHOWN = sorted(set(re.findall(r"^(?:\$ |\.venv/bin/)hearsay ([^|\n]+)", TEXT, re.MULTILINE)))
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def mentioned(word: str) -> bool:
    """Does the word stand by itself in something set as code?"""
    alone = re.compile(rf"(?<![\w.-]){re.escape(word)}(?![\w-])")
    return any(alone.search(code) for code in CODE)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_its_section(command: str) -> None:
    assert f"\n## hearsay {command}\n" in page("docs/cli.md")


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (name, option)
        for name, command in sorted(COMMANDS.items())
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("-")
    ],
)
def test_every_option_stands_in_its_commands_section(command: str, option: str) -> None:
    section = page("docs/cli.md").split(f"\n## hearsay {command}\n")[1].split("\n## ")[0]
    assert re.search(rf"`{option}[ `]", section)


@pytest.mark.parametrize("view", [*VIEWS, "report"])
def test_every_view_is_documented(view: str) -> None:
    assert re.search(rf"^\| `{view}[ `]", page("docs/cli.md"), re.MULTILINE)


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_is_documented_with_its_exit_code(kind: type[Exception]) -> None:
    code = "none" if kind is errors.ReportError else kind.exit_code  # type: ignore[attr-defined]
    assert f"| {code} | `{kind.__name__}` |" in page("docs/cli.md")


@pytest.mark.parametrize("name", sorted([*EXPORTERS, *FOLDER_EXPORTERS]))
def test_every_exporter_is_documented(name: str) -> None:
    section = page("docs/cli.md").split("\n## hearsay export\n")[1].split("\n## ")[0]
    assert f"`{name}`" in section


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_described(name: str) -> None:
    assert f"| `{name}` |" in page("docs/extending.md")


def test_no_table_is_described_that_is_not_there() -> None:
    assert set(re.findall(r"^\| `(\w+\.(?:tsv|toml))` \|", page("docs/extending.md"), re.MULTILINE)) == set(TABLES)


@pytest.mark.parametrize("name", hearsay.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert mentioned(name) or mentioned(f"hearsay.{name}")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(BLOCK.sub("", path.read_text(encoding="utf-8"))):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        aim = (path.parent / file).resolve() if file else path
        assert aim.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", aim.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_that_pages_name_exist(path: Path) -> None:
    source = "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "src").rglob("*.py")))
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"`((?:src|docs|tests|examples|eval)/[\w./-]+)`", text):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"`(\w+)\(\)`", text):
        assert re.search(rf"\bdef {name}\b|\bclass {name}\b", source), name


def test_every_make_target_for_people_is_documented() -> None:
    targets = re.search(r"^\.PHONY: (.+)$", page("Makefile"), re.MULTILINE)
    assert targets
    assert [name for name in targets[1].split() if name != "check" and f"make {name}" not in TEXT] == []


@pytest.mark.parametrize("line", SHOWN)
def test_commands_that_pages_show_are_understood(line: str) -> None:
    name, *arguments = shlex.split(line)
    COMMANDS[name].make_context(name, arguments)  # raises where a command, an option or a value is unknown


@pytest.mark.parametrize("code", PYTHON.findall(page("docs/extending.md")), ids=lambda code: code.split()[-1])
def test_extensions_that_pages_show_work(code: str) -> None:
    from hearsay.errors import ReportError
    from hearsay.model import Actor, Basis, Dossier

    shown: dict[str, Any] = {}
    exec(compile(code, "docs/extending.md", "exec"), shown)
    if "to_names" in shown:
        someone = Actor(id="actor-1", name="Ada Quill", kind="person", basis=Basis(by="test"))
        assert shown["to_names"](Dossier(reports=(), actors=(someone,))) == "Ada Quill\n"
    elif "mail" in shown:
        (record,) = shown["mail"](b"From: Mill Post\nSubject: Bakers open late\n\nThe bakers slept.\n", "one.eml")
        assert record.text[: record.title] == "Bakers open late"
        assert record.meta["outlet"] == "Mill Post"
        with pytest.raises(ReportError):
            list(shown["mail"](b"no head", "two.eml"))
    else:
        assert not shown["Silent"]().tag("Bakers slept.").attribution


@pytest.mark.model
def test_programs_that_pages_show_run() -> None:
    programs = [code for name in ("README.md", "docs/library.md") for code in PYTHON.findall(page(name))]
    ask = "print('EMPTY', *(name for name in dossier.__slots__ if not getattr(dossier, name)))"
    command = [sys.executable, "-X", "utf8", "-c", "\n".join([*dict.fromkeys(programs), ask])]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    assert " → " in run.stdout
    empty = set(run.stdout.splitlines()[-1].split()[1:]) - {"skipped"}
    promised = re.search(r"The lists? (.+?) ha(?:ve|s) (?:their|its) place", page("README.md"), re.DOTALL)
    assert empty == set(re.findall(r"`(\w+)`", promised[1] if promised else ""))
