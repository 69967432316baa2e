"""Asking a suite of an assistant, and the results file: JSON Lines, one case a line."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from eval.samples import ResultsError, Sample

_LOGGER = logging.getLogger(__name__)
_KEYS = ("id", "document", "question", "answer", "elapsed_ms")

Clock = Callable[[], float]
"""Seconds from any origin."""


class AnswerLike(Protocol):
    """All that is used of an answer."""

    def to_dict(self) -> dict[str, Any]: ...


class AssistantLike(Protocol):
    """All that is used of an assistant."""

    def ask(self, question: str, history: Any = ..., document: Any = ...) -> Any: ...


@dataclass(frozen=True, slots=True)
class Result:
    """One line of a results file. `answer` is `Answer.to_dict()`; `elapsed_ms` is 0 in a stable run.

    `paired` is the answer to the same follow-up when the history came as (question, Answer) pairs instead of as
    questions; it is compared but not written.
    """

    id: str
    document: str | None
    question: str
    answer: Mapping[str, Any]
    elapsed_ms: float
    paired: Mapping[str, Any] | None = field(default=None, compare=False)

    def to_json(self) -> str:
        """The line, without its newline. Keys keep their order, so equal results are equal bytes."""
        return json.dumps({name: getattr(self, name) for name in _KEYS}, ensure_ascii=False)

    @property
    def forms_agree(self) -> bool | None:
        """Whether both forms of history led to the same figures; None if only one was tried."""
        if self.paired is None:
            return None
        return all(self.answer.get(name) == self.paired.get(name) for name in ("status", "values"))


def run(
    samples: Iterable[Sample],
    assistant: AssistantLike,
    *,
    stable: bool = False,
    pairs: bool = True,
    clock: Clock = time.perf_counter,
) -> Iterator[Result]:
    """Ask every sample in order and yield its result as soon as it is there.

    `stable` writes 0 for the time taken, so that a repeated run is byte-identical. A follow-up is asked with its
    earlier questions as plain strings and, if `pairs`, again with (question, Answer) pairs.
    A fault of the assistant becomes an answer of status "error": one bad case does not end a run.
    """
    for sample in samples:
        started = clock()
        answer = _ask(assistant, sample.question, list(sample.history), sample.document)
        elapsed = 0 if stable else round((clock() - started) * 1000, 3)
        paired = _ask_with_pairs(assistant, sample) if pairs and sample.history else None
        yield Result(sample.id, sample.document, sample.question, answer, elapsed, paired)


def _ask(assistant: AssistantLike, question: str, history: Sequence[object], document: str | None) -> dict[str, Any]:
    try:
        answer: AnswerLike = assistant.ask(question, history=list(history), document=document)
        return answer.to_dict()
    except Exception as error:
        _LOGGER.exception("asking %r failed", question)
        return {"question": question, "text": "", "status": "error", "reason": f"{type(error).__name__}: {error}"}


def _ask_with_pairs(assistant: AssistantLike, sample: Sample) -> dict[str, Any]:
    """Hold the conversation as a person would: each turn sees the answers before it."""
    pairs: list[tuple[str, Any]] = []
    for question in sample.history:
        try:
            pairs.append((question, assistant.ask(question, history=list(pairs), document=sample.document)))
        except Exception as error:
            _LOGGER.exception("asking %r failed", question)
            reason = f"{type(error).__name__}: {error}"
            return {"question": sample.question, "text": "", "status": "error", "reason": reason}
    return _ask(assistant, sample.question, pairs, sample.document)


def write_results(results: Iterable[Result], path: Path) -> None:
    """Write the results file aside and put it in place at the end, so a stopped run leaves no half file."""
    aside = path.with_name(path.name + ".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    aside.write_text("".join(result.to_json() + "\n" for result in results), encoding="utf-8")
    aside.replace(path)


def load_results(path: Path) -> tuple[Result, ...]:
    """Read a results file. Raises ResultsError naming the first bad line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ResultsError(f"读不出结果文件 {path}：{error}", remedy="请先运行 python -m eval run") from error
    results: dict[str, Result] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        result = _result(line, f"{path.name} 第 {number} 行")
        if result.id in results:
            raise ResultsError(f"{path.name} 第 {number} 行：id“{result.id}”重复", remedy="一道题只应有一行")
        results[result.id] = result
    return tuple(results.values())


def _result(line: str, where: str) -> Result:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise ResultsError(f"{where}：不是 JSON（{error.msg}）", remedy="文件可能没有写完，请重新运行") from None
    if not isinstance(value, dict) or (missing := [name for name in _KEYS if name not in value]):
        lacking = "、".join(_KEYS if not isinstance(value, dict) else missing)
        raise ResultsError(f"{where}：缺少 {lacking}", remedy="请用 python -m eval run 生成")
    if not isinstance(value["answer"], dict):
        raise ResultsError(f"{where}：answer 不是对象", remedy="它应是 Answer.to_dict() 的输出")
    elapsed = value["elapsed_ms"]
    if isinstance(elapsed, bool) or not isinstance(elapsed, int | float):
        raise ResultsError(f"{where}：elapsed_ms 不是数", remedy="请用 python -m eval run 生成")
    return Result(str(value["id"]), value["document"], str(value["question"]), value["answer"], elapsed)
