"""Documents, figures and statements made by hand: a test says what it is about, the rest is plain."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from index.document import Document, Identity, Line, Paragraph, Position, Section, Source, Stage
from index.evidence import Classification, Dimension, Fact, Statement, StatementKind

KEY = "qingchuan-2026"
YEAR = 2026
STORED = {"元": 100, "万元": 1_000_000, "万": 1_000_000, "%": 10_000}
SENTENCE = Source(KEY, "第一部分 > 二", Position(line=1), quote="一句")


def lines(*texts: str) -> tuple[Line, ...]:
    """Lines of one page."""
    return tuple(Line(text, Position(1, number)) for number, text in enumerate(texts, 1))


def paragraphs(*texts: str, section: int | None = None, first_line: int = 1) -> tuple[Paragraph, ...]:
    """Paragraphs of one page, a line each."""
    return tuple(Paragraph(text, section, Position(1, line)) for line, text in enumerate(texts, first_line))


def nested(*titles: str) -> tuple[Section, ...]:
    """Sections each inside the one before."""
    sections: list[Section] = []
    for level, title in enumerate(titles, 1):
        path = f"{sections[-1].path} > {title}" if sections else title
        sections.append(Section("", title, level, path, Position(), level - 2 if sections else None))
    return tuple(sections)


def document_of(key: str = KEY, year: int | None = YEAR, stage: Stage = Stage.BUDGET, **parts: object) -> Document:
    """A document that has nothing but `parts`."""
    identity = Identity(body="青川市水务局", year=year, stage=stage)
    return replace(Document(key, identity, (), (), (), (), "", "text"), **parts)  # type: ignore[arg-type]


def cell(subject: str, printed: str, measure: str = "合计", kind: str = "支出总表", **axes: object) -> Fact:
    """A figure of a table in 万元, of all funds."""
    fact = Fact(
        subject,
        Classification.NATURE,
        int(Decimal(printed.replace(",", "")) * STORED["万元"]),
        printed,
        "万元",
        (Source(KEY, table=kind, row=subject, column=measure, quote=printed),),
        measure=measure,
        fund="全部资金",
        year=YEAR,
        table_kind=kind,
    )
    return replace(fact, **axes)  # type: ignore[arg-type]


def said(kind: StatementKind, subject: str, printed: str, unit: str = "万元", **axes: object) -> Statement:
    """A figure of a sentence; a change or a rate is against the year before."""
    statement = Statement(
        kind,
        subject,
        Classification.NATURE,
        SENTENCE,
        clause=f"{subject}{printed}{unit}",
        value=int(Decimal(printed) * STORED[unit]),
        dimension=Dimension.PERCENT if unit == "%" else Dimension.MONEY,
        printed=printed.lstrip("-"),
        unit=unit,
        year=YEAR,
        base_year=YEAR - 1 if kind in {StatementKind.CHANGE, StatementKind.RATE} else None,
    )
    return replace(statement, **axes)  # type: ignore[arg-type]
