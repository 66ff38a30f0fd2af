"""The language of a report: another than English for certain only."""

from __future__ import annotations

import pytest

from hearsay.ingest import report_of
from hearsay.ingest.language import language_of
from hearsay.ingest.record import Record

ENGLISH = "The council of Port Ostra said on Monday that it would rebuild the harbour wall before winter."
OTHERS = {
    "de": "Der Rat von Port Ostra hat am Montag beschlossen, die Hafenmauer noch vor dem Winter neu zu bauen.",
    "es": "El alcalde de Port Ostra dijo el lunes que el muro del puerto será reconstruido antes del invierno.",
    "fr": "Le maire de Port Ostra a déclaré lundi que le mur du port serait reconstruit avant l’hiver.",
    "ru": "Мэр Порт-Остры заявил в понедельник, что стену в порту восстановят до зимы.",
    "ar": "قال رئيس بلدية بورت أوسترا يوم الاثنين إن جدار الميناء سيعاد بناؤه قبل الشتاء.",
    "ja": "ポート・オストラの市長は月曜日、港の壁を冬までに再建すると述べた。",
    "tr": "Port Ostra belediye başkanı pazartesi günü liman duvarının kıştan önce yeniden yapılacağını söyledi.",
}


@pytest.mark.parametrize(("language", "text"), OTHERS.items())
def test_other_languages_are_told(language: str, text: str) -> None:
    assert language_of(text) == language
    assert language_of(f"{text}\n\n{text}\n\nPort Ostra News") == language


@pytest.mark.parametrize("foreign", OTHERS.values(), ids=OTHERS.keys())
def test_an_english_report_with_foreign_parts_is_english(foreign: str) -> None:
    assert language_of(f"{ENGLISH}\n\n{foreign}") == "en"
    assert language_of(f"{foreign}\n\n{foreign}\n\n{ENGLISH}") == "en"


@pytest.mark.parametrize(
    "short",
    ["", "Ostra votes", "(URGENT) Ostra votes on wall", "Brandt, Sorel, Rand", "12 34 56 78 90 12 34 56 78 90",
     "Izvor: Lumen", "Brandt meets Sorel in Tolna", "WALL TO RISE AGAIN, SAYS MAYOR BRANDT OF PORT OSTRA",
     "Mayor Brandt visits Kelmar Bay harbour works", "___ --- ***  ___ --- *** ___"],
)  # fmt: skip
def test_little_or_no_text_is_no_reason_to_leave_english(short: str) -> None:
    assert language_of(short) == "en"


def test_the_story_decides_and_not_the_furniture() -> None:
    furniture = "Možda vas zanima\n\nPovezane vesti\n\nNajčitanije vijesti\n\n0 Komentari\n\nIzvor: Tanjug/"
    text = f"Wall to rise\n\n{ENGLISH}\n\n{furniture}"
    assert report_of(Record(uri="r", text=text, media_type="text/plain")).language == "en"


def test_a_stated_language_wins() -> None:
    record = Record(uri="r", text=ENGLISH, media_type="text/plain", meta={"language": "de"})
    assert report_of(record).language == "de"
