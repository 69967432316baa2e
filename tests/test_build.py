"""Building and publishing an index: all or nothing, for a reader and for the next builder."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import Assistant
from index import build
from index.build import IngestReport, Outcome, current, ingest
from index.errors import IndexMissing
from tests.small_index import contents, disclosure, fail, files, totals

ROOT = Path(__file__).resolve().parent.parent


# ---------------------------------------------------------------- what is published


def test_documents_are_added_to_what_is_there(small_index: Path, second: Path) -> None:
    report = ingest([second], small_index)
    assert report == IngestReport((Outcome(str(second), "乙", facts=1, findings=0),), small_index)
    assert totals(small_index) == {"甲": 100, "乙": 300}


def test_a_document_read_again_with_other_content_replaces_the_old_one(small_index: Path, first: Path) -> None:
    disclosure(first, "甲区财政局", 120)
    assert ingest([first], small_index).outcomes[0].unchanged is False
    assert totals(small_index) == {"甲": 120}


def test_the_same_file_again_changes_nothing(small_index: Path, first: Path) -> None:
    before = current(small_index)
    assert ingest([first], small_index).outcomes == (Outcome(str(first), "甲", unchanged=True),)
    assert current(small_index) == before
    assert files(small_index) == {".lock", "CURRENT", before.name}


def test_two_builds_of_the_same_files_hold_the_same(tmp_path: Path, first: Path, second: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    ingest([first, second], one)
    ingest([first], other)
    ingest([second], other)
    assert contents(one) == contents(other)


def test_a_given_key_names_the_document(small_index: Path, first: Path) -> None:
    ingest([first], small_index, key="甲-2021")
    assert totals(small_index) == {"甲": 100, "甲-2021": 100}


def test_a_fresh_build_forgets_what_was_there(small_index: Path, second: Path) -> None:
    ingest([second], small_index, fresh=True)
    assert totals(small_index) == {"乙": 300}


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


def test_readers_of_an_old_generation_are_undisturbed(small_index: Path, second: Path) -> None:
    opened = Assistant.open(small_index)
    before = opened.ask("部门总预算是多少")
    ingest([second], small_index)
    for amount in (301, 302, 303):  # so many that the generation that is being read leaves the disk
        ingest([disclosure(second, "乙区教育局", amount)], small_index)
    assert not opened.directory.exists()
    assert opened.ask("部门总预算是多少") == before
    assert [entry.key for entry in opened.documents()] == ["甲"]
    assert opened.ask("收支预算总体安排情况是怎么说的", document="甲").status == "answered"
    assert [entry.key for entry in Assistant.open(small_index).documents()] == ["甲", "乙"]


def test_only_the_last_generations_are_kept(small_index: Path, second: Path) -> None:
    for amount in range(301, 305):
        ingest([disclosure(second, "乙区教育局", amount)], small_index)
    assert files(small_index) == {".lock", "CURRENT", "g000004", "g000005"}


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
def test_a_build_that_is_killed_leaves_the_old_index(small_index: Path, second: Path, step: str) -> None:
    before = contents(small_index)
    command = [sys.executable, "-c", KILLED, step, str(second), str(small_index)]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert contents(small_index) == before
    ingest([second], small_index)
    assert totals(small_index) == {"甲": 100, "乙": 300}
    assert files(small_index) == {".lock", "CURRENT", "g000001", "g000002"}


@pytest.mark.parametrize("step", ["_load", "_check", "_write_retrieval", "_publish"])
def test_a_build_that_is_interrupted_leaves_nothing_behind(
    small_index: Path, second: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, names = contents(small_index), files(small_index)
    monkeypatch.setattr(build, step, fail(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        ingest([second], small_index)
    assert (contents(small_index), files(small_index)) == (before, names)


def test_concurrent_builders_wait_for_each_other(tmp_path: Path) -> None:
    paths = [disclosure(tmp_path / f"文{number}.txt", f"第{number}局", number) for number in (1, 2, 3)]
    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(lambda path: ingest([path], tmp_path / "index"), paths))
    assert [report.failed for report in reports] == [(), (), ()]
    assert totals(tmp_path / "index") == {"文1": 1, "文2": 2, "文3": 3}
