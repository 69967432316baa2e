"""Out of which money a named thing is paid: each fund that a question names, or all that have a share in it.

"平安通是从哪类资金里出的"; "实验室全口径多少，其中财政拨款负担多少"; "开办设备基金出了多少，其他资金又垫了多少".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from assistant import figures as fig
from assistant.answer import ResultTable
from assistant.data_files import load_toml
from assistant.executing import FactRow
from assistant.figures import Figure
from assistant.parts import Parts
from assistant.query import ALL_FUNDS, Selector
from assistant.question import fold
from assistant.reply import Reply
from assistant.resolving import Resolver, name_of
from assistant.standing import Subject
from assistant.understanding import Understanding
from index.evidence import Classification, Dimension

RULE = "funding"
_WHOLES = ("全部资金", "财政拨款", "")
_JOINED = 2


@dataclass(frozen=True, slots=True)
class _Fund:
    """A fund as people call it: `names` on the axis, best first; `paying`: said of what it pays of a thing; `whole`:
    all money together."""

    names: tuple[str, ...]
    said: tuple[str, ...]
    paying: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Terms:
    which: tuple[str, ...]
    split: tuple[str, ...]
    scopes: tuple[str, ...]
    fresh: tuple[str, ...]
    shares: tuple[str, ...]
    funds: tuple[_Fund, ...]


@cache
def terms() -> _Terms:
    """The words of funding.toml. Raises SemanticDataError."""
    return load_toml("funding.toml", _parsed)


def _parsed(data: dict[str, Any]) -> _Terms:
    funds = tuple(
        _Fund(
            tuple(entry["names"]),
            tuple(map(fold, entry["said"])),
            tuple(map(fold, entry.get("paying", ()))),
            entry.get("whole", False),
        )
        for entry in data["fund"]
    )
    return _Terms(
        tuple(map(fold, data["which"])), tuple(map(fold, data["split"])), tuple(data["scopes"]),
        tuple(map(fold, data["fresh"])), tuple(data["shares"]), funds,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """`before`: the one thing that was asked of last; `total` names what a body's budget is called."""

    resolver: Resolver
    before: Selector | None
    total: Selector


def answer(understood: Understanding, frame: Frame) -> Reply | None:
    """The parts of a thing by fund; None where the question does not ask for them."""
    parts = understood.parts
    text = parts.linked.text
    asked = [(place, fund) for fund in terms().funds if (place := _place(text, fund)) is not None]
    asked = [(place, fund) for place, fund in asked if not _nested(place, asked)]
    asked = _with_all(_apart(asked, parts), parts)
    which = any(word in text for word in terms().which)
    own = [s for s in (*parts.contexts, *parts.subjects) if not _is_fund(s.start, s.end, asked) and not s.scope_only]
    things = [s for s in (*parts.contexts, *parts.subjects) if not _is_fund(s.start, s.end, asked)]
    if (between := _scopes(parts, asked, things, frame)) is not None:
        return between
    if (against := _against(parts, asked, own or things, frame)) is not None:
        return against
    if parts.has("share", "max", "min", "difference", "sum", "compare_previous", "change_any", "reason", "rate"):
        return None
    parted = [fund for _, fund in sorted(asked, key=lambda pair: pair[0]) if not fund.whole]
    if len(own) > 1:
        own = [s for s in own if s.via != "fuzzy" or s.end - s.start > _SHORT][:1] or own[:1]
    paying = any(word in text for fund in parted for word in fund.paying) or any(w in text for w in terms().split)
    if own:
        joint = (
            (paying and own[0].via == "history")
            or _amounts(parts) >= _JOINED
            or len(parted) >= _JOINED
            or _of_project(parts, own[0], frame)
        )
        told = _of(own[0].selector, parted, frame) if which or (parted and joint) else None
        return _with_rest(told, parts) if told is not None else None
    if frame.before is not None and parted and (paying or _SCOPE in text):
        return _of(frame.before.narrowed(table_numbers=(), table_kinds=()), parted, frame)
    apart = len(parted) >= _JOINED and len(parts.subjects) + len(parts.contexts) < len(parted)
    if not apart or parts.nouns or parts.projects:
        return None
    return _of(frame.total.narrowed(names=(), classifications=(Classification.TOTAL,), totals=True), parted, frame)


@dataclass(frozen=True, slots=True)
class Said:
    """A fund and where a question names it."""

    fund: _Fund
    start: int
    end: int
    text: str


def said_in(text: str) -> tuple[Said, ...]:
    """The funds that a question names, none inside another."""
    asked = [(place, fund) for fund in terms().funds if (place := _place(text, fund)) is not None]
    kept = sorted((pair for pair in asked if not _nested(pair[0], asked)), key=lambda pair: pair[0])
    return tuple(Said(fund, *place, text[place[0] : place[1]]) for place, fund in kept)


_SCOPE = "口径"
_SHORT = 6


def _place(text: str, fund: _Fund) -> tuple[int, int] | None:
    """Where a fund is named, by its longest word."""
    found = [(text.index(word), text.index(word) + len(word)) for word in (*fund.said, *fund.paying) if word in text]
    return max(found, key=lambda span: span[1] - span[0], default=None)


def _apart(asked: list[tuple[tuple[int, int], _Fund]], parts: Parts) -> list[tuple[tuple[int, int], _Fund]]:
    """一般公共预算财政拨款支出: the funds inside one name are not two that are asked for."""
    kept: dict[int, tuple[tuple[int, int], _Fund]] = {}
    for place, fund in sorted(asked, key=lambda pair: pair[0]):
        inside = next((m.start for m in parts.linked.mentions if m.start <= place[0] and place[1] <= m.end), place[0])
        kept.setdefault(inside, (place, fund))
    return list(kept.values())


def _with_all(asked: list[tuple[tuple[int, int], _Fund]], parts: Parts) -> list[tuple[tuple[int, int], _Fund]]:
    """把其他资金也算进去: words for all money together, whatever fund they name."""
    whole = next(fund for fund in terms().funds if fund.whole)
    said = [m for m in parts.linked.mentions if m.sense.scope is not None and m.sense.scope.fund == ALL_FUNDS]
    spans = [(m.start, m.end) for m in said]
    kept = [(p, f) for p, f in asked if not f.whole and not any(a <= p[0] and p[1] <= b for a, b in spans)]
    every = [(p, f) for p, f in asked if f.whole] or [((a, b), whole) for a, b in spans[:1]]
    return [*kept, *every]


def _nested(place: tuple[int, int], asked: list[tuple[tuple[int, int], _Fund]]) -> bool:
    return any(other != place and other[0] <= place[0] and place[1] <= other[1] for other, _ in asked)


def _is_fund(start: int, end: int, asked: list[tuple[tuple[int, int], _Fund]]) -> bool:
    return any(start < high and low < end for (low, high), _ in asked)


def _amounts(parts: Parts) -> int:
    return sum(m.has("ask_amount", "how_much") for m in parts.linked.mentions)


def _of(selector: Selector, funds: list[_Fund], frame: Frame) -> Reply | None:
    resolver = frame.resolver
    selector = selector.narrowed(documents=frame.total.documents, funds=())
    rows = resolver.of_stage(resolver.executor.facts(selector), selector)
    rows = tuple(row for row in rows if _current(row, resolver))
    whole = resolver.figure(selector)
    if whole is None or whole.row is None:
        return None
    if selector.measures == () and whole.row.measure:
        rows = tuple(row for row in rows if row.measure == whole.row.measure)
    label = name_of(whole.row)
    found: list[Figure] = []
    for fund in funds:
        row = next((r for name in fund.names for r in rows if r.fund == name), None)
        if row is None:
            return None
        found.append(replace(fig.of_row(row, f"{label}（{row.fund}）"), label=f"其中{row.fund}"))
    if not funds:
        found = _shares(rows)
        if not found:
            return None
    told = fig.common_unit((whole, *found))
    lines = [f"{label}：**{told[0].text}**"]
    lines += [f"- {figure.label}：**{figure.text}**" for figure in told[1:]]
    citations = tuple(dict.fromkeys(c for f in told for c in f.citations))
    table = ResultTable(
        ("名称", "数值", "单位", "出处"),
        tuple((f.label, f.digits, f.unit, f.citations[0].label() if f.citations else "") for f in told),
    )
    return Reply(
        tuple(lines), told, citations, table=table, subject=label, names=selector.names or (label,),
        projects=(whole.project,) if whole.project else (), aspects=frozenset({"金额"}), items=told if len(told) == _JOINED else told[1:],
        rule=RULE,
    )  # fmt: skip


def _scopes(parts: Parts, asked: list[tuple[tuple[int, int], _Fund]], own: list[Subject], frame: Frame) -> Reply | None:
    """One thing under two 口径 that a question puts side by side (全部资金口径多少，财政拨款口径多少), and what is between."""
    funds = [fund for _, fund in sorted(asked, key=lambda pair: pair[0])]
    apart = any(word in parts.linked.text for word in terms().scopes)
    if len(funds) != _JOINED or not apart or len({s.selector.names for s in own}) != 1:
        return None
    if parts.has("share", "rate", "reason"):
        return None
    found = []
    for fund in funds:
        names = (*fund.names, "") if fund.whole else fund.names
        anywhere = own[0].selector.narrowed(documents=frame.total.documents, table_numbers=(), table_kinds=())
        narrowed = (anywhere.narrowed(funds=(name,)) for name in names)
        each = (frame.resolver.figure(selector) for selector in narrowed)
        figure = next((f for f in each if f is not None and f.row is not None and f.row.fund in names), None)
        if figure is None or figure.row is None:
            return None
        found.append(replace(figure, label=f"{figure.label}（{figure.row.fund or fund.names[0]}）"))
    one, other = fig.common_unit(tuple(found))
    gap = fig.absolute(fig.difference("相差", one, other))
    lines = (*(f"{f.label}：**{f.text}**" for f in (one, other)), f"- 两个口径相差 **{gap.text}**（{gap.formula}）")
    return Reply(
        lines, (one, other, gap), tuple(dict.fromkeys(c for f in (one, other) for c in f.citations)),
        subject=own[0].selector.label, names=own[0].selector.names, aspects=frozenset({"金额"}), items=(one, other),
        rule=RULE,
    )  # fmt: skip


_CONTRAST = ("difference", "more", "fewer", "max", "min")


def _against(
    parts: Parts, asked: list[tuple[tuple[int, int], _Fund]], own: list[Subject], frame: Frame
) -> Reply | None:
    """What two kinds of money pay of one thing, and the difference (财政出得多还是自己出得多); what is left of it
    without one of them (不算单位资金)."""
    funds = [fund for _, fund in sorted(asked, key=lambda pair: pair[0]) if not fund.whole]
    if len({s.selector.names for s in own}) != 1 or parts.has("share", "reason", "compare_previous"):
        return None
    aside = [m for m in parts.linked.mentions if m.has("except")]
    if len(funds) == 1 and any(m.end == place[0] for m in aside for place, _ in asked):
        told = _of(own[0].selector, funds, frame)
        if told is None:
            return None
        part = told.figures[1].label.removeprefix("其中")
        rest = fig.difference(f"{told.subject}（不含{part}）", *told.figures)
        return _beside(told, rest, f"{rest.label}：**{rest.text}**")
    if len(funds) != _JOINED or not parts.has(*_CONTRAST):
        return None
    told = _of(own[0].selector, funds, frame)
    if told is None:
        return None
    one, other = told.figures[1:]
    gap = fig.absolute(fig.difference("相差", one, other))
    more = one if one.amount > other.amount else other
    said = f"{more.label.removeprefix('其中')}**多 {gap.text}**" if gap.amount else "两者**相等**"
    return _beside(told, gap, f"{said}（{gap.formula}）")


def _of_project(parts: Parts, own: Subject, frame: Frame) -> bool:
    """Is a part of one project asked for that its form has no line of its own for (预算里有多少是上年结转来的)?"""
    project = own.selector.project
    if not project or not _amounts(parts):
        return False
    inside = [s.selector for s in (*parts.contexts, *parts.subjects) if s is not own]
    lines = (frame.resolver.figure(s.narrowed(project=project, documents=frame.total.documents)) for s in inside)
    return not any(line is not None and line.project == project for line in lines)


def _with_rest(told: Reply, parts: Parts) -> Reply:
    """A thing and what is carried over for it, with what the year itself gives (今年新给的有多少)."""
    if len(told.figures) != _JOINED or not any(word in parts.linked.text for word in terms().fresh):
        return told
    part = told.figures[1].label.removeprefix("其中")
    rest = fig.difference(f"{told.subject}（不含{part}）", *told.figures)
    line = f"- 其余（不含{part}）：**{rest.text}**（{rest.formula}）"
    return replace(told, lines=(*told.lines, line), figures=(*told.figures, rest))


def _beside(told: Reply, figure: Figure, line: str) -> Reply:
    """A reply that leads with what follows from its figures."""
    return replace(told, lines=(line, *told.lines), figures=(figure, *told.figures))


def _current(row: FactRow, resolver: Resolver) -> bool:
    return row.value is not None and row.dimension is Dimension.MONEY and row.year in (None, resolver.year)


def _shares(rows: tuple[FactRow, ...]) -> list[Figure]:
    """Every fund that pays something, as the row prints it that tells most of them apart."""
    by_row: dict[tuple[int | None, int | None], dict[str, FactRow]] = {}
    for row in rows:
        if row.fund not in _WHOLES:
            by_row.setdefault((row.citation.table_id, row.citation.row_index), {}).setdefault(row.fund, row)
    best = max(by_row.values(), key=len, default={})
    return [fig.of_row(row, f"其中{fund}") for fund, row in best.items() if row.value]
