"""Document → retrievable passages.

Prose is cut along its sections: a chunk never crosses a heading, a definition stands alone, short paragraphs
under one heading stay together, long ones are cut at items and sentences. A table row becomes a sentence with
the table's title, unit and column headers. Forms give a chunk for each text, indicator, spending line and
group of amounts. What a form already says is not repeated from the table or paragraph it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from index.document import Document, Paragraph, Position, Row, Source, Table, TableKind
from index.evidence import Chunk, Fact, Forms, Indicator, Statement

PROSE, DEFINITION, ROW, FORM = "prose", "definition", "row", "form"

_FULL = 200  # characters after which no further paragraph joins a chunk
_LONGEST = 400  # characters after which one paragraph is cut
_NUMBER = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．)）]?)"
_ITEM_NUMBER = r"(?:\d{1,2}[、．.](?!\d)|[（(][一二三四五六七八九十\d]{1,2}[）)]|[一二三四五六七八九十]{1,2}、)"
_ITEM = re.compile(rf"(?<=[。；;！？.）)\s])\s*(?={_ITEM_NUMBER})")
_SENTENCE = re.compile(r"(?<=[。！？；;])")
_DEFINITION = re.compile(rf"\s*{_NUMBER}?\s*[“\"]?[^：:，。；]{{2,60}}[”\"]?[：:].{{4,}}[。；;.]\s*", re.DOTALL)
_FEWEST_DEFINITIONS = 3
_TELLING = 6  # characters from which a quote is more than a bare figure


def chunk_document(
    document: Document,
    table_facts: Sequence[Fact] = (),
    statements: Sequence[Statement] = (),
    forms: Forms | None = None,
) -> tuple[Chunk, ...]:
    """Every retrievable passage of a document, in reading order, `ordinal` counting from 0.

    `table_facts` lend a row the name of its subject where the printed label does not say it (合计).
    """
    del statements  # their sentences are chunked from the paragraphs they stand in
    form_chunks = tuple(_forms(forms)) if forms is not None else ()
    taken: dict[tuple[int | None, int] | None, str] = {}
    for chunk in form_chunks:
        place = _place(chunk.source.position)
        taken[place] = f"{taken.get(place, '')}{_bare(chunk.text)}"
    taken.pop(None, None)
    chunks = [
        *_prose(document, taken),
        *(chunk for table in _told(document) for chunk in _table(document, table, table_facts, taken)),
        *form_chunks,
    ]
    unique: dict[tuple[str, str], Chunk] = {}
    for chunk in chunks:
        unique.setdefault((chunk.heading, chunk.text), chunk)
    ordered = sorted(unique.values(), key=lambda chunk: _reading_order(chunk.source.position))
    return tuple(replace(chunk, ordinal=ordinal) for ordinal, chunk in enumerate(ordered))


def _told(document: Document) -> Iterator[Table]:
    """The tables whose rows say something under their columns; self-evaluations are told by their forms."""
    return (table for table in document.tables if table.kind is not TableKind.EVALUATION)


def cut(text: str, longest: int = _LONGEST, full: int = _FULL) -> list[str]:
    """A text cut at items and sentences into parts of about `full` characters; short texts stay whole."""
    if len(text) <= longest:
        return [text]
    pieces = [
        piece for item in _ITEM.split(text) for piece in ([item] if len(item) <= longest else _SENTENCE.split(item))
    ]
    parts: list[str] = []
    for piece in pieces:
        if not parts or len(parts[-1]) + len(piece) > full:
            parts.append(piece)
        else:
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


def _place(position: Position) -> tuple[int | None, int] | None:
    return None if position.line is None else (position.page, position.line)


def _reading_order(position: Position) -> tuple[int, int]:
    return (position.page or 0, position.line or 0)


# ── prose ───────────────────────────────────────────────────────────────────────────────────────────


def _prose(document: Document, taken: Container[tuple[int | None, int] | None]) -> Iterator[Chunk]:
    paragraphs = [paragraph for paragraph in document.paragraphs if _place(paragraph.position) not in taken]
    for section, group in groupby(paragraphs, key=lambda paragraph: paragraph.section):
        yield from _section(document, section, list(group))
    used = {paragraph.section for paragraph in document.paragraphs} | {table.section for table in document.tables}
    used |= {section.parent for section in document.sections}
    for number, section_ in enumerate(document.sections):
        if number not in used and _place(section_.position) not in taken:  # a heading that is itself the statement
            yield _prose_chunk(document, number, section_.title, PROSE, section_.position)


def _section(document: Document, section: int | None, paragraphs: list[Paragraph]) -> Iterator[Chunk]:
    defining = [bool(_DEFINITION.fullmatch(paragraph.text)) for paragraph in paragraphs]
    glossary = sum(defining) >= max(_FEWEST_DEFINITIONS, len(paragraphs) / 2)
    waiting: list[Paragraph] = []
    for paragraph, defines in zip(paragraphs, defining, strict=True):
        alone = glossary and defines
        length = sum(len(other.text) for other in waiting)
        lead_in = bool(waiting) and waiting[-1].text.endswith(("：", ":"))
        if waiting and not lead_in and (alone or length + len(paragraph.text) > _FULL):
            yield from _joined(document, section, waiting, PROSE)
            waiting = []
        waiting.append(paragraph)
        if alone:
            yield from _joined(document, section, waiting, DEFINITION)
            waiting = []
    if waiting:
        yield from _joined(document, section, waiting, PROSE)


def _joined(document: Document, section: int | None, paragraphs: list[Paragraph], kind: str) -> Iterator[Chunk]:
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    for part in cut(text):
        yield _prose_chunk(document, section, part, kind, paragraphs[0].position)


def _prose_chunk(document: Document, section: int | None, text: str, kind: str, position: Position) -> Chunk:
    heading = document.section_path(section)
    source = Source(document.key, section=heading, position=position, quote=text)
    return Chunk(text=text, heading=heading, kind=kind, source=source)


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────


def _table(
    document: Document, table: Table, facts: Iterable[Fact], taken: Mapping[tuple[int | None, int] | None, str]
) -> Iterator[Chunk]:
    path = document.section_path(table.section)
    subjects = _subjects(table, facts)
    title = f"{table.name}（单位：{table.unit}）" if table.unit else table.name
    for number, row in enumerate(table.rows):
        said = _cells(table, number)
        place = _place(row.position)
        if not said or (place in taken and _repeats(taken[place], table, number)):
            continue
        text = f"{title} {_row_name(table, row, subjects.get(number + 1, ''))}：{said}"
        source = Source(
            document.key,
            section=path,
            position=row.position,
            table=table.name,
            row=row.label,
            row_index=number + 1,
            quote=text,
        )
        yield Chunk(text=text, heading=table.name, kind=ROW, source=source)
    if table.note:
        for part in cut(table.note):
            source = Source(document.key, section=path, position=table.position, table=table.name, quote=part)
            yield Chunk(text=part, heading=table.name, kind=PROSE, source=source)


def _repeats(told: str, table: Table, row: int) -> bool:
    """Do the forms say all the words of a row (a goal as well as whose the project is)?"""
    words = (_bare(c.text) for c in table.cells_of(row) if table.columns[c.column].role == "text")
    return all(word in told for word in words if len(word) >= _TELLING)


def _bare(text: str) -> str:
    return "".join(text.split())


def _subjects(table: Table, facts: Iterable[Fact]) -> dict[int | None, str]:
    """Row index → what all facts of the row are about; rows whose columns are about different things are absent."""
    found: dict[int | None, set[str]] = {}
    for fact in facts:
        if fact.sources and fact.sources[0].table == table.name:
            found.setdefault(fact.sources[0].row_index, set()).add(fact.subject)
    return {row: min(names) for row, names in found.items() if len(names) == 1}


def _row_name(table: Table, row: Row, subject: str) -> str:
    """ "30217 公务接待费"; a row without a code is named after its parent too (unless that is a total)."""
    label = row.label.strip()
    above = table.rows[row.parent] if row.parent is not None and not row.code else None
    names = [row.code if row.code not in label else "", above.label.strip() if above and above.level else "", label]
    if subject and subject not in label:
        names.append(f"（{subject}）")
    return " ".join(name for name in names if name)


def _cells(table: Table, row: int) -> str:
    """The filled cells of a row, each after its header: "小计1.16，公用经费1.16"."""
    filled = [(table.columns[cell.column].header, cell.text.strip()) for cell in table.cells_of(row)]
    return "，".join(f"{header}{text}" for header, text in filled if text)


# ── forms ───────────────────────────────────────────────────────────────────────────────────────────


class _Said(NamedTuple):
    """What a form says of its owner, a project or "" for the whole body."""

    owner: str
    text: str
    source: Source


def _forms(forms: Forms) -> Iterator[Chunk]:
    texts: dict[str, str] = {}
    for said in _stated(forms):
        texts[said.owner] = f"{texts.get(said.owner, '')}\n{said.text}"
        yield _form_chunk(said)
    yield from map(_form_chunk, _amounts(forms.facts, texts))


def _stated(forms: Forms) -> Iterator[_Said]:
    for project in forms.projects:
        if project.source is not None:
            others = f"（又名{'、'.join(project.aliases)}）" if project.aliases else ""
            yield _Said("", f"项目名称：{project.name}{others} {project.category}", project.source)
    for item in forms.fields:
        for part in cut(item.text):
            yield _Said(item.owner, f"{item.label}：{part}", item.source)
    for line in forms.spending:
        stated = line.text or f"{line.content} {line.source.quote}"
        account = "" if line.economic_name in stated else f"（{line.economic_name}）"
        yield _Said(line.project, f"支出明细：{stated}{account}", line.source)
    for bought in forms.procurement:
        yield _Said(bought.project, f"政府采购：{bought.source.quote}", bought.source)
    for indicator in forms.indicators:
        yield _Said(indicator.project, _indicator(indicator), indicator.source)


def _amounts(facts: Sequence[Fact], texts: Mapping[str, str]) -> Iterator[_Said]:
    """The amounts of forms that nothing else said of their project states; a line's amounts together."""
    missing = [fact for fact in facts if not _is_said(fact, texts.get(fact.project, ""))]
    for (project, _), group in groupby(missing, key=lambda fact: (fact.project, _place(fact.sources[0].position))):
        same_line = list(group)
        yield _Said(project, "，".join(map(_amount, same_line)), same_line[0].sources[0])


def _is_said(fact: Fact, text: str) -> bool:
    if fact.subject != fact.project:
        return fact.subject in text and fact.printed in text
    quote = fact.sources[0].quote
    return len(quote) >= _TELLING and _bare(quote) in _bare(text)


def _form_chunk(said: _Said) -> Chunk:
    named = said.text if said.text.startswith(said.owner) else f"{said.owner} {said.text}"
    heading = said.source.table or said.source.section
    return Chunk(text=" ".join(named.split()), heading=heading, kind=FORM, source=said.source)


def _indicator(indicator: Indicator) -> str:
    levels = "/".join(level for level in (indicator.level1, indicator.level2) if level)
    explanation = f"（{indicator.explanation}）" if indicator.explanation else ""
    return f"{indicator.horizon}绩效指标 {indicator.goal} {levels} {indicator.name}：{indicator.printed}{explanation}"


def _amount(fact: Fact) -> str:
    year = f"{fact.year}年" if fact.year else ""
    measure = fact.measure if fact.measure != fact.subject else ""
    unit = "" if fact.printed.endswith(fact.unit) else fact.unit
    return f"{year}{fact.subject}{measure}{fact.printed}{unit}"
