"""Who is meant: mentions in, the same mentions with their antecedents out.

Names are grouped first (`scene`), capitals that act become their states, and then the report is read once from start to
end: noun phrases look for a bearer of their title, state or noun, pronouns for whoever is most present and agrees in
number and gender. First and second persons are left alone; so is what fits nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from hearsay.data import table
from hearsay.extract.descriptions import Description, agrees, describe
from hearsay.extract.scene import Figure, Scene
from hearsay.extract.tokens import cue_forms, tokens, words_of
from hearsay.model import ActorKind, Mention, Report, Span
from hearsay.naming import fold, known_names, seats

NAMES = ("name", "acronym")
ENOUGH = 3.0  # a title, or a noun and a state, must agree
EXACT = 1.5  # what the very noun of a title counts
UNNAMED = 3.0  # and of somebody whose only name it is
PRESENT = 0.04  # presence below which nobody is meant by a pronoun
SPEAKING = 1.2  # weight from which a mention is that of a speaker
SOON = 8  # sentences within which a lead names whom it describes
AROUND: frozenset[ActorKind] = frozenset({"organisation", "country", "place", "facility"})


def resolve_mentions(
    report: Report, mentions: Iterable[Mention], *, quotes: tuple[Span, ...] = ()
) -> tuple[Mention, ...]:
    """Mentions of `report`, sorted, with the spans of the mentions that they stand for.

    Short names, noun phrases and third person pronouns point to the fullest name of their actor, or, where it has none,
    to its first mention; several antecedents mean several actors. `quotes` are the report's quotations.
    """
    rows = sorted(mentions, key=lambda m: (m.span, m.form))
    scene = Scene(report, tokens(report.text), quotes)
    if not scene.words:
        return tuple(rows)
    rows = [_seat(scene, mention) for mention in rows]
    figures = dict(scene.name(mention for mention in rows if mention.form in NAMES))
    read = [(mention, _read(scene, mention, figures)) for mention in rows]
    return tuple(_pointing(scene, mention, found) for mention, found in read)


def _seat(scene: Scene, mention: Mention) -> Mention:
    """A capital that acts is its state ("Freetown rejected"): not after a preposition of place, nor in a dateline."""
    text = mention.span.of(scene.text)
    seat = fold(text) in seats() or scene.nations.seated(text)
    if mention.kind != "place" or not seat or fold(text) in known_names():
        return mention
    i = scene.token(mention.span.start)
    behind = scene.words[i + len(text.split()) :][:1]
    if behind and behind[0].capital and not behind[0].loud and behind[0].sentence == scene.words[i].sentence:
        return mention  # "Freetown County police"
    if scene.before(mention) in _city_words() or (text.isupper() and len(text) > 2):
        return mention
    if i == 0 or scene.words[i - 1].line != scene.words[i].line:
        rest = scene.words[i + 1 : i + 2]
        if rest and not rest[0].word:
            return mention  # "Freetown, May 4 (AGENCY)"
    return replace(mention, kind="country")


@cache
def _city_words() -> frozenset[str]:
    return frozenset(row["word"] for row in table("seat_contexts"))


def _read(scene: Scene, mention: Mention, figures: dict[Mention, Figure]) -> tuple[Figure, ...]:
    """Whom a mention stands for; they are brought to mind."""
    if mention.form in NAMES:
        found: tuple[Figure, ...] = (figures[mention],)
    elif mention.form == "pronoun":
        found = _pronoun(scene, mention)
    elif mention.form == "title":
        found = tuple(figure for name, figure in figures.items() if name.span in mention.antecedents)
        for figure in found:
            figure.titles.append(scene.describe(mention.span))
    else:
        found = _beside(scene, mention, figures) or _nominal(scene, mention)
    for figure in found:
        scene.enter(figure, mention)
    return found


def _pointing(scene: Scene, mention: Mention, found: Iterable[Figure]) -> Mention:
    """The mention with the spans of its figures' anchors, where they say more than itself."""
    spans = tuple(dict.fromkeys(_spans(found)))
    if not spans or mention.span in spans:
        return mention
    if mention.form in NAMES and fold(spans[0].of(scene.text)) == fold(mention.span.of(scene.text)):
        return mention
    return replace(mention, antecedents=spans)


def _spans(figures: Iterable[Figure]) -> Iterable[Span]:
    for figure in figures:
        final = figure.final()
        if final.members:
            yield from (member.final().anchor.span for member in final.members)
        else:
            yield final.anchor.span


def _beside(scene: Scene, mention: Mention, figures: dict[Mention, Figure]) -> tuple[Figure, ...]:
    """ "Lind, the capital of Marsh": a phrase behind a name and a comma says what the name is."""
    i = scene.token(mention.span.start)
    if i < 2 or scene.words[i - 1].text != ",":
        return ()
    end = scene.words[i - 2].end
    kinds = {mention.kind, "place", "facility", "organisation"} if mention.kind in AROUND else set()
    for name, figure in figures.items():
        if name.span.end == end and name.kind in kinds and "country" not in (name.kind, mention.kind):
            if name.kind == mention.kind:
                figure.mentions.append(mention)
                return (figure,)
            return ()
    return ()


# -- noun phrases ------------------------------------------------------------------------------------------------------


def _nominal(scene: Scene, mention: Mention) -> tuple[Figure, ...]:
    """Figures that a noun phrase stands for; a figure of its own where it stands for nobody known."""
    said = scene.describe(mention.span)
    if not said.nouns:
        return (_new(scene, mention, said),)
    found: tuple[Figure, ...] = ()
    if not said.singular or said.nouns[0].noun in _pairs():
        found = _several(scene, mention, said)
    if not found and _governs(said) and not _listed(scene, mention):
        found = _state(scene, mention, said)
    if not found and said.singular:
        found = _best(scene, mention, said)
    if said.owned and "other" in said.nouns[0].covers:
        found = _other(scene, mention, said)
    if mention.kind == "person" and not (found and found[0].words):
        found = _untitled(scene, mention, said, found)
    if found and not found[0].words and mention.kind == "place":
        _named_since(scene, mention, found[0])
    if not found and mention.kind == "person":
        found = _named_next(scene, mention, said)
    if not found and mention.kind == "place" and said.determiner in ("a", "an"):
        found = _place_next(scene, mention)
    if not found:
        found = _same_phrase(scene, mention, said)
    if not found:
        return (_new(scene, mention, said),)
    if len(found) > 1:
        known = next((f for f in scene.figures if f.members == found), None)
        if known is not None:
            known.mentions.append(mention)
            return (known,)
        group = Figure("group", mention, members=found, titles=[said])
        group.mentions.append(mention)
        scene.figures.append(group)
        return (group,)
    found[0].mentions.append(mention)
    if found[0].kind == "person" and not said.owned:
        found[0].titles.append(said)
    return found


def _new(scene: Scene, mention: Mention, said: Description) -> Figure:
    figure = Figure(mention.kind, mention, titles=[said])
    figure.mentions.append(mention)
    scene.figures.append(figure)
    return figure


@cache
def _pairs() -> frozenset[str]:
    """Nouns that come in pairs ("both sides")."""
    return frozenset({row["noun"] for row in table("role_nouns") if row["noun"] in ("side",)})


def _several(scene: Scene, mention: Mention, said: Description) -> tuple[Figure, ...]:
    """ "the two leaders", "both countries": as many bearers of the noun as are told, two where no number is."""
    noun = said.nouns[0]
    if noun.noun == "government" and " of " in mention.span.of(scene.text):
        inner = describe(mention.span.of(scene.text).split(" of ", 1)[1], scene.nations)
        return _several(scene, mention, inner) if inner.nouns and inner.nouns[0].kind == "country" else ()
    counted = said.count > 1 or said.determiner in ("their",)
    if not (counted or said.definite) or (noun.kind == "person" and said.owned) or said.states:
        return ()
    wanted = said.count or 2
    at = mention.span.start
    if noun.kind == "country":
        settled = [
            f
            for f in scene.figures
            if len(f.members) == wanted and counted and all(m.kind == "country" for m in f.members)
        ]
        if settled:
            return max(settled, key=lambda f: (len(f.mentions), -f.start)).members
        fits = [f for f in scene.figures if f.kind == "country" and f.canonical + "".join(f.words)]
        wanted = wanted if counted else 0
    else:
        fits = [
            f
            for f in scene.figures
            if f.kind == "person" and f.words and any(agrees(noun, b) for t in f.titles for b in t.nouns)
        ]
    if not wanted or len(fits) < wanted or wanted > 4:
        return ()
    stately = [f for f in fits if f.kind == "person" and f.states()]
    fits = stately if len(stately) >= wanted else fits
    ranked = sorted(fits, key=lambda f: (-scene.presence(f, at), -len(f.mentions), f.start))
    return tuple(sorted(ranked[:wanted], key=lambda f: f.start))


def _governs(said: Description) -> bool:
    """Is it a state or its government?"""
    noun = said.nouns[0]
    return (noun.kind == "country" or noun.noun in ("government", "regime")) and said.singular


def _listed(scene: Scene, mention: Mention) -> bool:
    """ "the government, army and people": is the phrase the first of a list?"""
    i = scene.token(mention.span.end)
    return i + 2 < len(scene.words) and scene.words[i].text == "," and scene.words[i + 2].lower in words_of("coord")


def _state(scene: Scene, mention: Mention, said: Description) -> tuple[Figure, ...]:
    """The state that "the country" or "the government of X" means: the one named in it, or the most present."""
    countries = [f for f in scene.figures if f.kind == "country" and f.words]
    inside = [f for f in countries for m in f.mentions if mention.span.holds(m.span)]
    named = [f for f in countries if f.canonical in said.states]
    if inside or named:
        return tuple((inside or named)[:1])
    if not said.definite or said.nouns[0].kind != "country" or scene.quoted(mention.span.start):
        return ()
    if said.nouns[0].noun not in ("country", "nation", "republic", "kingdom"):
        return ()
    at = mention.span.start
    ranked = sorted(countries, key=lambda f: (-scene.presence(f, at), -len(f.mentions), f.start))
    return tuple(ranked[:1])


def _best(scene: Scene, mention: Mention, said: Description) -> tuple[Figure, ...]:
    """The one figure that a singular noun phrase fits best."""
    score = _fits_person if mention.kind == "person" else _fits_thing
    ranked = sorted(
        ((score(scene, mention, said, f), -f.start, f) for f in scene.figures if not f.plural and f.same is None),
        key=lambda row: (-row[0], -row[1]),
    )
    return (ranked[0][2],) if ranked and ranked[0][0] >= ENOUGH else ()


def _untitled(scene: Scene, mention: Mention, said: Description, found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """ "the minister", where nobody named bears the title: the person just named who has none yet."""
    if not said.singular or said.determiner not in ("the",) or said.owned or any(_unnamed(scene, f) for f in found):
        return found
    at = mention.span.start
    plain = [f for f in scene.figures if f.kind == "person" and len(f.words) > 1 and not f.titles]
    near = [f for f in plain if any(0 <= scene.sentence(at) - scene.sentence(m.span.start) < 3 for m in f.mentions)]
    gender = said.nouns[0].gender
    near = [f for f in near if not gender or f.gender() in ("", gender)]
    named = max(near, key=lambda f: (scene.presence(f, at), f.start), default=None)
    if named is None or scene.presence(named, at) < PRESENT:
        return found
    for figure in found:
        figure.same = named
        named.titles += figure.titles
    return (named,)


def _unnamed(scene: Scene, figure: Figure) -> bool:
    """Was somebody brought in who keeps the name back: "a Marshian diplomat", one who is quoted?"""
    if figure.words or figure.kind != "person" or not any(t.determiner in ("a", "an") for t in figure.titles):
        return False
    return bool(figure.states()) or scene.role(figure.anchor) == "speaker"


def _other(scene: Scene, mention: Mention, said: Description) -> tuple[Figure, ...]:
    """ "his client" in a lawyer's mouth: the person most present besides the lawyer."""
    at = mention.span.start
    not_them = said.nouns[0].covers
    people = [
        f
        for f in scene.figures
        if f.kind == "person" and f.words and not any(n.noun in not_them for title in f.titles for n in title.nouns)
    ]
    best = max(people, key=lambda f: (scene.presence(f, at), -f.start), default=None)
    return (best,) if best is not None and scene.presence(best, at) > PRESENT else ()


def _named_next(scene: Scene, mention: Mention, said: Description) -> tuple[Figure, ...]:
    """ "a boy of nine" in a headline or lead: the first person named soon after who has no title and is silent."""
    if not said.singular or said.owned or said.nouns[0].noun not in _anybody() or said.determiner == "the":
        return ()
    at = mention.span.start
    people = [f for f in scene.figures if f.kind == "person" and f.words]
    first = min(people, key=lambda f: f.anchor.span, default=None)
    if (
        first is None
        or first.anchor.span.start < at
        or any(noun not in said.nouns for t in first.titles for noun in t.nouns)
    ):
        return ()
    near = scene.sentence(first.anchor.span.start) - scene.sentence(at) < SOON
    agreeing = not said.nouns[0].gender or first.gender() in ("", said.nouns[0].gender)
    return (first,) if near and agreeing and scene.role(first.anchor) != "speaker" else ()


def _place_next(scene: Scene, mention: Mention) -> tuple[Figure, ...]:
    """ "a mining town": the next new place that a sentence of its own names."""
    at = mention.span.start
    later = [f for f in scene.figures if f.kind == "place" and f.words and f.start > at and _town(scene, f)]
    first = min(later, key=lambda f: f.start, default=None)
    earlier = any(f.kind == "place" and f.words and f.start < at and _town(scene, f) for f in scene.figures)
    if first is None or earlier:
        return ()
    return (first,) if 0 < scene.sentence(first.start) - scene.sentence(at) < SOON else ()


def _town(scene: Scene, figure: Figure) -> bool:
    """May the place be called a town: no river or capital, and not merely where the report was written?"""
    name = fold(" ".join(figure.words))
    return not _other_sort(figure) and name not in seats() and name != scene.filed


def _named_since(scene: Scene, mention: Mention, figure: Figure) -> None:
    """ "a town ... Lind ... the town": the place named between the two is the one."""
    at = mention.span.start
    between = [
        f
        for f in scene.figures
        if f.kind == "place" and f.words and _town(scene, f)
        if any(figure.anchor.span.start < m.span.start < at for m in f.mentions)
    ]
    named = max(between, key=lambda f: (scene.presence(f, at), -f.start), default=None)
    if named is not None and scene.presence(named, at) > PRESENT:
        figure.same = named
        named.titles += figure.titles


def _fits_person(scene: Scene, mention: Mention, said: Description, figure: Figure) -> float:
    """Does a person bear the title? Agreeing noun 3, state 2, further words 1.5; presence decides between bearers."""
    if figure.kind != "person":
        return 0.0
    noun = said.nouns[0]
    if noun.gender and figure.gender() and noun.gender != figure.gender():
        return 0.0
    states = figure.states()
    if said.states and states and not said.states & states:
        return 0.0
    seen = any(m.span.start < mention.span.start for m in figure.mentions)
    presence = scene.presence(figure, mention.span.start)
    bearing = [title for title in figure.titles if any(agrees(noun, other) for other in title.nouns)]
    if not bearing:
        wide = noun.noun in _anybody() and said.definite and seen and figure.gender() in (noun.gender, "")
        return 2.6 + min(presence, 1.0) if wide and presence > 2 * PRESENT else 0.0
    if said.determiner in ("a", "an") or (said.owned and not said.states and not any(t.owned for t in bearing)):
        return 0.0 if not figure.words else 1.0 + 0.5 * len(said.words & _all_words(bearing))
    if not said.determiner and not said.owned and said.words - scene.where and not said.words & _all_words(bearing):
        return 0.0  # "president of the Harbour Bank" is no other president
    if all(title.words & _under() for title in bearing) and not said.words & _under():
        return 0.0  # "the minister" is not the deputy minister
    exact = any(noun.noun == other.noun for title in bearing for other in title.nouns)
    shared = said.words & _all_words(bearing)
    where = _common() | scene.where
    apart = bool(said.words - where) and not shared and all(title.words - where for title in bearing)
    fit = (
        3.0
        + 2.0 * bool(said.states & states)
        + 1.5 * len(shared)
        + (UNNAMED if _unnamed(scene, figure) else EXACT) * exact
        - 1.5 * apart
    )
    return fit + min(presence, 1.5) + 0.5 * seen


def _all_words(titles: Iterable[Description]) -> frozenset[str]:
    return frozenset(word for title in titles for word in title.words) - _common()


@cache
def _common() -> frozenset[str]:
    """Words in titles that tell nobody apart."""
    return frozenset(row["title"].lower() for row in table("titles") if row["class"] != "modifier")


@cache
def _under() -> frozenset[str]:
    """Words that make a title a lesser one."""
    return frozenset(row["title"].lower() for row in table("titles") if row["under"] == "yes")


@cache
def _anybody() -> frozenset[str]:
    """Nouns that any person may be called by."""
    return frozenset(
        row["noun"] for row in table("role_nouns") if row["kind"] == "person" and row["covers"] == "anybody"
    )


def _fits_thing(scene: Scene, mention: Mention, said: Description, figure: Figure) -> float:
    """Is a named organisation, place or facility of the noun's sort, and is it the one in mind?"""
    if figure.kind in ("person", "country") or mention.kind == "group":
        return 0.0
    noun = said.nouns[0]
    words = frozenset(figure.words) or frozenset(w for t in figure.titles for w in (*t.words, *_nouns(t)))
    names = {noun.noun, *noun.covers}
    sort = any(set(name.split()) <= words for name in names) or _introduced(figure, noun.noun)
    if not figure.words:
        sort = any(agrees(noun, other) for title in figure.titles for other in title.nouns)
    if noun.noun in _agency_nouns() and scene.own & {fold(figure.canonical), " ".join(figure.words)}:
        return 0.0  # no agency calls itself "state media"
    agency = noun.noun in _agency_nouns() and figure.anchor.form == "acronym" and figure.kind == "organisation"
    here = said.determiner == "this" and fold(" ".join(figure.words)) == scene.filed
    if noun.kind == "place" and not sort and not here and not _town(scene, figure):
        return 0.0
    if not sort and not agency and not (noun.kind == "place" and figure.kind == "place" and not _other_sort(figure)):
        return 0.0
    if figure.kind != noun.kind and not {figure.kind, noun.kind} <= {"place", "facility", "organisation"}:
        return 0.0
    seen = any(m.span.start < mention.span.start for m in figure.mentions)
    shared = said.words & words
    if said.determiner in ("a", "an"):
        return 3.0 if sort and noun.kind == "facility" and not seen else 2.0 * bool(shared)
    if said.words and not shared and sort and noun.kind == "organisation":
        return 0.0  # "the water ministry" is no other ministry
    if noun.noun == "ministry" and said.determiner in _near() and not words & _minister(scene, mention):
        return 0.0  # "his ministry", "this ministry" in a minister's mouth
    presence = scene.presence(figure, mention.span.start)
    fit = (3.0 if sort or here else 2.95) + 1.5 * len(shared) + min(presence, 1.5)
    return fit if seen or (sort and (noun.kind == "facility" or shared or noun.mass)) else 0.0


def _nouns(title: Description) -> tuple[str, ...]:
    return tuple(word for noun in title.nouns for word in noun.noun.split())


@cache
def _near() -> frozenset[str]:
    """Determiners that point at what belongs to the speaker or subject."""
    return frozenset({"this", *(row["word"] for row in table("pronouns") if row["case"] == "possessive")})


@cache
def _agency_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("role_nouns") if "agency" in (row["noun"], *row["covers"].split("|")))


def _minister(scene: Scene, mention: Mention) -> frozenset[str]:
    """What the minister most present is minister of."""
    at = mention.span.start
    fits = [f for f in scene.figures if any(n.noun.endswith("minister") for t in f.titles for n in t.nouns)]
    best = max(fits, key=lambda f: (scene.presence(f, at), -f.start), default=None)
    return frozenset(word for title in best.titles for word in title.words) if best is not None else frozenset()


def _introduced(figure: Figure, noun: str) -> bool:
    """Does a report introduce the name by the noun: "the state agency XYZ", "the town of Lind"?"""
    if any(before.endswith((noun, f"{noun} of")) for before in figure.led):
        return True
    return noun in _agency_nouns() and figure.canonical in _agencies()


@cache
def _agencies() -> frozenset[str]:
    return frozenset(row["name"] for row in table("agencies") if row["kind"] == "state_medium")


def _other_sort(figure: Figure) -> bool:
    """Does the place's own name say what it is (a river, a province)?"""
    return any(word in _place_nouns() for word in figure.words)


@cache
def _place_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("role_nouns") if row["kind"] == "place")


def _same_phrase(scene: Scene, mention: Mention, said: Description) -> tuple[Figure, ...]:
    """An earlier noun phrase with the same noun and nothing against it."""
    if said.determiner in ("a", "an") or (said.owned and said.nouns[0].kind == "person"):
        return ()
    for figure in reversed(scene.figures):
        if figure.words or figure.members or figure.kind != mention.kind:
            continue
        for title in figure.titles:
            same = title.singular == said.singular and any(
                agrees(a, b) for a in title.nouns[:1] for b in said.nouns[:1]
            )
            if same and (said.words <= title.words or title.words <= said.words) and _apart(said, title):
                return (figure,)
    return ()


def _apart(one: Description, two: Description) -> bool:
    """Do they not name different states?"""
    return not one.states or not two.states or bool(one.states & two.states)


# -- pronouns ----------------------------------------------------------------------------------------------------------


@cache
def _pronouns() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in table("pronouns")}


def _pronoun(scene: Scene, mention: Mention) -> tuple[Figure, ...]:
    row = _pronouns().get(mention.span.of(scene.text).lower())
    if row is None or row["person"] != "3":
        return ()
    if row["case"] == "relative":
        return _relative(scene, mention, things=row["gender"] == "n")
    at = mention.span.start
    speaks = row["case"] == "subject" and scene.after(mention) in cue_forms() | words_of("have")
    if row["gender"] == "n" and scene.after(mention) in words_of("be") and _said_of_it(scene, mention):
        return ()  # "it was reported that"
    fits = [f for f in scene.figures if f.same is None and _agree(f, row) and (not speaks or f.kind != "place")]
    ranked = sorted(fits, key=lambda f: (-_weight(scene, f, at, speaks), f.start))
    if not ranked or _weight(scene, ranked[0], at, speaks) < PRESENT:
        return ()
    if row["gender"] in ("m", "f") and not ranked[0].gender():
        ranked[0].heard = row["gender"]
    return (ranked[0],)


def _said_of_it(scene: Scene, mention: Mention) -> bool:
    i = scene.token(mention.span.end)
    return any(token.lower in cue_forms() for token in scene.words[i : i + 3])


def _agree(figure: Figure, row: dict[str, str]) -> bool:
    if row["number"] == "p":
        return figure.plural
    if row["gender"] == "n":
        return figure.kind in AROUND and not figure.plural
    return figure.kind == "person" and not figure.plural and figure.gender() in ("", row["gender"])


def _weight(scene: Scene, figure: Figure, at: int, speaks: bool) -> float:
    """Presence; who has a name or speaks counts for more where the pronoun speaks."""
    presence = scene.presence(figure, at)
    if any(spot == scene.position(at) and weight >= SPEAKING for spot, weight in figure.trace):
        presence += 1.0  # "X said she ..."
    if speaks and figure.kind == "organisation":
        presence *= 1.5
    return presence * (1.0 if figure.words or figure.members else 0.6)


def _relative(scene: Scene, mention: Mention, *, things: bool) -> tuple[Figure, ...]:
    """ "X, who": the mention that ends just before."""
    i = scene.token(mention.span.start)
    ends = {scene.words[k - 1].end for k in (i, i - 1) if 0 < k <= i}
    for figure in scene.figures:
        for other in figure.mentions:
            if other.span.end in ends and (figure.kind in AROUND) == things and other.form != "pronoun":
                return (figure,)
    return ()
