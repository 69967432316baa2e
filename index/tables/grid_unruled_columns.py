"""The columns of an unruled table: where rows print something, and which names of the header stand over them."""

from __future__ import annotations

from collections.abc import Sequence

from index.tables.grid_geometry import Box
from index.tables.grid_sheets import is_figure
from index.tables.grid_unruled_header import group_span, split_words, unwrapped
from index.tables.grid_unruled_words import Words

_VALLEY = 1.2  # points without print that part two columns
_RASTER = 4  # steps a point
_CROSSED = 12  # of so many rows one may print across a border (a total set in the middle)
_ALONE = 40.0  # points
_LONE_NAME, _LONE_RUN = 0.55, 0.9  # of the usual distance between two columns


def columns_of(body: Sequence[Words], header: Sequence[Words], width: float) -> list[tuple[float, float]]:
    """(left, right) of every column: where rows print something; and header words over columns that stay blank."""
    ink = [0] * (int(width * _RASTER) + 2)
    if not body:
        return _leaves([word for line in header for word in line])
    full = [line for line in body if any(is_figure(word.text) for word in line)]
    for line in full:
        for word in line:
            for x in range(max(0, int(word.box[0] * _RASTER)), min(len(ink), int(word.box[2] * _RASTER) + 1)):
                ink[x] += 1
    firm = _runs(ink, len(full) // _CROSSED)
    runs: list[tuple[float, float]] = []
    for run in _runs(ink, 0):
        runs += [other for other in firm if run[0] <= other[0] <= run[1]] or [run]
    head = [word for line in header for word in line]
    figured = [any(is_figure(w.text) and shared(w.box, run) > 0 for line in full for w in line) for run in runs]
    joined: list[tuple[float, float]] = []
    for at, run in enumerate(runs):  # pieces of names that no word of the header tells apart
        own = any(shared(word.box, run) > 0 for word in head)
        if joined and head and not (figured[at] or figured[at - 1] or own):
            joined[-1] = (joined[-1][0], run[1])
        else:
            joined.append(run)
    return _with_blank_columns(joined, head)


def _leaves(head: Words) -> list[tuple[float, float]]:
    """The columns of a table without rows: header words with nothing under them."""
    words = unwrapped(head)
    found: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda w: w.box[0]):
        column = (word.box[0], word.box[2])
        if any(w.box[1] >= word.box[3] and shared(w.box, column) > 0 for w in words):
            continue
        if found and column[0] < found[-1][1]:
            found[-1] = (found[-1][0], max(column[1], found[-1][1]))
        else:
            found.append(column)
    return found


def _runs(ink: Sequence[int], allowed: int) -> list[tuple[float, float]]:
    """Where more than `allowed` rows print, without gaps too narrow to part columns."""
    runs: list[tuple[float, float]] = []
    for step, count in enumerate(ink):
        if count <= allowed:
            continue
        x = step / _RASTER
        if runs and x - runs[-1][1] <= _VALLEY:
            runs[-1] = (runs[-1][0], x)
        else:
            runs.append((x, x))
    return [run for run in runs if run[1] - run[0] > 1.0]


def _with_blank_columns(runs: list[tuple[float, float]], head: Words) -> list[tuple[float, float]]:
    """Header names and printed columns paired from left to right; a name without print is a column that stays blank."""
    words = unwrapped(split_words(head, runs))
    names: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda w: w.box[0]) if runs else ():
        if group_span(word, words, runs) is None:
            if names and word.box[0] < names[-1][1]:
                names[-1] = (names[-1][0], max(word.box[2], names[-1][1]))
            else:
                names.append((word.box[0], word.box[2]))
    found = []
    for run, name in _paired(runs, names):
        pair = [part for part in (run, name) if part]
        found.append((min(left for left, _ in pair), max(right for _, right in pair)))
    return sorted(found)


_Run = tuple[float, float]


def _paired(runs: Sequence[_Run], names: Sequence[_Run]) -> list[tuple[_Run | None, _Run | None]]:
    """The cheapest pairing in order: distance of the middles, or the price of staying alone."""
    middles = [(a + b) / 2 for a, b in names]
    gaps = sorted(b - a for a, b in zip(middles, middles[1:], strict=False)) or [_ALONE]
    lone_name, lone_run = gaps[len(gaps) // 2] * _LONE_NAME, gaps[len(gaps) // 2] * _LONE_RUN
    best: dict[tuple[int, int], tuple[float, list[tuple[_Run | None, _Run | None]]]] = {(0, 0): (0.0, [])}
    for i in range(len(runs) + 1):
        for j in range(len(names) + 1):
            ways = []
            if i and j:
                cost, pairs = best[i - 1, j - 1]
                apart = abs(sum(runs[i - 1]) / 2 - middles[j - 1])
                overlap = shared((*names[j - 1][:1], 0.0, names[j - 1][1], 0.0), runs[i - 1]) > 0
                ways.append((cost + (apart / 4 if overlap else apart), [*pairs, (runs[i - 1], names[j - 1])]))
            if i:
                cost, pairs = best[i - 1, j]
                ways.append((cost + lone_run, [*pairs, (runs[i - 1], None)]))
            if j:
                cost, pairs = best[i, j - 1]
                ways.append((cost + lone_name, [*pairs, (None, names[j - 1])]))
            if ways:
                best[i, j] = min(ways, key=lambda way: way[0])
    return best[len(runs), len(names)][1]


def shared(box: Box, column: tuple[float, float]) -> float:
    """Width in common; negative: the distance."""
    return min(box[2], column[1]) - max(box[0], column[0])
