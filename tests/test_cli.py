"""The command line: every command, exit codes 0, 1 and 2, a sentence and a remedy instead of a traceback."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path
from typing import NamedTuple

import pytest

import assistant
from assistant.answer import Answer, Status
from assistant.cli import main
from assistant.errors import UnknownDocument
from index.errors import IndexMissing
from tests.fake_assistant import ANSWER, FakeAssistant


class Run(NamedTuple):
    code: int
    out: str
    err: str


class Opener:
    """Stands in for `assistant.Assistant`."""

    def __init__(self, opened: FakeAssistant) -> None:
        self.opened = opened
        self.paths: list[Path | None] = []

    def open(self, path: Path | None = None, settings: object = None) -> FakeAssistant:
        self.paths.append(path)
        return self.opened


@pytest.fixture
def opener(monkeypatch: pytest.MonkeyPatch) -> Opener:
    stand_in = Opener(FakeAssistant())
    monkeypatch.setattr(assistant, "Assistant", stand_in, raising=False)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setenv("COLUMNS", "200")
    return stand_in


@pytest.fixture
def budget(opener: Opener, capsys: pytest.CaptureFixture[str]) -> object:
    def run(*arguments: str) -> Run:
        code = 0
        try:
            main(list(arguments))
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return run


def test_ask_prints_the_answer_its_places_and_its_warning(budget, opener) -> None:  # type: ignore[no-untyped-def]
    done = budget("ask", "公务接待费比上年减少多少")
    assert (done.code, done.err) == (0, "")
    for part in ("减少 1.74 万元", "出处  jianghan-2021", "第9页", "公开表7", "文件前后不一致", "17 万元与 14.8 万元"):
        assert part in done.out
    assert opener.opened.asked == [("公务接待费比上年减少多少", 0, None)]


def test_ask_as_json_is_the_wire_format(budget, opener) -> None:  # type: ignore[no-untyped-def]
    done = budget("ask", ANSWER.question, "--json", "--document", "jianghan-2021", "--index", "somewhere")
    assert json.loads(done.out) == ANSWER.to_dict()
    assert opener.paths == [Path("somewhere")]
    assert opener.opened.asked == [(ANSWER.question, 0, "jianghan-2021")]


@pytest.mark.parametrize("question", ["住房公积金是多少", "天气怎么样"])
def test_a_question_back_and_an_abstention_are_answers(budget, question: str) -> None:  # type: ignore[no-untyped-def]
    assert budget("ask", question).code == 0


def test_the_choices_of_a_clarifying_question_are_listed(budget) -> None:  # type: ignore[no-untyped-def]
    assert "1. 功能分类 2210201 住房公积金" in budget("ask", "住房公积金是多少").out


def test_an_answer_that_is_an_error_fails(budget, opener, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(opener.opened, "ask", lambda question, **_: Answer(question, "坏了", Status.ERROR))
    assert budget("ask", "问题").code == 1


def test_document_text_is_not_read_as_markup(budget) -> None:  # type: ignore[no-untyped-def]
    assert "[刊物]" not in budget("audit").err
    done = budget("audit")
    assert (done.code, "[矛盾] 17 与 14.8 不同" in done.out, "共 1 处" in done.out) == (0, True, True)


def test_an_unknown_key_is_named_with_the_known_ones(budget) -> None:  # type: ignore[no-untyped-def]
    done = budget("audit", "abc")
    assert done.code == 1 and "abc" in done.err and "jianghan-2021" in done.err


def test_sql_documents_and_help(budget) -> None:  # type: ignore[no-untyped-def]
    table = budget("sql", "SELECT 1")
    assert table.code == 0 and "公务接待费" in table.out and "1 行" in table.out
    listed = budget("documents")
    assert listed.code == 0 and "jianghan-2021" in listed.out and "预算" in listed.out
    for command in ("ingest", "ask", "audit", "sql", "serve", "eval", "documents"):
        assert budget(command, "--help").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("no-such-command",),
        ("ask", "问", "--no-such-option"),
        ("ingest", "a", "b", "--key", "k"),
        ("ingest",),
    ],
)
def test_wrong_usage_is_2(budget, arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    done = budget(*arguments)
    assert done.code == 2
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UnknownDocument("没有这份文件：abc", remedy="请看 budget documents"), "请看 budget documents"),
        (IndexMissing("没有找到索引", remedy="请先运行 budget ingest"), "请先运行 budget ingest"),
        (PermissionError(13, "Permission denied", "/root/x"), "/root/x"),
    ],
)
def test_a_fault_is_a_sentence_and_a_remedy(budget, opener, monkeypatch, error, told) -> None:  # type: ignore[no-untyped-def]
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(opener.opened, "ask", fail)
    done = budget("ask", "问题", "--document", "abc")
    assert done.code == 1
    assert done.err.startswith("错误：")
    assert told in done.err and "Traceback" not in done.err


def test_a_setting_that_cannot_be_used_is_a_sentence(budget, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("BUDGET_PORT", "门")
    done = budget("documents")
    assert done.code == 1 and "BUDGET_PORT" in done.err


def test_the_last_resort_is_one_line(budget, capsys) -> None:  # type: ignore[no-untyped-def]
    budget("documents")
    sys.excepthook(KeyError, KeyError("x"), None)
    assert capsys.readouterr().err.count("\n") == 1


def test_eval_is_reached_by_name(budget, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    called: list[object] = []
    runner = types.SimpleNamespace(run_suite=lambda *arguments: called.append(arguments) or 1)
    monkeypatch.setitem(sys.modules, "eval.cli", runner)
    assert budget("eval", "suite.jsonl", "--out", "results.jsonl").code == 1
    assert called == [(Path("suite.jsonl"), None, Path("results.jsonl"))]


def test_ingest_reads_files_and_directories_and_fails_when_one_cannot_be_read(budget, tmp_path) -> None:  # type: ignore[no-untyped-def]
    good = tmp_path / "mine" / "甲-2024.txt"
    good.parent.mkdir()
    good.write_text("2024年部门预算公开\n一、基本情况\n2024年部门总预算10万元。\n", encoding="utf-8")
    (good.parent / "picture.png").write_bytes(b"png")
    index = tmp_path / "index"
    done = budget("ingest", str(good.parent), "--index", str(index))
    assert done.code == 0 and "甲-2024" in done.out and str(index) in done.out
    assert "没有变化" in budget("ingest", str(good), "--index", str(index)).out
    failed = budget("ingest", str(good.parent / "picture.png"), "--index", str(index))
    assert failed.code == 1 and "不支持的文件格式" in failed.out
    (tmp_path / "empty").mkdir()
    nothing = budget("ingest", str(tmp_path / "empty"), "--index", str(index))
    assert nothing.code == 1 and "目前支持" in nothing.err
