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

from hearsay.extract.cues import Hit, Token, attitude_nouns, hits, tokens, words
from hearsay.extract.frame_parts import REACH, Frame, Sentence, is_end, is_plural, object_of, verb_start
from hearsay.extract.frame_tags import around
from hearsay.extract.text import Range
from hearsay.model import StatementKind


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
    outer = around(sentence, line, cues)
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


def _verb(sentence: Sentence, line: Sequence[Token], hit: Hit, before: Sequence[Frame]) -> Frame | None:
    """ "SUBJECT CUE content", with the subject found beside the cue or inherited from the clause before."""
    after = _after(sentence, line, hit) if hit.cue.strength != "narrated" else None
    if after is None:
        return None
    verb = verb_start(line, hit.first)
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
    if hit.inflection == "base" and subject is not None and not is_plural(sentence.text[slice(*subject)]):
        return None, None
    return subject, joins


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
        addressee, beyond = object_of(sentence, line, i)
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
        return _After(end=end, start=token.start, kind=kind, addressee=object_of(sentence, line, i)[0], phrase=True)
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
        group = verb_start(line, verb)
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
    back = verb_start(line, hit.first)
    return line[hit.first].start - line[back].start


def _citing(sentence: Sentence, line: Sequence[Token], hit: Hit, others: Sequence[Frame]) -> Frame | None:
    """ "X reported, citing Y, that CLAUSE" and "CLAUSE, X reported, citing Y": Y said it first."""
    stop = next(
        (k for k in range(hit.last, len(line)) if line[k].low in {",", "that", ";"} or is_end(line, k)), len(line)
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
