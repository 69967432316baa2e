"""Shares: a part of a whole that is named, or of what it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import figures as fig
from assistant.answer import Citation, Status
from assistant.executing import FactRow
from assistant.figures import Figure, of_statement
from assistant.gathering import all_figures, of_figures
from assistant.query import EITHER, TOGETHER, Operation, Selector, SemanticQuery
from assistant.question import fold
from assistant.reply import Reply, join
from assistant.resolving import Resolver
from assistant.scoping import PARTS, scope_label
from assistant.semantics import Container, Semantics
from assistant.sets import container
from assistant.values import value
from index.evidence import Classification, Dimension, StatementKind
from index.prose.terms import terms as prose_terms

_WHOLE = 100  # per cent
_WHOLE_AND_PARTS = 3
OFFERED = (
    "前文的整体"  # detail of a SHARE: the whole was spoken of before, and holds where the part is one of its items
)


def share(query: SemanticQuery, resolver: Resolver, semantics: Semantics) -> Reply:
    """Part ÷ whole; without a stated whole, of what the part belongs to and of the total."""
    if query.detail == TOGETHER and len(query.subjects) > 1:
        return _joint_share(query, resolver, semantics)
    query = _part_first(query)
    if query.detail == EITHER:
        query = _smaller_first(query, resolver)
    if query.detail == OFFERED and not _is_item(query, resolver, semantics):
        query = query.with_(whole=None)
    query = _parts_of_first(query, resolver)
    replies: list[Reply] = []
    for selector in query.subjects:
        part = resolver.figure(selector)
        if query.whole is not None and part is not None and part.dimension is Dimension.MONEY:
            part = resolver.aligned(selector, query.whole)[0] or part
        part = _inside(part, query.whole, resolver)
        counted = _all_counted(part, selector, resolver) if query.whole is None else None
        unlike = query.whole is None and part is not None and part.dimension is not Dimension.MONEY and not counted
        if part is None or unlike or part.dimension is Dimension.PERCENT:
            replies.append(value(query.with_(operation=Operation.VALUE, subjects=(selector,)), resolver))
            continue
        wholes = (
            [w]
            if (w := query.whole or counted)
            else default_wholes(part, selector, semantics, tuple(resolver.catalog.by_name))
        )
        wholes = [_spent_of(w, part, resolver) for w in wholes]
        lines: list[str] = []
        shown: set[str] = set()
        figures: list[Figure] = []
        cites: list[Citation] = list(part.citations)
        for whole_selector in wholes:
            whole = resolver.figure(matching(whole_selector, part, resolver))
            if query.whole is not None and whole is not None and whole.dimension is not part.dimension:
                return value(query.with_(operation=Operation.VALUE, subjects=(query.whole,), whole=None), resolver)
            if whole is None or not whole.amount:
                continue
            told = (part.label, part.amount) == (whole.label, whole.amount) or whole.label in shown
            if told:
                continue
            result = fig.percentage(f"{part.label}占{whole.label}", part, whole)
            if result.amount > _WHOLE and _is_total(whole_selector, semantics):
                continue  # no part is more than the total: another total was found
            shown.add(whole.label)
            lines.append(
                f"{part.label}（{part.text}）占{whole.label}（{whole.text}）的 **{result.text}**（{result.formula}）"
            )
            figures.append(result)
            cites += whole.citations
            past = part.row is not None and part.row.year not in (None, resolver.year)
            stated = () if selector.bodies or past else resolver.executor.statements(selector, StatementKind.SHARE)
            for statement in stated:
                if statement.value is not None and statement.whole in ("", *whole.names, *whole_selector.names):
                    printed = of_statement(statement, f"{part.label}文件所印占比")
                    if printed.amount != result.amount and printed.digits != result.digits:
                        lines.append(f"- 文件所印的占比：{printed.text}（“{statement.clause}”）")
                    figures.append(printed)
                    cites.append(statement.citation)
        if not figures:
            label = query.whole.label if query.whole else "总额"
            replies.append(
                Reply((f"没有找到“{label}”的金额，无法计算占比。",), status=Status.ABSTAINED, reason="未披露")
            )
            continue
        figures.append(part)
        replies.append(
            Reply(
                tuple(lines),
                tuple(figures),
                tuple(dict.fromkeys(cites)),
                subject=part.label,
                scope=scope_label(part.row) if part.row else "",
                names=part.names,
                projects=(part.project,) if part.project else (),
                aspects=frozenset({"占比"}),
                rule="share",
            )  # fmt: skip
        )
    return replies[0] if len(replies) == 1 else join(tuple(replies), "share")


def _spent_of(whole: Selector, part: Figure, resolver: Resolver) -> Selector:
    """ "一般公共预算拨款里农林水占多大份额": an account of spending is a share of what the fund spends, not of its revenue."""
    known = prose_terms()
    spent = known.words["fund_spending"].get(known.funds.get(whole.label, ""), "")
    if not spent or part.row is None or part.row.classification not in _ACCOUNTS:
        return whole
    spending = Selector(names=(spent,), documents=whole.documents, label=spent)
    return spending if resolver.figure(spending) is not None else whole


_ACCOUNTS = (Classification.FUNCTIONAL, Classification.ECONOMIC, Classification.GOVERNMENT_ECONOMIC)


def _parts_of_first(query: SemanticQuery, resolver: Resolver) -> SemanticQuery:
    """A thing named before those that add up to it is what they are parts of (基本支出拆成人员和公用，公用占几成)."""
    if query.whole is not None or len(query.subjects) < _WHOLE_AND_PARTS:
        return query
    figures = [resolver.figure(selector) for selector in query.subjects]
    found = [figure for figure in figures if figure is not None and figure.dimension is Dimension.MONEY]
    if len(found) < len(figures):
        return query
    whole, *parts = fig.common_unit(tuple(found))
    if whole.amount != sum(part.amount for part in parts):
        return query
    return query.with_(subjects=query.subjects[1:], whole=query.subjects[0])


def _all_counted(part: Figure | None, selector: Selector, resolver: Resolver) -> Selector | None:
    """All things of the kind that a number counts some of (执法执勤用车 of all 车辆)."""
    if part is None or part.row is None or part.row.classification is not Classification.QUANTITY:
        return None
    kinds = (n for n in resolver.semantics.sets if n.classification is Classification.QUANTITY and n.unit == part.unit)
    names = next((n.surfaces for n in kinds), ())
    whole = Selector(
        names=tuple(n for n in names if n != part.row.subject), classifications=(Classification.QUANTITY,),
        documents=selector.documents, label=names[0] if names else "",
    )  # fmt: skip
    figure = resolver.figure(whole) if names else None
    return whole if figure is not None and figure.amount > part.amount else None


def _is_item(query: SemanticQuery, resolver: Resolver, semantics: Semantics) -> bool:
    """Is the part one of the items that the whole consists of?"""
    whole = container(query.whole.names, semantics) if query.whole is not None else None
    part = resolver.figure(query.subjects[0])
    if whole is None or part is None or part.row is None:
        return False
    projects = {name for p in resolver.catalog.projects for name in (p.name, *p.aliases)}
    named = whole.classification is Classification.PROJECT and part.row.subject in projects
    return named or part.row.classification is whole.classification


def _inside(part: Figure | None, whole: Selector | None, resolver: Resolver) -> Figure | None:
    """Of all purchases, what a project buys, not what it costs (采购20.5万里扶贫占多少)."""
    if part is None or part.row is None or whole is None or part.row.classification is not Classification.PROJECT:
        return part
    kind = next((c for c in resolver.semantics.containers if set(c.names) & set(whole.names)), None)
    if kind is None or kind.classification is not Classification.PROCUREMENT:
        return part
    return resolver.figure(Selector(names=whole.names, project=part.row.project, documents=whole.documents)) or part


def _part_first(query: SemanticQuery) -> SemanticQuery:
    """电费总共多少，基本支出里只占多少: of one thing, what lies in a part is the share of the whole."""
    whole = query.whole
    if whole is None or len(query.subjects) != 1 or whole.names != query.subjects[0].names:
        return query
    narrower = PARTS.intersection(whole.measures) and not query.subjects[0].measures
    return query.with_(subjects=(whole,), whole=query.subjects[0]) if narrower else query


def _smaller_first(query: SemanticQuery, resolver: Resolver) -> SemanticQuery:
    """Of two things of which neither is said to be the part, the smaller one is."""
    if query.whole is None or len(query.subjects) != 1:
        return query
    part, whole = resolver.aligned(query.subjects[0], query.whole)
    if part is None or whole is None or part.dimension is not whole.dimension:
        return query
    part, whole = fig.common_unit((part, whole))
    return query if part.amount <= whole.amount else query.with_(subjects=(query.whole,), whole=query.subjects[0])


def _joint_share(query: SemanticQuery, resolver: Resolver, semantics: Semantics) -> Reply:
    """Several parts added up ÷ whole."""
    found = all_figures(query.subjects, resolver)
    if isinstance(found, Reply):
        return found
    part = fig.total(f"{'、'.join(f.label for f in found)}合计", found)
    wholes = (
        [query.whole]
        if query.whole
        else default_wholes(found[0], query.subjects[0], semantics, tuple(resolver.catalog.by_name))
    )
    lines, shares = [f"{part.label} **{part.text}**（{part.formula}）"], []
    for selector in wholes:
        whole = resolver.figure(matching(selector, found[0], resolver))
        if whole is not None and whole.amount:
            shares.append(fig.percentage(f"{part.label}占{whole.label}", part, whole))
            lines.append(f"- 占{whole.label}的 **{shares[-1].text}**（{shares[-1].formula}）")
    return of_figures(lines, (*shares, part, *found), "share")


def matching(whole: Selector, part: Figure, resolver: Resolver) -> Selector:
    """The whole under the same table as the part, where it is printed there; else as it is."""
    if part.row is None or whole.table_numbers or not part.row.table_number:
        return whole
    if part.row.subject in whole.names or (part.row.code and part.row.code in whole.codes):
        return whole  # a part of an account (项目支出, in one table) of the whole account
    narrowed = whole.narrowed(table_numbers=(part.row.table_number,), project=None)
    readings = resolver.readings(narrowed)
    if readings.main is not None and not readings.main.blank and not readings.others:
        return narrowed
    return whole


def default_wholes(
    part: Figure, selector: Selector, semantics: Semantics, printed: Sequence[str] = ()
) -> list[Selector]:
    """What a share is of when the question does not say: the parent figure, then the total expenditure. `printed`: the
    names that documents print, of which the known wholes may be spelt in their own way."""
    row = part.row
    wholes: list[Selector] = []
    base = Selector(documents=selector.documents, years=selector.years)
    if row is not None:
        if row.classification is Classification.PROJECT:
            wholes.append(base.narrowed(names=("项目支出",), label="项目支出"))
        elif row.project:
            wholes.append(
                base.narrowed(
                    names=(row.project,),
                    classifications=(Classification.PROJECT,),
                    project=row.project,
                    label=row.project,
                )
            )
        elif not row.code and (wider := semantics.within.get(row.measure)) is not None:
            wholes.append(base.narrowed(names=(wider,), label=wider))
        elif row.parent and row.code:
            wholes.append(base.narrowed(names=(row.parent,), codes=(row.parent,), label=row.parent))
        elif (holder := _container_of(row, semantics)) is not None:
            spelt = (name for name in printed if fold(name) in holder.names)
            wholes.append(base.narrowed(names=tuple(dict.fromkeys((*holder.names, *spelt))), label=holder.names[0]))
    total = _total_container(semantics)
    wholes.append(base.narrowed(names=total.names, label="总支出"))
    return wholes


def _is_total(whole: Selector, semantics: Semantics) -> bool:
    return bool(set(whole.names) & set(_total_container(semantics).names))


def _container_of(row: FactRow, semantics: Semantics) -> Container | None:
    """The known whole that figures of a kind, at this level of it, are the parts of."""
    fitting = (c for c in semantics.containers if c.classification is row.classification)
    return next((c for c in fitting if c.level in (None, row.level)), None)


def _total_container(semantics: Semantics) -> Container:
    return next(c for c in semantics.containers if c.classification is Classification.FUNCTIONAL)
