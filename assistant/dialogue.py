"""Follow-ups: what a question leaves out is taken from the conversation.

The rules are tried in order; the first that applies wins. A question that names its own subject and says what it wants
is complete and drops the old subject. Everything that is pointed at becomes a subject of the completed question, which
is then understood like any other; so a follow-up can ask whatever a whole question can.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.completing import Talk, about, again, completed, focused, listed_before, on_set, replaced
from assistant.conversation import State, Turn, items, same, told
from assistant.parts import Parts, Subject
from assistant.pointing import Way, dangling, first, pointing
from assistant.query import Operation, Selector, SemanticQuery
from assistant.referring import missing, onward, picked, remainder, returned, together
from assistant.semantics import Container, Setting
from assistant.sets import members_of
from assistant.understanding import Need, TextNeed, Understanding
from index.evidence import Classification

_INNER = (
    Classification.PROCUREMENT, Classification.FUNDING, Classification.SPENDING_LINE, Classification.INDICATOR,
)  # fmt: skip
_COMPARED = ("difference", "ratio", "more", "fewer", "change_up", "change_down", "compare", "sum", "mean")


def resolve(parts: Parts, understood: Understanding, state: State, setting: Setting) -> Understanding:
    """The understanding of a question in its conversation. `missing` is set where it points at nothing."""
    if state.last is not None:
        talk = Talk(parts, understood, pointing(parts.linked), state, state.last, setting)
        for rule in _RULES:
            found = rule(talk)
            if found is not None:
                return replace(found, follows=True)
    incomplete = understood.query is None or not (understood.query.subjects or _own_set(understood))
    unnamed = understood.text is None or not (understood.text.names or understood.text.project)
    if dangling(parts) and incomplete and unnamed:
        return replace(understood, missing=missing(parts))
    return understood


def _own_set(understood: Understanding) -> bool:
    query = understood.query
    return query is not None and query.members is not None and bool(understood.parts.nouns or understood.parts.tables)


# ---------------------------------------------------------------- beside or inside the old subject

def _added(talk: Talk) -> Understanding | None:
    """再加上培训费呢: to what was told before."""
    subjects = talk.parts.subjects
    if not subjects or not talk.point.before(subjects[0].start, Way.ADDED):
        return None
    base = items(talk.last) or focused(talk)
    if not base:
        return None
    own = tuple(s.selector for s in talk.parts.subjects)
    return talk.with_query(SemanticQuery(Operation.SUM, (*base, *own), unit=talk.parts.unit))


def _against(talk: Talk) -> Understanding | None:
    """比印刷费多多少, 和培训费一共多少, 是差旅费的几倍: the old subject beside the new one."""
    parts = talk.parts
    if len(parts.subjects) != 1 or parts.contexts or parts.has("compare_previous") or not parts.has(*_COMPARED):
        return None
    own = parts.subjects[0]
    if not talk.point.before(own.start, Way.AGAINST):
        return None
    base = focused(talk)[:1]
    if not base or same(base[0], own.selector):
        return None
    understood = again(talk, completed(talk, base))
    if understood.query is not None and understood.query.operation is Operation.VALUE:
        understood = replace(understood, query=understood.query.with_(operation=Operation.COMPARISON))
    return understood


def _within(talk: Talk) -> Understanding | None:
    """其中扶贫占多少, 里面有培训费吗: the new subject inside the old one."""
    parts = talk.parts
    at = first(parts.linked.text, Way.INSIDE)
    if at < 0 or any(s.start < at for s in (*parts.subjects, *parts.contexts)) or not parts.subjects:
        return None
    holder = next(iter(focused(talk)), None)
    own = parts.subjects[0]
    listed = listed_before(talk, own.selector)
    if holder is None:
        return about(replace(talk, parts=replace(parts, subjects=parts.subjects[1:])), (listed,)) if listed else None
    container = _container(holder, talk.setting)
    inner = container.classification if container else None
    if inner in _INNER and own.selector.project:
        named = own.selector
        special = Selector(classifications=(inner,), project=named.project, label=f"{named.label}的{inner}")
        own = replace(own, selector=special)
    elif own.scope_only and container is None:
        narrowed = holder.narrowed(measures=own.selector.names, label=holder.label)
        return talk.with_query(SemanticQuery(Operation.VALUE, (narrowed,), unit=parts.unit))
    else:
        own = replace(own, selector=_confined(own.selector, holder, container, talk.setting))
    inside = replace(talk, parts=replace(parts, subjects=(own, *parts.subjects[1:])))
    if parts.has("verify", "existence") and not parts.quantities and not parts.has("share", "change_down", "change_up"):
        return talk.with_query(SemanticQuery(Operation.EXISTENCE, (own.selector,)))
    if parts.has("share") and parts.has("ask_amount") and inner in _INNER:
        return talk.with_query(SemanticQuery(Operation.SHARE, (own.selector,), whole=holder, unit=parts.unit))
    return again(inside, completed(inside, contexts=(holder,)))


def _confined(own: Selector, holder: Selector, container: Container | None, setting: Setting) -> Selector:
    """A name read under the 口径 of what it stands in."""
    if holder.project:
        return own.narrowed(project=holder.project, classifications=())
    measures = tuple(s.measure for s in setting.semantics.scopes if s.measure in holder.names)
    if measures:
        return own.narrowed(measures=measures[:1])
    if container is not None and container.classification is Classification.THREE_PUBLIC:
        return own.narrowed(classifications=(container.classification,))
    return own


def _container(holder: Selector, setting: Setting) -> Container | None:
    return next((c for c in setting.semantics.containers if set(c.names) & set(holder.names)), None)


def _rescoped(talk: Talk) -> Understanding | None:
    """基本支出里的呢: the old subject under another 口径 or inside something else."""
    parts, before = talk.parts, talk.before
    if parts.subjects or not parts.contexts or talk.asks or before is None or not before.subjects:
        return None
    holder = parts.contexts[-1].selector
    if any(same(holder, s) for s in before.subjects):
        return None
    container = _container(holder, talk.setting)
    freed = (s.narrowed(measures=(), table_kinds=(), table_numbers=(), project=None) for s in before.subjects)
    subjects = tuple(_confined(s, holder, container, talk.setting) for s in freed)
    return talk.with_query(before.with_(subjects=subjects, unit=parts.unit or before.unit))


# ---------------------------------------------------------------- another subject

def _elaborated(talk: Talk) -> Understanding | None:
    """那项目支出呢: another subject for the old question."""
    parts = talk.parts
    if not talk.named or talk.asks or talk.point.own_topic:
        return None
    bare = not parts.has("budgeted") or parts.has("continue")
    if not bare or parts.excluded:
        return None
    own = tuple(s for s in parts.subjects if not talk.point.before(s.start, Way.NEGATED)) or parts.subjects
    own = own or parts.contexts[-1:]
    widened = talk.understood.query.subjects if talk.understood.query else ()
    subjects = tuple(next((w for w in widened if same(w, s.selector)), s.selector) for s in own)
    before = talk.before
    if before is not None and before.members is not None and not any(listed_before(talk, s) for s in subjects):
        held = _held_elsewhere(talk, own[0])
        if held is not None:
            return held
    listed = tuple(listed_before(talk, s) or s for s in subjects)
    if before is not None and len(before.subjects) > 1 and talk.point.before(own[0].start, Way.AGAINST):
        return talk.with_query(before.with_(subjects=(*before.subjects[:-1], *subjects), direction=""))
    return replaced(talk, subjects if before is None or before.members is None else listed)


def _held_elsewhere(talk: Talk, own: Subject) -> Understanding | None:
    """The old set question asked inside another holder (基本支出里最大的是哪项 → 那项目支出呢)."""
    old = talk.last.understanding.parts
    if not (old.contexts or old.subjects or old.projects):
        return None
    before = talk.before
    project = (own.selector.project,) if own.selector.project else ()
    held = members_of(
        replace(old, subjects=(), contexts=(own,), projects=project, linked=old.linked), talk.setting, default=False
    )
    if before is None or held is None:
        return None
    return talk.with_query(before.with_(members=held, whole=None))


# ---------------------------------------------------------------- nothing of its own

def _inherited(talk: Talk) -> Understanding | None:
    """No subject: 占比多少, 为什么, 换成元, 上年呢, 最大的是哪个."""
    parts, point, before = talk.parts, talk.point, talk.before
    if talk.named and not talk.lacking:
        return None
    if _stands_alone(talk):
        return None
    subjects = focused(talk)
    if point.own_topic and not talk.lacking:
        return _passage(talk, subjects)
    if before is not None and before.members is not None and not parts.attributes and not parts.has("reason", "use"):
        query = on_set(talk, before.members)
        noun = parts.noun()
        if query is not None and not (noun and noun.classification in _INNER):
            return talk.with_query(query)
    if not talk.asks and before is not None:
        changed = _axes_changed(talk, before)
        if changed is not None:
            return changed
    if not subjects:
        return None
    if parts.has("detail") or point.has(Way.ELABORATE):
        if not talk.asks:
            return _detailed(talk, subjects[0])
    inside = parts.has("max", "min", "list", "count", "mean", "which", "bottom")
    if inside and not parts.has("share", "compare_previous") and len(subjects) == 1:
        return again(talk, completed(talk, contexts=subjects))
    return again(talk, completed(talk, subjects))


def _stands_alone(talk: Talk) -> bool:
    """A set noun of its own, the body itself, a table or a document need no earlier subject."""
    parts, query = talk.parts, talk.understood.query
    if parts.has("refer") or talk.point.has(Way.INSIDE, Way.PLURAL):
        return False
    if parts.has("self") and not parts.has("continue"):
        return True
    if parts.tables or parts.documents or parts.projects:
        return bool(parts.projects or query is not None)
    noun = parts.noun()
    if query is not None and query.members is not None and noun is not None:
        inner = noun.classification in _INNER and any(s.project for s in focused(talk))
        return noun.classification is not None and not inner
    return False


def _passage(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """它主要覆盖哪些乡镇: words of its own about the old subject."""
    if not talk.parts.has("refer") or not subjects:
        return None
    subject = subjects[0]
    query = f"{subject.label}{talk.parts.linked.text}"
    return talk.with_query(None, TextNeed(Need.PASSAGE, query, subject.names, subject.project or ""))


def _axes_changed(talk: Talk, before: SemanticQuery) -> Understanding | None:
    """Another year, 口径 or unit for the old question."""
    parts = talk.parts
    if parts.excluded or talk.point.has(Way.ELABORATE) or parts.has("previous", "actual", "adjusted", "surplus"):
        return None
    unit = parts.unit or before.unit
    if parts.years or parts.has("now"):
        years = parts.years
        past = before.operation in (Operation.CHANGE, Operation.RATE)
        operation = Operation.VALUE if past else before.operation
        return talk.with_query(
            before.with_(
                operation=operation,
                subjects=tuple(_of_years(s, years) for s in before.subjects),
                members=_of_years(before.members, years) if before.members else None,
                whole=_of_years(before.whole, years) if before.whole else None,
                unit=unit,
            )
        )
    if parts.measures or parts.funds:
        subjects = tuple(
            s.narrowed(measures=parts.measures or s.measures, funds=parts.funds or s.funds) for s in before.subjects
        )
        return talk.with_query(before.with_(subjects=subjects, unit=unit)) if subjects else None
    if parts.unit or parts.has("convert"):
        if before.members is not None:
            shown = told(talk.last)
            return talk.with_query(SemanticQuery(Operation.VALUE, shown, unit=unit)) if shown else None
        if before.operation is Operation.SHARE:
            before = SemanticQuery(Operation.VALUE, before.subjects)
        return talk.with_query(before.with_(unit=unit))
    if parts.has("verify"):
        return replace(talk.understood, query=before, text=talk.last.understanding.text)
    return None


def _of_years(selector: Selector, years: tuple[int, ...]) -> Selector:
    """The same thing in other years; the words for this year's budget do not apply to them."""
    measures = selector.measures if selector.years and years else ()
    return selector.narrowed(years=years, measures=measures, table_kinds=(), table_numbers=())


def _detailed(talk: Talk, subject: Selector) -> Understanding:
    """详细说说: the overview of a project, what a total consists of, what an account is used for."""
    query = f"{subject.label}{talk.parts.linked.text}"
    if subject.project:
        text = TextNeed(Need.ATTRIBUTE, query, subject.names, subject.project, "项目概况")
        return talk.with_query(None, text)
    if _container(subject, talk.setting) is not None:
        members = members_of(completed(talk, contexts=(subject,)), talk.setting)
        return talk.with_query(SemanticQuery(Operation.LIST, members=members))
    return talk.with_query(None, TextNeed(Need.USE, query, subject.names))


_RULES = (
    returned, picked, remainder, together, onward, _added, _against, _within, _rescoped, _elaborated, _inherited,
)  # fmt: skip

__all__ = ["State", "Turn", "resolve"]
