"""What header words, list titles and row labels mean. The knowledge is in `index/data/columns.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.data_files import DATA, load_toml
from index.document import Column, Stage
from index.evidence import Classification
from index.numbers import half_width
from index.years import BARE_YEAR

FIGURES = frozenset({"amount", "rate", "change", "score"})  # roles of columns that print numbers
ROLES = FIGURES | {"code", "label", "text"}
PATH_SEPARATOR = "/"
_DROPPED = re.compile(r"[\s“”\"'‘’＂]")
_SPACE = re.compile(r"\s+")
_BRACKETS = str.maketrans("()", "（）")
_OUTER_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of the data file. `parted`: columns of other funds under it are parts of it."""

    patterns: tuple[re.Pattern[str], ...]
    role: str = "amount"
    measure: str = ""
    fund: str = ""
    total: bool = False
    item: Classification | None = None
    parted: bool = False


@dataclass(frozen=True, slots=True)
class ListRule:
    classification: Classification
    titles: tuple[re.Pattern[str], ...]
    rows: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class HeaderRules:
    """The whole data file."""

    words: tuple[Word, ...]
    lists: tuple[ListRule, ...]
    stages: tuple[tuple[Stage, re.Pattern[str]], ...]
    years: tuple[tuple[int, re.Pattern[str]], ...]
    total: re.Pattern[str]
    group: re.Pattern[str]
    marker: re.Pattern[str]
    of_which: re.Pattern[str]
    inflow: re.Pattern[str]  # a column of money that came in, beside what was spent
    body: re.Pattern[str]
    list_title: re.Pattern[str]
    own_name: re.Pattern[str]
    any_name: re.Pattern[str]
    project_name: re.Pattern[str]
    account_name: re.Pattern[str]

    def word(self, text: str) -> Word | None:
        """The entry for one header word, years and bracketed remarks aside."""
        plain = plain_header(self.of_which.sub("", text, count=1))
        for form in (plain, _OUTER_BRACKETS.sub("", plain)):
            if not form:
                continue
            for word in self.words:
                if any(pattern.fullmatch(form) for pattern in word.patterns):
                    return word
        return None

    def is_total(self, label: str) -> bool:
        """Whether a row label names a sum: 合计, 本年支出合计, 总计."""
        return self.total.fullmatch(_DROPPED.sub("", self.marker.sub("", label, count=1))) is not None

    def names_the_row(self, path: Sequence[str]) -> bool:
        """Whether a column of this header path holds what its rows are called: 项目名称."""
        return self.own_name.search(path[-1]) is not None

    def names_a_project(self, path: Sequence[str]) -> bool:
        """Whether a column of this header path holds names of projects."""
        return self.project_name.fullmatch(plain_header(path[-1])) is not None

    def names_an_account(self, path: Sequence[str]) -> bool:
        """Whether a column of this header path holds names of accounts."""
        return self.account_name.search(plain_header(path[-1])) is not None

    def is_of_names(self, path: Sequence[str]) -> bool:
        """Whether a column of this header path holds names, of the rows or of what they belong to: 支出大类."""
        return self.any_name.search(plain_header(path[-1])) is not None

    def list_of_title(self, title: str) -> ListRule | None:
        plain = plain_header(title)
        return next((rule for rule in self.lists if any(p.search(plain) for p in rule.titles)), None)

    def list_titles(self, text: str) -> tuple[str, ...]:
        """The titles of lists that a header line consists of ("收 入 支 出" → 收入, 支出), or none."""
        plain = plain_header(text)
        found = tuple(match[0] for match in self.list_title.finditer(plain))
        return found if len(found) > 1 and "".join(found) == plain else ()

    def column(self, path: Sequence[str], list_number: int = 0, year: int | None = None) -> Column:
        """A header path, outermost first → its meaning. `year` is the table's own, to which 上年 is relative.

        An inner total keeps the outer measure: 基本支出/小计 is 基本支出. What was carried over of a fund is no part
        of this year's: 上年结转/一般公共预算 is 上年结转结余（一般公共预算）.
        """
        role, measure, fund, parted = "amount", "", "", ""
        stage: Stage | None = None
        own_year: int | None = None
        for text in path:
            word = self.word(text)
            if word is not None:
                role = word.role
                fund = f"{parted}（{word.fund}）" if parted and word.fund else word.fund or fund
                parted = parted or (word.fund if word.parted else "")
                if word.measure and not (measure and word.measure == "合计"):
                    measure = word.measure
            stage = self.stage_of(text) or stage
            own_year = self.year_of(text, year) or own_year
        return Column(PATH_SEPARATOR.join(path), list_number, measure, fund, own_year, stage, role)

    def stage_of(self, text: str) -> Stage | None:
        plain = _DROPPED.sub("", text)
        return next((stage for stage, pattern in self.stages if pattern.search(plain)), None)

    def year_of(self, text: str, base: int | None) -> int | None:
        plain = _DROPPED.sub("", half_width(text))
        if match := BARE_YEAR.search(plain):
            return int(match[1])
        if base is None:
            return None
        return next((base + offset for offset, pattern in self.years if pattern.search(plain)), None)


def plain_header(text: str) -> str:
    """A header word without spaces, quotes and years, half-width."""
    return BARE_YEAR.sub("", _DROPPED.sub("", half_width(text)))


def clean_name(label: str, rules: HeaderRules | None = None) -> str:
    """ "其中：(1)公务用车购置" → "公务用车购置": markers, inner layout spaces and full-width forms removed."""
    rules = rules or header_rules()
    text = half_width(label).strip()
    while (match := rules.marker.match(text)) and match.end():
        text = text[match.end() :]
    return _SPACE.sub("", text).translate(_BRACKETS).rstrip("：:")


def header_words(column: Column) -> tuple[str, ...]:
    return tuple(column.header.split(PATH_SEPARATOR))


@cache
def header_rules(path: Path = DATA / "columns.toml") -> HeaderRules:
    """Load and validate the data file. Raises ReferenceDataError naming what is wrong."""
    return load_toml(path, _rules)


def _rules(data: dict[str, Any]) -> HeaderRules:
    rows, names = data["rows"], data["names"]
    return HeaderRules(
        words=tuple(_word(entry) for entry in data["word"]),
        lists=tuple(
            ListRule(Classification(e["classification"]), _compiled(e["titles"]), _compiled(e["rows"]))
            for e in data["list"]
        ),
        stages=tuple((Stage(s), p) for s, patterns in data["stages"].items() for p in _compiled(patterns)),
        years=tuple((int(y), p) for y, patterns in data["years"].items() for p in _compiled(patterns)),
        total=re.compile(rows["total"]),
        group=re.compile(rows["group"]),
        marker=re.compile(rows["marker"]),
        of_which=re.compile(rows["of_which"]),
        inflow=re.compile(rows["inflow"]),
        body=re.compile(rows["body"]),
        list_title=re.compile(rows["list_title"]),
        own_name=re.compile(names["own"]),
        any_name=re.compile(names["any"]),
        project_name=re.compile(names["project"]),
        account_name=re.compile(names["account"]),
    )


def _compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def _word(entry: dict[str, Any]) -> Word:
    unknown = set(entry) - {"patterns", "role", "measure", "fund", "total", "item", "parted"}
    role = entry.get("role", "amount")
    if unknown or role not in ROLES:
        raise ValueError(f"{entry.get('patterns')} 有未知字段或角色 {sorted(unknown) or role}")
    return Word(
        patterns=_compiled(entry["patterns"]),
        role=role,
        measure=entry.get("measure", ""),
        fund=entry.get("fund", ""),
        total=entry.get("total", False),
        item=Classification(entry["item"]) if "item" in entry else None,
        parted=entry.get("parted", False),
    )
