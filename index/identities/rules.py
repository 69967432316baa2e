"""The identities kept as data (`index/data/identities.toml`), read once and validated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.data_files import DATA, load_toml
from index.document import Stage
from index.evidence import Fact
from index.identities.names import core
from index.numbers import parse_chinese

_AXES = {"kinds", "subjects", "measures", "funds", "classifications", "total", "level"}


@dataclass(frozen=True, slots=True)
class Selector:
    """Names figures by the axes of a `Fact`; an empty axis admits anything."""

    kinds: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()
    classifications: tuple[str, ...] = ()
    total: bool | None = None
    level: int | None = None

    def admits(self, fact: Fact) -> bool:
        return (
            (not self.kinds or fact.table_kind in self.kinds)
            and (not self.measures or fact.measure in self.measures)
            and (not self.funds or fact.fund in self.funds)
            and (not self.classifications or fact.classification in self.classifications)
            and (self.total is None or fact.is_total is self.total)
            and (self.level is None or fact.level == self.level)
            and (not self.subjects or core(fact.subject) in self.subjects)
        )


@dataclass(frozen=True, slots=True)
class Equal:
    """Two selections whose counterparts must be the same figure; `join`: "subject" or "total"; `stage`: of which
    documents ("": of all)."""

    name: str
    join: str
    left: Selector
    right: Selector
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Partition:
    """Wholes and the parts that always make them up. Each part is a tuple of the names it goes by;
    `others` are parts that only some bodies have; with `open` a part may go unstated. `of_year`: wholes that hold more
    than the parts where the document also has the second name.
    """

    name: str
    wholes: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    others: tuple[str, ...] = ()
    open: bool = False
    of_year: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A standard sentence whose amount is, by its own words, one figure of the tables."""

    name: str
    all: tuple[str, ...]
    none: tuple[str, ...]
    after: tuple[str, ...]
    figure: Selector
    subjects: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Covered:
    """A sentence that promises performance targets for every project."""

    name: str
    all: tuple[str, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of printed calculations and listings."""

    multiply: str
    divide: str
    add: str
    equals: str
    each: tuple[str, ...]
    partial: tuple[str, ...]
    remainder: tuple[str, ...]
    together: tuple[str, ...]
    joiners: tuple[str, ...]
    and_so_on: tuple[str, ...]
    generic: tuple[str, ...]
    counters: tuple[str, ...]
    compared: tuple[str, ...]
    executed: tuple[str, ...]
    times: tuple[tuple[str, str], ...]  # how often a year, in Chinese numerals: 每月 十二
    years: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rules:
    words: Words
    equal: tuple[Equal, ...]
    partitions: tuple[Partition, ...]
    quoted: tuple[Quoted, ...]
    covered: tuple[Covered, ...]
    full_kinds: tuple[str, ...]
    narrated_kinds: tuple[str, ...]
    project_total: Selector
    procurement_names: tuple[str, ...]


def _fault(where: str, why: str) -> ValueError:
    return ValueError(f"{where}：{why}")


def _strings(entry: dict[str, Any], name: str, where: str, *, needed: bool = True) -> tuple[str, ...]:
    value = entry.get(name, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value) or (needed and not value):
        raise _fault(where, f"{name} 应为字符串列表")
    return tuple(value)


def _text(entry: dict[str, Any], name: str, where: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value:
        raise _fault(where, f"缺 {name}")
    return value


def _times(entry: dict[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    value = entry.get("times")
    if not isinstance(value, dict) or not all(isinstance(n, str) and parse_chinese(n) for n in value.values()):
        raise _fault(where, "times 应为“说法 = 一年几次”")
    return tuple(value.items())


def _selector(entry: object, where: str) -> Selector:
    if not isinstance(entry, dict) or set(entry) - _AXES:
        raise _fault(where, f"选择条件只能用 {sorted(_AXES)}")
    names = {
        axis: _strings(entry, axis, where, needed=False)
        for axis in ("kinds", "subjects", "measures", "funds", "classifications")
    }
    names["subjects"] = tuple(core(s) for s in names["subjects"])
    total, level = entry.get("total"), entry.get("level")
    if not isinstance(total, bool | None) or not isinstance(level, int | None):
        raise _fault(where, "total 应为真假，level 应为整数")
    return Selector(**names, total=total, level=level)


def _words(entry: dict[str, Any]) -> Words:
    where = "[words]"
    try:
        years = re.compile(_text(entry, "years", where))
    except re.error as error:
        raise _fault(where, f"years 不是正则表达式（{error}）") from error
    return Words(
        multiply=_text(entry, "multiply", where),
        divide=_text(entry, "divide", where),
        add=_text(entry, "add", where),
        equals=_text(entry, "equals", where),
        each=_strings(entry, "each", where),
        partial=_strings(entry, "partial", where),
        remainder=_strings(entry, "remainder", where),
        together=_strings(entry, "together", where),
        joiners=_strings(entry, "joiners", where),
        and_so_on=_strings(entry, "and_so_on", where),
        generic=_strings(entry, "generic", where),
        counters=_strings(entry, "counters", where),
        compared=_strings(entry, "compared", where),
        executed=_strings(entry, "executed", where),
        times=_times(entry, where),
        years=years,
    )


def parse(data: dict[str, Any]) -> Rules:
    """Validates the parsed TOML. Raises ValueError naming the entry that is wrong."""
    equal = []
    for number, entry in enumerate(data.get("equal", []), 1):
        where = f"第 {number} 个 [[equal]]"
        join = _text(entry, "join", where)
        if join not in {"subject", "total"}:
            raise _fault(where, "join 应为 subject 或 total")
        left, right = (_selector(entry.get(side), where) for side in ("left", "right"))
        stage = str(entry.get("stage", ""))
        if stage and stage not in set(Stage):
            raise _fault(where, f"stage 应为 {'、'.join(Stage)}")
        equal.append(Equal(_text(entry, "name", where), join, left, right, stage))
    partitions = []
    for number, entry in enumerate(data.get("partition", []), 1):
        where = f"第 {number} 个 [[partition]]"
        parts = entry.get("parts")
        if not isinstance(parts, list) or len(parts) < 2 or not all(isinstance(p, list) and p for p in parts):
            raise _fault(where, "parts 应为至少两组名称")
        partitions.append(
            Partition(
                _text(entry, "name", where),
                tuple(core(w) for w in _strings(entry, "wholes", where)),
                tuple(tuple(core(n) for n in p) for p in parts),
                tuple(core(n) for n in _strings(entry, "others", where, needed=False)),
                bool(entry.get("open", False)),
                tuple((core(w), core(n)) for w, n in entry.get("of_year", {}).items()),
            )
        )
    quoted = []
    for number, entry in enumerate(data.get("quoted", []), 1):
        where = f"第 {number} 个 [[quoted]]"
        quoted.append(
            Quoted(
                _text(entry, "name", where),
                _strings(entry, "all", where),
                _strings(entry, "none", where, needed=False),
                _strings(entry, "after", where),
                _selector(entry.get("figure"), where),
                _strings(entry, "subjects", where),
                _text(entry, "what", where),
            )
        )
    covered = []
    for number, entry in enumerate(data.get("covered", []), 1):
        where = f"第 {number} 个 [[covered]]"
        covered.append(
            Covered(_text(entry, "name", where), _strings(entry, "all", where), _strings(entry, "subjects", where))
        )
    forms = data.get("forms")
    if not isinstance(forms, dict) or not isinstance(data.get("words"), dict):
        raise _fault("文件", "缺 [forms] 或 [words]")
    tables = data.get("tables")
    if not isinstance(tables, dict):
        raise _fault("文件", "缺 [tables]")
    return Rules(
        _words(data["words"]),
        tuple(equal),
        tuple(partitions),
        tuple(quoted),
        tuple(covered),
        _strings(tables, "full", "[tables]"),
        _strings(tables, "narrated", "[tables]"),
        _selector(forms.get("project_total"), "[forms]"),
        _strings(forms, "procurement_names", "[forms]"),
    )


@cache
def load(path: Path = DATA / "identities.toml") -> Rules:
    """The rules shipped with the project. Raises ReferenceDataError."""
    return load_toml(path, parse)
