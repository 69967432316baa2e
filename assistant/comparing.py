"""Several figures together: shares, differences, ratios, comparisons, sums and means of named things."""

from __future__ import annotations

from decimal import Decimal

from assistant import figures as fig
from assistant.answer import Citation, Status
from assistant.figures import Figure, of_statement
from assistant.query import Operation, Selector, SemanticQuery
from assistant.reply import Reply, join
from assistant.resolving import Resolver
from assistant.scoping import scope_label
from assistant.semantics import Container, Semantics
from assistant.values import absence, value
from index.evidence import Classification, Dimension, StatementKind

TOGETHER = "合计"  # detail of a SHARE: of all parts added up, not of each


def share(query: SemanticQuery, resolver: Resolver, semantics: Semantics) -> Reply:
    """Part ÷ whole; without a stated whole, of what the part belongs to and of the total."""
    if query.detail == TOGETHER and len(query.subjects) > 1:
        return _joint_share(query, resolver, semantics)
    replies: list[Reply] = []
    for selector in query.subjects:
        part = resolver.figure(selector)
        if query.whole is not None and part is not None and part.dimension is Dimension.MONEY:
            part = resolver.aligned(selector, query.whole)[0] or part
        if part is None or part.dimension is Dimension.PERCENT:
            replies.append(value(query.with_(operation=Operation.VALUE, subjects=(selector,)), resolver))
            continue
        wholes = [query.whole] if query.whole else default_wholes(part, selector, semantics)
        lines: list[str] = []
        shown: set[str] = set()
        figures: list[Figure] = []
        cites: list[Citation] = list(part.citations)
        for whole_selector in wholes:
            whole = resolver.figure(_matching(whole_selector, part, resolver))
            if query.whole is not None and whole is not None and whole.dimension is not part.dimension:
                return value(query.with_(operation=Operation.VALUE, subjects=(query.whole,), whole=None), resolver)
            if whole is None or not whole.amount:
                continue
            told = (part.label, part.amount) == (whole.label, whole.amount) or whole.label in shown
            if told:
                continue
            shown.add(whole.label)
            result = fig.percentage(f"{part.label}占{whole.label}", part, whole)
            lines.append(f"{part.label}占{whole.label}的 **{result.text}**（{result.formula}）")
            figures.append(result)
            cites += whole.citations
            stated = resolver.executor.statements(selector, StatementKind.SHARE)
            for statement in stated:
                if statement.value is not None and statement.whole in ("", *whole.names, *whole_selector.names):
                    printed = of_statement(statement, f"{part.label}文件所印占比")
                    if printed.amount != result.amount and printed.digits != result.digits:
                        lines.append(f"- 文件所印的占比：{printed.text}（“{statement.clause}”）")
                    figures.append(printed)
                    cites.append(statement.citation)
        if not figures:
            label = query.whole.label if query.whole else "总额"
            replies.append(
                Reply((f"没有找到“{label}”的金额，无法计算占比。",), status=Status.ABSTAINED, reason="未披露")
            )
            continue
        figures.append(part)
        replies.append(
            Reply(
                tuple(lines),
                tuple(figures),
                tuple(dict.fromkeys(cites)),
                subject=part.label,
                scope=scope_label(part.row) if part.row else "",
                names=part.names,
                projects=(part.project,) if part.project else (),
                aspects=frozenset({"占比"}),
                rule="share",
            )  # fmt: skip
        )
    return replies[0] if len(replies) == 1 else join(tuple(replies), "share")


def _joint_share(query: SemanticQuery, resolver: Resolver, semantics: Semantics) -> Reply:
    """Several parts added up ÷ whole."""
    found = _all_figures(query.subjects, resolver)
    if isinstance(found, Reply):
        return found
    part = fig.total(f"{'、'.join(f.label for f in found)}合计", found)
    wholes = [query.whole] if query.whole else default_wholes(found[0], query.subjects[0], semantics)
    lines, shares = [f"{part.label} **{part.text}**（{part.formula}）"], []
    for selector in wholes:
        whole = resolver.figure(_matching(selector, found[0], resolver))
        if whole is not None and whole.amount:
            shares.append(fig.percentage(f"{part.label}占{whole.label}", part, whole))
            lines.append(f"- 占{whole.label}的 **{shares[-1].text}**（{shares[-1].formula}）")
    return _of_figures(lines, (*shares, part, *found), "share")


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
                base.narrowed(
                    names=(row.project,),
                    classifications=(Classification.PROJECT,),
                    project=row.project,
                    label=row.project,
                )
            )
        elif row.parent:
            wholes.append(base.narrowed(names=(row.parent,), codes=(row.parent,), label=row.parent))
        else:
            holder = next(
                (c for c in semantics.containers if c.classification is row.classification and row.level == c.level),
                None,
            )
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
        line = (
            f"{first.label}（{first.text}）比{rest[0].label}（{rest[0].text}）{relation}。"
            if result.amount
            else f"{first.label}与{rest[0].label}**相等**，都是 {first.text}，相差 0。"
        )
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
    if query.detail == "per_count" and query.claim is not None:
        heads_ = Dimension.COUNT.decimal(query.claim.operand)
        divisor = Figure(query.claim.text, heads_, query.claim.text.lstrip("0123456789"), Dimension.COUNT, 0)
        result = fig.quotient(f"{first.label}按{query.claim.text}平均", first, divisor, first.unit)
    elif query.detail in months:
        number, noun = months[query.detail]
        divisor = Figure(f"{number}个{noun}", Decimal(number), noun, Dimension.COUNT, 0)
        result = fig.quotient(f"{first.label}平均每{noun}", first, divisor, first.unit, 4)
    else:
        whole = resolver.figure(query.whole or heads)
        if whole is None:
            label = query.whole.label if query.whole else "人数"
            return Reply((f"文件没有披露“{label}”，无法计算。",), status=Status.ABSTAINED, reason="未披露")
        found = (*found, whole)
        if query.detail == "per_head":
            result = fig.quotient(f"{first.label}人均", first, whole, first.unit)
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
    if query.detail in ("more_than", "less_than"):
        holds = (found[0].label == first.label) == (query.detail == "more_than")
        lines.insert(0, "**是的**。" if holds else "**不是**。")
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
    lines = [f"平均 **{result.text}**", f"- 算式：{whole.formula}；{result.formula}"]
    return _of_figures(lines, (result, whole, *found), "mean")


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
                f"“{label}”在{readings.main.row.citation.label()}是空白"
                if readings.main
                else absence(selector, resolver)
            )
        else:
            found.append(figure)
    if lacking:
        told = [f"{f.label}：{f.text}" for f in found]
        return Reply(
            ("；".join(text.rstrip("。") for text in lacking) + "，因此不能计算。", *told), tuple(found), tuple(c for f in found for c in f.citations),
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
