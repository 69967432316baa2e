"""What a caller gets back: the wire format of the API, the CLI and the evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple


class Status(StrEnum):
    ANSWERED = "answered"
    CLARIFY = "clarify"
    ABSTAINED = "abstained"
    ERROR = "error"


class Route(StrEnum):
    SQL = "sql"
    TEXT = "text"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Citation:
    """The place a value or a sentence was read. `row` and `column` are the printed labels of the cell;
    `quote` is the printed cell or sentence, `mark` the part of it that answers.
    `lines` are source lines of a text file (first, last), `bbox` a place on a PDF page."""

    document: str
    page: int | None = None
    section: str = ""
    table: str | None = None
    row: str | None = None
    column: str | None = None
    quote: str = ""
    mark: str = ""
    line: int | None = None
    table_id: int | None = None
    row_index: int | None = None
    column_index: int | None = None
    bbox: tuple[float, float, float, float] | None = None

    def label(self) -> str:
        """A short Chinese name of the place: 公开表7“公务接待费”行“本年预算数”列."""
        where = self.table or self.section
        if self.row:
            where += f"“{self.row}”行"
        if self.column:
            where += f"“{self.column}”列"
        return where


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of the answer. `value` is exact, in `unit`; `formula` is None for a printed figure. Where the document
    contradicts itself on it, the figures of the other places follow, each labelled with its place."""

    value: Decimal
    unit: str
    label: str = ""
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """The document contradicts itself on what this answer touches."""

    message: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How the question was understood."""

    subject: str = ""
    scope: str = ""  # 口径
    year: int | None = None
    unit: str = ""
    operation: str = ""
    understood_as: str = ""  # set when what was typed differs
    route_reason: str = ""


class ResultTable(NamedTuple):
    """Rows behind an answer, ready to draw."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked answer. "Cannot answer" is an Answer too; exceptions are for faults."""

    question: str
    text: str
    status: Status = Status.ANSWERED
    reason: str = ""
    values: tuple[Value, ...] = ()
    citations: tuple[Citation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    route: Route | None = None
    sql: tuple[str, ...] = ()
    interpretation: Interpretation = Interpretation()
    suggestions: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()  # of a clarifying question
    table: ResultTable | None = None
    document: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready. Exact decimals become strings, so nothing passes through a float."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, ResultTable):
        return {"columns": list(value.columns), "rows": [list(row) for row in value.rows]}
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
