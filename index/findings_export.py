"""Findings for people and for other programs: Markdown, CSV, JSON, the gravest first."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from index.audit import SEVERITY_ORDER
from index.document import Source
from index.evidence import Finding

COLUMNS = ("程度", "类型", "说明", "算式", "涉及", "项目", "出处")


def ordered(findings: Sequence[Finding]) -> list[Finding]:
    """By severity, keeping the given order within one."""
    return sorted(findings, key=lambda f: SEVERITY_ORDER.index(f.severity))


def place(source: Source) -> str:
    """A citable place in one line: section or table, row, column, page or line."""
    where = source.table or source.section
    if source.row:
        where += f"“{source.row}”行"
    if source.column:
        where += f"“{source.column}”列"
    if source.position.page is not None:
        where += f"（第{source.position.page}页）"
    elif source.position.line is not None:
        where += f"（第{source.position.line}行）"
    return where or source.document


def places(finding: Finding) -> list[str]:
    """The finding's places, each once."""
    return list(dict.fromkeys(place(s) for s in finding.sources))


def to_markdown(findings: Sequence[Finding], title: str = "") -> str:
    """A Chinese report with one section a severity. No findings: one sentence saying so."""
    lines = [f"# {title or '勾稽检查'}", ""]
    if not findings:
        return "\n".join([*lines, "没有发现不一致。", ""])
    for severity in SEVERITY_ORDER:
        group = [f for f in findings if f.severity is severity]
        if not group:
            continue
        lines += [f"## {severity.value}（{len(group)}处）", ""]
        for number, finding in enumerate(group, 1):
            lines += [
                f"{number}. **{_escape(finding.kind)}** {_escape(finding.message)}",
                f"   - 算式：{_escape(finding.arithmetic)}",
            ]
            lines += [f"   - 出处：{_escape(where)}" for where in places(finding)]
        lines.append("")
    return "\n".join(lines)


def _escape(text: str) -> str:
    """Document text is data: nothing in it may become markup."""
    for mark in "\\`*_[]<>|":
        text = text.replace(mark, "\\" + mark)
    return text


def to_csv(findings: Sequence[Finding]) -> str:
    """One row a finding under `COLUMNS`; cells that a spreadsheet would run as a formula are quoted."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for finding in ordered(findings):
        writer.writerow(
            [
                _cell(v)
                for v in (
                    finding.severity.value,
                    finding.kind,
                    finding.message,
                    finding.arithmetic,
                    "、".join(finding.subjects),
                    finding.project,
                    "；".join(places(finding)),
                )
            ]
        )
    return buffer.getvalue()


def _cell(text: str) -> str:
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t")) else text


def to_json(findings: Sequence[Finding]) -> str:
    """A JSON list with every field of a finding; sources as places with their quotes."""
    return json.dumps(
        [
            {
                "severity": f.severity.value,
                "kind": f.kind,
                "message": f.message,
                "arithmetic": f.arithmetic,
                "subjects": list(f.subjects),
                "aspects": list(f.aspects),
                "project": f.project,
                "sources": [
                    {
                        "document": s.document,
                        "place": place(s),
                        "section": s.section,
                        "table": s.table,
                        "row": s.row,
                        "column": s.column,
                        "page": s.position.page,
                        "line": s.position.line,
                        "quote": s.quote,
                    }
                    for s in f.sources
                ],
            }
            for f in ordered(findings)
        ],
        ensure_ascii=False,
        indent=2,
    )
