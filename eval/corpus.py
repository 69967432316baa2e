"""How well a folder of published disclosures is read: tables found, identities, who and when, seconds.

The folder holds PDFs and an INDEX.csv with `file`, `unit`, `year`, `level`, `kind` and `table_kinds` (how many of the
nine statutory groups its text names; `table_unit` is empty where the tables themselves are not in the file).
Nothing of the documents is kept; only counts are printed.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from index.document import Document, TableKind
from index.errors import BudgetIndexError
from index.reading import read_document
from index.tables.checks import Outcome, check_table

INDEX_NAME = "INDEX.csv"
GROUPS: tuple[frozenset[TableKind], ...] = (
    frozenset({TableKind.SUMMARY}),
    frozenset({TableKind.REVENUE}),
    frozenset({TableKind.EXPENDITURE}),
    frozenset({TableKind.FISCAL_SUMMARY}),
    frozenset({TableKind.GENERAL_EXPENDITURE, TableKind.FISCAL_EXPENDITURE}),
    frozenset({TableKind.GENERAL_BASIC, TableKind.FISCAL_BASIC, TableKind.BASIC}),
    frozenset({TableKind.THREE_PUBLIC}),
    frozenset({TableKind.GOVERNMENT_FUND}),
    frozenset({TableKind.STATE_CAPITAL}),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One document: what was found against what INDEX.csv says. `wrong` names the facts that differ."""

    file: str
    pages: int = 0
    seconds: float = 0.0
    groups: int = 0
    expected: int = 0
    tables: Counter[str] = field(default_factory=Counter)
    holds: int = 0
    rounding: int = 0
    broken: int = 0
    doubtful: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    error: str = ""

    @property
    def missing(self) -> int:
        return max(0, self.expected - self.groups)


def read_corpus(folder: Path, processes: int = 2, every: int = 1) -> Iterator[Reading]:
    """Read every document (or each `every`-th) of the folder. Raises FileNotFoundError without an INDEX.csv."""
    with (folder / INDEX_NAME).open(encoding="utf-8-sig", newline="") as file:
        entries = list(csv.DictReader(file))[::every]
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(_read, [folder] * len(entries), entries)


def _read(folder: Path, entry: dict[str, str]) -> Reading:
    begun = time.perf_counter()
    try:
        document = read_document(folder / entry["file"])
    except BudgetIndexError as error:
        return Reading(entry["file"], seconds=time.perf_counter() - begun, error=str(error))
    seconds = time.perf_counter() - begun
    kinds = {table.kind for table in document.tables}
    outcomes: Counter[Outcome] = Counter()
    doubtful = []
    for table in document.tables:
        own = Counter(check.outcome for check in check_table(table))
        outcomes += own
        if own[Outcome.BROKEN]:
            doubtful.append(f"{table.kind.value} 第{table.position.page}页 {own[Outcome.BROKEN]}/{sum(own.values())}")
    return Reading(
        file=entry["file"],
        pages=document.pages or 0,
        seconds=seconds,
        groups=sum(bool(group & kinds) for group in GROUPS),
        expected=int(entry["table_kinds"]) if entry["table_unit"] else 0,
        tables=Counter(table.kind.value for table in document.tables),
        holds=outcomes[Outcome.HOLDS],
        rounding=outcomes[Outcome.ROUNDING],
        broken=outcomes[Outcome.BROKEN],
        doubtful=tuple(doubtful),
        wrong=tuple(_wrong(document, entry)),
    )


def _wrong(document: Document, entry: dict[str, str]) -> Iterable[str]:
    found = document.identity
    for name, value, wanted in (
        ("单位", found.body, entry["unit"]),
        ("年度", str(found.year), entry["year"]),
        ("级次", found.level, entry["level"]),
        ("阶段", found.stage.value, "决算" if "决算" in entry["kind"] else "预算"),
    ):
        if value != wanted:
            yield f"{name} {value or '无'}≠{wanted}"


def summary_lines(readings: Sequence[Reading], worst: int = 15) -> Iterator[str]:
    """The totals, then the documents that need a look, as lines of text."""
    read = [r for r in readings if not r.error]
    checks = sum(r.holds + r.rounding + r.broken for r in read)
    expected, found = sum(r.expected for r in read), sum(min(r.groups, r.expected) for r in read)
    seconds, pages = sum(r.seconds for r in readings), sum(r.pages for r in read)
    failed = len(readings) - len(read)
    yield f"文件 {len(readings)}，读出 {len(read)}，失败 {failed}；{pages} 页，各进程共 {seconds:.1f} 秒"
    yield f"每页 {1000 * seconds / max(pages, 1):.1f} 毫秒"
    yield f"法定表种：应有 {expected}，找到 {found}（{100 * found / max(expected, 1):.2f}%）"
    broken, rounding = sum(r.broken for r in read), sum(r.rounding for r in read)
    good = checks - broken
    share = 100 * good / max(checks, 1)
    yield f"表内勾稽：{checks} 条，相符或取整 {good}（{share:.2f}%），取整 {rounding}，不符 {broken}"
    for name in ("单位", "年度", "级次", "阶段"):
        right = sum(not any(w.startswith(name) for w in r.wrong) for r in read)
        yield f"{name}识别正确：{right}/{len(read)}"
    for reading in sorted(readings, key=_badness, reverse=True)[:worst]:
        if _badness(reading) > 0:
            details = [*reading.doubtful[:6], *reading.wrong, reading.error]
            told = "；".join(detail for detail in details if detail)
            yield f"- {reading.file} 缺表 {reading.missing} 不符 {reading.broken}：{told}"


def _badness(reading: Reading) -> float:
    return 1000 * bool(reading.error) + 20 * reading.missing + reading.broken + 0.5 * len(reading.wrong)
