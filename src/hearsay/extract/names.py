"""Proper names: a report's tokens and the reader's entities in, names with their kinds out.

Names come from tables (states, bodies, agencies), from words that make a name an organisation or a place ("Harbour
Authority", "Lind River"), from titles before people, and from the reader. What a name is called is voted on by all its
contexts in the report, because a reader that never saw a place takes it for a person.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from hearsay.data import alternatives, table
from hearsay.extract.name_kinds import Name, honorific_at, vote
from hearsay.extract.nations import Nations, learn, marked, offices
from hearsay.extract.nominals import head_at, honorifics, modifiers
from hearsay.extract.reader import Tagged
from hearsay.extract.tokens import Token, cue_forms, tokens, words_of
from hearsay.model import ActorKind

SLACK = 1  # letters of an acronym in brackets that may come from inside a word
HEADED = 3  # words of a name that only a heading has
LONGEST = 8  # words in a name
READER_KINDS: dict[str, ActorKind] = {"PERSON": "person", "LOCATION": "place", "ORGANIZATION": "organisation"}


@dataclass(frozen=True, slots=True)
class _Known:
    kind: ActorKind
    exact: str  # the spelling that must be met where the name is an acronym, else ""


@cache
def _gazetteer() -> dict[tuple[str, ...], _Known]:
    """Known names by their lower-case words."""
    found: dict[tuple[str, ...], _Known] = {}

    def put(name: str, kind: ActorKind) -> None:
        words = tuple(_split(name))
        acronym = name.replace(".", "").replace(" ", "")
        found.setdefault(words, _Known(kind, name if acronym.isupper() and len(acronym) < 6 else ""))

    for row in table("states"):
        for name in (row["name"], *alternatives(row["aliases"])):
            put(name, "country")
        for name in alternatives(row["capital"]):
            put(name, "place")
    for row in table("bodies"):
        for name in (row["name"], *alternatives(row["aliases"])):
            put(name, row["kind"])  # type: ignore[arg-type]
    for row in table("agencies"):
        for name in (row["name"], *alternatives(row["aliases"])):
            put(name, "organisation")
    return found


def _split(name: str) -> Iterator[str]:
    for token in tokens(name):
        yield token.lower


@cache
def _openings() -> frozenset[str]:
    """First words of the known names."""
    return frozenset(words[0] for words in _gazetteer() if words)


@cache
def _demonyms() -> frozenset[tuple[str, ...]]:
    rows = table("states")
    return frozenset(tuple(_split(name)) for row in rows for name in alternatives(row["demonyms"]))


@cache
def _dates() -> frozenset[str]:
    return frozenset(row["word"] for row in table("calendar_words"))


@cache
def _joins() -> frozenset[str]:
    return frozenset(row["word"] for row in table("particles") if row["inside"] == "organisation")


@cache
def _particles() -> frozenset[str]:
    return frozenset(row["word"] for row in table("particles") if row["inside"] == "person")


def find_names(words: Sequence[Token], entities: Iterable[Tagged], mastheads: Iterable[str] = ()) -> tuple[Name, ...]:
    """All names of a report, in order, not overlapping. `mastheads` are the names of its agency and outlet."""
    nations = learn(words)
    words = marked(words, nations)
    tagged = tuple(_from_reader(words, entities))
    surest = [
        *_published(words, mastheads),
        *_from_tables(words),
        *_taught(words, nations),
        *_from_nouns(words, tagged),
    ]
    edges = {(sure.first, sure.last) for sure in surest}
    tagged = tuple(piece for name in tagged for piece in _cut(words, name, edges))
    found = _settle([*surest, *_after_titles(words), *tagged])
    found = _settle([*found, *_shorts(words, found), *_acronyms(words, found), *_capitals(words)])
    found = _settle([*found, *_again(words, found)])
    found = _headings(words, _apart(words, found))
    return vote(words, found, offices(words, nations))


def _taught(words: Sequence[Token], nations: Nations) -> Iterator[Name]:
    """Names of states that the report itself teaches; its long names and acronyms are sure."""
    longest = {name: state for name, state in nations.names if len(name) > 1 or name[0] != state.lower()}
    for i, token in enumerate(words):
        for name in longest if token.capital else ():
            if tuple(w.lower for w in words[i : i + len(name)]) == name and (len(name) > 1 or token.upper):
                yield Name(i, i + len(name), "country", True, len(name) == 1)
        if token.capital and not token.loud and nations.named(token.text) and (token.lower,) not in longest:
            yield Name(i, i + 1, "country", False)


def _cut(words: Sequence[Token], name: Name, edges: Collection[tuple[int, int]]) -> Iterator[Name]:
    """The reader's "Freeland-Marsh" is two names where a half of it is surely one, at the `edges` of a sure name."""
    for i in range(name.first + 1, name.last - 1):
        if words[i].text == "-" and ((name.first, i) in edges or (i + 1, name.last) in edges):
            yield replace(name, last=i)
            yield replace(name, first=i + 1)
            return
    yield name


def _settle(names: Iterable[Name]) -> list[Name]:
    """Of names that overlap the sure and longer one stays."""
    kept: list[Name] = []
    taken: set[int] = set()
    for name in sorted(names, key=lambda n: (-(n.last - n.first) - 0.5 * n.sure, not n.sure, n.first)):
        if taken.isdisjoint(range(name.first, name.last)):
            taken.update(range(name.first, name.last))
            kept.append(name)
    return sorted(kept, key=lambda n: n.first)


def _from_tables(words: Sequence[Token]) -> Iterator[Name]:
    known = _gazetteer()
    for i, token in enumerate(words):
        if token.lower not in _openings() or not token.word or not (token.capital or token.text[0].isdigit()):
            continue
        for length in range(min(LONGEST, len(words) - i), 0, -1):
            row = known.get(tuple(w.lower for w in words[i : i + length]))
            if row is None or tuple(w.lower for w in words[i : i + length + 1]) in _demonyms():
                continue
            text = "".join(w.text for w in words[i : i + length])
            if not row.exact or row.exact.replace(" ", "") == text:
                yield Name(i, i + length, row.kind, True, bool(row.exact))
                break


def _published(words: Sequence[Token], mastheads: Iterable[str]) -> Iterator[Name]:
    """Places where the report names its own agency or outlet."""
    plain = [token.lower for token in words]
    for masthead in mastheads:
        sought = list(_split(masthead))
        for i in range(len(plain) - len(sought) + 1):
            if sought and plain[i : i + len(sought)] == sought and words[i].capital:
                yield Name(i, i + len(sought), "organisation", True, len(sought) == 1 and words[i].upper)


def _runs(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words, with small words inside where a capital follows ("Ministry of Trade")."""
    joins = _joins()
    i = 0
    while i < len(words):
        if not _starts_name(words, i):
            i += 1
            continue
        j = i + 1
        while j < len(words) and words[j].sentence == words[i].sentence:
            if words[j].word and words[j].capital:
                j += 1
            elif j + 1 < len(words) and words[j].lower in joins and words[j + 1].capital and words[j].text != "I":
                j += 2
            elif (
                j + 2 < len(words)
                and words[j].lower in ("of", "for")
                and words[j + 1].lower == "the"
                and words[j + 2].capital
            ):
                j += 3
            else:
                break
        yield i, j
        i = j


def _starts_name(words: Sequence[Token], i: int) -> bool:
    token = words[i]
    return (
        token.word
        and token.capital
        and token.lower
        not in words_of(
            "det", "poss", "prep", "pron", "sub", "rel", "coord", "adv", "be", "have", "do", "modal", "neg", "to", "by"
        )
    )


def _from_nouns(words: Sequence[Token], tagged: Sequence[Name]) -> Iterator[Name]:
    """Names made by a word for an organisation, place or facility."""
    for first, last in _runs(words):
        if not words[first].loud:
            yield from _named_by_noun(words, first, last)
            if last - first > 1 and _medium(words, last - 1) and first > 0 and words[first - 1].lower == "the":
                yield Name(first, last, "organisation", True)
    names = {name.last: name for name in tagged}
    for first, last in _runs(words):  # "Lind valley", "the Lind hydroelectric plant": the noun itself in lower case
        if last >= len(words) or words[first].loud:
            continue
        known_as = names.get(last)
        pointed = first > 0 and words[first - 1].lower in ("the",)
        at = [last, last + 1] if pointed and last + 1 < len(words) and words[last].word else [last]
        for i in at:
            row = head_at(words, i)
            if row is None or not row.singular or row.noun.kind not in ("place", "facility") or row.noun.use != "both":
                continue
            if _demonym(words, first, last) and known_as is None:
                break  # "the Freelandish capital"
            if (known_as is not None or pointed) and not _grammar(words, last, i):
                yield Name(known_as.first if known_as else first, row.last, row.noun.kind, True)
                break


def _medium(words: Sequence[Token], i: int) -> bool:
    """Is it a word that names of papers end in, and nothing else?"""
    return words[i].text in _media_words() and head_at(words, i) is None


@cache
def _media_words() -> frozenset[str]:
    return frozenset(row["word"] for row in table("media_words"))


def _grammar(words: Sequence[Token], first: int, last: int) -> bool:
    """Is one of the tokens a word that holds a clause together, or a verb of saying?"""
    small = words_of(
        "det", "poss", "prep", "pron", "sub", "rel", "coord", "adv", "be", "have", "do", "modal", "to", "by"
    )
    return any(words[i].lower in small or words[i].lower in cue_forms() for i in range(first, last))


def _named_by_noun(words: Sequence[Token], first: int, last: int) -> Iterator[Name]:
    """Cut a run of capitalised words at its naming nouns: "Harbour Times", "Ministry of Trade and Industry"."""
    i = first
    while i < last:
        row = head_at(words, i)
        if row is None or row.last > last or row.noun.use == "nominal" or row.noun.kind in ("person", "group"):
            i += 1
            continue
        begun = i
        while begun > first and words[begun - 1].word and not _bars(words, begun - 1):
            begun -= 1
        begun += sum(1 for _ in _leading_titles(words, begun, i))
        end = row.last
        if end < last and words[end].lower in ("of", "for"):
            end = last
            stop = next(
                (k for k in range(row.last, last) if words[k].lower == "and" and _own_noun(words, k + 1, last)), last
            )
            end = stop
        if end - begun > 1:
            yield Name(begun, end, row.noun.kind, True)
        i = max(end, i + 1)


def _own_noun(words: Sequence[Token], first: int, last: int) -> bool:
    """Does a name of its own, with a naming noun, follow the "and"?"""
    return any(head_at(words, k) is not None for k in range(first, last))


def _bars(words: Sequence[Token], i: int) -> bool:
    return words[i].lower in ("of", "for", "and", "the") or words[i].text in ("&",)


def _leading_titles(words: Sequence[Token], first: int, stop: int) -> Iterator[int]:
    """Leading honorifics and people's roles ("President Lind Foundation" keeps its first word only when alone)."""
    for k in range(first, stop):
        if words[k].lower not in honorifics():
            return
        yield k


def _after_titles(words: Sequence[Token]) -> Iterator[Name]:
    """Capitalised words behind a title or honorific: people."""
    for i in range(len(words) - 1):
        row = head_at(words, i)
        stop = (
            row.last
            if row and row.singular and row.noun.kind == "person"
            else i + 1
            if honorific_at(words, i)
            else None
        )
        if stop is None or words[i].loud or stop >= len(words):
            continue
        if words[stop].text == "." and honorific_at(words, i):
            stop += 1
        begun, end = stop, _person_end(words, stop)
        if end - begun == 1 and _shouted(words, begun):
            continue
        if end > begun and not (
            end - begun == 1 and row is not None and words[i].capital and _known_place(words, begun)
        ):
            yield Name(begun, end, "person", False)


def _known_place(words: Sequence[Token], i: int) -> bool:
    return (words[i].lower,) in _gazetteer()


def _person_end(words: Sequence[Token], first: int) -> int:
    """End of a person's name that starts at `first`; `first` when none does."""
    end = first
    while end < len(words) and end - first < 6 and words[end].sentence == words[first].sentence:
        token = words[end]
        if end > first and token.start > words[end - 1].end + 1:
            break
        if token.word and token.capital and not _no_person(words, end):
            end += 1
        elif token.text == "-" and end > first and end + 1 < len(words) and words[end + 1].start == token.end:
            end += 2
        elif end > first and (_initial_stop(words, end) or _particle(words, end)):
            end += 1
        else:
            break
    return end


def _initial_stop(words: Sequence[Token], i: int) -> bool:
    return words[i].text == "." and len(words[i - 1].text) == 1


def _particle(words: Sequence[Token], i: int) -> bool:
    return words[i].lower in _particles() and i + 1 < len(words) and words[i + 1].capital


def _no_person(words: Sequence[Token], i: int) -> bool:
    token = words[i]
    if token.lower in modifiers() or token.lower.rstrip(".") in honorifics() or not _starts_name(words, i):
        return True
    known = token.demonym or (token.lower,) in _demonyms() or token.lower in _dates()
    return known or head_at(words, i) is not None


def _from_reader(words: Sequence[Token], entities: Iterable[Tagged]) -> Iterator[Name]:
    """The reader's names on whole tokens, cut at line ends, without titles and marks at their edges."""
    starts = {token.start: i for i, token in enumerate(words)}
    for entity in entities:
        if entity.label not in READER_KINDS:
            continue
        inside = range(_at(starts, words, entity.start), bisect_left(words, entity.end, key=lambda word: word.start))
        lines = sorted({words[i].line for i in inside})
        for line in lines:
            span = [i for i in inside if words[i].line == line]
            name = _trimmed(words, span[0], span[-1] + 1, READER_KINDS[entity.label], entity.score)
            if name is not None:
                yield name


def _at(starts: dict[int, int], words: Sequence[Token], start: int) -> int:
    return starts[start] if start in starts else bisect_right(words, start, key=lambda word: word.end)


def _trimmed(words: Sequence[Token], first: int, last: int, kind: ActorKind, score: float) -> Name | None:
    while first < last and _no_name(words, first):
        first += 1
    while kind == "person" and last - first > 1 and words[first].lower in _no_given():
        first += 1
    while first < last and not words[last - 1].word:
        last -= 1
    last = _past_nickname(words, last) if kind == "person" else last
    if last - first == 1 and (len(words[first].text) == 1 or _pronoun(words[first])):
        return None  # "D-Marsh", a party
    if last - first == 1 and _shouted(words, first):
        return None
    while last < len(words) and kind == "person" and last > first:  # "Bae Min" + "-ho"
        if words[last].text == "-" and words[last].start == words[last - 1].end and last + 1 < len(words):
            last += 2
        elif words[last].word and words[last].capital and words[last].line == words[first].line:
            if _no_person(words, last) or words[last].loud:
                break
            last += 1
        else:
            break
    if kind == "person" and first > 0 and words[first - 1].capital and not _no_person(words, first - 1):
        before = words[first - 1]
        if (
            before.line == words[first].line
            and not before.loud
            and before.word
            and words[first].start - before.end <= 1
        ):
            first -= 1
    if first >= last or not any(token.capital for token in words[first:last]):
        return None
    if _demonym(words, first, last) or (last - first == 1 and words[first].lower in _dates()):
        return None
    if words[first].upper and last - first == 1 and first + 1 < len(words) and words[first + 1].text == ":":
        return None  # "ATTN:"
    if not words[last - 1].capital and head_at(words, last - 1) is None and words[last - 2].text != "-":
        return None
    return Name(first, last, kind, False, words[first].upper and not words[first].loud, score)


def _pronoun(token: Token) -> bool:
    return not token.upper and token.lower in words_of("pron", "obj", "poss", "det")


def _shouted(words: Sequence[Token], i: int) -> bool:
    """Is the word one of several in capitals, which are loud rather than names?"""
    near = [words[k] for k in (i - 1, i + 1) if 0 <= k < len(words)]
    return words[i].upper and any(t.upper and len(t.text) > 2 and t.sentence == words[i].sentence for t in near)


@cache
def _no_given() -> frozenset[str]:
    """Words that open no person's name, though a capital starts them: "Republican", "Either", "Note"."""
    small = {word for row in table("function_words") for word in alternatives(row["words"])}
    return frozenset(modifiers() | small | cue_forms() | {row["word"] for row in table("stop_words")}) - _particles()


def _past_nickname(words: Sequence[Token], last: int) -> int:
    """End of a name that goes on behind a nickname in quotation marks: 'Robert C. "Bob" Lind'."""
    at = last + (last < len(words) and words[last].text == ".")
    inside = words[at : at + 4]
    if len(inside) < 4 or inside[3].sentence != words[last - 1].sentence:
        return last
    quoted = inside[0].text in _quotes() and inside[2].text in _quotes()
    return at + 4 if quoted and inside[1].capital and inside[3].capital and not _no_person(words, at + 3) else last


@cache
def _quotes() -> frozenset[str]:
    return frozenset(mark for row in table("quotation_marks") for mark in row.values() if len(mark) == 1)


def _no_name(words: Sequence[Token], i: int) -> bool:
    token = words[i]
    if not token.word or token.lower.rstrip(".") in honorifics() or not _starts_name(words, i):
        return (
            not token.capital
            or not token.word
            or token.lower in words_of("det")
            or (token.lower.rstrip(".") in honorifics())
        )
    row = head_at(words, i)
    return row is not None and row.noun.kind == "person" and i + 1 < len(words)


def _demonym(words: Sequence[Token], first: int, last: int) -> bool:
    """Only nationality words: "Freelandish", "Freelandish-Marshian"."""
    plain = tuple(token.lower for token in words[first:last])
    singular = (*plain[:-1], plain[-1].removesuffix("s"))
    if plain in _demonyms() or singular in _demonyms():
        return True
    return all(token.demonym or (token.lower,) in _demonyms() for token in words[first:last] if token.text != "-")


def _shorts(words: Sequence[Token], names: Sequence[Name]) -> Iterator[Name]:
    """ "the North", where a state of that short name is named in full; "the Courier", where the noun makes a name."""
    named = {" ".join(w.text for w in words[n.first : n.last]) for n in names}
    plain = {token.text for token in words}
    shorts = {
        short: row["name"]
        for row in table("states")
        for short in alternatives(row["shorts"])
        if named & {row["name"], *alternatives(row["aliases"])} or set(row["demonyms"].split()) <= plain
    }
    for i in range(1, len(words)):
        token = words[i]
        if words[i - 1].lower != "the" or not token.capital or token.loud:
            continue
        alone = i + 1 >= len(words) or not words[i + 1].capital
        row = head_at(words, i)
        if token.text in shorts and alone:
            yield Name(i, i + 1, "country", True)
        elif row is not None and alone and row.last == i + 1 and row.noun.use == "name":
            yield Name(i, i + 1, row.noun.kind, True)
        elif alone and _medium(words, i) and any(name.endswith(f" {token.text}") for name in named):
            yield Name(i, i + 1, "organisation", True)


def _capitals(words: Sequence[Token]) -> Iterator[Name]:
    """Unknown words in capitals where an agency's name stands: in brackets or slashes, or beside a verb of saying."""
    for i in range(1, len(words) - 1):
        token, before, after = words[i], words[i - 1], words[i + 1]
        if not token.upper or len(token.text) < 3 or not token.text.isalpha() or token.loud or token.lower in _dates():
            continue
        if _shouted(words, i):
            continue
        framed = before.text + after.text in ("()", "//")
        alone = sum(1 for w in words[max(0, i - 3) : i + 4] if w.line == token.line) < 6
        if (framed and not alone) or (after.lower in cue_forms() or before.lower in cue_forms()):
            yield Name(i, i + 1, "organisation", False, True)


def _acronyms(words: Sequence[Token], names: Sequence[Name]) -> Iterator[Name]:
    """Capitals in brackets behind a name whose initials they are."""
    ends = {name.last: name for name in names}
    for i in range(1, len(words) - 2):
        name = ends.get(i)
        if name is None or words[i].text != "(" or words[i + 2].text != ")" or not words[i + 1].upper:
            continue
        if short_for(words[i + 1].text, [w.text for w in words[name.first : name.last] if w.word], beside=True):
            yield Name(i + 1, i + 2, name.kind, True, True)


def short_for(acronym: str, long: Sequence[str], *, beside: bool = False) -> bool:
    """May `acronym` abbreviate the words of `long`: its letters in their order, starting with the first word's?

    `beside`: it stands in brackets behind them, where one letter may come from inside a word.
    """
    letters = [c.lower() for c in acronym if c.isalnum()]
    text = [word.lower() for word in long]
    if len(letters) < 2 or not text or text[0][0] != letters[0]:
        return False
    initials = "".join(word[0] for word in text)
    at = 0
    for letter in initials:
        at += at < len(letters) and letter == letters[at]
    return at >= max(2, len(letters) - SLACK * beside)


def _again(words: Sequence[Token], names: Sequence[Name]) -> Iterator[Name]:
    """Further places of the names found, and of the words of people's names standing alone."""
    known: dict[tuple[str, ...], Name] = {}
    for name in names:
        inside = words[name.first : name.last]
        known.setdefault(tuple(w.lower for w in inside), name)
        if name.kind == "person" and len(inside) > 1:
            for token in (inside[0], inside[-1]):
                if token.capital and len(token.text) > 1:
                    known.setdefault((token.lower,), replace(name, acronym=False))
    openings = {phrase[0] for phrase in known}
    taken = {i for name in names for i in range(name.first, name.last)}
    for i, token in enumerate(words):
        if i in taken or not token.capital or token.lower not in openings:
            continue
        for length in range(min(LONGEST, len(words) - i), 0, -1):
            met = known.get(tuple(w.lower for w in words[i : i + length]))
            if met is not None:
                if length == 1 and met.kind == "country" and (token.lower,) not in _gazetteer():
                    continue  # "North" alone
                if length == 1 and token.demonym:
                    continue
                if length == 1 and (not _starts_name(words, i) or head_at(words, i) is not None):
                    continue
                yield replace(met, first=i, last=i + length, sure=met.sure and length > 1)
                break


def _headings(words: Sequence[Token], names: Sequence[Name]) -> list[Name]:
    """In a heading, where capitals tell nothing, a name reaches as far as the story knows it."""
    told = {tuple(w.lower for w in words[n.first : n.last]) for n in names if n.sure or not words[n.first].loud}
    told |= {plain[-1:] for plain in told}
    found: list[Name] = []
    for name in names:
        plain = tuple(w.lower for w in words[name.first : name.last])
        if name.sure or not told or not words[name.first].loud or plain in told:
            found.append(name)
            continue
        inside = [(b - a, a, b) for a in range(len(plain)) for b in range(a + 1, len(plain) + 1) if plain[a:b] in told]
        if inside:
            _, a, b = max(inside, key=lambda row: (row[0], -row[1]))
            found.append(replace(name, first=name.first + a, last=name.first + b))
        elif len(plain) <= HEADED and name.kind == ("person" if len(plain) > 1 else "place"):
            found.append(name)
    return found


def _apart(words: Sequence[Token], names: Sequence[Name]) -> list[Name]:
    """ "Lind-Marsh talks": two names that also stand alone are two names."""
    alone = {words[name.first].lower for name in names if name.last - name.first == 1}
    people = [n for n in names if n.kind == "person" and not (n.last - n.first == 3 and words[n.first + 1].text == "-")]
    alone |= {words[i].lower for n in people for i in (n.first, n.last - 1) if words[n.last - 2].text != "-"}
    found: list[Name] = []
    for name in names:
        inside = words[name.first : name.last]
        if len(inside) == 3 and inside[1].text == "-" and inside[0].lower in alone and inside[2].lower in alone:
            found += [replace(name, last=name.first + 1), replace(name, first=name.first + 2)]
        else:
            found.append(name)
    return found
