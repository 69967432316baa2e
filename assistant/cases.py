"""An amount shared out over what the document counts beside it: a reception's batches and guests, a fleet's cars.

"平均每批客人花多少", "按人次摊下来一位多少", "每台车一年养护多少": read from a data file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.data_files import load_toml
from assistant.errors import SemanticDataError
from assistant.executing import Executor, FactRow
from assistant.parts import Parts
from assistant.query import Operation, Selector, SemanticQuery
from assistant.question import fold
from assistant.semantics import Setting
from assistant.text_terms import load
from index.evidence import Classification, Dimension

_FILE = "cases.toml"
PER_CASE = "per_case"  # detail of a ratio: divided by the number of things in `whole`


@dataclass(frozen=True, slots=True)
class By:
    """What is counted: its unit, what people and what documents call it."""

    unit: str
    said: tuple[str, ...]
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    names: tuple[str, ...]
    topics: tuple[str, ...]
    by: tuple[By, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    each: tuple[str, ...]
    cases: tuple[Case, ...]


@cache
def known() -> Cases:
    """The amounts that are shared out. Raises SemanticDataError."""
    return load_toml(_FILE, _parsed)


def _parsed(data: dict[str, Any]) -> Cases:
    cases = tuple(
        Case(
            tuple(entry["names"]),
            tuple(map(fold, entry["topics"])),
            tuple(By(by["unit"], tuple(map(fold, by["said"])), tuple(by["counted"])) for by in entry["by"]),
        )
        for entry in data["case"]
    )
    if not all(c.names and c.topics and c.by and all(b.said and b.counted for b in c.by) for c in cases):
        raise SemanticDataError(f"语义数据文件 {_FILE} 有空的条目", remedy="每个条目至少写一个说法")
    return Cases(tuple(map(fold, data["each"])), cases)


def per_case(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """The amount of a case ÷ as many as the document counts of it."""
    text = parts.linked.text
    if not any(word in text for word in known().each) or parts.has("share", "compare_previous", "reason"):
        return None
    counted = [q for m in parts.quantities if (q := m.quantity) and q.dimension is Dimension.COUNT and q.value != 1]
    if counted:
        return None  # 摊到3辆车上: by as many as the question says
    named = [*parts.subjects, *parts.contexts]
    names = {name for s in named for name in s.selector.names}
    for case in known().cases:
        about = not names.isdisjoint(case.names)
        if not about and (names or not any(topic in text for topic in case.topics)):
            continue
        by = next((b for b in case.by if any(word in text for word in b.said)), None)
        if by is None:
            continue
        own = next((s.selector for s in named if not set(case.names).isdisjoint(s.selector.names)), None)
        amount = own or Selector(names=case.names[:2], label=case.names[0])
        amount = amount.narrowed(dimension=Dimension.MONEY, documents=parts.documents or setting.documents, measures=())
        whole = Selector(
            names=by.counted, classifications=(Classification.QUANTITY,), label=by.unit, documents=amount.documents
        )
        return SemanticQuery(Operation.RATIO, subjects=(amount,), whole=whole, detail=PER_CASE)
    return None


def counted(whole: Selector, executor: Executor) -> FactRow | None:
    """How many of the things the document counts, under the first name it has for them."""
    rows = [r for r in executor.facts(whole) if r.value and load().same_counter(whole.label, r.unit)]
    return min(rows, key=lambda r: (whole.names.index(r.subject), r.id), default=None)
