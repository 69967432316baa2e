"""A linked question taken apart: what is asked about, what it stands in, what is left out, which bounds it sets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.engine import Engine
from assistant.parts import Parts
from assistant.query import Condition
from assistant.shapes import Linked
from assistant.standing import Subject
from index.evidence import Classification, Dimension

Take = Callable[[str], Parts]


@pytest.fixture(scope="module")
def taken(engine: Engine, linked: Callable[[str], Linked]) -> Take:
    return lambda typed: engine._parts(linked(typed))


def called(subjects: tuple[Subject, ...]) -> list[str]:
    return [s.selector.label for s in subjects]


RELATIONS = [
    ("one thing", "公务接待费是多少", ["公务接待费"], []),
    ("two things", "公务接待费和培训费", ["公务接待费", "培训费"], []),
    ("three things in a list", "办公费、印刷费以及差旅费", ["办公费", "印刷费", "差旅费"], []),
    ("one against another", "奖金比基本工资多多少", ["奖金", "基本工资"], []),
    ("one of another", "公务接待费占三公经费多少", ["公务接待费", "三公经费"], []),
    ("inside something", "三公经费里公务接待费多少", ["公务接待费"], ["三公经费"]),
    ("inside, in other words", "基本支出当中的差旅费", ["差旅费"], ["基本支出"]),
    ("of a project", "督查工作的印刷和出版服务多少", ["印刷和出版服务"], ["督查工作"]),
    ("inside something, nothing named", "工资福利支出里哪个最多", [], ["工资福利支出"]),
    ("a code and its name are one", "30217公务接待费", ["公务接待费"], []),
]


@pytest.mark.parametrize(("title", "question", "subjects", "contexts"), RELATIONS, ids=[r[0] for r in RELATIONS])
def test_how_names_stand_to_one_another(
    taken: Take, title: str, question: str, subjects: list[str], contexts: list[str]
) -> None:
    parts = taken(question)
    assert (called(parts.subjects), called(parts.contexts)) == (subjects, contexts)


def test_a_code_narrows_the_name_beside_it(taken: Take) -> None:
    selector = taken("30217公务接待费").subjects[0].selector
    assert (selector.names, selector.codes) == (("公务接待费",), ("30217",))


def test_a_project_is_named_with_itself_as_its_place(taken: Take) -> None:
    selector = taken("督查工作多少钱").subjects[0].selector
    assert (selector.names, selector.classifications, selector.project) == (
        ("督查工作",), (Classification.PROJECT,), "督查工作",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "excluded", "subjects"),
    [
        ("除了扶贫开发工作，其他项目一共多少", ["扶贫开发工作"], []),
        ("除督查工作和调查研究外的项目", ["督查工作", "调查研究"], []),
        ("基本支出扣除人员经费还剩多少", ["人员经费"], ["基本支出"]),
        ("公务接待费多少", [], ["公务接待费"]),
    ],
)
def test_what_is_left_out(taken: Take, question: str, excluded: list[str], subjects: list[str]) -> None:
    parts = taken(question)
    assert (called(parts.excluded), called((*parts.contexts, *parts.subjects))) == (excluded, subjects)


@pytest.mark.parametrize(
    ("question", "conditions"),
    [
        ("超过50万元的项目", [Condition(">", 50_000_000, "超过50万元")]),
        ("100万以上的项目", [Condition(">=", 100_000_000, "达到100万")]),
        ("不到三十万元的项目", [Condition("<", 30_000_000, "低于三十万元")]),
        ("不超过10万元的科目", [Condition("<=", 10_000_000, "不超过10万元")]),
        ("占比超过八成", [Condition(">", 800_000, "超过八成", Dimension.PERCENT)]),
        ("达到39万元的项目", [Condition(">=", 39_000_000, "达到39万元")]),
        (
            "20万以上40万以下的项目",
            [Condition(">=", 20_000_000, "达到20万"), Condition("<=", 40_000_000, "不超过40万")],
        ),
        (
            "不到40万超过20万的项目",
            [Condition("<", 40_000_000, "低于40万"), Condition(">", 20_000_000, "超过20万")],
        ),
        ("多少项目", []),
    ],
)
def test_bounds(taken: Take, question: str, conditions: list[Condition]) -> None:
    assert list(taken(question).conditions) == conditions


def test_years_units_ranks_and_tables(taken: Take) -> None:
    parts = taken("公开表7里2020年排第三的换算成元")
    assert (parts.years, parts.unit, parts.position, parts.tables) == ((2020,), "元", 3, ("公开表7",))
    assert [(taken(q).limit, taken(q).position, taken(q).reverse) for q in ("最大的三个项目", "倒数第二大的项目")] == [
        (3, None, False), (None, 2, True),
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["公开表7", "表7", "表七", "附表7", "公开表七"])
def test_a_table_by_what_it_may_be_called(taken: Take, said: str) -> None:
    assert taken(f"{said}的合计").tables == ("公开表7",)


def test_a_table_that_is_not_there_is_none(taken: Take) -> None:
    assert taken("公开表77的合计").tables == ()


@pytest.mark.parametrize(
    ("question", "measures"),
    [("基本支出中的差旅费", ("基本支出",)), ("人员经费里的奖金", ("人员经费",)), ("差旅费", ())],
)
def test_a_word_of_scope_before_a_name_is_an_axis(taken: Take, question: str, measures: tuple[str, ...]) -> None:
    assert taken(question).measures == measures


def test_a_word_of_scope_alone_is_what_is_asked(taken: Take) -> None:
    parts = taken("基本支出多少")
    assert (called(parts.subjects), parts.measures) == (["基本支出"], ())


@pytest.mark.parametrize(
    ("question", "classification", "level"),
    [
        ("有几个项目", Classification.PROJECT, None),
        ("四类功能支出", Classification.FUNCTIONAL, 1),
        ("款级经济科目", Classification.ECONOMIC, 2),
        ("有哪些绩效指标", Classification.INDICATOR, None),
    ],
)
def test_the_set_that_a_noun_means(
    taken: Take, question: str, classification: Classification, level: int | None
) -> None:
    noun = taken(question).noun()
    assert noun is not None
    assert (noun.classification, noun.level) == (classification, level)


def test_a_noun_of_another_kind_is_not_given(taken: Take) -> None:
    assert taken("有几个项目").noun(Classification.INDICATOR) is None
    assert taken("公务接待费多少").noun() is None


def test_a_document_named_in_the_question(taken: Take) -> None:
    assert taken("江汉区政府办的公务接待费").documents == ("jianghan-2021",)
    assert taken("公务接待费").documents == ()


def test_where_a_cue_stands(taken: Take) -> None:
    parts = taken("公务接待费占三公经费多少")
    assert (parts.has("share"), parts.at("share"), parts.at("max")) == (True, 5, -1)


def test_one_figure_asked_of_several_projects_is_several_figures(taken: Take) -> None:
    parts = taken("督查工作和专项工作的印刷和出版服务分别多少")
    assert [(s.selector.names[0], s.selector.project) for s in parts.subjects] == [
        ("印刷和出版服务", "督查工作"),
        ("印刷和出版服务", "专项工作"),
    ]
    assert parts.contexts == ()


def test_the_head_of_the_phrase_is_its_last_noun(taken: Take) -> None:
    noun = taken("各项目的绩效指标有哪些").noun()
    assert noun is not None
    assert noun.classification is Classification.INDICATOR
