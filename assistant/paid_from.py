"""Projects picked by the money they are paid from: "哪些项目用的是去年结转下来的钱", "基金安排的项目里最大的是哪个"."""

from __future__ import annotations

from dataclasses import replace

from assistant.funding import Said, said_in
from assistant.parts import Parts
from assistant.query import Condition
from index.evidence import Classification, Dimension

_SETS = frozenset({Classification.PROJECT, Classification.PROCUREMENT})
_ASKED = ("list", "which", "count", "max", "min", "top", "bottom", "sum")
_NOT = ("share", "rate", "difference", "compare_previous", "change_any", "change_up", "change_down", "existence")


def paid_from(parts: Parts) -> Parts:
    """A set of projects and a fund that is named: the projects that the fund pays for."""
    sets = [m for m in parts.nouns if m.sense.noun and m.sense.noun.classification in _SETS]
    named = [found for found in said_in(parts.linked.text) if not found.fund.whole]
    if not sets or len(named) != 1 or parts.projects or not parts.has(*_ASKED) or parts.has(*_NOT):
        return parts
    fund = named[0]
    nouns = {m.start for m in sets}
    own = [s for s in (*parts.subjects, *parts.contexts) if s.start not in nouns and not _within(s.start, s.end, fund)]
    if own:
        return parts
    condition = Condition(">", 0, f"用{fund.text}", Dimension.MONEY)
    return replace(parts, subjects=(), contexts=(), funds=fund.fund.names, conditions=(*parts.conditions, condition))


def _within(start: int, end: int, found: Said) -> bool:
    return start < found.end and found.start < end
