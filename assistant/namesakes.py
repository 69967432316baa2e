"""Projects of one name at several units (机构运行辅助经费 of each of them): none of their amounts is the project's."""

from __future__ import annotations

from assistant import figures as fig
from assistant.answer import Status
from assistant.executing import FactRow
from assistant.query import Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import Resolver
from index.evidence import Classification


def asked_back(query: SemanticQuery, resolver: Resolver) -> Reply | None:
    """Which unit's project is meant, with what each of them has; None where no name is borne by several."""
    for selector in query.subjects:
        if len(rows := _of_units(selector, resolver)) > 1:
            return _which(rows, query, resolver)
    return None


def _of_units(selector: Selector, resolver: Resolver) -> tuple[FactRow, ...]:
    """The rows that print a project of this name, one for each unit; () where a whole of them is printed."""
    if selector.bodies:
        return ()
    readings = resolver.readings(selector)
    main = readings.main.row if readings.main is not None else None
    if main is None or main.classification is not Classification.PROJECT:
        return ()
    own = (main.subject, main.project, main.classification, main.measure, main.fund, main.year, main.document)
    told = (row for one in (readings.main, *readings.others) if one is not None for row in one.rows)
    alike = [
        row
        for row in told
        if (row.subject, row.project, row.classification, row.measure, row.fund, row.year, row.document) == own
    ]
    first = {row.body: row for row in reversed(alike) if row.value is not None}
    several = "" not in first and len({row.value for row in first.values()}) > 1
    return tuple(sorted(first.values(), key=lambda row: row.id)) if several else ()


def _which(rows: tuple[FactRow, ...], query: SemanticQuery, resolver: Resolver) -> Reply:
    name = rows[0].project or rows[0].subject
    told = tuple(fig.in_unit(fig.of_row(row, f"{row.body}的{name}"), query.unit) for row in rows)
    choices = tuple(f"{figure.label}是多少？" for figure in told)
    lines = (
        f"有 {len(rows)} 家单位各有一个名为“{name}”的项目，金额不同，请问您问的是哪一家的？",
        *(f"{i}. {figure.label}：{figure.text}" for i, figure in enumerate(told, 1)),
    )
    return Reply(
        lines, told, resolver.cite(rows), status=Status.CLARIFY, reason="几家单位有同名的项目", choices=choices,
        subject=name, names=(name,), rule="namesakes",
    )  # fmt: skip


__all__ = ["asked_back"]
