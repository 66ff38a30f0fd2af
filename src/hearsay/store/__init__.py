"""Where rows live between the steps: the Store protocol and the door to its engines.

In come readings (once, for good) and the rows of each relating step (replaced as a whole); out come the same rows,
sorted by id, whatever order they came in. Steps never see a store: the pipeline hands them rows, and the store's join
(`pairs`) and pool (`map`) where they can use them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from hearsay.model import Reading

T = TypeVar("T")
U = TypeVar("U")

MEMORY = ":memory:"


class Store(Protocol):
    """Six methods; all a storage engine has to give."""

    def add(self, readings: Iterable[Reading]) -> None:
        """Keep readings for good, in one transaction. A report that is already there stays as it is."""
        ...

    def rows(self, kind: type[T]) -> Iterator[T]:
        """Rows of one value type of `hearsay.model`, sorted by id; none where nothing was written."""
        ...

    def replace(self, kind: type[T], rows: Iterable[T]) -> None:
        """Write the rows of one step in place of the earlier ones, in one transaction."""
        ...

    def pairs(self, keyed: Iterable[tuple[str, str]], limit: int) -> Iterator[tuple[str, str]]:
        """All pairs of ids that share a key, each once, sorted; keys of more than `limit` ids are passed over."""
        ...

    def map(self, fn: Callable[[T], U], items: Iterable[T], workers: int = 1) -> Iterator[U]:
        """`fn` of every item, in order, in `workers` processes (1: in this one)."""
        ...

    def close(self) -> None:
        """Give the store back. Closing twice is allowed."""
        ...


def open_store(path: str | Path, *, read_only: bool = False) -> Store:
    """The store at `path`, made where there is none (":memory:" keeps it in this process).

    One process may write a store; any number may open it with `read_only` beside it. Raises StoreError for a store
    that is damaged, in use, of a newer version or no store at all, OutputError where it cannot be written.
    """
    from hearsay.store.sqlite import SqliteStore

    return SqliteStore(path, read_only=read_only)
