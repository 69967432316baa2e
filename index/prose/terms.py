"""The words of prose: `index/data/prose_terms.toml`, validated and compiled once.

All patterns are meant for compact text (see `index.prose.passages`): no spaces, no quotation marks,
full-width brackets and punctuation, half-width digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.data_files import DATA, load_toml
from index.evidence import Classification
from index.years import YEAR_DIGITS

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_BASE_YEAR = rf"{YEAR_DIGITS}(?=年|—|-|至)年?"


@dataclass(frozen=True, slots=True)
class Entry:
    """A subject of the vocabulary. `short` names hold only among subjects of the same classification.

    `total`: it is what the table of its kind calls 合计. `parent`: the subject that it is always a part of.
    """

    name: str
    classification: Classification
    code: str = ""
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    total: bool = False
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """The vocabulary with its compiled patterns."""

    words: Mapping[str, Mapping[str, Any]]
    entries: tuple[Entry, ...]
    funds: Mapping[str, str]  # printed → canonical
    verb: re.Pattern[str]  # a change verb that ends right before a number
    leading_verb: re.Pattern[str]  # 增加了培训经费5万元: the verb before its subject
    moving: re.Pattern[str]  # 增加部门预算5万元: a whole verb at the beginning, with no base
    reached: re.Pattern[str]
    compared: re.Pattern[str]  # 小于 … right before a base
    later: re.Pattern[str]  # a comparison that is itself the verb, with its base behind it: 小于上年预算数
    base: re.Pattern[str]
    same: re.Pattern[str]
    share: re.Pattern[str]
    equal: re.Pattern[str]  # 决算数等于预算数
    share_alone: re.Pattern[str]
    done: re.Pattern[str]
    cause: re.Pattern[str]
    cause_or_use: re.Pattern[str]
    use: re.Pattern[str]
    absence: re.Pattern[str]
    fund: re.Pattern[str]
    alias: re.Pattern[str]
    by_alias: Mapping[str, Entry]
    relative_year: re.Pattern[str]
    opener: re.Pattern[str]
    counter: str
    count_noun: re.Pattern[str]

    @property
    def narrow_funds(self) -> tuple[str, ...]:
        """The funds within 财政拨款."""
        return tuple(self.words["fund"])[1:4]

    def list_of(self, table: str, key: str) -> tuple[str, ...]:
        """The words under `[table] key`."""
        return tuple(self.words[table][key])

    def alternatives(self, table: str, key: str) -> str:
        """The same as a pattern, longest first."""
        return either(self.list_of(table, key))


def either(words: Iterable[str]) -> str:
    """A pattern that matches any of `words`, the longest first."""
    return _either(tuple(words))


@cache
def _either(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


@cache
def terms(path: Path = DATA / "prose_terms.toml") -> Terms:
    """The one vocabulary of the process. Raises ReferenceDataError when the data file is wrong."""
    return load_toml(path, _terms)


def _terms(data: dict[str, Any]) -> Terms:
    return _compile(data, _entries(data["subject"]))


def _entries(tables: list[dict[str, Any]]) -> tuple[Entry, ...]:
    entries = tuple(
        Entry(
            name=table["name"],
            classification=Classification(table["classification"]),
            code=table.get("code", ""),
            aliases=tuple(table["aliases"]),
            short=tuple(table.get("short", ())),
            total=table.get("total", False),
            parent=table.get("parent", ""),
        )
        for table in tables
    )
    seen: dict[str, str] = {}
    for entry in entries:
        for alias in entry.aliases:
            if alias in seen:
                raise ValueError(f"别名“{alias}”同时属于“{seen[alias]}”和“{entry.name}”")
            seen[alias] = entry.name
    if strange := {entry.parent for entry in entries} - {"", *(entry.name for entry in entries)}:
        raise ValueError(f"没有叫“{min(strange)}”的条目")
    return entries


def _compile(data: dict[str, Any], entries: tuple[Entry, ...]) -> Terms:
    change, share, cause, use = data["change"], data["share"], data["cause"], data["use"]
    absence, count = data["absence"], data["count"]
    funds = {printed: canonical for canonical, names in data["fund"].items() for printed in names}
    up, down = either(change["increase"]), either(change["decrease"])
    links = either(change["links"])
    guard = "(?<![" + "".join(change["not_before"]) + "])"
    previous = either(change["previous"]) + f"(?!{either(change['not_previous'])})"
    ends = f"{either(change['base_end'])}|{up}|{down}|{either(change['same'])}"
    opening = f"{either(change['opening'])}|预算(?={ends}|$)"
    moment = rf"(?:{_BASE_YEAR}|{previous}|(?P<opening>{opening}))"
    by_alias = {alias: entry for entry in entries for alias in entry.aliases}
    cause_links = either(cause["links"])
    told = "(?:" + "|".join(f"(?<={re.escape(word + cause['word'])})" for word in cause["before"]) + ")"
    use_guard = "".join(f"(?<!{re.escape(word)})" for word in use["not_after"])
    absence_guard = "".join(f"(?<!{re.escape(word)})" for word in absence["not_after"])
    return Terms(
        words=data,
        entries=entries,
        funds=funds,
        verb=re.compile(rf"{guard}(?:(?P<up>{up})|(?P<down>{down}))(?:（(?:{up}|{down})）)?{links}*$"),
        leading_verb=re.compile(rf"(?:(?P<up>{up})|(?P<down>{down}))了?(?=[^到至]{{4}})"),
        moving=re.compile(
            rf"(?:{either(word for word in (*change['increase'], *change['decrease']) if len(word) > 1)})了?"
        ),
        reached=re.compile(rf"(?:{up}|{down}){either(change['reached'])}"),
        compared=re.compile(rf"(?:(?P<up>{either(change['more'])})|(?P<down>{either(change['less'])}))$"),
        later=re.compile(rf"(?:{either((*change['more'], *change['less']))})(?=.*{previous}|(?P<opening>{opening}))"),
        base=re.compile(
            rf"(?:{either(change['compare'])}(?P<moment>{moment})(?P<tail>{either(change['base_tail'])}*)"
            rf"{either(change['base_end'])}?|(?P<on_year>{either(change['year_on_year'])}))"
        ),
        same=re.compile(rf"(?P<approximate>{either(change['approximate'])})?(?P<same>{either(change['same'])})"),
        share=re.compile(rf"{either(share['of'])}(?P<whole>(?:(?!{either(share['of'])}).)*?){either(share['tail'])}*$"),
        equal=re.compile(
            rf"(?P<approximate>{either(change['approximate'])})?(?P<same>{either(change['equal'])}"
            rf"(?P<moment>{opening}))"
        ),
        share_alone=re.compile(rf"{either(share['alone'])}{either(share['tail'])}*$"),
        done=re.compile(
            rf"(?:{either(share['done'])}(?P<whole>[^，；]*?{either(share['budgets'])})"
            rf"|{either(share['done_of'])}(?P<part>{either(share['own_budgets'])})|{either(share['done_alone'])})"
            rf"{either(share['tail'])}*$"
        ),
        cause=re.compile(
            rf"(?P<lead>[^，；。：]*?){cause['word']}(?P<link>{cause_links}+|(?=：)|$|{told})：?|{either(cause['alone'])}：?"
        ),
        cause_or_use=re.compile(rf"{either(cause['either'])}(?!用于|指)：?"),
        use=re.compile(rf"{use_guard}{either(use['marks'])}：?"),
        absence=re.compile(rf"{absence_guard}{either(absence['marks'])}"),
        fund=re.compile(either(funds)),
        alias=re.compile(either(by_alias)),
        by_alias=by_alias,
        relative_year=re.compile(previous),
        opener=re.compile(rf"{either(data['list']['openers'])}$"),
        counter=either(count["counters"]),
        count_noun=re.compile(either(count["nouns"])),
    )
