"""What one line of a report is, judged by itself.

In comes a line without its line end (and, for sign-offs, the names that the dateline gives), out come a zone kind or
"" where nothing is known, and the places where debris is glued to a line's head or tail. What the neighbours of a line
say about it is decided in `zones`. Heads and tails are searched within a fixed reach, so a line may be of any length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from hearsay.ingest import dates
from hearsay.ingest.names import is_acronym, is_outlet, known, named_like
from hearsay.ingest.patterns import credit_words, debris, is_furniture, is_section, wire_mark
from hearsay.model import ZoneKind

Kind = ZoneKind | Literal[""]
REACH = 420
_MARK = 24  # the longest mark of an end
_KEYWORD = 120  # no keyword line is longer
_QUOTES = re.compile(r"[\"“”„«»]")
_CLOSERS = "\"'”’»)]"
_BAR = re.compile(r"\s*(?:\||›|»|::|•|·|\s>\s|(?<=\s)[/—–-](?=\s))\s*")
_CRUMB = re.compile(r"\s*(?:›|»|::|\s>\s)\s*")
_INITIALS = re.compile(r"\(?[^\W\d_]{1,4}\d{0,2}(?:[/-][^\W_]{1,5}){1,4}\)?\.?|\([a-z]{2,5}\)")
_CODE = re.compile(r"\((?:[A-Z]{1,3}\d{0,2})(?:/[A-Z0-9]{1,5}){1,4}\)|\([A-Z]\d{1,3}\)")
_LINK = re.compile(r"(?:https?://|www\.)\S{3,200}|\S{1,60}@\S{2,60}\.\w{2,10}|@\w{2,30}")
_PAREN_TAIL = re.compile(r"[(\[]([^()\[\]\n]{3,300})[)\]]\W{0,3}$")
_TAIL_CREDIT = re.compile(r"(?:^|[.!?”\"’)|]\s{0,3})([^\W\d_]{3,12}(?:\s[^\W\d_]{2,6})?)\s?[:/]\s?(\S[^\n:!?]{2,60})$")
_SLASHED = re.compile(r"(?:^|\s)([^\W\d_][\w ]{1,30})/[^\W\d_][^\n/]{2,50}$")
_SIGNED = re.compile(r"(?<=[.!?”\"’)])\s{0,4}(?:[-–—]{1,2}\s?)?([(/\[]?)([^\W\d_][\w.& -]{1,30}?)([)/\]]?)\.?$")
_MARKED = re.compile(r"/[A-Z][^\W\d_]{1,11}/\.?|[(\[][A-Z]{2,8}[)\]]\.?")
_SLUG = re.compile(
    r"(?<=[.!?”\"’)])\s{1,4}(?:[a-z]{1,4}(?:/[a-z]{1,4}){1,4}|([^\W\d_]{2,12})(?:(?:\s[a-z]{2,3}){1,4}|(?:\s[A-Z]{2,4}){1,4}))$"
)
_COPYRIGHT = re.compile(r"(?<=[.!?”\"’)])\s{0,4}(?:©|\([cC]\)\s|Copyright\s)[^\n]{0,160}$")
_STOP = re.compile(r"[.!?”\"’)]\s{1,4}$")
_GAP = re.compile(r"[.!?”\"’)]\s{0,4}")
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]{0,2}(?:\s|$)")


def is_prose(line: str) -> bool:
    """Does the line read as running text: a sentence of some length, or many words?"""
    words = line.split()
    bare = line.rstrip().rstrip(_CLOSERS)
    if bare.endswith((".", "…", ";")):
        return len(words) >= 5
    return len(words) >= (12 if bare.endswith(("!", "?", ":", ",")) else 25)


@lru_cache(maxsize=32)
def tells(line: str) -> bool:
    """Does the line hold a verb of saying, as no furniture does?"""
    return bool(credit_words("tells", case=True).search(line))


def _photo_credit(words: str) -> bool:
    """Do bracketed words credit a picture: `AP Photo/…`, `photo: …`, `…, File/Associated Press`?"""
    if len(words) > 160:
        return False
    if re.search(r"/|\bvia\b", words) and any(known(part) for part in re.split(r"[/,;:|]|\bvia\b", words)[-2:]):
        return True
    marked = credit_words("photo_word").search(words)
    names = re.search(r"[/:]|\bby\b|\bcourtesy\b", words) or (
        marked and not re.search(r"\b[a-zß-ÿ]", words[marked.end() :])
    )
    return bool(marked and names) and not re.search(r"[.!?]\s", words)


@lru_cache(maxsize=32)  # one line is asked for several times
def photo_tail(line: str) -> int | None:
    """Where a photo credit at the line's end starts (`(AP Photo/A. Name)`, `Photo: Pressa`), or None."""
    start = max(0, len(line) - REACH)
    tail = line[start:]
    match = _PAREN_TAIL.search(tail)
    if match and _photo_credit(match[1]):
        return start + match.start()
    match = _TAIL_CREDIT.search(tail)
    if match and credit_words("photo").fullmatch(match[1].strip()) and len(match[2].split()) <= 7:
        return start + match.start(1)
    match = _SLASHED.search(tail)
    if match and known(match[1]) and len(match[0].split()) <= 6 and match[1].isupper():
        return start + match.start(1)
    return None


def is_colophon(line: str) -> bool:
    """Does a line below the story speak of its author or its page: `Follow her on …`, `first appeared in …`?"""
    return len(line) <= REACH and not _QUOTES.search(line) and bool(debris("inside").search(line))


def opens_caption(line: str) -> bool:
    """Does a caption word stand at the head of the line?"""
    return any(credit_words(role, case=True).match(line) for role in ("caption", "weak_caption", "photo"))


def caption_head(line: str, *, top: bool) -> int | None:
    """Where the story starts behind a caption glued to the head of the line, or None.

    The caption ends with a photo credit in brackets; it opens with a caption word, or, at the `top` of a report, holds
    one sentence at most.
    """
    for match in re.finditer(r"[(\[]([^()\[\]\n]{3,160})[)\]]\s{0,4}", line[: 2 * REACH]):
        if not _photo_credit(match[1]) or not line[match.end() :].strip():
            continue
        if opens_caption(line) or (
            top and match.start() <= REACH and len(_SENTENCE.findall(line[: match.start()])) <= 1
        ):
            return match.end()
    return None


def is_caption(line: str) -> bool:
    """Is the whole line the caption of a picture?"""
    if len(line) > 2 * REACH or len(_SENTENCE.findall(line)) > 5:
        return False
    credit = photo_tail(line)
    if credit is not None and credit > 0 and len(_SENTENCE.findall(line[:credit])) <= 3:
        return True
    if credit_words("caption", case=True).match(line):
        return True
    colon = credit_words("photo").match(line)
    return bool(colon and line[colon.end() :].lstrip()[:1] in (":", "/") and line[colon.end() :].count(".") <= 4)


def is_byline(line: str) -> bool:
    """Is the line a byline: `By A. Name in Port Town`, `Staff Reporter`, `A. Name, Associated Press`?"""
    if len(line) > 140 or _QUOTES.search(line) or any(char.isdigit() for char in line):
        return False
    if re.search(r"\w{4}[.!?]$", line):
        return False  # a sentence: "By Monday evening the wall stood."
    if credit_words("unsigned").fullmatch(line.strip(" |-–—")):
        return True
    match = credit_words("byline", case=True).match(line)
    if match and line[match.end() :].strip():
        first = line[match.end() :].split()[0]
        staff = re.search(r"\b(?:staff|correspondents?|reporters?|agencies)\b", line, re.IGNORECASE)
        return len(line.split()) <= 18 and not is_prose(line.rstrip(".")) and bool(first[0].isupper() or staff)
    return False


def strip_parts(line: str) -> list[str]:
    """The parts of a page head, between its bars."""
    return [part.strip() for part in _BAR.split(line) if part.strip()]


def is_page_head(line: str) -> bool:
    """Is the line a path or strip of page furniture: `Home › World`, `World | 7 March 2031 06.10`, `X :: Y :: date`?"""
    name, comma, date = line[:200].partition(", ")
    if comma and is_outlet(name) and dates.is_date_line(date):
        return True
    parts = strip_parts(line)
    if len(parts) < 2 or len(line) > 200:
        return False
    crumbs = bool(_CRUMB.search(line)) and not _QUOTES.search(line)

    def fits(part: str) -> bool:
        told = dates.is_date_line(part) or is_section(part) or is_furniture(part) or is_outlet(part)
        return told or is_byline(part) or bool(debris("start").match(part)) or _LINK.fullmatch(part) is not None

    fitting = sum(map(fits, parts))
    if crumbs:
        return fitting > 0 or (len(parts) > 2 and all(len(part.split()) <= 5 for part in parts))
    short = all(len(part.split()) <= 3 and not _QUOTES.search(part) for part in parts)
    dated = any(map(dates.is_date_line, parts))
    return fitting == len(parts) or (short and ((fitting > 0 and dated) or fitting * 2 >= len(parts) > 2))


def is_marked_name(line: str) -> bool:
    """Is it one name in slashes or brackets, as unknown wires sign: `/LUM/`, `(DTA)`?"""
    return bool(_MARKED.fullmatch(line))


def is_signed(line: str, wires: frozenset[str]) -> bool:
    """Is the line the sign-off of a wire: `/LUM/`, `(Reuters)`, `- AFP`, `EFE`?"""
    bare = re.sub(r"/[^\W\d_]{1,4}$", "", line.strip(" .()/[]-–—*|"))  # "Reuters/ab"
    return len(bare) <= 40 and bool(bare) and (bare.casefold() in wires or known(bare) is not None) and "\t" not in bare


def by_table(line: str) -> Kind:
    """The kind of a line that the tables know wherever it stands, or ""."""
    if is_furniture(line):
        return "dateline" if dates.find(line) else "boilerplate"
    if wire_mark("end").fullmatch(line):
        return "signoff"
    if (wire_mark("note").match(line) or wire_mark("embargo").match(line)) and len(line) <= 2 * REACH:
        return "editor_note"
    if line.startswith("((") and _LINK.search(line) and len(line) <= REACH:
        return "credit"
    if re.match(r"[(\[]?\s?", line) and credit_words("work").match(line.lstrip("([")) and len(line) <= REACH:
        return "credit"
    contributor = credit_words("contributor").search(line)
    if (
        contributor
        and len(line) <= 240
        and named_like(" ".join(line.strip("*-–—_ ").split()[:2]))
        and not _QUOTES.search(line)
    ):
        return "credit"
    source = credit_words("source").match(line)
    if source and line[source.end() :].lstrip()[:1] == ":" and len(line) <= 120 and not tells(line):
        return "credit"
    if is_caption(line):
        return "caption"
    if photo_tail(line) == 0:
        return "credit"
    return "boilerplate" if _LINK.fullmatch(line) else ""


def is_keyword(line: str) -> bool:
    """Does a wire file its story under this line: `BC-Port-Wall, 1st Ld,330`, `u i`, `PORT-WALL/ (UPDATE 2)`?"""
    return len(line) <= _KEYWORD and wire_mark("keyword").fullmatch(line) is not None


def furniture_opens(line: str, *, inside: bool) -> Literal["start", "heading", ""]:
    """Does a furniture phrase open the line? `inside` the story the line must also look unlike a sentence."""
    if len(line) > REACH or _QUOTES.search(line) or (is_prose(line) and tells(line)):
        return ""
    match: Literal["heading", "start"]
    bare = line.lstrip("<[*•- ")
    for match in ("heading", "start"):
        found = debris(match).match(bare)
        if found and (not inside or not is_prose(line) or found[0].endswith(":") or found[0][0] in "©("):
            return match
    return ""


def is_initials(line: str) -> bool:
    """Is it the slug of those who wrote: `ab/cd`, `(K/AB2/P1)`?"""
    coded = _INITIALS.fullmatch(line) or _CODE.fullmatch(line)
    return len(line) <= 24 and bool(coded) and not line.strip("()").isdigit()


def is_desk(line: str) -> bool:
    """A closing line such as `- A. Name in Port Town` or `— Staff reporters`."""
    match = re.match(r"[-–—]{1,2}\s?(?=[^\W\d_a-z])", line)
    return bool(match) and len(line.split()) <= 9 and not is_prose(line) and not re.search(r"[\d\"“”]", line)


def _tail_once(line: str, end: int, wires: frozenset[str]) -> tuple[int, Kind] | None:
    """Start and kind of the last piece of debris glued to `line[:end]`, or None."""
    base = max(0, end - REACH)
    tail = line[base:end]
    paren = _PAREN_TAIL.search(tail)
    if paren and credit_words("work").match(paren[1].lstrip()):
        return base + paren.start(), "credit"
    short = max(0, len(tail) - _MARK)
    marks = [m for m in wire_mark("end").finditer(tail, short) if m.end() == len(tail)]
    marks = [m for m in marks if m[0][0] in "(-#—*=" or (m[0].isalpha() and _STOP.search(tail[: m.start()]))]
    if marks:
        return base + marks[0].start(), "signoff"
    code = next((m for m in _CODE.finditer(tail, short) if m.end() == len(tail)), None)
    if code:
        return base + code.start(), "signoff"
    signed = _SIGNED.search(tail)
    if signed:
        name = signed[2].strip()
        told = name.casefold() in wires or (known(name) is not None and (bool(signed[1]) or is_acronym(name)))
        told = told or (known(name) is not None and bool(re.match(r"\s*[-–—]", signed[0])))
        initials = signed[1] == "" and name.islower() and _INITIALS.fullmatch(name + signed[3])
        if (told and bool(signed[1]) == bool(signed[3])) or initials:
            return base + signed.start(), "signoff"
    slug = _SLUG.search(tail)
    if slug and (not slug[1] or known(slug[1])):
        return base + slug.start(), "signoff"
    owned = _COPYRIGHT.search(tail)
    if owned:
        return base + owned.start(), "boilerplate"
    for gap in _GAP.finditer(tail):
        work = credit_words("work", case=True).match(tail, gap.end())
        if work and re.match(r"\s[A-Z]", tail[work.end() :]):
            return base + work.start(), "credit"
    photo = photo_tail(line[:end])
    return (photo, "credit") if photo else None


def tails(line: str, wires: frozenset[str]) -> list[tuple[int, Kind]]:
    """Debris glued to the end of a line of text, as (start, kind), first to last; the words before it remain."""
    found: list[tuple[int, Kind]] = []
    end = len(line)
    while len(found) < 5 and (one := _tail_once(line, end, wires)) and line[: one[0]].strip():
        found.append(one)
        end = len(line[: one[0]].rstrip())
    return found[::-1]


def heads(line: str) -> Iterator[tuple[int, Kind]]:
    """Marks at the head of a line, as (end, kind) one behind the other: scraped dates, revision labels."""
    at = 0
    while at < len(line):
        rest = line[at:].lstrip()
        skipped = len(line) - len(rest)
        scraped = credit_words("date_scraped", case=True).match(rest)
        found = dates.find(rest[:40])[:1] if scraped else []
        label = wire_mark("revision").match(rest)
        if scraped and found and not rest[scraped.end() : found[0].start].strip(" :="):
            end, kind = found[0].end, "dateline"
        elif label:
            end, kind = label.end(), "slug"
        else:
            return
        gap = len(rest[end:]) - len(rest[end:].lstrip())
        at = skipped + end + gap
        yield at, kind  # type: ignore[misc]
