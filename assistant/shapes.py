"""What a linked span is (`Mention`, `Linked`), and the entities that are known by their shape alone.

Years, account codes, table numbers, amounts, percentages, counts, ranks, units asked for, counting words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.lexicon import Lexicon, Sense
from index.evidence import Dimension
from index.numbers import Quantity, half_width, parse_money, parse_number, parse_percent

_NUM = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?)"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|全年|这年|那年|预算|决算|[，。？、和与到至比跟]|$)(?:年度?)?")
_TABLE = re.compile(
    r"(?:公开|附)?(?<![\d.])\d{1,2}(?:-\d)?号?表(?![示述达明现格])|"
    r"(?:公开|预算|决算|附)?表格?(?:\d+(?:-\d+)?(?![\d.]*[万元%])|[一二三四五六七八九十]+(?![个大点样张行栏致共起类条笔家元万]|项(?!目)))|第[一二三四五六七八九十\d]+张表"
)
_MONEY = re.compile(
    rf"(?<!每)({_NUM}(?:[百千](?=万))?)(亿元|亿|万元|万块钱|万块|万(?![一-龥]{{0,2}}分)|千元|元|块钱|(?<=\d)块)(?!钱)"
)
_PERCENT = re.compile(rf"{_NUM}(?:%|个百分点)|百分之{_NUM}|千分之{_NUM}|(?<!第){_NUM}成(?=[以多，？左吗呢了没的]|$)")
_COUNT = re.compile(rf"({_NUM}(?=[人辆份名])|\d+)(人|辆|份|次|期|册|名|套|本|起|件|台|个乡镇|个村)(?![一-龥]{{0,1}}均)")
_EACH = re.compile(r"每一?(辆|台|部|次|场|期|册|套|本|个乡镇|个村|家|户|件)(?![\d一二两三四五六七八九十])")
_BARE = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d(?![\d.]))\d+(?:\.\d+)?(?![\d.]|[年月日号条款项个类点])")
_CODE = re.compile(r"(?<![\d.])\d{3,7}(?![\d.]*[元万亿人年%个次份期项名月日岁块])(?!\d)")
_ORDINAL = re.compile(
    r"(倒数)?(?:(?:第|排老|老(?=[二三四]))([一二三四五六七八九十\d]+)(?:大|名|位|个|高|多|项|小|少|条|款|点|笔)?(?!部分|章|节|页|季度)"
    r"|(?:前|(?<=的)头(?=[二两三四五六七八九十])|头(?=[二两三四五六七八九十]{1,2}[名家位]))([一二两三四五六七八九十\d]+)(?:大|名|位|个|高|多|项|笔|款|类|条|家|所)?(?![年天月周期任后成\d]))"
)
_POINTING = frozenset("这那上以前")
_COUNTER = re.compile(
    rf"(?:这|那|上述|以上|前面)?({_NUM}|几)(?:个|项|块|笔|类|者|家|条|款|种|处|样|边|头|大头)(?![月级半])"
)
_HEADCOUNT = re.compile(
    r"(?:几|多少)(?:个)?(人次|批次|人|位|名|口|辆|台|部(?!门|分|委)|套|份(?!额)|次|本|册|期|起|件|批|拨|间|户|场|张|家|平方米|平米)(?![一-龥]?均)"
)
_HEAD_UNITS = {
    "位": "人",
    "名": "人",
    "口": "人",
    "台": "辆",
    "部": "辆",
    "家": "个",
    "拨": "批",
    "批次": "批",
    "人次": "人",
}
_TOP_N = re.compile(r"(?:最[大多高贵小少低]的?)([一二两三四五六七八九十\d]+)(?:个|项|笔|名|位|类|款|家|所)")
_UNIT = re.compile(
    r"(?:多少个?|几个?|换成|换算成|换算为|折合|折合成|折算成|折成|转成|转换成|改成|以|按|用|合|成|为单位|写成|等于多少|是多少)"
    r"(亿元|亿|百万元|百万|万元|万|千元|元|块钱|块)(?:人民币)?(?!钱)(?![亩吨户人次件株棵条套份头只平公立米度升册羽])"
)
_UNIT_NAMES = {"亿": "亿元", "万": "万元", "块": "元", "块钱": "元", "百万": "百万元", "万块": "万元", "万块钱": "万元"}


@dataclass(frozen=True, slots=True)
class Mention:
    """One linked span. `sense` is what the lexicon says; the other fields hold shaped entities."""

    start: int
    end: int
    text: str
    sense: Sense = Sense()
    year: int | None = None
    code: str = ""
    table: str = ""
    quantity: Quantity | None = None
    unit: str = ""
    position: int | None = None
    limit: int | None = None
    reverse: bool = False
    counter: int = 0  # "三项" → 3: how many things were named; nothing of its own
    head_unit: str = ""  # "几位" → 人
    score: float = 1.0
    via: str = "exact"

    def has(self, *cues: str) -> bool:
        return not self.sense.cues.isdisjoint(cues)


@dataclass(frozen=True, slots=True)
class Linked:
    """The mentions of a question in order, and the stretches of it that mean nothing known."""

    text: str
    mentions: tuple[Mention, ...]
    leftover: tuple[str, ...]

    def cues(self) -> frozenset[str]:
        return frozenset().union(*(m.sense.cues for m in self.mentions))

    def has(self, *cues: str) -> bool:
        return any(m.has(*cues) for m in self.mentions)

    def set_aside(self, mention: Mention) -> bool:
        """Does a mention stand right behind 除了, so that something else is asked about (除了一般公共预算，还用基金不)?"""
        return any(m.has("except") and m.end == mention.start for m in self.mentions)


def shaped_entities(text: str, lexicon: Lexicon) -> list[Mention]:
    """Every entity with a shape of its own, none overlapping another or lying inside a printed name."""
    found: list[Mention] = []

    def free(start: int, end: int) -> bool:
        return all(m.end <= start or m.start >= end for m in found)

    def inside_name(start: int, end: int) -> bool:
        """A number that is part of a printed name ("政府采购20强") is not an entity."""
        low = max(0, start - lexicon.longest)
        return any(
            bool((sense := lexicon.surfaces.get(text[i:j])) and (sense.names or sense.project or sense.attribute))
            for i in range(low, start + 1)
            for j in range(end, min(len(text), i + lexicon.longest) + 1)
            if j - i > end - start
        )

    for match in _TABLE.finditer(text):
        found.append(Mention(match.start(), match.end(), match[0], table=match[0]))
    for match in _UNIT.finditer(text):
        start, end = match.span(1)
        if free(start, end):
            found.append(Mention(start, end, match[1], unit=_UNIT_NAMES.get(match[1], match[1])))
    for pattern in (_TOP_N, _ORDINAL):
        for match in pattern.finditer(text):
            if not free(*match.span()) or inside_name(*match.span()):
                continue
            if pattern is _TOP_N:
                count = parse_number(match[1])
                span = match.span(1)[0], match.end()
                found.append(Mention(*span, text[span[0] : span[1]], limit=int(count) if count else None))
                continue
            number = parse_number(match[2] or match[3])
            if number is None:
                continue
            n, reverse = int(number), bool(match[1])
            if match[2]:
                found.append(Mention(*match.span(), match[0], position=n, reverse=reverse))
            else:
                found.append(Mention(*match.span(), match[0], limit=n, reverse=reverse))
    for match in _YEAR.finditer(text):
        if free(*match.span()):
            found.append(Mention(*match.span(), match[0], year=int(half_width(match[0])[:4])))
    for match in _PERCENT.finditer(text):
        percent = parse_percent(match[0])
        if percent is not None and free(*match.span()) and not inside_name(*match.span()):
            quantity = Quantity(percent, "%", Dimension.PERCENT)
            found.append(Mention(*match.span(), match[0], quantity=quantity))
    for match in _MONEY.finditer(text):
        unit = _UNIT_NAMES.get(match[2], match[2])
        money = parse_money(match[1], unit)
        if money is not None and free(*match.span()) and not inside_name(*match.span()):
            found.append(Mention(*match.span(), match[0], quantity=money))
    for match in _EACH.finditer(text):
        if free(*match.span()) and not inside_name(*match.span()):
            one = Quantity(Decimal(1), _HEAD_UNITS.get(match[1], match[1]), Dimension.COUNT)
            found.append(Mention(*match.span(), match[0], Sense(cues=frozenset({"divide"})), quantity=one))
    for match in _COUNT.finditer(text):
        number = parse_number(match[1])
        if number is not None and free(*match.span()) and not inside_name(*match.span()):
            found.append(Mention(*match.span(), match[0], quantity=Quantity(number, match[2], Dimension.COUNT)))
    for match in _HEADCOUNT.finditer(text):
        if free(*match.span()) and not inside_name(*match.span()):
            found.append(Mention(*match.span(), match[0], head_unit=_HEAD_UNITS.get(match[1], match[1])))
    for match in _CODE.finditer(text):
        if free(*match.span()) and (len(match[0]) >= 5 or match[0] in lexicon.codes):
            found.append(Mention(*match.span(), match[0], code=match[0]))
    for match in _BARE.finditer(text):
        money = parse_money(match[0], "万元")
        if money is not None and free(*match.span()) and not inside_name(*match.span()):
            found.append(Mention(*match.span(), match[0], quantity=money))
    for match in _COUNTER.finditer(text):
        asks = match[1] == "几" or match[0].startswith("一")
        if not asks and free(*match.span()) and not inside_name(*match.span()):
            number = parse_number(match[1])
            sense = Sense(cues=frozenset({"refer"})) if match[0][0] in _POINTING else Sense()
            sense = lexicon.surfaces.get(match[0][-2:], sense) if match[0].endswith("大头") else sense
            found.append(Mention(*match.span(), match[0], sense, counter=int(number) if number else 1))
    return found
