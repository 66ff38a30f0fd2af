"""The files of the corpus that are no plain text, made from those that are.

In come the folder of the committed files and an empty one; out comes, in the empty one, the same reports in other
encodings, in office files and in archives, byte for byte the same on every run, and files that must be refused.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import tarfile
import textwrap
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape
from pathlib import Path

LONG_AGO = (1980, 1, 1, 0, 0, 0)
Rows = Sequence[Sequence[str]]


def build(source: Path, target: Path) -> None:
    """Write every made file under `target`."""

    def text(name: str) -> str:
        return (source / name).read_bytes().decode("utf-8")

    for make in (_encodings, _office, _archives, _refused):
        for name, data in make(text).items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _encodings(text: Callable[[str], str]) -> dict[str, bytes]:
    page = text("html/figure-caption.html")
    russian = text("languages/ru.txt")
    cp1252 = text("tables/comma.csv").replace("fishermen's", "fishermen’s").encode("cp1252")
    feed = text("feeds/wire-in-feed.rss").replace('encoding="utf-8"', 'encoding="iso-8859-1"')
    return {
        "encodings/utf-8-bom.txt": text("wire/afp-plain.txt").encode("utf-8-sig"),
        "encodings/utf-16-le.txt": b"\xff\xfe" + text("wire/efe-plain.txt").encode("utf-16-le"),
        "encodings/utf-16-be.txt": b"\xfe\xff" + text("wire/tass-slashes.txt").encode("utf-16-be"),
        "encodings/utf-16-le-no-mark.txt": text("wire/afp-adds.txt").encode("utf-16-le"),
        "encodings/utf-32.txt": b"\xff\xfe\0\0" + text("wire/xinhua-enditem.txt").encode("utf-32-le"),
        "encodings/windows-1252.txt": text("wire/ap-alert-slug.txt").encode("cp1252"),
        "encodings/mojibake.txt": _misread(text("wire/anadolu-outlet.txt")).encode(),
        "encodings/mojibake-twice.txt": _misread(_misread(text("text/caption-credit.txt"))).encode(),
        "encodings/old-mac-lines.txt": text("text/masthead-pipe.txt").replace("\n", "\r").encode(),
        "encodings/windows-1251.txt": russian.encode("cp1251"),
        "encodings/koi8-r.txt": russian.encode("koi8-r"),
        "encodings/gb18030.txt": text("languages/zh.txt").encode("gb18030"),
        "encodings/shift-jis.txt": text("languages/ja.txt").encode("shift_jis"),
        "encodings/euc-jp.txt": text("languages/ja.txt").encode("euc-jp"),
        "encodings/windows-1252-german.txt": text("languages/de.txt").encode("cp1252"),
        "encodings/page-windows-1252.html": page.replace("utf-8", "windows-1252").encode("cp1252"),
        "encodings/page-macintosh.html": page.replace("utf-8", "macintosh").encode("mac-roman"),
        "encodings/page-lies-about-charset.html": text("html/opengraph.html").encode("cp1252"),
        "encodings/utf-16.csv": b"\xff\xfe" + text("tables/tabs.tsv").encode("utf-16-le"),
        "encodings/windows-1252.csv": cp1252,
        "encodings/page-windows-1251.html": _page(russian, "windows-1251").encode("cp1251"),
        "encodings/bom.json": text("tables/single-object.json").encode("utf-8-sig"),
        "encodings/feed-iso-8859-1.xml": feed.encode("latin-1"),
    }


def _page(text: str, charset: str) -> str:
    """A page of the text, which declares its encoding."""
    headline, *paragraphs = text.strip().split("\n\n")
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>{headline}</title>'
    return f"<html><head>{head}</head><body><h1>{headline}</h1>{body}</body></html>"


def _misread(text: str) -> str:
    """UTF-8 that somebody took for Windows-1252, as browsers do: its five free bytes are control characters."""
    return "".join(bytes([byte]).decode("latin-1" if byte in _FREE else "cp1252") for byte in text.encode())


_FREE = b"\x81\x8d\x8f\x90\x9d"


def _office(text: Callable[[str], str]) -> dict[str, bytes]:
    rows = list(csv.reader(io.StringIO(text("tables/comma.csv"))))
    tabs = list(csv.reader(io.StringIO(text("tables/tabs.tsv")), delimiter="\t"))
    one = json.loads(text("tables/single-object.json"))
    body = "\n\n".join(re.findall(r"<p>(.*?)</p>", one["html"]))
    single = [["Title", "Text", "Publisher", "Date"], [one["title"], body, one["publisher"], one["datePublished"]]]
    dam = _paragraphs(text("text/masthead-pipe.txt"))
    nexis = _paragraphs(text("databases/nexis-uni.txt"))
    wire = pdf(text("wire/yonhap-ld.txt"))
    return {
        "binary/one.docx": docx([dam[0], "27 March 2031", *dam[2:-2]]),
        "binary/footer.docx": docx([dam[0], dam[1].partition(" | ")[2], *dam[2:-2]], foot="Confidential draft"),
        "binary/two-pages.pdf": pdf("\n\n".join(dam[:-2]), pages=2),
        "binary/wire.docx": docx(_paragraphs(text("wire/reuters-update.txt"))),
        "binary/nexis-uni.docx": docx(nexis),
        "binary/report.pdf": pdf(text("text/masthead-pipe.txt")),
        "binary/wire.pdf": wire,
        "binary/pdf-without-suffix": wire,
        "binary/dates.xlsx": xlsx({"Reports": rows}),
        "binary/two-sheets.xlsx": xlsx({"First": tabs, "Notes": [["Done by", "Max"]], "Second": single}),
    }


def _archives(text: Callable[[str], str]) -> dict[str, bytes]:
    names = ("wire/afp-plain.txt", "html/jsonld.html", "tables/tabs.tsv")
    members = {f"{number}-{name.rpartition('/')[2]}": text(name).encode() for number, name in enumerate(names)}
    afp = {"a.txt": text(names[0]).encode()}
    junk = {"__MACOSX/._a.txt": b"\0\5\x16\7", ".DS_Store": b"\0\0\0\1Bud1", **afp}
    return {
        "binary/pile.zip": pack(members),
        "binary/pile.tar": tar(members),
        "binary/pile.tar.gz": gzip.compress(tar(members), mtime=0),
        "binary/zip-in-zip.zip": pack({"inner.zip": pack(members)}),
        "binary/mac-junk.zip": pack(junk),
        "binary/bad-member.zip": pack({"0-picture.txt": _PNG, **afp}),
        "binary/page.html.gz": gzip.compress(text(names[1]).encode(), mtime=0),
    }


_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"


def _refused(text: Callable[[str], str]) -> dict[str, bytes]:
    return {
        "refused/picture.txt": _PNG,
        "refused/nul-at-end.txt": text("wire/ap-byline.txt").encode() + b"\0" * 8,
        "refused/too-deep.zip": pack({"1.zip": pack({"2.zip": pack({"3.txt": b"Deep."})})}),
        "refused/empty.txt": b"\n \n",
        "refused/old-word.doc": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000),
        "refused/encrypted.pdf": pdf("A secret.", locked=True),
        "refused/scanned.pdf": pdf(""),
        "refused/program.html": b"\x7fELF\2\1\1" + bytes(200),
    }


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip() for paragraph in text.replace("\n", "\n\n").split("\n\n") if paragraph.strip()]


# -- containers --------------------------------------------------------------------------------------------------------


def pack(members: dict[str, bytes], *, level: int = 6) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tar(members: dict[str, bytes]) -> bytes:
    """A tar archive of plain files."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORMATS = "application/vnd.openxmlformats-officedocument"


def _package(parts: dict[str, str], main: str) -> dict[str, bytes]:
    """The members of an office file: its parts by name with their content types in front of a bar."""
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{part.partition("|")[0]}"/>' for name, part in parts.items()
    )
    rels = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
    kind = "application/vnd.openxmlformats-package.relationships+xml"
    default = (
        f'<Default Extension="rels" ContentType="{kind}"/><Default Extension="xml" ContentType="application/xml"/>'
    )
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_TYPES}">{default}{types}</Types>'.encode(),
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_RELATIONS}">{rels}</Relationships>'.encode(),
        **{name: (_XML + part.partition("|")[2]).encode() for name, part in parts.items()},
    }


def docx(paragraphs: Iterable[str], *, foot: str = "") -> bytes:
    """A Word document whose paragraphs are cut into runs, as editors leave them; `foot` stands in a footer."""

    def runs(paragraph: str) -> str:
        half = len(paragraph) // 2
        parts = (paragraph[:half], paragraph[half:])
        return "".join(f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in parts)

    body = "".join(f"<w:p>{runs(paragraph)}</w:p>" for paragraph in paragraphs)
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = f"{_FORMATS}.wordprocessingml.document.main+xml"
    parts = {"word/document.xml": f'{kind}|<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>'}
    if foot:
        kind = f"{_FORMATS}.wordprocessingml.footer+xml"
        parts["word/footer1.xml"] = f'{kind}|<w:ftr xmlns:w="{name}"><w:p>{runs(foot)}</w:p></w:ftr>'
    return pack(_package(parts, "word/document.xml"))


def xlsx(sheets: dict[str, Rows]) -> bytes:
    """An Excel workbook with inline strings; ISO days are numbers with the format of a date."""
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = f"{_FORMATS}.spreadsheetml"
    listed = "".join(f'<sheet name="{sheet}" sheetId="{n}" r:id="r{n}"/>' for n, sheet in enumerate(sheets, 1))
    parts = {
        "xl/workbook.xml": f'{kind}.sheet.main+xml|<workbook xmlns="{name}" xmlns:r="{_OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/styles.xml": f'{kind}.styles+xml|<styleSheet xmlns="{name}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/>'
        '</cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    targets = {f"r{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)}
    for number, rows in enumerate(sheets.values(), 1):
        data = "".join(_sheet_row(number, row) for number, row in enumerate(rows, 1))
        sheet = f'{kind}.worksheet+xml|<worksheet xmlns="{name}"><sheetData>{data}</sheetData></worksheet>'
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet
    links = {**targets, "rs": ("styles", "styles.xml")}
    rels = "".join(f'<Relationship Id="{k}" Type="{_OFFICE}/{t}" Target="{to}"/>' for k, (t, to) in links.items())
    members = _package(parts, "xl/workbook.xml")
    members["xl/_rels/workbook.xml.rels"] = f'{_XML}<Relationships xmlns="{_RELATIONS}">{rels}</Relationships>'.encode()
    return pack(members)


def _sheet_row(number: int, row: Sequence[str]) -> str:
    def cell(place: str, value: str) -> str:
        try:
            days = (date.fromisoformat(value) - date(1899, 12, 30)).days
            return f'<c r="{place}" s="1"><v>{days}</v></c>'
        except ValueError:
            return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'

    cells = "".join(cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(row))
    return f'<row r="{number}">{cells}</row>'


def pdf(text: str, *, pages: int = 1, locked: bool = False) -> bytes:
    """A PDF in Helvetica, in broken lines; several pages are numbered; `locked` asks for a password."""
    lines = [line for part in text.split("\n") for line in (textwrap.wrap(part, 88) or [""])]
    each = -(-len(lines) // pages)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number in range(pages):
        foot = [f"Page {number + 1} of {pages}"] if pages > 1 else []
        content = _drawn([*lines[number * each : (number + 1) * each], *foot]) if text else b"0 0 9 9 re f"
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R " % (5 + 2 * number)
        objects.append(page + b"/Resources << /Font << /F1 3 0 R >> >> >>")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    key = b"<" + b"00" * 32 + b">"
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >> /ID [%s %s]" % (key, key, key, key)
    return pdf_of(objects, trailer=lock if locked else b"")


def _drawn(lines: Iterable[str]) -> bytes:
    """Lines as a page of a PDF draws them."""
    shown = "".join(f"({line.translate(_PDF_ESCAPES)}) Tj T*\n" for line in lines)
    return f"BT /F1 10 Tf 14 TL 50 800 Td\n{shown}ET\n".encode("cp1252")


_PDF_ESCAPES = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def pdf_of(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    ends = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + ends
