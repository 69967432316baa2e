"""Findings of the audit as stored in an index: what each holds against what, and where it is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from assistant.answer import Citation, Conflict
from assistant.data_files import load_toml
from assistant.executing import Executor, citation
from assistant.figures import Figure
from assistant.question import fold
from assistant.sentences import figures_in
from assistant.wording import longest_shared
from index.evidence import Severity
from index.identities.rules import load as rules
from index.numbers import half_width

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_RESULT = re.compile(r"[=≠≈><]\s*[−-]?(\d+(?:\.\d+)?)")  # operands are no side of a contradiction
_COMPUTED = re.compile(r"(?:=|差)\s*[−-]?(\d+(?:\.\d+)?)")
_SAID, _LONG_SAID = 0.5, 0.44  # share of a finding's subject that a question repeats, less where that is long
_LONG = 4
_GAP, _TOTAL = "相差", "合计"


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
    def told(self) -> tuple[Figure, ...]:
        """The figures of its message: one that a place prints is named after that place and cites it, one that the
        arithmetic gives carries the arithmetic; a number that neither holds is no figure of the document."""
        return tuple(self._told()) if self.worked else ()

    def _told(self) -> Iterator[Figure]:
        printed = [(c, _numbers(c.quote)) for c in self.citations]
        computed = {Decimal(n).normalize() for n in _COMPUTED.findall(half_width(self.arithmetic).replace(",", ""))}
        digits = _numbers(self.message)
        for figure in figures_in(self.message):
            if figure.amount.normalize() not in digits:  # 两处 is no figure
                continue
            place = next((c for c, numbers in printed if figure.amount.normalize() in numbers), None)
            if place is not None:
                yield replace(figure, label=place.label(), citations=(place,))
            elif figure.amount.normalize() in computed:
                label = "差额" if figure.label.endswith(_GAP) else "按算式"
                yield replace(figure, label=label, citations=self.citations, formula=self.arithmetic)

    @property
    def operands(self) -> tuple[Figure, ...]:
        """What its arithmetic works with, as its places print it."""
        worked = _numbers(self.arithmetic) if self.worked else frozenset()
        printed = (figure for place in self.citations for figure in figures_in(place.quote, (place,)))
        return tuple(figure for figure in printed if figure.amount.normalize() in worked)

    @property
    def sides(self) -> frozenset[Decimal]:
        """The bare numbers it holds against each other: those of its message and the results of its arithmetic."""
        results = _RESULT.findall(half_width(self.arithmetic).replace(",", ""))
        return _numbers(self.message) | frozenset(Decimal(n).normalize() for n in results)

    @property
    def numbers(self) -> frozenset[Decimal]:
        """Every bare number of its message and its arithmetic."""
        return _numbers(self.message) | _numbers(self.arithmetic)

    @property
    def years(self) -> frozenset[int]:
        """The years that its message names."""
        return frozenset(int(year) for year in rules().words.years.findall(half_width(self.message)))

    @property
    def conflict(self) -> Conflict:
        return Conflict(f"{self.message}（{self.arithmetic}）" if self.worked else self.message, self.citations)

    @property
    def worked(self) -> bool:
        """Is the arithmetic a calculation, not a remark?"""
        return bool(_RESULT.search(half_width(self.arithmetic)))


def _numbers(text: str) -> frozenset[Decimal]:
    return frozenset(Decimal(n).normalize() for n in _NUMBER.findall(half_width(text).replace(",", "")))


@dataclass(frozen=True, slots=True)
class Aspects:
    """`data/aspects.toml`, validated."""

    asked: dict[str, tuple[str, ...]]
    measure: dict[str, tuple[str, ...]]
    summed: frozenset[str]
    places: tuple[str, ...]
    printed: tuple[str, ...]
    rounding: frozenset[str]
    on_request: frozenset[str]


@cache
def aspects() -> Aspects:
    """Raises SemanticDataError when the file cannot be read or lacks a section."""
    return load_toml("aspects.toml", _parsed)


def _parsed(data: dict[str, Any]) -> Aspects:
    return Aspects(
        {aspect: tuple(fold(w) for w in words) for aspect, words in data["asked"].items()},
        {measure: tuple(told) for measure, told in data["measure"].items()},
        frozenset(data["summed"]["aspects"]),
        tuple(fold(w) for w in data["places"]["words"]),
        tuple(fold(w) for w in data["places"]["printed"]),
        frozenset(data["rounding"]["kinds"]),
        frozenset(data["on_request"]["kinds"]),
    )


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


def says_subject(finding: StoredFinding, question: str) -> bool:
    """Does a folded question name a subject of the finding, at least for the most part?"""
    return any(_says(subject, question) for subject in finding.subjects)


def subjects_said(finding: StoredFinding, question: str) -> int:
    """How many subjects of the finding a folded question names."""
    return sum(_says(subject, question) for subject in finding.subjects)


def _says(subject: str, question: str) -> bool:
    core = _core(subject)
    run = len(longest_shared(question, core))
    return run >= 2 and run >= (_SAID if run < _LONG else _LONG_SAID) * len(core)


@cache
def _core(subject: str) -> str:
    """A subject without the words that any name may end in (援藏经费 → 援藏)."""
    folded = fold(subject)
    for word in sorted(rules().words.generic, key=len, reverse=True):
        if folded.endswith(word) and len(folded) - len(word) >= 2:
            return folded[: -len(word)]
    return folded


def asks_aspect(finding: StoredFinding, question: str) -> bool:
    """Does a folded question ask for an aspect that the finding contradicts? Of a total of something more particular
    (合计 of 增减), it must ask for that."""
    known = aspects().asked
    particular = [a for a in finding.aspects if a != _TOTAL and known.get(a)]
    return any(word in question for aspect in particular or finding.aspects for word in known.get(aspect, ()))
