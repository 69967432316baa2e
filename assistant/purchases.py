"""The rows of a government purchase table, picked by what any of their columns says: what is bought, for which
project, under which account, how and by whom.

"采购里哪个专项金额最大", "装修工程由哪家单位来采购", "台式和笔记本一共多少钱", "货物里最贵的是哪样".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne

from assistant import figures as fig
from assistant.answer import ResultTable
from assistant.asking import single
from assistant.executing import Executor
from assistant.figures import Figure
from assistant.parts import Parts
from assistant.purchase_rows import BUYER, ITEM, Purchase, load, rows_of
from assistant.purchase_terms import Column, terms
from assistant.purchase_words import called_short, picked, without_items
from assistant.question import fold
from assistant.reply import Reply
from assistant.understanding import Understanding
from assistant.wording import asked_counter
from index.document import TableKind
from index.evidence import Dimension

RULE = "purchase"
_SHOWN = 40


def answer(understood: Understanding, documents: tuple[str, ...], executor: Executor) -> Reply | None:
    """What the rows of a purchase table answer; None where the question is of none of them."""
    parts = understood.parts
    said = terms()
    text = said.plain(parts.linked.text)
    if not any(word in _without_projects(text, parts) for word in said.purchase):
        return None
    services = any(word in text for word in said.services)
    rows = load(documents, executor, TableKind.SERVICE_PURCHASE if services else TableKind.PROCUREMENT)
    if not rows:
        return None
    columns = said.columns_in(text)
    category = "" if services else said.category_in(without_items(text, rows))
    units = {unit: m.text for m in parts.linked.mentions for unit in m.sense.units}
    units = units or called_short(text, tuple(row.text(BUYER) for row in rows))
    bought = tuple(row for row in rows if row.text(BUYER) in units)
    for called in units.values():
        text = text.replace(called, "，")
    chosen = picked(text, rows_of(bought or rows, category) or bought or rows, said.generic) or bought
    pool = chosen or (rows_of(rows, category) if category else rows)
    pool = tuple(row for row in pool if _within_bounds(row, parts))
    if not pool:
        return None
    if parts.has("max", "min", "top", "bottom") or parts.position is not None or parts.limit is not None:
        kinds = any(word in text for word in said.kinds)
        return None if kinds else _ranked(pool, parts, columns, category)
    if chosen:
        return _told(pool, parts, columns, rows)
    if len(said.categories_in(text)) > 1 and not services:
        return None  # 货物、工程、服务各多少: the kinds, which prose adds up
    if any(word in text for word in said.listing) and not parts.has("share", "count") and not parts.funds:
        return _listed(pool, category, "政府购买服务" if services else "政府采购")
    return None


def _without_projects(text: str, parts: Parts) -> str:
    """A question without the names of projects: 图书采购项目的到馆人次 asks for no purchase."""
    for mention in parts.linked.mentions:
        if mention.sense.project or mention.sense.project in parts.projects:
            text = text.replace(mention.text, "，")
    return text


_HOLDS: dict[str, Callable[[int, int], bool]] = {">": gt, ">=": ge, "<": lt, "<=": le, "=": eq, "<>": ne}


def _within_bounds(row: Purchase, parts: Parts) -> bool:
    """Is what is paid within the bounds that a question sets (一百万以上的)?"""
    bounds = [c for c in parts.conditions if c.dimension is Dimension.MONEY and not c.of_mean]
    amount = row.amount()
    paid = amount.value if amount is not None else None
    return all(paid is not None and _HOLDS[c.operator](paid, c.operand) for c in bounds)


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
    number = Figure("采购", Decimal(len(figures)), _counter(parts), Dimension.COUNT, 0)
    if number.unit and parts.has("count"):
        told = (number, *told)
    if len(figures) == _TWO and parts.has("difference", "more", "fewer"):
        gap = fig.absolute(fig.difference("相差", *figures))
        told = (gap, *figures)
        lines.append(f"相差 **{gap.text}**（{gap.formula}）：")
    elif total:
        lines.append(
            f"采购表中符合的有 {number.digits} {number.unit or '项'}，合计 **{total.text}**（{total.formula}）："
        )
    shown = zip(found[:_SHOWN], figures[:_SHOWN], strict=True)
    lines += [f"- {figure.label}：**{figure.text}**{_beside(row)}" for (row, _), figure in shown]
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
    if len(found) == 1 and (parts.has("mean") or single(parts.linked)) and (each := _of_one(*found[0])) is not None:
        lines.insert(0, f"{each.label}：**{each.text}**（{each.formula}）")
        told = (each, *told)
    lines += [f"“{header}”一栏是**空白**，没有填。" for header in _left_blank(rows, parts.linked.text)]
    if parts.has("share"):
        whole = fig.total("采购合计", fig.common_unit(tuple(f for row in every if (f := _figure(row, row.item)))))
        share = fig.percentage("占全部采购", total or figures[0], whole)
        lines.append(f"占全部采购的 **{share.text}**（{share.formula}）")
        told = (share, *told)
    return _reply(lines, told, figures, rows)


_TWO = 2
_COUNTED = re.compile(r"^\d+(?:\.\d+)?")


def _counter(parts: Parts) -> str:
    """The counter by which rows are counted; "" where a question counts things of another kind (几台)."""
    asked = asked_counter(parts.linked.text) or terms().counters[0]
    return asked if asked in terms().counters else ""


def _of_one(row: Purchase, figure: Figure) -> Figure | None:
    """What one of the things bought costs, where the table says how many there are."""
    number = next((_COUNTED.match(text) for header, text in row.texts if terms().is_number(header)), None)
    if number is None or not Decimal(number[0]):
        return None
    count = Figure("数量", Decimal(number[0]), "", Dimension.COUNT, 0)
    return fig.quotient(f"{row.item}单价", figure, count, figure.unit)


def _left_blank(rows: Sequence[Purchase], text: str) -> list[str]:
    """The columns that a question names and no chosen row fills in."""
    asked = [h for h in rows[0].headers if fold(h) in text and fold(h) not in terms().generic]
    asked = [header for header in asked if not (rows[0].by_project and terms().is_item(header))]
    return [header for header in asked if not any(row.text(header) for row in rows)]


def _funds(parts: Parts) -> tuple[str, ...]:
    """The funds of which a part is asked."""
    said = (m.sense.scope.fund for m in parts.linked.mentions if m.sense.scope is not None)
    named = (name for name, words in terms().funds if any(word in parts.linked.text for word in words))
    return tuple(dict.fromkeys(fund for fund in (*parts.funds, *said, *named) if fund))


def _called(row: Purchase, rows: Sequence[Purchase]) -> str:
    """An item, with its project where several rows buy the same."""
    alike = sum(other.item == row.item for other in rows) > 1
    return _with_project(row) if alike or row.by_project else row.item


def _with_project(row: Purchase) -> str:
    special = next((text for column, text in row.texts if terms().is_project(column)), "")
    return f"{row.item}（{special}）" if special and special != row.item else row.item


def _beside(row: Purchase) -> str:
    told = [f"{column}{text}" for column, text in row.texts if column != ITEM and text]
    return f"（{'，'.join(told)}）" if told else ""


def _value(row: Purchase, column: Column) -> str:
    if not column.headers:
        return row.text(BUYER)
    return next((text for name, text in row.texts if any(h in name for h in column.headers)), "")


def _ranked(rows: Sequence[Purchase], parts: Parts, columns: Sequence[Column], category: str) -> Reply | None:
    """The largest or smallest of the items, or of what a column says, added up."""
    beside, columns = columns, tuple(column for column in columns if _is_ranked(column, parts))
    beside = tuple(column for column in beside if column not in columns)
    grouping: Callable[[Purchase], str] = (lambda row: _value(row, columns[0])) if columns else (lambda row: row.item)
    single = any(word in parts.linked.text for word in terms().single)  # 单条最大的: no rows added up
    groups: dict[tuple[str, int], list[Figure]] = {}
    for number, row in enumerate(rows):
        figure = _figure(row, row.item if columns else _with_project(row))
        if figure is not None and (name := grouping(row)):
            groups.setdefault((name, number if single else 0), []).append(figure)
    totals = [
        replace(fig.total(name, fig.common_unit(tuple(own))), label=name)
        if len(own) > 1
        else replace(own[0], label=name if columns else own[0].label)
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
        ("最大" if descending else "最小")
        if limit == 1 and not start
        else f"第{start + 1}{'大' if descending else '小'}"
        if limit == 1
        else f"从{'大到小' if descending else '小到大'}"
    )
    named = "、".join(f"**{f.label}**（{f.text}）" for f in top)
    lines = [f"{what}中金额{word}的是 {named}；共比较 {len(totals)} 项。"]
    lines += [f"- 算式：{f.formula}" for f in top if f.formula]
    bought = [row for row in rows if not columns and {f.label for f in top} & {row.item, _with_project(row)}]
    for column in beside:
        if values := list(dict.fromkeys(v for row in bought if (v := _value(row, column)))):
            lines.append(f"{column.title}：**{'、'.join(values)}**")
    told = tuple(top)
    if parts.has("share") and len(top) == 1:
        whole = fig.total(f"{what}合计", tuple(totals))
        share = fig.percentage(f"占{whole.label}", top[0], whole)
        lines.append(f"占{whole.label}（{whole.text}）的 **{share.text}**（{share.formula}）")
        told = (share, *told, whole)
    return _reply(lines, told, totals, rows)


_BEHIND = 3  # characters between a rank and what is ranked (最大的那个专项)


def _is_ranked(column: Column, parts: Parts) -> bool:
    """Is it what a column says that is ranked (哪个专项最大, 最大的是哪个专项), not merely told beside the item that is
    (最大的一笔，采购方式是什么)?"""
    ranks = [m.end for m in parts.linked.mentions if m.has("max", "min", "top", "bottom") or m.position or m.limit]
    places = [place for word in column.said if (place := parts.linked.text.find(word)) >= 0]
    return not ranks or bool(places) and min(places) <= max(ranks) + _BEHIND


def _listed(rows: Sequence[Purchase], category: str, name: str) -> Reply | None:
    """Everything that is bought, with its sum."""
    names = dict.fromkeys(row.item for row in rows)
    by_name = {name: [f for row in rows if row.item == name and (f := _figure(row, name))] for name in names}
    items = [
        fig.total(name, fig.common_unit(tuple(own))) if len(own) > 1 else own[0] for name, own in by_name.items() if own
    ]
    if not items:
        return None
    items = list(fig.common_unit(tuple(items)))
    what = f"{category}类采购" if category else name
    total = fig.total(f"{what}合计", tuple(items)) if len(items) > 1 else items[0]
    kinds = "、".join(dict.fromkeys(f"{row.category}类" for row in rows if row.category))
    lines = [f"{what}共 {len(items)} 样{f'（{kinds}）' if kinds else ''}，合计 **{total.text}**："]
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
