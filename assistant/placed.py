"""Words of 口径 said as a place that figures stand in: 在基本支出里, 走项目的, 由项目列支, 基本支出口径."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from assistant.lexicon import Sense
from assistant.query import ALL_FUNDS
from assistant.semantics import Scope, grammar_words, load, place_words
from assistant.shapes import Linked, Mention
from index.evidence import Classification

PROJECT_SPENDING = "项目支出"
_OF_SETS = ("which", "count", "max", "min", "top", "bottom")


@cache
def _places() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before, after = ("|".join(map(re.escape, words)) for words in place_words())
    return re.compile(f"(?:{before})$"), re.compile(f"(?:的)?(?:{after})")


@cache
def _within() -> re.Pattern[str]:
    """What follows a place, the table that is called by it between them (支出预算总表里)."""
    return re.compile(f"(?:总?表)?{_places()[1].pattern}")


def is_placed(text: str, start: int, end: int) -> bool:
    """Does a stretch of a question stand as a place?"""
    before, after = _places()
    return bool(before.search(text[:start]) or after.match(text, end))


def projects_as_scope(linked: Linked) -> Linked:
    """ "印刷费列在项目里的": beside an account, projects at large that it stands in are a 口径 of it."""
    named = any(m.sense.names and not m.sense.noun for m in linked.mentions)
    if not named or any(m.sense.project for m in linked.mentions) or linked.has(*_OF_SETS):
        return linked
    scope = next((s for s in load().scopes if s.measure == PROJECT_SPENDING), None)
    meant = Sense(names=(PROJECT_SPENDING,), scope=scope)
    owned = {m.end for m in linked.mentions if m.sense.names}
    mentions = tuple(
        replace(m, sense=meant) if m.start not in owned and _at_large(m, linked.text) else m for m in linked.mentions
    )
    return linked if mentions == linked.mentions else replace(linked, mentions=mentions)


def totals_as_funds(linked: Linked, totals: frozenset[str]) -> Linked:
    """ "教育支出在全部支出里和在财政拨款支出里差多少": totals of several funds that one account stands in are its 口径."""
    others = [m for m in linked.mentions if m.sense.names and not m.sense.noun]
    placed = {m.start: scope for m in others if (scope := _fund_said(m, linked.text, totals)) is not None}
    accounts = [m for m in others if m.start not in placed and not totals & set(m.sense.names)]
    if len({scope.fund for scope in placed.values()}) < _SEVERAL or len(accounts) != 1 or linked.has("share"):
        return linked
    meant = (replace(m, sense=Sense(scope=placed[m.start])) if m.start in placed else m for m in linked.mentions)
    return replace(linked, mentions=tuple(meant))


_SEVERAL = 2


def _fund_said(mention: Mention, text: str, totals: frozenset[str]) -> Scope | None:
    """The fund whose total a mention names as a place; None where it is named as anything else."""
    before, _ = _places()
    inside = before.search(text[: mention.start]) and _within().match(text, mention.end)
    if not inside:
        return None
    funds = sorted({s.fund for s in load().scopes if s.fund and s.fund != ALL_FUNDS}, key=len, reverse=True)
    own = next((f for f in funds if mention.text.startswith(f)), "")
    fund = own or (ALL_FUNDS if totals & set(mention.sense.names) else "")
    return Scope((mention.text,), fund=fund) if fund else None


def _at_large(mention: Mention, text: str) -> bool:
    noun = mention.sense.noun
    if noun is None or noun.classification is not Classification.PROJECT or mention.sense.names:
        return False
    return is_placed(text, mention.start, mention.end) and not text[: mention.start].endswith(grammar_words("each"))
