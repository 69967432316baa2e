"""Every number in an answer's text must come from somewhere a reader can check.

A number is traceable if it
- occurs in a cited source (quote, row, column, table, section), as printed or in another money unit;
- is an operand or the checked result of a formula shown with the answer, whose operands are traceable;
- was said in the question or in what the question was understood as;
- only points or orders: a list mark, a rank, a year of the question or document, a table or page number;
- counts what the answer itself shows (rows, citations, list items).
Everything else is returned: it is a number from nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from eval.arithmetic import Equation, equations, evaluate
from eval.citations import all_citations
from eval.quantities import Stated, readable, stated
from eval.scoring import answer_values
from eval.units import MONEY, canonical, count_units
from index.numbers import MONEY_UNITS

_CITED_FIELDS = ("quote", "mark", "row", "column", "table", "section", "document")
_POINTING_BEFORE = re.compile(r"(?:第|表|附件|附表|目标|项目|[Pp]\.?|[①-⑳]|#)\s*$")
_LIST_MARK = re.compile(r"^[\s>|*\-•·]*[（(]?$")
_LIST_MARK_AFTER = re.compile(r"^\s*(?:[.、．）)]|\|)")
_CONVERSION = re.compile(r"[×*÷/]\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
# In "× 100%" and "÷ 10000" these convert and are no figures of the document.
_CONVERSIONS = (Decimal(100), Decimal(10_000), Decimal(100_000_000))


@dataclass(frozen=True, slots=True)
class Sources:
    """The numbers that an answer may repeat: as printed, and the amounts of money in 元."""

    plain: frozenset[Decimal]
    money: frozenset[Decimal]
    counts: frozenset[Decimal]

    def know(self, figure: Stated) -> bool:
        value = abs(figure.value)
        if value in self.plain:
            return True
        if canonical(figure.unit) == MONEY:
            # A printed cell carries no unit of its own, so any printed figure may be one of 元 or 万元.
            base = value * MONEY_UNITS[figure.unit]
            return base in self.money or any(base == number * 10_000 or base == number for number in self.plain)
        return value in self.counts and (figure.unit == "" or figure.unit in count_units())


def untraceable(answer: Mapping[str, Any], history: Iterable[str] = ()) -> tuple[str, ...]:
    """The numbers of `answer["text"]` (as printed, with unit) that no source, formula or question accounts for.

    `history`: the earlier questions of a follow-up. An answer without text has nothing to trace.
    """
    text = readable(str(answer.get("text") or ""))
    shown = tuple(figure for figure in stated(text) if not _pointing(text, figure))
    sources = _sources(answer, text, history)
    known = {abs(value) for value in _formula_numbers(answer, text, sources)}
    extended = Sources(sources.plain | known, sources.money, sources.counts)
    missing = [
        text[figure.start : figure.end] + figure.unit
        for figure in shown
        if not extended.know(figure) and not _rounded_formula(answer, figure, sources)
    ]
    return tuple(dict.fromkeys(missing))


def _sources(answer: Mapping[str, Any], text: str, history: Iterable[str]) -> Sources:
    passages = [str(answer.get("question") or ""), *history]
    interpretation = answer.get("interpretation") or {}
    passages += [str(interpretation.get(name) or "") for name in ("understood_as", "year")]
    citations = list(all_citations(answer))
    passages += [str(citation.get(field) or "") for citation in citations for field in _CITED_FIELDS]
    plain: set[Decimal] = set()
    money: set[Decimal] = set()
    for passage in passages:
        for figure in stated(passage):
            plain.add(abs(figure.value))
            if figure.kind == MONEY:
                money.add(abs(figure.comparable))
    pages = {Decimal(page) for citation in citations if isinstance(page := citation.get("page"), int)}
    return Sources(frozenset(plain | pages), frozenset(money), frozenset(_shown_counts(answer, text, citations)))


def _shown_counts(answer: Mapping[str, Any], text: str, citations: list[Mapping[str, Any]]) -> Iterator[Decimal]:
    """How many things the answer itself lists: a reader can count them."""
    yield Decimal(len(citations))
    yield Decimal(len({(c.get("table"), c.get("row"), c.get("section"), c.get("quote")) for c in citations}))
    if rows := (answer.get("table") or {}).get("rows"):
        yield Decimal(len(rows))
    items = sum(1 for line in text.split("\n") if re.match(r"\s*(?:[-*•]|\d+[.、])\s*\S", line))
    yield Decimal(items)
    for sentence in re.split(r"[。；\n]", text):
        yield Decimal(sentence.count("、") + 1)


def _pointing(text: str, figure: Stated) -> bool:
    """A number that names or orders something instead of stating an amount."""
    line_start = text.rfind("\n", 0, figure.start) + 1
    before, after = text[line_start : figure.start], text[figure.end :]
    if figure.spelled and figure.unit in count_units():
        return True
    if _POINTING_BEFORE.search(before) and canonical(figure.unit) != MONEY:
        return True
    if figure.value in _CONVERSIONS and _CONVERSION.search(before):
        return True
    if _YEAR.fullmatch(text[figure.start : figure.end]) and re.match(r"\s*(?:年|[-—~至]\s*20\d\d)", after):
        return True
    return bool(_LIST_MARK.match(before) and _LIST_MARK_AFTER.match(after)) and figure.unit == ""


def _formula_numbers(answer: Mapping[str, Any], text: str, sources: Sources) -> Iterator[Decimal]:
    """Results of shown formulas whose operands are all traceable and whose arithmetic holds.

    A formula may use the result of another, so they are admitted until no more can be."""
    pending = list(_shown_equations(answer, text))
    known: set[Decimal] = set()
    progress = True
    while progress:
        progress = False
        for equation in tuple(pending):
            if _holds(equation, known, sources):
                known.add(abs(equation.result))
                pending.remove(equation)
                progress = True
    yield from known


def _shown_equations(answer: Mapping[str, Any], text: str) -> Iterator[Equation]:
    yield from equations(text)
    for conflict in answer.get("conflicts") or ():
        yield from equations(readable(str(conflict.get("message") or "")))
    for value in answer_values(answer):
        if value.formula:
            formula = readable(value.formula)
            found = tuple(equations(formula))
            yield from found or (Equation(formula, abs(value.value), value.places),)


def _holds(equation: Equation, known: set[Decimal], sources: Sources) -> bool:
    operands = tuple(equation.operands)
    if not operands or not all(_operand_known(operand, known, sources) for operand in operands):
        return False
    value = evaluate(equation.expression)
    return value is not None and equation.accepts(value)


def _operand_known(operand: Stated, known: set[Decimal], sources: Sources) -> bool:
    # 0 is what 持平 adds.
    nothing = operand.value == 0
    return nothing or abs(operand.value) in known or operand.value in _CONVERSIONS or sources.know(operand)


def _rounded_formula(answer: Mapping[str, Any], figure: Stated, sources: Sources) -> bool:
    """The figure shows a derived value with fewer digits than `values` keeps."""
    half = Decimal(5).scaleb(-figure.places - 1)
    for value in answer_values(answer):
        if not value.formula or canonical(value.unit) != figure.kind:
            continue
        factor = MONEY_UNITS.get(value.unit, Decimal(1)) / MONEY_UNITS.get(figure.unit, Decimal(1))
        if abs(abs(value.value) * factor - abs(figure.value)) > half:
            continue
        formula = readable(value.formula)
        found = tuple(equations(formula)) or (Equation(formula, abs(value.value), value.places),)
        if any(_holds(equation, set(), sources) for equation in found):
            return True
    return False
