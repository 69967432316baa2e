"""Projects picked by the money they are paid from: "哪些项目用的是去年结转下来的钱", "基金安排的项目里最大的是哪个"."""

from __future__ import annotations

from dataclasses import replace

from assistant.funding import Said, said_in
from assistant.lexicon import Sense
from assistant.parts import Parts
from assistant.query import Condition
from assistant.semantics import load
from assistant.shapes import Mention
from index.evidence import Classification, Dimension

PAID = "用"  # leads what a condition on a fund is called
_SETS = frozenset({Classification.PROJECT, Classification.PROCUREMENT})
_ASKED = ("list", "which", "count", "max", "min", "top", "bottom", "sum")
_NOT = ("share", "rate", "difference", "compare_previous", "change_any", "change_up", "change_down", "existence")


def paid_from(parts: Parts) -> Parts:
    """A set of projects and a fund that is named: the projects that the fund pays for."""
    parts = _each_with_money(parts)
    sets = [m for m in parts.nouns if m.sense.noun and m.sense.noun.classification in _SETS]
    named = [found for found in said_in(parts.linked.text) if not found.fund.whole]
    if not sets or len(named) != 1 or parts.projects or not parts.has(*_ASKED) or parts.has(*_NOT):
        return parts
    fund = named[0]
    nouns = {m.start for m in sets}
    own = [s for s in (*parts.subjects, *parts.contexts) if s.start not in nouns and not _within(s.start, s.end, fund)]
    if own:
        return parts
    said = next((m.text for m in parts.linked.mentions if _within(m.start, m.end, fund)), fund.text)
    condition = Condition(">", 0, f"{PAID}{said}", Dimension.MONEY)
    return replace(parts, subjects=(), contexts=(), funds=fund.fund.names, conditions=(*parts.conditions, condition))


def _each_with_money(parts: Parts) -> Parts:
    """哪些项目的资金来自事业收入: the money of each project that is asked for, not 项目资金 as a whole."""
    noun = next((n for n in load().sets if n.classification is Classification.PROJECT), None)
    asked = {m.end for m in parts.linked.mentions if m.has("list", "which", "count")}
    for subject in parts.subjects:
        word = next((w for w in noun.surfaces if subject.typed.startswith(f"{w}的")), "") if noun is not None else ""
        if word and subject.start in asked:
            of_each = Mention(subject.start, subject.start + len(word), word, Sense(noun=noun))
            rest = tuple(s for s in parts.subjects if s is not subject)
            return replace(parts, subjects=rest, nouns=(*parts.nouns, of_each))
    return parts


def _within(start: int, end: int, found: Said) -> bool:
    return start < found.end and found.start < end
