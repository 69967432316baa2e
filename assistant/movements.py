"""Which projects moved, and by how much: each against the year before, or its budget against what it was adjusted to.

Nothing states these changes; each is worked out from two printed figures of one project and shown with both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from assistant import figures as fig
from assistant.answer import Status
from assistant.conversation import of_project
from assistant.figures import Figure
from assistant.query import Operation, Order, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import Resolver
from index.document import Stage
from index.evidence import Classification

_BUDGET = ("预算", "本年预算", "合计", "预算数")
_ADJUSTED = "调整后预算"
_COURSE = ("预算", "调整后预算", "实际支出", "结余")  # the stages of a year in their order


class Movement(NamedTuple):
    """Two figures of one project and their difference (signed)."""

    before: Figure
    after: Figure
    moved: Figure

    @property
    def text(self) -> str:
        word = fig.direction(self.moved)
        word += f" **{fig.absolute(self.moved).text}**" if self.moved.amount else ""
        rate = (
            f"，{fig.percentage('', self.moved, self.before).formula}"
            if self.moved.amount and self.before.amount
            else ""
        )
        return f"{self.before.label} {self.before.text} → {self.after.label} {self.after.text}，{word}{rate}"


def asked(query: SemanticQuery) -> bool:
    """Is a change asked of each of the projects?"""
    members = query.members
    return (
        query.then is Operation.CHANGE and members is not None and members.classifications == (Classification.PROJECT,)
    )


def answer(query: SemanticQuery, resolver: Resolver) -> Reply:
    """The projects that moved in the asked direction, the largest movement first (or as many as were asked for)."""
    members = query.members or Selector()
    found = [m for p in _projects(members, resolver) if (m := _movement(p, members, resolver)) is not None]
    sign = query.sign
    chosen = [m for m in found if (m.moved.amount * sign > 0 if sign else m.moved.amount)]
    chosen.sort(key=lambda m: abs(m.moved.amount), reverse=query.order is not Order.ASCENDING)
    if not found:
        line = "文件没有列出这些项目可以相比的两个数，不能算出增减。"
        return Reply((line,), status=Status.ABSTAINED, reason="未披露", subject=members.label, rule="movements")
    limit = query.limit if query.operation is Operation.RANK else 0
    shown = chosen[query.position - 1 : query.position - 1 + limit] if limit else chosen
    what = query.direction or "变动"
    if not shown:
        return _told([f"比得出来的 {len(found)} 个项目里，没有{what}的。"], [], found, members)
    head = f"{what}的项目有 {len(chosen)} 个" + (f"，按{what}金额从大到小：" if len(chosen) > 1 else "：")
    lines = [head, *(f"{i}. {m.text}" for i, m in enumerate(chosen, 1))]
    total = fig.total("合计", tuple(fig.absolute(m.moved) for m in chosen)) if sign and len(chosen) > 1 else None
    if total is not None:
        lines.append(f"合计{what} **{total.text}**（{total.formula}）")
    if limit:
        lines.insert(
            0,
            "、".join(f"**{m.after.project}**" for m in shown)
            + f"{what}得最{'少' if query.order is Order.ASCENDING else '多'}。",
        )
    reply = _told(lines, shown, chosen, members)
    return reply if total is None else replace(reply, figures=(*reply.figures, total))


def _told(lines: list[str], shown: list[Movement], all_: list[Movement], members: Selector) -> Reply:
    first = [f for m in shown for f in _figures(m)]
    rest = [f for m in all_ if m not in shown for f in _figures(m)]
    cites = tuple(dict.fromkeys(c for m in all_ for f in (m.before, m.after) for c in f.citations))
    return Reply(
        tuple(lines), (*first, *rest), cites, subject=members.label,
        names=tuple(dict.fromkeys(n for m in shown for n in m.after.names)),
        projects=tuple(dict.fromkeys(m.after.project for m in shown if m.after.project)),
        aspects=frozenset({"金额", "增减"}), items=tuple(m.after for m in shown), rule="movements",
    )  # fmt: skip


def _figures(movement: Movement) -> list[Figure]:
    size = fig.absolute(movement.moved)
    rates = [fig.absolute(fig.percentage("增减率", movement.moved, movement.before))] if movement.before.amount else []
    return [size, *rates, movement.before, movement.after]


def _projects(members: Selector, resolver: Resolver) -> list[str]:
    held = (p.name for p in resolver.catalog.projects if not members.documents or p.document in members.documents)
    chosen = (name for name in dict.fromkeys(held) if not members.names or name in members.names)
    return [name for name in chosen if name not in members.exclude]


def _movement(project: str, members: Selector, resolver: Resolver) -> Movement | None:
    own = of_project(project).narrowed(documents=members.documents)
    year = members.years[0] if members.years else None
    staged = resolver.stage == Stage.FINAL and year in (None, resolver.year) and bool(members.measures)
    if staged:
        course = members.measures if len(members.measures) > 1 else ("预算", *members.measures)
        ends = sorted(course, key=_COURSE.index) if set(course) <= set(_COURSE) else list(course)
        before, after = (resolver.at_stage(own, m) for m in (ends[0], ends[-1]))
        before, after = _at(before), _at(after)
    elif len(members.measures) == 2:
        base = year or (resolver.year - 1 if resolver.year else None)
        ordered = (
            sorted(members.measures, key=_COURSE.index) if set(members.measures) <= set(_COURSE) else members.measures
        )
        first, last = (_BUDGET if m == "预算" else (m,) for m in ordered)
        before, after = _of_year(own, base, first, resolver), _of_year(own, base, last, resolver)
    elif _ADJUSTED in members.measures:
        base = year or (resolver.year - 1 if resolver.year else None)
        before, after = _of_year(own, base, _BUDGET, resolver), _of_year(own, base, (_ADJUSTED,), resolver)
    else:
        base = resolver.year - 1 if resolver.year else None
        before, after = _of_year(own, base, _BUDGET, resolver), resolver.figure(own)
    if before is None or after is None:
        return None
    return Movement(before, after, fig.difference(f"{project}增减", after, before))


def _at(figure: Figure | None) -> Figure | None:
    """A figure called by its stage, where one project has one at each."""
    row = figure.row if figure is not None else None
    return replace(figure, label=f"{figure.project or row.subject}（{row.stage}）") if figure and row else None


def _of_year(own: Selector, year: int | None, measures: tuple[str, ...], resolver: Resolver) -> Figure | None:
    if year is None:
        return None
    figure = resolver.figure(own.narrowed(years=(year,), measures=measures))
    row = figure.row if figure is not None else None
    return figure if row is not None and row.measure in measures and row.year == year else None
