"""Is every number of a text found in the passages it was written from? A deterministic check.

A number with a unit must occur with the same exact value (万元 and 元 are converted); a passage out of a table
may print the number bare and its unit elsewhere ("单位：万元"), which is accepted when both occur.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from index.evidence import Dimension
from index.numbers import CHINESE_NUMERAL, MONEY_UNITS, half_width, parse_number, parse_percent

_UNITS = "|".join(sorted(map(re.escape, MONEY_UNITS), key=len, reverse=True))
_FRACTION = re.compile(rf"[百千万]分之(?:{CHINESE_NUMERAL.pattern}|[\d.]+)")
_NUMBER = re.compile(
    rf"(?P<number>(?<![\d.,])\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{CHINESE_NUMERAL.pattern})"
    rf"\s*(?P<unit>%|个百分点|{_UNITS})?"
)
_SINGLE = 1  # a lone Chinese numeral without a unit ("一般", "三公") is a word, not a figure


class Mention(NamedTuple):
    """A number as it stands in a text; `value` is in 元 or per cent where `dimension` says so, else bare."""

    printed: str
    value: Decimal
    dimension: Dimension | None
    bare: Decimal
    unit: str


def mentions(text: str) -> Iterator[Mention]:
    """Every number of a text, with its unit where one follows; signs are ignored."""
    text = half_width(text)
    for match in _FRACTION.finditer(text):
        if (percent := parse_percent(match[0])) is not None:
            yield Mention(match[0], percent, Dimension.PERCENT, percent, "%")
    for match in _NUMBER.finditer(_FRACTION.sub(" ", text)):
        number, unit = match["number"], match["unit"] or ""
        value = parse_number(number)
        if value is None or (not unit and len(number) == _SINGLE and not number.isascii()):
            continue
        if unit in MONEY_UNITS:
            yield Mention(match[0], value * MONEY_UNITS[unit], Dimension.MONEY, value, unit)
        elif unit:
            yield Mention(match[0], value, Dimension.PERCENT, value, "%")
        else:
            yield Mention(match[0], value, None, value, "")


def ungrounded(text: str, passages: Iterable[str]) -> tuple[str, ...]:
    """The numbers of `text`, as printed, that no passage contains; empty when all are grounded."""
    passages = tuple(half_width(passage) for passage in passages)
    known = [mention for passage in passages for mention in mentions(passage)]
    exact = {(mention.value, mention.dimension) for mention in known if mention.dimension}
    bare = {mention.value for mention in known if mention.dimension is None}
    any_form = {mention.bare for mention in known}
    joined = "\n".join(passages)

    def grounded(mention: Mention) -> bool:
        if mention.dimension is None:
            return mention.bare in any_form or mention.printed in joined
        if (mention.value, mention.dimension) in exact:
            return True
        return mention.bare in bare and mention.unit in joined

    return tuple(mention.printed.strip() for mention in mentions(text) if not grounded(mention))
