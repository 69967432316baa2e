"""Figures or sentences: which of the two answers a question, when to give both, and when neither does."""

from __future__ import annotations

from dataclasses import replace

from assistant import (
    announcing,
    covering,
    goals,
    headings,
    holding,
    including,
    passages,
    places,
    purchase_kinds,
    recalling,
    reconciling,
    refusing,
    remainders,
    unspoken,
    weighing,
)
from assistant.answer import Route, Status
from assistant.asking import asks_inclusion, asks_no_number, asks_of_one, asks_place, listed_kind
from assistant.case import Case, Settled, settled
from assistant.changes import OTHER_WAY
from assistant.not_given import not_given, only_figures
from assistant.pointing import adrift
from assistant.query import Operation, SemanticQuery
from assistant.reply import Reply, join
from assistant.resolving import STAGE_MEASURES
from assistant.routing import passage_need
from assistant.understanding import AMOUNTS, SPENDING, Need, TextNeed
from assistant.weighing import Lack
from index.evidence import Classification

_SURE = ("exact", "history", "sibling")
_MOVED = ("compare_previous", "change_down", "change_up", "change_any", "previous", "scope_asked", "ask_amount")
_TELLING = (Operation.VALUE, Operation.LIST)
_OPEN = ("which", "what", "how", "manner")


def settle(case: Case) -> Settled:
    """The answer, the total of purchases with what is bought, a sentence that announces others with these."""
    chosen = unspoken.heeded(case, _settle(case))
    reply = announcing.told_out(chosen.reply, case.library.executor)
    return Settled(purchase_kinds.beside(reply, case.library.documents, case.library.executor), chosen.routed)


def _settle(case: Case) -> Settled:
    """Try what the question asks for first, then what else may answer it."""
    need, query = case.understood.text, case.query
    if (checked := reconciling.put_forward(case)) is not None:
        return checked
    if (rest := remainders.answer(case.understood.linked, case.library)) is not None:
        return settled(Route.TEXT, case, rest, "印出的分配办法")
    if case.routed.clarify:
        return _unclear(case, case.routed.clarify)
    if need is None or need.label:
        named = passages.called(passage_need(case.understood), case.library)
        if named is not None and not case.understood.parts.has(*AMOUNTS):
            return settled(Route.TEXT, case, named, "问的是名称")
    if need is None:
        return _figure_first(case, query) if query is not None else _searched(case)
    match need.need:
        case Need.CONTRADICTION:
            return reconciling.contradiction(case, need)
        case Need.CALCULATION:
            return reconciling.calculation(case, need)
        case Need.REASON:
            return _reason(case, need)
        case Need.DEFINITION:
            return _definition(case, need)
        case Need.MANNER:
            text = passages.answer(need, case.library)
            if not text.answered and not need.names and (meant := _meant(query) or case.names):
                text = passages.answer(replace(need, names=meant), case.library)
            if text.answered or query is None:
                return settled(Route.TEXT if text.answered else None, case, text)
            return _figure_first(case, query)
        case _:
            return _held(case) or _text_first(case, need)


def _unclear(case: Case, what: str) -> Settled:
    """Nothing is named: a text of the body itself may still answer; else ask back."""
    if (named := passages.called(passage_need(case.understood), case.library)) is not None:
        return settled(Route.TEXT, case, named, "问的是名称")
    own = passages.answer(passage_need(case.understood), case.library)
    need = case.understood.text
    if need is not None and need.need is Need.DEFINITION and need.linked is not None and need.linked.has("belongs"):
        if (said := passages.answer(need, case.library)).answered:
            return settled(Route.TEXT, case, said)
    points = case.understood.parts.has("refer") and not case.understood.names
    points = points or (not case.earlier and adrift(case.understood.parts))
    if not points and passages.stands_alone(own, case.understood.linked, case.library):
        return settled(Route.TEXT, case, own)
    return Settled(case.clarify(what), case.routed)


# ---------------------------------------------------------------- figures first


def _figure_first(case: Case, query: SemanticQuery) -> Settled:
    """A figure stands when it explains the question; else a sentence that does; else it is not disclosed."""
    need, parts = passage_need(case.understood), case.understood.parts
    goes_on = case.understood.follows and query.operation is Operation.VALUE and parts.has("continue")  # 那X呢
    asks_amount = goes_on or parts.has(*AMOUNTS) or (len(parts.quantities) > 1 and parts.has("compare"))
    query = holding.narrowed(query, parts.linked, case.library)
    of_a_set = query.members is not None and bool(parts.nouns) and parts.has("list", "which", "count")
    scoped = any(m.sense.scope and m.sense.scope.measure for m in parts.linked.mentions) and bool(parts.subjects)
    one = len(query.subjects) < 2 and not case.understood.follows
    one = (
        one
        and not _bought(query)
        and not (scoped and any(not s.scope_only and s.via in ("exact", "sound") for s in parts.subjects))
    )
    if query.operation in _TELLING and one and not of_a_set and not asks_amount and not parts.has("existence"):
        headed = headings.heading(need, case.library)
        if headed is not None:
            return settled(Route.TEXT, case, headed, "问的是一节文字")
    if (goal := goals.answer(parts.linked, case.understood.names, case.library)) is not None:
        return settled(Route.TEXT, case, goal, "问的是绩效目标")
    if query.operation in _TELLING and not asks_amount and (meant := _entry(case, query, need)) is not None:
        return meant
    if not asks_amount and (of_projects := _held(case)) is not None:
        return of_projects
    if query.operation is Operation.VALUE and (counted := covering.pointed(need, case.library)) is not None:
        return settled(Route.TEXT, case, counted, "文件印有这个数")
    of_one = asks_of_one(parts.linked) or query.detail in ("per_head", "per_month")
    if of_one or parts.has("per_head", "per_month", "per_day"):
        printed = recalling.priced(case.before, case.understood.linked, case.library)
        if printed is not None:
            return settled(Route.TEXT, case, printed, "文件印有这个标准")
    if asks_inclusion(parts.linked.text) and (said := including.included(need, case.library)) is not None:
        if said.answered or len(query.subjects) > 1:
            return settled(Route.TEXT if said.answered else None, case, said, "问的是包不包括")
    said = None if asks_amount else places.where(need, case.library) or covering.saying(need, case.library)
    if said is not None:
        return settled(Route.TEXT, case, said, "问的是地方或原话")
    figure = case.figures(query)
    if figure.status is Status.CLARIFY:
        return settled(Route.SQL, case, figure)
    if figure.answered and asks_place(parts.linked.text) and (where := places.where(need, case.library)) is not None:
        return settled(Route.BOTH, case, join((figure, where), "both"), "数与地方都问")
    if figure.rule == "unlike" and (text := passages.answer(need, case.library)).answered:
        return settled(Route.TEXT, case, text, "几个数不能相加，文字都说到")
    if not weighing.searched(query):
        recalled = None if figure.answered else _recalled(case)
        return recalled or settled(Route.SQL, case, figure)
    if not asks_amount and (consisting := _consisting(case, query, figure)) is not None:
        return consisting
    of_kinds = bool(parts.nouns) and parts.has("list", "count", "which")
    plain = not asks_amount and not of_kinds and not (query.members and (query.members.conditions or _bought(query)))
    open_question = plain and parts.has("which", "what", "how", "list", "manner")
    if open_question and query.operation in _TELLING and (said := covering.beyond(need, case.library)) is not None:
        return settled(Route.TEXT, case, said, "文字说到所问的事")
    counts = bool(case.library.wording.asked(parts.linked).counter)
    if counts and not figure.figures and (recalled := _recalled(case)) is not None:
        return recalled
    if not figure.answered:
        return _without_figure(case, need, figure)
    if figure.rule == "nothing" and _bought(query):
        return settled(Route.SQL, case, figure, "该栏空白")
    asks_who = asks_no_number(parts.linked.text) and not case.understood.follows
    everything = query.operation is Operation.LIST and len(figure.items) > 1 and not parts.has("list")
    spoken = any(word in parts.linked.text for word in case.library.wording.terms.called)
    named = spoken and any(subject.project for subject in query.subjects)
    alone = (
        plain
        and _one_for_many(query, figure, parts.linked.text)
        and (parts.has(*_OPEN) or query.operation is Operation.VALUE)
    )
    if alone or (asks_who or named) and (query.operation is Operation.VALUE or everything) and not asks_amount:
        text = passages.answer(need, case.library)
        said = text if text.answered else not_given(case, need, figure, Lack())
        return settled(Route.TEXT if text.answered else None, case, said, "问的不是数")
    lack = weighing.weigh(parts, query, figure, case.library)
    if not lack:
        return settled(Route.SQL, case, figure)
    text = passages.answer(need, case.library)
    sure = asks_amount and bool(figure.figures) and all(s.via in _SURE for s in parts.subjects)
    beside = sure and not lack.fatal and not weighing.speaks_of(text, query)
    if text.answered and not beside and weighing.answers(text, lack, case.library, asks_amount=asks_amount):
        if weighing.agrees(figure, text) and not lack.other_kind:
            return settled(Route.BOTH, case, join((figure, text), "both"), "数与文字都有")
        return settled(Route.TEXT, case, text, "文字说得更全")
    if lack.narrower and query.operation is Operation.EXISTENCE and figure.figures:
        digits = figure.figures[0].digits
        held = (line for line in figure.lines if digits in line)
        lines = (f"**没有**：文件没有提到“{lack.narrower}”；它列出的是：", *held)
        return settled(Route.SQL, case, replace(figure, lines=lines))
    if lack.other_kind and (recalled := _recalled(case)) is not None:
        return recalled
    if (lack.fatal or weighing.merely(parts, lack, figure)) and not case.understood.follows:
        return settled(None, case, not_given(case, need, figure, lack))
    return settled(Route.SQL, case, figure)


def _one_for_many(query: SemanticQuery, figure: Reply, text: str) -> bool:
    """Were the things asked for that something consists of (拆成哪几块, 是些什么东西), and only its own amount was found?"""
    several = query.operation is Operation.LIST or query.operation is Operation.VALUE and bool(listed_kind(text))
    return several and figure.rule == "value" and len(figure.figures) == 1


def _held(case: Case) -> Settled | None:
    found = holding.answer(case.understood.linked, case.library, case.said, case.before)
    return settled(Route.TEXT, case, found, "问的是某一栏相同的项目") if found is not None else None


def _entry(case: Case, query: SemanticQuery, need: TextNeed) -> Settled | None:
    """What a term of the glossary means, unless its members with their amounts are what is asked (X包括哪几项)."""
    said = passages.entry(need, case.library)
    if said is None or (query.operation is Operation.LIST and len(case.figures(query).items) > 1):
        return None
    return settled(Route.TEXT, case, said, "问的是名词的含义")


def _bought(query: SemanticQuery) -> bool:
    """Are the purchases of one project meant? Its plan lists them with what each costs."""
    members = query.members
    return members is not None and members.classifications == (Classification.PROCUREMENT,) and bool(members.project)


def _without_figure(case: Case, need: TextNeed, figure: Reply) -> Settled:
    """No such figure: a sentence that says it, else why there is none, with where it is mentioned."""
    text = passages.answer(need, case.library)
    if text.answered and weighing.of_the_year(text, case.query, case.library):
        return settled(Route.TEXT, case, text, "没有这样的数，改为检索文字")
    if (recalled := _recalled(case)) is not None and weighing.of_the_year(recalled.reply, case.query, case.library):
        return recalled
    lines, places = (*figure.lines, *text.lines[1:]), (*figure.citations, *text.citations)
    return settled(Route.SQL, case, replace(figure, lines=lines, citations=places))


def _consisting(case: Case, query: SemanticQuery, figure: Reply) -> Settled | None:
    """What something consists of: its members with their amounts beside what the document says in words."""
    linked, need = case.understood.linked, passage_need(case.understood)
    picked = query.members is not None and bool(query.members.conditions)
    blank = query.operation is Operation.LIST and figure.answered and not (figure.figures or need.project or picked)
    if not blank and not any(word in linked.text for word in case.library.wording.terms.consists):
        return None
    members = query.members
    names = (*need.names, *members.names, *members.parents) if members is not None else need.names
    said = passages.consists(replace(need, names=names), case.library)
    if said is None:
        return None
    listed = figure.answered and members is not None and len(figure.figures) > 1
    if listed and not weighing.unused(linked, query):
        return settled(Route.BOTH, case, join((figure, said), "both"), "组成既有数也有说明")
    return settled(Route.TEXT, case, said, "问的是组成")


# ---------------------------------------------------------------- text first


def _searched(case: Case) -> Settled:
    """No figure is meant: search the text, ask back what it points at, else say why there is no answer."""
    linked = case.understood.linked
    if case.understood.parts.has("refer") and not case.library.wording.terms_of(linked):
        return settled(None, case, case.clarify("科目或项目"))
    if (held := _held(case)) is not None:
        return held
    text = passages.answer(passage_need(case.understood), case.library)
    if not text.answered and (recalled := _recalled(case)) is not None:
        return recalled
    if text.answered or text.citations:
        return settled(Route.TEXT if text.answered else None, case, text)
    return settled(None, case, refusing.off_topic(linked.text, case.frame))


def _recalled(case: Case) -> Settled | None:
    """A follow-up whose own words find nothing, with the words of the question before."""
    if case.before is None:
        return None
    text = recalling.answer(case.before, case.understood.linked, case.library)
    return settled(Route.TEXT, case, text, "连同上一问的词检索") if text is not None else None


def _text_first(case: Case, need: TextNeed) -> Settled:
    """The text that is asked for, with the figure that is asked for beside it."""
    if not (need.names or need.project) and case.understood.parts.has("refer") and case.names:
        kind = Need.USE if need.label == SPENDING else need.need
        need = replace(need, need=kind, names=case.names)
    text = passages.answer(need, case.library)
    figure = case.figures(case.query) if case.query is not None else None
    if figure is None or not figure.answered:
        recalled = None if text.answered else _recalled(case)
        return recalled or settled(Route.TEXT if text.answered else None, case, text)
    if not text.answered and not case.understood.parts.has(*AMOUNTS) and not figure.items:
        return settled(None, case, only_figures(figure, text))
    if not text.answered:
        return settled(Route.SQL, case, replace(figure, lines=(*figure.lines, *text.lines)))
    firm = any(m.via == "exact" and (m.sense.names or m.sense.project) for m in case.understood.linked.mentions)
    return settled(Route.BOTH, case, join((figure, text), "both")) if firm else settled(Route.TEXT, case, text)


def _definition(case: Case, need: TextNeed) -> Settled:
    """The definition, with the figure that is asked for beside it; a question about a set is none about a word."""
    text = passages.answer(need, case.library)
    query = case.query
    if query is None or (text.answered and not case.understood.parts.has(*AMOUNTS)):
        return settled(Route.TEXT if text.answered else None, case, text)
    if not text.answered:
        reckoned = query.members is not None or query.operation in (Operation.DIFFERENCE, Operation.SUM)
        return _figure_first(case, query) if reckoned else settled(None, case, text)
    figure = case.figures(query)
    return (
        settled(Route.BOTH, case, join((figure, text), "both")) if figure.answered else settled(Route.TEXT, case, text)
    )


def _meant(query: SemanticQuery | None) -> tuple[str, ...]:
    """The names of the subjects that the conversation gives a question."""
    return tuple(n for s in query.subjects for n in s.names) if query is not None else ()


def _of_all(case: Case) -> tuple[str, ...]:
    """The names of the whole budget, where a question says nothing but what became of it (整个部门的预算缩水)."""
    own = case.understood.parts.has("self") or not case.names
    return case.total if own and not case.library.wording.terms_of(case.understood.linked) else ()


def _reason(case: Case, need: TextNeed) -> Settled:
    """The reason alone, unless a figure is asked for beside it."""
    text = passages.answer(need, case.library)
    if not text.answered and not need.names and (names := _of_all(case) or _meant(case.query) or case.names):
        text = passages.answer(replace(need, names=names), case.library)
    if not text.answered and (scoped := reconciling.scopes_differ(case)) is not None:
        return settled(Route.SQL, case, scoped, "两处口径不同")
    if not text.answered and not case.understood.parts.has(*_MOVED) and not case.understood.follows:  # 作何解释
        meant = passages.answer(replace(need, need=Need.DEFINITION), case.library)
        if meant.answered and meant.rule == "definition":
            return settled(Route.TEXT, case, meant, "问的是名词的含义")
    told_apart = case.query is not None and all(s.conditions for s in case.query.subjects) and case.query.subjects
    claimed = case.understood.parts.quantities and text.answered  # 少了将近九十万，是真省了还是别的缘故
    moved = case.query is not None and case.query.operation in (Operation.CHANGE, Operation.RATE) and claimed
    each = case.query is not None and len(case.query.subjects) > 1 and case.understood.parts.has("list")
    asked = case.understood.parts.has(*AMOUNTS) or bool(told_apart or moved or each)
    presumes = case.query is not None and bool(case.query.direction)
    figure = case.figures(case.query) if case.query is not None and (asked or presumes) else None
    if figure is None or not figure.answered or not (asked or OTHER_WAY in figure.aspects):
        return settled(Route.TEXT if text.answered else None, case, text)
    if text.answered:
        return settled(Route.BOTH, case, join((figure, text), "both"))
    if told_apart and any(f.row is not None and f.row.measure in STAGE_MEASURES for f in figure.figures):
        return settled(None, case, only_figures(figure, text))
    return settled(Route.SQL, case, replace(figure, lines=(*figure.lines, *text.lines)))
