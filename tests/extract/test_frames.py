"""The grammar of attribution frames, one sentence at a time."""

from __future__ import annotations

import re

import pytest

from hearsay.extract.frame_parts import Frame, Sentence
from hearsay.extract.frames import frames
from hearsay.extract.quotes import quotes

NAMES = re.compile(
    r"President Orlo|Minister Vash|Vash|Orlo|Karn News Agency|KNA|state media|the ministry|The ministry|the envoys|"
    r"Tarsia|Velia|They|He|She|he|she|they|the crowd"
)


def read(text: str, *, headline: bool = False) -> list[Frame]:
    mentions = tuple((m.start(), m.end()) for m in NAMES.finditer(text))
    line = Sentence(text=text, range=(0, len(text)), mentions=mentions, quotes=tuple(quotes(text)), headline=headline)
    return [f for f in frames(line) if f.strong]


def told(text: str, frame: Frame) -> tuple[str, str, str]:
    source = text[slice(*frame.source)] if frame.source else ""
    content = " … ".join(text[s:e].strip(" ,.;") for s, e in frame.content)
    return source, text[slice(*frame.cue)], content


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Orlo opened a bridge and called for calm, state media reported Friday.",
            [("Orlo", "called for", "calm"), ("state media", "reported", "Orlo opened a bridge and called for calm")],
        ),
        (
            "Vash pledged to rebuild the town before winter, according to the ministry.",
            [
                ("Vash", "pledged", "to rebuild the town before winter"),
                ("the ministry", "according to", "Vash pledged to rebuild the town before winter"),
            ],
        ),
        (
            "According to KNA, Orlo praised the envoys, saying they had worked hard.",
            [
                ("KNA", "According to", "Orlo praised the envoys, saying they had worked hard"),
                ("Orlo", "praised", "the envoys"),
                ("Orlo", "saying", "they had worked hard"),
            ],
        ),
        (
            "The treaty, Vash added, would be signed in May.",
            [("Vash", "added", "The treaty … would be signed in May")],
        ),
        (
            "He “stressed the need to widen the road.”",
            [("He", "stressed", "the need to widen the road")],
        ),
        (
            "The ministry said that Orlo had told the crowd that no tax would rise.",
            [
                ("The ministry", "said", "Orlo had told the crowd that no tax would rise"),
                ("Orlo", "had told", "no tax would rise"),
            ],
        ),
        (
            "Vash thanked Orlo for his help and vowed “full solidarity”.",
            [("Vash", "thanked", "Orlo for his help"), ("Vash", "vowed", "“full solidarity”")],
        ),
        (
            "State television reported, citing the ministry, that the talks had failed.",
            [("the ministry", "citing", "the talks had failed")],
        ),
        (
            "The envoys left the valley early because of what they see as a hostile bloc.",
            [("they", "see as", "a hostile bloc")],
        ),
        (
            "The meeting took place amid concerns that Tarsia could sell arms to Velia.",
            [("", "concerns", "Tarsia could sell arms to Velia")],
        ),
        ("Orlo and Vash discussed the bridge over lunch.", []),
        (
            "Last week, Vash said, nothing had happened in the valley.",
            [("Vash", "said", "nothing had happened in the valley")],
        ),
    ],
)
def test_frames(text: str, expected: list[tuple[str, str, str]]) -> None:
    got = [told(text, frame) for frame in read(text)]
    assert [row for row in expected if row not in got] == []
    assert len(got) == len(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarsia opens bridge after long delay: KNA", ("KNA", ":", "Tarsia opens bridge after long delay")),
        ("Orlo: no tax will rise this year", ("Orlo", ":", "no tax will rise this year")),
        ("“We will rebuild”: President Orlo visits the town", ("President Orlo", ":", "“We will rebuild”")),
    ],
)
def test_headlines_with_a_colon(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in [told(text, frame) for frame in read(text, headline=True)]


def test_first_person_frames_inside_a_quotation_belong_to_it() -> None:
    text = "“I hope they will come,” Vash said."
    assert [told(text, f)[1] for f in read(text) if f.cue[0] > text.index("”")] == ["said"]


def test_hostile_lengths_do_not_hang() -> None:
    text = "Orlo said, " * 400 + "that it rained."
    assert read(text) is not None
