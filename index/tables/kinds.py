"""What kind of statutory table a title or a header names. The knowledge is in `index/data/table_kinds.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.data_files import DATA, load_toml
from index.document import TableKind
from index.numbers import half_width
from index.years import BARE_YEAR

_QUOTES = re.compile(r"[“”\"'‘’「」『』＂\s]")


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind: how it is recognised and what its figures inherit."""

    kind: TableKind
    titles: tuple[re.Pattern[str], ...] = ()
    headers: tuple[re.Pattern[str], ...] = ()
    fund: str = ""
    measure: str = ""
    form: bool = False


GENERIC = KindRule(TableKind.GENERIC)


@dataclass(frozen=True, slots=True)
class KindRules:
    """The whole data file: patterns of the lines round a table, and the kinds in order of narrowness."""

    label: re.Pattern[str]
    unit: re.Pattern[str]
    header_unit: re.Pattern[str]
    body: re.Pattern[str]
    note: re.Pattern[str]
    title_tail: re.Pattern[str]
    rules: tuple[KindRule, ...]
    funds: tuple[tuple[str, re.Pattern[str]], ...]

    def of_title(self, title: str) -> KindRule | None:
        """The first rule that names `title`, or None."""
        plain = plain_title(title)
        return next((rule for rule in self.rules if any(p.search(plain) for p in rule.titles)), None)

    def of_headers(self, words: Iterable[str]) -> KindRule | None:
        """The first rule all of whose header patterns occur in `words` (headers and row labels)."""
        text = plain_title("|".join(words))
        return next((rule for rule in self.rules if rule.headers and all(p.search(text) for p in rule.headers)), None)

    def fund_of(self, title: str, kind: TableKind) -> str:
        """The fund that every figure of a table belongs to: named in its title, else the kind's own."""
        named = next((name for name, pattern in self.funds if pattern.search(plain_title(title))), "")
        return named or self.of_kind(kind).fund

    def unit_in_header(self, text: str) -> str:
        """The money unit that a header states ("金额（万元）"), or ""."""
        match = self.header_unit.search(text)
        return match[1] if match else ""

    def of_kind(self, kind: TableKind) -> KindRule:
        return next((rule for rule in self.rules if rule.kind is kind), GENERIC)


def plain_title(title: str) -> str:
    """A title without spaces, quotation marks and years, half-width."""
    return BARE_YEAR.sub("", _QUOTES.sub("", half_width(title)))


@cache
def kind_rules(path: Path = DATA / "table_kinds.toml") -> KindRules:
    """Load and validate the data file. Raises ReferenceDataError naming the offending entry."""
    return load_toml(path, _rules)


def _rules(data: dict[str, Any]) -> KindRules:
    return KindRules(
        label=re.compile(data["label"]),
        unit=re.compile(data["unit"]),
        header_unit=re.compile(data["header_unit"]),
        body=re.compile(data["body"]),
        note=re.compile(data["note"]),
        title_tail=re.compile(data["title_tail"]),
        rules=tuple(_rule(entry) for entry in data["kind"]),
        funds=tuple((entry["name"], re.compile(entry["pattern"])) for entry in data["fund"]),
    )


def _rule(entry: dict[str, Any]) -> KindRule:
    unknown = set(entry) - {"kind", "titles", "headers", "fund", "measure", "form"}
    if unknown:
        raise ValueError(f"{entry.get('kind')} 有未知字段 {sorted(unknown)}")
    return KindRule(
        kind=TableKind(entry["kind"]),
        titles=tuple(re.compile(p) for p in entry["titles"]),
        headers=tuple(re.compile(p) for p in entry.get("headers", ())),
        fund=entry.get("fund", ""),
        measure=entry.get("measure", ""),
        form=entry.get("form", False),
    )
