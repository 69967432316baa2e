"""The header of an unruled table: words over one column are its name, words over several their common head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from index.layout import join
from index.tables.grid_geometry import Box, Glyph, GridCell, bounds
from index.tables.headers import header_rules

_LINE = 0.6  # of the character height, between the middles of one header line
_CENTRE = 0.2  # of a group's width, between its middle and that of the columns under it
_TOUCH = 2.0
_OFF_STEP = 0.1
MAX_LEVELS = 3


class HeadWord(Protocol):
    """A word of the header."""

    @property
    def text(self) -> str: ...
    @property
    def box(self) -> Box: ...
    @property
    def glyphs(self) -> tuple[Glyph, ...]: ...


def header_cells(
    words: Sequence[HeadWord], columns: Sequence[tuple[float, float]], borders: Sequence[float], bottom: float
) -> tuple[list[GridCell], int]:
    """Cells of the header rows and how many rows there are (0 without words)."""
    if not words:
        return [], 0
    words = unwrapped(split_words(words, columns))
    groups = [(word, span) for word in words if (span := group_span(word, words, columns))]
    levels = _levels([word for word, _ in groups])
    over = {id(word): level for level, row in enumerate(levels) for word in row}
    depth = min(len(levels), MAX_LEVELS)
    top = min(word.box[1] for word in words)
    cells: list[GridCell] = []
    taken: dict[int, int] = {}  # column → rows of its groups
    for word, (first, last) in groups:
        level = min(over[id(word)], depth - 1)
        box = (borders[first], word.box[1], borders[last + 1], word.box[3])
        cells.append(GridCell(level, first, level + 1, last + 1, word.text, box, (word.text,), word.box, word.box[0]))
        for column in range(first, last + 1):
            taken[column] = max(taken.get(column, 0), level + 1)
    grouped = {id(word) for word, _ in groups}
    for column in range(len(columns)):
        own = [w for w in words if id(w) not in grouped and _over(w, columns) == column]
        own.sort(key=lambda w: (w.box[1], w.box[0]))
        text = ""
        for word in own:
            text = join(text, word.text) if text else word.text
        ink = bounds([w.box for w in own]) if own else None
        box = (borders[column], ink[1] if ink else top, borders[column + 1], bottom)
        start = ink[0] if ink else 0.0
        lines = tuple(w.text for w in own)
        cells.append(GridCell(taken.get(column, 0), column, depth + 1, column + 1, text, box, lines, ink, start))
    return _filled(cells, len(columns), depth, top, borders), depth + 1


def unwrapped(words: Sequence[HeadWord]) -> list[HeadWord]:
    """Words that were broken over lines put together: what makes one known word, or only unknown ones."""
    rules = header_rules()
    found: list[HeadWord] = []
    for word in sorted(words, key=lambda w: (w.box[1], w.box[0])):
        above = next((w for w in reversed(found) if _right_under(word, w)), None)
        if above is None:
            found.append(word)
            continue
        whole = rules.word(above.text + word.text)
        upper, lower = rules.word(above.text), rules.word(word.text)
        if (whole and not (upper and lower)) or (not whole and not upper and not lower):
            glyphs = (*above.glyphs, *word.glyphs)
            box = bounds([above.box, word.box])
            found[found.index(above)] = _Joined(join(above.text, word.text), box, glyphs)
        else:
            found.append(word)
    return found


def split_words(words: Sequence[HeadWord], columns: Sequence[tuple[float, float]]) -> list[HeadWord]:
    """Words set so close that they run into one another, cut where the columns under them part."""
    found: list[HeadWord] = []
    for word in words:
        touched = [i for i, c in enumerate(columns) if min(word.box[2], c[1]) - max(word.box[0], c[0]) > _TOUCH]
        if len(touched) < 2 or group_span(word, words, columns) is not None:
            found.append(word)
            continue
        pieces: dict[int, list[Glyph]] = {}
        for glyph in word.glyphs:
            middle = (glyph.left + glyph.right) / 2
            at = min(touched, key=lambda i: max(columns[i][0] - middle, middle - columns[i][1]))
            pieces.setdefault(at, []).append(glyph)
        for glyphs in pieces.values():
            box = bounds([(g.left, g.top, g.right, g.bottom) for g in glyphs])
            found.append(_Joined("".join(g.text for g in glyphs), box, tuple(glyphs)))
    return found


class _Joined(NamedTuple):
    text: str
    box: Box
    glyphs: tuple[Glyph, ...]


def _right_under(word: HeadWord, above: HeadWord) -> bool:
    size = word.glyphs[0].size
    shared = min(word.box[2], above.box[2]) - max(word.box[0], above.box[0])
    narrower = min(word.box[2] - word.box[0], above.box[2] - above.box[0])
    return 0 <= word.box[1] - above.box[3] + size / 2 <= size * 1.2 and shared > narrower / 2


def _filled(cells: list[GridCell], width: int, depth: int, top: float, borders: Sequence[float]) -> list[GridCell]:
    """Blank cells where a group of an inner level has none over it."""
    owned = {
        (r, c) for cell in cells for r in range(cell.row, cell.row_end) for c in range(cell.column, cell.column_end)
    }
    for row in range(depth):
        for column in range(width):
            if (row, column) not in owned:
                box = (borders[column], top, borders[column + 1], top)
                cells.append(GridCell(row, column, row + 1, column + 1, "", box))
    return cells


def _over(word: HeadWord, columns: Sequence[tuple[float, float]]) -> int:
    """The column whose middle is nearest to a word, by overlap first."""
    left, _, right, _ = word.box

    def closeness(column: tuple[float, float]) -> tuple[float, float]:
        return min(right, column[1]) - max(left, column[0]), -abs((left + right - column[0] - column[1]) / 2)

    return max(range(len(columns)), key=lambda i: closeness(columns[i]))


def group_span(
    word: HeadWord, words: Sequence[HeadWord], columns: Sequence[tuple[float, float]]
) -> tuple[int, int] | None:
    """First and last column of a group's head, or None for the name of one column.

    A head has words under it in every column of its run, on one line if possible, and the run's middle under its own;
    of such runs the longest.
    """
    middle = (word.box[0] + word.box[2]) / 2
    own = _over(word, columns)
    below = {_over(w, columns) for w in words if w.box[1] > word.box[3] - 1}
    beside = {_over(w, columns) for w in words if w is not word and _same_line(w, word)}
    touched = [i for i, c in enumerate(columns) if min(word.box[2], c[1]) - max(word.box[0], c[0]) > 0]
    runs = []
    for first in range(own, -1, -1):
        if first not in below or first in beside:
            break
        for last in range(own, len(columns)):
            if last not in below or last in beside:
                break
            if last > first:
                runs.append((first, last))
    best: tuple[tuple[bool, int, int], tuple[int, int]] | None = None
    for first, last in runs:
        if touched and (first > min(touched) or last < max(touched)):
            continue
        centre, width = (columns[first][0] + columns[last][1]) / 2, columns[last][1] - columns[first][0]
        off = abs(centre - middle) / width
        if off <= _CENTRE:
            rank = (not _level(word, words, columns, first, last), round(off / _OFF_STEP), first - last)
            best = min(best or (rank, (first, last)), (rank, (first, last)))
    return best[1] if best else None


def _level(
    word: HeadWord, words: Sequence[HeadWord], columns: Sequence[tuple[float, float]], first: int, last: int
) -> bool:
    """Whether the words right under a head stand on one line."""
    under = [w for w in words if w.box[1] > word.box[3] - 1 and first <= _over(w, columns) <= last]
    highest = {c: min((w.box[1] for w in under if _over(w, columns) == c), default=0.0) for c in range(first, last + 1)}
    return max(highest.values()) - min(highest.values()) <= word.glyphs[0].size


def _same_line(a: HeadWord, b: HeadWord) -> bool:
    height = min(a.box[3] - a.box[1], b.box[3] - b.box[1])
    return abs((a.box[1] + a.box[3] - b.box[1] - b.box[3]) / 2) <= _LINE * height


def _levels(heads: Sequence[HeadWord]) -> list[list[HeadWord]]:
    """Heads by line, top to bottom."""
    rows: list[list[HeadWord]] = []
    for head in sorted(heads, key=lambda w: w.box[1]):
        if rows and _same_line(rows[-1][0], head):
            rows[-1].append(head)
        else:
            rows.append([head])
    return rows
