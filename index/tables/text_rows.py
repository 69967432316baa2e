"""Logical rows of a table that is one list: code, wrapped name and figures gathered from several lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from index.accounts import Accounts
from index.accounts.reference import plain_name
from index.document import Line, Position
from index.tables.headers import HeaderRules, header_rules
from index.tables.tokens import Token, TokenKind, tokenize

_BRACKETS = ("（(", "）)")


@dataclass(frozen=True, slots=True)
class Figure:
    text: str
    position: Position


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row before its figures have columns. `trailing` is text printed after the figures."""

    label: str
    code: str = ""
    list: int = 0
    figures: tuple[Figure, ...] = ()
    trailing: str = ""
    position: Position = Position()


@dataclass(slots=True)
class _Gathered:
    """A row being read. `late` of its name pieces stood below its figures, so the next row may own them."""

    position: Position
    code: str = ""
    pieces: list[str] = field(default_factory=list)
    late: int = 0
    figures: list[Figure] = field(default_factory=list)
    trailing: list[str] = field(default_factory=list)

    def frozen(self) -> TextRow:
        return TextRow("".join(self.pieces), self.code, 0, tuple(self.figures), "".join(self.trailing), self.position)


def read_rows(lines: Sequence[Line], texts: int = 0) -> list[TextRow]:
    """Lines of a body → rows. `texts`: how many text columns follow the figures.

    A coded table begins a row at each code or total; another one at each marker, and at a name after figures.
    """
    accounts, rules = Accounts.load(), header_rules()
    tokenized = [tokenize(line, accounts) for line in lines]
    coded = _is_coded(tokenized)
    rows: list[_Gathered] = []
    for at, tokens in enumerate(tokenized):
        if not tokens:
            continue
        upcoming = tokenized[at + 1] if at + 1 < len(tokenized) else []
        if not rows or _starts(tokens, rows[-1], coded, upcoming, rules):
            rows.append(_Gathered(tokens[0].position))
            _fill(rows[-1], tokens, True, texts)
        else:
            _fill(rows[-1], tokens, False, texts)
    if coded:
        for before, after in pairwise(rows):
            _share_wraps(before, after, accounts)
    return [row.frozen() for row in rows]


def _is_coded(tokenized: Sequence[Sequence[Token]]) -> bool:
    """Whether at least half as many lines begin with a code as print figures."""
    codes = sum(tokens[0].kind is TokenKind.CODE for tokens in tokenized if tokens)
    return codes > 0 and codes * 2 >= sum(any(t.kind is TokenKind.FIGURE for t in tokens) for tokens in tokenized)


def _starts(
    tokens: Sequence[Token], row: _Gathered, coded: bool, upcoming: Sequence[Token], rules: HeaderRules
) -> bool:
    first = tokens[0]
    if first.kind is TokenKind.CODE:
        return True
    if first.kind is TokenKind.FIGURE or _open_bracket("".join(row.pieces)):
        return False
    text = "".join(t.text for t in _leading_text(tokens))
    has_figures = any(t.kind is TokenKind.FIGURE for t in tokens)
    if rules.is_total(text) and (has_figures or not coded):
        return True
    if coded:
        return has_figures and bool(row.figures)
    if rules.marker.match(text) or row.figures or rules.is_total("".join(row.pieces)):
        return True
    wraps = bool(upcoming) and upcoming[0].kind is TokenKind.FIGURE and not has_figures
    return not wraps or bool(rules.group.fullmatch("".join(row.pieces)))


def _leading_text(tokens: Sequence[Token]) -> list[Token]:
    found = []
    for token in tokens:
        if token.kind is TokenKind.FIGURE:
            break
        if token.kind is TokenKind.TEXT:
            found.append(token)
    return found


def _fill(row: _Gathered, tokens: Sequence[Token], opening: bool, texts: int) -> None:
    for token in tokens:
        if token.kind is TokenKind.CODE and not row.code:
            row.code = token.text
        elif token.kind is TokenKind.FIGURE:
            row.figures.append(Figure(token.text, token.position))
        elif texts and row.figures and opening:
            row.trailing.append(token.text)
        else:
            row.pieces.append(token.text)
            row.late += bool(row.figures) and not opening


def _open_bracket(text: str) -> bool:
    opened, closed = (sum(text.count(c) for c in kind) for kind in _BRACKETS)
    return opened > closed


def _share_wraps(before: _Gathered, after: _Gathered, accounts: Accounts) -> None:
    """Loose name pieces between two coded rows go to the second where the reference says that they are its name.

    (A name centred on its code leaves its first line above the code.)
    """
    own, known = accounts.by_code(before.code), accounts.by_code(after.code)
    if not before.late or own is None or known is None:
        return
    pieces = before.pieces
    cuts = range(len(pieces) - before.late, len(pieces) + 1)

    def score(cut: int) -> float:
        kept, given = "".join(pieces[:cut]), "".join([*pieces[cut:], *after.pieces])
        return _alike(kept, own.name) + _alike(given, known.name) - _open_bracket(kept) - _open_bracket(given)

    best = max(cuts, key=lambda cut: (round(score(cut), 3), cut))
    after.pieces[:0] = pieces[best:]
    del pieces[best:]


def _alike(a: str, b: str) -> float:
    return SequenceMatcher(None, plain_name(a), plain_name(b), autojunk=False).ratio()
