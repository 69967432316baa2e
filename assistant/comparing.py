"""Several figures together: differences, comparisons, sums and means of named things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from assistant import bridging
from assistant import figures as fig
from assistant.figures import Figure
from assistant.gathering import commensurable, of_figures
from assistant.query import ENDS, NET, REMAINDER, SUM_AGAINST, Operation, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import Resolver
from assistant.scoping import scope_label
from assistant.values import value
from index.evidence import Dimension


def difference(query: SemanticQuery, resolver: Resolver) -> Reply:
    readings = _two_readings(query.subjects[0], resolver) if len(query.subjects) == 1 else ()
    found = readings or commensurable(query.subjects, resolver)
    if isinstance(found, Reply):
        return found
    if len(found) < 2:
        return value(query.with_(operation=Operation.VALUE), resolver)
    if query.detail == ENDS:
        found = _ends(found)
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
    held: tuple[Figure, ...] = ()
    if len(rest) == 1 and bridging.same_account(first, rest[0]):
        held = bridging.inside_projects(size, max(found, key=lambda f: f.amount), resolver)
        lines += [bridging.told(held)] if held else []
    elif len(rest) == 1 and (held := bridging.other_source(size, first, rest[0], resolver)):
        lines.append(bridging.from_source(held))
    rest_of = query.detail == REMAINDER and not held
    left = bridging.remaining(size, found, resolver) if rest_of else ()
    same = bridging.of_amount(size, found, resolver) if rest_of and not left else None
    if left:
        lines.append(bridging.that_is(left))
        held = left if len(left) == 1 else ()
    elif same is not None:
        lines.append(f"- 与“{same.label}”的金额正好相同：{same.text}（{scope_label(same.row) if same.row else ''}）")
        held = (same,)
    if query.detail == ENDS:
        lines.insert(0, f"最多的是 **{first.label}**（{first.text}），最少的是 **{rest[0].label}**（{rest[0].text}）。")
    rates = _rate_between_years(found)
    lines += [f"- {'下降' if rate.amount < 0 else '增长'}幅度：{rate.formula}" for rate in rates]
    shares = _share_of_gap(size, query.whole, resolver)
    lines += [f"- 差额占比：**{share.text}**（{share.formula}）" for share in shares]
    return of_figures(lines, (size, *(fig.absolute(rate) for rate in rates), *shares, *found, *held), "difference")


def _share_of_gap(gap: Figure, whole: Selector | None, resolver: Resolver) -> tuple[Figure, ...]:
    """What a difference is of a figure that the question names; () where it names none or there is no such figure."""
    base = resolver.figure(whole) if whole is not None else None
    if base is None or not base.amount or base.dimension is not gap.dimension:
        return ()
    return (fig.percentage(f"差额占{base.label}", gap, base),)


def _ends(found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The largest and the smallest of several figures."""
    ordered = sorted(fig.common_unit(found), key=lambda f: -f.amount)
    return (ordered[0], ordered[-1])


def _two_readings(selector: Selector, resolver: Resolver) -> tuple[Figure, ...]:
    """The two figures of one name under different 口径, the larger first; () unless there are just two."""
    readings = resolver.readings(selector)
    shown = [r for r in (readings.main, *readings.others) if r is not None and not r.blank]
    figures = sorted((resolver.of(r) for r in shown), key=lambda f: -f.amount)
    alike = len({(f.dimension, f.unit) for f in figures}) == 1
    return tuple(figures) if len(figures) == 2 and alike else ()


def _rate_between_years(found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Of one thing in two years, the change in percent of the earlier."""
    if len(found) != 2 or not set(found[0].names) & set(found[1].names):
        return ()
    dated = [(f.row.year, f) for f in found if f.row is not None and f.row.year is not None]
    if len({year for year, _ in dated}) < 2:
        return ()
    (_, earlier), (_, later) = sorted(dated, key=lambda pair: pair[0])
    if not earlier.amount:
        return ()
    return (fig.percentage(f"{later.label}增减率", fig.difference("增减", later, earlier), earlier),)


def comparison(query: SemanticQuery, resolver: Resolver) -> Reply:
    """Which is more; with `whole`, whether the sum of the subjects equals it."""
    found = commensurable((*query.subjects, *((query.whole,) if query.whole else ())), resolver)
    if isinstance(found, Reply):
        return found
    if query.whole is not None:
        return _sum_against(found[:-1], found[-1], verdict=query.detail != SUM_AGAINST)
    ordered = sorted(fig.common_unit(found), key=lambda f: -f.amount)
    first, second = ordered[0], ordered[1]
    if all(f.amount == first.amount for f in ordered):
        verdict = "**一致**" if query.detail == "equal" else "**一样多**"
        lines = [f"{verdict}：{'、'.join(f.label for f in ordered)}都是 {first.text}。"]
        return of_figures(lines, tuple(ordered), "comparison")
    gap = fig.absolute(fig.difference(f"{first.label}与{second.label}之差", first, second))
    chain = " > ".join(f"{f.label} {f.text}" for f in ordered)
    lines = [f"**{first.label}**更多：{chain}。", f"- {first.label}比{second.label}多：{gap.formula}"]
    if query.detail == "equal":
        lines.insert(0, "**不一致**，两者不相等。")
    if query.detail in ("more_than", "less_than"):
        holds = (found[0].label == first.label) == (query.detail == "more_than")
        lines.insert(0, "**是的**。" if holds else "**不是**。")
    return of_figures(lines, (*ordered, gap), "comparison", items=tuple(ordered))


def _sum_against(parts: tuple[Figure, ...], whole: Figure, *, verdict: bool) -> Reply:
    """A sum and a figure: whether they are equal, or how much more or less the sum is."""
    total_ = fig.total("合计", parts)
    gap = fig.difference("差额", total_, whole)
    if not verdict:
        size = fig.absolute(gap)
        relation = f"{'多' if gap.amount > 0 else '少'} {size.text}" if gap.amount else "相等"
        lines = [
            f"各项相加（{total_.formula}）与{whole.label}（{whole.text}）相比**{relation}**。",
            f"- 算式：{gap.formula}",
        ]
        return of_figures(lines, (size, total_, whole, *parts), "comparison")
    if gap.amount:
        lines = [f"**对不上**：各项相加 {total_.formula}，而{whole.label}是 {whole.text}，差额：{gap.formula}"]
    else:
        lines = [f"**对得上**，两边相等：{total_.formula}，{whole.label}也是 {whole.text}。"]
    return of_figures(lines, (total_, whole, gap, *parts), "comparison")


def total(query: SemanticQuery, resolver: Resolver) -> Reply:
    found = commensurable(query.subjects, resolver)
    if isinstance(found, Reply):
        return found
    found, whole = _without_whole(found)
    result = fig.in_unit(fig.total(f"{'、'.join(f.label for f in found)}合计", found), query.unit)
    parts = "，".join(f"{f.label} {f.text}" for f in found)
    lines = [f"{parts}；合计 **{result.text}**", f"- 算式：{result.formula}"]
    lines += [f"- {f.label}就是这几项之和，没有再加一遍。" for f in whole]
    if query.detail == NET:
        size = fig.absolute(result)
        lines.insert(0, f"相抵后净{'减少' if result.amount < 0 else '增加'} **{size.text}**。")
        return of_figures(lines, (size, result, *found), "total")
    lines += [
        f"- 注意：{part.label}是{whole.label}的一部分，这样相加是重复计算。" for whole, part in _held_twice(found)
    ]
    return of_figures(lines, (result, *found), "total")


def _without_whole(found: tuple[Figure, ...]) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """Several figures without the one that is the very sum of the others (三公总数：出国、用车、接待加一下)."""
    plain = fig.common_unit(found)
    for index, one in enumerate(plain):
        others = (*plain[:index], *plain[index + 1 :])
        total = one.row is None or one.row.is_total
        if total and len(others) > 1 and one.amount and one.amount == sum(f.amount for f in others):
            return (*found[:index], *found[index + 1 :]), (found[index],)
    return found, ()


def _held_twice(found: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Figures of which one is an account under another: (whole, part)."""
    for whole, part in permutations(found, 2):
        above, below = whole.row, part.row
        if (
            above is None
            or below is None
            or (above.classification, above.project) != (below.classification, below.project)
        ):
            continue
        deeper = bool(above.code) and below.code.startswith(above.code) and below.code != above.code
        if deeper or below.parent in (above.code, above.subject) and below.parent:
            yield whole, part


def mean(query: SemanticQuery, resolver: Resolver) -> Reply:
    found = commensurable(query.subjects, resolver)
    if isinstance(found, Reply):
        return found
    whole = fig.total("合计", found)
    count = Figure("项数", Decimal(len(found)), "项", Dimension.COUNT, 0)
    result = fig.quotient(f"{'、'.join(f.label for f in found)}平均", whole, count, whole.unit)
    lines = [f"平均 **{result.text}**", f"- 算式：{whole.formula}；{result.formula}"]
    return of_figures(lines, (result, whole, *found), "mean")
