"""Sets that a question picks by a part of their names, or by the kind of body that these end with.

"名字里带“分校”的那几所加起来多少"; "名头冠以“科技研发资金”的专项"; "下属的学校里哪所最高".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from assistant.data_files import load_toml
from assistant.question import fold

_LONGEST = 12  # characters of a part of a name


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of bodies: `said` in questions, `endings` of their names."""

    said: tuple[str, ...]
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Terms:
    pattern: re.Pattern[str]
    kinds: tuple[_Kind, ...]


class NamePart(NamedTuple):
    """What the names have to hold, and the stretch of the question that says so."""

    text: str
    start: int
    end: int


@cache
def _terms() -> _Terms:
    """The words of name_parts.toml. Raises SemanticDataError."""
    return load_toml("name_parts.toml", _parsed)


def _parsed(data: dict[str, Any]) -> _Terms:
    names, inside, holds, ends = ("|".join(map(re.escape, data[key])) for key in ("names", "inside", "holds", "ends"))
    pattern = rf"(?:{names})(?:{inside})?(?:{holds})(?P<part>[^，。？；]{{1,{_LONGEST}}}?)(?:{ends})"
    kinds = tuple(_Kind(tuple(map(fold, k["said"])), tuple(map(fold, k["endings"]))) for k in data["kind"])
    return _Terms(re.compile(pattern), kinds)


def find(text: str) -> NamePart | None:
    """The part of their names that a folded question picks things by."""
    match = _terms().pattern.search(text)
    return NamePart(match["part"], match.start(), match.end()) if match else None


def picked(names: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Of several names, those that hold the part that a question asks for; all where it asks for none."""
    part = find(text)
    return names if part is None else tuple(name for name in names if part.text in fold(name))


def kinds() -> tuple[str, ...]:
    """The words for kinds of bodies."""
    return tuple(word for kind in _terms().kinds for word in kind.said)


def of_kind(names: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Of the names of bodies, those of the kind that a question speaks of; empty where it speaks of none."""
    kind = next((k for k in _terms().kinds if any(word in text for word in k.said)), None)
    if kind is None:
        return ()
    return tuple(name for name in names if fold(name).rstrip("）)").endswith(kind.endings))
