"""One folder of untrusted files, read under limits by a process that may die of it.

In come a folder, a phrase that no text may hold, and (from the caller's environment) the package; out come lines of
JSON: a file that is opened, with the processor seconds and the memory used so far, and what each item became.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

MEMORY = 1536 * 2**20
SECONDS = 60  # on the clock, for one file: then the process is killed where it stands


def main(folder: Path, secret: str) -> None:
    """Read the folder."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from hearsay.ingest import ingest
    from hearsay.model import Skipped
    from hearsay.settings import Settings

    def tell(**event: Any) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"seconds": time.process_time(), "peak": peak, **event}), flush=True)

    def opened(name: str, arguments: tuple[Any, ...]) -> None:
        if name == "open" and str(arguments[0]).startswith(str(folder)):
            signal.alarm(SECONDS)
            tell(file=str(arguments[0])[len(str(folder)) + 1 :])

    sys.addaudithook(opened)
    for item in ingest([folder], Settings()):
        if isinstance(item, Skipped):
            tell(uri=item.uri[:100], why=item.why)
        else:
            told = secret in item.text or "root:x:0" in item.text
            headline = item.headline.value[:99] if item.headline else None
            tell(uri=item.uri[:100], told=told, length=len(item.text), headline=headline)
    tell(done=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
