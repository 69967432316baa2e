"""One account in several rows of one table is one figure: their sum, with what is added."""

from __future__ import annotations

from index.document import Position, Source, Stage
from index.evidence import Classification, Fact
from index.joint_rows import joined


def _fact(value: int, printed: str, row: int, parent: str = "合计") -> Fact:
    source = Source("d", "", Position(page=1), "表6", "办公费", "合计", row, 7, printed)
    return Fact(
        subject="办公费", classification=Classification.ECONOMIC, value=value, printed=printed, unit="万元",
        sources=(source,), code="30201", measure="基本支出", fund="一般公共预算", year=2023, stage=Stage.BUDGET,
        level=2, parent=parent, is_leaf=True, table_kind="一般公共预算基本支出表", table_number="6",
    )  # fmt: skip


def test_rows_of_one_account_are_added() -> None:
    (found,) = joined((_fact(16_200_000, "16.20", 15), _fact(12_400_000, "12.40", 16)))
    assert (found.value, found.printed) == (28_600_000, "28.60")
    assert found.formula == "16.20 + 12.40 = 28.60 万元"
    assert [source.row_index for source in found.sources] == [15, 16]


def test_rows_under_other_parents_and_repeated_prints_stay() -> None:
    apart = (_fact(16_200_000, "16.20", 15), _fact(12_400_000, "12.40", 16, parent="某中心"))
    again = (_fact(16_200_000, "16.20", 15), _fact(16_200_000, "16.20", 40))
    assert joined(apart) == apart
    assert joined(again) == again
