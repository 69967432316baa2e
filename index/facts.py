"""Tables → facts: one figure with every 口径 axis and the cell it was read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from index.accounts import Accounts, System
from index.document import Cell, Column, Document, Row, Source, Stage, Table, TableKind
from index.evidence import Classification, Dimension, Fact
from index.flows import flow_measure
from index.numbers import parse_money, parse_percent, to_stored
from index.prose.terms import terms
from index.row_bodies import body_beside, body_rows, row_bodies
from index.side_names import names_beside
from index.tables.grid_sums import MEMORANDUM
from index.tables.headers import FIGURES, HeaderRules, clean_name, header_rules, header_words
from index.tables.kinds import KindRules, kind_rules
from index.tables.sums import amount
from index.years import YEAR

TOTAL_MEASURE = "合计"
PROJECT_MEASURE = "项目支出"
ALL_FUNDS = "全部资金"
BARE_TOTALS = frozenset({"合计", "总计"})
INCOME, SPENDING = "收入", "支出"
_KIND_CLASS: Mapping[TableKind, Classification] = {
    TableKind.THREE_PUBLIC: Classification.THREE_PUBLIC,
    TableKind.PROCUREMENT: Classification.PROCUREMENT,
    TableKind.SERVICE_PURCHASE: Classification.PROCUREMENT,
    TableKind.PROJECT_LIST: Classification.PROJECT,
    TableKind.OPERATING: Classification.NATURE,
}
_SYSTEM_CLASS: Mapping[System, Classification] = {system: Classification(system.value) for system in System}
_CLASS_SYSTEM = {classification: system for system, classification in _SYSTEM_CLASS.items()}
POINTS = "分"
MIN_SHARED_DIGITS = 3


class _Subject(NamedTuple):
    name: str
    classification: Classification
    code: str
    is_total: bool


_STAGE_LENGTH = 10  # characters of a row that is called after a year or a stage


@dataclass(frozen=True, slots=True)
class _Scope:
    """What every figure of one table inherits."""

    table: Table
    unit: str
    fund: str
    measure: str
    year: int | None
    section: str
    wide: bool
    summed: bool
    funded: bool  # its columns are of several funds
    lists: Mapping[int, Classification | None]
    final: bool
    projects: bool  # its rows are named as projects


def table_facts(document: Document) -> tuple[Fact, ...]:
    """Every cell of every row that prints a figure or leaves one blank, in document order.

    Captions and groups of rows ("收入构成") have no figures of their own and are no facts.
    """
    return tuple(
        fact
        for table, unit in zip(document.tables, units_of(document.tables), strict=True)
        if table.kind is not TableKind.EVALUATION or lists_projects(table)
        for fact in _facts_of(document, table, unit)
    )


def units_of(tables: Sequence[Table]) -> tuple[str, ...]:
    """The unit of every table. One that states none has the unit of the tables that print the same figures."""
    figures = [
        {a for cell in table.cells if _digits(cell.text) >= MIN_SHARED_DIGITS and (a := amount(cell.text))}
        for table in tables
    ]
    found = []
    for table, own in zip(tables, figures, strict=True):
        shared = Counter[str]()
        for other, theirs in zip(tables, figures, strict=True):
            if not table.unit and other.unit:
                shared[other.unit] += len(own & theirs)
        best = max(shared, key=lambda unit: shared[unit], default="")
        found.append(table.unit or (best if shared[best] else ""))
    return tuple(found)


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _facts_of(document: Document, table: Table, unit: str) -> Iterator[Fact]:
    rules, kinds = header_rules(), kind_rules()
    scope = _scope(document, table, unit, rules, kinds)
    parents = {row.parent for row in table.rows}
    cells: dict[int, list[Cell]] = {}
    for cell in table.cells:
        cells.setdefault(cell.row, []).append(cell)
    named = names_beside(table, cells, rules)
    bodies, bodied = row_bodies(table, document.identity.body, rules), body_rows(table, rules)
    for index, row in enumerate(table.rows):
        own = cells.get(index, [])
        if not any(cell.text for cell in own) and _is_caption(table, index, rules):
            continue
        body = bodies[index] or body_beside(table, own, document.identity.body, rules)
        subject = _of_body(row, bodied, scope, rules) if bodied[index] else _subject(row, scope, rules)
        for cell in own:
            column = table.columns[cell.column]
            if column.role == "text":
                continue
            about = _wide_subject(column, scope, rules) if scope.wide else subject
            if column.role == MEMORANDUM and subject.is_total:
                about = _memo_subject(column, rules) or about
            yield _fact(document, scope, row, index, column, cell, about, index not in parents, body)
            if index in named and not about.is_total:
                called = _Subject(named[index], Classification.OTHER, "", False)
                yield _fact(document, scope, row, index, column, cell, called, index not in parents, body)


def _scope(document: Document, table: Table, unit: str, rules: HeaderRules, kinds: KindRules) -> _Scope:
    year = YEAR.search(table.title)
    lists: dict[int, Classification | None] = {}
    count = len({column.list for column in table.columns})
    for column in table.columns:
        rule = rules.list_of_title(header_words(column)[0]) if count > 1 and column.header else None
        lists.setdefault(column.list, rule.classification if rule else None)
    words = [rules.word(text) for column in table.columns if column.role != "label" for text in header_words(column)]
    return _Scope(
        table=table,
        unit=unit,
        fund=kinds.fund_of(table.title, table.kind),
        measure=kinds.of_kind(table.kind).measure,
        year=int(year[1]) if year else document.identity.year,
        section=document.section_path(table.section),
        wide=any(word is not None and word.item is Classification.THREE_PUBLIC for word in words),
        summed=any(word is not None and word.item is Classification.THREE_PUBLIC and word.total for word in words),
        funded=len({column.fund for column in table.columns} - {""}) > 1,
        lists=lists,
        final=document.identity.stage is Stage.FINAL,
        projects=lists_projects(table),
    )


def lists_projects(table: Table) -> bool:
    """Whether the rows of a table of no other kind, or of self-evaluations, are projects: their names stand under
    项目名称, with figures beside them."""
    if table.kind not in (TableKind.GENERIC, TableKind.EVALUATION):
        return False
    named = (header_words(column) for column in table.columns if column.role == "label")
    figures = sum(column.role in FIGURES for column in table.columns)
    return figures > 1 and any(header_rules().names_a_project(path) for path in named)


def _is_caption(table: Table, index: int, rules: HeaderRules) -> bool:
    """A blank row that heads others: a group, or the uncoded first row of a coded list."""
    row = table.rows[index]
    if rules.group.fullmatch(row.label):
        return True
    own = [i for i, other in enumerate(table.rows) if other.list == row.list]
    coded = sum(bool(table.rows[i].code) for i in own)
    return not row.code and own[0] == index and coded * 2 > len(own)


def _subject(row: Row, scope: _Scope, rules: HeaderRules) -> _Subject:
    accounts = Accounts.load()
    name = clean_name(row.label, rules)
    listed = scope.lists.get(row.list)
    if row.code and (system := accounts.system_of(row.code)):
        return _Subject(name, _SYSTEM_CLASS[system], row.code, False)
    if rules.is_total(row.label):
        public = scope.table.kind is TableKind.THREE_PUBLIC
        if listed is not None and name in BARE_TOTALS:  # both lists end in 总计
            name = (INCOME if listed is Classification.REVENUE else SPENDING) + name
        return _Subject(name, Classification.THREE_PUBLIC if public else Classification.TOTAL, "", True)
    if listed in _CLASS_SYSTEM and (known := accounts.by_name(name, _CLASS_SYSTEM[listed])):
        return _Subject(name, listed, known[0].code if len(known) == 1 else "", False)
    if listed is Classification.REVENUE:
        return _Subject(name, listed, "", False)
    if scope.final and scope.table.kind is TableKind.PROCUREMENT and (entry := terms().by_alias.get(name)):
        if entry.classification is Classification.PROCUREMENT:  # kinds of purchase, no purchases
            return _Subject(entry.name, entry.classification, "", entry.total)
    word = rules.word(name)
    if scope.table.kind is TableKind.THREE_PUBLIC and not (word and word.item):
        return _Subject(name, Classification.THREE_PUBLIC, "", False)
    if word is not None and word.item:
        return _Subject(name, word.item, "", False)
    if scope.projects:
        return _Subject(name, Classification.PROJECT, "", False)
    if scope.table.kind in _KIND_CLASS:
        return _Subject(name, _KIND_CLASS[scope.table.kind], "", False)
    if word is not None and word.fund:
        return _Subject(name, Classification.REVENUE, "", False)
    if word is not None and word.measure not in {"", TOTAL_MEASURE}:
        return _Subject(name, Classification.NATURE, "", False)
    for system in System:
        if known := accounts.by_name(name, system):
            return _Subject(name, _SYSTEM_CLASS[system], known[0].code if len(known) == 1 else "", False)
    return _Subject(name, listed or Classification.OTHER, "", False)


def _wide_subject(column: Column, scope: _Scope, rules: HeaderRules) -> _Subject:
    """In a wide table the header names the subject: the innermost item of the path, else the table's total."""
    for text in reversed(header_words(column)):
        word = rules.word(text)
        if word is not None and word.item is not None:
            return _Subject(_in_full(clean_name(text, rules), word.item), word.item, "", word.total)
    if scope.summed:  # a total over more than the three, which have a column of their own
        return _Subject(TOTAL_MEASURE, Classification.OTHER, "", True)
    return _Subject(TOTAL_MEASURE, Classification.THREE_PUBLIC, "", True)


def _in_full(name: str, item: Classification) -> str:
    """What an item is called for short under the header of what it is part of (购置费 → 公务用车购置费)."""
    return next((e.name for e in terms().entries if e.classification is item and name in e.short), name)


def _memo_subject(column: Column, rules: HeaderRules) -> _Subject | None:
    """What a column that only repeats a part of another is of ("其中：预留给中小企业的项目资金规模")."""
    names = (YEAR.sub("", clean_name(text, rules)).strip("度：") for text in reversed(header_words(column)))
    named = next((name for name in names if name and rules.word(name) is None and not rules.is_total(name)), "")
    return _Subject(named, Classification.OTHER, "", False) if named else None


def _of_body(row: Row, bodied: Sequence[bool], scope: _Scope, rules: HeaderRules) -> _Subject:
    """The total of a body; where it stands under a kind of thing, what it has of that kind (货物 ← 某中心)."""
    table = scope.table
    above = table.rows[row.parent] if row.parent is not None and not bodied[row.parent] else None
    if above is not None and not rules.is_total(above.label):
        return _subject(above, scope, rules)._replace(is_total=True)
    public = table.kind is TableKind.THREE_PUBLIC
    return _Subject(TOTAL_MEASURE, Classification.THREE_PUBLIC if public else Classification.TOTAL, "", True)


def _fact(
    document: Document,
    scope: _Scope,
    row: Row,
    index: int,
    column: Column,
    cell: Cell,
    subject: _Subject,
    is_leaf: bool,
    body: str,
) -> Fact:
    table = scope.table
    rate = column.role == "rate" or cell.text.endswith(("%", "％"))
    scored = column.role == "score"
    by_row = scope.wide and not body and len(row.label) <= _STAGE_LENGTH  # a row of 预算数, a row of 决算数
    parent = table.rows[row.parent] if row.parent is not None else None
    own_measure = column.measure not in {"", TOTAL_MEASURE}
    measure = column.measure if own_measure or not scope.measure else scope.measure
    if table.kind is TableKind.PROJECT_LIST and subject.code and not own_measure:
        measure = PROJECT_MEASURE
    measure = flow_measure(document.identity.stage, table, index, column, subject.classification) or measure
    return Fact(
        subject=subject.name,
        classification=subject.classification,
        value=_score(cell.text) if scored else _stored(cell.text, scope.unit, rate),
        printed=cell.text,
        unit="%" if rate else POINTS if scored else scope.unit,
        sources=(
            Source(
                document=document.key,
                section=scope.section,
                position=cell.position,
                table=table.name,
                row=row.label,
                column=column.header,
                row_index=index + 1,
                column_index=cell.column + 1,
                quote=cell.text,
            ),
        ),
        dimension=Dimension.PERCENT if rate else Dimension.COUNT if scored else Dimension.MONEY,
        code=subject.code,
        measure=measure,
        fund=column.fund or scope.fund or (ALL_FUNDS if scope.funded and column.measure == TOTAL_MEASURE else ""),
        year=column.year or (header_rules().year_of(row.label, scope.year) if by_row else None) or scope.year,
        stage=column.stage or (header_rules().stage_of(row.label) if by_row else None) or document.identity.stage,
        level=row.level,
        parent="" if parent is None else parent.code or clean_name(parent.label),
        project=subject.name if subject.classification is Classification.PROJECT else "",
        is_total=subject.is_total,
        is_leaf=is_leaf,
        table_kind=table.kind.value,
        table_number=table.number,
        body=body,
    )


def _score(text: str) -> int | None:
    """The INTEGER of a printed number of points; None for a blank or a text."""
    points = amount(text)
    return None if points is None else _exact(points, Dimension.COUNT)


def _stored(text: str, unit: str, rate: bool) -> int | None:
    """The INTEGER of a printed cell; None for a blank, a dash, a text, or an amount whose unit is unknown."""
    if amount(text) is None:
        return None
    if rate:
        percent = parse_percent(text if text.endswith(("%", "％")) else f"{text}%")
        return None if percent is None else _exact(percent, Dimension.PERCENT)
    money = parse_money(text, unit)
    return None if money is None else _exact(money.value, Dimension.MONEY)


def _exact(value: Decimal, dimension: Dimension) -> int | None:
    try:
        return to_stored(value, dimension)
    except ValueError:
        return None
