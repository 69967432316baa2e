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

    @property
    def answered(self) -> bool:
        return self.status is Status.ANSWERED
