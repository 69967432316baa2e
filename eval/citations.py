"""Does an answer cite the place that the case's `evidence` names: table numbers, sections, pages?

A place that the evidence does not name is not scored: unscored is not wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from eval.quantities import comparable_text
from index.numbers import half_width, parse_number

_NUMERAL = "[一二三四五六七八九十]+"
_TABLE = re.compile(rf"表\s*(\d+(?:[-—]\d+)?|{_NUMERAL})(?![\d.]*\s*[万亿]?[元%])")
_PART = re.compile(rf"第({_NUMERAL})(?:部分|章|篇)")
_PAGE = re.compile(r"第\s*(\d+)\s*页|[Pp]\.?\s*(\d+)(?!\d)")
_MARKER = re.compile(
    rf"\s*(?:[（(]\s*({_NUMERAL}|\d+)\s*[）)]|({_NUMERAL}|\d+)(?=[、.．（(）)\s，,；;：:。]|$)[、.．]?)"
)


class Section(NamedTuple):
    """A chain of heading marks, outermost first: 第二部分 二（二） → ("2", "2", "(2)")."""

    marks: tuple[str, ...]

    def agrees(self, other: Section) -> bool:
        """Whether one lies inside the other, and they share enough to mean the same place."""
        shared = min(len(self.marks), len(other.marks))
        if shared < min(2, len(self.marks)):
            return False
        return self.marks[:shared] == other.marks[:shared]


@dataclass(frozen=True, slots=True)
class Places:
    """The places a text names."""

    tables: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    pages: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tables or self.sections or self.pages)


@dataclass(frozen=True, slots=True)
class CitationScore:
    """How many named places are cited, and which are not (in the words of the evidence).

    `row`: some cited cell of a named table stands in a row the evidence names; None where it names no table or no
    cell is cited.
    """

    named: int
    found: int
    missing: tuple[str, ...]
    row: bool | None = None

    @property
    def right(self) -> bool:
        return self.found == self.named


def places_in(text: str) -> Places:
    """Tables, sections and pages that a line of evidence names."""
    text = half_width(text)
    tables = [_table_number(match[1]) for match in _TABLE.finditer(text)]
    sections = [section_marks(text[match.start() :], chained=True) for match in _PART.finditer(text)]
    pages = [int(match[1] or match[2]) for match in _PAGE.finditer(text)]
    return Places(tuple(dict.fromkeys(tables)), tuple(dict.fromkeys(sections)), tuple(dict.fromkeys(pages)))


def _table_number(printed: str) -> str:
    value = parse_number(printed)
    return printed.replace("—", "-") if value is None else f"{value:f}"


def section_marks(text: str, *, chained: bool = False) -> Section:
    """The marks of a mention (`chained`: "第二部分 二（二）") or of a path ("第二部分 … > 二、… > （二）…")."""
    if not chained:
        return Section(tuple(mark for part in text.split(" > ") if (mark := _mark(half_width(part)))))
    part = _PART.match(text)
    marks = [_table_number(part[1])] if part else []
    place = part.end() if part else 0
    while match := _MARKER.match(text, place):
        marks.append(_marker_name(match))
        place = match.end()
    return Section(tuple(marks))


def _mark(heading: str) -> str:
    if part := _PART.match(heading.strip()):
        return _table_number(part[1])
    match = _MARKER.match(heading)
    return _marker_name(match) if match else ""


def _marker_name(match: re.Match[str]) -> str:
    return f"({_table_number(match[1])})" if match[1] else _table_number(match[2])


def cited_places(answer: Mapping[str, Any]) -> Places:
    """The places of an answer's citations, those of its reported contradictions included."""
    tables: list[str] = []
    sections: list[Section] = []
    pages: list[int] = []
    for citation in all_citations(answer):
        # A section path may itself hold the table's label.
        label = f"{citation.get('table') or ''} {citation.get('section') or ''}"
        tables.extend(places_in(label).tables)
        marks = section_marks(str(citation.get("section") or "")).marks
        # A numbered clause ("（六）项目支出：指…") is often a paragraph, not a heading: its mark is in the quote.
        clause = _mark(half_width(str(citation.get("quote") or "")))
        if clause and clause not in marks:
            marks = (*marks, clause)
        if marks:
            sections.append(Section(marks))
        if isinstance(page := citation.get("page"), int):
            pages.append(page)
    return Places(tuple(tables), tuple(sections), tuple(pages))


def all_citations(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Citations of the answer and of each conflict it reports."""
    yield from answer.get("citations") or ()
    for conflict in answer.get("conflicts") or ():
        yield from conflict.get("citations") or ()


def score_citations(evidence: str, answer: Mapping[str, Any]) -> CitationScore | None:
    """Compare an answer's citations with the evidence; None if the evidence names no place."""
    wanted = places_in(evidence)
    if not wanted:
        return None
    cited = cited_places(answer)
    missing = [f"表{number}" for number in wanted.tables if number not in cited.tables]
    missing += [
        f"第{section.marks[0]}部分 {' '.join(section.marks[1:])}".strip()
        for section in wanted.sections
        if not any(section.agrees(other) for other in cited.sections)
    ]
    missing += [f"第{page}页" for page in wanted.pages if page not in cited.pages]
    named = len(wanted.tables) + len(wanted.sections) + len(wanted.pages)
    row = _row_agrees(evidence, wanted.tables, tuple(all_citations(answer)))
    return CitationScore(named, named - len(missing), tuple(missing), row)


def _row_agrees(evidence: str, tables: Sequence[str], citations: Sequence[Mapping[str, Any]]) -> bool | None:
    plain = comparable_text(evidence)
    cells = [
        citation for citation in citations
        if citation.get("row") and set(places_in(str(citation.get("table") or "")).tables) & set(tables)
    ]  # fmt: skip
    if not cells:
        return None
    return any(_row_name(str(cell["row"])) in plain for cell in cells)


def _row_name(label: str) -> str:
    """A row's label without its code, list mark or （…） note, in comparable form."""
    plain = comparable_text(label)
    plain = re.sub(r"^(?:其中[:]?)?(?:\(?\d+\)?[.、]?)?", "", plain)
    return re.sub(r"\(.*?\)", "", plain) or plain
