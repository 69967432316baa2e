"""Figures put side by side across bodies: of several documents, or of the units under one body.

Each is asked by itself, in its own year and 口径; the figures are then compared, ranked, added up or divided.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant import figures as fig
from assistant import own_shares
from assistant.answer import ResultTable
from assistant.body_names import terms
from assistant.catalog import Catalog, DocumentEntry
from assistant.figures import Figure
from assistant.parts import Parts
from assistant.query import ALL_FUNDS, ENDS, OWN_WHOLE, Operation, Order, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import Resolver
from assistant.semantics import grammar_words
from index.evidence import Classification, Dimension

_SHOWN = 40
RULE = "side by side"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose figure it is: a document's body as a whole, or one unit under it."""

    name: str
    document: str
    unit: str = ""


def of_documents(keys: Sequence[str], catalog: Catalog) -> tuple[Holder, ...]:
    """The bodies of documents, with their years where these differ."""
    entries = [catalog.by_document[key] for key in keys]
    several_years = len({entry.year for entry in entries}) > 1
    alike = len({(entry.body, entry.year) for entry in entries}) < len(entries)

    def called(entry: DocumentEntry) -> str:
        year = f"{entry.year}年{entry.stage}" if several_years else ""
        return f"{entry.body}{year}{f'（{entry.level}预算）' if alike else ''}"

    return tuple(Holder(called(entry), entry.key) for entry in entries)


_ACROSS = (
    (("share",), Operation.SHARE), (("sum",), Operation.SUM), (("mean",), Operation.MEAN), (("ratio",), Operation.RATIO),
    (("difference",), Operation.DIFFERENCE), (("compare_previous", "change_up", "change_down", "change_any"), Operation.CHANGE),
    (("max", "min", "top", "bottom", "more", "fewer"), Operation.RANK),
)  # fmt: skip


def operation_of(parts: Parts) -> Operation:
    """What is to be done with the figures of several bodies."""
    named = next((op for cues, op in _ACROSS if parts.has(*cues)), Operation.VALUE)
    if named is Operation.VALUE and any(word in parts.linked.text for word in terms().differ):
        return Operation.DIFFERENCE
    if named is Operation.VALUE and (terms().most.search(parts.linked.text) or terms().least.search(parts.linked.text)):
        return Operation.RANK
    if named is Operation.VALUE and any(word in parts.linked.text for word in terms().none):
        return Operation.EXISTENCE
    if named is Operation.VALUE and (parts.position is not None or parts.limit is not None):
        return Operation.RANK
    together = any(word in parts.linked.text for word in grammar_words("together"))
    apart = any(word in parts.linked.text for word in grammar_words("apart"))
    return Operation.SUM if named is Operation.VALUE and together and not apart else named


def order_of(parts: Parts, operation: Operation) -> Order | None:
    """Which end is asked for, where bodies are compared."""
    if operation is not Operation.RANK and not parts.has("more", "fewer"):
        return None
    if both_ends(parts):
        return Order.DESCENDING
    least = parts.has("min", "bottom", "fewer") or terms().least.search(parts.linked.text) is not None
    return Order.ASCENDING if least else Order.DESCENDING


def limit_of(parts: Parts) -> int:
    """How many of a ranking are asked for (垫底的两家)."""
    extreme = parts.at("max", "min")
    counted = (m.counter for m in parts.linked.mentions if m.counter > 1 and m.start >= extreme >= 0)
    return max(parts.limit or next(counted, 1), parts.position or 1)


def both_ends(parts: Parts) -> bool:
    """Are the first and the last of a ranking asked for (第一的和垫底的)?"""
    first = parts.has("max", "top") or parts.position == 1
    return first and parts.has("min", "bottom") and not parts.has("difference")


def across(query: SemanticQuery, parts: Parts) -> SemanticQuery:
    """What a question about one thing asks of it in several bodies."""
    said = (*parts.subjects, *parts.contexts)
    subject = next((s for s in said if s.via == "exact"), next(iter(said), None))
    if parts.head_unit and (heads := _counted(query, parts)) is not None:
        return query.with_(operation=operation_of(parts), subjects=(heads,), members=None, then=None, detail="")
    if subject is None and (counted := _counted(query, parts)) is not None:
        return query.with_(operation=operation_of(parts), subjects=(counted,), members=None, then=None)
    if subject is None:
        return query
    operation = operation_of(parts)
    order = order_of(parts, operation)
    every = parts.has("top", "bottom") and not parts.has("max", "min") and parts.limit is None
    return SemanticQuery(
        operation,
        (subject.selector,),
        order=order,
        position=parts.position or 1,
        detail=ENDS if both_ends(parts) else "",
        limit=0 if every else limit_of(parts),
        unit=parts.unit or query.unit,
    )


def in_each(query: SemanticQuery, parts: Parts) -> SemanticQuery:
    """`across`, with a share asked of what each body has of its own."""
    return own_shares.wanted(across(query, parts), query, parts, order_of(parts, Operation.RANK))


def _counted(query: SemanticQuery, parts: Parts) -> Selector | None:
    """What is counted in each, where a word for a set of things asks for their number (车辆数各是多少)."""
    if query.members is None or query.members.classifications != (Classification.QUANTITY,) or not parts.nouns:
        return None
    noun = parts.nouns[0].sense.noun
    names = noun.surfaces[:1] if noun is not None else ()
    return Selector(names=names, classifications=(Classification.QUANTITY,), label=names[0]) if names else None


def whole_of(selector: Selector, holder: Holder) -> Selector:
    """A selector of the whole body of a document."""
    return selector.narrowed(documents=(holder.document,))


def side_by_side(
    query: SemanticQuery,
    holders: Sequence[Holder],
    resolver_of: Callable[[str], Resolver],
    held: Callable[[Selector, Holder], Selector] = whole_of,
) -> Reply | None:
    """The same figure of several bodies, combined as asked; None where the question is not about one figure."""
    if not query.subjects or len({s.names for s in query.subjects}) != 1:
        return None
    selector = query.subjects[0]
    if query.operation in (Operation.CHANGE, Operation.RATE) and not _one_body(holders, resolver_of):
        return None  # how each has changed is asked of each
    if query.operation is Operation.SHARE and len(holders) > 2:  # noqa: PLR2004 - none is a share of two others
        query = query.with_(operation=Operation.VALUE, detail=OWN_WHOLE, order=None)
    found, lacking = _each(query, holders, resolver_of, held)
    if not found:
        return None
    lines, figures = _combined(query, found)
    if lacking:
        lines.append(f"没有披露这个数的：{'、'.join(lacking)}。")
    rows = tuple((f.label, f.digits, f.unit, f.citations[0].label() if f.citations else "") for f in found)
    return Reply(
        tuple(lines), tuple(figures), tuple(dict.fromkeys(f.citations[0] for f in found if f.citations)),
        table=ResultTable(("名称", "数值", "单位", "出处"), rows), subject=selector.label, names=selector.names,
        aspects=frozenset({"金额"}), items=tuple(found), rule=RULE,
    )  # fmt: skip


def _one_body(holders: Sequence[Holder], resolver_of: Callable[[str], Resolver]) -> bool:
    """Are these the same body in several years?"""
    named = {(resolver_of(h.document).catalog.by_document[h.document].body, h.unit) for h in holders}
    return len(named) == 1


def _each(
    query: SemanticQuery,
    holders: Sequence[Holder],
    resolver_of: Callable[[str], Resolver],
    held: Callable[[Selector, Holder], Selector],
) -> tuple[list[Figure], list[str]]:
    found: list[Figure] = []
    lacking: list[str] = []
    own_years = {resolver_of(holder.document).year for holder in holders}  # each document is of its own year
    selector = query.subjects[0]

    def own(asked: Selector, holder: Holder) -> Selector:
        years = tuple(y for y in asked.years if y not in own_years)
        return held(asked.narrowed(documents=(holder.document,), years=years), holder)

    for holder in holders:
        resolver = resolver_of(holder.document)
        if query.detail == OWN_WHOLE:
            whole = own(query.whole, holder) if query.whole is not None else None
            figure = own_shares.of_body(own(selector, holder), whole, resolver)
        else:
            figure = resolver.figure(own(selector, holder))
        if figure is None:
            lacking.append(holder.name)
        else:
            found.append(replace(figure, label=f"{holder.name}的{_called(figure, selector)}"))
    return list(fig.common_unit(tuple(found))), lacking


def _called(figure: Figure, selector: Selector) -> str:
    """What a figure is called: a body's total out of one fund goes by what was asked of it."""
    row = figure.row
    out_of = row is not None and row.classification is Classification.TOTAL and row.fund not in ("", ALL_FUNDS)
    return selector.label if out_of and selector.label else figure.label


def _combined(query: SemanticQuery, found: list[Figure]) -> tuple[list[str], list[Figure]]:
    ordered = sorted(found, key=lambda f: f.amount, reverse=query.order is not Order.ASCENDING)
    told = [_line(f) for f in (ordered if query.order else found)[:_SHOWN]]
    operation = query.operation
    if operation is Operation.EXISTENCE:
        return _held_or_not(found), [f for f in found if not f.amount] or found
    if len(found) == 1 or operation in (Operation.VALUE, Operation.LIST, Operation.EXISTENCE):
        return [f"共 {len(found)} 个单位有这个数：", *told] if len(found) > 1 else told, found
    if operation is Operation.SUM:
        total = fig.in_unit(fig.total("合计", tuple(found)), query.unit)
        return [f"合计 **{total.text}**", f"- 算式：{total.formula}", *told], [total, *found]
    if operation is Operation.MEAN:
        total = fig.total("合计", tuple(found))
        mean = replace(total, label="平均", amount=total.amount / len(found), places=2)
        mean = replace(mean, formula=f"({total.formula}) ÷ {len(found)} ≈ {mean.text}")
        return [f"平均 **{mean.text}**", f"- 算式：{mean.formula}", *told], [mean, total, *found]
    if operation is Operation.SHARE and len(found) == 2 and found[1].amount:
        part = fig.percentage(f"{found[0].label}占{found[1].label}", found[0], found[1])
        return [f"{part.label}的 **{part.text}**（{part.formula}）", *told], [part, *found]
    if operation is Operation.RATIO and len(found) == 2:
        ratio = fig.quotient(f"{found[0].label}与{found[1].label}之比", found[0], found[1], "倍")
        return [f"**{ratio.text}**（{ratio.formula}）", *told], [ratio, *found]
    if operation in (Operation.DIFFERENCE, Operation.CHANGE, Operation.RATE) and len(found) == 2:
        return _difference(operation, found, told)
    largest, second = ordered[0], ordered[1]
    query = query.with_(position=min(query.position, len(ordered)))
    word = "最少" if query.order is Order.ASCENDING else "最多"
    placed = (
        f"排第 {query.position} 的是 **{ordered[query.position - 1].label}**（{ordered[query.position - 1].text}）。"
    )
    lines = [
        f"{word}的是 **{largest.label}**（{largest.text}）。" + (placed if query.position > 1 else ""),
        *map(_line, ordered[:_SHOWN]),
    ]
    gap = fig.absolute(fig.difference(f"{largest.label}与{second.label}之差", largest, second))
    if len(found) == 2:
        lines.append(f"- 相差：{gap.formula}")
        return lines, [*ordered, gap]
    if query.detail == ENDS:
        lines.insert(1, f"最少的是 **{ordered[-1].label}**（{ordered[-1].text}）。")
        return lines, [largest, ordered[-1]]
    limit = query.limit if query.operation is Operation.RANK and query.limit else len(ordered)
    return lines, ordered[: max(limit, 1)] if query.operation is Operation.RANK else ordered


def _line(figure: Figure) -> str:
    worked = figure.dimension is Dimension.PERCENT and figure.formula
    return f"- {figure.label}：{figure.text}{f'（{figure.formula}）' if worked else ''}"


def _held_or_not(found: list[Figure]) -> list[str]:
    """Which of the bodies have any of it, and which have it printed as nothing."""
    none = [f for f in found if not f.amount]
    some = [f"{f.label} {f.text}" for f in found if f.amount]
    lines = [f"为 0 的有 {len(none)} 个：{'、'.join(f.label for f in none)}。" if none else "没有一个是 0。"]
    return [*lines, f"有安排的 {len(some)} 个：{'；'.join(some)}。"] if some else lines


def again(parts: Parts, earlier: Reply) -> Reply | None:
    """差多少, 加起来呢: another operation on the figures that were put side by side before."""
    operation = operation_of(parts)
    ownless = not (parts.subjects or parts.contexts or parts.nouns or parts.documents)
    if earlier.rule != RULE or len(earlier.items) < 2 or not ownless:  # noqa: PLR2004
        return None
    if operation in (Operation.VALUE, Operation.EXISTENCE, Operation.CHANGE):
        return None
    query = SemanticQuery(operation, order=order_of(parts, operation), limit=parts.limit or 1, unit=parts.unit)
    lines, figures = _combined(query, list(earlier.items))
    return replace(earlier, lines=tuple(lines), figures=tuple(figures))


def _difference(operation: Operation, found: list[Figure], told: list[str]) -> tuple[list[str], list[Figure]]:
    """Of two years of one body, the later against the earlier; else the first against the second."""
    later, earlier = found[0], found[1]
    if later.row and earlier.row and (later.row.year or 0) < (earlier.row.year or 0):
        later, earlier = earlier, later
    gap = fig.difference(f"{later.label}与{earlier.label}之差", later, earlier)
    size = fig.absolute(gap)
    years = later.row and earlier.row and later.row.year != earlier.row.year
    more, fewer = ("增加", "减少") if years else ("多", "少")
    direction = more if gap.amount > 0 else fewer
    lines = [
        f"{later.label}比{earlier.label}**{direction} {size.text}**（{gap.formula}）。"
        if gap.amount
        else "两者**相等**，相差 0。"
    ]
    figures = [size, later, earlier]
    if operation is not Operation.DIFFERENCE and earlier.amount:
        rate = fig.percentage("增减率", gap, earlier)
        lines.append(f"- 幅度：{rate.formula}")
        figures.insert(1, fig.absolute(rate))
    return [*lines, *told], figures
