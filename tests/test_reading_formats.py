"""One disclosure in every format: the same facts, and the same answers with the place each was read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from office_tables import TABLES, TEXTS, read, written

from assistant import Assistant
from assistant.cli import files_below
from index.build import ingest, understand_document
from index.evidence import Fact
from index.reading import supported_formats

FORMATS = ("docx", "html", "xlsx")


def facts(folder: Path, suffix: str) -> list[Fact]:
    """What is known from the file, without where in it."""
    return [replace(fact, sources=()) for fact in understand_document(read(folder, suffix, TABLES, TEXTS)).facts]


def test_every_format_gives_the_same_facts(tmp_path: Path) -> None:
    word, web, sheets = (facts(tmp_path, suffix) for suffix in FORMATS)
    assert word == web
    assert sorted(map(repr, word)) == sorted(map(repr, sheets))
    assert len(word) > 60


def test_no_format_breaks_an_identity(tmp_path: Path) -> None:
    assert [understand_document(read(tmp_path, suffix, TABLES, TEXTS)).findings for suffix in FORMATS] == [()] * 3


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_question_is_answered(tmp_path: Path, suffix: str) -> None:
    report = ingest([written(tmp_path, suffix, TABLES, TEXTS)], tmp_path / "index", key="水务-2026")
    assert report.failed == ()
    assistant = Assistant.open(tmp_path / "index")
    answer = assistant.ask("行政运行的基本支出是多少")
    assert [(str(value.value), value.unit) for value in answer.values] == [("700", "万元")]
    (citation,) = answer.citations
    assert (citation.table, citation.row, citation.column) == (
        "公开03表 2026年部门支出总表",
        "行政运行",
        "基本支出/小计",
    )
    assert (citation.page, citation.line) == {"xlsx": (3, 8), "docx": (None, 28), "html": (None, 27)}[suffix]
    change = assistant.ask("三公经费比上年减少多少")
    assert change.citations[0].quote == TEXTS[8]


def test_a_directory_is_read_whole_but_for_what_programs_hide_there(tmp_path: Path) -> None:
    made = [written(tmp_path, suffix, TABLES[:1]) for suffix in FORMATS]
    for name in ("~$公开.docx", ".公开.xlsx", "说明.doc"):
        (tmp_path / name).write_bytes(b"x")
    assert files_below(tmp_path, supported_formats()) == sorted(made)
