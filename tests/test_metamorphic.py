"""What must stay the same, or change in a known way, when a question or the data is changed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from eval.following import follow
from eval.samples import parse_suite
from index.numbers import MONEY_UNITS


def values(answer: Answer) -> list[tuple[Decimal, str]]:
    return [(value.value, value.unit) for value in answer.values]


SAME = [
    [
        "公务接待费比上年减少多少",
        "跟去年比，公务接待费减少了多少？",
        "2021年公务接待费较2020年下降多少",
        "公务接待费同比减少多少",
    ],
    ["公务接待费占三公经费的比重", "三公经费里公务接待费占多少", "公务接待费在三公经费中所占比例是多少"],
    ["哪个项目花钱最多", "预算最大的项目是哪一个", "金额最高的项目是哪个", "7个项目里预算最多的是谁"],
    ["办公费、印刷费和差旅费加起来多少", "差旅费、办公费、印刷费合计多少", "办公费加上印刷费再加上差旅费一共多少"],
    ["扶贫开发工作2020年实际支出是多少", "2020年扶贫开发工作实际花了多少钱", "扶贫开发工作在2020年的实际支出"],
    ["有几个项目", "项目一共有多少个", "全部项目有多少个"],
    ["人均基本工资是多少", "基本工资人均多少"],
    ["超过50万元的项目有哪些", "哪些项目超过50万元", "预算在50万元以上的项目有哪些"],
    ["除了扶贫开发工作，其他项目一共多少钱", "扣掉扶贫开发工作，剩下的项目合计多少"],
    ["30217是多少", "科目30217公务接待费是多少", "编码30217对应多少钱"],
]


@pytest.mark.parametrize("questions", SAME, ids=lambda questions: questions[0])
def test_the_same_meaning_in_other_words_has_the_same_figures(assistant: Assistant, questions: list[str]) -> None:
    first, *others = (assistant.ask(question) for question in questions)
    assert first.values
    for question, other in zip(questions[1:], others, strict=True):
        assert (question, sorted(values(other))) == (question, sorted(values(first)))


LEADING = [
    ("公务接待费是多少", "1.16"),
    ("基本支出比上年增加了多少", "7"),
    ("卫生健康支出占比多少", "3.64"),
    ("哪个项目花钱最多", "814"),
    ("专项工作2019年结余多少", "10.8"),
    ("在职人员有几个人", "27"),
]
FORMS = [
    ("politely", lambda q: f"您好，请问一下{q}呢？谢谢"),
    ("in haste", lambda q: q.rstrip("？") + "？？？！"),
    ("with blanks", lambda q: " ".join(q)),
    ("in full-width", lambda q: q.translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
    ("in traditional characters", lambda q: q.translate(str.maketrans("务费礼总项职员余过个几专开发", "務費禮總項職員餘過個幾專開發"))),
    ("with quotes", lambda q: f"“{q}”"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "change"), FORMS, ids=[form for form, _ in FORMS])
@pytest.mark.parametrize(("question", "value"), LEADING)
def test_the_dress_of_a_question_does_not_matter(
    assistant: Assistant, question: str, value: str, form: str, change: object
) -> None:
    assert callable(change)
    answer = assistant.ask(change(question))
    assert values(answer) == values(assistant.ask(question))
    assert answer.values[0].value == Decimal(value)


@pytest.mark.parametrize(("question", "value"), LEADING)
def test_the_body_may_be_named(assistant: Assistant, question: str, value: str) -> None:
    answer = assistant.ask(f"江汉区政府办{question}")
    assert values(answer) == values(assistant.ask(question))
    assert answer.values[0].value == Decimal(value)


@pytest.mark.parametrize("subject", ["公务接待费", "福利费", "项目支出", "督查工作", "援疆经费", "部门总预算"])
@pytest.mark.parametrize("unit", ["元", "亿元", "千元", "万元"])
def test_another_unit_is_the_same_amount(assistant: Assistant, subject: str, unit: str) -> None:
    plain, converted = assistant.ask(f"{subject}是多少").values[0], assistant.ask(f"{subject}是多少{unit}").values[0]
    assert converted.unit == unit
    assert converted.value * MONEY_UNITS[unit] == plain.value * MONEY_UNITS[plain.unit]
    assert (converted.formula is None) == (unit == plain.unit)


@pytest.mark.parametrize("question", ["公务接待费比上年减少多少", "办公费加印刷费一共多少", "七个项目的预算一共是多少"])
def test_a_derived_amount_in_another_unit(assistant: Assistant, question: str) -> None:
    plain, converted = assistant.ask(question).values[0], assistant.ask(f"{question}元").values[0]
    assert (plain.unit, converted.unit) == ("万元", "元")
    assert converted.value == plain.value * 10_000


NUMERALS = [
    ("超过50万元的项目有哪些", "超过五十万元的项目有哪些"),
    ("不到30万元的项目有几个", "不到三十万元的项目有几个"),
    ("预算最多的3个项目合计多少", "预算最多的三个项目合计多少"),
    ("预算第2大的项目是哪个", "预算第二大的项目是哪个"),
    ("2020年公务接待费是多少", "二〇二〇年公务接待费是多少"),
    ("2020年公务接待费是多少", "二零二零年公务接待费是多少"),
    ("公开表7里公务接待费多少", "公开表七里公务接待费多少"),
    ("三公经费是11.16万元吗", "三公经费是十一点一六万元吗"),
    ("公务接待费超过2万元了吗", "公务接待费超过两万元了吗"),
    ("预算在1000000元以上的项目有哪些", "预算在100万元以上的项目有哪些"),
    ("预算在1,000,000元以上的项目有哪些", "预算在一百万元以上的项目有哪些"),
]


@pytest.mark.parametrize(("arabic", "spoken"), NUMERALS)
def test_a_number_is_the_same_number_however_it_is_written(assistant: Assistant, arabic: str, spoken: str) -> None:
    one, other = assistant.ask(arabic), assistant.ask(spoken)
    assert (other.status, values(other)) == (one.status, values(one))
    assert one.status == "answered"
    assert one.text.startswith("**是的**") == other.text.startswith("**是的**")


@pytest.mark.parametrize(
    ("one", "other"),
    [("基本工资", "津贴补贴"), ("办公费", "印刷费"), ("人员经费", "公用经费"), ("督查工作", "专项工作")],
)
def test_the_order_of_two_things(assistant: Assistant, one: str, other: str) -> None:
    there, back = assistant.ask(f"{one}比{other}多多少"), assistant.ask(f"{other}比{one}多多少")
    assert there.values[0].value == back.values[0].value
    first = assistant.ask(f"{one}和{other}一共多少").values[0].value
    assert first == assistant.ask(f"{other}和{one}一共多少").values[0].value
    sizes = [assistant.ask(f"{name}是多少").values[0].value for name in (one, other)]
    assert (there.values[0].value, first) == (abs(sizes[0] - sizes[1]), sum(sizes))


def test_parts_come_to_the_whole(assistant: Assistant) -> None:
    def amount(question: str) -> Decimal:
        return assistant.ask(question).values[0].value

    whole = amount("七个项目的预算一共是多少")
    assert amount("除了扶贫开发工作，其他项目一共多少钱") + amount("扶贫开发工作预算多少") == whole
    assert amount("预算最多的三个项目合计多少") < whole
    assert amount("人员经费是多少") + amount("公用经费是多少") == amount("基本支出是多少")


def test_two_questions_in_one_are_answered_as_two(assistant: Assistant) -> None:
    both = assistant.ask("公务接待费是多少？哪个项目花钱最多？")
    apart = [assistant.ask("公务接待费是多少"), assistant.ask("哪个项目花钱最多")]
    assert both.values == tuple(value for answer in apart for value in answer.values)
    assert set(both.citations) == {citation for answer in apart for citation in answer.citations}


STORED = [
    ("公务接待费是多少", "1.16"), ("培训费列了多少", "4.36"), ("30239是多少", "30.07"), ("奖金安排了多少", "267.74"),
    ("退休费多少", "70.12"), ("基本支出中的工资福利支出是多少", "772.08"), ("援疆经费多少", "100"),
    ("专项工作2019年实际支出多少", "70.2"), ("卫生健康支出是多少", "74.8"), ("调查研究2020年调整后预算是多少", "9.6"),
    ("公开表5里购房补贴多少", "27.74"), ("市政府督查专项工作资料汇编花多少", "1"),
]  # fmt: skip
DERIVED = [
    ("办公费、印刷费和差旅费加起来多少", "31", "万元"), ("基本工资比津贴补贴少多少", "46.46", "万元"),
    ("除了扶贫开发工作，其他项目一共多少钱", "257", "万元"), ("预算最多的三个项目合计多少", "991", "万元"),
    ("平均每个项目多少钱", "153", "万元"), ("项目支出扣除不可预见费还剩多少", "963", "万元"),
    ("公务接待费占三公经费的比重", "10.39", "%"), ("哪个项目花钱最多", "814", "万元"), ("福利费是多少元", "166000", "元"),
]  # fmt: skip


def suite() -> list[str]:
    cases = [*((q, v, "万元") for q, v in STORED), *DERIVED]
    return [
        json.dumps(
            {
                "id": f"own-{number}",
                "document": None,
                "category": "lookup",
                "history": [],
                "question": question,
                "expect": {
                    "values": [{"value": float(value), "unit": unit}],
                    "text": [],
                    "forbid": [],
                    "status": "answered",
                    "conflict": False,
                },
                "evidence": "own",
                "note": "",
            }  # fmt: skip
        )
        for number, (question, value, unit) in enumerate(cases)
    ]


def test_answers_follow_amounts_that_were_changed(built_index: Path) -> None:
    """Every amount moved to another place, then every amount tripled: what is answered must move with them."""
    followed = follow(parse_suite(suite()), built_index, lambda path: Assistant.open(path))
    permuted = [case for case in followed if case.mutation.startswith("换值")]
    scaled = [case for case in followed if case.mutation.startswith("×")]
    money = [case for case in DERIVED if case[2] != "%"]
    assert len(scaled) == len(STORED) + len(money)
    assert len(permuted) >= len(STORED)
    looked_up = {question for question, _ in STORED}  # what is largest changes where amounts change places
    foretold = [case for case in followed if case in scaled or case.sample.question in looked_up]
    assert [(case.sample.question, case.mutation, case.detail) for case in foretold if case.stuck] == []
    assert [case.sample.question for case in foretold if case.executed is False] == []
