"""Units that a question speaks of by the ending their names share, and no one of them by its own name.

"四家流域管理中心合计"; "东城、南城、北城三个养护所"; "那个流域管理中心", which may be any of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.body_names import terms
from assistant.question import fold
from index.numbers import parse_number

_LEAST = 3  # characters of an ending
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")
_BEFORE = re.compile(
    r"(?P<many>[两二三四五六七八九十\d]{1,3}|几|各|所有|全部|哪一?)?[个家所处]?(?:[省市区县](?:里|里面|内)?)?的?$"
)
_LIST = re.compile(r"([一-龥]{2,6}(?:[、和与及][一-龥]{2,6})+)[这那]?$")


class Kindred(NamedTuple):
    """`units` that are meant, or may be; `several`: all of them; the stretch of the question that speaks of them."""

    units: tuple[str, ...]
    several: bool
    start: int
    end: int


def spoken_of(names: Sequence[str], text: str) -> Kindred | None:
    """The units whose shared ending a folded question speaks of; None where it speaks of none or of one of them."""
    bare = {name: fold(_BRACKETS.sub("", name)) for name in names}
    endings = {n[-k:] for n in bare.values() for k in range(_LEAST, len(n)) if n[-k:] in text}
    for ending in sorted(endings, key=lambda e: (-len(e), e)):
        alike = tuple(name for name in names if bare[name].endswith(ending))
        if len(alike) < 2:  # noqa: PLR2004
            continue
        place = text.rindex(ending)
        before = _BEFORE.search(text[:place])
        if before is None:
            return None
        many, start = before["many"] or "", before.start()
        if not many:
            pointed = next((w for w in terms().pointing if text[:place].endswith(w)), "")
            return Kindred(alike, False, place - len(pointed), place + len(ending)) if pointed else None
        return _counted(alike, many, text, start, place + len(ending))
    return None


def _counted(alike: tuple[str, ...], many: str, text: str, start: int, end: int) -> Kindred | None:
    """As many as the question says: those that it lists by what tells them apart, or all of them."""
    number = parse_number(many)
    listed = _LIST.search(text[:start])
    if listed is not None:
        parts = re.split("[、和与及]", listed[1])
        picked = tuple(name for name in alike if any(part in fold(name) for part in parts))
        if len(picked) == len(parts) and number in (None, len(parts)):
            return Kindred(picked, True, listed.start(), end)
    return Kindred(alike, True, start, end) if number in (None, len(alike)) else None
