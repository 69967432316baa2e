"""Lines → forms → labelled segments.

A form is recognised by its title and by the labels under it. Cells were wrapped and empty ones
vanished, so a form is cut at its labels, whose own text may be spread over several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from index.document import Document, Line, Position, TableKind
from index.forms.text import Passage, Token, join, squeeze, tokens_of
from index.forms.vocabulary import Header, Label, Layout, layout, normalise, unit_in
from index.tables.kinds import kind_rules
from index.tables.regions import split_label

_COLON = re.compile(r"[：:]")
_NUMBERED = re.compile(r"(?P<name>.+?)(?P<ordinal>\d{1,2}|[一二三四五六七八九十])$")
_NOT_A_TITLE = re.compile(r"[，。；！？,;]|[.．…·]{3}")
_TITLE_PREFIX = 24  # a year, a place and a body may stand before the name of the form
_FIRST_LABEL_WITHIN = 8  # printed lines
_LABEL_TOKENS = 8
_SPLIT_LINES = 3
_SPLIT_LENGTH = 2
_FORM_KINDS = frozenset(
    {
        TableKind.OVERALL_PERFORMANCE,
        TableKind.PROJECT_FORM,
        TableKind.INDICATORS,
        TableKind.EVALUATION,
        TableKind.GENERIC,
    }
)


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands under one label or one table header, up to the next.

    `columns` are the roles of a table's columns in printed order, `headings` their printed names;
    `unit` is the money unit in force.
    """

    printed: str
    label: Label | None = None
    header: Header | None = None
    columns: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    ordinal: str = ""
    unit: str = ""
    position: Position = Position()
    tokens: tuple[Token, ...] = ()

    def heading(self, role: str) -> str:
        """The printed name of the column with this role, else the whole label."""
        return next((h for h, c in zip(self.headings, self.columns, strict=True) if c == role), self.printed)


@dataclass(frozen=True, slots=True)
class Form:
    """One printed form. `section` is the path of the heading it stands under; `width` its longest line."""

    kind: TableKind
    title: str
    section: str
    lines: tuple[Line, ...]
    segments: tuple[Segment, ...]
    width: int

    def passage(self, tokens: Sequence[Token]) -> Passage:
        return join(tokens, self.lines, layout().standalone, self.width)


class _Title(NamedTuple):
    start: int
    after: int
    name: str
    kind: TableKind


class _Mark(NamedTuple):
    """A label or header among the tokens. It ends before `end`; `rest` is glued to it, `taken` are its pieces further on.

    `opens`: the segment as far as the label or header says it: without unit, position and tokens.
    """

    opens: Segment
    end: int
    rest: str = ""
    taken: frozenset[int] = frozenset()


def read_segments(document: Document) -> tuple[Form, ...]:
    """Every performance form of the document, in printed order."""
    lines = [line for line in document.lines if line.text.strip()]
    titles = tuple(_titles(lines))
    tables = tuple(_order(table.position) for table in document.tables if table.kind not in _FORM_KINDS)
    forms: list[Form] = []
    for number, title in enumerate(titles):
        end = titles[number + 1].start if number + 1 < len(titles) else len(lines)
        if number + 1 < len(titles) and _is_number(lines[end - 1]):
            end -= 1
        start = _order(lines[title.start].position)
        body = [line for line in lines[title.after : end] if not _is_furniture(line)]
        beyond = [stop for stop in (*tables, *_parts(document, start)) if stop > start]
        if beyond:
            body = [line for line in body if _order(line.position) < min(beyond)]
        for own in _one_by_one(body):
            segments = tuple(_segments(own))
            if segments and segments[0].position in {line.position for line in own[:_FIRST_LABEL_WITHIN]}:
                section = _section(document, own[0].position)
                width = max(len(squeeze(line.text)) for line in own)
                forms.append(Form(title.kind, title.name, section, own, segments, width))
    return tuple(forms)


def _one_by_one(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """The forms that stand under one title: each begins with the same two labels as the first."""
    segments = list(_segments(tuple(lines)))
    labels = [segment.label.canonical if segment.label else "" for segment in segments]
    opening = labels[:2]
    starts = [at for at in range(len(labels) - 1) if labels[at : at + 2] == opening] if all(opening) else []
    places = [segments[at].position for at in starts[1:]]
    cuts = [at for place in places if (at := next(i for i, line in enumerate(lines) if line.position == place))]
    bounds = [0, *cuts, len(lines)]
    return [tuple(lines[a:b]) for a, b in zip(bounds, bounds[1:], strict=False)]


def _is_number(line: Line) -> bool:
    """Whether a line is no more than the number of the form under it ("表12-2")."""
    label, rest = split_label("".join(line.text.split()), kind_rules())
    return bool(label) and not rest


def _titles(lines: Sequence[Line]) -> Iterator[_Title]:
    index = 0
    while index < len(lines):
        for span in (1, 2):
            printed = [squeeze(line.text) for line in lines[index : index + span]]
            if found := _title("".join(printed)):
                if span > 1 and _title(printed[-1]):
                    break
                yield _Title(index, index + span, *found)
                index += span - 1
                break
        index += 1


def _title(text: str) -> tuple[str, TableKind] | None:
    text = normalise(text)
    if _NOT_A_TITLE.search(text):
        return None
    names = [name for name in layout().titles if text.endswith(name) and len(text) <= len(name) + _TITLE_PREFIX]
    if not names:
        return None
    name = max(names, key=len)
    return name, layout().titles[name]


def _parts(document: Document, start: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Where another part of the document begins than the one in which a form stands: a heading over its own."""
    above = [section.level for section in document.sections if _order(section.position) <= start]
    highest = max(above[-1] - 1 if above else 0, 1)
    return tuple(_order(section.position) for section in document.sections if section.level <= highest)


def _order(position: Position) -> tuple[int, int]:
    return position.page or 0, position.line or 0


def _section(document: Document, position: Position) -> str:
    before = [section for section in document.sections if _order(section.position) <= _order(position)]
    return before[-1].path if before else ""


def _is_furniture(line: Line) -> bool:
    return layout().furniture.fullmatch("".join(line.text.split())) is not None


def _segments(lines: tuple[Line, ...]) -> Iterator[Segment]:
    tokens = list(tokens_of(lines))
    vocabulary = layout()
    seen: set[str] = set()
    taken: set[int] = set()
    current: Segment | None = None
    held: list[Token] = []
    unit = ""
    index = 0
    while index < len(tokens):
        mark = None if index in taken else _mark(tokens, index, vocabulary)
        if mark is None:
            if index not in taken:
                held.append(tokens[index])
            index += 1
            continue
        unit = unit_in("".join(token.text for token in tokens[index : mark.end])) or unit
        taken |= mark.taken
        if current is None or not _continues(current, mark.opens, seen):
            if current is not None:
                yield replace(current, tokens=tuple(held))
            current = replace(mark.opens, unit=unit, position=lines[tokens[index].line].position)
            held = []
        if current.header is not None and mark.end < len(tokens):
            tokens[mark.end] = _begun(tokens, mark.end)
        if mark.opens.label is not None:
            seen.add(mark.opens.label.canonical)
        if mark.rest:
            held.append(tokens[mark.end - 1]._replace(text=mark.rest))
        index = mark.end
    if current is not None:
        yield replace(current, tokens=tuple(held))


def _begun(tokens: Sequence[Token], at: int) -> Token:
    """The first token behind the words of a header: it begins its row if only such words stand before it."""
    before = tokens[at - 1]
    return tokens[at]._replace(first=True) if before.line == tokens[at].line and before.first else tokens[at]


def _continues(current: Segment, opened: Segment, seen: set[str]) -> bool:
    """A heading or header that is repeated on a continuation page opens nothing new."""
    if current.header is None:
        return False
    if opened.header is not None:
        return opened.header.kind == current.header.kind
    if opened.label is None:
        return False
    beside = current.header.kind == opened.label.role and not opened.label.horizon  # printed on every row of its table
    return beside or opened.label.role == "heading" and opened.label.canonical in seen


def _mark(tokens: Sequence[Token], index: int, vocabulary: Layout) -> _Mark | None:
    if not vocabulary.may_begin(tokens[index].text):
        return None
    return (
        _header_mark(tokens, index, vocabulary)
        or _label_mark(tokens, index, vocabulary)
        or _split_label_mark(tokens, index, vocabulary)
    )


def _header_mark(tokens: Sequence[Token], index: int, vocabulary: Layout) -> _Mark | None:
    """A run of different column names of one kind of table."""
    best: _Mark | None = None
    for header in vocabulary.headers:
        columns: list[str] = []
        headings: list[str] = []
        end = index
        while column := _column(tokens, end, header):
            headings.append(squeeze("".join(token.text for token in tokens[end : column[0]])))
            end, role = column
            columns.append(role)
        if len(set(columns)) >= header.minimum and (best is None or end > best.end):
            printed = " ".join(headings)
            best = _Mark(Segment(printed, None, header, tuple(columns), tuple(headings)), end)
    return best


def _column(tokens: Sequence[Token], start: int, header: Header) -> tuple[int, str] | None:
    text, name, found = "", "", None
    for end in range(start, min(start + _LABEL_TOKENS, len(tokens))):
        text += tokens[end].text
        role = header.columns.get(normalise(text))
        if role and normalise(text) != name:  # a year that follows belongs to what follows
            name, found = normalise(text), (end + 1, role)
    return found


def _label_mark(tokens: Sequence[Token], index: int, vocabulary: Layout) -> _Mark | None:
    """A label printed without interruption: on one line, or alone on several."""
    text = ""
    best: _Mark | None = None
    for end in range(index, min(index + _LABEL_TOKENS, len(tokens))):
        text += tokens[end].text
        colon = _COLON.search(text)
        head = text[: colon.start()] if colon else text
        found = _lookup(head, vocabulary)
        if found and (best is None or colon or normalise(head) != normalise(best.opens.printed)):
            best = _Mark(found, end + 1, text[colon.end() :] if colon else "")
        if colon or len(text) > vocabulary.longest * 2:
            break
    return best


def _split_label_mark(tokens: Sequence[Token], index: int, vocabulary: Layout) -> _Mark | None:
    """A label wrapped in its own narrow column, with the beginning of its value printed beside it."""
    token = tokens[index]
    text, taken = token.text, []
    if not token.first or token.last or len(normalise(text)) < _SPLIT_LENGTH:
        return None
    starts = [
        i for i in range(index + 1, len(tokens)) if tokens[i].first and tokens[i].line <= token.line + _SPLIT_LINES
    ]
    if not any(name.startswith(normalise(text)) for name in vocabulary.labels):
        return None
    for start in starts:
        text += tokens[start].text
        taken.append(start)
        if found := _lookup(text, vocabulary):
            return _Mark(found, index + 1, taken=frozenset(taken))
    return None


def _lookup(printed: str, vocabulary: Layout) -> Segment | None:
    """What a label opens, if it is one; a numbered label may end in its ordinal."""
    name = normalise(printed)
    label, ordinal = vocabulary.labels.get(name), ""
    if label is not None:
        return None if label.role == "column" else Segment(squeeze(printed), label)
    if match := _NUMBERED.fullmatch(name):
        label, ordinal = vocabulary.labels.get(match["name"]), match["ordinal"]
    return Segment(squeeze(printed), label, ordinal=ordinal) if label is not None and label.numbered else None
