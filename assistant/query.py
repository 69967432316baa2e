"""The intermediate representation between understanding and SQL: plain frozen values.

A `Selector` says which facts are meant; a `SemanticQuery` says what to do with them.
Nothing here knows Chinese grammar, SQL, or where a value is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from index.evidence import Classification, Dimension


class Operation(StrEnum):
    VALUE = "查询"
    CHANGE = "增减额"
    RATE = "增减率"
    SHARE = "占比"
    RANK = "排序"
    SUM = "合计"
    MEAN = "平均"
    DIFFERENCE = "相差"
    RATIO = "倍数"
    LIST = "列举"
    COUNT = "计数"
    EXISTENCE = "有无"
    COMPARISON = "比较"
    VERIFY = "核对"


ALL_FUNDS = "全部资金"  # the fund of a figure that no fund restricts
EITHER = "互为部分"  # detail of a share of two things of which the question does not say which is the part
NET = "相抵"  # detail of a sum: of changes up and down
CHANGED, DECREASE, INCREASE = "增减额", "减少额", "增加额"  # measures: the stated change of a thing, signed or its size
TOGETHER = "合计"  # detail of a share or a change: of all subjects added up, not of each
REMAINDER = "剩余"  # detail of a difference: what is left of a thing without others
OWN_WHOLE = "各自占比"  # detail of a question across bodies: of each, the share of its own whole
ENDS = "两端"  # detail of a ranking or a difference: of the largest and the smallest
BESIDES = "除了在前的"  # detail of a ranking: what is left out may be what comes first, and is only set aside
SUM_AGAINST = "之和相比"  # detail of a comparison: how much more or less the subjects together are than the whole
SAME = "持平"  # direction of what did not change
AGAINST_BUDGET = "与预算相比"  # detail of a change: against the budget of the same year
COMPLETION = "完成率"  # detail of a share: of the budget that was carried out
FIGURE_TOO = "数与增减"  # detail of a change that is asked beside the figure itself


class Order(StrEnum):
    DESCENDING = "从大到小"
    ASCENDING = "从小到大"


@dataclass(frozen=True, slots=True)
class Condition:
    """A bound on the stored value of a fact, e.g. `> 5_000_000` 分. `text` is how to put it in words; `of_mean`: the
    bound is the mean of the set, which is not known yet."""

    operator: str  # > >= < <= = <>
    operand: int
    text: str = ""
    dimension: Dimension = Dimension.MONEY
    of_mean: bool = False


@dataclass(frozen=True, slots=True)
class Selector:
    """Which facts. Empty axes do not restrict; several values on one axis are alternatives.

    `project` None: inside or outside a project; "": outside any; otherwise the project's name.
    `parents`: codes or names whose direct children are meant.
    `label` is what the question called it.
    """

    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    classifications: tuple[Classification, ...] = ()
    measures: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()
    project: str | None = None
    parents: tuple[str, ...] = ()
    level: int | None = None
    years: tuple[int, ...] = ()
    stages: tuple[str, ...] = ()
    table_kinds: tuple[str, ...] = ()
    table_numbers: tuple[str, ...] = ()
    dimension: Dimension | None = None
    totals: bool | None = None
    leaves: bool | None = None
    inside: bool = False  # only figures inside projects
    tabled: bool = False  # only what a table or form prints, not what prose repeats
    exclude: tuple[str, ...] = ()
    holding: str = ""  # what their names have to hold
    groups: tuple[str, ...] = ()  # levels of performance indicators
    conditions: tuple[Condition, ...] = ()
    documents: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()  # units under the documents' own bodies; empty: those bodies as a whole
    label: str = ""

    def narrowed(self, **axes: object) -> Selector:
        return replace(self, **axes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SemanticQuery:
    """What is asked of which facts.

    `subjects`: each resolves to one figure (VALUE, CHANGE, SUM of named things, COMPARISON …).
    `members`: a set (RANK, LIST, COUNT, MEAN, SUM over a described set).
    `whole`: the denominator of a SHARE, the base of a RATIO.
    `position`/`limit`: which ranks of an ordered set ("第二" → position 2; "前三" → limit 3).
    `claim`: the value a VERIFY question puts forward.
    `unit`: the unit the answer is wanted in ("" = as the document's).
    `direction`: "减少" or "增加" if the question presumes one.
    """

    operation: Operation
    subjects: tuple[Selector, ...] = ()
    members: Selector | None = None
    whole: Selector | None = None
    order: Order | None = None
    position: int = 1
    limit: int = 1
    claim: Condition | None = None
    unit: str = ""
    direction: str = ""
    then: Operation | None = None  # what to do with the outcome of a RANK ("占比最大的那项比上年…")
    detail: str = ""

    @property
    def sign(self) -> int:
        """-1 for 减少, 1 for 增加, 0 where no direction is presumed."""
        return {"减少": -1, "增加": 1}.get(self.direction, 0)

    def with_(self, **fields: object) -> SemanticQuery:
        return replace(self, **fields)  # type: ignore[arg-type]


def of_budget(query: SemanticQuery) -> bool:
    """Is something asked of what was budgeted and spent in one year?"""
    return query.detail in (AGAINST_BUDGET, COMPLETION)


def held_to(query: SemanticQuery, documents: tuple[str, ...]) -> SemanticQuery:
    """A query of these documents and no others, whatever conversation its parts came from."""
    if not documents:
        return query

    def hold(selector: Selector) -> Selector:
        inside = tuple(key for key in selector.documents if key in documents)
        return selector.narrowed(documents=inside or documents)

    return query.with_(
        subjects=tuple(map(hold, query.subjects)),
        members=hold(query.members) if query.members else None,
        whole=hold(query.whole) if query.whole else None,
    )
