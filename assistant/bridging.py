"""What follows from two printed figures of one thing: the project part of an account, what is left of a budget.

An account has two figures because what is budgeted inside projects is in the one of all expenditure, not in the other.
Nothing is guessed: lines of projects are told only where they add up to the very difference.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import figures as fig
from assistant.figures import Figure
from assistant.query import Condition, Selector
from assistant.resolving import Resolver, name_of
from assistant.sets import container
from index.evidence import Classification, Dimension

_PROJECT_SPENDING = "项目支出"
_BASIC = "基本支出"
_LEFT, _SPENT = "结余", "实际支出"
_BUDGETS = ("调整后预算", "预算")


def inside_projects(gap: Figure, figure: Figure, resolver: Resolver) -> tuple[Figure, ...]:
    """The lines of projects under the account of `figure` that make up `gap`; else the one line of that very amount."""
    row = figure.row
    if row is None or not row.code or row.classification is not Classification.ECONOMIC:
        return ()
    lines = resolver.executor.facts(
        Selector(classifications=(Classification.SPENDING_LINE,), level=1, documents=(row.document,))
    )
    money = [r for r in lines if r.dimension is Dimension.MONEY and r.value is not None]
    under = fig.common_unit(tuple(fig.of_row(r, name_of(r)) for r in money if r.code.startswith(row.code)))
    if under and _adds_up(under, gap):
        return under
    alone = {r.project: r for r in money if _adds_up((fig.of_row(r, name_of(r)),), gap)}
    return tuple(fig.of_row(r, name_of(r)) for r in alone.values()) if len(alone) == 1 else ()


_TABLED = (Classification.ECONOMIC, Classification.FUNCTIONAL, Classification.THREE_PUBLIC)


def of_amount(gap: Figure, found: Sequence[Figure], resolver: Resolver) -> Figure | None:
    """The one account of the tables whose figure is the very amount that is left; None where none or several have it."""
    document = next((f.row.document for f in found if f.row is not None), "")
    if gap.dimension is not Dimension.MONEY or not document or not gap.amount:
        return None
    exact = Condition("=", int(fig.in_unit(gap, "元").amount * Dimension.MONEY.scale))
    rows = resolver.executor.facts(Selector(classifications=_TABLED, documents=(document,), conditions=(exact,)))
    known = {name for f in found for name in f.names}
    others = {row.subject: row for row in reversed(rows) if row.subject not in known}
    return fig.of_row(row, name_of(row)) if len(others) == 1 and (row := next(iter(others.values()))) else None


def remaining(gap: Figure, found: Sequence[Figure], resolver: Resolver) -> tuple[Figure, ...]:
    """The parts of a known whole that are left when others are taken out, where they are the very rest of it."""
    whole, *taken = found
    known = container(whole.names, resolver.semantics)
    if known is None or whole.row is None:
        return ()
    members = Selector(
        classifications=(known.classification,), level=known.level, measures=known.measures,
        table_kinds=known.table_kinds, documents=(whole.row.document,),
    )  # fmt: skip
    rows = {r.subject: r for r in resolver.executor.members(members) if r.year == whole.row.year and r.value}
    own = {name for f in taken for name in (*f.names, f.project) if name}
    left = tuple(fig.of_row(r, name_of(r)) for r in rows.values() if not own & {r.subject, r.project})
    return left if left and len(left) < len(rows) and _adds_up(fig.common_unit(left), gap) else ()


def that_is(left: tuple[Figure, ...]) -> str:
    """One line: what is left, by name."""
    return f"- 剩下的是：{'、'.join(f'{f.label} {f.text}' for f in left)}"


def other_source(gap: Figure, whole: Figure, part: Figure, resolver: Resolver) -> tuple[Figure, ...]:
    """What a whole has beyond one of its sources: the one other source of revenue of that very amount."""
    if whole.row is None or part.row is None or part.row.classification is not Classification.REVENUE:
        return ()
    if not whole.row.is_total or whole.row.document != part.row.document:
        return ()
    rows = resolver.executor.facts(
        Selector(classifications=(Classification.REVENUE,), documents=(whole.row.document,), project="")
    )
    sources = (r for r in rows if r.value and r.year == whole.row.year and r.subject != part.row.subject)
    alone = {r.subject: r for r in sources if _adds_up((fig.of_row(r, name_of(r)),), gap)}
    first = next(iter(alone.values()), None)
    return (fig.of_row(first, name_of(first)),) if first is not None else ()


def from_source(held: tuple[Figure, ...]) -> str:
    """One line: the difference is another source of revenue."""
    return f"- 差额正好是：{held[0].label} {held[0].text}"


def told(parts: tuple[Figure, ...]) -> str:
    """One line: the difference is what projects hold."""
    listed = "、".join(f"{part.label} {part.text}" for part in parts)
    total = f"（{fig.total('', parts).formula}）" if len(parts) > 1 else ""
    return f"- 差额正好是列在项目里的：{listed}{total}"


def project_part(selector: Selector, resolver: Resolver) -> tuple[Figure, Figure, Figure] | None:
    """What of an account is project expenditure, where only the whole and the basic expenditure are printed:
    (difference, whole, basic); None where it is printed itself or cannot be worked out."""
    if selector.measures != (_PROJECT_SPENDING,) or selector.project:
        return None
    whole = resolver.figure(selector.narrowed(measures=()))
    basic = resolver.figure(selector.narrowed(measures=(_BASIC,)))
    if whole is None or basic is None or whole.row is None or basic.row is None or basic.row.measure != _BASIC:
        return None
    printed = any(r.measure == _PROJECT_SPENDING for r in resolver.executor.facts(resolver.coded(selector)))
    if printed or whole.row.code != basic.row.code or whole.amount <= basic.amount:
        return None
    return fig.difference(f"{whole.label}（项目支出部分）", whole, basic), whole, basic


def left_over(selector: Selector, resolver: Resolver) -> tuple[Figure, Figure, Figure] | None:
    """What is left of a project's budget of an earlier year, where it is not printed: (left, budget as adjusted or as
    made, spent); None where it is printed or cannot be worked out."""
    if selector.measures != (_LEFT,) or not selector.project or resolver.executor.facts(selector):
        return None
    spent = resolver.at_stage(selector, _SPENT)
    budget = next((f for m in _BUDGETS if (f := resolver.at_stage(selector, m)) is not None), None)
    if spent is None or budget is None:
        return None
    return fig.difference(f"{selector.label}{_LEFT}", budget, spent), budget, spent


def same_account(first: Figure, second: Figure) -> bool:
    """Are two figures of one account under different 口径?"""
    if first.row is None or second.row is None:
        return False
    return bool(first.row.code) and first.row.code == second.row.code and first.amount != second.amount


def _adds_up(parts: tuple[Figure, ...], gap: Figure) -> bool:
    total, whole = fig.common_unit((fig.total("", parts), fig.absolute(gap)))
    return total.amount == whole.amount
