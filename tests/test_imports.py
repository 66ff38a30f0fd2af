"""Starting is quick: neither `import hearsay` nor `hearsay --help` loads the model's machinery."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("jinja2", "numpy", "onnxruntime", "pandas", "py3langid", "rapidfuzz", "sqlite3", "tokenizers", "torch")


@pytest.mark.parametrize(
    "code",
    [
        "import hearsay",
        "from hearsay.cli import app; app(['--help'], standalone_mode=False)",
        "from hearsay.cli import app; app(['build', '--help'], standalone_mode=False)",
    ],
)
def test_starting_loads_nothing_heavy(code: str) -> None:
    program = f"import sys\n{code}\nprint(' '.join(m for m in {HEAVY} if m in sys.modules), file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stderr.split() == []
