"""A Word document (.docx) → its paragraphs and tables in reading order. Runs in a process apart.

Deleted and hidden text is left out, inserted text and text boxes are read, numbers of lists are written out.
Page headers, footers and footnotes are no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from index.reading.content import Part, RawCell, RawTable, RawText, TooMuch, Unreadable, leading_space
from index.reading.docx_styles import Look, Numbering, Styles, attribute

MOST_ITEMS = 200_000
MAX_DEPTH = 8  # of tables inside tables
PICTURES = "pictures"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = qn("w:txbxContent")
_SKIPPED = frozenset(
    {
        *map(qn, ("w:pPr", "w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rt", "w:sectPr")),
        _FALLBACK,
    }
)
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))
_SIGNS = {
    qn("w:tab"): "  ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}


def read_docx(data: bytes) -> tuple[Part, ...]:
    """The document as one part. Raises Unreadable("pictures") when it holds pictures and no text, and TooMuch."""
    document = docx.Document(BytesIO(data))
    body: Any = document.element.body
    try:
        numbering: Any = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        numbering = None
    reader = _Reader(Styles(document.styles.element), Numbering(getattr(numbering, "element", None)))
    reader.blocks(body, 0)
    if not reader.items and any(True for _ in body.iter(qn("a:blip"))):
        raise Unreadable(PICTURES)
    return (Part("", tuple(reader.items)),)


def _blocks(element: Any) -> Iterator[Any]:
    """Children, those of wrappers in their place."""
    for child in element:
        if child.tag in _WRAPPERS:
            yield from _blocks(child)
        else:
            yield child


def _is_hidden(element: Any) -> bool:
    mark = element.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val")) not in {"0", "false"}


@dataclass(slots=True)
class _Paragraph:
    lines: list[str]
    look: Look
    boxes: list[Any]


@dataclass(slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    items: list[RawText | RawTable] = field(default_factory=list)
    line: int = 0

    def blocks(self, element: Any, depth: int) -> None:
        """Read paragraphs and tables under an element."""
        if depth > MAX_DEPTH or len(self.items) > MOST_ITEMS:
            raise TooMuch
        for child in _blocks(element):
            if child.tag == qn("w:p"):
                paragraph = self._paragraph(child)
                for text in paragraph.lines:
                    self.line += 1
                    if text.strip() and not paragraph.look.contents:
                        self.items.append(RawText(text.strip(), self.line, paragraph.look.size, paragraph.look.centred))
                for box in paragraph.boxes:
                    self.blocks(box, depth + 1)
            elif child.tag == qn("w:tbl"):
                self._table(child, depth)

    def _paragraph(self, element: Any) -> _Paragraph:
        look = self.styles.look(element)
        pieces: list[str] = []
        boxes: list[Any] = []
        self._collect(element, pieces, boxes)
        text = "".join(pieces)
        if text.strip():
            text = self.numbering.label(look.number, look.level) + text
        return _Paragraph(text.split("\n"), look, boxes)

    def _collect(self, element: Any, pieces: list[str], boxes: list[Any]) -> None:
        """Text in reading order; the content of text boxes apart."""
        for child in element:
            if child.tag in _SKIPPED or not isinstance(child.tag, str):
                continue
            if child.tag == qn("w:t"):
                pieces.append(child.text or "")
            elif child.tag in _SIGNS:
                if child.get(qn("w:type")) not in {"page", "column"}:
                    pieces.append(_SIGNS[child.tag])
            elif child.tag == _BOX:
                boxes.append(child)
            elif not _is_hidden(child):
                self._collect(child, pieces, boxes)

    def _table(self, element: Any, depth: int) -> None:
        cells: list[RawCell] = []
        open_cells: dict[int, int] = {}  # first column → place in `cells` of what goes on downwards
        lines: list[int] = []
        inner: list[Any] = []
        rows = [row for row in _blocks(element) if row.tag == qn("w:tr")]
        rows = [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        width = 0
        for number, row in enumerate(rows):
            self.line += 1
            lines.append(self.line)
            column = int(attribute(row, "w:trPr/w:gridBefore") or 0)
            for cell in _blocks(row):
                if cell.tag != qn("w:tc"):
                    continue
                end = column + max(1, int(attribute(cell, "w:tcPr/w:gridSpan") or 1))
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
                if goes_on and column in open_cells:
                    at = open_cells[column]
                    cells[at] = replace(cells[at], row_end=number + 1)
                else:
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = len(cells)
                    cells.append(self._cell(cell, (number, column, number + 1, end)))
                inner += [child for child in _blocks(cell) if child.tag == qn("w:tbl")]
                column = end
            width = max(width, column)
            if len(cells) > MOST_ITEMS:
                raise TooMuch
        if any(cell.lines for cell in cells):
            self.items.append(RawTable(tuple(lines), width, tuple(cells)))
        for table in inner:
            if depth >= MAX_DEPTH:
                raise TooMuch
            self._table(table, depth + 1)

    def _cell(self, element: Any, place: tuple[int, int, int, int]) -> RawCell:
        found = [self._paragraph(child) for child in _blocks(element) if child.tag == qn("w:p")]
        texts = [(text, paragraph.look) for paragraph in found for text in paragraph.lines if text.strip()]
        if not texts:
            return RawCell(*place, lines=())
        first, look = texts[0]
        indent = look.indent + leading_space(first, look.size)
        return RawCell(*place, tuple(text.strip() for text, _ in texts), indent, look.centred)
