"""Files made to do harm, or harmed themselves: what a pile from the open web can hold.

Nothing comes in; out comes a table of functions by file name, each of which makes the bytes of one file. None is over
the size that a run accepts by default: what they do is done by what is inside.
"""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from corpus.make import docx, pack, pdf, pdf_of, tar, xlsx

LEAD = "LISK, May 22 (Reuters) - The council of Lisk said on Thursday that the harbor wall would be built again.\n"
SECRET = "the-secret-of-another-file"
MEBI = 2**20


@cache
def zeros(size: int) -> bytes:
    """So many zero bytes, deflated, without a header."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(squeeze.compress(bytes(MEBI)) for _ in range(size // MEBI)) + squeeze.flush()


def bomb(name: str, size: int, *, claims: int | None = None, times: int = 1) -> bytes:
    """A zip whose member unpacks to `size` zero bytes and claims to be of `claims`; listed `times` times over."""
    data, crc = zeros(size), 0
    claimed = size if claims is None else claims
    fields = (20, 0, 8, 0, 33, crc, len(data), claimed, len(name), 0)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", *fields) + name.encode()
    listed = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(data), claimed, len(one), *(0,) * 6)
        + one.encode()
        for one in (name if times == 1 else f"{number}-{name}" for number in range(times))
    )
    start = len(local) + len(data)
    return local + data + listed + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, times, times, len(listed), start, 0)


def gz_of_zeros(size: int) -> bytes:
    """A gzip file that unpacks to `size` zero bytes."""
    return b"\x1f\x8b\x08\0\0\0\0\0\0\3" + zeros(size) + struct.pack("<2L", 0, size % 2**32)


def laughs(root: str, body: str) -> str:
    """XML whose entities multiply to ten to the ninth; `body` uses them as &z;."""
    names = "abcdefghiz"
    links = "".join(f'<!ENTITY {names[n]} "{f"&{names[n - 1]};" * 10 if n else "ha" * 5}">' for n in range(len(names)))
    return f'<?xml version="1.0"?>\n<!DOCTYPE {root} [{links}]>\n{body}'


def linked_tar() -> bytes:
    """A tar of links, devices and names that lead out of it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind, target in (
            ("out.txt", tarfile.SYMTYPE, "/etc/passwd"),
            ("hard.txt", tarfile.LNKTYPE, "../../../etc/passwd"),
            ("device.txt", tarfile.CHRTYPE, ""),
            ("pipe.txt", tarfile.FIFOTYPE, ""),
            ("self.txt", tarfile.SYMTYPE, "self.txt"),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
        for name in ("../../../escaped.txt", "/tmp/hearsay-escaped.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(LEAD)
            archive.addfile(info, io.BytesIO(LEAD.encode()))
    return buffer.getvalue()


def nested_zips(depth: int) -> bytes:
    """Zips inside zips, each twice, ten deep they would be a thousand."""
    data = pack({"a.txt": LEAD.encode() * 1000})
    for _ in range(depth):
        data = pack({f"{number}.zip": data for number in range(4)})
    return data


def many_members(count: int) -> bytes:
    """A zip of so many empty texts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"{number}.txt"), b"")
    return buffer.getvalue()


def locked_zip() -> bytes:
    """A zip whose member says that it is encrypted."""
    data = bytearray(pack({"a.txt": LEAD.encode()}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def office_with(part: str, content: bytes) -> bytes:
    """A sound office file with one part put in the place of its own."""
    sound = docx(["Lisk builds wall", LEAD]) if part.startswith("word") else xlsx({"A": [["title", "text"]]})
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return pack({**members, part: content})


def sheet_of(rows: int) -> bytes:
    """A workbook of so many rows, that claims to fill every cell there is."""
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    row = '<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row>'
    head = '<row><c t="inlineStr"><is><t>title</t></is></c><c t="inlineStr"><is><t>text</t></is></c></row>'
    data = f'<dimension ref="A1:XFD1048576"/><sheetData>{head}{row * rows}</sheetData>'
    return office_with("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{name}">{data}</worksheet>'.encode())


def pdf_bomb() -> bytes:
    """A PDF whose one page unpacks to half a gibibyte of drawing."""
    stream = b"\x78\xda" + zeros(512 * MEBI)
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    )


def pdf_cycle() -> bytes:
    """A PDF whose pages hold each other."""
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 1000000 /Parent 3 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 1000000 /Parent 2 0 R >>",
        ]
    )


def pdf_pages(count: int) -> bytes:
    """A PDF that shows one page so many times."""
    kids = b"4 0 R " * count
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            b"<< /Length 44 >>\nstream\nBT /F1 10 Tf 50 800 Td (Lisk builds a wall) Tj ET\nendstream",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R /Resources << >> >>",
        ]
    )


def pdf_forms(depth: int) -> bytes:
    """A PDF whose drawing calls itself, twice at each of so many steps."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        b"<< /Length 12 >>\nstream\n/X Do /X Do \nendstream",
    ]
    for number in range(5, 5 + depth):
        inner = b"/XObject << /X %d 0 R >>" % min(number + 1, 4 + depth)
        head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 12 /Resources << %s >> >>" % inner
        objects.append(head + b"\nstream\n/X Do /X Do \nendstream")
    return pdf_of(objects)


def mail_nest(depth: int) -> bytes:
    """A mail whose parts hold parts, so many deep."""
    head = "From: a@b.example\nSubject: Lisk\nMIME-Version: 1.0"
    opens = (f'Content-Type: multipart/mixed; boundary="b{number}"\n\n--b{number}' for number in range(depth))
    ends = (f"--b{number}--" for number in reversed(range(depth)))
    return "\n".join([head, *opens, f"Content-Type: text/plain\n\n{LEAD}", *ends]).encode()


def forwarded(depth: int) -> bytes:
    """A mail in a mail, so many times."""
    head = "From: a@b.example\nSubject: Fwd: Lisk\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    return (head * depth + f"From: a@b.example\nSubject: Lisk\n\n{LEAD}").encode()


def page(inner: str, head: str = "") -> bytes:
    """A web page."""
    return f"<!DOCTYPE html><html><head><title>Lisk</title>{head}</head><body>{inner}</body></html>".encode()


def ld(value: str) -> str:
    """A page's JSON-LD."""
    return f'<script type="application/ld+json">{value}</script>'


_ITEM = f"<item><title>Lisk</title><description>{LEAD}</description></item>"
_RSS = '<rss version="2.0"><channel><title>Lisk Post</title>{}</channel></rss>'
_OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY % y SYSTEM "http://127.0.0.1:9/x"> %y;]>'

HOSTILE: dict[str, Callable[[], bytes]] = {
    # broken off
    "cut.zip": lambda: pack({"a.txt": LEAD.encode() * 99})[:-40],
    "cut.docx": lambda: docx([LEAD] * 9)[:700],
    "cut.xlsx": lambda: xlsx({"A": [["title", "text"], ["Lisk", LEAD]]})[:900],
    "cut.pdf": lambda: pdf(LEAD)[:400],
    "cut.txt.gz": lambda: gzip.compress(LEAD.encode() * 99, mtime=0)[:60],
    "cut.tar": lambda: tar({"a.txt": LEAD.encode() * 99, "b.txt": LEAD.encode()})[:2000],
    "cut.rtf": lambda: b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 " + LEAD.encode() + b"\\'e",
    "cut.html": lambda: page(f"<h1>Lisk</h1><p>{LEAD}<a href='")[:-20],
    "cut.json": lambda: b'{"title": "Lisk", "text": "The council of Lisk sa',
    "cut.nitf": lambda: b"<nitf><head><title>Lisk</title></head><body><body.content><p>The cou",
    "cut-utf-16.txt": lambda: b"\xff\xfe" + LEAD.encode("utf-16-le")[:-1],
    "cut.eml": lambda: b'Subject: Lisk\nContent-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/ht',
    # something else than their names say
    "picture.html": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "program.pdf": lambda: b"\x7fELF\2\1\1\0" + bytes(4000),
    "text.xlsx": lambda: LEAD.encode() * 3,
    "text.docx": lambda: LEAD.encode() * 3,
    "page.pdf": lambda: page(f"<h1>Lisk builds wall</h1><p>{LEAD}</p>"),
    "noise.rtf": lambda: b"{\\rtf1 " + bytes((n * 7919 + n // 13) % 251 for n in range(60_000)),
    "noise.docx": lambda: b"PK\3\4" + bytes((n * 7919 + n // 13) % 251 for n in range(60_000)),
    "noise.txt": lambda: bytes((n * 7919 + n // 13) % 256 for n in range(300_000)),
    # that grow
    "bomb.zip": lambda: bomb("a.txt", 1024 * MEBI),
    "bomb-that-lies.zip": lambda: bomb("a.txt", 512 * MEBI, claims=100),
    "bomb-overlapping.zip": lambda: bomb("a.txt", 64 * MEBI, times=5000),
    "bomb-nested.zip": lambda: nested_zips(6),
    "bomb.txt.gz": lambda: gz_of_zeros(1024 * MEBI),
    "bomb.tar.gz": lambda: gz_of_zeros(1024 * MEBI),
    "bomb.docx": lambda: office_with("word/document.xml", laughs("w", "<w>&z;</w>").encode()),
    "bomb-zeros.docx": lambda: bomb("word/document.xml", 512 * MEBI),
    "bomb-strings.xlsx": lambda: office_with("xl/worksheets/sheet1.xml", laughs("x", "<x>&z;</x>").encode()),
    "bomb-rows.xlsx": lambda: sheet_of(1_000_000),
    "bomb.pdf": pdf_bomb,
    "bomb-pages.pdf": lambda: pdf_pages(200_000),
    "bomb-forms.pdf": lambda: pdf_forms(60),
    "bomb.rss": lambda: laughs("rss", _RSS.format("<item><title>&z;</title></item>")).encode(),
    "bomb-quadratic.nitf": lambda: (
        f'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "{"a" * 100_000}">]>'
        f"<nitf><body><body.content><p>{'&a;' * 100_000}</p></body.content></body></nitf>"
    ).encode(),
    "bomb-entities.html": lambda: laughs("html", "<html><body><p>&z;</p></body></html>").encode(),
    # that lead elsewhere
    "outside.rss": lambda: f'<?xml version="1.0"?>{_OUTSIDE}{_RSS.format(_ITEM.replace("Lisk<", "&x;<"))}'.encode(),
    "outside.docx": lambda: office_with(
        "word/document.xml", b'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{secret}">]><w>&x;</w>'
    ),
    "outside.tar": linked_tar,
    "outside.zip": lambda: pack({"../../../escaped.txt": LEAD.encode(), "/tmp/hearsay-escaped.txt": LEAD.encode()}),
    "cycle.pdf": pdf_cycle,
    "locked.zip": locked_zip,
    # that are deep
    "deep.json": lambda: b"[" * 5_000_000,
    "deep-objects.json": lambda: b'{"a":' * 2_000_000 + b"1" + b"}" * 2_000_000,
    "deep.jsonl": lambda: b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
    "deep.html": lambda: page("<div>" * 300_000 + LEAD),
    "deep-open.html": lambda: page("<b><i><font>" * 100_000 + LEAD),
    "deep-ld.html": lambda: page(f"<h1>Lisk</h1><p>{LEAD}</p>", ld('{"@graph":[' * 100_000)),
    "deep.newsml": lambda: b"<newsItem>" + b"<contentSet>" * 500_000,
    "deep.rtf": lambda: b"{\\rtf1" + b"{" * 1_000_000 + LEAD.encode(),
    "deep.eml": lambda: mail_nest(3000),
    "forwarded.eml": lambda: forwarded(3000),
    # that are wide
    "line.txt": lambda: LEAD.replace("\n", " ").encode() * 50_000,
    "line-without-blanks.txt": lambda: b"a" * 800_000,
    "long-line-without-blanks.txt": lambda: b"a" * 15_000_000,
    "lines.txt": lambda: b"\n" * 10_000_000 + LEAD.encode(),
    "line.jsonl": lambda: b'{"title": "Lisk", "text": "' + b"The wall is built. " * 250_000 + b'"}\n',
    "number.json": lambda: b'{"text": "Lisk builds.", "date": ' + b"9" * 5_000_000 + b"}",
    "cell.csv": lambda: b'title,text\nLisk,"' + b"The wall is built. " * 700_000 + b'"\n',
    "rows.csv": lambda: b"title,text\n" + b"Lisk,\n" * 1_000_000,
    "columns.csv": lambda: b"title,text" + b",x" * 1_000_000 + b"\nLisk,wall\n",
    "open-quote.csv": lambda: b'title,text\nLisk,"wall\n' + b"Lisk,wall\n" * 300_000,
    "table.html": lambda: page("<table>" + "<tr><td>a<td>b" * 300_000 + "</table>"),
    "attributes.html": lambda: page(f"<p {' '.join(f'a{n}=1' for n in range(60_000))}>{LEAD}</p>"),
    "comments.html": lambda: page("<!--" * 1_000_000),
    "tags.html": lambda: page("<" * 3_000_000),
    "ampersands.html": lambda: page(f"<p>{'&amp;' * 1_000_000}{'&#0;' * 100_000}</p>"),
    "items.rss": lambda: _RSS.format("<item/>" * 200_000).encode(),
    "headers.eml": lambda: b"From: a@b.example\n" + b"X-A: b\n" * 300_000 + b"\n" + LEAD.encode(),
    "parts.eml": lambda: b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n\na\n" * 60_000,
    "encoded-words.eml": lambda: b"Subject: " + b"=?utf-8?q?a?= " * 300_000 + b"\nFrom: a\n\n" + LEAD.encode(),
    "members.zip": lambda: many_members(60_000),
    "groups.rtf": lambda: b"{\\rtf1" + b"{\\*\\a\\bin999999999 }" * 300_000 + LEAD.encode() + b"}",
    # that are no text, or not the one they say
    "nuls.txt": lambda: bytes(1_000_000),
    "nul-between.txt": lambda: LEAD.encode() + b"\0" + LEAD.encode(),
    "not-utf-32.txt": lambda: b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * 1000,
    "utf-7.html": lambda: page(f"<p>+ADw-script+AD4-{LEAD}</p>", '<meta charset="utf-7">'),
    "unknown-charset.html": lambda: page(f"<h1>Lisk</h1><p>{LEAD}</p>", '<meta charset="x-none">'),
    "unknown-charset.eml": lambda: b"Subject: a\nContent-Type: text/plain; charset=undefined\n\n" + LEAD.encode(),
    "surrogates.json": lambda: b'{"title": "Lisk \\ud800", "text": "\\udfff The wall is built.\\ud83d"}',
    "marks.txt": lambda: LEAD.encode() + ("a" + "\u0301" * 1000).encode() * 1000,
    "mojibake.txt": lambda: "Ã¢â‚¬â„¢".encode() * 300_000,
    "right-to-left.txt": lambda: ("\u202e" * 100_000 + LEAD).encode(),
    # that make patterns search for ever
    "blanks.txt": lambda: LEAD.encode() + b" " * 3_000_000 + b"x",
    "brackets.txt": lambda: LEAD.encode() + b"(Reuters " * 300_000,
    "capitals.txt": lambda: b"LISK, " * 300_000 + b"x",
    "dashes.txt": lambda: LEAD.encode() + b"- -- " * 300_000 + b"x",
    "quotes.txt": lambda: LEAD.encode() + b'"a ' * 500_000,
    "pipes.txt": lambda: b"a | " * 500_000 + b"\n\n" + LEAD.encode(),
    "short-lines.txt": lambda: b"By A. B.\n" * 20_000 + LEAD.encode(),
    "many-short-lines.txt": lambda: b"By A. B.\n" * 1_000_000 + LEAD.encode(),
    "dates.txt": lambda: b"3 May 2031 " * 200_000 + b"\n" + LEAD.encode(),
}  # fmt: skip
