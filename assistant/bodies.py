"""Several documents: which of them a question means, and figures put side by side across them.

Each document is asked by itself, in its own year and 口径; the figures are then compared, ranked or added up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant import figures as fig
from assistant.answer import ResultTable, Status
from assistant.catalog import Catalog, DocumentEntry
from assistant.figures import Figure
from assistant.parts import Parts
from assistant.query import Operation, Order, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import Resolver

_SHOWN = 30
_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """The documents a question means. `several`: they are put side by side; `unclear`: it has to say which."""

    keys: tuple[str, ...]
    several: bool = False
    unclear: bool = False


def meant(parts: Parts, asked: tuple[str, ...], before: tuple[str, ...], catalog: Catalog) -> Meant:
    """From the bodies and years that a question names, the caller's choice, the conversation, or what there is."""
    held = tuple(d for d in catalog.documents if not asked or d.key in asked)
    if len(held) <= 1:
        return Meant(tuple(d.key for d in held) if asked else ())
    everyone = parts.has("which_body")
    named = tuple(d for d in held if d.key in parts.documents)
    if named:
        return _of_years(named, parts)
    if everyone:
        return Meant(tuple(d.key for d in _in_years(held, parts)), several=True)
    if asked:
        return Meant(asked, several=len(asked) > 1)
    if before:
        return Meant(before, several=len(before) > 1)
    return Meant((), unclear=True)


def _in_years(entries: Sequence[DocumentEntry], parts: Parts) -> tuple[DocumentEntry, ...]:
    chosen = tuple(d for d in entries if d.year in parts.years)
    return chosen or tuple(entries)


def _of_years(named: tuple[DocumentEntry, ...], parts: Parts) -> Meant:
    """One document a body: of the year that is named, else the newest; two years of one body where both are named."""
    bodies: dict[str, list[DocumentEntry]] = {}
    for entry in named:
        bodies.setdefault(entry.body, []).append(entry)
    keys: list[str] = []
    for entries in bodies.values():
        fitting = [d for d in entries if d.year in parts.years]
        chosen = fitting or [max(entries, key=lambda d: (d.year or 0, d.key))]
        keys += [d.key for d in chosen]
    return Meant(tuple(keys), several=len(keys) > 1)


def choices(catalog: Catalog, question: str) -> tuple[str, ...]:
    """The question put to each of the first few documents."""
    return tuple(f"{d.body}{d.year or ''}年：{question}" for d in catalog.documents[:_CHOICES])


_ACROSS = (
    (("sum",), Operation.SUM), (("mean",), Operation.MEAN), (("ratio",), Operation.RATIO),
    (("difference",), Operation.DIFFERENCE), (("compare_previous", "change_up", "change_down", "change_any"), Operation.CHANGE),
    (("max", "min", "top", "bottom", "more", "fewer"), Operation.RANK),
)  # fmt: skip


def across(query: SemanticQuery, parts: Parts) -> SemanticQuery:
    """What a question about one thing asks of it in several documents."""
    subject = next(iter((*parts.subjects, *parts.contexts)), None)
    if subject is None:
        return query
    operation = next((op for cues, op in _ACROSS if parts.has(*cues)), Operation.VALUE)
    order = None
    if operation is Operation.RANK or parts.has("more", "fewer"):
        order = Order.ASCENDING if parts.has("min", "bottom", "fewer") else Order.DESCENDING
    every = parts.has("top", "bottom") and not parts.has("max", "min") and parts.limit is None
    return SemanticQuery(
        operation,
        (subject.selector,),
        order=order,
        limit=parts.limit or (0 if every else 1),
        unit=parts.unit or query.unit,
    )


def side_by_side(
    query: SemanticQuery, keys: tuple[str, ...], resolver_of: Callable[[str], Resolver], catalog: Catalog
) -> Reply | None:
    """The same figure of several documents, combined as asked; None where the question is not about one figure."""
    if len(query.subjects) != 1 and not _same_name(query.subjects):
        return None
    selector = query.subjects[0] if query.subjects else None
    if selector is None:
        return None
    found, lacking = _each(selector, keys, resolver_of, catalog)
    if not found:
        return None
    lines, figures = _combined(query, found)
    if lacking:
        lines.append(f"没有披露这个数的：{'、'.join(lacking)}。")
    rows = tuple((f.label, f.digits, f.unit, f.citations[0].label() if f.citations else "") for f in found)
    return Reply(
        tuple(lines), tuple(figures), tuple(dict.fromkeys(f.citations[0] for f in found if f.citations)),
        table=ResultTable(("文件", "数值", "单位", "出处"), rows), subject=selector.label, names=selector.names,
        aspects=frozenset({"金额"}), items=tuple(found), rule="side by side",
    )  # fmt: skip


def _same_name(subjects: tuple[Selector, ...]) -> bool:
    return len({s.names for s in subjects}) == 1


def _each(
    selector: Selector, keys: tuple[str, ...], resolver_of: Callable[[str], Resolver], catalog: Catalog
) -> tuple[list[Figure], list[str]]:
    several_years = len({catalog.by_document[k].year for k in keys}) > 1
    found: list[Figure] = []
    lacking: list[str] = []
    for key in keys:
        entry = catalog.by_document[key]
        name = f"{entry.body}{entry.year}年{entry.stage}" if several_years else entry.body
        own = tuple(y for y in selector.years if y != entry.year) if not several_years else ()
        figure = resolver_of(key).figure(selector.narrowed(documents=(key,), years=own))
        if figure is None:
            lacking.append(name)
        else:
            found.append(replace(figure, label=f"{name}的{figure.label}"))
    return list(fig.common_unit(tuple(found))), lacking


def _combined(query: SemanticQuery, found: list[Figure]) -> tuple[list[str], list[Figure]]:
    ordered = sorted(found, key=lambda f: f.amount, reverse=query.order is not Order.ASCENDING)
    told = [f"- {f.label}：{f.text}" for f in (ordered if query.order else found)[:_SHOWN]]
    operation = query.operation
    if len(found) == 1 or operation in (Operation.VALUE, Operation.LIST, Operation.EXISTENCE):
        return [f"共 {len(found)} 份文件有这个数：", *told] if len(found) > 1 else told, found
    if operation is Operation.SUM:
        total = fig.in_unit(fig.total("合计", tuple(found)), query.unit)
        return [f"合计 **{total.text}**", f"- 算式：{total.formula}", *told], [total, *found]
    if operation is Operation.MEAN:
        total = fig.total("合计", tuple(found))
        mean = replace(total, label="平均", amount=total.amount / len(found), places=2)
        mean = replace(mean, formula=f"({total.formula}) ÷ {len(found)} ≈ {mean.text}")
        return [f"平均 **{mean.text}**", f"- 算式：{mean.formula}", *told], [mean, total, *found]
    if operation is Operation.RATIO and len(found) == 2:
        ratio = fig.quotient(f"{found[0].label}与{found[1].label}之比", found[0], found[1], "倍")
        return [f"**{ratio.text}**（{ratio.formula}）", *told], [ratio, *found]
    if operation in (Operation.DIFFERENCE, Operation.CHANGE, Operation.RATE) and len(found) == 2:
        return _difference(operation, found, told)
    largest, second = ordered[0], ordered[1]
    word = "最少" if query.order is Order.ASCENDING else "最多"
    lines = [
        f"{word}的是 **{largest.label}**（{largest.text}）。",
        *[f"- {f.label}：{f.text}" for f in ordered[:_SHOWN]],
    ]
    gap = fig.absolute(fig.difference(f"{largest.label}与{second.label}之差", largest, second))
    if len(found) == 2:
        lines.append(f"- 相差：{gap.formula}")
        return lines, [*ordered, gap]
    limit = query.limit if query.operation is Operation.RANK and query.limit else len(ordered)
    return lines, ordered[: max(limit, 1)] if query.operation is Operation.RANK else ordered


def _difference(operation: Operation, found: list[Figure], told: list[str]) -> tuple[list[str], list[Figure]]:
    """Of two years of one body, the later against the earlier; else the first against the second."""
    later, earlier = found[0], found[1]
    if (
        operation is not Operation.DIFFERENCE
        and later.row
        and earlier.row
        and (later.row.year or 0) < (earlier.row.year or 0)
    ):
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


def ask_which(catalog: Catalog, question: str) -> Reply:
    """Several documents are held and the question names none."""
    bodies = "、".join(f"{d.body}（{d.year}年{d.stage}）" for d in catalog.documents[:_CHOICES])
    more = f"等 {len(catalog.documents)} 份文件" if len(catalog.documents) > _CHOICES else ""
    return Reply(
        (f"已收录{bodies}{more}，请问您问的是哪一份？",), status=Status.CLARIFY, reason="没有说明是哪一份文件",
        choices=choices(catalog, question), rule="which document",
    )  # fmt: skip
