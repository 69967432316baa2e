"""The rows of a government purchase table, picked by what any of their columns says: what is bought, for which
project, under which account, how and by whom.

"采购里哪个专项金额最大", "装修工程由哪家单位来采购", "台式和笔记本一共多少钱", "货物里最贵的是哪样".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant import figures as fig
from assistant.answer import ResultTable
from assistant.executing import Executor, FactRow
from assistant.figures import Figure
from assistant.parts import Parts
from assistant.purchase_terms import Column, terms
from assistant.purchase_words import picked
from assistant.query import Selector
from assistant.reply import Reply
from assistant.understanding import Understanding
from index.document import TableKind
from index.evidence import Classification
from index.prose.terms import terms as prose_terms

RULE = "purchase"
_SHOWN = 40
_BUYER = "采购单位"
_ITEM = "采购内容"


@dataclass(frozen=True, slots=True)
class Purchase:
    """One row: `texts` by column, the buyer and the item among them; `amounts` by fund, "" the whole."""

    category: str
    texts: tuple[tuple[str, str], ...]
    amounts: tuple[FactRow, ...]

    def text(self, column: str) -> str:
        return dict(self.texts).get(column, "")

    @property
    def item(self) -> str:
        return self.text(_ITEM)

    def amount(self, fund: str = "") -> FactRow | None:
        filled = [row for row in self.amounts if row.value is not None]
        if fund:
            return next((row for row in filled if row.fund == fund), None)
        return max(filled, key=lambda row: row.value or 0, default=None)


def answer(understood: Understanding, documents: tuple[str, ...], executor: Executor) -> Reply | None:
    """What the rows of a purchase table answer; None where the question is of none of them."""
    parts = understood.parts
    said = terms()
    text = said.plain(parts.linked.text)
    if not any(word in text for word in said.purchase):
        return None
    rows = load(documents, executor)
    if not rows:
        return None
    columns = said.columns_in(text)
    category = said.category_in(text)
    units = {unit: m.text for m in parts.linked.mentions for unit in m.sense.units}
    bought = tuple(row for row in rows if row.text(_BUYER) in units)
    for called in units.values():
        text = text.replace(called, "，")
    chosen = picked(text, rows_of(bought or rows, category) or bought or rows, said.generic) or bought
    pool = chosen or (rows_of(rows, category) if category else rows)
    if not pool:
        return None
    if parts.has("max", "min", "top", "bottom") or parts.position is not None or parts.limit is not None:
        kinds = any(word in text for word in said.kinds)
        return None if kinds else _ranked(pool, parts, columns, category)
    if chosen:
        return _told(chosen, parts, columns, rows)
    if any(word in text for word in said.listing) and not parts.has("share", "count") and not parts.funds:
        return _listed(pool, category)
    return None


# ---------------------------------------------------------------- reading


def load(documents: tuple[str, ...], executor: Executor) -> tuple[Purchase, ...]:
    """Every purchase of the tables of some documents, in order."""
    kind = str(TableKind.PROCUREMENT)
    selector = Selector(classifications=(Classification.PROCUREMENT,), table_kinds=(kind,), documents=documents)
    kinds = {e.name for e in prose_terms().entries if e.classification is Classification.PROCUREMENT}
    amounts: dict[tuple[int, int], list[FactRow]] = {}
    for row in executor.facts(selector):
        place = (row.citation.table_id or 0, row.citation.row_index or 0)
        if row.is_leaf and not row.is_total and row.subject not in kinds:
            amounts.setdefault(place, []).append(row)
    tables = sorted({table for table, _ in amounts})
    deep = {table for (table, _), own in amounts.items() if own[0].level > 1}
    amounts = {place: own for place, own in amounts.items() if own[0].level > 1 or place[0] not in deep}
    labels = {table: _labels(table, executor) for table in tables}
    texts = {table: _texts(table, executor) for table in tables}
    accounts = {table: _account_column(table, executor) for table in tables}
    return tuple(
        _purchase(facts, labels[table], texts[table].get(row, {}), row, accounts[table])
        for (table, row), facts in amounts.items()
    )


def _account_column(table: int, executor: Executor) -> str:
    headers = executor.read("SELECT header FROM table_columns WHERE table_id = ? AND role = 'label'", (table,))
    return next((row["header"] for row in headers if terms().is_account(row["header"])), "")


def _labels(table: int, executor: Executor) -> dict[int, tuple[str, int | None]]:
    found = executor.read("SELECT position, label, parent FROM table_rows WHERE table_id = ?", (table,))
    return {row["position"]: (row["label"], row["parent"]) for row in found}


def _texts(table: int, executor: Executor) -> dict[int, dict[str, str]]:
    found = executor.read(
        "SELECT c.row, k.header, c.text FROM cells c JOIN table_columns k ON k.table_id = c.table_id AND k.position = "
        "c.\"column\" WHERE c.table_id = ? AND k.role = 'text' AND c.text <> '' ORDER BY c.row, k.position",
        (table,),
    )
    texts: dict[int, dict[str, str]] = {}
    for row in found:
        texts.setdefault(row["row"], {})[row["header"]] = row["text"]
    return texts


def _purchase(
    facts: list[FactRow], labels: dict[int, tuple[str, int | None]], texts: dict[str, str], row: int, account: str
) -> Purchase:
    """`account`: the header of the column of accounts where these stand above their items, else ""."""
    above: list[str] = []
    place = labels.get(row, ("", None))[1]
    while place is not None and place in labels:
        label, place = labels[place]
        above.append(label)
    kinds = terms().categories
    category = next((name for label in above for name, _ in kinds if name in label), "")
    filled = [fact.citation.column or "" for fact in facts if fact.value]
    category = category or next((name for name, _ in kinds if any(c.endswith(name) for c in filled)), "")
    category = category or next((name for name, _ in kinds if {name, f"{name}类"} & set(texts.values())), "")
    between = [label for label in above if not any(name in label for name, _ in kinds)][:-1]
    columns = {_ITEM: facts[0].subject, **texts}
    if between and account:
        columns[account] = between[0]
    elif facts[0].body or between:
        columns[_BUYER] = facts[0].body or between[0]
    return Purchase(category, tuple(columns.items()), tuple(facts))


def rows_of(rows: Sequence[Purchase], category: str) -> tuple[Purchase, ...]:
    """The purchases of one kind; all of them where none is named."""
    return tuple(row for row in rows if not category or row.category == category)


# ---------------------------------------------------------------- telling


def _figure(row: Purchase, label: str, fund: str = "") -> Figure | None:
    amount = row.amount(fund)
    return fig.of_row(amount, label) if amount is not None else None


def _told(rows: Sequence[Purchase], parts: Parts, columns: Sequence[Column], every: Sequence[Purchase]) -> Reply | None:
    """What is paid for some purchases, with what else is asked of them."""
    found = [(row, figure) for row in rows if (figure := _figure(row, _called(row, rows))) is not None]
    if not found:
        return None
    figures = fig.common_unit(tuple(figure for _, figure in found))
    lines: list[str] = []
    total = fig.total("合计", figures) if len(figures) > 1 else None
    told = (total, *figures) if total else figures
    if total:
        lines.append(f"采购表中符合的有 {len(figures)} 项，合计 **{total.text}**（{total.formula}）：")
    each = zip(found[:_SHOWN], figures[:_SHOWN], strict=True)
    lines += [f"- {figure.label}：**{figure.text}**{_beside(row)}" for (row, _), figure in each]
    for fund in _funds(parts):
        part = [f for row in rows if (f := _figure(row, f"其中{fund}", fund)) is not None]
        if part:
            share = fig.total(f"其中{fund}", fig.common_unit(tuple(part))) if len(part) > 1 else part[0]
            lines.append(f"其中{fund}：**{share.text}**")
            told = (*told, share)
    for column in columns:
        values = list(dict.fromkeys(v for row in rows if (v := _value(row, column))))
        if values:
            lines.append(f"{column.title}：**{'、'.join(values)}**")
    if parts.has("share"):
        whole = fig.total("采购合计", fig.common_unit(tuple(f for row in every if (f := _figure(row, row.item)))))
        share = fig.percentage("占全部采购", total or figures[0], whole)
        lines.append(f"占全部采购的 **{share.text}**（{share.formula}）")
        told = (share, *told)
    return _reply(lines, told, figures, rows)


def _funds(parts: Parts) -> tuple[str, ...]:
    """The funds of which a part is asked."""
    said = (m.sense.scope.fund for m in parts.linked.mentions if m.sense.scope is not None)
    named = (name for name, words in terms().funds if any(word in parts.linked.text for word in words))
    return tuple(dict.fromkeys(fund for fund in (*parts.funds, *said, *named) if fund))


def _called(row: Purchase, rows: Sequence[Purchase]) -> str:
    """An item, with its project where several rows buy the same."""
    alike = sum(other.item == row.item for other in rows) > 1
    special = next((text for column, text in row.texts if terms().is_project(column)), "")
    return f"{row.item}（{special}）" if alike and special else row.item


def _beside(row: Purchase) -> str:
    told = [f"{column}{text}" for column, text in row.texts if column != _ITEM and text]
    return f"（{'，'.join(told)}）" if told else ""


def _value(row: Purchase, column: Column) -> str:
    if not column.headers:
        return row.text(_BUYER)
    return next((text for name, text in row.texts if any(h in name for h in column.headers)), "")


def _ranked(rows: Sequence[Purchase], parts: Parts, columns: Sequence[Column], category: str) -> Reply | None:
    """The largest or smallest of the items, or of what a column says, added up."""
    grouping: Callable[[Purchase], str] = (lambda row: _value(row, columns[0])) if columns else (lambda row: row.item)
    single = any(word in parts.linked.text for word in terms().single)  # 单条最大的: no rows added up
    groups: dict[tuple[str, int], list[Figure]] = {}
    for number, row in enumerate(rows):
        figure = _figure(row, row.item)
        if figure is not None and (name := grouping(row)):
            groups.setdefault((name, number if single else 0), []).append(figure)
    totals = [
        replace(fig.total(name, fig.common_unit(tuple(own))), label=name)
        if len(own) > 1
        else replace(own[0], label=name)
        for (name, _), own in groups.items()
    ]
    if not totals:
        return None
    descending = not parts.has("min", "bottom")
    totals = sorted(fig.common_unit(tuple(totals)), key=lambda f: f.amount, reverse=descending)
    limit = parts.limit or 1
    start = max((parts.position or 1) - 1, 0)
    top = totals[start : start + limit]
    if not top:
        return None
    if limit == 1 and start == 0:
        top = [f for f in totals if f.amount == top[0].amount]
    what = f"{category}类采购" if category else "政府采购"
    word = (
        ("最大" if descending else "最小") if limit == 1 and not start else f"从{'大到小' if descending else '小到大'}"
    )
    told = "、".join(f"**{f.label}**（{f.text}）" for f in top)
    lines = [f"{what}中金额{word}的是 {told}；共比较 {len(totals)} 项。"]
    lines += [f"- 算式：{f.formula}" for f in top if f.formula]
    return _reply(lines, tuple(top), totals, rows)


def _listed(rows: Sequence[Purchase], category: str) -> Reply | None:
    """Everything that is bought, with its sum."""
    names = dict.fromkeys(row.item for row in rows)
    by_name = {name: [f for row in rows if row.item == name and (f := _figure(row, name))] for name in names}
    items = [
        fig.total(name, fig.common_unit(tuple(own))) if len(own) > 1 else own[0] for name, own in by_name.items() if own
    ]
    if not items:
        return None
    items = list(fig.common_unit(tuple(items)))
    what = f"{category}类采购" if category else "政府采购"
    total = fig.total(f"{what}合计", tuple(items)) if len(items) > 1 else items[0]
    kinds = "、".join(dict.fromkeys(f"{row.category}类" for row in rows if row.category))
    lines = [f"{what}共 {len(items)} 样（{kinds}），合计 **{total.text}**："]
    lines += [f"- {f.label}：{f.text}{f'（{f.formula}）' if f.formula else ''}" for f in items[:_SHOWN]]
    return _reply(lines, (total, *items), items, rows)


def _reply(lines: list[str], figures: Sequence[Figure], items: Sequence[Figure], rows: Sequence[Purchase]) -> Reply:
    citations = tuple(dict.fromkeys(c for f in figures for c in f.citations))
    table = ResultTable(
        ("名称", "数值", "单位", "出处"),
        tuple((f.label, f.digits, f.unit, f.citations[0].label() if f.citations else "") for f in items),
    )
    names = tuple(dict.fromkeys(row.item for row in rows))
    return Reply(
        tuple(lines), tuple(figures), citations, table=table, subject=names[0] if len(names) == 1 else "政府采购",
        names=names, aspects=frozenset({"金额"}), items=tuple(items), rule=RULE,
    )  # fmt: skip
