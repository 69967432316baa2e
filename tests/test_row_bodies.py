"""Whose the figures of a table's rows are, where items are called after bodies."""

from __future__ import annotations

from index.document import Column, Position, Row, Table, TableKind
from index.row_bodies import body_rows, row_bodies
from index.tables.headers import header_rules

BODY, STATION = "东湖市应急管理局", "东湖市地震监测中心"


def table(*rows: tuple[str, int | None, int]) -> Table:
    """Rows of (label, parent, level)."""
    made = tuple(
        Row(label, level=level, parent=parent, position=Position(1, number))
        for number, (label, parent, level) in enumerate(rows, 1)
    )
    columns = (Column("项目", role="label"), Column("总计", role="amount"))
    return Table(TableKind.PROJECT_LIST, "表12", "项目支出表", "万元", columns, made, (), None, Position(1, 1))


def test_an_item_named_like_a_centre_is_of_the_body_that_pays_for_it() -> None:
    listed = table(
        ("合计", None, 0), (BODY, 0, 1), ("运行经费", 1, 2), (STATION, 0, 1), ("考试经费", 3, 2),
        ("东湖市安全教育体验中心", 3, 2), ("物业管理费", 3, 2), ("宣传经费", 3, 2),
    )  # fmt: skip
    assert body_rows(listed, header_rules()) == (False, True, False, True, False, False, False, False)
    assert row_bodies(listed, BODY, header_rules())[4:] == (STATION,) * 4


def test_units_under_a_department_are_bodies() -> None:
    listed = table((BODY, None, 0), (STATION, 0, 1), ("东湖市救援指挥中心", 0, 1), ("东湖市气象台", 0, 1))
    assert body_rows(listed, header_rules()) == (True, True, True, True)
