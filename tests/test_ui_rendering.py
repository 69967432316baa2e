"""What the page shows of an answer: escaped, cited cell and sentence marked, charts only of comparable figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from assistant.answer import Answer, Citation, ResultTable, Status
from assistant.errors import AssistantError
from assistant.ui import rendering
from assistant.ui.charts import Series, figure, series
from assistant.ui.conversation import Asking, Conversation, Turn, document_choices, evidence_page, messages
from assistant.ui.evidence import choices, find, place_page
from assistant.ui.tables import Mark, html_table, is_figure
from assistant.ui.workbook import sheets, write_workbook
from tests.fake_assistant import ABSTAINED, ANSWER, CELL, CLARIFY, PROSE, FakeAssistant, FakeDocument

HOSTILE = '<script>alert(1)</script><img src="http://example.org/x.png" onerror="alert(1)">'


def test_the_cited_cell_is_marked_in_the_source_table() -> None:
    page = place_page(FakeAssistant(), CELL)
    assert '<td class="figure cited" aria-label="所引单元格">1.16</td>' in page
    assert page.count('class="cited-row"') == 1
    assert "公开表7 2021年一般公共预算“三公”经费支出表" in page


def test_the_cited_sentence_is_marked_in_its_passage_and_the_rest_is_escaped() -> None:
    page = place_page(FakeAssistant(), PROSE)
    marked = '<mark class="cited">公务接待费1.16万元，比上年预算<strong>减少1.74万元</strong>。</mark>'
    assert marked in page
    assert "&lt;b&gt;加强&lt;/b&gt;" in page
    assert "第 9 页" in page


def test_a_place_without_context_still_shows_its_quote() -> None:
    bare = FakeAssistant()
    bare.cell_context = lambda citation: None  # type: ignore[assignment,method-assign,return-value]
    bare.passage_context = lambda citation: ""  # type: ignore[assignment,method-assign]
    assert '<mark class="cited">1.16</mark>' in place_page(bare, CELL)
    assert "减少1.74万元" in place_page(bare, PROSE)
    assert "没有更多" in place_page(bare, Citation("甲"))


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("甲乙丙丁", "乙丙", (1, 3)),
        ("甲 乙\n丙丁", "乙丙", (2, 5)),
        ("甲乙", "丙", None),
        ("甲乙", "", None),
        ("a.c abc", "a.c", (0, 3)),
    ],
)
def test_a_sentence_is_found_across_line_breaks(text: str, wanted: str, found: tuple[int, int] | None) -> None:
    assert find(text, wanted) == found


def test_nested_headers_are_merged() -> None:
    html = html_table(("项目", "预算数/合计", "预算数/其中/财政拨款", "备注"), (("甲", "1.00", "1.00", ""),))
    assert html.count("<tr>") == 4
    for cell in (
        '<th rowspan="3">项目</th>',
        '<th colspan="2">预算数</th>',
        '<th rowspan="2" class="figure">合计</th>',
        '<th colspan="1">其中</th>',
        '<th class="figure">财政拨款</th>',
        '<th rowspan="3">备注</th>',
    ):
        assert cell in html


def test_codes_are_not_figures_and_long_names_get_room() -> None:
    html = html_table(("编码", "名称", "金额"), (("201", "一般公共服务支出等等", "1.00"),), names=(0, 1))
    assert '<td>201</td><td class="wide">一般公共服务支出等等</td><td class="figure">1.00</td>' in html


def test_of_a_long_table_only_the_rows_around_the_mark_are_drawn() -> None:
    rows = tuple((f"科目{number}", str(number)) for number in range(1000))
    html = html_table(("科目", "金额"), rows, mark=Mark(700, 1))
    assert "<td>科目700</td>" in html and "<td>科目10</td>" not in html
    assert "另有 759 行未画出" in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,002.00", True),
        ("-3.5", True),
        ("17%", True),
        ("", False),
        ("公务接待费", False),
        ("一般公共服务", False),
        ("三公", False),
    ],
)
def test_figures_are_told_from_names(text: str, expected: bool) -> None:
    assert is_figure(text) is expected


def test_nothing_of_a_document_becomes_markup() -> None:
    hostile = replace(
        ANSWER,
        text=f"回答 {HOSTILE} ![图](http://example.org/y.png)",
        conflicts=(replace(ANSWER.conflicts[0], message=HOSTILE),),
        interpretation=replace(ANSWER.interpretation, subject=HOSTILE),
        table=ResultTable((HOSTILE,), ((HOSTILE,),)),
    )
    shown = [
        rendering.message(hostile),
        rendering.conflict_box(hostile.conflicts),
        rendering.scope_page(hostile),
        rendering.result_page(hostile),
        place_page(FakeAssistant(), replace(PROSE, section=HOSTILE, document=HOSTILE)),
        rendering.empty(HOSTILE),
    ]
    for text in shown:
        assert "<script" not in text and "<img" not in text
    assert "![" not in shown[0]


def test_no_warning_without_a_conflict() -> None:
    assert rendering.conflict_box(()) == ""
    assert 'role="alert"' in rendering.conflict_box(ANSWER.conflicts)


def test_the_scope_page_tells_reading_formula_and_contradiction() -> None:
    page = rendering.scope_page(ANSWER)
    for part in ("一般公共预算 · 合计", "2021", "1.74 ÷ (1.16 + 1.74) = 60.0%", "17 万元与 14.8 万元", "公开表7"):
        assert part in page


def test_values_stand_in_where_no_rows_are_kept() -> None:
    assert "减少额" in rendering.result_page(replace(ANSWER, table=None))
    assert "没有表格数据" in rendering.result_page(ABSTAINED)


def test_buttons_are_choices_of_a_question_back_else_suggestions() -> None:
    assert [button["value"] for button in rendering.buttons(CLARIFY)] == list(CLARIFY.choices)
    assert [button["value"] for button in rendering.buttons(ANSWER)] == list(ANSWER.suggestions)


def test_only_the_newest_answer_has_buttons() -> None:
    shown = messages(Conversation((Turn("一", ANSWER), Turn("二", CLARIFY), Turn("三", fault="坏了"))))
    assert [message.get("content") for message in shown][-2:] == ["三", "坏了"]
    assert all("options" not in message for message in shown)
    assert "options" in messages(Conversation((Turn("一", ANSWER),)))[-1]


def test_a_question_is_asked_with_its_history_and_grows() -> None:
    assistant = FakeAssistant()
    before = Conversation((Turn("一", ANSWER), Turn("二", fault="坏了")), "jianghan-2021")
    states = list(Asking(assistant, before, "原因").run())
    assert assistant.asked == [("原因", 1, "jianghan-2021")]
    texts = [state.turns[-1].answer.text if state.turns[-1].answer else None for state in states]
    assert texts == [None, ANSWER.text[:8], ANSWER.text]


def test_a_fault_and_a_question_too_long_end_the_turn_in_words() -> None:
    broken = FakeAssistant()

    def fail(*_: object) -> None:
        raise AssistantError("没有索引", remedy="请运行 budget ingest")

    broken.stream = fail  # type: ignore[assignment,method-assign]
    assert (
        list(Asking(broken, Conversation(), "问").run())[-1].turns[-1].fault
        == "**出错了**：没有索引。请运行 budget ingest"
    )
    long = list(Asking(FakeAssistant(), Conversation(), "问" * 11, longest=10).run())
    assert "超过 10 字" in long[-1].turns[-1].fault


def test_evidence_pages_of_nothing() -> None:
    assert "提问之后" in evidence_page(FakeAssistant(), None)
    assert "没有可引用的出处" in evidence_page(FakeAssistant(), CLARIFY)
    assert "td class" in evidence_page(FakeAssistant(), ANSWER, 99)


def test_citations_and_documents_are_numbered_and_named() -> None:
    assert choices(ANSWER.citations) == [("1  （二）公务接待费", 0), ("2  公开表7 · 公务接待费 · 本年预算数/合计", 1)]
    one, two = FakeDocument(), FakeDocument("b", "", "乙", 2022, "决算")
    assert document_choices([one]) == [(one.title, one.key)]
    assert document_choices([one, two]) == [("全部文件", ""), (one.title, one.key), ("b", "b")]


ROWS = (("甲", "1,002.00"), ("乙", "69.00"), ("丙", ""), ("丁", "-3.50"))


def test_a_chart_shows_exact_figures_in_the_order_of_the_table() -> None:
    assert series(ResultTable(("科目", "万元"), ROWS)) == Series(
        "万元",
        ("甲", "乙", "丁"),
        (Decimal("1002.00"), Decimal("69.00"), Decimal("-3.50")),
        ("1,002.00", "69.00", "-3.50"),
    )
    chart = figure(ResultTable(("科目", "万元"), ROWS))
    assert chart is not None
    assert list(chart.data[0].x) == ["1002.00", "69.00", "-3.50"]


@pytest.mark.parametrize(
    "table",
    [
        None,
        ResultTable(("科目", "万元"), ROWS[:2]),
        ResultTable(("科目", "说明"), (("甲", "一"), ("乙", "二"), ("丙", "三"))),
        ResultTable(("科目", "数", "单位"), (("甲", "1", "元"), ("乙", "2", "万元"), ("丙", "3", "元"))),
        ResultTable(("科目", "万元"), (("甲", "1"), ("甲", "2"), ("甲", "3"))),
    ],
)
def test_no_chart_of_what_cannot_be_compared(table: ResultTable | None) -> None:
    assert figure(table) is None


def test_years_are_labels_not_figures() -> None:
    drawn = series(ResultTable(("年度", "万元"), (("2019", "1"), ("2020", "2"), ("2021", "3"))))
    assert drawn is not None and drawn.labels == ("2019", "2020", "2021")


def test_the_workbook_holds_values_places_and_sql_and_no_formula(tmp_path: Path) -> None:
    answer = replace(ANSWER, question="=1+1")
    book = openpyxl.load_workbook(write_workbook(answer, tmp_path / "a.xlsx"))
    assert book.sheetnames == ["回答", "数值", "结果表", "出处", "不一致", "SQL"]
    about = book["回答"]["B2"]
    assert (about.value, about.data_type) == ("=1+1", "s")
    assert [cell.value for cell in book["数值"][2]] == ["公务接待费 减少额", 1.74, "万元", "1.74", None]
    assert book["出处"].max_row == 3
    assert [sheet.name for sheet in sheets(Answer("问", "未披露", Status.ABSTAINED))] == ["回答"]
