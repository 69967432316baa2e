"""Against the previous year: the stated change, the rate, and the previous value that follows from them."""

from __future__ import annotations

from dataclasses import replace

from assistant import bridging, completions, other_bases
from assistant import figures as fig
from assistant.answer import Status
from assistant.changes_of_parts import change_of_parts
from assistant.executing import StatementRow
from assistant.figures import Figure, of_statement
from assistant.query import AGAINST_BUDGET, FIGURE_TOO, TOGETHER, Operation, Selector, SemanticQuery
from assistant.reply import Reply, join
from assistant.resolving import STAGE_MEASURES, Resolver
from assistant.scoping import scope_label
from assistant.values import value
from index.document import Stage
from index.evidence import Dimension, StatementKind
from index.numbers import format_decimal

OTHER_WAY = "方向相反"  # aspect of a change that went the other way than the question presumes


def change(query: SemanticQuery, resolver: Resolver) -> Reply:
    """Change, rate and previous value of each subject, from what the document states."""
    replies = [_change_of(s, query, resolver) for s in query.subjects]
    if len(replies) == 1:
        return replies[0]
    if query.detail == TOGETHER and (joint := _joint(query, resolver)) is not None:
        return join((joint, *replies), "change")
    return join(tuple(replies), "change")


def _change_of(selector: Selector, query: SemanticQuery, resolver: Resolver) -> Reply:
    stated = resolver.stated(selector, StatementKind.CHANGE)
    stated = tuple(s for s in stated if s.year in (None, resolver.year)) or stated
    stated = of_basis(stated, query, resolver) if _of_whole(selector, resolver) else ()
    if not stated and query.detail == AGAINST_BUDGET:
        return _saved(selector, query, resolver)
    if not stated:
        return _change_from_years(selector, query, resolver)
    statement = next((s for s in stated if s.fund and s.fund in selector.funds), stated[0])
    within, stage = query.detail == AGAINST_BUDGET, _stage(query, resolver)
    current = _current_for(statement, selector, resolver)
    base = statement.base_year or (resolver.year - 1 if resolver.year else None)
    moved = of_statement(statement, f"{statement.subject}比{base or '上'}年的增减")
    if current is not None and fig.difference("", current, moved).amount < 0:
        return _change_from_years(selector, query, resolver)  # what is stated is of a larger thing
    lines: list[str] = []
    figures: list[Figure] = []
    label = current.label if current else statement.subject
    direction = fig.direction(moved)
    size = fig.in_unit(fig.absolute(moved), query.unit)
    if not moved.amount:
        same = f"（{current.text}，{current.digits} − {current.digits} = 0 {current.unit}）" if current else ""
        lines.append(f"{label}与{'年初预算' if within else f'{base}年'}**持平**{same}。")
        figures += [moved]
        if current:
            figures.append(current)
    else:
        lines.append(f"{label}比{base}年{stage}**{direction} {size.text}**（文件原文：“{statement.clause}”）。")
        figures.append(size)
        if current:
            previous = fig.difference(f"{label}{base}年", current, moved)
            previous = _plainer(previous, current, size, moved.amount < 0)
            rate = fig.percentage(f"{label}增减率", moved, previous) if previous.amount else None
            told_previous = fig.in_unit(previous, query.unit)
            lines.append(f"- {'决算' if within else '本年'}：{fig.in_unit(current, query.unit).text}")
            lines.append(
                f"- {base}年{'预算' if within else ''}：{told_previous.formula}（由{'决算' if within else '本年'}数与增减额推算）"
            )
            figures += [told_previous, fig.in_unit(current, query.unit)]
            if rate is not None:
                lines.append(f"- {'下降' if moved.amount < 0 else '增长'}幅度：{rate.formula}")
                figures.insert(1, fig.absolute(rate))
                if query.operation is Operation.RATE:
                    kept = fig.percentage(f"{label}相当于{base}年", current, previous)
                    lines.append(f"- 相当于{base}年的 {kept.formula}")
                    figures.append(kept)
    figures += _stated_rates(selector, statement, lines, resolver)
    why = _reason(statement, resolver)
    if why is not None:
        lines.append(f"- 文件说明：“{why.clause}”")
    beside, others = other_bases.stated(statement, resolver.executor)
    lines += beside
    figures += others
    verdict = _direction_verdict(query.direction, direction, label, "年初预算" if within else "上年")
    if verdict:
        lines.insert(0, verdict)
    cites = [statement.citation, *(current.citations if current else ())]
    return Reply(
        tuple(lines), tuple(figures), tuple(dict.fromkeys(cites)), subject=label,
        scope=f"{resolver.year}年{resolver.stage or '预算'}与{base}年{stage}相比", names=(statement.subject, *(current.names if current else ())),
        projects=(statement.project,) if statement.project else (), aspects=_aspects(verdict), rule="change",
    )  # fmt: skip


def _of_whole(selector: Selector, resolver: Resolver) -> bool:
    """Are sentences about the whole department true of what is asked, not only of a unit that has another figure?"""
    if not selector.bodies:
        return True
    own, whole = resolver.figure(selector), resolver.figure(selector.narrowed(bodies=()))
    return own is None or whole is None or own.amount == whole.amount


def of_basis(stated: tuple[StatementRow, ...], query: SemanticQuery, resolver: Resolver) -> tuple[StatementRow, ...]:
    """The changes against what is asked: the budget of the same year, or an earlier year."""
    within = tuple(s for s in stated if s.base_year is not None and s.base_year == s.year)
    if query.detail == AGAINST_BUDGET:
        return within
    across = tuple(s for s in stated if s not in within)
    return across if resolver.stage == Stage.FINAL else across or stated


def _stage(query: SemanticQuery, resolver: Resolver) -> str:
    """What a change is against: a budget, or in final accounts what was spent the year before."""
    return "预算" if query.detail == AGAINST_BUDGET else resolver.stage or "预算"


def _saved(selector: Selector, query: SemanticQuery, resolver: Resolver) -> Reply:
    """No stated change against the budget: what was spent against what a table or a sentence gives as budgeted."""
    budget, spent = completions.both(selector, resolver)
    if query.direction == "减少" and selector.project and (left := _left_over(selector, budget, resolver)) is not None:
        return left
    label = (spent.label if spent else selector.label) or "、".join(selector.names[:1])
    if budget is None or spent is None or budget.dimension is not spent.dimension:
        have = f"文件只列出决算 {spent.text}（{scope_label(spent.row)}）。" if spent and spent.row else ""
        line = f"文件没有披露“{label}”的年初预算数，不能与预算比较。{have}"
        return Reply(
            (line,), status=Status.ABSTAINED, reason="未披露", names=selector.names, subject=label, rule="change",
            citations=spent.citations if spent else (),
        )  # fmt: skip
    moved = fig.difference(f"{label}比预算", spent, budget)
    joint = "比预算" if moved.amount else "与预算"
    opening = f"{label}决算 {spent.text}，预算 {budget.text}，{joint}"
    lines, figures = _told(moved, (spent, budget), opening, f"{label}比预算", query.unit)
    verdict = _direction_verdict(query.direction, fig.direction(moved), label, "预算")
    return Reply(
        (*([verdict] if verdict else []), *lines), tuple(figures), (*spent.citations, *budget.citations),
        subject=label, scope="决算与预算相比", names=spent.names, aspects=_aspects(verdict), rule="change",
    )  # fmt: skip


def _left_over(selector: Selector, budget: Figure | None, resolver: Resolver) -> Reply | None:
    """What is left of a project's budget as adjusted in the course of the year; None where it was not adjusted."""
    left = bridging.left_over(selector.narrowed(measures=("结余",), years=()), resolver)
    if left is None or budget is None or left[1].amount == budget.amount:
        return None
    gap, adjusted, spent = left
    lines = (
        f"{spent.project or selector.label}结余：**{gap.text}**",
        f"- 算式：全年（调整后）预算 − 决算：{gap.formula}",
        f"- 年初预算：{budget.text}",
    )
    return Reply(
        lines, (gap, adjusted, spent, budget), tuple(dict.fromkeys(c for f in left for c in f.citations)),
        subject=selector.label, names=selector.names, projects=(selector.project or "",), aspects=frozenset({"金额"}),
        rule="change",
    )  # fmt: skip


def _aspects(verdict: str) -> frozenset[str]:
    return frozenset({"金额", "增减", OTHER_WAY}) if verdict else frozenset({"金额", "增减"})


def _told(
    moved: Figure, pair: tuple[Figure, Figure], opening: str, rated: str, unit: str
) -> tuple[list[str], list[Figure]]:
    """Lines and figures of a movement between two figures, the base last: its size, its arithmetic, its rate."""
    size = fig.in_unit(fig.absolute(moved), unit)
    told = f"**{fig.direction(moved)} {size.text}**。" if moved.amount else "**持平**。"
    lines, figures = [f"{opening}{told}", f"- 算式：{moved.formula}"], [size, *pair]
    if moved.amount and pair[1].amount:
        rate = fig.percentage(rated, moved, pair[1])
        lines.append(f"- {'下降' if moved.amount < 0 else '增长'}幅度：{rate.formula}")
        figures.insert(1, fig.absolute(rate))
    return lines, figures


def _joint(query: SemanticQuery, resolver: Resolver) -> Reply | None:
    """Several things added up, this year against the year before; None where one of them has no two years."""
    now: list[Figure] = []
    before: list[Figure] = []
    for selector in query.subjects:
        stated = resolver.executor.statements(selector, StatementKind.CHANGE)
        stated = tuple(s for s in stated if s.year in (None, resolver.year) and s.value is not None)
        current = _current_for(stated[0], selector, resolver) if stated else None
        if current is None:
            return None
        now.append(current)
        before.append(fig.difference(f"{current.label}上年", current, of_statement(stated[0], "增减")))
    total, earlier = fig.total("合计", fig.common_unit(tuple(now))), fig.total("合计", fig.common_unit(tuple(before)))
    moved = fig.difference("合计增减", total, earlier)
    direction = fig.direction(moved)
    label = "、".join(f.label for f in now)
    lines = [
        f"{label}合起来比上年**{direction} {fig.absolute(moved).text}**（{moved.formula}）。",
        f"- 本年合计：{total.formula}",
        f"- 上年合计：{earlier.formula}",
    ]
    rate = fig.absolute(fig.percentage("合计增减率", moved, earlier)) if earlier.amount else None
    figures = (fig.absolute(moved), *((rate,) if rate is not None else ()), total, earlier)
    places = tuple(dict.fromkeys(c for f in now for c in f.citations))
    return Reply(tuple(lines), figures, places, subject=label, aspects=frozenset({"金额", "增减"}), rule="change")


def _plainer(previous: Figure, current: Figure, size: Figure, fell: bool) -> Figure:
    """2.90 = 1.16 + 1.74 reads better than 1.16 − −1.74."""
    digits = format_decimal(fig.common_unit((current, size))[1].amount, previous.places)
    sign = "+" if fell else "−"
    return replace(
        previous, formula=f"{format_decimal(current.amount, previous.places)} {sign} {digits} = {previous.text}"
    )


def _direction_verdict(presumed: str, actual: str, label: str, base: str = "上年") -> str:
    if presumed and actual != presumed:
        return (
            f"注意：不是{presumed}，{label}是**{actual}**的。"
            if actual != "持平"
            else f"注意：没有{presumed}，{label}与{base}**持平**。"
        )
    return ""


def _direction(line: str) -> str:
    return next(word for word in ("持平", "减少", "增加") if f"**{word}" in line)


def _current_for(statement: StatementRow, selector: Selector, resolver: Resolver) -> Figure | None:
    """This year's figure that a stated change belongs to: the one told in the same sentence, else the default one."""
    own = selector.narrowed(names=(statement.subject,), codes=(), measures=(), years=())
    if resolver.stage == Stage.FINAL:  # of the very account and fund that the sentence is about
        same = own.narrowed(classifications=(statement.classification,))
        alike = resolver.figure(same.narrowed(funds=(statement.fund,))) if statement.fund else None
        if (found := alike or resolver.figure(same)) is not None:
            return found
    return resolver.figure(own) or resolver.figure(selector.narrowed(years=()))


def _stated_rates(selector: Selector, statement: StatementRow, lines: list[str], resolver: Resolver) -> list[Figure]:
    rates = resolver.executor.statements(selector.narrowed(names=(statement.subject,), codes=()), StatementKind.RATE)
    rates = tuple(r for r in rates if r.base_year == statement.base_year)
    rates = tuple(r for r in rates if r.fund == statement.fund) or rates
    told = [of_statement(r, f"{r.subject}文件所印增减率") for r in rates if r.value is not None]
    for figure in told:
        lines.append(f"- 文件所印的幅度：{'下降' if figure.amount < 0 else '增长'} {fig.absolute(figure).text}")
    return [fig.absolute(f) for f in told]


def _reason(statement: StatementRow, resolver: Resolver) -> StatementRow | None:
    """The reason that the document gives for a change: the next one stated of its subject, before another change."""
    own = Selector(names=(statement.subject,), documents=(statement.document,), project=statement.project or None)
    told = resolver.executor.statements(own, StatementKind.REASON, StatementKind.CHANGE)
    behind = next((s for s in told if s.id > statement.id), None)
    return behind if behind is not None and behind.kind is StatementKind.REASON else None


def _change_from_years(selector: Selector, query: SemanticQuery, resolver: Resolver) -> Reply:
    """No stated change: this year's figure against a printed figure of the year before (project histories)."""
    stage = tuple(m for m in selector.measures if m in STAGE_MEASURES)
    current = resolver.figure(selector.narrowed(years=(), measures=() if stage else selector.measures))
    if current is not None and current.dimension is Dimension.PERCENT:  # a promised rate of change is the answer itself
        return value(SemanticQuery(Operation.VALUE, (selector.narrowed(years=()),)), resolver)
    base = resolver.year - 1 if resolver.year else None
    budget = stage or ("预算", "本年预算", "合计", "预算数")
    previous = (
        resolver.figure(selector.narrowed(years=(base,), measures=budget)) if current is not None and base else None
    )
    if previous is None and (parts := change_of_parts(selector, resolver)) is not None:
        verdict = _direction_verdict(query.direction, _direction(parts.lines[0]), parts.subject)
        return replace(parts, lines=(verdict, *parts.lines)) if verdict else parts
    if current is None or previous is None:
        label = (current.label if current else selector.label) or "、".join(selector.names[:1])
        have = f"文件只列出本年的{current.text}（{scope_label(current.row)}）。" if current and current.row else ""
        line = f"文件没有披露“{label}”与上年相比的增减，也没有上年数可供推算。{have}"
        if current is not None and query.detail == FIGURE_TOO:
            told = f"{current.label}：**{current.text}**"
            return Reply(
                (told, line), (fig.in_unit(current, query.unit),), current.citations, subject=label, names=current.names,
                aspects=frozenset({"金额"}), rule="change",
            )  # fmt: skip
        return Reply(
            (line,), status=Status.ABSTAINED, reason="未披露", names=selector.names, subject=label, rule="change",
            citations=current.citations if current else (),
        )  # fmt: skip
    moved = fig.difference(f"{current.label}比{base}年的增减", current, previous)
    opening = (
        f"{current.label}{resolver.year}年 {current.text}，{base}年{stage[0] if stage else '预算'} {previous.text}，"
    )
    lines, figures = _told(moved, (current, previous), opening, f"{current.label}增减率", query.unit)
    for measure in ("调整后预算", "实际支出"):
        extra = resolver.figure(selector.narrowed(years=(base,), measures=(measure,))) if base else None
        if extra is not None and extra.row is not None and extra.row.measure == measure:
            lines.append(f"- {base}年{measure}：{extra.text}")
            figures.append(extra)
    verdict = _direction_verdict(query.direction, fig.direction(moved), current.label)
    return Reply(
        (*([verdict] if verdict else []), *lines), tuple(figures), (*current.citations, *previous.citations),
        subject=current.label, scope=f"{resolver.year}年与{base}年预算相比", names=current.names,
        projects=(current.project,) if current.project else (), aspects=_aspects(verdict), rule="change",
    )  # fmt: skip
