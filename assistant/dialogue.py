"""Follow-ups: what a question leaves out is taken from the conversation.

The rules are tried in order; the first that applies wins. A question that names its own subject and says what it wants
is complete and drops the old subject. Everything that is pointed at becomes a subject of the completed question, which
is then understood like any other; so a follow-up can ask whatever a whole question can.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Status
from assistant.completing import (
    Talk,
    added_up,
    again,
    completed,
    focused,
    listed_before,
    on_set,
    quieted,
    replaced,
    text_about,
)
from assistant.conversation import State, Turn, earlier, items, loosened, same, set_before, told
from assistant.parts import Parts
from assistant.pointing import Way, dangling, pointing
from assistant.query import Operation, Selector, SemanticQuery
from assistant.referring import missing, onward, picked, remainder, returned, sourced, together
from assistant.relating import INNER, added, against, container_of, moved_by, part_of_project, rescoped, shared, within
from assistant.semantics import Setting
from assistant.sets import members_of
from assistant.standing import Subject
from assistant.understanding import Need, Understanding
from index.evidence import Classification
from index.numbers import MONEY_UNITS

_CONVERTING = {"convert", "ask_amount", "continue", "polite", "refer", "what", "filler"}


def resolve(parts: Parts, understood: Understanding, state: State, setting: Setting) -> Understanding:
    """The understanding of a question in its conversation. `missing` is set where it points at nothing."""
    if state.last is not None:
        talk = Talk(parts, understood, pointing(parts.linked), state, state.last, setting)
        for rule in () if _audits(talk) else _RULES:
            found = rule(talk)
            if found is not None:
                return replace(found if talk.point.own_topic else quieted(found), follows=True)
    incomplete = understood.query is None or not (understood.query.subjects or _own_set(understood))
    unnamed = understood.text is None or not (understood.text.names or understood.text.project)
    if dangling(parts) and incomplete and unnamed and not _antecedent(parts):
        return replace(understood, missing=missing(parts))
    return understood


def _antecedent(parts: Parts) -> bool:
    """Does the question itself name, before its pronoun, what that stands for?"""
    pronoun = parts.at("refer")
    return any(m.start < pronoun and (m.sense.attribute or m.sense.noun or m.table) for m in parts.linked.mentions)


def _audits(talk: Talk) -> bool:
    """A question about what the document contradicts is understood by its own words."""
    text = talk.understood.text
    return text is not None and text.need is Need.CONTRADICTION and not talk.point.pronoun


def chosen(parts: Parts, state: State) -> str | None:
    """The choice of a clarifying question that the next one picks, by its number or by a name in it."""
    last = state.last
    if last is None or last.reply.status is not Status.CLARIFY or not last.reply.choices:
        return None
    choices, point = last.reply.choices, pointing(parts.linked)
    mark = next((m for m in parts.linked.mentions if m.position is not None), None)
    if mark is not None and mark.position is not None and 0 < mark.position <= len(choices):
        return choices[-mark.position] if mark.reverse else choices[mark.position - 1]
    if point.has(Way.LATTER):
        return choices[-1]
    names = {m.text for m in parts.linked.mentions if m.sense.names or m.sense.project or m.sense.scope}
    names |= {*parts.projects, *(n for s in parts.subjects for n in s.selector.names)}
    scored = [(sum(len(n) for n in names if n in choice), choice) for choice in choices]
    best = max(score for score, _ in scored)
    picked = [choice for score, choice in scored if score == best]
    return picked[0] if best and len(picked) == 1 and not parts.has("ask_amount", "share", "compare_previous") else None


def _own_set(understood: Understanding) -> bool:
    query = understood.query
    return query is not None and query.members is not None and bool(understood.parts.nouns or understood.parts.tables)


def _answered(talk: Talk) -> Understanding | None:
    """The name that was asked back for, put into the question that lacked it."""
    query = talk.understood.query
    if not talk.last.understanding.missing or not talk.parts.subjects or query is None:
        return None
    if query.operation is not Operation.VALUE or talk.parts.attributes:
        return None
    return replaced(talk, query.subjects)


# ---------------------------------------------------------------- another subject


def _elaborated(talk: Talk) -> Understanding | None:
    """那项目支出呢: another subject for the old question."""
    parts = talk.parts
    if not talk.named and parts.nouns and not talk.asks and not talk.point.own_topic:
        return _of_kind(talk)
    if not talk.named or talk.asks or talk.point.own_topic:
        return None
    converts = parts.has("convert") and not parts.unit
    onward = parts.has("continue") or converts or talk.point.pronoun or talk.point.has(Way.NEGATED)
    if parts.excluded or not onward and not _only_named(talk):
        return None
    own = tuple(s for s in parts.subjects if not talk.point.before(s.start, Way.NEGATED)) or parts.subjects
    own = own or parts.contexts[-1:]
    widened = talk.understood.query.subjects if talk.understood.query else ()
    subjects = tuple(next((w for w in widened if same(w, s.selector)), s.selector) for s in own)
    before = talk.before
    held = part_of_project(talk, own[0]) if len(own) == 1 else None
    if held is not None:
        return talk.with_query(SemanticQuery(Operation.VALUE, (held,), unit=parts.unit))
    if before is not None and before.members is not None and not any(listed_before(talk, s) for s in subjects):
        elsewhere = _held_elsewhere(talk, own[0])
        if elsewhere is not None:
            return elsewhere
    listed = tuple(listed_before(talk, s) or s for s in subjects)
    return replaced(talk, subjects if before is None or before.members is None else listed, axes=onward)


def _only_named(talk: Talk) -> bool:
    """Nothing but a name, after a question that wanted more than a figure."""
    mentions, before = talk.parts.linked.mentions, talk.before
    plain = all(m.sense.names or m.sense.project or m.has("polite", "self", "now", "filler") for m in mentions)
    return plain and before is not None and before.operation is not Operation.VALUE or plain and before is None


def _of_kind(talk: Talk) -> Understanding | None:
    """那项目的呢: a word for a set stands for the total of it, or for another set to list or count."""
    noun, before = talk.parts.noun(), talk.before
    if noun is not None and noun.classification is Classification.QUANTITY:
        return again(talk, replace(talk.parts, head_unit=noun.unit))
    if noun is None or before is None:
        return None
    if before.members is not None:
        members = members_of(talk.parts, talk.setting, default=False)
        return talk.with_query(before.with_(members=members, whole=None)) if members is not None else None
    total = next((c for c in talk.setting.semantics.containers if c.classification is noun.classification), None)
    if total is None or noun.level is not None or talk.point.pronoun or not before.subjects:
        return None
    return replaced(talk, (Selector(names=total.names, label=total.names[0]),))


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
    if talk.named and not talk.lacking or _stands_alone(talk):
        return None
    subjects = focused(talk)
    staged = talk.parts.has("adjusted", "actual", "surplus") and any(s.project for s in subjects)
    if talk.point.own_topic and not staged:
        return _passage(talk, subjects)
    for step in (_same_set, _between_years, _other_axes, _two_years, _originally, _detailed, _asked_of):
        if (found := step(talk, subjects)) is not None:
            return found
    return None


def _same_set(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """最小的呢, 一共多少: the set that was talked about."""
    parts, before, noun = talk.parts, talk.before, talk.parts.noun()
    members = before.members if before is not None else None
    if members is None and parts.has("max", "min") and not talk.point.has(Way.INSIDE, Way.TAIL):
        members = set_before(talk.state)
    if members is None or parts.attributes or parts.has("reason", "use"):
        return None
    query = on_set(talk, members)
    if query is None or noun is not None and noun.classification in INNER:
        return None
    return talk.with_query(query)


def _between_years(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """跟2019年比呢, 比2019年少多少: the thing against itself in another year."""
    parts, year = talk.parts, talk.setting.year
    if not subjects or len(parts.years) != 1 or not parts.has("compare"):
        return None
    if parts.has("compare_previous", "share", "reason") or subjects[0].years == parts.years:
        return None
    subject, other = subjects[0], loosened(subjects[0]).narrowed(years=parts.years)
    if year is not None and not subject.years and parts.years == (year - 1,):
        return talk.with_query(SemanticQuery(Operation.CHANGE, (loosened(subject),), unit=parts.unit))
    return talk.with_query(SemanticQuery(Operation.DIFFERENCE, (subject, other), unit=parts.unit))


def _two_years(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """减少了多少, after one thing in two years."""
    shown = items(talk.last)
    parts, pair = talk.parts, shown if len(shown) == 2 else earlier(talk.state)[-2:]
    if not parts.has("change_up", "change_down", "change_any") or parts.has("compare_previous", "previous", "reason"):
        return None
    if len(pair) < 2 or not same(*pair) or pair[0].years == pair[1].years:
        return None
    return talk.with_query(SemanticQuery(Operation.DIFFERENCE, pair, unit=parts.unit))


def _originally(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """原来是多少, after a change: the year before."""
    before, year = talk.before, talk.setting.year
    if not subjects or before is None or year is None or not talk.point.has(Way.ORIGINAL):
        return None
    if before.operation not in (Operation.CHANGE, Operation.RATE):
        return None
    dated = replace(talk, parts=replace(talk.parts, years=(year - 1,)))
    return again(dated, completed(dated, subjects))


def _asked_of(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """Any other question, asked of the old subject or of what it consists of."""
    if not subjects:
        return None
    inside = talk.parts.has("max", "min", "list", "count", "mean", "which", "bottom")
    if inside and not talk.parts.has("share", "compare_previous") and len(subjects) == 1:
        return again(talk, completed(talk, contexts=subjects))
    return added_up(talk, again(talk, completed(talk, subjects)))


def _stands_alone(talk: Talk) -> bool:
    """A set noun of its own, the body itself, a table or a document need no earlier subject."""
    parts, query, text = talk.parts, talk.understood.query, talk.understood.text
    if text is not None and text.need is Need.CALCULATION and parts.quantities:
        return not _told_before(talk)
    if talk.point.pronoun or talk.point.has(Way.INSIDE, Way.PLURAL) and not parts.attributes:
        return False
    if parts.has("self") and not parts.has("continue"):
        return True
    if own := set(parts.projects) - {e.selector.project for e in parts.excluded}:
        return bool(own)
    if (parts.tables or parts.documents or any(m.sense.table for m in parts.linked.mentions)) and talk.asks:
        return True
    kinds = {n.sense.noun.classification for n in parts.nouns if n.sense.noun}
    if parts.attributes:
        every = parts.has("list", "which") and not talk.point.has(Way.PLURAL)
        return every or not any(s.project for s in focused(talk))
    if query is not None and query.members is not None and kinds:
        inner = kinds <= set(INNER) and any(s.project for s in focused(talk))
        lines = kinds == {Classification.SPENDING_LINE} and bool(focused(talk))
        return kinds != {None} and not inner and not lines
    return False


def _told_before(talk: Talk) -> bool:
    """Is an amount of the question one that the last answer told (那8万怎么算出来的)?"""
    amounts = {(f.dimension, f.amount * MONEY_UNITS.get(f.unit, 1)) for f in talk.last.reply.figures}
    asked = (m.quantity for m in talk.parts.quantities if m.quantity is not None)
    return any((q.dimension, q.value) in amounts for q in asked)


def _passage(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """它主要覆盖哪些乡镇: words of its own about the old subject."""
    if not talk.point.pronoun or not subjects:
        return None
    return talk.with_query(None, text_about(talk, subjects[0], Need.PASSAGE))


def _other_axes(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """Another year, 口径 or unit for the old question."""
    parts, before = talk.parts, talk.before
    only_unit = bool(parts.unit) and parts.linked.cues() <= _CONVERTING
    if before is None or talk.asks and not only_unit:
        return None
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
            s.narrowed(measures=parts.measures or (() if parts.funds else s.measures), funds=parts.funds or s.funds)
            for s in before.subjects
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


def _detailed(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """详细说说: the overview of a project, what a total consists of, what an account is used for."""
    if not subjects or talk.asks or not (talk.parts.has("detail") or talk.point.has(Way.ELABORATE)):
        return None
    subject = subjects[0]
    if subject.project:
        return talk.with_query(None, text_about(talk, subject, Need.ATTRIBUTE, "项目概况"))
    if container_of(subject, talk.setting) is not None:
        members = members_of(completed(talk, contexts=(subject,)), talk.setting)
        return talk.with_query(SemanticQuery(Operation.LIST, members=members))
    return talk.with_query(None, text_about(talk, subject, Need.USE))


_RULES = (
    _answered, sourced, returned, picked, remainder, moved_by, together, onward, added, against, within, shared, rescoped,
    _elaborated, _inherited,
)  # fmt: skip

__all__ = ["State", "Turn", "chosen", "resolve"]
