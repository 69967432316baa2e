"""SQLite: the truth of an index. Writing is one transaction; reading is locked down.

A reader's connection is opened `mode=ro`, `query_only`, with an authorizer that admits SELECT on known
tables only, resource limits, and a progress handler that ends a runaway statement.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from index.errors import IndexDamaged, IndexMissing, IndexOutdated

SCHEMA_VERSION = 8
DATABASE_NAME = "budget.sqlite"
BUILD_ANEW = "请用 --index（或 BUDGET_INDEX_DIR）指定一个新目录，再用 budget ingest 读入原来的文件；旧索引没有改动"

_READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_FUNCTIONS = frozenset(
    "abs avg coalesce count group_concat ifnull iif instr length like lower max min nullif printf replace "
    "round substr sum total trim upper row_number rank dense_rank date".split()
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


def open_for_writing(path: Path) -> sqlite3.Connection:
    """An existing database, to be added to before it is published."""
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    return connection


def address(path: Path) -> str:
    """A file for SQLite to read only, whatever signs its name has. Further parameters may follow after `&`."""
    return f"{path.absolute().as_uri()}?mode=ro"


def open_read_only(path: Path) -> sqlite3.Connection:
    """A locked-down connection.

    Raises IndexMissing, IndexDamaged or IndexOutdated when the file is absent, broken or of another version.
    """
    if not path.exists():
        raise IndexMissing(f"没有找到索引：{path}", remedy="请先运行 budget ingest，或用 Assistant.open() 建立内置索引")
    try:
        connection = sqlite3.connect(f"{address(path)}&immutable=1", uri=True, check_same_thread=False)
        row = connection.execute("SELECT value FROM manifest WHERE name = 'schema_version'").fetchone()
    except sqlite3.DatabaseError as error:
        raise IndexDamaged(f"索引文件损坏或没有建完：{path}（{error}）", remedy=BUILD_ANEW) from error
    if row is None or row[0] != str(SCHEMA_VERSION):
        found = "无版本号" if row is None else row[0]
        raise IndexOutdated(f"索引由另一个版本建立（版本 {found}，需要 {SCHEMA_VERSION}）：{path}", remedy=BUILD_ANEW)
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
