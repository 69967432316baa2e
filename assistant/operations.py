"""One decision a rule: parts of a question → a `SemanticQuery`, or None where the rule does not apply.

`RULES` are tried in order and the first that applies wins. They look at which operation words there are and how
the subjects stand to one another, never at a particular name.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant.budget_rules import against_budget, completion
from assistant.cases import per_case
from assistant.change_rules import adjusted, change, changes, changes_compared, gap_of_stages
from assistant.derived import derived
from assistant.parts import Parts
from assistant.query import ENDS, REMAINDER, SUM_AGAINST, Condition, Operation, Selector, SemanticQuery
from assistant.semantics import Setting, grammar_words
from assistant.set_rules import breakdown, count, described, ends, heads, listing, mean, rank, together, total
from assistant.sets import container, members_of
from assistant.share_rules import share
from assistant.standing import Subject, lists
from assistant.text_terms import load
from index.evidence import Classification, Dimension
from index.numbers import Quantity, format_decimal


def _selectors(parts: Parts) -> tuple[Selector, ...]:
    return tuple(s.selector for s in parts.subjects)


_BESIDE = 4  # characters between a year and what it dates


def ratio(parts: Parts, setting: Setting) -> SemanticQuery | None:
    if not parts.has("ratio") or (len(parts.subjects) < 2 and not parts.contexts):
        return None
    everything = _selectors(parts) if len(parts.subjects) >= 2 else (parts.contexts[0].selector, *_selectors(parts))
    return SemanticQuery(Operation.RATIO, subjects=everything[:1], whole=everything[1])


def _measured(parts: Parts) -> bool:
    """每天能处理多少吨: a capacity that is printed, no quotient."""
    return any(f"{word}{unit}" in parts.linked.text for unit in load().measured for word in ("多少", "几"))


def per_unit(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """人均, 每月, 每天: a figure divided by heads or by a span of time."""
    if parts.has("share", "rate") and len(parts.subjects) + len(parts.contexts) > 1:
        return None  # 基本支出里花在人头上的占多少
    people = {name for s in setting.semantics.synonyms if s.heads for name in s.names}
    among = [s for s in parts.subjects if people & set(s.selector.names)]
    others = [s for s in parts.subjects if s not in among]
    if among and len(others) == 1 and parts.has("mean", "divide", "per_head"):  # 按在职人头平摊
        dated = any(0 <= among[0].start - m.end <= _BESIDE for m in parts.linked.mentions if m.year is not None)
        shared = others[0].selector.narrowed(years=()) if dated else others[0].selector  # 2020年底的离退休人数
        return SemanticQuery(
            Operation.RATIO, subjects=(shared,), detail="per_head", whole=among[0].selector.narrowed(table_numbers=())
        )
    if _stated_heads(parts) or parts.has("what") and not parts.has("ask_amount"):
        return None  # 摊到14个人头上; 每月要编印的是什么刊物
    for cue in ("per_head", "per_month", "per_day"):
        if parts.has(cue) and parts.subjects and not parts.has("list") and not _measured(parts):
            figure = parts.subjects[0]
            later = all(m.start > figure.end for m in parts.linked.mentions if m.year is not None)
            selector = figure.selector.narrowed(years=()) if later else figure.selector  # 2020年末的人数
            each = cue != "per_head" and len(parts.subjects) > 1
            subjects = _selectors(parts) if each else (selector,)
            return SemanticQuery(Operation.RATIO, subjects=subjects, detail=cue, whole=None if each else _heads(parts))
    return None


def _stated_heads(parts: Parts) -> list[Quantity]:
    """The numbers of things that a question itself states, other than one."""
    counted = [m.quantity for m in parts.quantities if m.quantity and m.quantity.dimension is Dimension.COUNT]
    spoken = [Quantity(Decimal(m.counter), "个", Dimension.COUNT) for m in parts.linked.mentions if m.counter]
    return [quantity for quantity in (*counted, *spoken) if quantity.value != 1]


def divided(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """十万元的运行维护费摊到三辆车上, 每辆车摊多少: a figure divided by a number of things that the question states,
    or that the document counts."""
    counts = [q for m in parts.quantities if (q := m.quantity) and q.dimension is Dimension.COUNT]
    stated = _stated_heads(parts)
    noun = parts.noun(Classification.QUANTITY)
    each = counts[0].unit if counts else noun.unit if noun is not None and parts.has("divide") else ""
    if not parts.has("divide", "mean") or not parts.subjects or not each or len(stated) > 1:
        return None
    if not stated:  # 每辆车: by as many as the document counts
        things = Selector(classifications=(Classification.QUANTITY,), label=each)
        things = things.narrowed(documents=parts.documents or setting.documents)
        return SemanticQuery(Operation.RATIO, subjects=_selectors(parts)[:1], whole=things, detail="per_thing")
    by = Condition("=", stated[0].stored, f"{format_decimal(stated[0].value)}{stated[0].unit}")
    return SemanticQuery(Operation.RATIO, subjects=_selectors(parts)[-1:], claim=by, detail="per_count")


def _heads(parts: Parts) -> Selector | None:
    return parts.subjects[1].selector if len(parts.subjects) > 1 else None


def execution(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """执行率: what was spent against what was budgeted, or against the adjusted budget where that is named."""
    if not parts.has("execution_rate") or not (parts.subjects or parts.contexts):
        return None
    subject = (*parts.subjects, *parts.contexts)[0].selector
    budget = "调整后预算" if parts.has("adjusted") else "预算"
    return SemanticQuery(
        Operation.SHARE,
        subjects=(subject.narrowed(measures=("实际支出",)),),
        whole=subject.narrowed(measures=(budget,), label=f"{subject.label}{budget}"),
    )


def excluding(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """总额扣除X: a difference; 除X外其余: a set without X."""
    if not parts.excluded:
        return None
    if parts.has("sum") and len(parts.subjects) > 1:
        return None  # 不算A，B和C一共
    holders = [*parts.contexts, *parts.subjects]
    set_like = _own_nouns(parts) or parts.has("max", "min", "list", "mean", "top")
    if holders and not set_like:
        return SemanticQuery(
            Operation.DIFFERENCE,
            subjects=_without_parts(_before_tables(holders[0], parts), parts.excluded, setting),
            detail=REMAINDER,
        )
    return None


def _own_nouns(parts: Parts) -> bool:
    """Is a set described, beyond the kind of thing that is taken out (把扶贫这一个项目刨掉)?"""
    called = {place for e in parts.excluded for place in (e.start, e.end)}
    called |= {m.end for m in parts.linked.mentions if m.start in called and (m.counter or m.has("refer"))}
    return any(n.start not in called for n in parts.nouns)


def _before_tables(whole: Subject, parts: Parts) -> Subject:
    """A table named only behind what is taken out is where to look for the rest (…，余下的是表6哪一行)."""
    tables = [m.start for m in parts.linked.mentions if m.table or m.sense.table]
    behind = bool(tables) and min(tables) > max(e.end for e in parts.excluded)
    return replace(whole, selector=whole.selector.narrowed(table_numbers=())) if behind else whole


def _without_parts(whole: Subject, excluded: tuple[Subject, ...], setting: Setting) -> tuple[Selector, ...]:
    """A figure and what is taken out of it; a 口径 taken out of an account is its part there
    (商品和服务支出扣掉基本支出里的那部分)."""
    own = whole.selector.narrowed(exclude=())
    total_ = container(own.names, setting.semantics) is not None
    if total_ or whole.scope_only or not all(e.scope_only for e in excluded):
        return (own, *(e.selector for e in excluded))
    own = own.narrowed(measures=(), table_numbers=())
    taken = (own.narrowed(measures=e.selector.names[:1], funds=(), label=f"{own.label}（{e.typed}）") for e in excluded)
    return (own, *taken)


def readings_apart(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """总表里X是841.08万，表6只有772.08万，差多少: two figures of one thing that the question itself tells apart."""
    stated = [(m.text, q) for m in parts.quantities if (q := m.quantity) and q.dimension is Dimension.MONEY]
    told_apart = parts.has("scope_asked")
    apart = parts.has("difference", "reason", "contradiction", "equal") or told_apart
    if len(parts.subjects) != 1 or len(stated) != 2 or not apart or stated[0][1] == stated[1][1]:
        return None
    subject = parts.subjects[0].selector.narrowed(measures=(), funds=(), table_numbers=())
    told = (Condition("=", q.stored, text) for text, q in stated)
    operation = Operation.VALUE if told_apart and not parts.has("difference") else Operation.DIFFERENCE
    return SemanticQuery(operation, subjects=tuple(subject.narrowed(conditions=(c,)) for c in told))


_SYSTEMS = frozenset({Classification.FUNCTIONAL, Classification.ECONOMIC})


def across(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """功能科目X在经济分类里是哪两个科目: the account of that name there, and the one that has the very rest."""
    kinds = {m.sense.noun.classification for m in parts.nouns if m.sense.noun} & _SYSTEMS
    plain = parts.has("which", "what", "list") and not parts.has("max", "min", "share", "rate")
    if not kinds or not plain or any(s.scope_only for s in parts.subjects):
        return None
    apart_at = parts.at("equal", "difference")
    behind = any(m.start > apart_at >= 0 for m in parts.nouns) and not parts.has("more", "fewer")
    missing = len(parts.subjects) == 2 and behind and parts.has("which")
    if missing or (len(kinds) > 1 and len(parts.subjects) == 1):
        apart = (s.narrowed(table_numbers=(), measures=(), funds=()) for s in _selectors(parts))
        return SemanticQuery(Operation.DIFFERENCE, subjects=tuple(apart), detail=REMAINDER)
    return None


def between(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A比B多多少; A和B哪个多; A与B相差多少; 同一项的两个数相减."""
    if (whole := _whole_before(parts, setting)) is not None:
        return SemanticQuery(Operation.DIFFERENCE, subjects=(whole, *_selectors(parts)))
    if len(parts.subjects) == 1 and parts.has("difference") and not changes(parts) and not parts.contexts:
        return SemanticQuery(Operation.DIFFERENCE, subjects=_selectors(parts))
    if len(parts.subjects) < 2:
        return None
    selectors = _selectors(parts)
    if len(selectors) > 2 and parts.has("difference") and parts.has("max") and parts.has("min"):
        return SemanticQuery(Operation.DIFFERENCE, subjects=selectors, detail=ENDS)
    counted = [m for m in parts.linked.mentions if m.head_unit or m.has("count")]
    more_heads = parts.has("compare") and any(
        parts.linked.text[: m.start].endswith(grammar_words("more")) for m in counted
    )
    if parts.has("difference") and (first := _together(parts)) > 1:
        return SemanticQuery(
            Operation.COMPARISON, subjects=selectors[:first], whole=selectors[first], detail=SUM_AGAINST
        )
    if (
        parts.has("difference")
        or more_heads
        or (parts.has("compare") and parts.has("change_down", "change_up") and not parts.has("compare_previous"))
    ):
        return SemanticQuery(Operation.DIFFERENCE, subjects=selectors) if _one_against(parts) else None
    bound = next((c for c in ("more_than", "less_than") if parts.has(c)), "")
    if bound and parts.quantities and parts.has("sum"):
        return None  # 两项加起来超过30万没有: a sum against an amount
    least = any(m.has(bound) and m.has("bound_included") for m in parts.linked.mentions)
    if least and sum(m.has("ask_amount") for m in parts.linked.mentions) > 1:
        return None  # A至少多少，B又要多少: each is asked for
    if bound and not parts.quantities and parts.subjects[0].start < parts.at(bound) < parts.subjects[1].start:
        if parts.has("ask_amount"):
            return SemanticQuery(Operation.DIFFERENCE, subjects=selectors)
        return SemanticQuery(Operation.COMPARISON, subjects=selectors, detail=bound)
    if parts.has("more", "fewer", "max", "min") or (parts.has("which") and parts.has("compare")):
        return SemanticQuery(Operation.COMPARISON, subjects=selectors)
    if parts.has("equal") and not parts.has("share"):
        if len(selectors) > 2 and parts.has("sum"):
            return SemanticQuery(Operation.COMPARISON, subjects=selectors[:-1], whole=selectors[-1], detail="equal")
        return SemanticQuery(Operation.COMPARISON, subjects=selectors, detail="equal")
    return None


def _one_against(parts: Parts) -> bool:
    """Are there two things, or one before the word that compares it with the others together (水费比电费和邮电费多多少;
    水费和电费、邮电费合计比)?"""
    against = [m for m in parts.linked.mentions if m.has("compare") and not lists(m.text)]
    first, second, *rest = parts.subjects
    others = zip((second, *rest), rest, strict=False)
    joined = all(lists(parts.linked.text[one.end : other.start]) for one, other in others)
    told_before = all(s.via == "history" for s in parts.subjects)  # taken over from the clause that set them apart
    return (
        not rest
        or told_before
        or parts.has("sum")
        or joined
        and any(first.end <= m.start < second.start for m in against)
    )


def _together(parts: Parts) -> int:
    """How many things stand before the word that compares them with the one behind it (水费和电费比办公费多多少)."""
    against = [m.start for m in parts.linked.mentions if m.has("compare") and not lists(m.text)]
    before = [s for s in parts.subjects if against and s.end <= against[0]]
    return len(before) if len(parts.subjects) == len(before) + 1 else 0


def _whole_before(parts: Parts, setting: Setting) -> Selector | None:
    """要花的总额比财政拨款多出多少: the whole budget, called by nothing but a word for a sum."""
    compare = parts.at("compare")
    if len(parts.subjects) != 1 or parts.contexts or not parts.has("difference") or parts.subjects[0].start < compare:
        return None
    if not any(m.has("sum") and m.end <= compare for m in parts.linked.mentions):
        return None
    names = setting.semantics.total_names
    return Selector(names=names, documents=parts.documents or setting.documents, label="总预算")


def existence(parts: Parts, setting: Setting) -> SemanticQuery | None:
    if not parts.has("existence") or parts.has("surplus"):
        return None
    noun = parts.noun(Classification.PROCUREMENT, Classification.INDICATOR, Classification.FUNDING)
    if noun is not None and parts.projects:
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting))
    if parts.subjects and parts.subjects[-1].scope_only and len(parts.subjects) > 1:
        measure = next(
            (
                m.sense.scope.measure
                for m in parts.linked.mentions
                if m.sense.scope and m.start == parts.subjects[-1].start
            ),
            "",
        )
        narrowed = parts.subjects[0].selector.narrowed(measures=(measure,) if measure else ())
        return SemanticQuery(Operation.EXISTENCE, subjects=(narrowed,))
    if parts.subjects:
        return SemanticQuery(Operation.EXISTENCE, subjects=_selectors(parts))
    return None


def stage_of(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """预算数还是决算数: the figure with its stage."""
    if not parts.has("which_stage") or not parts.subjects:
        return None
    return SemanticQuery(Operation.VALUE, subjects=tuple(s.narrowed(measures=()) for s in _selectors(parts)))


def procured(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A total asked inside a project (扶贫开发项目的采购金额): the sum of its lines there."""
    project = parts.projects[0] if parts.projects else ""
    inside = [s for s in parts.subjects if not s.selector.classifications]
    if not project or len(inside) != 1 or parts.has("share", "rate"):
        return None
    known = container(inside[0].selector.names, setting.semantics)
    if known is None or known.classification is not Classification.PROCUREMENT:
        return None
    members = Selector(classifications=(known.classification,), project=project, label=f"{project}的政府采购计划")
    operation = Operation.LIST if parts.has("existence", "list", "which", "what") else Operation.SUM
    return SemanticQuery(operation, members=members)


def value(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A figure by its name."""
    inner = parts.noun(Classification.PROCUREMENT, Classification.FUNDING)
    if inner is not None and len(parts.projects) == 1 and all(s.selector.classifications for s in parts.subjects):
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting), then=Operation.SUM)
    bought = parts.has("what", "list") and not parts.has("ask_amount", "definition")
    plain = [s for s in parts.subjects if s.via in ("exact", "history")]
    if bought and len(plain) == 1 and container(plain[0].selector.names, setting.semantics):
        return SemanticQuery(Operation.LIST, members=members_of(replace(parts, subjects=tuple(plain)), setting))
    if (inside := _inside_project(parts)) is not None:
        return SemanticQuery(Operation.VALUE, subjects=inside)
    if parts.subjects:
        return SemanticQuery(Operation.VALUE, subjects=_selectors(parts))
    if parts.contexts:
        return SemanticQuery(Operation.VALUE, subjects=tuple(c.selector for c in parts.contexts[-1:]))
    return None


def _inside_project(parts: Parts) -> tuple[Selector, ...] | None:
    """总值班室工作的投入构成：培训费、办公费各列了几万: what stands behind a colon is inside the project before it."""
    first, *rest = parts.subjects or (None,)
    if first is None or not rest or not first.selector.project or not parts.has("list"):
        return None
    opened = "：" in parts.linked.text[first.end : rest[0].start]
    if not opened or any(s.selector.project for s in rest):
        return None
    return tuple(s.selector.narrowed(project=first.selector.project) for s in rest)


RULES = (
    derived, per_case, completion, against_budget, execution, stage_of, procured, excluding, gap_of_stages, changes_compared,
    adjusted, across, readings_apart, per_unit, divided, share,
    ratio, change, together, ends, between, rank, mean, count, heads, total, breakdown, listing, existence, value, described,
)  # fmt: skip
