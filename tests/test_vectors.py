"""Vectors in Chroma: written aside and swapped in, searched within a set, damaged."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedding import Vectors
from index.errors import IndexDamaged, IndexMissing
from index.vectors import open_vectors, write_vectors


class Compass:
    """An embedder of four words, a quarter turn apart."""

    dimension = 2
    words = {"北": (0, 1), "东": (1, 0), "南": (0, -1), "西": (-1, 0), "东北": (0.6, 0.8)}

    def __init__(self, fingerprint: str = "compass") -> None:
        self.fingerprint = fingerprint

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return np.array([self.words[text] for text in texts], dtype=np.float32).reshape(len(texts), 2)

    def encode_query(self, text: str) -> Vectors:
        vector: Vectors = self.encode_documents([text])[0]
        return vector


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    write_vectors(tmp_path / "vectors", [1, 2, 3, 4], ["北", "东", "南", "西"], Compass())
    return tmp_path / "vectors"


def test_nearest_and_similarities(directory: Path) -> None:
    store = open_vectors(directory)
    query = Compass().encode_query("东北")
    assert (len(store), store.fingerprint) == (4, "compass")
    assert store.nearest(query, 2) == (1, 2)
    assert store.nearest(query, 9, within=[4, 2]) == (2, 4)
    assert store.nearest(query, 9, within=[]) == ()
    assert store.similarities(query, [1, 3, 99]) == {1: pytest.approx(0.8), 3: pytest.approx(-0.8)}
    assert store.similarities(query, []) == {}
    store.close()


def test_written_again_in_place_of_the_old(directory: Path) -> None:
    write_vectors(directory, [7], ["南"], Compass("another"))
    store = open_vectors(directory)
    assert (len(store), store.fingerprint) == (1, "another")
    assert store.nearest(Compass().encode_query("北"), 5) == (7,)
    store.close()
    assert [path.name for path in directory.parent.iterdir()] == ["vectors"]


def test_a_failed_write_leaves_the_old(directory: Path) -> None:
    with pytest.raises(IndexDamaged, match="写入失败"):
        write_vectors(directory, [1], ["不认识"], Compass())
    store = open_vectors(directory)
    assert len(store) == 4
    store.close()
    assert [path.name for path in directory.parent.iterdir()] == ["vectors"]


def test_an_empty_store(tmp_path: Path) -> None:
    write_vectors(tmp_path / "vectors", [], [], Compass())
    store = open_vectors(tmp_path / "vectors")
    assert store.nearest(Compass().encode_query("北"), 3) == ()
    store.close()


def test_a_missing_store_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="只用字面检索"):
        open_vectors(tmp_path / "vectors")
    assert not (tmp_path / "vectors").exists()


def test_a_damaged_store(directory: Path) -> None:
    (directory / "chroma.sqlite3").write_bytes(b"not a database" * 1000)
    with pytest.raises(IndexDamaged, match="打开失败"):
        open_vectors(directory)


def test_a_store_without_its_collection(directory: Path, tmp_path: Path) -> None:
    import chromadb
    from chromadb.config import Settings

    shutil.rmtree(directory)
    chromadb.PersistentClient(str(directory), settings=Settings(anonymized_telemetry=False)).close()
    with pytest.raises(IndexDamaged, match="NotFoundError"):
        open_vectors(directory)
