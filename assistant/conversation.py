"""The conversation so far: what each turn was about, what it told, and which figures can be referred back to.

Whatever a later question points at is a `Selector`, so that it is looked up again and cited like any other.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.executing import FactRow
from assistant.figures import Figure
from assistant.query import Operation, Order, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import name_of
from assistant.understanding import Understanding
from index.evidence import Classification

OFF_TOPIC = "与预算无关"  # the reason of a refusal that leaves the conversation where it was
_KEPT = 12
_CONTRASTS = (Operation.COMPARISON, Operation.RANK)


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question as it was understood in its conversation, and what it was answered with."""

    understanding: Understanding
    reply: Reply
    documents: tuple[str, ...] = ()

    @property
    def query(self) -> SemanticQuery | None:
        return self.understanding.query


@dataclass(frozen=True, slots=True)
class State:
    """The conversation so far, oldest first."""

    turns: tuple[Turn, ...] = ()

    def after(self, understanding: Understanding, reply: Reply, documents: tuple[str, ...] = ()) -> State:
        return State((*self.turns, Turn(understanding, reply, documents))[-_KEPT:])

    @property
    def last(self) -> Turn | None:
        return self.turns[-1] if self.turns else None


def exact(row: FactRow) -> Selector:
    """The very figure of a row."""
    return Selector(
        names=(row.subject,),
        classifications=(row.classification,),
        measures=(row.measure,) if row.measure else (),
        funds=(row.fund,) if row.fund else (),
        project=row.project,
        years=(row.year,) if row.year else (),
        table_kinds=(row.table_kind,) if row.table_kind else (),
        table_numbers=(row.table_number,) if row.table_number else (),
        documents=(row.document,),
        bodies=(row.body,) if row.body else (),
        label=name_of(row),
    )


def loosened(selector: Selector) -> Selector:
    """The same thing under any 口径: what prose says of it, what another year has."""
    return selector.narrowed(measures=(), funds=(), years=(), table_kinds=(), table_numbers=(), stages=())


def of_project(name: str) -> Selector:
    return Selector(names=(name,), classifications=(Classification.PROJECT,), project=name, label=name)


def items(turn: Turn) -> tuple[Selector, ...]:
    """Everything a turn listed, in the order it was told; () where it told a single thing."""
    query = turn.query
    if query is not None and len(query.subjects) > 1:
        return query.subjects
    if query is not None and query.operation is Operation.RATIO and query.subjects and query.whole:
        return (*query.subjects, query.whole)
    rows = [figure.row for figure in turn.reply.items if figure.row is not None]
    return tuple(exact(row) for row in rows) if len(rows) > 1 else ()


def told(turn: Turn) -> tuple[Selector, ...]:
    """Those of the listed things that the answer singled out: the first three of a rank, all of a list."""
    query, listed = turn.query, items(turn)
    if query is None or query.members is None or query.operation is not Operation.RANK or not query.limit:
        return listed
    start = max(query.position - 1, 0)
    return listed[start : start + query.limit]


def focus(turn: Turn) -> tuple[Selector, ...]:
    """What 它 means after this turn: the winner of a comparison or rank, the subjects, or what the text was about."""
    query = turn.query
    if query is not None:
        if query.operation in _CONTRASTS and (len(query.subjects) > 1 or query.members is not None):
            singled = _winner(turn, query)
            if singled:
                return singled
        if query.subjects:
            return _indicator(turn, query.subjects) or query.subjects
        return _holder(turn)
    text = turn.understanding.text
    if text is not None and text.project:
        return (of_project(text.project),)
    if text is not None and text.names:
        return (Selector(names=text.names, label=text.names[0]),)
    return _holder(turn)


def _indicator(turn: Turn, subjects: tuple[Selector, ...]) -> tuple[Selector, ...]:
    """The one indicator that was told of, where a shorter name had many (满意度)."""
    rows = [f.row for f in turn.reply.figures if f.row is not None]
    one = len(subjects) == len(rows) == 1 and len(subjects[0].names) > 1
    return (exact(rows[0]),) if one and rows[0].classification is Classification.INDICATOR else ()


def _winner(turn: Turn, query: SemanticQuery) -> tuple[Selector, ...]:
    if query.detail and query.subjects:  # 名次: the named thing itself
        return query.subjects
    if query.members is not None:
        return told(turn) or tuple(exact(f.row) for f in turn.reply.figures[:1] if f.row is not None)
    figures = [f for f in turn.reply.figures if f.row is not None]
    pick = min if query.order is Order.ASCENDING else max
    best: Figure | None = pick(figures, key=_stored, default=None)
    return (exact(best.row),) if best is not None and best.row is not None else ()


def _stored(figure: Figure) -> int:
    return (figure.row.value or 0) if figure.row is not None else 0


def _holder(turn: Turn) -> tuple[Selector, ...]:
    """What a listed set stands in."""
    parts = turn.understanding.parts
    if parts.projects:
        return (of_project(parts.projects[0]),)
    return tuple(s.selector for s in (*parts.contexts, *parts.subjects))[:1]


def earlier(state: State) -> tuple[Selector, ...]:
    """The distinct things that figures were told of, oldest first: of the running thread when it holds several."""
    thread: list[Turn] = []
    for turn in reversed(state.turns):
        thread.insert(0, turn)
        if not turn.understanding.follows:
            break
    running = _distinct(thread)
    return running if len(running) > 1 else _distinct(list(state.turns))


def set_before(state: State) -> Selector | None:
    """The set that the running thread was last about, however many of its members were picked since."""
    for turn in reversed(state.turns):
        if turn.query is not None and turn.query.members is not None:
            return turn.query.members
        if not turn.understanding.follows:
            return None
    return None


def every(state: State) -> tuple[Selector, ...]:
    """The distinct things of the whole conversation, oldest first."""
    return _distinct(list(state.turns))


def _distinct(turns: list[Turn]) -> tuple[Selector, ...]:
    gathered: list[Selector] = []
    for turn in turns:
        if turn.query is None or not turn.reply.answered:
            continue
        for selector in focus(turn):
            if not any(same(selector, other) and _placed_alike(selector, other) for other in gathered):
                gathered.append(selector)
    return tuple(gathered)


def _placed_alike(one: Selector, other: Selector) -> bool:
    """Of the same year, and both inside the same project or outside any."""
    return one.years == other.years and (one.project or "") == (other.project or "")


def same(one: Selector, other: Selector) -> bool:
    """Do two selectors mean the same thing, whatever the 口径?"""
    if one.project and other.project and one.project != other.project:
        return False
    shared = set(one.names) & set(other.names) or set(one.codes) & set(other.codes)
    return bool(shared)
