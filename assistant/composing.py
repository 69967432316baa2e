"""Reply → Answer: text, values, citations, the SQL that ran, the 口径, contradictions, and what to ask next.

Where the document contradicts itself on what an answer tells, the figures of the other place belong to its values:
after its own, named after the place that prints them.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer, Citation, Interpretation, Route, Status, Value
from assistant.findings import StoredFinding, worth_telling
from assistant.query import Operation, SemanticQuery
from assistant.reply import Reply
from assistant.routing import Routed
from assistant.understanding import Understanding

_CITED = 12


def compose(
    question: str,
    reply: Reply,
    *,
    understood: Understanding | None = None,
    routed: Routed | None = None,
    conflicts: tuple[StoredFinding, ...] = (),
    sql: tuple[str, ...] = (),
    document: str | None = None,
    notes: tuple[str, ...] = (),
) -> Answer:
    """One Answer. Values are stated in the text; every citation has a short printed label under it."""
    lines = list(notes) + list(reply.lines)
    for finding in conflicts:
        kind = "文件自相矛盾" if worth_telling(finding) else "文件前后有取整的差额"
        lines.append(f"> ⚠️ {kind}：{finding.conflict.message}")
        if finding.message not in reply.disputed:
            lines.append(f"> 这几处是：{'；'.join(dict.fromkeys(_label(c) for c in finding.citations))}")
    cited = reply.citations[:_CITED]
    if reply.answered and cited:
        lines.append("\n出处：" + "；".join(dict.fromkeys(_label(c) for c in cited[:4])))
    query = understood.query if understood else None
    route = routed.route if routed else None
    if not reply.answered:
        route = None
    return Answer(
        question=question,
        text="\n\n".join(_paragraphs(lines)),
        status=reply.status,
        reason=reply.reason,
        values=_values(reply, conflicts),
        citations=cited,
        conflicts=tuple(finding.conflict for finding in conflicts),
        route=route,
        sql=sql,
        interpretation=Interpretation(
            subject=reply.subject,
            scope=reply.scope,
            unit=query.unit if query else "",
            operation=str(query.operation)
            if query
            else (understood.text.need if understood and understood.text else ""),
            understood_as="；".join(notes),
            route_reason=routed.reason if routed else "",
        ),
        suggestions=suggestions(reply, query) if reply.answered else (),
        choices=reply.choices,
        table=reply.table,
        document=document,
    )


def _values(reply: Reply, conflicts: tuple[StoredFinding, ...]) -> tuple[Value, ...]:
    """The figures of a reply, then those of the contradictions that it did not tell itself."""
    if not reply.answered:
        return ()
    seen: dict[tuple[object, str], Value] = {}
    for figure in (*reply.figures, *(f for finding in conflicts for f in finding.told)):
        value = figure.value()
        seen.setdefault((value.value, value.unit), value)
    return tuple(seen.values())


def _paragraphs(lines: list[str]) -> list[str]:
    """List items stay together in one block."""
    blocks: list[str] = []
    for line in lines:
        item = line.startswith(("- ", "* ")) or line[:3].rstrip(". ").isdigit() and ". " in line[:4]
        if (
            item
            and blocks
            and (blocks[-1].split("\n")[-1].startswith(("- ", "* ")) or ". " in blocks[-1].split("\n")[-1][:4])
        ):
            blocks[-1] += "\n" + line
        else:
            blocks.append(line)
    return blocks


def _label(place: Citation) -> str:
    where = place.label()
    page = f"第{place.page}页" if place.page else ""
    return f"{where}（{page}）" if page else where


def suggestions(reply: Reply, query: SemanticQuery | None) -> tuple[str, ...]:
    """Up to three questions that follow on what was told."""
    if not reply.figures or query is None:
        return ()
    subject = reply.figures[0].names[0] if reply.figures[0].names else reply.subject
    if not subject or len(subject) > 24:
        return ()
    ideas = {
        Operation.VALUE: (f"{subject}比上年增减多少？", f"{subject}占总支出多少？", f"{subject}用于什么？"),
        Operation.CHANGE: ("为什么？", f"{subject}占总支出多少？"),
        Operation.RATE: ("为什么？", f"{subject}比上年增减多少？"),
        Operation.SHARE: (f"{subject}比上年增减多少？",),
        Operation.RANK: ("第二大的呢？", "占多少？"),
        Operation.LIST: ("一共多少？", "最大的是哪一项？"),
        Operation.COUNT: ("分别是哪些？", "一共多少？"),
    }
    return ideas.get(query.operation, ())[:3]


def failure(question: str, message: str) -> Answer:
    """A fault, as an Answer with status error."""
    return Answer(question=question, text=message, status=Status.ERROR, reason=message)


def merge(question: str, answers: tuple[Answer, ...]) -> Answer:
    """Several sub-questions answered one by one → one Answer."""
    if len(answers) == 1:
        return replace(answers[0], question=question)
    order = (Status.ANSWERED, Status.CLARIFY, Status.ABSTAINED, Status.ERROR)
    status = next(s for s in order if any(a.status is s for a in answers))
    routes = {a.route for a in answers if a.route}
    route = Route.BOTH if len(routes) > 1 else next(iter(routes), None)
    return Answer(
        question=question,
        text="\n\n".join(a.text for a in answers),
        status=status,
        reason="" if status is Status.ANSWERED else "；".join(dict.fromkeys(a.reason for a in answers if a.reason)),
        values=tuple(dict.fromkeys(v for a in answers for v in a.values)),
        citations=tuple(dict.fromkeys(c for a in answers for c in a.citations)),
        conflicts=tuple(dict.fromkeys(c for a in answers for c in a.conflicts)),
        route=route,
        sql=tuple(dict.fromkeys(s for a in answers for s in a.sql)),
        interpretation=answers[0].interpretation,
        suggestions=answers[-1].suggestions,
        choices=tuple(c for a in answers for c in a.choices),
        table=next((a.table for a in answers if a.table), None),
        document=answers[0].document,
    )
