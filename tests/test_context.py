"""The table behind a citation, laid out as printed."""

from __future__ import annotations

import sqlite3
from importlib.resources import files

import pytest

from assistant.answer import Citation
from assistant.context import TableContext, table_context


@pytest.fixture
def connection() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    made.row_factory = sqlite3.Row
    made.executescript((files("index") / "schema.sql").read_text(encoding="utf-8"))
    return made


def add_table(
    connection: sqlite3.Connection,
    columns: list[tuple[int, str, str]],
    rows: list[tuple[int, str, str, int, int | None]],
    cells: dict[tuple[int, int], str],
) -> None:
    """Table 1; columns are (list, header, role), rows (list, code, label, level, line)."""
    connection.execute("INSERT INTO tables VALUES (1, 1, NULL, '收支总表', '表1', '总表', '万元', '注', 1, 1, 1.0)")
    for position, (number, header, role) in enumerate(columns, start=1):
        connection.execute(
            "INSERT INTO table_columns VALUES (1, ?, ?, ?, '', '', NULL, NULL, ?)", (position, number, header, role)
        )
    for position, (number, code, label, level, line) in enumerate(rows, start=1):
        connection.execute(
            "INSERT INTO table_rows VALUES (1, ?, ?, ?, ?, ?, NULL, 3, ?)", (position, number, code, label, level, line)
        )
    for (row, column), text in cells.items():
        connection.execute("INSERT INTO cells VALUES (1, ?, ?, ?, 3, 1, NULL)", (row, column, text))


def context(connection: sqlite3.Connection, row: int, column: int) -> TableContext | None:
    def read(sql: str, values: tuple[object, ...]) -> list[sqlite3.Row]:
        return connection.execute(sql, values).fetchall()

    return table_context(read, Citation("甲", table="表1 总表", table_id=1, row_index=row, column_index=column))


def test_labels_codes_and_figures_with_the_cited_cell(connection: sqlite3.Connection) -> None:
    add_table(
        connection,
        [(0, "编码", "code"), (0, "名称", "label"), (0, "预算数", "amount")],
        [(0, "", "合计", 0, 5), (0, "201", "一般公共服务", 1, 6)],
        {(1, 3): "10.00", (2, 3): "4.00"},
    )
    assert context(connection, 2, 3) == TableContext(
        columns=("编码", "名称", "预算数"),
        rows=(("", "合计", "10.00"), ("201", "　一般公共服务", "4.00")),
        row_index=1,
        column_index=2,
        roles=("code", "label", "amount"),
        unit="万元",
        note="注",
    )


def test_side_by_side_lists_share_their_printed_lines(connection: sqlite3.Connection) -> None:
    add_table(
        connection,
        [(0, "收入", "label"), (0, "数", "amount"), (1, "支出", "label"), (1, "数", "amount")],
        [(0, "", "拨款", 0, 5), (0, "", "其他", 0, 6), (1, "201", "服务", 0, 5)],
        {(1, 2): "1.00", (2, 2): "", (3, 4): "1.00"},
    )
    found = context(connection, 3, 4)
    assert found is not None
    assert found.rows == (("拨款", "1.00", "201 服务", "1.00"), ("其他", "", "", ""))
    assert (found.row_index, found.column_index) == (0, 3)


def test_a_table_without_a_column_of_names_gets_one(connection: sqlite3.Connection) -> None:
    add_table(connection, [(0, "数", "amount")], [(0, "", "拨款", 0, None)], {(1, 1): "1.00"})
    found = context(connection, 1, 1)
    assert found is not None
    assert (found.columns, found.rows, found.column_index) == (("项目", "数"), (("拨款", "1.00"),), 1)


def test_a_sentence_and_an_unknown_table_have_none(connection: sqlite3.Connection) -> None:
    assert context(connection, 1, 1) is None
    assert table_context(lambda *_: [], Citation("甲", quote="句")) is None
