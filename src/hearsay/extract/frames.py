"""Attribution frames by rule, one sentence at a time: who, cue, what was said.

The neural reader tags flat roles; this grammar finds what it cannot: several cues in one sentence, frames inside what
somebody is reported to have said, closing tags ("..., the ministry said on Friday"), opening ones ("According to X"),
relays that quote their own narration ("X “stressed the need”"), and sources named by "citing". In go a sentence, the
mentions of actors and the quotations in it; out come frames in text order. Nothing here knows a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from hearsay.extract.cues import Hit, Token, attitude_nouns, hits, tokens, words
from hearsay.extract.text import Range
from hearsay.model import StatementKind

How = Literal["verb", "tail", "head", "middle", "narrated", "citing", "colon", "noun"]
REACH = 12  # tokens between a closing tag's comma and its cue, at most
TAIL = 14  # tokens that may follow the cue of a closing tag
SHORT = 4  # words that a clause before a closing tag has at least ("Last week, X said" is none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One attribution as the grammar sees it. `joins` is where a frame before it must end, or None when it is nested.

    `phrase`: the content is a noun phrase, so a new main clause ends it; a clause may go on with "and" and "while".
    """

    how: How
    cue: Range
    content: tuple[Range, ...]
    source: Range | None
    kind: StatementKind
    strong: bool
    addressee: Range | None = None
    joins: int | None = None
    phrase: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with what was found in it. `mentions` and `quotes` are ranges inside `range`, in text order.

    `opens` is where the main clause begins behind "According to X,".
    """

    text: str
    range: Range
    mentions: tuple[Range, ...]
    quotes: tuple[Range, ...]
    headline: bool = False
    opens: int = 0

    def quoted(self, at: int) -> Range | None:
        """The quotation that holds the character at `at`."""
        return next((q for q in self.quotes if q[0] <= at < q[1]), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _After:
    """What follows a cue: where the cue ends and the content starts, and whether the words alone prove a statement."""

    end: int
    start: int
    kind: StatementKind
    addressee: Range | None = None
    certain: bool = False
    phrase: bool = False


def frames(sentence: Sentence) -> list[Frame]:
    """Frames of one sentence, ordered by cue."""
    line = tokens(sentence.text, *sentence.range)
    cues = [hit for hit in hits(line) if hit.cue.strength != "never"]
    outer = _around(sentence, line, cues)
    head = max((f.content[0][0] for f in outer if f.how == "head"), default=sentence.range[0])
    tagged = {f.cue[1] for f in outer}
    found: list[Frame] = []
    for hit in cues:
        if line[hit.last - 1].end in tagged:
            continue
        frame = _citing(sentence, line, hit, outer + found) if hit.cue.strength == "citing" else None
        frame = frame or _narrated(sentence, line, hit) or _verb(replace(sentence, opens=head), line, hit, found)
        if frame is not None:
            found.append(frame)
    found += _nouns(sentence, line) + _seen_as(sentence, line)
    seconds = _second_verbs(line)
    found = _bounded(sentence, sorted(found, key=lambda f: f.cue), outer, seconds)
    return sorted(found + outer, key=lambda f: (f.cue, f.how))


# -- frames around a whole clause --------------------------------------------------------------------------------------


def _around(sentence: Sentence, line: Sequence[Token], cues: Sequence[Hit]) -> list[Frame]:
    """Frames whose content is the clause before or after them; each closing tag ends the line for those before it."""
    outer = _according_to(sentence, line)
    first = max((f.content[0][0] for f in outer if f.how == "head"), default=sentence.range[0])
    outer = [replace(f, content=((first, f.content[0][1]),)) if f.how == "tail" else f for f in outer]
    end = min((f.joins for f in outer if f.joins is not None), default=sentence.range[1])
    shorter = replace(sentence, opens=first)
    for hit in reversed(cues):
        tag = _tag(shorter, [t for t in line if t.end <= end], hit) if line[hit.last - 1].end <= end else None
        if tag is not None:
            outer.append(tag)
            end = tag.joins if tag.how == "tail" and tag.joins is not None else end
    return outer + (_colon(sentence, line) if sentence.headline else [])


def _tag(sentence: Sentence, line: Sequence[Token], hit: Hit) -> Frame | None:
    """ "CLAUSE, SOURCE CUE ..." at the end of a line, or ", SOURCE CUE," in its middle."""
    verb = _skip_back(line, hit.first)
    comma = _tag_opens(sentence, line, hit, verb)
    if comma is None:
        return None
    rest = line[hit.last :]
    opening, closes = sentence.opens or sentence.range[0], _closes_quote(sentence, line[comma])
    left = (opening, line[comma].end if closes else line[comma].start)
    whole = any(q == (opening, line[comma - 1].end) for q in sentence.quotes)  # «A word», X said
    quoted = closes or whole or (comma > 0 and _closes_quote(sentence, line[comma - 1]))
    clause = [t for t in line if t.low[0].isalnum() and left[0] <= t.start < left[1]]
    short = not quoted and len(clause) < SHORT
    told = quoted and "obj_clause" in hit.cue.takes and not any(t.low == "that" for t in rest)
    more = bool(rest) and rest[0].low == "," and len(rest) > 1 and _is_gerund(rest[1].low)  # "he said, adding that"
    again = next((q for q in sentence.quotes if quoted and rest and rest[0].start < q[0] <= line[-1].start), None)
    tag = Frame(
        how="tail",
        cue=(line[verb].start, line[hit.last - 1].end),
        content=(left,),
        source=(line[comma + 1].start, line[verb - 1].end),
        kind=hit.cue.kind,
        strong=True,
        addressee=_object(sentence, line, hit.last)[0] if rest and hit.cue.takes & {"obj_clause", "obj_inf"} else None,
        joins=left[1],
    )
    if again is not None and not more:
        return replace(tag, how="middle", content=(left, again))
    if told or (_is_tail(rest) and not short):
        return tag
    if len(rest) > 3 and rest[0].low == "," and not more:
        right = (rest[1].start, line[-1].end)
        adverbial = short and (not clause or clause[0].low in words("tail"))
        return replace(tag, how="middle", content=(right,) if adverbial else (left, right))
    return None


def _tag_opens(sentence: Sentence, line: Sequence[Token], hit: Hit, verb: int) -> int | None:
    """The comma or closing mark before the source of a tag whose cue starts at token `verb`, or None."""
    says = {"clause", "that", "obj_clause"} & hit.cue.takes and hit.cue.strength != "narrated"
    if hit.inflection == "ing" or not says or sentence.quoted(line[hit.first].start):
        return None
    back = range(verb - 1, max(-1, verb - REACH - 1), -1)
    comma = next((i for i in back if _ends_clause(sentence, line, i)), verb - 1)
    if comma < 0 or comma == verb - 1:
        return None
    comma = _before_apposition(sentence, line, comma, verb)
    joints = words("coordinator") | words("breaker") | words("relative") | {"whose"}
    if line[comma + 1].low in joints or line[verb - 1].low in words("coordinator") | {"to"}:
        return None
    source = sentence.text[line[comma + 1].start : line[verb - 1].end]
    speaks = any(h.inflection != "base" for h in hits(line[comma + 1 : verb]))
    return None if speaks or (hit.inflection == "base" and not _plural(source)) else comma


def _ends_clause(sentence: Sentence, line: Sequence[Token], i: int) -> bool:
    return line[i].low in {",", "—", "–", ";"} or _closes_quote(sentence, line[i])


def _closes_quote(sentence: Sentence, token: Token) -> bool:
    """Does the mark close a quotation that can stand for a clause: with its own stop inside, or of several words?"""
    quote = next((sentence.text[slice(*q)] for q in sentence.quotes if q[1] == token.end), "")
    return len(quote.split()) >= SHORT or (len(quote) > 2 and quote[-2] in ",.!?…")


def _before_apposition(sentence: Sentence, line: Sequence[Token], comma: int, cue: int) -> int:
    """The comma that opens the source, where the source holds one itself: ", his deputy, X, said"."""
    if line[cue - 1].low != ",":
        return comma
    start = line[comma].start
    before = [m for m in sentence.mentions if m[1] <= start and start - m[1] <= 1]
    if not before:
        return comma
    earlier = (i for i in range(comma - 1, max(-1, comma - REACH), -1) if line[i].end <= before[-1][0])
    i = next(earlier, -1)
    return i if i >= 0 and _ends_clause(sentence, line, i) else comma


def _is_tail(rest: Sequence[Token]) -> bool:
    """May what follows the cue close the sentence: nothing, a time, a place, "in a statement"?"""
    inner = [t for t in rest if t.low not in {".", "!", "?", "”", '"', "’", "'", ")", ":"}]
    if not inner:
        return True
    if rest[0].low == ",":
        return len(inner) > 1 and (_is_gerund(inner[1].low) or inner[1].low in words("tail") | {"which", "who"})
    if len(inner) > TAIL or any(t.low in {"that", "to"} for t in inner[:1]):
        return False
    weekday = re.fullmatch(r"(mon|tues|wednes|thurs|fri|satur|sun)day", inner[0].low)
    return bool(weekday) or inner[0].low in words("tail")


def _according_to(sentence: Sentence, line: Sequence[Token]) -> list[Frame]:
    """ "According to SOURCE, CLAUSE" and "CLAUSE, according to SOURCE"."""
    found = []
    for i in range(len(line) - 2):
        if (line[i].low, line[i + 1].low) != ("according", "to") or sentence.quoted(line[i].start):
            continue
        cue = (line[i].start, line[i + 1].end)
        stop = next(
            (k for k in range(i + 2, len(line)) if line[k].low in {",", ";", ":"} or _is_end(line, k)), len(line)
        )
        if stop == i + 2:
            continue
        source = (line[i + 2].start, line[stop - 1].end)
        if i == 0 and stop < len(line) - 1:
            content = (line[stop + 1].start, sentence.range[1])
            joins, how = None, "head"
        elif i > 0:
            end = line[i - 1].start if line[i - 1].low in {",", "—", "–"} else line[i - 1].end
            content, joins, how = (sentence.range[0], end), end, "tail"
        else:
            continue
        frame = Frame(how="head" if how == "head" else "tail", cue=cue, content=(content,), source=source, kind="say",
                      strong=True, joins=joins)  # fmt: skip
        found.append(frame)
    return found


def _is_end(line: Sequence[Token], k: int) -> bool:
    return k == len(line) - 1 and line[k].low in {".", "!", "?"}


def _colon(sentence: Sentence, line: Sequence[Token]) -> list[Frame]:
    """Headlines: "CLAUSE: SOURCE", "SOURCE: CLAUSE", "“words”: SOURCE does something"."""
    i = next((k for k in range(1, len(line) - 1) if line[k].low == ":"), None)
    if i is None or sentence.quoted(line[i].start):
        return []
    left, right = (sentence.range[0], line[i].start), (line[i + 1].start, sentence.range[1])
    cue = (line[i].start, line[i].end)
    if any(q[0] - left[0] <= 1 and left[1] - q[1] <= 1 for q in sentence.quotes):
        source = next((m for m in sentence.mentions if m[0] >= right[0]), None)
        content = left
    elif any(m[0] == right[0] and right[1] - m[1] <= 1 for m in sentence.mentions) or (
        len(line) - i == 2 and line[i + 1].end == sentence.range[1] and sentence.text[line[i + 1].start :][:3].isupper()
    ):
        source, content = (right[0], line[-1].end), left
    elif any(m[0] == left[0] and left[1] - m[1] <= 1 for m in sentence.mentions):
        source, content = left, right
    else:
        return []
    return [Frame(how="colon", cue=cue, content=(content,), source=source, kind="say", strong=source is not None)]


# -- frames inside a clause --------------------------------------------------------------------------------------------


def _verb(sentence: Sentence, line: Sequence[Token], hit: Hit, before: Sequence[Frame]) -> Frame | None:
    """ "SUBJECT CUE content", with the subject found beside the cue or inherited from the clause before."""
    after = _after(sentence, line, hit) if hit.cue.strength != "narrated" else None
    if after is None:
        return None
    verb = _skip_back(line, hit.first)
    subject, joins = _subject(sentence, line, verb, hit, before)
    if subject is None:
        return None
    return Frame(
        how="verb", cue=(line[verb].start, after.end), content=((after.start, sentence.range[1]),), source=subject,
        kind=after.kind, strong=after.certain or hit.cue.strength == "strong", addressee=after.addressee, joins=joins,
        phrase=after.phrase,
    )  # fmt: skip


def _subject(
    sentence: Sentence, line: Sequence[Token], verb: int, hit: Hit, before: Sequence[Frame]
) -> tuple[Range | None, int | None]:
    """Subject of the cue at token `verb`, and where it cuts what stands before it."""
    if verb == 0:
        return None, None
    previous = line[verb - 1]
    earlier = before[-1].source if before else None
    inherited = earlier or _first_mention(sentence, line[verb].start)
    if hit.inflection == "ing":
        if previous.low == ",":
            return inherited, previous.start
        if previous.low in words("coordinator") and before and before[-1].cue[0] != line[verb].start:
            return inherited, previous.start
        if previous.low == "as":  # "quoted X as saying"
            return _last_mention(sentence, previous.start), None
        return (inherited, None) if previous.low in {"by", "while", "in", "after", "before"} else (None, None)
    if hit.inflection == "base" and previous.low == "to":
        return None, None
    if previous.low in words("coordinator"):
        comma = line[verb - 2] if verb > 1 and line[verb - 2].low == "," else previous
        if hit.inflection == "base":
            return inherited, None
        return inherited, comma.start
    subject, joins = _own_subject(sentence, line, verb)
    if hit.inflection == "base" and subject is not None and not _plural(sentence.text[slice(*subject)]):
        return None, None
    return subject, joins


def _plural(phrase: str) -> bool:
    """May the phrase be the subject of a plural verb ("residents say", "Seoul and X warn")?"""
    low = phrase.lower()
    return low in words("plural") or bool(re.search(r"s$|\band\b", low)) or low.split()[-1] in words("plural")


def _own_subject(sentence: Sentence, line: Sequence[Token], verb: int) -> tuple[Range | None, int | None]:
    """A mention that ends at the cue, or before an apposition or relative clause that ends there."""
    stop = line[verb - 1]
    if stop.low in {"who", "which"} and verb > 1:
        stop = line[verb - 2] if line[verb - 2].low != "," else line[verb - 3]
    fits = [m for m in sentence.mentions if m[1] == stop.end]
    if not fits and stop.low == ",":
        commas = [t for t in line[: verb - 1] if t.low == ","]
        fits = [m for m in sentence.mentions if commas and m[1] <= commas[-1].start <= m[1] + 1] if commas else []
        if not fits:  # ", SOURCE, who had resigned, said": the mention that opens the sentence
            first = _first_mention(sentence, line[verb].start)
            fits = [first] if first and first[0] - sentence.range[0] <= 4 else []
    if not fits:
        fits = _capitalised(sentence, stop.end)
    if not fits:
        return None, None
    subject = _joined(sentence, min(fits, key=lambda m: (m[0], m[1])))
    left = [t for t in line if t.end <= subject[0]]
    joins = None
    if left and left[-1].low in words("coordinator") | words("breaker"):
        joins = left[-2].start if len(left) > 1 and left[-2].low == "," else left[-1].start
    return subject, joins


def _capitalised(sentence: Sentence, end: int) -> list[Range]:
    """A name that nobody knew as a mention: capitalised words up to `end`, at least two."""
    found = re.search(
        r"(?:[A-Z][\w’'-]*\s){1,5}[A-Z][\w’'-]*$", sentence.text[max(sentence.opens, sentence.range[0], end - 80) : end]
    )
    return [(end - len(found.group()), end)] if found else []


def _joined(sentence: Sentence, last: Range) -> Range:
    """ "A, B and C" where C is `last`: joint subjects are one. The last two must stand around an "and"."""
    start, pattern = last[0], r"(?:,? and) (?:the )?"
    while True:
        before = [m for m in sentence.mentions if m[1] < start and re.fullmatch(pattern, sentence.text[m[1] : start])]
        if not before:
            return start, last[1]
        start, pattern = min(before)[0], r", (?:the )?"


def _first_mention(sentence: Sentence, before: int) -> Range | None:
    """The mention that opens the clause, the longest that starts there."""
    found = [m for m in sentence.mentions if sentence.opens <= m[0] and m[1] <= before]
    return max((m for m in found if m[0] == found[0][0]), default=None)


def _last_mention(sentence: Sentence, before: int) -> Range | None:
    return next((m for m in reversed(sentence.mentions) if m[1] <= before), None)


def _after(sentence: Sentence, line: Sequence[Token], hit: Hit) -> _After | None:
    """What follows the cue, or None if nothing that it takes does."""
    takes, i = hit.cue.takes, hit.last
    end, kind = line[hit.last - 1].end, hit.cue.kind
    addressee = None
    if "noun" in takes and i < len(line):
        return _after_attitude(line, i, end)
    if takes & {"obj_clause", "obj_inf"} and i < len(line):
        addressee, beyond = _object(sentence, line, i)
        goes_on = beyond < len(line) and (
            line[beyond].low in {"that", "to", ","} or sentence.quoted(line[beyond].start)
        )
        if addressee is not None and (goes_on or not takes & {"np", "clause"}):
            i = beyond
        else:
            addressee = None  # "begged the mothers for pardon": whom it is asked of is part of what is asked
    i = _behind_aside(line, i, to="inf" in takes)
    if i >= len(line):
        return None
    token = line[i]
    if token.low == "that" and takes & {"that", "clause", "obj_clause"} and i + 1 < len(line):
        return _After(end=end, start=line[i + 1].start, kind=kind, addressee=addressee, certain=True)
    if token.low == "to" and takes & {"inf", "obj_inf"}:
        start = line[hit.last].start if addressee else token.start
        return _After(end=end, start=start, kind=kind, addressee=addressee)
    if takes & {"at", "as"}:  # "put the toll at 60", "regarded X as Y"
        fits = any(t.low in takes for t in _chunk(line, i))
        return _After(end=end, start=token.start, kind=kind, certain=True, phrase=True) if fits else None
    if any(q[0] == token.start for q in sentence.quotes):
        fits = bool(takes & {"clause", "that", "np", "np_whole", "quoted", "obj_clause", "inf"})
        return _After(end=end, start=token.start, kind=kind, addressee=addressee, certain=True) if fits else None
    opens = token.low not in words("tail") | words("preposition") and bool(re.match(r"\w", token.low))
    if "np_whole" in takes and opens:
        return _After(end=end, start=token.start, kind=kind, addressee=_object(sentence, line, i)[0], phrase=True)
    if "quoted" in takes and opens:  # "called the vote a “farce”"
        fits = any(q[0] == t.start for t in _chunk(line, i) for q in sentence.quotes)
        return _After(end=end, start=token.start, kind=kind, certain=True, phrase=True) if fits else None
    if takes & {"clause", "np", "ing"} and opens:
        return _After(end=end, start=token.start, kind=kind, addressee=addressee, phrase="clause" not in takes)
    return None


def _chunk(line: Sequence[Token], i: int) -> Sequence[Token]:
    """Tokens from `i` to the next comma or stop."""
    stop = next((k for k in range(i, min(i + REACH, len(line))) if line[k].low in {",", ".", ";"}), len(line))
    return line[i : min(stop, i + REACH)]


def _behind_aside(line: Sequence[Token], i: int, *, to: bool) -> int:
    """The "that" behind an aside ("said on Monday that X"), or the "to" ("promised on Tuesday to X")."""
    if i >= len(line) or (line[i].low != "," and line[i].low not in words("tail")) or line[i].low == "to":
        return i
    ends = {"that", "to"} if to else {"that"}
    return next((k for k in range(i + 1, min(i + REACH, len(line) - 1)) if line[k].low in ends), i)


def _after_attitude(line: Sequence[Token], i: int, end: int) -> _After | None:
    """ "expressed [his full] support for X", "expressing hope that X"."""
    for k in range(i, min(i + 6, len(line))):
        noun = attitude_nouns().get(line[k].low)
        if noun is not None and k + 2 < len(line) and line[k + 1].low == "that":
            return _After(end=line[k].end, start=line[k + 2].start, kind=noun[0], certain=True)
        if noun is not None:
            return _After(end=end, start=line[i].start, kind=noun[0], certain=True, phrase=True)
    opens = line[i].low not in words("tail") | words("preposition")
    return _After(end=end, start=line[i].start, kind="say", certain=True, phrase=True) if opens else None


def _object(sentence: Sentence, line: Sequence[Token], i: int) -> tuple[Range | None, int]:
    """The addressee that starts at token `i`, and the token behind it."""
    at = line[i].start
    for k in range(i, min(i + REACH, len(line))):  # "told a news conference in X that", "told the council of Y to"
        if line[k].low in {"that", "to"} and k > i:
            return (at, line[k - 1].end), k
        if line[k].low in {",", ".", ":"} | words("auxiliary") | words("clause_subject"):
            break
    fits = [m for m in sentence.mentions if m[0] <= at < m[1]]
    named = next((m for m in sentence.mentions if at < m[0]), None)  # "told the private channel X"
    between = words("tail") | words("preposition") | {"that"}
    if not fits and named and not any(t.low in between for t in line[i:] if t.end <= named[0]):
        fits = [named]
    if not fits:
        return None, i
    last = max(m[1] for m in fits)
    return (at, last), next((k for k in range(i, len(line)) if line[k].start >= last), len(line))


def _nouns(sentence: Sentence, line: Sequence[Token]) -> list[Frame]:
    """ "amid concerns that X": an attitude without anybody who has it; "a pledge from Y that X"."""
    found = []
    for i in range(1, len(line) - 2):
        kind = attitude_nouns().get(line[i].low)
        if kind is None or not kind[1] or sentence.quoted(line[i].start):
            continue
        giver = _giver(sentence, line, i)
        after = next(k for k in range(i + 1, len(line) + 1) if k == len(line) or not giver or line[k].start >= giver[1])
        if after + 1 >= len(line) or not (giver or line[i - 1].low in {"amid", "over", "despite"}):
            continue
        if giver and line[after].low not in {"that", "to"}:
            continue
        start = line[after + 1].start if line[after].low in {"that", "of", "over", "about"} else line[after].start
        frame = Frame(how="noun", cue=(line[i].start, line[i].end), content=((start, sentence.range[1]),), source=giver,
                      kind=kind[0], strong=True)  # fmt: skip
        found.append(frame)
    return found


def _giver(sentence: Sentence, line: Sequence[Token], i: int) -> Range | None:
    """The mention behind "from" or "by" that follows the noun at token `i`."""
    if line[i + 1].low not in {"from", "by"}:
        return None
    return max((m for m in sentence.mentions if 0 <= m[0] - line[i + 1].end <= 1), key=lambda m: m[1], default=None)


def _seen_as(sentence: Sentence, line: Sequence[Token]) -> list[Frame]:
    """ "what they see as X", "what the ministry called X": a view in passing."""
    found = []
    for i in range(len(line) - 3):
        if line[i].low != "what":
            continue
        verb = next((k for k in range(i + 2, min(i + 8, len(line) - 1)) if line[k].low in words("viewing")), None)
        if verb is None or any(t.low in {",", "."} for t in line[i:verb]):
            continue
        after = verb + 2 if line[verb + 1].low in {"as", "was", "is", "were"} else verb + 1
        group = _skip_back(line, verb)
        if after >= len(line) or group <= i + 1:
            continue
        cue = (line[group].start, line[after - 1].end)
        content = (line[after].start, sentence.range[1])
        source = (line[i + 1].start, line[group - 1].end)
        found.append(Frame(how="verb", cue=cue, content=(content,), source=source, kind="assess", strong=True))
    return found


def _narrated(sentence: Sentence, line: Sequence[Token], hit: Hit) -> Frame | None:
    """SUBJECT “CUE content”: the relay's narration stands in quotation marks."""
    quote = next((q for q in sentence.quotes if 0 <= line[hit.first].start - q[0] <= 1 + _lead(line, hit)), None)
    if quote is None or hit.inflection != "finite" or hit.first == 0:
        return None
    if hit.cue.strength == "weak" and not (hit.last < len(line) and line[hit.last].low == "that"):
        return None
    left = [t for t in line if t.end <= quote[0]]
    after = hit.last
    if after < len(line) and line[after].low == "that":
        after += 1
    if not left or after >= len(line) or line[after].start >= quote[1]:
        return None
    stop = left[-1].end
    if left[-1].low in words("adverb") and len(left) > 1:
        stop = left[-2].end
    fits = [m for m in sentence.mentions if m[1] == stop] or [(sentence.range[0], stop)]
    if stop - fits[0][0] > 80:
        return None
    return Frame(
        how="narrated", cue=(line[hit.first].start, line[after - 1].end), content=((line[after].start, quote[1] - 1),),
        source=min(fits), kind=hit.cue.kind, strong=True,
    )  # fmt: skip


def _lead(line: Sequence[Token], hit: Hit) -> int:
    """Characters of adverbs between the quotation mark and the cue ("also stressed")."""
    back = _skip_back(line, hit.first)
    return line[hit.first].start - line[back].start


def _citing(sentence: Sentence, line: Sequence[Token], hit: Hit, others: Sequence[Frame]) -> Frame | None:
    """ "X reported, citing Y, that CLAUSE" and "CLAUSE, X reported, citing Y": Y said it first."""
    stop = next(
        (k for k in range(hit.last, len(line)) if line[k].low in {",", "that", ";"} or _is_end(line, k)), len(line)
    )
    if hit.inflection != "ing" or stop == hit.last:
        return None
    source = (line[hit.last].start, line[stop - 1].end)
    cue = (line[hit.first].start, line[hit.last - 1].end)
    that = next((k for k in range(stop, min(stop + 3, len(line))) if line[k].low == "that"), None)
    if that is not None and that + 1 < len(line):
        content: tuple[Range, ...] = ((line[that + 1].start, sentence.range[1]),)
    else:
        content = next((f.content for f in reversed(others) if f.how in {"tail", "middle"}), ())
    if not content:
        return None
    kind: StatementKind = "say"
    return Frame(how="citing", cue=cue, content=content, source=source, kind=kind, strong=True)


# -- where contents end ------------------------------------------------------------------------------------------------


def _skip_back(line: Sequence[Token], i: int) -> int:
    """First token of the verb group that ends at token `i`: auxiliaries and adverbs belong to it."""
    while i > 1 and (line[i - 1].low in words("auxiliary") | words("adverb") or _is_adverb(line[i - 1].low)):
        i -= 1
    return i


def _is_gerund(word: str) -> bool:
    return word.endswith("ing") and word not in words("not_gerund")


def _is_adverb(word: str) -> bool:
    return len(word) > 4 and word.endswith("ly") and word not in words("not_adverb")


def _bounded(sentence: Sentence, inner: list[Frame], outer: list[Frame], seconds: list[int]) -> list[Frame]:
    """Each content cut where the next frame of the same level, a closing tag or, for phrases, a second verb begins."""
    done = []
    for frame in inner:
        if frame.how == "narrated":
            done.append(frame)
            continue
        start, end = frame.content[-1]
        cuts = [f.joins for f in (*inner, *outer) if f is not frame and f.joins is not None and f.joins > start]
        cuts += [*_new_clauses(sentence, start), *(at for at in seconds if at > start)] if frame.phrase else []
        heads = [f.cue[0] for f in outer if f.how == "tail" and f.cue[0] > start]
        stop = min([end, *cuts, *heads])
        done.append(replace(frame, content=(*frame.content[:-1], (start, stop))))
    return [frame for frame in done if frame.content[-1][0] < frame.content[-1][1]]


def _second_verbs(line: Sequence[Token]) -> list[int]:
    """Where "and" or "or" joins a second verb of saying or meeting to the same subject: "invited X and discussed Y"."""
    verbs = (hit for hit in hits(line) if hit.inflection == "finite" and hit.first > 0)
    return [line[v.first - 1].start for v in verbs if line[v.first - 1].low in words("coordinator")]


def _new_clauses(sentence: Sentence, start: int) -> list[int]:
    """Commas behind `start` that open a main clause of its own: ", and the ministry has", ", while X was"."""
    line = tokens(sentence.text, start, sentence.range[1])
    cuts = []
    for i in range(len(line) - 4):
        if line[i].low in words("coordinator") and line[i + 1].low in {"who", "whose", "which"}:
            cuts.append(line[i].start)
        if line[i].low != "," or line[i + 1].low not in words("coordinator") | words("breaker"):
            continue
        first = line[i + 2 + (line[i + 2].low == "the")].start
        mention = next((m for m in sentence.mentions if m[0] in {line[i + 2].start, first}), None)
        after = next((t for t in line if mention and t.start >= mention[1]), None)
        if (
            after
            and (after.low in words("auxiliary") or after.low.endswith("ed"))
            and not sentence.quoted(line[i].start)
        ):
            cuts.append(line[i].start)
    return cuts
