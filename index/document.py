"""The frozen values that reading produces and everything else consumes.

A file becomes positioned `Line`s (`reading/`), those become a `Document` (`layout`, `tables/`),
and from a `Document` come facts, statements, forms, findings and chunks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """Where in the budget cycle a figure stands."""

    BUDGET = "预算"
    ADJUSTED = "调整预算"
    FINAL = "决算"


class TableKind(StrEnum):
    """The statutory kinds; names, order and columns differ from place to place."""

    SUMMARY = "收支总表"
    REVENUE = "收入总表"
    EXPENDITURE = "支出总表"
    FISCAL_SUMMARY = "财政拨款收支总表"
    FISCAL_EXPENDITURE = "财政拨款支出表"
    GENERAL_EXPENDITURE = "一般公共预算支出表"
    GENERAL_BASIC = "一般公共预算基本支出表"
    BASIC = "基本支出表"
    FISCAL_BASIC = "财政拨款基本支出表"
    THREE_PUBLIC = "三公经费支出表"
    GOVERNMENT_FUND = "政府性基金支出表"
    STATE_CAPITAL = "国有资本经营预算支出表"
    OPERATING = "机关运行经费表"
    PROJECT_LIST = "项目支出表"
    PROCUREMENT = "政府采购表"
    SERVICE_PURCHASE = "政府购买服务表"
    OVERALL_PERFORMANCE = "部门整体绩效目标表"
    PROJECT_FORM = "项目表"
    INDICATORS = "绩效指标表"
    EVALUATION = "绩效自评表"
    GENERIC = "其他表"


@dataclass(frozen=True, slots=True)
class Position:
    """Where something stands in its file. Pages and lines count from 1.

    Of a workbook: the visible sheet and its row. Of a Word document or a web page, which have no pages: the line
    counts paragraphs and table rows.
    """

    page: int | None = None
    line: int | None = None
    bbox: tuple[float, float, float, float] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A citable place: a cell (table, row and column given) or a sentence (`quote`).

    `section` is the heading path, outermost first, joined by " > ".
    `table` is the printed label and title, `row` and `column` are printed labels,
    `row_index` and `column_index` count from 1 in the table's body.
    """

    document: str
    section: str = ""
    position: Position = Position()
    table: str | None = None
    row: str | None = None
    column: str | None = None
    row_index: int | None = None
    column_index: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `text` keeps inner spacing; `indent` is its leading spaces."""

    text: str
    position: Position
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of its level or above.

    `level` counts from 1 (第一部分) downwards; `number` is the printed marker ("第二部分", "二", "（二）");
    `path` joins the headings from the outermost with " > ".
    """

    number: str
    title: str
    level: int
    path: str
    position: Position
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph whose soft wraps are repaired. `section` indexes `Document.sections`."""

    text: str
    section: int | None
    position: Position


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures or text, with the meaning its header was recognised to have.

    `header` is the header path joined by "/". `list` numbers side-by-side lists from 0.
    Axes left empty are unknown or inherited from the table.
    """

    header: str
    list: int = 0
    measure: str = ""
    fund: str = ""
    year: int | None = None
    stage: Stage | None = None
    role: str = ""  # "label" | "code" | "amount" | "text" | "rate" | "change" | "score"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `text` is as printed ("" = blank). `column` indexes `Table.columns`."""

    text: str
    row: int
    column: int
    position: Position = Position()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one list of a table. `parent` indexes `Table.rows`."""

    label: str
    code: str = ""
    list: int = 0
    level: int = 0
    parent: int | None = None
    position: Position = Position()


@dataclass(frozen=True, slots=True)
class Table:
    """A recovered table. `cells` holds a cell for every (row, figure column of the row's list),
    blank ones included. `unit` is as printed ("万元", "元", "" when not stated).
    `number` is the printed label ("公开表7"); `note` is any text printed under it.
    """

    kind: TableKind
    number: str
    title: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    section: int | None
    position: Position
    note: str = ""
    confidence: float = 1.0

    @property
    def name(self) -> str:
        """What a citation calls this table: "公开表7 2021年一般公共预算“三公”经费支出表"."""
        return f"{self.number} {self.title}".strip()

    def cells_of(self, row: int) -> Iterator[Cell]:
        return (cell for cell in self.cells if cell.row == row)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says of itself: the axes that every figure in it inherits."""

    title: str = ""
    body: str = ""
    region: str = ""
    year: int | None = None
    stage: Stage = Stage.BUDGET
    level: str = ""  # "部门" (consolidated) or "单位" (the body itself)


@dataclass(frozen=True, slots=True)
class Document:
    """A disclosure as read. `unread_pages`: pages that are pictures without text."""

    key: str
    identity: Identity
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    content_hash: str
    format: str
    pages: int | None = None
    unread_pages: tuple[int, ...] = ()

    def section_path(self, section: int | None) -> str:
        return "" if section is None else self.sections[section].path
