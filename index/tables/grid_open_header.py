"""The header between the lines of an open table: which words name a column, which stand over several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from index.tables.grid_geometry import Glyph, Ruling, TextLine
from index.tables.grid_open_frames import SAME, Frame, is_numbering
from index.tables.grid_sheets import is_figure
from index.tables.grid_text import lines_of
from index.tables.grid_unruled_words import Word, line_words

_VALLEY = 1.2  # points without print that part two columns
_ALIGNED = 4.0  # points by which figures of columns that are aligned alike may differ
_MOST_WAYS = 5000  # of sharing columns among the words of one line
Run = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Header:
    """`names` stand over one column each, a piece a printed line; `heads` over several: the line under each is `on`.

    `numbered`: y over a row that only numbers the columns.
    """

    names: tuple[Word, ...]
    heads: tuple[tuple[Word, Ruling], ...]
    numbered: tuple[float, ...]

    @staticmethod
    def of(lines: Sequence[Sequence[Word]], frame: Frame) -> Header:
        numbering = [line for line in lines if is_numbering(line)]
        words = [word for line in lines if line not in numbering for word in line]
        numbered = tuple(_over(line, words, frame.groups) for line in numbering)
        names: list[Word] = []
        heads: list[tuple[Word, Ruling]] = []
        for word in words:
            on = _line_under(word, words, frame.groups)
            if on is None:
                names.append(word)
            else:
                heads.append((word, on))
        return Header(tuple(names), tuple(heads), numbered)


def _over(numbering: Sequence[Word], words: Sequence[Word], groups: Sequence[Ruling]) -> float:
    """y between the row that numbers the columns and the words over it: a line drawn there, be it a short one."""
    top = min(word.box[1] for word in numbering)
    bottom = max((word.box[3] for word in words if word.box[3] < top), default=top)
    return next((line.at for line in groups if bottom <= line.at <= top), top - 1)


def words_of_glyphs(glyphs: Iterable[Glyph]) -> list[list[Word]]:
    """Words, line by line."""
    return [line_words(TextLine(0, line)) for line in lines_of(glyphs)]


def borders_of(body: Sequence[Glyph], header: Header, frame: Frame) -> list[float] | None:
    """x of the borders. A name of the header stands over every column; None where the print does not part them."""
    printed = _runs([(g.left, g.right) for g in body])
    names = [piece for word in header.names for piece in _cut(word, body, printed)]
    runs = _runs([*printed, *names])
    named = [run for run in runs if any(_meets(run, name) for name in names)]
    if len(named) < 2:
        return None
    usual = _usual_offset(printed, names)
    owners = list(named)
    for run in runs:
        if run not in owners:
            near = _nearest(run, owners, names, usual)
            named[near] = (min(named[near][0], run[0]), max(named[near][1], run[1]))
    for run in named:
        side = sorted(name for name in names if _meets(run, name))
        if any(b[0] > a[1] + _VALLEY for a, b in zip(side, side[1:], strict=False)):
            return None  # a row prints across two columns
    parts = [g for g in frame.groups if any(on == g for _, on in header.heads)]
    inner = [_border(a, b, parts) for a, b in zip(named, named[1:], strict=False)]
    return [frame.top.start, *inner, frame.top.end]


def _usual_offset(printed: Sequence[Run], names: Sequence[Run]) -> float | None:
    """How far right of the middle of its name a column's print ends, where all that touch their names agree on it."""
    touching = [
        (run, name) for run in printed for name in names if min(run[1], name[1]) - max(run[0], name[0]) > -_VALLEY
    ]
    offsets = [run[1] - sum(name) / 2 for run, name in touching]
    alike = len(offsets) > 1 and max(offsets) - min(offsets) <= _ALIGNED
    return sum(offsets) / len(offsets) if alike else None


def _nearest(run: Run, owners: Sequence[Run], names: Sequence[Run], usual: float | None) -> int:
    """Whose column print that touches no name is of: where it would be aligned like the others, else the nearest."""
    if usual is not None:
        for place, owner in enumerate(owners):
            own = [name for name in names if _meets(owner, name)]
            if own and any(abs(run[1] - sum(name) / 2 - usual) <= _ALIGNED for name in own):
                return place
    return min(range(len(owners)), key=lambda i: max(owners[i][0] - run[1], run[0] - owners[i][1]))


def reach(borders: Sequence[float], header: Header, frame: Frame) -> list[float]:
    """How far up each border goes: through a line where the words over it part there, else up to it."""
    stops: dict[float, float] = {}
    for line in sorted({on for _, on in header.heads}, reverse=True):
        inner = [i for i, x in enumerate(borders) if line.start + SAME < x < line.end - SAME]
        if not inner:
            continue
        ends = [
            max(line.start, borders[inner[0] - 1]),
            *(borders[i] for i in inner),
            min(line.end, borders[inner[-1] + 1]),
        ]
        parting = _shared_out(ends, _clusters([word for word, on in header.heads if on == line]))
        for at, i in enumerate(inner, 1):
            if at not in parting:
                stops.setdefault(borders[i], line.at)
    return [stops.get(x, frame.top.at) for x in borders]


def _shared_out(ends: Sequence[float], heads: Sequence[Run]) -> set[int]:
    """Which of the inner ends part the columns among the words over them, each in the middle of its own."""
    wide, count = len(ends) - 1, len(heads)
    inner = range(1, wide)
    if count >= wide:
        return set(inner)
    best: tuple[float, tuple[int, ...]] | None = None
    for ways, chosen in enumerate(combinations(inner, count - 1)):
        if ways > _MOST_WAYS:
            return set()
        cuts = (0, *chosen, wide)
        off = sum(abs(ends[a] + ends[b] - sum(head)) for a, b, head in zip(cuts, cuts[1:], heads, strict=False))
        best = min(best or (off, chosen), (off, chosen))
    return set(best[1]) if best else set()


def _clusters(words: Sequence[Word]) -> list[Run]:
    """The extents of names, those printed on several lines as one."""
    return _runs([(word.box[0], word.box[2]) for word in words])


def _line_under(word: Word, words: Sequence[Word], groups: Sequence[Ruling]) -> Ruling | None:
    """The nearest line under a word that other words of the header stand under."""
    middle = (word.box[0] + word.box[2]) / 2
    for line in groups:
        if line.start <= middle <= line.end and word.middle < line.at:
            under = (w for w in words if w.middle > line.at)
            if any(line.start - SAME <= (w.box[0] + w.box[2]) / 2 <= line.end + SAME for w in under):
                return line
    return None


def _cut(word: Word, body: Sequence[Glyph], printed: Sequence[Run]) -> list[Run]:
    """A name as it stands; two that run into one another cut between the columns of figures under them."""
    under = [run for run in printed if min(run[1], word.box[2]) - max(run[0], word.box[0]) > _VALLEY]
    if len(under) < 2 or not all(_figures(run, body) for run in under):
        return [(word.box[0], word.box[2])]
    pieces: dict[Run, list[Glyph]] = {}
    for glyph in word.glyphs:
        middle = (glyph.left + glyph.right) / 2
        pieces.setdefault(min(under, key=lambda r: max(r[0] - middle, middle - r[1])), []).append(glyph)
    return [(glyphs[0].left, glyphs[-1].right) for glyphs in pieces.values()]


def _figures(run: Run, body: Sequence[Glyph]) -> bool:
    own = [g for g in body if run[0] - 1 <= (g.left + g.right) / 2 <= run[1] + 1]
    return all(is_figure("".join(g.text for g in line)) for line in lines_of(own))


def _border(before: Run, after: Run, groups: Sequence[Ruling]) -> float:
    """Where a group's line ends between two columns, else halfway."""
    ends = [x for g in groups for x in (g.start, g.end) if before[1] - 1 <= x <= after[0] + 1]
    return ends[0] if ends else (before[1] + after[0]) / 2


def _meets(run: Run, name: Run) -> bool:
    return run[0] - 1 <= sum(name) / 2 <= run[1] + 1


def _runs(spans: Iterable[Run]) -> list[Run]:
    runs: list[Run] = []
    for left, right in sorted(spans):
        if runs and left - runs[-1][1] <= _VALLEY:
            runs[-1] = (runs[-1][0], max(runs[-1][1], right))
        else:
            runs.append((left, right))
    return runs
