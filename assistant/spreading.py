"""One name asked under several 口径: each of them is a figure of its own.

"物业管理费在基本支出里多少、在项目支出里多少"; "接待费：三公表里的和机关运行经费表里的差多少"; "质量基础，全口径多少，只看一般公共预算呢".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.parts import Parts
from assistant.placed import is_placed
from assistant.query import ALL_FUNDS, Selector
from assistant.semantics import load
from assistant.shapes import Linked, Mention
from assistant.standing import Subject, joined, text_between
from index.document import TableKind
from index.evidence import Classification
from index.tables.kinds import KindRule, kind_rules

_TABLE = re.compile(r"[^，。；：、和与]{0,8}?表(?!示|明|现|述|达|态|决|扬|彰)")
_KINDS = frozenset({TableKind.THREE_PUBLIC, TableKind.OPERATING, TableKind.PROCUREMENT, TableKind.SERVICE_PURCHASE})
_LISTED = re.compile(r"(?:[^，。；：、]{2,4}[，、])+$")


@dataclass(frozen=True, slots=True)
class _Scope:
    """One 口径 of a question and where it stands. `placed`: said as a place that figures stand in."""

    start: int
    end: int
    measure: str = ""
    fund: str = ""
    kind: TableKind | None = None
    placed: bool = False
    text: str = ""
    project: str = ""
    number: str = ""
    table: bool = False


def spread(parts: Parts) -> Parts:
    """The one named account of a question under each of the 口径 that it places it in."""
    scopes = _scopes(parts)
    if (beside := _beside_table(parts, scopes) or _in_tables(parts, scopes)) is not None:
        return beside
    if (inside := _inside_projects(parts, scopes)) is not None:
        return inside
    taken = {s.start for s in scopes if s.kind} | _listed_before(parts, scopes)
    named = sorted((*parts.subjects, *parts.contexts), key=lambda s: s.start)
    own = [s for s in named if not s.scope_only and s.start not in taken and not _within(s, scopes)]
    accounts = {s.selector.names or s.selector.codes for s in own}
    placed = [s for s in scopes if s.placed] or _each(parts, scopes, own)
    if len(accounts) != 1 or not placed or own[0].selector.classifications == (Classification.PROJECT,):
        return parts
    account = own[0]
    if _measures() & set(account.selector.names) or any(e.scope_only for e in parts.excluded):
        return parts  # 基本支出里养人的钱: a 口径 itself
    if parts.has("share", "rate") and len(placed) == 1 and _is_whole(parts.linked, account, placed[0]):
        return parts  # 工资福利在(全部)基本支出里占多少
    nested = [s for s in scopes if s.measure in load().within and not s.placed]
    if nested and len(placed) == 1 and placed[0].measure == "基本支出":
        placed = nested
    if parts.has("share") and parts.has("refer") and len(placed) == 1 and len(own) == 1:
        return replace(parts, subjects=(_narrowed(account, placed[0]),), contexts=(), measures=(), funds=())
    placed, account = _common(parts, placed, account)
    behind = [s for s in placed if s.start > account.start]
    if _added(parts, account, placed):
        rest = replace(account, selector=account.selector.narrowed(measures=("基本支出",)))
        return replace(parts, subjects=(rest, _narrowed(account, placed[0])), contexts=(), measures=(), funds=())
    again = len(own) > 1
    wanted: list[Subject] = [_narrowed(account, scope) for scope in placed]
    if again and len(placed) == 1 or _whole_too(parts, account, placed) or _enumerated(parts, account, scopes):
        wanted.insert(0, account)
    if len(wanted) < 2 and not behind:
        return parts
    kept = replace(parts, subjects=tuple(wanted), contexts=(), measures=(), funds=())
    return replace(kept, contexts=(account,)) if len(wanted) == 1 and parts.has("share", "rate") else kept


def _inside_projects(parts: Parts, scopes: list[_Scope]) -> Parts | None:
    """培训费在基本支出里和在总值班室项目里各多少: one account in each of the places behind it, of which some are
    projects."""
    named = sorted((*parts.subjects, *parts.contexts), key=lambda s: s.start)
    if not named or named[0].scope_only or named[0].selector.project and not named[0].selector.names:
        return None
    account, places = named[0], list(scopes)
    for subject in named[1:]:
        measure = next((n for n in subject.selector.names if n in _measures()), "")
        if subject.selector.classifications == (Classification.PROJECT,):
            project = subject.selector.project or ""
            places.append(_Scope(subject.start, subject.end, project=project, text=subject.typed))
        elif measure and not any(s.start == subject.start for s in scopes):
            places.append(_Scope(subject.start, subject.end, measure=measure, text=subject.typed))
        elif not measure and subject.selector.names != account.selector.names:
            return None
    places = _innermost(sorted(places, key=lambda s: s.start))
    each = parts.has("list", "difference") or len([m for m in parts.linked.mentions if m.has("ask_amount")]) > 1
    each = each or (parts.has("sum") and all(_stands_as_place(parts.linked, s.start, s.end) for s in places))
    account_ = account.selector.classifications == (Classification.PROJECT,) or _measures() & set(
        account.selector.names
    )
    if account_ or len(places) < 2 or not any(s.project for s in places) or not each or parts.has("share", "rate"):
        return None
    if any(s.start < account.end for s in places):
        return None
    plain = replace(account, selector=account.selector.narrowed(project=None))
    wanted = tuple(_narrowed(plain, place) for place in places)
    return replace(parts, subjects=wanted, contexts=(), measures=(), funds=(), nouns=())


def _innermost(places: list[_Scope]) -> list[_Scope]:
    """日常公用（基本支出）: a place called by what it is part of right behind it is one place."""
    return [
        place
        for before, place in zip([None, *places], places, strict=False)
        if before is None or before.end != place.start or load().within.get(before.measure) != place.measure
    ]


def _is_whole(linked: Linked, account: Subject, scope: _Scope) -> bool:
    """Does 在 alone, or with a word such as 全部 or the name of a body, stand between an account and what it is said to be a share of?"""
    start = scope.start
    start = next((m.start for m in linked.mentions if m.end == start and m.has("filler", "self")), start)
    return text_between(linked, account.end, start).rstrip("的").endswith("在")


def only_places(linked: Linked, before: Linked) -> bool:
    """Does a piece of a question name nothing but tables to look in (三公表里是多少、基本支出表里又是多少), or, behind one
    that asks of a 口径, another place (总值班室项目里又列了多少)?"""
    named = [m for m in linked.mentions if m.sense.names or m.sense.project or m.sense.scope or m.code]
    if named and all(_table(linked.text, m, linked.mentions) is not None for m in named):
        return True
    scoped = any(m.sense.scope and is_placed(before.text, m.start, m.end) for m in before.mentions)
    account = any(m.sense.names and not m.sense.scope for m in before.mentions)
    asks = linked.has("ask_amount", "continue") and not linked.has("share", "rate", "sum")
    placed = bool(named) and all(_stands_as_place(linked, m.start, m.end) for m in named)
    return scoped and account and asks and placed


def _stands_as_place(linked: Linked, start: int, end: int) -> bool:
    """Does a name stand as a place, with or without the word for its kind (扶贫项目里, 基本支出口径)?"""
    kind = next((m.end for m in linked.mentions if m.start == end and m.sense.noun), end)
    return is_placed(linked.text, start, kind) or linked.text[start:end].endswith("口径")


def _beside_table(parts: Parts, scopes: list[_Scope]) -> Parts | None:
    """302在表6里的数占全口径的百分之几: one account in one table against itself under all funds."""
    own = [s for s in (*parts.subjects, *parts.contexts) if not s.scope_only]
    against = [s for s in scopes if s.fund == ALL_FUNDS]
    if len(own) != 1 or len(parts.tables) != 1 or len(against) != 1 or not parts.has("share", "difference", "rate"):
        return None
    tabled = next(m.start for m in parts.linked.mentions if m.table or m.sense.table)
    plain = own[0].selector.narrowed(funds=(), measures=(), table_numbers=())
    sides = [
        (tabled, plain.narrowed(table_numbers=parts.tables, label=f"{plain.label}（{parts.tables[0]}）")),
        (against[0].start, plain.narrowed(label=f"{plain.label}（{against[0].text}）")),
    ]
    wanted = tuple(
        replace(own[0], selector=s, start=max(own[0].start, at)) for at, s in sorted(sides, key=lambda e: e[0])
    )
    return replace(parts, subjects=wanted, contexts=(), measures=(), funds=(), tables=())


def _in_tables(parts: Parts, scopes: list[_Scope]) -> Parts | None:
    """公开09表里的培训费比公开08表里的多多少: one account in each of several tables. What stands right behind a table
    (公开08表（基本支出）) only says which it is."""
    tables = [_Scope(start, end, number=number, text=number) for start, end, number in parts.placed]
    tables += [s for s in scopes if s.table and not any(t.start <= s.end + 1 and s.start <= t.end + 1 for t in tables)]
    tables.sort(key=lambda s: s.start)
    named = [s for s in (*parts.subjects, *parts.contexts) if not s.scope_only and not _within(s, tables)]
    accounts = {s.selector.names or s.selector.codes for s in named}
    if len({t.text for t in tables}) < 2 or len(accounts) != 1 or not parts.placed or parts.has("share", "rate"):
        return None
    account = min(named, key=lambda s: s.start)
    ends = [t.end for t in tables]
    free = [s for s in scopes if not s.table and not any(0 <= s.start - end <= 1 for end in ends)]
    measures = tuple(dict.fromkeys(s.measure for s in free if s.measure))
    plain = replace(account, selector=account.selector.narrowed(measures=measures, funds=(), table_numbers=()))
    wanted = tuple({t.text: _narrowed(plain, t) for t in tables}.values())
    return replace(parts, subjects=wanted, contexts=(), measures=(), funds=(), tables=(), placed=())


def _each(parts: Parts, scopes: list[_Scope], own: list[Subject]) -> list[_Scope]:
    """X，基本支出和项目支出各多少 (合起来多少): nothing but 口径 behind the account, each asked for or added up."""
    behind = bool(own) and all(scope.start > own[0].start for scope in scopes)
    if len(scopes) < 2 or not behind or parts.has("difference"):
        return []
    added = parts.has("sum") and not joined(parts.linked.text[own[0].end : scopes[0].start])
    apart = not parts.has("sum") or _enumerated(parts, own[0], scopes)
    return scopes if added or (parts.has("list") and apart) else []


def _common(parts: Parts, placed: list[_Scope], account: Subject) -> tuple[list[_Scope], Subject]:
    """A fund said before everything else holds for all of it (一般公共预算安排的委托业务费里，走项目支出的…)."""
    first = placed[0]
    others = [s for s in placed[1:] if s.measure or s.kind]
    apart = first.fund == ALL_FUNDS and parts.has("difference", "compare", "list", "except")
    if apart or not first.fund or first.start > account.start or len(others) != len(placed) - 1 or not others:
        return placed, account
    return others, replace(account, selector=account.selector.narrowed(funds=(first.fund,)))


def _scopes(parts: Parts) -> list[_Scope]:
    found: list[_Scope] = []
    text = parts.linked.text
    asked = parts.linked.mentions if len([m for m in parts.linked.mentions if m.has("ask_amount")]) > 1 else ()
    excluded = {e.start for e in parts.excluded}
    for mention in parts.linked.mentions:
        if not (mention.sense.scope or mention.sense.names) or mention.sense.project or mention.start in excluded:
            continue
        table = _table(text, mention, parts.linked.mentions)
        if table is not None:
            found.append(table)
            continue
        scope = mention.sense.scope
        if scope is not None and (scope.measure in _measures() or scope.fund):
            placed = mention.text.endswith("口径") or is_placed(text, mention.start, mention.end)
            placed = placed or any(m.start == mention.end and m.has("ask_amount") for m in asked)
            found.append(_Scope(mention.start, mention.end, scope.measure, scope.fund, None, placed, mention.text))
    return found


def _measures() -> frozenset[str]:
    """The 口径 that a figure stands in, and those inside them."""
    return frozenset({"基本支出", "项目支出", *load().within})


def _table(text: str, mention: Mention, mentions: tuple[Mention, ...]) -> _Scope | None:
    """三公表, 机关运行经费那张表, 基本支出经济分类表."""
    match = _TABLE.match(text, mention.end)
    if match is None or any(mention.end <= m.start < match.end() and m.sense.names for m in mentions):
        return None
    rule = _kind(text[mention.start : match.end()])
    listed, start = _LISTED.search(text[: mention.start]), mention.start
    if rule is None and listed is not None:  # 三公、会议、培训那张表
        rule, start = _kind(text[listed.start() : match.end()]), listed.start()
    if rule is None:
        return None
    if rule.kind in _KINDS:
        return _Scope(start, match.end(), kind=rule.kind, placed=True, text=f"{mention.text}表", table=True)
    if rule.measure:
        return _Scope(start, match.end(), measure=rule.measure, placed=True, text=mention.text, table=True)
    return None


def _kind(title: str) -> KindRule | None:
    return kind_rules().of_title(re.sub("[那这]张?|经济分类", "", title))


def _within(subject: Subject, scopes: list[_Scope]) -> bool:
    return any(scope.start <= subject.start < scope.end for scope in scopes)


def _listed_before(parts: Parts, scopes: list[_Scope]) -> set[int]:
    """Names enumerated before the one that a table is called by (三公、会议、培训那张表)."""
    taken: set[int] = set()
    for scope in scopes:
        if scope.kind is None and not scope.placed:
            continue
        start = scope.start
        for subject in sorted((*parts.subjects, *parts.contexts), key=lambda s: -s.start):
            if subject.end < start and parts.linked.text[subject.end : start] == "，" and scope.kind is not None:
                taken.add(subject.start)
                start = subject.start
    return taken


def _whole_too(parts: Parts, account: Subject, placed: list[_Scope]) -> bool:
    """Is the account asked for as a whole as well, before its parts (电费总共多少，基本支出里占多少)?"""
    first = min(s.start for s in placed)
    between = parts.linked.text[account.end : first]
    asked = any(account.end <= m.start < first and m.has("ask_amount", "sum") for m in parts.linked.mentions)
    return asked and len(placed) == 1 and bool(between)


def _enumerated(parts: Parts, account: Subject, scopes: list[_Scope]) -> bool:
    """Is the whole one of the things enumerated behind the account (培训费：总共、基本支出里、项目支出里各多少)?"""
    first, text = min(s.start for s in scopes), parts.linked.text
    sums = (m for m in parts.linked.mentions if m.has("sum") and account.end <= m.start < first)
    return any(text[m.end :].lstrip("的里是")[:1] in "、，" and text[m.end : m.end + 1] for m in sums)


def _added(parts: Parts, account: Subject, placed: list[_Scope]) -> bool:
    """把项目里的也算上，印刷费总共多少: what stands in projects is added to the rest."""
    apart = "，" in parts.linked.text[placed[0].end : account.start]
    return parts.has("sum") and apart and len(placed) == 1 and placed[0].measure == "项目支出"


def _narrowed(account: Subject, scope: _Scope) -> Subject:
    selector = account.selector
    label = f"{selector.label}（{scope.text}）"
    narrowed: Selector = selector.narrowed(label=label)
    if scope.measure:
        narrowed = narrowed.narrowed(measures=(scope.measure,))
    if scope.project:
        narrowed = narrowed.narrowed(project=scope.project)
    if scope.fund:
        narrowed = narrowed.narrowed(funds=(scope.fund,))
    if scope.number:
        narrowed = narrowed.narrowed(table_numbers=(scope.number,))
    if scope.kind is not None:
        narrowed = narrowed.narrowed(table_kinds=(str(scope.kind),))
    return replace(
        account,
        selector=narrowed,
        start=max(account.start, scope.start) if scope.start > account.start else account.start,
    )
