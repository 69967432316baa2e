"""Indicator tables: cells in reading order → complete indicators.

A row begins with its class (一级/二级指标); its name may be wrapped; the value is the first text that can
be one; what follows on the value's line and below it is the explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.forms.indicator_columns import arranged
from index.forms.segments import Form, Segment
from index.forms.text import Passage, Token
from index.forms.values import IndicatorValue, parse_value, value_at
from index.forms.vocabulary import terms

_CODE = re.compile(r"\d{1,3}")
_CLASS_TOKENS = 3
_LINE_TOKENS = 8
PAST = "past"  # what was reached in years before
HORIZONS = {"value_long": "长期", "value_annual": "年度"}


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One row: `values` holds one value per value column; `horizon` "" means that of the form.

    `sure` is False when the value was told from the name by layout alone.
    """

    level1: str
    level2: str
    name: str
    value: IndicatorValue
    horizon: str
    explanation: Passage
    first: Token
    place: Token
    sure: bool
    text: str


@dataclass(frozen=True, slots=True)
class _Class:
    end: int
    level1: str
    level2: str


@dataclass(frozen=True, slots=True)
class _Raw:
    level1: str
    level2: str
    tokens: tuple[Token, ...]


def read_indicators(form: Form, segment: Segment) -> tuple[IndicatorRow, ...]:
    """Every row of one indicator table."""
    rows = tuple(_raw_rows(segment.tokens, "explanation" in segment.columns))
    width = max((len(token.text) for row in rows for token in row.tokens[:1]), default=0)
    return tuple(found for row in rows for found in _read_row(form, segment, row, width))


def agree(rows: Sequence[IndicatorRow]) -> tuple[IndicatorRow, ...]:
    """Rows read by layout alone are read again with the help of the same indicator elsewhere."""
    known = {row.name: row.value.printed for row in rows if row.sure}
    return tuple(row if row.sure else _agreed(row, known) for row in rows)


def _agreed(row: IndicatorRow, known: dict[str, str]) -> IndicatorRow:
    names = [name for name in known if row.text.startswith(name) and len(row.text) > len(name)]
    if not names:
        return row
    name = max(names, key=len)
    rest = row.text[len(name) :]
    if not rest.startswith(known[name]):
        return row
    value = parse_value(known[name]) or IndicatorValue(known[name])
    return replace(row, name=name, value=value, explanation=_tail(row.explanation, rest[len(known[name]) :]), sure=True)


def _tail(explanation: Passage, text: str) -> Passage:
    """`text` as the explanation, standing where the old one ended."""
    last = explanation.origins[-1:]
    return explanation if explanation.text.replace("\n", "") == text else Passage(text, last * len(text))


def _raw_rows(tokens: Sequence[Token], explained: bool) -> Iterator[_Raw]:
    level1 = level2 = ""
    body: list[Token] = []
    index = 0
    while index < len(tokens):
        found = _class_at(tokens, index, level1, body)
        if found is None:
            if body and _starts_unclassed(tokens, index, body, explained):
                yield _Raw(level1, level2, tuple(body))
                body = []
            body.append(tokens[index])
            index += 1
            continue
        if body:
            yield _Raw(level1, level2, tuple(body))
            body = []
        level1, level2 = found.level1 or level1, found.level2
        index = found.end
    if body:
        yield _Raw(level1, level2, tuple(body))


def _class_at(tokens: Sequence[Token], index: int, level1: str, body: Sequence[Token]) -> _Class | None:
    """The class a row begins with: 一级, 一级 + 二级, or 二级 alone; codes between them are skipped."""
    if not tokens[index].first:
        return None
    known = terms()
    first = _word_at(tokens, index, known.level1)
    if first:
        second = _word_at(tokens, _after_code(tokens, first[0]), known.level2)
        if second:
            return _Class(second[0], first[1], second[1])
    alone = _word_at(tokens, _after_code(tokens, index), known.level2)
    if alone and (not body or _complete(body)):
        return _Class(alone[0], "", alone[1])
    if first and (not body or _complete(body)) and (not alone or not level1):
        return _Class(first[0], first[1], "")
    return None


def _after_code(tokens: Sequence[Token], index: int) -> int:
    return index + 1 if index < len(tokens) and _CODE.fullmatch(tokens[index].text) else index


def _word_at(tokens: Sequence[Token], index: int, words: frozenset[str]) -> tuple[int, str] | None:
    text, found = "", None
    for end in range(index, min(index + _CLASS_TOKENS, len(tokens))):
        text += tokens[end].text
        if text in words:
            found = end + 1, text
    return found


def _complete(body: Sequence[Token]) -> bool:
    """Whether a row has its value already, so that a class word can begin the next."""
    return _value_in(body) is not None or len([token for token in body if token.line == body[0].line]) > 1


def _starts_unclassed(tokens: Sequence[Token], index: int, body: Sequence[Token], explained: bool) -> bool:
    """In a table with merged class cells a complete line "name value" begins a row of its own.

    Not where an explanation has begun (`explained`: the table has that column): it may end in a number.
    """
    if not tokens[index].first or _value_in(body) is None or (explained and _values_end(body) < len(body)):
        return False
    line = [token for token in tokens[index : index + _LINE_TOKENS] if token.line == tokens[index].line]
    found = _value_in(line)
    return found is not None and found[0] == 1 and _values_end(line) == len(line)


def _values_end(tokens: Sequence[Token]) -> int:
    """Behind the last of the values that stand side by side."""
    found = _value_in(tokens)
    end = found[1] if found else 0
    while end and end < len(tokens) and (more := value_at(tokens, end)):
        end = more[0]
    return end


def _value_in(tokens: Sequence[Token]) -> tuple[int, int, IndicatorValue] | None:
    for index in range(len(tokens)):
        found = value_at(tokens, index)
        if found and (index > 0 or found[1].label):
            return index, found[0], found[1]
    return None


def _read_row(form: Form, segment: Segment, row: _Raw, width: int) -> Iterator[IndicatorRow]:
    tokens, at = arranged(row.tokens, segment.columns)
    found = _value_in(tokens) if at is None else _value_at(tokens, at)
    sure = found is not None
    if found is None:
        start = _cell_end(tokens, width)
        found = start, min(start + 1, len(tokens)), IndicatorValue("")
        if start < len(tokens):
            found = start, start + 1, IndicatorValue(tokens[start].text)
    start, end, value = found
    columns = [role for role in segment.columns if role.startswith("value") or role == PAST] or ["value"]
    values = [value]
    while len(values) < len(columns) and (more := value_at(tokens, end) if end < len(tokens) else None):
        end = more[0]
        values.append(more[1])
    name, rest = tokens[:start], tokens[end:]
    if rest and start < end and rest[0].line != tokens[end - 1].line and name and name[-1].line == tokens[start].line:
        name, rest = (*name, *rest), ()  # the value stands beside the first line of a wrapped name
    printed_name = form.passage(name).text.replace("\n", "") + value.label
    explanation = form.passage(rest)
    place = tokens[min(start, len(tokens) - 1)]
    text = form.passage(tokens).text.replace("\n", "")
    for role, each in zip(_printed_columns(columns, len(values)), values, strict=False):
        if role == PAST:
            continue
        yield IndicatorRow(
            row.level1,
            row.level2,
            printed_name,
            each,
            HORIZONS.get(role, ""),
            explanation,
            tokens[0],
            place,
            sure,
            text,
        )


def _printed_columns(columns: Sequence[str], count: int) -> list[str]:
    """The columns of as many values as a row prints: what is left blank is what was reached before."""
    found = list(columns)
    while len(found) > count and PAST in found:
        found.remove(PAST)
    return found


def _value_at(tokens: Sequence[Token], at: int) -> tuple[int, int, IndicatorValue]:
    """The value that one token is, whatever it says."""
    text = tokens[at].text
    return at, at + 1, parse_value(text) or IndicatorValue(text)


def _cell_end(tokens: Sequence[Token], width: int) -> int:
    """Where the name cell ends when no text is known to be a value: after its first line if more stands
    on that line, else after the first piece that does not fill the column."""
    if not tokens[0].last:
        return 1
    for index, token in enumerate(tokens):
        if len(token.text) < width:
            return index + 1
    return len(tokens)
