"""Questions that hold the document against itself: is it added up right, how is it worked out, why do places differ."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant import disputes, including, passages
from assistant import figures as fig
from assistant.answer import Route, Status
from assistant.case import Case, Settled, settled
from assistant.findings import aspects
from assistant.query import Operation, Selector, SemanticQuery
from assistant.reply import Reply, join
from assistant.resolving import STAGE_MEASURES
from assistant.scoping import scope_label
from assistant.shapes import Linked
from assistant.text_terms import load
from assistant.understanding import AMOUNTS, TextNeed
from assistant.verifying import bears_out
from index.evidence import Dimension

_TELLING = (Operation.VALUE, Operation.LIST)
_NAMED = 2  # of the conversation, that a question without a name of its own may mean
_HALF_CENT = Decimal("0.005")  # a figure printed to 0.01 may be off by this much
_WORKED_OUT = frozenset({"明细", "数量"})
_AGREES = "**一致**：没有发现文件在这里自相矛盾。"
_ONE_PLACE = "没有找到第二处可以核对的数：文件只在一处印有它。"
_ROUNDED = "没有发现超出印刷取整的矛盾；按所印金额推算的幅度与文件所印的幅度不同。"
_SCOPES = "**数不一样，口径不同**：没有发现文件在这里自相矛盾。"
_CHECKS = ("contradiction", "calculation", "verify", "equal", "more_than", "less_than")


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
    linked, named = case.understood.linked, "、".join(case.names[:_NAMED])
    for earlier in (case.earlier, f"{case.earlier}，{named}") if case.earlier and named else (case.earlier,):
        dispute = disputes.answer(linked, earlier, case.findings, case.library)
        if dispute is not None:
            return _with_asked(case, dispute)
    if (agreed := _in_several_places(case)) is not None:
        return settled(Route.SQL, case, agreed)
    text = passages.answer(need, case.library)
    single = case.query is None or case.query.operation in _TELLING
    if single and text.answered and text.rule == "calculation":
        return settled(Route.TEXT, case, text)
    figure = case.figures(case.query) if case.query is not None else None
    if figure is not None and figure.answered:
        if (added := _added_up(case, figure)) is not None:
            return settled(Route.SQL, case, added)
        told = figure if figure.rule in ("comparison", "difference") else _agreeing(case, figure)
        return settled(Route.SQL, case, told)
    if text.answered:
        text = replace(text, lines=(_AGREES, *text.lines))
    return settled(Route.TEXT if text.answered else None, case, text)


def _with_asked(case: Case, dispute: Reply) -> Settled:
    """What the findings say, behind the figure where one is asked for that they do not tell (增加几万，增幅算得对吗)."""
    query = case.query
    asked = case.understood.parts.has(*AMOUNTS) or case.understood.parts.unit
    figure = case.figures(query) if asked and query is not None and query.subjects else None
    told = {(f.amount, f.unit) for f in dispute.figures}
    if figure is None or not figure.figures or (figure.figures[0].amount, figure.figures[0].unit) in told:
        return settled(Route.TEXT, case, dispute, "核对审计发现")
    return settled(Route.BOTH, case, join((dispute, figure), "both"), "核对审计发现，并给出所问的数")


def put_forward(case: Case) -> Settled | None:
    """What a question puts forward (figures of a named thing, parts and their sum) against the findings; a printed
    figure alone is checked against the findings or the arithmetic that hold it."""
    linked, query = case.understood.linked, case.query
    if (apart := including.in_other_part(case.understood.parts, case.figures)) is not None:
        return settled(Route.SQL, case, apart, "基本支出与项目不是一回事")
    works_out = (
        linked.has("calculation", "sum") and not linked.has("contradiction") and linked.has("per_head", "per_month")
    )
    if works_out and (text := passages.worked(linked, case.library, single=True)) is not None:
        return settled(Route.TEXT, case, text, "印出的算式")
    if linked.has(*_CHECKS) or _offers_two(linked):
        dispute = disputes.claimed(linked, case.findings, case.library)
        if dispute is not None:
            return settled(Route.TEXT, case, dispute, "核对审计发现")
    if linked.has("equal") and _names_places(case):
        dispute = disputes.answer(linked, "", case.findings, case.library)
        if dispute is not None:
            return settled(Route.TEXT, case, dispute, "核对审计发现")
        if (agreed := _in_several_places(case)) is not None:
            return settled(Route.SQL, case, agreed, "各处所印的数")
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


def _offers_two(linked: Linked) -> bool:
    """7个还是14个: two figures, of which one is to be the right one."""
    figures = [m for m in linked.mentions if m.quantity is not None]
    words = load().alternatives
    return any(linked.text[one.end : two.start] in words for one, two in zip(figures, figures[1:], strict=False))


def _in_several_places(case: Case) -> Reply | None:
    """A figure that a question looks for in several places, and that they print alike; None where there is no such."""
    query = case.query
    if query is None or query.operation is not Operation.VALUE or len(query.subjects) != 1 or not _names_places(case):
        return None
    anywhere = query.with_(subjects=(query.subjects[0].narrowed(table_numbers=()),))
    figure, own = case.figures(anywhere), case.figures(query)
    if not figure.figures or not own.figures or own.figures[0].amount != figure.figures[0].amount:
        return None
    return _agreeing(case, figure) if len(figure.figures) == 1 and len(figure.citations) > 1 else None


def _names_places(case: Case) -> bool:
    """Does a question name the places that it holds against each other: tables, the text, 两处?"""
    linked, known = case.understood.linked, aspects()
    return any(m.table for m in linked.mentions) or any(w in linked.text for w in (*known.places, *known.printed))


def _agreeing(case: Case, figure: Reply) -> Reply:
    """A figure that no finding disputes, with the places that print it; another one that the question puts forward is
    told apart, and so are figures of different 口径."""
    lead = figure.lines[0].startswith(("**是的**", "**不是**"))
    told = figure.lines[1:] if lead else figure.lines
    claims = [m for m in case.understood.linked.mentions if m.quantity is not None]
    other = [m for m in claims if m.quantity and not any(bears_out(f, m.quantity) for f in figure.figures)]
    amounts = {f.amount for f in figure.figures if f.row is not None}
    verdict = _SCOPES if len(amounts) > 1 else _AGREES
    rates = {f.amount for f in figure.figures if f.dimension is Dimension.PERCENT}
    if figure.rule == "change" and len(rates) > 1:
        verdict = _ROUNDED
    if len(claims) == 1 and other and figure.figures:
        verdict = f"**不是**：文件在这里写的不是{other[0].text}。"
    places = tuple(dict.fromkeys(c.label() for c in figure.citations))
    added = case.understood.linked.has("sum")
    if verdict == _AGREES and len(places) == 1 and _names_places(case) and not added:
        verdict = _ONE_PLACE
    printed = tuple(f"- 第{number}处：{place}" for number, place in enumerate(places, 1)) if len(places) > 1 else ()
    status = Status.ABSTAINED if verdict == _ONE_PLACE else figure.status
    reason = "未披露" if verdict == _ONE_PLACE else figure.reason
    return replace(figure, lines=(verdict, *told, *printed), status=status, reason=reason)


def _added_up(case: Case, figure: Reply) -> Reply | None:
    """Do the members of a set add up to the figure of what they are members of?"""
    query = case.query
    if query is None or query.members is None or len(figure.items) < 2:
        return None
    if any(item.dimension is not Dimension.MONEY for item in figure.items):
        return None  # indicators of different things add up to nothing
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
        or any(row.measure in STAGE_MEASURES for _, row in rows)  # 从69万调减成61万: a move, no other way of counting
    ):
        return None
    told = "；".join(f"{f.text}是“{scope_label(row)}”" for f, row in rows)
    lines = [*figure.lines, f"文件没有另外说明原因；两处的口径不同：{told}。"]
    complement = case.library.wording.terms.complement
    for _, row in rows:
        if row.measure in complement:
            lines.append(f"只含{row.measure}的一处不包括{complement[row.measure]}中的{row.subject}，差额就是这一部分。")
    return replace(figure, lines=tuple(lines))
