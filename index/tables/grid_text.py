"""Glyphs → printed lines and their text, by geometry alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.layout import join, tidy
from index.tables.grid_geometry import Glyph

_SAME_LINE = 0.45  # of the smaller character's height, between baselines
_SPACE = 0.22  # of the character height, between narrow characters
_WIDE_SPACE = 0.55  # … beside a wide one
_COLUMN_GAP = 1.6
_NARROW_END = 0x2E80


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Group glyphs by baseline, top to bottom, each line left to right."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if lines and glyph.base - lines[-1][-1].base <= _SAME_LINE * min(glyph.size, lines[-1][-1].size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    for line in lines:
        line.sort(key=lambda g: (g.left, g.right))
    return lines


def text_of(line: Sequence[Glyph]) -> str:
    """The text of one line: a space for a gap between characters, two where columns may part."""
    pieces: list[str] = []
    before: Glyph | None = None
    for glyph in line:
        if before is not None:
            gap, size = glyph.left - before.right, max(before.size, glyph.size)
            narrow = ord(before.text[0]) < _NARROW_END and ord(glyph.text[0]) < _NARROW_END
            if gap > _COLUMN_GAP * size:
                pieces.append("  ")
            elif gap > (_SPACE if narrow else _WIDE_SPACE) * size:
                pieces.append(" ")
        pieces.append(glyph.text)
        before = glyph
    return "".join(pieces)


def joined(lines: Sequence[str]) -> str:
    """The text of a cell from its printed lines."""
    text = ""
    for line in lines:
        text = join(text, tidy(line)) if text else tidy(line)
    return text


def words_of(line: Sequence[Glyph], gap: float = 0.9) -> list[list[Glyph]]:
    """A line cut where characters stand further apart than `gap` of their height."""
    words: list[list[Glyph]] = []
    for glyph in line:
        if words and glyph.left - words[-1][-1].right <= gap * max(glyph.size, words[-1][-1].size):
            words[-1].append(glyph)
        else:
            words.append([glyph])
    return words
