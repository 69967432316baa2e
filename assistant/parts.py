"""A linked question taken apart: its subjects, what they stand in, the sets and bounds it describes.

The grammar here is positional and small: what stands between two mentions says how they relate
("A里的B": B inside A; "A和B": both; "A比B": one against the other).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.shapes import Linked, Mention
from assistant.query import Condition, Selector
from assistant.semantics import SetNoun
from index.evidence import Classification
from index.numbers import parse_number

_INSIDE = re.compile(r"^[^，。、和与跟及比占较]{0,6}?(?:里面|里头|里边|当中|之中|其中|里|中|内|项下|下面|下|范围内|这块|方面|部分里|部分中)(?:，|的|，其中|包含的)?$")
_OF = re.compile(r"^(?:的|这个项目的|项目的|项目|口径的|口径下的?|部分的|工作的|方面的|这块的|，)$")
_TAKEN_OUT = re.compile(r"^[的掉去了开给其中那些这部分面向]{0,4}$")
_OWNED = re.compile(r"^(?:(?:这|那|上述)?[一二两三四五六七八九十几\d]*(?:个|项|样|块|笔|种)?的|在|)$")
_AND = re.compile(r"^(?:，|、)?(?:和|与|跟|及|以及|加|加上|还有|同|、|外加|再加|再加上|连同|\+)(?:它的|其)?$")


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing asked about, in the order of the question. `start`/`end` in the folded text."""

    selector: Selector
    start: int
    end: int
    via: str = "exact"
    typed: str = ""
    scope_only: bool = False


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

    def has(self, *cues: str) -> bool:
        return self.linked.has(*cues)

    def at(self, *cues: str) -> int:
        """Where the first mention of any of these cues starts; -1 if there is none."""
        return next((m.start for m in self.linked.mentions if m.has(*cues)), -1)

    def noun(self, *classifications: Classification) -> SetNoun | None:
        """The most specific set noun (of these classifications, if given); of equals the last, the head of the phrase."""
        found = [m.sense.noun for m in reversed(self.nouns) if m.sense.noun]
        specific = [n for n in found if n.classification and (not classifications or n.classification in classifications)]
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
        return next((depths[m.text[-1]] for m in self.linked.mentions if m.counter and m.text[-1] in depths), None)


def take_apart(
    linked: Linked, *, table_numbers: dict[str, str], known_codes: frozenset[str], totals: frozenset[str] = frozenset()
) -> Parts:
    """`table_numbers`: what a table may be called in a question → its printed number or title;
    `totals`: names of the document's overall total."""
    mentions = linked.mentions
    projects = tuple(dict.fromkeys(m.sense.project for m in mentions if m.sense.project))
    named = (m.sense.table or (_table(m.table, table_numbers) if m.table else "") for m in mentions)
    tables = tuple(dict.fromkeys(number for number in named if number))
    mentions = tuple(_as_project(m, mentions) for m in mentions)
    raw = [s for m in mentions if (s := _subject(m, known_codes))]
    raw = _without_appositions(_join_codes(linked.text, raw), totals)
    excluded = _excluded(linked, raw)
    remaining = [s for s in raw if s not in excluded]
    subjects, contexts, measures, funds = _relate(linked, remaining)
    subjects, contexts = _crossed(linked, subjects, contexts)
    subjects = _counted(subjects, [m.counter for m in mentions if m.counter])
    scoped = [m.sense.scope for m in mentions if m.sense.scope and not m.sense.names and not m.sense.project]
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
        attributes=tuple(m for m in mentions if m.sense.attribute),
        projects=projects,
        measures=tuple(dict.fromkeys(measures)),
        funds=tuple(dict.fromkeys(funds)),
        years=tuple(dict.fromkeys(years)),
        tables=tables,
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
    )


def _as_project(mention: Mention, mentions: tuple[Mention, ...]) -> Mention:
    """ "专项" is a project beside other projects, and any project otherwise."""
    sense = mention.sense
    if not (sense.project and sense.noun):
        return mention
    beside = any(m.sense.project and not m.sense.noun for m in mentions)
    chosen = replace(sense, noun=None) if beside else replace(sense, project="", names=())
    return replace(mention, sense=chosen)


def joined(between: str) -> bool:
    """Does what stands between two names list or compare them?"""
    return bool(_AND.match(between)) or any(c in between for c in "比和与跟及占、")


def _table(text: str, table_numbers: dict[str, str]) -> str:
    digits = re.sub(r"^.*?(?:表格?|第)", "", text).removesuffix("张表")
    number = parse_number(digits)
    return table_numbers.get(text) or table_numbers.get(digits) or table_numbers.get(f"{number:f}" if number else "", "")


def _subject(mention: Mention, known_codes: frozenset[str]) -> Subject | None:
    sense = mention.sense
    if sense.document:
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


def _without_appositions(subjects: list[Subject], totals: frozenset[str]) -> list[Subject]:
    """ "项目支出总盘子": a word for the total right after a name only repeats it."""
    return [
        s for i, s in enumerate(subjects)
        if not (i and s.start - subjects[i - 1].end <= 1 and s.selector.names and set(s.selector.names) & set(subjects[i - 1].selector.names))
        and not (i and totals & set(s.selector.names) and s.start - subjects[i - 1].end <= 1 and not totals & set(subjects[i - 1].selector.names))
    ]  # fmt: skip


def _join_codes(text: str, subjects: list[Subject]) -> list[Subject]:
    """ "2010302 一般行政管理事务": a code directly before its name is one subject."""
    joined: list[Subject] = []
    for subject in subjects:
        before = joined[-1] if joined else None
        adjacent = before is not None and subject.start == before.end
        if before and adjacent and bool(before.selector.codes) != bool(subject.selector.codes):
            named, coded = (subject, before) if before.selector.codes else (before, subject)
            joined[-1] = replace(
                named, start=before.start, end=subject.end,
                selector=replace(named.selector, codes=coded.selector.codes),
            )  # fmt: skip
        else:
            joined.append(subject)
    return joined


def _crossed(linked: Linked, subjects: list[Subject], contexts: list[Subject]) -> tuple[list[Subject], list[Subject]]:
    """ "总值班室和督查的采购分别多少": one figure asked of several projects is several figures."""
    projects = [s for s in sorted((*contexts, *subjects), key=lambda s: s.start) if s.selector.classifications]
    others = [s for s in subjects if not s.selector.classifications]
    if len(projects) < 2 or len(others) != 1 or others[0].start < projects[-1].end or linked.has("share"):
        return subjects, contexts
    other = others[0]
    label = other.selector.label
    crossed = [
        replace(other, selector=other.selector.narrowed(project=p.selector.project, label=f"{p.selector.label}的{label}"))
        for p in projects
    ]
    return crossed, []


def _counted(subjects: list[Subject], counters: list[int]) -> list[Subject]:
    """ "涉及医疗的三个科目A、B、C": as many plain names as were counted; vaguer ones only describe them."""
    exact = [s for s in subjects if s.via == "exact"]
    return exact if len(exact) < len(subjects) and len(exact) in counters and len(exact) > 1 else subjects


def _excluded(linked: Linked, subjects: list[Subject]) -> list[Subject]:
    """What follows 除了/扣除/不含 up to 外/以外/之外, the next comma, or the next unrelated subject."""
    excluded: list[Subject] = []
    for mention in linked.mentions:
        if not mention.has("except"):
            continue
        end = mention.end
        for subject in subjects:
            if subject.start < end:
                continue
            between = linked.text[end : subject.start]
            if _TAKEN_OUT.match(between) or (excluded and _AND.match(between)):
                excluded.append(subject)
                end = subject.end
            else:
                break
    return excluded


def _relate(
    linked: Linked, subjects: list[Subject]
) -> tuple[list[Subject], list[Subject], tuple[str, ...], tuple[str, ...]]:
    """Split subjects into those asked about and those they stand inside, and read scope words as axes."""
    scopes = {(m.start, m.end): m.sense.scope for m in linked.mentions if m.sense.scope}
    asked: list[Subject] = []
    contexts: list[Subject] = []
    measures: list[str] = []
    funds: list[str] = []
    for index, subject in enumerate(subjects):
        following = subjects[index + 1] if index + 1 < len(subjects) else None
        between = _between(linked, subject.end, following.start if following else len(linked.text))
        scope = scopes.get((subject.start, subject.end))
        adjacent = between == "" and following is not None and not following.scope_only
        if following is not None and (_INSIDE.match(between) or _OF.match(between) or adjacent):
            if _INSIDE.match(between) or subject.selector.project or scope or adjacent:
                if scope and subject.scope_only:
                    measures += [scope.measure] * bool(scope.measure)
                    funds += [scope.fund] * bool(scope.fund)
                while asked and asked[-1].scope_only and subject.scope_only and _AND.match(linked.text[asked[-1].end : subject.start]):
                    other = scopes.get((asked[-1].start, asked[-1].end))
                    measures += [other.measure] if other and other.measure else []
                    contexts.append(asked.pop())  # 基本支出和项目支出里的…: both are what it stands in
                contexts.append(subject)
                continue
            if between == "的" and not following.scope_only and not following.selector.classifications:
                contexts.append(subject)  # 政府公报的公开点: the last is what is asked about
                continue
            if between == "的" and following.scope_only:
                asked.append(subject)
                continue
        if asked and scope and subject.scope_only and not all(a.scope_only for a in asked):
            joint = linked.text[asked[-1].end : subject.start]
            if "其中" in joint and scope.measure:
                narrowed = asked[-1].selector.narrowed(
                    measures=(scope.measure,), label=f"{asked[-1].selector.label}的{scope.measure}"
                )
                asked.append(replace(asked[-1], selector=narrowed, start=subject.start, end=subject.end))
                continue
            held = contexts[-1] if contexts and contexts[-1].scope_only and contexts[-1].start > asked[-1].start else None
            owned = held is not None and linked.text[asked[-1].end : held.start] in {"", "的"}
            if held is not None and owned and _INSIDE.match(linked.text[held.end : subject.start]):
                measures = [scope.measure] if scope.measure else measures
                continue
            if _OWNED.match(joint) and not linked.has("share", "equal", "difference"):
                measures += [scope.measure] * bool(scope.measure)
                funds += [scope.fund] * bool(scope.fund)
                continue
        if following is None and _INSIDE.match(_head(linked, subject.end)):
            contexts.append(subject)
            continue
        asked.append(subject)
    return asked, contexts, tuple(measures), tuple(funds)


_WEIGHTLESS = frozenset({"filler", "polite", "now", "refer", "continue"})


def _between(linked: Linked, start: int, end: int) -> str:
    """The text between two places without the words that add nothing."""
    kept = list(linked.text[start:end])
    for mention in linked.mentions:
        sense = mention.sense
        light = sense.cues and sense.cues <= _WEIGHTLESS and not (sense.names or sense.project or sense.noun)
        if light and not _AND.match(mention.text) and start <= mention.start and mention.end <= end:
            inside = mention.text[-1] in "里中内"  # 这块蛋糕里
            for i in range(mention.start - start, mention.end - start - inside):
                kept[i] = ""
    return "".join(kept)


def _head(linked: Linked, start: int) -> str:
    """The text right after a subject up to the next mention."""
    ends = [m.start for m in linked.mentions if m.start >= start]
    return linked.text[start : min(ends, default=len(linked.text))]


_BOUNDS = {"more_than": ">", "less_than": "<"}
_EQUAL_MARKS = ("不低于", "不少于", "达到", "以上", "不超过", "以内", "以下", "不高于")


def _conditions(linked: Linked) -> tuple[Condition, ...]:
    """Bounds such as 超过50万, 不到10万元, 100万以上, 为0."""
    found: list[Condition] = []
    mentions = linked.mentions
    for index, mention in enumerate(mentions):
        if mention.quantity is not None:
            near = [m for m in mentions[max(0, index - 1) : index + 2] if m is not mention]
            for cue, operator in _BOUNDS.items():
                hit = next((m for m in near if m.has(cue) and abs(m.start - mention.start) <= len(mention.text) + 6), None)
                if hit is not None:
                    inclusive = "=" if hit.text in _EQUAL_MARKS else ""
                    found.append(
                        Condition(
                            operator + inclusive, mention.quantity.stored, f"{hit.text}{mention.text}",
                            mention.quantity.dimension,
                        )  # fmt: skip
                    )
                    break
        elif mention.has("zero"):
            found.append(Condition("=", 0, mention.text))
    return tuple(found)
