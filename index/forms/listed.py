"""Projects listed a row each with their goal and indicators in cells of text ("数量指标：污水处理站1座，管网3.2公里")."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from index.document import Cell, Column, Document, Row, Table, TableKind
from index.evidence import TextField
from index.facts import POINTS, lists_projects, units_of
from index.forms.assemble import ANNUAL_HORIZON, Gathered, PlacedIndicator
from index.forms.evaluations import SCORE
from index.forms.indicators import IndicatorRow
from index.forms.listed_rows import GOALS, lists_indicators
from index.forms.place import FormPlace
from index.forms.projects import Mention
from index.forms.text import Passage, Token
from index.forms.values import IndicatorValue, parse_value
from index.forms.vocabulary import layout, normalise, terms
from index.row_bodies import body_beside, body_rows, row_bodies
from index.tables.headers import clean_name, header_rules, header_words

_PIECE = re.compile(r"[；;。\n]")
_CLAUSE = re.compile(r"[，,](?!\d{3})")
_ORDINAL = re.compile(r"^(?:\d{1,2}[、．.](?!\d)|[（(]\d{1,2}[）)]|[①-⑳])")
_NUMBER = re.compile(r"\d")
_NOWHERE = Token("", 0, True, True)
OWNER = "实施单位"
_KIND_LENGTH = 12  # characters that say of what kind something is
_LEAST = 2  # columns of goals and indicators


def read_listed(document: Document, gathered: Gathered) -> None:
    """Add the goals, indicators and owners of every list of projects to `gathered`."""
    for table, unit in zip(document.tables, units_of(document.tables), strict=True):
        if table.kind is TableKind.PROJECT_LIST or lists_projects(table):
            _read_owners(document, table, unit, gathered)
        told = {i: words for i, c in enumerate(table.columns) if c.role == "text" and (words := _told(c))}
        if lists_indicators(table) or len(told) < _LEAST or not any(c.role == "amount" for c in table.columns):
            told = {}
        if table.kind is TableKind.PROJECT_LIST or lists_projects(table):
            _read_kinds(document, table, unit, told, gathered)
        if not told:
            continue
        for (index, row), body in zip(enumerate(table.rows), body_rows(table, header_rules()), strict=True):
            if body or header_rules().is_total(row.label):
                continue
            place = _place(document, table, row, unit)
            gathered.mentions.append(_mention(table, index, place))
            for cell in table.cells_of(index):
                if cell.text and cell.column in told:
                    _read_cell(cell, row, told[cell.column], table.columns[cell.column], place, gathered)


def _mention(table: Table, index: int, place: FormPlace) -> Mention:
    row = table.rows[index]
    amounts = [cell for cell in table.cells_of(index) if table.columns[cell.column].role == "amount" and cell.text]
    source = place.source(row.position, row.label, row.label, index=index + 1)
    current = place.money(amounts[0].text) if amounts else None
    return Mention(place.project, source, current=current, listed=True)


def _read_owners(document: Document, table: Table, unit: str, gathered: Gathered) -> None:
    """Whose a project is: the body that its row stands under or names."""
    rules, own = header_rules(), document.identity.body
    bodied = body_rows(table, rules)
    for index, (row, above) in enumerate(zip(table.rows, row_bodies(table, own, rules), strict=True)):
        body = above or body_beside(table, tuple(table.cells_of(index)), "", rules)
        if body and not bodied[index] and not rules.is_total(row.label):
            place = _place(document, table, row, unit)
            source = place.source(row.position, f"{body} {row.label}", row.label, index=index + 1)
            gathered.fields.append(TextField(place.project, OWNER, body, source))


def _read_kinds(document: Document, table: Table, unit: str, read: Container[int], gathered: Gathered) -> None:
    """What the other columns of words say of each project, in as few words as a kind is said in (类型: 其他运转类).
    `read`: columns that are read as goals and indicators."""
    rules = header_rules()
    for (index, row), body in zip(enumerate(table.rows), body_rows(table, rules), strict=True):
        if body or rules.is_total(row.label):
            continue
        for cell in table.cells_of(index):
            column = table.columns[cell.column]
            known = layout().labels.get(normalise(header_words(column)[-1]))
            label = known.canonical if known else clean_name(header_words(column)[-1])
            short = 1 < len(cell.text) <= _KIND_LENGTH and not rules.body.fullmatch(cell.text)
            goal = label.endswith(GOALS) or (known is not None and known.role == "goal")
            kind = column.role == "text" and label and short and not goal and cell.column not in read
            points = column.role == "score" and cell.text
            if kind or points:
                place = _place(document, table, row, unit)
                source = place.source(cell.position, cell.text, row.label, column.header, index + 1)
                named, text = (SCORE, f"{cell.text}{POINTS}") if points else (label, cell.text)
                gathered.fields.append(TextField(place.project, named, text, source))


def _told(column: Column) -> tuple[str, str, str] | None:
    """Of a column of text: the label it is a field under, else its classes of indicators; None for another."""
    words, known = header_words(column), terms()
    label = layout().labels.get(normalise(words[-1]))
    if label is not None and label.role in {"goal", "field"}:
        return label.canonical, "", ""
    level1 = next((word for word in words if word in known.level1), "")
    level2 = next((word for word in words if word in known.level2 and word != level1), "")
    return ("", level1, level2) if level1 or level2 else None


def _place(document: Document, table: Table, row: Row, unit: str) -> FormPlace:
    return FormPlace(
        document=document.key,
        section=document.section_path(table.section),
        table=table.name,
        kind=table.kind.value,
        year=document.identity.year,
        unit=unit,
        project=clean_name(row.label),
    )


def _read_cell(
    cell: Cell, row: Row, told: tuple[str, str, str], column: Column, place: FormPlace, gathered: Gathered
) -> None:
    label, level1, level2 = told
    if label:
        source = place.source(cell.position, cell.text, row.label, column.header, cell.row + 1)
        gathered.fields.append(TextField(place.project, label, cell.text, source))
        return
    for found in _indicators(cell.text, level1, level2):
        gathered.indicators.append(
            PlacedIndicator(found, place, ANNUAL_HORIZON, "", cell.position, len(gathered.indicators) + 1)
        )


def _indicators(text: str, level1: str, level2: str) -> Iterator[IndicatorRow]:
    """ "数量指标：污水处理站1座，管网3.2公里；质量指标：出水达标率100%"."""
    for piece in _PIECE.split(text):
        head, colon, rest = _ORDINAL.sub("", piece.strip()).partition("：")
        if colon and head in terms().level2 | terms().level1:
            level2, piece = head, rest
        for clause in _CLAUSE.split(piece):
            plain = _ORDINAL.sub("", clause.strip())
            if not plain:
                continue
            name, value = _parted(plain)
            yield IndicatorRow(
                level1, level2, name or level2 or level1, value, "", Passage(), _NOWHERE, _NOWHERE, True, plain
            )


def _parted(clause: str) -> tuple[str, IndicatorValue]:
    """A clause → what is measured and its value, from the last number that makes one; else words that end it."""
    known = terms()
    for match in reversed(list(_NUMBER.finditer(clause))):
        start = match.start()
        if start and (clause[start - 1].isdigit() or clause[start - 1] in ".,"):
            continue
        sign = max((o for o in known.operators if clause[:start].endswith(o)), key=len, default="")
        value = parse_value(clause[start - len(sign) :])
        if value is not None and not value.label:
            return clause[: start - len(sign)].strip("：: "), value
    words = max((w for w in known.qualitative if clause.endswith(w) and w != clause), key=len, default="")
    if len(words) > 1:
        return clause.removesuffix(words), IndicatorValue(words)
    return "", IndicatorValue(clause)
