"""`Selector` and set operations → sqlglot expression → SQL. Literals only ever enter as quoted values.

Every query returns the id of each fact and the whole place it was read, so that whatever is shown can be cited.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from assistant.query import Order, Selector
from index.document import TableKind


def _one_of(name: str, values: Iterable[object]) -> exp.Condition:
    literals = [exp.convert(v) for v in values]
    column = exp.column(name)
    return exp.EQ(this=column, expression=literals[0]) if len(literals) == 1 else column.isin(*literals)


def _equals(name: str, value: object) -> exp.Condition:
    return exp.EQ(this=exp.column(name), expression=exp.convert(value))


def facts(selector: Selector) -> exp.Select:
    """All facts of a selector, in document order."""
    return _restricted(_cited(selector), selector).order_by(exp.column("id"))


def _cited(selector: Selector) -> exp.Select:
    """Figures of the whole bodies; of the units under them where these are meant."""
    return exp.select("*").from_("cited_unit_facts" if selector.bodies else "cited_facts")


def _restricted(query: exp.Select, selector: Selector) -> exp.Select:
    conditions: list[exp.Condition | exp.Binary] = []
    if selector.documents:
        conditions.append(_one_of("document", selector.documents))
    if selector.bodies:
        conditions.append(_one_of("body", selector.bodies))
    if selector.codes and selector.names:
        conditions.append(exp.or_(_one_of("code", selector.codes), _one_of("subject", selector.names)))
    elif selector.codes:
        conditions.append(_one_of("code", selector.codes))
    elif selector.names:
        conditions.append(_one_of("subject", selector.names))
    for name, values in (
        ("classification", selector.classifications),
        ("measure", selector.measures),
        ("fund", selector.funds),
        ("parent", selector.parents),
        ("year", selector.years),
        ("stage", selector.stages),
        ("table_kind", selector.table_kinds),
        ("table_number", selector.table_numbers),
    ):
        if values and name == "fund":
            conditions.append(_paid_from(selector.funds))
        elif values and name == "table_number":
            conditions.append(_printed_in(selector.table_numbers))
        elif values:
            conditions.append(_one_of(name, [str(v) if name != "year" else v for v in values]))
    if selector.project is not None:
        conditions.append(_equals("project", selector.project))
    if selector.level is not None:
        conditions.append(_equals("level", selector.level))
    if selector.dimension is not None:
        conditions.append(_equals("dimension", str(selector.dimension)))
    if selector.totals is not None:
        conditions.append(_equals("is_total", int(selector.totals)))
    if selector.leaves is not None:
        conditions.append(_equals("is_leaf", int(selector.leaves)))
    if selector.groups:
        within = exp.or_(_one_of("level1", selector.groups), _one_of("level2", selector.groups))
        chosen = exp.select("source_id").from_("indicators").where(within)
        conditions.append(exp.In(this=exp.column("source_id"), query=chosen.subquery()))
    if selector.inside:
        conditions.append(exp.NEQ(this=exp.column("project"), expression=exp.convert("")))
    if selector.tabled:
        conditions.append(exp.NEQ(this=exp.column("table_kind"), expression=exp.convert("")))
    if selector.exclude:
        conditions.append(_one_of("subject", selector.exclude).not_())
        conditions.append(_one_of("project", selector.exclude).not_())
    if selector.holding:
        pattern = exp.convert(f"%{selector.holding}%")
        conditions.append(
            exp.or_(
                exp.Like(this=exp.column("subject"), expression=pattern),
                exp.Like(this=exp.column("project"), expression=pattern.copy()),
            )
        )
    for condition in selector.conditions:
        comparison = _COMPARISONS[condition.operator]
        bound = comparison(this=exp.column("value"), expression=exp.convert(condition.operand))
        conditions.append(_equals("dimension", str(condition.dimension)))
        empty = _equals("printed", "") if condition.operator == "=" and not condition.operand else None
        conditions.append(bound if empty is None else exp.or_(bound, empty))  # a blank cell is told as blank
    return query.where(*conditions) if conditions else query


def _printed_in(tables: Iterable[str]) -> exp.Condition | exp.Binary:
    """In one of these tables, each by its number, or by its kind where it is printed without a number."""
    numbers, kinds = ([t for t in tables if (t in _KINDS) is kind] for kind in (False, True))
    numbered = [_one_of("table_number", numbers)] if numbers else []
    unnumbered = [exp.and_(_equals("table_number", ""), _one_of("table_kind", kinds))] if kinds else []
    return exp.or_(*numbered, *unnumbered)


def _paid_from(funds: Iterable[str]) -> exp.Condition | exp.Binary:
    """One of these funds, or a part of one that is printed apart (上年结转结余（一般公共预算）)."""
    parts = [
        exp.Like(this=exp.column("fund"), expression=exp.convert(f"{fund}（%")) for fund in funds if fund in _PARTED
    ]
    return exp.or_(_one_of("fund", funds), *parts) if parts else _one_of("fund", funds)


_KINDS = frozenset(map(str, TableKind))
_PARTED = frozenset({"上年结转结余"})
_COMPARISONS: dict[str, type[exp.Binary]] = {
    ">": exp.GT, ">=": exp.GTE, "<": exp.LT, "<=": exp.LTE, "=": exp.EQ, "<>": exp.NEQ,
}  # fmt: skip


def members(selector: Selector, *, order: Order | None = None, blanks: bool = False) -> exp.Select:
    """One row a subject of a set (its first printing), ordered by value when asked; blank cells only on request."""
    inner = _restricted(_cited(selector), selector)
    if not blanks:
        inner = inner.where(exp.NEQ(this=exp.column("printed"), expression=exp.convert("")))
    by = ["document_id", "body", "project", "code", "subject", *(["measure"] if selector.parents else [])]
    window = exp.Window(
        this=exp.RowNumber(),
        partition_by=[exp.column(c) for c in by],
        order=exp.Order(expressions=[exp.Ordered(this=exp.column("id"))]),
    )
    inner = inner.select(exp.alias_(window, "printing"))
    outer = exp.select("*").from_(inner.subquery("m")).where(_equals("printing", 1))
    if order is None:
        outer = outer.order_by(exp.column("id"))
    else:
        outer = outer.order_by(
            exp.Ordered(this=exp.column("value"), desc=order is Order.DESCENDING, nulls_first=False), exp.column("id")
        )
    return outer


def aggregate(query: exp.Select, function: str) -> exp.Select:
    """The companion of a set query: its SUM, COUNT, MAX or MIN computed by the database."""
    functions = {"sum": exp.Sum, "count": exp.Count, "max": exp.Max, "min": exp.Min}
    call = functions[function](this=exp.column("value"))
    return exp.select(exp.alias_(call, "result")).from_(query.subquery("p"))


def statements(selector: Selector, kinds: Iterable[str]) -> exp.Select:
    """Statements of prose about the selector's names."""
    query = exp.select("*").from_("cited_statements").where(_one_of("kind", [str(k) for k in kinds]))
    if selector.documents:
        query = query.where(_one_of("document", selector.documents))
    if selector.codes and not selector.names:
        query = query.where(_one_of("code", selector.codes))
    elif selector.names:
        query = query.where(_one_of("subject", selector.names))
    if selector.project:
        query = query.where(_equals("project", selector.project))
    return query.order_by(exp.column("id"))


def to_sql(query: exp.Expression) -> str:
    return query.sql(dialect="sqlite", pretty=True)
