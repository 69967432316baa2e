"""Findings of the audit that an answer touches: the same figure, change, rate or share that it tells.

A finding is told exactly when the answer tells one side of it: its subject, the aspect that is contradicted
(data/aspects.toml), and one of its figures or its very sentence.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from assistant.answer import Citation, Conflict
from assistant.errors import SemanticDataError
from assistant.executing import Executor, citation
from assistant.figures import Figure
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import figures_in
from assistant.shapes import Linked
from assistant.wording import longest_shared
from index.evidence import Classification, Dimension, Origin, Severity
from index.identities.rules import load as rules
from index.numbers import half_width

_TEXT = "文字"
_SETS = frozenset({"list", "sum", "mean", "count", "rank"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_RESULT = re.compile(r"[=≠≈><]\s*(\d+(?:\.\d+)?)")  # operands are no side of a contradiction
_SAID = 0.5  # share of a finding's subject that a question repeats


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding with its places. `aspects` empty: any. `figures`: every figure it names."""

    kind: str
    severity: str
    message: str
    arithmetic: str
    subjects: frozenset[str]
    project: str
    document: str
    citations: tuple[Citation, ...]
    aspects: frozenset[str] = frozenset()

    @property
    def figures(self) -> tuple[Figure, ...]:
        return figures_in(f"{self.message}。{self.arithmetic}" if self.worked else self.message, self.citations)

    @property
    def sides(self) -> frozenset[Decimal]:
        """The bare numbers it holds against each other: those of its message and the results of its arithmetic."""
        message, arithmetic = (half_width(t).replace(",", "") for t in (self.message, self.arithmetic))
        return frozenset(Decimal(n).normalize() for n in (*_NUMBER.findall(message), *_RESULT.findall(arithmetic)))

    @property
    def conflict(self) -> Conflict:
        return Conflict(f"{self.message}（{self.arithmetic}）" if self.worked else self.message, self.citations)

    @property
    def worked(self) -> bool:
        """Is the arithmetic a calculation, not a remark?"""
        return bool(_RESULT.search(half_width(self.arithmetic)))


@dataclass(frozen=True, slots=True)
class Aspects:
    """`data/aspects.toml`, validated."""

    asked: dict[str, tuple[str, ...]]
    measure: dict[str, tuple[str, ...]]
    rounding: frozenset[str]
    on_request: frozenset[str]


@cache
def aspects() -> Aspects:
    """Raises SemanticDataError when the file cannot be read or lacks a section."""
    try:
        data = tomllib.loads(files("assistant").joinpath("data").joinpath("aspects.toml").read_text(encoding="utf-8"))
        return Aspects(
            {aspect: tuple(fold(w) for w in words) for aspect, words in data["asked"].items()},
            {measure: tuple(told) for measure, told in data["measure"].items()},
            frozenset(data["rounding"]["kinds"]),
            frozenset(data["on_request"]["kinds"]),
        )
    except (OSError, KeyError, AttributeError, TypeError, tomllib.TOMLDecodeError) as error:
        raise SemanticDataError(f"语义数据文件 aspects.toml 有误：{error!r}", remedy="请恢复 assistant/data") from error


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
            row["kind"],
            row["severity"],
            row["message"],
            row["arithmetic"],
            frozenset(json.loads(row["subjects"])),
            row["project"],
            row["document"],
            tuple(places.get(row["id"], ())),
            frozenset(json.loads(row["aspects"])),
        )
        for row in executor.read(
            "SELECT f.*, d.key AS document FROM findings f JOIN documents d ON d.id = f.document_id ORDER BY f.id"
        )
    )


def worth_telling(finding: StoredFinding) -> bool:
    """A contradiction, not figures that differ by lawful rounding."""
    return finding.severity != Severity.ROUNDING or finding.kind in aspects().rounding


def touching(
    reply: Reply, findings: tuple[StoredFinding, ...], documents: tuple[str, ...], question: Linked | None = None
) -> tuple[Conflict, ...]:
    """The contradictions on what a reply tells, in the order of the audit."""
    return tuple(f.conflict for f in findings if f.message in reply.disputed or _touched(f, reply, documents, question))


def _touched(finding: StoredFinding, reply: Reply, documents: tuple[str, ...], linked: Linked | None) -> bool:
    if not worth_telling(finding) or finding.kind in aspects().on_request:
        return False
    if documents and finding.document not in documents:
        return False
    question = linked.text if linked else ""
    if _TEXT in reply.aspects and linked is not None and not linked.has("ask_amount", "list", "contradiction"):
        return (
            finding.aspects.isdisjoint(("金额", "明细"))
            and says_subject(finding, question)
            and _tells_text(finding, reply)
        )
    said = bool(question) and says_subject(finding, question)
    incidental = linked is not None and reply.rule in _SETS and not linked.has("ask_amount")
    named = said or (_named(finding, reply) and not incidental)
    if not named or not _same_aspect(finding, reply, question):
        return False
    return _tells_figure(finding, reply) or _tells_text(finding, reply)


def _named(finding: StoredFinding, reply: Reply) -> bool:
    """Is a subject of the finding what the reply is about? A project counts where the reply is about it as a whole."""
    if _TEXT in reply.aspects:
        return False  # a quoted sentence says much: the question decides what it was quoted for
    about = {n for f in reply.figures if f.row is not None for n in (f.row.subject,)}
    about |= {reply.subject} | (set(reply.names) if not about else set())
    if (
        any(f.row is not None and f.row.classification is Classification.PROJECT for f in reply.figures)
        or reply.rule in _SETS
    ):
        about |= set(reply.projects)
    return not finding.subjects.isdisjoint(about)


def says_subject(finding: StoredFinding, question: str) -> bool:
    """Does a folded question name a subject of the finding, at least for the most part?"""
    return any(
        len(run := longest_shared(question, core)) >= 2 and len(run) >= _SAID * len(core)
        for core in (_core(s) for s in finding.subjects)
    )


@cache
def _core(subject: str) -> str:
    """A subject without the words that any name may end in (援藏经费 → 援藏)."""
    folded = fold(subject)
    for word in sorted(rules().words.generic, key=len, reverse=True):
        if folded.endswith(word) and len(folded) - len(word) >= 2:
            return folded[: -len(word)]
    return folded


def asks_aspect(finding: StoredFinding, question: str) -> bool:
    """Does a folded question ask for an aspect that the finding contradicts?"""
    known = aspects().asked
    return any(word in question for aspect in finding.aspects for word in known.get(aspect, ()))


def _same_aspect(finding: StoredFinding, reply: Reply, question: str) -> bool:
    if not finding.aspects:
        return True
    table = aspects()
    told = set(reply.aspects) - {"金额"}
    for figure in reply.figures if "金额" in reply.aspects or not told or _TEXT in told else ():
        if figure.row is None:
            told |= {"明细", "金额"} if _TEXT in reply.aspects else set()
            told |= {"数量"} if figure.dimension is Dimension.COUNT else set()
        elif figure.row.origin == Origin.DERIVED:
            told |= {"增减", "金额"}
        elif figure.dimension is Dimension.MONEY:
            told |= set(table.measure.get(figure.row.measure, (figure.row.measure, "金额")))
        else:
            told |= {"数量", "目标"} if figure.dimension is Dimension.COUNT else {"目标"}
    return not finding.aspects.isdisjoint(told) or asks_aspect(finding, question)


def _tells_figure(finding: StoredFinding, reply: Reply) -> bool:
    sides = finding.sides
    return any(abs(f.amount).normalize() in sides for f in reply.figures)


def _tells_text(finding: StoredFinding, reply: Reply) -> bool:
    """The reply quotes the very place, and its name is the finding's subject (a goal printed twice)."""
    cited = {_place(c) for c in reply.citations}
    return (
        not finding.figures
        and not finding.subjects.isdisjoint(reply.names)
        and any(_place(c) in cited for c in finding.citations)
    )


def _place(place: Citation) -> tuple[object, ...]:
    return (place.document, place.table, place.row, place.column, place.quote if place.row is None else "")
