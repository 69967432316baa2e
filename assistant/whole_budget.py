"""A bare operation is about the whole budget (预算多少？比去年少了多少？), unless it points at something unsaid."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation import State
from assistant.pointing import adrift, looks_back, points_nowhere
from assistant.query import Selector, of_budget
from assistant.understanding import Need, Understanding
from assistant.wording import Wording

_MISSING = "科目或项目"


def of_everything(understood: Understanding, state: State, total: Selector, wording: Wording) -> Understanding:
    """A question that names nothing, asked of the whole budget; one that looks back at nothing says what it lacks."""
    query = understood.query
    if state.last is None and (looks_back(understood.parts) or adrift(understood.parts)):
        return replace(understood, missing=_MISSING)
    elsewhere = state.last is not None and not understood.parts.has("self")
    if query is None or query.subjects or query.members is not None or elsewhere:
        return understood
    if understood.parts.nouns or understood.parts.attributes or understood.parts.has("refer"):
        return understood
    worked_out = understood.text is not None and understood.text.need is Need.CALCULATION and state.last is None
    if worked_out and not understood.parts.has("self", "sum", "budgeted"):
        return replace(understood, missing=_MISSING)  # 单价是多少
    stageless = of_budget(query) and not understood.parts.has("self", "sum")
    if _of_nothing(understood, wording) or stageless:
        return replace(understood, missing=_MISSING)
    if set(wording.content_words("".join(understood.linked.leftover))) - set(wording.terms.money):
        return understood
    if points_nowhere(understood.parts, query, wording.terms.money):
        return replace(understood, missing=_MISSING)
    parts = understood.parts
    selector = total.narrowed(years=parts.years, funds=parts.funds)
    return replace(understood, query=query.with_(subjects=(selector,)))


def _of_nothing(understood: Understanding, wording: Wording) -> bool:
    """前一年的是多少: only a year is said, and not a word of money."""
    said = understood.parts.linked
    money = any(word in said.text for word in wording.terms.money)
    return said.has("previous") and not said.has("compare_previous", "self", "sum", "budgeted") and not money
