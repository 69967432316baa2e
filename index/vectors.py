"""Vectors of chunks in a persistent Chroma collection; the only importer of chromadb.

One collection an index, cosine space, record id = chunk id, no text and no metadata: the text is in SQLite, the
document and kind of a chunk in the lexical index. The store is a cache: it can be deleted and written again.

Why Chroma is asked at query time and not bypassed: importing it, opening a store and the first query take 0.8 s
and 80 MB (torch: 5 s, 450 MB), later queries 2–12 ms for 300–20,000 chunks, so only the first passage answer of a
process waits for it, in a background thread if warmed. The graph search only proposes neighbours; similarities
are computed from the stored vectors, so a score does not depend on how a chunk was found.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from index.embedding import Embedder, Vectors
from index.errors import IndexDamaged, IndexMissing, StoreUnwritable

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

_COLLECTION = "chunks"
_FILE = "chroma.sqlite3"
_BATCH = 2000
# One thread: the graph, and so the neighbours it proposes, is the same each time it is built.
_GRAPH = {"hnsw": {"space": "cosine", "num_threads": 1, "ef_search": 300}}
_REMEDY = "请重新建立向量索引；在此之前只用字面检索"


class VectorStore:
    """An opened store. `fingerprint` names the model its vectors are of."""

    def __init__(self, client: Client, collection: Collection) -> None:
        self._client = client
        self._collection = collection
        self.fingerprint = str((collection.metadata or {}).get("fingerprint", ""))
        self._count = collection.count()

    def __len__(self) -> int:
        return self._count

    def nearest(self, query: Vectors, k: int, within: Sequence[int] | None = None) -> tuple[int, ...]:
        """Ids of about the `k` chunks closest to a unit vector, among `within` if given."""
        if not self._count or (within is not None and not len(within)):
            return ()
        with _chroma_faults("查询"):
            found = self._collection.query(
                query_embeddings=query[np.newaxis],
                n_results=min(k, self._count if within is None else len(within)),
                ids=None if within is None else [str(chunk_id) for chunk_id in within],
                include=[],
            )
        return tuple(int(chunk_id) for chunk_id in found["ids"][0])

    def similarities(self, query: Vectors, chunk_ids: Sequence[int]) -> dict[int, float]:
        """Cosine between a unit vector and each of these chunks; a chunk without a vector is left out."""
        if not chunk_ids:
            return {}
        with _chroma_faults("读取"):
            stored = self._collection.get(ids=[str(chunk_id) for chunk_id in chunk_ids], include=["embeddings"])
        vectors = stored["embeddings"]
        if vectors is None or not len(vectors):
            return {}
        cosines = np.asarray(vectors, dtype=np.float32) @ query
        return {int(chunk_id): float(cosine) for chunk_id, cosine in zip(stored["ids"], cosines, strict=True)}

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


def write_vectors(directory: Path, chunk_ids: Sequence[int], texts: Sequence[str], embedder: Embedder) -> None:
    """Embed `texts` and put them at `directory`, in place of what is there only when all is written."""
    fresh = directory.with_name(f"{directory.name}.{os.getpid()}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        with _chroma_faults("写入"):
            _fill(fresh, chunk_ids, texts, embedder)
        old = directory.with_name(f"{directory.name}.{os.getpid()}.old")
        if directory.exists():
            directory.rename(old)
        fresh.rename(directory)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        message = f"无法写入向量索引 {directory}：{error.strerror}"
        raise StoreUnwritable(message, remedy="请检查磁盘空间与权限") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _fill(directory: Path, chunk_ids: Sequence[int], texts: Sequence[str], embedder: Embedder) -> None:
    client = _client(directory)
    try:
        collection = client.create_collection(
            _COLLECTION,
            embedding_function=None,
            configuration=_GRAPH,  # type: ignore[arg-type]
            metadata={"fingerprint": embedder.fingerprint},
        )
        for start in range(0, len(texts), _BATCH):
            part = slice(start, start + _BATCH)
            collection.add(
                ids=[str(chunk_id) for chunk_id in chunk_ids[part]],
                embeddings=embedder.encode_documents(texts[part]),
            )
    finally:
        client.close()


def open_vectors(directory: Path) -> VectorStore:
    """Open what `write_vectors` wrote; IndexMissing or IndexDamaged if that cannot be."""
    if not (directory / _FILE).is_file():  # Chroma would make an empty store here
        raise IndexMissing(f"没有向量索引：{directory}", remedy=_REMEDY)
    with _chroma_faults("打开"):
        client = _client(directory)
        try:
            store = VectorStore(client, client.get_collection(_COLLECTION, embedding_function=None))
        except BaseException:
            client.close()
            raise
    return store


def _client(directory: Path) -> Client:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    try:
        client = chromadb.PersistentClient(str(directory), settings=Settings(anonymized_telemetry=False))
    except Exception:
        # Chroma keeps what it half started and would hand it out for this directory even when that is sound again.
        SharedSystemClient._identifier_to_system.pop(str(directory), None)
        raise
    return cast("Client", client)


@contextmanager
def _chroma_faults(doing: str) -> Iterator[None]:
    """Whatever Chroma raises becomes IndexDamaged."""
    try:
        yield
    except Exception as error:
        raise IndexDamaged(f"向量索引{doing}失败（{type(error).__name__}）", remedy=_REMEDY) from error
