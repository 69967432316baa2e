"""Which documents a question is of, before it is answered: named, chosen by the caller, spoken of, or asked back.

One document answers by its own names and words; several are put side by side; where it cannot be told which, the
question is asked back with choices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import body_names, composing, dialogue
from assistant.answer import Status
from assistant.catalog import Catalog, DocumentEntry
from assistant.dialogue import State
from assistant.engine import Engine, Outcome
from assistant.errors import QuestionRejected
from assistant.query import Selector
from assistant.question import normalise
from assistant.reply import Reply
from assistant.shapes import Linked

_CHOICES = 6
_ASKED = "which document"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BARE = 4  # characters beside a body's name that make no question of their own


@dataclass(frozen=True, slots=True)
class Meant:
    """The documents a question means, and the question without their names."""

    keys: tuple[str, ...]
    rest: str
    unclear: bool = False


class Desk:
    """Answers questions over everything an engine holds. Thread-safe like the engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(self, typed: str, state: State, documents: tuple[str, ...]) -> Outcome:
        """Answer one question in its conversation. Raises QuestionRejected for input that is no question."""
        catalog = self._engine.catalog
        held = tuple(d for d in catalog.documents if not documents or d.key in documents)
        if len(held) <= 1:
            return self._engine.within(documents).ask(typed, state, documents)
        text = self._engine.written(typed)
        if (chosen := self._chosen(text, state, held)) is not None:
            typed = text = chosen
            state = State(state.turns[:-1])
        meant = self._meant(text, state, held, bool(documents))
        if meant.unclear:
            return self._unclear(typed, meant.rest or text, text, state, held)
        if len(meant.keys) == 1:
            return self._engine.within(meant.keys).ask(typed, moved(state, meant.keys, catalog), meant.keys)
        return self._several(typed, meant, state)

    # ------------------------------------------------------------ which

    def _meant(self, text: str, state: State, held: Sequence[DocumentEntry], chosen: bool) -> Meant:
        named = body_names.named(text, [body_names.Held(d.key, d.body, d.region) for d in held])
        rest = text
        for each in reversed(named):
            rest = rest[: each.start] + rest[each.end :]
        rest = rest.strip("，、的和与跟比")
        before = state.last.documents if state.last is not None else ()
        offices = [each for each in named if each.office]
        linked = self._engine.linked(text, state)
        if not named and linked.has("which_body"):
            return Meant(tuple(d.key for d in _of_years(held, linked, every=True)), rest)
        if not offices and (only := self._only(linked, held)):
            return Meant((only,), text)
        several = any(word in rest for word in body_names.terms().several)
        keys: list[str] = []
        for each in offices or named:
            entries = [d for d in held if d.key in each.keys]
            if not each.office:
                entries = _alike(entries, before, self._engine.catalog) or entries
            found = _of_years(entries, linked)
            joint = len({d.body for d in found}) > 1
            if joint and len(named) == 1 and not several and not _listed(text, each, found):
                return Meant(tuple(d.key for d in found), rest, unclear=True)
            keys += [d.key for d in found]
        if keys and linked.has("ratio"):  # A按元印，B按万元印，B是A的几倍: as they are named last
            keys.sort(key=lambda key: max(each.start for each in named if key in each.keys))
        if keys:
            return Meant(tuple(dict.fromkeys(keys)), rest)
        if before and all(any(d.key == key for d in held) for key in before):
            return Meant(before, rest)
        if chosen:
            return Meant(tuple(d.key for d in held), rest)
        return Meant((), rest, unclear=True)

    def _only(self, linked: Linked, held: Sequence[DocumentEntry]) -> str:
        """The one document that has everything a question names by its own printed name."""
        names = {
            n
            for m in linked.mentions
            if m.via == "exact" and m.score >= 1
            for n in (m.sense.project, *m.sense.units)
            if n
        }
        if not names:
            return ""
        fitting = [d.key for d in held if names <= _owned(d.key, self._engine.catalog)]
        return fitting[0] if len(fitting) == 1 else ""

    def _chosen(self, text: str, state: State, held: Sequence[DocumentEntry]) -> str | None:
        """The question that was asked back, for the document that is now picked by number or by name."""
        last = state.last
        if last is None or last.reply.rule != _ASKED:
            return None
        picked = dialogue.chosen(self._engine.read(text, state), state)
        if picked is not None:
            return normalise(picked).text
        named = body_names.named(text, [body_names.Held(d.key, d.body, d.region) for d in held])
        bare = len(text) - sum(each.end - each.start for each in named) <= _BARE
        return f"{text.strip('吧呢的。')}，{last.understanding.linked.text}" if named and bare else None

    def _unclear(self, typed: str, rest: str, text: str, state: State, held: Sequence[DocumentEntry]) -> Outcome:
        """What no document answers is refused as ever; anything else is asked back."""
        considered = self._engine.considered(text, state)
        if (refusal := considered.refusal) is not None:
            answer = composing.compose(typed, refusal, understood=considered.understanding)
            return Outcome(answer, state.after(considered.understanding, refusal, ()))
        named = body_names.named(text, [body_names.Held(d.key, d.body, d.region) for d in held])
        keys = {key for each in named for key in each.keys}
        entries = tuple(d for d in held if d.key in keys) or tuple(held)
        reply = ask_which(entries, rest)
        answer = composing.compose(typed, reply)
        return Outcome(answer, state.after(considered.understanding, reply, ()))

    # ------------------------------------------------------------ several

    def _several(self, typed: str, meant: Meant, state: State) -> Outcome:
        engine = self._engine.within(meant.keys)
        asked = engine.ask_across(typed, meant.rest, moved(state, meant.keys, engine.catalog), meant.keys)
        if asked is not None:
            return asked
        outcomes = []
        rest = _without_years(meant.rest, [engine.catalog.by_document[key] for key in meant.keys])
        for key in meant.keys[:_CHOICES]:
            own = engine.catalog.by_document[key]
            try:
                outcome = self._engine.within((key,)).ask(rest, moved(state, (key,), engine.catalog), (key,))
            except QuestionRejected:
                continue
            told = replace(outcome.answer, text=f"**{own.body}**（{own.year}年{own.stage}）\n\n{outcome.answer.text}")
            outcomes.append(replace(outcome, answer=told))
        if not outcomes:
            raise QuestionRejected("没有看懂这个问题", remedy="请说明想问这些单位的什么")
        useful = [o for o in outcomes if o.answer.status is Status.ANSWERED] or outcomes
        answer = composing.merge(typed, tuple(o.answer for o in useful))
        last = useful[0].state.last
        turns = state.turns if last is None else (*state.turns, replace(last, documents=meant.keys))
        return Outcome(replace(answer, document=None), State(turns))


def _alike(entries: Sequence[DocumentEntry], before: tuple[str, ...], catalog: Catalog) -> list[DocumentEntry]:
    """Of the bodies of a place, those with the office of the body spoken of (那苏州呢)."""
    offices = {body_names.office(d.body, d.region) for d in catalog.documents if d.key in before}
    return [d for d in entries if body_names.office(d.body, d.region) in offices]


def _of_years(entries: Sequence[DocumentEntry], linked: Linked, *, every: bool = False) -> tuple[DocumentEntry, ...]:
    """One document a body: of each year that is named, else the newest; of a department rather than a unit alone."""
    years = {m.year for m in linked.mentions if m.year is not None} | {int(y) for y in _YEAR.findall(linked.text)}
    grouped: dict[str, list[DocumentEntry]] = {}
    for entry in entries:
        grouped.setdefault(entry.body, []).append(entry)
    chosen: list[DocumentEntry] = []
    for group in grouped.values():
        fitting = [d for d in group if d.year in years]
        if not fitting and every and years:
            continue
        newest = fitting or [max(group, key=lambda d: (d.year or 0, d.key))]
        for year in sorted({d.year or 0 for d in newest}):
            same = [d for d in newest if (d.year or 0) == year]
            told = [
                d for d in same if f"{d.level}预算" in linked.text or ("口径" in linked.text and d.level in linked.text)
            ]
            chosen += told or sorted(same, key=lambda d: d.level != "部门")[:1]
    return tuple(chosen)


def _without_years(text: str, entries: Sequence[DocumentEntry]) -> str:
    """A question asked of each of several documents without the years that tell these apart."""
    years = {entry.year for entry in entries if entry.year}
    if len(years) < len(entries) or len(years) == 1:
        return text
    said = "|".join(str(year) for year in sorted(years))
    return re.sub(rf"(?:{said})年度?的?(?:部门预算|单位预算|预算)?[和与、，的]*", "", text) or text


def _listed(text: str, each: body_names.Named, found: Sequence[DocumentEntry]) -> bool:
    """Are the places of several bodies said one by one (广州和苏州的审计局)?"""
    span = text[each.start : each.end]
    return all(any(place in span for place in body_names.places(d.region)) for d in found)


def _owned(key: str, catalog: Catalog) -> frozenset[str]:
    projects = {p.name for p in catalog.projects if p.document == key}
    return frozenset(projects | {u.name for u in catalog.units if u.document == key})


def moved(state: State, keys: tuple[str, ...], catalog: Catalog) -> State:
    """A conversation carried over to other documents: what was asked of one year of theirs is asked of these."""
    last = state.last
    if last is None or not last.documents or set(last.documents) == set(keys):
        return state
    own = {entry.year for entry in catalog.documents if entry.key in last.documents}

    def carried(selector: Selector) -> Selector:
        years = tuple(year for year in selector.years if year not in own)
        return selector.narrowed(documents=keys, years=years, table_numbers=(), table_kinds=(), bodies=())

    understood = last.understanding
    query = understood.query
    if query is not None:
        query = query.with_(
            subjects=tuple(map(carried, query.subjects)),
            members=carried(query.members) if query.members else None,
            whole=carried(query.whole) if query.whole else None,
        )
    parts = replace(
        understood.parts,
        subjects=tuple(replace(s, selector=carried(s.selector)) for s in understood.parts.subjects),
        contexts=tuple(replace(s, selector=carried(s.selector)) for s in understood.parts.contexts),
        years=(),
    )
    turn = replace(last, understanding=replace(understood, query=query, parts=parts), documents=keys)
    return State((*state.turns[:-1], turn))


def ask_which(entries: Sequence[DocumentEntry], question: str) -> Reply:
    """Several documents are held and the question does not say which."""
    told = "、".join(f"{d.body}（{d.year}年{d.stage}）" for d in entries[:_CHOICES])
    more = f"等 {len(entries)} 份文件" if len(entries) > _CHOICES else ""
    choices = tuple(f"{d.body}{d.year or ''}年：{question}" for d in entries[:_CHOICES])
    return Reply(
        (f"已收录{told}{more}，请问您问的是哪一份？",), status=Status.CLARIFY, reason="没有说明是哪一份文件",
        choices=choices, rule=_ASKED,
    )  # fmt: skip


def replay(desk: Desk, history: Sequence[str], documents: tuple[str, ...]) -> State:
    """The conversation state after earlier user questions; ones that cannot be understood change nothing."""
    state = State()
    for question in history:
        try:
            state = desk.ask(question, state, documents).state
        except QuestionRejected:
            continue
    return state
