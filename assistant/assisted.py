"""What a configured language model adds: a second try where the deterministic path has nothing.

In this order: a typed intent that runs like any other; a passage answer whose every number stands in its passages;
a SELECT that passes the guard. The model never writes a figure: each comes from rows or quoted passages. Notes say
that a model helped, or why its help was not used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import sqlglot
from sqlglot import exp

from assistant.answer import Citation, ResultTable, Route
from assistant.case import Settled
from assistant.catalog import Catalog
from assistant.errors import StatementRefused
from assistant.executing import Executor
from assistant.guarding import guard
from assistant.llm import LanguageModel, Proposal
from assistant.query import Operation, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.routing import Routed
from assistant.sentences import cite
from assistant.similarity import pieces
from index.retrieval import Retriever

_VOCABULARY = 80
_PASSAGES = 6
_VIEWS = ("科目金额", "项目金额", "绩效指标", "文字陈述", "勾稽发现")
_CITABLE = {"科目金额": "facts", "项目金额": "facts", "绩效指标": "indicators", "文字陈述": "statements"}
_ID = "编号"
_ROWS = 10
_HELPED = "（以下由语言模型协助理解，数字均出自文件）"


@dataclass(frozen=True, slots=True)
class Help:
    """What the model path needs; `answer_query` runs a typed query on the deterministic path."""

    model: LanguageModel
    executor: Executor
    catalog: Catalog
    retriever: Retriever
    answer_query: Callable[[SemanticQuery], Reply]


def try_again(question: str, documents: tuple[str, ...], helper: Help) -> Settled | None:
    """A reply with the model's help and its route, or None when it had nothing that passes the checks."""
    steps = ((_planned, Route.SQL), (_from_passages, Route.TEXT), (_from_sql, Route.SQL))
    for step, route in steps:
        reply = step(question, documents, helper)
        if reply is not None and reply.answered:
            told = replace(reply, lines=(_HELPED, *reply.lines), rule=f"model{step.__name__}")
            return Settled(told, Routed(route, "语言模型协助"))
    return None


def _planned(question: str, documents: tuple[str, ...], helper: Help) -> Reply | None:
    proposal = helper.model.plan(question, _near(question, helper.catalog)).value
    if proposal is None or proposal.needs_text or not proposal.subjects:
        return None
    return helper.answer_query(_query(proposal, documents))


def _query(proposal: Proposal, documents: tuple[str, ...]) -> SemanticQuery:
    def selector(name: str) -> Selector:
        return Selector(
            names=(name,),
            measures=(proposal.measure,) if proposal.measure else (),
            funds=(proposal.fund,) if proposal.fund else (),
            years=(proposal.year,) if proposal.year else (),
            documents=documents,
            label=name,
        )

    subjects = tuple(selector(name) for name in proposal.subjects)
    pair = proposal.operation in (Operation.SHARE, Operation.RATIO) and len(subjects) > 1
    return SemanticQuery(
        proposal.operation,
        subjects=subjects[:1] if pair else subjects,
        whole=subjects[1] if pair else None,
        unit=proposal.unit,
        limit=proposal.limit or 1,
    )


def _near(question: str, catalog: Catalog) -> tuple[str, ...]:
    """The names that share most with the question: the vocabulary the model may choose from."""
    said = set(pieces(question))
    scored = sorted(
        ((-len(said & set(pieces(entry.name))), index, entry.name) for index, entry in enumerate(catalog.names))
    )
    return tuple(name for _, _, name in scored[:_VOCABULARY])


def _from_passages(question: str, documents: tuple[str, ...], helper: Help) -> Reply | None:
    hits = helper.retriever.search(question, k=_PASSAGES, documents=documents or None)
    if not hits:
        return None
    passages = [f"{hit.chunk.heading}：{hit.chunk.text}" for hit in hits]
    grounded = helper.model.answer_from_passages(question, passages).value
    if grounded is None:
        return None
    places = tuple(cite(hits[i].chunk.source, hits[i].chunk.text, hits[i].chunk.text) for i in grounded.used)
    return Reply((grounded.text,), citations=places)


def _from_sql(question: str, documents: tuple[str, ...], helper: Help) -> Reply | None:
    """The rows of a guarded SELECT, where every one names its place in the documents asked about."""
    schema = "\n".join(f"{name}({'、'.join(helper.executor.columns(name))})" for name in _VIEWS)
    sql = helper.model.write_sql(question, schema, guard).value
    if sql is None:
        return None
    try:
        table = helper.executor.select(sql, record=True)
    except StatementRefused:
        return None
    places = _places(sql, table, helper.executor)
    if not places or (documents and not {place.document for place in places} <= set(documents)):
        return None
    shown = [place for place, column in enumerate(table.columns) if column != _ID]
    lines = tuple("；".join(f"{table.columns[i]}：{row[i]}" for i in shown) for row in table.rows[:_ROWS])
    return Reply(lines, citations=tuple(dict.fromkeys(places)), table=table)


def _places(sql: str, table: ResultTable, executor: Executor) -> list[Citation]:
    """The place of each row by its 编号; none where rows are computed or of several tables."""
    query = sqlglot.parse_one(sql, read="sqlite")
    views = [node.name for node in query.find_all(exp.Table)]
    source = _CITABLE.get(views[0]) if len(views) == 1 else None
    plain = isinstance(query, exp.Select) and all(isinstance(e, exp.Column | exp.Star) for e in query.expressions)
    if source is None or not plain or _ID not in table.columns:
        return []
    column = table.columns.index(_ID)
    places = [executor.place(source, int(row[column])) for row in table.rows[:_ROWS] if row[column].isdecimal()]
    found = [place for place in places if place is not None]
    return found if len(found) == len(table.rows[:_ROWS]) else []
