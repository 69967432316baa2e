"""Is a suite itself any good: does it cover the categories, and is no question another with the names changed?"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from eval.citations import places_in
from eval.quantities import comparable_text
from eval.samples import Category, Sample
from index.database import open_read_only

TEMPLATE_LIMIT = 3
_NAME = "〈名〉"
_NUMBER = "〈数〉"
_PUNCTUATION = re.compile(r"[，,。.？?！!、；;：:…()\[\]\-]")
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Template:
    """A question with its names and numbers masked, and the cases that share it."""

    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuiteCheck:
    """What a check found. `faults` must be repaired; the rest is for the reader."""

    cases: int
    by_category: tuple[tuple[Category, int], ...]
    by_status: tuple[tuple[str, int], ...]
    absent: tuple[Category, ...]
    unlocated: int
    overused: tuple[Template, ...]
    repeated: tuple[Template, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        limit = f"至多 {TEMPLATE_LIMIT} 次"
        found = [f"同一模板用了 {len(t.ids)} 次（{limit}）：{t.text}（{'、'.join(t.ids)}）" for t in self.overused]
        found += [f"同一问题重复：{'、'.join(t.ids)}（{t.text}）" for t in self.repeated]
        return tuple(found)


def check(samples: Sequence[Sample], names: Iterable[str]) -> SuiteCheck:
    """Count, and find templates used too often. `names`: accounts, projects and whatever else only fills a slot."""
    by_category = Counter(sample.category for sample in samples)
    by_status = Counter(sample.expect.status.value for sample in samples)
    pattern = name_pattern(names)
    masked = _grouped((mask(" » ".join((*s.history, s.question)), pattern), s.id) for s in samples)
    exact = _grouped((f"{s.document} {comparable_text(' » '.join((*s.history, s.question)))}", s.id) for s in samples)
    return SuiteCheck(
        cases=len(samples),
        by_category=tuple((category, by_category[category]) for category in Category if by_category[category]),
        by_status=tuple(by_status.most_common()),
        absent=tuple(category for category in Category if not by_category[category]),
        unlocated=sum(not places_in(sample.evidence) for sample in samples),
        overused=tuple(template for template in masked if len(template.ids) > TEMPLATE_LIMIT),
        repeated=tuple(template for template in exact if len(template.ids) > 1),
    )


def _grouped(pairs: Iterable[tuple[str, str]]) -> list[Template]:
    groups: dict[str, list[str]] = {}
    for text, key in pairs:
        groups.setdefault(text, []).append(key)
    return [Template(text, tuple(ids)) for text, ids in groups.items()]


def mask(question: str, names: re.Pattern[str] | None) -> str:
    """The template of a question: names and numbers replaced, punctuation and spaces dropped.

    Adjacent names are one slot: a question does not become another by naming a longer account.
    """
    text = comparable_text(question)
    if names is not None:
        text = names.sub(_NAME, text)
    text = re.sub(r"\d+(?:\.\d+)?", _NUMBER, text)
    return re.sub(f"(?:{_NAME})+", _NAME, _PUNCTUATION.sub("", text))


def name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern over all names, the longest first; None if there is no name."""
    plain = {comparable_text(name) for name in names}
    ordered = sorted((name for name in plain if len(name) >= _SHORTEST_NAME), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None


def reference_names() -> frozenset[str]:
    """Account names of the classification reference."""
    names: set[str] = set()
    for file in ("functional_accounts.csv", "economic_accounts.csv"):
        text = files("index").joinpath("data", file).read_text(encoding="utf-8")
        names.update(row["name"] for row in csv.DictReader(text.splitlines()))
    return frozenset(names)


def index_names(database: Path) -> frozenset[str]:
    """Subjects, projects and indicators that an index holds, so that its own names are masked too."""
    connection = open_read_only(database)
    try:
        rows = connection.execute(
            "SELECT subject FROM facts UNION SELECT name FROM projects UNION SELECT project FROM facts "
            "UNION SELECT name FROM indicators UNION SELECT key FROM documents"
        )
        return frozenset(str(row[0]) for row in rows if row[0])
    finally:
        connection.close()
