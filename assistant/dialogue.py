"""Follow-ups: what a question leaves out is taken from the conversation.

A state is what was last understood and answered. A new question that names its own subject drops the old one unless
it is plainly an elaboration (那…呢); one that names none inherits it; 它/这个/两者/前面几项/第二个 refer back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.parts import Parts
from assistant.query import Operation, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.understanding import Need, Setting, TextNeed, Understanding, understand
from index.evidence import Classification


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question as understood, and what it was answered with."""

    understanding: Understanding
    reply: Reply


@dataclass(frozen=True, slots=True)
class State:
    """The conversation so far, oldest first."""

    turns: tuple[Turn, ...] = ()

    def after(self, understanding: Understanding, reply: Reply) -> State:
        return State((*self.turns, Turn(understanding, reply))[-12:])

    @property
    def last(self) -> Turn | None:
        return self.turns[-1] if self.turns else None


def resolve(parts: Parts, understood: Understanding, state: State, setting: Setting) -> Understanding:
    """The understanding of a question in its conversation."""
    last = state.last
    if last is None:
        return understood
    before = last.understanding.query
    named = bool(parts.subjects or parts.contexts)
    if _refers_to_items(parts, last):
        return _items(parts, understood, state, setting)
    if not named and not parts.projects and not _describes_set(understood):
        return _inherit(parts, understood, last, state, setting)
    if named and before is not None and _elaborates(parts, understood):
        return _replace_subject(parts, understood, before, last)
    return _complete(parts, understood, last)


def _describes_set(understood: Understanding) -> bool:
    """A set noun or a labelled field makes a question complete without a subject."""
    query = understood.query
    return query is not None and query.members is not None and bool(understood.parts.nouns) and not understood.parts.has("refer")


def _elaborates(parts: Parts, understood: Understanding) -> bool:
    """那项目支出呢: a subject, 呢/那/再, and no operation of its own."""
    query = understood.query
    asks = parts.has(
        "share", "change_up", "change_down", "change_any", "compare_previous", "max", "min", "sum", "difference", "mean",
        "count", "list", "ratio", "reason", "definition", "use", "ask_amount", "verify",
    )  # fmt: skip
    return parts.has("continue") and query is not None and query.operation is Operation.VALUE and not asks


def _replace_subject(parts: Parts, understood: Understanding, before: SemanticQuery, last: Turn) -> Understanding:
    """Same operation and axes, other subject."""
    subjects = tuple(s.selector for s in parts.subjects) or tuple(c.selector for c in parts.contexts[-1:])
    if last.understanding.text is not None and before is None:
        return replace(understood, query=None, text=replace(last.understanding.text, names=subjects[0].names))
    inherited = before.subjects[0] if before.subjects else None
    if inherited is not None:
        subjects = tuple(_with_axes(s, inherited) for s in subjects)
    if before.subjects:
        query = before.with_(subjects=subjects, unit=parts.unit or before.unit, claim=None, direction="")
    elif before.members is not None and before.operation in (Operation.RANK, Operation.LIST, Operation.COUNT):
        return understood
    else:
        query = before.with_(subjects=subjects)
    text = last.understanding.text
    if text is not None:
        text = replace(text, names=subjects[0].names, project=subjects[0].project or "", query=parts.linked.text)
    return replace(understood, query=query, text=text if query.operation is not Operation.VALUE or text else None)


def _with_axes(selector: Selector, earlier: Selector) -> Selector:
    """Year, 口径 and enclosing project go on unless the new subject brings its own."""
    project = selector.project
    if project is None and earlier.project and earlier.classifications != (Classification.PROJECT,):
        project = None
    return selector.narrowed(
        years=selector.years or earlier.years, funds=selector.funds or earlier.funds, project=project
    )


def _subjects_of(last: Turn) -> tuple[Selector, ...]:
    """What the last turn was about: its subjects, or the members that it singled out."""
    query = last.understanding.query
    if query is not None and query.subjects and query.operation is not Operation.RANK:
        return query.subjects
    if last.reply.figures and query is not None and query.members is not None:
        rows = [f.row for f in last.reply.figures if f.row is not None]
        if query.operation is Operation.RANK and rows:
            return (_selector_of(rows[0], query.members),)
    if query is not None and query.subjects:
        return query.subjects
    if last.reply.projects:
        name = last.reply.projects[0]
        return (Selector(names=(name,), classifications=(Classification.PROJECT,), project=name, label=name),)
    if last.reply.names:
        return (Selector(names=last.reply.names[:1], label=last.reply.names[0]),)
    text = last.understanding.text
    if text is not None and text.names:
        return (Selector(names=text.names, label=text.names[0]),)
    return ()


def _selector_of(row: object, members: Selector) -> Selector:
    from assistant.executing import FactRow

    assert isinstance(row, FactRow)
    if row.classification is Classification.PROJECT:
        return Selector(
            names=(row.project,), classifications=(Classification.PROJECT,), project=row.project, label=row.project,
            documents=members.documents,
        )  # fmt: skip
    return Selector(
        names=(row.subject,), classifications=(row.classification,), project=row.project or None, label=row.subject,
        documents=members.documents,
    )  # fmt: skip


def _inherit(parts: Parts, understood: Understanding, last: Turn, state: State, setting: Setting) -> Understanding:
    """No subject of its own: 为什么 / 占比多少 / 换成元 / 比上年呢 / 上年呢."""
    subjects = _subjects_of(last)
    before = last.understanding.query
    if understood.text is not None:
        names = tuple(n for s in subjects for n in s.names)
        project = next((s.project for s in subjects if s.project), "")
        text = replace(understood.text, names=names, project=project)
        if text.need is Need.REASON and before is not None and understood.query is None and not names:
            text = replace(text, query=last.understanding.linked.text + text.query)
        query = None
        if understood.query is not None and subjects:
            query = _filled(understood.query, subjects, parts)
        return replace(understood, text=text, query=query)
    query = understood.query
    if query is None:
        if parts.unit and before is not None:
            return replace(understood, query=before.with_(unit=parts.unit))
        return understood
    if query.operation is Operation.VALUE and not query.subjects:
        if parts.years and subjects:
            return replace(understood, query=SemanticQuery(Operation.VALUE, tuple(s.narrowed(years=parts.years) for s in subjects), unit=parts.unit))
        if parts.has("sum") and len(last.reply.items) > 1:
            return _items(parts, understood, state, setting)
        if before is not None and (parts.unit or parts.has("convert")):
            return replace(understood, query=before.with_(unit=parts.unit or before.unit))
        if subjects:
            measures = parts.measures
            filled = tuple(s.narrowed(measures=measures or s.measures, unit="") if False else s.narrowed(measures=measures or s.measures) for s in subjects)
            return replace(understood, query=query.with_(subjects=filled, unit=parts.unit))
    if query.members is not None and not parts.nouns and before is not None and before.members is not None:
        return replace(understood, query=query.with_(members=before.members))
    if subjects and not query.subjects and query.members is None:
        return replace(understood, query=_filled(query, subjects, parts))
    if subjects and query.members is not None and not parts.nouns:
        merged = replace(parts, contexts=())
        again = understand(replace(merged, subjects=()), setting)
        del again
        return replace(understood, query=_set_inside(query, subjects[0], parts, setting))
    return understood


def _set_inside(query: SemanticQuery, holder: Selector, parts: Parts, setting: Setting) -> SemanticQuery:
    """里面最大的是哪项: the set is what the last subject consists of."""
    from assistant.parts import Subject
    from assistant.understanding import members_of

    context = Subject(holder, 0, 0)
    projects = (holder.project,) if holder.project else ()
    members = members_of(replace(parts, contexts=(context,), projects=projects), setting)
    return query.with_(members=members)


def _filled(query: SemanticQuery, subjects: tuple[Selector, ...], parts: Parts) -> SemanticQuery:
    if parts.years:
        subjects = tuple(s.narrowed(years=parts.years) for s in subjects)
    if query.operation in (Operation.SHARE, Operation.CHANGE, Operation.RATE, Operation.EXISTENCE, Operation.RATIO):
        if query.operation is Operation.SHARE and query.whole is not None and query.whole.names == subjects[0].names:
            return query.with_(whole=None, subjects=subjects)
        return query.with_(subjects=subjects if query.operation is not Operation.EXISTENCE else subjects[:1])
    return query.with_(subjects=subjects)


def _refers_to_items(parts: Parts, last: Turn) -> bool:
    """第二个呢 / 两者 / 前面几项: about the things that the last answers told."""
    if parts.subjects or parts.contexts:
        return False
    if parts.position is not None and last.reply.items and not parts.has("max", "min"):
        return True
    return parts.has("refer") and parts.has("sum", "difference", "more", "mean", "compare", "ratio") and not parts.nouns


def _items(parts: Parts, understood: Understanding, state: State, setting: Setting) -> Understanding:
    last = state.last
    assert last is not None
    if parts.position is not None and last.reply.items:
        index = -parts.position if parts.reverse else parts.position - 1
        if -len(last.reply.items) <= index < len(last.reply.items):
            row = last.reply.items[index].row
            if row is not None:
                base = last.understanding.query
                chosen = _selector_of(row, base.members if base and base.members else Selector())
                operation = understood.query.operation if understood.query else Operation.VALUE
                if operation in (Operation.RANK, Operation.LIST, Operation.COUNT):
                    operation = Operation.VALUE
                return replace(understood, query=SemanticQuery(operation, (chosen,), unit=parts.unit))
    subjects = _collected(state)
    if len(subjects) < 2:
        return _inherit(replace(parts, linked=parts.linked), replace(understood, refers=False), last, State(), setting)
    if parts.has("difference") or parts.has("compare") and parts.has("change_down", "change_up"):
        return replace(understood, query=SemanticQuery(Operation.DIFFERENCE, subjects[-2:], unit=parts.unit))
    if parts.has("more", "fewer", "which"):
        return replace(understood, query=SemanticQuery(Operation.COMPARISON, subjects, unit=parts.unit))
    if parts.has("ratio"):
        return replace(understood, query=SemanticQuery(Operation.RATIO, subjects[:1], whole=subjects[1]))
    operation = Operation.MEAN if parts.has("mean") else Operation.SUM
    return replace(understood, query=SemanticQuery(operation, subjects, unit=parts.unit))


def _collected(state: State) -> tuple[Selector, ...]:
    """The distinct figures told so far: the items of the last answer, else the subjects of the latest turns."""
    last = state.last
    if last is not None and len(last.reply.items) > 1:
        base = last.understanding.query
        members = base.members if base and base.members else Selector()
        return tuple(_selector_of(f.row, members) for f in last.reply.items if f.row is not None)
    gathered: list[Selector] = []
    for turn in state.turns:
        for selector in _subjects_of(turn):
            if all(selector.names != g.names or selector.project != g.project for g in gathered):
                gathered.append(selector)
    return tuple(gathered)


def _complete(parts: Parts, understood: Understanding, last: Turn) -> Understanding:
    """A subject that only makes sense inside the earlier project ("差旅费呢" after 扶贫开发工作)."""
    del parts, last
    return understood


def text_of(state: State) -> TextNeed | None:
    return state.last.understanding.text if state.last else None
