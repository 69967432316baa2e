"""Findings of the audit that an answer touches: the same figure, change, rate or share that it tells."""

from __future__ import annotations

import json
from dataclasses import dataclass

from assistant.answer import Citation, Conflict
from assistant.executing import Executor, citation
from assistant.reply import Reply
from index.evidence import Severity


@dataclass(frozen=True, slots=True)
class StoredFinding:
    kind: str
    severity: str
    message: str
    arithmetic: str
    subjects: frozenset[str]
    project: str
    document: str
    citations: tuple[Citation, ...]


def load(executor: Executor) -> tuple[StoredFinding, ...]:
    """Every finding of the index with its places."""
    places: dict[int, list[Citation]] = {}
    for row in executor.read(
        "SELECT x.finding_id, s.*, d.key AS document FROM finding_sources x JOIN sources s ON s.id = x.source_id "
        "JOIN documents d ON d.id = s.document_id ORDER BY x.finding_id, x.position"
    ):
        places.setdefault(row["finding_id"], []).append(citation(row))
    return tuple(
        StoredFinding(
            row["kind"], row["severity"], row["message"], row["arithmetic"], frozenset(json.loads(row["subjects"])),
            row["project"], row["document"], tuple(places.get(row["id"], ())),
        )
        for row in executor.read(
            "SELECT f.*, d.key AS document FROM findings f JOIN documents d ON d.id = f.document_id ORDER BY f.id"
        )
    )  # fmt: skip


def touching(reply: Reply, findings: tuple[StoredFinding, ...], documents: tuple[str, ...]) -> tuple[Conflict, ...]:
    """The contradictions (not mere rounding) on what a reply tells."""
    cited = {_place(c) for c in reply.citations}
    found: list[Conflict] = []
    for finding in findings:
        if finding.severity == Severity.ROUNDING or (documents and finding.document not in documents):
            continue
        named = not finding.subjects.isdisjoint({*reply.names, *reply.projects, reply.subject})
        shared = sum(_place(c) in cited for c in finding.citations)
        if named and shared:
            found.append(Conflict(f"{finding.message}（{finding.arithmetic}）", finding.citations))
    return tuple(found)


def _place(place: Citation) -> tuple[object, ...]:
    return (place.document, place.table, place.row_index, place.column_index, place.quote if place.row is None else "")
