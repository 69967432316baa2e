"""Where a set is read: the one table, level and measure that print it best, so that nothing is counted twice."""

from __future__ import annotations

from assistant.catalog import Catalog, SetEntry
from assistant.query import Selector
from assistant.resolving import Resolver
from index.document import TableKind
from index.evidence import Classification, Dimension

_ACCOUNTS = (
    Classification.FUNCTIONAL, Classification.ECONOMIC, Classification.GOVERNMENT_ECONOMIC, Classification.REVENUE,
    Classification.THREE_PUBLIC,
)  # fmt: skip
_OTHER_LISTS = (TableKind.EVALUATION, TableKind.GENERIC)


def settled(selector: Selector, resolver: Resolver) -> Selector:
    """A described set tied to the table that prints it."""
    selector = _projects_printed(_with_codes(_level_with(selector, resolver), resolver.catalog), resolver)
    if selector.classifications == (Classification.PROJECT,) and selector.parents:
        listed = resolver.executor.members(selector.narrowed(conditions=()), blanks=True)
        selector = selector if listed else _projects_printed(selector.narrowed(parents=()), resolver)
    return _descended(at_home(selector, resolver.catalog, resolver.year), resolver)


def _projects_printed(selector: Selector, resolver: Resolver) -> Selector:
    """Projects as a table lists them with their totals, where it has more of them than there are forms."""
    if selector.classifications != (Classification.PROJECT,) or "本年预算" not in selector.measures:
        return selector
    listed = selector.narrowed(measures=("合计",), table_kinds=(TableKind.PROJECT_LIST,), totals=False)
    tabled = listed.narrowed(table_kinds=_OTHER_LISTS, stages=(resolver.stage,) if resolver.stage else ())
    found = [
        (one, len({r.project for r in resolver.executor.members(one.narrowed(conditions=(), funds=()))}))
        for one in (selector, listed, tabled)
    ]
    return max(found, key=lambda one: one[1])[0]


def _with_codes(selector: Selector, catalog: Catalog) -> Selector:
    """Children name their parent by its code where it has one."""
    codes = {c for p in selector.parents if p in catalog.by_name for c in catalog.by_name[p].codes}
    return selector.narrowed(parents=tuple(dict.fromkeys((*selector.parents, *sorted(codes))))) if codes else selector


def _descended(selector: Selector, resolver: Resolver) -> Selector:
    """Where a parent has a single child (住房保障支出 → 住房改革支出), what is meant are the child's children."""
    for _ in range(3):
        rows = resolver.executor.members(selector, blanks=True) if selector.parents else ()
        names = {r.subject for r in rows}
        if len(names) != 1 or not rows[0].code:
            return selector
        below = selector.narrowed(parents=(rows[0].subject, rows[0].code))
        if not resolver.executor.members(below, blanks=True):
            return selector
        selector = below
    return selector


def _level_with(selector: Selector, resolver: Resolver) -> Selector:
    """ "除一般公共服务外的功能支出": the set is of the level of what is taken out of it."""
    if not selector.exclude or selector.level is not None or not selector.classifications:
        return selector
    rows = resolver.executor.facts(Selector(names=selector.exclude, classifications=selector.classifications))
    return selector.narrowed(level=rows[0].level) if rows and rows[0].level else selector


def at_home(selector: Selector, catalog: Catalog, year: int | None) -> Selector:
    """Tie a set of accounts to the table with most of its members, so that nothing is counted twice."""
    if not selector.years and year is not None and Classification.QUANTITY not in selector.classifications:
        selector = selector.narrowed(years=(year,))
    earlier = bool(selector.years) and year not in selector.years
    if earlier and selector.classifications == (Classification.PROJECT,) and selector.measures == ("本年预算",):
        selector = selector.narrowed(measures=("预算",))
    if selector.classifications == (Classification.SPENDING_LINE,) and selector.level is None and not selector.parents:
        return selector.narrowed(level=1, dimension=Dimension.MONEY)
    if selector.table_numbers or selector.table_kinds and len(selector.table_kinds) == 1:
        return selector
    if selector.parents or (selector.classifications and selector.classifications[0] in _ACCOUNTS):
        entry = _home(selector, catalog)
        if entry is not None:
            level = selector.level
            if level is None and not selector.parents:
                level = _deepest(entry, selector, catalog)
            measures = selector.measures if entry.measure in selector.measures else (entry.measure,)
            return selector.narrowed(
                table_kinds=(entry.table_kind,),
                table_numbers=(entry.table_number,) if entry.table_number else (),
                measures=measures,
                level=level,
                project="",
            )
    if selector.project is None and selector.classifications and selector.classifications[0] in _ACCOUNTS:
        return selector.narrowed(project="")
    return selector


def _home(selector: Selector, catalog: Catalog) -> SetEntry | None:
    def fits(entry: SetEntry) -> bool:
        return (
            (not selector.documents or entry.document in selector.documents)
            and (not selector.classifications or entry.classification in selector.classifications)
            and (selector.level is None or entry.level == selector.level)
            and (not selector.table_kinds or entry.table_kind in selector.table_kinds)
        )

    fitting = [e for e in catalog.sets if fits(e)]
    if selector.parents:
        return None
    exact = [e for e in fitting if not selector.measures or e.measure in selector.measures]
    return max(exact or fitting, key=lambda e: e.subjects, default=None)


def _deepest(entry: SetEntry, selector: Selector, catalog: Catalog) -> int | None:
    levels = [
        e.level for e in catalog.sets
        if e.document == entry.document and e.table_number == entry.table_number and e.table_kind == entry.table_kind
        and e.classification is entry.classification and e.level > 0
    ]  # fmt: skip
    return max(levels, default=None)
