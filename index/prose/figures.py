"""The figures of a clause: amounts, changes, rates, shares, counts, and "unchanged".

Works on one compact clause at a time and knows nothing of subjects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from index.document import Stage
from index.evidence import Dimension
from index.numbers import MONEY_UNITS, parse_money, parse_number, to_stored
from index.prose.passages import marker
from index.prose.terms import NUMBER, Terms, either, terms


class Role(StrEnum):
    """What a figure does in its clause."""

    AMOUNT = "amount"
    CHANGE = "change"
    RATE = "rate"
    SHARE = "share"
    COMPLETION = "completion"
    COUNT = "count"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Base:
    """What a change compares with: a year of its own, the year before (`shift` -1) or the same year (`shift` 0).

    `stage` is set when the words say 预算 or 决算.
    """

    year: int | None = None
    shift: int = -1
    stage: Stage | None = None

    def year_for(self, current: int | None) -> int | None:
        """The year compared with, when the figure itself is of `current`."""
        return self.year or (None if current is None else current + self.shift)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: clause[start:end] is number and unit; `lead` what stands before it and names its subject.

    `value` is stored form (see `Dimension`), signed for changes and rates; `whole` names what a share is of;
    `after` is the rest of the clause.
    """

    role: Role
    start: int
    end: int
    lead: str
    value: int | None
    dimension: Dimension
    printed: str
    unit: str
    base: Base | None = None
    whole: str = ""
    after: str = ""
    of_base: bool = False  # 比年初预算10000元减少…: the amount of what is compared with

    @property
    def is_same(self) -> bool:
        """持平: a change of nothing, said without a number."""
        return self.role is Role.CHANGE and not self.unit


@lru_cache(maxsize=2048)
def figures(clause: str) -> tuple[Figure, ...]:
    """Every figure of a compact clause, in order."""
    vocabulary, found, begin = terms(), [], 0
    for match in figure_pattern().finditer(clause):
        lead, after = clause[begin : match.start()], clause[match.end() :]
        figure = _figure(match, lead, after, vocabulary)
        if figure is not None:
            found.append(figure)
            begin = match.end()
    if not any(figure.role in (Role.CHANGE, Role.RATE) for figure in found):
        if same := _unchanged(clause[begin:], begin, vocabulary):
            found.append(same)
    return tuple(found)


@cache
def figure_pattern() -> re.Pattern[str]:
    """A number with a unit that makes it a figure; also a bare zero after 为."""
    money = either(unit for unit in MONEY_UNITS if unit not in ("万", "亿"))
    chinese = r"[一二两三四五六七八九十百][一二两三四五六七八九十百千万亿零]*?"
    signed = rf"(?:(?<![\dA-Za-z%元])[-−+])?{NUMBER}"
    return re.compile(
        rf"(?P<number>{signed})(?:"
        rf"(?P<money>{money}|[万亿](?=$|[，。；、）]))|(?P<percent>%|个百分点)|(?P<count>{terms().counter}))"
        rf"|百分之(?P<hundredths>{NUMBER}|{chinese}(?=$|[，。；、）]))"
        rf"|(?P<words>{chinese})(?P<unit>{money})|(?<=[为是：])(?P<zero>0(?:\.0+)?)(?=$|[，。；、）])"
    )


def _figure(match: re.Match[str], lead: str, after: str, vocabulary: Terms) -> Figure | None:
    if match["percent"] or match["hundredths"]:
        return _percentage(match, lead, after, vocabulary)
    if match["count"]:
        return _count(match, lead, after)
    if _is_threshold(lead, after, vocabulary):
        return None
    number, unit = match["number"] or match["words"] or match["zero"], match["money"] or match["unit"] or ""
    quantity = parse_money(number, unit or "元")
    if quantity is None:
        return None
    whole = lead
    lead, base = split_base(lead)
    sign, rest = _direction(lead, base, vocabulary)
    value = _directed(quantity.value, sign)
    return Figure(
        Role.AMOUNT if sign is None else Role.CHANGE,
        match.start(),
        match.end(),
        rest,
        _stored(value, Dimension.MONEY),
        Dimension.MONEY,
        number,
        unit,
        base=base,
        after=after,
        of_base=sign is None and base is not None and ends_with_base(whole),
    )


def _directed(value: Decimal, sign: int | None) -> Decimal:
    """增长-5% falls by 5; 减少-5万元 is a slip for 减少5万元."""
    return -abs(value) if sign == -1 else value


def _direction(lead: str, base: Base | None, vocabulary: Terms) -> tuple[int | None, str]:
    """(+1, -1 or None for a plain amount, lead without the verb)."""
    if match := vocabulary.verb.search(lead):
        return (1 if match["up"] else -1), lead[: match.start()]
    if base is not None and (match := vocabulary.compared.search(lead)):
        return (1 if match["up"] else -1), lead[: match.start()]
    if base is not None and (match := vocabulary.leading_verb.match(lead, marker(lead)[1])):
        return (1 if match["up"] else -1), lead[match.end() :]
    if match := vocabulary.reached.search(lead):
        return None, lead[: match.start()]
    return None, lead


def split_base(lead: str) -> tuple[str, Base | None]:
    """ "比上年预算减少" → ("减少", Base(...)); what stands on both sides of the base is joined."""
    vocabulary = terms()
    match = vocabulary.base.search(lead)
    if match is None:
        # 小于上年预算数403.75万元, 大于预算数5万元: the comparison is the verb, the base follows it
        compared = vocabulary.later.search(lead)
        if compared is None:
            return lead, None
        return lead[: compared.end()], Base(None, 0 if compared["opening"] else -1, _stage(lead[compared.end() :]))
    if match["on_year"]:
        return lead[: match.start()] + lead[match.end() :], Base()
    words = match["moment"] + match["tail"]
    year = re.match(r"\d{4}", match["moment"])
    base = Base(int(year[0]) if year else None, 0 if match["opening"] else -1, _stage(words))
    return lead[: match.start()] + lead[match.end() :], base


def _stage(words: str) -> Stage | None:
    vocabulary = terms()
    for key, stage in (("final", Stage.FINAL), ("adjusted", Stage.ADJUSTED), ("budget", Stage.BUDGET)):
        if re.search(vocabulary.alternatives("phrase", key), words):
            return stage
    return None


def _percentage(match: re.Match[str], lead: str, after: str, vocabulary: Terms) -> Figure:
    number = parse_number(match["number"] or match["hundredths"]) or Decimal(0)
    role, whole = Role.OTHER, ""
    base: Base | None = None
    if share := vocabulary.share_alone.search(lead):
        role, lead = Role.SHARE, lead[: share.start()]
    elif done := vocabulary.done.search(lead):
        role, lead, base = Role.COMPLETION, lead[: done.start()], Base(shift=0, stage=_stage(done[0]) or Stage.BUDGET)
    elif share := vocabulary.share.search(lead):
        role, whole, lead = Role.SHARE, share["whole"], lead[: share.start()]
    else:
        lead, base = split_base(lead)
        sign, rest = _direction(lead, base, vocabulary)
        if sign is not None:
            role, number, lead = Role.RATE, _directed(number, sign), rest
    return Figure(
        role,
        match.start(),
        match.end(),
        lead,
        _stored(number, Dimension.PERCENT),
        Dimension.PERCENT,
        match["number"] or match[0],
        match["percent"] or "%",
        base,
        whole,
        after,
    )


def _count(match: re.Match[str], lead: str, after: str) -> Figure:
    number = parse_number(match["number"]) or Decimal(0)
    return Figure(
        Role.COUNT,
        match.start(),
        match.end(),
        lead,
        _stored(number, Dimension.COUNT),
        Dimension.COUNT,
        match["number"],
        match["count"],
        after=after,
    )


def ends_with_base(lead: str) -> bool:
    """Whether nothing stands between the base of a comparison and its number."""
    match = terms().base.search(lead)
    return match is not None and not match["on_year"] and match.end() == len(lead)


def _unchanged(clause: str, offset: int, vocabulary: Terms) -> Figure | None:
    match = vocabulary.same.search(clause) or vocabulary.equal.search(clause)
    if match is None or match["approximate"]:
        return None
    lead, base = split_base(clause[: match.start()])
    if match.re is vocabulary.equal:
        base = Base(shift=0, stage=_stage(match["moment"]))
    return Figure(
        Role.CHANGE,
        offset + match.start(),
        offset + match.end(),
        lead,
        0,
        Dimension.MONEY,
        match["same"],
        "",
        base=base,
    )


def _is_threshold(lead: str, after: str, vocabulary: Terms) -> bool:
    """单价100万元以上, 20万元/人: not an amount of anything. A range (5-10万元) is none either."""
    before = re.search(rf"(?:{vocabulary.alternatives('phrase', 'threshold_before')}|[\d元万亿][-—~至])$", lead)
    return bool(before or re.match(rf"{vocabulary.alternatives('phrase', 'threshold_after')}|[-—~至]\d", after))


def _stored(value: Decimal, dimension: Dimension) -> int | None:
    try:
        return to_stored(value, dimension)
    except ValueError:
        return None
