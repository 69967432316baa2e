"""Runs, reports, comparison of runs and the command line, on recorded answers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from eval_recordings import ANSWERS, PREVIOUS, RECEPTION, Recorded, write_suite

from assistant.answer import Answer, Value
from eval.cli import main, run_suite
from eval.difference import Change, compare
from eval.difference import to_markdown as difference_markdown
from eval.report import to_html, to_markdown
from eval.running import Result, load_results, run, write_results
from eval.samples import ResultsError, load_suite
from eval.scoring import Outcome
from eval.statistics import Proportion
from eval.summary import judge, summarise


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    return write_suite(tmp_path / "suite.jsonl")


def test_history_is_asked_as_questions_and_as_pairs(suite: Path) -> None:
    assistant = Recorded()
    list(run(load_suite(suite)[1:2], assistant, stable=True))
    earlier, asked = "公务接待费是多少", "上年公务接待费预算是多少"
    assert assistant.asked == [
        (asked, [earlier], "jianghan-2021"),
        (earlier, [], "jianghan-2021"),
        (asked, [(earlier, RECEPTION)], "jianghan-2021"),
    ]


def test_results_are_written_and_read_back(suite: Path, tmp_path: Path) -> None:
    results = tuple(run(load_suite(suite), Recorded(), clock=iter(range(100)).__next__))
    write_results(results, tmp_path / "out" / "r.jsonl")
    lines = (tmp_path / "out" / "r.jsonl").read_text(encoding="utf-8").splitlines()
    assert [list(json.loads(line)) for line in lines] == [["id", "document", "question", "answer", "elapsed_ms"]] * 4
    assert json.loads(lines[0]) == {
        "id": "lookup-1",
        "document": "jianghan-2021",
        "question": "公务接待费是多少",
        "answer": RECEPTION.to_dict(),
        "elapsed_ms": 1000,
    }
    assert [r.to_json() for r in load_results(tmp_path / "out" / "r.jsonl")] == lines


def test_a_stable_run_is_byte_identical(suite: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_results(run(load_suite(suite), Recorded(), stable=True), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_fault_of_the_assistant_is_an_error_of_one_case(suite: Path) -> None:
    assistant = Recorded({q: a for q, a in ANSWERS.items() if q != "公务接待费是多少"})
    cases = judge(load_suite(suite), run(load_suite(suite), assistant, stable=True))
    assert [case.score.outcome for case in cases] == [Outcome.ERROR, Outcome.RIGHT, Outcome.RIGHT, Outcome.RIGHT]
    assert cases[0].score.faults == ("出错：KeyError: '公务接待费是多少'",)
    assert cases[1].result.forms_agree is False


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "第 1 行：不是 JSON"),
        ('{"id": "a"}', "缺少 document、question、answer、elapsed_ms"),
        ('{"id": "a", "document": null, "question": "q", "answer": 1, "elapsed_ms": 0}', "answer 不是对象"),
        ('{"id": "a", "document": null, "question": "q", "answer": {}, "elapsed_ms": null}', "elapsed_ms 不是数"),
    ],
)
def test_a_broken_results_file_is_refused(line: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ResultsError, match=said):
        load_results(tmp_path / "r.jsonl")


def test_results_must_fit_the_suite(suite: Path) -> None:
    stranger = Result("other", None, "q", {}, 0)
    with pytest.raises(ResultsError, match="题集没有的题：other"):
        judge(load_suite(suite), [stranger])


def test_a_summary_counts_each_layer(suite: Path) -> None:
    samples = load_suite(suite)
    answers = dict(ANSWERS) | {"工会经费的金额": replace(RECEPTION, question="工会经费的金额")}
    summary = summarise(judge(samples, run(samples, Recorded(answers), stable=True)))
    assert (summary.right, summary.wrong, summary.strict) == (Proportion(3, 4), Proportion(1, 4), Proportion(3, 4))
    assert summary.outcomes[Outcome.MADE_UP] == 1
    assert (summary.refusal, summary.over_refusal) == (Proportion(0, 1), Proportion(0, 3))
    assert (summary.conflict_found, summary.false_alarms) == (Proportion(1, 1), Proportion(0, 3))
    assert (summary.followup, summary.history_forms) == (Proportion(1, 1), Proportion(1, 1))
    assert (summary.citation, summary.citation_row) == (Proportion(2, 3), Proportion(1, 1))
    assert summary.faithful == Proportion(4, 4)
    assert {category.value: dict(row) for category, row in summary.routes.items()} == {
        "lookup": {"sql": 1},
        "share": {"sql": 1},
        "unanswerable": {"sql": 1},
        "followup": {"both": 1},
    }
    assert [speed.cases for speed in summary.speeds] == [0]


def test_reports_show_headline_and_failing_cases(suite: Path) -> None:
    samples = load_suite(suite)
    wrong = Answer("公务接待费是多少", "<b>1.17</b> 万元 | 见表", values=(Value(PREVIOUS.values[0].value, "万元"),))
    answers = dict(ANSWERS) | {wrong.question: wrong}
    summary = summarise(judge(samples, run(samples, Recorded(answers), stable=True)))
    text = to_markdown(summary, "评测")
    assert "| 答对（正确率） | 3/4 75.0% [30.1%, 95.4%] |" in text
    assert "- **lookup-1** 答错：公务接待费是多少\n  - 应为：1.16万元\n  - 得到：<b>1.17</b> 万元 \\| 见表" in text
    page = to_html(summary, "评测 <1>")
    assert "<title>评测 &lt;1&gt;</title>" in page
    assert "&lt;b&gt;1.17&lt;/b&gt; 万元 | 见表" in page
    assert "<b>1.17" not in page


def test_two_runs_are_compared_case_by_case(suite: Path) -> None:
    samples = load_suite(suite)
    wrong = replace(RECEPTION, text="没有金额", values=())
    reworded = {"项目支出占比": replace(ANSWERS["项目支出占比"], text=ANSWERS["项目支出占比"].text + " ")}
    before = judge(samples, run(samples, Recorded(dict(ANSWERS) | {RECEPTION.question: wrong}), stable=True))
    after = judge(samples, run(samples, Recorded(dict(ANSWERS) | reworded), stable=True))
    assert [d.change for d in compare(before, after)] == [Change.FIXED, Change.SAME, Change.SAME, Change.CHANGED]
    assert [d.change for d in compare(after, before)][0] is Change.BROKEN
    assert [d.change for d in compare(before, before)][0] is Change.STILL_FAILING
    text = difference_markdown(compare(before, after))
    assert text.startswith("# 两次运行的差异\n\n变坏 0 · 修好 1 · 仍然不对 0 · 都对，但说法变了 1 · 不变 2\n")
    assert "**lookup-1** 公务接待费是多少（wrong → right）" in text
    with pytest.raises(ResultsError, match="不是同一个题集"):
        compare(before, after[1:])


def test_run_suite_writes_what_was_asked_for(suite: Path, tmp_path: Path) -> None:
    out, report, html = tmp_path / "r.jsonl", tmp_path / "r.md", tmp_path / "r.html"
    opened: list[Path | None] = []

    def opener(index: Path | None) -> Recorded:
        opened.append(index)
        return Recorded()

    assert run_suite(suite, None, out, report, html, stable=True, opener=opener) == 0
    assert opened == [None]
    assert len(load_results(out)) == 4
    assert report.read_text(encoding="utf-8").startswith("# 评测 suite\n")
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_run_suite_tells_a_remedy_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    assert run_suite(tmp_path / "bad.jsonl", opener=lambda _: Recorded()) == 1
    assert "bad.jsonl 第 1 行：缺少" in capsys.readouterr().err.replace("\n", "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["score", "{results}", "{suite}"], 0),
        (["diff", "{results}", "{results}", "--suite", "{suite}"], 0),
        (["check", "{suite}"], 0),
        (["score", "{suite}", "{suite}"], 1),
        (["score", "missing.jsonl", "{suite}"], 2),
        (["bench", "--only", "nothing"], 1),
        (["missing.jsonl"], 2),
        (["--nonsense"], 2),
    ],
)
def test_exit_codes(arguments: list[str], code: int, suite: Path, tmp_path: Path) -> None:
    results = tmp_path / "results.jsonl"
    write_results(run(load_suite(suite), Recorded(), stable=True), results)
    with pytest.raises(SystemExit) as ended:
        main([argument.format(suite=suite, results=results) for argument in arguments])
    assert ended.value.code == code
