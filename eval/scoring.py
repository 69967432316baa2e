"""The deterministic scorer: one sample and one answer on the wire → one `Score`.

Rules (shared with everyone who writes questions):
a stated figure must be matched exactly, a derived one within half a unit of the last digit shown; money is compared
in 元; a wrong unit is a wrong answer; an answer must be right in `values` and say so in its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from eval.quantities import Stated, comparable_text, contains, stated
from eval.samples import Category, Expectation, ExpectedStatus, ExpectedValue, Sample
from eval.units import MONEY, PERCENT, canonical, count_units, counted
from index.numbers import MONEY_UNITS

_LEAST_PLACES = {"万元": 2, "万": 2, PERCENT: 2}


class Outcome(StrEnum):
    """How one case ended. `wrong` and `made up` mislead a reader; the others only leave one without help."""

    RIGHT = "right"
    WRONG = "wrong"
    MADE_UP = "made_up"
    MISSED = "missed"
    UNFLAGGED = "unflagged"
    ERROR = "error"

    @property
    def misleads(self) -> bool:
        return self in (Outcome.WRONG, Outcome.MADE_UP)


@dataclass(frozen=True, slots=True)
class Score:
    """What became of one case. `faults` says in Chinese what was missing or false; `false_alarm`: a contradiction
    was reported where the document has none, which does not make the case wrong."""

    id: str
    category: Category
    outcome: Outcome
    faults: tuple[str, ...] = ()
    false_alarm: bool = False


@dataclass(frozen=True, slots=True)
class AnswerValue:
    """A figure of an answer as it came over the wire."""

    value: Decimal
    unit: str
    formula: str | None = None

    @property
    def places(self) -> int:
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


def answer_values(answer: Mapping[str, Any]) -> tuple[AnswerValue, ...]:
    """The figures of `Answer.to_dict()`; one that is no number is left out (it can match nothing)."""
    found = []
    for item in answer.get("values") or ():
        try:
            value = Decimal(str(item["value"]))
        except (InvalidOperation, KeyError, TypeError):
            continue
        if value.is_finite():
            found.append(AnswerValue(value, str(item.get("unit") or ""), item.get("formula") or None))
    return tuple(found)


def score(sample: Sample, answer: Mapping[str, Any]) -> Score:
    """Score one answer, given as `Answer.to_dict()`."""
    status = str(answer.get("status", ""))
    expect = sample.expect
    conflicts = bool(answer.get("conflicts"))
    faults = tuple(_faults(expect, answer))
    outcome = _outcome(expect, status, faults, conflicts)
    if outcome is Outcome.ERROR:
        faults = (f"出错：{answer.get('reason') or status or '没有 status'}",)
    elif status != expect.status:
        faults = (f"应为 {expect.status}，得到 {status}", *faults)
    elif outcome is Outcome.UNFLAGGED:
        faults = ("没有指出文档自相矛盾",)
    false_alarm = conflicts and not expect.conflict
    return Score(sample.id, sample.category, outcome, () if outcome is Outcome.RIGHT else faults, false_alarm)


def _outcome(expect: Expectation, status: str, faults: Sequence[str], conflicts: bool) -> Outcome:
    if status not in set(ExpectedStatus):
        return Outcome.ERROR
    if status == ExpectedStatus.ANSWERED:
        if expect.status is ExpectedStatus.ABSTAINED:
            return Outcome.MADE_UP
        if expect.status is ExpectedStatus.CLARIFY or faults:
            return Outcome.WRONG
    elif status != expect.status or faults:
        return Outcome.MISSED
    return Outcome.UNFLAGGED if expect.conflict and not conflicts else Outcome.RIGHT


def _faults(expect: Expectation, answer: Mapping[str, Any]) -> Iterator[str]:
    text = str(answer.get("text") or "")
    figures = stated(text)
    values = answer_values(answer)
    signed_in_words = bool(expect.text)
    for wanted in expect.values:
        if fault := _value_fault(wanted, values, figures, signed_in_words):
            yield fault
    plain = comparable_text(text)
    for group in expect.text:
        if not any(contains(plain, comparable_text(word)) for word in group):
            yield f"没有说到“{'／'.join(group)}”"
    for word in expect.forbid:
        if contains(plain, comparable_text(word)):
            yield f"不该说“{word}”"


def _value_fault(
    wanted: ExpectedValue, values: Sequence[AnswerValue], figures: Sequence[Stated], signed_in_words: bool
) -> str:
    """What is wrong with the answer as to one expected figure; "" if nothing is."""
    # A reduction of 1.74 may come as -1.74 when words (checked apart) carry the direction.
    wanted = ExpectedValue(abs(wanted.value), wanted.unit) if signed_in_words else wanted
    matching = [value for value in values if matches(wanted, value, ignore_sign=signed_in_words)]
    if values and not matching:
        given = "、".join(f"{value.value:f}{value.unit}" for value in values)
        return f"应有 {wanted}，得到 {given}"
    derived = any(value.formula for value in matching)
    if any(_in_text(wanted, figure, derived) for figure in figures):
        return ""
    return f"文字里没有写出 {wanted}" if values else f"应有 {wanted}，一个值也没有给出"


def matches(wanted: ExpectedValue, given: AnswerValue, *, ignore_sign: bool = False) -> bool:
    """Whether a figure of an answer is the expected one: the same kind of unit, and exact unless it was derived."""
    value = abs(given.value) if ignore_sign else given.value
    tolerance = _tolerance(wanted, given.unit, given.places) if given.formula else Decimal(0)
    return _same_kind(wanted.unit, given.unit) and _close(wanted, value, given.unit, tolerance)


def _in_text(wanted: ExpectedValue, figure: Stated, derived: bool) -> bool:
    # Prose says 减少1.74万元 where the value is -1.74: the text is read for its magnitude.
    tolerance = _tolerance(wanted, figure.unit, figure.places) if derived else Decimal(0)
    if not _same_kind(wanted.unit, figure.unit):
        return False
    magnitude = ExpectedValue(abs(wanted.value), wanted.unit)
    return _close(magnitude, abs(figure.value), figure.unit, tolerance)


def _same_kind(wanted: str, given: str) -> bool:
    if wanted == "":
        return given == "" or given in count_units()
    if wanted in count_units() and given == "":
        return True
    return canonical(wanted) == canonical(given)


def _base(value: Decimal, unit: str) -> Decimal:
    return value * (MONEY_UNITS[unit] if canonical(unit) == MONEY else counted(unit)[1])


def _close(wanted: ExpectedValue, value: Decimal, unit: str, tolerance: Decimal) -> bool:
    return abs(_base(wanted.value, wanted.unit) - _base(value, unit)) <= tolerance


def _tolerance(wanted: ExpectedValue, unit: str, places: int) -> Decimal:
    """Half a unit of the last digit shown, in base units: the coarser of what was expected and what is shown,
    but never coarser than 0.01 万元 or 0.01 %."""
    exponent = wanted.value.as_tuple().exponent
    expected_places = max(0, -exponent) if isinstance(exponent, int) else 0
    shown = ((wanted.unit, expected_places), (unit, places))
    return max(_base(Decimal(5).scaleb(-max(p, _LEAST_PLACES.get(u, 0)) - 1), u) for u, p in shown)
