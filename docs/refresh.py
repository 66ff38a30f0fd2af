#!/usr/bin/env python3
"""Run the commands that the pages show, and put what they print today in place of what they printed then.

In come the Markdown pages; every code block whose first line is `$ hearsay ...` is run, page by page, in a
folder of its own that sees `examples/`; the lines below the command become what it wrote. Needs the project installed
(`make example` does it).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "docs" / "cli.md", ROOT / "README.md")
BLOCK = re.compile(r"^```\n\$ (hearsay .+)\n(?:.*\n)*?```$", re.MULTILINE)


def shown(command: str, folder: Path) -> str:
    """The block of one command as it comes out now."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True,
        encoding="utf-8",
    )  # fmt: skip
    if (run.returncode and not run.stdout) or "please report this" in run.stdout:
        sys.exit(f"not fit to be shown: {command}\n{run.stdout}{run.stderr}")
    return f"```\n$ {command}\n{run.stdout.rstrip()}\n```"


def main() -> None:
    """Rewrite the pages in place."""
    for page in PAGES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "examples").symlink_to(ROOT / "examples")
            text = page.read_text("utf-8")
            page.write_text(BLOCK.sub(lambda found, at=folder: shown(found[1], at), text), "utf-8")  # type: ignore[misc]


if __name__ == "__main__":
    main()
