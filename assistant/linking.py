"""Schema linking: which spans of a question mean which account, project, axis, attribute or operation.

Two passes. First, entities with a shape (years, codes, table numbers, amounts, ranks) and everything the lexicon
holds, as the segmentation that covers most characters with fewest pieces. Second, what is left over is compared
with the index's own names by shared characters and by pronunciation, so that partial and mistyped names link too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import rjieba

from assistant.lexicon import Lexicon, Sense
from assistant.similarity import Similarity
from index.evidence import Classification, Dimension
from index.numbers import Quantity, half_width, parse_money, parse_number, parse_percent

_NUM = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?)"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|预算|决算|[，。？、和与到至比跟]|$)(?:年度?)?")
_TABLE = re.compile(r"(?:公开|预算|决算|附)?表格?[一二三四五六七八九十\d]+(?:-\d+)?(?![\d.]*[万元%])|第[一二三四五六七八九十\d]+张表")
_MONEY = re.compile(rf"({_NUM}(?:[百千](?=万))?)(亿元|亿|万元|万块钱|万块|万(?![一-龥]{{0,2}}分)|千元|元|块钱|(?<=\d)块)(?!钱)")
_PERCENT = re.compile(rf"{_NUM}(?:%|个百分点)|百分之{_NUM}|千分之{_NUM}|(?<![一-龥]){_NUM}成(?=[以多，？左]|$)")
_COUNT = re.compile(rf"({_NUM}(?=[人辆份名])|\d+)(人|辆|份|次|期|册|名|套|本|起|件|台|个乡镇|个村)(?![一-龥]{{0,1}}均)")
_BARE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.]|[年月日号条款项个类点])")
_CODE = re.compile(r"(?<![\d.])\d{3,7}(?![\d.]*[元万亿人年%个次份期项名月日岁块])(?!\d)")
_ORDINAL = re.compile(
    r"(倒数)?(?:第([一二三四五六七八九十\d]+)(?:大|名|位|个|高|多|项|小|少|条|款|点|笔)?(?!部分|章|节|页|季度)"
    r"|前([一二两三四五六七八九十\d]+)(?:大|名|位|个|高|多|项|笔|款|类|条)?(?![年天月周期任后成\d]))"
)
_COUNTER = re.compile(rf"(?:这|那|上述|以上|前面)?({_NUM}|几)(?:个|项|块|笔|类|者|家|条|款|种|处)(?![月级半])")
_HEADCOUNT = re.compile(r"(?:几|多少)(?:个)?(人|位|名|口|辆|台|部|套|份|次|本|册|期|起|件|批|间|户|场|张|家|平方米|平米)(?![一-龥]?均)")
_HEAD_UNITS = {"位": "人", "名": "人", "口": "人", "台": "辆", "部": "辆", "家": "个"}
_TOP_N = re.compile(r"(?:最[大多高贵小少低]的?)([一二两三四五六七八九十\d]+)(?:个|项|笔|名|位|类|款)")
_UNIT = re.compile(
    r"(?:多少|几个?|换成|换算成|换算为|折合|折合成|折算成|折成|转成|转换成|改成|以|按|用|合|成|为单位|写成|等于多少|是多少)"
    r"(亿元|亿|百万元|百万|万元|万|千元|元|块钱|块)(?:人民币)?(?!钱)"
)
_UNIT_NAMES = {"亿": "亿元", "万": "万元", "块": "元", "块钱": "元", "百万": "百万元", "万块": "万元", "万块钱": "万元"}
_UNCOVERED = 1.0
_PIECE = 0.4
_NAMED = 0.02
_WHOLE_WORDS = 0.01
_LONGER = 0.005  # of two equal covers, the one with the longer piece


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


def link(text: str, lexicon: Lexicon, similarity: Similarity) -> Linked:
    """Link one folded question."""
    shaped = _shaped(text, lexicon)
    mentions = _segment(text, lexicon, shaped)
    mentions = _joined(text, mentions, lexicon)
    mentions = _inside_project(text, _fuzzy(text, mentions, lexicon, similarity), similarity)
    mentions = _recalled(text, mentions, similarity)
    return Linked(text, mentions, _leftover(text, mentions))


def _shaped(text: str, lexicon: Lexicon) -> list[Mention]:
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
            found.append(Mention(*match.span(), match[0], counter=int(number) if number else 1))
    return found


def _segment(text: str, lexicon: Lexicon, shaped: list[Mention]) -> tuple[Mention, ...]:
    """Dynamic programming: cover most characters with fewest pieces; of equals, names and whole words win."""
    edges = {0}
    for word in rjieba.cut(text):
        edges.add(max(edges) + len(word))
    fixed = {m.start: m for m in shaped}
    blocked = [False] * (len(text) + 1)
    for mention in shaped:
        for i in range(mention.start + 1, mention.end):
            blocked[i] = True
    size = len(text)
    best: list[float] = [0.0] * (size + 1)
    step: list[Mention | None] = [None] * (size + 1)
    for i in range(size - 1, -1, -1):
        if blocked[i]:
            best[i] = -1e9
            continue
        if (shape := fixed.get(i)) is not None:
            best[i], step[i] = best[shape.end] + (shape.end - i) + 0.5, shape
            continue
        best[i] = best[i + 1] - _UNCOVERED
        for j in range(i + 1, min(size, i + lexicon.longest) + 1):
            if j - 1 > i and (blocked[j - 1] or (j - 1) in fixed):
                break
            sense = lexicon.surfaces.get(text[i:j])
            if sense is None:
                continue
            if j == i + 1 and not (i in edges and j in edges):
                continue  # one character inside a word is no cue
            bonus = _NAMED * sense.strength if sense.names or sense.project else 0.0
            value = best[j] + (j - i) - _PIECE + bonus + _LONGER * (j - i) ** 2
            value += _WHOLE_WORDS * ((i in edges) + (j in edges))
            if value > best[i] or (value == best[i] and step[i] is None):
                best[i], step[i] = value, Mention(i, j, text[i:j], sense, score=sense.strength)
    mentions: list[Mention] = []
    i = 0
    while i < size:
        taken = step[i]
        if taken is None:
            i += 1
        else:
            mentions.append(taken)
            i = taken.end
    return tuple(mentions)


def _fuzzy(text: str, mentions: tuple[Mention, ...], lexicon: Lexicon, similarity: Similarity) -> tuple[Mention, ...]:
    """Compare what is left over, alone and together with the weak or short links beside it, with all names."""
    result = list(mentions)
    for start, end in _regions(text, mentions):
        if any(m.score >= 1 and m.start <= start and end <= m.end for m in mentions):
            continue
        inside = [m for m in result if m.start >= start and m.end <= end]
        covered = sum(m.end - m.start for m in inside)
        if covered == end - start and all(m.score >= 1 for m in inside) and len(inside) == 1:
            continue
        span = text[start:end].replace("的", "")
        if len(span) < 2 or (covered == end - start and not any(m.score < 1 for m in inside) and len(span) < 4):
            continue
        if len(inside) == 1 and covered == end - start and inside[0].score >= 0.5:
            continue
        match = similarity.best(span)
        strongest = max((m.end - m.start for m in inside if m.score >= 1), default=0)
        if match is None or match.covered <= strongest:
            for low, high in _gaps(start, end, inside):
                result += _gap(text, low, high, similarity)
            continue
        linked = Mention(
            start, end, span, Sense(names=match.names, project=match.project), score=match.score, via=match.via
        )
        result = [m for m in result if m not in inside] + [linked]
    return tuple(sorted(result, key=lambda m: m.start))


def _inside_project(text: str, mentions: tuple[Mention, ...], similarity: Similarity) -> tuple[Mention, ...]:
    """Where one project is asked about, what is left over may name something inside it by any whole word."""
    projects = {m.sense.project for m in mentions if m.sense.project}
    if len(projects) != 1 or sum(bool(m.sense.names or m.sense.project) for m in mentions) > 1:
        return mentions
    attributes = [m for m in mentions if m.sense.attribute]
    if attributes and not any(m.has("ask_amount", "count") or m.head_unit for m in mentions):
        return mentions
    mentions = tuple(m for m in mentions if m not in attributes)
    project = projects.pop()
    found: list[Mention] = []
    for start, end in _regions(text, mentions):
        for low, high in _gaps(start, end, [m for m in mentions if m.start < end and m.end > start]):
            found += _words_in(text, low, high, similarity, project)
    return tuple(sorted([*mentions, *found], key=lambda m: m.start))


def _gaps(start: int, end: int, inside: list[Mention]) -> list[tuple[int, int]]:
    """What the mentions of a region leave uncovered."""
    gaps, low = [], start
    for mention in sorted(inside, key=lambda m: m.start):
        if mention.start - low >= 2:
            gaps.append((low, mention.start))
        low = max(low, mention.end)
    return [*gaps, (low, end)] if end - low >= 2 else gaps


def _gap(text: str, start: int, end: int, similarity: Similarity) -> list[Mention]:
    """Names inside a stretch: whole words of it, longest runs first, that are part of a name; else one mistyped."""
    found = _words_in(text, start, end, similarity)
    slip = similarity.slip(text[start:end]) if not found else None
    if slip is None:
        return found
    low = start + slip.offset
    sense = Sense(names=slip.names, project=slip.project)
    return [Mention(low, low + slip.covered, text[low : low + slip.covered], sense, score=slip.score, via=slip.via)]


def _words_in(text: str, start: int, end: int, similarity: Similarity, project: str = "") -> list[Mention]:
    edges = [start]
    for word in rjieba.cut(text[start:end]):
        edges.append(edges[-1] + len(word))
    spans = [(i, j) for n, i in enumerate(edges) for j in edges[n + 1 : n + 5] if j - i >= 2]
    found: list[Mention] = []
    for i, j in sorted(spans, key=lambda s: s[0] - s[1]):
        if any(m.start < j and m.end > i for m in found):
            continue
        match = similarity.part(text[i:j], project)
        if match is not None:
            sense = Sense(names=match.names, project=match.project)
            found.append(Mention(i, j, text[i:j], sense, score=match.score, via=match.via))
    return found


def _joined(text: str, mentions: tuple[Mention, ...], lexicon: Lexicon) -> tuple[Mention, ...]:
    """ "政府工作报告的容错率": a name and what follows its 的 are one longer name where the index has it."""
    result = list(mentions)
    for mention in mentions:
        if not mention.sense.names or text[mention.end : mention.end + 1] != "的":
            continue
        for end in range(min(len(text), mention.start + lexicon.longest), mention.end + 2, -1):
            sense = lexicon.surfaces.get(mention.text + text[mention.end + 1 : end])
            if sense is not None and sense.names and sense.strength >= 1:
                inside = [m for m in result if m.start < end and m.end > mention.start]
                longer = Mention(mention.start, end, text[mention.start : end], sense)
                result = [m for m in result if m not in inside] + [longer]
                break
    return tuple(sorted(result, key=lambda m: m.start))


def _recalled(text: str, mentions: tuple[Mention, ...], similarity: Similarity) -> tuple[Mention, ...]:
    """A name whose words lie scattered over the question, where nothing else linked or it says more than what did."""
    named = [m for m in mentions if m.sense.names or m.sense.project or m.code]
    if len(named) > 1 or any(m.sense.attribute or m.sense.project or m.code for m in mentions):
        return mentions
    if not named and any(m.sense.noun and m.sense.noun.classification is not Classification.INDICATOR for m in mentions):
        return mentions
    said = "，".join((*_leftover(text, mentions), *(m.text for m in named)))
    match = similarity.recall(said)
    if match is None or (named and not match.says_more(named[0].text)):
        return mentions
    place = named[0] if named else Mention(0, 0, "")
    linked = Mention(place.start, place.end, place.text, Sense(names=match.names, project=match.project), score=match.score, via=match.via)
    return tuple(sorted([*(m for m in mentions if m not in named), linked], key=lambda m: m.start))


_INSIDE = re.compile(r"里面|里头|里边|当中|之中|里|中(?!小|央|心|国|期)|内(?!部|容)|的")
_BREAK = re.compile(r"[，。？；：、/+\-=]|\d")
_WORDS = "的|之|里|在|是|把|被|和|与|及|跟|有|了|对|于|就|会|要|那|这|其|从|向着|为了|所|能|呢|到|中的|里的|于是|给|让|使|由|该|列|花|用|算|填|写|看|问|还|也|都|又|只"
_GLUE = re.compile(rf"^(?:{_WORDS})+|(?:{_WORDS})+$")


def _regions(text: str, mentions: tuple[Mention, ...]) -> list[tuple[int, int]]:
    """Maximal stretches free of cues, shaped entities and punctuation, trimmed of function characters."""
    hard = [False] * len(text)
    for mention in mentions:
        sense = mention.sense
        open_ended = (sense.names or sense.project or (sense.noun and not sense.cues)) and not sense.document
        if not open_ended:
            for i in range(mention.start, mention.end):
                hard[i] = True
    for match in _BREAK.finditer(text):
        hard[match.start()] = True
    for mention in mentions:
        if mention.score >= 1 and (mention.sense.names or mention.sense.project) and (inside := _INSIDE.match(text, mention.end)):
            for i in range(mention.start, inside.end()):
                hard[i] = True
    regions: list[tuple[int, int]] = []
    i = 0
    while i < len(text):
        if hard[i]:
            i += 1
            continue
        j = i
        while j < len(text) and not hard[j]:
            j += 1
        start, end = i, j
        while glue := _GLUE.search(text[start:end]):
            if glue.start() == 0:
                start += glue.end()
            else:
                end = start + glue.start()
            if start >= end:
                break
        start = min([start, *(m.start for m in mentions if m.start < start < m.end and i <= m.start)])
        end = max([end, *(m.end for m in mentions if m.start < end < m.end and m.end <= j)])
        if end - start >= 2:
            regions.append((start, end))
        i = j
    return regions


def _leftover(text: str, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    taken = [False] * len(text)
    for mention in mentions:
        for i in range(mention.start, mention.end):
            taken[i] = True
    pieces = re.findall(r"[^\0，。？；：、]+", "".join("\0" if t else c for t, c in zip(taken, text, strict=True)))
    return tuple(pieces)


def replace_names(mention: Mention, names: tuple[str, ...]) -> Mention:
    return replace(mention, sense=replace(mention.sense, names=names))
