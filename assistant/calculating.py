"""Queries about named figures: value, change, rate, share, difference, ratio, comparison, sum, existence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant import figures as fig
from assistant.answer import Citation, ResultTable, Status
from assistant.executing import StatementRow
from assistant.figures import Figure
from assistant.query import Operation, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import Resolver, name_of
from assistant.scoping import Reading, Readings, scope_label
from assistant.semantics import Container, Semantics
from index.evidence import Classification, Dimension, Origin, StatementKind
from index.numbers import MONEY_UNITS, format_decimal


def value(query: SemanticQuery, resolver: Resolver) -> Reply:
    """Each subject's figure, with its other readings."""
    lines: list[str] = []
    shown: list[Figure] = []
    citations: list[Citation] = []
    names: list[str] = []
    projects: list[str] = []
    scopes: list[str] = []
    missing = 0
    for selector in query.subjects:
        readings = resolver.readings(selector)
        if readings.main is None or readings.main.blank:
            none = stated_none(selector, resolver)
            if none is not None:
                lines += none.lines
                citations += none.citations
                names += none.names
                continue
        if readings.main is None:
            missing += 1
            lines.append(absence(selector, resolver))
            continue
        names += [row.subject for row in readings.main.rows]
        projects += [readings.main.row.project]
        scopes.append(scope_label(readings.main.row))
        text, figures, places = _told(readings, query, resolver)
        lines += text
        shown += figures
        citations += places
    if missing and missing == len(query.subjects):
        return Reply(tuple(lines), status=Status.ABSTAINED, reason="未披露", names=tuple(names), rule="value")
    return Reply(
        tuple(lines),
        tuple(shown),
        tuple(dict.fromkeys(citations)),
        subject="、".join(dict.fromkeys(f.label for f in shown)) or "、".join(s.label for s in query.subjects),
        scope="；".join(dict.fromkeys(scopes)),
        names=tuple(dict.fromkeys(names)),
        projects=tuple(dict.fromkeys(p for p in projects if p)),
        aspects=frozenset({"金额"}),
        items=tuple(shown) if len(query.subjects) > 1 else (),
        rule="value",
    )


def _told(readings: Readings, query: SemanticQuery, resolver: Resolver) -> tuple[list[str], list[Figure], list[Citation]]:
    main = readings.main
    assert main is not None
    label = name_of(main.row)
    places = list(resolver.places(main))
    if main.blank:
        row = main.row
        text = f"{row.citation.label()}印有“{label}”这一行，但金额是**空白**，没有填数；空白不等于写明为 0。"
        return [text], [], places
    if main.row.dimension is Dimension.TEXT:
        return [f"{label}：**{main.row.printed}**（{scope_label(main.row)}）", *explained(main, resolver)], [], places
    figure = fig.in_unit(resolver.of(main), query.unit)
    figures = [figure]
    lines = [f"{label}：**{figure.text}**（{scope_label(main.row)}）"]
    if main.row.classification is Classification.SPENDING_LINE and main.row.parent and main.row.code:
        lines.append(f"列在经济科目：{main.row.parent}")
    if main.row.classification is Classification.INDICATOR:
        if figure.text.replace(" ", "") != main.row.printed.replace(" ", ""):
            lines.append(f"文件印作“{main.row.printed}”。")
        lines += explained(main, resolver)
    if figure.formula:
        lines.append(f"算式：{figure.formula}")
    printed_zero = [r for r in main.rows if r.value == 0]
    if printed_zero and main.row.dimension is Dimension.MONEY:
        lines.append("文件写明为 0，不是漏填。")
    for blank in readings.blanks:
        lines.append(f"- 另：{blank.row.citation.label()}也有“{name_of(blank.row)}”一行，金额**空白**，未填数")
        places.append(blank.row.citation)
    seen = {(figure.amount, figure.unit)}
    for other in (*readings.others, *readings.inner):
        if other.row.dimension is Dimension.TEXT:
            continue
        extra = fig.in_unit(resolver.of(other), query.unit)
        if (extra.amount, extra.unit) in seen or len(figures) > 8:
            continue
        seen.add((extra.amount, extra.unit))
        lines.append(f"- 另一口径：{name_of(other.row)} **{extra.text}**（{scope_label(other.row)}）")
        figures.append(extra)
        places += resolver.places(other)
    return lines, figures, places


def explained(reading: Reading, resolver: Resolver) -> list[str]:
    """The printed explanations of an indicator."""
    told = [text for row in reading.rows if (text := resolver.executor.explanation(row.source_id))]
    return [f"指标说明：{text}" for text in dict.fromkeys(told)]


def absence(selector: Selector, resolver: Resolver) -> str:
    """Why there is no figure: the year, the 口径, or the name itself."""
    label = selector.label or "、".join(selector.names[:1])
    if selector.years:
        held = resolver.readings(selector.narrowed(years=(), measures=()))
        years = "、".join(str(y) for y in selector.years)
        if held.main is not None and not held.main.blank:
            figure = resolver.of(held.main)
            return f"文件没有披露“{label}”{years}年的数；它列出的是{figure.text}（{scope_label(held.main.row)}）。"
        return f"文件没有披露“{label}”{years}年的数。"
    return f"文件没有披露“{label}”的金额。"


# ---------------------------------------------------------------- change against the previous year

def change(query: SemanticQuery, resolver: Resolver) -> Reply:
    """Change, rate and previous value of each subject, from what the document states."""
    replies = [_change_of(s, query, resolver) for s in query.subjects]
    if len(replies) == 1:
        return replies[0]
    return join(tuple(replies), "change")


def _change_of(selector: Selector, query: SemanticQuery, resolver: Resolver) -> Reply:
    stated = resolver.executor.statements(selector, StatementKind.CHANGE)
    stated = tuple(s for s in stated if s.year in (None, resolver.year)) or stated
    if not stated:
        return _change_from_years(selector, query, resolver)
    statement = stated[0]
    current = _current_for(statement, selector, resolver)
    base = statement.base_year or (resolver.year - 1 if resolver.year else None)
    moved = _statement_figure(statement, f"{statement.subject}比{base or '上'}年的增减")
    lines: list[str] = []
    figures: list[Figure] = []
    label = current.label if current else statement.subject
    direction = "持平" if not moved.amount else "减少" if moved.amount < 0 else "增加"
    size = fig.in_unit(fig.absolute(moved), query.unit)
    if not moved.amount:
        told = f"{label}与{base}年**持平**，增减额为 0 {moved.unit}"
        lines.append(told + (f"（{current.text}）。" if current else "。"))
        figures += [moved]
        if current:
            figures.append(current)
    else:
        lines.append(f"{label}比{base}年预算**{direction} {size.text}**（文件原文：“{statement.clause}”）。")
        figures.append(size)
        if current:
            previous = fig.difference(f"{label}{base}年", current, moved)
            previous = _plainer(previous, current, size, moved.amount < 0)
            rate = fig.percentage(f"{label}增减率", moved, previous) if previous.amount else None
            told_previous = fig.in_unit(previous, query.unit)
            lines.append(f"- {base}年：{told_previous.formula}（由本年数与增减额推算）")
            figures += [told_previous, fig.in_unit(current, query.unit)]
            if rate is not None:
                lines.append(f"- {'下降' if moved.amount < 0 else '增长'}幅度：{rate.formula}")
                figures.insert(1, fig.absolute(rate))
    figures += _stated_rates(selector, statement, lines, resolver)
    verdict = _direction_verdict(query.direction, direction, label)
    if verdict:
        lines.insert(0, verdict)
    cites = [statement.citation, *(current.citations if current else ())]
    return Reply(
        tuple(lines), tuple(figures), tuple(dict.fromkeys(cites)), subject=label,
        scope=f"{resolver.year}年预算与{base}年预算相比", names=(statement.subject, *(current.names if current else ())),
        projects=(statement.project,) if statement.project else (), aspects=frozenset({"金额", "增减"}), rule="change",
    )  # fmt: skip


def _plainer(previous: Figure, current: Figure, size: Figure, fell: bool) -> Figure:
    """2.90 = 1.16 + 1.74 reads better than 1.16 − −1.74."""
    digits = format_decimal(fig.common_unit((current, size))[1].amount, previous.places)
    sign = "+" if fell else "−"
    return replace(previous, formula=f"{format_decimal(current.amount, previous.places)} {sign} {digits} = {previous.text}")


def _direction_verdict(presumed: str, actual: str, label: str) -> str:
    if presumed and actual != presumed:
        return f"注意：不是{presumed}，{label}是**{actual}**的。" if actual != "持平" else f"注意：没有{presumed}，{label}与上年**持平**。"
    return ""


def _current_for(statement: StatementRow, selector: Selector, resolver: Resolver) -> Figure | None:
    """This year's figure that a stated change belongs to: the one told in the same sentence, else the default one."""
    own = selector.narrowed(names=(statement.subject,), codes=(), measures=(), years=())
    return resolver.figure(own) or resolver.figure(selector.narrowed(years=()))


def _statement_figure(statement: StatementRow, label: str) -> Figure:
    assert statement.value is not None
    amount = statement.dimension.decimal(statement.value)
    unit = statement.unit
    if statement.dimension is Dimension.MONEY:
        unit = unit if unit in MONEY_UNITS else fig.DEFAULT_MONEY_UNIT
        amount = amount / MONEY_UNITS[unit]
    elif statement.dimension is Dimension.PERCENT:
        unit = "%"
    exponent = amount.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return Figure(
        label, amount, unit, statement.dimension, places, (statement.citation,), names=(statement.subject,),
        project=statement.project,
    )  # fmt: skip


def _stated_rates(selector: Selector, statement: StatementRow, lines: list[str], resolver: Resolver) -> list[Figure]:
    rates = resolver.executor.statements(selector.narrowed(names=(statement.subject,), codes=()), StatementKind.RATE)
    told = [_statement_figure(r, f"{r.subject}文件所印增减率") for r in rates if r.value is not None]
    for figure in told:
        lines.append(f"- 文件所印的幅度：{'下降' if figure.amount < 0 else '增长'} {fig.absolute(figure).text}")
    return [fig.absolute(f) for f in told]


def _change_from_years(selector: Selector, query: SemanticQuery, resolver: Resolver) -> Reply:
    """No stated change: this year's figure against a printed figure of the year before (project histories)."""
    current = resolver.figure(selector.narrowed(years=()))
    base = resolver.year - 1 if resolver.year else None
    budget = ("预算", "本年预算", "合计", "预算数")
    previous = (
        resolver.figure(selector.narrowed(years=(base,), measures=budget)) if current is not None and base else None
    )
    if current is None or previous is None:
        label = (current.label if current else selector.label) or "、".join(selector.names[:1])
        have = f"文件只列出本年的{current.text}（{scope_label(current.row)}）。" if current and current.row else ""
        line = f"文件没有披露“{label}”与上年相比的增减，也没有上年数可供推算。{have}"
        return Reply(
            (line,), status=Status.ABSTAINED, reason="未披露", names=selector.names, subject=label, rule="change",
            citations=current.citations if current else (),
        )  # fmt: skip
    moved = fig.difference(f"{current.label}比{base}年的增减", current, previous)
    size = fig.in_unit(fig.absolute(moved), query.unit)
    direction = "持平" if not moved.amount else "减少" if moved.amount < 0 else "增加"
    lines = [
        f"{current.label}{resolver.year}年 {current.text}，{base}年预算 {previous.text}，"
        + (f"**{direction} {size.text}**。" if moved.amount else "**持平**。"),
        f"- 算式：{moved.formula}",
    ]
    figures = [size, current, previous]
    if moved.amount and previous.amount:
        rate = fig.percentage(f"{current.label}增减率", moved, previous)
        lines.append(f"- {'下降' if moved.amount < 0 else '增长'}幅度：{rate.formula}")
        figures.insert(1, fig.absolute(rate))
    for measure in ("调整后预算", "实际支出"):
        extra = resolver.figure(selector.narrowed(years=(base,), measures=(measure,))) if base else None
        if extra is not None and extra.row is not None and extra.row.measure == measure:
            lines.append(f"- {base}年{measure}：{extra.text}")
            figures.append(extra)
    verdict = _direction_verdict(query.direction, direction, current.label)
    return Reply(
        (*([verdict] if verdict else []), *lines), tuple(figures), (*current.citations, *previous.citations),
        subject=current.label, scope=f"{resolver.year}年与{base}年预算相比", names=current.names,
        projects=(current.project,) if current.project else (), aspects=frozenset({"金额", "增减"}), rule="change",
    )  # fmt: skip


# ---------------------------------------------------------------- shares, ratios, comparisons

def share(query: SemanticQuery, resolver: Resolver, semantics: Semantics) -> Reply:
    """Part ÷ whole; without a stated whole, of what the part belongs to and of the total."""
    replies: list[Reply] = []
    for selector in query.subjects:
        part = resolver.figure(selector)
        if part is None or part.dimension is Dimension.PERCENT:
            replies.append(value(query.with_(operation=Operation.VALUE, subjects=(selector,)), resolver))
            continue
        wholes = [query.whole] if query.whole else default_wholes(part, selector, semantics)
        lines: list[str] = []
        figures: list[Figure] = []
        cites: list[Citation] = list(part.citations)
        for whole_selector in wholes:
            whole = resolver.figure(_matching(whole_selector, part, resolver))
            same = whole is not None and whole.label == part.label and whole.amount == part.amount
            if whole is None or not whole.amount or same:
                continue
            result = fig.percentage(f"{part.label}占{whole.label}", part, whole)
            lines.append(f"{part.label}占{whole.label}的 **{result.text}**（{result.formula}）")
            figures.append(result)
            cites += whole.citations
            stated = resolver.executor.statements(selector, StatementKind.SHARE)
            for statement in stated:
                if statement.value is not None and statement.whole in ("", *whole.names, *whole_selector.names):
                    printed = _statement_figure(statement, f"{part.label}文件所印占比")
                    if printed.amount != result.amount and printed.digits != result.digits:
                        lines.append(f"- 文件所印的占比：{printed.text}（“{statement.clause}”）")
                    figures.append(printed)
                    cites.append(statement.citation)
        if not figures:
            label = query.whole.label if query.whole else "总额"
            replies.append(Reply((f"没有找到“{label}”的金额，无法计算占比。",), status=Status.ABSTAINED, reason="未披露"))
            continue
        figures.append(part)
        replies.append(
            Reply(
                tuple(lines), tuple(figures), tuple(dict.fromkeys(cites)), subject=part.label,
                scope=scope_label(part.row) if part.row else "", names=part.names,
                projects=(part.project,) if part.project else (), aspects=frozenset({"占比"}), rule="share",
            )  # fmt: skip
        )
    return replies[0] if len(replies) == 1 else join(tuple(replies), "share")


def _matching(whole: Selector, part: Figure, resolver: Resolver) -> Selector:
    """The whole under the same table as the part, where it is printed there; else as it is."""
    if part.row is None or whole.table_numbers or not part.row.table_number:
        return whole
    narrowed = whole.narrowed(table_numbers=(part.row.table_number,), project=None)
    readings = resolver.readings(narrowed)
    if readings.main is not None and not readings.main.blank and not readings.others:
        return narrowed
    return whole


def default_wholes(part: Figure, selector: Selector, semantics: Semantics) -> list[Selector]:
    """What a share is of when the question does not say: the parent figure, then the total expenditure."""
    row = part.row
    wholes: list[Selector] = []
    base = Selector(documents=selector.documents, years=selector.years)
    if row is not None:
        if row.classification is Classification.PROJECT:
            wholes.append(base.narrowed(names=("项目支出",), label="项目支出"))
        elif row.project:
            wholes.append(
                base.narrowed(names=(row.project,), classifications=(Classification.PROJECT,), project=row.project, label=row.project)
            )
        elif row.parent:
            wholes.append(base.narrowed(names=(row.parent,), codes=(row.parent,), label=row.parent))
        else:
            holder = next((c for c in semantics.containers if c.classification is row.classification and row.level == c.level), None)
            wholes += [base.narrowed(names=holder.names, label=holder.names[0])] if holder else []
    total = _total_container(semantics)
    wholes.append(base.narrowed(names=total.names, label="总支出"))
    return wholes


def _total_container(semantics: Semantics) -> Container:
    return next(c for c in semantics.containers if c.classification is Classification.FUNCTIONAL)


def difference(query: SemanticQuery, resolver: Resolver) -> Reply:
    found = _all_figures(query.subjects, resolver)
    if isinstance(found, Reply):
        return found
    first, *rest = found
    result = fig.difference(f"{first.label}与{'、'.join(f.label for f in rest)}之差", first, *rest)
    result = fig.in_unit(result, query.unit)
    size = fig.absolute(result)
    if len(rest) == 1:
        relation = "相等" if not result.amount else f"**{'多' if result.amount > 0 else '少'} {size.text}**"
        line = f"{first.label}（{first.text}）比{rest[0].label}（{rest[0].text}）{relation}。" if result.amount else f"{first.label}与{rest[0].label}**相等**，都是 {first.text}，相差 0。"
    else:
        line = f"{first.label}（{first.text}）减去{'、'.join(f'{f.label}（{f.text}）' for f in rest)}，还有 **{result.text}**。"
    lines = [line, f"- 算式：{result.formula}"]
    return _of_figures(lines, (size, *found), "difference")


def ratio(query: SemanticQuery, resolver: Resolver, heads: Selector) -> Reply:
    """A ÷ B as a multiple; per head, per month or per day where asked."""
    months = {"per_month": ("12", "月"), "per_day": ("365", "天")}
    found = _all_figures(query.subjects[:1], resolver)
    if isinstance(found, Reply):
        return found
    first = found[0]
    if query.detail in months:
        number, noun = months[query.detail]
        divisor = Figure(f"{number}个{noun}", Decimal(number), noun, Dimension.COUNT, 0)
        result = fig.quotient(f"{first.label}平均每{noun}", first, divisor, f"{first.unit}/{noun}", 4)
    else:
        whole = resolver.figure(query.whole or heads)
        if whole is None:
            label = query.whole.label if query.whole else "人数"
            return Reply((f"文件没有披露“{label}”，无法计算。",), status=Status.ABSTAINED, reason="未披露")
        found = (*found, whole)
        if query.detail == "per_head":
            result = fig.quotient(f"{first.label}人均", first, whole, f"{first.unit}/{whole.unit}")
        else:
            result = fig.quotient(f"{first.label}与{whole.label}之比", first, whole, "倍")
    lines = [f"{result.label}：**{result.text}**", f"- 算式：{result.formula}"]
    return _of_figures(lines, (result, *found), "ratio")


def comparison(query: SemanticQuery, resolver: Resolver) -> Reply:
    """Which is more; with `whole`, whether the sum of the subjects equals it."""
    found = _all_figures((*query.subjects, *((query.whole,) if query.whole else ())), resolver)
    if isinstance(found, Reply):
        return found
    if query.whole is not None:
        return _sum_against(found[:-1], found[-1])
    ordered = sorted(fig.common_unit(found), key=lambda f: -f.amount)
    first, second = ordered[0], ordered[1]
    if all(f.amount == first.amount for f in ordered):
        verdict = "**一致**" if query.detail == "equal" else "**一样多**"
        lines = [f"{verdict}：{'、'.join(f.label for f in ordered)}都是 {first.text}。"]
        return _of_figures(lines, tuple(ordered), "comparison")
    gap = fig.absolute(fig.difference(f"{first.label}与{second.label}之差", first, second))
    chain = " > ".join(f"{f.label} {f.text}" for f in ordered)
    lines = [f"**{first.label}**更多：{chain}。", f"- {first.label}比{second.label}多：{gap.formula}"]
    if query.detail == "equal":
        lines.insert(0, "**不一致**，两者不相等。")
    return _of_figures(lines, (*ordered, gap), "comparison", items=tuple(ordered))


def _sum_against(parts: tuple[Figure, ...], whole: Figure) -> Reply:
    total_ = fig.total("合计", parts)
    gap = fig.difference("差额", total_, whole)
    if gap.amount:
        lines = [f"**对不上**：各项相加 {total_.formula}，而{whole.label}是 {whole.text}，差额：{gap.formula}"]
    else:
        lines = [f"**对得上**，两边相等：{total_.formula}，{whole.label}也是 {whole.text}。"]
    return _of_figures(lines, (total_, whole, gap, *parts), "comparison")


def total(query: SemanticQuery, resolver: Resolver) -> Reply:
    found = _all_figures(query.subjects, resolver)
    if isinstance(found, Reply):
        return found
    result = fig.in_unit(fig.total(f"{'、'.join(f.label for f in found)}合计", found), query.unit)
    parts = "，".join(f"{f.label} {f.text}" for f in found)
    return _of_figures([f"{parts}；合计 **{result.text}**", f"- 算式：{result.formula}"], (result, *found), "total")


def mean(query: SemanticQuery, resolver: Resolver) -> Reply:
    found = _all_figures(query.subjects, resolver)
    if isinstance(found, Reply):
        return found
    whole = fig.total("合计", found)
    count = Figure("项数", Decimal(len(found)), "项", Dimension.COUNT, 0)
    result = fig.quotient(f"{'、'.join(f.label for f in found)}平均", whole, count, whole.unit)
    lines = [f"平均 **{result.text}**", f"- 算式：({whole.formula}) ÷ {len(found)} = {result.text}"]
    return _of_figures(lines, (result, whole, *found), "mean")


def existence(query: SemanticQuery, resolver: Resolver) -> Reply:
    """Yes, no (0 or stated none), blank, or not disclosed; for each subject."""
    replies = tuple(_exists(s, query, resolver) for s in query.subjects)
    return replies[0] if len(replies) == 1 else join(replies, "existence")


def _exists(selector: Selector, query: SemanticQuery, resolver: Resolver) -> Reply:
    none = stated_none(selector, resolver)
    if none is not None:
        return none
    reply = value(query.with_(operation=Operation.VALUE, subjects=(selector,)), resolver)
    if not reply.figures:
        return reply
    verdict = "**没有**：预算数为 0。" if not reply.figures[0].amount else "**有**。"
    return replace(reply, lines=(verdict, *reply.lines), rule="existence")


def stated_none(selector: Selector, resolver: Resolver) -> Reply | None:
    """What the document says it does not have (没有使用政府性基金预算财政拨款安排的支出)."""
    absent = resolver.executor.statements(selector, StatementKind.ABSENCE)
    if not absent:
        return None
    lines = tuple(f"**没有**。文件写明：“{s.clause}”" for s in absent[:2])
    places = tuple(s.citation for s in absent[:2])
    return Reply(lines, (), places, subject=selector.label, names=selector.names, rule="existence")


def _all_figures(selectors: tuple[Selector, ...], resolver: Resolver) -> tuple[Figure, ...] | Reply:
    """A figure for each selector (a blank counts as none), or the reply that says which is missing."""
    found: list[Figure] = []
    lacking: list[str] = []
    for selector in selectors:
        figure = resolver.figure(selector)
        if figure is None:
            readings = resolver.readings(selector)
            label = selector.label or selector.names[0]
            lacking.append(
                f"“{label}”在{readings.main.row.citation.label()}是空白" if readings.main else absence(selector, resolver)
            )
        else:
            found.append(figure)
    if lacking:
        told = [f"{f.label}：{f.text}" for f in found]
        return Reply(
            ("；".join(lacking) + "，因此不能计算。", *told), tuple(found), tuple(c for f in found for c in f.citations),
            status=Status.ABSTAINED, reason="未披露",
        )  # fmt: skip
    return tuple(found)


def _of_figures(lines: list[str], figures: tuple[Figure, ...], rule: str, items: tuple[Figure, ...] = ()) -> Reply:
    return Reply(
        tuple(lines),
        figures,
        tuple(dict.fromkeys(c for f in figures for c in f.citations)),
        subject="、".join(dict.fromkeys(f.label for f in figures[1:])) or figures[0].label,
        scope="；".join(dict.fromkeys(scope_label(f.row) for f in figures if f.row)),
        names=tuple(dict.fromkeys(n for f in figures for n in f.names)),
        projects=tuple(dict.fromkeys(f.project for f in figures if f.project)),
        aspects=frozenset({"金额"}),
        items=items,
        rule=rule,
    )


def join(replies: tuple[Reply, ...], rule: str) -> Reply:
    """Several replies as one: answered if any is."""
    answered = [r for r in replies if r.answered]
    tables = [r.table for r in replies if r.table]
    return Reply(
        tuple(line for r in replies for line in r.lines),
        tuple(f for r in replies for f in r.figures),
        tuple(dict.fromkeys(c for r in replies for c in r.citations)),
        status=Status.ANSWERED if answered else replies[0].status,
        reason="" if answered else replies[0].reason,
        table=tables[0] if tables else None,
        subject="；".join(dict.fromkeys(r.subject for r in replies if r.subject)),
        scope="；".join(dict.fromkeys(r.scope for r in replies if r.scope)),
        names=tuple(dict.fromkeys(n for r in replies for n in r.names)),
        projects=tuple(dict.fromkeys(p for r in replies for p in r.projects)),
        aspects=frozenset().union(*(r.aspects for r in replies)),
        choices=tuple(c for r in replies for c in r.choices),
        items=tuple(f for r in replies for f in (r.items or r.figures[:1])),
        rule=rule,
    )


