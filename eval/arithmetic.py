"""Formulas as an answer shows them ("1.16 + 1.74 = 2.90 万元"), read and computed exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation

from eval.quantities import Stated, stated

_OPERATORS = {"+": "+", "＋": "+", "-": "-", "−": "-", "–": "-", "×": "*", "✕": "*", "*": "*", "÷": "/", "/": "/"}
_SIGNS = "".join(_OPERATORS)
_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = r"(?:[^\d\s+\-−–×✕*÷/＋=＝≈≠()（）|，。；、：:]|/(?=[^\d\s(（])){0,12}"
_TERM = rf"[(（]*\s*-?{_NUMBER}\s*{_UNIT}\s*[)）]*"
_EXPRESSION = rf"{_TERM}(?:\s*[{re.escape(_SIGNS)}]\s*(?:{_UNIT}\s*)?{_TERM})+"
_EQUATION = re.compile(rf"({_EXPRESSION})\s*[=＝≈]\s*(?:约\s*)?-?({_NUMBER})")
# A slash inside a unit (元/人/月) is no division.
_TOKEN = re.compile(rf"{_NUMBER}|/(?=\s*[\d(（])|[()（）{re.escape(_SIGNS.replace('/', ''))}%]")
_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class Equation:
    """`expression` as printed, and what the answer says it comes to, with `places` decimals shown."""

    expression: str
    result: Decimal
    places: int

    @property
    def operands(self) -> tuple[Stated, ...]:
        return stated(self.expression)

    def accepts(self, value: Decimal) -> bool:
        """Whether `value` rounds to the printed result, in any money unit or as a percentage."""
        half = Decimal(5).scaleb(-self.places - 1)
        scales = (Decimal(1), Decimal(100), Decimal(10_000), Decimal("0.0001"))
        return any(abs(abs(value) * scale - abs(self.result)) <= half for scale in scales)


def equations(text: str) -> Iterator[Equation]:
    """The equations in a text already made `readable`; "a = b = c" gives the first step only."""
    for match in _EQUATION.finditer(text[: _LIMIT * 50]):
        result = match[2]
        yield Equation(_closed(match[1].strip()), Decimal(result), len(result.partition(".")[2]))


def _closed(expression: str) -> str:
    """Without brackets at its beginning that belong to the sentence around it: "（864 − 814" → "864 − 814"."""
    while expression[:1] in ("(", "（") and expression.count("(") + expression.count("（") > expression.count(
        ")"
    ) + expression.count("）"):
        expression = expression[1:].lstrip()
    return expression


def evaluate(expression: str) -> Decimal | None:
    """The exact value of a printed expression, words and units ignored; None if it is not arithmetic.

    `evaluate("（1.16 + 1.74）× 2") == Decimal("5.80")`; "100%" counts as 100 %, i.e. 1, so a share comes as a fraction.
    """
    tokens = [_OPERATORS.get(token, token) for token in _TOKEN.findall(expression[:_LIMIT])]
    tokens = ["(" if token == "（" else ")" if token == "）" else token for token in tokens]  # noqa: S105
    parser = _Parser(tokens)
    try:
        value = parser.sum()
    except (_NotArithmetic, DivisionByZero, InvalidOperation, RecursionError):
        return None
    return value if parser.finished else None


class _NotArithmetic(Exception):
    pass


class _Parser:
    """sum := product (± product)*; product := unit (×÷ unit)*; unit := number %? | ( sum ) | -unit."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def finished(self) -> bool:
        return self._place == len(self._tokens)

    def _peek(self) -> str:
        return "" if self.finished else self._tokens[self._place]

    def _take(self) -> str:
        token = self._peek()
        self._place += 1
        return token

    def sum(self) -> Decimal:  # noqa: A003
        value = self._product()
        while self._peek() in ("+", "-"):
            value = value + self._product() if self._take() == "+" else value - self._product()
        return value

    def _product(self) -> Decimal:
        value = self._unit()
        while self._peek() in ("*", "/"):
            value = value * self._unit() if self._take() == "*" else value / self._unit()
        return value

    def _unit(self) -> Decimal:
        token = self._take()
        if token == "-":  # noqa: S105
            return -self._unit()
        if token == "(":  # noqa: S105
            value = self.sum()
            if self._take() != ")":
                raise _NotArithmetic
        elif token[:1].isdigit():
            value = Decimal(token)
        else:
            raise _NotArithmetic
        if self._peek() == "%":
            self._take()
            value /= 100
        return value
