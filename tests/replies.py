"""How the tests of replies read one: each figure as it is told, with the formula it was derived by."""

from __future__ import annotations

from assistant.reply import Reply


def figures(reply: Reply) -> list[str]:
    """ "1.16 万元" for a printed figure, "10.39%: 1.16 ÷ 11.16 × 100% ≈ 10.39%" for a derived one."""
    return [f"{f.text}: {f.formula}" if f.formula else f.text for f in reply.figures]


def text(reply: Reply) -> str:
    return "\n".join(reply.lines)
