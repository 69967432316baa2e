"""Questions that hold the document against itself: is it added up right, how is it worked out, why do places differ."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant import disputes, passages
from assistant import figures as fig
from assistant.answer import Route
from assistant.case import Case, Settled, settled
from assistant.query import Operation, Selector, SemanticQuery
from assistant.reply import Reply, join
from assistant.scoping import scope_label
from assistant.understanding import TextNeed

_TELLING = (Operation.VALUE, Operation.LIST)
_HALF_CENT = Decimal("0.005")  # a figure printed to 0.01 may be off by this much
_WORKED_OUT = frozenset({"明细", "数量"})
_AGREES = "**一致**：没有发现文件在这里自相矛盾。"


def calculation(case: Case, need: TextNeed) -> Settled:
    """Printed arithmetic done again, with what the audit found in it; else the lines under the figure."""
    text = passages.answer(need, case.library)
    if text.answered and text.rule == "calculation":
        if "明细" not in text.aspects:
            return settled(Route.TEXT, case, text)
        dispute = disputes.answer(
            case.understood.linked, case.earlier, case.findings, case.library, aspects=_WORKED_OUT
        )
        return settled(Route.TEXT, case, text if dispute is None else join((text, dispute), "calculation"))
    figure = case.figures(case.query) if case.query is not None else None
    if figure is not None and figure.answered:
        return settled(Route.SQL, case, figure)
    return settled(Route.TEXT if text.answered else None, case, text)


def contradiction(case: Case, need: TextNeed) -> Settled:
    """The findings that are meant; else the figures compared; else the text with its arithmetic done again."""
    dispute = disputes.answer(case.understood.linked, case.earlier, case.findings, case.library)
    if dispute is not None:
        return settled(Route.TEXT, case, dispute, "核对审计发现")
    text = passages.answer(need, case.library)
    single = case.query is None or case.query.operation in _TELLING
    if single and text.answered and text.rule == "calculation":
        return settled(Route.TEXT, case, text)
    figure = case.figures(case.query) if case.query is not None else None
    if figure is not None and figure.answered:
        if (added := _added_up(case, figure)) is not None:
            return settled(Route.SQL, case, added)
        told = (
            figure if figure.rule in ("comparison", "difference") else replace(figure, lines=(_AGREES, *figure.lines))
        )
        return settled(Route.SQL, case, told)
    if text.answered:
        text = replace(text, lines=(_AGREES, *text.lines))
    return settled(Route.TEXT if text.answered else None, case, text)


def by_figure(case: Case) -> Settled | None:
    """Is this figure right: printed figures are all that a check names, so the findings or the arithmetic that hold
    them answer it."""
    linked, query = case.understood.linked, case.query
    asked = tuple(m for m in linked.mentions if m.quantity is not None)
    checks = any(m.has("contradiction", "calculation") or m.has("verify") and len(m.text) > 1 for m in linked.mentions)
    named = any(m.sense.names or m.sense.project or m.sense.attribute for m in linked.mentions)
    if not asked or named or not checks or (query is not None and (query.subjects or query.members is not None)):
        return None
    dispute = disputes.with_figures(linked, case.findings, case.library)
    if dispute is not None:
        return settled(Route.TEXT, case, dispute, "核对审计发现")
    text = passages.worked(linked, case.library)
    return settled(Route.TEXT, case, text, "核对印出的算式") if text is not None else None


def _added_up(case: Case, figure: Reply) -> Reply | None:
    """Do the members of a set add up to the figure of what they are members of?"""
    query = case.query
    if query is None or query.members is None or len(figure.items) < 2:
        return None
    names = next((m.sense.names for m in case.understood.linked.mentions if m.sense.names), ())
    holder = case.figures(SemanticQuery(Operation.VALUE, (Selector(names=names, documents=case.library.documents),)))
    if not names or not holder.figures or holder.figures[0].dimension is not figure.items[0].dimension:
        return None
    total, whole = fig.total("各项之和", figure.items), holder.figures[0]
    gap = fig.difference("差额", total, whole)
    same = abs(gap.amount) <= (len(figure.items) + 1) * _HALF_CENT
    verdict = f"**一致**：各项之和 {total.formula}，{whole.label}也是 {whole.text}。"
    if not same:
        apart = f"相差 {fig.absolute(gap).text}（{gap.formula}）"
        verdict = f"**不一致**：各项之和 {total.formula}，而{whole.label}是 {whole.text}，{apart}。"
    return replace(
        figure,
        lines=(verdict, *figure.lines),
        figures=(total, whole, *figure.figures),
        citations=tuple(dict.fromkeys((*figure.citations, *whole.citations))),
        rule="comparison",
    )


def scopes_differ(case: Case) -> Reply | None:
    """Why one name has two figures in two places: what each place counts."""
    if case.query is None or len(case.query.subjects) < 2:
        return None
    figure = case.figures(case.query)
    rows = [(f, f.row) for f in figure.figures if f.row is not None]
    if (
        not figure.answered
        or len(rows) < 2
        or len({row.subject for _, row in rows}) > 1
        or len({f.amount for f, _ in rows}) < 2
    ):
        return None
    told = "；".join(f"{f.text}是“{scope_label(row)}”" for f, row in rows)
    lines = [*figure.lines, f"文件没有另外说明原因；两处的口径不同：{told}。"]
    complement = case.library.wording.terms.complement
    for _, row in rows:
        if row.measure in complement:
            lines.append(f"只含{row.measure}的一处不包括{complement[row.measure]}中的{row.subject}，差额就是这一部分。")
    return replace(figure, lines=tuple(lines))
