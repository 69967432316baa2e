"""A typed query → its figures: each operation handed to the module that does it."""

from __future__ import annotations

from dataclasses import replace

from assistant import changes, comparing, completions, dividing, members, movements, namesakes, sharing, values
from assistant.answer import Status
from assistant.conversation import of_project
from assistant.query import COMPLETION, Operation, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.resolving import Resolver
from index.document import Stage
from index.evidence import Classification

_TWO_FIGURES = (Operation.DIFFERENCE, Operation.RATIO, Operation.COMPARISON)


def calculated(query: SemanticQuery, resolver: Resolver) -> Reply:
    """What the documents say to a query, or why they do not."""
    query = _spent(query, resolver)
    if movements.asked(query):
        return movements.answer(query, resolver)
    if query.members is not None:
        reply = members.answer(query, resolver)
        lines = query.members.classifications == (Classification.SPENDING_LINE,)
        if not reply.answered and lines and query.members.project and query.operation is Operation.LIST:
            return values.value(SemanticQuery(Operation.VALUE, (of_project(query.members.project),)), resolver)
        holders = query.members.parents
        if not reply.answered and holders and query.then is Operation.CHANGE:
            whole = query.members.narrowed(parents=(), names=holders, measures=(), level=None, classifications=())
            return changes.change(SemanticQuery(Operation.CHANGE, (whole,), direction=query.direction), resolver)
        if reply.answered or not holders or query.operation is not Operation.LIST:
            return reply
        codes = tuple(h for h in holders if h.isdigit())
        named = tuple(h for h in holders if not h.isdigit())
        query = SemanticQuery(
            Operation.VALUE, (query.members.narrowed(parents=(), names=named, codes=codes, measures=()),)
        )
    if (which := namesakes.asked_back(query, resolver)) is not None:
        return which
    reply = _of_named(query, resolver)
    return _the_same(reply) if query.operation in _TWO_FIGURES and _one_cell(reply) else reply


def _one_cell(reply: Reply) -> bool:
    """Are all figures that were held against each other one and the same?"""
    rows = [f.row for f in reply.figures if f.row is not None]
    return reply.answered and len(rows) > 1 and all(row == rows[0] for row in rows)


def _the_same(reply: Reply) -> Reply:
    figure = next(f for f in reply.figures if f.row is not None)
    line = f"问的是同一个数：{figure.label} {figure.text}，没有另一个数可以和它相比。"
    return Reply((line,), (figure,), figure.citations, status=Status.ABSTAINED, reason="未披露", names=figure.names)


def _of_named(query: SemanticQuery, resolver: Resolver) -> Reply:
    match query.operation:
        case Operation.CHANGE | Operation.RATE:
            return changes.change(query, resolver)
        case Operation.SHARE if query.detail == COMPLETION:
            return completions.completion(query, resolver)
        case Operation.SHARE:
            return sharing.share(query, resolver, resolver.semantics)
        case Operation.DIFFERENCE:
            return comparing.difference(query, resolver)
        case Operation.RATIO:
            return dividing.ratio(query, resolver, _heads(query, resolver))
        case Operation.COMPARISON | Operation.RANK if len(query.subjects) > 1 or query.whole:
            return comparing.comparison(query, resolver)
        case Operation.SUM if len(query.subjects) > 1:
            return comparing.total(query.with_(subjects=_distinct(query.subjects)), resolver)
        case Operation.MEAN if len(query.subjects) > 1:
            return comparing.mean(query, resolver)
        case Operation.EXISTENCE:
            return values.existence(query, resolver)
        case _:
            return values.value(query, resolver)


_STAGED = (
    Classification.FUNCTIONAL, Classification.ECONOMIC, Classification.GOVERNMENT_ECONOMIC, Classification.THREE_PUBLIC,
    Classification.NATURE,
)  # fmt: skip


def _spent(query: SemanticQuery, resolver: Resolver) -> SemanticQuery:
    """Of a set of accounts in final accounts, what was spent on each: not what was budgeted for it or came in."""
    members = query.members
    if members is None or resolver.stage != Stage.FINAL or members.stages:
        return query
    if not members.classifications or not set(members.classifications) <= set(_STAGED):
        return query
    accounts = Classification.FUNCTIONAL in members.classifications
    measures = members.measures or (("合计",) if accounts else ())
    return query.with_(members=members.narrowed(stages=(str(Stage.FINAL),), measures=measures))


def _distinct(subjects: tuple[Selector, ...]) -> tuple[Selector, ...]:
    """Each thing once: one that is part of what another name means already is not added to it again."""
    kept: list[Selector] = []
    for subject in subjects:
        joint = len(subject.names) > 1 and sum(set(o.names) < set(subject.names) for o in subjects) > 1
        same = any(replace(subject, label="") == replace(other, label="") for other in kept)
        if not joint and not same:
            kept.append(subject)
    return tuple(kept)


def _heads(query: SemanticQuery, resolver: Resolver) -> Selector:
    """The people that a figure is divided by where none are named."""
    figure = query.subjects[0] if query.subjects else Selector()
    paid = {*figure.names, figure.project or ""}
    groups = resolver.semantics.synonyms
    people = next((s for s in groups if paid & set(s.paid)), None) or next(
        s for s in groups if "在职人员" in s.surfaces
    )
    return Selector(names=people.names, documents=figure.documents, label=people.names[0])
