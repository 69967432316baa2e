"""What a row is called in a column beside its account: 编外人员经费 beside 其他工资福利支出, in a table of basic expenditure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from index.document import Cell, Table
from index.tables.headers import HeaderRules, header_words


def names_beside(table: Table, cells: Mapping[int, Sequence[Cell]], rules: HeaderRules) -> dict[int, str]:
    """Row → its other name, where an account's row prints one that no other row has. The row's figures are of both."""
    columns = {i for i, c in enumerate(table.columns) if c.role == "text" and rules.names_a_project(header_words(c))}
    found = {
        index: cell.text
        for index, own in cells.items()
        for cell in own
        if cell.column in columns and cell.text and table.rows[index].code and cell.text != table.rows[index].label
    }
    times = Counter(found.values())
    return {index: name for index, name in found.items() if times[name] == 1}
