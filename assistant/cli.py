"""`budget`: the command line. Heavy modules are imported only inside the commands that need them.

Exit codes: 0 done (a clarifying question and an abstention are answers), 1 failed, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.config import load_settings
from assistant.errors import AssistantError, UnknownDocument
from index.errors import BudgetIndexError

if TYPE_CHECKING:
    from assistant import Assistant

app = typer.Typer(
    name="budget",
    help="对政府预算、决算公开文件提问，得到可以核对的数字。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Index = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="索引目录，默认取 BUDGET_INDEX_DIR 或内置位置")
]
DocumentKey = Annotated[str | None, typer.Option("--document", metavar="KEY", help="只问这一份文件")]


def _open(index: Path | None) -> Assistant:
    from assistant import Assistant

    return Assistant.open(index, settings=load_settings(index_dir=index))


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="文件或目录")],
    index: Index = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="KEY", help="文件的键，默认取文件名；只能用于单个文件")
    ] = None,
) -> None:
    """读入公开文件，建立或更新索引。"""
    from assistant.console import progress_line, show_ingest
    from index.build import ingest as ingest_files
    from index.reading import supported_formats

    if key is not None and (len(paths) != 1 or paths[0].is_dir()):
        raise typer.BadParameter("--key 只能用于单个文件", param_hint="--key")
    settings = load_settings(index_dir=index)
    wanted = [file for path in paths for file in files_below(path, supported_formats())]
    if not wanted:
        raise AssistantError("没有可以读入的文件", remedy=f"目前支持：{'、'.join(supported_formats())}")
    report = ingest_files(
        wanted, settings.index_dir, key=key, embedding_model=settings.embedding_model or None, progress=progress_line
    )
    show_ingest(report)
    if report.failed:
        raise typer.Exit(1)


def files_below(path: Path, formats: Collection[str]) -> list[Path]:
    """A file itself, or every file of a known format in a directory, sorted, but for those that programs hide there."""
    if not path.is_dir():
        return [path]
    found = (file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in formats)
    return sorted(file for file in found if not file.name.startswith((".", "~$")))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="问题，例如：公务接待费比上年减少多少")],
    document: DocumentKey = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON（Answer.to_dict()）")] = False,
    index: Index = None,
) -> None:
    """提一个问题。"""
    from assistant.answer import Status

    answer = _open(index).ask(question, document=document)
    if as_json:
        typer.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        from assistant.console import show_answer

        show_answer(answer)
    if answer.status is Status.ERROR:
        raise typer.Exit(1)


@app.command()
def audit(
    key: Annotated[str | None, typer.Argument(metavar="[KEY]", help="文件的键，不给则检查全部文件")] = None,
    index: Index = None,
) -> None:
    """列出文件自相矛盾之处（勾稽检查）。"""
    from assistant.console import show_findings

    assistant = _open(index)
    known = [document.key for document in assistant.documents()]
    if key is not None and key not in known:
        raise UnknownDocument(f"索引里没有文件“{key}”", remedy=f"可选：{'、'.join(known)}")
    show_findings(assistant.findings(key))


@app.command()
def sql(
    select: Annotated[str, typer.Argument(metavar="SELECT", help="一条 SELECT 语句")],
    index: Index = None,
) -> None:
    """只读地查询索引中的表和视图。"""
    from assistant.console import show_table

    show_table(_open(index).sql(select))


@app.command()
def documents(index: Index = None) -> None:
    """列出索引中的文件。"""
    from assistant.console import show_documents

    show_documents(_open(index).documents())


@app.command()
def serve(
    index: Index = None,
    host: Annotated[str | None, typer.Option("--host", help="监听地址，默认 127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option("--port", help="端口，默认 7860")] = None,
) -> None:
    """打开网页。"""
    from assistant.ui import serve as serve_page

    settings = load_settings(index_dir=index, host=host, port=port)
    assistant = _open(index)
    typer.echo(f"网页地址：http://{settings.host}:{settings.port}（按 Ctrl+C 结束）")
    serve_page(assistant, settings)


@app.command("eval")
def evaluate(
    suite: Annotated[Path, typer.Argument(metavar="SUITE.jsonl", help="评测题，每行一题")],
    index: Index = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="RESULTS.jsonl", help="逐题结果写到这里")] = None,
) -> None:
    """跑一套评测题。"""
    try:
        runner = import_module("eval.cli")
    except ImportError as error:
        raise AssistantError(f"评测部分没有安装（{error}）", remedy="请从源代码目录运行，或重新安装") from error
    raise typer.Exit(int(runner.run_suite(suite, index, out)))


def _last_resort(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A fault nobody foresaw: one line for the person, the details only on request."""
    typer.echo(f"内部错误（{kind.__name__}：{error}）。请带上这一行和所用的命令反馈给维护者", err=True)


def main(arguments: list[str] | None = None) -> None:
    """The console script. What a person can mend is told in a sentence, never as a traceback."""
    sys.excepthook = _last_resort
    try:
        typer.main.get_command(app).main(args=arguments, prog_name="budget")
    except (AssistantError, BudgetIndexError) as error:
        typer.echo(f"错误：{error.message}", err=True)
        if error.remedy:
            typer.echo(f"办法：{error.remedy}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(1)
    except OSError as error:
        typer.echo(f"错误：{error.strerror or error}（{error.filename or '输入输出'}）", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
