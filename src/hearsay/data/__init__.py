"""Knowledge as tables: agencies, wire marks, cue verbs, titles, names of states. Code holds no word lists.

A table is a TSV file beside this module: `#` lines are comments, the first other line names the columns, cells are
separated by one tab, `|` separates alternatives within a cell. `table` reads one, once.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of the table `name` (file name without `.tsv`), in file order, as {column: cell}; missing cells are ""."""
    text = (files(__name__) / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    header = lines[0].split("\t")
    rows = (line.split("\t") for line in lines[1:])
    return tuple({column: (row[i].strip() if i < len(row) else "") for i, column in enumerate(header)} for row in rows)


def alternatives(cell: str) -> tuple[str, ...]:
    """The alternatives of a cell, in order."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
