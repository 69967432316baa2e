"""The gate before the database: one SELECT, over known tables, with known functions, and a row cap.

The compiler's own SQL and whatever a language model or a person writes pass the same gate; SQLite's own guards
(read-only file, authorizer, limits, progress handler) stand behind it.
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from assistant.errors import StatementRefused

ROW_CAP = 1_000

TABLES = frozenset(
    "documents sections paragraphs tables table_columns table_rows cells sources facts fact_sources statements projects "
    "text_fields spending_lines procurement indicators findings finding_sources chunks manifest "
    "cited_facts cited_unit_facts cited_statements 科目金额 项目金额 绩效指标 文字陈述 勾稽发现".split()
)
_FUNCTIONS = frozenset(
    "abs avg coalesce count group_concat ifnull iif instr length like lower max min nullif printf format replace round "
    "substr substring sum total trim upper row_number rank dense_rank date cast case concat".split()
)
_WRITES = (
    exp.Insert, exp.Update, exp.Delete, exp.Create, exp.Drop, exp.Alter, exp.Command, exp.Pragma, exp.Attach, exp.Detach,
    exp.Merge, exp.TruncateTable, exp.Transaction, exp.Commit, exp.Rollback, exp.Into, exp.Set, exp.Use,
)  # fmt: skip


def guard(sql: str, *, cap: int = ROW_CAP) -> str:
    """The statement to run, with a row cap. Raises StatementRefused with what is wrong and what is allowed."""
    if len(sql) > 20_000:
        raise StatementRefused("SQL 太长", remedy="请缩短到 20000 字符以内")
    try:
        statements = [s for s in sqlglot.parse(sql, read="sqlite") if s is not None]
    except (SqlglotError, RecursionError) as error:
        raise StatementRefused(f"SQL 解析失败：{_first_line(error)}", remedy="请写一条完整的 SELECT") from error
    if len(statements) != 1:
        raise StatementRefused(f"只允许一条语句，收到 {len(statements)} 条", remedy="请写一条 SELECT")
    statement = statements[0]
    if not isinstance(statement, exp.Query):
        raise StatementRefused(f"只允许 SELECT，不允许 {statement.key.upper()}", remedy="数据库是只读的，请只查询")
    return check(statement, cap=cap)


def check(statement: exp.Query, *, cap: int = ROW_CAP) -> str:
    """The same gate for an expression that is already parsed."""
    common = {cte.alias_or_name.lower() for cte in statement.find_all(exp.CTE)}
    for node in statement.walk():
        if isinstance(node, _WRITES):
            raise StatementRefused(f"不允许 {node.key.upper()}", remedy="数据库是只读的，请只查询")
        if isinstance(node, exp.Table):
            name = node.name
            if node.args.get("db") or node.args.get("catalog") or not isinstance(node.this, exp.Identifier):
                raise StatementRefused(f"不认识的表：{node.sql()}", remedy=f"可用的表：{'、'.join(sorted(TABLES))}")
            if name.lower() not in TABLES and name.lower() not in common:
                raise StatementRefused(f"未找到表“{name}”", remedy=f"可选：{'、'.join(sorted(TABLES))}")
        if isinstance(node, exp.Func):
            _check_function(node)
    return _capped(statement, cap)


def _check_function(node: exp.Func) -> None:
    if isinstance(node, exp.And | exp.Or | exp.Case | exp.Cast | exp.Exists | exp.If):
        return
    name = node.name if isinstance(node, exp.Anonymous) else node.sql_name()
    if name.lower() not in _FUNCTIONS:
        raise StatementRefused(f"不允许函数 {name}", remedy=f"可用的函数：{'、'.join(sorted(_FUNCTIONS))}")


def _capped(statement: exp.Query, cap: int) -> str:
    limit = statement.args.get("limit")
    if isinstance(limit, exp.Limit) and isinstance(limit.expression, exp.Literal) and not limit.expression.is_string:
        try:
            if 0 <= int(limit.expression.name) <= cap:
                return statement.sql(dialect="sqlite", pretty=True)
        except ValueError:
            pass
    if isinstance(statement, exp.Select | exp.SetOperation) and limit is None:
        return statement.limit(cap).sql(dialect="sqlite", pretty=True)
    capped = exp.select("*").from_(statement.copy().subquery("capped")).limit(cap)
    return capped.sql(dialect="sqlite", pretty=True)


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
