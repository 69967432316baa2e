"""Measurements against bars: answering, cold start, page, index building, memory. Never part of the tests."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

from rich.table import Table

from eval import ingesting
from eval.opening import open_assistant
from eval.probing import PATIENCE_S, ROOT, probe
from eval.running import run
from eval.samples import BenchError, Sample, load_suite
from eval.statistics import percentile

_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Bar:
    """What a measurement has to stay under, in `unit` (ms or MB)."""

    name: str
    title: str
    unit: str
    bar: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """A bar and what was measured; None where nothing could be (`note` says why)."""

    name: str
    title: str
    unit: str
    bar: float
    measured: float | None
    note: str = ""

    @property
    def within(self) -> bool | None:
        return None if self.measured is None else self.measured <= self.bar


def bars() -> tuple[Bar, ...]:
    """The bars of `data/bars.toml`. Raises BenchError if one is unsound."""
    data = tomllib.loads(files("eval").joinpath("data", "bars.toml").read_text(encoding="utf-8"))
    found = []
    for name, entry in data.items():
        if set(entry) != {"title", "unit", "bar"} or entry["unit"] not in ("ms", "MB") or not entry["bar"] > 0:
            remedy = "每项写 title、unit（ms 或 MB）和大于 0 的 bar"
            raise BenchError(f"bars.toml 的 {name} 不对：{entry}", remedy=remedy)
        found.append(Bar(name, entry["title"], entry["unit"], float(entry["bar"])))
    return tuple(found)


def default_suite() -> Path:
    """The largest suite that ships, so that percentiles rest on many cases."""
    suites = sorted((ROOT / "eval" / "suites").glob("*.dev.jsonl"), key=lambda path: -path.stat().st_size)
    if not suites:
        raise BenchError("没有可用的题集", remedy="请用 --suite 给出一个")
    return suites[0]


def measure_all(
    suite: Path, index: Path | None, only: Sequence[str] = (), corpus: Path | None = None
) -> tuple[Measurement, ...]:
    """Measure every bar, or those named in `only` (a name or its first part: "sql" is sql_p50 and sql_p95); reading
    many documents only where a folder of them, `corpus`, is given."""
    known = [bar for bar in bars() if corpus is not None or _MEASURES[bar.name] is not _ingestion]
    wanted = [bar for bar in known if not only or bar.name in only or bar.name.split("_")[0] in only]
    if not wanted:
        names = "、".join(bar.name for bar in known)
        raise BenchError(f"没有这些项：{'、'.join(only)}", remedy=f"可选：{names}；读多份文件的另给 --corpus 文件夹")
    samples = load_suite(suite)
    notes: dict[str, str] = {}
    context = _Context(suite, samples, index, corpus, notes)
    measured: dict[str, float | None] = {}
    for measure in dict.fromkeys(_MEASURES[bar.name] for bar in wanted):
        try:
            measured.update(measure(context))
        except BenchError as error:
            notes.update({bar.name: str(error) for bar in wanted if _MEASURES[bar.name] is measure})
    return tuple(
        Measurement(bar.name, bar.title, bar.unit, bar.bar, measured.get(bar.name), notes.get(bar.name, ""))
        for bar in wanted
    )


@dataclass(frozen=True, slots=True)
class _Context:
    suite: Path
    samples: tuple[Sample, ...]
    index: Path | None
    corpus: Path | None
    notes: dict[str, str]

    @property
    def index_argument(self) -> str:
        return str(self.index.resolve()) if self.index else ""


def _answers(context: _Context) -> dict[str, float | None]:
    """In this process, after one answer on each side has loaded what is loaded lazily."""
    assistant = open_assistant(context.index)
    list(run(context.samples[:1], assistant, pairs=False))
    results = list(run(context.samples, assistant, pairs=False))
    times: dict[str, list[float]] = {"sql": [], "text": []}
    loaded: set[str] = set()
    for result in results:
        route = str(result.answer.get("route"))
        # The first passage answer pays for loading the model; it belongs to the cold start.
        if route in times and route in loaded:
            times[route].append(result.elapsed_ms)
        loaded.add(route)
    return {f"{route}_p{percent}": percentile(times[route], percent) for route in times for percent in (50, 95)}


def _first(context: _Context) -> dict[str, float | None]:
    question = next((s.question for s in context.samples if not s.history), context.samples[0].question)
    probe("warm", context.index_argument)  # an index that must first be built is another measurement
    elapsed, _ = probe("first", context.index_argument, question)
    return {"first": elapsed}


def _build(_context: _Context) -> dict[str, float | None]:
    with tempfile.TemporaryDirectory(prefix="budget-bench-") as directory:
        elapsed, _ = probe("warm", "", BUDGET_INDEX_DIR=str(Path(directory) / "index"))
    return {"build": elapsed}


def _memory(context: _Context) -> dict[str, float | None]:
    _, told = probe("memory", context.index_argument, str(context.suite.resolve()))
    return {"memory": float(told["memory_mb"])}


def _ingestion(context: _Context) -> dict[str, float | None]:
    if context.corpus is None:
        raise BenchError("没有给出文件夹", remedy="请用 --corpus 给出")
    measured, context.notes["ingest"] = ingesting.measure(context.corpus, load_suite(_documents()))
    return measured


def _documents() -> Path:
    """The questions about many documents that ship."""
    return ROOT / "eval" / "suites" / "documents.jsonl"


def _page(context: _Context) -> dict[str, float | None]:
    """From starting `python app.py` to the first page delivered."""
    script = ROOT / "app.py"
    if not script.exists():
        raise BenchError("没有 app.py", remedy="请在源码目录里运行")
    probe("warm", context.index_argument)
    port = _free_port()
    environment = {**os.environ, "BUDGET_HOST": "127.0.0.1", "BUDGET_PORT": str(port), "GRADIO_SERVER_PORT": str(port)}
    if context.index:
        environment["BUDGET_INDEX_DIR"] = context.index_argument
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(script)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not _answers_http(port):
            if process.poll() is not None:
                raise BenchError(f"app.py 提前退出（{process.returncode}）", remedy="请单独运行 python app.py")
            if time.perf_counter() - started > PATIENCE_S:
                raise BenchError(f"网页 {PATIENCE_S:.0f} 秒内没有就绪", remedy="请单独运行 python app.py")
            time.sleep(_POLL_S)
        return {"page": (time.perf_counter() - started) * 1000}
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _answers_http(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


_Measure = Callable[[_Context], dict[str, float | None]]
_MEASURES: Mapping[str, _Measure] = {
    "sql_p50": _answers,
    "sql_p95": _answers,
    "text_p50": _answers,
    "text_p95": _answers,
    "first": _first,
    "page": _page,
    "build": _build,
    "memory": _memory,
    "ingest": _ingestion,
    "ingest_memory": _ingestion,
    "everywhere_p95": _ingestion,
}


def _lines(measured: Sequence[Measurement]) -> Iterator[tuple[str, str, str, str]]:
    verdicts = {True: "达标", False: "超出", None: "未测"}
    for item in measured:
        value = "—" if item.measured is None else f"{item.measured:.0f} {item.unit}"
        told = "" if item.measured is None and item.note else verdicts[item.within]
        yield item.title, f"≤ {item.bar:.0f} {item.unit}", value, "；".join(part for part in (told, item.note) if part)


def to_table(measured: Sequence[Measurement]) -> Table:
    """For a terminal."""
    table = Table("项目", "标准", "实测", "结论")
    for line in _lines(measured):
        table.add_row(*line)
    return table


def to_json(measured: Sequence[Measurement]) -> str:
    """For a machine; a measurement that could not be taken is null."""
    return json.dumps([{**asdict(item), "within": item.within} for item in measured], ensure_ascii=False, indent=2)
