"""A saved web page → its paragraphs and tables in reading order. Runs in a process apart.

Scripts, navigation, hidden elements and paragraphs that are nothing but links are left out. A table round other
tables only lays out the page: its cells are read as blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from index.reading.content import TEXT_SIZE, Part, RawCell, RawTable, RawText, TooMuch, Unreadable, leading_space

ENCODING = "encoding"
NO_TABLES = "tables"
MOST_CELLS = 500_000
MOST_COLUMNS = 1_000
_HEAD = 4_096  # bytes in which a page names its encoding
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_GB = re.compile(r"gb[_-]?(?:2312|k|18030)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)\s*(px|pt|em|rem)?")
_SKIPPED = frozenset(
    "script style noscript template head nav footer aside select option button textarea iframe object svg".split()
)
_BLOCKS = frozenset(
    "address article blockquote body caption center dd div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 "
    "header hr html legend li main ol p pre section table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = {"h1": 24.0, "h2": 18.0, "h3": 14.0}  # points
_PIXEL = 0.75  # points
_LINKED = 0.8  # of a paragraph's characters: it only points elsewhere


def read_html(data: bytes) -> tuple[Part, ...]:
    """The page as one part.

    Raises Unreadable("encoding"), Unreadable("tables") for a page without any table, and TooMuch.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = etree.fromstring(_text(data).encode(), parser)
    if root is None:
        raise Unreadable(NO_TABLES)
    sheets = "".join("".join(style.itertext()) for style in root.iter("style"))
    reader = _Reader({name: _declarations(text) for name, text in _RULE.findall(sheets)})
    reader.visit(root, _Look())
    reader.flush()
    if not any(isinstance(item, RawTable) for item in reader.items):
        raise Unreadable(NO_TABLES)
    return (Part("", tuple(reader.items)),)


def _text(data: bytes) -> str:
    named = _CHARSET.search(data[:_HEAD])
    name = named[1].decode("ascii") if named else "utf-8"
    for encoding in ("utf-8-sig", *(["gb18030"] if _GB.fullmatch(name) else [name]), "gb18030"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unreadable(ENCODING)


def _declarations(text: str) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in text.split(";") if ":" in part)
    return {name.strip().lower(): value.strip().lower() for name, value in pairs}


def _points(text: str, size: float) -> float:
    match = _LENGTH.match(text.strip())
    if match is None:
        return 0.0
    unit = {"pt": 1.0, "em": size, "rem": TEXT_SIZE}.get(match[2] or "px", _PIXEL)
    return max(0.0, float(match[1]) * unit)


@dataclass(frozen=True, slots=True)
class _Look:
    """What elements hand down to what is in them."""

    size: float = TEXT_SIZE
    centred: bool = False
    linked: bool = False


@dataclass(slots=True)
class _Reader:
    classes: Mapping[str, Mapping[str, str]]
    links: bool = False  # whether texts that only point elsewhere are read
    items: list[RawText | RawTable] = field(default_factory=list)
    line: int = 0
    pieces: list[tuple[str, _Look]] = field(default_factory=list)

    def visit(self, element: Any, look: _Look) -> None:
        """Read an element and everything in it."""
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        style = self._style(element)
        if style.get("display") == "none" or element.get("hidden") is not None:
            return
        if element.tag == "table" and element.find(".//table") is None:
            self.flush()
            self._table(element, self._inside(element, style, look))
            return
        if element.tag == "br":
            self.flush()
            return
        block = element.tag in _BLOCKS
        inner = self._inside(element, style, look)
        if block:
            self.flush()
        self._say(element.text, inner)
        for child in element:
            self.visit(child, inner)
            self._say(child.tail, inner)
        if block:
            self.flush()

    def _say(self, text: str | None, look: _Look) -> None:
        if text:
            self.pieces.append((_BLANKS.sub(" ", text), look))

    def flush(self) -> None:
        """End a paragraph."""
        text = "".join(piece for piece, _ in self.pieces).strip(" ")
        told = [(piece.strip(), look) for piece, look in self.pieces if piece.strip()]
        self.pieces = []
        if not told:
            return
        self.line += 1
        linked = sum(len(piece) for piece, look in told if look.linked)
        if self.links or linked < _LINKED * sum(len(piece) for piece, _ in told):
            self.items.append(RawText(text, self.line, told[0][1].size, told[0][1].centred))

    def _style(self, element: Any) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in (element.get("class") or "").split():
            found |= self.classes.get(name, {})
        return found | _declarations(element.get("style") or "")

    def _inside(self, element: Any, style: Mapping[str, str], look: _Look) -> _Look:
        align = style.get("text-align") or (element.get("align") or "").lower()
        if element.tag in _HEADINGS:
            look = replace(look, size=_HEADINGS[element.tag], centred=not align)
        if element.tag == "a":
            look = replace(look, linked=True)
        if element.tag == "center":
            look = replace(look, centred=True)
        if align and element.tag != "table":
            look = replace(look, centred=align == "center")
        size = _points(style.get("font-size", ""), look.size)
        return replace(look, size=size) if size else look

    def _table(self, element: Any, look: _Look) -> None:
        for caption in element.iter("caption"):
            self.visit(caption, look)
        rows = [row for row in element.iter("tr") if self._style(row).get("display") != "none"]
        taken: set[tuple[int, int]] = set()
        covered = 0
        cells: list[RawCell] = []
        for number, row in enumerate(rows):
            column = 0
            row_look = self._inside(row, self._style(row), replace(look, centred=False))
            for cell in row:
                if cell.tag not in {"td", "th"} or self._style(cell).get("display") == "none":
                    continue
                while (number, column) in taken:
                    column += 1
                below = _span(cell, "rowspan", len(rows) - number)
                beside = _span(cell, "colspan", MOST_COLUMNS)
                covered += below * beside
                if covered > MOST_CELLS or column + beside > MOST_COLUMNS:
                    raise TooMuch
                taken |= {(r, c) for r in range(number, number + below) for c in range(column, column + beside)}
                cells.append(self._cell(cell, (number, column, number + below, column + beside), row_look))
                column += beside
        lines = tuple(range(self.line + 1, self.line + len(rows) + 1))
        self.line += len(rows)
        if any(cell.lines for cell in cells):
            self.items.append(RawTable(lines, max(cell.column_end for cell in cells), tuple(cells)))

    def _cell(self, element: Any, place: tuple[int, int, int, int], look: _Look) -> RawCell:
        style = self._style(element)
        inner = self._inside(element, style, replace(look, centred=look.centred or element.tag == "th"))
        reader = _Reader(self.classes, links=True)
        reader._say(element.text, inner)
        for child in element:
            reader.visit(child, inner)
            reader._say(child.tail, inner)
        texts = list(reader.paragraphs())
        if not texts:
            return RawCell(*place, lines=())
        indent = self._indent(element, inner.size) + leading_space(texts[0].text, inner.size)
        return RawCell(*place, tuple(text.text.strip() for text in texts), indent, texts[0].centred)

    def _indent(self, cell: Any, size: float) -> float:
        """How far a style sets the text of a cell in."""
        for element in (cell, *cell.iter("p", "div", "span")):
            style = self._style(element)
            if points := _points(style.get("padding-left", style.get("text-indent", "")), size):
                return points
        return 0.0

    def paragraphs(self) -> Iterator[RawText]:
        """What was read outside of tables."""
        self.flush()
        return (item for item in self.items if isinstance(item, RawText))


def _span(cell: Any, name: str, most: int) -> int:
    text = (cell.get(name) or "1").strip()
    number = int(text) if text.isdecimal() else 1
    return max(1, min(number or most, most))
