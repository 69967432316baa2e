"""Rows without lines between them: figures and codes say where a row is, loose pieces of names join the nearest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from index.accounts import Accounts
from index.tables.grid_sheets import code_ahead, is_figure
from index.tables.headers import header_rules

_SAME_ROW = 0.62  # of the character height, between the middles of one row
_WRAP = 1.75  # of the character height: pieces of one name are no further apart
MIN_NAME = 3


class Piece(NamedTuple):
    """A printed run of text: its middle height, character height, text, and the column it stands in."""

    y: float
    size: float
    text: str
    column: int


def row_anchors(pieces: Sequence[Piece]) -> list[float]:
    """The middle height of every row, top to bottom."""
    firm = sorted(piece.y for piece in pieces if _is_firm(piece))
    size = sorted(piece.size for piece in pieces)[len(pieces) // 2] if pieces else 10.0
    anchors: list[float] = []
    for y in firm:
        if not anchors or y - anchors[-1] > _SAME_ROW * size:
            anchors.append(y)
    for piece in sorted(pieces):
        at = nearest(anchors, piece.y)
        distance = abs(anchors[at] - piece.y) if anchors else _WRAP * size + 1
        if distance <= _SAME_ROW * size:
            continue
        if distance > _WRAP * size or (distance > size and _names_row(piece)):
            anchors.insert(bisect_left(anchors, piece.y), piece.y)
    return anchors


def nearest(anchors: Sequence[float], y: float) -> int:
    """The place of the anchor nearest to a height."""
    return min(range(len(anchors)), key=lambda i: abs(anchors[i] - y), default=0)


def _is_firm(piece: Piece) -> bool:
    return is_figure(piece.text) or bool(code_ahead(piece.text)[0])


def _names_row(piece: Piece) -> bool:
    """Whether a piece of text by itself is the name of a row."""
    rules = header_rules()
    if rules.is_total(piece.text) or rules.marker.match(piece.text):
        return True
    name = rules.marker.sub("", piece.text, count=1)
    return len(name) >= MIN_NAME and (rules.word(name) is not None or bool(Accounts.load().by_name(name)))


def between(anchors: Sequence[float]) -> list[float]:
    """Heights halfway between neighbouring rows."""
    return [(a + b) / 2 for a, b in zip(anchors, anchors[1:], strict=False)]
