"""The vocabulary of performance forms: `data/form_labels.toml` and `data/indicator_terms.toml`, validated."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from index.document import Stage, TableKind
from index.errors import ReferenceDataError

LABELS_FILE = "form_labels.toml"
TERMS_FILE = "indicator_terms.toml"
_YEARS = re.compile(r"(?:19|20)\d{2}(?:年)?(?:[-—－–~～至](?:19|20)\d{2})?(?:年度|年)?")
_UNIT = re.compile(r"[（(](?:单位[:：])?(?P<unit>[^（）()]{0,2}元)[）)]|单位[:：](?P<stated>[^（）()]{0,2}元)")
_REMARK = re.compile(r"[（(][^（）()]*[）)]$")
_LEADING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、．.]|[*★●·])")
_ORDINALS = "一二三四五六七八九十"
_ROLES = frozenset(
    {"field", "project", "amount", "history", "review", "goal", "column", "indicators", "owner", "contact", "heading"}
)


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: its canonical name and what its text is (see the data file for the roles)."""

    canonical: str
    role: str
    measure: str = ""
    fund: str = ""
    horizon: str = ""
    numbered: bool = False
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """A kind of table inside a form: printed column name → role of the column."""

    kind: str
    minimum: int
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything needed to cut a form into labelled parts."""

    titles: Mapping[str, TableKind]
    labels: Mapping[str, Label]
    headers: tuple[Header, ...]
    standalone: frozenset[str]
    furniture: re.Pattern[str]
    longest: int
    initials: frozenset[str]

    def may_begin(self, text: str) -> bool:
        """A quick no for text that cannot be the beginning of a label or column name."""
        return text[0] in self.initials or not text[0].isalpha() or text[0] in _ORDINALS


@dataclass(frozen=True, slots=True)
class HistoryMeasure:
    """What an amount of an earlier year is, and the phrases that say so."""

    measure: str
    stage: Stage
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Words inside the forms. `operators` and `suffixes` map what is printed to ≥ ≤ = > <."""

    level1: frozenset[str]
    level2: frozenset[str]
    qualitative: frozenset[str]
    operators: Mapping[str, str]
    suffixes: Mapping[str, str]
    multiples: Mapping[str, Decimal]
    units: frozenset[str]
    text_units: tuple[str, ...]
    lead_ins: tuple[str, ...]
    totals: frozenset[str]
    each: str
    yearly: str
    edges: tuple[str, ...]
    account_endings: tuple[str, ...]
    history: tuple[HistoryMeasure, ...]
    spent: tuple[str, ...]


def normalise(printed: str) -> str:
    """A printed label or column name → the form it is looked up under.

    Spaces, years, a leading ordinal, colons, and a remark in brackets at the end are dropped.

    >>> normalise("2021 项目拟投入资金构成（万元）")
    '项目拟投入资金构成'
    """
    text = _LEADING.sub("", "".join(printed.split())).strip("：:")
    text = _YEARS.sub("", text)
    return text if text in _bracketed() else _REMARK.sub("", text)


def unit_in(printed: str) -> str:
    """The money unit a label states ("（万元）", "单位：元"), else ""."""
    match = _UNIT.search("".join(printed.split()))
    return (match["unit"] or match["stated"]) if match else ""


@cache
def _bracketed() -> frozenset[str]:
    raw = _load(LABELS_FILE)
    names = (name for label in raw.get("label", []) for name in label.get("names", []))
    return frozenset(name for name in names if _REMARK.search(name))


@cache
def layout() -> Layout:
    """The form vocabulary. Raises ReferenceDataError if the file contradicts itself."""
    raw = _load(LABELS_FILE)
    titles = {title: TableKind(form["kind"]) for form in _items(raw, "form") for title in form["titles"]}
    labels: dict[str, Label] = {}
    for item in _items(raw, "label"):
        keys = ("canonical", "role", "measure", "fund", "horizon", "numbered", "inline")
        label = Label(**{key: item[key] for key in keys if key in item})
        if label.role not in _ROLES:
            raise _invalid(LABELS_FILE, f"“{label.canonical}”的 role “{label.role}”不在约定之列")
        for name in item["names"]:
            if labels.setdefault(name, label) != label:
                raise _invalid(LABELS_FILE, f"“{name}”同时属于“{labels[name].canonical}”和“{label.canonical}”")
    headers = tuple(Header(item["kind"], item["minimum"], _inverted(item["columns"])) for item in _items(raw, "table"))
    furniture = re.compile("|".join(f"(?:{pattern})" for pattern in raw["furniture"]))
    names = [*labels, *(name for header in headers for name in header.columns)]
    return Layout(
        titles=titles,
        labels=labels,
        headers=headers,
        standalone=frozenset(raw["standalone"]),
        furniture=furniture,
        longest=max(len(name) for name in names),
        initials=frozenset(name[0] for name in names),
    )


@cache
def terms() -> Terms:
    """The words of indicators and amounts. Raises ReferenceDataError if the file is incomplete."""
    raw = _load(TERMS_FILE)
    try:
        phrases, quantities = raw["phrases"], raw["quantities"]
        return Terms(
            level1=frozenset(raw["level1"]),
            level2=frozenset(raw["level2"]),
            qualitative=frozenset(raw["qualitative"]),
            operators=_inverted(raw["operators"]),
            suffixes=_inverted(raw["suffixes"]),
            multiples={name: Decimal(value) for name, value in quantities["multiples"].items()},
            units=frozenset(quantities["units"]),
            text_units=_longest_first(quantities["text_units"]),
            lead_ins=_longest_first(phrases["lead_ins"]),
            totals=frozenset(phrases["totals"]),
            each=phrases["each"],
            yearly=phrases["yearly"],
            edges=_longest_first(phrases["edges"]),
            account_endings=tuple(phrases["account_endings"]),
            history=tuple(
                HistoryMeasure(item["measure"], Stage(item["stage"]), tuple(item["phrases"])) for item in raw["history"]
            ),
            spent=_longest_first(raw["history_words"]["spent"]),
        )
    except (KeyError, ValueError, ArithmeticError) as error:
        raise _invalid(TERMS_FILE, f"缺少或不合约定：{error}") from error


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _inverted(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """{meaning: printed words} → {printed word: meaning}, the longest word first."""
    pairs = [(word, meaning) for meaning, words in table.items() for word in words]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def _items(raw: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    items = raw.get(key)
    if not isinstance(items, list) or not items:
        raise _invalid(LABELS_FILE, f"没有 [[{key}]]")
    return items


def _load(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((resources.files("index") / "data" / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise _invalid(name, str(error)) from error


def _invalid(name: str, problem: str) -> ReferenceDataError:
    return ReferenceDataError(f"数据文件 index/data/{name} 不可用：{problem}", remedy="请从版本库恢复该文件")
