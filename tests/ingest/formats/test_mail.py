"""Mails, newsletters that were passed on, and pages saved in mail form."""

from __future__ import annotations

import json
import textwrap
import time
from email.message import EmailMessage
from typing import Any

import pytest

from hearsay.errors import ReportError
from hearsay.ingest.formats.mail import is_mail, mail
from hearsay.ingest.record import Record

BODY = (
    "PORT OSTRA, March 4 (Norvik News) — The council said on Monday that it would rebuild the harbour wall.\n\n"
    "“We will not wait,” Mayor Ada Lund told reporters at the quay.\n"
)
HTML = "".join(f"<p>{text}</p>" for text in BODY.strip().split("\n\n"))


def letter(text: str = BODY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    given = {"From": "Ostra Herald <news@herald.example>", "To": "ann@desk.example", "Subject": "Wall to rise",
             "Date": "Tue, 04 Mar 2031 10:15:00 +0100"}  # fmt: skip
    for name, value in {**given, **headers}.items():
        message[name] = value
    message.set_content(text)
    return message


def read(message: EmailMessage | bytes) -> Record:
    (record,) = mail(message if isinstance(message, bytes) else message.as_bytes(), "one.eml")
    return record


def poll(record: Record) -> list[dict[str, Any]]:
    return list(json.loads(dict(record.extra)["votes"]))


@pytest.mark.parametrize("cte", ["7bit", "8bit", "quoted-printable", "base64"])
def test_subject_text_sender_and_day(cte: str) -> None:
    message = letter()
    message.set_content(BODY if cte != "7bit" else BODY.encode("ascii", "replace").decode(), cte=cte)
    record = read(message)
    assert record.text.startswith("Wall to rise\n\nPORT OSTRA, March 4 (Norvik News)")
    assert record.text.endswith("told reporters at the quay.")
    assert record.meta == {"title": "Wall to rise", "outlet": "Ostra Herald", "date": "2031-03-04"}


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Fwd: Wall to rise", "Wall to rise"),
        ("WG: AW: Wall to rise", "Wall to rise"),
        ("[desk] Wall to rise", "Wall to rise"),
        ("=?utf-8?b?TXVyIMOgIHJlYsOidGly?=", "Mur à rebâtir"),
        ("=?iso-8859-1?q?Mur_=E0_reb=E2tir?=", "Mur à rebâtir"),
        ("=?nonsense?q?Wall?=", "=?nonsense?q?Wall?="),
        ("Report: the wall", "Report: the wall"),
    ],
)
def test_the_subject_is_the_headline_without_the_marks_of_mail_programs(subject: str, title: str) -> None:
    raw = b"Subject: " + subject.encode() + b"\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    assert read(raw + BODY.encode()).meta["title"] == title


def test_a_person_who_sends_a_report_has_not_published_it() -> None:
    record = read(letter(From="Bo Clerk <bo@desk.example>"))
    assert "outlet" not in record.meta
    assert "author" not in record.meta
    assert [vote["value"] for vote in poll(record) if vote["field"] == "sender"] == ["Bo Clerk <bo@desk.example>"]


def test_the_page_is_read_where_the_text_is_a_stub() -> None:
    message = letter("Your mail program cannot show this letter.")
    message.add_alternative(f"<html><body><table><tr><td>{HTML}</td></tr></table></body></html>", subtype="html")
    assert read(message).text == "Wall to rise\n\n" + BODY.strip().replace("\n\n", "\n")


def test_lines_that_the_mail_program_cut_are_joined() -> None:
    long = f"{BODY}\n{BODY}"
    cut = "\n\n".join(textwrap.fill(part, 72) for part in long.split("\n\n"))
    assert read(letter(cut)).text == "Wall to rise\n\n" + "\n\n".join(part.strip() for part in long.split("\n\n"))


def test_attachments_are_not_opened() -> None:
    message = letter()
    message.add_attachment("The mayor fled.", filename="x.txt")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="x.bin")
    assert "fled" not in read(message).text


FORWARDS = {
    "gmail": (
        "See below, Bo\n\n---------- Forwarded message ---------\nFrom: Mill Post <news@mill.example>\n"
        "Date: Sat, 1 Mar 2031 at 08:00\nSubject: Wall to rise\nTo: <bo@desk.example>\n\n"
    ),
    "outlook": (
        "FYI\n\n-----Original Message-----\nFrom: Mill Post [mailto:news@mill.example]\n"
        "Sent: Saturday, 1 March 2031 08:00\nTo: Bo\nSubject: RE: Wall to rise\n\n"
    ),
    "German": (
        "-------- Weitergeleitete Nachricht --------\nBetreff: \tWall to rise\nDatum: \tSat, 1 Mar 2031\n"
        "Von: \tMill Post <news@mill.example>\nAn: \tBo\n\n"
    ),
    "bare": "Look!\n\nFrom: Mill Post\nSent: 1 March 2031\nTo: Bo\nSubject: Wall to rise\n\n",
}


@pytest.mark.parametrize("style", FORWARDS)
def test_of_a_forwarded_mail_the_inner_one_is_the_report(style: str) -> None:
    record = read(letter(FORWARDS[style] + BODY, Subject="Fwd: look at this", From="Bo Clerk <bo@desk.example>"))
    assert record.text == "Wall to rise\n\n" + BODY.strip()
    assert record.meta == {"title": "Wall to rise", "outlet": "Mill Post", "date": "2031-03-01"}


def test_of_an_attached_mail_the_inner_one_is_the_report() -> None:
    outer = letter("Please read the attached.", Subject="Fwd: look", From="Bo Clerk <bo@desk.example>")
    outer.add_attachment(letter(Date="Sat, 01 Mar 2031 08:00:00 +0000"))
    record = read(outer)
    assert record.text == "Wall to rise\n\n" + BODY.strip()
    assert record.meta["date"] == "2031-03-01"


def saved(page: str, address: str = "https://herald.example/2031/03/04/wall") -> bytes:
    return (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {address}\r\nSubject: Wall to rise - Mill Post\r\n"
        "Date: Mon, 10 Mar 2031 09:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="B--1"\r\n\r\n\r\n'
        "--B--1\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/frame\r\n\r\n<p>Buy soap.</p>\r\n"
        f"--B--1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: {address}\r\n\r\n"
        f"{page}\r\n--B--1--\r\n"
    ).encode()


def test_of_a_saved_page_the_day_it_was_saved_is_not_the_day_of_publication() -> None:
    page = f"<html><body><article><h1>Wall to rise</h1>{HTML}</article></body></html>"
    record = read(saved(page))
    assert record.text == "Wall to rise\n\n" + BODY.strip().replace("\n\n", "\n")
    assert record.meta == {"title": "Wall to rise", "date": "2031-03-04"}
    assert dict(record.extra)["url"] == "https://herald.example/2031/03/04/wall"
    assert "date" not in read(saved(page, "https://herald.example/wall")).meta


def test_mails_are_told_by_their_headers() -> None:
    assert is_mail(letter().as_bytes(), "")
    assert is_mail(saved("x"), ".mht")
    assert not is_mail(b"Title: Wall to rise\nSource: Mill Post\nDate: 4 March 2031\n\n" + BODY.encode(), ".txt")


NEST = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(2000))
HOSTILE = {
    "parts without end": b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 300_000,
    "parts in parts": NEST + b"\nx",
    "few parts in parts": NEST[: NEST.index(b"boundary=b300")] + b"x\n\nx",
    "a header of ten million": b"Subject: " + b"x" * 10_000_000 + b"\nMIME-Version: 1.0\n\n" + BODY.encode(),
    "encoded words without end": b"Subject: " + b"=?utf-8?q?=41?= " * 500_000 + b"\nMIME-Version: 1.0\n\nx",
    "cut off": b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html\n\n<p>The cou',
    "broken base64": b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!" + b"A" * 1001,
    "no text": b"Subject: x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=",
    "lines of quotes": b"Subject: x\nMIME-Version: 1.0\n\n" + b"> " * 4_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_is_read_or_refused_in_time_and_the_next_is_read(name: str) -> None:
    began = time.monotonic()
    try:
        read(HOSTILE[name])
    except ReportError as error:
        assert len(str(error)) > 10
    assert time.monotonic() - began < 10
    assert read(letter()).meta["title"] == "Wall to rise"
