"""The vocabulary of performance forms: `data/form_labels.toml` and `data/indicator_terms.toml`, validated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from index.data_files import DATA, load_toml
from index.document import Stage, TableKind
from index.years import YEAR_DIGITS

_YEARS = re.compile(rf"{YEAR_DIGITS}年?(?:[-—－–~～至]{YEAR_DIGITS})?(?:年度|年)?")
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
    """Everything needed to cut a form into labelled parts.

    `contacts`: canonical labels of the contacts of a body; `bracketed`: names of labels that end in a bracket.
    """

    titles: Mapping[str, TableKind]
    labels: Mapping[str, Label]
    headers: tuple[Header, ...]
    contacts: frozenset[str]
    bracketed: frozenset[str]
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
    """Words inside the forms. `operators` and `suffixes` map what is printed to ≥ ≤ = > <.

    `unsigned`: what stands in a column of signs for none.
    """

    level1: frozenset[str]
    level2: frozenset[str]
    qualitative: frozenset[str]
    operators: Mapping[str, str]
    suffixes: Mapping[str, str]
    unsigned: frozenset[str]
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
    return text if text in layout().bracketed else _REMARK.sub("", text)


def unit_in(printed: str) -> str:
    """The money unit a label states ("（万元）", "单位：元"), else ""."""
    match = _UNIT.search("".join(printed.split()))
    return (match["unit"] or match["stated"]) if match else ""


@cache
def layout(path: Path = DATA / "form_labels.toml") -> Layout:
    """The form vocabulary. Raises ReferenceDataError if the file contradicts itself."""
    return load_toml(path, _layout)


def _layout(data: dict[str, Any]) -> Layout:
    titles = {title: TableKind(form["kind"]) for form in _items(data, "form") for title in form["titles"]}
    labels: dict[str, Label] = {}
    for item in _items(data, "label"):
        keys = ("canonical", "role", "measure", "fund", "horizon", "numbered", "inline")
        label = Label(**{key: item[key] for key in keys if key in item})
        if label.role not in _ROLES:
            raise ValueError(f"“{label.canonical}”的 role “{label.role}”不在约定之列")
        for name in item["names"]:
            if labels.setdefault(name, label) != label:
                raise ValueError(f"“{name}”同时属于“{labels[name].canonical}”和“{label.canonical}”")
    headers = tuple(Header(item["kind"], item["minimum"], _inverted(item["columns"])) for item in _items(data, "table"))
    furniture = re.compile("|".join(f"(?:{pattern})" for pattern in data["furniture"]))
    names = [*labels, *(name for header in headers for name in header.columns)]
    return Layout(
        titles=titles,
        labels=labels,
        headers=headers,
        contacts=frozenset(label.canonical for label in labels.values() if label.role == "contact"),
        bracketed=frozenset(name for name in labels if _REMARK.search(name)),
        standalone=frozenset(data["standalone"]),
        furniture=furniture,
        longest=max(len(name) for name in names),
        initials=frozenset(name[0] for name in names),
    )


@cache
def terms(path: Path = DATA / "indicator_terms.toml") -> Terms:
    """The words of indicators and amounts. Raises ReferenceDataError if the file is incomplete."""
    return load_toml(path, _terms)


def _terms(data: dict[str, Any]) -> Terms:
    phrases, quantities = data["phrases"], data["quantities"]
    return Terms(
        level1=frozenset(data["level1"]),
        level2=frozenset(data["level2"]),
        qualitative=frozenset(data["qualitative"]),
        operators=_inverted(data["operators"]),
        suffixes=_inverted(data["suffixes"]),
        unsigned=frozenset(data["unsigned"]["words"]),
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
            HistoryMeasure(item["measure"], Stage(item["stage"]), tuple(item["phrases"])) for item in data["history"]
        ),
        spent=_longest_first(data["history_words"]["spent"]),
    )


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _inverted(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """{meaning: printed words} → {printed word: meaning}, the longest word first."""
    pairs = [(word, meaning) for meaning, words in table.items() for word in words]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def _items(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    items = data.get(key)
    if not isinstance(items, list) or not items:
        raise ValueError(f"没有 [[{key}]]")
    return items
