"""Which row of a grid stands under which: codes and markers first, then name columns, bodies and indentation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.document import Position, Row
from index.tables.grid_rows import Draft
from index.tables.headers import HeaderRules, header_rules
from index.tables.hierarchy import marker_depth, with_hierarchy

_STEP = 3.0  # points between two depths of indentation
_CENTRED = 3.0  # points that the middles of centred labels differ at most
MAX_DEPTHS = 8


@dataclass(frozen=True, slots=True)
class _Place:
    level: int
    parent: int | None


def hierarchy(drafts: Sequence[Draft], positions: Sequence[Position]) -> tuple[Row, ...]:
    """Rows with level and parent, in the order of the drafts."""
    rules = header_rules()
    rows = list(
        with_hierarchy([Row(d.label, d.code, d.list, position=p) for d, p in zip(drafts, positions, strict=True)])
    )
    for number in {draft.list for draft in drafts}:
        own = [i for i, draft in enumerate(drafts) if draft.list == number]
        if sum(bool(drafts[i].code) for i in own) * 2 > len(own):
            placed = _under_bodies(own, drafts, rows, rules)
        else:
            placed = _by_depth(own, drafts, rules)
        for index, place in placed.items():
            rows[index] = replace(rows[index], level=place.level, parent=place.parent)
    return tuple(rows)


def _under_bodies(
    own: Sequence[int], drafts: Sequence[Draft], rows: Sequence[Row], rules: HeaderRules
) -> dict[int, _Place]:
    """A coded list with rows of bodies: the accounts after a body's row are that body's.

    Two such rows in a row: the first is the whole department, and the others are its parts.
    """
    heads = [i for i in own if not drafts[i].code and not rules.is_total(drafts[i].label)]
    if not heads:
        return {}
    placed: dict[int, _Place] = {}
    whole: int | None = None
    current: int | None = None
    for order, i in enumerate(own):
        if i in heads:
            following = own[order + 1] if order + 1 < len(own) else None
            if whole is None and current is None and following in heads:
                whole = i
                placed[i] = _Place(0, rows[i].parent)
            else:
                placed[i] = _Place(0 if whole is None else 1, rows[i].parent if whole is None else whole)
            current = i
        elif drafts[i].code and current is not None:
            parent = rows[i].parent
            if parent is None or not drafts[parent].code:
                parent = current
            placed[i] = _Place(rows[i].level, parent)
        elif rules.is_total(drafts[i].label):
            current = None
    return placed


def _by_depth(own: Sequence[int], drafts: Sequence[Draft], rules: HeaderRules) -> dict[int, _Place]:
    """An uncoded list: depth by name column, indentation and printed marker, in this order."""
    levels = _indentation(own, drafts, rules)
    placed: dict[int, _Place] = {}
    pending: list[int] = []
    leading: int | None = None
    stack: list[tuple[tuple[int, int, int], int]] = []
    for index in own:
        draft = drafts[index]
        if rules.is_total(draft.label) and not draft.code and draft.depth == 0:
            stack = []
            placed[index] = _Place(0, None)
            if not pending and leading is None and len(placed) == 1:
                leading = index
                continue
            for part in pending:
                placed[part] = _Place(placed[part].level, index)
            pending = [index]
            continue
        rank = (draft.depth, levels.get(index, 0), marker_depth(draft.label, rules))
        while stack and rank <= stack[-1][0]:
            stack.pop()
        above = stack[-1][1] if stack else leading
        stack.append((rank, index))
        placed[index] = _Place(1 if above is None or above == leading else placed[above].level + 1, above)
        if above is None:
            pending.append(index)
    return placed


def _indentation(own: Sequence[int], drafts: Sequence[Draft], rules: HeaderRules) -> dict[int, int]:
    """The depth of every row by where its label begins; nothing where labels are centred or begin anywhere."""
    chosen = [i for i in own if drafts[i].start is not None and not rules.is_total(drafts[i].label)]
    starts = {i: s for i in chosen if (s := drafts[i].start) is not None}
    middles = [m for i in chosen if (m := drafts[i].middle) is not None]
    if not starts or (max(middles) - min(middles) < _CENTRED < max(starts.values()) - min(starts.values())):
        return {}
    edges: list[float] = []
    for start in sorted(set(starts.values())):
        if not edges or start - edges[-1] > _STEP:
            edges.append(start)
    if len(edges) > MAX_DEPTHS:
        return {}
    return {i: max(n for n, edge in enumerate(edges) if edge <= start) for i, start in starts.items()}
