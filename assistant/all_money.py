"""All money together, said as the kinds of it that are to be counted in: 包括财政和医院自己的钱, 连单位资金一起算."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from assistant.data_files import load_toml
from assistant.lexicon import Sense
from assistant.linking import left_over
from assistant.query import ALL_FUNDS
from assistant.question import fold
from assistant.semantics import Scope
from assistant.shapes import Linked, Mention


@dataclass(frozen=True, slots=True)
class _Terms:
    """`span`: a stretch that counts several kinds of money in; `apart`: words by which a question keeps them apart."""

    span: re.Pattern[str]
    apart: tuple[str, ...]


@cache
def _terms() -> _Terms:
    """The words of [including] in funding.toml. Raises SemanticDataError."""
    return load_toml("funding.toml", lambda data: _parsed(data["including"]))


def _parsed(data: dict[str, Any]) -> _Terms:
    def any_of(key: str) -> str:
        words = sorted(map(fold, data[key]), key=len, reverse=True)
        return f"(?:{'|'.join(map(re.escape, words))})"

    given, own, joint = any_of("given"), rf"[^，。？、和与加]{{0,4}}?{any_of('own')}", any_of("joints")
    money, before, after = any_of("money"), any_of("before"), any_of("after")
    pair = f"(?:{given}{money}?{joint}{own}|{own}{money}?{joint}{given}){money}?"
    alone = f"{own}{money}?"
    added = f"(?:{given}{money}?{any_of('added')}{own}|{own}{money}?{any_of('added')}{given}){money}?"
    span = f"{before}的?(?:{pair}|{alone}){after}?|{pair}{after}|{added}"
    return _Terms(re.compile(span), tuple(map(fold, data["apart"])))


def with_all_money(linked: Linked) -> Linked:
    """A question with such a stretch linked as the 口径 of all money, unless it asks for the kinds apart."""
    match = _terms().span.search(linked.text)
    if match is None or any(word in linked.text for word in _terms().apart) or linked.has("except", "difference"):
        return linked
    start, end = match.span()
    said = Mention(start, end, match[0], Sense(scope=Scope((match[0],), fund=ALL_FUNDS)))
    kept = (m for m in linked.mentions if m.end <= start or end <= m.start)
    mentions = tuple(sorted((*kept, said), key=lambda m: m.start))
    return replace(linked, mentions=mentions, leftover=left_over(linked.text, mentions))
