"""Small PDFs for tests, drawn from the tables that the tests define. Chinese comes from a font every viewer has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
A4 = (595.0, 842.0)
LINE = 1.3  # of the size


class Span(NamedTuple):
    """A header cell: its text, and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass
class Style:
    """How a table is drawn. `rules`: "all", "none", "columns" (no lines between rows), "rows" (three lines).

    `upright`: header texts one character a line. `lift`: points by which figures stand above their row.
    `indents`: points by which the label of each row is moved, by row.
    """

    size: float = 9.0
    height: float = 20.0
    rules: str = "all"
    upright: bool = False
    lift: float = 0.0
    indents: dict[int, float] = field(default_factory=dict)
    label_columns: int = 1


class Paper:
    """A PDF under construction; y runs downwards."""

    def __init__(self, size: tuple[float, float] = A4) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.buffer = BytesIO()
        self.size = size
        self.canvas = Canvas(self.buffer, pagesize=size, invariant=1)

    def text(self, x: float, y: float, text: str, size: float = 10.0) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.size[1] - y, text)

    def sheared(self, x: float, y: float, text: str, slope: float, turn: float = 0.0, size: float = 12.0) -> None:
        """Letters leaning by `slope` (an italic made of the upright), or on a baseline that rises by `turn`."""
        written = self.canvas.beginText()
        written.setFont(FONT, size)
        written.setTextTransform(1, turn, slope, 1, x, self.size[1] - y)
        written.textOut(text)
        self.canvas.drawText(written)

    def centred(self, x: float, y: float, text: str, size: float = 10.0) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawCentredString(x, self.size[1] - y, text)

    def right(self, x: float, y: float, text: str, size: float = 10.0) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawRightString(x, self.size[1] - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

    def title(self, y: float, title: str, number: str = "", unit: str = "", body: str = "") -> float:
        """Number, title, body and unit over a table; returns where the table may begin."""
        if number:
            self.text(50, y - 20, number, 10)
        self.centred(self.size[0] / 2, y, title, 16)
        if unit or body:
            self.text(50, y + 22, f"部门：{body}" if body else "", 9)
            self.right(self.size[0] - 50, y + 22, f"单位：{unit}", 9)
        return y + 30

    def paragraph(self, y: float, lines: Sequence[str], size: float = 12.0) -> float:
        for line in lines:
            self.text(60, y, line, size)
            y += size * 1.8
        return y

    def table(
        self,
        top: float,
        widths: Sequence[float],
        header: Sequence[Sequence[Span]],
        rows: Sequence[Sequence[str]],
        style: Style,
        left: float = 40.0,
    ) -> float:
        """Draw a table and return its bottom. A "\\n" in a text breaks its line; the row grows with it."""
        xs = [left]
        for width in widths:
            xs.append(xs[-1] + width)
        y = self._header(top, xs, header, style)
        head_bottom = y
        for index, row in enumerate(rows):
            height = max(style.height, (max(text.count("\n") for text in row) + 1) * style.size * LINE + 6)
            self._row(y, height, xs, row, style, style.indents.get(index, 0.0))
            if style.rules == "all":
                self.line(xs[0], y, xs[-1], y)
                for x in xs:
                    self.line(x, y, x, y + height)
            y += height
        if style.rules == "columns":
            self.line(xs[0], head_bottom, xs[-1], head_bottom)
            for x in xs:
                self.line(x, head_bottom, x, y)
        if style.rules == "rows":
            for at in (top, head_bottom, y):
                self.line(xs[0], at, xs[-1], at)
        elif style.rules != "none":
            self.line(xs[0], y, xs[-1], y)
        return y

    def _row(
        self, y: float, height: float, xs: Sequence[float], row: Sequence[str], style: Style, indent: float
    ) -> None:
        for column, text in enumerate(row):
            if not text:
                continue
            figure = text.replace(",", "").replace(".", "").replace("-", "").replace("%", "").isdigit() and (
                column >= style.label_columns
            )
            pieces = text.split("\n")
            first = y + height / 2 - (len(pieces) - 1) * style.size * LINE / 2 + style.size * 0.35
            for number, piece in enumerate(pieces):
                at = first + number * style.size * LINE
                if figure:
                    self.right(xs[column + 1] - 3, at - style.lift, piece, style.size)
                else:
                    self.text(
                        xs[column] + 3 + (indent if column == style.label_columns - 1 else 0), at, piece, style.size
                    )

    def _header(self, top: float, xs: Sequence[float], header: Sequence[Sequence[Span]], style: Style) -> float:
        taken: set[tuple[int, int]] = set()
        height = style.height
        tallest = max((len(span.text) for row in header for span in row), default=1) if style.upright else 1
        if style.upright:
            height = max(height, tallest * style.size * LINE + 8)
        for level, row in enumerate(header):
            column = 0
            for span in row:
                while (level, column) in taken:
                    column += 1
                taken |= {(level + r, column + c) for r in range(span.rows) for c in range(span.columns)}
                x0, x1 = xs[column], xs[column + span.columns]
                y0, y1 = top + level * height, top + (level + span.rows) * height
                self._heading(span.text, x0, y0, x1, y1, style)
                if style.rules in {"all", "columns"}:
                    for a, b, c, d in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                        self.line(a, b, c, d)
                column += span.columns
        return top + len(header) * height

    def _heading(self, text: str, x0: float, y0: float, x1: float, y1: float, style: Style) -> None:
        pieces = list(text) if style.upright else text.split("\n")
        first = (y0 + y1) / 2 - (len(pieces) - 1) * style.size * LINE / 2 + style.size * 0.35
        for number, piece in enumerate(pieces):
            self.centred((x0 + x1) / 2, first + number * style.size * LINE, piece, style.size)

    def turn(self) -> None:
        """From here on draw sideways: the page's text runs upwards, as in a landscape table on an upright page."""
        width, height = self.size
        self.canvas.translate(width, 0)
        self.canvas.rotate(90)
        self.size = (height, width)

    def page(self) -> None:
        """Finish a page; the next one is upright and of the same size."""
        self.canvas.showPage()

    def bytes(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()
