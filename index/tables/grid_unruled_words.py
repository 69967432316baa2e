"""The words of a line outside any ruling: figures, names and letters set apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index.layout import tidy
from index.tables.grid_geometry import Box, Glyph, TextLine, bounds
from index.tables.grid_sheets import is_figure
from index.tables.grid_text import text_of, words_of
from index.tables.headers import header_rules

WORD_GAP = 0.75  # of the character height
_CLOSE, _NARROW = 0.3, 0.2  # of the character height
_WIDE = 0x2E80
_LETTERS = 4


class Word(NamedTuple):
    """A run of glyphs on one line."""

    text: str
    box: Box
    glyphs: tuple[Glyph, ...]

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


Words = Sequence[Word]


def line_words(line: TextLine) -> list[Word]:
    """Runs of a line; a name set close behind a figure begins a run of its own, letters set apart are one word."""
    found: list[Word] = []
    for run in words_of(line.glyphs, WORD_GAP):
        start = 0
        for at in range(1, len(run)):
            if is_figure("".join(g.text for g in run[start:at])) and _apart(run[start:at], run[at]):
                found.append(_word(run[start:at]))
                start = at
        found.append(_word(run[start:]))
    return _spelled(found)


def _spelled(words: list[Word]) -> list[Word]:
    """ "项    目" is one word where its letters only make one together."""
    rules = header_rules()
    found: list[Word] = []
    at = 0
    while at < len(words):
        letters = 0
        while at + letters < len(words) and len(words[at + letters].text) == 1 and letters < _LETTERS:
            letters += 1
        for count in range(letters, 1, -1):
            text = "".join(word.text for word in words[at : at + count])
            if rules.word(text) is not None or rules.is_total(text):
                found.append(_word([glyph for word in words[at : at + count] for glyph in word.glyphs]))
                found[-1] = found[-1]._replace(text=text)
                at += count
                break
        else:
            found.append(words[at])
            at += 1
    return found


def _apart(figure: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a glyph behind a figure is no part of it."""
    gap = glyph.left - figure[-1].right
    if ord(glyph.text[0]) >= _WIDE:
        return any(g.text in ".," for g in figure) or gap > _CLOSE * glyph.size
    return gap > _NARROW * glyph.size


def _word(glyphs: Sequence[Glyph]) -> Word:
    box = bounds([(g.left, g.top, g.right, g.bottom) for g in glyphs])
    return Word(tidy(text_of(glyphs)), box, tuple(glyphs))
