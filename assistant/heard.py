"""Was everything that a question wants done with its figures taken up?

A word that orders, leaves out, divides or counts changes which figure is meant. Where the query that was run does
nothing of the kind, the figure answers another question: it is better to say which word was not understood.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from assistant.answer import Status
from assistant.asking import single
from assistant.dividing import STANDARD
from assistant.query import ENDS, REMAINDER, Operation, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import STAGE_MEASURES
from assistant.shapes import Mention
from assistant.understanding import Understanding
from index.evidence import Classification, Dimension

RULE = "unheard"
_PLAIN = frozenset(
    {"value", "total", "sum", "share", "difference", "comparison", "ratio", "mean", "change", "existence"}
)

_KINDS = frozenset({Classification.PROCUREMENT, Classification.INDICATOR})


class _Demand(NamedTuple):
    """`asks`: is a word such a wish? `met`: does a query do something of the kind?"""

    asks: Callable[[Mention, Understanding], bool]
    met: Callable[[SemanticQuery, Reply], bool]


def checked(understood: Understanding, reply: Reply) -> Reply:
    """The reply, or a question back that names the word which the figures of the reply pass over."""
    query = understood.query
    if query is None or not reply.answered or reply.rule not in _PLAIN:
        return reply
    if one := _price_of_one(understood, reply):
        return unheard(one, reply)
    for demand in _DEMANDS:
        if demand.met(query, reply):
            continue
        passed = next((m for m in understood.linked.mentions if _own(m) and demand.asks(m, understood)), None)
        if passed is not None:
            return unheard(passed.text, reply)
    return reply


def _price_of_one(understood: Understanding, reply: Reply) -> str:
    """What the price of a single one is asked of (一期多少钱), where the money told is that of them all; "" if none."""
    told = [figure for figure in reply.figures if figure.dimension is Dimension.MONEY]
    if reply.rule != "value" or not told or any(f.row is not None and f.row.measure == STANDARD for f in told):
        return ""
    one = single(understood.linked)
    return one if one and all(not f.names or one not in "".join(f.names) for f in told) else ""


def unheard(word: str, reply: Reply) -> Reply:
    """A question back about a word that the figures of a reply do not heed, with those figures shown as the nearest."""
    lines = (
        f"没有把握：不清楚问题里的“{word}”针对的是哪些数，不能只按其余的字作答。请换个说法，或者分两步问。",
        "与问题有关的数有：",
        *(f"- {figure.label}：{figure.text}" for figure in dict.fromkeys(reply.figures)),
    )
    return replace(
        reply, lines=lines if reply.figures else lines[:1], status=Status.CLARIFY, reason=f"没有听懂“{word}”", rule=RULE
    )


def _own(mention: Mention) -> bool:
    return mention.via != "history"


# ---------------------------------------------------------------- demands


def _orders(mention: Mention, understood: Understanding) -> bool:
    placed = mention.position is not None or mention.limit is not None
    return not understood.follows and (placed or mention.has("max", "min"))


def _ordered(query: SemanticQuery, reply: Reply) -> bool:
    """Is something ranked, or is the figure a bound itself (最低不少于多少册)?"""
    ranked = query.operation is Operation.RANK or query.then is not None or query.detail == ENDS
    several = query.operation is Operation.COMPARISON and len(query.subjects) > 2
    bound = any(f.row is not None and f.row.classification is Classification.INDICATOR for f in reply.figures)
    bound = bound or query.operation is Operation.RATIO
    return ranked or several or bound or query.order is not None or query.members is not None


def _leaves_out(mention: Mention, understood: Understanding) -> bool:
    """Is something named left out, or a rest asked for of which nothing is named?"""
    if not mention.has("except"):
        return False
    named = [e for e in understood.parts.excluded if not e.scope_only]
    known = bool(named) and not mention.has("rest")
    return known or (not understood.parts.excluded and _unknown_left_out(mention, understood))


def _unknown_left_out(mention: Mention, understood: Understanding) -> bool:
    """Does a clause that leaves something out name nothing that is known, while a rest is asked for?"""
    text = understood.linked.text
    end = min((i for mark in "，。；？" if (i := text.find(mark, mention.end)) >= 0), default=len(text))
    inside = (m for m in understood.linked.mentions if mention.end <= m.start < end)
    pointed = (m.has("refer") and m.start == mention.end for m in understood.linked.mentions)
    known = any(m.sense.names or m.sense.scope or m.sense.noun for m in inside) or any(pointed)
    return not known and end > mention.end and understood.parts.has("rest") and not mention.has("rest")


def _left_out(query: SemanticQuery, reply: Reply) -> bool:
    sets = query.members is not None and (bool(query.members.exclude) or query.operation is not Operation.VALUE)
    placed = len(query.subjects) > 1 or any(s.funds or set(s.measures) - STAGE_MEASURES for s in query.subjects)
    return sets or placed or query.operation is Operation.DIFFERENCE or query.detail == REMAINDER


def _divides(mention: Mention, understood: Understanding) -> bool:
    return mention.has("share") and understood.parts.has("rate")


def _divided(query: SemanticQuery, reply: Reply) -> bool:
    shared = any(figure.dimension is Dimension.PERCENT for figure in reply.figures) or "占" in "".join(reply.lines)
    return shared or query.operation in (Operation.RATIO, Operation.DIFFERENCE)


def _of_kind(mention: Mention, understood: Understanding) -> bool:
    noun = mention.sense.noun
    return noun is not None and noun.classification in _KINDS and not mention.sense.names


def _kind_told(query: SemanticQuery, reply: Reply) -> bool:
    """Is a figure of the kind that was named (采购, 指标) among what is told?"""
    rows = [f.row for f in (*reply.figures, *reply.items) if f.row is not None]
    told = any(row.classification in _KINDS or any(kind in row.subject for kind in _KINDS) for row in rows)
    return told or query.members is not None or not rows


_DEMANDS = (
    _Demand(_orders, _ordered),
    _Demand(_leaves_out, _left_out),
    _Demand(_divides, _divided),
    _Demand(_of_kind, _kind_told),
)
