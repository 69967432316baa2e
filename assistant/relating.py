"""A new subject beside or inside the old one (再加上X, 比X多多少, 其中X), and the old one under X's 口径 (X里的呢)."""

from __future__ import annotations

from dataclasses import replace

from assistant import sets
from assistant.completing import Talk, about, again, completed, focused, listed_before
from assistant.conversation import items, same
from assistant.pointing import Way
from assistant.query import TOGETHER, Operation, Selector, SemanticQuery
from assistant.semantics import Container, Setting
from assistant.sharing import OFFERED
from assistant.standing import Subject
from assistant.understanding import Understanding
from index.evidence import Classification

INNER = (
    Classification.PROCUREMENT, Classification.FUNDING, Classification.SPENDING_LINE, Classification.INDICATOR,
)  # fmt: skip
_ITEMIZED = (Classification.THREE_PUBLIC, Classification.PROJECT)
_CONTRASTS = (Operation.DIFFERENCE, Operation.COMPARISON)
_AMOUNT_ONLY = frozenset({"ask_amount", "filler", "polite", "continue", "what", "self", "now"})
_COMPARED = ("difference", "ratio", "more", "fewer", "change_up", "change_down", "compare", "sum", "mean")


def added(talk: Talk) -> Understanding | None:
    """再加上培训费呢: to what was told before."""
    subjects = talk.parts.subjects
    if not subjects or not talk.point.before(subjects[0].start, Way.ADDED):
        return None
    base = items(talk.last) or focused(talk)
    if not base:
        return None
    own = tuple(s.selector for s in talk.parts.subjects)
    return talk.with_query(SemanticQuery(Operation.SUM, (*base, *own), unit=talk.parts.unit))


def moved_by(talk: Talk) -> Understanding | None:
    """少了多少, after why one thing changed: by how much it did."""
    before = talk.before
    joint = before is not None and (len(before.subjects) == 1 or before.detail == TOGETHER)
    changed = before is not None and before.operation is Operation.CHANGE and joint
    if before is None or not changed or talk.named or not talk.parts.has("difference") or talk.parts.has("compare"):
        return None
    return talk.with_query(before.with_(unit=talk.parts.unit))


def against(talk: Talk) -> Understanding | None:
    """比印刷费多多少, 和培训费一共多少, 是差旅费的几倍: the old subject beside the new one, or beside itself under another
    口径 (比基本支出里的会议费多多少)."""
    parts = talk.parts
    if len(parts.subjects) != 1 or not all(c.scope_only for c in parts.contexts):
        return None
    if parts.has("compare_previous") or not parts.has(*_COMPARED) or talk.understood.text is not None:
        return None
    own, start = parts.subjects[0], min(s.start for s in (*parts.subjects, *parts.contexts))
    if not talk.point.before(start, Way.AGAINST) and not _with_pronoun(talk):
        return None
    if parts.contexts:
        label = f"{own.selector.label}（{'、'.join((*parts.measures, *parts.funds))}）"
        own = replace(own, selector=own.selector.narrowed(measures=parts.measures, funds=parts.funds, label=label))
        talk = replace(talk, parts=replace(parts, subjects=(own,), contexts=(), measures=(), funds=()))
    before = talk.before
    if before is not None and before.operation in _CONTRASTS and len(before.subjects) == 2 and not talk.asks:
        return talk.with_query(before.with_(subjects=(before.subjects[0], own.selector), direction=""))
    base = focused(talk)[:1]
    if not base or same(base[0], own.selector) and not parts.contexts:
        return None
    understood = again(talk, completed(talk, base))
    if understood.query is not None and understood.query.operation is Operation.VALUE:
        understood = replace(understood, query=understood.query.with_(operation=Operation.COMPARISON))
    return understood


def _with_pronoun(talk: Talk) -> bool:
    """ "养老保险和它哪个高": the pronoun right after the word that compares."""
    mentions = talk.parts.linked.mentions
    ends = {m.end for m in mentions if m.has("compare")}
    return talk.point.pronoun and any(m.has("refer") and m.start in ends for m in mentions)


def within(talk: Talk) -> Understanding | None:
    """其中扶贫占多少, 里面有培训费吗: the new subject inside the old one."""
    parts = talk.parts
    if not talk.point.has(Way.INSIDE) or not parts.subjects:
        return None
    holder = next(iter(focused(talk)), None)
    own = parts.subjects[0]
    listed = listed_before(talk, own.selector)
    if holder is None:
        return about(replace(talk, parts=replace(parts, subjects=parts.subjects[1:])), (listed,)) if listed else None
    container = container_of(holder, talk.setting)
    inner = container.classification if container else None
    if (held := part_of_project(talk, own)) is not None:
        own = replace(own, selector=held)
    elif own.scope_only and container is None:
        funds = tuple(m.sense.scope.fund for m in parts.linked.mentions if m.start == own.start and m.sense.scope)
        axes = {"funds": funds} if any(funds) else {"measures": own.selector.names}
        narrowed = _coded(holder, talk).narrowed(**axes)
        return talk.with_query(SemanticQuery(Operation.VALUE, (narrowed,), unit=parts.unit))
    else:
        own = replace(own, selector=_confined(own.selector, holder, container, talk.setting))
    inside = replace(talk, parts=replace(parts, subjects=(own, *parts.subjects[1:])))
    if parts.has("verify", "existence") and not parts.quantities and not parts.has("share", "change_down", "change_up"):
        return talk.with_query(SemanticQuery(Operation.EXISTENCE, (own.selector,)))
    if inner in INNER and any(m.has("ask_amount") and "钱" in m.text for m in parts.linked.mentions):
        return talk.with_query(SemanticQuery(Operation.VALUE, (own.selector,), unit=parts.unit))
    return again(inside, completed(inside, contexts=(holder,)))


def of_pronoun(talk: Talk) -> Understanding | None:
    """它要走政府采购的有多少: the part that the project talked about has of a total; 它的项目支出: the account talked
    about under another 口径."""
    holder, parts = next(iter(focused(talk)), None), talk.parts
    if holder is None or not talk.point.pronoun or len(parts.subjects) != 1 or parts.projects:
        return None
    own, query = parts.subjects[0], talk.understood.query
    if own.scope_only and query is not None and query.operation is Operation.VALUE and not holder.project:
        account = _coded(holder, talk)
        narrowed = account.narrowed(measures=own.selector.names, funds=(), table_numbers=())
        return talk.with_query(query.with_(subjects=(narrowed,))) if account is not holder else None
    if not holder.project:
        return None
    container = container_of(parts.subjects[0].selector, talk.setting)
    if container is None or container.classification not in INNER:
        return None
    return again(talk, completed(talk, contexts=(holder,)))


def part_of_project(talk: Talk, own: Subject) -> Selector | None:
    """After a total that every project has a part of (政府采购), a project means its part of it."""
    holder, project = next(iter(focused(talk)), None), own.selector.project
    container = container_of(holder, talk.setting) if holder is not None else None
    if container is None or container.classification not in INNER or not project:
        return None
    kind = container.classification
    return Selector(classifications=(kind,), project=project, label=f"{own.selector.label}的{kind}")


def of_told(talk: Talk) -> Understanding | None:
    """其中平台载体专项，占上面那个数的多少: the pronoun behind 占 is the whole, what is named before it the part."""
    parts, query = talk.parts, talk.understood.query
    share = next((m for m in parts.linked.mentions if m.has("share")), None)
    pointed = share is not None and any(m.has("refer") and m.start == share.end for m in parts.linked.mentions)
    own = tuple(s for s in parts.subjects if share is not None and s.end <= share.start)
    holder = next(iter(focused(talk)), None)
    if holder is None or not pointed or not own or len(own) < len(parts.subjects):
        return None
    inside = holder.project if Classification.PROJECT in holder.classifications else None
    subjects = tuple(s.selector if s.selector.project else s.selector.narrowed(project=inside) for s in own)
    if any(same(s, holder) for s in subjects):
        return None
    detail = TOGETHER if len(subjects) > 1 and parts.has("sum") else ""
    asked = query.unit if query is not None else ""
    return talk.with_query(SemanticQuery(Operation.SHARE, subjects, whole=holder, unit=asked, detail=detail))


def converted(talk: Talk) -> Understanding | None:
    """折合采购总额的百分之多少: what was told, as a share of the whole that is named."""
    parts, query = talk.parts, talk.understood.query
    if query is None or query.operation is not Operation.SHARE or query.whole is not None or len(parts.subjects) != 1:
        return None
    start = parts.subjects[0].start
    before = any(m.has("convert") and m.end == start for m in parts.linked.mentions)
    holder = focused(talk)[:1]
    if not before or not holder or same(holder[0], parts.subjects[0].selector):
        return None
    return talk.with_query(query.with_(subjects=holder, whole=parts.subjects[0].selector, detail=""))


def shared(talk: Talk) -> Understanding | None:
    """专项工作又占多少: of the whole that was spoken of, or of the total that is made of such things."""
    query, holder = talk.understood.query, next(iter(focused(talk)), None)
    if query is None or query.operation is not Operation.SHARE or query.whole is not None or not query.subjects:
        return None
    listed = tuple(listed_before(talk, s) for s in query.subjects)
    if all(s is not None and s.project for s in listed):
        return talk.with_query(query.with_(subjects=listed))
    before = talk.before
    if before is not None and before.operation is Operation.SHARE and before.whole is not None:
        kept = before.whole
        return None if any(same(kept, s) for s in query.subjects) else talk.with_query(query.with_(whole=kept))
    container = container_of(holder, talk.setting) if holder is not None else None
    if holder is None or container is None or same(query.subjects[0], holder):
        return None
    if container.classification in _ITEMIZED:
        return talk.with_query(query.with_(whole=holder, detail=query.detail or OFFERED))
    return talk.with_query(query.with_(whole=holder)) if container.classification in INNER else None


def _coded(holder: Selector, talk: Talk) -> Selector:
    """The same account under every name it is printed with, where its code is known."""
    rows = [f.row for f in talk.last.reply.figures if f.row is not None and f.row.subject in holder.names]
    row = next((r for r in rows if r.code), None)
    return holder if row is None else holder.narrowed(codes=(row.code,), classifications=(row.classification,))


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


def container_of(holder: Selector, setting: Setting) -> Container | None:
    """What a total consists of, if the thing is one."""
    return sets.container(holder.names, setting.semantics)


def rescoped(talk: Talk) -> Understanding | None:
    """基本支出里的呢: the old subject under another 口径 or inside something else."""
    parts, before = talk.parts, talk.before
    named = (*parts.contexts, *parts.subjects)
    only_scopes = bool(named) and all(s.scope_only for s in named)
    tailed = only_scopes and talk.point.follows(named[-1].end, Way.TAIL)  # 只看基本支出里的，又是多少
    inside = bool(parts.contexts) and not parts.subjects or len(named) == 1 and talk.point.ends(Way.TAIL)
    asks = talk.asks and not (tailed and parts.linked.cues() <= _AMOUNT_ONLY)
    if not (inside or tailed) or asks or before is None or not before.subjects:
        return None
    if tailed and all(any(same(s.selector, b) for b in before.subjects) for s in named):
        return None
    holder = named[-1].selector
    if any(same(holder, s) for s in before.subjects):
        return None
    container = container_of(holder, talk.setting)
    freed = (s.narrowed(measures=(), table_kinds=(), table_numbers=(), project=None) for s in before.subjects)
    subjects = tuple(_confined(s, holder, container, talk.setting) for s in freed)
    if tailed and parts.funds:
        subjects = tuple(s.narrowed(funds=parts.funds) for s in subjects)
    return talk.with_query(before.with_(subjects=subjects, unit=parts.unit or before.unit))
