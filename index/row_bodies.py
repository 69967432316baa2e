"""Whose the figures of a table's rows are: units under a body, or the body itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index.document import Cell, Table
from index.tables.headers import HeaderRules, clean_name, header_words

OWN_LEVEL = "（本级）"
_MOST, _OF = 3, 4  # of the rows at one place: from where on the others are bodies like them


def body_rows(table: Table, rules: HeaderRules) -> tuple[bool, ...]:
    """Which rows are public bodies': their figures are totals of those bodies.

    A body is known by how its name ends, or by standing among rows most of which are bodies.
    """
    plain = [bool(row.label) and not row.code and not rules.is_total(row.label) for row in table.rows]
    named = [
        free and bool(rules.body.fullmatch(clean_name(row.label, rules)))
        for row, free in zip(table.rows, plain, strict=True)
    ]
    if sum(named) < 2:
        return tuple(named)
    places = [(row.list, row.parent, row.level) for row in table.rows]
    named = _without_items(table, plain, named, places)
    among, bodies = Counter(places), Counter(p for p, body in zip(places, named, strict=True) if body)
    return tuple(
        free and (body or bodies[place] > 1 and bodies[place] * _OF >= among[place] * _MOST)
        for free, body, place in zip(plain, named, places, strict=True)
    )


_Place = tuple[int, int | None, int]


def _without_items(table: Table, plain: Sequence[bool], named: Sequence[bool], places: Sequence[_Place]) -> list[bool]:
    """A row under a body, among rows most of which are none, is an item of that body, though a centre it pays for may
    have given it its name."""
    among = Counter(place for place, free in zip(places, plain, strict=True) if free)
    bodies = Counter(place for place, body in zip(places, named, strict=True) if body)
    return [
        body and not (row.parent is not None and named[row.parent] and bodies[place] * 2 < among[place])
        for row, body, place in zip(table.rows, named, places, strict=True)
    ]


def row_bodies(table: Table, own: str, rules: HeaderRules) -> tuple[str, ...]:
    """For every row the body whose figures it holds: its own label's, else that of the row above it.

    "" where the figures are the whole document's: of the body that all others stand under. The document's own body
    beside others is that body by itself (本级).
    """
    bodied = body_rows(table, rules)
    if sum(bodied) < 2:
        return ("",) * len(table.rows)
    wholes = {row.parent for row, body in zip(table.rows, bodied, strict=True) if body and row.parent is not None}
    others = {clean_name(row.label, rules) for row, body in zip(table.rows, bodied, strict=True) if body} - {own}
    total = any(rules.is_total(row.label) and row.parent is None for row in table.rows)
    found = []
    for index in range(len(table.rows)):
        at: int | None = index
        while at is not None and not bodied[at]:
            at = table.rows[at].parent
        name = "" if at is None else clean_name(table.rows[at].label, rules)
        alone = name == own and bool(others) and (bool(wholes) or total)
        found.append("" if at in wholes or (name == own and not alone) else f"{name}{OWN_LEVEL}" if alone else name)
    return tuple(found)


def body_beside(table: Table, cells: Sequence[Cell], own: str, rules: HeaderRules) -> str:
    """The body named in a text column of the row (二级预算单位名称), unless it is the document's own."""
    for cell in cells:
        column = table.columns[cell.column]
        if rules.names_an_account(header_words(column)):
            continue  # 公立医院 beside a project is the account that it is spent under
        if column.role == "text" and rules.body.fullmatch(cell.text) and cell.text != own:
            return cell.text
    return ""
