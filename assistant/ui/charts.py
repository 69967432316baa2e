"""ResultTable → a small bar chart, where at least three comparable figures stand side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from assistant.answer import ResultTable
from assistant.ui.tables import is_figure
from index.numbers import half_width, parse_number

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_FEWEST, _MOST = 3, 24
_INK, _GRID, _BAR = "#7d8794", "rgba(125,135,148,.22)", "#3f7cb4"
_LONGEST_LABEL = 16


class Series(NamedTuple):
    """What is drawn. `values` are exact; `printed` is what stands at each bar."""

    title: str
    labels: tuple[str, ...]
    values: tuple[Decimal, ...]
    printed: tuple[str, ...]


def series(table: ResultTable | None) -> Series | None:
    """The figures worth drawing, or None: too few, too many, mixed units, labels that repeat."""
    if table is None or not _FEWEST <= len(table.rows) <= _MOST:
        return None
    columns = list(zip(*table.rows, strict=True))
    figures = [number for number, cells in enumerate(columns) if all(map(_number_or_blank, cells)) and any(cells)]
    names = [number for number, cells in enumerate(columns) if number not in figures and len(set(cells)) == len(cells)]
    years = [number for number in figures if all(map(_is_year, columns[number]))]
    amounts = [number for number in figures if number not in years]
    labels = names[:1] or [number for number in years if len(set(columns[number])) == len(table.rows)][:1]
    units = [cells for name, cells in zip(table.columns, columns, strict=True) if name == "单位"]
    if not labels or not amounts or any(len(set(cells)) > 1 for cells in units):
        return None
    drawn = [row for row in table.rows if row[amounts[0]].strip()]
    if len(drawn) < _FEWEST:
        return None
    unit = f"（{units[0][0]}）" if units and units[0][0] else ""
    return Series(
        f"{table.columns[amounts[0]]}{unit}",
        tuple(row[labels[0]] for row in drawn),
        tuple(_decimal(row[amounts[0]]) for row in drawn),
        tuple(row[amounts[0]] for row in drawn),
    )


def figure(table: ResultTable | None) -> Figure | None:
    """A horizontal bar chart of `series(table)`; plotly is imported only when there is something to draw."""
    drawn = series(table)
    if drawn is None:
        return None
    from plotly.graph_objects import Bar, Figure

    positions = list(range(len(drawn.labels)))
    names = [name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…" for name in drawn.labels]
    chart = Figure(
        Bar(
            x=[f"{value:f}" for value in drawn.values],
            y=positions,
            orientation="h",
            text=list(drawn.printed),
            textposition="auto",
            marker={"color": _BAR, "cornerradius": 3},
            customdata=list(drawn.labels),
            hovertemplate="%{customdata}<br>%{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    chart.update_layout(
        title={"text": drawn.title, "font": {"size": 13}, "x": 0, "xref": "paper"},
        height=70 + 30 * len(positions),
        margin={"l": 8, "r": 36, "t": 36, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": _INK, "size": 12, "family": "inherit"},
        xaxis={"type": "linear", "gridcolor": _GRID, "zerolinecolor": _GRID, "showticklabels": False},
        yaxis={"tickvals": positions, "ticktext": names, "autorange": "reversed", "automargin": True},
        showlegend=False,
        dragmode=False,
    )
    return chart


def _number_or_blank(text: str) -> bool:
    return not text.strip() or is_figure(text)


def _is_year(text: str) -> bool:
    return text.isdigit() and len(text) == 4


def _decimal(text: str) -> Decimal:
    number = parse_number(half_width(text).strip().rstrip("%"))
    return Decimal(0) if number is None else number
