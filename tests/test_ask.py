"""Questions to a dossier: names by any alias, words by their stems, dates by what is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hearsay.ask import Question, ask
from hearsay.errors import InputError, MissingPath
from hearsay.lookup import find_actors, find_report
from hearsay.model import (
    Actor,
    ActorMention,
    Basis,
    Date,
    Dossier,
    Link,
    Report,
    Span,
    Statement,
    When,
)

BASIS = Basis(by="test@1")
TEXT = "Brandt promised ferries. He is sailing, Ódra Pellan said. No more bridges, the ministers warned."


def span(words: str, report: str = "r1") -> Span:
    start = TEXT.index(words)
    return Span(report=report, start=start, end=start + len(words))


def actor(id: str, name: str, *aliases: str, members: tuple[str, ...] = (), at: str = "") -> Actor:
    mentions = (ActorMention(span=span(at), form="pronoun"),) if at else ()
    return Actor(id=id, name=name, kind="person", aliases=aliases, members=members, mentions=mentions, basis=BASIS)


def said(id: str, words: str, speaker: str | None, *chain: str, **more: object) -> Statement:
    plain = Statement(
        id=id,
        report="r1",
        form="indirect",
        content=(span(words),),
        cue=None,
        source=None,
        speaker=speaker,
        chain=tuple(Link(actor=id) for id in chain),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


DAY = Date(start="2031-05-07", end="2031-05-07", granularity="day")
MONTH = Date(start="2031-06", end="2031-06", granularity="month")
DOSSIER = Dossier(
    reports=(Report(id="r1", uri="ferry.txt", text=TEXT), Report(id="r2", uri="bridge.txt", text="")),
    whens=(
        When(
            subject="r1", value="2031-05-09", earliest="2031-05-09", latest="2031-05-09", stated=True, why="",
            basis=BASIS,
        ),
    ),
    actors=(
        actor("brandt", "Ivo Brandt", "Brandt", "Ivo-Brandt", at="He"),
        actor("pellan", "Ódra Pellan", "Pellan", "the president"),
        actor("both", "the ministers", members=("brandt", "pellan")),
        actor("news", "Norvik News Agency", "NNA"),
    ),
    statements=(
        said("s1", "ferries", "brandt", "brandt", "news", said_on=DAY, kind="pledge", origins=2, addressee="pellan"),
        said("s2", "He is sailing", "pellan", "pellan", said_on=MONTH, form="direct"),
        said("s3", "No more bridges", "both", "both", "news", kind="warn"),
        said("s4", "No more bridges", "news", "news", speakers=("news", "pellan")),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (Question(), "s1 s2 s3 s4"),
        (Question(by="IVO BRANDT"), "s1 s3"),  # as one of the ministers as well
        (Question(by="odra pellan"), "s2 s3 s4"),  # accents; one of several speakers
        (Question(by="president"), "s2 s3 s4"),
        (Question(by="norvik"), "s4"),  # a part of the name
        (Question(by="nna"), "s4"),
        (Question(by="pellan", kind="warn"), "s3"),
        (Question(about="sails"), "s2"),
        (Question(about="Brandt sailing"), "s2"),  # "he" stands for Brandt
        (Question(about="bridge"), "s3 s4"),
        (Question(about="the more bridges"), "s3 s4"),
        (Question(about="tunnel"), ""),
        (Question(to="Pellan"), "s1"),
        (Question(through="NNA"), "s1 s3"),  # its own words did not come through it
        (Question(origins=2), "s1"),
        (Question(form="direct"), "s2"),
        (Question(since="2031-05-08"), "s2 s3 s4"),  # what has no date has that of its report
        (Question(until="2031-05"), "s1 s3 s4"),
        (Question(since="2031-06", until="2031-06-15"), "s2"),
        (Question(since="2031-06-30"), "s2"),
        (Question(since="2032"), ""),
        (Question(until="2031"), "s1 s2 s3 s4"),
    ],
)
def test_what_fits(question: Question, found: str) -> None:
    assert " ".join(row.id for row in ask(DOSSIER, question).statements) == found


def test_what_nobody_can_date_is_left_out_and_counted() -> None:
    answer = ask(replace(DOSSIER, whens=()), Question(since="2031"))
    assert [row.id for row in answer.statements] == ["s1", "s2"]
    assert answer.undated == 2


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question(by="Ivo Brant"), "did you mean Ivo"),
        (Question(by="Xyzzy"), "nobody here is called “Xyzzy”; `hearsay show DIR actors`"),
        (Question(by="—"), "nobody here is called"),
        (Question(about="of the"), "holds no word to look for"),
        (Question(since="May"), "--since “May” is no date"),
        (Question(until="2031-13"), "--until “2031-13” is no date"),
        (Question(since="2032", until="2031"), "lies behind"),
        (Question(kind="shout"), "there is no kind “shout”; choose one of say, pledge"),
        (Question(form="sung"), "there is no form “sung”; choose one of direct, mixed, indirect"),
    ],
)
def test_what_cannot_be_meant_is_said(question: Question, words: str) -> None:
    with pytest.raises(InputError, match=words.replace("(", r"\(")):
        ask(DOSSIER, question)


def test_actors_are_found_by_id_and_by_exact_name_first() -> None:
    assert [found.id for found in find_actors(DOSSIER, "news")] == ["news"]
    more = replace(DOSSIER, actors=(*DOSSIER.actors, actor("other", "Anna Brandt")))
    assert [found.id for found in find_actors(more, "Brandt")] == ["brandt"]
    assert [found.id for found in find_actors(more, "anna")] == ["other"]


def test_a_report_that_is_not_there_or_not_the_only_one_is_refused() -> None:
    with pytest.raises(MissingPath, match="no report here is called “train”"):
        find_report(DOSSIER.reports, "train")
    twins = (Report(id="a", uri="x/1.txt", text=""), Report(id="b", uri="x/10.txt", text=""))
    assert find_report(twins, "x/1.txt").id == "a"
    with pytest.raises(MissingPath, match="fits 2 reports"):
        find_report(twins, "x/1")
    versions = (Report(id="a", uri="1.txt", text="x"), Report(id="b", uri="1.txt", text="y"))
    with pytest.raises(MissingPath, match=r"fits 2 reports \(a, b\)"):
        find_report(versions, "1.txt")
