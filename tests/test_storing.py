"""Evidence in the database: every axis kept, every place stored once, a document forgotten without a trace."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.build import built_in_path, understand_document
from index.database import create
from index.document import Document, Identity, Position, Source, Stage
from index.evidence import (
    Chunk,
    Classification,
    Dimension,
    Evidence,
    Fact,
    Finding,
    Forms,
    Indicator,
    Origin,
    Procurement,
    Project,
    Severity,
    SpendingLine,
    Statement,
    StatementKind,
    TextField,
)
from index.reading import read_document
from index.storing import Writer, read_chunks, remove_document


def place(key: str, quote: str) -> Source:
    return Source(key, "一、总体", Position(3, 7), quote=quote)


def cell(key: str) -> Source:
    return Source(key, "一、总体", Position(4, 9), "表7 三公表", "公务接待费", "预算数", 2, 1, "1.16")


def document(key: str) -> Document:
    return Document(key, Identity(f"{key}预算", key, "", 2021), (), (), (), (), f"hash-{key}", "text", 5)


def evidence(key: str) -> Evidence:
    fact = Fact(
        "公务接待费", Classification.THREE_PUBLIC, 1_160_000, "1.16", "万元", (cell(key), place(key, "减少1.74万元")),
        code="30217", measure="合计", fund="一般公共预算", year=2021, level=1, parent="三公经费", operator="", is_leaf=True,
        origin=Origin.DERIVED, formula="2.90 − 1.74 = 1.16 万元", table_kind="三公经费支出表", table_number="表7",
    )  # fmt: skip
    inner = Fact("办公费", Classification.SPENDING_LINE, None, "", "万元", (place(key, "办公费"),), project="督查")
    stated = Statement(
        StatementKind.CHANGE, "公务接待费", Classification.THREE_PUBLIC, place(key, "减少1.74万元"), "减少1.74万元",
        -1_740_000, Dimension.MONEY, "1.74", "万元", whole="三公", year=2021, base_year=2020, stage=Stage.BUDGET,
    )  # fmt: skip
    forms = Forms(
        projects=(Project("督查", ("督查工作",), "经常性", 400, 300, place(key, "督查")),),
        fields=(TextField("督查", "负责人", "杨某", place(key, "杨某")),),
        spending=(SpendingLine("督查", "议案办理", 300, place(key, "议案"), "1、议案", "1", "办公费", "整体"),),
        procurement=(Procurement("督查", "服务类", "印刷", 100, place(key, "印刷"), "批"),),
        indicators=(
            Indicator(
                "督查", "年度", "目标1", "产出", "数量", "报告数", "≥9份", place(key, "≥9"), "≥", 90_000, "份", "说明"
            ),
        ),
        facts=(inner,),
    )
    finding = Finding(
        "合计", Severity.CONTRADICTION, "不等", "1 ≠ 2", (cell(key), place(key, "督查")), ("督查",), "督查", ("金额",)
    )
    chunk = Chunk("减少1.74万元", "一、总体", "prose", place(key, "减少1.74万元"))
    return Evidence((fact,), (stated,), forms, (finding,), (chunk, Chunk("督查", "表", "row", cell(key))))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(create(tmp_path / "budget.sqlite")) as made:
        made.row_factory = sqlite3.Row
        yield made


@pytest.fixture
def two(connection: sqlite3.Connection) -> sqlite3.Connection:
    writer = Writer(connection)
    for key in ("甲", "乙"):
        writer.add(document(key), evidence(key), f"{key}.txt")
    return connection


def rows(connection: sqlite3.Connection, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(sql)]


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608


def test_a_document_is_one_row(two: sqlite3.Connection) -> None:
    assert rows(two, "SELECT * FROM documents WHERE id = 1") == [
        (1, "甲", "甲预算", "甲", "", 2021, "预算", "", "text", 5, "hash-甲", "甲.txt")
    ]


def test_a_fact_keeps_every_axis_and_its_place(two: sqlite3.Connection) -> None:
    axes = (
        "subject, classification, code, level, parent, measure, fund, year, stage, project, dimension, value, printed, unit, "
        "operator, is_total, is_leaf, origin, formula, table_kind, table_number"
    )
    where = 'document, section, page, line, "table", "row", "column", row_index, column_index, quote'
    assert rows(two, f"SELECT {axes}, {where} FROM cited_facts WHERE id = 1") == [  # noqa: S608
        (
            "公务接待费", "三公经费", "30217", 1, "三公经费", "合计", "一般公共预算", 2021, "预算", "", "金额", 1_160_000,
            "1.16", "万元", "", 0, 1, "推算", "2.90 − 1.74 = 1.16 万元", "三公经费支出表", "表7",
            "甲", "一、总体", 4, 9, "表7 三公表", "公务接待费", "预算数", 2, 1, "1.16",
        )
    ]  # fmt: skip
    assert rows(two, "SELECT subject, value, printed FROM facts WHERE id = 2") == [("办公费", None, "")]


def test_the_further_places_of_a_derived_fact_are_kept_in_order(two: sqlite3.Connection) -> None:
    further = "SELECT f.fact_id, f.position, s.quote FROM fact_sources f JOIN sources s ON s.id = f.source_id"
    assert rows(two, further) == [(1, 1, "减少1.74万元"), (3, 1, "减少1.74万元")]


def test_a_statement_keeps_its_sign_clause_and_years(two: sqlite3.Connection) -> None:
    said = "SELECT kind, subject, whole, year, base_year, value, printed, unit, clause, quote FROM cited_statements LIMIT 1"
    assert rows(two, said) == [
        ("增减额", "公务接待费", "三公", 2021, 2020, -1_740_000, "1.74", "万元", "减少1.74万元", "减少1.74万元")
    ]


def test_the_forms_are_kept_whole(two: sqlite3.Connection) -> None:
    own = "WHERE document_id = 1"
    assert rows(two, f"SELECT name, aliases, category, total, current FROM projects {own}") == [  # noqa: S608
        ("督查", '["督查工作"]', "经常性", 400, 300)
    ]
    assert rows(two, f"SELECT owner, label, text FROM text_fields {own}") == [("督查", "负责人", "杨某")]  # noqa: S608
    line = "project, ordinal, content, text, value, economic_name, origin_form"
    assert rows(two, f"SELECT {line} FROM spending_lines {own}") == [  # noqa: S608
        ("督查", "1", "议案办理", "1、议案", 300, "办公费", "整体")
    ]
    bought = "project, category, catalogue, quantity, value"
    assert rows(two, f"SELECT {bought} FROM procurement {own}") == [("督查", "服务类", "印刷", "批", 100)]  # noqa: S608
    aims = "project, horizon, goal, level1, level2, name, operator, value, unit, printed, explanation"
    assert rows(two, f"SELECT {aims} FROM indicators {own}") == [  # noqa: S608
        ("督查", "年度", "目标1", "产出", "数量", "报告数", "≥", 90_000, "份", "≥9份", "说明")
    ]


def test_a_finding_keeps_both_places_in_order(two: sqlite3.Connection) -> None:
    found = "SELECT kind, severity, message, arithmetic, subjects, project, aspects FROM findings WHERE document_id = 1"
    assert rows(two, found) == [("合计", "矛盾", "不等", "1 ≠ 2", '["督查"]', "督查", '["金额"]')]
    places = "SELECT s.quote FROM finding_sources f JOIN sources s ON s.id = f.source_id WHERE finding_id = 1 ORDER BY position"
    assert rows(two, places) == [("1.16",), ("督查",)]


def test_every_place_is_stored_once(two: sqlite3.Connection) -> None:
    everything = 'document_id, section, page, line, "table", "row", "column", row_index, column_index, quote'
    repeated = f"SELECT {everything} FROM sources GROUP BY {everything} HAVING count(*) > 1"  # noqa: S608
    assert rows(two, repeated) == []


def test_chunks_come_back_as_they_were_written(two: sqlite3.Connection) -> None:
    first, second = evidence("甲").chunks
    chunks = read_chunks(two)
    assert [(c.text, c.heading, c.kind, c.source, c.ordinal) for c in chunks[:2]] == [
        (first.text, first.heading, first.kind, first.source, 1),
        (second.text, second.heading, second.kind, second.source, 2),
    ]
    assert [c.ordinal for c in chunks] == [1, 2, 3, 4]


def test_a_removed_document_leaves_nothing_and_the_other_is_untouched(two: sqlite3.Connection, tmp_path: Path) -> None:
    remove_document(two, "甲")
    assert [c.source.document for c in read_chunks(two)] == ["乙", "乙"]
    with closing(create(tmp_path / "alone.sqlite")) as alone:
        Writer(alone).add(document("乙"), evidence("乙"), "乙.txt")
        assert counts(two) == counts(alone)
    assert rows(two, "PRAGMA foreign_key_check") == []
    assert [c.ordinal for c in read_chunks(two)] == [1, 2]


def test_a_document_that_is_not_there_can_be_removed(two: sqlite3.Connection) -> None:
    before = counts(two)
    remove_document(two, "丙")
    assert counts(two) == before


def test_the_built_in_disclosure_is_removed_without_a_trace(connection: sqlite3.Connection) -> None:
    empty = counts(connection)
    read = read_document(built_in_path(), "江汉")
    Writer(connection).add(read, understand_document(read), "x.txt")
    assert rows(connection, "PRAGMA foreign_key_check") == []
    remove_document(connection, "江汉")
    assert counts(connection) == empty


def test_a_cell_of_a_table_knows_its_table(built_database: Path) -> None:
    """Every citation of a printed cell points at the table, row and column that hold the printed text."""
    with closing(sqlite3.connect(built_database)) as connection:
        misplaced = connection.execute(
            "SELECT f.id, f.subject, f.printed, c.text FROM facts f JOIN sources s ON s.id = f.source_id "
            'LEFT JOIN cells c ON c.table_id = s.table_id AND c."row" = s.row_index AND c."column" = s.column_index '
            "WHERE s.table_id IS NOT NULL AND f.origin = '表格' AND c.text IS NOT f.printed"
        ).fetchall()
    assert misplaced == []
