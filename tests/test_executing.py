"""Guarded SQL on the locked-down connection → typed rows with their places, and a record of what ran."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from assistant.answer import Citation, ResultTable
from assistant.errors import StatementRefused
from assistant.executing import Executor, FactRow, StatementRow
from assistant.guarding import ROW_CAP
from assistant.query import Order, Selector
from index import database
from index.document import Document, Identity, Position, Source
from index.evidence import Classification, Dimension, Evidence, Fact, StatementKind
from index.storing import Writer

CELL = Citation(
    "jianghan-2021", page=14, section="第四部分 部门预算报表及预算绩效目标表", table="公开表7 2021年一般公共预算“三公”经费支出表",
    row="3.公务接待费", column="本年预算数", quote="1.16",
)  # fmt: skip


def shown(citation: Citation) -> tuple[object, ...]:
    return (citation.document, citation.page, citation.table, citation.row, citation.column, citation.quote)


def test_a_fact_comes_with_every_axis_and_its_cell(executor: Executor) -> None:
    (row,) = executor.facts(Selector(names=("公务接待费",), table_numbers=("公开表7",)))
    assert row == FactRow(
        id=row.id, subject="公务接待费", classification=Classification.THREE_PUBLIC, code="", level=row.level, parent=row.parent,
        measure="合计", fund="一般公共预算", year=2021, stage="预算", project="", dimension=Dimension.MONEY, value=1_160_000,
        printed="1.16", unit="万元", operator="", origin="表格", formula="", is_total=False, is_leaf=True,
        table_kind="三公经费支出表", table_number="公开表7", document="jianghan-2021", citation=row.citation,
        source_id=row.source_id,
    )  # fmt: skip
    assert shown(row.citation) == shown(CELL)
    assert (row.citation.table_id, row.citation.row_index, row.citation.column_index) != (None, None, None)


def test_a_statement_comes_with_its_clause_marked_in_its_sentence(executor: Executor) -> None:
    (row,) = executor.statements(Selector(names=("公务接待费",)), StatementKind.CHANGE)
    assert isinstance(row, StatementRow)
    assert (row.kind, row.value, row.year, row.base_year) == (StatementKind.CHANGE, -1_740_000, 2021, 2020)
    assert row.citation.mark == row.clause == "比上年预算减少1.74万元"
    assert row.clause in row.citation.quote


def test_a_derived_fact_names_what_it_comes_from(executor: Executor) -> None:
    (row,) = executor.facts(Selector(names=("公务接待费",), years=(2020,)))
    assert (row.origin, row.value, row.formula) == ("推算", 2_900_000, "1.16 + 1.74 = 2.90 万元")
    places = (row.citation, *executor.sources_of(row.id))
    assert any("减少1.74万元" in place.quote for place in places)
    assert executor.sources_of(-1) == ()


def test_the_members_of_a_set_in_order(executor: Executor) -> None:
    projects = Selector(classifications=(Classification.PROJECT,), measures=("本年预算",), years=(2021,))
    names = [row.subject for row in executor.members(projects, order=Order.DESCENDING)]
    assert names == [
        "扶贫开发工作",
        "不可预见费",
        "聘用人员工作经费",
        "专项工作",
        "总值班室工作",
        "调查研究",
        "督查工作",
    ]
    assert [executor.aggregate(projects, f) for f in ("sum", "count", "min")] == [1_071_000_000, 7, 4_000_000]
    assert executor.aggregate(Selector(names=("没有",)), "sum") is None


def test_what_ran_is_told_once_and_only_once(executor: Executor) -> None:
    executor.take_sql()
    selector = Selector(names=("公务接待费",))
    executor.facts(selector)
    executor.facts(selector)
    executor.statements(selector, StatementKind.CHANGE)
    executor.read("SELECT 1")
    ran = executor.take_sql()
    assert [sql.split("\n")[2] for sql in ran] == ["FROM cited_facts", "FROM cited_statements"]
    assert executor.take_sql() == ()


def test_what_is_told_as_run_can_be_run_again(executor: Executor) -> None:
    executor.take_sql()
    rows = executor.facts(Selector(names=("公务接待费",)))
    (sql,) = executor.take_sql()
    again = executor.select(sql)
    assert len(again.rows) == len(rows)
    assert [row[again.columns.index("id")] for row in again.rows] == [str(row.id) for row in rows]


def test_a_persons_select_goes_through_the_gate(executor: Executor) -> None:
    sql = "SELECT 科目名称, 万元 FROM 科目金额 WHERE 表号 = '公开表7' AND 科目名称 = '公务接待费'"
    assert executor.select(sql) == ResultTable(("科目名称", "万元"), (("公务接待费", "1.160000"),))
    assert executor.select("SELECT NULL AS x, 1 AS y") == ResultTable(("x", "y"), (("", "1"),))
    assert len(executor.select("SELECT * FROM facts", cap=7).rows) == 7
    assert len(executor.select("SELECT a.id FROM facts a, documents").rows) <= ROW_CAP


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("DELETE FROM facts", "只允许 SELECT"),
        ("SELECT 没有 FROM facts", "没有执行成功"),
        ("SELECT * FROM sqlite_master", "未找到表"),
        ("SELECT count(*) FROM facts a, facts b, facts c, facts d", "没有执行成功"),
    ],
)
def test_a_statement_that_cannot_run_says_why(
    executor: Executor, sql: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_TICKS", 50)
    with pytest.raises(StatementRefused, match=says) as caught:
        executor.select(sql)
    assert caught.value.remedy


def test_the_columns_of_a_view(executor: Executor) -> None:
    assert executor.columns("勾稽发现") == ("文档", "类型", "程度", "说明", "算式", "编号")


def test_the_explanation_printed_beside_an_indicator(executor: Executor) -> None:
    rows = executor.facts(Selector(names=("课题成果运用率",), project="调查研究"))
    assert [executor.explanation(row.source_id) for row in rows] == ["课题成果运用数/课题完成数"]
    assert executor.explanation(-1) == ""


def test_many_threads_get_what_one_gets(executor: Executor) -> None:
    names = ["公务接待费", "培训费", "差旅费", "奖金", "退休费"] * 8
    alone = [executor.facts(Selector(names=(name,))) for name in names]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda name: executor.facts(Selector(names=(name,))), names)) == alone


def test_money_is_read_exactly_and_places_with_a_box_are_kept(tmp_path: Path) -> None:
    amount = 9_007_199_254_740_993  # no float holds it
    place = Source("甲", position=Position(2, None, (1.5, 2.0, 3.0, 4.0)))
    fact = Fact("甲费", Classification.OTHER, amount, "", "元", (place,))
    path = tmp_path / database.DATABASE_NAME
    with closing(database.create(path)) as connection, connection:
        document = Document("甲", Identity(), (), (), (), (), "h", "pdf")
        Writer(connection).add(document, Evidence((fact,)), "甲.pdf")
    with closing(database.open_read_only(path)) as opened:
        (row,) = Executor(opened).facts(Selector(names=("甲费",)))
    assert (row.value, row.citation.bbox, row.citation.page) == (amount, (1.5, 2.0, 3.0, 4.0), 2)
