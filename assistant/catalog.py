"""What an index holds, as needed to understand questions: names, codes, tables, projects, years, bodies."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from assistant.narrowing import Readable
from index.evidence import Classification, Dimension


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    key: str
    title: str
    body: str
    region: str
    year: int | None
    stage: str
    level: str


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One name of something that has a figure, with where it occurs."""

    name: str
    classifications: frozenset[Classification]
    codes: frozenset[str]
    projects: frozenset[str]
    dimensions: frozenset[Dimension]
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    name: str
    aliases: tuple[str, ...]
    document: str


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A body under the document's own one, or that one by itself, with figures of its own."""

    document: str
    name: str


@dataclass(frozen=True, slots=True)
class TableEntry:
    document: str
    kind: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class SetEntry:
    """How many different subjects of a classification, level and measure a table holds with a figure."""

    document: str
    table_kind: str
    table_number: str
    classification: Classification
    level: int
    measure: str
    subjects: int


@dataclass(frozen=True)
class Catalog:
    documents: tuple[DocumentEntry, ...]
    names: tuple[NameEntry, ...]
    projects: tuple[ProjectEntry, ...]
    tables: tuple[TableEntry, ...]
    sets: tuple[SetEntry, ...]
    labels: frozenset[str] = frozenset()
    groups: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    by_name: dict[str, NameEntry] = field(default_factory=dict)
    by_document: dict[str, DocumentEntry] = field(default_factory=dict)
    funds: frozenset[str] = frozenset()
    units: tuple[UnitEntry, ...] = ()

    def year_of(self, documents: tuple[str, ...]) -> int | None:
        """The year that some documents (all, if none is named) share."""
        years = {d.year for d in self.documents if (not documents or d.key in documents) and d.year}
        return years.pop() if len(years) == 1 else None

    def stage_of(self, documents: tuple[str, ...]) -> str:
        """预算 or 决算, where some documents (all, if none is named) share it."""
        stages = {d.stage for d in self.documents if not documents or d.key in documents}
        return stages.pop() if len(stages) == 1 else ""

    def project(self, name: str) -> ProjectEntry | None:
        return next((p for p in self.projects if p.name == name or name in p.aliases), None)


def load(connection: Readable) -> Catalog:
    """Read the catalog of an open index."""
    documents = tuple(
        DocumentEntry(*row)
        for row in connection.execute("SELECT key, title, body, region, year, stage, level FROM documents ORDER BY id")
    )
    names = _names(connection)
    projects = tuple(
        ProjectEntry(row[0], tuple(json.loads(row[1])), row[2])
        for row in connection.execute(
            "SELECT p.name, p.aliases, d.key FROM projects p JOIN documents d ON d.id = p.document_id ORDER BY p.id"
        )
    )
    tables = tuple(
        TableEntry(*row)
        for row in connection.execute(
            "SELECT d.key, t.kind, t.number, t.title FROM tables t JOIN documents d ON d.id = t.document_id ORDER BY t.id"
        )
    )
    sets = tuple(
        SetEntry(row[0], row[1], row[2], Classification(row[3]), row[4], row[5], row[6])
        for row in connection.execute(
            "SELECT d.key, f.table_kind, f.table_number, f.classification, f.level, f.measure, "
            "count(DISTINCT f.subject) FROM facts f JOIN documents d ON d.id = f.document_id "
            "WHERE f.value IS NOT NULL AND f.origin = '表格' AND f.dimension = '金额' AND f.project = '' AND f.body = '' "
            "GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY min(f.id)"
        )
    )
    units = tuple(
        UnitEntry(*row)
        for row in connection.execute(
            "SELECT d.key, f.body FROM facts f JOIN documents d ON d.id = f.document_id "
            "WHERE f.body <> '' AND (f.is_total AND f.classification = '总额' OR f.classification = '项目') "
            "GROUP BY 1, 2 ORDER BY min(f.id)"
        )
    )
    labels = frozenset(
        row[0]
        for row in connection.execute(
            "SELECT label FROM text_fields UNION SELECT title FROM sections WHERE title <> ''"
        )
    )
    years = frozenset(
        row[0]
        for row in connection.execute("SELECT DISTINCT year FROM facts WHERE year IS NOT NULL AND value IS NOT NULL")
    )
    groups = tuple(
        row[0]
        for row in connection.execute("SELECT level1 FROM indicators UNION SELECT level2 FROM indicators")
        if row[0]
    )
    forms = tuple(
        dict.fromkeys(
            re.sub(r"（.*?）$", "", row[0])
            for row in connection.execute(
                'SELECT DISTINCT "table" FROM sources WHERE table_id IS NULL AND "table" <> \'\''
            )
        )
    )
    return Catalog(
        documents, names, projects, tables, sets, labels, groups, forms, years,
        {entry.name: entry for entry in names}, {entry.key: entry for entry in documents},
        frozenset(row[0] for row in connection.execute("SELECT DISTINCT fund FROM facts WHERE value IS NOT NULL")),
        units,
    )  # fmt: skip


def _names(connection: Readable) -> tuple[NameEntry, ...]:
    gathered: dict[str, tuple[set[Classification], set[str], set[str], set[Dimension], set[str]]] = {}
    rows = connection.execute(
        "SELECT subject, classification, code, project, dimension, unit FROM facts GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY min(id)"
    )
    for subject, classification, code, project, dimension, unit in rows:
        kinds, codes, projects, dimensions, units = gathered.setdefault(subject, (set(), set(), set(), set(), set()))
        units.add(unit)
        kinds.add(Classification(classification))
        dimensions.add(Dimension(dimension))
        if code:
            codes.add(code)
        if project:
            projects.add(project)
    for subject, classification, code in connection.execute(
        "SELECT subject, classification, code FROM statements GROUP BY 1, 2, 3 ORDER BY min(id)"
    ):
        kinds, codes, *_ = gathered.setdefault(subject, (set(), set(), set(), set(), set()))
        kinds.add(Classification(classification))
        if code:
            codes.add(code)
    return tuple(
        NameEntry(
            name, frozenset(kinds), frozenset(codes), frozenset(projects), frozenset(dimensions), frozenset(units)
        )
        for name, (kinds, codes, projects, dimensions, units) in gathered.items()
        if name
    )


def table_names(catalog: Catalog) -> dict[str, str]:
    """What a table may be called: its printed number, the digits of it."""
    digits = str.maketrans("一二三四五六七八九", "123456789")
    names: dict[str, str] = {}
    for table in catalog.tables:
        if not table.number:
            continue
        bare = "".join(c for c in table.number if c.isdigit() or c in "一二三四五六七八九十-")
        plain = bare.lstrip("0")
        for form in {table.number, bare, bare.translate(digits), f"表{bare}", f"附表{bare}", plain, f"表{plain}"}:
            if form:
                names.setdefault(form, table.number)
    return names
