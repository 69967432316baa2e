"""A suite: JSON Lines, one case a line, read into frozen `Sample`s or refused with the line and a remedy.

EvaluationError          anything this layer reports to a caller
├── SuiteError           a suite that is not what the format asks for
├── ResultsError         a results file that cannot be scored
└── BenchError           something a measurement needs is missing
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class EvaluationError(Exception):
    """Root of the layer. `str(error)` is Chinese and says what, where, and what to do."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message}。{remedy}" if remedy else message)


class SuiteError(EvaluationError):
    """A suite that is not what the format asks for."""


class ResultsError(EvaluationError):
    """A results file that cannot be scored."""


class BenchError(EvaluationError):
    """Something a measurement needs is missing."""


class Category(StrEnum):
    """What a case asks for; the rows of every report."""

    LOOKUP = "lookup"
    YOY = "yoy"
    SHARE = "share"
    RANK = "rank"
    AGGREGATE = "aggregate"
    COMPARE = "compare"
    LIST = "list"
    COUNT = "count"
    REASON = "reason"
    DEFINITION = "definition"
    TEXT = "text"
    PROJECT = "project"
    PERFORMANCE = "performance"
    PROCUREMENT = "procurement"
    MULTI_HOP = "multi_hop"
    UNIT = "unit"
    CONFLICT = "conflict"
    SCOPE = "scope"
    CLARIFY = "clarify"
    UNANSWERABLE = "unanswerable"
    FOLLOWUP = "followup"
    NOISY = "noisy"


class ExpectedStatus(StrEnum):
    """What an answer may be expected to be; an error is never expected."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class ExpectedValue:
    """A figure the answer must state, exact, in `unit` (亿元, 万元, 元, %, 人, …; "" = a bare count)."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.value:f}{self.unit}"


@dataclass(frozen=True, slots=True)
class Expectation:
    """`text` is an AND of ORs; `forbid` lists strings that must not occur in the answer's text."""

    values: tuple[ExpectedValue, ...] = ()
    text: tuple[tuple[str, ...], ...] = ()
    forbid: tuple[str, ...] = ()
    status: ExpectedStatus = ExpectedStatus.ANSWERED
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """One case. `document` None asks the whole index; `history` holds earlier user turns, oldest first."""

    id: str
    document: str | None
    category: Category
    question: str
    expect: Expectation
    history: tuple[str, ...] = ()
    evidence: str = ""
    note: str = ""


_CASE_KEYS = {"id", "document", "category", "question", "expect"}
_CASE_OPTIONAL = {"history", "evidence", "note"}
_EXPECT_KEYS = {"status"}
_EXPECT_OPTIONAL = {"values", "text", "forbid", "conflict"}


def load_suite(path: Path) -> tuple[Sample, ...]:
    """Read and validate a suite. Raises SuiteError naming the first bad line and what to do about it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(f"读不出题集 {path}：{error}", remedy="请给出一个 UTF-8 的 .jsonl 文件") from error
    return parse_suite(lines, name=path.name)


def parse_suite(lines: Sequence[str], *, name: str = "题集") -> tuple[Sample, ...]:
    """The lines of a suite → samples, in order; blank lines are skipped, ids are unique."""
    samples: list[Sample] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            sample = _sample(_object(line))
            if sample.id in seen:
                raise _Fault(f"id“{sample.id}”与第 {seen[sample.id]} 行重复", "请给每道题一个唯一的 id")
        except _Fault as fault:
            raise SuiteError(f"{name} 第 {number} 行：{fault.message}", remedy=fault.remedy) from None
        seen[sample.id] = number
        samples.append(sample)
    if not samples:
        raise SuiteError(f"{name} 里没有题目", remedy="每行写一个 JSON 对象")
    return tuple(samples)


class _Fault(Exception):
    """A fault of one line, before its place is known."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(message)


def _object(line: str) -> Mapping[str, Any]:
    try:
        # Decimal keeps 1.74 exact: a suite's figures never pass through a float.
        value = json.loads(line, parse_float=Decimal, parse_constant=Decimal)
    except json.JSONDecodeError as error:
        raise _Fault(f"不是 JSON（第 {error.colno} 列：{error.msg}）", "请检查引号、逗号和括号") from None
    if not isinstance(value, dict):
        raise _Fault("不是一个 JSON 对象", '请写成 {"id": …, "question": …}')
    return value


def _check_keys(value: Mapping[str, Any], required: set[str], optional: set[str], where: str) -> None:
    if missing := sorted(required - value.keys()):
        raise _Fault(f"{where}缺少 {'、'.join(missing)}", "请补上")
    if unknown := sorted(value.keys() - required - optional):
        known = "、".join(sorted(required | optional))
        raise _Fault(f"{where}有未知的键 {'、'.join(unknown)}", f"可用的键：{known}")


def _string(value: object, where: str, *, blank: bool = False) -> str:
    if not isinstance(value, str) or not (blank or value.strip()):
        raise _Fault(f"{where} 应为{'' if blank else '非空'}字符串", f"现在是 {value!r}")
    return value


def _sequence(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise _Fault(f"{where} 应为数组", f"现在是 {value!r}")
    return value


def _member(kind: type[E], value: object, where: str) -> E:
    try:
        return kind(_string(value, where))
    except ValueError:
        raise _Fault(f"{where}“{value}”不认识", f"可选：{'、'.join(kind)}") from None


def _value(item: object) -> ExpectedValue:
    if not isinstance(item, dict):
        raise _Fault("expect.values 的一项应为对象", '请写成 {"value": 1.74, "unit": "万元"}')
    _check_keys(item, {"value", "unit"}, set(), "expect.values 的一项")
    raw = item["value"]
    try:
        number = Decimal(raw) if isinstance(raw, int | str | Decimal) and not isinstance(raw, bool) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise _Fault(f"value {raw!r} 不是一个确切的数", "请写数字，或写成字符串的数字")
    return ExpectedValue(number, _string(item["unit"], "unit", blank=True).strip())


def _group(item: object) -> tuple[str, ...]:
    if isinstance(item, str):
        raise _Fault(f"expect.text 的一项“{item}”应为数组", f'请写成 [["{item}"]]：外层都要有，内层有一个即可')
    words = tuple(_string(word, "expect.text") for word in _sequence(item, "expect.text 的一项"))
    if not words:
        raise _Fault("expect.text 有一个空组", "请删去它，或写上至少一个词")
    return words


def _expectation(value: object) -> Expectation:
    if not isinstance(value, dict):
        raise _Fault("expect 应为对象", '请写成 {"values": […], "status": "answered"}')
    _check_keys(value, _EXPECT_KEYS, _EXPECT_OPTIONAL, "expect ")
    conflict = value.get("conflict", False)
    if not isinstance(conflict, bool):
        raise _Fault("expect.conflict 应为 true 或 false", f"现在是 {conflict!r}")
    expectation = Expectation(
        values=_each(_value, value.get("values", []), "expect.values"),
        text=_each(_group, value.get("text", []), "expect.text"),
        forbid=_each(lambda item: _string(item, "expect.forbid"), value.get("forbid", []), "expect.forbid"),
        status=_member(ExpectedStatus, value["status"], "expect.status"),
        conflict=conflict,
    )
    answered = expectation.status is ExpectedStatus.ANSWERED
    if answered and not (expectation.values or expectation.text or conflict):
        raise _Fault("应答题没有可核对的内容", "请写上 expect.values 或 expect.text")
    if expectation.status is ExpectedStatus.ABSTAINED and expectation.values:
        raise _Fault("应拒答题不该有 expect.values", "请删去，或把 status 改为 answered")
    return expectation


def _each(convert: Callable[[object], T], value: object, where: str) -> tuple[T, ...]:
    return tuple(convert(item) for item in _sequence(value, where))


def _sample(value: Mapping[str, Any]) -> Sample:
    _check_keys(value, _CASE_KEYS, _CASE_OPTIONAL, "")
    document = value["document"]
    category = _member(Category, value["category"], "category")
    history = _each(lambda item: _string(item, "history"), value.get("history", []), "history")
    if category is Category.FOLLOWUP and not history:
        raise _Fault("追问题没有 history", "请写上此前的提问，先问的在前")
    if history and category is not Category.FOLLOWUP:
        raise _Fault(f"{category} 题不该有 history", "请把 category 改为 followup，或删去 history")
    return Sample(
        id=_string(value["id"], "id"),
        document=None if document is None else _string(document, "document"),
        category=category,
        question=_string(value["question"], "question"),
        expect=_expectation(value["expect"]),
        history=history,
        evidence=_string(value.get("evidence", ""), "evidence", blank=True),
        note=_string(value.get("note", ""), "note", blank=True),
    )
