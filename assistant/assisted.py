"""What a configured language model adds: a second try where the deterministic path has nothing.

In this order: a typed intent that runs like any other; a passage answer whose every number stands in its passages;
a SELECT that passes the guard. The model never writes a figure: each comes from rows or quoted passages. Notes say
that a model helped, or why its help was not used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.answer import Status
from assistant.catalog import Catalog
from assistant.executing import Executor
from assistant.guarding import guard
from assistant.llm import LanguageModel, Proposal
from assistant.query import Operation, Selector, SemanticQuery
from assistant.reply import Reply
from assistant.sentences import cite
from assistant.similarity import pieces
from index.retrieval import Retriever

_VOCABULARY = 80
_PASSAGES = 6
_VIEWS = ("科目金额", "项目金额", "绩效指标", "文字陈述", "勾稽发现")
_HELPED = "（以下由语言模型协助理解，数字均出自文件）"


@dataclass(frozen=True, slots=True)
class Help:
    """What the model path needs; `answer_query` runs a typed query on the deterministic path."""

    model: LanguageModel
    executor: Executor
    catalog: Catalog
    retriever: Retriever
    answer_query: Callable[[SemanticQuery], Reply]


def try_again(question: str, documents: tuple[str, ...], helper: Help) -> Reply | None:
    """A reply with the model's help, or None when it had nothing that passes the checks."""
    for step in (_planned, _from_passages, _from_sql):
        reply = step(question, documents, helper)
        if reply is not None and reply.answered:
            return replace(reply, lines=(_HELPED, *reply.lines), rule=f"model-{step.__name__}")
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
    del documents
    schema = "\n".join(f"{name}({'、'.join(helper.executor.columns(name))})" for name in _VIEWS)
    sql = helper.model.write_sql(question, schema, guard).value
    if sql is None:
        return None
    table = helper.executor.select(sql)
    if not table.rows:
        return None
    lines = tuple("；".join(f"{c}：{v}" for c, v in zip(table.columns, row, strict=True)) for row in table.rows[:10])
    return Reply(lines, status=Status.ANSWERED, table=table)
