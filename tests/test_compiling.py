"""Golden pairs: a selector or set → SQL text; and every one is run, its rows compared with what the document prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlglot import exp, parse_one

from assistant import compiling
from assistant.executing import Executor
from assistant.guarding import ROW_CAP, check, guard
from assistant.query import Condition, Order, Selector
from index.evidence import Classification, Dimension, StatementKind

GOLDEN = Path(__file__).parent / "data" / "sql"
PROJECTS = Selector(classifications=(Classification.PROJECT,), measures=("本年预算",), funds=("",), years=(2021,))
HOME = Selector(table_numbers=("公开表6",), classifications=(Classification.ECONOMIC,), measures=("基本支出",))


class Pair(NamedTuple):
    """`name` is that of the file with the SQL; `rows` are the first columns of what it gives."""

    name: str
    query: Callable[[], exp.Query]
    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


PAIRS = [
    Pair(
        "name-in-a-table",
        lambda: compiling.facts(Selector(names=("公务接待费",), table_numbers=("公开表7",))),
        ("subject", "value", "printed", "row", "column"),
        [("公务接待费", 1_160_000, "1.16", "3.公务接待费", "本年预算数")],
    ),
    Pair(
        "synonyms-are-alternatives",
        lambda: compiling.facts(Selector(names=("三公经费", "“三公”经费"), years=(2021,))),
        ("value", "origin"),
        [(11_160_000, "表格"), (11_160_000, "文字")],
    ),
    Pair(
        "code-or-name",
        lambda: compiling.facts(Selector(names=("办公费",), codes=("30202",), table_numbers=("公开表6",), measures=("基本支出",))),
        ("code", "value"),
        [("30201", 20_000_000), ("30202", 8_000_000)],
    ),
    Pair(
        "figures-of-a-project-in-a-year",
        lambda: compiling.facts(Selector(names=("专项工作",), project="专项工作", years=(2020,))),
        ("measure", "value", "stage"),
        [("预算", 53_000_000, "预算"), ("调整后预算", 26_500_000, "调整预算"), ("实际支出", 26_500_000, "决算")],
    ),
    Pair(
        "only-inside-projects",
        lambda: compiling.facts(Selector(names=("印刷费",), inside=True)),
        ("project", "value"),
        [("扶贫开发工作", 6_500_000)],
    ),
    Pair(
        "only-outside-projects",
        lambda: compiling.facts(Selector(names=("基本工资",), project="", measures=("基本支出",), documents=("jianghan-2021",))),
        ("project", "value", "document"),
        [("", 134_850_000, "jianghan-2021")],
    ),
    Pair(
        "a-blank-cell-is-a-row",
        lambda: compiling.facts(Selector(names=("国防支出",), table_numbers=("公开表1",))),
        ("subject", "value", "printed"),
        [("国防支出", None, "")],
    ),
    Pair(
        "totals-and-depth",
        lambda: compiling.facts(
            Selector(classifications=(Classification.FUNCTIONAL,), level=1, leaves=False, totals=False, table_numbers=("公开表5",), measures=("合计",))
        ),
        ("code", "value"),
        [("201", 1_731_770_000), ("208", 123_070_000), ("210", 74_800_000), ("221", 124_030_000)],
    ),
    Pair(
        "a-kind-of-table",
        lambda: compiling.facts(Selector(names=("公务接待费",), table_kinds=("三公经费支出表",), dimension=Dimension.MONEY, stages=("预算",))),
        ("value",),
        [(1_160_000,)],
    ),
    Pair(
        "a-hostile-name-is-a-value",
        lambda: compiling.facts(Selector(names=("'; DROP TABLE facts; --",), project='x" OR 1=1 --')),
        ("value",),
        [],
    ),
    Pair(
        "children-from-large-to-small",
        lambda: compiling.members(Selector(parents=("303", "对个人和家庭的补助"), measures=("基本支出",)), order=Order.DESCENDING),
        ("subject", "value"),
        [("退休费", 70_120_000), ("医疗费补助", 13_640_000)],
    ),
    Pair(
        "children-from-small-to-large-with-blanks",
        lambda: compiling.members(
            Selector(classifications=(Classification.THREE_PUBLIC,), table_numbers=("公开表7",)), order=Order.ASCENDING, blanks=True
        ),
        ("subject", "value"),
        [
            ("公务接待费", 1_160_000),
            ("公务用车购置及运行维护费", 10_000_000),
            ("公务用车运行维护费", 10_000_000),
            ("三公经费", 11_160_000),
            ("因公出国（境）费用", None),
            ("公务用车购置", None),
        ],
    ),
    Pair(
        "a-set-in-printed-order-each-once",
        lambda: compiling.members(PROJECTS),
        ("subject", "value"),
        [
            ("督查工作", 4_000_000), ("扶贫开发工作", 814_000_000), ("调查研究", 13_000_000), ("专项工作", 39_000_000),
            ("总值班室工作", 24_000_000), ("聘用人员工作经费", 69_000_000), ("不可预见费", 108_000_000),
        ],
    ),
    Pair(
        "a-set-under-a-bound-without-some",
        lambda: compiling.members(
            PROJECTS.narrowed(conditions=(Condition(">", 20_000_000), Condition("<=", 108_000_000)), exclude=("不可预见费",)),
            order=Order.DESCENDING,
        ),
        ("subject", "value"),
        [("聘用人员工作经费", 69_000_000), ("专项工作", 39_000_000), ("总值班室工作", 24_000_000)],
    ),
    Pair(
        "a-level-of-indicators",
        lambda: compiling.members(
            Selector(classifications=(Classification.INDICATOR,), project="督查工作", groups=("服务对象满意度",))
        ),
        ("subject", "printed"),
        [("人大代表、政协委员对办理结果满意", "≥95%")],
    ),
    Pair(
        "a-sum-by-the-database",
        lambda: compiling.aggregate(compiling.members(PROJECTS), "sum"),
        ("result",),
        [(1_071_000_000,)],
    ),
    Pair(
        "a-count-by-the-database",
        lambda: compiling.aggregate(compiling.members(HOME.narrowed(level=2)), "count"),
        ("result",),
        [(19,)],
    ),
    Pair(
        "a-maximum-by-the-database",
        lambda: compiling.aggregate(compiling.members(HOME.narrowed(level=2)), "max"),
        ("result",),
        [(267_740_000,)],
    ),
    Pair(
        "stated-changes",
        lambda: compiling.statements(Selector(names=("公务接待费",)), (StatementKind.CHANGE, StatementKind.RATE)),
        ("kind", "value", "base_year", "clause"),
        [("增减额", -1_740_000, 2020, "比上年预算减少1.74万元")],
    ),
    Pair(
        "stated-reasons-of-a-document",
        lambda: compiling.statements(Selector(documents=("jianghan-2021",), names=("基本支出",)), (StatementKind.REASON,)),
        ("subject", "text"),
        [("基本支出", "人员晋级晋档，金额增加")],
    ),
]  # fmt: skip


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.sql").read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_query_compiles_to_its_golden_text(pair: Pair) -> None:
    assert compiling.to_sql(pair.query()) == golden(pair.name)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_golden_text_gives_what_the_document_prints(executor: Executor, pair: Pair) -> None:
    rows = executor.read(golden(pair.name))
    assert [tuple(row[column] for column in pair.columns) for row in rows] == pair.rows


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_what_is_compiled_passes_the_gate_for_everyone(pair: Pair) -> None:
    sql = compiling.to_sql(pair.query())
    assert guard(sql) == check(parse_one(sql, read="sqlite"))
    assert guard(sql).endswith(f"LIMIT {ROW_CAP}")


def test_every_golden_file_belongs_to_a_pair() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {pair.name for pair in PAIRS}


@pytest.mark.parametrize("pair", [p for p in PAIRS if p.columns != ("result",)], ids=lambda pair: pair.name)
def test_every_row_can_be_cited(executor: Executor, pair: Pair) -> None:
    for row in executor.read(golden(pair.name)):
        assert row["document"] == "jianghan-2021"
        assert row["page"]
        assert row["quote"] or row["table"]


def test_a_selector_without_axes_restricts_nothing() -> None:
    assert compiling.to_sql(compiling.facts(Selector())) == "SELECT\n  *\nFROM cited_facts\nORDER BY\n  id"


@pytest.mark.parametrize("operator", [">", ">=", "<", "<=", "=", "<>"])
def test_every_bound_compares_the_stored_value(operator: str) -> None:
    sql = compiling.facts(Selector(conditions=(Condition(operator, 500),))).sql(dialect="sqlite")
    assert sql == f"SELECT * FROM cited_facts WHERE dimension = '金额' AND value {operator} 500 ORDER BY id"  # noqa: S608 - compared, not run


def test_an_unknown_bound_is_a_fault() -> None:
    with pytest.raises(KeyError):
        compiling.facts(Selector(conditions=(Condition("OR 1=1", 0),)))


@pytest.mark.parametrize("text", ["'", "''", '"', "\\", "%", ";--", "\0", "`", "\n", "’"])
def test_a_quote_in_a_name_stays_inside_its_value(text: str) -> None:
    name = f"甲{text}乙"
    query = compiling.facts(Selector(names=(name,), exclude=(name,)))
    values = [literal.this for literal in parse_one(query.sql(dialect="sqlite"), read="sqlite").find_all(exp.Literal)]
    assert values == [name] * 3
