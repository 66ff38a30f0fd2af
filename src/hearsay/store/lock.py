"""One writer a store: a lock that the operating system drops when its process ends, however it ends.

The lock lies on a file of its own beside the store: to open and close the database file itself once more would drop
the locks that SQLite holds on it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hearsay.errors import OutputError, StoreError


class Lock:
    """Held from construction to `release`. Raises StoreError when it is taken, OutputError when it cannot be made."""

    def __init__(self, path: Path) -> None:
        if path.is_dir():
            raise OutputError(f"{path} is a folder; name a file for the store")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path.with_name(f"{path.name}-lock"), os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise OutputError(f"{path} cannot be written ({error.strerror}); name a folder you can write to") from error
        try:
            _take(self._file)
        except OSError as error:
            os.close(self._file)
            raise StoreError(
                f"{path} is in use by another process; wait until it has finished, or name another store"
            ) from error

    def release(self) -> None:
        """Let the next writer in. Releasing twice is allowed."""
        if self._file >= 0:
            os.close(self._file)  # closing drops the lock
            self._file = -1


if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
