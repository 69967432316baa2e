"""What a calculation or a passage search hands to the composer: plain frozen values, not yet an Answer."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Citation, ResultTable, Status
from assistant.figures import Figure


@dataclass(frozen=True, slots=True)
class Reply:
    """`lines` are Markdown; `figures` the values in order of importance; `names` and `projects` what it touches
    (for findings and for follow-ups); `aspects` which kinds of figure were told (金额, 增减, 占比 …)."""

    lines: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    status: Status = Status.ANSWERED
    reason: str = ""
    table: ResultTable | None = None
    subject: str = ""
    scope: str = ""
    names: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    aspects: frozenset[str] = frozenset()
    choices: tuple[str, ...] = ()
    items: tuple[Figure, ...] = ()  # listed or ranked members, for 第二个呢 / 前面几项
    rule: str = ""
    disputed: tuple[str, ...] = ()  # messages of the findings that the reply is about

    @property
    def answered(self) -> bool:
        return self.status is Status.ANSWERED


def join(replies: tuple[Reply, ...], rule: str) -> Reply:
    """Several replies as one: answered if any is."""
    answered = [r for r in replies if r.answered]
    tables = [r.table for r in replies if r.table]
    return Reply(
        tuple(line for r in replies for line in r.lines),
        tuple(f for r in replies for f in r.figures),
        tuple(dict.fromkeys(c for r in replies for c in r.citations)),
        status=Status.ANSWERED if answered else replies[0].status,
        reason="" if answered else replies[0].reason,
        table=tables[0] if tables else None,
        subject="；".join(dict.fromkeys(r.subject for r in replies if r.subject)),
        scope="；".join(dict.fromkeys(r.scope for r in replies if r.scope)),
        names=tuple(dict.fromkeys(n for r in replies for n in r.names)),
        projects=tuple(dict.fromkeys(p for r in replies for p in r.projects)),
        aspects=frozenset().union(*(r.aspects for r in replies)),
        choices=tuple(c for r in replies for c in r.choices),
        items=tuple(f for r in replies for f in (r.items or r.figures[:1])),
        disputed=tuple(dict.fromkeys(m for r in replies for m in r.disputed)),
        rule=rule,
    )
