"""The semantic layer: how people's words map to operations, axes, attributes and names. Loaded from data files.

Every file is validated when it is loaded; a mistake in one is a `SemanticDataError` naming the file and entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.data_files import load_toml
from assistant.errors import SemanticDataError
from assistant.question import fold
from index.evidence import Classification

TOTAL = "总预算"  # what people call the whole budget


@dataclass(frozen=True, slots=True)
class Synonym:
    """Names of one thing and what people call it; `wider`: of what holds it, meant where none of the names is held;
    `paid`: what these people are paid, which per head is theirs; `heads`: of people who are counted; `joint`: one
    word for several things, each of its names one of them (水电)."""

    names: tuple[str, ...]
    surfaces: tuple[str, ...]
    wider: tuple[str, ...] = ()
    paid: tuple[str, ...] = ()
    heads: bool = False
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """A labelled text of a form. `measure`: the measure of figures that its numbers are, where they are such."""

    label: str
    surfaces: tuple[str, ...]
    measure: str = ""


@dataclass(frozen=True, slots=True)
class SetNoun:
    """A word for a set of figures. `classification` None: any account."""

    surfaces: tuple[str, ...]
    classification: Classification | None
    level: int | None = None
    unit: str = ""
    additive: bool = False  # its figures are of different things and may be added up
    default: Classification | None = None  # of a word that names only a depth (款级科目)


@dataclass(frozen=True, slots=True)
class Container:
    """What a total consists of: the figures meant by "in X, which one is the largest". `parts`: how many there always
    are, so that their sum is the total where that is not printed; 0 where this is not so."""

    names: tuple[str, ...]
    classification: Classification
    level: int | None = None
    measures: tuple[str, ...] = ()
    table_kinds: tuple[str, ...] = ()
    parts: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """A 口径 word: the axis it restricts and the value."""

    surfaces: tuple[str, ...]
    measure: str = ""
    fund: str = ""


@dataclass(frozen=True, slots=True)
class Defaults:
    """Preference orders used when a name alone has several figures."""

    measure: tuple[str, ...]
    fund: tuple[str, ...]
    classification: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Semantics:
    cues: dict[str, tuple[str, ...]]
    synonyms: tuple[Synonym, ...]
    attributes: tuple[Attribute, ...]
    sets: tuple[SetNoun, ...]
    containers: tuple[Container, ...]
    scopes: tuple[Scope, ...]
    defaults: Defaults
    within: dict[str, str]  # 口径 → the one that it is a part of

    @property
    def total_names(self) -> tuple[str, ...]:
        """What the whole budget is printed as."""
        return next(synonym.names for synonym in self.synonyms if TOTAL in synonym.surfaces)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question is asked against: the year and documents it means unless it says otherwise."""

    year: int | None
    documents: tuple[str, ...]
    semantics: Semantics
    stage: str = ""  # 预算 or 决算, where all documents are of one


def _load(name: str) -> dict[str, Any]:
    return load_toml(name, dict)


def _surfaces(name: str, entry: dict[str, Any]) -> tuple[str, ...]:
    surfaces = entry.get("surfaces")
    if not isinstance(surfaces, list) or not surfaces or not all(isinstance(s, str) and s for s in surfaces):
        raise SemanticDataError(f"语义数据文件 {name} 中的条目没有 surfaces：{entry}", remedy="每个条目至少写一个说法")
    return tuple(dict.fromkeys(fold(s) for s in surfaces))


def _listed(value: object) -> tuple[str, ...]:
    """One word or several of a data file."""
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def glue_words() -> tuple[str, ...]:
    """Function words that are trimmed around a name. Raises SemanticDataError."""
    return grammar_words("glue")


def locatives() -> tuple[str, ...]:
    """What words of a place in general end with (省里, 当中). Raises SemanticDataError."""
    return grammar_words("locatives")


@cache
def grammar_words(key: str) -> tuple[str, ...]:
    """One list of grammar.toml. Raises SemanticDataError."""
    words = _load("grammar.toml").get(key)
    if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
        raise SemanticDataError(f"语义数据文件 grammar.toml 缺 {key}", remedy="请恢复 assistant/data")
    return tuple(words)


@cache
def place_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is said before and behind a 口径 that figures stand in. Raises SemanticDataError."""
    place = _load("scopes.toml").get("place")
    if not isinstance(place, dict) or not all(place.get(side) for side in ("before", "after")):
        raise SemanticDataError("语义数据文件 scopes.toml 缺 [place]", remedy="请恢复 assistant/data")
    return tuple(place["before"]), tuple(place["after"])


@cache
def load() -> Semantics:
    """All data files of the layer, validated. Raises SemanticDataError."""
    cues = {name: _surfaces("cues.toml", entry) for name, entry in _load("cues.toml").items()}
    synonyms = tuple(
        Synonym(
            tuple(entry["names"]),
            _surfaces("synonyms.toml", entry),
            tuple(entry.get("wider", ())),
            tuple(entry.get("paid", ())),
            entry.get("heads", False),
            entry.get("joint", False),
        )
        for entry in _load("synonyms.toml")["synonym"]
    )
    attributes = tuple(
        Attribute(entry["label"], _surfaces("attributes.toml", entry), entry.get("measure", ""))
        for entry in _load("attributes.toml")["attribute"]
    )
    raw_sets = _load("sets.toml")
    sets = tuple(
        SetNoun(
            _surfaces("sets.toml", entry),
            Classification(entry["classification"]) if entry["classification"] else None,
            entry.get("level"),
            entry.get("unit", ""),
            entry.get("additive", False),
            Classification(entry["default"]) if "default" in entry else None,
        )
        for entry in raw_sets["set"]
    )
    containers = tuple(
        Container(
            tuple(entry["names"]),
            Classification(entry["classification"]),
            entry.get("level"),
            _listed(entry.get("measure", [])),
            tuple(entry.get("table_kinds", ())),
            entry.get("parts", 0),
        )
        for entry in raw_sets["container"]
    )
    raw = _load("scopes.toml")
    scopes = tuple(
        Scope(_surfaces("scopes.toml", entry), entry.get("measure", ""), entry.get("fund", ""))
        for entry in raw["scope"]
    )
    defaults = Defaults(**{axis: tuple(raw["defaults"][axis]) for axis in ("measure", "fund", "classification")})
    return Semantics(cues, synonyms, attributes, sets, containers, scopes, defaults, dict(raw["within"]))
