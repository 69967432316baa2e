"""Final accounts against the budget of the same year: what the document states, else what follows from two figures."""

from __future__ import annotations

from assistant import figures as fig
from assistant.answer import Status
from assistant.figures import Figure, of_statement
from assistant.query import Selector, SemanticQuery
from assistant.reply import Reply, join
from assistant.resolving import Resolver
from index.evidence import Dimension, StatementKind

_BUDGET, _ADJUSTED, _SPENT = "预算", "调整后预算", "实际支出"


def completion(query: SemanticQuery, resolver: Resolver) -> Reply:
    """The rate at which the budget of each subject was carried out."""
    replies = [_completion_of(s, resolver) for s in query.subjects]
    return replies[0] if len(replies) == 1 else join(tuple(replies), "completion")


def both(selector: Selector, resolver: Resolver) -> tuple[Figure | None, Figure | None]:
    """What was budgeted and what was spent, in one 口径 where there is one."""
    plain = selector.narrowed(years=())
    budget, spent = resolver.aligned(plain.narrowed(measures=(_BUDGET,)), plain.narrowed(measures=(_SPENT,)))
    if budget is None or spent is None or budget.row is None or spent.row is None:
        return budget, spent
    if (budget.row.classification, budget.row.fund) != (spent.row.classification, spent.row.fund):
        alike = plain.narrowed(classifications=(budget.row.classification,), measures=(_SPENT,))
        like = resolver.figure(alike.narrowed(funds=(budget.row.fund,) if budget.row.fund else ()))
        spent = like or spent
    return budget, spent


def _completion_of(selector: Selector, resolver: Resolver) -> Reply:
    stated = resolver.stated(selector, StatementKind.COMPLETION)
    told = [of_statement(s, f"{s.subject}完成预算") for s in stated if s.value is not None]
    distinct = list({figure.amount: figure for figure in told}.values())
    budget, spent = both(selector, resolver)
    lines = [
        f"{s.subject}完成预算的 **{figure.text}**（文件原文：“{s.clause}”）。"
        for figure, s in zip(told, stated, strict=False)
        if figure in distinct
    ]
    figures = list(distinct)
    adjusted = resolver.at_stage(selector.narrowed(years=()), _ADJUSTED) if selector.project else None
    if adjusted is not None and spent is not None and adjusted.amount:
        rate = fig.percentage(f"{spent.label}完成全年（调整后）预算", spent, adjusted)
        lines.append(f"全年（调整后）预算 {adjusted.text}，执行率 **{rate.text}**（{rate.formula}）。")
        figures += [rate, adjusted]
    worked = budget is not None and spent is not None and budget.amount and budget.dimension is Dimension.MONEY
    if worked and budget is not None and spent is not None:
        rate = fig.percentage(f"{spent.label}完成预算", spent, budget)
        lines.append(f"- 决算 {spent.text}，{'年初' if adjusted else ''}预算 {budget.text}：{rate.formula}")
        if not figures:
            lines = [f"{spent.label}完成预算的 **{rate.text}**。", *lines]
        figures += [*([] if distinct else [rate]), spent, budget]
    if not figures:
        label = selector.label or "、".join(selector.names[:1])
        line = f"文件没有披露“{label}”的预算数，也没有写明它完成预算的比例。"
        return Reply((line,), status=Status.ABSTAINED, reason="未披露", subject=label, names=selector.names)
    cites = [*(s.citation for s in stated), *(c for f in figures for c in f.citations)]
    subject = stated[0].subject if stated else figures[0].label
    return Reply(
        tuple(lines), tuple(figures), tuple(dict.fromkeys(cites)), subject=subject,
        names=(*selector.names, *(s.subject for s in stated)), aspects=frozenset({"完成率", "金额"}), rule="completion",
    )  # fmt: skip
