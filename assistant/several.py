"""Several questions in one breath: each sentence is a turn of its own, and each clause that asks gets its answer.

A sentence is understood as one question first. What its clauses ask beyond that is asked after it: the clause it opens
with by itself, the later ones as follow-ups.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant import bodies, clauses, heard, particular, tallies
from assistant.answer import Answer, Status
from assistant.dialogue import State
from assistant.query import Operation
from assistant.shapes import Linked
from assistant.wording import Wording
from index.numbers import MONEY_UNITS

_OFF_TOPIC, _NOT_COLLECTED = "与预算无关", "未收录"


@dataclass(frozen=True, slots=True)
class Speaker:
    """How one question is answered: `one` gives its answer and the conversation after it."""

    one: Callable[[str, State], tuple[Answer, State]]
    linked: Callable[[str, State], Linked]
    wording: Wording


def answered(pieces: tuple[str, ...], state: State, speaker: Speaker) -> tuple[tuple[Answer, ...], State]:
    """The answers that are worth telling, in order, and the conversation after them."""
    answers: list[Answer] = []
    before, earlier = "", state  # the sentence before, and the conversation before it
    for piece in pieces:
        linked = speaker.linked(piece, state)
        if answers and _told_already(linked, answers[-1]):
            continue
        if before and _counted_before(state) and linked.has("ask_amount") and not _names(linked):
            piece, state = f"{before}，{piece}", earlier  # 项目有多少个？涉及多少资金: one thing that is counted
            linked = speaker.linked(piece, state)
            answers.pop()
        before, earlier = piece.rstrip("？。，"), state
        answer, after = speaker.one(piece, state)
        behind = bool(answers) and answers[-1].status is Status.ANSWERED
        if behind and answer.status is not Status.ANSWERED:
            answer, after = _onward(piece, state, speaker) or (answer, after)
        if answer.reason.startswith(heard.UNHEARD) and (picked := _picked_first(linked, state, speaker)) is not None:
            first, answer, after = picked
            answers.append(first)
        opening = clauses.opening(linked) if answer.status is Status.ANSWERED else ""
        if opening:
            first, _ = speaker.one(opening, state)
            if clauses.leads(first, answer):
                answers.append(first)
        state = after
        answers.append(answer)
        whole = state.last is not None and state.last.reply.rule in particular.WHOLE
        if answer.status is not Status.ANSWERED or answer.conflicts or whole:
            continue
        compared = state.last is not None and state.last.reply.rule == bodies.RULE
        query = state.last.query if state.last is not None else None
        if query is not None and query.operation is Operation.DIFFERENCE and query.then is Operation.SHARE:
            continue  # what two figures differ by, and its share: all that its clauses ask
        told = query.subjects if query is not None else ()
        places = {place for s in told for place in (*s.measures, s.project) if place}
        for clause in clauses.further(linked):
            said = speaker.linked(clause, State())
            if (compared and clauses.repeats(said)) or clauses.rescopes(said, places):
                continue
            extra, after = speaker.one(clause, state)
            if clauses.adds(extra, answers):
                answers.append(extra)
                state = after
    useful = [a for a in answers if a.status is Status.ANSWERED]
    if not useful or len(useful) == len(answers):
        return tuple(answers), state
    return tuple(a for a in answers if a in useful or a.reason != _OFF_TOPIC), state


def _picked_first(linked: Linked, state: State, speaker: Speaker) -> tuple[Answer, Answer, State] | None:
    """A sentence that was not understood as one question, as two: which comes first, and what is asked of that."""
    if (said := clauses.picking(linked)) is None:
        return None
    first, after = speaker.one(said[0], state)
    if first.status is not Status.ANSWERED:
        return None
    second, after = speaker.one(said[1], after)
    return (first, second, after) if second.status is Status.ANSWERED else None


_BARE = frozenset({"ask_amount", "rate", "filler", "polite", "what", "continue"})


def _told_already(linked: Linked, told: Answer) -> bool:
    """A sentence that names nothing and asks for what the one before was told with (…比例最高的是哪个？比例多少？)."""
    bare = linked.mentions and all(m.sense.cues and m.sense.cues <= _BARE for m in linked.mentions)
    if not bare or "".join(linked.leftover).strip("的是") or told.status is not Status.ANSWERED:
        return False
    rated = any(value.unit == "%" for value in told.values)
    return rated if linked.has("rate") else bool(told.values) and told.values[0].unit in MONEY_UNITS


def _counted_before(state: State) -> bool:
    return state.last is not None and state.last.reply.rule == tallies.RULE


def _names(linked: Linked) -> bool:
    """Does a sentence name a thing, a kind or a place of its own?"""
    return any(m.sense.names or m.sense.project or m.sense.noun or m.sense.body or m.code for m in linked.mentions)


def _onward(piece: str, state: State, speaker: Speaker) -> tuple[Answer, State] | None:
    """A sentence behind another, answered without its words that no document uses (降幅算下来是百分之多少)."""
    said = "".join(speaker.linked(piece, state).leftover)
    plain = piece
    for word in speaker.wording.content_words(said):
        if not speaker.wording.known(word):
            plain = plain.replace(word, "")
    if plain == piece:
        return None
    answer, after = speaker.one(plain, state)
    return (answer, after) if answer.status is Status.ANSWERED else None
