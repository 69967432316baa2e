"""Building and publishing an index: all or nothing, for a reader and for the next builder."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant
from index import build
from index.build import BUILT_IN, IngestReport, Outcome, current, ensure_built_in, ingest
from index.database import DATABASE_NAME, open_read_only
from index.errors import BudgetIndexError, IndexDamaged, IndexMissing, IndexOutdated, StoreUnwritable

ROOT = Path(__file__).resolve().parent.parent


def disclosure(path: Path, body: str, amount: int) -> Path:
    """A short disclosure that states one total."""
    headings = f"2021年{body}部门预算\n第一部分 部门预算公开说明\n一、收支预算总体安排情况\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{headings}2021年部门总预算{amount}万元。\n", encoding="utf-8")
    return path


def totals(index: Path) -> dict[str, int]:
    """What the published index holds: key → its total in 万元."""
    with closing(open_read_only(current(index) / DATABASE_NAME)) as connection:
        rows = connection.execute(
            "SELECT d.key, f.value FROM documents d JOIN facts f ON f.document_id = d.id "
            "WHERE f.subject = '部门总预算' AND f.year = 2021"
        )
        return {row["key"]: row["value"] // 1_000_000 for row in rows}


def contents(index: Path) -> list[str]:
    with closing(sqlite3.connect(current(index) / DATABASE_NAME)) as connection:
        return list(connection.iterdump())


def files(index: Path) -> set[str]:
    return {path.name for path in index.iterdir()}


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return disclosure(tmp_path / "甲.txt", "甲区财政局", 100)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return disclosure(tmp_path / "乙.txt", "乙区教育局", 300)


@pytest.fixture
def index(tmp_path: Path, first: Path) -> Path:
    """An index with one document."""
    directory = tmp_path / "index"
    assert ingest([first], directory).failed == ()
    return directory


# ---------------------------------------------------------------- what is published


def test_documents_are_added_to_what_is_there(index: Path, second: Path) -> None:
    report = ingest([second], index)
    assert report == IngestReport((Outcome(str(second), "乙", facts=1, findings=0),), index)
    assert totals(index) == {"甲": 100, "乙": 300}


def test_a_document_read_again_with_other_content_replaces_the_old_one(index: Path, first: Path) -> None:
    disclosure(first, "甲区财政局", 120)
    assert ingest([first], index).outcomes[0].unchanged is False
    assert totals(index) == {"甲": 120}


def test_the_same_file_again_changes_nothing(index: Path, first: Path) -> None:
    before = current(index)
    assert ingest([first], index).outcomes == (Outcome(str(first), "甲", unchanged=True),)
    assert current(index) == before
    assert files(index) == {".lock", "CURRENT", before.name}


def test_two_builds_of_the_same_files_hold_the_same(tmp_path: Path, first: Path, second: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    ingest([first, second], one)
    ingest([first], other)
    ingest([second], other)
    assert contents(one) == contents(other)


def test_a_given_key_names_the_document(index: Path, first: Path) -> None:
    ingest([first], index, key="甲-2021")
    assert totals(index) == {"甲": 100, "甲-2021": 100}


def test_a_fresh_build_forgets_what_was_there(index: Path, second: Path) -> None:
    ingest([second], index, fresh=True)
    assert totals(index) == {"乙": 300}


def test_every_file_is_told_as_it_is_read(tmp_path: Path, first: Path, second: Path) -> None:
    told: list[tuple[str, int, int]] = []
    ingest([first, second], tmp_path / "index", progress=lambda what, number, of: told.append((what, number, of)))
    assert told == [(str(first), 1, 2), (str(second), 2, 2), ("检索索引", 0, 0)]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, first: Path, second: Path) -> None:
    empty, binary = tmp_path / "空.txt", tmp_path / "二进制.txt"
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 40)
    bad = [tmp_path / "没有.txt", empty, binary, tmp_path / "表.xls", tmp_path]
    report = ingest([first, *bad, second], tmp_path / "index")
    assert [outcome.path for outcome in report.failed] == [str(path) for path in bad]
    assert all(outcome.error and not outcome.key for outcome in report.failed)
    assert totals(tmp_path / "index") == {"甲": 100, "乙": 300}


def test_nothing_is_published_when_no_file_can_be_read(tmp_path: Path) -> None:
    report = ingest([tmp_path / "没有.txt"], tmp_path / "index")
    assert len(report.failed) == 1
    with pytest.raises(IndexMissing):
        current(tmp_path / "index")
    assert files(tmp_path / "index") == {".lock"}


def test_two_files_of_one_name_in_one_run_do_not_overwrite_each_other(tmp_path: Path) -> None:
    one = disclosure(tmp_path / "甲区" / "预算.txt", "甲区财政局", 100)
    other = disclosure(tmp_path / "乙区" / "预算.txt", "乙区教育局", 300)
    report = ingest([one, other], tmp_path / "index")
    assert [outcome.path for outcome in report.failed] == [str(other)]
    assert "预算" in report.failed[0].error and "--key" in report.failed[0].error
    assert totals(tmp_path / "index") == {"预算": 100}
    assert [outcome.path for outcome in ingest([one, other], tmp_path / "index").failed] == [str(other)]


def test_the_same_file_twice_in_one_run_is_read_once(tmp_path: Path, first: Path) -> None:
    report = ingest([first, first], tmp_path / "index")
    assert [(outcome.key, outcome.unchanged) for outcome in report.outcomes] == [("甲", False), ("甲", True)]
    assert totals(tmp_path / "index") == {"甲": 100}


# ---------------------------------------------------------------- atomic publication


def test_readers_of_an_old_generation_are_undisturbed(index: Path, second: Path) -> None:
    opened = Assistant.open(index)
    before = opened.ask("部门总预算是多少")
    ingest([second], index)
    for amount in (301, 302, 303):  # so many that the generation that is being read leaves the disk
        ingest([disclosure(second, "乙区教育局", amount)], index)
    assert not opened.directory.exists()
    assert opened.ask("部门总预算是多少") == before
    assert [entry.key for entry in opened.documents()] == ["甲"]
    assert opened.ask("收支预算总体安排情况是怎么说的", document="甲").status == "answered"
    assert [entry.key for entry in Assistant.open(index).documents()] == ["甲", "乙"]


def test_only_the_last_generations_are_kept(index: Path, second: Path) -> None:
    for amount in range(301, 305):
        ingest([disclosure(second, "乙区教育局", amount)], index)
    assert files(index) == {".lock", "CURRENT", "g000004", "g000005"}


KILLED = """
import os, signal, sys
from pathlib import Path
from index import build

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(build, sys.argv[1], die)
build.ingest([Path(sys.argv[2])], Path(sys.argv[3]))
"""


@pytest.mark.parametrize("step", ["_check", "_write_retrieval", "_publish"])
def test_a_build_that_is_killed_leaves_the_old_index(index: Path, second: Path, step: str) -> None:
    before = contents(index)
    command = [sys.executable, "-c", KILLED, step, str(second), str(index)]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert contents(index) == before
    ingest([second], index)
    assert totals(index) == {"甲": 100, "乙": 300}
    assert files(index) == {".lock", "CURRENT", "g000001", "g000002"}


def fail(error: BaseException) -> Callable[..., None]:
    def raiser(*_: object, **__: object) -> None:
        raise error

    return raiser


@pytest.mark.parametrize("step", ["_load", "_check", "_write_retrieval", "_publish"])
def test_a_build_that_is_interrupted_leaves_nothing_behind(
    index: Path, second: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, names = contents(index), files(index)
    monkeypatch.setattr(build, step, fail(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        ingest([second], index)
    assert (contents(index), files(index)) == (before, names)


def test_concurrent_builders_wait_for_each_other(tmp_path: Path) -> None:
    paths = [disclosure(tmp_path / f"文{number}.txt", f"第{number}局", number) for number in (1, 2, 3)]
    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(lambda path: ingest([path], tmp_path / "index"), paths))
    assert [report.failed for report in reports] == [(), (), ()]
    assert totals(tmp_path / "index") == {"文1": 1, "文2": 2, "文3": 3}


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
    index: Path, first: Path, damage: Callable[[Path], None]
) -> None:
    damage(index)
    with pytest.raises(IndexDamaged) as caught:
        Assistant.open(index)
    assert caught.value.remedy
    with pytest.raises(IndexDamaged):
        ingest([first], index)
    if damage is not pointer_is_a_directory:
        ingest([first], index, fresh=True)
        assert totals(index) == {"甲": 100}


def other_version(index: Path, version: str | None) -> None:
    with closing(sqlite3.connect(current(index) / DATABASE_NAME)) as connection, connection:
        if version is None:
            connection.execute("DELETE FROM manifest")
        else:
            connection.execute("UPDATE manifest SET value = ?", (version,))


@pytest.mark.parametrize(("version", "said"), [("1", "版本 1"), ("999", "版本 999"), (None, "无版本号")])
def test_an_index_of_another_version_is_told_apart(index: Path, version: str | None, said: str) -> None:
    other_version(index, version)
    with pytest.raises(IndexOutdated, match=said):
        Assistant.open(index)
    with pytest.raises(IndexOutdated, match="budget ingest"):
        ingest([], index)


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
    index: Path, second: Path, step: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, names = contents(index), files(index)
    monkeypatch.setattr(build, step, fail(error))
    with pytest.raises(StoreUnwritable, match="磁盘"):
        ingest([second], index)
    assert (contents(index), files(index)) == (before, names)


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
    other_version(own, "2")
    assert totals(own) == {"甲": 100, "乙": 300}


def test_a_built_in_disclosure_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "built_in_path", lambda: tmp_path / "没有.txt")
    with pytest.raises(BudgetIndexError, match="内置文件"):
        ensure_built_in(tmp_path / "index")
