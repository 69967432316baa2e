"""A sum inside a table that does not come out: the document's contradiction, or a misreading of ours?"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.document import Cell, Column, Document, Identity, Position, Row, Table, TableKind
from index.evidence import Forms
from index.identities.ledger import Ledger
from index.identities.rules import load
from index.identities.tables import check

NAMES = ("合计", "社会保障和就业支出", "节能环保支出", "住房保障支出")


def contradictions(codes: Sequence[str], figures: Sequence[str]) -> list[str]:
    """The differences told of a table of a total and three parts."""
    rows = tuple(
        Row(name, code, level=int(at > 0), parent=0 if at else None, position=Position(1, at))
        for at, (name, code) in enumerate(zip(NAMES, codes, strict=True))
    )
    cells = tuple(Cell(text, at, 0, Position(1, at)) for at, text in enumerate(figures))
    table = Table(
        TableKind.FISCAL_EXPENDITURE,
        "",
        "支出表",
        "万元",
        (Column("合计", role="amount"),),
        rows,
        cells,
        None,
        Position(1),
    )
    document = Document("甲", Identity(), (), (), (), (table,), "", "txt")
    return [o.finding.arithmetic for o in check(Ledger(document, (), (), Forms(), load())) if o.finding]


@pytest.mark.parametrize(
    ("codes", "figures", "told"),
    [
        (("", "208", "211", "221"), ("60.00", "10.00", "20.00", "30.00"), []),
        # one class left out of the total: its code proves that it belongs there
        (("", "208", "211", "221"), ("40.00", "10.00", "20.00", "30.00"), ["10 + 20 + 30 = 60 ≠ 40（万元）"]),
        # without codes, or with codes of several lengths, a row may stand at the wrong level
        (("", "", "", ""), ("40.00", "10.00", "20.00", "30.00"), []),
        (("", "208", "20805", "221"), ("40.00", "10.00", "20.00", "30.00"), []),
        (("", "208", "208", "221"), ("50.00", "10.00", "10.00", "40.00"), []),
        # too little may be a row that was lost; an odd difference is no row's
        (("", "208", "211", "221"), ("65.50", "10.00", "20.00", "30.00"), ["10 + 20 + 30 = 60 ≠ 65.5（万元）"]),
        (("", "", "", ""), ("65.50", "10.00", "20.00", "30.00"), ["10 + 20 + 30 = 60 ≠ 65.5（万元）"]),
    ],
)
def test_a_sum_is_blamed_on_the_document_where_no_misreading_explains_it(
    codes: Sequence[str], figures: Sequence[str], told: list[str]
) -> None:
    assert contradictions(codes, figures) == told
