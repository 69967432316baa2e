"""SQLite: the truth of an index. Writing is one transaction; reading is locked down.

A reader's connection is opened `mode=ro`, `query_only`, with an authorizer that admits SELECT on known
tables only, resource limits, and a progress handler that ends a runaway statement.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from index.document import Document, Source, Table
from index.errors import IndexDamaged, IndexMissing, IndexOutdated
from index.evidence import Evidence, Fact, Finding, Forms, Statement

SCHEMA_VERSION = 1
DATABASE_NAME = "budget.sqlite"

_READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_FUNCTIONS = frozenset(
    "abs avg coalesce count group_concat ifnull iif instr length like lower max min nullif printf replace "
    "round substr sum total trim upper row_number rank dense_rank date json_each".split()
)
_OPCODES_PER_TICK = 20_000
_TICKS = 2_000  # about two seconds of work


def create(path: Path) -> sqlite3.Connection:
    """A new, empty database with the schema, open for writing."""
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    connection.executescript(files("index").joinpath("schema.sql").read_text(encoding="utf-8"))
    connection.execute("INSERT INTO manifest VALUES ('schema_version', ?)", (str(SCHEMA_VERSION),))
    return connection


def open_read_only(path: Path) -> sqlite3.Connection:
    """A locked-down connection.

    Raises IndexMissing, IndexDamaged or IndexOutdated when the file is absent, broken or of another version.
    """
    if not path.exists():
        raise IndexMissing(f"没有找到索引：{path}", remedy="请先运行 budget ingest，或用 Assistant.open() 建立内置索引")
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        row = connection.execute("SELECT value FROM manifest WHERE name = 'schema_version'").fetchone()
    except sqlite3.DatabaseError as error:
        raise IndexDamaged(f"索引文件损坏或没有建完：{path}（{error}）", remedy="请重新运行 budget ingest") from error
    if row is None or row[0] != str(SCHEMA_VERSION):
        found = "无版本号" if row is None else row[0]
        raise IndexOutdated(
            f"索引由另一个版本建立（版本 {found}，需要 {SCHEMA_VERSION}）：{path}", remedy="请重新运行 budget ingest"
        )
    connection.execute("PRAGMA query_only=ON")
    connection.row_factory = sqlite3.Row
    lock(connection)
    return connection


def lock(connection: sqlite3.Connection) -> None:
    """Admit only SELECT on ordinary tables, bounded in time and size."""

    def authorize(action: int, first: str | None, second: str | None, _db: str | None, _trigger: str | None) -> int:
        if action in _READS:
            return sqlite3.SQLITE_DENY if (first or "").startswith("sqlite_") else sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS:
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 50_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 200)
    connection.setlimit(sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 50)
    connection.setlimit(sqlite3.SQLITE_LIMIT_VDBE_OP, 100_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10_000_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_authorizer(authorize)


@contextmanager
def bounded(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Interrupt whatever runs inside after a fixed amount of work (not of time, so it is repeatable)."""
    ticks = 0

    def tick() -> int:
        nonlocal ticks
        ticks += 1
        return int(ticks > _TICKS)

    connection.set_progress_handler(tick, _OPCODES_PER_TICK)
    try:
        yield connection
    finally:
        connection.set_progress_handler(None, 0)


class Writer:
    """Loads documents and their evidence into an open database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._sources: dict[Source, int] = {}
        self._tables: dict[tuple[int, str], int] = {}

    def add(self, document: Document, evidence: Evidence, path: str) -> int:
        """Store one document. Returns its id."""
        identity = document.identity
        document_id = self._insert(
            "documents",
            key=document.key,
            title=identity.title,
            body=identity.body,
            region=identity.region,
            year=identity.year,
            stage=identity.stage,
            level=identity.level,
            format=document.format,
            pages=document.pages,
            content_hash=document.content_hash,
            path=path,
        )
        sections = self._add_sections(document_id, document)
        for paragraph in document.paragraphs:
            self._insert(
                "paragraphs",
                document_id=document_id,
                section_id=None if paragraph.section is None else sections[paragraph.section],
                text=paragraph.text,
                page=paragraph.position.page,
                line=paragraph.position.line,
            )
        for table in document.tables:
            section = None if table.section is None else sections[table.section]
            self._add_table(document_id, section, table)
        self._add_facts(document_id, (*evidence.facts, *evidence.forms.facts))
        self._add_statements(document_id, evidence.statements)
        self._add_forms(document_id, evidence.forms)
        self._add_findings(document_id, evidence.findings)
        for chunk in evidence.chunks:
            self._insert(
                "chunks",
                document_id=document_id,
                kind=chunk.kind,
                heading=chunk.heading,
                text=chunk.text,
                source_id=self._source(document_id, chunk.source),
            )
        return document_id

    def _insert(self, table: str, **values: object) -> int:
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" for _ in values)
        cursor = self._connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - names come from this module
            tuple(values.values()),
        )
        return int(cursor.lastrowid or 0)

    def _source(self, document_id: int, source: Source) -> int:
        known = self._sources.get(source)
        if known is None:
            position = source.position
            known = self._insert(
                "sources",
                document_id=document_id,
                section=source.section,
                page=position.page,
                line=position.line,
                bbox=json.dumps(position.bbox) if position.bbox else None,
                table=source.table,
                table_id=self._tables.get((document_id, source.table or "")),
                row=source.row,
                column=source.column,
                row_index=source.row_index,
                column_index=source.column_index,
                quote=source.quote,
            )
            self._sources[source] = known
        return known

    def _add_sections(self, document_id: int, document: Document) -> list[int]:
        ids: list[int] = []
        for section in document.sections:
            ids.append(
                self._insert(
                    "sections",
                    document_id=document_id,
                    parent_id=None if section.parent is None else ids[section.parent],
                    level=section.level,
                    number=section.number,
                    title=section.title,
                    path=section.path,
                    page=section.position.page,
                    line=section.position.line,
                )
            )
        return ids

    def _add_table(self, document_id: int, section_id: int | None, table: Table) -> None:
        table_id = self._insert(
            "tables",
            document_id=document_id,
            section_id=section_id,
            kind=table.kind,
            number=table.number,
            title=table.title,
            unit=table.unit,
            note=table.note,
            page=table.position.page,
            line=table.position.line,
            confidence=table.confidence,
        )
        self._tables.setdefault((document_id, table.name), table_id)
        execute = self._connection.executemany
        execute(
            "INSERT INTO table_columns VALUES (?,?,?,?,?,?,?,?,?)",
            (
                (table_id, i, c.list, c.header, c.measure, c.fund, c.year, c.stage, c.role)
                for i, c in enumerate(table.columns, 1)
            ),
        )
        execute(
            "INSERT INTO table_rows VALUES (?,?,?,?,?,?,?,?,?)",
            (
                (
                    table_id, i, r.list, r.code, r.label, r.level,
                    None if r.parent is None else r.parent + 1, r.position.page, r.position.line,
                )
                for i, r in enumerate(table.rows, 1)
            ),
        )  # fmt: skip
        execute(
            "INSERT INTO cells VALUES (?,?,?,?,?,?,?)",
            (
                (
                    table_id, c.row + 1, c.column + 1, c.text, c.position.page, c.position.line,
                    json.dumps(c.position.bbox) if c.position.bbox else None,
                )
                for c in table.cells
            ),
        )  # fmt: skip

    def _add_facts(self, document_id: int, facts: Iterable[Fact]) -> None:
        for fact in facts:
            fact_id = self._insert(
                "facts",
                document_id=document_id,
                subject=fact.subject,
                classification=fact.classification,
                code=fact.code,
                level=fact.level,
                parent=fact.parent,
                measure=fact.measure,
                fund=fact.fund,
                year=fact.year,
                stage=fact.stage,
                project=fact.project,
                dimension=fact.dimension,
                value=fact.value,
                printed=fact.printed,
                unit=fact.unit,
                operator=fact.operator,
                is_total=fact.is_total,
                is_leaf=fact.is_leaf,
                origin=fact.origin,
                formula=fact.formula,
                table_kind=fact.table_kind,
                table_number=fact.table_number,
                source_id=self._source(document_id, fact.sources[0]),
            )
            for position, source in enumerate(fact.sources[1:], 1):
                self._insert(
                    "fact_sources", fact_id=fact_id, position=position, source_id=self._source(document_id, source)
                )

    def _add_statements(self, document_id: int, statements: Iterable[Statement]) -> None:
        for statement in statements:
            self._insert(
                "statements",
                document_id=document_id,
                kind=statement.kind,
                subject=statement.subject,
                classification=statement.classification,
                code=statement.code,
                measure=statement.measure,
                fund=statement.fund,
                whole=statement.whole,
                year=statement.year,
                base_year=statement.base_year,
                stage=statement.stage,
                project=statement.project,
                dimension=statement.dimension,
                value=statement.value,
                printed=statement.printed,
                unit=statement.unit,
                text=statement.text,
                clause=statement.clause,
                source_id=self._source(document_id, statement.source),
            )

    def _add_forms(self, document_id: int, forms: Forms) -> None:
        for project in forms.projects:
            self._insert(
                "projects",
                document_id=document_id,
                name=project.name,
                aliases=json.dumps(project.aliases, ensure_ascii=False),
                category=project.category,
                total=project.total,
                current=project.current,
                source_id=None if project.source is None else self._source(document_id, project.source),
            )
        groups = (
            ("text_fields", forms.fields),
            ("spending_lines", forms.spending),
            ("procurement", forms.procurement),
            ("indicators", forms.indicators),
        )
        for table, items in groups:
            for item in items:
                values = {name: getattr(item, name) for name in item.__dataclass_fields__ if name != "source"}
                source_id = self._source(document_id, item.source)
                self._insert(table, document_id=document_id, **values, source_id=source_id)

    def _add_findings(self, document_id: int, findings: Iterable[Finding]) -> None:
        for finding in findings:
            finding_id = self._insert(
                "findings",
                document_id=document_id,
                kind=finding.kind,
                severity=finding.severity,
                message=finding.message,
                arithmetic=finding.arithmetic,
                subjects=json.dumps(finding.subjects, ensure_ascii=False),
                project=finding.project,
            )
            for position, source in enumerate(finding.sources):
                source_id = self._source(document_id, source)
                self._insert("finding_sources", finding_id=finding_id, position=position, source_id=source_id)
