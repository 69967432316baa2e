"""Where the tables stand: label, title, unit and extent of each, as ranges of lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.document import Line, TableKind
from index.numbers import half_width
from index.tables.kinds import KindRule, KindRules, kind_rules, plain_title

PART = re.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章|篇)")
FIGURE = re.compile(r"[-+−－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+(?:,\d{3})*)(?:\.\d+)?[%％]?|[（(]\d[\d,]*(?:\.\d+)?[）)]")
_AMOUNT = re.compile(r"[-+−－]?(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d+)[%％]?")
_CHAPTER = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+|\d{1,2})\s*[、.．]|^[（(][一二三四五六七八九十]+[)）]")
_LEADER = re.compile(r"[.…·．。]{3,}\s*\d*$")
_SENTENCE = re.compile(r"[。；！？]")
MAX_TITLE = 60
_LOOK_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Region:
    """A table or form: lines `first` up to but not including `end`; its body starts at `body`.

    `rule` says the kind; GENERIC when the title names none.
    """

    rule: KindRule
    number: str
    title: str
    first: int
    body: int
    end: int

    @property
    def kind(self) -> TableKind:
        return self.rule.kind


@dataclass(frozen=True, slots=True)
class _Opening:
    first: int
    body: int
    number: str
    title: str
    rule: KindRule | None


def find_regions(lines: Sequence[Line]) -> tuple[Region, ...]:
    """Every table and form of the document, in order. A title repeated in a table of contents is none."""
    rules = kind_rules()
    openings: list[_Opening] = []
    index = 0
    while index < len(lines):
        opening = _opening(lines, index, rules)
        if opening is not None and not opening.title and openings and _names(openings[-1], opening):
            openings[-1] = replace(openings[-1], number=opening.number, body=opening.body)
        elif opening is not None:
            openings.append(opening)
        index = opening.body if opening else index + 1
    regions = []
    for order, opening in enumerate(openings):
        limit = openings[order + 1].first if order + 1 < len(openings) else len(lines)
        end = _end(lines, opening, limit, rules)
        if not _has_content(lines[opening.body : end], opening, rules):
            continue
        rule = opening.rule or KindRule(TableKind.GENERIC)
        regions.append(Region(rule, opening.number, opening.title, opening.first, opening.body, end))
    return tuple(regions)


def _names(title: _Opening, label: _Opening) -> bool:
    """Whether a label stands right under its title (财政拨款收支总表 / 公开04表)."""
    return not title.number and title.body == label.first


def _opening(lines: Sequence[Line], index: int, rules: KindRules) -> _Opening | None:
    """A label with the title after it, or a title by itself, at line `index`."""
    text = lines[index].text
    if PART.match(text) or _LEADER.search(text):
        return None
    label, rest = split_label(text, rules)
    if label:
        first_title = index if rest else index + 1
    elif is_title(text, rules):
        first_title, rest = index, text
    else:
        return None
    title, body = "", first_title
    for at in range(first_title, min(first_title + _LOOK_AHEAD - 1, len(lines))):
        piece = rest if at == index else lines[at].text
        if rules.unit.search(piece) or PART.match(piece) or split_label(piece, rules)[0] and at != index:
            break
        title, body = title + _ORDINAL.sub("", piece, count=not title).strip(), at + 1
        if rules.title_tail.search(title):
            break
    if not rules.title_tail.search(title) or _SENTENCE.search(title) or len(title) > MAX_TITLE:
        if not label:
            return None
        title, body = rest, index + 1
    rule = rules.of_title(title) if title else None
    if rule is None and not label and not _unit_follows(lines, body, rules):
        return None
    return _Opening(index, body, label, title, rule)


def split_label(text: str, rules: KindRules) -> tuple[str, str]:
    """ "公开表1" → label; "附表3：部门支出总表" → label and title. A label inside a sentence is none."""
    match = rules.label.match(half_width(text).strip())
    if not match:
        return "", text
    rest = text.strip()[match.end() :].lstrip(" :：\u3000")
    if rest and not is_title(rest, rules):
        return "", text
    return match[0], rest


def is_title(text: str, rules: KindRules | None = None) -> bool:
    """A short line ending in 表 that is no sentence: it names a known kind, or stands for itself."""
    rules = rules or kind_rules()
    plain = plain_title(text)
    return bool(
        rules.title_tail.search(plain)
        and len(plain) <= MAX_TITLE
        and not _SENTENCE.search(plain)
        and not re.search(r"[，,：:]", plain)
        and not PART.match(plain)
    )


def _unit_follows(lines: Sequence[Line], start: int, rules: KindRules) -> bool:
    return any(rules.unit.search(line.text) for line in lines[start : start + 2])


def _end(lines: Sequence[Line], opening: _Opening, limit: int, rules: KindRules) -> int:
    """The next part of the document, or, after a statutory table, the heading that opens prose again."""
    noted = False
    for index in range(opening.body, limit):
        text = lines[index].text
        if PART.match(text) and not _AMOUNT.search(text):
            return index
        noted = noted or bool(rules.note.match(text))
        if opening.rule and opening.rule.form:
            continue
        if _CHAPTER.match(text) and not _AMOUNT.search(text) and _prose_follows(lines[index:limit]):
            return index
    return limit


def _prose_follows(lines: Sequence[Line]) -> bool:
    """Whether a sentence comes before any line that ends in a figure."""
    for line in lines[: _LOOK_AHEAD + 2]:
        if _SENTENCE.search(line.text) and len(line.text) > _LOOK_AHEAD * 4:
            return True
        if FIGURE.fullmatch(line.text.split()[-1]):
            return False
    return False


def _has_content(lines: Sequence[Line], opening: _Opening, rules: KindRules) -> bool:
    """A table has figures, a unit or a note under its title; a form has text; a line of contents has neither."""
    if any(_LEADER.search(line.text) for line in lines[:1]):
        return False
    if opening.rule and opening.rule.form:
        return len(lines) > 1
    return any(_AMOUNT.search(line.text) or rules.unit.search(line.text) for line in lines) or any(
        rules.note.match(line.text) for line in lines
    )
