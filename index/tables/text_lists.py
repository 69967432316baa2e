"""Side-by-side lists on text lines: each line is cut into segments, and those are aligned with the lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from index.accounts import Accounts, System
from index.document import Line
from index.evidence import Classification
from index.tables.headers import HeaderRules, ListRule, header_rules
from index.tables.text_rows import Figure, TextRow
from index.tables.tokens import Token, TokenKind, tokenize

_MISMATCH, _FOREIGN, _UNMARKED = 5.0, 2.0, 1.0
_SYSTEMS = {
    Classification.FUNCTIONAL: System.FUNCTIONAL,
    Classification.ECONOMIC: System.ECONOMIC,
    Classification.GOVERNMENT_ECONOMIC: System.GOVERNMENT_ECONOMIC,
}


def read_lists(lines: Sequence[Line], titles: Sequence[str], widths: Sequence[int]) -> list[TextRow]:
    """Lines of a body → rows of every list, in reading order. `widths`: figure columns of each list."""
    accounts, rules = Accounts.load(), header_rules()
    lists = [rules.list_of_title(title) for title in titles]
    rows: list[TextRow] = []
    for line in lines:
        segments = _segments(tokenize(line, accounts), len(titles))
        for segment, number in zip(segments, _align(segments, lists, widths, accounts, rules), strict=True):
            row = replace(segment, list=number)
            last = next((i for i in range(len(rows) - 1, -1, -1) if rows[i].list == number), None)
            if last is not None and _continues(rows[last], row, accounts):
                rows[last] = replace(
                    rows[last], label=rows[last].label + row.label, figures=rows[last].figures + row.figures
                )
            else:
                rows.append(row)
    return rows


def _segments(tokens: Sequence[Token], lists: int) -> list[TextRow]:
    """A segment is a name with the figures after it. Single characters set apart are one name ("合   计")."""
    segments: list[TextRow] = []
    closed = True
    for token in tokens:
        if token.kind is TokenKind.FIGURE:
            segments = segments or [TextRow("", position=token.position)]
            figures = (*segments[-1].figures, Figure(token.text, token.position))
            segments[-1] = replace(segments[-1], figures=figures)
            closed = True
        elif token.kind is TokenKind.CODE:
            segments.append(TextRow("", token.text, position=token.position))
            closed = False
        elif segments and not closed:
            segments[-1] = replace(segments[-1], label=segments[-1].label + token.text)
            closed = len(token.text) > 1
        else:
            segments.append(TextRow(token.text, position=token.position))
            closed = len(token.text) > 1
    while len(segments) > lists:
        _merge_shortest(segments)
    return segments


def _merge_shortest(segments: list[TextRow]) -> None:
    """Too many segments for the lists: a name was printed with a space in it."""
    pairs = [i for i in range(len(segments) - 1) if not segments[i].figures and not segments[i + 1].code]
    at = min(pairs or [len(segments) - 2], key=lambda i: len(segments[i].label) + len(segments[i + 1].label))
    left, right = segments[at], segments[at + 1]
    segments[at : at + 2] = [replace(left, label=left.label + right.label, figures=left.figures + right.figures)]


def _align(
    segments: Sequence[TextRow],
    lists: Sequence[ListRule | None],
    widths: Sequence[int],
    accounts: Accounts,
    rules: HeaderRules,
) -> list[int]:
    """The cheapest increasing choice of lists for the segments; the leftmost on a tie."""

    def cost(segment: int, number: int) -> float:
        return _cost(segments[segment], lists[number], widths[number], accounts, rules)

    @cache
    def best(segment: int, number: int) -> tuple[float, tuple[int, ...]]:
        if segment == len(segments):
            return 0.0, ()
        found: tuple[float, tuple[int, ...]] = (float("inf"), ())
        last = len(lists) - (len(segments) - segment)
        for choice in range(number, last + 1):
            rest, below = best(segment + 1, choice + 1)
            total = cost(segment, choice) + rest
            if total < found[0]:
                found = (total, (choice, *below))
        return found

    return list(best(0, 0)[1])


def _cost(row: TextRow, rule: ListRule | None, width: int, accounts: Accounts, rules: HeaderRules) -> float:
    cost = _MISMATCH * max(0, len(row.figures) - width)
    if rule is None:
        return cost
    system = _SYSTEMS.get(rule.classification)
    if row.code:
        return cost + (0 if accounts.system_of(row.code) is system else _MISMATCH)
    name = rules.marker.sub("", row.label, count=1)
    if system is not None and accounts.by_name(name, system):
        return cost
    if any(pattern.search(row.label) for pattern in rule.rows):
        return cost + (_UNMARKED if system is not None and rules.marker.match(row.label) else 0)
    return cost + _FOREIGN


def _continues(before: TextRow, row: TextRow, accounts: Accounts) -> bool:
    """A name's second line: its bracket is still open, or only both together are a known name."""
    if row.code or before.figures and row.figures:
        return False
    if sum(before.label.count(c) for c in "（(") > sum(before.label.count(c) for c in "）)"):
        return True
    known = accounts.by_code(before.code)
    if known is None or not row.label:
        return not row.label
    return known.name != before.label and known in accounts.by_name(before.label + row.label)
