"""Was everything that a question wants done with its figures taken up?

A word that orders, leaves out, divides or counts changes which figure is meant. Where the query that was run does
nothing of the kind, the figure answers another question: it is better to say which word was not understood.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from assistant.answer import Status
from assistant.asking import listed_kind, single
from assistant.dividing import STANDARD
from assistant.query import ENDS, REMAINDER, Operation, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import STAGE_MEASURES
from assistant.shapes import Mention
from assistant.text_terms import load
from assistant.understanding import Understanding
from index.evidence import Classification, Dimension

RULE = "unheard"
UNHEARD = "没有听懂"  # how the reason of such a reply begins
_PLAIN = frozenset(
    {"value", "total", "sum", "share", "difference", "comparison", "ratio", "mean", "change", "existence"}
)

_PAIR = 2
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
    if passed_over := (
        _offered(understood, reply) or _kind_counted(understood, reply) or _more_counted(understood, query, reply)
    ):
        return unheard(passed_over, reply)
    if _counted_for_money(query, reply):
        lines = ("文件没有披露它的金额；列出的是：", *reply.lines)
        return replace(reply, lines=lines, figures=(), status=Status.ABSTAINED, reason="未披露", rule=RULE)
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


def _offered(understood: Understanding, reply: Reply) -> str:
    """Two numbers of things of which one is to be the right one (7个还是14个), where only money is told; "" if none."""
    linked, told = understood.linked, {figure.dimension for figure in reply.figures}
    counts = [m for m in linked.mentions if m.counter or (m.quantity and m.quantity.dimension is Dimension.COUNT)]
    for one, other in zip(counts, counts[1:], strict=False):
        if told == {Dimension.MONEY} and linked.text[one.end : other.start] in load().alternatives:
            return linked.text[one.start : other.end]
    return ""


def _kind_counted(understood: Understanding, reply: Reply) -> str:
    """The kind of thing that is asked for by name (发展些什么产业), where only how many of something there are is told."""
    kind, told = listed_kind(understood.linked.text), {figure.dimension for figure in reply.figures}
    names = "".join(name for figure in reply.figures for name in (figure.label, *figure.names))
    asks = understood.parts.has("ask_amount", "count", "rate") or understood.parts.head_unit
    return kind if told == {Dimension.COUNT} and not asks and kind not in names else ""


def _more_counted(understood: Understanding, query: SemanticQuery, reply: Reply) -> str:
    """How many a question says that it lists (甲、乙、丙三家加起来), where fewer of them are added up; "" if as many."""
    last = max((s.end for s in understood.parts.subjects), default=0)
    counters = (m for m in understood.linked.mentions if m.counter and m.start >= last and _own(m))
    fewer = reply.rule == "total" and len(query.subjects) > 1 and not understood.follows
    return next((m.text for m in counters if fewer and m.counter > len(query.subjects)), "")


def _counted_for_money(query: SemanticQuery, reply: Reply) -> bool:
    """Is money asked for (要多少钱), and only a number of things told?"""
    asked = bool(query.subjects) and all(s.dimension is Dimension.MONEY for s in query.subjects)
    told = {figure.dimension for figure in reply.figures}
    return reply.rule == "value" and asked and bool(told) and told <= {Dimension.COUNT, Dimension.PERCENT}


def unheard(word: str, reply: Reply) -> Reply:
    """A question back about a word that the figures of a reply do not heed, with those figures shown as the nearest."""
    lines = (
        f"没有把握：不清楚问题里的“{word}”针对的是哪些数，不能只按其余的字作答。请换个说法，或者分两步问。",
        "与问题有关的数有：",
        *(f"- {f.label}：{f.text}{f'（{f.formula}）' if f.formula else ''}" for f in dict.fromkeys(reply.figures)),
    )
    return replace(
        reply,
        lines=lines if reply.figures else lines[:1],
        status=Status.CLARIFY,
        reason=f"{UNHEARD}“{word}”",
        rule=RULE,
    )


def _own(mention: Mention) -> bool:
    return mention.via != "history"


# ---------------------------------------------------------------- demands


def _orders(mention: Mention, understood: Understanding) -> bool:
    if mention.counter > 1 and mention.counter == len(understood.parts.subjects):
        return False  # 三大头A、B、C: only what the three are called
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


def _rated(mention: Mention, understood: Understanding) -> bool:
    """Is a rate asked for, and nothing that is counted beside it (多少起，有几成满意)?"""
    return mention.has("rate") and not understood.parts.head_unit


def _rate_told(query: SemanticQuery, reply: Reply) -> bool:
    """Is anything but a number of things told?"""
    told = {figure.dimension for figure in reply.figures}
    return reply.rule != "value" or told != {Dimension.COUNT}


def _tells_apart(mention: Mention, understood: Understanding) -> bool:
    """Is a difference asked for among more things than two?"""
    return mention.has("difference") and understood.query is not None and len(understood.query.subjects) > _PAIR


def _told_apart(query: SemanticQuery, reply: Reply) -> bool:
    return query.operation is not Operation.VALUE


def _moves(mention: Mention, understood: Understanding) -> bool:
    """Are the changes of several things to be added up (三项各自的增加额相加)?"""
    return mention.has("change_up", "change_down") and understood.parts.has("list") and understood.parts.has("sum")


def _moved(query: SemanticQuery, reply: Reply) -> bool:
    return reply.rule not in ("total", "difference")


_DEMANDS = (
    _Demand(_tells_apart, _told_apart),
    _Demand(_moves, _moved),
    _Demand(_rated, _rate_told),
    _Demand(_orders, _ordered),
    _Demand(_leaves_out, _left_out),
    _Demand(_divides, _divided),
    _Demand(_of_kind, _kind_told),
)
