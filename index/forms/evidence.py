"""Indicator rows → `Indicator`s, their facts, and the figures in their explanations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index.evidence import Classification, Fact, Indicator
from index.forms.amounts import read_amounts
from index.forms.assemble import PlacedIndicator
from index.forms.indicators import agree
from index.forms.text import Passage

VALUE_COLUMN = "指标值"
EXPLANATION = "指标说明"


class IndicatorEvidence(NamedTuple):
    indicators: tuple[Indicator, ...]
    facts: tuple[Fact, ...]


def indicator_evidence(placed: Sequence[PlacedIndicator]) -> IndicatorEvidence:
    """Every indicator with its fact. A row read by layout alone is settled by the same row elsewhere first.

    Fact: measure = horizon, parent = goal; a figure in an explanation has measure 指标说明, parent = indicator.
    """
    rows = agree([item.row for item in placed])
    indicators: list[Indicator] = []
    facts: list[Fact] = []
    for item, row in zip(placed, rows, strict=True):
        value = row.value
        cells = (row.level1, row.level2, row.name, value.printed, row.explanation.text.replace("\n", ""))
        quote = " ".join(cell for cell in cells if cell)
        source = item.place.source(item.position, quote, row.name, VALUE_COLUMN, item.index)
        indicators.append(
            Indicator(
                project=item.place.project,
                horizon=item.horizon,
                goal=item.goal,
                level1=row.level1,
                level2=row.level2,
                name=row.name,
                printed=value.printed,
                source=source,
                operator=value.operator,
                value=value.value,
                unit=value.unit,
                explanation=row.explanation.text,
            )
        )
        facts.append(
            Fact(
                subject=row.name,
                classification=Classification.INDICATOR,
                value=value.value,
                printed=value.printed,
                unit=value.unit,
                sources=(source,),
                dimension=value.dimension,
                measure=item.horizon,
                year=item.place.year,
                level=3,
                parent=item.goal,
                project=item.place.project,
                operator=value.operator,
                table_kind=item.place.kind,
            )
        )
        facts += _explained(item, row.name, row.explanation)
    return IndicatorEvidence(tuple(indicators), tuple(facts))


def _explained(item: PlacedIndicator, name: str, explanation: Passage) -> list[Fact]:
    quote = explanation.text.replace("\n", "")
    return [
        item.place.text_fact(
            amount,
            name,
            item.place.source(explanation.position(amount.offset), quote, name, EXPLANATION, item.index),
            measure=EXPLANATION,
        )
        for amount in read_amounts(explanation.text)
    ]
