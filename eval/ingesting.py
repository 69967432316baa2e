"""A folder of disclosures read into an index, timed beside pdfplumber on some of the same pages; then asked over."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from eval.opening import open_assistant
from eval.probing import probe
from eval.samples import BenchError, Sample
from eval.statistics import percentile

_EVERY = 50  # one page in so many is read by the yardstick
_PATIENCE_S = 1800.0


def measure(folder: Path, samples: Sequence[Sample]) -> tuple[dict[str, float | None], str]:
    """Times in ms and memory in MB by the names of the bars, and the yardstick in words.

    Each sample's question is asked over all documents at once, whatever document it was written for.
    Raises BenchError where the folder holds no PDF or one cannot be read.
    """
    files = sorted(folder.rglob("*.pdf"))
    if not files:
        raise BenchError(f"{folder} 里没有 PDF", remedy="请用 --corpus 给出存放公开文件的文件夹")
    with tempfile.TemporaryDirectory(prefix="budget-bench-") as directory:
        index = Path(directory) / "index"
        elapsed, told = probe("ingest", str(index), str(folder.resolve()), patience_s=_PATIENCE_S)
        if told["failed"]:
            raise BenchError(f"有 {told['failed']} 份没有读成", remedy="请用 budget ingest 看是哪几份")
        asked = _asked(index, samples)
    pages, beside = yardstick(files)
    note = f"{len(files)} 份 {pages} 页，{pages / elapsed * 1000:.0f} 页/秒；{beside}"
    memory = float(told["memory_mb"])
    return {"ingest": elapsed, "ingest_memory": memory, "everywhere_p95": percentile(asked, 95)}, note


def _asked(index: Path, samples: Sequence[Sample]) -> list[float]:
    """Milliseconds of each question, after one that loads what is loaded lazily."""
    assistant = open_assistant(index)
    questions = [sample.question for sample in samples if not sample.history]
    assistant.ask(questions[0])
    times = []
    for question in questions:
        begun = time.perf_counter()
        assistant.ask(question)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def yardstick(files: Sequence[Path], every: int = _EVERY) -> tuple[int, str]:
    """How many pages the files have, and how fast pdfplumber takes words and tables from every so many-th of them, in
    one process."""
    try:
        import pdfplumber
    except ImportError as error:
        raise BenchError("没有安装 pdfplumber，无从对照", remedy="请运行 pip install pdfplumber") from error

    seconds, taken, number = 0.0, 0, 0
    for file in files:
        with pdfplumber.open(file) as document:
            for page in document.pages:
                number += 1
                if number % every:
                    continue
                begun = time.perf_counter()
                page.extract_words()
                page.extract_tables()
                seconds += time.perf_counter() - begun
                taken += 1
                page.close()
    told = f"pdfplumber 抽样 {taken} 页，单核 {taken / seconds:.0f} 页/秒" if taken else "页数太少，没有对照"
    return number, told
