"""Pieces of a question: which of them ask, which only narrow another, and what was understood in another spelling."""

from __future__ import annotations

from assistant.pointing import without_preface
from assistant.semantics import grammar_words
from assistant.shapes import Linked
from assistant.text_terms import load

_REMARKS = frozenset({"verify", "polite", "filler", "refer", "continue", "now", "self", "detail", "existence"})
_LEAST_QUESTION = 4
_KNOWN = 0.5  # share of a piece that has to mean something known
_ASKING = frozenset({"ask_amount", "what", "which"})
_NARROWING = ("actual", "adjusted", "surplus", "budgeted", "convert")


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
    firm = [m for m in said if m.via == "exact" or m.text.endswith(grammar_words("rate_endings"))]  # 满意度：
    named = any(m.sense.names or m.sense.project or m.sense.attribute or m.sense.noun or m.sense.scope for m in firm)
    shaped = any(m.code or m.table or m.year or m.quantity or m.position for m in said)
    return linked.text if named or cues or shaped else rest


def without_concession(linked: Linked) -> str:
    """A question without the things it passes over (扶贫也好、调研也罢，…), where what follows names what it asks of."""
    words = grammar_words("concession")
    end = max((linked.text.rfind(word) + len(word) for word in words if word in linked.text), default=0)
    firm = (m for m in linked.mentions if m.start >= end and m.via == "exact")
    several = sum(map(linked.text.count, words)) > 1
    named = several and any(m.sense.names or m.sense.project for m in firm)
    return linked.text[end:].lstrip("，、") if named else linked.text


def only_where(linked: Linked) -> str:
    """The labelled text in which the answer to the piece before stands, where a piece says nothing else (在职责里怎么说); ""
    where it does."""
    named = any(m.sense.names or m.sense.project or m.code or m.table for m in linked.mentions)
    labels = [m for m in linked.mentions if m.sense.attribute]
    rest = (
        {cue for m in linked.mentions if m not in labels for cue in m.sense.cues} - _REMARKS - {"how", "manner", "what"}
    )
    if len(labels) != 1 or named or rest or not linked.text.startswith(load().places, labels[0].end):
        return ""
    return linked.text[: labels[0].end + 1]


def only_scope(linked: Linked) -> str:
    """The 口径 that a piece says afterwards and nothing else (…多大比例？我说的是基本支出那张表): as it is put before a
    question; "" where a piece says more."""
    if without_preface(linked.text) == linked.text:
        return ""
    said = [m for m in linked.mentions if not m.sense.cues <= _REMARKS or m.sense.names or m.sense.scope or m.table]
    scope = said[0].sense.scope if len(said) == 1 else None
    if len(said) != 1 or said[0].sense.project or not (scope or said[0].table):
        return ""
    return f"{said[0].text}口径" if scope else f"{said[0].text}里"


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
