"""The grammar of time expressions: tables of words and rules, compiled to regular expressions.

In come the rows of `data/time_*.tsv` and a stretch of text, out come `Match`es: where, of which TIMEX3 type, with which
value, underspecified where the words leave something out (`hearsay.calendar` has the notation). Every match stands by
itself here; joining them, zones and tense are the business of `hearsay.extract.timexes`. The approach is HeidelTime's
(Strötgen and Gertz 2013): the knowledge is in the tables, the code only knows how to count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from hearsay.calendar import bounds, split_time
from hearsay.data import alternatives, table

GAP = r"(?:\s{1,2})"
_NUMBERS = {
    "d": r"(?:0?[1-9]|[12]\d|3[01])",
    "mo": r"(?:0?[1-9]|1[0-2])",
    "y": r"(?:1\d|20)\d\d",
    "year": r"(?:1[5-9]|20)\d\d",
    "dec": r"(?:1[5-9]|20)\d0",
    "hh": r"(?:2[0-3]|[01]?\d)",
    "mm": r"[0-5]\d",
    "nn": r"[12]?\d",
}
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,4}(?:\.\d)?"
_SMALLER = {"Y": ("M", 12), "D": ("TH", 24), "TH": ("TM", 60), "TM": ("TS", 60), "DE": ("Y", 10), "CE": ("Y", 100)}
_TOKEN = re.compile(r"\(\?P<\w+>|\[[^\]]*\]|\(\?<[=!](?:[^()\[\]]|\[[^\]]*\])*\)|[ ~]|<[a-z]+\d*>")
_YEARLIKE = re.compile(r"1[5-9]\d\d|20\d\d")
_OPEN = re.compile(r"XXXX-(\d\d-\d\d)$")
_LEFT, _RIGHT = r"(?=[\w'’])(?<![\w$£€])(?<!\d[.,])", r"(?!\w)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One reading of `text[start:end]`. `type` is TIMEX3's, or "-" for a fragment that counts only joined to a day."""

    start: int
    end: int
    type: str
    value: str
    mod: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    pattern: re.Pattern[str]
    type: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier:
    """Words before an expression that belong to it ("more than", "late"): see `data/time_modifiers.tsv`."""

    pattern: re.Pattern[str]
    before: str
    mod: str
    type: str


# -- compiling ---------------------------------------------------------------------------------------------------------


@cache
def _words() -> dict[str, dict[str, str]]:
    """kind -> {form in small letters: value}."""
    words: dict[str, dict[str, str]] = {}
    for row in table("time_words"):
        for form in alternatives(row["forms"]):
            words.setdefault(row["kind"], {}).setdefault(_key(form), row["value"])
    return words


def _key(form: str) -> str:
    return " ".join(form.lower().replace("’", "'").split()).rstrip(".")


@cache
def _alternation(kind: str) -> str:
    """A regular expression for all forms of a kind, longest first; capitalised forms only match so, or in capitals."""
    forms = [f for row in table("time_words") if row["kind"] == kind for f in alternatives(row["forms"])]
    small = {f for f in forms if f == f.lower()}
    large = {f for f in forms if f not in small} | {f.upper() for f in forms if f not in small}
    parts = []
    if large:
        parts.append(f"(?-i:{_any(large)})")
    if small:
        parts.append(_any(small))
    return f"(?:{'|'.join(parts)})"


def _any(forms: set[str]) -> str:
    """The forms as a tree of their beginnings: hundreds of number words cost no more than their first letters."""
    tree: dict[str, set[str]] = {}
    for form in forms:
        if form:
            tree.setdefault(form[0], set()).add(form[1:])
    twins: dict[str, list[str]] = {}  # "twenty one" and "twenty-one" go on alike, and are written once
    for first in sorted(tree):
        twins.setdefault(_any(tree[first]), []).append(GAP if first == " " else re.escape(first))
    branches = "|".join(
        (first[0] if len(first) == 1 else f"(?:{'|'.join(first)})") + rest for rest, first in twins.items()
    )
    if not branches:
        return ""
    return f"(?:{branches}){'?' if '' in forms else ''}"


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the tables as a regular expression: `<kind>`, blanks and `~` filled in."""

    def fill(found: re.Match[str]) -> str:
        token = found[0]
        if token == " ":
            return GAP
        if token == "~":
            return f"(?:-|{GAP})"
        if token == "<gap>":
            return GAP
        if token[0] != "<":
            return token
        name = token[1:-1]
        kind = name.rstrip("0123456789")
        return f"(?P<{name}>{_inner(kind)})"

    return re.compile(_TOKEN.sub(fill, pattern), re.IGNORECASE)


def _inner(kind: str) -> str:
    if kind in _NUMBERS:
        return _NUMBERS[kind]
    if kind == "n":
        return f"(?:{_DIGITS}|{_alternation('num')})"
    return _alternation({"hour": "num", "minutes": "num"}.get(kind, kind))


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(pattern=compiled(f"{_LEFT}(?:{row['pattern']}){_RIGHT}"), type=row["type"], value=row["value"])
        for row in table("time_rules")
    )


@cache
def modifiers() -> tuple[Modifier, ...]:
    """Patterns to match right before an expression, each ending where the expression starts."""
    return tuple(
        Modifier(
            pattern=compiled(rf"(?<![\w-])(?:{row['pattern']})(?:{GAP}|(?<=-))$"),
            before=row["before"],
            mod=row["mod"],
            type=row["type"],
        )
        for row in table("time_modifiers")
    )


@cache
def joints() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(which comes first, what may stand between) for a time of day and a day that are one expression."""
    return tuple((row["first"], compiled(row["pattern"])) for row in table("time_joints"))


# -- matching ----------------------------------------------------------------------------------------------------------


def matches(text: str) -> tuple[Match, ...]:
    """The expressions of a text, left to right, not overlapping: the longest at the first place that has one."""
    found = sorted(_all(text), key=lambda m: (m.start, -m.end, m.rank))
    kept: list[Match] = []
    for match in found:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
        elif match.end > kept[-1].end and kept[-1].type == "-":  # a fragment gives way
            kept[-1] = match
    return tuple(kept)


@cache
def _some_rule() -> re.Pattern[str]:
    """Finds the places where any rule matches: one search of the text instead of one for each rule."""
    patterns = (re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern.removeprefix(_LEFT)) for rule in _rules())
    return re.compile(f"{_LEFT}(?={'|'.join(patterns)})", re.IGNORECASE)


def _all(text: str) -> Iterator[Match]:
    """Per rule the matches that do not overlap, left to right."""
    places = [place.start() for place in _some_rule().finditer(text)]
    for rank, rule in enumerate(_rules()):
        end = 0
        for place in places:
            found = rule.pattern.match(text, place) if place >= end else None
            if found is None:
                continue
            end = found.end()
            value = _value(rule.value, found)
            if value is not None:
                yield Match(start=place, end=end, type=rule.type, value=value, rank=rank)


def _value(template: str, found: re.Match[str]) -> str | None:
    """The template filled with the match's fields, or None where they make no date (31 June)."""
    fields = _fields(found)
    try:
        value = _Lazy(fields).fill(template)
    except (KeyError, ValueError):
        return None
    return value if all(_is_possible(part) for part in value.split("/")) else None


def _is_possible(value: str) -> bool:
    core = split_time(value)[0]
    if found := _OPEN.match(core):
        return bounds(f"2000-{found[1]}") is not None
    return not core[:1].isdigit() or bounds(core) is not None


def _fields(found: re.Match[str]) -> dict[str, str]:
    """Group name -> value; a numbered group also serves under its bare name where that did not match."""
    fields: dict[str, str] = {}
    for name, form in found.groupdict().items():
        if form is None:
            continue
        kind = name.rstrip("0123456789")
        value = _number(kind, form) if kind not in _words() else _words()[kind][_key(form)]
        fields[name] = value
        fields.setdefault(kind, value)
        if kind == "n":
            fields.setdefault("form", form)
    return fields


def _number(kind: str, form: str) -> str:
    if kind in ("n", "hour", "minutes"):
        return _words()["num"].get(_key(form)) or form.replace(",", "")
    if kind in ("d", "mo", "hh", "mm"):
        return form.zfill(2)
    return form[:3] if kind == "dec" else form


class _Lazy(dict[str, str]):
    """Fields that are computed from others when a template asks for them."""

    def fill(self, template: str) -> str:
        """The template with its fields; KeyError or ValueError where one is missing or makes no sense."""
        return template.format_map(self)

    def __missing__(self, name: str) -> str:
        if name not in _COMPUTED:
            raise KeyError(name)
        return _COMPUTED[name](self)


def _code(fields: dict[str, str]) -> str:
    return _words()["code"][fields.get("unit") or fields["units"]]


def _one(fields: dict[str, str]) -> str:
    return f"P{_length('1', _code(fields))}"


def _many(fields: dict[str, str]) -> str:
    return f"P{_length('X', _code(fields))}"


def _duration(fields: dict[str, str]) -> str:
    """n and unit as a TIMEX3 duration: P5W, PT20M, P2Y6M, PXDE; ValueError where n is a year ("the 1988 quarter")."""
    code, number = _code(fields), fields["n"]
    if _YEARLIKE.fullmatch(fields["form"]):
        raise ValueError(number)
    if "half" in fields:
        number += ".5"
    whole, _, tenth = number.partition(".")
    if not tenth or tenth == "0":
        return f"P{_length(whole, code)}"
    if code not in _SMALLER:
        return f"P{_length(number, code)}"
    small, size = _SMALLER[code]
    rest = _length(str(round(float("0." + tenth) * size)), small)
    if whole == "0":
        return f"P{rest}"
    return f"P{_length(whole, code)}{rest.removeprefix('T') if code[0] == 'T' else rest}"


def _length(number: str, code: str) -> str:
    return f"T{number}{code[1]}" if code[0] == "T" else f"{number}{code}"


def _counted(base: str, sign: str) -> Callable[[dict[str, str]], str]:
    vague = "PAST_REF" if sign == "MINUS" else "FUTURE_REF"

    def value(fields: dict[str, str]) -> str:
        number, unit = fields.get("n", "X"), fields.get("unit", "")
        if base == "REF" and _words()["code"].get(unit, "")[:1] == "T":
            raise ValueError(unit)  # "an hour later" is a length of time
        return f"UNDEF-{base}-{unit}-{sign}-{number}" if number.isdigit() and unit else vague

    return value


def _clock(fields: dict[str, str]) -> str:
    """hh or hour, mm or minutes, ampm or daypart as T16:55; ValueError for 13 p.m."""
    hour = int(fields.get("hh") or fields["hour"])
    late = fields.get("ampm") or _words()["hours"].get(fields.get("daypart", "").lower(), "")
    if late:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + int(late)
    minute = int(fields.get("mm") or fields.get("minutes") or 0)
    if hour > 23 or minute > 59:
        raise ValueError(hour, minute)
    return f"T{hour:02d}:{minute:02d}"


def _half_past(fields: dict[str, str]) -> str:
    return _clock({**fields, "minutes": "30"})


def _quarter_past(fields: dict[str, str]) -> str:
    return _clock({**fields, "minutes": "15"})


def _century(fields: dict[str, str]) -> str:
    return f"{int(fields.get('ord') or fields['nn']) - 1:02d}"


def _year_end(fields: dict[str, str]) -> str:
    """The second year of 2024-25; ValueError where it does not follow."""
    end = fields["y"][:2] + fields["yy"]
    if end <= fields["y"]:
        raise ValueError(end)
    return end


_COMPUTED: dict[str, Callable[[dict[str, str]], str]] = {
    "dur": _duration,
    "one": _one,
    "many": _many,
    "clock": _clock,
    "halfpast": _half_past,
    "quarterpast": _quarter_past,
    "century": _century,
    "yend": _year_end,
    "past": _counted("NOW", "MINUS"),
    "ahead": _counted("NOW", "PLUS"),
    "before": _counted("REF", "MINUS"),
    "after": _counted("REF", "PLUS"),
}
