"""Completing a follow-up: what it leaves out is put into its parts, and it is understood again as if said in full;
or, where it brings only another subject or axis, that takes the place of the earlier one in the earlier query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.budget_rules import of_final
from assistant.conversation import OFF_TOPIC, State, Turn, focus, items, loosened, same
from assistant.lexicon import Sense
from assistant.parts import Parts
from assistant.pointing import Pointing, pointer_places
from assistant.query import TOGETHER, Operation, Order, Selector, SemanticQuery
from assistant.semantics import Setting
from assistant.shapes import Linked, Mention
from assistant.standing import Subject
from assistant.understanding import Need, TextNeed, Understanding, understand
from index.evidence import Classification

_Placed = TypeVar("_Placed", Subject, Mention)
_TEXTS = ("reason", "definition", "use")
_OPERATIONS = (
    "share", "rate", "change_up", "change_down", "change_any", "compare_previous", "max", "min", "top", "bottom", "sum",
    "difference", "mean", "count", "list", "ratio", "ask_amount", "existence", "per_head", "per_month", "per_day",
    "more", "fewer", "equal", "over_half", *_TEXTS,
)  # fmt: skip
_STAGES = ("previous", "actual", "adjusted", "surplus", "rest")
_PROSE = ("compare_previous", "change_up", "change_down", "change_any", "previous", *_TEXTS)
_CONTRASTS = (Operation.DIFFERENCE, Operation.COMPARISON, Operation.RANK)
_TOTALS = (Operation.SUM, Operation.MEAN)
_SETS = (Operation.RANK, Operation.LIST, Operation.COUNT, Operation.SUM, Operation.MEAN)


@dataclass(frozen=True, slots=True)
class Talk:
    """A question in its conversation: `understood` alone, how it points back, and what was said before."""

    parts: Parts
    understood: Understanding
    point: Pointing
    state: State
    last: Turn
    setting: Setting

    @property
    def before(self) -> SemanticQuery | None:
        return self.last.query

    @property
    def named(self) -> bool:
        return bool(self.parts.subjects or self.parts.contexts)

    @property
    def asks(self) -> bool:
        """Does it say what it wants (more than a name, a year, a unit)?"""
        parts, understood = self.parts, self.understood
        particular = understood.query is not None and understood.query.operation is not Operation.VALUE
        said = parts.has(*_OPERATIONS) or bool(parts.attributes) or bool(parts.head_unit)
        return said or particular or understood.text is not None or bool(parts.has("verify") and parts.quantities)

    @property
    def lacking(self) -> bool:
        """Is an operation asked for without what it is asked of ("占三公的比例")?"""
        query = self.understood.query
        return query is not None and not query.subjects and query.members is None

    def with_query(self, query: SemanticQuery | None, text: TextNeed | None = None) -> Understanding:
        return replace(self.understood, query=query, text=text)


def completed(
    talk: Talk, subjects: tuple[Selector, ...] = (), contexts: tuple[Selector, ...] = (), *, pointed: bool = False
) -> Parts:
    """The parts with inherited subjects and contexts said first. `pointed`: ordinals, counts and the nouns beside them
    only said which of the earlier things are meant, and go."""
    parts = talk.parts
    if any(parts.has(cue) for cue in _PROSE) or parts.years or parts.attributes:
        subjects = tuple(loosened(s) for s in subjects)
    staged = (*_STAGES, "budgeted") if of_final(talk.setting) else _STAGES
    if any(parts.has(cue) for cue in staged):
        subjects = tuple(s.narrowed(measures=()) for s in subjects)
    projects = tuple(dict.fromkeys(s.project for s in (*subjects, *contexts) if s.project))
    said = spliced(parts.linked, (*contexts, *subjects), lambda m: m.has("refer"))
    shift = len(said.text) - len(parts.linked.text)
    pairs = zip((*contexts, *subjects), said.mentions, strict=False)
    placed = [Subject(s, m.start, m.end, "history", s.label) for s, m in pairs]
    nouns = tuple(n for n in parts.nouns if not pointed and not _beside_pointer(parts, n.start))
    return replace(
        parts,
        linked=said,
        subjects=(*placed[len(contexts) :], *(_moved(s, shift) for s in parts.subjects)),
        contexts=(*placed[: len(contexts)], *(_moved(s, shift) for s in parts.contexts)),
        excluded=tuple(_moved(s, shift) for s in parts.excluded),
        projects=(*projects, *(p for p in parts.projects if p not in projects)),
        nouns=tuple(_moved(n, shift) for n in nouns),
        attributes=tuple(_moved(m, shift) for m in parts.attributes),
        quantities=tuple(_moved(m, shift) for m in parts.quantities),
        position=None if pointed else parts.position,
        limit=None if pointed else parts.limit,
        reverse=parts.reverse and not pointed,
        counters=() if pointed else parts.counters,
    )


def _moved(placed: _Placed, shift: int) -> _Placed:
    return replace(placed, start=placed.start + shift, end=placed.end + shift)


def spliced(linked: Linked, selectors: tuple[Selector, ...], gone: Callable[[Mention], bool]) -> Linked:
    """The question with things of the conversation said first; what is `gone` and what only points is blanked."""
    prefix = ""
    said: list[Mention] = []
    for selector in selectors:
        label = selector.label or next(iter((*selector.names, *selector.codes)), "")
        whole = selector.project if Classification.PROJECT in selector.classifications else ""
        sense = Sense(names=selector.names, project=whole or "")
        said.append(Mention(len(prefix), len(prefix) + len(label), label, sense, via="history"))
        prefix += f"{label}，"
    kept = tuple(m for m in linked.mentions if not gone(m))
    covered = {i for m in kept for i in range(m.start, m.end)}
    blank = {i for m in linked.mentions if gone(m) for i in range(m.start, m.end)} | pointer_places(linked.text)
    text = "".join("，" if i in blank and i not in covered else c for i, c in enumerate(linked.text))
    return Linked(prefix + text, (*said, *(_moved(m, len(prefix)) for m in kept)), linked.leftover)


def quieted(understood: Understanding) -> Understanding:
    """Ordinals and words that mean nothing known were understood as pointing: nothing is left to look up in text."""
    text = understood.text
    if text is not None and text.linked is not None:
        linked = _hushed(text.linked)
        text = replace(text, linked=linked, query=linked.text)
    return replace(understood, parts=replace(understood.parts, linked=_hushed(understood.linked)), text=text)


def _hushed(linked: Linked) -> Linked:
    pointing = [m for m in linked.mentions if m.position is not None or m.limit is not None or m.counter or m.year]
    told = {i for m in linked.mentions if m not in pointing for i in range(m.start, m.end)}
    text = "".join(c if i in told else "，" for i, c in enumerate(linked.text))
    return replace(linked, text=text, leftover=())


def _beside_pointer(parts: Parts, start: int) -> bool:
    """ "这个项目", "第二项支出": the noun belongs to the pronoun."""
    before = [m for m in parts.linked.mentions if m.end == start]
    return any(m.has("refer") or m.position is not None or m.counter for m in before)


def again(talk: Talk, parts: Parts) -> Understanding:
    """Understand completed parts; a bare wish for a reason or the like is no wish for the figure."""
    understood = understand(parts, talk.setting)
    wants_figure = talk.parts.has("ask_amount", "change_up", "change_down", "rate")
    return understood if understood.text is None or wants_figure else replace(understood, query=None)


def text_about(talk: Talk, subject: Selector, need: Need, label: str = "") -> TextNeed:
    """A wish for text about a thing of the conversation, in the words of the question."""
    linked = spliced(talk.parts.linked, (subject,), lambda m: m.has("refer"))
    return TextNeed(need, linked.text, subject.names, subject.project or "", label, linked)


def about(talk: Talk, referents: tuple[Selector, ...]) -> Understanding:
    """The question asked of things of the conversation that it points at."""
    parts = talk.parts
    if talk.asks or parts.unit or parts.years or parts.measures or parts.has(*_STAGES):
        done = added_up(talk, again(talk, completed(talk, referents, pointed=True)))
        if done.query is not None or done.text is not None:
            return done
    return replaced(talk, referents)


def added_up(talk: Talk, understood: Understanding) -> Understanding:
    """两者加起来占多少: one share of them all."""
    query = understood.query
    joint = talk.parts.has("sum") or talk.before is not None and talk.before.operation is Operation.SUM
    if query is None or query.operation is not Operation.SHARE or not joint or talk.parts.has("list"):
        return understood
    return replace(understood, query=query.with_(detail=TOGETHER))


def replaced(talk: Talk, subjects: tuple[Selector, ...], *, axes: bool = True) -> Understanding:
    """The earlier question asked of other subjects: same operation and unit and, with `axes`, 口径 and year."""
    before, text = talk.before, talk.last.understanding.text
    if text is not None:
        first = subjects[0]
        linked = spliced(talk.last.understanding.linked, subjects, lambda m: bool(m.sense.names or m.sense.project))
        text = replace(text, names=first.names, project=first.project or "", query=linked.text, linked=linked)
    if before is None:
        return talk.with_query(None if text else SemanticQuery(Operation.VALUE, subjects), text)
    inherited = before.subjects[0] if before.subjects else None
    if inherited is not None and axes:
        each = before.subjects if len(subjects) == 1 and _one_thing(before) else (inherited,)
        subjects = tuple(_carried(s, earlier) for s in subjects for earlier in each)
    unit = talk.parts.unit or before.unit
    value = SemanticQuery(Operation.VALUE, subjects, unit=unit)
    if before.members is not None or before.operation in _TOTALS:
        return talk.with_query(value, text)
    if len(before.subjects) > 1 and before.operation in _CONTRASTS and len(subjects) == 1:
        subjects = (subjects[0], *before.subjects[1:])
        if any(same(subjects[0], s) for s in before.subjects):
            return talk.with_query(value, text)
    whole = before.whole
    if whole is not None and any(same(whole, s) for s in subjects):
        whole = None
    query = before.with_(subjects=subjects, whole=whole, unit=unit, claim=None, direction="")
    return talk.with_query(query, text)


def _one_thing(query: SemanticQuery) -> bool:
    """Several figures of one thing (年初预算和实际支出, 2019年和2020年): each is asked of the next thing as well."""
    things = {(s.names, s.codes, s.project) for s in query.subjects}
    return query.operation is Operation.VALUE and len(query.subjects) > 1 and len(things) == 1


def _carried(selector: Selector, earlier: Selector) -> Selector:
    """Year, 口径 and enclosing project go on unless the new subject brings its own."""
    inside = earlier.project if Classification.PROJECT not in earlier.classifications else None
    alike = (Classification.PROJECT in selector.classifications) == (Classification.PROJECT in earlier.classifications)
    return selector.narrowed(
        years=selector.years or earlier.years,
        funds=selector.funds or earlier.funds,
        measures=selector.measures or (earlier.measures if alike else ()),
        project=selector.project if selector.project is not None else inside,
    )


def on_set(talk: Talk, members: Selector) -> SemanticQuery | None:
    """A set operation (largest, how many, in all, each share, which over …) on the set that was talked about."""
    parts, query = talk.parts, talk.understood.query
    members = members.narrowed(
        conditions=parts.conditions or members.conditions,
        exclude=(*members.exclude, *(n for e in parts.excluded for n in e.selector.names)),
        years=parts.years or members.years,
        measures=parts.measures or members.measures,
    )
    order = Order.ASCENDING if parts.has("min", "bottom") or _small(parts) else Order.DESCENDING
    share = Operation.SHARE if parts.has("share") else None
    if _sized(parts) or parts.has("max", "min"):
        position, limit = parts.position or 1, parts.limit or next(iter(parts.counters), 1)
        then = Operation.SUM if parts.has("sum") and limit > 1 else share
        return SemanticQuery(
            Operation.RANK, members=members, order=order, position=position, limit=limit, unit=parts.unit, then=then
        )
    if parts.has("top", "bottom"):
        return SemanticQuery(Operation.RANK, members=members, order=order, limit=parts.limit or 0, unit=parts.unit)
    for cue, operation in (("count", Operation.COUNT), ("mean", Operation.MEAN), ("sum", Operation.SUM)):
        if parts.has(cue):
            return SemanticQuery(operation, members=members, unit=parts.unit)
    if parts.has("list", "which", "detail") or parts.conditions:
        return SemanticQuery(Operation.LIST, members=members, unit=parts.unit, then=share)
    if query is not None and query.operation in _SETS and query.members is not None:
        return query.with_(members=members)
    if parts.excluded and talk.before is not None and talk.before.operation in _SETS:
        return talk.before.with_(members=members)
    return None


def _sized(parts: Parts) -> bool:
    """ "第二大的呢": a rank, unlike "第二个呢"."""
    return any(m.position is not None and m.text[-1] in "大高多小少低" for m in parts.linked.mentions)


def _small(parts: Parts) -> bool:
    return parts.reverse or any(m.position is not None and m.text[-1] in "小少低" for m in parts.linked.mentions)


def listed_before(talk: Talk, selector: Selector) -> Selector | None:
    """The thing of this name among those that the last answer listed."""
    return next((s for s in items(talk.last) if same(s, selector)), None)


def focused(talk: Talk) -> tuple[Selector, ...]:
    """What the question is about when it does not say: the focus of the last turn; small talk before it is skipped."""
    for turn in reversed(talk.state.turns):
        found = focus(turn)
        if found or turn.query is not None or turn.reply.reason != OFF_TOPIC:
            return found
    return ()
