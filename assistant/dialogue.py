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
    again,
    listed_before,
    quieted,
    replaced,
)
from assistant.conversation import State, Turn, same
from assistant.inheriting import inherited
from assistant.parts import Parts
from assistant.pointing import Way, dangling, pointing
from assistant.query import Operation, Selector, SemanticQuery
from assistant.referring import missing, onward, picked, remainder, returned, sourced, together
from assistant.relating import (
    added,
    against,
    converted,
    moved_by,
    of_pronoun,
    of_told,
    part_of_project,
    rescoped,
    shared,
    within,
)
from assistant.semantics import Setting
from assistant.sets import members_of
from assistant.standing import Subject
from assistant.understanding import Need, Understanding, understand
from index.evidence import Classification


def resolve(parts: Parts, understood: Understanding, state: State, setting: Setting) -> Understanding:
    """The understanding of a question in its conversation. `missing` is set where it points at nothing."""
    parts, understood = _dated(parts, understood, state, setting)
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


def _dated(parts: Parts, understood: Understanding, state: State, setting: Setting) -> tuple[Parts, Understanding]:
    """再往前一年: the year before the one that was asked of last."""
    query = state.last.query if state.last is not None else None
    told = {year for s in (query.subjects if query is not None else ()) for year in s.years}
    if not told or parts.years or not parts.has("year_earlier"):
        return parts, understood
    parts = replace(parts, years=(min(told) - 1,))
    return parts, understand(parts, setting)


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


_RULES = (
    _answered, sourced, returned, of_told, converted, picked, remainder, moved_by, together, onward, added, against, within, of_pronoun, shared, rescoped,
    _elaborated, inherited,
)  # fmt: skip

__all__ = ["State", "Turn", "chosen", "resolve"]
