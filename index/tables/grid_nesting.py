"""Hierarchy by arithmetic: which rows are the sum of the rows after them, and which reading of a list adds up best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from index.tables.grid_rows import Draft
from index.tables.headers import HeaderRules
from index.tables.sums import amount, tolerance

ZERO = Decimal(0)
MOST_ROWS = 2_000


class Score(NamedTuple):
    """Of a reading: sums that break and sums that hold."""

    broken: int
    held: int

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is better. A reading that merely drops a broken sum is no better: it may be the document's own."""
        return -self.held, self.broken


def score(
    parents: Mapping[int, int | None], drafts: Sequence[Draft], columns: Sequence[int], rules: HeaderRules
) -> Score:
    """How many parents are, column by column, the sum of their children. `columns` are those of amounts."""
    children: dict[int, list[int]] = {}
    for index, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(index)
    broken = held = 0
    for parent, parts in children.items():
        if rules.group.fullmatch(drafts[parent].label):
            continue
        chosen = any(rules.of_which.match(drafts[part].label) for part in parts)
        for column in columns:
            texts = [_text(drafts[parent], column), *(_text(drafts[part], column) for part in parts)]
            values = [amount(text) for text in texts]
            if all(not value for value in values):
                continue
            difference = (values[0] or ZERO) - sum((v for v in values[1:] if v is not None), ZERO)
            if chosen and difference > 0:
                continue
            if abs(difference) <= tolerance(texts):
                held += 1
            else:
                broken += 1
    return Score(broken, held)


def _text(draft: Draft, column: int) -> str:
    cell = draft.cells.get(column)
    return cell.text if cell else ""


def adds_up(whole: int, parts: Sequence[int], drafts: Sequence[Draft], columns: Sequence[int]) -> bool:
    """Whether a row is in every column the sum of the others."""
    for column in columns:
        texts = [_text(drafts[whole], column), *(_text(drafts[part], column) for part in parts)]
        values = [amount(text) or ZERO for text in texts]
        if abs(values[0] - sum(values[1:], ZERO)) > tolerance(texts):
            return False
    return bool(columns)


def parted_siblings(
    parents: Mapping[int, int | None],
    own: Sequence[int],
    drafts: Sequence[Draft],
    columns: Sequence[int],
    rules: HeaderRules,
) -> dict[int, int | None] | None:
    """The parents again, where a sum breaks because the parts of its last part stand beside that: 其中 left out.

    None where no such rows are found.
    """
    found = dict(parents)
    for whole in own:
        parts = [i for i in own if parents.get(i) == whole]
        leaves = [i for i in parts if not rules.is_total(drafts[i].label)]
        if len(leaves) < 3 or adds_up(whole, parts, drafts, columns):
            continue
        for at, part in enumerate(leaves[:-2]):
            rest = leaves[at + 1 :]
            if part in parents.values():
                continue
            kept = [i for i in parts if i not in rest]
            if adds_up(part, rest, drafts, columns) and adds_up(whole, kept, drafts, columns):
                found |= dict.fromkeys(rest, part)
                break
    return found if found != dict(parents) else None


def nested_by_sums(
    own: Sequence[int], drafts: Sequence[Draft], amounts: Sequence[int], texts: Sequence[int], rules: HeaderRules
) -> dict[int, int | None]:
    """Parents such that every parent is the sum of its children in all columns, as far as one can be found.

    `amounts` and `texts` are columns. A row with one child of its own depth needs that child to be a sum itself:
    two equal figures after one another are no hierarchy. Rows that fill their texts are items, never sums.
    """
    return _Nesting(own, drafts, amounts, texts, rules).solve() if len(own) <= MOST_ROWS else {}


class _Nesting:
    def __init__(
        self,
        own: Sequence[int],
        drafts: Sequence[Draft],
        amounts: Sequence[int],
        texts: Sequence[int],
        rules: HeaderRules,
    ) -> None:
        self.own, self.drafts = list(own), drafts
        self.printed = [[_text(drafts[i], column) for column in amounts] for i in own]
        self.values = [[amount(text) or ZERO for text in row] for row in self.printed]
        self.item = [any(_text(drafts[i], column) for column in texts) for i in own]
        self.total = [rules.is_total(drafts[i].label) for i in own]
        self.ends: dict[int, int] = {}
        self.children: dict[int, list[int]] = {}

    def solve(self) -> dict[int, int | None]:
        for at in range(len(self.own) - 1, -1, -1):  # inner subtrees first, so that no call goes deep
            self.ends[at] = self._parse(at)
        parents: dict[int, int | None] = dict.fromkeys(self.own)
        at = 0
        while at < len(self.own):
            self._assign(at, parents)
            at = self.ends[at]
        return parents

    def _assign(self, at: int, parents: dict[int, int | None]) -> None:
        pending = [at]
        while pending:
            parent = pending.pop()
            for child in self.children.get(parent, ()):
                parents[self.own[child]] = self.own[parent]
                pending.append(child)

    def _parse(self, at: int) -> int:
        """The end of the subtree at `at`; its children are remembered."""
        if not any(self.values[at]) or self.item[at]:
            return at + 1
        depth = self.drafts[self.own[at]].depth
        parts: list[int] = []
        following = at + 1
        while following < len(self.own):
            if self.drafts[self.own[following]].depth < depth or self.total[following]:
                break
            parts.append(following)
            following = self.ends[following]
            if self._adds_up(at, parts):
                while following < len(self.own) and self._blank_below(following, depth):
                    parts.append(following)
                    following = self.ends[following]
                self.children[at] = parts
                return following
        return at + 1

    def _blank_below(self, at: int, depth: int) -> bool:
        return not any(self.values[at]) and not self.total[at] and self.drafts[self.own[at]].depth > depth

    def _adds_up(self, at: int, parts: Sequence[int]) -> bool:
        if len(parts) == 1:
            part = parts[0]
            deeper = self.drafts[self.own[part]].depth > self.drafts[self.own[at]].depth
            if not deeper and part not in self.children and self.item[part] == self.item[at]:
                return False
        for column, whole in enumerate(self.values[at]):
            texts = [self.printed[at][column], *(self.printed[part][column] for part in parts)]
            if abs(whole - sum((self.values[part][column] for part in parts), ZERO)) > tolerance(texts):
                return False
        return True
