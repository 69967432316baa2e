"""Evidence → SQLite: one document at a time, every citable place stored once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields

from index.document import Document, Position, Source, Table
from index.evidence import (
    Chunk,
    Evidence,
    Fact,
    Finding,
    Forms,
    Indicator,
    Procurement,
    Project,
    SpendingLine,
    Statement,
    TextField,
)

_FormItem = Project | TextField | SpendingLine | Procurement | Indicator
_NOT_COLUMNS = {"source", "sources", "base_stage"}  # places have rows of their own; base_stage serves derivation only


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

    def _insert(self, table: str, /, **values: object) -> int:
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
            first, *others = fact.sources
            fact_id = self._insert_item("facts", document_id, fact, source_id=self._source(document_id, first))
            for position, source in enumerate(others, 1):
                self._insert(
                    "fact_sources", fact_id=fact_id, position=position, source_id=self._source(document_id, source)
                )

    def _add_statements(self, document_id: int, statements: Iterable[Statement]) -> None:
        for statement in statements:
            self._insert_item(
                "statements", document_id, statement, source_id=self._source(document_id, statement.source)
            )

    def _add_forms(self, document_id: int, forms: Forms) -> None:
        groups: tuple[tuple[str, Sequence[_FormItem]], ...] = (
            ("projects", forms.projects),
            ("text_fields", forms.fields),
            ("spending_lines", forms.spending),
            ("procurement", forms.procurement),
            ("indicators", forms.indicators),
        )
        for table, items in groups:
            for item in items:
                source_id = None if item.source is None else self._source(document_id, item.source)
                self._insert_item(table, document_id, item, source_id=source_id)

    def _add_findings(self, document_id: int, findings: Iterable[Finding]) -> None:
        for finding in findings:
            finding_id = self._insert_item("findings", document_id, finding)
            for position, source in enumerate(finding.sources):
                source_id = self._source(document_id, source)
                self._insert("finding_sources", finding_id=finding_id, position=position, source_id=source_id)

    def _insert_item(
        self, table: str, document_id: int, item: Fact | Statement | Finding | _FormItem, **places: int | None
    ) -> int:
        """A row with a column for every field of the item but its places; names in a tuple are kept as JSON."""
        values: dict[str, object] = {}
        for field in fields(item):
            if field.name not in _NOT_COLUMNS:
                value = getattr(item, field.name)
                values[field.name] = json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
        return self._insert(table, document_id=document_id, **values, **places)


_BY_DOCUMENT = (
    "chunks findings indicators procurement spending_lines text_fields projects statements facts sources "
    "paragraphs sections tables"
).split()
_BY_TABLE = ("cells", "table_rows", "table_columns")


def remove_document(connection: sqlite3.Connection, key: str) -> None:
    """Forget a document and everything read from it."""
    row = connection.execute("SELECT id FROM documents WHERE key = ?", (key,)).fetchone()
    if row is None:
        return
    document = (row[0],)
    execute = connection.execute
    execute("DELETE FROM finding_sources WHERE finding_id IN (SELECT id FROM findings WHERE document_id = ?)", document)
    execute("DELETE FROM fact_sources WHERE fact_id IN (SELECT id FROM facts WHERE document_id = ?)", document)
    for table in _BY_TABLE:
        execute(
            f"DELETE FROM {table} WHERE table_id IN (SELECT id FROM tables WHERE document_id = ?)",  # noqa: S608
            document,
        )
    for table in _BY_DOCUMENT:
        execute(f"DELETE FROM {table} WHERE document_id = ?", document)  # noqa: S608 - names come from this module
    execute("DELETE FROM documents WHERE id = ?", document)


def read_chunks(connection: sqlite3.Connection) -> tuple[Chunk, ...]:
    """All chunks in the order of their ids, renumbered to 1..n first: retrieval indexes count that way."""
    rows = connection.execute("SELECT id FROM chunks ORDER BY id").fetchall()
    for position, (chunk_id,) in enumerate(rows, 1):
        if chunk_id != position:
            connection.execute("UPDATE chunks SET id = ? WHERE id = ?", (position, chunk_id))
    return tuple(
        Chunk(
            text=text,
            heading=heading,
            kind=kind,
            source=Source(key, section, Position(page, line), table, row, column, row_index, column_index, quote),
            ordinal=chunk_id,
        )
        for chunk_id, kind, heading, text, key, section, page, line, table, row, column, row_index, column_index, quote in connection.execute(
            'SELECT c.id, c.kind, c.heading, c.text, d.key, s.section, s.page, s.line, s."table", s."row", '
            's."column", s.row_index, s.column_index, s.quote FROM chunks c JOIN sources s ON s.id = c.source_id '
            "JOIN documents d ON d.id = c.document_id ORDER BY c.id"
        )
    )
