"""Pieces of a question: which of them ask, which only narrow another, and what was understood in another spelling."""

from __future__ import annotations

from assistant.shapes import Linked

_REMARKS = frozenset({"verify", "polite", "filler", "refer", "continue", "now", "self", "detail", "existence"})
_NARROWING = ("actual", "adjusted", "surplus", "budgeted", "convert")


def asks(linked: Linked) -> bool:
    """Does a piece name something or ask an operation, beyond what only colours a remark?"""
    said = [m for m in linked.mentions if not m.has(*_NARROWING)]
    named = any(m.sense.names or m.sense.project or m.sense.attribute or m.code or m.table for m in said)
    return named or any(m.sense.cues - _REMARKS for m in said) or any(m.position or m.head_unit for m in said)


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
