"""How the tests of generated PDFs read a paper and print its table."""

from __future__ import annotations

from pathlib import Path

from pdf_making import Paper

from index.document import Document, Table
from index.reading import read_document
from index.tables.checks import Outcome, check_table

BODY = "东湖市水务局"


def read(paper: Paper, tmp_path: Path) -> Document:
    path = tmp_path / "公开.pdf"
    path.write_bytes(paper.bytes())
    return read_document(path)


def only_table(paper: Paper, tmp_path: Path) -> Table:
    tables = read(paper, tmp_path).tables
    assert len(tables) == 1
    return tables[0]


def printed(table: Table) -> list[tuple[str, str, int, list[str]]]:
    """Code, label, level and cells of every row."""
    return [
        (row.code, row.label, row.level, [cell.text for cell in table.cells_of(index)])
        for index, row in enumerate(table.rows)
    ]


def headers(table: Table) -> list[str]:
    return [column.header for column in table.columns]


def broken(table: Table) -> list[str]:
    return [check.identity for check in check_table(table) if check.outcome is Outcome.BROKEN]
