"""How the things a question names stand to one another, read from what stands between them.

"A里的B": B inside A; "A和B": both; "A的B": B of A; "除A外": without A; a word of 口径 beside a name narrows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.project_items import OPENING
from assistant.query import Selector
from assistant.semantics import grammar_words, load
from assistant.shapes import Linked
from index.evidence import Classification

_INSIDE = re.compile(
    r"^[^，。、和与跟及比占较]{0,6}?(?:里面|里头|里边|当中|之中|其中|里|中|内|项下|下面|下|范围内|这块|方面|部分里|部分中|拆开看|拆开来看|拆开|分开看|细分|细看)(?:，|的|，其中|包含的)?$"
)
_WITHIN = re.compile(r"(?:里面|里头|里边|当中|之中|里|内|中(?!小|央|心|国|期))(?![^，]*[和与跟及、])")
_INSIDE_OF_KIND = re.compile(r"^(?:里面|里头|里边|当中|之中)[^，。、和与跟及比占较]{1,4}$")  # 三公里头吃饭接待
_SPENT_IN = re.compile(
    r"^(?:的钱)?(?:里面|里头|里边|当中|之中|里|中)，?(?:拿来|拿去)?(?:主要)?[花用投放列付砸](?:在|到|给|于|来|去)?了?$"
)  # 基本支出里用在差旅上的
_DRAWN_UP = re.compile(
    r"^[那这的]?[^，。、和与跟及比占较]{0,8}表(?:里|中|上|内|里面|当中)?，?(?:的)?$"
)  # 基本支出那张经济分类表，
_OF = re.compile(r"^(?:的|这个项目的|项目的|项目|口径的|口径下的?|部分的|工作的|方面的|这块的|，)$")
_PAID = re.compile(r"^[发领拿付]?的$")  # 给在职人员发的奖金
_OWNED = re.compile(
    r"^(?:(?:这|那|上述)?[一二两三四五六七八九十几\d]*(?:个|项|样|块|笔|种)?的|在|，?(?:只|仅|就|都)(?:看|算|按|限|说|取)|)$"
)
_LISTED = re.compile(r"[和与跟及比占较、]")
_COMPARED_WITH = re.compile(r"[与和跟同比][^，。、]{0,3}$")  # 三者之和与|支出总计
_AND = re.compile(r"^(?:，|、)?(?:和|与|跟|及|以及|加|加上|还有|同|、|外加|再加|再加上|连同|\+)(?:它的|其)?$")
_SET_ASIDE = re.compile(r"(?:把|将)[^，。]{0,4}$")
_TAKEN_OUT = re.compile(r"^[的掉去了开给其中那些这部分面向]{0,4}$")
_WEIGHTLESS = frozenset({"filler", "polite", "now", "refer", "continue"})


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing asked about, in the order of the question. `start`/`end` in the folded text."""

    selector: Selector
    start: int
    end: int
    via: str = "exact"
    typed: str = ""
    scope_only: bool = False


def without_appositions(text: str, subjects: list[Subject], totals: frozenset[str]) -> list[Subject]:
    """ "项目支出总盘子": a word for the total right after a name only repeats it."""
    kept: list[Subject] = []
    for index, subject in enumerate(subjects):
        if not index or not _repeats(text, subjects[index - 1], subject, totals):
            kept.append(subject)
        elif kept[-1] is subjects[index - 1]:
            kept[-1] = replace(kept[-1], end=subject.end)
    return kept


def _repeats(text: str, before: Subject, subject: Subject, totals: frozenset[str]) -> bool:
    """Does a name only say once more what stands right before it?"""
    earlier, names = set(before.selector.names), set(subject.selector.names)
    gap = text[before.end : subject.start]
    if earlier & names and (len(gap) <= 1 or gap.strip("，、") in grammar_words("apposition")):
        return True
    within = {load().within.get(name) for name in earlier} & names  # 公用经费（基本支出）, 公用经费（302，基本支出）
    if within and (not gap or (before.selector.codes and gap == "，")):
        return True
    return gap in ("", "的") and bool(totals & names) and not totals & earlier


def join_codes(text: str, subjects: list[Subject]) -> list[Subject]:
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


def crossed(linked: Linked, subjects: list[Subject], contexts: list[Subject]) -> tuple[list[Subject], list[Subject]]:
    """ "总值班室和督查的采购分别多少": one figure asked of several projects is several figures."""
    projects = [s for s in sorted((*contexts, *subjects), key=lambda s: s.start) if s.selector.classifications]
    others = [s for s in subjects if not s.selector.classifications] or _purchases(linked, projects)
    if len(projects) < 2 or len(others) != 1 or linked.has("share"):
        return subjects, contexts
    again = projects[0].end <= others[0].start and linked.text.startswith("的", projects[-1].end)  # A的X比B的多多少
    lead = linked.text[others[0].end : max(others[0].end, projects[0].start)]  # 满意度：A的和B的各多少
    opens = lead.endswith("：") and "，" not in lead
    if others[0].start < projects[-1].end and not (again or opens):
        return subjects, contexts
    other = others[0]
    label = other.selector.label
    crossed = [
        replace(
            other, selector=other.selector.narrowed(project=p.selector.project, label=f"{p.selector.label}的{label}")
        )
        for p in projects
    ]
    return crossed, []


def _purchases(linked: Linked, projects: list[Subject]) -> list[Subject]:
    """The purchases that are asked of projects (督查和调研的采购计划各多少), as the total of them."""
    behind = (m for m in linked.mentions if projects and m.start >= projects[0].end and m.sense.noun)
    kind = next((m for m in behind if m.sense.noun and m.sense.noun.classification is Classification.PROCUREMENT), None)
    total = next(c for c in load().containers if c.classification is Classification.PROCUREMENT)
    return (
        [Subject(Selector(names=total.names, label=kind.text), kind.start, kind.end, typed=kind.text)] if kind else []
    )


def counted(text: str, subjects: list[Subject], counts: list[tuple[int, int]], shared: int = -1) -> list[Subject]:
    """ "涉及医疗的三个科目A、B、C", "A、B、C——这三个不涉及D的": as many names as were counted; the others only describe
    them. `counts`: how many, and where in the question that is said; `shared`: where 占 is said, whose whole is none of
    them."""
    counters = [number for number, _ in counts]
    for number, place in counts:
        before = [s for s in subjects if s.end <= place]
        if number > 1 and len(before) == number < len(subjects):
            compared = [s for s in subjects if s.start >= place and _COMPARED_WITH.search(text[place : s.start])]
            return [*before, *(s for s in subjects if s.start >= shared >= place or s in compared[:1])]
        behind = [s for s in subjects if s.start >= place]
        plain = all(s.via == "exact" and not s.scope_only for s in behind)
        if number > 1 and len(behind) == number < len(subjects) and plain and not joined(text[before[-1].end : place]):
            return behind
    exact = [s for s in subjects if s.via == "exact"]
    return exact if len(exact) < len(subjects) and len(exact) in counters and len(exact) > 1 else subjects


def _of_kind(linked: Linked, subject: Subject, following: Subject | None, between: str) -> bool:
    """ "某项目的投入资金构成：A、B": a kind of thing between a project and names says that they are inside it."""
    if following is None or not subject.selector.project or following.selector.project:
        return False
    kinds = (m for m in linked.mentions if m.sense.noun and subject.end <= m.start and m.end <= following.start)
    for mention in kinds:
        between = between.replace(mention.text, "")
    return between.strip("的：，里中") == "" and between != ""


def _stands_inside(between: str, *, shared: bool) -> bool:
    """里 right behind a name, whatever then comes before the next (三公的钱里头，有多少是拿去招待的); of what a share
    is asked of, in a clause of its own too (基本支出里有百分之几是养人的，也就是人员经费占比)."""
    if (
        _INSIDE.match(between)
        or _INSIDE_OF_KIND.match(between)
        or _SPENT_IN.match(between)
        or (shared and _WITHIN.match(between))
        or _DRAWN_UP.match(between)
    ):
        return True
    head, comma, rest = between.partition("，")
    return bool(comma) and bool(_INSIDE.match(head)) and not _LISTED.search(rest)


def _in_project(subject: Subject, following: Subject | None, between: str) -> bool:
    """ "扶贫项目里跑腿的差旅费": what a project is said to hold is inside it, however it is described."""
    held = following is not None and not following.selector.classifications and not following.scope_only
    opened = OPENING.match(between) if held and subject.selector.classifications else None
    return opened is not None and not _LISTED.search(between[opened.end() :])


def excluded_from(linked: Linked, subjects: list[Subject]) -> list[Subject]:
    """What follows 除了/扣除/不含 up to 外/以外/之外, the next comma, or the next unrelated subject."""
    excluded: list[Subject] = []
    for mention in linked.mentions:
        if not mention.has("except"):
            continue
        end = mention.end if not mention.has("rest") else len(linked.text)  # 剩下的项目支出: that itself
        for subject in subjects:
            if subject.start < end:
                continue
            between = linked.text[end : subject.start]
            if _TAKEN_OUT.match(between) or (excluded and _AND.match(between)):
                excluded.append(subject)
                end = subject.end
            else:
                break
        before = [s for s in subjects if s.end <= mention.start]
        pointed = any(m.has("refer") and m.start == mention.end for m in linked.mentions)
        if before and not excluded and pointed:
            excluded.append(before[-1])  # A我知道，撇开它，剩下的…
        elif before and not excluded:
            clause = linked.text[: before[-1].start].rpartition("，")[2]
            opening = before[-1].start - len(clause)
            aside = [s for s in before if s.start >= opening and _SET_ASIDE.search(linked.text[opening : s.start])]
            listed = [s for s in before if aside and s.start >= aside[0].start]
            excluded += listed  # 把扶贫和不可预见费拎出去不算，剩下的…
    return excluded


def relate(
    linked: Linked, subjects: list[Subject]
) -> tuple[list[Subject], list[Subject], tuple[str, ...], tuple[str, ...]]:
    """Split subjects into those asked about and those they stand inside, and read scope words as axes."""
    scopes = {(m.start, m.end): m.sense.scope for m in linked.mentions if m.sense.scope}
    shared = linked.has("share")
    asked: list[Subject] = []
    contexts: list[Subject] = []
    measures: list[str] = []
    funds: list[str] = []
    for index, subject in enumerate(subjects):
        following = subjects[index + 1] if index + 1 < len(subjects) else None
        between = text_between(linked, subject.end, following.start if following else len(linked.text))
        scope = scopes.get((subject.start, subject.end))
        listed = linked.has("sum") or len(subjects) in {m.counter for m in linked.mentions}
        adjacent = between == "" and following is not None and not following.scope_only and not listed
        inside = _stands_inside(between, shared=shared) or _of_kind(linked, subject, following, between)
        inside = inside or _in_project(subject, following, between)
        set_in = (
            following is not None and between == "，" and linked.text[: following.start].endswith("在")
        )  # A，放在B里
        if following is not None and not set_in and (inside or _OF.match(between) or _PAID.match(between) or adjacent):
            if inside or subject.selector.project or scope or adjacent:
                if scope and subject.scope_only:
                    measures += [scope.measure] * bool(scope.measure)
                    funds += [scope.fund] * bool(scope.fund)
                while asked and asked[-1].scope_only and subject.scope_only:
                    joint = linked.text[asked[-1].end : subject.start]
                    if joint and not _AND.match(joint):
                        break
                    other = scopes.get((asked[-1].start, asked[-1].end))
                    measures += [other.measure] if other and other.measure else []
                    funds += [other.fund] if other and other.fund and not joint else []
                    contexts.append(asked.pop())  # 基本支出和项目支出里的…: both are what it stands in
                contexts.append(subject)
                continue
            if _PAID.match(between) and not following.scope_only and not following.selector.classifications:
                contexts.append(subject)  # 政府公报的公开点: the last is what is asked about
                continue
            if between == "的" and following.scope_only:
                asked.append(subject)
                continue
        if asked and scope and subject.scope_only and not all(a.scope_only for a in asked):
            dated = next((m.end for m in linked.mentions if m.year is not None and m.start == asked[-1].end), None)
            joint = text_between(linked, dated or asked[-1].end, subject.start)  # 行政运行2026年基本支出
            if "其中" in joint and scope.measure:
                narrowed = asked[-1].selector.narrowed(
                    measures=(scope.measure,), label=f"{asked[-1].selector.label}的{scope.measure}"
                )
                asked.append(replace(asked[-1], selector=narrowed, start=subject.start, end=subject.end))
                continue
            held = (
                contexts[-1] if contexts and contexts[-1].scope_only and contexts[-1].start > asked[-1].start else None
            )
            owned = held is not None and linked.text[asked[-1].end : held.start] in {"", "的"}
            if held is not None and owned and _INSIDE.match(linked.text[held.end : subject.start]):
                measures = [scope.measure] if scope.measure else measures
                continue
            if _OWNED.match(joint) and not linked.has("share", "equal", "difference"):
                measures += [scope.measure] * bool(scope.measure)
                funds += [scope.fund] * bool(scope.fund)
                continue
        if following is None and _INSIDE.match(
            _head(linked, subject.end).rstrip("".join(grammar_words("comparative")))
        ):
            against = asked and scope and scope.measure and _compared(linked, asked[-1].end, subject.start)
            if against and scope and not asked[-1].scope_only:  # X比基本支出里的多: X there
                label = f"{asked[-1].selector.label}（{scope.measure}）"
                there = asked[-1].selector.narrowed(measures=(scope.measure,), label=label)
                asked.append(replace(asked[-1], selector=there, start=subject.start, end=subject.end))
            else:
                contexts.append(subject)
            continue
        asked.append(subject)
    return asked, contexts, tuple(measures), tuple(funds)


def _compared(linked: Linked, start: int, end: int) -> bool:
    return any(m.has("compare") and start <= m.start < end for m in linked.mentions)


def text_between(linked: Linked, start: int, end: int) -> str:
    """The text between two places without the words that add nothing."""
    kept = list(linked.text[start:end])
    for mention in linked.mentions:
        sense = mention.sense
        light = sense.cues and sense.cues <= _WEIGHTLESS and not (sense.names or sense.project or sense.noun)
        light = light or (bool(sense.body) and not (sense.names or sense.project))  # 在林草局公用经费里
        light = light or mention.quantity is not None and mention.start == start  # X的772.08万元当中
        if light and not _AND.match(mention.text) and start <= mention.start and mention.end <= end:
            inside = mention.text[-1] in "里中内"  # 这块蛋糕里
            for i in range(mention.start - start, mention.end - start - inside):
                kept[i] = ""
    return "".join(kept)


def _head(linked: Linked, start: int) -> str:
    """The text right after a subject up to the next mention."""
    ends = [m.start for m in linked.mentions if m.start >= start]
    return linked.text[start : min(ends, default=len(linked.text))]


def lists(between: str) -> bool:
    """Does what stands between two names list them, and nothing more (A和B, A、B, A，B)?"""
    return bool(_AND.match(between)) or between == "，"


def joined(between: str) -> bool:
    """Does what stands between two names list or compare them?"""
    return bool(_AND.match(between)) or any(c in between for c in "比和与跟及占、")
