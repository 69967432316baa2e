"""The rows of a described set: one a name, one form a project, as figures, and the reply that tells them."""

from __future__ import annotations

from assistant import figures as fig
from assistant.answer import ResultTable, Status
from assistant.executing import FactRow
from assistant.figures import Figure
from assistant.query import Selector
from assistant.reply import Reply
from assistant.resolving import Resolver, name_of
from assistant.scoping import scope_label
from assistant.sharing import matching
from index.evidence import Classification, Dimension

SHOWN = 40


def figures_of(rows: tuple[FactRow, ...]) -> tuple[Figure, ...]:
    return fig.common_unit(tuple(fig.of_row(r, name_of(r)) for r in rows if r.value is not None))


def distinct(rows: tuple[FactRow, ...]) -> tuple[FactRow, ...]:
    """One row a name: a project form and the overall form both print a project; names of a project line repeat."""
    seen: dict[tuple[str, str, str], FactRow] = {}
    for row in rows:
        name = row.project if row.classification is Classification.PROJECT else f"{row.project}|{row.subject}"
        inner = row.classification in (Classification.INDICATOR, Classification.SPENDING_LINE)
        seen.setdefault((row.document, f"{row.body}|{name}", row.measure if inner else ""), row)
    return tuple(seen.values())


def one_form(rows: tuple[FactRow, ...]) -> tuple[FactRow, ...]:
    """Spending lines of a project stand in two forms, cut differently: keep the form with more of them."""
    kinds: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        if row.classification is Classification.SPENDING_LINE:
            counts = kinds.setdefault((row.document, row.project), {})
            counts[row.table_kind] = counts.get(row.table_kind, 0) + 1
    if not kinds:
        return rows
    best = {place: max(counts, key=lambda kind: counts[kind]) for place, counts in kinds.items()}
    return tuple(
        r for r in rows
        if r.classification is not Classification.SPENDING_LINE or r.table_kind == best[(r.document, r.project)]
    )  # fmt: skip


def told(row: FactRow) -> str:
    if row.dimension is Dimension.TEXT:
        return row.printed
    return "（空白）" if row.value is None else fig.of_row(row, name_of(row)).text


def whole_of(selector: Selector, parts: tuple[Figure, ...], resolver: Resolver) -> Figure | None:
    """A named whole as the table of its parts prints it, where that does."""
    return resolver.figure(matching(selector, parts[0], resolver) if parts else selector)


def nothing(selector: Selector) -> Reply:
    if selector.project and selector.classifications == (Classification.PROCUREMENT,):
        line = f"{selector.project}的项目表中**没有填报**政府采购计划（该栏空白）。"
        return Reply((line,), subject=selector.label, projects=(selector.project,), rule="nothing")
    conditions = "、".join(c.text for c in selector.conditions)
    what = f"{selector.label}中没有{conditions}的" if conditions else f"文件没有披露{selector.label}的数据"
    status = Status.ANSWERED if conditions else Status.ABSTAINED
    return Reply(
        (f"{what}。",), status=status, reason="" if conditions else "未披露", subject=selector.label, rule="nothing"
    )


def reply_of(
    lines: list[str], figures: tuple[Figure, ...], rows: tuple[FactRow, ...], selector: Selector, rule: str,
    items: tuple[Figure, ...] = (),
) -> Reply:  # fmt: skip
    shown = {f.label for f in figures}
    cited = [r for r in rows if name_of(r) in shown] or list(rows)
    table = ResultTable(
        ("名称", "数值", "单位", "出处"),
        tuple(
            (name_of(r), told(r) if r.value is None else fig.of_row(r, "").digits,
             "" if r.value is None else fig.of_row(r, "").unit, r.citation.label())
            for r in rows
        ),
    )  # fmt: skip
    return Reply(
        tuple(lines),
        figures,
        tuple(dict.fromkeys(r.citation for r in (rows if rule in {"sum", "mean", "list", "count"} else cited))),
        table=table,
        subject=selector.label,
        scope=scope_label(rows[0]) if rows else "",
        names=tuple(dict.fromkeys(r.subject for r in cited)),
        projects=tuple(dict.fromkeys(r.project for r in cited if r.project)),
        aspects=frozenset({"金额"}),
        items=items,
        rule=rule,
    )
