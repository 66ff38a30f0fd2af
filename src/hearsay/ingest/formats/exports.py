"""Exports of the databases Nexis and Factiva: many articles in one file.

In comes the text of an export, whether it was RTF, DOCX, HTML or text; out comes one record an article: headline, blank
line, body, and its fields as votes and extra values. How the services lay out an article is the table `export_fields`.
Factiva writes codes before its fields, or none; Nexis writes labels, and above them headline, source and day, in
another order in older exports. The day on which a database loaded an article is not its day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from hearsay.data import alternatives, table
from hearsay.errors import ReportError
from hearsay.ingest import dates, names
from hearsay.ingest.decode import decode
from hearsay.ingest.formats.text import plain_text
from hearsay.ingest.formats.wrapping import unwrap
from hearsay.ingest.patterns import is_section
from hearsay.ingest.record import Record
from hearsay.ingest.votes import META, Vote, decide
from hearsay.model import Skipped

MAX_ARTICLES = 20_000
MAX_LINES = 500_000

_DOCUMENT = re.compile(r"Document\s{1,4}(?P<id>[A-Z][A-Z0-9]{2,16}[12]\d{7}[0-9a-z]{5,16})")
_DOCUMENT_LINE = re.compile(rf"^[ \t]{{0,20}}{_DOCUMENT.pattern}[ \t\r]{{0,20}}$", re.MULTILINE)
_CODED = re.compile(r"(?P<code>[A-Z]{2,3})(?P<gap>[ \t]{0,40}\|[ \t]{0,40}|[ \t]{1,40}|$)(?P<value>.*)")
_RIGHTS = re.compile(r"(?:©|\([cC]\)|Copyright\b|\(Copyright\))")
_CLOCK = re.compile(r"[0-2]?\d[:.h][0-5]\d(?:\s?[A-Z]{2,4})?")
_VARIANT = re.compile(r"\s(?:--?|[–—(|:])\s?")
_LONGEST = 5_000  # characters of a field
_HEAD = 60  # lines over the labels in which headline, source and day stand
_OPENS = 20_000  # characters within which an export shows itself


_HINT = re.compile(
    rb"^(?:HD\b|\s{0,60}\d{1,6} of \d{1,6} DOCUMENTS?\b|Length:|LENGTH:|\d[\d.,]{0,7} words\s*$|Job Number:)",
    re.MULTILINE,
)


@dataclass(slots=True)
class Article:
    """What was found of one article: its fields, and the lines of its text."""

    fields: dict[str, str] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)

    def add(self, name: str, value: str) -> None:
        """One more value of a field; lines of the text stay lines."""
        if name == "text":
            self.body.append(value)
        elif value.strip() and len(self.fields.get(name, "")) < _LONGEST:
            joined = f"{self.fields.get(name, '')} {value.strip()}"
            self.fields[name] = joined.strip()


@cache
def _rows(service: str, kind: str) -> dict[str, str]:
    """Name -> field of the table's rows of a service and kind, case folded but for codes."""
    rows = (row for row in table("export_fields") if (row["service"], row["kind"]) == (service, kind))
    return {
        (name if kind == "code" else name.casefold()): row["field"]
        for row in rows
        for name in alternatives(row["name"])
    }


@cache
def _lines(service: str, kind: str) -> re.Pattern[str]:
    """Lines of one kind that hold nothing else; also for searching a whole text."""
    forms = (re.escape(name).replace(re.escape("{n}"), r"[\d.,]{1,9}") for name in _rows(service, kind))
    return re.compile(rf"^[ \t\f]{{0,80}}(?:{'|'.join(forms)})[ \t\r]{{0,80}}$", re.IGNORECASE | re.MULTILINE)


@cache
def _labels(kind: str) -> re.Pattern[str]:
    """Lines that a label of one kind opens; also for searching a whole text."""
    forms = "|".join(map(re.escape, sorted(_rows("nexis", kind), key=lambda name: (-len(name), name))))
    form = rf"^[ \t\f]{{0,40}}(?P<label>{forms})(?:[ \t]?:[ \t]{{0,9}}(?P<value>.*)|[ \t\r]{{0,40}}$)"
    return re.compile(form, re.IGNORECASE | re.MULTILINE)


def service_of(text: str) -> str:
    """ "nexis", "factiva", or "" where the text is no export of either."""
    text = text.replace("\u00a0", " ")
    codes = {found["code"] for line in text[:_OPENS].split("\n") if (found := _CODED.match(line.strip()))}
    if {"HD", "PD"} <= codes and codes & {"LP", "TD"} and codes & {"SN", "WC", "AN"}:
        return "factiva"
    if _DOCUMENT_LINE.search(text) and _lines("factiva", "words").search(text):
        return "factiva"
    parted = _lines("nexis", "end").search(text) or _lines("nexis", "start").search(text[:_OPENS])
    labelled = parted and any(
        ":" in found[0] for kind in ("label", "tail") for found in islice(_labels(kind).finditer(text), 200)
    )
    return "nexis" if labelled else ""


def is_export(data: bytes, suffix: str) -> bool:
    """May a text file be an export? `export` looks closer, and reads it as text where it is none."""
    return suffix in ("", ".txt") and bool(_HINT.search(data[:4096].replace(b"\0", b"")))


def export(data: bytes, uri: str) -> Iterator[Record | Skipped]:
    """The articles of an export that came as text. Raises ReportError for an empty or undecodable file."""
    text = decode(data)
    if service_of(text):
        yield from export_records(text, uri, media_type="text/plain")
    else:
        yield from plain_text(data, uri)


def export_records(text: str, uri: str, *, media_type: str) -> Iterator[Record | Skipped]:
    """The articles of an export, in order; one without a text is named and left out. Raises ReportError."""
    if text.count("\n") > MAX_LINES:
        raise ReportError(f"has more than {MAX_LINES} lines; split the export")
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\u00a0", " ").split("\n")]
    found = _factiva(lines) if service_of(text) == "factiva" else _nexis(lines)
    for number, article in enumerate(found, 1):
        address = f"{uri}:{number}"
        if number > MAX_ARTICLES:
            yield Skipped(uri=address, why=f"has more than {MAX_ARTICLES} articles; split the export")
            return
        body = unwrap(re.sub(r"\n{3,}", "\n\n", "\n".join(article.body).strip("\n")))
        if body.strip():
            yield _record(article, body, address, media_type)
        else:
            yield Skipped(uri=address, why="has no text in this export; export it again with its full text")


def _record(article: Article, body: str, address: str, media_type: str) -> Record:
    fields = dict(article.fields)
    if "outlet" in fields:
        fields["outlet"] = _source(fields["outlet"])
    votes = [
        Vote(field=META_OF.get(name, name), value=value, origin="metadata", where=f"export {name}", weight=1.0)
        for name, value in fields.items()
        if name in META or name in META_OF
    ]
    decided = decide(votes)
    title = " ".join(fields.get("headline", "").split())
    kept = tuple((name, value) for name, value in sorted(fields.items()) if name not in META and name not in META_OF)
    return Record(
        uri=fields.get("identifier") or address,
        text=f"{title}\n\n{body}" if title else body,
        media_type=media_type,
        title=len(title),
        meta=decided.meta | ({"title": title} if title else {}),
        extra=(*decided.extra, *kept),
    )


META_OF = {"loaded": "crawled"}  # when a database took it in


def _source(name: str) -> str:
    """A source without the variant behind it ("Agency -- English"), where the table knows it without."""
    bare = _VARIANT.split(name, maxsplit=1)[0].strip()
    return bare if names.known(name) is None and names.known(bare) else name


# -- Factiva -----------------------------------------------------------------------------------------------------------


def _factiva(lines: list[str]) -> Iterator[Article]:
    """Articles that end with their number; what stands behind the last (the search) is left out."""
    part: list[str] = []
    for line in lines:
        coded = _CODED.match(line.strip())
        document = _DOCUMENT.search(line)
        opens = coded and coded["code"] == "HD" and any(_is_code(above, "HD") for above in part)
        if opens:
            yield _factiva_article(part)
            part = []
        part.append(line)
        if document and (document.end() == len(line) or not coded):
            whole = document.start() == 0 or (coded and coded["code"] == "AN") or not line[: document.start()].strip()
            if whole:
                yield _factiva_article(part)
                part = []
    if any(_is_code(line, "HD") for line in part):
        yield _factiva_article(part)  # an export that is cut off, or one without numbers


def _is_code(line: str, code: str) -> bool:
    found = _CODED.match(line.strip())
    return found is not None and found["code"] == code


def _factiva_article(lines: list[str]) -> Article:
    return _coded(lines) if any(_is_code(line, "HD") for line in lines) else _uncoded(lines)


def _coded(lines: list[str]) -> Article:
    """Each code opens a field, which goes on until the next. In the text one blank is no gap behind a code."""
    article, name = Article(), ""
    for line in lines:
        found = _CODED.match(line.strip())
        if found and found["code"] in _rows("factiva", "code") and not (name == "text" and found["gap"] == " "):
            if name == "text":
                article.add("text", "")
            name, value = _rows("factiva", "code")[found["code"]], found["value"]
        else:
            value = line
        value = value.strip(" |\t")
        document = _DOCUMENT.search(value) if name == "identifier" else None
        if document:
            article.fields["identifier"] = document["id"]
            name = ""
        elif name and (value or name == "text"):
            article.add(name, value)
    return article


def _uncoded(lines: list[str]) -> Article:
    """Headline, writer, count of words, day, time, source, its code, language, rights; then the text."""
    article = Article()
    places = [i for i, line in enumerate(lines) if line.strip()]
    given = [lines[i].strip() for i in places]
    found = _DOCUMENT.search(given[-1])
    if found:
        article.fields["identifier"] = found["id"]
        lines, given = lines[: places[-1]], given[:-1]
    counted = next((i for i, line in enumerate(given) if _lines("factiva", "words").fullmatch(line)), -1)
    if counted < 1:
        article.body = lines
        return article
    above = [line for line in given[max(0, counted - 4) : counted] if not is_section(line)] or given[:counted]
    writer = next((line for line in above[1:] if re.match(r"(?:By|Por|Par|Von)\s", line)), "")
    article.add("author", writer)
    article.add("headline", next(line for line in above if line != writer))
    article.add("length", given[counted])
    rights = next((i for i in range(counted, min(counted + 12, len(given))) if _RIGHTS.match(given[i])), -1)
    start = rights + 1 if rights >= 0 else counted + 1
    for line in given[counted + 1 : max(start - 1, counted + 1)]:
        if dates.is_date_line(line) and "published" not in article.fields:
            article.add("published", line)
        elif "published" in article.fields and "outlet" not in article.fields and not _CLOCK.fullmatch(line):
            article.add("outlet", line)
    if rights >= 0:
        article.add("copyright", given[rights])
    article.body = [line.strip() for line in lines[places[start] :]] if start < len(given) else []
    return article


# -- Nexis -------------------------------------------------------------------------------------------------------------


def _nexis(lines: list[str]) -> Iterator[Article]:
    """Articles between lines that open or close one; a cover above the first is no article."""
    part: list[str] = []
    older = any(_lines("nexis", "start").fullmatch(line) for line in lines)
    for line in lines:
        if _lines("nexis", "page").fullmatch(line):
            continue
        if _lines("nexis", "start" if older else "end").fullmatch(line):
            if _is_article(part):
                yield _nexis_article(part, older=older)
            part = []
        else:
            part.append(line)
    if _is_article(part):
        yield _nexis_article(part, older=older)


def _is_article(lines: list[str]) -> bool:
    return any(_labels("label").match(line) or _labels("tail").match(line) for line in lines)


def _nexis_article(lines: list[str], *, older: bool) -> Article:
    """Labelled fields, the text below "Body" or, without one, below the labels, and labelled fields again."""
    article = Article()
    opened = next((i for i, line in enumerate(lines) if _labels("body").fullmatch(line)), None)
    first = next((i for i, line in enumerate(lines) if i == opened or _label_at(line, "label")), len(lines))
    _masthead(article, [line.strip() for line in lines[:first]], older=older)
    name, closed = "", False
    for i, line in enumerate(lines[first:], first):
        found = _label_at(line, "tail", "class") if name == "text" else _label_at(line, "label", "tail", "class")
        if i == opened:
            name = "text"
        elif found and not (name == "text" and found[0] == "terms" and not line.strip()[:4].isupper()):
            closed = closed or name == "text"
            name = found[0]
            article.add(*found)
        elif name == "text":
            article.add("text", line.strip())
        elif not line.strip():
            name = "" if article.fields.get(name) else name
        elif name:
            article.add(name, line)
        elif _RIGHTS.match(line.strip()):
            article.add("copyright", line)
        elif opened is None and not closed:
            name = "text"
            article.add("text", line.strip())
    return article


def _label_at(line: str, *kinds: str) -> tuple[str, str] | None:
    """Field and value of a labelled line. Over the text a label needs its colon."""
    for kind in kinds:
        found = _labels(kind).match(line)
        if found and (found["value"] is not None or kind == "tail"):
            return _rows("nexis", kind)[found["label"].casefold()], (found["value"] or "").strip()
    return None


def _is_day(line: str) -> bool:
    """A date with a weekday or a time zone behind it at most."""
    return len(line) <= 80 and bool(dates.find(line)) and len(re.findall(r"[^\W\d_]+", dates.blank(line))) <= 2


def _masthead(article: Article, lines: list[str], *, older: bool) -> None:
    """Headline, source and day above the labels; in older exports the headline comes last."""
    given = [line for line in lines if line][-_HEAD:]
    rights = [line for line in given if _RIGHTS.match(line)]
    for line in rights:
        article.add("copyright", line)
    end = given.index(rights[0]) if rights and not older else len(given)
    day = next((i for i in reversed(range(end)) if _is_day(given[i])), -1)
    if day < 0:
        article.add("headline", given[end - 1] if end else "")
        return
    article.add("published", given[day])
    if day >= 1:
        article.add("outlet", given[day - 1])
    if not older and day >= 2:
        article.add("headline", given[day - 2])
    elif older:
        after = [line for line in given[day + 1 :] if not _RIGHTS.match(line)]
        article.add("headline", after[-1] if after else "")
