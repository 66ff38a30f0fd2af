"""The HTML export in a real browser: its policy holds, it works without JavaScript, and better with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_sample import FIRST, SECOND, THIRD, at, sample

from hearsay.export.html import to_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-gpu",
]  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "dossier.html"
    path.write_bytes(to_html(sample()).encode())
    return path


@pytest.fixture
def open_page(browser: Any, file: Path) -> Iterator[Any]:
    """Opens the page with the given context options; anything on its console fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def start(**options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: None if request.url == file.as_uri() else complaints.append(request.url))
        page.goto(file.as_uri())
        return page

    yield start
    for context in contexts:
        context.close()
    assert complaints == []


def link_to(page: Any, words: Any) -> Any:
    """The first link in the record that leads to a span of the first report."""
    return page.locator(f'main a[href="#r1-{words.start}-{words.end}"]').first


def test_a_click_shows_the_words_in_context(open_page: Any) -> None:
    page = open_page()
    words = at(1, "We have waited forty years for this crossing, and our children will not wait one more")
    link_to(page, words).click()
    panel = page.locator("#panel")
    assert panel.is_visible()
    assert panel.locator("mark").inner_text() == words.of(FIRST)
    assert "Pellan told Tarrow" in panel.locator("blockquote").inner_text()
    assert "Report 1" in panel.inner_text()
    assert page.url.endswith(".html")


def test_the_panel_counts_characters_as_the_record_does(open_page: Any) -> None:
    page = open_page()
    for number, text in enumerate((FIRST, SECOND, THIRD), 1):
        zones = page.locator(f"#R{number} .z").all()
        assert "".join(zone.text_content() for zone in zones) == text


def test_escape_closes_and_focus_returns(open_page: Any) -> None:
    page = open_page()
    link = link_to(page, at(1, "told"))
    link.focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel mark").inner_text() == "told"
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert link.evaluate("link => link === document.activeElement")


def test_from_the_panel_to_the_report_and_back(open_page: Any) -> None:
    page = open_page()
    words = at(1, "Kestria had asked for a naval base")
    link = link_to(page, words)
    link.click()
    page.locator("#panel .go").click()
    mark = page.locator(f"#r1-{words.start}-{words.end}")
    page.wait_for_function("location.hash.startsWith('#r1-')")
    page.wait_for_timeout(100)
    box = mark.bounding_box()
    assert box
    assert 0 < box["y"] < 900
    page.locator("#back").click()
    assert link.evaluate("link => link === document.activeElement")
    box = link.bounding_box()
    assert box
    assert 0 < box["y"] < 900


def test_a_mark_in_a_report_tells_what_was_read_from_it(open_page: Any) -> None:
    page = open_page()
    words = at(2, "Nobody asked us")
    page.locator(f"#r2-{words.start}-{words.end}").click()
    assert "Bram Ode: Nobody asked us" in page.locator("#panel ul").inner_text()


def test_filters_narrow_and_widen(open_page: Any) -> None:
    page = open_page()
    page.locator("#filter-text").fill("naval")
    assert page.locator("main .item:visible").count() == 2
    assert "2 of" in page.locator("#filter-count").inner_text()
    page.locator("#filter-reset").click()
    page.wait_for_function("document.querySelectorAll('main .item[hidden]').length === 0")
    page.locator("#filter-actor").select_option(label="Bram Ode")
    assert page.locator("#statements .item:visible").count() == 1
    assert page.locator("#statements .voice:visible h3").all_text_contents() == ["Bram Ode"]
    page.locator("#filter-actor").select_option("")
    page.locator("#filter-report").select_option("3")
    assert page.locator(".report:visible").count() == 1
    assert page.locator("#statements .voice:visible h3").all_text_contents() == ["Odra Pellan", "Nobody named"]


def test_a_link_to_something_filtered_out_shows_it(open_page: Any) -> None:
    page = open_page()
    page.locator("#filter-report").select_option("2")
    page.evaluate("location.hash = '#e1'")
    page.wait_for_function("document.querySelector('#e1').checkVisibility()")
    assert page.locator("#filter-report").input_value() == ""


def test_keys_go_through_the_items(open_page: Any) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator("main .item").first.get_attribute("id")
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("Enter")
    assert page.locator("#panel").is_visible()
    page.keyboard.press("Escape")
    page.locator("#keys").uncheck()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_layers_can_be_switched_off(open_page: Any) -> None:
    page = open_page(java_script_enabled=False)
    words = at(2, "Nobody asked us")
    mark = page.locator(f"#r2-{words.start}-{words.end}")
    colour = "element => getComputedStyle(element).backgroundColor"
    assert mark.evaluate(colour) != "rgba(0, 0, 0, 0)"
    page.locator("#layer-q").uncheck()
    assert mark.evaluate(colour) == "rgba(0, 0, 0, 0)"


def test_without_javascript_links_lead_into_the_report(open_page: Any) -> None:
    page = open_page(java_script_enabled=False)
    words = at(1, "We have waited forty years for this crossing, and our children will not wait one more")
    link_to(page, words).click()
    mark = page.locator(f"#r1-{words.start}-{words.end}")
    assert mark.inner_text() == words.of(FIRST)
    assert mark.evaluate("element => element.matches(':target')")
    box = mark.bounding_box()
    assert box
    assert 0 <= box["y"] <= 900
    assert page.locator("#filters").is_hidden()
    assert page.locator("#panel").is_hidden()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [360, 820, 1440])
def test_nothing_runs_over_the_edge(open_page: Any, width: int, script: bool) -> None:
    page = open_page(viewport={"width": width, "height": 780}, java_script_enabled=script)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if script:
        link_to(page, at(1, "told")).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = page.locator("#panel").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(open_page: Any, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    contrast = """(query) => {
      const light = (rgb) => rgb.match(/[\\d.]+/g).slice(0, 3).map((v) => v / 255)
        .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const [a, b] = [getComputedStyle(document.querySelector(query)).color,
        getComputedStyle(document.body).backgroundColor].map(light).sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05);
    }"""
    for query in ("h1", ".lede", ".meta", ".type", ".badge.planned", ".badge.hypothetical", ".badge.negated", ".unsure",
                  ".kind", "blockquote.indirect", ".z.signoff p", ".contents a span", "td.from"):  # fmt: skip
        assert page.evaluate(contrast, query) >= 4.5, query


def test_paper_holds_the_whole_record(open_page: Any, tmp_path: Path) -> None:
    page = open_page()
    page.emulate_media(media="print")
    assert page.locator("#filters").is_hidden()
    assert page.locator(".contents").is_hidden()
    assert page.locator("#R3").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    paper = page.pdf(path=tmp_path / "record.pdf", format="A4")
    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") + paper.count(b"/Type /Page/") >= 4
