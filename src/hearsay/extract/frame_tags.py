"""Frames around a whole clause: tags before, behind and inside it, and headlines with a colon.

"CLAUSE, the ministry said on Friday", "According to X, CLAUSE", "CLAUSE, she added, CLAUSE", "CLAUSE: SOURCE". In go a
sentence, its tokens and cues; out come frames whose contents still hold what is said inside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hearsay.extract.cues import Hit, Token, hits, words
from hearsay.extract.frame_parts import REACH, Frame, Sentence, is_end, is_gerund, is_plural, object_of, verb_start

TAIL = 14  # tokens that may follow the cue of a closing tag
SHORT = 4  # words that a clause before a closing tag has at least ("Last week, X said" is none)


def around(sentence: Sentence, line: Sequence[Token], cues: Sequence[Hit]) -> list[Frame]:
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
    verb = verb_start(line, hit.first)
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
    more = bool(rest) and rest[0].low == "," and len(rest) > 1 and is_gerund(rest[1].low)  # "he said, adding that"
    again = next((q for q in sentence.quotes if quoted and rest and rest[0].start < q[0] <= line[-1].start), None)
    addressed = rest and hit.cue.takes & {"obj_clause", "obj_inf"}
    addressee = object_of(sentence, line, hit.last)[0] if addressed else None
    tag = Frame(
        how="tail",
        cue=(line[verb].start, line[hit.last - 1].end),
        content=(left,),
        source=(line[comma + 1].start, line[verb - 1].end),
        kind=hit.cue.kind,
        strong=True,
        addressee=addressee,
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
    return None if speaks or (hit.inflection == "base" and not is_plural(source)) else comma


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
        return len(inner) > 1 and (is_gerund(inner[1].low) or inner[1].low in words("tail") | {"which", "who"})
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
            (k for k in range(i + 2, len(line)) if line[k].low in {",", ";", ":"} or is_end(line, k)), len(line)
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
