"""A question with everything it can be answered from, and what settling it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant import refusing
from assistant.answer import Route
from assistant.findings import StoredFinding
from assistant.library import Library
from assistant.query import SemanticQuery
from assistant.reply import Reply
from assistant.routing import Routed
from assistant.shapes import Linked
from assistant.understanding import Understanding


class Settled(NamedTuple):
    """A reply with the route that gave it."""

    reply: Reply
    routed: Routed


@dataclass(frozen=True, slots=True)
class Case:
    """A question with everything it can be answered from. `figures` runs its query, `clarify` asks back; `said` is the
    question as it was put, with what only points at the conversation; `earlier` is the question before, as linked
    `before`, `names` what that was answered about; `total` what the whole budget is called."""

    understood: Understanding
    routed: Routed
    figures: Callable[[SemanticQuery], Reply]
    library: Library
    findings: Sequence[StoredFinding]
    frame: refusing.Frame
    clarify: Callable[[str], Reply]
    earlier: str = ""
    names: tuple[str, ...] = ()
    before: Linked | None = None
    total: tuple[str, ...] = ()
    said: str = ""

    @property
    def query(self) -> SemanticQuery | None:
        query = self.understood.query
        return query if self.routed.route in (Route.SQL, Route.BOTH) else None


def settled(route: Route | None, case: Case, reply: Reply, why: str = "") -> Settled:
    """A reply under a route; `why` is added to the reason of the route."""
    reason = f"{case.routed.reason}；{why}" if why else case.routed.reason
    return Settled(reply, Routed(route, reason))
