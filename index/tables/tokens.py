"""One printed table line → tokens: account code, figure, text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from index.accounts import Accounts
from index.document import Line, Position
from index.tables.regions import FIGURE
from index.years import YEAR_DIGITS

_GLUED = re.compile(r"(\d{7}|\d{5}|\d{3})(?=[^\d.,，%％年])")
_DASH = re.compile(r"[-—－─]{1,2}")
_YEAR_APART = re.compile(rf"({YEAR_DIGITS}) +(?=年)")
_SPLIT_CODE = re.compile(r"\d{2}")


class TokenKind(Enum):
    CODE = auto()
    FIGURE = auto()
    TEXT = auto()


class Token(NamedTuple):
    kind: TokenKind
    text: str
    position: Position


def tokenize(line: Line, accounts: Accounts) -> list[Token]:
    """Tokens of a line, left to right. A code stands first on the line or right after a figure.

    A code glued to its name is split off; a code split into 类 款 项 ("201 03 01") is put together.
    """
    tokens: list[Token] = []
    for text in _YEAR_APART.sub(r"\1", line.text).split():
        previous = tokens[-1] if tokens else None
        starts = previous is None or previous.kind is TokenKind.FIGURE
        glued = _GLUED.match(text)
        if previous and previous.kind is TokenKind.CODE and _SPLIT_CODE.fullmatch(text) and len(previous.text) < 7:
            tokens[-1] = previous._replace(text=previous.text + text)
        elif starts and accounts.is_code(text):
            tokens.append(Token(TokenKind.CODE, text, line.position))
        elif glued and accounts.is_code(glued[1]):
            tokens.append(Token(TokenKind.CODE, glued[1], line.position))
            tokens.append(Token(TokenKind.TEXT, text[glued.end() :], line.position))
        elif FIGURE.fullmatch(text) or (_DASH.fullmatch(text) and previous is not None):
            tokens.append(Token(TokenKind.FIGURE, text, line.position))
        else:
            tokens.append(Token(TokenKind.TEXT, text, line.position))
    return tokens


def figures_of(tokens: Sequence[Token]) -> int:
    return sum(token.kind is TokenKind.FIGURE for token in tokens)


def is_numbering(tokens: Sequence[Token]) -> bool:
    """A row of column numbers ("栏次 1 2 3 4"): whole numbers that count up by one."""
    numbers = [t.text for t in tokens if t.kind is not TokenKind.TEXT]
    if len(numbers) < 3 or not all(n.isdigit() for n in numbers):
        return False
    return all(int(b) - int(a) == 1 for a, b in zip(numbers, numbers[1:], strict=False))
