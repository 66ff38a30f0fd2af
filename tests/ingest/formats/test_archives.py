"""Archives are read as the folders they are, and nothing in them can lead out, grow or stop the rest."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile

import pytest
from reading import STORY, only, records

from hearsay.settings import Settings

Files = dict[str, bytes]
GOOD: Files = {"b/two.txt": f"{STORY} Two.".encode(), "a.jsonl": json.dumps({"text": STORY}).encode()}


def zipped(files: Files) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return body.getvalue()


def tarred(files: Files, *links: str) -> bytes:
    body = io.BytesIO()
    with tarfile.open(fileobj=body, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/hostname"
            archive.addfile(info)
    return body.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [(zipped(GOOD), "x.zip"), (tarred(GOOD), "x.tar"), (gzip.compress(tarred(GOOD)), "x.tgz"), (zipped(GOOD), "x.txt")],
)
def test_members_are_read_in_the_order_of_their_names(data: bytes, name: str) -> None:
    found, refused = records(data, name)
    assert [record.uri for record in found] == [f"{name}/a.jsonl:1", f"{name}/b/two.txt"]
    assert refused == {}


def test_a_packed_file_is_addressed_by_its_own_name() -> None:
    record = only(gzip.compress(STORY.encode()), "report.txt.gz")
    assert (record.uri, record.text) == ("report.txt.gz/report.txt", STORY)


def test_members_that_lead_out_or_are_no_files_cost_themselves() -> None:
    bad = {"../up.txt": b"x", "/abs.txt": b"x", "a/../../b.txt": b"x"}
    found, refused = records(tarred(GOOD | bad, "link"), "x.tar")
    assert len(found) == 2
    assert len(refused) == 4
    assert "link" in refused["x.tar/link"]
    found, refused = records(zipped(GOOD | bad | {"C:\\windows\\x.txt": b"x"}), "x.zip")
    assert len(found) == 2
    assert len(refused) == 4


def test_hidden_files_are_left_out_as_in_folders() -> None:
    files = GOOD | {"__MACOSX/._a.jsonl": b"\0\0", ".DS_Store": b"\0", "b/.git/x": b"y"}
    found, refused = records(zipped(files), "x.zip")
    assert (len(found), refused) == (2, {})


def test_archives_in_archives_are_opened_twice_at_most() -> None:
    inner = zipped({"deep.txt": STORY.encode()})
    found, refused = records(zipped({"one.zip": zipped({"y.txt": STORY.encode(), "two.zip": inner})}), "x.zip")
    assert [record.uri for record in found] == ["x.zip/one.zip/y.txt"]
    assert list(refused) == ["x.zip/one.zip/two.zip"]


def test_a_bad_member_does_not_stop_the_others() -> None:
    files = GOOD | {"a.csv": b"a,b\n1,2\n", "pic.txt": b"\x89PNG\r\n\x1a\n", "empty.txt": b""}
    found, refused = records(zipped(files), "x.zip")
    assert len(found) == 2
    assert sorted(refused) == ["x.zip/a.csv", "x.zip/empty.txt", "x.zip/pic.txt"]


def test_the_limits_of_files_hold_for_members_and_for_all_of_them() -> None:
    noise = [f"{n} {STORY}\n" for n in range(40)]
    files = {f"{n:02}.txt": "".join(noise).encode() for n in range(30)}
    size = len(files["00.txt"])
    found, refused = records(zipped(files), "x.zip", Settings(max_bytes=size - 1))
    assert (len(found), len(refused)) == (0, 30)
    found, refused = records(zipped(files), "x.zip", Settings(max_bytes=size))
    assert len(found) == 10
    assert "rest is left out" in refused["x.zip"]


def test_the_allowance_is_one_for_all_archives_inside() -> None:
    body = ("".join(f"{n} {STORY}\n" for n in range(40))).encode()
    inner = zipped({f"{n}.txt": body for n in range(8)})
    found, refused = records(tarred({f"{n}.zip": inner for n in range(4)}), "x.tar", Settings(max_bytes=len(body)))
    assert len(found) < 10
    assert "rest is left out" in " ".join(refused.values())


def test_a_lie_about_a_size_costs_that_member() -> None:
    data = bytearray(zipped(GOOD))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (5).to_bytes(4, "little")
    found, refused = records(bytes(data), "x.zip")
    assert len(found) == 1
    assert "damaged" in " ".join(refused.values())
    info = tarfile.TarInfo("vast.txt")
    info.size = 10**15
    assert "over the limit" in records(info.tobuf(tarfile.GNU_FORMAT) + b"x" * 600, "x.tar")[1]["x.tar/vast.txt"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped(GOOD)[:90], "incomplete zip"),
        (gzip.compress(bytes(range(256)) * 9)[:50], "incomplete"),
        (tarred(GOOD)[:1400], "breaks off"),
        (gzip.compress(b"0" * 60_000_000), "bomb"),
    ],
)
def test_damaged_archives_and_bombs_are_refused(data: bytes, why: str) -> None:
    assert why in records(data, "x.bin")[1]["x.bin"]


def test_a_member_that_unpacks_out_of_all_proportion_is_left_out() -> None:
    found, refused = records(zipped(GOOD | {"bomb.txt": b"0" * 10_000_000}), "x.zip")
    assert len(found) == 2
    assert "bombs" in refused["x.zip/bomb.txt"]


def test_more_members_than_allowed_are_named() -> None:
    found, refused = records(tarred({f"{n}.txt": b"x" for n in range(10_002)}), "x.tar")
    assert len(found) == 10_000
    assert "10000 files" in refused["x.tar"]
