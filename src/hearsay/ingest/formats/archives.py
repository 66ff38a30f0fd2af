"""Zip, tar and gzip: what is packed in them, without unpacking anything to disk.

In come the bytes of an archive, out come its members as (address, bytes), in the order of their names, or refusals by
name. Members are addressed `archive.zip/folder/name.txt`. How much an archive may hold, all archives inside it
included, is one Budget; a member that lies about its size, leads out of the archive or is no file costs that member.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias
from zipfile import BadZipFile, ZipFile, ZipInfo

from hearsay.errors import ReportError
from hearsay.model import Skipped
from hearsay.settings import Settings

SUFFIXES = (".zip", ".tar", ".gz")
MAX_DEPTH = 2
MAX_MEMBERS = 10_000
MAX_TOTAL = 1_000_000_000
MAX_RATIO = 200
_SMALL = 100_000  # bytes: below, a ratio says nothing
_DRIVE = re.compile(r"[A-Za-z]:")
_DAMAGED = (BadZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
_WORDS = "is damaged or incomplete; pack it again"

Member: TypeAlias = tuple[str, bytes]


@dataclass(slots=True)
class Budget:
    """What an archive may still hold: members, bytes in all, and bytes of one member."""

    members: int
    total: int
    each: int

    @classmethod
    def of(cls, settings: Settings) -> Budget:
        """The whole allowance of one file that the user named."""
        return cls(MAX_MEMBERS, min(10 * settings.max_bytes, MAX_TOTAL), settings.max_bytes)

    def take(self, size: int) -> None:
        """Count one member. Raises ReportError where the allowance is used up: the rest is left out."""
        self.members -= 1
        self.total -= size
        if self.members < 0:
            raise ReportError(f"holds more than {MAX_MEMBERS} files; the rest is left out, split it")
        if self.total < 0:
            raise ReportError("holds more than may be unpacked from one archive; the rest is left out, split it")


def members(data: bytes, uri: str, suffix: str, budget: Budget) -> Iterator[Member | Skipped]:
    """What the archive holds. Raises ReportError where it is damaged or holds too much."""
    unpack = {".zip": _zip, ".tar": _tar, ".gz": _gz}[suffix]
    try:
        yield from unpack(data, uri, budget)
    except NotImplementedError as error:
        raise ReportError("is packed in a way that is not known here; pack it again as plain zip") from error
    except _DAMAGED as error:
        raise ReportError(_WORDS) from error


def checked_zip(data: bytes, *, total: int, declares: bool = True) -> None:
    """Is an office file no bomb? Raises ReportError past the bounds, or where its XML declares a document type.

    `total`: bytes that its members may have unpacked. With `declares` document types are let pass.
    """
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            infos = packed.infolist()
            if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > total:
                raise ReportError(f"unpacks to more than {total} bytes or {MAX_MEMBERS} parts; it may be a bomb")
            for info in infos:
                if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1):
                    raise ReportError(f"is packed more than {MAX_RATIO} to 1, as bombs are; save it again")
                if not declares and info.filename.endswith((".xml", ".rels", ".vml")):
                    with packed.open(info) as part:
                        if b"<!DOCTYPE" in part.read(4096).replace(b"\0", b""):
                            raise ReportError("declares a document type inside; no office program does")
    except NotImplementedError as error:
        raise ReportError(_WORDS) from error
    except _DAMAGED as error:
        raise ReportError(_WORDS) from error


def _refusal(name: str, size: int, packed: int, budget: Budget) -> str:
    """Why a member is left out, or ""."""
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        return "has a name that leads out of its archive; pack it again"
    if size > budget.each:
        return f"has {size} bytes, over the limit of {budget.each}; split it or raise the limit"
    if size > _SMALL and size > MAX_RATIO * max(packed, 1):
        return f"is packed more than {MAX_RATIO} to 1, as bombs are; unpack it yourself"
    return ""


def _is_hidden(name: str) -> bool:
    """Is it a file that folders leave out as well, or what some systems add?"""
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in name.split("/") if part != ".")


def _zip(data: bytes, uri: str, budget: Budget) -> Iterator[Member | Skipped]:
    with ZipFile(io.BytesIO(data)) as packed:
        infos = packed.infolist()
        for info in sorted(infos[: MAX_MEMBERS + 1], key=lambda info: info.filename):
            name = info.filename.replace("\\", "/")
            if info.is_dir() or _is_hidden(name):
                continue
            why = _refusal(name, info.file_size, info.compress_size, budget)
            why = why or ("is encrypted; unpack it yourself" if info.flag_bits & 1 else "")
            why = why or ("is a link; only files are read" if _is_link(info) else "")
            yield from _member(f"{uri}/{name}", info.file_size, why, budget, lambda info=info: _unpacked(packed, info))  # type: ignore[misc]


def _unpacked(packed: ZipFile, info: ZipInfo) -> bytes:
    """The member's bytes, as many as it says it has: what it packs beyond them is never unpacked."""
    with packed.open(info) as file:
        data = file.read(info.file_size)
        file.read(1)  # the end, where the check sum is compared
    if len(data) != info.file_size:
        raise EOFError
    return data


def _is_link(info: ZipInfo) -> bool:
    return (info.external_attr >> 16) & 0o170000 == 0o120000


def _tar(data: bytes, uri: str, budget: Budget) -> Iterator[Member | Skipped]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as packed:
        infos: list[tarfile.TarInfo] = []
        broken = False
        try:
            for info in packed:
                infos.append(info)
                if len(infos) > MAX_MEMBERS:
                    break
            broken = any(data[packed.offset : packed.offset + 512]) and len(infos) <= MAX_MEMBERS  # no end is marked
        except (tarfile.TarError, EOFError, ValueError):
            broken = True
        for info in sorted(infos, key=lambda info: info.name):
            if info.isdir() or _is_hidden(info.name):
                continue
            why = _refusal(info.name, info.size, info.size, budget)
            why = why or ("" if info.isreg() else "is a link or a device; only files are read")
            yield from _member(f"{uri}/{info.name}", info.size, why, budget, lambda info=info: _taken(packed, info))  # type: ignore[misc]
        if broken:
            raise ReportError("breaks off; what stands before the break is read, get the whole file")


def _taken(packed: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    file = packed.extractfile(info)
    data = file.read() if file else b""
    if len(data) != info.size:
        raise EOFError
    return data


def _member(address: str, size: int, why: str, budget: Budget, read: Callable[[], bytes]) -> Iterator[Member | Skipped]:
    """One member, or why it is left out."""
    budget.take(0 if why else size)
    if why:
        yield Skipped(uri=address, why=why)
        return
    try:
        data = read()
    except (NotImplementedError, *_DAMAGED):
        yield Skipped(uri=address, why="is damaged inside its archive; pack it again")
        return
    yield address, data


def _gz(data: bytes, uri: str, budget: Budget) -> Iterator[Member | Skipped]:
    """The packed file; of a packed tar its members."""
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        head = packed.read(512)
        is_tar = head[257:262] == b"ustar"
        limit = min(budget.total if is_tar else budget.each, max(MAX_RATIO * len(data), _SMALL))
        content = head + packed.read(max(limit - len(head) + 1, 0))
    if len(content) > limit:
        raise ReportError(f"unpacks to more than {limit} bytes; it may be a bomb, unpack it yourself")
    if is_tar:
        yield from _tar(content, uri, budget)
        return
    budget.take(len(content))
    name = uri.rsplit("/", 1)[-1]
    inner = name[:-3] if name.lower().endswith(".gz") else name
    yield f"{uri}/{inner}" if inner != name else uri, content
