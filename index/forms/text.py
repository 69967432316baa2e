"""Printed form text → clean text that still knows which line each character came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.document import Line, Position

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[A-Za-z]")
_ORDINAL = re.compile(
    r"(?P<number>\d{1,2})(?:[、．]|\.(?!\d))|[（(](?P<bracket>[一二三四五六七八九十]{1,3}|\d{1,2})[）)]"
)
_NUMBERED = re.compile(r"(\d{1,2})(?:[、．]|\.(?!\d))")
_SENTENCE_END = "。；;！？.：:"
_WRAP_SLACK = 4
_SHOWS_WIDTH = 3  # lines


class Token(NamedTuple):
    """A run of printed characters without a space. `line` indexes the lines of its form."""

    text: str
    line: int
    first: bool  # nothing stands before it on its line
    last: bool  # nothing stands after it on its line


@dataclass(frozen=True, slots=True)
class Passage:
    """Joined text; `origins[i]` is the printed line that character `text[i]` stands on."""

    text: str = ""
    origins: tuple[Line, ...] = ()

    def __getitem__(self, part: slice) -> Passage:
        return Passage(self.text[part], self.origins[part])

    def position(self, offset: int = 0) -> Position:
        """Where the character at `offset` is printed."""
        if not self.origins:
            return Position()
        return self.origins[min(offset, len(self.origins) - 1)].position

    def strip(self, characters: str = " \n") -> Passage:
        start = len(self.text) - len(self.text.lstrip(characters))
        return self[start : start + len(self.text.strip(characters))]


def tokens_of(lines: Sequence[Line]) -> tuple[Token, ...]:
    """Every token of the lines in reading order; empty lines give none."""
    found: list[Token] = []
    for index, line in enumerate(lines):
        parts = line.text.split()
        found += [Token(part, index, i == 0, i == len(parts) - 1) for i, part in enumerate(parts)]
    return tuple(found)


def squeeze(text: str) -> str:
    """Drop the spaces of the layout; one space is kept between two Latin words.

    >>> squeeze("招 商 引 资 2020 年 Word 版")
    '招商引资2020年Word版'
    """
    return _joined(_SPACE.sub(" ", text.strip()))


def _joined(text: str) -> str:
    kept: list[str] = []
    for i, character in enumerate(text):
        if character == " " and not (_WORD.match(text[i - 1]) and _WORD.match(text[i + 1])):
            continue
        kept.append(character)
    return "".join(kept)


def join(
    tokens: Iterable[Token], lines: Sequence[Line], standalone: Iterable[str] = (), full_width: int = 0
) -> Passage:
    """Tokens → one passage. Soft wraps and layout spaces vanish; a list item starts a new line.

    A new line also starts after a line that ends a sentence well before the right edge.
    `full_width` is where lines of this form usually break; a longer passage shows it by itself.
    After a token that is one of `standalone` ("无") a space is kept: what follows is another remark.
    """
    rows = [row for row in _rows(tokens) if row]
    width = max((len(squeeze(" ".join(t.text for t in row))) for row in rows), default=0)
    if len(rows) < _SHOWS_WIDTH:
        width = max(width, full_width)
    characters: list[str] = []
    origins: list[Line] = []
    expected = 1
    words = frozenset(standalone)

    def append(text: str, line: Line) -> None:
        characters.extend(text)
        origins.extend([line] * len(text))

    previous = ""
    for row in rows:
        text = _row_text(row, words)
        ordinal = item_number(text)
        begins = ordinal is not None and (ordinal == expected or ordinal == 1)
        ended = previous.endswith(tuple(_SENTENCE_END)) and len(previous) < width - _WRAP_SLACK
        if ordinal is not None and (begins or not previous):
            expected = ordinal + 1
        if previous:
            if begins or ended:
                append("\n", lines[row[0].line])
            elif _WORD.match(previous[-1]) and _WORD.match(text[0]):
                append(" ", lines[row[0].line])
        append(text, lines[row[0].line])
        previous = text
    return Passage("".join(characters), tuple(origins))


def _rows(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    row: list[Token] = []
    for token in tokens:
        if row and token.line != row[-1].line:
            yield row
            row = []
        row.append(token)
    if row:
        yield row


def _row_text(row: list[Token], standalone: frozenset[str]) -> str:
    if len(row) > 1 and row[0].text.strip("。") in standalone:
        return f"{row[0].text} {squeeze(' '.join(t.text for t in row[1:]))}"
    return squeeze(" ".join(t.text for t in row))


def item_number(text: str) -> int | None:
    """The Arabic ordinal a list item begins with ("3、…", "3.…"), else None."""
    match = _ORDINAL.match(text)
    return int(match["number"]) if match and match["number"] else None


def strip_ordinal(text: str) -> str:
    """ "3、省内对口帮扶" → "省内对口帮扶"."""
    match = _ORDINAL.match(text)
    return text[match.end() :] if match else text


class Item(NamedTuple):
    """One item of a numbered list: `whole` as printed, `body` without its number ("" if it has none)."""

    ordinal: str
    whole: Passage
    body: Passage


def split_items(passage: Passage) -> tuple[Item, ...]:
    """A numbered list → its items; text before the first number is an item of its own.

    Numbers must follow one another; one inside a line counts only after the end of a clause.
    """
    starts: list[tuple[int, int, str]] = []
    expected = 1
    for match in _NUMBERED.finditer(passage.text):
        before = passage.text[match.start() - 1] if match.start() else "\n"
        if int(match[1]) == expected and before in "\n；;。":
            starts.append((match.start(), match.end(), match[1]))
            expected += 1
    first = passage[: starts[0][0] if starts else len(passage.text)].strip()
    items = [Item("", first, first)] if first.text else []
    ends = [start for start, _, _ in starts[1:]] + [len(passage.text)]
    for (start, body, ordinal), end in zip(starts, ends, strict=False):
        items.append(Item(ordinal, passage[start:end].strip(), passage[body:end].strip()))
    return tuple(items)
