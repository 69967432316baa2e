"""Documents are cut into passages that a question can find and an answer can cite."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from index.chunking import chunk_document, cut
from index.document import (
    Cell,
    Column,
    Document,
    Paragraph,
    Position,
    Row,
    Section,
    Source,
    Table,
    TableKind,
)
from index.evidence import Chunk, Classification, Fact, Forms, Indicator, Procurement, Project, SpendingLine, TextField
from tests.evidence_making import document_of, paragraphs

SECTIONS = (
    Section("第一部分", "说明", 1, "第一部分 说明", Position(1, 1)),
    Section("一", "职责", 2, "第一部分 说明 > 一、职责", Position(1, 2), parent=0),
    Section(
        "二",
        "2021年没有政府购买服务支出",
        2,
        "第一部分 说明 > 二、2021年没有政府购买服务支出",
        Position(1, 8),
        parent=0,
    ),
    Section("第二部分", "名词解释", 1, "第二部分 名词解释", Position(2, 20)),
)


def document(**parts: object) -> Document:
    return document_of("样例", **{"sections": SECTIONS[:2], **parts})


def under(section: int | None, *texts: str, first_line: int = 3) -> tuple[Paragraph, ...]:
    return paragraphs(*texts, section=section, first_line=first_line)


def texts(chunks: tuple[Chunk, ...], kind: str | None = None) -> list[str]:
    return [chunk.text for chunk in chunks if kind in (None, chunk.kind)]


def test_short_paragraphs_under_one_heading_stay_together() -> None:
    chunks = chunk_document(document(paragraphs=under(1, "1、组织会议。", "2、起草公文。")))
    heading = "第一部分 说明 > 一、职责"
    text = "1、组织会议。\n2、起草公文。"
    source = Source("样例", section=heading, position=Position(1, 3), quote=text)
    assert chunks == (Chunk(text, heading, "prose", source, 0),)


def test_a_chunk_does_not_cross_a_heading_and_a_lead_in_keeps_its_list() -> None:
    long = "支出" * 90 + "包括："
    found = chunk_document(document(paragraphs=(*under(0, "总则。"), *under(1, long, "1、甲。", first_line=9))))
    assert texts(found) == ["总则。", f"{long}\n1、甲。"]


def test_long_lists_are_cut_at_items() -> None:
    items = [f"{number}、负责第{number}项工作，{'内容' * 40}。" for number in range(1, 5)]
    assert texts(chunk_document(document(paragraphs=under(1, *items)))) == [
        "\n".join(items[:2]),
        "\n".join(items[2:]),
    ]


def test_definitions_stand_alone() -> None:
    terms = (
        "（一）财政拨款收入：指本级财政拨付的资金。",
        "（二）事业收入：指开展业务取得的收入。",
        "三公经费：指三项支出。",
    )
    found = chunk_document(
        document(sections=SECTIONS, paragraphs=under(3, *terms, "咨询电话：027-12345678", first_line=21))
    )
    assert texts(found, "definition") == list(terms)
    assert "咨询电话：027-12345678" in texts(found, "prose")


def test_one_colon_makes_no_glossary() -> None:
    found = chunk_document(document(paragraphs=under(1, "原因如下：厉行节约，压减支出。", "其他说明。")))
    assert texts(found, "definition") == []


def test_a_heading_that_says_it_all_is_a_passage() -> None:
    found = chunk_document(document(sections=SECTIONS[:3], paragraphs=under(1, "负责督查。")))
    assert texts(found) == ["负责督查。", "2021年没有政府购买服务支出"]


TABLE = Table(
    kind=TableKind.GENERAL_BASIC,
    number="公开表6",
    title="2021年基本支出表",
    unit="万元",
    columns=(Column("小计"), Column("人员经费"), Column("公用经费")),
    rows=(
        Row("合计", position=Position(5, 50)),
        Row("公务接待费", code="30217", level=2, parent=0, position=Position(5, 51)),
        Row("公务用车购置及运行费", level=1, parent=0, position=Position(5, 52)),
        Row("购置费", level=2, parent=2, position=Position(5, 53)),
    ),
    cells=(
        Cell("982.67", 0, 0),
        Cell("1.16", 1, 0),
        Cell("", 1, 1),
        Cell("1.16", 1, 2),
        Cell("", 2, 0),
        Cell("0.00", 3, 0),
    ),
    section=0,
    position=Position(5, 48),
    note="注：本表数据取整。",
)
NAME = "公开表6 2021年基本支出表"


def test_a_row_is_a_sentence_with_title_unit_and_headers() -> None:
    found = chunk_document(document(tables=(TABLE,)))
    assert texts(found, "row") == [
        f"{NAME}（单位：万元） 合计：小计982.67",
        f"{NAME}（单位：万元） 30217 公务接待费：小计1.16，公用经费1.16",
        f"{NAME}（单位：万元） 公务用车购置及运行费 购置费：小计0.00",
    ]
    row = next(chunk for chunk in found if "30217" in chunk.text)
    assert row.heading == NAME
    assert row.source == Source(
        "样例", "第一部分 说明", Position(5, 51), NAME, "公务接待费", row_index=2, quote=row.text
    )
    assert texts(found, "prose") == ["职责", "注：本表数据取整。"]


def test_a_row_is_named_after_the_subject_that_all_its_facts_share() -> None:
    def fact(subject: str, row: int) -> Fact:
        source = Source("样例", table=NAME, row_index=row)
        return Fact(subject, Classification.TOTAL, 1, "1", "万元", (source,))

    found = chunk_document(document(tables=(TABLE,)), (fact("基本支出", 1), fact("甲", 2), fact("乙", 2)))
    assert texts(found, "row")[0] == f"{NAME}（单位：万元） 合计 （基本支出）：小计982.67"
    assert "（甲）" not in texts(found, "row")[1]


def place(line: int, quote: str = "") -> Source:
    return Source("样例", "第四部分", Position(9, line), "项目表", quote=quote)


FORMS = Forms(
    projects=(Project("督查工作", ("督查",), "经常性项目", source=place(60)),),
    fields=(TextField("督查工作", "项目概况", "用于督查督办。", place(61)),),
    spending=(
        SpendingLine("督查工作", "资料汇编", 1_000_000, place(62), "2、资料汇编1万元。", economic_name="印刷费"),
    ),
    procurement=(Procurement("督查工作", "服务类", "印刷服务", 1, place(63, "服务类 印刷服务 1.00")),),
    indicators=(
        Indicator("督查工作", "年度", "年度目标1", "产出", "数量", "宣传册", "≥700份", place(64), explanation="按份计"),
        Indicator("", "长期", "长期目标1", "效益", "", "满意度", "≥95%", place(65)),
    ),
    facts=(
        Fact("资料汇编", Classification.SPENDING_LINE, 1, "1万元", "万元", (place(62),), project="督查工作"),
        Fact(
            "督查工作",
            Classification.PROJECT,
            4,
            "4.00",
            "万元",
            (place(66, "4.00"),),
            measure="总预算",
            project="督查工作",
        ),
        Fact(
            "督查工作",
            Classification.PROJECT,
            5,
            "5",
            "万元",
            (place(66),),
            measure="预算",
            year=2020,
            project="督查工作",
        ),
    ),
)


def test_forms_give_a_passage_for_everything_they_say_once() -> None:
    found = chunk_document(document(), forms=FORMS)
    assert texts(found, "form") == [
        "项目名称：督查工作（又名督查） 经常性项目",
        "督查工作 项目概况：用于督查督办。",
        "督查工作 支出明细：2、资料汇编1万元。（印刷费）",
        "督查工作 政府采购：服务类 印刷服务 1.00",
        "督查工作 年度绩效指标 年度目标1 产出/数量 宣传册：≥700份（按份计）",
        "长期绩效指标 长期目标1 效益 满意度：≥95%",
        "督查工作总预算4.00万元，2020年督查工作预算5万元",
    ]
    assert {chunk.heading for chunk in found if chunk.kind == "form"} == {"项目表"}


def test_what_a_form_says_is_not_repeated_from_its_table_or_paragraph() -> None:
    table = replace(TABLE, rows=(Row("资料汇编", position=Position(9, 62)),), cells=(Cell("1", 0, 0),), note="")
    repeated = Paragraph("用于督查督办。", 1, Position(9, 61))
    found = chunk_document(document(tables=(table,), paragraphs=(repeated,)), forms=FORMS)
    assert texts(found, "row") == []
    assert texts(found, "prose") == []


def test_reading_order_and_ordinals() -> None:
    found = chunk_document(document(tables=(TABLE,), paragraphs=under(1, "职责。")), forms=FORMS)
    lines = [(chunk.source.position.page, chunk.source.position.line) for chunk in found]
    assert lines == sorted(lines)
    assert [chunk.ordinal for chunk in found] == list(range(len(found)))


def test_cut_prefers_items_to_sentences() -> None:
    text = "1、甲。甲甲。2、乙。乙乙。 3、丙丙。"
    assert cut(text, longest=8, full=8) == ["1、甲。甲甲。", "2、乙。乙乙。", "3、丙丙。"]
    assert cut("支出1.5万元，2.3万元") == ["支出1.5万元，2.3万元"]


@given(st.text(alphabet="甲乙。；、12 \n（一）", max_size=300), st.integers(5, 60))
def test_cut_loses_nothing(text: str, longest: int) -> None:
    assert "".join("".join(cut(text, longest, longest)).split()) == "".join(text.split())


def test_a_row_is_dropped_only_where_forms_say_all_its_words() -> None:
    goal = "制作宣传片1条，发布内容安全规范"
    columns = (Column("项目", role="label"), Column("总计", role="amount"), Column("绩效目标", role="text"))
    cells = (Cell("80.00", 0, 1, Position(3, 9)), Cell(goal, 0, 2, Position(3, 9)))
    table = Table(
        TableKind.PROJECT_LIST, "表12", "项目支出表", "万元", columns, (Row("传播经费", position=Position(3, 9)),), cells,
        None, Position(3, 8),
    )  # fmt: skip
    place = Source("样例", position=Position(3, 9))
    owner = TextField("传播经费", "实施单位", "青川市水务局", place)
    listed = document(tables=(table,))
    rows = texts(chunk_document(listed, forms=Forms(fields=(owner,))), "row")
    assert [goal in row for row in rows] == [True]
    told = TextField("传播经费", "绩效目标", goal, place)
    assert texts(chunk_document(listed, forms=Forms(fields=(owner, told))), "row") == []
