"""Printed enumerations (甲处、乙处（丙处、丁处），戊处) and their parts."""

from __future__ import annotations


def apart(listed: str) -> list[str]:
    """The parts of an enumeration; what stands in brackets belongs to its name."""
    pieces, depth = [""], 0
    for char in listed:
        depth += char in "（("
        depth -= char in "）)"
        if char in "、，" and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += char
    return pieces
