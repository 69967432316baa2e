"""Self-evaluation forms of final accounts (绩效自评表): a project's money, its indicators as planned and as reached.

They come as ruled tables whose header is no header of columns: every row is read by the words in its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from index.data_files import DATA, load_toml
from index.document import Document, Position, Source, Stage, Table, TableKind
from index.evidence import Classification, Dimension, Fact, Forms, Indicator, Project, TextField
from index.facts import lists_projects
from index.forms.values import IndicatorValue, parse_value
from index.numbers import half_width, parse_money, to_stored
from index.tables.headers import PATH_SEPARATOR, plain_header

ACTUAL = "实际完成值"
HORIZON = "项目"
SCORE = "自评得分"
NOTE = "偏差说明"
_SENTENCES = re.compile(r"[；。]")
_OPENING = re.compile(r"(.{2,20}?)(?:指标)?(?:未|没|低于|偏低|偏差|不足|的原因|，)")
_SHORTEST = 3
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_UNIT = re.compile(r"[（(][^（）()]*[）)]$")


@dataclass(frozen=True, slots=True)
class Words:
    """What cells of these forms are called → what they are."""

    project: frozenset[str]
    totals: frozenset[str]
    ends: frozenset[str]
    amounts: Mapping[str, Stage]
    columns: Mapping[str, str]
    texts: Mapping[str, str]


@cache
def words(path: Path = DATA / "evaluation.toml") -> Words:
    """The vocabulary. Raises ReferenceDataError when the data file is wrong."""
    return load_toml(path, _words)


def _words(data: dict[str, Any]) -> Words:
    return Words(
        frozenset(map(_plain, data["project"])),
        frozenset(map(_plain, data["totals"])),
        frozenset(map(_plain, data["ends"])),
        {_plain(name): Stage(entry["stage"]) for entry in data["amount"] for name in entry["names"]},
        {_plain(name): role for role, names in data["columns"].items() for name in names},
        {_plain(name): label for label, names in data["texts"].items() for name in names},
    )


def read_evaluations(document: Document) -> Forms:
    """The projects, indicators, texts and money of every self-evaluation form."""
    gathered = _Gathered()
    for table in document.tables:
        if table.kind is TableKind.EVALUATION and not lists_projects(table):
            _Reader(document, table, gathered).read()
    return Forms(
        projects=tuple(gathered.projects.values()),
        fields=tuple(gathered.fields),
        indicators=tuple(gathered.indicators),
        facts=tuple(gathered.facts),
    )


@dataclass
class _Gathered:
    projects: dict[str, Project] = field(default_factory=dict)
    fields: list[TextField] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


@dataclass
class _Reader:
    """Walks the rows of one table; a table may hold the forms of several projects, one under another."""

    document: Document
    table: Table
    gathered: _Gathered
    project: str = ""
    amounts: dict[int, Stage] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)
    level1: str = ""
    level2: str = ""

    def read(self) -> None:
        for header in _header_rows(self.table):
            self._row(header, -1, self.table.position)
        for index, row in enumerate(self.table.rows):
            self._row(_texts(self.table, index), index, row.position)

    def _row(self, cells: Sequence[str], index: int, position: Position) -> None:
        known, plain = words(), [_plain(cell) for cell in cells]
        if (named := next((i for i, cell in enumerate(plain) if cell in known.project), None)) is not None:
            self._begin(_next(cells, named), position)
        stages = {i: known.amounts[cell] for i, cell in enumerate(plain) if cell in known.amounts}
        roles = {i: known.columns[cell] for i, cell in enumerate(plain) if cell in known.columns}
        if len(stages) > 1:
            self.amounts = stages
        elif {"name", "value"} <= set(roles.values()):
            self.roles, self.level1, self.level2 = roles, "", ""
        elif index >= 0 and self.amounts and any(cell in known.totals for cell in plain):
            self._money(cells, index, position)
        elif self.roles and any(cell in known.ends for cell in plain):
            self._score(cells, index, position)
            self.roles = {}
        elif self.roles:
            self._indicator(cells, index, position)
        if index >= 0:
            self._text(cells, plain, index, position)

    def _begin(self, name: str, position: Position) -> None:
        self.project, self.amounts, self.roles = name, {}, {}
        if name:
            self.gathered.projects.setdefault(name, Project(name, source=self._source(position, name, "项目名称")))

    def _money(self, cells: Sequence[str], index: int, position: Position) -> None:
        for column, stage in self.amounts.items():
            printed = cells[column]
            money = parse_money(printed, self.table.unit or "万元")
            if money is None or not self.project:
                continue
            source = self._source(position, printed, self.project, stage, index)
            self.gathered.facts.append(
                self._fact(self.project, Classification.PROJECT, printed, source, measure="合计", stage=stage)(
                    to_stored(money.value, Dimension.MONEY), self.table.unit or "万元", Dimension.MONEY
                )
            )
        self.amounts = {}

    def _indicator(self, cells: Sequence[str], index: int, position: Position) -> None:
        of = {role: cells[column] for column, role in self.roles.items()}
        self.level1 = of.get("level1") or self.level1
        self.level2 = of.get("level2") or self.level2
        name, printed, actual = of.get("name", ""), of.get("value", ""), of.get("actual", "")
        unit = of.get("unit", "")
        printed, actual = _with_unit(of.get("sign", "") + printed, unit), _with_unit(actual, unit)
        if not name or not (printed or actual):
            return
        told = of | {"actual": actual}
        planned = parse_value(printed) or IndicatorValue(printed)
        explanation = "，".join(
            f"{label}{told[role]}"
            for role, label in (("actual", ACTUAL), ("points", "分值"), ("score", "得分"), ("remark", "说明："))
            if told.get(role)
        )
        source = self._source(position, " ".join(c for c in cells if c), name, "指标值", index)
        self.gathered.indicators.append(
            Indicator(
                self.project, HORIZON, "", self.level1, self.level2, name, printed, source, planned.operator,
                planned.value, planned.unit, explanation,
            )
        )  # fmt: skip
        make = self._fact(
            name, Classification.INDICATOR, printed, source, HORIZON, self.document.identity.stage, planned.operator
        )
        self.gathered.facts.append(make(planned.value, planned.unit, planned.dimension))
        if actual:
            reached = parse_value(f"={actual}") or IndicatorValue(actual)
            place = self._source(position, actual, name, ACTUAL, index)
            make = self._fact(name, Classification.INDICATOR, actual, place, ACTUAL, self.document.identity.stage)
            self.gathered.facts.append(make(reached.value, reached.unit, reached.dimension))

    def _score(self, cells: Sequence[str], index: int, position: Position) -> None:
        column = next((column for column, role in self.roles.items() if role == "score"), None)
        score = cells[column] if column is not None else ""
        if _NUMBER.fullmatch(score):
            source = self._source(position, score, SCORE, None, index)
            self.gathered.fields.append(TextField(self.project, SCORE, f"{score}分", source))

    def _text(self, cells: Sequence[str], plain: Sequence[str], index: int, position: Position) -> None:
        for column, cell in enumerate(plain):
            label = words().texts.get(cell)
            text = _next(cells, column) if label else ""
            if label == SCORE and not _NUMBER.fullmatch(text):
                continue
            if label and text and _plain(text) != cell:
                text = f"{text}分" if label == SCORE else text
                if label == NOTE:
                    self._explain(text)
                source = self._source(position, text, label, None, index)
                self.gathered.fields.append(TextField(self.project, label, text, source))

    def _explain(self, note: str) -> None:
        """A note under the list tells of indicators by name why they were not reached: each gets its own sentences."""
        for place, indicator in enumerate(self.gathered.indicators):
            own = [s for s in _SENTENCES.split(note) if s and _speaks_of(s, indicator.name)]
            if own and indicator.project == self.project:
                told = "，".join(t for t in (indicator.explanation, f"说明：{'；'.join(own)}") if t)
                self.gathered.indicators[place] = replace(indicator, explanation=told)

    def _fact(
        self, subject: str, kind: Classification, printed: str, source: Source, measure: str, stage: Stage,
        operator: str = "",
    ) -> Any:  # fmt: skip
        def make(value: int | None, unit: str, dimension: Dimension) -> Fact:
            return Fact(
                subject=subject, classification=kind, value=value, printed=printed, unit=unit, sources=(source,),
                dimension=dimension, measure=measure, year=self.document.identity.year, stage=stage, level=3,
                project=self.project, operator=operator, table_kind=self.table.kind.value,
            )  # fmt: skip

        return make

    def _source(
        self, position: Position, quote: str, row: str, column: str | None = None, index: int | None = None
    ) -> Source:
        return Source(
            self.document.key, self.document.section_path(self.table.section), position,
            self.table.name, row, column, None if index is None else index + 1, None, quote,
        )  # fmt: skip


def _plain(text: str) -> str:
    return _UNIT.sub("", plain_header(half_width(text)).rstrip("：:"))


def _with_unit(printed: str, unit: str) -> str:
    """A value with the unit that stands in a column of its own."""
    return f"{printed}{unit}" if printed and unit and unit not in printed else printed


def _speaks_of(sentence: str, name: str) -> bool:
    """Does a sentence begin with an indicator's name or the end of it (满意度未达目标 of 群众满意度)?"""
    subject = _OPENING.match(sentence)
    return name in sentence or (subject is not None and len(subject[1]) >= _SHORTEST and name.endswith(subject[1]))


def _next(cells: Sequence[str], column: int) -> str:
    """The first text right of a cell."""
    return next((cell for cell in cells[column + 1 :] if cell), "")


def _texts(table: Table, index: int) -> list[str]:
    """All cells of a row in order, its label among them."""
    found = {cell.column: cell.text for cell in table.cells_of(index)}
    labels = [i for i, column in enumerate(table.columns) if column.role == "label"]
    for column in labels[:1]:
        found[column] = table.rows[index].label
    return [found.get(column, "") for column in range(len(table.columns))]


def _header_rows(table: Table) -> Iterator[list[str]]:
    """What was taken for the header, row by row; a text that spans several columns stands in the first of them."""
    paths = [column.header.split(PATH_SEPARATOR) for column in table.columns]
    for level in range(max(map(len, paths), default=0)):
        row: list[str] = []
        for place, path in enumerate(paths):
            text = path[level] if level < len(path) else ""
            before = paths[place - 1] if place else []
            row.append("" if level < len(before) and before[: level + 1] == path[: level + 1] else text)
        yield row
