"""Headings, paragraphs with repaired wraps, and the regions of tables and forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.document import TableKind
from index.layout import Layout, lay_out, marker_of, tidy
from index.reading.text import paginate, read_text

SEED = Path(__file__).parent.parent / "index" / "data" / "jianghan-2021.txt"


def _layout(text: str) -> Layout:
    return lay_out(paginate(text.split("\n")).lines)


@pytest.fixture(scope="module")
def seed() -> Layout:
    return lay_out(read_text(SEED.read_bytes(), SEED.name).lines)


@pytest.mark.parametrize(
    ("printed", "tidied"),
    [
        ("2021 年部门预算收入 2053.67 万元", "2021年部门预算收入2053.67万元"),
        ("公 务 用 车", "公务用车"),
        ("占 100 %", "占100%"),
        ("GDP growth 3 %", "GDP growth 3%"),
        ("（境） 费 用", "（境）费用"),
        ("10 20", "10 20"),
    ],
)
def test_layout_spaces_go_and_others_stay(printed: str, tidied: str) -> None:
    assert tidy(printed) == tidied


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一部分 概况", (1, "第一部分", "概况")),
        ("一、基本情况", (2, "一", "基本情况")),
        ("（二）公务接待费", (3, "（二）", "公务接待费")),
        ("(一)人员经费", (3, "(一)", "人员经费")),
        ("10、推进工作", (4, "10", "推进工作")),
        ("1.起草报告", (4, "1", "起草报告")),
        ("1.16 万元", (0, "", "1.16 万元")),
        ("（1）出国", (5, "（1）", "出国")),
        ("2021 年部门", (0, "", "2021 年部门")),
    ],
)
def test_markers(text: str, expected: tuple[int, str, str]) -> None:
    assert marker_of(text) == expected


def test_headings_are_told_from_enumerated_sentences() -> None:
    layout = _layout(
        "第一部分 概况\n一、主要职责\n1、负责文电处理工作。\n2、承办其他事项。\n二、机构\n（一）办公室\n（二）财务科\n"
        "第二部分 情况说明\n一、收支情况\n1、收入 5 万元；\n2、支出 5 万元。"
    )
    assert [section.path for section in layout.sections] == [
        "第一部分 概况",
        "第一部分 概况 > 一、主要职责",
        "第一部分 概况 > 二、机构",
        "第二部分 情况说明",
        "第二部分 情况说明 > 一、收支情况",
    ]
    assert [(p.section, p.text) for p in layout.paragraphs] == [
        (1, "1、负责文电处理工作。"),
        (1, "2、承办其他事项。"),
        (2, "（一）办公室"),
        (2, "（二）财务科"),
        (4, "1、收入5万元；"),
        (4, "2、支出5万元。"),
    ]


def test_a_table_of_contents_opens_no_sections() -> None:
    layout = _layout(
        "目 录\n第一部分 概况\n一、职责\n第二部分 预算表\n一、收支总表\n第一部分 概况\n一、职责\n负责各项工作的落实。"
    )
    assert [section.path for section in layout.sections] == ["第一部分 概况", "第一部分 概况 > 一、职责"]
    assert layout.regions == ()


def test_a_table_of_contents_with_leaders() -> None:
    layout = _layout("一、职责........1\n二、部门收支总表……………3\n一、职责\n负责各项工作的落实。")
    assert [section.path for section in layout.sections] == ["一、职责"]
    assert [p.text for p in layout.paragraphs] == ["负责各项工作的落实。"]


def test_prose_after_a_table_is_prose_again() -> None:
    layout = _layout(
        "第一部分 报表\n一、收支总表\n单位：万元\n收入 支出\n项目 预算数 项目 预算数\n"
        "一、财政拨款 5.00 一、教育支出 5.00\n合计 5.00 合计 5.00\n"
        "第二部分 说明\n一、收支情况\n本年收入 5.00 万元，与上年持平。"
    )
    assert [(region.kind, region.title) for region in layout.regions] == [(TableKind.SUMMARY, "收支总表")]
    assert layout.region_sections == (0,)
    assert [p.text for p in layout.paragraphs] == ["本年收入5.00万元，与上年持平。"]


def test_seed_sections(seed: Layout) -> None:
    three_public = "第二部分 一般公共预算“三公”经费预算情况说明"
    plan = f"{three_public} > 二、2021年一般公共预算“三公”经费预算情况"
    assert [s.path for s in seed.sections if s.path.startswith("第二部分")] == [
        three_public,
        f"{three_public} > 一、“三公”经费的单位范围",
        plan,
        f"{plan} > （一）因公出国（境）费",
        f"{plan} > （二）公务接待费",
        f"{plan} > （三）公务用车购置及运行维护费",
    ]
    assert len(seed.sections) == 27
    assert [s.title for s in seed.sections if s.level == 1] == [
        "部门预算公开说明",
        "一般公共预算“三公”经费预算情况说明",
        "名词解释",
        "部门预算报表及预算绩效目标表",
    ]


def test_a_run_in_heading_opens_a_section_and_stays_a_paragraph(seed: Layout) -> None:
    paragraph = next(p for p in seed.paragraphs if p.text.startswith("（一）基本支出"))
    assert paragraph.section is not None
    assert seed.sections[paragraph.section].path.endswith("三、一般公共预算安排情况 > （一）基本支出")
    assert (paragraph.position.page, paragraph.position.line) == (3, 117)


def test_seed_paragraphs_are_whole(seed: Layout) -> None:
    texts = [p.text for p in seed.paragraphs]
    assert "2021年部门预算支出2053.67万元，其中：基本支出982.67万元，占47%;项目支出1071万元,占53%。" in texts
    assert (
        "公务接待费1.16万元，比上年预算减少1.74万元。减少原因主要是厉行节约、加强内部审批，严控一般性支出，"
        "节省行政运行成本。主要用于：按规定开支的各类公务接待费用。"
    ) in texts
    definitions = [p for p in seed.paragraphs if p.section and seed.sections[p.section].title == "名词解释"]
    assert len(definitions) == 11
    assert not any(" " in text for text in texts)


def test_paragraphs_that_begin_alike_are_not_run_together(seed: Layout) -> None:
    starts = [p.position.line for p in seed.paragraphs if p.text.startswith("2021年部门")]
    assert starts == [89, 93, 97, 174, 225]


def test_seed_regions_hold_every_table_and_form(seed: Layout) -> None:
    assert [(r.kind, r.number) for r in seed.regions[:9]] == [
        (TableKind.SUMMARY, "公开表1"),
        (TableKind.REVENUE, "公开表2"),
        (TableKind.EXPENDITURE, "公开表3"),
        (TableKind.FISCAL_SUMMARY, "公开表4"),
        (TableKind.GENERAL_EXPENDITURE, "公开表5"),
        (TableKind.GENERAL_BASIC, "公开表6"),
        (TableKind.THREE_PUBLIC, "公开表7"),
        (TableKind.GOVERNMENT_FUND, "公开表8"),
        (TableKind.OVERALL_PERFORMANCE, ""),
    ]
    rest = [r.kind for r in seed.regions[9:]]
    assert rest == [TableKind.PROJECT_FORM, TableKind.PROJECT_FORM, TableKind.INDICATORS] * 6
    assert all(a.end == b.first for a, b in zip(seed.regions, seed.regions[1:], strict=False))
