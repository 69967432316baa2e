"""A linked question taken apart: its subjects, what they stand in, the sets and bounds it describes.

The grammar here is positional and small: what stands between two mentions says how they relate
("A里的B": B inside A; "A和B": both; "A比B": one against the other).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant import name_parts
from assistant.lexicon import Sense
from assistant.placed import projects_as_scope, totals_as_funds
from assistant.query import Condition, Selector
from assistant.semantics import Scope, SetNoun, grammar_words, load
from assistant.shapes import Linked, Mention
from assistant.standing import (
    Subject,
    counted,
    crossed,
    excluded_from,
    join_codes,
    joined,
    relate,
    without_appositions,
)
from index.evidence import Classification, Dimension
from index.numbers import parse_number


@dataclass(frozen=True, slots=True)
class Parts:
    """`contexts`: what the subjects stand inside ("三公经费里…"); `excluded`: names after 除了/扣除."""

    linked: Linked
    subjects: tuple[Subject, ...]
    contexts: tuple[Subject, ...]
    excluded: tuple[Subject, ...]
    nouns: tuple[Mention, ...]
    attributes: tuple[Mention, ...]
    projects: tuple[str, ...]
    measures: tuple[str, ...]
    funds: tuple[str, ...]
    years: tuple[int, ...]
    tables: tuple[str, ...]
    placed: tuple[tuple[int, int, str], ...]  # where each table is named, and its number
    documents: tuple[str, ...]
    quantities: tuple[Mention, ...]
    conditions: tuple[Condition, ...]
    position: int | None
    limit: int | None
    reverse: bool
    unit: str
    head_unit: str = ""
    counters: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    versus_previous: bool = False
    holding: str = ""  # what the names of a set have to hold
    stages: tuple[str, ...] = ()  # 实际支出, 调整后预算, 结余 of an earlier year

    def has(self, *cues: str) -> bool:
        return self.linked.has(*cues)

    def at(self, *cues: str) -> int:
        """Where the first mention of any of these cues starts; -1 if there is none."""
        return next((m.start for m in self.linked.mentions if m.has(*cues)), -1)

    def noun(self, *classifications: Classification) -> SetNoun | None:
        """The most specific set noun (of these classifications, if given); of equals the last, the head of the phrase."""
        found = [m.sense.noun for m in reversed(self.nouns) if m.sense.noun]
        specific = [
            n for n in found if n.classification and (not classifications or n.classification in classifications)
        ]
        level = next((n.level for n in found if n.level is not None), self._counted_level())
        if specific:
            return specific[0] if specific[0].level is not None else replace(specific[0], level=level)
        depth = next((n for n in found if n.default and (not classifications or n.default in classifications)), None)
        if depth is not None:
            return replace(depth, classification=depth.default)
        return found[0] if found and not classifications else None

    def _counted_level(self) -> int | None:
        """ "四类功能支出": the counting word says the depth."""
        depths = {"类": 1, "款": 2}
        counted = (depths[m.text[-1]] for m in self.linked.mentions if m.counter and m.text[-1] in depths)
        ends = (m.end for m in self.linked.mentions if m.position is not None or m.has("max", "min"))
        ranked = (_CLASS.match(self.linked.text, end) for end in ends)
        return next(counted, None) or next((depths[kind[1]] for kind in ranked if kind), None)


def take_apart(
    linked: Linked, *, table_numbers: dict[str, str], known_codes: frozenset[str], totals: frozenset[str] = frozenset()
) -> Parts:
    """`table_numbers`: what a table may be called in a question → its printed number or title;
    `totals`: names of the document's overall total."""
    linked = totals_as_funds(projects_as_scope(linked), totals)
    part = name_parts.find(linked.text)
    if part is not None:  # 名字里带“分校”的: what the names hold is no thing of its own
        own = tuple(m for m in linked.mentions if not (part.start < m.end and m.start < part.end))
        linked = replace(linked, mentions=own)
    linked = replace(linked, mentions=tuple(_as_sum(m, linked, totals) for m in linked.mentions))
    mentions = linked.mentions
    projects = tuple(dict.fromkeys(m.sense.project for m in mentions if m.sense.project))
    named = ((m.start, m.end, m.sense.table or (_table(m.table, table_numbers) if m.table else "")) for m in mentions)
    placed = tuple(table for table in named if table[2])
    mentions = tuple(_as_fund(_as_scope(_as_project(m, mentions), mentions, totals), linked) for m in mentions)
    mentions = tuple(_as_spent_fund(m, mentions, linked, totals) for m in mentions)
    raw = [s for m in mentions if (s := _subject(m, known_codes))]
    raw = without_appositions(linked.text, join_codes(linked.text, raw), totals)
    excluded = excluded_from(linked, raw)
    remaining = [s for s in raw if s not in excluded]
    subjects, contexts, measures, funds = relate(linked, remaining)
    subjects, contexts = crossed(linked, subjects, contexts)
    shared = next((m.start for m in mentions if m.has("share")), -1)
    counts = [
        (m.counter, m.start) for m in mentions if m.counter and not m.text.endswith(grammar_words("places_counted"))
    ]
    subjects = counted(linked.text, subjects, counts, shared)
    bare = [m for m in mentions if m.sense.scope and not m.sense.names and not m.sense.project]
    scoped = [m.sense.scope for m in bare if m.sense.scope and not linked.set_aside(m)]
    measures += tuple(s.measure for s in scoped if s.measure)
    funds += tuple(s.fund for s in scoped if s.fund)
    years = tuple(m.year for m in mentions if m.year is not None)
    ordinal = next((m for m in reversed(mentions) if m.position is not None or m.limit is not None), None)
    units = [m.unit for m in mentions if m.unit]
    return Parts(
        linked=linked,
        subjects=tuple(subjects),
        contexts=tuple(contexts),
        excluded=tuple(excluded),
        nouns=tuple(m for m in mentions if m.sense.noun and not m.sense.project),
        attributes=tuple(m for m in mentions if m.sense.attribute and not _names_all(m, linked, projects)),
        projects=projects,
        measures=tuple(dict.fromkeys(measures)),
        funds=tuple(dict.fromkeys(funds)),
        years=tuple(dict.fromkeys(years)),
        tables=tuple(dict.fromkeys(number for _, _, number in placed)),
        placed=placed,
        documents=tuple(dict.fromkeys(key for m in mentions for key in m.sense.document)),
        quantities=tuple(m for m in mentions if m.quantity is not None),
        conditions=_conditions(linked),
        position=ordinal.position if ordinal else None,
        limit=ordinal.limit if ordinal else None,
        reverse=bool(ordinal and ordinal.reverse),
        unit=units[-1] if units else "",
        groups=tuple(dict.fromkeys(m.sense.group for m in mentions if m.sense.group)),
        counters=tuple(m.counter for m in mentions if m.counter),
        head_unit=next((m.head_unit for m in mentions if m.head_unit), ""),
        holding=part.text if part is not None else "",
    )


def _as_project(mention: Mention, mentions: tuple[Mention, ...]) -> Mention:
    """ "专项" is a project beside other projects, and any project otherwise."""
    sense = mention.sense
    if not (sense.project and sense.noun):
        return mention
    beside = any(m.sense.project and not m.sense.noun for m in mentions)
    chosen = replace(sense, noun=None) if beside else replace(sense, project="", names=())
    return replace(mention, sense=chosen)


def _names_all(mention: Mention, linked: Linked, projects: tuple[str, ...]) -> bool:
    """ "项目名称" is a field of one project, and all the projects where no one is named and several are asked for."""
    return mention.sense.noun is not None and not projects and linked.has("list", "which", "count")


def _as_sum(mention: Mention, linked: Linked, totals: frozenset[str]) -> Mention:
    """ "剩下六个项目预算总计": a word for the document's total behind things that were counted or left adds these up."""
    if not totals & set(mention.sense.names):
        return mention
    noun = next((m for m in linked.mentions if m.sense.noun and linked.text[m.end : mention.start] in _JOINED), None)
    if noun is None or noun.end > mention.start or noun.sense.project:
        return mention
    several = any(m.end == noun.start and (m.counter > 1 or m.has("rest", "list")) for m in linked.mentions)
    return replace(mention, sense=Sense(cues=frozenset({"sum"}))) if several else mention


def _as_scope(mention: Mention, mentions: tuple[Mention, ...], totals: frozenset[str]) -> Mention:
    """ "总金额" beside a project is that of the project, and the document's otherwise."""
    sense = mention.sense
    if sense.scope and totals & set(sense.names) and any(m.sense.project for m in mentions if m is not mention):
        return replace(mention, sense=replace(sense, names=()))
    return mention


def _as_fund(mention: Mention, linked: Linked) -> Mention:
    """A row that is called like a fund (一般公共预算) is the fund beside another account and in a follow-up."""
    sense = mention.sense
    if sense.scope is None or not sense.scope.fund or set(sense.names) != {sense.scope.fund}:
        return mention
    others = (m for m in linked.mentions if m is not mention and m.start != mention.start)
    account = any((m.sense.names or m.code) and m.sense.scope is None for m in others)
    return replace(mention, sense=replace(sense, names=())) if account or linked.has("continue") else mention


_SPENT = ("支出", "预算支出", "财政拨款支出", "预算财政拨款支出")


def _as_spent_fund(mention: Mention, mentions: tuple[Mention, ...], linked: Linked, totals: frozenset[str]) -> Mention:
    """A和B，一般公共预算支出谁多: what is spent of a fund, beside accounts that it is not compared with, is the fund."""
    fund = _spent_fund(mention.sense.names)
    if fund is None or mention.sense.scope is not None or linked.has("share", "ratio", "equal", "verify", "sum"):
        return mention
    others = [
        m
        for m in mentions
        if m is not mention and (m.sense.names or m.code) and not m.sense.scope
        if not totals & set(m.sense.names) and _spent_fund(m.sense.names[:1]) is None
    ]
    before = max((m.end for m in others if m.end <= mention.start), default=mention.start)
    after = min((m.start for m in others if m.start >= mention.end), default=mention.end)
    beside = joined(linked.text[before : mention.start]) or joined(linked.text[mention.end : after])
    compared = linked.has("difference", "more", "fewer", "max", "min") and len(others) < _SEVERAL
    if not others or beside or compared:
        return mention
    return replace(mention, sense=replace(mention.sense, names=(), scope=fund))


def _spent_fund(names: tuple[str, ...]) -> Scope | None:
    """The fund whose spending all these names are of."""
    fitting = (s for s in load().scopes if s.fund and {s.fund + tail for tail in _SPENT}.issuperset(names))
    return next(fitting, None) if names else None


_SEVERAL = 2


def _table(text: str, table_numbers: dict[str, str]) -> str:
    digits = re.sub(r"^.*?(?:表格?|第)", "", text).removesuffix("张表")
    number = parse_number(digits)
    before = re.match(r"\D*(\d{1,2}(?:-\d)?)号?表$", text)  # 公开09表
    if before is not None:
        told = before[1]
        return table_numbers.get(text) or table_numbers.get(told) or table_numbers.get(told.zfill(2), "")
    return (
        table_numbers.get(text) or table_numbers.get(digits) or table_numbers.get(f"{number:f}" if number else "", "")
    )


def _subject(mention: Mention, known_codes: frozenset[str]) -> Subject | None:
    sense = mention.sense
    if sense.body:
        return None
    if mention.code:
        if mention.code not in known_codes and len(mention.code) < 5:
            return None
        selector = Selector(codes=(mention.code,), label=mention.code)
    elif sense.project:
        selector = Selector(
            names=(sense.project,), classifications=(Classification.PROJECT,), project=sense.project, label=mention.text
        )
    elif sense.names:
        selector = Selector(names=sense.names, label=mention.text)
    else:
        return None
    scope_only = sense.scope is not None and bool(sense.scope.measure or sense.scope.fund)
    return Subject(selector, mention.start, mention.end, mention.via, mention.text, scope_only)


_CLASS = re.compile(r"的?(?:那?一)?([类款])(?![别型项])")  # 第二大的类, 最小的一类
_JOINED = ("", "的")  # between a set and what it comes to
_BOUNDS = {"more_than": ">", "less_than": "<"}
_SAID = {">": "超过", ">=": "达到", "<": "低于", "<=": "不超过"}
_BEHIND = 2  # characters between a bound and 平均
_FAR = 12  # between a bound and a part of something named (超过三公经费的一成)


def _conditions(linked: Linked) -> tuple[Condition, ...]:
    """Bounds such as 超过50万, 不到10万元, 100万以上, 为0, 高于平均. Each word bounds one amount: the one after it, else
    before."""
    found: list[Condition] = []
    mentions = linked.mentions
    taken: set[int] = set()
    for index, mention in enumerate(mentions):
        quantity = mention.quantity
        if quantity is None:
            if mention.has("zero"):
                found.append(Condition("=", 0, mention.text))
            elif mention.has("mean") and index and (operator := _operator(mentions[index - 1])):
                if mention.start - mentions[index - 1].end <= _BEHIND:
                    found.append(Condition(operator, 0, f"{_SAID[operator]}平均数", of_mean=True))
            continue
        if not quantity.value and linked.text[: mention.start].endswith(grammar_words("equals")):
            found.append(Condition("=", 0, mention.text))
            continue
        for place in (index - 1, index + 1, index - 2, index - 3):
            hit = mentions[place] if 0 <= place < len(mentions) else mention
            operator = _operator(hit)
            beside = place >= index - 1
            near = abs(hit.start - mention.start) <= len(mention.text) + (6 if beside else _FAR)
            if not operator or place in taken or not near or not (beside or quantity.dimension is Dimension.PERCENT):
                continue
            taken.add(place)
            found.append(Condition(operator, quantity.stored, f"{_SAID[operator]}{mention.text}", quantity.dimension))
            break
    if not found and not any(m.sense.names or m.sense.project for m in mentions) and _picks_by_amount(linked):
        exact = (m for m in mentions if m.quantity is not None and m.quantity.dimension is not Dimension.COUNT)
        exact = (m for m in exact if not m.text.isdigit())  # 7位码
        found = [Condition("=", m.quantity.stored, m.text, m.quantity.dimension) for m in exact if m.quantity]
    return tuple(found)


def _picks_by_amount(linked: Linked) -> bool:
    """哪些科目正好是10万, 69万那个项目是什么: a set, and nothing but an amount to pick from it by."""
    picks = linked.has("which", "list", "count", "refer")
    return (
        picks
        and any(m.sense.noun for m in linked.mentions)
        and not linked.has("divide", "calculation", "equal", "ask_amount")
    )


def _operator(mention: Mention) -> str:
    """The bound that a word sets; "" for none."""
    cue = next((c for c in _BOUNDS if mention.has(c)), "")
    return _BOUNDS[cue] + ("=" if mention.has("bound_included") else "") if cue else ""
