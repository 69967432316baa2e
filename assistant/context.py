"""Citation → the whole table it stands in, laid out as printed: labels, codes, figures, side-by-side lists."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from assistant.answer import Citation

Read = Callable[[str, tuple[object, ...]], Sequence[sqlite3.Row]]
INDENT = "　"


class TableContext(NamedTuple):
    """A table ready to draw. `row_index` and `column_index` count from 0 in it and point at the cited cell;
    `roles` says of each column what it holds (label, code, amount, text, …)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_index: int | None
    column_index: int | None
    roles: tuple[str, ...] = ()
    unit: str = ""
    note: str = ""


def table_context(read: Read, citation: Citation) -> TableContext | None:
    """The table of a cell citation; None for a sentence or for a table the index does not hold."""
    if citation.table_id is None:
        return None
    table = (citation.table_id,)
    heads = read("SELECT unit, note FROM tables WHERE id = ?", table)
    columns = read("SELECT position, list, header, role FROM table_columns WHERE table_id = ? ORDER BY position", table)
    rows = read(
        "SELECT position, list, code, label, level, page, line FROM table_rows WHERE table_id = ? ORDER BY position",
        table,
    )
    if not heads or not columns:
        return None
    cells = {
        (cell["row"], cell["column"]): cell["text"]
        for cell in read('SELECT "row", "column", text FROM cells WHERE table_id = ?', table)
    }
    lines = _printed_lines(rows)
    drawn = tuple(tuple(_text(column, line, columns, cells) for column in columns) for line in lines)
    positions = [column["position"] for column in columns]
    named = any(column["role"] == "label" for column in columns)
    if not named:
        drawn = tuple((_label(line[0], coded=True), *texts) for line, texts in zip(lines, drawn, strict=True))
    shift = 0 if named else 1
    return TableContext(
        columns=(*(() if named else ("项目",)), *(column["header"] for column in columns)),
        rows=drawn,
        row_index=next(
            (n for n, line in enumerate(lines) if any(row["position"] == citation.row_index for row in line)), None
        ),
        column_index=positions.index(citation.column_index) + shift if citation.column_index in positions else None,
        roles=(*(() if named else ("label",)), *(column["role"] for column in columns)),
        unit=heads[0]["unit"],
        note=heads[0]["note"],
    )


def _printed_lines(rows: Sequence[sqlite3.Row]) -> list[list[sqlite3.Row]]:
    """Rows of side-by-side lists that stand on one printed line go together; otherwise each row by itself."""
    placed = sorted(rows, key=lambda row: (row["page"] or 0, row["line"] or 0, row["list"], row["position"]))
    if len({row["list"] for row in rows}) < 2 or any(row["line"] is None for row in rows):
        return [[row] for row in rows]
    return [list(line) for _, line in groupby(placed, key=lambda row: (row["page"], row["line"]))]


def _text(
    column: sqlite3.Row, line: Sequence[sqlite3.Row], columns: Sequence[sqlite3.Row], cells: dict[tuple[int, int], str]
) -> str:
    """What is printed where a column meets a line: the cell, else the row's label or code."""
    row = next((row for row in line if row["list"] == column["list"]), None)
    if row is None:
        return ""
    if printed := cells.get((row["position"], column["position"])):
        return printed
    alike = [
        other["position"] for other in columns if (other["list"], other["role"]) == (column["list"], column["role"])
    ]
    if alike[0] != column["position"]:
        return ""
    if column["role"] == "label":
        coded = all(other["role"] != "code" for other in columns if other["list"] == column["list"])
        return _label(row, coded=coded)
    return str(row["code"]) if column["role"] == "code" else ""


def _label(row: sqlite3.Row, *, coded: bool) -> str:
    """The row's name, set in by its depth, with its code where no column of its own holds it."""
    code = f"{row['code']} " if coded and row["code"] else ""
    return f"{INDENT * max(0, row['level'])}{code}{row['label']}"
