"""Reading a folder is measured only where one is given, beside a yardstick on the same pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import bench, ingesting
from eval.samples import BenchError, load_suite
from tests.pdf_making import Paper

SUITE = Path(__file__).resolve().parent.parent / "eval" / "suites" / "documents.jsonl"
READING = {"ingest", "ingest_memory", "everywhere_p95"}


def _papers(folder: Path, pages: int) -> Path:
    paper = Paper()
    for number in range(pages):
        paper.paragraph(80, (f"东湖市水务局2026年部门预算 第{number + 1}页",))
        if number + 1 < pages:
            paper.page()
    path = folder / "东湖市水务局.pdf"
    path.write_bytes(paper.bytes())
    return path


def test_reading_needs_a_folder() -> None:
    assert {bar.name for bar in bench.bars()} >= READING
    with pytest.raises(BenchError, match="没有这些项：ingest"):
        bench.measure_all(SUITE, None, ("ingest",))


def test_a_folder_without_documents(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="没有 PDF"):
        ingesting.measure(tmp_path, load_suite(SUITE))


@pytest.mark.parametrize(("every", "told"), [(2, "pdfplumber 抽样 1 页，单核"), (50, "页数太少，没有对照")])
def test_the_yardstick_counts_pages_and_takes_some(tmp_path: Path, every: int, told: str) -> None:
    pages, beside = ingesting.yardstick([_papers(tmp_path, 3)], every)
    assert pages == 3
    assert beside.startswith(told)
