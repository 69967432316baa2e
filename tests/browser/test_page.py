"""What a visitor sees and can do."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.fake_assistant import ANSWER, CLARIFY

pytestmark = pytest.mark.browser


def ask(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    expect(page.locator("#chat .message.user").last).to_have_text(question)


def test_an_empty_page_explains_itself_and_offers_six_questions(page: Page) -> None:
    expect(page.locator("#chat h2")).to_have_text("问预算，看出处")
    expect(page.locator("#chat .example")).to_have_count(6)
    expect(page.locator("#banner")).to_contain_text("2 份公开文件")
    expect(page.locator("#download")).to_be_hidden()


def test_an_answer_brings_its_sentence_and_its_cell(page: Page) -> None:
    ask(page, ANSWER.question)
    expect(page.locator("#chat .message.bot").last).to_contain_text("减少 1.74 万元")
    expect(page.locator("#source mark.cited strong")).to_have_text("减少1.74万元")
    expect(page.locator("#warning")).to_contain_text("17 万元与 14.8 万元")
    page.locator("#places label").nth(1).click()
    expect(page.locator("#source td.cited")).to_have_text("1.16")
    page.locator("#source .table-scroll").scroll_into_view_if_needed()
    expect(page.locator("#source td.cited")).to_be_in_viewport(ratio=1)


def test_result_chart_sql_and_scope(page: Page) -> None:
    ask(page, ANSWER.question)
    expect(page.locator("#source mark.cited")).to_be_visible()
    page.get_by_role("tab", name="结果表", exact=True).click()
    expect(page.locator("#result table")).to_contain_text("公车运行")
    expect(page.locator("#chart .js-plotly-plot")).to_be_visible()
    page.get_by_role("tab", name="SQL", exact=True).click()
    expect(page.locator("#sql")).to_contain_text("SELECT subject")
    page.get_by_role("tab", name="口径", exact=True).click()
    expect(page.locator("#scope")).to_contain_text("一般公共预算 · 合计")


def test_examples_suggestions_and_choices_can_be_clicked(page: Page, site: Site) -> None:
    page.locator("#chat .example").nth(2).click()
    expect(page.locator("#chat .option")).to_have_count(2)
    page.locator("#chat .option").first.click()
    expect(page.locator("#chat .message.user")).to_have_count(2)
    expect(page.locator("#chat .option")).to_have_count(2)
    assert site.assistant.asked[-1] == (ANSWER.suggestions[0], 1, None)
    ask(page, CLARIFY.question)
    expect(page.locator("#chat .option").first).to_have_text(CLARIFY.choices[0])


def test_the_chosen_document_is_asked_and_named(page: Page, site: Site) -> None:
    page.locator("#document input").click()
    page.get_by_role("option", name="某局2022年部门决算").click()
    expect(page.locator("#banner")).to_contain_text("某局 · 2022 年决算")
    ask(page, "会议费是多少")
    expect(page.locator("#source .cited").first).to_be_visible()
    assert site.assistant.asked[-1] == ("会议费是多少", 0, "b-2022")


def test_a_new_conversation_starts_empty(page: Page) -> None:
    ask(page, ANSWER.question)
    expect(page.locator("#source .cited").first).to_be_visible()
    page.click("#restart")
    expect(page.locator("#chat .example")).to_have_count(6)
    expect(page.locator("#warning")).to_be_hidden()
    expect(page.locator("#source")).to_contain_text("提问之后")


def test_the_answer_downloads_as_a_workbook(page: Page, tmp_path: Path) -> None:
    ask(page, ANSWER.question)
    expect(page.locator("#download")).to_be_visible()
    with page.expect_download() as started:
        page.click("#download")
    started.value.save_as(tmp_path / "answer.xlsx")
    assert "数值" in openpyxl.load_workbook(tmp_path / "answer.xlsx").sheetnames


def test_nothing_is_wider_than_the_window_and_shades_change(page: Page) -> None:
    ask(page, ANSWER.question)
    expect(page.locator("#source .cited").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    before = page.evaluate("getComputedStyle(document.querySelector('#ask')).backgroundColor")
    page.click("#shade")
    expect(page.locator("#ask")).not_to_have_css("background-color", re.compile(re.escape(before)))


_IN_PLACE = """() => {
    const [box, entry, chat] = ["#ask", "#entry", "#chat"].map(id => document.querySelector(id).getBoundingClientRect());
    const wide = Math.abs(entry.width - box.width) <= 2 && Math.abs(chat.width - box.width) <= 2;
    return wide && chat.bottom <= entry.top + 1;
}"""


def test_a_long_conversation_keeps_the_question_box_in_place(page: Page) -> None:
    for _ in range(5):
        ask(page, ANSWER.question)
        expect(page.locator("#chat .option")).to_have_count(2)
    page.wait_for_function(_IN_PLACE, timeout=5000)  # once the last answer is laid out
