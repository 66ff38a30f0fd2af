"""The embedded store: one SQLite file, one table a value type, one writer.

In come values of `hearsay.model`, out they come again sorted by id. A table holds `id`, `report` (where the value
belongs to one) and `body`, the value as JSON. The SQLite of some systems (3.7.0 to 3.51.2) can lose commits when two
connections write and checkpoint at once in WAL mode, so a lock file keeps every second writer out and readers open
the file without leave to write: only the one writer checkpoints.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TypeVar

from hearsay.errors import HearsayError, OutputError, StoreError
from hearsay.model import Reading
from hearsay.store import MEMORY
from hearsay.store.codec import decode, encode, key, report_of
from hearsay.store.lock import Lock
from hearsay.store.pool import in_order

T = TypeVar("T")
U = TypeVar("U")

# Numbered from 1; a step once released is never edited, only followed by another. Tables of values are made when first
# written: their bodies are read by field name, so a new field or type needs no step.
MIGRATIONS = ("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",)
APPLICATION = int.from_bytes(b"Hear")  # SQLite's mark of whose file it is
WAIT = 5.0  # seconds to wait for a lock of SQLite's own before giving up
PAGE = 500  # rows fetched at a time: a reader may write between two pages


class SqliteStore:
    """A Store in the file `path`, or in memory. See `hearsay.store.open_store`."""

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self._path = str(path)
        self._numbers = count()
        self._lock: Lock | None = None
        if self._path != MEMORY and not read_only:
            self._lock = Lock(Path(self._path))
        try:
            with self._errors():
                self._db = self._connect(read_only)
        except BaseException:
            if self._lock:
                self._lock.release()
            raise

    def add(self, readings: Iterable[Reading]) -> None:
        """Keep readings in one transaction that is on disk when this returns; known reports stay as they are."""
        self._write(Reading, readings, on_conflict="DO NOTHING")

    def rows(self, kind: type[T]) -> Iterator[T]:
        """Rows of one type, sorted by id."""
        table, last = _table(kind), ""
        with self._errors():
            if not self._has(table):
                return
        while True:
            with self._errors():
                query = f'SELECT id, body FROM "{table}" WHERE id > ? ORDER BY id LIMIT {PAGE}'
                page = self._db.execute(query, (last,)).fetchall()
            for id, body in page:
                yield self._decoded(kind, id, body)
            if len(page) < PAGE:
                return
            last = page[-1][0]

    def replace(self, kind: type[T], rows: Iterable[T]) -> None:
        """Write the rows of one step in place of the earlier ones. Of two rows with one id the smaller body stays."""
        smaller = "DO UPDATE SET report = excluded.report, body = excluded.body WHERE excluded.body < body"
        self._write(kind, rows, on_conflict=smaller, empty_first=True)

    def pairs(self, keyed: Iterable[tuple[str, str]], limit: int) -> Iterator[tuple[str, str]]:
        """Pairs of ids that share a key, each once, sorted; a self join in a temporary table."""
        name = f"block{next(self._numbers)}"
        rows = ((key.encode("utf-8", "surrogatepass"), id) for key, id in keyed)
        with self._errors(), self._transaction("BEGIN"):
            self._db.execute(f"CREATE TEMP TABLE {name} (key BLOB, id TEXT, PRIMARY KEY (key, id)) WITHOUT ROWID")
            self._db.executemany(f"INSERT OR IGNORE INTO {name} VALUES (?, ?)", rows)
            large = f"SELECT key FROM {name} GROUP BY key HAVING count(*) > ?"
            self._db.execute(f"DELETE FROM {name} WHERE key IN ({large})", (limit,))
        join = f"SELECT DISTINCT a.id, b.id FROM {name} a JOIN {name} b ON a.key = b.key AND a.id < b.id ORDER BY 1, 2"
        cursor = self._db.execute(join)
        try:
            while page := self._page(cursor):
                yield from page
        finally:
            cursor.close()
            self._db.execute(f"DROP TABLE {name}")

    def map(self, fn: Callable[[T], U], items: Iterable[T], workers: int = 1) -> Iterator[U]:
        """`fn` of every item, in order, in `workers` spawned processes (1: in this one)."""
        return in_order(fn, items, workers)

    def close(self) -> None:
        """Give file and lock back."""
        self._db.close()
        if self._lock:
            self._lock.release()

    # -- opening ---------------------------------------------------------------------------------------------------

    def _connect(self, read_only: bool) -> sqlite3.Connection:
        """An open connection to a file that is ours and of this version."""
        if read_only and self._path != MEMORY:
            if not Path(self._path).is_file():
                raise StoreError(f"{self._path} does not exist; build a store first, or name another")
            db = sqlite3.connect(_for_reading(Path(self._path)), uri=True, isolation_level=None, timeout=WAIT)
        else:
            db = sqlite3.connect(self._path, isolation_level=None, timeout=WAIT)
        try:
            self._check(db)
            if not read_only:
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = FULL")  # a commit is on disk before `add` returns
                self._migrate(db)
        except BaseException:
            db.close()
            raise
        return db

    def _check(self, db: sqlite3.Connection) -> None:
        """Raise StoreError for a database that is another program's or a later version's, before touching it."""
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if names and db.execute("PRAGMA application_id").fetchone() != (APPLICATION,):
            raise StoreError(f"{self._path} is a database of another program; name another file for the store")
        version = _version(db) if names else 0
        if version > len(MIGRATIONS):
            raise StoreError(
                f"{self._path} was written by a later Hearsay (store version {version}, this program knows "
                f"{len(MIGRATIONS)}); update Hearsay, or name another file for the store"
            )

    def _migrate(self, db: sqlite3.Connection) -> None:
        """Bring the file to this program's version, all steps or none."""
        db.execute("BEGIN IMMEDIATE")
        mine = db.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
        version = _version(db) if mine else 0
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        for statement in MIGRATIONS[version:]:
            db.execute(statement)
        db.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (str(len(MIGRATIONS)),))
        db.execute("COMMIT")

    # -- reading and writing ---------------------------------------------------------------------------------------

    def _write(self, kind: type[T], rows: Iterable[T], *, on_conflict: str, empty_first: bool = False) -> None:
        """Insert rows in one transaction; nothing is written when a row fails."""
        table = _table(kind)
        with self._errors(), self._transaction("BEGIN IMMEDIATE"):
            self._db.execute(
                f'CREATE TABLE IF NOT EXISTS "{table}" (id TEXT PRIMARY KEY, report TEXT, body TEXT NOT NULL)'
            )
            self._db.execute(f'CREATE INDEX IF NOT EXISTS "{table}_report" ON "{table}" (report)')
            if empty_first:
                self._db.execute(f'DELETE FROM "{table}"')
            insert = f'INSERT INTO "{table}" VALUES (?, ?, ?) ON CONFLICT (id) {on_conflict}'
            self._db.executemany(insert, map(_row, rows))

    def _has(self, table: str) -> bool:
        found = self._db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
        return found.fetchone() is not None

    def _decoded(self, kind: type[T], id: str, body: str) -> T:
        try:
            return decode(kind, body)
        except ValueError as error:
            raise StoreError(
                f"{self._path} is damaged: its {_table(kind)} {id} cannot be read ({error}); build the store again"
            ) from error

    def _page(self, cursor: sqlite3.Cursor) -> list[tuple[str, str]]:
        with self._errors():
            return cursor.fetchmany(PAGE)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        """All or nothing, also when the rows that come in raise."""
        self._db.execute(begin)
        try:
            yield
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """SQLite's errors as ours: what is wrong, where, what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise _told(self._path, error) from error


def _told(path: str, error: sqlite3.Error) -> HearsayError:
    """The error of this package that says what SQLite's error means for the user."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_NOTADB":
        return StoreError(f"{path} is not a store of Hearsay; name another file")
    if name.startswith("SQLITE_CORRUPT"):
        return StoreError(f"{path} is damaged ({error}); delete it and build the store again")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(f"{path} is in use by another process; wait until it has finished, or name another store")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR")):
        return OutputError(f"{path} cannot be written ({error}); check the folder, its rights and its free space")
    return StoreError(f"{path} cannot be used ({error}); name another file, or build the store again")


def _for_reading(path: Path) -> str:
    """Address under which a file is opened without leave to write."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    # SQLite wants to put a file beside one in WAL mode, even to read it; where nobody can write, nobody does.
    return address if os.access(path.parent, os.W_OK) else f"{address}&immutable=1"


def _version(db: sqlite3.Connection) -> int:
    """Number of migrations a file has seen."""
    found = db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    return int(found[0]) if found and str(found[0]).isdigit() else 0


def _table(kind: type) -> str:
    """Name of a type's table: EventMention -> event_mention."""
    name = "".join(f"_{char.lower()}" if char.isupper() else char for char in kind.__name__)
    return name.removeprefix("_")


def _row(value: object) -> tuple[str, str | None, str]:
    body = encode(value)
    return key(value, body), report_of(value), body
