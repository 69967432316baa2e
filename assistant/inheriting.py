"""A follow-up without a subject of its own: what it asks (占比多少, 为什么, 换成元, 上年呢) is asked of what was talked about."""

from __future__ import annotations

from dataclasses import replace

from assistant.budget_rules import of_final
from assistant.completing import Talk, added_up, again, completed, focused, on_set, text_about
from assistant.conversation import earlier, items, loosened, same, set_before, told
from assistant.pointing import Way
from assistant.query import AGAINST_BUDGET, Operation, Selector, SemanticQuery
from assistant.relating import INNER, container_of
from assistant.sets import members_of
from assistant.standing import lists
from assistant.understanding import Need, Understanding
from index.evidence import Classification
from index.numbers import MONEY_UNITS

_CONVERTING = {"convert", "ask_amount", "continue", "polite", "refer", "what", "filler"}


def inherited(talk: Talk) -> Understanding | None:
    """No subject: 占比多少, 为什么, 换成元, 上年呢, 最大的是哪个."""
    if talk.named and not talk.lacking or _stands_alone(talk):
        return None
    subjects = focused(talk)
    staged = talk.parts.has("adjusted", "actual", "surplus") and any(s.project for s in subjects)
    if talk.point.own_topic and not staged:
        return _passage(talk, subjects)
    for step in (
        _same_set,
        _between_stages,
        _between_years,
        _other_axes,
        _two_years,
        _originally,
        _detailed,
        _asked_of,
    ):
        if (found := step(talk, subjects)) is not None:
            return found
    return None


def _same_set(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """最小的呢, 一共多少: the set that was talked about."""
    parts, before, noun = talk.parts, talk.before, talk.parts.noun()
    members = before.members if before is not None else None
    if members is None and parts.has("max", "min") and not talk.point.has(Way.INSIDE, Way.TAIL):
        members = set_before(talk.state)
    if members is None or parts.attributes or parts.has("reason", "use") or _of_winner(talk):
        return None
    query = on_set(talk, members)
    if query is None or noun is not None and noun.classification in INNER:
        return None
    return talk.with_query(query)


def _of_winner(talk: Talk) -> bool:
    """它占X总额的百分之多少, after what is largest in X: of that one, not of the set."""
    ranked = talk.before is not None and talk.before.operation is Operation.RANK and talk.before.limit == 1
    return ranked and talk.point.pronoun and talk.parts.has("share") and talk.named


def _between_stages(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """比决算多出多少, after the budget of final accounts: the difference of the two stages."""
    parts, query = talk.parts, talk.last.understanding.query
    asked = "".join(query.subjects[0].measures) if query is not None and len(query.subjects) == 1 else ""
    other = {"预算": "actual", "实际支出": "budgeted"}.get(asked, "")
    if not of_final(talk.setting) or not other or not parts.has(other) or not parts.has("compare"):
        return None
    if not parts.has("difference", "change_any", "change_up", "change_down"):
        return None
    plain = tuple(s.narrowed(measures=(), stages=(), table_kinds=(), table_numbers=()) for s in subjects)
    return talk.with_query(SemanticQuery(Operation.CHANGE, plain, unit=parts.unit, detail=AGAINST_BUDGET))


def _between_years(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """跟2019年比呢, 比2019年少多少, 它是2019年的几倍: the thing against itself in another year."""
    parts, year = talk.parts, talk.setting.year
    compares = any(m.has("compare") and not lists(m.text) for m in parts.linked.mentions)
    if not subjects or len(parts.years) != 1 or not (compares or parts.has("ratio")):
        return None
    if parts.has("ratio") and subjects[0].years != parts.years:
        other = loosened(subjects[0]).narrowed(years=parts.years)
        return talk.with_query(SemanticQuery(Operation.RATIO, subjects[:1], whole=other))
    if parts.has("compare_previous", "share", "reason") or subjects[0].years == parts.years:
        return None
    subject, other = subjects[0], loosened(subjects[0]).narrowed(years=parts.years)
    if year is not None and not subject.years and parts.years == (year - 1,):
        return talk.with_query(SemanticQuery(Operation.CHANGE, (loosened(subject),), unit=parts.unit))
    return talk.with_query(SemanticQuery(Operation.DIFFERENCE, (subject, other), unit=parts.unit))


def _two_years(talk: Talk, subjects: tuple[Selector, ...]) -> Understanding | None:
    """减少了多少, after one thing in two years; 少了多少, after why it changed."""
    shown, before = items(talk.last), talk.before
    parts, pair = talk.parts, shown if len(shown) == 2 else earlier(talk.state)[-2:]
    if before is not None and before.operation is Operation.CHANGE and parts.has("difference") and not talk.named:
        return talk.with_query(before.with_(unit=parts.unit, detail=""))
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
            s.narrowed(
                measures=parts.measures or (() if parts.funds else s.measures),
                funds=parts.funds or s.funds,
                table_numbers=(),
            )
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
    if subject.project and talk.parts.has("adjusted", "actual", "surplus"):
        return None  # 也说说2020年预算和实际支出
    if subject.project:
        return talk.with_query(None, text_about(talk, subject, Need.ATTRIBUTE, "项目概况"))
    if container_of(subject, talk.setting) is not None:
        members = members_of(completed(talk, contexts=(subject,)), talk.setting)
        return talk.with_query(SemanticQuery(Operation.LIST, members=members))
    return talk.with_query(None, text_about(talk, subject, Need.USE))
