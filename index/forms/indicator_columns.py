"""Indicator tables whose bound is printed in columns of its own: sign, value and unit, in any order."""

from __future__ import annotations

from collections.abc import Sequence

from index.forms.text import Token
from index.forms.values import parse_value
from index.forms.vocabulary import terms

OPERATOR, VALUE, UNIT = "operator", "value", "unit"
_ORDER = (OPERATOR, VALUE, UNIT)
_LONGEST_UNIT = 8


def arranged(tokens: Sequence[Token], columns: Sequence[str]) -> tuple[tuple[Token, ...], int | None]:
    """A row with its sign, value and unit in that order, and where a value in words begins (None: it is a figure).

    A sign that is none ("定性") is left out.
    """
    roles = [VALUE if role.startswith(VALUE) else role for role in columns]
    roles = [role for role in roles if role in _ORDER]
    if len(roles) < 2 or roles.count(VALUE) > 1:
        return tuple(tokens), None
    shapes = [roles, [r for r in roles if r != UNIT], [r for r in roles if r != OPERATOR]]
    for shape in (each for each in shapes if len(each) > 1):
        for start in range(1, len(tokens) - len(shape) + 1):
            run = tokens[start : start + len(shape)]
            if all(_fits(token.text, role) for token, role in zip(run, shape, strict=True)):
                return _ordered(tokens, start, run, shape)
    return tuple(tokens), None


def _ordered(
    tokens: Sequence[Token], start: int, run: Sequence[Token], shape: Sequence[str]
) -> tuple[tuple[Token, ...], int | None]:
    by_role = dict(zip(shape, (token.text for token in run), strict=True))
    signed = by_role.get(OPERATOR, "") not in terms().unsigned
    texts = [by_role[role] for role in _ORDER if role in by_role and (signed or role != OPERATOR)]
    figure = any(character.isdigit() for character in by_role[VALUE])
    whole = "".join(texts) if figure else by_role[VALUE]
    rest = tokens[start + len(run) :]
    value = Token(whole, run[0].line, False, not rest or rest[0].line != run[0].line)
    return (*tokens[:start], value, *rest), start


def _fits(text: str, role: str) -> bool:
    known = terms()
    if role == OPERATOR:
        return text in known.operators or text in known.unsigned
    if role == UNIT:
        return len(text) <= _LONGEST_UNIT and not any(c.isdigit() for c in text)
    return parse_value(text) is not None or not any(c.isdigit() for c in text)
