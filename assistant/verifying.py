"""Does a figure bear out what a question puts forward ("三公经费超过12万元了吗")? The verdict comes first."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from assistant.figures import Figure
from assistant.query import Condition, Operation, SemanticQuery
from assistant.reply import Reply
from index.evidence import Dimension
from index.numbers import MONEY_UNITS, Quantity, format_decimal

_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "=": operator.eq,
}  # fmt: skip
_VERIFIED = (Operation.VALUE, Operation.EXISTENCE, Operation.SHARE, Operation.RATE, Operation.CHANGE)


def verified(query: SemanticQuery, reply: Reply) -> Reply:
    """The reply with a verdict on the claim of its question; unchanged without one, or where its figures disagree."""
    claim = query.claim
    if claim is not None and query.operation is Operation.SUM and reply.answered:
        return _summed(claim, reply)
    if claim is None or query.operation not in _VERIFIED or len(query.subjects) != 1 or not reply.answered:
        return reply
    exists = query.operation is Operation.EXISTENCE
    reached = exists and claim.operator == "=" and bool(claim.operand)
    if reached:
        claim = replace(claim, operator=">=")  # 有没有1000万: as much as that
    verdicts = [holds for figure in reply.figures if (holds := _bears_out(figure, claim)) is not None]
    if not verdicts or not (verdicts[0] or not any(verdicts)):
        return reply
    worked_out = claim.operator == "=" and bool(reply.figures[0].formula)
    if verdicts[0]:
        verdict = "**有**。" if exists else f"**是的**，与{claim.text}一致。" if worked_out else "**是的**。"
    elif exists:
        verdict = f"**没有**{'达到' if reached else ''}{claim.text}。"
    else:
        verdict = "**不是**。" if claim.operator == "=" else f"**不是**，没有{claim.text}。"
    told = reply.lines[1:] if exists and reply.rule == "existence" and len(reply.lines) > 1 else reply.lines
    return replace(reply, lines=(verdict, *told))


def _summed(claim: Condition, reply: Reply) -> Reply:
    """A sum against the amount that it is said to make up; unchanged where the sum is of another kind."""
    if not reply.figures or reply.figures[0].dimension is not claim.dimension:
        return reply
    total = reply.figures[0]
    if claim.operator != "=":
        holds = _bears_out(total, claim)
        verdict = (
            f"**是的**，合计 {total.text}，{claim.text}。"
            if holds
            else f"**不是**，合计 {total.text}，没有{claim.text}。"
        )
        return replace(reply, lines=(verdict, *reply.lines))
    stored = total.amount * _factor(total)
    gap = abs(stored - claim.operand) / _factor(total)
    if not gap:
        return replace(reply, lines=(f"**是的**，合计正好是{claim.text}。", *reply.lines))
    more = "多" if stored > claim.operand else "少"
    apart = replace(total, label="差额", amount=gap, places=max(total.places, 2), formula=total.formula)
    verdict = f"**不相等**：合计 {total.text}，比{claim.text}{more} {format_decimal(gap.normalize())} {total.unit}。"
    return replace(reply, lines=(verdict, *reply.lines), figures=(total, apart, *reply.figures[1:]))


_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _factor(figure: Figure) -> Decimal:
    """What one of a figure's unit is stored as."""
    money = MONEY_UNITS[figure.unit] if figure.dimension is Dimension.MONEY else Decimal(1)
    return money * figure.dimension.scale


def bears_out(figure: Figure, quantity: Quantity) -> bool:
    """Is a figure the very quantity that a question puts forward?"""
    return figure.dimension is quantity.dimension and abs(figure.amount) * _factor(figure) == quantity.stored


def _bears_out(figure: Figure, claim: Condition) -> bool | None:
    """None where the figure is of another kind than the claim or is itself a bound (≥95%)."""
    if figure.dimension is not claim.dimension:
        return None
    stored = abs(figure.amount) * _factor(figure)
    if figure.formula and figure.dimension is Dimension.PERCENT and claim.operator == "=":
        printed = Decimal(claim.text.rstrip("%％") or 0) if _NUMBER.fullmatch(claim.text.rstrip("%％")) else None
        return printed is not None and round(abs(figure.amount), _places(printed)) == printed
    if figure.operator:
        return True if claim.operator in ("=", ">=", "<=") and stored == claim.operand else None
    return _HOLDS[claim.operator](stored, Decimal(claim.operand))
