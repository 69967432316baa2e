"""Figures or sentences: which of the two answers a question, when to give both, and when neither does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from assistant import disputes, headings, passages, refusing, weighing
from assistant import figures as fig
from assistant.answer import Route, Status
from assistant.conflicts import StoredFinding
from assistant.library import Library
from assistant.query import Operation, Selector, SemanticQuery
from assistant.reply import Reply, join
from assistant.routing import Routed, passage_need
from assistant.scoping import scope_label
from assistant.understanding import Need, TextNeed, Understanding

AMOUNTS = ("ask_amount", "rate", "share", "difference", "sum", "ratio", "max", "min", "mean")
_TELLING = (Operation.VALUE, Operation.LIST)
_HALF_CENT = Decimal("0.005")  # a figure printed to 0.01 may be off by this much
_WORKED_OUT = frozenset({"明细", "数量"})


def settle(case: Case) -> Settled:
    """Try what the question asks for first, then what else may answer it."""
    need = case.understood.text
    kind = need.need if need is not None else None
    if need is None:
        return _figure_first(case) if case.query is not None else _searched(case)
    if kind is Need.CONTRADICTION:
        return reconciling.contradiction(case, need)
    if kind is Need.CALCULATION:
        return reconciling.calculation(case, need)
    if kind is Need.REASON:
        return _reason(case, need)
    if kind is Need.MANNER:
        text = passages.answer(need, case.library)
        return settled(Route.TEXT, case, text) if text.answered or case.query is None else _figure_first(case)
    return _text_first(case, need)


def _figure_first(case: Case) -> Settled:
    """A figure stands when it explains the question; else a sentence that does; else it is not disclosed."""
    query, linked = case.query, case.understood.linked
    assert query is not None
    need = passage_need(case.understood)
    parts = case.understood.parts
    of_a_set = bool(parts.nouns) and parts.has("list", "which", "count")
    if query.operation in _TELLING and not of_a_set and not parts.has(*AMOUNTS, "existence"):
        headed = headings.heading(need, case.library)
        if headed is not None:
            return settled(Route.TEXT, case, headed, "问的是一节文字")
    figure = case.figures(query)
    if not weighing.searched(query):
        return settled(Route.SQL, case, figure)
    if (consisting := _consisting(case, query, figure)) is not None:
        return consisting
    if not figure.answered:
        text = passages.answer(need, case.library)
        if text.answered:
            return settled(Route.TEXT, case, text, "没有这样的数，改为检索文字")
        return settled(Route.SQL, case, replace(figure, lines=(*figure.lines, *text.lines[1:]), citations=(*figure.citations, *text.citations)))
    other_kind = weighing.of_other_kind(linked, query, figure, case.library)
    left = (*weighing.unexplained(linked, figure, case.library), *weighing.unused(linked, query))
    other = weighing.misread(linked, left, case.library)
    kinds = weighing.kinds(linked, figure, case.library)
    narrower = weighing.narrowed(linked, query, left, case.library)
    if not (left or other_kind or other or kinds or narrower):
        return settled(Route.SQL, case, figure)
    text = passages.answer(need, case.library)
    if not left and not other_kind and not other and not case.understood.parts.has(*AMOUNTS):
        if text.answered and weighing.covers(text, kinds, case.library):
            return settled(Route.TEXT, case, text, "问的不是数")
    things = tuple(t for t in left if t.is_thing)
    if text.answered and weighing.covers(text, things if other_kind else left, case.library):
        if weighing.agrees(figure, text) and not other_kind:
            return settled(Route.BOTH, case, join((figure, text), "both"), "数与文字都有")
        return settled(Route.TEXT, case, text, "文字说得更全")
    parts = case.understood.parts
    asks_else = query.operation is Operation.VALUE and parts.has("which", "what", "how") and not parts.has(*AMOUNTS)
    strange = [t.word for t in weighing.strange(linked, figure, case.library)] if asks_else else []
    if narrower and query.operation is Operation.EXISTENCE and figure.figures:
        lines = (f"**没有**：文件没有提到“{narrower}”；它列出的是：", *(line for line in figure.lines if figure.figures[0].digits in line))
        return settled(Route.SQL, case, replace(figure, lines=lines))
    if other_kind or narrower or other or strange:
        what = other or "".join(t.word for t in left) or "".join(strange)
        return settled(None, case, _not_given(case, need, figure, what, shown=not other))
    return settled(Route.SQL, case, figure)


def _consisting(case: Case, query: SemanticQuery, figure: Reply) -> Settled | None:
    """What something consists of: its members with their amounts beside what the document says in words."""
    text = case.understood.linked.text
    if case.understood.parts.has(*AMOUNTS) or not any(word in text for word in case.library.wording.terms.consists):
        return None
    names = (*passage_need(case.understood).names, *(n for s in (query.members,) if s for n in (*s.names, *s.parents)))
    said = passages.consists(replace(passage_need(case.understood), names=names), case.library)
    if said is None:
        return None
    listed = figure.answered and query.members is not None and len(figure.figures) > 1
    if listed and not weighing.unused(case.understood.linked, query):
        return settled(Route.BOTH, case, join((figure, said), "both"), "组成既有数也有说明")
    return settled(Route.TEXT, case, said, "问的是组成")


def _not_given(case: Case, need: TextNeed, figure: Reply, what: str, *, shown: bool) -> Reply:
    """That the very figure is not there; where the thing is mentioned, and (`shown`) what is given of it instead."""
    mentioned = passages.mention(need, case.library)
    amount = case.understood.parts.has(*AMOUNTS)
    lines = [f"文件没有披露“{what or case.understood.linked.text}”{'的数额' if amount else ''}。"]
    if mentioned is not None:
        lines.append(f"文件{'提到它，但没有给出数额' if amount else '只说到'}：“{mentioned.text}”")
    elif shown:
        lines += ["文件列出的是：", *figure.lines]
    cites = (mentioned.citation,) if mentioned is not None else figure.citations if shown else ()
    return Reply(
        tuple(lines), citations=cites, status=Status.ABSTAINED, reason="未披露", names=figure.names, subject=figure.subject,
        rule="not given",
    )  # fmt: skip


def _searched(case: Case) -> Settled:
    """No figure is meant: search the text, ask back what it points at, else say why there is no answer."""
    linked = case.understood.linked
    if case.understood.parts.has("refer") and not case.library.wording.terms_of(linked):
        return settled(None, case, case.clarify("科目或项目"))
    text = passages.answer(passage_need(case.understood), case.library)
    if text.answered or text.citations:
        return settled(Route.TEXT if text.answered else None, case, text)
    return settled(None, case, refusing.off_topic(case.understood.linked.text, case.frame))


def _text_first(case: Case, need: TextNeed) -> Settled:
    text = passages.answer(need, case.library)
    figure = case.figures(case.query) if case.query is not None else None
    if figure is None or not figure.answered:
        return settled(Route.TEXT if text.answered else None, case, text)
    if text.answered:
        firm = any(m.via == "exact" and (m.sense.names or m.sense.project) for m in case.understood.linked.mentions)
        return settled(Route.BOTH, case, join((figure, text), "both")) if firm else settled(Route.TEXT, case, text)
    return settled(Route.SQL, case, replace(figure, lines=(*figure.lines, *text.lines)))


def _reason(case: Case, need: TextNeed) -> Settled:
    """The reason alone, unless a figure is asked for beside it."""
    text = passages.answer(need, case.library)
    if not text.answered and not need.names and case.names:
        text = passages.answer(replace(need, names=case.names), case.library)
    if not text.answered and (scoped := reconciling.scopes_differ(case)) is not None:
        return settled(Route.SQL, case, scoped, "两处口径不同")
    asked = case.understood.parts.has(*AMOUNTS)
    figure = case.figures(case.query) if case.query is not None and asked else None
    if figure is None or not figure.answered:
        return settled(Route.TEXT if text.answered else None, case, text)
    if text.answered:
        return settled(Route.BOTH, case, join((figure, text), "both"))
    return settled(Route.SQL, case, replace(figure, lines=(*figure.lines, *text.lines)))
