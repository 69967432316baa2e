"""Which row of a grid stands under which: codes and markers first, then name columns, bodies and indentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.document import Column, Position, Row
from index.tables.grid_nesting import adds_up, nested_by_sums, parted_siblings, score
from index.tables.grid_rows import Draft
from index.tables.grid_sheets import is_figure
from index.tables.headers import HeaderRules, header_rules
from index.tables.hierarchy import marker_depth, with_hierarchy

_STEP = 3.0  # points between two depths of indentation
_CENTRED = 3.0  # points that the middles of centred labels differ at most
MAX_DEPTHS = 8


@dataclass(frozen=True, slots=True)
class _Place:
    level: int
    parent: int | None


def hierarchy(drafts: Sequence[Draft], positions: Sequence[Position], columns: Sequence[Column]) -> tuple[Row, ...]:
    """Rows with level and parent, in the order of the drafts.

    A list without codes is read by indentation, by name column and marker alone, and by its sums;
    the reading whose sums hold best is taken, in this order among equals.
    """
    rules = header_rules()
    rows = list(
        with_hierarchy([Row(d.label, d.code, d.list, position=p) for d, p in zip(drafts, positions, strict=True)])
    )
    for number in {draft.list for draft in drafts}:
        own = [i for i, draft in enumerate(drafts) if draft.list == number]
        if sum(bool(drafts[i].code) for i in own) * 2 > len(own):
            amounts = [i for i, c in enumerate(columns) if c.list == number and c.role == "amount"]
            placed = _under_bodies(own, drafts, rows, _repeated(own, drafts, amounts), rules)
        else:
            placed = _best_reading(own, drafts, columns, number, rules)
        for index, place in placed.items():
            rows[index] = replace(rows[index], level=place.level, parent=place.parent)
    return tuple(rows)


def _best_reading(
    own: Sequence[int], drafts: Sequence[Draft], columns: Sequence[Column], number: int, rules: HeaderRules
) -> dict[int, _Place]:
    amounts = [i for i, c in enumerate(columns) if c.list == number and c.role == "amount"]
    texts = [i for i, c in enumerate(columns) if c.list == number and c.role == "text"]
    indented = _nested_serials(own, drafts) or _indentation(own, drafts, rules)
    readings = [_by_depth(own, drafts, rules, indented)]
    if indented:
        readings.append(_by_depth(own, drafts, rules, {}))
    if moved := _with_what_follows(own, drafts, indented, rules):
        readings.append(_by_depth(own, drafts, rules, moved))
    totals = [i for i in own if rules.is_total(drafts[i].label)]
    if totals in ([], [own[0]]):
        parents = nested_by_sums(own, drafts, amounts, texts, rules)
        if any(parent is not None for parent in parents.values()):
            readings.append(_leveled(parents))
    if (
        parts := parted_siblings({i: p.parent for i, p in readings[0].items()}, own, drafts, amounts, rules)
    ) is not None:
        readings.append(
            {i: replace(p, parent=parts[i], level=p.level + (parts[i] != p.parent)) for i, p in readings[0].items()}
        )
    scores = [score({i: p.parent for i, p in reading.items()}, drafts, amounts, rules) for reading in readings]
    return readings[min(range(len(readings)), key=lambda i: scores[i].rank)]


def _leveled(parents: Mapping[int, int | None]) -> dict[int, _Place]:
    placed: dict[int, _Place] = {}
    for index, parent in parents.items():
        placed[index] = _Place(0 if parent is None else placed[parent].level + 1, parent)
    return placed


def _repeated(own: Sequence[int], drafts: Sequence[Draft], amounts: Sequence[int]) -> dict[int, int]:
    """Rows that print the code of the row above again, each with the row it is part of, where they add up to it.

    Where they do not, the account is printed once for every account of another list beside it.
    """
    found: dict[int, int] = {}
    at = 0
    while at < len(own):
        end = at + 1
        while end < len(own) and drafts[own[at]].code and drafts[own[end]].code == drafts[own[at]].code:
            end += 1
        if end > at + 1 and adds_up(own[at], own[at + 1 : end], drafts, amounts):
            found |= dict.fromkeys(own[at + 1 : end], own[at])
        at = end
    return found


def _under_bodies(
    own: Sequence[int],
    drafts: Sequence[Draft],
    rows: Sequence[Row],
    repeated: Mapping[int, int],
    rules: HeaderRules,
) -> dict[int, _Place]:
    """A coded list with rows of bodies: the accounts after a body's row are that body's; items are their account's.

    Two such rows in a row: the first is the whole department, and the others are its parts. `repeated`: rows under
    one of their own code.
    """
    heads = [i for i in own if not (drafts[i].code or drafts[i].item or rules.is_total(drafts[i].label))]
    placed: dict[int, _Place] = {}
    account: int | None = None
    whole: int | None = None
    current: int | None = None
    for order, i in enumerate(own):
        if drafts[i].item and account is not None:
            placed[i] = _Place(rows[account].level + 1, account)
            continue
        account = i if drafts[i].code else account
        if i in heads:
            following = own[order + 1] if order + 1 < len(own) else None
            if whole is None and current is None and following in heads:
                whole = i
                placed[i] = _Place(0, rows[i].parent)
            else:
                placed[i] = _Place(0 if whole is None else 1, rows[i].parent if whole is None else whole)
            current = i
        elif order and _again(drafts[own[order - 1]], drafts[i]):
            before = own[order - 1]
            placed[i] = placed.get(before, _Place(rows[before].level, rows[before].parent))
        elif i in repeated:
            placed[i] = _Place(rows[i].level + 1, repeated[i])
        elif drafts[i].code and current is not None:
            parent = rows[i].parent
            if parent is None or not drafts[parent].code:
                parent = current
            placed[i] = _Place(rows[i].level, parent)
        elif rules.is_total(drafts[i].label):
            current = None
    return placed


def _again(before: Draft, draft: Draft) -> bool:
    """One account printed once more with other figures, for another payer or beside another classification."""
    same = bool(draft.code) and (draft.code, draft.label) == (before.code, before.label)
    return same and _figures(draft) != _figures(before)


def _figures(draft: Draft) -> list[str]:
    return [cell.text for cell in draft.cells.values() if is_figure(cell.text)]


def _by_depth(
    own: Sequence[int], drafts: Sequence[Draft], rules: HeaderRules, levels: Mapping[int, int]
) -> dict[int, _Place]:
    """An uncoded list: depth by name column, indentation (`levels`) and printed marker, in this order."""
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


def _nested_serials(own: Sequence[int], drafts: Sequence[Draft]) -> dict[int, int]:
    """Depth by the codes of bodies: 024001 stands under 024; nothing where no code begins with another."""
    serials = {i: drafts[i].serial for i in own if drafts[i].serial.isdigit()}
    known = set(serials.values())
    levels = {i: sum(2 < len(other) < len(s) and s.startswith(other) for other in known) for i, s in serials.items()}
    nested = any(len(serial) > 2 and levels[i] for i, serial in serials.items())
    return levels if nested and len(serials) * 2 > len(own) else {}


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
    levels = {i: max(n for n, edge in enumerate(edges) if edge <= start) for i, start in starts.items()}
    for i, later in _moved_by_of_which(chosen, drafts, rules):
        levels[i] = levels[later]
    return levels


def _with_what_follows(
    own: Sequence[int], drafts: Sequence[Draft], levels: Mapping[int, int], rules: HeaderRules
) -> dict[int, int]:
    """The depths with every 其中 that has no marker as deep as the row after it, which begins under its name."""
    found = dict(levels)
    for i, later in zip(own, own[1:], strict=False):
        if i in levels and later in levels and levels[later] > levels[i] and rules.of_which.match(drafts[i].label):
            found[i] = levels[later]
    return found if found != levels else {}


def _moved_by_of_which(chosen: Sequence[int], drafts: Sequence[Draft], rules: HeaderRules) -> Iterator[tuple[int, int]]:
    """Rows that 其中 moves out of line, each with the next row of the same marker."""
    for order, i in enumerate(chosen):
        depth = marker_depth(drafts[i].label, rules)
        if rules.of_which.match(drafts[i].label) and depth:
            later = next((j for j in chosen[order + 1 :] if marker_depth(drafts[j].label, rules) == depth), None)
            if later is not None:
                yield i, later
