"""Bodies under a document's own one: one that a question names, several put side by side, or all of them counted.

The figures of a unit are never those of the whole department; where a unit has none of its own, that is said.
"""

from __future__ import annotations

from dataclasses import replace

from assistant import bodies, body_names, kindred, unit_sets
from assistant.answer import Status
from assistant.kindred import Kindred
from assistant.parts import Parts
from assistant.query import Operation, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.shapes import Linked
from assistant.understanding import Understanding
from assistant.unit_figures import Frame, held, holders, printed_beside
from assistant.wording import asked_counter
from index.evidence import Classification, Dimension

_BESIDE = 2


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
    every = unit_sets.speaks_of(parts.linked)
    if not named and (together := _told_before(understood, frame)):
        return _beside(understood, together, frame)
    if (kin := kindred.spoken_of(units, parts.linked.text)) is not None and parts.has(*_ASKING):
        return _of_kin(understood, kin, named, frame)
    if few := unit_sets.picked(units, named, parts):
        return unit_sets.of_all(understood, few, frame) if len(few) > 1 else _of_one(understood, few[0], frame)
    if not named and not every and frame.before and (understood.follows or parts.has("refer")):
        named = (frame.before,)
    terms = body_names.terms()
    if named and any(word in parts.linked.text for word in terms.whole):
        return _with_whole(understood, named, frame)
    if every and len(named) < _BESIDE and not (named and unit_sets.aside(parts)):
        return unit_sets.of_all(understood, units, frame)
    if len(named) >= _BESIDE:
        return _beside(understood, named, frame)
    return _of_one(understood, named[0], frame) if named else None


def _told_before(understood: Understanding, frame: Frame) -> tuple[str, ...]:
    """两家合起来: as many of the units that were spoken of one after another; () where none are meant."""
    parts, told, text = understood.parts, frame.spoken, understood.parts.linked.text
    counters = [m for m in parts.linked.mentions if m.counter > 1]
    counted = any(
        m.text.endswith(w) or text.startswith(w, m.end - 1) for m in counters for w in body_names.terms().counters
    )
    number = counters[0].counter if counters else 0
    joint = parts.has("sum", "difference", "mean", "ratio", "more", "fewer", "max", "min")
    return told[-number:] if counted and joint and 1 < number <= len(told) else ()


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


# ---------------------------------------------------------------- one


def _of_one(understood: Understanding, unit: str, frame: Frame) -> Reply | None:
    query, parts = understood.query, understood.parts
    if query is None:
        said = printed_beside(unit, parts, frame)
        if said is None:
            return None
        query = SemanticQuery(Operation.VALUE, (said,))
    if not query.subjects and query.members is None and (projects := _projects(parts, frame)) is not None:
        query = query.with_(operation=Operation.LIST, members=projects, then=Operation.SUM)
    if not query.subjects and query.members is None:
        if understood.text is not None:
            return None
        said = printed_beside(unit, parts, frame)
        if said is None and _more_is_asked(parts):
            return None
        query = query.with_(subjects=(said or frame.total,))
    subjects = tuple(held(s, unit, frame) for s in query.subjects)
    members = query.members.narrowed(bodies=(unit,)) if query.members else None
    whole = query.whole
    if whole is not None and not _same(whole, query.subjects) and not _of_department(whole):
        whole = held(whole, unit, frame)
    if query.operation is Operation.SHARE and whole is None:  # never of the department's, but of its own figure
        inherited = [s.via for s in parts.subjects] == ["history"] and len(query.subjects) == 1  # 那本级占了多少
        whole = query.subjects[0].narrowed(bodies=()) if inherited else held(frame.total, unit, frame)
    reply = frame.calculate(query.with_(subjects=subjects, members=members, whole=whole))
    told = {figure.dimension for figure in reply.figures}
    if reply.rule == "value" and asked_counter(parts.linked.text) and told == {Dimension.MONEY}:
        return None  # 几小时: no amount of its money says how many
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


def _more_is_asked(parts: Parts) -> bool:
    """Is anything left of the question that its total would not answer?"""
    terms = body_names.terms()
    for piece in parts.linked.leftover:
        for word in (*terms.without_own, *sorted(terms.subordinate, key=len, reverse=True), "的"):
            piece = piece.replace(word, "")
        if len(piece) >= _BESIDE:
            return True
    return False


def _of_department(whole: Selector) -> bool:
    """Is a whole called that of the department, not the unit's own (占部门总预算)?"""
    return any(word in whole.label for word in (*body_names.terms().whole, *body_names.terms().department))


def _same(whole: Selector, subjects: tuple[Selector, ...]) -> bool:
    return any(set(whole.names) & set(s.names) for s in subjects)


# ---------------------------------------------------------------- several, all


def _with_whole(understood: Understanding, named: tuple[str, ...], frame: Frame) -> Reply | None:
    """The same figure of the whole department and of a unit (整个部门多少、工程设计管理中心多少)."""
    several = holders(named, frame)
    whole = bodies.Holder(frame.resolver.catalog.by_document[several[0].document].body, several[0].document)
    query = _compared(understood, frame)
    order = (*several, whole) if query.operation is Operation.SHARE else (whole, *several)
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
    if understood.query is not None and understood.query.operation is Operation.SHARE:
        query = bodies.in_each(understood.query, understood.parts)
    return bodies.side_by_side(
        query, holders(named, frame), lambda _: frame.resolver, lambda s, h: held(s, h.unit, frame)
    )
