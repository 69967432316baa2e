"""One form → evidence: walks its segments and keeps what the earlier ones said (project, goal, owner)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.document import Position, TableKind
from index.evidence import Classification, Fact, Procurement, SpendingLine, TextField
from index.forms.funding import read_composition, read_funding, read_procurement
from index.forms.history import read_history
from index.forms.indicators import IndicatorRow, read_indicators
from index.forms.place import FormPlace
from index.forms.projects import Mention
from index.forms.segments import Form, Segment
from index.forms.spending import read_lines, read_project_rows
from index.forms.text import Passage, Token
from index.forms.vocabulary import Label, unit_in
from index.numbers import MONEY_UNITS, half_width

USE = "支出方向和用途"
CATEGORY = "项目类别"
TOTAL = "项目总预算"
CURRENT = "本年预算"
GOALS_ROW = "整体绩效目标"
PROJECT_HORIZON = "项目"
ANNUAL_HORIZON = "年度"
_AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_TEXT_ROLES = frozenset({"field", "project", "history", "review", "goal", "column", "owner", "contact"})
_UNITS = tuple(sorted(MONEY_UNITS, key=len, reverse=True))
_COLUMN_GOALS = {"long": "长期目标", "annual": "年度目标"}


@dataclass(frozen=True, slots=True)
class PlacedIndicator:
    """An indicator row with what its form says of it; made into evidence when all forms are read."""

    row: IndicatorRow
    place: FormPlace
    horizon: str
    goal: str
    position: Position
    index: int


@dataclass(slots=True)
class Gathered:
    """What has been read so far, project names still as printed."""

    mentions: list[Mention] = field(default_factory=list)
    fields: list[TextField] = field(default_factory=list)
    spending: list[SpendingLine] = field(default_factory=list)
    procurement: list[Procurement] = field(default_factory=list)
    indicators: list[PlacedIndicator] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    place: FormPlace
    goal: str = ""
    horizon: str = ""
    owner: str = ""
    goal_columns: tuple[str, ...] = ()
    goal_counts: Counter[str] = field(default_factory=Counter)


def read_form(form: Form, place: FormPlace, gathered: Gathered) -> None:
    """Add everything in the form to `gathered`."""
    state = _State(place, horizon="" if form.kind is TableKind.OVERALL_PERFORMANCE else PROJECT_HORIZON)
    for segment in form.segments:
        if segment.header is not None:
            _read_table(form, segment, state, gathered)
        elif segment.label is not None:
            _read_label(form, segment, segment.label, state, gathered)


def _read_table(form: Form, segment: Segment, state: _State, gathered: Gathered) -> None:
    kind = segment.header.kind if segment.header else ""
    place = state.place
    if kind == "projects":
        _read_projects(form, segment, place, gathered)
    elif kind == "goals":
        state.goal_columns = segment.columns
    elif kind == "funding":
        gathered.facts += read_funding(place, form, segment)
    elif kind == "composition":
        composition = read_composition(place, form, segment)
        gathered.spending += composition.lines
        gathered.facts += composition.facts
    elif kind == "procurement":
        procurement = read_procurement(place, form, segment)
        gathered.procurement += procurement.plans
        gathered.facts += procurement.facts
    elif kind == "indicators":
        for index, row in enumerate(read_indicators(form, segment), start=1):
            horizon = row.horizon or state.horizon or ANNUAL_HORIZON
            goal = state.goal if state.goal.startswith(horizon) else ""
            position = form.lines[row.place.line].position
            gathered.indicators.append(PlacedIndicator(row, place, horizon, goal, position, index))


def _read_projects(form: Form, segment: Segment, place: FormPlace, gathered: Gathered) -> None:
    """The project table of the overall form: amounts, category and spending lines of every project."""
    for number, row in enumerate(read_project_rows(form, segment), start=1):
        own = replace(place, project="" if row.is_total else row.name)
        quote = " ".join(part for part in (row.printed_name, row.category, row.total, row.current) if part)
        source = own.source(form.lines[row.first.line].position, quote, row.printed_name, index=number)
        total, current = own.money(row.total), own.money(row.current)
        if not row.is_total:
            gathered.mentions.append(Mention(row.name, source, row.category, total, current, listed=True))
        for measure, printed in ((TOTAL, row.total), (CURRENT, row.current)):
            if printed:
                cell = replace(source, column=measure)
                fact = own.cell_fact(
                    row.name,
                    Classification.PROJECT,
                    printed,
                    cell,
                    measure=measure,
                    level=0,
                    is_total=row.is_total,
                )
                gathered.facts.append(fact)
        if row.is_total:
            continue
        if row.category:
            gathered.fields.append(TextField(row.name, CATEGORY, row.category, replace(source, column=CATEGORY)))
        if row.use.text:
            use = replace(source, column=USE, position=row.use.position(), quote=row.use.text)
            gathered.fields.append(TextField(row.name, USE, row.use.text, use))
            spending = read_lines(own, row.use, row.printed_name, USE)
            gathered.spending += spending.lines
            gathered.facts += spending.facts


def _read_label(form: Form, segment: Segment, label: Label, state: _State, gathered: Gathered) -> None:
    place = state.place
    passage = form.passage(_inline(segment.tokens) if label.inline else segment.tokens).strip()
    if label.role == "indicators":
        state.horizon = label.horizon or state.horizon
    if label.role == "amount":
        _read_amount(segment, label, place, passage, gathered)
    if label.role not in _TEXT_ROLES or not passage.text:
        return
    name, row = f"{label.canonical}{segment.ordinal}", segment.printed
    if label.role == "project":
        name = label.canonical
    elif label.role == "goal":
        state.goal, state.horizon = (name, label.horizon) if label.horizon else ("", state.horizon)
    elif label.role == "column":
        column = state.goal_columns[state.goal_counts[segment.ordinal] :][:1]
        state.goal_counts[segment.ordinal] += 1
        name = f"{_COLUMN_GOALS.get(''.join(column), label.canonical)}{segment.ordinal}"
        row = f"{GOALS_ROW}·{segment.printed}"
    elif label.role == "owner":
        state.owner = segment.printed
    elif label.role == "contact" and state.owner:
        row = f"{state.owner}{segment.printed}"
    source = place.source(passage.position(), passage.text, row)
    gathered.fields.append(TextField(place.project, name, passage.text, source))
    if label.role in ("history", "review"):
        gathered.facts += read_history(place, passage, label.canonical)


def _inline(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The text of a short field: its first line and the lone words below it."""
    kept = [token for token in tokens if token.line == tokens[0].line]
    for token in tokens[len(kept) :]:
        if not (token.first and token.last):
            break
        kept.append(token)
    return tuple(kept)


def _read_amount(segment: Segment, label: Label, place: FormPlace, passage: Passage, gathered: Gathered) -> None:
    """ "项目总金额 4.00", "项目 2021 年本级财拨预算金额：4.00（万元）"."""
    text = half_width(passage.text)
    number = _AMOUNT.match(text)
    if number is None or not place.project:
        return
    unit = unit_in(text) or next((u for u in _UNITS if text[number.end() :].startswith(u)), "") or segment.unit
    quote = f"{segment.printed} {passage.text}"
    source = place.source(passage.position(), quote, segment.printed)
    fact = place.cell_fact(
        place.project,
        Classification.PROJECT,
        number[0],
        source,
        measure=label.measure,
        fund=label.fund,
        level=0,
        unit=unit,
    )
    gathered.facts.append(fact)
    current = fact.value if label.measure == CURRENT else None
    total = fact.value if label.measure == TOTAL else None
    gathered.mentions.append(Mention(place.project, source, "", total, current))
