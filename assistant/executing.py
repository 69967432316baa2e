"""Run guarded SQL on the locked-down connection and give back typed rows with the place each was read."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlglot import exp

from assistant import compiling
from assistant.answer import Citation, ResultTable
from assistant.errors import StatementRefused
from assistant.guarding import ROW_CAP, check, guard
from assistant.query import Order, Selector
from index.database import bounded
from index.evidence import Classification, Dimension, StatementKind
from index.flows import REVENUE_MEASURE


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact with its citation."""

    id: int
    subject: str
    classification: Classification
    code: str
    level: int
    parent: str
    measure: str
    fund: str
    year: int | None
    stage: str
    project: str
    dimension: Dimension
    value: int | None
    printed: str
    unit: str
    operator: str
    origin: str
    formula: str
    is_total: bool
    is_leaf: bool
    table_kind: str
    table_number: str
    document: str
    citation: Citation
    source_id: int = 0
    body: str = ""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with its citation."""

    id: int
    kind: StatementKind
    subject: str
    classification: Classification
    measure: str
    fund: str
    whole: str
    year: int | None
    base_year: int | None
    project: str
    dimension: Dimension
    value: int | None
    printed: str
    unit: str
    text: str
    clause: str
    document: str
    citation: Citation


class Executor:
    """Runs queries on one connection and remembers the SQL that ran (`take_sql`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self._ran: list[str] = []

    def take_sql(self) -> tuple[str, ...]:
        """The statements since the last call, in order, without repetition."""
        ran, self._ran = tuple(dict.fromkeys(self._ran)), []
        return ran

    def facts(self, selector: Selector) -> tuple[FactRow, ...]:
        return _spent(selector, self._run(compiling.facts(selector)))

    def members(self, selector: Selector, *, order: Order | None = None, blanks: bool = False) -> tuple[FactRow, ...]:
        return _spent(selector, self._run(compiling.members(selector, order=order, blanks=blanks)))

    def aggregate(self, selector: Selector, function: str) -> int | None:
        """The database's own SUM/COUNT/MAX/MIN over a set."""
        rows = self._run(compiling.aggregate(compiling.members(selector), function))
        return rows[0]["result"] if rows else None

    def statements(self, selector: Selector, *kinds: StatementKind) -> tuple[StatementRow, ...]:
        return tuple(_statement(row) for row in self._run(compiling.statements(selector, kinds)))

    def sources_of(self, fact: int) -> tuple[Citation, ...]:
        """The further places a derived fact came from."""
        rows = self.read(
            "SELECT s.*, d.key AS document FROM fact_sources x JOIN sources s ON s.id = x.source_id "
            "JOIN documents d ON d.id = s.document_id WHERE x.fact_id = ? ORDER BY x.position",
            (fact,),
        )
        return tuple(citation(row) for row in rows)

    def explanation(self, source: int) -> str:
        """What a performance form explains about the indicator printed at a place."""
        rows = self.read("SELECT explanation FROM indicators WHERE source_id = ? ORDER BY id", (source,))
        return str(rows[0]["explanation"]) if rows else ""

    def read(self, sql: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """The project's own fixed SQL (not shown to people), on the same locked-down connection."""
        with self._lock, bounded(self._connection):
            return list(self._connection.execute(sql, values))

    def columns(self, view: str) -> tuple[str, ...]:
        """The column names of a table or view."""
        with self._lock, bounded(self._connection):
            cursor = self._connection.execute(f'SELECT * FROM "{view}" LIMIT 0')  # noqa: S608 - names of our own views
        return tuple(item[0] for item in cursor.description or ())

    def place(self, table: str, row: int) -> Citation | None:
        """Where a row of `facts`, `statements` or `indicators` was read."""
        own = f"(SELECT source_id FROM {table} WHERE id = ?)"  # noqa: S608 - names of our own tables
        joined = "SELECT s.*, d.key AS document FROM sources s JOIN documents d ON d.id = s.document_id WHERE s.id = "
        rows = self.read(joined + own, (row,))
        return citation(rows[0]) if rows else None

    def select(self, sql: str, cap: int = ROW_CAP, *, record: bool = False) -> ResultTable:
        """SQL written by a person or a model, through the guard; `record` keeps it for `take_sql`.

        Raises StatementRefused.
        """
        checked = guard(sql, cap=cap)
        if record:
            self._ran.append(checked)
        try:
            with self._lock, bounded(self._connection):
                cursor = self._connection.execute(checked)
                names = tuple(item[0] for item in cursor.description or ())
                rows = tuple(tuple("" if v is None else str(v) for v in row) for row in cursor)
        except sqlite3.Error as error:
            raise StatementRefused(f"SQL 没有执行成功：{error}", remedy="请检查表名与列名，或缩小查询范围") from error
        return ResultTable(names, rows)

    def _run(self, query: exp.Query) -> list[sqlite3.Row]:
        sql = check(query)
        self._ran.append(sql)
        with self._lock, bounded(self._connection):
            return list(self._connection.execute(sql))


def _spent(selector: Selector, rows: Iterable[sqlite3.Row]) -> tuple[FactRow, ...]:
    """The rows as facts. What came in for an account is not what it is: told only where its measure is asked."""
    found = (_fact(row) for row in rows)
    return tuple(fact for fact in found if selector.measures or fact.measure != REVENUE_MEASURE)


def citation(row: Any) -> Citation:
    """A row with the columns of `sources` and `document` → Citation."""
    bbox = row["bbox"]
    return Citation(
        document=row["document"],
        page=row["page"],
        section=row["section"],
        table=row["table"],
        row=row["row"],
        column=row["column"],
        quote=row["quote"],
        line=row["line"],
        table_id=row["table_id"],
        row_index=row["row_index"],
        column_index=row["column_index"],
        bbox=tuple(json.loads(bbox)) if bbox else None,
    )


def _fact(row: sqlite3.Row) -> FactRow:
    return FactRow(
        id=row["id"], subject=row["subject"], classification=Classification(row["classification"]), code=row["code"],
        level=row["level"], parent=row["parent"], measure=row["measure"], fund=row["fund"], year=row["year"],
        stage=row["stage"], project=row["project"], dimension=Dimension(row["dimension"]), value=row["value"],
        printed=row["printed"], unit=row["unit"], operator=row["operator"], origin=row["origin"], formula=row["formula"],
        is_total=bool(row["is_total"]), is_leaf=bool(row["is_leaf"]), table_kind=row["table_kind"],
        table_number=row["table_number"], document=row["document"], citation=citation(row),
        source_id=row["source_id"], body=row["body"],
    )  # fmt: skip


def _statement(row: sqlite3.Row) -> StatementRow:
    return StatementRow(
        id=row["id"], kind=StatementKind(row["kind"]), subject=row["subject"],
        classification=Classification(row["classification"]), measure=row["measure"], fund=row["fund"], whole=row["whole"],
        year=row["year"], base_year=row["base_year"], project=row["project"], dimension=Dimension(row["dimension"]),
        value=row["value"], printed=row["printed"], unit=row["unit"], text=row["text"], clause=row["clause"],
        document=row["document"], citation=replace(citation(row), mark=row["clause"]),
    )  # fmt: skip
