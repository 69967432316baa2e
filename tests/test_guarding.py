"""One SELECT over known tables with known functions; everything else is refused with a remedy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import StatementRefused
from assistant.guarding import ROW_CAP, TABLES, guard

REFUSED = [
    ("a write", "DROP TABLE facts", "只允许 SELECT"),
    ("an update", "UPDATE facts SET value = 0", "只允许 SELECT"),
    ("a write inside a common table", "WITH x AS (SELECT 1) DELETE FROM facts", "只允许 SELECT"),
    ("two statements", "SELECT 1; SELECT 2", "一条语句"),
    ("a statement hidden behind a comment", "SELECT 1 /* ; */; DROP TABLE facts", "一条语句"),
    ("a pragma", "PRAGMA table_info(facts)", "只允许 SELECT"),
    ("an attachment", "ATTACH DATABASE 'x' AS y", "只允许 SELECT"),
    ("the schema table", "SELECT * FROM sqlite_master", "未找到表"),
    ("a table of another database", "SELECT * FROM temp.facts", "不认识的表"),
    ("a table function", "SELECT * FROM pragma_table_info('facts')", "不认识的表"),
    ("an extension", "SELECT load_extension('x')", "不允许函数"),
    ("a memory bomb", "SELECT randomblob(1000000000)", "不允许函数"),
    ("a file reader", "SELECT readfile('/etc/passwd')", "不允许函数"),
    ("nothing", "", "一条语句"),
    ("no SQL at all", "公务接待费是多少", ""),
    ("an unknown table in a subquery", "SELECT * FROM (SELECT * FROM secrets)", "未找到表"),
]


@pytest.mark.parametrize(("title", "sql", "says"), REFUSED, ids=[title for title, _, _ in REFUSED])
def test_refuses(title: str, sql: str, says: str) -> None:
    with pytest.raises(StatementRefused) as caught:
        guard(sql)
    assert says in caught.value.message
    assert caught.value.remedy


def test_adds_a_row_cap_where_there_is_none() -> None:
    assert guard("SELECT subject FROM facts").endswith(f"LIMIT {ROW_CAP}")


def test_keeps_a_smaller_limit() -> None:
    assert guard("SELECT subject FROM facts LIMIT 3").endswith("LIMIT 3")


def test_wraps_a_larger_limit() -> None:
    assert guard("SELECT subject FROM facts LIMIT 999999").endswith(f"LIMIT {ROW_CAP}")


@pytest.mark.parametrize(
    "sql", ["SELECT count(*) FROM 科目金额", "SELECT a.subject FROM facts a JOIN sources s ON s.id = a.source_id"]
)
def test_lets_ordinary_questions_through(sql: str) -> None:
    assert guard(sql)


@given(st.text(max_size=200))
def test_never_lets_anything_but_a_select_through(text: str) -> None:
    """Whatever is typed is either refused or is one SELECT."""
    try:
        passed = guard(text)
    except StatementRefused:
        return
    assert passed.lstrip("( \n").upper().startswith(("SELECT", "WITH", "VALUES"))


@given(
    st.sampled_from(sorted(TABLES)), st.sampled_from(["INSERT INTO {} VALUES (1)", "DELETE FROM {}", "DROP TABLE {}"])
)
def test_no_write_to_any_table(table: str, statement: str) -> None:
    with pytest.raises(StatementRefused):
        guard(statement.format(f'"{table}"'))
