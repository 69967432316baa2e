"""Which accounts of final accounts went over their budget or stayed below it: each one's two figures side by side.

"哪些科目没花完预算", "超预算最多的是哪个", "有几项决算数和年初预算一分不差".
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from assistant import figures as fig
from assistant.answer import Citation, Status
from assistant.completions import both
from assistant.executing import FactRow
from assistant.figures import Figure
from assistant.query import COMPLETION, SAME, Operation, Order, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import Resolver
from index.document import Stage
from index.evidence import Classification, Dimension

_PLANNED = (str(Stage.BUDGET), str(Stage.ADJUSTED))
_SHOWN = 40


class Pair(NamedTuple):
    """What was budgeted for an account, what was spent on it, and the difference (signed)."""

    budget: Figure
    spent: Figure
    moved: Figure

    @property
    def text(self) -> str:
        word = fig.direction(self.moved)
        word += f" **{fig.absolute(self.moved).text}**" if self.moved.amount else ""
        return f"{self.spent.label}：预算 {self.budget.text}，决算 {self.spent.text}，{word}"


def answer(query: SemanticQuery, members: Selector, resolver: Resolver) -> Reply:
    """The members whose outcome differs from the budget in the asked direction, the furthest first."""
    pairs = _pairs(members, resolver)
    if not pairs:
        line = f"文件没有披露{members.label}各项的年初预算数，不能与预算比较。"
        return Reply((line,), status=Status.ABSTAINED, reason="未披露", subject=members.label, rule="nothing")
    if query.detail == COMPLETION:
        return _completed(query, pairs, members)
    sign = query.sign
    chosen = [p for p in pairs if (p.moved.amount * sign > 0 if sign else p.moved.amount)]
    if query.direction == SAME:
        chosen = [p for p in pairs if not p.moved.amount]
    chosen.sort(key=lambda p: abs(p.moved.amount), reverse=query.order is not Order.ASCENDING)
    what = {"减少": "没有用完预算", "增加": "超过预算", SAME: "与预算一致"}.get(query.direction, "与预算不同")
    number = Figure("项数", Decimal(len(chosen)), "项", Dimension.COUNT, 0, _cites(chosen))
    if not chosen:
        line = f"文件给出预算数的 {len(pairs)} 项里，没有{what}的。"
        return Reply((line,), (number,), _cites(pairs), subject=members.label, rule="changes")
    lines = [f"文件给出预算数的 {len(pairs)} 项里，{what}的有 **{len(chosen)}** 项："]
    lines += [f"- {pair.text}" for pair in chosen[:_SHOWN]]
    shown = chosen
    if query.operation is Operation.RANK:
        start = max(query.position - 1, 0)
        shown = chosen[start : start + max(query.limit, 1)]
        lines.insert(0, "、".join(f"**{p.spent.label}**（{fig.absolute(p.moved).text}）" for p in shown) + "。")
    figures = [f for p in shown for f in (fig.absolute(p.moved), p.spent, p.budget)]
    return Reply(
        tuple(lines), (number, *figures) if query.operation is Operation.COUNT else (*figures, number), _cites(chosen),
        subject=members.label, names=tuple(n for p in shown for n in p.spent.names),
        aspects=frozenset({"金额", "增减"}), items=tuple(p.spent for p in shown), rule="changes",
    )  # fmt: skip


def _completed(query: SemanticQuery, pairs: list[Pair], members: Selector) -> Reply:
    """The members by how much of their budget was carried out."""
    rated = [(fig.percentage(f"{p.spent.label}完成预算", p.spent, p.budget), p) for p in pairs if p.budget.amount]
    rated.sort(key=lambda one: one[0].amount, reverse=query.order is not Order.ASCENDING)
    start = max(query.position - 1, 0)
    shown = rated[start : start + max(query.limit, 1)] if query.operation is Operation.RANK else rated
    lines = [
        f"- {p.spent.label}：决算 {p.spent.text}，预算 {p.budget.text}，完成 **{r.text}**" for r, p in rated[:_SHOWN]
    ]
    head = "、".join(f"**{p.spent.label}**（{r.text}）" for r, p in shown)
    if query.operation is Operation.RANK:
        lines.insert(0, f"完成预算比例最{'低' if query.order is Order.ASCENDING else '高'}的是 {head}。")
    return Reply(
        tuple(lines), tuple(f for r, p in shown for f in (r, p.spent, p.budget)), _cites([p for _, p in rated]),
        subject=members.label, names=tuple(n for _, p in shown for n in p.spent.names),
        aspects=frozenset({"完成率", "金额"}), items=tuple(p.spent for _, p in shown), rule="changes",
    )  # fmt: skip


def _cites(pairs: list[Pair]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(c for p in pairs for f in (p.spent, p.budget) for c in f.citations))


def _pairs(members: Selector, resolver: Resolver) -> list[Pair]:
    kinds = members.classifications or (Classification.FUNCTIONAL,)
    planned = Selector(
        classifications=kinds, stages=_PLANNED, documents=members.documents, project="",
        years=(resolver.year,) if resolver.year else (),
    )  # fmt: skip
    rows = [r for r in resolver.executor.facts(planned) if r.value is not None and not r.is_total]
    found: list[Pair] = []
    for row in _of_level(rows, members.level):
        own = Selector(names=(row.subject,), classifications=(row.classification,), documents=members.documents)
        budget, spent = both(own, resolver)
        if budget is not None and spent is not None and budget.dimension is spent.dimension:
            found.append(Pair(budget, spent, fig.difference(f"{spent.label}比预算", spent, budget)))
    return found


def _of_level(rows: list[FactRow], level: int | None) -> list[FactRow]:
    """One row a name, of the level that is asked; else the innermost that has any."""
    first = {row.subject: row for row in reversed(rows)}
    depth = level if any(r.level == level for r in rows) else max((r.level for r in rows), default=0)
    return sorted((r for r in first.values() if r.level == depth), key=lambda r: r.id)
