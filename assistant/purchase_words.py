"""Which rows a question picks by the words of their columns: a whole value, most of one, or one telling word."""

from __future__ import annotations

from collections.abc import Sequence
from os.path import commonprefix
from typing import Protocol, TypeVar

import rjieba

from assistant.question import fold

_MOST = 0.6  # of a value's characters that a question must say
_LEAST = 4
_FEW = 4  # rows beyond which a word tells nothing


class Worded(Protocol):
    @property
    def texts(self) -> tuple[tuple[str, str], ...]: ...

    @property
    def item(self) -> str: ...


_Row = TypeVar("_Row", bound=Worded)


def picked(text: str, rows: Sequence[_Row], generic: frozenset[str]) -> tuple[_Row, ...]:
    """The rows whose values a folded question says; () where it says none."""
    values = {value for row in rows for _, value in row.texts}
    forms = {value: fold(value) for value in values}
    whole = {v for v in values if len(forms[v]) >= 2 and forms[v] in text and forms[v] not in generic}
    whole = {v for v in whole if not any(forms[v] in forms[o] and v != o for o in whole)}
    scores = {v: _covered(forms[v], text) for v in values if v not in whole and forms[v] not in generic}
    most = [v for v, score in scores.items() if score >= max(_MOST * len(forms[v]), _LEAST)]
    best = max((scores[v] / len(forms[v]) for v in most), default=0)
    near = {v for v in most if scores[v] / len(forms[v]) == best}
    said = whole | {v for v in near if not any(_inside(forms[v], forms[w], text) for w in whole)}
    if said:
        return _agreeing(rows, said)
    return _by_word(text, rows, generic)


def without_items(text: str, rows: Sequence[_Row]) -> str:
    """A question without the things it names: 机库土建工程 says nothing of a kind of purchase."""
    for item in sorted({fold(row.item) for row in rows}, key=len, reverse=True):
        if len(item) >= _LEAST:
            text = text.replace(item, "，")
    return text


_SHORT_NAME = 3


def called_short(text: str, names: Sequence[str]) -> dict[str, str]:
    """The one of several names that a question says without what all of them begin with (云岭区图书馆: 图书馆)."""
    every = dict.fromkeys(name for name in names if name)
    common = len(commonprefix(list(every))) if len(every) > 1 else 0
    said = {name: name[common:] for name in every if common and len(name) - common >= _SHORT_NAME}
    said = {name: short for name, short in said.items() if fold(short) in text}
    return said if len(said) == 1 else {}


def _agreeing(rows: Sequence[_Row], said: set[str]) -> tuple[_Row, ...]:
    """Rows with a said value in every column that one is said of; else in any."""
    columns = {column for row in rows for column, value in row.texts if value in said}
    every = tuple(row for row in rows if all(dict(row.texts).get(column, "") in said for column in columns))
    return every or tuple(row for row in rows if any(value in said for _, value in row.texts))


def _by_word(text: str, rows: Sequence[_Row], generic: frozenset[str]) -> tuple[_Row, ...]:
    """Rows whose item has a word of the question that few other items have."""
    chosen: list[_Row] = []
    for word in dict.fromkeys(rjieba.cut(text)):
        if len(word) < 2 or word in generic:
            continue
        having = [row for row in rows if word in fold(row.item)] or _shortened(word, rows)
        if having and len({row.item for row in having}) <= min(_FEW, max(1, len(rows) // 2)):
            chosen += [row for row in having if row not in chosen]
    return tuple(chosen)


def _shortened(word: str, rows: Sequence[_Row]) -> list[_Row]:
    """The rows of the one item that a word is short for (彩超: 彩色超声诊断仪): its characters in order from the first."""
    items = {row.item for row in rows if row.item and fold(row.item)[0] == word[0] and _in_order(word, fold(row.item))}
    return [row for row in rows if row.item in items] if len(items) == 1 else []


def _in_order(word: str, name: str) -> bool:
    rest = iter(name)
    return all(char in rest for char in word)


def _covered(value: str, text: str) -> int:
    """How many characters of a value stand in pairs that a question has too."""
    seen = [False] * len(value)
    for i in range(len(value) - 1):
        if value[i : i + 2] in text:
            seen[i] = seen[i + 1] = True
    return sum(seen)


def _inside(value: str, whole: str, text: str) -> bool:
    """Is all that is said of a value said by a whole value already?"""
    return _covered(value, text.replace(whole, "，")) < _LEAST
