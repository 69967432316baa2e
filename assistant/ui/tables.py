"""Tables as HTML: escaped, figures aligned right, nested headers merged, one cell marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from assistant.context import INDENT
from index.numbers import parse_number, parse_percent

_DEEPEST = 4  # levels that are set in
_WIDE = 8  # characters from which on a column is given room
_WINDOW = 120  # rows drawn on either side of the marked one


class Mark(NamedTuple):
    """The cell to point at, counted from 0 in the drawn rows and columns; None: the whole row."""

    row: int
    column: int | None = None


def is_figure(text: str) -> bool:
    """Whether a printed cell is a number or a percentage (Arabic digits only, so names stay names)."""
    text = text.strip()
    if not any(character.isdigit() for character in text):
        return False
    return parse_number(text) is not None or parse_percent(text) is not None


def _header(columns: Sequence[str], figures: frozenset[int]) -> str:
    """Header paths ("预算数/合计") as rows of cells that span what they have in common; `figures` are aligned right."""
    paths = [tuple(part for part in column.split("/") if part) or ("",) for column in columns]
    depth = max((len(path) for path in paths), default=1)
    rows = []
    for level in range(depth):
        cells = []
        for key, group in groupby(enumerate(paths), key=lambda item: (item[1][: level + 1], len(item[1]) > level)):
            members = list(group)
            _, present = key
            if not present:
                continue
            if all(len(path) == level + 1 for _, path in members):
                high = f' rowspan="{depth - level}"' if depth - level > 1 else ""
                for number, path in members:
                    style = ' class="figure"' if number in figures else ""
                    cells.append(f"<th{high}{style}>{escape(path[level])}</th>")
            else:
                cells.append(f'<th colspan="{len(members)}">{escape(members[0][1][level])}</th>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "".join(rows)


def html_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    mark: Mark | None = None,
    caption: str = "",
    names: Collection[int] = (),
) -> str:
    """A table as HTML; of a long one with a mark, only the rows around the mark are drawn.

    `names` are the columns whose digits are codes or words, not figures.
    """
    first, last = 0, len(rows)
    if mark is not None:
        first, last = max(0, mark.row - _WINDOW), min(len(rows), mark.row + _WINDOW + 1)
    elif last > 2 * _WINDOW:
        last = 2 * _WINDOW
    drawn = rows[first:last]
    figures = frozenset(
        column for row in drawn for column, text in enumerate(row) if column not in names and is_figure(text)
    )
    wide = frozenset(column for row in drawn for column, text in enumerate(row) if len(text.strip()) > _WIDE)
    body = []
    for number in range(first, last):
        cells = []
        for column, text in enumerate(rows[number]):
            marked = mark is not None and number == mark.row and column == mark.column
            is_number = column in figures and is_figure(text)
            depth = min(len(text) - len(text.lstrip(INDENT)), _DEEPEST)
            styles = [
                ("figure", is_number),
                ("wide", column in wide and not is_number),
                (f"in{depth}", depth > 0),
                ("cited", marked),
            ]
            style = " ".join(name for name, holds in styles if holds)
            style = f' class="{style}"' if style else ""
            label = ' aria-label="所引单元格"' if marked else ""
            cells.append(f"<td{style}{label}>{escape(text.lstrip(INDENT))}</td>")
        row_style = ' class="cited-row"' if mark is not None and number == mark.row else ""
        body.append(f"<tr{row_style}>{''.join(cells)}</tr>")
    hidden = len(rows) - (last - first)
    more = f'<p class="quiet">另有 {hidden} 行未画出</p>' if hidden else ""
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return (
        f'<div class="table-scroll"><table class="ledger">{title}'
        f"<thead>{_header(columns, figures)}</thead><tbody>{''.join(body)}</tbody></table></div>{more}"
    )
