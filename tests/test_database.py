"""The locked-down connection: SELECT on ordinary tables with known functions, bounded in work, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index import database
from index.database import SCHEMA_VERSION, bounded, create, open_for_writing, open_read_only
from index.errors import IndexDamaged, IndexMissing, IndexOutdated
from index.evidence import Evidence
from index.storing import Writer
from tests.evidence_making import document_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "budget.sqlite"
    with closing(create(made)) as connection, connection:
        Writer(connection).add(document_of("甲", 2021), Evidence(), "")
    return made


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_read_only(path)) as opened:
        yield opened


def test_reads_what_was_written(connection: sqlite3.Connection) -> None:
    row = connection.execute("SELECT key, year FROM documents").fetchone()
    assert (row["key"], row["year"]) == ("甲", 2021)
    manifest = connection.execute("SELECT name, value FROM manifest").fetchall()
    assert [tuple(r) for r in manifest] == [("schema_version", str(SCHEMA_VERSION))]


FORBIDDEN = [
    "INSERT INTO documents (id) VALUES (2)",
    "UPDATE documents SET key = '乙'",
    "DELETE FROM documents",
    "REPLACE INTO manifest VALUES ('schema_version', '9')",
    "CREATE TABLE x (y)",
    "CREATE TEMP TABLE x (y)",
    "CREATE VIEW x AS SELECT 1",
    "CREATE TRIGGER x AFTER INSERT ON documents BEGIN SELECT 1; END",
    "ALTER TABLE documents ADD COLUMN x",
    "DROP TABLE documents",
    "DROP VIEW cited_facts",
    "REINDEX",
    "VACUUM",
    "VACUUM INTO '/tmp/copy.sqlite'",
    "ANALYZE",
    "BEGIN",
    "SAVEPOINT x",
    "ATTACH DATABASE ':memory:' AS other",
    "DETACH DATABASE main",
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA table_info(documents)",
    "PRAGMA journal_mode = WAL",
    "SELECT * FROM pragma_table_info('documents')",
    "SELECT * FROM sqlite_master",
    "SELECT sql FROM sqlite_schema",
    "SELECT * FROM sqlite_temp_master",
    "SELECT * FROM dbstat",
    "SELECT load_extension('x')",
    "SELECT writefile('/tmp/x', 'y')",
    "SELECT readfile('/etc/passwd')",
    "SELECT randomblob(10)",
    "SELECT zeroblob(10)",
    "SELECT fts3_tokenizer('x')",
    "SELECT sqlite_version()",
    "SELECT * FROM generate_series(1, 10)",
    "SELECT * FROM json_each('[1]')",
    "EXPLAIN DELETE FROM documents",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_nothing_but_a_select_on_ordinary_tables_runs(connection: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        connection.execute(statement)


def test_what_was_refused_has_changed_nothing(path: Path, connection: sqlite3.Connection) -> None:
    before = path.read_bytes()
    for statement in FORBIDDEN:
        with pytest.raises(sqlite3.DatabaseError):
            connection.execute(statement)
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("abs(-3)", 3),
        ("coalesce(NULL, 2)", 2),
        ("iif(1, 'a', 'b')", "a"),
        ("instr('公务接待', '接待')", 3),
        ("length('三公')", 2),
        ("lower('A') || upper('b')", "aB"),
        ("nullif(1, 1)", None),
        ("printf('%d.%02d', 1, 5)", "1.05"),
        ("replace('1,071', ',', '')", "1071"),
        ("round(2.5)", 3.0),
        ("substr('公务接待费', 3, 2)", "接待"),
        ("trim('  x ')", "x"),
        ("'公务接待费' LIKE '%接待%'", 1),
        ("(WITH n(x) AS (VALUES (1), (2), (3)) SELECT sum(x) FROM n)", 6),
        ("(WITH n(x) AS (VALUES (1), (3)) SELECT max(x) - min(x) + avg(x) + count(*) + total(x) FROM n)", 10.0),
        ("(WITH n(x) AS (VALUES (1), (2)) SELECT group_concat(x) FROM n)", "1,2"),
        ("(SELECT sum(n) FROM (SELECT row_number() OVER (ORDER BY key) AS n FROM documents))", 1),
    ],
)
def test_the_functions_of_ordinary_questions_run(
    connection: sqlite3.Connection, expression: str, value: object
) -> None:
    assert connection.execute(f"SELECT {expression}").fetchone()[0] == value  # noqa: S608


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
DIGITS = "WITH d(x) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))"
PRODUCT = f"{DIGITS} SELECT count(*) FROM {', '.join(f'd AS d{number}' for number in range(12))}"  # noqa: S608


@pytest.mark.parametrize("statement", [ENDLESS, PRODUCT], ids=["recursion", "product"])
def test_a_runaway_statement_ends(
    connection: sqlite3.Connection, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_TICKS", 20)
    with bounded(connection), pytest.raises(sqlite3.OperationalError, match="interrupted"):
        connection.execute(statement).fetchall()


def test_the_bound_is_on_work_and_starts_anew_each_time(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_TICKS", 3)
    for _ in range(10):
        with bounded(connection):
            assert connection.execute("SELECT count(*) FROM documents").fetchone()[0] == 1
    counted = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100000) SELECT max(x) FROM n"
    with bounded(connection), pytest.raises(sqlite3.OperationalError):
        connection.execute(counted).fetchall()
    assert connection.execute(counted).fetchone()[0] == 100_000


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT '" + "x" * 60_000 + "'",
        "SELECT " + "(" * 300 + "1" + ")" * 300 + " + 1" * 300,
        " UNION ALL ".join(["SELECT 1"] * 60),
        "SELECT " + " || ".join(["replace(printf('%1000000d', 1), ' ', 'xxxxxxxxxx')"] * 2),
    ],
    ids=["long", "deep", "compound", "wide"],
)
def test_oversized_statements_are_refused(connection: sqlite3.Connection, statement: str) -> None:
    with pytest.raises((sqlite3.DatabaseError, sqlite3.DataError)):
        connection.execute(statement).fetchall()


def test_a_missing_a_broken_and_another_file_are_told_apart(tmp_path: Path, path: Path) -> None:
    with pytest.raises(IndexMissing, match="budget ingest"):
        open_read_only(tmp_path / "nowhere.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"SQLite format 3\0" + b"\1" * 4000)
    with pytest.raises(IndexDamaged, match="指定一个新目录"):
        open_read_only(broken)
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE t (x)")
    with pytest.raises(IndexDamaged):
        open_read_only(other)
    with closing(open_for_writing(path)) as connection, connection:
        connection.execute("UPDATE manifest SET value = '0'")
    with pytest.raises(IndexOutdated, match="版本 0"):
        open_read_only(path)


def test_a_name_with_signs_of_an_address_opens(tmp_path: Path, path: Path) -> None:
    """`?`, `#`, `%` and blanks in a directory name are no part of SQLite's file address."""
    odd = tmp_path / "预算 50%#1?mode=rwc"
    odd.mkdir()
    with closing(open_read_only(path.rename(odd / "budget.sqlite"))) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone()[0] == 1
    assert [p.name for p in odd.iterdir()] == ["budget.sqlite"]


def test_a_truncated_file_is_damaged_whatever_its_length(built_database: Path, tmp_path: Path) -> None:
    whole = built_database.read_bytes()
    for share in (10, 40, 75, 99):
        cut = tmp_path / f"{share}.sqlite"
        cut.write_bytes(whole[: len(whole) * share // 100])
        with pytest.raises(IndexDamaged):
            open_read_only(cut)
