"""Two years of one body against each other: what the later document says has changed, and what both documents print."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from assistant import figures as fig
from assistant.answer import Conflict
from assistant.executing import StatementRow
from assistant.figures import Figure
from assistant.query import Selector
from assistant.reply import Reply
from assistant.resolving import Resolver
from index.evidence import Dimension, StatementKind

_ROUNDING = 200  # 分: each of two printed figures may be rounded in its last place


def contradictions(
    reply: Reply, bodies: dict[str, str], resolver_of: Callable[[str], Resolver]
) -> tuple[Conflict, ...]:
    """Stated changes that do not follow from the figures of two successive documents of one body.

    `bodies`: the key of each document → its body.
    """
    told = [f for f in reply.items if f.row is not None and f.row.value is not None and f.dimension is Dimension.MONEY]
    dated = sorted(told, key=lambda f: (bodies.get(_document(f), ""), _year(f)))
    found: list[Conflict] = []
    for earlier, later in pairwise(dated):
        if bodies.get(_document(earlier)) != bodies.get(_document(later)) or _year(later) != _year(earlier) + 1:
            continue
        if (conflict := _against(earlier, later, reply.names, resolver_of(_document(later)))) is not None:
            found.append(conflict)
    return tuple(found)


def _document(figure: Figure) -> str:
    return figure.row.document if figure.row else ""


def _year(figure: Figure) -> int:
    return (figure.row.year or 0) if figure.row else 0


def _against(earlier: Figure, later: Figure, names: tuple[str, ...], resolver: Resolver) -> Conflict | None:
    if earlier.row is None or later.row is None or earlier.row.value is None or later.row.value is None:
        return None
    about = Selector(names=names, documents=(later.row.document,))
    stated = resolver.executor.statements(about, StatementKind.CHANGE)
    stated = tuple(s for s in stated if s.value is not None and s.dimension is Dimension.MONEY)
    moved = later.row.value - earlier.row.value
    if not stated or any(abs((s.value or 0) - moved) <= _ROUNDING for s in stated):
        return None
    first = stated[0]
    gap = fig.difference("差", later, earlier)
    message = (
        f"{_year(later)}年的文件说“{_clause(first)}”，而两年的文件分别印着 {earlier.text} 和 {later.text}，"
        f"相差 {gap.formula}。"
    )
    places = (first.citation, *later.citations[:1], *earlier.citations[:1])
    return Conflict(message, tuple(dict.fromkeys(places)))


def _clause(statement: StatementRow) -> str:
    return statement.clause.strip("，。；")
