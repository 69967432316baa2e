"""A printed paragraph → compact text, sentences and clauses, each able to give back its printed words.

Compact text has no spaces or quotation marks, half-width digits and full-width punctuation;
`places` maps every compact character to its place in the printed text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_DROPPED = frozenset("“”\"‘’'＂「」『』\u200b\ufeff")
_PUNCTUATION = str.maketrans("();!?〔〕﹙﹚", "（）；！？（）（）")
_BETWEEN_DIGITS = {",": "，", ":": "：", "，": "，", "：": "："}
_FULL_STOPS = "。！？"
_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (1, r"[一二三四五六七八九十]{1,3}[、.．]"),
        (2, r"（[一二三四五六七八九十]{1,3}）[、.．]?"),
        (3, r"\d{1,2}[、）](?!\d)|\d{1,2}[.．](?!\d)|\d{1,2}[.．](?=20\d{2}年)"),
        (4, r"（\d{1,2}）[、.．]?"),
        (5, r"[①-⑳]"),
        (6, r"[一二三四五六七八九十]是"),
    )
)
UNMARKED = 9


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: `printed` text, its `compact` form and where each compact character stands."""

    printed: str
    compact: str
    places: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """The printed words behind compact[start:end], with the quotation marks around them."""
        if start >= end:
            return ""
        first = self.places[start - 1] + 1 if start else 0
        last = self.places[end] if end < len(self.places) else len(self.printed)
        return self.printed[first:last].strip()


@dataclass(frozen=True, slots=True)
class Clause:
    """compact[start:end] between two delimiters; `opener` and `closer` are those delimiters ("" at an edge).

    `depth` counts the brackets around it that hold figures of their own.
    """

    start: int
    end: int
    opener: str
    closer: str
    depth: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """compact[start:end] up to and with its full stop, cut into clauses."""

    start: int
    end: int
    clauses: tuple[Clause, ...]


def passage(printed: str) -> Passage:
    """Printed text → `Passage`."""
    kept: list[tuple[str, int]] = []
    for place, char in enumerate(printed):
        if char in _DROPPED:
            continue
        if char.isspace():
            kept.append((" ", place))
            continue
        if "！" <= char <= "～" and char not in "，；：！？（）":
            char = unicodedata.normalize("NFKC", char)
        kept.append((char.translate(_PUNCTUATION), place))
    out: list[tuple[str, int]] = []
    for index, (char, place) in enumerate(kept):
        before = out[-1][0] if out else ""
        after = next((c for c, _ in kept[index + 1 :] if c != " "), "")
        if char == " ":
            if _joins(before) and _joins(after):
                out.append((char, place))
            continue
        if char in _BETWEEN_DIGITS and not (before.isdigit() and _group_follows(kept, index, char)):
            char = _BETWEEN_DIGITS[char]
        elif char in _BETWEEN_DIGITS:
            char = "," if char in ",，" else ":"
        out.append((char, place))
    return Passage(printed, "".join(c for c, _ in out), tuple(p for _, p in out))


def marker(text: str) -> tuple[int, int]:
    """(level, length) of the enumeration marker that begins compact `text`; (UNMARKED, 0) without one."""
    for level, pattern in _MARKERS:
        if match := pattern.match(text):
            return level, match.end()
    return UNMARKED, 0


def sentences(text: str, figure: re.Pattern[str]) -> Iterator[Sentence]:
    """Cut compact `text`. A bracket with a `figure` in it is cut too, any other is left whole."""
    depth, hidden = _depths(text, figure)
    start = 0
    for index, char in enumerate(text):
        if depth[index] == 0 and not hidden[index] and _is_stop(text, index, char):
            yield _sentence(text, start, index + 1, depth, hidden, figure)
            start = index + 1
    if start < len(text):
        yield _sentence(text, start, len(text), depth, hidden, figure)


def _sentence(
    text: str, start: int, end: int, depth: list[int], hidden: list[bool], figure: re.Pattern[str]
) -> Sentence:
    clauses: list[Clause] = []
    opener, begin = "", start
    for index in range(start, end + 1):
        at_end = index == end
        if not at_end and (hidden[index] or not _delimits(text, index, begin, depth, figure)):
            continue
        closer = "" if at_end else text[index]
        if begin < index:
            clauses.append(Clause(begin, index, opener, closer, depth[begin]))
        opener, begin = closer, index + 1
    return Sentence(start, end, tuple(clauses))


def _delimits(text: str, index: int, begin: int, depth: list[int], figure: re.Pattern[str]) -> bool:
    char = text[index]
    if char in "，；：。！？":
        return True
    if char in "（）":
        return depth[index] > 0
    if char == ".":
        return _is_stop(text, index, char)
    # 、 separates clauses only after a figure: "货物10万元、服务5万元", not "办公费、印刷费"
    return char == "、" and figure.search(text, begin, index) is not None


def _is_stop(text: str, index: int, char: str) -> bool:
    if char in _FULL_STOPS:
        return True
    around = text[index - 1 : index] + text[index + 1 : index + 2]
    return char == "." and len(around) == 2 and all("一" <= c <= "鿿" for c in around)


def _depths(text: str, figure: re.Pattern[str]) -> tuple[list[int], list[bool]]:
    """Per character: how many figure-holding brackets are open (the brackets counted in), and whether it is hidden
    inside a bracket without figures."""
    depth, hidden, stack = [0] * len(text), [False] * len(text), []
    for index, char in enumerate(text):
        if char == "（":
            stack.append(index)
        elif char == "）" and stack:
            begin = stack.pop()
            if figure.search(text, begin + 1, index):
                for place in range(begin, index + 1):
                    depth[place] += 1
            else:
                for place in range(begin, index + 1):
                    hidden[place] = True
    return depth, hidden


def _joins(char: str) -> bool:
    return bool(char) and char.isascii() and (char.isalnum() or char in ".%")


def _group_follows(kept: list[tuple[str, int]], index: int, char: str) -> bool:
    """After a thousands separator stand exactly three digits; after a clock's colon two."""
    following = "".join(c for c, _ in kept[index + 1 : index + 5])
    size = 3 if char in ",，" else 2
    return following[:size].isdigit() and len(following[:size]) == size and not following[size : size + 1].isdigit()
