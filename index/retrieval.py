"""A question → the passages that answer it: BM25 and dense similarity, fused by score.

`score = bm25 / best bm25 + weight · cosine`, over the best candidates of each side. The dense side is loaded once,
on first use or by `warm()` in the background; a search waits for it rather than answer without it, so the same
question always gets the same answer. When the dense side cannot be had, the answer is lexical and
`warnings` says why.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.embedding import Embedder, open_embedder
from index.errors import BudgetIndexError, EmbeddingUnavailable
from index.evidence import Chunk
from index.lexical import Lexical, best, indexed_text, query_text
from index.vectors import VectorStore, open_vectors, write_vectors

DENSE_WEIGHT = 0.25
_CANDIDATES = 100  # of each side


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its fused score; `lexical` is its share of the best BM25 (0–1), `dense` its cosine,
    None when there is no dense side."""

    chunk: Chunk
    score: float
    lexical: float
    dense: float | None = None


class Embedding(NamedTuple):
    """Which model to embed with; `model` None is the embedded default."""

    model: str | None = None
    allow_download: bool = False


class _Dense(NamedTuple):
    embedder: Embedder
    store: VectorStore


class Retriever:
    """Searches one index. `chunk_of` maps a chunk id (1..n) to its chunk and is called in the caller's thread."""

    def __init__(
        self,
        lexical: Lexical,
        chunk_of: Callable[[int], Chunk],
        vectors: Path | None = None,
        *,
        embedding: Embedding = Embedding(),  # noqa: B008 - immutable
        dense_weight: float = DENSE_WEIGHT,
    ) -> None:
        self._lexical = lexical
        self._chunk_of = chunk_of
        self._vectors = vectors
        self._embedding = embedding
        self._weight = dense_weight
        self._lock = threading.Lock()
        self._loaded = vectors is None or dense_weight == 0
        self._dense: _Dense | None = None
        self._warnings: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know about the dense side, in Chinese; empty when all is well or not yet loaded."""
        return self._warnings

    def warm(self) -> None:
        """Load the dense side in the background and return at once."""
        if not self._loaded:
            threading.Thread(target=self._ready, name="retriever-warm", daemon=True).start()

    def search(
        self,
        query: str,
        *,
        k: int = 8,
        documents: Collection[str] | None = None,
        kinds: Collection[str] | None = None,
    ) -> tuple[Hit, ...]:
        """The `k` best passages of these documents and kinds, best first, ties in document order."""
        scores = self._lexical.scores(query)
        allowed = self._lexical.allowed(documents, kinds)
        if allowed is not None:
            scores = np.where(allowed, scores, np.float32(0))
        candidates = [place + 1 for place in best(scores, max(k, _CANDIDATES))]
        highest = float(scores[candidates[0] - 1]) if candidates else 1.0
        cosines = self._cosines(query, candidates, allowed, max(k, _CANDIDATES))
        fused = {
            chunk_id: float(scores[chunk_id - 1]) / highest + self._weight * cosines.get(chunk_id, 0.0)
            for chunk_id in {*candidates, *cosines}
        }
        order = sorted(fused, key=lambda chunk_id: (-round(fused[chunk_id], 6), chunk_id))
        return tuple(
            Hit(self._chunk_of(i), fused[i], float(scores[i - 1]) / highest, cosines.get(i)) for i in order[:k]
        )

    def _cosines(
        self, query: str, candidates: list[int], allowed: np.ndarray[tuple[int], np.dtype[np.bool_]] | None, k: int
    ) -> dict[int, float]:
        dense = self._ready()
        wanted = query_text(query)
        if dense is None or not wanted:
            return {}
        try:
            vector = dense.embedder.encode_query(wanted)
            within = None if allowed is None else [int(place) + 1 for place in np.flatnonzero(allowed)]
            near = dense.store.nearest(vector, k, within)
            return dense.store.similarities(vector, sorted({*candidates, *near}))
        except BudgetIndexError as error:
            self._give_up(error)
            return {}

    def _ready(self) -> _Dense | None:
        """The dense side, loaded by the first caller while others wait."""
        with self._lock:
            if not self._loaded:
                self._loaded = True
                try:
                    self._dense = self._load()
                except BudgetIndexError as error:
                    self._warnings = (*self._warnings, str(error))
            return self._dense

    def _load(self) -> _Dense:
        assert self._vectors is not None  # noqa: S101 - `_loaded` is set when there is no directory
        embedder = self._open_embedder()
        store = open_vectors(self._vectors)
        problem = ""
        if store.fingerprint != embedder.fingerprint:
            problem = "向量索引由另一个模型建立"
        elif len(store) != len(self._lexical):
            problem = f"向量索引有 {len(store)} 段，字面索引有 {len(self._lexical)} 段"
        if problem:
            store.close()
            raise EmbeddingUnavailable(problem, remedy="请重新建立向量索引；在此之前只用字面检索")
        return _Dense(embedder, store)

    def _open_embedder(self) -> Embedder:
        try:
            return open_embedder(self._embedding.model, allow_download=self._embedding.allow_download)
        except EmbeddingUnavailable as error:
            if self._embedding.model is None:
                raise
            self._warnings = (*self._warnings, f"{error}；已改用内置向量模型")
            return open_embedder()

    def _give_up(self, error: BudgetIndexError) -> None:
        with self._lock:
            self._dense = None
            self._warnings = (*self._warnings, str(error))

    def rebuild(self) -> None:
        """Write the vectors again from the chunks, with the model in use, and search with them from now on."""
        if self._vectors is None:
            return
        with self._lock:
            self._warnings = ()
            if self._dense is not None:
                self._dense.store.close()
                self._dense = None
            embedder = self._open_embedder()
            chunk_ids: Sequence[int] = range(1, len(self._lexical) + 1)
            texts = [indexed_text(self._chunk_of(chunk_id)) for chunk_id in chunk_ids]
            write_vectors(self._vectors, chunk_ids, texts, embedder)
            self._dense = _Dense(embedder, open_vectors(self._vectors))
            self._loaded = True

    def close(self) -> None:
        """Let go of the files of the dense side."""
        with self._lock:
            if self._dense is not None:
                self._dense.store.close()
            self._dense, self._loaded = None, True
