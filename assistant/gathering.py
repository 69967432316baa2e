"""The figures of several named things together, or which of them are missing; what is told of them as one reply."""

from __future__ import annotations

from dataclasses import replace

from assistant import bridging
from assistant.answer import Status
from assistant.figures import Figure
from assistant.query import Selector
from assistant.reply import Reply
from assistant.resolving import Resolver
from assistant.scoping import scope_label
from assistant.values import absence
from index.evidence import Dimension


def all_figures(selectors: tuple[Selector, ...], resolver: Resolver) -> tuple[Figure, ...] | Reply:
    """A figure for each selector (a blank counts as none), or the reply that says which is missing."""
    found: list[Figure] = []
    lacking: list[str] = []
    for number, selector in enumerate(selectors):
        part = bridging.project_part(selector, resolver) or bridging.left_over(selector, resolver)
        figure = part[0] if part is not None else resolver.figure(selector)
        if figure is None and number and selector.project and selector.names:  # 对聘用人员的满意度比投诉群众满意度
            elsewhere = resolver.figure(selector.narrowed(project=None))
            promised = elsewhere is not None and elsewhere.dimension is not Dimension.MONEY
            figure = elsewhere if promised else None  # no amount of another place
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
    return _told_apart(selectors, tuple(found))


def _told_apart(selectors: tuple[Selector, ...], found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Figures of one name, each called by where the question looks for it (培训费（公开09表）)."""
    asked = [selector.label for selector in selectors]
    alike = len(found) > 1 and len({figure.label for figure in found}) == 1 and len(set(asked)) == len(found)
    return tuple(replace(f, label=label) for f, label in zip(found, asked, strict=True)) if alike else found


def commensurable(selectors: tuple[Selector, ...], resolver: Resolver) -> tuple[Figure, ...] | Reply:
    """`all_figures` of one kind: all money, all rates, or counts of the same unit; else each is told by itself, since
    percent and copies neither add up nor differ."""
    found = all_figures(selectors, resolver)
    if isinstance(found, Reply):
        return found
    kinds = {(f.dimension, f.unit if f.dimension is Dimension.COUNT else "") for f in found}
    if len(kinds) == 1:
        return found
    told = [f"{f.label}：{f.text}" for f in found]
    return of_figures(["这几个数不是同一种单位，不能相加减：", *told], found, "unlike")


def of_figures(lines: list[str], figures: tuple[Figure, ...], rule: str, items: tuple[Figure, ...] = ()) -> Reply:
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
