"""The questions in one: what is asked apart, what only says who asks, and what only says where or how to look."""

from __future__ import annotations

from collections.abc import Callable

from assistant.question import split
from assistant.remarks import (
    asks,
    narrows,
    only_checks,
    only_remarks,
    only_scope,
    only_where,
    without_concession,
    without_lead,
)
from assistant.shapes import Linked
from assistant.spreading import only_places

Link = Callable[[str], Linked]


def pieces(text: str, link: Link) -> tuple[str, ...]:
    """The questions in one. A remark that asks nothing is dropped; one that only narrows joins what it narrows."""
    parts = [without_concession(link(without_lead(link(piece)))) for piece in split(text) or (text,)]
    said = [link(piece) for piece in parts]
    start = min((place for place, linked in enumerate(said) if not only_remarks(linked)), default=0)
    start -= start > 0 and bool(only_where(said[start]))  # what is looked for there stands before it
    kept: list[str] = []
    for piece, linked in zip(parts[start:], said[start:], strict=True):
        joins = kept and (only_checks(linked, link(kept[-1])) or only_places(linked, link(kept[-1])))
        if kept and (scope := only_scope(linked)):
            kept[-1] = f"{scope}，{kept[-1]}"
        elif kept and (where := only_where(linked)):
            kept[-1] = f"{where}{kept[-1]}"
        elif joins or (kept and not asks(linked) and narrows(linked)):
            kept[-1] = f"{kept[-1]}，{piece}"
        elif not kept or asks(linked):
            kept.append(piece)
    return tuple(kept)
