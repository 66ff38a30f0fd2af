"""Parsers of untrusted files, in a process of their own that may be killed.

In come a function of this package and a file's bytes, out comes what the function gives, a value that JSON can
hold. HTML, PDF, DOCX and RTF can keep a parser busy for hours or make it fill the memory, and no check beforehand sees
every way; so they are parsed in a child with a limit on time and memory. The child is started once and serves one file
after the other; one that breaks a limit is killed, the file is refused, the next file gets a new child.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from threading import Lock, Timer
from typing import IO, Any

from hearsay.errors import ReportError

SECONDS = 8.0  # for one file
START_SECONDS = 60.0  # more for a child's first file: it loads its libraries on a machine that may be busy
MEMORY = 900 * 1024 * 1024  # address space of the child, in bytes

_LENGTH = struct.Struct(">Q")
_START = "from hearsay.ingest.bounded import serve; serve()"


class _Child:
    """The one child of this process, or none."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.lock = Lock()
        self.owner = 0

    def ask(self, message: bytes, seconds: float) -> bytes | None:
        """The child's answer, or None where it broke a limit and is gone."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        timer = Timer(seconds, process.kill)
        timer.start()
        try:
            process.stdin.write(message)
            process.stdin.flush()
            answer = _receive(process.stdout)
        except OSError:
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self.stop()
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is not None and (self.owner != os.getpid() or self.process.poll() is not None):
            self.stop()  # a forked copy must not talk into its parent's pipe
        if self.process is None:
            path = os.pathsep.join(filter(None, sys.path))
            self.process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            )
            self.owner = os.getpid()
            assert self.process.stdout is not None
            timer = Timer(START_SECONDS, self.process.kill)
            timer.start()
            _receive(self.process.stdout)  # its first word: it is ready, the clock of the file may start
            timer.cancel()
        return self.process

    def stop(self) -> None:
        """End the child, if there is one."""
        if self.process is not None:
            for pipe in (self.process.stdin, self.process.stdout):
                with suppress(OSError):
                    pipe.close() if pipe else None
            if self.owner == os.getpid():
                self.process.kill()
                self.process.wait()
        self.process = None


_child = _Child()
atexit.register(_child.stop)


def bounded(work: Callable[[bytes], Any], data: bytes, *, seconds: float = SECONDS) -> Any:
    """`work(data)`, done in the child. `work` is a function of a module of this package; its value passes through JSON.

    Raises ReportError where `work` raises it, fails, takes longer than `seconds`, or needs more memory than it may.
    """
    name = f"{work.__module__}:{work.__qualname__}".encode()
    head = _LENGTH.pack(len(name)) + name + struct.pack(">d", seconds)
    with _child.lock:
        answer = _child.ask(head + _LENGTH.pack(len(data)) + data, seconds)
    if answer is None:
        why = f"took more than {seconds:g} seconds or {MEMORY // 2**20} MiB to parse"
        raise ReportError(f"{why}; split it, or save it as plain text")
    kind, value = json.loads(answer)
    if kind == "refused":
        raise ReportError(value)
    return value


def _receive(stream: IO[bytes]) -> bytes | None:
    """One message, or None at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    body = stream.read(size)
    return body if len(body) == size else None


# -- the child ---------------------------------------------------------------------------------------------------------


def serve() -> None:
    """Answer one file after the other, until the parent is gone."""
    _limit_memory()
    ask = sys.stdin.buffer
    tell = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what libraries print is no answer
    _send(tell, "ready")
    while (name := _receive(ask)) is not None:
        (seconds,) = struct.unpack(">d", ask.read(8))
        data = _receive(ask)
        if data is None:
            return
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, seconds + 1)  # the parent may be gone: nothing runs on for ever
        _send(tell, _answer(name.decode(), data))
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(name: str, data: bytes) -> tuple[str, Any]:
    """What the function makes of the bytes, or why it refuses them."""
    module, _, function = name.partition(":")
    try:
        return "done", getattr(import_module(module), function)(data)
    except ReportError as error:
        return "refused", str(error)
    except MemoryError:
        return (
            "refused",
            f"needs more than {MEMORY // 2**20} MiB of memory to parse; split it, or save it as plain text",
        )
    except RecursionError:
        return "refused", "is nested too deeply; save it as plain text"
    except Exception as error:  # a parser met what its makers did not foresee
        detail = " ".join(str(error).split())[:120]
        return "refused", f"is damaged ({type(error).__name__}: {detail}); open it and save it again"


def _send(stream: IO[bytes], value: object) -> None:
    body = json.dumps(value).encode()  # ASCII: lone surrogates of damaged files pass as escapes
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def _limit_memory() -> None:
    """Where the system can: Windows cannot, there the time limit must do."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
