"""Every word that changes which figure is meant is taken up, or the question is asked back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.answer import Route, Status


def figures(assistant: Assistant, question: str, history: tuple[str, ...] = ()) -> list[tuple[Decimal, str]]:
    return [(v.value, v.unit) for v in assistant.ask(question, history=list(history)).values]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("刨掉外星人那笔，剩下的总预算是多少", "刨掉"),
        ("办公费最高的是多少", "最高"),
        ("差旅费和印刷费里排第二的占比多少", "第二"),
    ],
)
def test_a_word_that_no_figure_takes_up_is_asked_about(assistant: Assistant, question: str, word: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason) == (Status.CLARIFY, f"没有听懂“{word}”")
    assert f"“{word}”针对的是哪些数" in answer.text


def test_ranks_of_two_sets_are_taken_up(assistant: Assistant) -> None:
    asked = "人员经费里最高的一个科目比最高的公用经费科目多出多少万元？"
    assert (Decimal("234.10"), "万元") in figures(assistant, asked)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("政府工作报告允许出错的比例最高多少", "0.4"),
        ("一般公共服务、社保就业、卫生健康、住房保障四个类，垫底的是谁，金额多少", "74.8"),
        ("只看基本支出，不算项目，商品和服务支出多少钱", "126.83"),
    ],
)
def test_a_bound_or_a_scope_asks_for_nothing_more(assistant: Assistant, question: str, value: str) -> None:
    assert assistant.ask(question).status is Status.ANSWERED
    assert any(figure == Decimal(value) for figure, _ in figures(assistant, question)), figures(assistant, question)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("督查工作跟调查研究两个项目的采购计划加起来几万元？", ("3", "1", "2")),
        ("督查工作和总值班室的采购计划哪个多", ("5", "1", "4")),
    ],
)
def test_what_several_projects_plan_to_buy(assistant: Assistant, question: str, expected: tuple[str, ...]) -> None:
    assert figures(assistant, question) == [(Decimal(value), "万元") for value in expected]


def test_a_scope_said_afterwards_holds_for_the_question_before(assistant: Assistant) -> None:
    asked = "它占工资福利支出多大比例？我说的是基本支出那张表"
    assert figures(assistant, asked, ("奖金一共发多少？",))[0] == (Decimal("34.68"), "%")


def test_the_price_of_one_is_not_told_as_that_of_all(assistant: Assistant) -> None:
    answer = assistant.ask("政府公报一期多少钱")
    assert (answer.status, answer.reason) == (Status.CLARIFY, "没有听懂“一期”")


def test_one_of_a_list_is_no_single_price(assistant: Assistant) -> None:
    assert figures(assistant, "编发《政府公报》这一项一年要花多少") == [(Decimal("8"), "万元")]


def test_an_amount_of_nothing_is_asked_back(assistant: Assistant) -> None:
    assert assistant.ask("多少钱啊？").status is Status.CLARIFY
    assert assistant.ask("一共多少钱？").status is Status.ANSWERED


@pytest.mark.parametrize("question", ["不可预见费去年多少", "去年呢"])
def test_the_amount_of_another_year_is_not_answered_with_this_years(assistant: Assistant, question: str) -> None:
    history = ["不可预见费多少"] if question == "去年呢" else []
    answer = assistant.ask(question, history=history)
    assert (answer.status, answer.values) == (Status.ABSTAINED, ())


@pytest.mark.parametrize(
    ("question", "value"), [("功能分类里最大的一类是什么", "1731.77"), ("功能分类里金额最小的一类是什么", "74.8")]
)
def test_the_counting_word_behind_a_rank_says_the_depth(assistant: Assistant, question: str, value: str) -> None:
    assert figures(assistant, question) == [(Decimal(value), "万元")]


def test_a_pronoun_before_a_verb_stands_for_the_project(assistant: Assistant) -> None:
    asked = figures(assistant, "它要走政府采购的有多少？", ("调查研究这个项目今年多少钱？",))
    assert asked == [(Decimal("2"), "万元")]


def test_those_who_are_paid_are_no_part_of_the_share(assistant: Assistant) -> None:
    told = figures(assistant, "给在职人员发的津贴补贴占基本支出的百分之多少")
    assert (Decimal("18.45"), "%") in told


@pytest.mark.parametrize(
    ("question", "thing"),
    [("业务基地控制在多少以内", "业务基地"), ("购置基地的故障发生率控制在多少以内", "购置基地")],
)
def test_a_thing_behind_a_mere_part_of_a_name_is_another_thing(assistant: Assistant, question: str, thing: str) -> None:
    answer = assistant.ask(question)
    assert answer.values == () and answer.status == Status.ABSTAINED
    assert f"“{thing}”" in answer.text


def test_numbers_of_things_are_not_answered_in_money(assistant: Assistant) -> None:
    assert assistant.ask("聘用人员究竟是7个还是14个").status is not Status.ANSWERED


def test_money_is_not_answered_by_a_number_of_things(assistant: Assistant) -> None:
    answer = assistant.ask("干这个事总共要多少钱", history=["《政府公报》一年出几期"])
    assert (answer.status, answer.values) == (Status.ABSTAINED, ())


def test_a_kind_of_thing_is_not_answered_by_how_many(assistant: Assistant) -> None:
    answer = assistant.ask("黄陂两条街的贫困村，打算发展些什么产业")
    assert answer.route is Route.TEXT and "光伏发电项目、油茶基地" in answer.text


def test_fewer_things_than_are_counted_are_not_added_up(assistant: Assistant) -> None:
    question = "督查、扶贫、聘用、调研、专项、总值班室六家的2020年实际支出加起来"
    assert assistant.ask(question).status is not Status.ANSWERED


def test_a_rate_is_not_answered_by_a_number_of_things(assistant: Assistant) -> None:
    assert assistant.ask("专项工作全年发文量每年递减几个百分点").status is not Status.ANSWERED


def test_three_things_without_one_against_the_others_are_not_subtracted(assistant: Assistant) -> None:
    answer = assistant.ask("办公费、差旅费、会议费相差多少")
    assert answer.status is not Status.ANSWERED or "−" not in answer.text.splitlines()[0]
