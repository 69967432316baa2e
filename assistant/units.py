"""Bodies under a document's own one: one that a question names, several put side by side, or all of them counted.

The figures of a unit are never those of the whole department; where a unit has none of its own, that is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant import bodies, body_names, kindred, name_parts
from assistant.answer import Status
from assistant.figures import Figure
from assistant.kindred import Kindred
from assistant.parts import Parts
from assistant.query import ENDS, Operation, Selector, SemanticQuery
from assistant.question import fold
from assistant.reply import Reply
from assistant.resolving import Resolver
from assistant.shapes import Linked
from assistant.understanding import Understanding
from index.evidence import Classification, Dimension

_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """`calculate` runs a query; `total` names what a body's budget is called; `before`: the unit last spoken of."""

    resolver: Resolver
    calculate: Callable[[SemanticQuery], Reply]
    total: Selector
    before: str = ""


def answer(understood: Understanding, frame: Frame) -> Reply | None:
    """The figures of units; None where the question is of none, or of nothing that is told in figures."""
    units = tuple(dict.fromkeys(unit.name for unit in frame.resolver.catalog.units))
    if not units:
        return None
    parts = understood.parts
    if (unheld := _unheld(parts)) and understood.query is not None and parts.has("ask_amount"):
        line = f"文件没有单独列出“{unheld}”的预算数，不能回答。"
        return Reply((line,), status=Status.ABSTAINED, reason="未披露", subject=unheld, rule="unit")
    named = tuple(dict.fromkeys(u for m in parts.linked.mentions for u in m.sense.units if _firm(m.text, parts.linked)))
    every = _every(parts)
    if (kin := kindred.spoken_of(units, parts.linked.text)) is not None and parts.has(*_ASKING):
        return _of_kin(understood, kin, named, frame)
    if few := _picked(units, named, parts):
        return _of_all(understood, few, frame) if len(few) > 1 else _of_one(understood, few[0], frame)
    if not named and not every and frame.before and (understood.follows or parts.has("refer")):
        named = (frame.before,)
    terms = body_names.terms()
    if named and any(word in parts.linked.text for word in terms.whole):
        return _with_whole(understood, named, frame)
    if every and len(named) < _BESIDE and not (named and _aside(parts)):
        return _of_all(understood, units, frame)
    if len(named) >= _BESIDE:
        return _beside(understood, named, frame)
    return _of_one(understood, named[0], frame) if named else None


_ASKING = ("ask_amount", "sum", "mean", "max", "min", "share", "difference", "more", "fewer", "list")


def _of_kin(understood: Understanding, kin: Kindred, named: tuple[str, ...], frame: Frame) -> Reply | None:
    """The figures of units spoken of by the ending of their names; asked back where any one of them may be meant."""
    parts = understood.parts
    if not kin.several and frame.before in kin.units:
        return _of_one(understood, frame.before, frame)
    if not kin.several:
        if named:
            return _of_one(understood, named[0], frame)
        lines = ("请问您问的是哪一家？", *(f"{number}. {unit}" for number, unit in enumerate(kin.units, 1)))
        return Reply(lines, status=Status.CLARIFY, reason="没有说明问的是哪一家", choices=kin.units, rule="unit")
    spans = [(kin.start, kin.end), *((m.start, m.end) for m in parts.linked.mentions if m.sense.units)]
    own = tuple(s for s in parts.subjects if not any(s.start < end and start < s.end for start, end in spans))
    contexts = tuple(c for c in parts.contexts if not any(c.start < end and start < c.end for start, end in spans))
    asked = replace(understood, parts=replace(parts, subjects=own, contexts=contexts))
    if parts.has("share", "ratio"):
        return None
    return _beside(asked, tuple(dict.fromkeys((*named, *kin.units))), frame)


def _firm(text: str, linked: Linked) -> bool:
    """Is the unit a thing of its own in the question, and no part of a longer name (本级财力)?"""
    return text in linked.text


def _unheld(parts: Parts) -> str:
    """What is called like a body but is no unit with figures of its own (“工程管理” + “中心”); "" if nothing is."""
    text = parts.linked.text
    for mention in parts.linked.mentions:
        ending = next((e for e in body_names.terms().endings if text.startswith(e, mention.end)), "")
        if ending and (mention.sense.names or mention.sense.project) and not mention.sense.units:
            start = max((m.end for m in parts.linked.mentions if m.end <= mention.start), default=0)
            return text[start : mention.end] + ending
    return ""


def _picked(units: tuple[str, ...], named: tuple[str, ...], parts: Parts) -> tuple[str, ...]:
    """The units that a question picks by a part of their names or by their kind, without those it leaves out."""
    text = parts.linked.text
    chosen = name_parts.picked(units, text) if parts.holding else name_parts.of_kind(units, text)
    aside = named if parts.has("except") else ()
    plural = parts.holding or _every(parts) or any(word in text for word in body_names.terms().several)
    return tuple(u for u in chosen if u not in aside) if plural and not _aside(parts) else ()


def speaks_of(linked: Linked) -> bool:
    """Does a question speak of all units, by a word for them or by asking which of them?"""
    terms = body_names.terms()
    counted = any(word in linked.text for word in terms.subordinate) or terms.every.search(linked.text) is not None
    return counted or linked.has("which_body")


def _every(parts: Parts) -> bool:
    return speaks_of(parts.linked)


# ---------------------------------------------------------------- one


def _of_one(understood: Understanding, unit: str, frame: Frame) -> Reply | None:
    query, parts = understood.query, understood.parts
    if query is None:
        said = _printed_beside(unit, parts, frame)
        if said is None:
            return None
        query = SemanticQuery(Operation.VALUE, (said,))
    if not query.subjects and query.members is None and (projects := _projects(parts, frame)) is not None:
        query = query.with_(operation=Operation.LIST, members=projects, then=Operation.SUM)
    if not query.subjects and query.members is None:
        if understood.text is not None:
            return None
        said = _printed_beside(unit, parts, frame)
        if said is None and _more_is_asked(parts):
            return None
        query = query.with_(subjects=(said or frame.total,))
    subjects = tuple(held(s, unit, frame) for s in query.subjects)
    members = query.members.narrowed(bodies=(unit,)) if query.members else None
    whole = query.whole
    if whole is not None and not _same(whole, query.subjects) and not _of_department(whole):
        whole = held(whole, unit, frame)
    reply = frame.calculate(query.with_(subjects=subjects, members=members, whole=whole))
    if not reply.answered:
        if understood.text is not None or members is not None:
            return None
        label = "、".join(s.label or s.names[0] for s in query.subjects if s.label or s.names)
        line = f"文件没有单独披露“{unit}”的“{label}”；别处的数是全部门的，不能当作它的。"
        return Reply((line,), status=Status.ABSTAINED, reason="未披露", subject=unit, rule="unit")
    return replace(reply, lines=(f"{unit}：", *reply.lines), subject=f"{unit}的{reply.subject}")


def _projects(parts: Parts, frame: Frame) -> Selector | None:
    """X的项目多少钱: all that the unit's projects cost."""
    if parts.noun(Classification.PROJECT) is None or parts.projects:
        return None
    documents = frame.total.documents
    return Selector(
        classifications=(Classification.PROJECT,), measures=("本年预算",), documents=documents, label="项目"
    )


def _printed_beside(unit: str, parts: Parts, frame: Frame) -> Selector | None:
    """A source or use that the tables of units print in a column of its own (事业收入, 项目支出)."""
    total = frame.total.narrowed(names=(), bodies=(unit,), classifications=(Classification.TOTAL,), totals=True)
    said = {
        name
        for row in frame.resolver.executor.facts(total)
        for name in (row.fund, row.measure)
        if name and len(name) > _BESIDE and fold(name) in parts.linked.text
    }
    longest = max(sorted(said), key=len, default="")
    return Selector(names=(longest,), documents=frame.total.documents, label=longest) if longest else None


def _more_is_asked(parts: Parts) -> bool:
    """Is anything left of the question that its total would not answer?"""
    terms = body_names.terms()
    for piece in parts.linked.leftover:
        for word in (*terms.without_own, *sorted(terms.subordinate, key=len, reverse=True), "的"):
            piece = piece.replace(word, "")
        if len(piece) >= _BESIDE:
            return True
    return False


def held(selector: Selector, unit: str, frame: Frame) -> Selector:
    """A selector of a unit's own figures. Tables of units print totals with their sources and uses beside them."""
    own = selector.narrowed(bodies=(unit,))
    if frame.resolver.figure(own) is not None:
        return own
    total = own.narrowed(names=(), codes=(), classifications=(Classification.TOTAL,), totals=True)
    if _is_total(selector, frame):
        return total
    for name in selector.names:
        for axis in ({"measures": (name,)}, {"funds": (name,)}):
            if any(row.value is not None for row in frame.resolver.executor.facts(total.narrowed(**axis))):
                return total.narrowed(**axis)
    return own


def _is_total(selector: Selector, frame: Frame) -> bool:
    return bool(set(selector.names) & {*frame.total.names, *_TOTALS})


_TOTALS = ("收入合计", "支出合计", "收入总计", "支出总计", "本年收入合计", "本年支出合计")


def _of_department(whole: Selector) -> bool:
    """Is a whole called that of the department, not the unit's own (占部门总预算)?"""
    return any(word in whole.label for word in (*body_names.terms().whole, *body_names.terms().department))


def _same(whole: Selector, subjects: tuple[Selector, ...]) -> bool:
    return any(set(whole.names) & set(s.names) for s in subjects)


# ---------------------------------------------------------------- several, all


def _aside(parts: Parts) -> bool:
    """Are the units only left out (署本级，不含下属中心)?"""
    text, terms = parts.linked.text, body_names.terms()
    return any(out + word in text for out in terms.without_own for word in terms.subordinate)


def _with_whole(understood: Understanding, named: tuple[str, ...], frame: Frame) -> Reply | None:
    """The same figure of the whole department and of a unit (整个部门多少、工程设计管理中心多少)."""
    holders = _holders(named, frame)
    whole = bodies.Holder(frame.resolver.catalog.by_document[holders[0].document].body, holders[0].document)
    query = _compared(understood, frame)
    order = (*holders, whole) if query.operation is Operation.SHARE else (whole, *holders)
    return bodies.side_by_side(
        query, order, lambda _: frame.resolver, lambda s, h: held(s, h.unit, frame) if h.unit else bodies.whole_of(s, h)
    )


def _compared(understood: Understanding, frame: Frame) -> SemanticQuery:
    """What is asked of one figure of several bodies; of their totals where none is named."""
    parts = understood.parts
    query = bodies.across(understood.query or SemanticQuery(Operation.VALUE), parts)
    if parts.subjects or parts.contexts:
        return query
    operation = bodies.operation_of(parts)
    return query.with_(
        operation=operation,
        subjects=query.subjects or (frame.total,),
        order=bodies.order_of(parts, operation),
        limit=bodies.limit_of(parts),
    )


def _beside(understood: Understanding, named: tuple[str, ...], frame: Frame) -> Reply | None:
    query = _compared(understood, frame)
    return bodies.side_by_side(
        query, _holders(named, frame), lambda _: frame.resolver, lambda s, h: held(s, h.unit, frame)
    )


def _holders(units: tuple[str, ...], frame: Frame) -> tuple[bodies.Holder, ...]:
    documents = {unit.name: unit.document for unit in frame.resolver.catalog.units}
    return tuple(bodies.Holder(unit, documents[unit], unit) for unit in units)


def _of_all(understood: Understanding, units: tuple[str, ...], frame: Frame) -> Reply | None:
    """下属单位里哪家最多, 一共几家, 是哪几家."""
    parts = understood.parts
    terms = body_names.terms()
    below = any(
        word.startswith(("下", "所属", "直属", "基层")) and word in parts.linked.text for word in terms.subordinate
    )
    aside = any(word in parts.linked.text for word in terms.without_own)
    if below or aside:
        units = tuple(unit for unit in units if not body_names.is_own(unit))
    own = tuple(s for s in parts.subjects if not _is_unit_word(s.typed))
    parts = replace(parts, contexts=tuple(c for c in parts.contexts if not _is_unit_word(c.typed)))
    operation = bodies.operation_of(parts)
    ranked = parts.has("max", "min", "top", "bottom", "more", "fewer", "sum", "mean", "difference")
    ranked = ranked or parts.position is not None
    if not own and not parts.contexts and not ranked:
        counted = bool(parts.head_unit) or parts.has("count")
        asked = counted or (understood.text is None and parts.has("list", "which", "what", "which_body"))
        return _counted(units, frame) if asked else None
    query = bodies.across(SemanticQuery(operation), replace(parts, subjects=own))
    if not query.subjects:
        order = bodies.order_of(parts, operation)
        ends = ENDS if bodies.both_ends(parts) else ""
        query = query.with_(
            subjects=(frame.total,),
            order=order,
            limit=bodies.limit_of(parts),
            detail=ends,
            position=parts.position or 1,
        )
    return bodies.side_by_side(
        query, _holders(units, frame), lambda _: frame.resolver, lambda s, h: held(s, h.unit, frame)
    )


def _is_unit_word(typed: str) -> bool:
    return any(typed in word or word in typed for word in (*body_names.terms().subordinate, *name_parts.kinds()))


def _counted(units: tuple[str, ...], frame: Frame) -> Reply | None:
    """The units that have figures of their own, with what each budgets."""
    listed = bodies.side_by_side(
        SemanticQuery(Operation.VALUE, (frame.total,)), _holders(units, frame), lambda _: frame.resolver,
        lambda s, h: held(s, h.unit, frame),
    )  # fmt: skip
    if listed is None or listed.status is not Status.ANSWERED:
        return None
    number = Figure("单位数", Decimal(len(listed.items)), "个", Dimension.COUNT, 0, listed.citations)
    lines = (f"列入这份预算的有 **{len(listed.items)} 个**单位：", *listed.lines[1:])
    return replace(listed, lines=lines, figures=(number, *listed.figures), subject="预算单位")
