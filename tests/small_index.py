"""Short disclosures, and what an index built of them holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from index.build import current
from index.database import DATABASE_NAME, open_read_only


def disclosure(path: Path, body: str, amount: int) -> Path:
    """A short disclosure that states one total."""
    headings = f"2021年{body}部门预算\n第一部分 部门预算公开说明\n一、收支预算总体安排情况\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{headings}2021年部门总预算{amount}万元。\n", encoding="utf-8")
    return path


def totals(index: Path) -> dict[str, int]:
    """What the published index holds: key → its total in 万元."""
    with closing(open_read_only(current(index) / DATABASE_NAME)) as connection:
        rows = connection.execute(
            "SELECT d.key, f.value FROM documents d JOIN facts f ON f.document_id = d.id "
            "WHERE f.subject = '部门总预算' AND f.year = 2021"
        )
        return {row["key"]: row["value"] // 1_000_000 for row in rows}


def contents(index: Path) -> list[str]:
    with closing(sqlite3.connect(current(index) / DATABASE_NAME)) as connection:
        return list(connection.iterdump())


def files(index: Path) -> set[str]:
    return {path.name for path in index.iterdir()}


def fail(error: BaseException) -> Callable[..., None]:
    def raiser(*_: object, **__: object) -> None:
        raise error

    return raiser
