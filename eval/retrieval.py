"""How well the passage that answers is found: recall@1, recall@5 and MRR, lexical, dense and fused.

A case is `{"question", "needle"}`: a chunk is right when it contains the needle, spaces and punctuation aside.

    python -m eval retrieval eval/suites/jianghan-2021.retrieval.jsonl
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.evidence import Chunk
from index.lexical import normalise
from index.retrieval import Retriever

Search = Callable[[str], Sequence[Chunk]]
DEPTH = 20  # a right chunk below this rank counts as not found


@dataclass(frozen=True, slots=True)
class RetrievalCase:
    """A question and a string that the right chunk contains."""

    question: str
    needle: str


@dataclass(frozen=True, slots=True)
class RetrievalScore:
    """Shares of the cases, 0–1, and the rank of the first right chunk in each (0: not found)."""

    recall_1: float
    recall_5: float
    mrr: float
    ranks: tuple[int, ...]

    def line(self, name: str) -> str:
        return f"{name:<8} recall@1 {self.recall_1:.3f}  recall@5 {self.recall_5:.3f}  MRR {self.mrr:.3f}"


def read_cases(path: Path) -> tuple[RetrievalCase, ...]:
    """The cases of a JSONL file; ValueError names the line that is none."""
    cases: list[RetrievalCase] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                cases.append(RetrievalCase(**json.loads(line)))
            except (TypeError, ValueError) as error:
                raise ValueError(f"{path.name} 第 {number} 行不是检索用例：{error}") from error
    return tuple(cases)


def rank_of(needle: str, chunks: Iterable[Chunk]) -> int:
    """The rank, from 1, of the first chunk that contains the needle; 0 if none does."""
    wanted = normalise(needle).replace(" ", "")
    for rank, chunk in enumerate(chunks, 1):
        if wanted in normalise(chunk.text).replace(" ", ""):
            return rank
    return 0


def score(cases: Sequence[RetrievalCase], search: Search) -> RetrievalScore:
    """Run every case. Raises ValueError when there is none."""
    if not cases:
        raise ValueError("没有检索用例")
    ranks = tuple(rank_of(case.needle, search(case.question)[:DEPTH]) for case in cases)
    return RetrievalScore(
        recall_1=sum(rank == 1 for rank in ranks) / len(ranks),
        recall_5=sum(1 <= rank <= 5 for rank in ranks) / len(ranks),
        mrr=sum(1 / rank for rank in ranks if rank) / len(ranks),
        ranks=ranks,
    )


def compare(cases: Sequence[RetrievalCase], retriever: Retriever) -> Mapping[str, RetrievalScore]:
    """Scores by lexical rank alone, by cosine alone, and fused, over the same candidates."""

    def ranked(key: Callable[[tuple[float, float, float]], float]) -> Search:
        def search(question: str) -> Sequence[Chunk]:
            hits = retriever.search(question, k=10 * DEPTH)
            hits = tuple(sorted(hits, key=lambda hit: -key((hit.lexical, hit.dense or 0.0, hit.score))))
            return [hit.chunk for hit in hits]

        return search

    return {
        "lexical": score(cases, ranked(lambda parts: parts[0])),
        "dense": score(cases, ranked(lambda parts: parts[1])),
        "fused": score(cases, ranked(lambda parts: parts[2])),
    }
