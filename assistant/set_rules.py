"""Rules for questions about a described set: rank, mean, count, sum, list, the lines under a figure.

Each is one decision like those of `operations`, which tries them in order.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.parts import Parts
from assistant.query import BESIDES, ENDS, Operation, Order, Selector, SemanticQuery
from assistant.semantics import Setting, grammar_words
from assistant.sets import container, members_of
from assistant.standing import Subject
from assistant.text_terms import load
from index.evidence import Classification

_SYSTEMS = frozenset({Classification.FUNCTIONAL, Classification.ECONOMIC})
_ADDING = re.compile(r"^(?:\+|再?加上?)$")


def _selectors(parts: Parts) -> tuple[Selector, ...]:
    return tuple(s.selector for s in parts.subjects)


def rank(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """最大/最小/第几/前几 of a set, or of the things that are named."""
    if (ahead := _ahead_of(parts)) is not None:  # 排在A后面、名列第二的是哪一类
        subjects, contexts = (tuple(s for s in group if s is not ahead) for group in (parts.subjects, parts.contexts))
        parts = replace(parts, subjects=subjects, contexts=contexts)
    extreme = parts.has("max", "min", "top", "bottom")
    left_out = max((s.end for s in parts.excluded), default=0)
    if parts.has("sum") and 0 < left_out and parts.at("rest") > left_out and not parts.has("top", "bottom"):
        extreme = False  # 刨去两块大头，剩下几个加在一起
    points = parts.has("refer") and not parts.nouns
    numbered = (parts.position is not None or parts.limit is not None) and not points
    if not extreme and not numbered:
        return None
    if (
        len(parts.subjects) == 1
        and parts.has("ask_amount", "rate")
        and not (parts.nouns or parts.contexts or parts.excluded)
    ):
        if container(parts.subjects[0].selector.names, setting.semantics) is None:
            return None  # 最多容许多少: a bound, not a rank
    if numbered and not extreme and not (parts.nouns or parts.contexts or parts.subjects):
        return None
    ascending = parts.has("min", "bottom") or (parts.reverse and not parts.has("min"))
    order = Order.ASCENDING if ascending else Order.DESCENDING
    if len(parts.subjects) >= 2:
        return SemanticQuery(Operation.RANK, subjects=_selectors(parts), order=order)
    noun = parts.noun()
    own = noun is not None and all(s.selector.classifications == (noun.classification,) for s in parts.subjects)
    placed = parts.subjects and not parts.contexts and parts.has("top") and parts.limit is None
    if placed and (own or not parts.nouns):
        members = members_of(replace(parts, subjects=(), projects=()), setting)
        return SemanticQuery(Operation.RANK, subjects=_selectors(parts), members=members, order=order, detail="名次")
    members = members_of(parts, setting)
    if parts.has("max") and parts.has("min"):
        gap = Operation.DIFFERENCE if parts.has("difference") else None
        return SemanticQuery(Operation.RANK, members=members, order=Order.DESCENDING, detail=ENDS, then=gap)
    listed = parts.has("top", "bottom") and parts.position is None
    limit = parts.limit or _which_of(parts) or (0 if listed and not parts.has("max", "min") else 1)
    then = Operation.SUM if parts.has("sum") and limit > 1 else None
    position = parts.position or 1
    if len(places := {m.position for m in parts.linked.mentions if m.position is not None and not m.reverse}) > 1:
        position, limit = min(places), max(places) - min(places) + 1  # 老二老三
    aside = any(m.has("except") and m.text in grammar_words("besides") for m in parts.linked.mentions)
    return SemanticQuery(
        Operation.RANK, members=members, order=order, limit=limit, position=position, then=then,
        detail=BESIDES if aside else "",
    )  # fmt: skip


def ends(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """X下面最大的比最小的多多少, X下有两个款，哪个多，多多少: the ends of what one thing consists of, and their gap."""
    two = 2 in parts.counters and parts.has("more", "fewer", "max", "which") and not parts.has("compare_previous")
    apart = parts.has("difference") and (two or (parts.has("max") and parts.has("min")))
    held = (*parts.subjects, *parts.contexts)
    if not apart or len(held) != 1 or held[0].scope_only or parts.quantities:
        return None
    members = members_of(replace(parts, subjects=(), contexts=held), setting)
    return SemanticQuery(
        Operation.RANK, members=members, order=Order.DESCENDING, detail=ENDS, then=Operation.DIFFERENCE
    )


def _ahead_of(parts: Parts) -> Subject | None:
    """What the thing of a rank is said to come behind; None where no rank is said."""
    text = parts.linked.text
    for subject in (*parts.contexts, *parts.subjects):
        behind = text.startswith(grammar_words("behind"), subject.end)
        if parts.position is not None and (behind or text[: subject.start].endswith(grammar_words("next_to"))):
            return subject
    return None


def _which_of(parts: Parts) -> int:
    """哪三个明细最烧钱, 最费钱的两个项目: as many as are asked for."""
    mentions, text = parts.linked.mentions, parts.linked.text
    asked = {m.end for m in mentions if m.has("which")}
    asked |= {m.end + text[m.end :].startswith("的") for m in mentions if m.has("max", "min")}
    return next((m.counter for m in mentions if m.counter > 1 and (m.start in asked or m.has("max", "min"))), 0)


def mean(parts: Parts, setting: Setting) -> SemanticQuery | None:
    if not parts.has("mean") or any(c.of_mean for c in parts.conditions):
        return None
    if len(parts.subjects) >= 2:
        return SemanticQuery(Operation.MEAN, subjects=_selectors(parts))
    if not (parts.nouns or parts.subjects or parts.contexts or parts.conditions) and _unknown(parts):
        return None  # 彩超平均一台多少: of a thing that nothing is known of, and of no set
    return SemanticQuery(Operation.MEAN, members=members_of(parts, setting))


_WORDS = 3  # characters that nothing known covers, and that name something


def _unknown(parts: Parts) -> bool:
    return any(len(piece) >= _WORDS for piece in parts.linked.leftover)


def count(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """几个项目, 多少个指标, 超过50万的有几项."""
    asked = [
        m
        for m in parts.linked.mentions
        if m.has("count") and not parts.linked.text[: m.start].endswith(grammar_words("pointing"))
    ]
    added_up = parts.excluded and parts.has("sum") and parts.has("ask_amount")  # 剩下几个加在一起有多少
    if not asked or added_up or not (parts.nouns or parts.conditions or parts.contexts or parts.subjects):
        return None
    if parts.subjects and not parts.contexts and not parts.conditions and not parts.projects:
        counted = [
            n for n in parts.nouns if n.sense.noun and n.sense.noun.classification is not Classification.QUANTITY
        ]
        held = len(parts.subjects) == 1 and container(parts.subjects[0].selector.names, setting.semantics) is not None
        if not (counted or held and not (parts.nouns or parts.head_unit or parts.unit)):
            return None
    return SemanticQuery(Operation.COUNT, members=members_of(parts, setting))


def together(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """三大头A、B、C，把它们加一块儿: the named things added up, whatever else they are called."""
    text, pointed = parts.linked.text, [m.end for m in parts.linked.mentions if m.has("refer")]
    sums = [m.start for m in parts.linked.mentions if m.has("sum")]
    beside = any(0 <= start - end <= 1 and "，" not in text[end:start] for start in sums for end in pointed)
    others = parts.has("difference", "equal", "share", "rate", "which", "more", "fewer", "change_any", "mean")
    if len(parts.subjects) < 2 or not beside or others:
        return None
    return SemanticQuery(Operation.SUM, subjects=_selectors(parts))


def total(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """一共: of named things, or of a set."""
    counted = _of_the_counted(parts, setting) or _taken_together(parts)
    if not (parts.has("sum") or counted) or heads(parts, setting) is not None:
        return None
    if len(parts.subjects) >= 2:
        first, last = parts.subjects[0], parts.subjects[-1]
        sums = [m for m in parts.linked.mentions if m.has("sum")]
        apart = bool(sums) and all(first.end <= m.start < last.start and not _ADDING.match(m.text) for m in sums)
        return None if apart else SemanticQuery(Operation.SUM, subjects=_selectors(parts))
    if (
        parts.conditions
        or parts.excluded
        or parts.holding
        or (parts.nouns and not parts.subjects and (parts.contexts or parts.projects))
    ):
        return SemanticQuery(Operation.SUM, members=members_of(parts, setting))
    if parts.nouns and not parts.subjects and any(n.sense.noun and n.sense.noun.classification for n in parts.nouns):
        each = sum(m.has("list", "which") for m in parts.linked.mentions)
        listed = each > 1 or (each and not parts.has("ask_amount"))  # 一共有哪些项目，各多少钱
        operation, then = (Operation.LIST, Operation.SUM) if listed else (Operation.SUM, None)
        return SemanticQuery(operation, members=members_of(parts, setting), then=then)
    return None


def _of_the_counted(parts: Parts, setting: Setting) -> bool:
    """ "A、B和C三类支出合计": a word for the total, behind as many names as were counted, is that of the names."""
    totals = set(setting.semantics.total_names)
    last = max((s.end for s in parts.subjects), default=0)
    behind = any(totals & set(m.sense.names) and m.start >= last for m in parts.linked.mentions)
    return behind and len(parts.subjects) > 1 and len(parts.subjects) in parts.counters


def _taken_together(parts: Parts) -> bool:
    """ "A、B、C这三块打算花多少": one amount of as many names as are counted behind them."""
    last = max((s.end for s in parts.subjects), default=0)
    number = len(parts.subjects)
    behind = any(m.counter == number and m.start >= last and m.has("refer") for m in parts.linked.mentions)
    each = parts.has(
        "list", "which", "share", "rate", "difference", "more", "max", "min", "compare_previous", "change_any"
    )
    return number > 1 and behind and parts.has("ask_amount") and not each


def breakdown(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """怎么算出来的: the lines and the printed arithmetic under a figure."""
    divided = parts.has("divide", "ratio") and len(parts.subjects) > 1
    if not parts.has("calculation") or divided or not (parts.subjects or parts.contexts):
        return None
    subject = (*parts.subjects, *parts.contexts)[0].selector
    if subject.classifications == (Classification.PROJECT,):
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting))
    members = Selector(parents=subject.names + subject.codes, project=subject.project, label=subject.label)
    return SemanticQuery(Operation.LIST, subjects=(), members=members, detail="")


def listing(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """有哪些, 分别, 明细: the members of a set; several named things each."""
    if len(parts.subjects) >= 2:
        return None
    scopes = [m for m in parts.linked.mentions if m.sense.scope and m.start not in {s.start for s in parts.subjects}]
    if parts.subjects and len(scopes) > 1:
        plain = parts.subjects[0].selector.narrowed(measures=(), funds=())
        return SemanticQuery(Operation.VALUE, subjects=(plain,))
    if parts.tables and not parts.subjects and not parts.contexts and parts.has("list", "what", "detail"):
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting))
    if (
        parts.conditions
        and (parts.has("which", "list") or parts.nouns)
        and not (parts.subjects and parts.has("verify"))
    ):
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting))
    counted = parts.has("which", "what") and bool(parts.counters)
    if parts.projects and parts.measures and not parts.nouns:
        return None
    listed = parts.has("list") or (parts.has("which") and parts.nouns) or counted or parts.groups
    if not listed and not (parts.projects and parts.noun(Classification.INDICATOR, Classification.SPENDING_LINE)):
        return None
    if parts.subjects or parts.nouns or parts.contexts or parts.projects or parts.tables or parts.groups:
        then = Operation.SUM if parts.has("sum") else None
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting), then=then)
    return None


def heads(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """几辆车, 多少人: a count by its unit, where the name that links is of money."""
    noun = parts.noun(Classification.QUANTITY)
    if noun is None or not (parts.head_unit == noun.unit or _kinds_asked(parts)):
        return None
    return described(replace(parts, subjects=(), contexts=()), setting)


def _kinds_asked(parts: Parts) -> bool:
    """公务用车有哪几种: the things themselves, not what they cost."""
    things = {m.start for m in parts.nouns if m.sense.noun and m.sense.noun.classification is Classification.QUANTITY}
    own = all(s.start in things for s in parts.subjects)
    sums = parts.has("ask_amount", "sum", "share", "rate", "max", "min", "difference", "compare_previous", "change_any")
    asked = parts.has("list", "which") or sorts_things(parts)
    return bool(things) and own and asked and not sums and not parts.contexts


def sorts_things(parts: Parts) -> bool:
    """什么用途的公车, 公车按用途有哪几种: of what kinds the things are, not what something is for."""
    text = parts.linked.text
    uses = [m for m in parts.linked.mentions if m.has("use")]
    systems = any(m.sense.noun and m.sense.noun.classification in _SYSTEMS for m in parts.nouns)
    if systems and parts.has("list", "which") and not parts.projects:
        return True  # 按功能分类主要用在哪四个方面
    if parts.has("list", "which") and any(text[: m.start].endswith(load().sorted) for m in uses):
        return any(m.sense.noun and m.sense.noun.classification is Classification.QUANTITY for m in parts.nouns)
    ends = {m.end + 1 for m in uses if text[m.end : m.end + 1] == "的"}
    things = (m for m in parts.nouns if m.sense.noun and m.sense.noun.classification is Classification.QUANTITY)
    return any(m.start in ends for m in things)


def described(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A quantity described by its noun alone (多少辆车, 几个人), or a bare operation to be completed from history."""
    noun = parts.noun(Classification.QUANTITY)
    if noun is not None and (
        parts.has("ask_amount", "count", "list", "which") or parts.head_unit or parts.has("use", "what")
    ):
        members = Selector(
            classifications=(Classification.QUANTITY,),
            documents=parts.documents or setting.documents,
            label=noun.surfaces[0],
        )
        then = Operation.SUM if noun.additive else None
        return SemanticQuery(Operation.LIST, members=members, detail=noun.unit, then=then)
    synonyms = {n for s in setting.semantics.synonyms for n in (*s.names, *s.surfaces)}
    names = tuple(m for m in parts.measures if m in synonyms)
    if names and parts.has("ask_amount", "sum"):
        return SemanticQuery(
            Operation.VALUE, subjects=(Selector(names=names, documents=setting.documents, label=names[0]),)
        )
    if parts.has("ask_amount", "budgeted", "sum", "convert") or parts.unit or parts.stages:
        return SemanticQuery(Operation.VALUE)
    return None
