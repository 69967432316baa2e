"""Which rows a question picks by the words of their columns: a whole value, most of one, or one telling word."""

from __future__ import annotations

from collections.abc import Sequence
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
        having = [row for row in rows if word in fold(row.item)]
        if having and len({row.item for row in having}) <= min(_FEW, max(1, len(rows) // 2)):
            chosen += [row for row in having if row not in chosen]
    return tuple(chosen)


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
