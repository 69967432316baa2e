"""Questions of particular kinds, answered before figures and passages are weighed: what is purchased, out of which
money a thing is paid, how many of a thing are counted, and what units under a body have.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant import (
    bodies,
    departments,
    fund_shares,
    funding,
    pointed_at,
    purchase_kinds,
    purchases,
    table_counts,
    tallies,
    unit_figures,
    units,
)
from assistant.conversation import State
from assistant.parts import Parts
from assistant.query import Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import Resolver
from assistant.understanding import Understanding
from index.evidence import Classification

WHOLE = frozenset(
    {
        purchases.RULE,
        purchase_kinds.RULE,
        funding.RULE,
        fund_shares.RULE,
        tallies.RULE,
        departments.RULE,
        table_counts.RULE,
    }  # fmt: skip
)  # rules that answer every clause of their question


@dataclass(frozen=True, slots=True)
class Frame:
    """`calculate` runs a query; `total` names what a body's budget is called."""

    resolver: Resolver
    calculate: Callable[[SemanticQuery], Reply]
    total: Selector
    state: State


def answer(understood: Understanding, frame: Frame) -> Reply | None:
    """The first of them that has an answer; None where the question is of no such kind."""
    executor = frame.resolver.executor
    documents = frame.total.documents or tuple(d.key for d in frame.resolver.catalog.documents)
    unit = _unit_before(frame.state)
    tries: tuple[Callable[[], Reply | None], ...] = (
        lambda: None if frame.state.turns else pointed_at.which(understood.linked, frame.resolver.catalog),
        lambda: None if frame.state.turns else pointed_at.which_rate(understood.parts),
        lambda: purchases.answer(understood, documents, executor),
        lambda: purchase_kinds.answer(understood, documents, executor, spoken_of=_of_purchases(frame.state)),
        lambda: fund_shares.answer(understood.parts, _project_before(frame.state), frame.resolver, documents),
        lambda: funding.answer(
            understood, funding.Frame(frame.resolver, _asked_before(frame.state, unit), frame.total)
        ),
        lambda: departments.answer(
            understood, documents, executor, before=frame.state.last.reply if frame.state.last is not None else None
        ),
        lambda: table_counts.answer(understood, frame.resolver.catalog, documents, executor),
        lambda: tallies.answer(understood, documents, executor),
        lambda: units.answer(
            understood,
            unit_figures.Frame(frame.resolver, frame.calculate, frame.total, unit, _units_spoken_of(frame.state)),
        ),
    )
    return next((reply for attempt in tries if (reply := attempt()) is not None), None)


def _of_purchases(state: State) -> bool:
    """Was the last answer about purchases?"""
    told = state.last.reply.figures if state.last is not None else ()
    return any(f.row is not None and f.row.classification is Classification.PROCUREMENT for f in told)


def _unit_before(state: State) -> str:
    """The one unit that the last answer was of, or picked among several."""
    told = state.last.reply.figures if state.last is not None else ()
    if state.last is not None and state.last.reply.rule == bodies.RULE and _picks_one(state.last.understanding.parts):
        told = told[:1]
    spoken = {f.row.body for f in told if f.row is not None}
    return spoken.pop() if len(spoken) == 1 else ""


def _units_spoken_of(state: State) -> tuple[str, ...]:
    """Every unit that a figure of its own was told of, in order."""
    first = (next((f.row.body for f in t.reply.figures if f.row is not None), "") for t in state.turns)
    return tuple(dict.fromkeys(unit for unit in first if unit))


def _picks_one(parts: Parts) -> bool:
    """Was the one at the end of a ranking asked for?"""
    return parts.has("max", "min") and bodies.limit_of(parts) == 1 and not bodies.both_ends(parts)


def _project_before(state: State) -> str:
    """The one project that the last answer was of."""
    told = state.last.reply.items or state.last.reply.figures if state.last is not None else ()
    projects = {f.row.project for f in told if f.row is not None}
    return projects.pop() if len(projects) == 1 else ""


def _asked_before(state: State, unit: str) -> Selector | None:
    """The one thing that the last question asked for a figure of."""
    query = state.last.understanding.query if state.last is not None else None
    asked = query.subjects[0] if query is not None and len(query.subjects) == 1 else None
    return asked.narrowed(bodies=(unit,)) if asked is not None and unit else asked
