"""Sentences about earlier years: "2020 年预算 5万元，后期调整为 4万元，实际支出 4 万元。"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.document import Source, Stage
from index.evidence import Classification, Dimension, Fact, Origin
from index.forms.amounts import Amount, read_amounts
from index.forms.place import FormPlace, printed_money
from index.forms.text import Passage
from index.forms.vocabulary import terms
from index.years import YEAR

BUDGET = "预算"
ADJUSTED = "调整后预算"
SPENT = "实际支出"
_SENTENCE = re.compile(r"[^。；;\n]*?(?:[。；;\n]|(?<!\d)\.(?!\d)|(?<=\d)\.(?=\s*(?:\n|$))|$)")
_CLAUSE = re.compile(r"(?:[^，,、]|(?<=\d),(?=\d{3}))+")


@dataclass(frozen=True, slots=True)
class _Stated:
    measure: str
    stage: Stage
    amount: Amount | None  # None: spent in full, without a figure
    offset: int
    words: str = ""


def read_history(place: FormPlace, passage: Passage, label: str) -> tuple[Fact, ...]:
    """Budget, adjusted budget, spending and balance of each earlier year, each with its sentence as quote."""
    facts: list[Fact] = []
    year: int | None = None
    for match in _SENTENCE.finditer(passage.text):
        sentence = match[0].strip()
        if not sentence:
            continue
        named = YEAR.search(match[0])
        year = int(named[1]) if named else year
        if year is not None:
            facts += _year_facts(place, passage, match.start(), match[0], year, label)
    return tuple(facts)


def _year_facts(place: FormPlace, passage: Passage, start: int, sentence: str, year: int, label: str) -> Iterator[Fact]:
    budget: Amount | None = None
    for stated in _stated(sentence):
        position = passage.position(start + stated.offset)
        source = place.source(position, sentence.strip(), str(year), label)
        amount = stated.amount
        if amount is not None:
            if stated.measure in (BUDGET, ADJUSTED):
                budget = amount
            yield _fact(place, stated, amount, year, source)
        elif budget is not None:
            printed = printed_money(budget.value, budget.unit)
            formula = f"“{stated.words}”：{SPENT} = 预算 {printed} {budget.unit}"
            derived = _fact(place, stated, budget, year, source)
            yield replace(derived, printed=stated.words, origin=Origin.DERIVED, formula=formula)


def _fact(place: FormPlace, stated: _Stated, amount: Amount, year: int, source: Source) -> Fact:
    return Fact(
        subject=place.project,
        classification=Classification.PROJECT,
        value=amount.value,
        printed=amount.printed,
        unit=amount.unit,
        sources=(source,),
        dimension=amount.dimension,
        measure=stated.measure,
        year=year,
        stage=stated.stage,
        project=place.project,
        formula=amount.formula,
        table_kind=place.kind,
    )


def _stated(sentence: str) -> Iterator[_Stated]:
    first = True
    for clause in _CLAUSE.finditer(sentence):
        figures = [a for a in read_amounts(clause[0]) if a.dimension in (Dimension.MONEY, Dimension.PERCENT)]
        for amount in figures:
            found = _measure(clause[0][: amount.offset])
            if found is None and first and amount.dimension is Dimension.MONEY:
                found = BUDGET, Stage.BUDGET
            if found is not None:
                yield _Stated(found[0], found[1], amount, clause.start() + amount.offset)
                first = False
        spent = next((words for words in terms().spent if words in clause[0]), "")
        if spent and not figures:
            yield _Stated(SPENT, Stage.FINAL, None, clause.start(), spent)


def _measure(words: str) -> tuple[str, Stage] | None:
    """The measure whose phrase stands nearest before the figure; of those that overlap, the longest."""
    best: tuple[int, int, str, Stage] | None = None
    for measure in terms().history:
        for phrase in measure.phrases:
            at = words.rfind(phrase)
            if at >= 0 and (best is None or (at + len(phrase), len(phrase)) > best[:2]):
                best = at + len(phrase), len(phrase), measure.measure, measure.stage
    return None if best is None else (best[2], best[3])
