"""What the command line prints: answers, tables, findings, progress."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from assistant.answer import Answer, Citation, ResultTable

if TYPE_CHECKING:
    from assistant.findings import StoredFinding
    from index.build import IngestReport

_QUOTE = 60  # characters of a quotation on one line


def console() -> Console:
    """A console on standard output; document text is never read as markup."""
    return Console(markup=False, highlight=False, soft_wrap=False)


def show_answer(answer: Answer) -> None:
    """The answer, and of its choices, warnings, 口径 and places what its text does not say already."""
    out = console()
    out.print(Markdown(answer.text))
    for number, choice in enumerate(answer.choices, start=1):
        if choice not in answer.text:
            out.print(f"  {number}. {choice}")
    if warned := [conflict.message for conflict in answer.conflicts if conflict.message not in answer.text]:
        lines = Text("\n".join(f"• {message}" for message in warned))
        out.print(Panel(lines, title="文件前后不一致", border_style="yellow", title_align="left"))
    understood = answer.interpretation
    year = f"{understood.year}年" if understood.year else ""
    if scope := " · ".join(part for part in (understood.subject, understood.scope, year) if part):
        out.print(Text(f"口径  {scope}", style="dim"))
    for citation in dict.fromkeys(answer.citations):
        if citation.label() not in answer.text:
            out.print(Text(f"出处  {_place(citation)}", style="dim"))


def _place(citation: Citation) -> str:
    page = f"第{citation.page}页" if citation.page is not None else ""
    quote = citation.quote if len(citation.quote) <= _QUOTE else f"{citation.quote[: _QUOTE - 1]}…"
    return "  ".join(part for part in (citation.document, page, citation.label(), quote) if part)


def show_table(table: ResultTable) -> None:
    """A result as a table of texts."""
    show_rows(table.columns, table.rows)
    console().print(Text(f"{len(table.rows)} 行", style="dim"))


def show_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows under a header."""
    drawn = Table(show_lines=False, header_style="bold")
    for column in columns:
        drawn.add_column(Text(column), overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    console().print(drawn)


def show_documents(documents: Sequence[Any]) -> None:
    """Key, title, body, year and stage of each document."""
    show_rows(
        ("键", "标题", "单位", "年度", "阶段"),
        [
            (document.key, document.title, document.body, str(document.year or ""), str(document.stage))
            for document in documents
        ],
    )


def show_findings(findings: Sequence[StoredFinding]) -> None:
    """Every finding with its arithmetic and places."""
    out = console()
    for number, finding in enumerate(findings, start=1):
        out.print(Text(f"{number}. [{finding.severity}] {finding.message}", style="bold"))
        if finding.arithmetic:
            out.print(Text(f"   {finding.arithmetic}"))
        for citation in finding.citations:
            out.print(Text(f"   · {_place(citation)}", style="dim"))
    out.print(f"共 {len(findings)} 处" if findings else "没有发现矛盾")


def progress_line(name: str, done: int, total: int) -> None:
    """One step of reading files: "3/12 文件名"."""
    position = f"{done}/{total} " if total else ""
    console().print(Text(f"{position}{name}", style="dim"))


def show_ingest(report: IngestReport) -> None:
    """What became of each file and where the index is."""
    out = console()
    for outcome in report.outcomes:
        if outcome.error:
            out.print(Text(f"没有读入 {outcome.path}：{outcome.error}", style="red"))
        elif outcome.unchanged:
            out.print(f"{outcome.key}：没有变化")
        else:
            out.print(f"{outcome.key}：{outcome.facts} 个数字，{outcome.findings} 处矛盾")
    out.print(f"索引：{report.directory}")
