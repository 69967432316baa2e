"""Header words out of wrapped header lines, when the text keeps no geometry.

Header cells arrive as fragments ("政府", "性基", "金预", …). The cheapest way to join neighbours into known words
is found by dynamic programming; what stands beside what on one line, and blank lines, break ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.document import Column, Line
from index.tables.headers import HeaderRules, header_rules

_UNKNOWN, _PER_FRAGMENT, _PER_WORD = 3.0, 0.5, 0.1
_SAME_LINE, _OVER_BLANK, _AT_WRAP = 4.0, 0.4, 0.2
MAX_FRAGMENTS = 14


@dataclass(frozen=True, slots=True)
class _Fragment:
    text: str
    row: int  # which header line
    line: int  # its number in the file, 0 when unknown


class HeaderWord(NamedTuple):
    text: str
    first_row: int
    last_row: int


class Header(NamedTuple):
    """Columns of every list, code and label columns included, and the printed titles of the lists."""

    columns: tuple[Column, ...]
    titles: tuple[str, ...]

    @property
    def lists(self) -> int:
        return len(self.titles)


def read_header(lines: Sequence[Line], needed: int, year: int | None = None) -> Header:
    """Header lines → columns. `needed` is the greatest number of figures that one row prints."""
    rules = header_rules()
    titles = rules.list_titles(lines[0].text) if lines else ()
    return _columns(segment(lines[1:] if titles else lines, needed, rules), titles, needed, year, rules)


def segment(lines: Sequence[Line], needed: int, rules: HeaderRules | None = None) -> list[HeaderWord]:
    """Join fragments into header words, at least `needed` of them meaning figures if that is possible."""
    rules = rules or header_rules()
    fragments = [
        _Fragment(text, row, line.position.line or 0) for row, line in enumerate(lines) for text in line.text.split()
    ]
    # best[i][k]: (cost, words) of the first i fragments with k figure columns (capped at `needed`)
    best: list[dict[int, tuple[float, list[HeaderWord]]]] = [{0: (0.0, [])}]
    gaps = {b.line - a.line for a, b in zip(fragments, fragments[1:], strict=False) if b.row != a.row}
    for end in range(1, len(fragments) + 1):
        states: dict[int, tuple[float, list[HeaderWord]]] = {}
        for start in range(max(0, end - MAX_FRAGMENTS), end):
            part = fragments[start:end]
            cost, figures = _cost(part, gaps, rules)
            if start and len(gaps) > 1 and _gap(fragments[start - 1], part[0]) == 1:
                cost += _AT_WRAP
            word = HeaderWord("".join(f.text for f in part), part[0].row, part[-1].row)
            for count, (before, words) in best[start].items():
                total = min(needed, count + figures)
                if total not in states or before + cost < states[total][0] - 1e-9:
                    states[total] = (before + cost, [*words, word])
        best.append(states)
    final = best[-1]
    return final[max(final)][1]


def _gap(a: _Fragment, b: _Fragment) -> int:
    return b.line - a.line if b.row != a.row else 0


def _cost(part: Sequence[_Fragment], gaps: set[int], rules: HeaderRules) -> tuple[float, int]:
    """Cost of taking `part` as one word, and whether it is a figure column (1 or 0)."""
    word = rules.word("".join(f.text for f in part))
    cost = _PER_WORD if word else _UNKNOWN + _PER_FRAGMENT * (len(part) - 1)
    for a, b in zip(part, part[1:], strict=False):
        if a.row == b.row:
            cost += 0 if len(a.text) == len(b.text) == 1 else _SAME_LINE
        elif len(gaps) > 1 and _gap(a, b) > 1:
            cost += _OVER_BLANK
    return cost, 1 if word is None or word.role not in {"code", "label"} else 0


def _columns(
    words: Sequence[HeaderWord], titles: tuple[str, ...], needed: int, year: int | None, rules: HeaderRules
) -> Header:
    paths = _paths(words, rules)
    starts = _list_starts(paths, rules)
    lead = [path for path in paths[: starts[0]]] if starts else []
    if not starts:
        starts, lead = [0], []
    bounds = [*starts, len(paths)]
    titles = _titles(titles or [path[-1] for path in lead], len(starts))
    columns: list[Column] = []
    for number, (first, last) in enumerate(zip(bounds, bounds[1:], strict=False)):
        own = [rules.column(_under(titles[number], path, len(starts)), number, year) for path in paths[first:last]]
        if not any(column.role == "label" for column in own):
            own.insert(0, Column("", number, role="label"))
        columns += own
    widths = [sum(c.list == n and c.role not in {"code", "label"} for c in columns) for n in range(len(starts))]
    missing = needed - max(widths)
    columns += [Column(f"第{extra + 1}列", len(starts) - 1, role="amount") for extra in range(max(0, missing))]
    return Header(tuple(columns), titles)


def _under(title: str, path: tuple[str, ...], lists: int) -> tuple[str, ...]:
    return (title, *path) if title and lists > 1 else path


def _paths(words: Sequence[HeaderWord], rules: HeaderRules) -> list[tuple[str, ...]]:
    """Put spanning headers over the words they span.

    A word alone on its line spans the next line when that begins with a total (基本支出 over 小计 人员经费 公用经费).
    k words span the next line when its words repeat k times (年初预算数 决算数 over 合计 基本支出 合计 基本支出).
    """
    rows: dict[int, list[HeaderWord]] = {}
    for word in words:
        rows.setdefault(word.first_row, []).append(word)
    order = sorted(rows)
    paths: list[tuple[str, ...]] = []
    spanned: dict[int, list[tuple[str, ...]]] = {}
    for at, row in enumerate(order):
        own = rows[row]
        below = rows[order[at + 1]] if at + 1 < len(order) else []
        amounts = [w for w in own if _role(w, rules) not in {"code", "label"}]
        over = _spans(amounts, own, below, rules)
        heads = spanned.get(row, [()] * len(own))
        if over:
            share = len(below) // len(amounts)
            outer = [(*heads[own.index(w)], w.text) for w in amounts]
            spanned[order[at + 1]] = [outer[i // share] for i in range(len(below))]
        for word, head in zip(own, heads, strict=True):
            if not (over and word in amounts):
                paths.append((*head, word.text))
    return paths


def _spans(amounts: list[HeaderWord], own: list[HeaderWord], below: list[HeaderWord], rules: HeaderRules) -> bool:
    if not amounts or len(below) < 2 or len(below) % len(amounts) or len(below) <= len(amounts):
        return False
    if any(_role(word, rules) in {"code", "label"} for word in below):
        return False
    share = len(below) // len(amounts)
    if len(amounts) > 1:
        texts = [word.text for word in below]
        return all(texts[i] == texts[i % share] for i in range(len(texts)))
    first = rules.word(below[0].text)
    return len(own) == 1 and first is not None and first.total


def _role(word: HeaderWord, rules: HeaderRules) -> str:
    known = rules.word(word.text)
    return known.role if known else "amount"


def _list_starts(paths: Sequence[tuple[str, ...]], rules: HeaderRules) -> list[int]:
    """Where a list begins: at a code or label column that follows a figure column or nothing."""
    starts, previous = [], "amount"
    for index, path in enumerate(paths):
        word = rules.word(path[-1])
        role = word.role if word else "amount"
        if role in {"code", "label"} and previous not in {"code", "label"}:
            starts.append(index)
        previous = role
    return starts


def _titles(words: Sequence[str], lists: int) -> tuple[str, ...]:
    """Titles of the lists: one each, or the last one over all that are left."""
    if not words or lists == 1:
        return ("",) * lists
    return tuple(words[min(number, len(words) - 1)] for number in range(lists))
