"""Where the figures of a unit under a body are looked up: its own rows, else the columns beside its total."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant import bodies
from assistant.parts import Parts
from assistant.query import Selector, SemanticQuery
from assistant.question import fold
from assistant.reply import Reply
from assistant.resolving import Resolver
from index.evidence import Classification

_LEAST = 2  # characters of a column that says more than a total
_TOTALS = ("收入合计", "支出合计", "收入总计", "支出总计", "本年收入合计", "本年支出合计")


@dataclass(frozen=True, slots=True)
class Frame:
    """`calculate` runs a query; `total` names what a body's budget is called; `before`: the unit last spoken of; `spoken`: every
    unit of the conversation that a figure was told of, in order."""

    resolver: Resolver
    calculate: Callable[[SemanticQuery], Reply]
    total: Selector
    before: str = ""
    spoken: tuple[str, ...] = ()


def held(selector: Selector, unit: str, frame: Frame) -> Selector:
    """A selector of a unit's own figures. Tables of units print totals with their sources and uses beside them; a
    column that its row leaves blank is told as blank."""
    own = selector.narrowed(bodies=(unit,))
    if frame.resolver.figure(own) is not None:
        return own
    total = own.narrowed(names=(), codes=(), classifications=(Classification.TOTAL,), totals=True)
    if _is_total(selector, frame):
        return total
    blank = None
    for name in selector.names:
        funds = {row.fund for row in frame.resolver.executor.facts(total) if row.fund and name.startswith(row.fund)}
        for axis in ({"measures": (name,)}, {"funds": (name,)}, {"funds": tuple(sorted(funds, key=len)[-1:])}):
            rows = frame.resolver.executor.facts(total.narrowed(**axis)) if any(axis.values()) else ()
            if any(row.value is not None for row in rows):
                return total.narrowed(**axis)
            blank = blank or (total.narrowed(**axis) if rows else None)
    return blank or own


def _is_total(selector: Selector, frame: Frame) -> bool:
    return bool(set(selector.names) & {*frame.total.names, *_TOTALS})


def printed_beside(unit: str, parts: Parts, frame: Frame) -> Selector | None:
    """A source or use that the tables of units print in a column of its own (事业收入, 项目支出)."""
    total = frame.total.narrowed(names=(), bodies=(unit,), classifications=(Classification.TOTAL,), totals=True)
    said = {
        name
        for row in frame.resolver.executor.facts(total)
        for name in (row.fund, row.measure)
        if name and len(name) > _LEAST and fold(name) in parts.linked.text
    }
    longest = max(sorted(said), key=len, default="")
    return Selector(names=(longest,), documents=frame.total.documents, label=longest) if longest else None


def holders(units: tuple[str, ...], frame: Frame) -> tuple[bodies.Holder, ...]:
    documents = {unit.name: unit.document for unit in frame.resolver.catalog.units}
    return tuple(bodies.Holder(unit, documents[unit], unit) for unit in units)
