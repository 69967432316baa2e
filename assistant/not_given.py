"""That the very figure or text which is asked for is not there, with what there is of it instead."""

from __future__ import annotations

from dataclasses import replace

from assistant import passages
from assistant.answer import Status
from assistant.case import Case
from assistant.reply import Reply
from assistant.understanding import AMOUNTS, TextNeed
from assistant.weighing import Lack


def not_given(case: Case, need: TextNeed, figure: Reply, lack: Lack) -> Reply:
    """That the very figure is not there; where the thing is mentioned, else what is given of it instead."""
    mentioned = passages.mention(need, case.library)
    amount = case.understood.parts.has(*AMOUNTS)
    lines = [f"文件没有披露“{lack.name or case.understood.linked.text}”{'的数额' if amount else ''}。"]
    shown = not lack.other and figure.citations
    if mentioned is not None:
        lines.append(f"文件{'提到它，但没有给出数额' if amount else '只说到'}：“{mentioned.text}”")
    elif shown:
        lines += ["文件列出的是：", *figure.lines]
    return Reply(
        tuple(lines),
        citations=(mentioned.citation,) if mentioned is not None else figure.citations if shown else (),
        status=Status.ABSTAINED,
        reason="未披露",
        names=figure.names,
        subject=figure.subject,
        rule="not given",
    )


def only_figures(figure: Reply, text: Reply) -> Reply:
    """That the text which is asked for is not there, with the figures that are."""
    lines = (*text.lines, "文件列出的是：", *figure.lines)
    return replace(text, lines=lines, citations=figure.citations, names=figure.names)
