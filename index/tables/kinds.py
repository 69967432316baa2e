"""What kind of statutory table a title or a header names. The knowledge is in `index/data/table_kinds.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.document import TableKind
from index.errors import ReferenceDataError
from index.numbers import half_width

DATA = Path(__file__).parent.parent / "data" / "table_kinds.toml"
_QUOTES = re.compile(r"[“”\"'‘’「」『』＂\s]")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:年度|年)?")


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

    def of_kind(self, kind: TableKind) -> KindRule:
        return next((rule for rule in self.rules if rule.kind is kind), GENERIC)


def plain_title(title: str) -> str:
    """A title without spaces, quotation marks and years, half-width."""
    return _YEAR.sub("", _QUOTES.sub("", half_width(title)))


@cache
def kind_rules(path: Path = DATA) -> KindRules:
    """Load and validate the data file. Raises ReferenceDataError naming the offending entry."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return KindRules(
            label=re.compile(data["label"]),
            unit=re.compile(data["unit"]),
            body=re.compile(data["body"]),
            note=re.compile(data["note"]),
            title_tail=re.compile(data["title_tail"]),
            rules=tuple(_rule(entry) for entry in data["kind"]),
            funds=tuple((entry["name"], re.compile(entry["pattern"])) for entry in data["fund"]),
        )
    except (OSError, KeyError, ValueError, TypeError, re.error) as error:
        raise ReferenceDataError(f"表种数据 {path.name} 无效：{error}", remedy="请恢复随项目发布的数据文件") from error


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
