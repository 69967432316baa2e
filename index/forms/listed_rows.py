"""Indicators listed a row each beside the project they are of, whose name and goal are printed once for all its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from index.document import Cell, Column, Document, Position, Table
from index.evidence import TextField
from index.facts import units_of
from index.forms.assemble import ANNUAL_HORIZON, Gathered, PlacedIndicator
from index.forms.indicator_columns import arranged
from index.forms.indicators import IndicatorRow
from index.forms.place import FormPlace
from index.forms.projects import Mention
from index.forms.text import Passage, Token
from index.forms.values import IndicatorValue, parse_value
from index.forms.vocabulary import layout, normalise
from index.tables.headers import clean_name, header_rules, header_words

_GOAL = "年度目标"
GOALS = ("目标", "目标内容", "目标描述")
_NEEDED = frozenset({"level2", "name"})


@dataclass(slots=True)
class _Open:
    """What is printed once for several rows."""

    project: str = ""
    level1: str = ""
    level2: str = ""


def read_listed_rows(document: Document, gathered: Gathered) -> frozenset[Position]:
    """Add the indicators of every such table to `gathered`; where their rows are printed."""
    read: set[Position] = set()
    for table, unit in zip(document.tables, units_of(document.tables), strict=True):
        if lists_indicators(table):
            _read_table(document, table, unit, _roles(table), gathered)
            read |= {row.position for row in table.rows}
    return frozenset(read)


def lists_indicators(table: Table) -> bool:
    """Whether every row is an indicator of a project that a column names."""
    roles = set(_roles(table).values())
    valued = any(role.startswith("value") for role in roles)
    return _NEEDED <= roles and valued and any(_names_projects(c) for c in table.columns if c.role == "label")


def _names_projects(column: Column) -> bool:
    words = header_words(column)
    return any(header_rules().names_a_project((part,)) for part in words[-1].replace("（", "、").split("、"))


def _roles(table: Table) -> dict[int, str]:
    """Column → its role in an indicator table, or that of a goal."""
    columns = next(header.columns for header in layout().headers if header.kind == "indicators")
    found: dict[int, str] = {}
    for index, column in enumerate(table.columns):
        name = normalise(header_words(column)[-1])
        role = columns.get(name, "")
        if role and role not in found.values():
            found[index] = role
        elif not role and name.endswith(GOALS) and column.role == "text":
            found[index] = "goal"
    return found


def _read_table(document: Document, table: Table, unit: str, roles: Mapping[int, str], gathered: Gathered) -> None:
    opened = _Open()
    for index, row in enumerate(table.rows):
        cells = {roles[c.column]: c for c in table.cells_of(index) if c.column in roles and c.text}
        beside = {c.text for c in table.cells_of(index)}
        if row.label and row.label not in beside and cells:
            opened = _Open(clean_name(row.label))
        if not opened.project or "name" not in cells:
            continue
        place = FormPlace(
            document.key, document.section_path(table.section), table.name, table.kind.value, document.identity.year,
            unit, opened.project,
        )  # fmt: skip
        source = place.source(row.position, opened.project, opened.project, index=index + 1)
        if (goal := cells.get("goal")) is not None:
            gathered.mentions.append(Mention(opened.project, source, listed=True))
            told = place.source(goal.position, goal.text, row.label, table.columns[goal.column].header, index + 1)
            gathered.fields.append(TextField(opened.project, _GOAL, goal.text, told))
        opened.level1 = _text(cells, "level1") or opened.level1
        opened.level2 = _text(cells, "level2") or opened.level2
        found = _row(cells, opened)
        gathered.indicators.append(PlacedIndicator(found, place, ANNUAL_HORIZON, "", cells["name"].position, index + 1))


def _text(cells: Mapping[str, Cell], role: str) -> str:
    return cells[role].text if role in cells else ""


def _row(cells: Mapping[str, Cell], opened: _Open) -> IndicatorRow:
    bound = [role for role in cells if role in ("operator", "unit") or role.startswith("value")]
    tokens = tuple(_tokens(_text(cells, role) for role in ("name", *bound)))
    ordered, at = arranged(tokens, bound)
    printed = ordered[at].text if at is not None else "".join(token.text for token in tokens[1:])
    value = parse_value(printed) or IndicatorValue(printed)
    name = cells["name"]
    nowhere = Token(name.text, 0, True, True)
    text = " ".join(token.text for token in tokens)
    return IndicatorRow(
        opened.level1, opened.level2, name.text, value, "", Passage(), nowhere, nowhere, True, text
    )  # fmt: skip


def _tokens(texts: Iterable[str]) -> Iterator[Token]:
    for index, text in enumerate(texts):
        yield Token("".join(text.split()), 0, index == 0, False)
