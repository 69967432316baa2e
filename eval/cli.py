"""`python -m eval …`: run, score, compare and measure. Exit codes: 0 done, 1 failed, 2 usage."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from assistant.errors import AssistantError
from eval.checking import check, index_names, reference_names
from eval.difference import compare, to_markdown
from eval.opening import database_of, open_assistant, open_retriever
from eval.report import CATEGORY_NAMES, OUTCOME_NAMES, failing_cases
from eval.report import to_html as report_html
from eval.report import to_markdown as report_markdown
from eval.running import AssistantLike, Result, load_results, run, write_results
from eval.samples import EvaluationError, Sample, SuiteError, load_suite
from eval.summary import Summary, judge, summarise
from index.errors import BudgetIndexError

app = typer.Typer(help="评测：运行题集、打分、比较、测速。", no_args_is_help=True, add_completion=False)
console = Console(soft_wrap=True)
errors = Console(stderr=True, soft_wrap=True)

SuitePath = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="题集（JSON Lines）")]
ResultsPath = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="结果（JSON Lines）")]
IndexDir = Annotated[Path | None, typer.Option("--index", help="索引目录；不写则用内置索引")]
ReportPath = Annotated[Path | None, typer.Option("--report", help="把报告写成 Markdown")]
HtmlPath = Annotated[Path | None, typer.Option("--html", help="把报告写成 HTML")]


@contextmanager
def _remedies() -> Iterator[None]:
    """What a person can fix is told in words; a fault of the program keeps its traceback."""
    try:
        yield
    except (EvaluationError, BudgetIndexError, AssistantError) as error:
        errors.print(str(error), markup=False, highlight=False, style="red")
        raise typer.Exit(1) from error


def run_suite(
    suite: Path,
    index: Path | None = None,
    out: Path | None = None,
    report: Path | None = None,
    html: Path | None = None,
    *,
    stable: bool = False,
    opener: Callable[[Path | None], AssistantLike] = open_assistant,
) -> int:
    """Run a suite, write what was asked for, print the headline. Returns the exit code.

    This is what `budget eval` calls; `opener` lets a test ask a recorded assistant.
    """
    try:
        samples = load_suite(suite)
        assistant = opener(index)
        results = list(_with_progress(samples, run(samples, assistant, stable=stable)))
        if out is not None:
            write_results(results, out)
        _tell(samples, results, f"评测 {suite.stem}", report, html)
    except (EvaluationError, BudgetIndexError, AssistantError) as error:
        errors.print(str(error), markup=False, highlight=False, style="red")
        return 1
    return 0


def _with_progress(samples: Sequence[Sample], results: Iterator[Result]) -> Iterator[Result]:
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        yield from progress.track(results, total=len(samples), description="提问")


def _tell(
    samples: Sequence[Sample], results: Sequence[Result], title: str, report: Path | None, html: Path | None
) -> Summary:
    summary = summarise(judge(samples, results))
    _write(report, report_markdown(summary, title))
    _write(html, report_html(summary, title))
    _print(summary)
    return summary


def _write(path: Path | None, text: str) -> None:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _print(summary: Summary) -> None:
    table = Table(title="分类", title_justify="left")
    table.add_column("类别")
    for name in ("正确率", *OUTCOME_NAMES.values()):
        table.add_column(name, justify="right")
    for row in summary.categories:
        counts = (str(count or "") for count in row.outcomes.values())
        table.add_row(f"{CATEGORY_NAMES[row.category]} {row.category}", str(row.right), *counts)
    console.print(table)
    for case in failing_cases(summary.cases):
        console.print(f"{case.id} {case.outcome}：{case.question}\n    {case.faults}", markup=False, highlight=False)
    lines = (
        ("正确率", summary.right),
        ("误导率", summary.wrong),
        ("不可答没有编造", summary.refusal),
        ("矛盾被指出", summary.conflict_found),
        ("误报矛盾", summary.false_alarms),
        ("追问", summary.followup),
        ("历史两种写法一致", summary.history_forms),
        ("引用覆盖出处", summary.citation),
        ("数字有来处", summary.faithful),
    )
    for name, proportion in lines:
        console.print(f"{name}：{proportion}", markup=False, highlight=False)
    for speed in summary.speeds:
        if speed.median is not None and speed.p95 is not None:
            told = f"耗时 {speed.label}：p50 {speed.median:.1f} ms，p95 {speed.p95:.1f} ms（{speed.cases} 题）"
            console.print(told, markup=False, highlight=False)


@app.command("run")
def run_command(
    suite: SuitePath,
    index: IndexDir = None,
    out: Annotated[Path | None, typer.Option("--out", help="把结果写成 JSON Lines")] = None,
    report: ReportPath = None,
    html: HtmlPath = None,
    stable: Annotated[bool, typer.Option("--stable", help="不记耗时：重复运行逐字节相同")] = False,
) -> None:
    """运行一个题集并打分。"""
    raise typer.Exit(run_suite(suite, index, out, report, html, stable=stable))


@app.command("score")
def score_command(results: ResultsPath, suite: SuitePath, report: ReportPath = None, html: HtmlPath = None) -> None:
    """给已有的结果打分。"""
    with _remedies():
        _tell(load_suite(suite), load_results(results), f"评测 {results.stem}", report, html)


@app.command("diff")
def diff_command(
    before: ResultsPath,
    after: ResultsPath,
    suite: Annotated[Path, typer.Option("--suite", exists=True, dir_okay=False, help="两次运行的题集")],
    report: ReportPath = None,
) -> None:
    """逐题比较两次运行。"""
    with _remedies():
        samples = load_suite(suite)
        differences = compare(judge(samples, load_results(before)), judge(samples, load_results(after)))
        text = to_markdown(differences)
        _write(report, text)
        console.print(text, markup=False, highlight=False)


@app.command("check")
def check_command(suite: SuitePath, index: IndexDir = None) -> None:
    """检查题集：格式、类别、模板是否雷同。"""
    with _remedies():
        samples = load_suite(suite)
        names = reference_names() | (index_names(database_of(index)) if index else frozenset())
        found = check(samples, names)
    categories = "、".join(f"{CATEGORY_NAMES[category]} {count}" for category, count in found.by_category)
    statuses = "、".join(f"{status} {count}" for status, count in found.by_status)
    console.print(f"{found.cases} 题：{categories}", markup=False, highlight=False)
    console.print(f"应有的状态：{statuses}；依据未写明表号或章节的 {found.unlocated} 题", markup=False, highlight=False)
    if found.absent:
        absent = "、".join(CATEGORY_NAMES[category] for category in found.absent)
        console.print(f"没有的类别：{absent}", markup=False, highlight=False)
    for fault in found.faults:
        errors.print(fault, markup=False, highlight=False, style="red")
    if found.faults:
        raise typer.Exit(1)


@app.command("bench")
def bench_command(
    suite: Annotated[Path | None, typer.Option("--suite", exists=True, dir_okay=False, help="测速用的题集")] = None,
    index: IndexDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    only: Annotated[str, typer.Option("--only", help="只测这些项，逗号分隔")] = "",
    corpus: Annotated[
        Path | None,
        typer.Option("--corpus", exists=True, file_okay=False, help="公开文件的文件夹：另测读取与全部文件上的提问"),
    ] = None,
) -> None:
    """测速：作答、冷启动、页面就绪、建索引、内存，与标准并列；给出文件夹时另测读取。"""
    from eval.bench import default_suite, measure_all, to_json, to_table

    with _remedies():
        wanted = tuple(name.strip() for name in only.split(",") if name.strip())
        measured = measure_all(suite or default_suite(), index, wanted, corpus)
    if as_json:
        console.out(to_json(measured), highlight=False)
    else:
        console.print(to_table(measured))


@app.command("mutate")
def mutate_command(
    suite: SuitePath,
    index: Annotated[Path, typer.Option("--index", exists=True, file_okay=False, help="索引目录")],
    seed: Annotated[int, typer.Option("--seed", help="换值的种子")] = 1,
) -> None:
    """把库里的金额换掉再问一遍：答案必须跟着数据走。"""
    from eval.following import follow, print_following

    with _remedies():
        followed = follow(load_suite(suite), index, open_assistant, seed=seed)
    print_following(console, followed)
    if any(case.stuck for case in followed):
        raise typer.Exit(1)


@app.command("retrieval")
def retrieval_command(cases: SuitePath, index: IndexDir = None) -> None:
    """检索：recall@k 与 MRR，字面、向量与融合各一行。"""
    from eval.retrieval import compare as compare_retrieval
    from eval.retrieval import read_cases

    with _remedies():
        try:
            known = read_cases(cases)
        except ValueError as error:
            raise SuiteError(str(error), remedy='每行写 {"question": …, "needle": …}') from error
        for name, scored in compare_retrieval(known, open_retriever(index)).items():
            console.print(scored.line(name), markup=False, highlight=False)


@app.command("corpus")
def corpus_command(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="文件夹，内有 PDF 与 INDEX.csv")],
    processes: Annotated[int, typer.Option("--processes", min=1, help="进程数")] = 2,
    every: Annotated[int, typer.Option("--every", min=1, help="每隔几份读一份")] = 1,
    worst: Annotated[int, typer.Option("--worst", min=0, help="列出几份最差的")] = 15,
) -> None:
    """读一个文件夹的公开文件：表找到多少、勾稽成立多少、单位年度阶段是否认对。"""
    from eval.corpus import read_corpus, summary_lines

    with _remedies():
        try:
            readings = list(read_corpus(folder, processes, every))
        except FileNotFoundError as error:
            raise SuiteError(f"{folder} 里没有 INDEX.csv", remedy="请给出带索引的文件夹") from error
    for line in summary_lines(readings, worst):
        console.print(line, markup=False, highlight=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """`python -m eval SUITE.jsonl …` without a command means `run`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and not given[0].startswith("-") and given[0] not in {info.name for info in app.registered_commands}:
        given.insert(0, "run")
    app(args=given, prog_name="python -m eval")
