"""An index that cannot be used or written says so, with a remedy; the built-in one is built again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant
from index import build
from index.build import BUILT_IN, current, ensure_built_in, ingest
from index.database import DATABASE_NAME, SCHEMA_VERSION
from index.errors import BudgetIndexError, IndexDamaged, IndexMissing, IndexOutdated, StoreUnwritable
from tests.small_index import contents, fail, files, totals

# ---------------------------------------------------------------- what cannot be used


def test_nothing_built_yet_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="budget ingest"):
        current(tmp_path / "nowhere")
    with pytest.raises(IndexMissing):
        Assistant.open(tmp_path / "nowhere")


def no_pointer(index: Path) -> None:
    (index / "CURRENT").unlink()


def empty_pointer(index: Path) -> None:
    (index / "CURRENT").write_bytes(b"")


def binary_pointer(index: Path) -> None:
    (index / "CURRENT").write_bytes(b"\xff\xfe\x00\x81")


def pointer_to_nothing(index: Path) -> None:
    (index / "CURRENT").write_text("g999999\n", encoding="utf-8")


def pointer_to_the_parent(index: Path) -> None:
    (index / "CURRENT").write_text("..\n", encoding="utf-8")


def pointer_with_a_null(index: Path) -> None:
    (index / "CURRENT").write_text("g000001\0\n", encoding="utf-8")


def pointer_is_a_directory(index: Path) -> None:
    (index / "CURRENT").unlink()
    (index / "CURRENT").mkdir()


def no_generation(index: Path) -> None:
    (index / "g000001").rename(index / "elsewhere")


def no_database(index: Path) -> None:
    (index / "g000001" / DATABASE_NAME).unlink()


def empty_database(index: Path) -> None:
    (index / "g000001" / DATABASE_NAME).write_bytes(b"")


def not_a_database(index: Path) -> None:
    (index / "g000001" / DATABASE_NAME).write_bytes(b"garbage" * 5000)


def cut(index: Path, share: float) -> None:
    path = index / "g000001" / DATABASE_NAME
    os.truncate(path, int(path.stat().st_size * share))


def cut_short(index: Path) -> None:
    cut(index, 0.02)


def cut_in_half(index: Path) -> None:
    cut(index, 0.5)


def cut_at_the_end(index: Path) -> None:
    cut(index, 0.99)


DAMAGES = [
    no_pointer, empty_pointer, binary_pointer, pointer_to_nothing, pointer_to_the_parent, pointer_with_a_null,
    pointer_is_a_directory, no_generation, no_database, empty_database, not_a_database, cut_short, cut_in_half,
    cut_at_the_end,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_index_is_reported_with_a_remedy_and_can_be_built_anew(
    small_index: Path, first: Path, damage: Callable[[Path], None]
) -> None:
    damage(small_index)
    with pytest.raises(IndexDamaged) as caught:
        Assistant.open(small_index)
    assert caught.value.remedy
    with pytest.raises(IndexDamaged):
        ingest([first], small_index)
    if damage is not pointer_is_a_directory:
        ingest([first], small_index, fresh=True)
        assert totals(small_index) == {"甲": 100}


def other_version(index: Path, version: str | None) -> None:
    with closing(sqlite3.connect(current(index) / DATABASE_NAME)) as connection, connection:
        if version is None:
            connection.execute("DELETE FROM manifest")
        else:
            connection.execute("UPDATE manifest SET value = ?", (version,))


@pytest.mark.parametrize(("version", "said"), [("1", "版本 1"), ("999", "版本 999"), (None, "无版本号")])
def test_an_index_of_another_version_is_told_apart(small_index: Path, version: str | None, said: str) -> None:
    other_version(small_index, version)
    with pytest.raises(IndexOutdated, match=said):
        Assistant.open(small_index)
    with pytest.raises(IndexOutdated, match="budget ingest"):
        ingest([], small_index)


@pytest.mark.parametrize("place", [".", "below"])
def test_a_file_in_the_place_of_the_directory(tmp_path: Path, first: Path, place: str) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(StoreUnwritable, match="--index") as caught:
        ingest([first], tmp_path / "taken" / place)
    assert "taken" in caught.value.message


@pytest.mark.parametrize("step", ["_write_retrieval", "_publish"])
@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), sqlite3.OperationalError("database or disk is full")], ids=repr
)
def test_a_full_disk_leaves_the_old_index(
    small_index: Path, second: Path, step: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, names = contents(small_index), files(small_index)
    monkeypatch.setattr(build, step, fail(error))
    with pytest.raises(StoreUnwritable, match="磁盘"):
        ingest([second], small_index)
    assert (contents(small_index), files(small_index)) == (before, names)


# ---------------------------------------------------------------- the built-in disclosure


def test_the_built_in_disclosure_is_built_on_first_use_and_only_then(tmp_path: Path) -> None:
    generation = ensure_built_in(tmp_path / "index")
    assert totals(tmp_path / "index") == {BUILT_IN: 2053}
    assert ensure_built_in(tmp_path / "index") == generation


@pytest.fixture
def own(tmp_path: Path, first: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of which `first` is the built-in disclosure (the real one takes seconds)."""
    monkeypatch.setattr(build, "built_in_path", lambda: first)
    monkeypatch.setattr(build, "BUILT_IN", first.stem)
    ensure_built_in(tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize("damage", [no_pointer, not_a_database, cut_in_half], ids=lambda damage: damage.__name__)
def test_a_damaged_index_of_the_built_in_disclosure_is_built_again(own: Path, damage: Callable[[Path], None]) -> None:
    damage(own)
    ensure_built_in(own)
    assert totals(own) == {"甲": 100}


def test_an_outdated_index_of_the_built_in_disclosure_is_built_again(own: Path) -> None:
    other_version(own, "1")
    ensure_built_in(own)
    assert totals(own) == {"甲": 100}


def test_a_persons_own_documents_are_never_thrown_away(own: Path, second: Path) -> None:
    ingest([second], own)
    other_version(own, "1")
    with pytest.raises(IndexOutdated):
        ensure_built_in(own)
    other_version(own, str(SCHEMA_VERSION))
    assert totals(own) == {"甲": 100, "乙": 300}


def test_a_built_in_disclosure_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "built_in_path", lambda: tmp_path / "没有.txt")
    with pytest.raises(BudgetIndexError, match="内置文件"):
        ensure_built_in(tmp_path / "index")
