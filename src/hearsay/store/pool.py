"""A function over many items in several processes, results in the items' order.

In come a picklable function and a lazy stream of items; out come the results, as if `map` had been called. Only a few
items a process are under way at a time, so neither items nor results pile up. Processes are spawned, not forked:
threads of numeric libraries do not survive a fork.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from hearsay.errors import HearsayError

T = TypeVar("T")
U = TypeVar("U")

AHEAD = 4  # items under way for each process: enough that none waits for a slow neighbour


def in_order(fn: Callable[[T], U], items: Iterable[T], workers: int = 1) -> Iterator[U]:
    """`fn` of every item, in order. Raises what `fn` raises, and HearsayError when a process dies."""
    if workers <= 1:
        yield from map(fn, items)
        return
    waiting: deque[Future[U]] = deque()
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        for item in items:
            waiting.append(pool.submit(fn, item))
            if len(waiting) >= workers * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise HearsayError(
            "a worker process died, perhaps for want of memory; run again with fewer workers "
            '(a script that starts workers needs `if __name__ == "__main__":`)'
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)
