"""What Word does not write into a paragraph itself: the size, place and number that style and list give it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from index.reading.content import TEXT_SIZE

TWIPS = 20.0  # of a point
_HALVES = 2.0  # of a point
_CHARS = 100.0  # of a character
_MOST_BASES = 20
_PLACEHOLDER = re.compile(r"%(\d)")
_NUMERALS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital",
        "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
    }
)  # fmt: skip
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_NO_NUMBER = frozenset({"bullet", "none"})


def attribute(element: Any, path: str, name: str = "w:val") -> str | None:
    """An attribute of the first element at a path of prefixed names; None where there is none."""
    for step in path.split("/"):
        element = None if element is None else element.find(qn(step))
    return None if element is None else element.get(qn(name))


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set: `size` and `indent` in points, its list (`number`) and depth in it."""

    size: float = TEXT_SIZE
    centred: bool = False
    indent: float = 0.0
    number: str = ""
    level: int = 0
    contents: bool = False  # an entry of the table of contents


class Styles:
    """The styles of a document."""

    def __init__(self, root: Any) -> None:
        self.by_id = {style.get(qn("w:styleId")): style for style in root.iter(qn("w:style"))}
        default = [s for s in self.by_id.values() if s.get(qn("w:type")) == "paragraph" and s.get(qn("w:default"))]
        self.default = default[0].get(qn("w:styleId")) if default else None
        size = attribute(root, "w:docDefaults/w:rPrDefault/w:rPr/w:sz")
        self.size = int(size) / _HALVES if size else TEXT_SIZE

    def look(self, paragraph: Any) -> Look:
        """The paragraph's own settings, else those of its style and of what that is based on."""
        layers = [paragraph, *self._styles(attribute(paragraph, "w:pPr/w:pStyle") or self.default)]

        def first(path: str, name: str = "w:val") -> str | None:
            return next((value for layer in layers if (value := attribute(layer, path, name)) is not None), None)

        printed = [run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
        sizes = [value for run in printed if (value := attribute(run, "w:rPr/w:sz"))]
        own = next(iter(sizes), None) or first("w:rPr/w:sz")
        size = int(own) / _HALVES if own else self.size
        indent = 0.0
        for side in ("left", "start", "firstLine"):
            chars = first("w:pPr/w:ind", f"w:{side}Chars")
            twips = first("w:pPr/w:ind", f"w:{side}")
            indent += int(chars) / _CHARS * size if chars and int(chars) else float(twips or 0) / TWIPS
        return Look(
            size=size,
            centred=first("w:pPr/w:jc") == "center",
            indent=indent,
            number=first("w:pPr/w:numPr/w:numId") or "",
            level=int(first("w:pPr/w:numPr/w:ilvl") or 0),
            contents=any((attribute(layer, "w:name") or "").lower().startswith("toc ") for layer in layers[1:]),
        )

    def _styles(self, name: str | None) -> Iterator[Any]:
        for _ in range(_MOST_BASES):
            style = self.by_id.get(name)
            if style is None:
                return
            yield style
            name = attribute(style, "w:basedOn")


@dataclass(slots=True)
class Numbering:
    """The numbers that Word prints before the paragraphs of lists, counted in the order they are asked for."""

    root: Any = None
    counts: dict[str, dict[int, int]] = field(default_factory=dict)  # abstract list → level → last number
    begun: set[str] = field(default_factory=set)

    def label(self, number: str, level: int) -> str:
        """The number of the next paragraph of a list: "一、", "（二）"; "" for a bullet and for no list."""
        if self.root is None or number in {"", "0"}:
            return ""
        own = next((n for n in self.root.iter(qn("w:num")) if n.get(qn("w:numId")) == number), None)
        abstract = attribute(own, "w:abstractNumId")
        kind = next((a for a in self.root.iter(qn("w:abstractNum")) if a.get(qn("w:abstractNumId")) == abstract), None)
        if own is None or abstract is None or kind is None:
            return ""
        levels = {int(found.get(qn("w:ilvl"), "0")): found for found in kind.iter(qn("w:lvl"))}
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        if number not in self.begun:
            self.begun.add(number)
            for override in own.iter(qn("w:lvlOverride")):
                if (start := attribute(override, "w:startOverride")) is not None:
                    counts[int(override.get(qn("w:ilvl"), "0"))] = int(start) - 1
        for upper in range(level):
            counts.setdefault(upper, _start(levels.get(upper)))
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if attribute(levels[level], "w:numFmt") in _NO_NUMBER:
            return ""
        text = attribute(levels[level], "w:lvlText") or ""
        plain = levels[level].find(qn("w:isLgl")) is not None  # numbers of all levels in Arabic digits

        def number_of(match: re.Match[str]) -> str:
            upper = int(match[1]) - 1
            form = None if plain else attribute(levels.get(upper), "w:numFmt")
            return written(counts.get(upper, 1), form or "decimal")

        return _PLACEHOLDER.sub(number_of, text)


def _start(level: Any) -> int:
    return int(attribute(level, "w:start") or 1)


def written(number: int, form: str) -> str:
    """A number in a form that Word names: chineseCounting 12 → 十二."""
    if form in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        ten = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
        return ten + (_NUMERALS[ones] if ones else "")
    if form in _CIRCLED and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= 26:
        return chr(ord("a" if form == "lowerLetter" else "A") + number - 1)
    return str(number)
