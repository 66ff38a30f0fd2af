"""Which files a run reads, and under which address.

In come the paths that the user named, out come (file, address) pairs: a file's address is its name relative to the
folder that was named, with slashes; a file named by itself is addressed by its name. Folders are searched in the order
of their names; hidden files are left out; a folder that was seen already (a loop of links) is not entered again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from hearsay.errors import MissingPath
from hearsay.model import Skipped


def checked(paths: Iterable[str | os.PathLike[str]]) -> list[Path]:
    """The paths, all of which exist. Raises MissingPath for the first that does not."""
    found = [Path(path) for path in paths]
    for path in found:
        try:
            path.stat()
        except (OSError, ValueError) as error:
            raise MissingPath(f"{path}: no such file or folder; check the name") from error
    return found


def walk(path: Path) -> Iterator[tuple[Path, str] | Skipped]:
    """Files under `path` with their addresses, sorted; what cannot be listed is named."""
    if path.is_dir():
        yield from _folder(path, "", frozenset())
    else:
        yield path, path.name


def _folder(folder: Path, prefix: str, above: frozenset[tuple[int, int]]) -> Iterator[tuple[Path, str] | Skipped]:
    try:
        state = folder.stat()
        names = sorted(entry.name for entry in os.scandir(folder) if not entry.name.startswith("."))
    except OSError as error:
        why = f"cannot be listed ({error.strerror}); check its rights"
        yield Skipped(uri=prefix.rstrip("/") or folder.name, why=why)
        return
    here = (state.st_dev, state.st_ino)
    if here in above:
        return
    for name in names:
        child = folder / name
        if child.is_dir():
            yield from _folder(child, f"{prefix}{name}/", above | {here})
        else:
            yield child, prefix + name
