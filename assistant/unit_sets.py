"""Questions about all units under a body, or about those that a question picks: ranked, added up, counted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant import bodies, body_names, name_parts
from assistant.answer import Status
from assistant.figures import Figure
from assistant.parts import Parts
from assistant.query import ENDS, Operation, SemanticQuery
from assistant.reply import Reply
from assistant.shapes import Linked
from assistant.understanding import Understanding
from assistant.unit_figures import Frame, held, holders, printed_beside
from index.evidence import Dimension
from index.numbers import parse_number


def picked(units: tuple[str, ...], named: tuple[str, ...], parts: Parts) -> tuple[str, ...]:
    """The units that a question picks by a part of their names or by their kind, without those it leaves out."""
    text = parts.linked.text
    chosen = name_parts.picked(units, text) if parts.holding else name_parts.of_kind(units, text)
    left_out = named if parts.has("except") else ()
    plural = parts.holding or speaks_of(parts.linked) or any(word in text for word in body_names.terms().several)
    return tuple(u for u in chosen if u not in left_out) if plural and not aside(parts) else ()


def speaks_of(linked: Linked) -> bool:
    """Does a question speak of all units, by a word for them or by asking which of them?"""
    terms = body_names.terms()
    counted = any(word in linked.text for word in terms.subordinate) or terms.every.search(linked.text) is not None
    return counted or linked.has("which_body")


def aside(parts: Parts) -> bool:
    """Are the units only left out (署本级，不含下属中心)?"""
    text, terms = parts.linked.text, body_names.terms()
    return any(out + word in text for out in terms.without_own for word in terms.subordinate)


def of_all(understood: Understanding, units: tuple[str, ...], frame: Frame) -> Reply | None:
    """下属单位里哪家最多, 一共几家, 是哪几家."""
    parts = understood.parts
    terms = body_names.terms()
    below = any(word in parts.linked.text for word in terms.below)
    alone = any(word in parts.linked.text for word in terms.without_own)
    if alone or (below and not _with_own(parts, units)):
        units = tuple(unit for unit in units if not body_names.is_own(unit))
    own = tuple(s for s in parts.subjects if not _is_unit_word(s.typed))
    parts = replace(parts, contexts=tuple(c for c in parts.contexts if not _is_unit_word(c.typed)))
    operation = bodies.operation_of(parts)
    ranked = parts.has("max", "min", "top", "bottom", "more", "fewer", "sum", "mean", "difference")
    ranked = ranked or parts.position is not None or parts.limit is not None
    beside = None if own or parts.contexts else printed_beside(units[-1], parts, frame)
    if not own and not parts.contexts and beside is None and not ranked:
        counted = bool(parts.head_unit) or parts.has("count")
        asked = counted or (understood.text is None and parts.has("list", "which", "what", "which_body"))
        return _counted(units, frame) if asked else None
    query = bodies.across(SemanticQuery(operation), replace(parts, subjects=own))
    if not query.subjects:
        order = bodies.order_of(parts, operation)
        ends = ENDS if bodies.both_ends(parts) else ""
        query = query.with_(
            subjects=(beside or frame.total,),
            order=order,
            limit=bodies.limit_of(parts),
            detail=ends,
            position=parts.position or 1,
        )
    told = bodies.side_by_side(
        query, holders(units, frame), lambda _: frame.resolver, lambda s, h: held(s, h.unit, frame)
    )
    if told is None and own and query.operation in (Operation.RANK, Operation.EXISTENCE):
        line = f"文件没有按单位列出“{own[0].selector.label}”，不能在各单位之间比较。"
        return Reply((line,), status=Status.ABSTAINED, reason="未披露", subject=own[0].selector.label, rule="unit")
    return told


def _with_own(parts: Parts, units: tuple[str, ...]) -> bool:
    """Does the department by itself count among the units: named beside them, or needed for as many as are said?"""
    if any(body_names.is_own(u) for m in parts.linked.mentions for u in m.sense.units):
        return True
    said = body_names.terms().numbered.search(parts.linked.text)
    return said is not None and parse_number(said[1]) == len(units)


def _is_unit_word(typed: str) -> bool:
    return any(typed in word or word in typed for word in (*body_names.terms().subordinate, *name_parts.kinds()))


def _counted(units: tuple[str, ...], frame: Frame) -> Reply | None:
    """The units that have figures of their own, with what each budgets."""
    listed = bodies.side_by_side(
        SemanticQuery(Operation.VALUE, (frame.total,)), holders(units, frame), lambda _: frame.resolver,
        lambda s, h: held(s, h.unit, frame),
    )  # fmt: skip
    if listed is None or listed.status is not Status.ANSWERED:
        return None
    number = Figure("单位数", Decimal(len(listed.items)), "个", Dimension.COUNT, 0, listed.citations)
    lines = (f"列入这份预算的有 **{len(listed.items)} 个**单位：", *listed.lines[1:])
    return replace(listed, lines=lines, figures=(number, *listed.figures), subject="预算单位")
