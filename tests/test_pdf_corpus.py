"""A sample of the published disclosures, where they are at hand: counts only."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.corpus import INDEX_NAME, read_corpus, summary_lines

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "documents"


@pytest.mark.skipif(not (CORPUS / INDEX_NAME).is_file(), reason="the published disclosures are not here")
def test_a_sample_of_published_disclosures() -> None:
    readings = list(read_corpus(CORPUS, processes=1, every=25))
    assert [reading.error for reading in readings if reading.error] == []
    assert sum(reading.missing for reading in readings) == 0
    broken, checks = sum(r.broken for r in readings), sum(r.holds + r.rounding + r.broken for r in readings)
    assert broken <= checks * 0.005
    assert [reading.wrong for reading in readings if reading.wrong] == []
    assert next(summary_lines(readings)).startswith(f"文件 {len(readings)}，读出 {len(readings)}，失败 0")
