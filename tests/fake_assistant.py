"""An assistant without an index: fixed answers of every shape, for the page and the command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from assistant.answer import (
    Answer,
    Citation,
    Conflict,
    Interpretation,
    ResultTable,
    Route,
    Status,
    Value,
)

TABLE = "公开表7 2021年一般公共预算“三公”经费支出表"
COLUMNS = ("项目", "本年预算数/合计", "本年预算数/财政拨款")
ABOVE = tuple((f"科目{number}", f"{number}.00", "") for number in range(40))
ROWS = (
    *ABOVE,
    ("“三公”经费合计", "11.16", "11.16"),
    ("因公出国（境）费", "", ""),
    ("公务接待费", "1.16", "1.16"),
    ("公务用车购置及运行维护费", "10.00", "10.00"),
)
SENTENCE = "公务接待费1.16万元，比上年预算减少1.74万元。"
PASSAGE = f"（二）公务接待费\n{SENTENCE}减少原因主要是厉行节约、<b>加强</b>内部审批。"

CELL = Citation(
    document="jianghan-2021", section="第四部分 部门预算报表 > 公开表7", table=TABLE, row="公务接待费",
    column="本年预算数/合计", quote="1.16", mark="1.16", table_id=7, row_index=3, column_index=1,
)  # fmt: skip
PROSE = Citation(
    document="jianghan-2021", page=9, section="第二部分 “三公”经费预算情况说明 > 二、预算情况 > （二）公务接待费",
    quote=SENTENCE, mark="减少1.74万元",
)  # fmt: skip
ANSWER = Answer(
    question="公务接待费比上年减少多少",
    text="公务接待费比上年预算**减少 1.74 万元**（2.90 → 1.16 万元，下降 60.0%）。",
    values=(
        Value(Decimal("1.74"), "万元", "公务接待费 减少额"),
        Value(Decimal("60.0"), "%", "公务接待费 下降率", formula="1.74 ÷ (1.16 + 1.74) = 60.0%"),
    ),
    citations=(PROSE, CELL),
    conflicts=(Conflict("同一项目的金额在两处不同：17 万元与 14.8 万元", (PROSE, CELL)),),
    route=Route.BOTH,
    sql=("SELECT subject, printed FROM facts WHERE subject = '公务接待费' LIMIT 10",),
    interpretation=Interpretation(
        "公务接待费", "一般公共预算 · 合计", 2021, "万元", "增减额", "公务接待费", "问的是变化"
    ),
    suggestions=("公务接待费减少的原因是什么？", "公务用车运行维护费是多少？"),
    table=ResultTable(("项目", "金额（万元）"), (("公务接待费", "1.16"), ("公车运行", "10.00"), ("合计", "11.16"))),
    document="jianghan-2021",
)
CLARIFY = Answer(
    question="住房公积金是多少",
    text="“住房公积金”有两个口径，金额不同，请选择：",
    status=Status.CLARIFY,
    choices=("功能分类 2210201 住房公积金", "经济分类 30113 住房公积金"),
)
ABSTAINED = Answer(
    question="天气怎么样", text="这个问题与预算公开无关，没有作答。", status=Status.ABSTAINED, reason="与预算无关"
)
_ANSWERS = {answer.question: answer for answer in (ANSWER, CLARIFY, ABSTAINED)}


@dataclass(frozen=True)
class FakeDocument:
    key: str = "jianghan-2021"
    title: str = "江汉区人民政府办公室2021年部门预算"
    body: str = "武汉市江汉区人民政府办公室"
    year: int = 2021
    stage: str = "预算"


@dataclass(frozen=True)
class FakeFinding:
    kind: str = "文字与表格"
    severity: str = "矛盾"
    message: str = "17 与 14.8 不同"
    arithmetic: str = "17 ≠ 14.8 万元"
    citations: tuple[Citation, ...] = ()


class FakeTableContext(NamedTuple):
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_index: int | None
    column_index: int | None
    roles: tuple[str, ...] = ("label", "amount", "amount")
    unit: str = "万元"
    note: str = ""


class FakeAssistant:
    """Answers what is in `_ANSWERS`; anything else like the first one. Records what it was asked."""

    def __init__(self, documents: tuple[FakeDocument, ...] = (FakeDocument(),)) -> None:
        self.asked: list[tuple[str, int, str | None]] = []
        self._documents = documents

    def documents(self) -> tuple[FakeDocument, ...]:
        return self._documents

    def ask(self, question: str, history: object = (), document: str | None = None) -> Answer:
        self.asked.append((question, len(list(history)), document))  # type: ignore[call-overload]
        return _ANSWERS.get(question) or replace(ANSWER, question=question)

    def stream(self, question: str, history: object = (), document: str | None = None) -> Iterator[Answer]:
        answer = self.ask(question, history, document)
        yield Answer(question, answer.text[:8], answer.status)
        yield answer

    def cell_context(self, citation: Citation) -> FakeTableContext:
        return FakeTableContext(COLUMNS, ROWS, len(ABOVE) + 2, 1)

    def passage_context(self, citation: Citation) -> str:
        return PASSAGE

    def findings(self, document: str | None = None) -> tuple[FakeFinding, ...]:
        return (FakeFinding(citations=(PROSE, CELL)),)

    def sql(self, select: str) -> ResultTable:
        return ResultTable(("科目名称", "万元"), (("公务接待费", "1.16"),))
