"""Which row stands under which: by account code, by list markers, and by total rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.accounts.reference import LEVELS
from index.document import Row
from index.tables.headers import HeaderRules, header_rules

_DEPTHS = (
    re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．]"),
    re.compile(r"[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）]"),
    re.compile(r"\d{1,2}\s*[、.．]"),
    re.compile(r"[（(]\s*\d{1,2}\s*[)）]|[①-⑳]"),
)


@dataclass(frozen=True, slots=True)
class _Place:
    level: int
    parent: int | None


def with_hierarchy(rows: Sequence[Row], rules: HeaderRules | None = None) -> tuple[Row, ...]:
    """Give every row its level (0 total, 1 类 or outermost, …) and parent, list by list.

    A total row is the parent of the outermost rows that it sums: those after it when it stands first,
    otherwise those since the total before it; such a total is itself a part of the next (本年支出合计 of 支出总计).
    """
    rules = rules or header_rules()
    placed: dict[int, _Place] = {}
    for number in {row.list for row in rows}:
        placed |= _place([i for i, row in enumerate(rows) if row.list == number], rows, rules)
    return tuple(replace(row, level=placed[i].level, parent=placed[i].parent) for i, row in enumerate(rows))


def _place(indices: Sequence[int], rows: Sequence[Row], rules: HeaderRules) -> dict[int, _Place]:
    placed: dict[int, _Place] = {}
    pending: list[int] = []  # outermost rows that wait for the total below them
    leading: int | None = None
    group: int | None = None
    by_code: dict[str, int] = {}
    stack: list[tuple[int, int]] = []  # (marker depth, row)
    for index in indices:
        row = rows[index]
        if rules.group.fullmatch(row.label):
            group, leading, pending, stack = index, None, [], []
            placed[index] = _Place(0, None)
        elif rules.is_total(row.label) and not row.code:
            stack = []
            placed[index] = _Place(0, group)
            if not pending and leading is None and group is None and not any(i in placed for i in indices if i < index):
                leading = index
                continue
            for part in pending:
                placed[part] = _Place(placed[part].level, index)
            pending = [index]
        elif row.code and len(row.code) in LEVELS:
            above = next((by_code[code] for code in _prefixes(row.code) if code in by_code), None)
            by_code[row.code] = index
            placed[index] = _Place(LEVELS[len(row.code)], leading if above is None else above)
            if above is None and leading is None:
                pending.append(index)
        else:
            depth = marker_depth(row.label, rules)
            while stack and depth <= stack[-1][0]:
                stack.pop()
            if rules.of_which.match(row.label) and not stack and pending:
                stack.append((0, pending[-1]))
            above = stack[-1][1] if stack and depth else None
            if depth:
                stack.append((depth, index))
            placed[index] = _Place(1 if above is None else placed[above].level + 1, leading if above is None else above)
            if above is None and leading is None:
                pending.append(index)
    return placed


def _prefixes(code: str) -> list[str]:
    return [code[:length] for length in sorted(LEVELS, reverse=True) if length < len(code)]


def marker_depth(label: str, rules: HeaderRules) -> int:
    """Depth of a printed marker: 1 一、 2 （一） 3 1. 4 (1); 其中 alone is deepest; 0 without marker."""
    text = rules.of_which.sub("", label, count=1)
    for depth, pattern in enumerate(_DEPTHS, 1):
        if pattern.match(text.strip()):
            return depth
    return len(_DEPTHS) + 1 if text != label else 0
