"""What is known from a document: facts, statements, forms, findings.

Every value keeps the `Source` it was read from. Exact numbers only:
`value` is an INTEGER = the exact number × `Dimension.scale` (money in 分; everything else in 1/10000).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from index.document import Source, Stage


class Dimension(StrEnum):
    MONEY = "金额"
    COUNT = "数量"
    PERCENT = "百分比"
    TEXT = "文字"

    @property
    def scale(self) -> int:
        """Stored integer per 元 (money) or per 1 (a count) or per 1 % (a percentage)."""
        return 100 if self is Dimension.MONEY else 10_000

    def decimal(self, value: int) -> Decimal:
        """The exact number in 元, in the printed count unit, or in per cent."""
        return Decimal(value) / self.scale


class Classification(StrEnum):
    """Which list of names a fact's subject belongs to."""

    TOTAL = "总额"  # 收入总计, 支出总计, 部门总预算
    REVENUE = "收入来源"
    FUNCTIONAL = "功能分类"
    ECONOMIC = "部门经济分类"
    GOVERNMENT_ECONOMIC = "政府经济分类"
    NATURE = "支出性质"  # 基本支出, 项目支出, 人员经费, 公用经费, 机关运行经费
    THREE_PUBLIC = "三公经费"
    PROJECT = "项目"
    FUNDING = "项目资金来源"
    SPENDING_LINE = "项目支出明细"
    PROCUREMENT = "政府采购"
    INDICATOR = "绩效指标"
    QUANTITY = "数量"  # 编制, 在职人员, 车辆, 面积
    OTHER = "其他"


class Origin(StrEnum):
    TABLE = "表格"
    PROSE = "文字"
    DERIVED = "推算"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with every 口径 axis and the place it was read.

    `value` None with `printed` "" is a blank cell of a printed row (not 0, not absent).
    `measure`: 合计, 基本支出, 项目支出, 人员经费, 公用经费, 预算数, 实际支出, 结余, 调整后 … ("" if none applies).
    `fund`: 全部资金, 财政拨款, 一般公共预算, 政府性基金, 国有资本经营 ….
    `level`: depth in its hierarchy (0 total, 1 类, 2 款, 3 项); `parent`: the code or name of the parent row.
    `project`: the project's name for figures inside a project.
    `formula`: how a DERIVED value came about, in printed figures ("1.16 + 1.74 = 2.90 万元").
    `body`: the subordinate body whose figure this is; "" for the whole of the document's own body.
    `sources[0]` is the place of the figure itself.
    """

    subject: str
    classification: Classification
    value: int | None
    printed: str
    unit: str
    sources: tuple[Source, ...]
    dimension: Dimension = Dimension.MONEY
    code: str = ""
    measure: str = ""
    fund: str = ""
    year: int | None = None
    stage: Stage = Stage.BUDGET
    level: int = 0
    parent: str = ""
    project: str = ""
    operator: str = ""  # ≥ ≤ = for indicators
    is_total: bool = False
    is_leaf: bool = True
    origin: Origin = Origin.TABLE
    formula: str = ""
    table_kind: str = ""
    table_number: str = ""
    body: str = ""


class StatementKind(StrEnum):
    AMOUNT = "金额"
    CHANGE = "增减额"  # value signed: 减少 is negative; 持平 is 0
    RATE = "增减率"  # PERCENT, signed
    SHARE = "占比"  # PERCENT of `whole`
    COMPLETION = "完成率"  # PERCENT of the budget of the same year that was spent
    COUNT = "数量"
    REASON = "原因"
    USE = "用途"  # 主要用于 …
    ABSENCE = "说明无"  # 本部门无政府性基金支出 …


@dataclass(frozen=True, slots=True)
class Statement:
    """What one clause of prose says of a subject; `source.quote` is the whole sentence.

    `clause` is the exact clause; `text` holds a reason or a use, otherwise "".
    `base_year` is the year a change or rate compares with.
    """

    kind: StatementKind
    subject: str
    classification: Classification
    source: Source
    clause: str
    value: int | None = None
    dimension: Dimension = Dimension.TEXT
    printed: str = ""
    unit: str = ""
    text: str = ""
    whole: str = ""
    code: str = ""
    measure: str = ""
    fund: str = ""
    year: int | None = None
    base_year: int | None = None
    stage: Stage = Stage.BUDGET
    project: str = ""
    base_stage: Stage | None = None  # of a change: what it compares with, where the words say so


@dataclass(frozen=True, slots=True)
class TextField:
    """A labelled text of a form: `owner` is the project's name or "" for the whole body.

    `label` is canonical (负责人, 联系电话, 项目概况, 单位职能概述, 绩效总目标, 长期目标1, 年度目标1, 项目类别, …).
    """

    owner: str
    label: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Project:
    """A project as named in the document, with every name the document gives it."""

    name: str
    aliases: tuple[str, ...] = ()
    category: str = ""
    total: int | None = None
    current: int | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class SpendingLine:
    """One spending line of a project. `origin_form`: which form it stands in (整体申报表 / 项目表).

    `ordinal` is its printed number; `text` the whole printed line.
    `economic_name` is the account it is budgeted under, where given.
    """

    project: str
    content: str
    value: int | None
    source: Source
    text: str = ""
    ordinal: str = ""
    economic_name: str = ""
    origin_form: str = ""


@dataclass(frozen=True, slots=True)
class Procurement:
    project: str
    category: str  # 货物类 / 工程类 / 服务类
    catalogue: str
    value: int | None
    source: Source
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One performance indicator.

    `horizon`: 长期 / 年度 / 项目; `goal`: the goal it stands under ("长期目标1" or "").
    `printed` is the indicator value as printed ("≥700份", "显著提高"); `value` None for qualitative ones.
    """

    project: str
    horizon: str
    goal: str
    level1: str
    level2: str
    name: str
    printed: str
    source: Source
    operator: str = ""
    value: int | None = None
    unit: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Forms:
    """Everything read from performance forms."""

    projects: tuple[Project, ...] = ()
    fields: tuple[TextField, ...] = ()
    spending: tuple[SpendingLine, ...] = ()
    procurement: tuple[Procurement, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    facts: tuple[Fact, ...] = ()  # funds, history, spending lines … as facts


class Severity(StrEnum):
    ROUNDING = "取整"
    DISCREPANCY = "出入"
    CONTRADICTION = "矛盾"


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken identity. `subjects` are the names an answer must touch to mention it.

    `aspects` narrow that: when not empty, the answer must also be about one of them
    ("增减", "占比", "金额", "单位", "数量", "执行数", "项目总预算", "目标", "明细").
    """

    kind: str
    severity: Severity
    message: str
    arithmetic: str
    sources: tuple[Source, ...]
    subjects: tuple[str, ...]
    project: str = ""
    aspects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A retrievable passage. `heading` is its section path or table title; `kind`: prose, row, form, definition."""

    text: str
    heading: str
    kind: str
    source: Source
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything known from one document, ready to be stored."""

    facts: tuple[Fact, ...] = ()
    statements: tuple[Statement, ...] = ()
    forms: Forms = Forms()
    findings: tuple[Finding, ...] = ()
    chunks: tuple[Chunk, ...] = ()
