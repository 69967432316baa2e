"""Layout spaces, soft wraps, list items and broken labels of performance forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Document, Position, Section
from index.forms.indicators import read_indicators
from index.forms.segments import read_segments
from index.forms.text import join, split_items, squeeze, tokens_of
from index.forms.vocabulary import layout, normalise, terms, unit_in
from tests.evidence_making import document_of, lines

CHINESE = st.text(st.sampled_from("项目预算资金管理服务对象满意度工作经费"), min_size=1, max_size=20)


def document(*texts: str, sections: tuple[Section, ...] = ()) -> Document:
    return document_of("某市", 2024, lines=lines(*texts), sections=sections)


def labelled(*texts: str) -> list[tuple[str, str]]:
    """(canonical label or table kind, text) of every segment of the first form."""
    form = read_segments(document(*texts))[0]
    return [
        (s.label.canonical + s.ordinal if s.label else s.header.kind if s.header else "", form.passage(s.tokens).text)
        for s in form.segments
    ]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("招 商 引 资 金 额 较", "招商引资金额较"),
        ("2020 年预算 5万元", "2020年预算5万元"),
        ("使用 Word Excel 软件", "使用Word Excel软件"),
        ("  ", ""),
    ],
)
def test_spaces_of_the_layout_vanish(printed: str, text: str) -> None:
    assert squeeze(printed) == text


@given(st.lists(CHINESE, min_size=1, max_size=6))
def test_squeezing_keeps_every_character(words: list[str]) -> None:
    assert squeeze(" ".join(words)) == "".join(words)


@given(st.lists(CHINESE, min_size=1, max_size=8))
def test_joining_keeps_every_character_and_its_line(words: list[str]) -> None:
    printed = lines(*words)
    passage = join(tokens_of(printed), printed)
    assert passage.text.replace("\n", "") == "".join(words)
    assert len(passage.text) == len(passage.origins)
    assert passage.origins[-1] == printed[-1]


def test_items_of_a_list_start_lines_and_wraps_do_not() -> None:
    printed = lines("1、负责全市市容环境卫生管理", "工作。", "2.负责供水、节水", "3 月底前完成。", "3、其他")
    passage = join(tokens_of(printed), printed)
    assert passage.text == "1、负责全市市容环境卫生管理工作。\n2.负责供水、节水3月底前完成。\n3、其他"
    assert [(i.ordinal, i.body.text, i.body.position().line) for i in split_items(passage)] == [
        ("1", "负责全市市容环境卫生管理工作。", 1),
        ("2", "负责供水、节水3月底前完成。", 3),
        ("3", "其他", 5),
    ]


def test_items_inside_a_line_follow_the_end_of_a_clause() -> None:
    printed = lines("1、设备4.5万元；2、维护3万元，按2、3号文件执行。3、其他1.2万元")
    items = split_items(join(tokens_of(printed), printed))
    assert [item.whole.text for item in items] == [
        "1、设备4.5万元；",
        "2、维护3万元，按2、3号文件执行。",
        "3、其他1.2万元",
    ]


@pytest.mark.parametrize(
    ("printed", "name", "unit"),
    [
        ("2019-2020 年预算及执行情况", "预算及执行情况", ""),
        ("2021 项目拟投入资金构成（万元）", "项目拟投入资金构成", "万元"),
        ("三、项目概况：", "项目概况", ""),
        ("金额（单位：元）", "金额", "元"),
        ("长期目标（截止2021年）", "长期目标", ""),
    ],
)
def test_labels_are_compared_without_years_units_and_ordinals(printed: str, name: str, unit: str) -> None:
    assert (normalise(printed), unit_in(printed)) == (name, unit)


def test_the_vocabulary_is_valid() -> None:
    assert layout().titles
    assert terms().level1.isdisjoint({""})
    assert {"≥", "≤", "="} <= set(terms().operators.values())


def test_a_label_broken_over_lines_is_one_label() -> None:
    assert labelled(
        "项目基本信息表",
        "项目名称 河道清淤 项目类别 一次性项目",
        "负责人 田野 联系",
        "电话",
        "0794-1234",
        "与项目相关",
        "单位职能",
        "概述",
        "负责河道管理。",
        "上年绩效评价结",
        "果整改及应用",
        "无",
    ) == [
        ("项目名称", "河道清淤"),
        ("项目类别", "一次性项目"),
        ("负责人", "田野"),
        ("联系电话", "0794-1234"),
        ("单位职能概述", "负责河道管理。"),
        ("上年绩效评价结果", "无"),
    ]


def test_a_label_wrapped_beside_its_value_is_one_label() -> None:
    assert labelled("项目基本信息表", "项目名称 河道清淤", "上年绩效评价 评价等级为", "结果整改及应用 良好。") == [
        ("项目名称", "河道清淤"),
        ("上年绩效评价结果", "评价等级为良好。"),
    ]


def test_a_page_break_inside_a_table_opens_nothing_new() -> None:
    assert labelled(
        "部门整体绩效目标申报表",
        "项目支出情况",
        "项目名称 项目类型 总预算",
        "项目1：清淤 一次性项目 5",
        "-12-",
        "项目支出情况",
        "项目2：绿化 一次性项目 6",
    ) == [("项目支出情况", ""), ("projects", "项目1：清淤一次性项目5项目2：绿化一次性项目6")]


def test_a_table_of_contents_and_prose_are_not_forms() -> None:
    contents = ["目录", "一、部门整体绩效目标申报表", "二、项目基本信息表", "三、名词解释"]
    prose = ["我局编制了项目绩效目标表，", "详见附件。"] * 10
    assert read_segments(document(*contents, *prose)) == ()


def test_a_form_ends_where_a_part_of_the_document_begins() -> None:
    texts = ("项目基本信息表", "项目名称 清淤", "第四部分 名词解释", "项目概况 是指概括的情况")
    part = Section("第四部分", "名词解释", 1, "第四部分 名词解释", Position(1, 3))
    form = read_segments(document(*texts, sections=(part,)))[0]
    assert [segment.printed for segment in form.segments] == ["项目名称"]


def test_the_labels_of_contacts() -> None:
    assert layout().contacts == {"负责人", "联系人", "联系电话"}


def test_forms_one_after_another_under_one_title() -> None:
    page = ["项目支出绩效目标申报表"]
    for name, amount in (("垃圾清运", "98.00"), ("公路维修", "85.00")):
        page += [f"项目名称   {name}", "主管部门   某镇人民政府", f"当年预算（万元）   {amount}"]
    forms = read_segments(document(*page))
    assert [form.passage(form.segments[0].tokens).text for form in forms] == ["垃圾清运", "公路维修"]
    assert [form.passage(form.segments[-1].tokens).text for form in forms] == ["98.00", "85.00"]


def test_what_was_reached_in_years_before_is_no_target() -> None:
    form = read_segments(
        document(
            "项目支出绩效目标申报表",
            "项目名称   垃圾清运",
            "一级指标   二级指标   三级指标   前年（2022）   2024年目标值",
            "产出指标   数量指标   清运生活垃圾   4980吨   ≥5400吨",
            "产出指标   质量指标   垃圾清运率   ≥99%",
        )
    )[0]
    rows = [row for segment in form.segments if segment.header for row in read_indicators(form, segment)]
    assert [(row.name, row.value.printed) for row in rows] == [("清运生活垃圾", "≥5400吨"), ("垃圾清运率", "≥99%")]
