"""Pieces of a question: which of them ask, which only narrow another, and what was understood in another spelling."""

from __future__ import annotations

from collections.abc import Callable

from assistant.question import split
from assistant.shapes import Linked
from assistant.spreading import only_places

_REMARKS = frozenset({"verify", "polite", "filler", "refer", "continue", "now", "self", "detail", "existence"})
_LEAST_QUESTION = 4
_KNOWN = 0.5  # share of a piece that has to mean something known
_ASKING = frozenset({"ask_amount", "what", "which"})
_NARROWING = ("actual", "adjusted", "surplus", "budgeted", "convert")


def questions_in(text: str, link: Callable[[str], Linked]) -> tuple[str, ...]:
    """The questions in one. A remark that asks nothing is dropped; one that only narrows joins what it narrows."""
    kept: list[str] = []
    cut = [without_lead(link(piece)) for piece in split(text) or (text,)]
    said = [link(piece) for piece in cut]
    start = min((place for place, linked in enumerate(said) if not only_remarks(linked)), default=0)
    for piece, linked in zip(cut[start:], said[start:], strict=True):
        joins = kept and (only_checks(linked, link(kept[-1])) or only_places(linked))
        if not joins and (not kept or asks(linked)):
            kept.append(piece)
        elif joins or narrows(linked):
            kept[-1] = f"{kept[-1]}，{piece}"
    return tuple(kept)


def only_checks(linked: Linked, before: Linked) -> bool:
    """Does a piece of a question name nothing and only ask whether what stands before it agrees (两个数对得上吗), or how
    far apart that is?"""
    apart = linked.has("difference") and before.has("verify", "contradiction", "equal")
    return (linked.has("contradiction") or apart) and not any(
        m.sense.names or m.sense.project or m.sense.attribute or m.sense.noun or m.code or m.table
        for m in linked.mentions
    )


def asks(linked: Linked) -> bool:
    """Does a piece name something or ask an operation, beyond what only colours a remark?"""
    said = [m for m in linked.mentions if not m.has(*_NARROWING)]
    named = any(m.sense.names or m.sense.project or m.sense.attribute or m.code or m.table for m in said)
    return named or any(m.sense.cues - _REMARKS for m in said) or any(m.position or m.head_unit for m in said)


def only_remarks(linked: Linked) -> bool:
    """Is most of a piece nothing known, and does it ask nothing (我退休前教书，不太懂这些表)?"""
    named = any(m.via == "exact" and (m.sense.names or m.sense.project or m.sense.attribute) for m in linked.mentions)
    said = {cue for m in linked.mentions for cue in m.sense.cues} - _REMARKS
    shaped = any(m.code or m.table or m.year or m.quantity or m.head_unit or m.position for m in linked.mentions)
    linked_to = sum(m.end - m.start for m in linked.mentions)
    return not (named or said or shaped) and linked_to < len(linked.text) * _KNOWN


def without_lead(linked: Linked) -> str:
    """A question without what opens it before a colon and says nothing of it (居委会想了解：…)."""
    lead, colon, rest = linked.text.partition("：")
    if not colon or len(rest) < _LEAST_QUESTION:
        return linked.text
    said = [m for m in linked.mentions if m.end <= len(lead)]
    cues = {cue for m in said for cue in m.sense.cues} - _REMARKS - _ASKING
    firm = [m for m in said if m.via == "exact"]
    named = any(m.sense.names or m.sense.project or m.sense.attribute or m.sense.noun or m.sense.scope for m in firm)
    shaped = any(m.code or m.table or m.year or m.quantity or m.position for m in said)
    return linked.text if named or cues or shaped else rest


def narrows(linked: Linked) -> bool:
    return any(m.has(*_NARROWING) or m.unit or m.year or m.sense.scope for m in linked.mentions)


def corrections(linked: Linked) -> tuple[str, ...]:
    """What was understood where it differs in sound or characters from what was typed."""
    told = []
    for mention in linked.mentions:
        if mention.via == "sound":
            sense = mention.sense
            kinds = (
                *(sense.noun.surfaces[:1] if sense.noun else ()),
                *(sense.scope.surfaces[:1] if sense.scope else ()),
            )
            name = next((n for n in (sense.project, *sense.names, *kinds) if n), "")
            told.append(f"（“{mention.text}”按“{name}”理解）")
    return tuple(dict.fromkeys(told))
