"""What a follow-up points at: an earlier turn, some or all of the things that were told, or what is left of a whole.

Each rule is tried on a question in its conversation and gives its understanding, or None where it does not apply.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.completing import Talk, about, focused, on_set
from assistant.conversation import earlier, every, exact, focus, items, same, told
from assistant.parts import Parts
from assistant.pointing import Way, first
from assistant.query import REMAINDER, Operation, Selector, SemanticQuery
from assistant.sharing import default_wholes
from assistant.understanding import Understanding
from index.evidence import Classification

_JOINT = ("sum", "mean", "difference", "more", "fewer", "ratio", "max", "min", "top", "bottom")


def missing(parts: Parts) -> str:
    """What has to be named before the question can be answered."""
    noun = parts.noun()
    return noun.surfaces[0] if noun else "科目或项目"


# ---------------------------------------------------------------- back to an earlier turn


def returned(talk: Talk) -> Understanding | None:
    """回到刚才的公务接待费: that turn's question again; 最开始那个呢: the first turn."""
    if not talk.point.has(Way.BACK) or talk.point.has(Way.PLURAL):
        return None
    if talk.point.has(Way.START) and not talk.named:
        opening = talk.state.turns[0]
        if talk.asks:
            return about(talk, focus(opening)) if focus(opening) else None
        return replace(talk.understood, query=opening.query, text=opening.understanding.text)
    if not talk.named or talk.asks:
        return None
    wanted = (*talk.parts.subjects, *talk.parts.contexts)[0].selector
    for turn in reversed(talk.state.turns):
        if any(same(wanted, s) for s in focus(turn)):
            return replace(talk.understood, query=turn.query, text=turn.understanding.text)
    return None


def sourced(talk: Talk) -> Understanding | None:
    """数据来自哪张表, 在第几页: the same answer again, with its places."""
    if not talk.point.has(Way.SOURCE) or talk.named or talk.parts.tables or talk.understood.text is not None:
        return None
    return replace(talk.understood, query=talk.before, text=talk.last.understanding.text)


# ---------------------------------------------------------------- one or some of several


def picked(talk: Talk) -> Understanding | None:
    """第二个, 前两个, 最后一个, 前者, 另一个, 多的那个: some of the things that were told."""
    if talk.named and not talk.lacking:
        return None
    if (item := _item_of_text(talk)) is not None:
        return item
    chosen = _ordinals(talk)
    if chosen is None:
        chosen = _of_pair(talk)
    if chosen is None:
        return None
    if not chosen:
        return replace(talk.understood, query=None, text=None, missing=missing(talk.parts))
    if len(chosen) == 2 and talk.parts.has("share") and not talk.parts.has("list"):
        return talk.with_query(SemanticQuery(Operation.SHARE, chosen[:1], whole=chosen[1]))
    return about(talk, chosen)


def _item_of_text(talk: Talk) -> Understanding | None:
    """第三条是什么, after a text that has numbered items."""
    text = talk.last.understanding.text
    if talk.parts.position is None or text is None or talk.before is not None or not talk.last.reply.answered:
        return None
    linked = talk.parts.linked
    return talk.with_query(None, replace(text, linked=linked, query=linked.text))


def _several(talk: Talk) -> tuple[Selector, ...]:
    """The things that can be counted off: what the last answer listed, else the things told one after another."""
    return items(talk.last) or every(talk.state)


def _ordinals(talk: Talk) -> tuple[Selector, ...] | None:
    parts = talk.parts
    marks = [m for m in parts.linked.mentions if m.position is not None or m.limit is not None]
    if not marks or parts.has("max", "min", "top", "bottom") or any(m.text[-1] in "大高多小少低" for m in marks):
        return None
    listed = _several(talk)
    if len(listed) < 2:
        return None
    chosen: list[Selector] = []
    for mark in marks:
        if mark.limit is not None:
            chosen += listed[-mark.limit :] if mark.reverse else listed[: mark.limit]
        elif mark.position is not None and 0 < mark.position <= len(listed):
            chosen.append(listed[-mark.position] if mark.reverse else listed[mark.position - 1])
    return tuple(chosen)


def _of_pair(talk: Talk) -> tuple[Selector, ...] | None:
    point, listed = talk.point, _several(talk)
    if point.has(Way.ANOTHER):
        current = focus(talk.last)
        pair = items(talk.last) if len(items(talk.last)) == 2 else listed[-2:]
        if len(pair) != 2 or not current:
            return ()
        return tuple(s for s in pair if not same(s, current[0]))[:1]
    if len(listed) < 2:
        return None
    if point.has(Way.LARGER, Way.SMALLER) and not talk.parts.has("max", "min"):
        rows = [f for f in talk.last.reply.figures if f.row is not None and f.row.value is not None]
        rows.sort(key=lambda f: f.row.value or 0 if f.row else 0, reverse=point.has(Way.LARGER))
        return tuple(exact(f.row) for f in rows[:1] if f.row is not None)
    former = listed[:1] if items(talk.last) else listed[-2:-1]
    ends = ((first(point.text, Way.FORMER), former), (first(point.text, Way.LATTER), listed[-1:]))
    return tuple(s for at, chosen in sorted(ends, key=lambda end: end[0]) if at >= 0 for s in chosen) or None


def together(talk: Talk) -> Understanding | None:
    """两者差多少, 前面几项一共, 哪个更多, 分别占多少: the things that were told, taken together."""
    parts, before = talk.parts, talk.before
    if talk.named and not talk.lacking and not (parts.has("share") and talk.point.has(Way.PLURAL)):
        return None
    if parts.excluded and parts.nouns:
        return None
    count = _counted(talk)
    plural = talk.point.has(Way.PLURAL) or count > 1
    joint = parts.has(*_JOINT) and len(talk.understood.parts.stages) < 2  # 预算比实际花的多多少: of one thing
    if not plural and (not joint or parts.nouns or parts.conditions or talk.point.has(Way.INSIDE)):
        return None
    shown, running = told(talk.last), earlier(talk.state)
    own = shown if len(shown) > 1 else ()
    whole_set = before is not None and before.members is not None and own == items(talk.last)
    if own and (not count or count == len(own)):
        if whole_set and before is not None and before.members is not None:
            query = on_set(talk, before.members)
            return talk.with_query(query) if query is not None else None
        return about(talk, own)
    if parts.nouns and not plural:
        return None
    if count and len(own) > count:
        return about(talk, own[-count:] if _at_end(talk) else own[:count])
    if count and len(every(talk.state)) >= count:
        return about(talk, every(talk.state)[-count:])
    if len(running) < 2:
        return None
    if parts.has("difference", "ratio") and len(running) > 2:
        running = running[-2:]
    return about(talk, running)


def _counted(talk: Talk) -> int:
    """ "三个加起来", "两个项目一共": how many are meant; 0 where it counts something else ("三类支出")."""
    mark = next((m for m in talk.parts.linked.mentions if m.counter), None)
    if mark is None:
        return 0
    noun = next((n.sense.noun for n in talk.parts.nouns if n.start == mark.end), None)
    of_projects = noun is not None and noun.classification is Classification.PROJECT
    fits = noun is None or noun.classification is None
    return mark.counter if fits or of_projects and all(s.project for s in every(talk.state)) else 0


def _at_end(talk: Talk) -> bool:
    """ "后两项": counted from the end."""
    return any(m.counter and talk.point.before(m.start, Way.ENDING) for m in talk.parts.linked.mentions)


def remainder(talk: Talk) -> Understanding | None:
    """那另一半呢, 其余的呢: the whole without the part that was told."""
    told_again = talk.named and all(any(same(s.selector, f) for f in focused(talk)) for s in talk.parts.subjects)
    if not talk.point.has(Way.REST) or (talk.named and not told_again):
        return None
    if talk.parts.excluded or talk.parts.has("surplus"):
        return None
    before = talk.before
    if before is not None and before.subjects and all(s.project and s.years for s in before.subjects):
        return None  # what is left of a project's budget of an earlier year is its own figure
    if before is not None and before.members is not None:
        names = tuple(n for s in told(talk.last) for n in s.names)
        members = before.members.narrowed(exclude=(*before.members.exclude, *names))
        operation = Operation.SUM if talk.parts.has("sum", "ask_amount") else Operation.LIST
        return talk.with_query(SemanticQuery(operation, members=members, unit=talk.parts.unit))
    parts = focused(talk)
    if not parts:
        return None
    whole = (before.whole if before is not None else None) or _whole_before(talk, parts[0])
    if whole is None:
        figure = next((f for f in talk.last.reply.figures if f.row is not None and f.names), None)
        if figure is None:
            return None
        whole = default_wholes(figure, parts[0], talk.setting.semantics)[0]
    return talk.with_query(SemanticQuery(Operation.DIFFERENCE, (whole, *parts), unit=talk.parts.unit, detail=REMAINDER))


def _whole_before(talk: Talk, part: Selector) -> Selector | None:
    """What was told before a part of it: of the same kind, and more."""
    figures = [
        t.reply.figures[0] for t in talk.state.turns[-2:] if t.reply.figures and t.reply.figures[0].row is not None
    ]
    if len(figures) < 2:
        return None
    (whole, own), (wider, narrower) = figures, (figures[0].row, figures[1].row)
    if wider is None or narrower is None or same(exact(wider), part):
        return None
    alike = wider.classification is narrower.classification and whole.unit == own.unit
    return exact(wider) if alike and whole.amount > own.amount else None


def onward(talk: Talk) -> Understanding | None:
    """还有呢: the next rank, or the same again for what has no next."""
    if not talk.point.has(Way.MORE) or talk.named or talk.parts.nouns:
        return None
    before = talk.before
    if before is not None and before.operation is Operation.RANK and before.members is not None and before.limit:
        return talk.with_query(before.with_(position=before.position + before.limit))
    return replace(talk.understood, query=before, text=talk.last.understanding.text)
