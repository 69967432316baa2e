"""What is known about answering from text (`data/prose.toml`), read once and validated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.data_files import load_toml
from assistant.errors import SemanticDataError
from assistant.question import fold

_FILE = "prose.toml"


@dataclass(frozen=True, slots=True)
class Undisclosed:
    """An aspect that a disclosure holds only where it says one of `words`; with `companions`, only beside one."""

    name: str
    words: tuple[str, ...]
    companions: tuple[str, ...] = ()
    near: bool = False  # a companion close before one of the words, itself no part of a name that documents say
    unrelated: bool = False  # no budget would hold it


@dataclass(frozen=True, slots=True)
class Kind:
    """How a question asks for a kind of thing: 哪 + 几 + 个 + 街道."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    counters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organs:
    """How bodies are called by level and organ: 区 + 政府 + 办. `groups`: names of one organ, the longest first."""

    levels: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """How a question asks where: by a word, or by a kind of place behind 哪几个; what else 哪里 may mean."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]
    printed: tuple[str, ...]
    spent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quarrel:
    """Bodies that may quarrel (两个部门), and words between them and their quarrel; `indefinite`: behind some of them
    (几个部门之间), where no number is asked."""

    parties: tuple[str, ...]
    between: tuple[str, ...]
    indefinite: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inclusion:
    """How a question asks whether something is part of another, how a text lists its parts; `open`: words that leave
    such a list open."""

    words: tuple[str, ...]
    lists: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Labels that one question may ask for by a word each, behind one verb (是谁、哪一天填的): label → its words."""

    asked: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Opening:
    """How a first clause starts or ends that only says who asks, or what for."""

    starts: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextTerms:
    """`light`: words of a question that evidence need not repeat; `letters`: words of one character that carry
    nothing; `tails`: last words of headings that say nothing of their subject; `money`: words of a question about
    money. `persons`: words that ask for a person or a day, `days` for a day, `called` for the name of a person,
    `sayings` for words in quotation marks, `naming` for what a described thing is called, `systems` for classifications
    as such. `offices`: last words of the names of bodies, `kinds` of those that behind a common word mean any such body.
    `counters`: counter → its group of equals."""

    light: frozenset[str]
    letters: frozenset[str]
    kind: Kind
    where: Where
    persons: tuple[str, ...]
    days: tuple[str, ...]
    called: tuple[str, ...]
    quarrel: Quarrel
    sayings: tuple[str, ...]
    inclusion: Inclusion
    tails: tuple[str, ...]
    money: tuple[str, ...]
    reasons: tuple[str, ...]
    uses: tuple[str, ...]
    procedures: tuple[str, ...]
    defining: tuple[str, ...]
    consists: tuple[str, ...]
    consisting: tuple[str, ...]
    glossaries: tuple[str, ...]
    meaning: tuple[str, ...]
    naming: tuple[str, ...]
    systems: tuple[str, ...]
    counters: dict[str, frozenset[str]]
    items: tuple[str, ...]
    measured: frozenset[str]
    each: tuple[str, ...]
    generic: tuple[str, ...]
    project_kind: str
    project_kinds: tuple[str, ...]
    whole_year: tuple[str, ...]
    issues: frozenset[tuple[str, str]]
    last: tuple[str, ...]
    year_before: tuple[str, ...]
    other_bases: tuple[str, ...]
    alternatives: tuple[str, ...]
    bare: tuple[str, ...]
    places: tuple[str, ...]
    sorted: tuple[str, ...]
    blank: tuple[str, ...]
    followers: tuple[str, ...]
    opening: Opening
    pairs: tuple[Pair, ...]
    printed: dict[str, tuple[str, ...]]
    instead: dict[str, tuple[str, ...]]
    topics: dict[str, tuple[str, ...]]
    whole_topics: frozenset[str]
    owners: frozenset[str]
    sources: tuple[str, ...]
    purposes: tuple[str, ...]
    complement: dict[str, str]
    whole_region: tuple[str, ...]
    fiscal: tuple[str, ...]
    regional: tuple[str, ...]
    offices: tuple[str, ...]
    kinds: tuple[str, ...]
    organs: Organs
    firm: tuple[str, ...]
    goals: tuple[str, ...]
    goals_never: tuple[str, ...]
    goal_columns: tuple[str, ...]
    undisclosed: tuple[Undisclosed, ...]

    def same_counter(self, one: str, other: str) -> bool:
        return one == other or other in self.counters.get(one, frozenset())


def _words(table: dict[str, Any], section: str, key: str, *, needed: bool = True) -> tuple[str, ...]:
    entry = table.get(key, [])
    if not isinstance(entry, list) or not all(isinstance(w, str) and w for w in entry) or (needed and not entry):
        raise SemanticDataError(
            f"{_FILE} 的 [{section}] 缺 {key}，应为非空的字符串列表", remedy="请改正 assistant/data/prose.toml"
        )
    return tuple(dict.fromkeys(fold(w) for w in entry))


def parse(data: dict[str, Any]) -> TextTerms:
    """Validates the parsed TOML. Raises SemanticDataError naming the section that is wrong."""

    def section(name: str, key: str) -> tuple[str, ...]:
        table = data.get(name)
        if not isinstance(table, dict):
            raise SemanticDataError(f"{_FILE} 缺 [{name}]", remedy="请改正 assistant/data/prose.toml")
        return _words(table, name, key)

    groups = data.get("counter", {}).get("groups", [])
    if not groups or not all(isinstance(g, list) and g for g in groups):
        raise SemanticDataError(f"{_FILE} 的 [counter] 缺 groups", remedy="请改正 assistant/data/prose.toml")
    return TextTerms(
        light=frozenset(section("light", "words")),
        letters=frozenset(str(data["light"].get("letters", ""))),
        kind=Kind(section("kind", "words"), section("kind", "numbers"), section("kind", "counters")),
        where=Where(*(section("where", key) for key in ("words", "kinds", "printed", "spent"))),
        persons=section("person", "words"),
        days=section("person", "days"),
        called=section("person", "names"),
        quarrel=Quarrel(*(section("quarrel", key) for key in ("parties", "between", "indefinite"))),
        sayings=section("saying", "words"),
        inclusion=Inclusion(*(section("inclusion", key) for key in ("words", "lists", "open"))),
        tails=section("heading", "tails"),
        money=section("money", "words"),
        reasons=section("reason", "marks"),
        uses=section("reason", "uses"),
        procedures=section("procedure", "marks"),
        defining=section("definition", "verbs"),
        consists=section("definition", "consists"),
        consisting=section("definition", "consisting"),
        glossaries=section("definition", "glossary"),
        meaning=section("definition", "meaning"),
        naming=section("definition", "naming"),
        systems=section("definition", "systems"),
        counters={word: frozenset(group) for group in groups for word in group},
        items=section("counter", "items"),
        measured=frozenset(section("counter", "measured")),
        each=section("counter", "each"),
        generic=section("counter", "generic"),
        project_kind=str(data.get("project", {}).get("label", "")),
        project_kinds=section("project", "kinds"),
        whole_year=section("counter", "whole_year"),
        issues=frozenset((str(one), str(span)) for one, span in data["counter"].get("issues", [])),
        last=section("counter", "last"),
        year_before=section("year", "before"),
        other_bases=section("year", "other"),
        alternatives=section("alternative", "words"),
        bare=section("label", "bare"),
        places=section("label", "places"),
        sorted=section("label", "sorted"),
        blank=section("label", "blank"),
        followers=section("label", "followers"),
        opening=Opening(section("opening", "starts"), section("opening", "ends")),
        pairs=tuple(Pair({str(k): tuple(map(fold, v)) for k, v in pair.items()}) for pair in data.get("pair", [])),
        printed={str(k): tuple(map(fold, v)) for k, v in data.get("printed", {}).items()},
        instead={str(k): tuple(map(str, v)) for k, v in data.get("instead", {}).items()},
        topics={str(entry.get("label", "")): _words(entry, "topic", "headings") for entry in data.get("topic", [])},
        whole_topics=frozenset(str(entry.get("label", "")) for entry in data.get("topic", []) if entry.get("whole")),
        owners=frozenset(section("label", "owners")),
        sources=section("definition", "sources"),
        purposes=section("definition", "purposes"),
        complement={str(k): str(v) for k, v in data.get("complement", {}).items()},
        whole_region=section("region", "whole"),
        fiscal=section("region", "fiscal"),
        regional=section("region", "regional"),
        offices=section("body", "offices"),
        kinds=section("body", "kinds"),
        organs=Organs(
            section("organ", "levels"), tuple(map(tuple, data["organ"]["groups"])), section("organ", "offices")
        ),
        firm=section("execution", "firm"),
        goals=section("goal", "words"),
        goals_never=section("goal", "never"),
        goal_columns=section("goal", "columns"),
        undisclosed=tuple(
            Undisclosed(
                str(entry.get("name", "")),
                _words(entry, "undisclosed", "words"),
                _words(entry, "undisclosed", "with", needed=False),
                bool(entry.get("near", False)),
                bool(entry.get("unrelated", False)),
            )
            for entry in data.get("undisclosed", [])
        ),
    )


@cache
def load() -> TextTerms:
    """The packaged file, validated. Raises SemanticDataError."""
    return load_toml(_FILE, parse)


def light() -> frozenset[str]:
    """Words of a question that evidence need not repeat."""
    return load().light
