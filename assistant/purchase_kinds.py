"""What prose says of the kinds of government purchases: which kinds there are, that there is none of another, and what
is bought. Where a body prints no purchase table, its sentence tells all of it.

"今年买不买货物", "采购的是货物还是服务", "采购预算一共多大，买的是什么".
"""

from __future__ import annotations

from dataclasses import replace

from assistant import figures as fig
from assistant.executing import Executor, FactRow
from assistant.figures import Figure
from assistant.purchase_terms import terms
from assistant.query import Operation, Selector
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import clean
from assistant.understanding import Understanding
from index.document import TableKind
from index.evidence import Classification

RULE = "purchase kinds"
_TOLD = (Operation.VALUE, Operation.LIST, Operation.EXISTENCE, Operation.COMPARISON)  # what else is reckoned


def answer(
    understood: Understanding, documents: tuple[str, ...], executor: Executor, *, spoken_of: bool = False
) -> Reply | None:
    """The kinds of purchases where a question asks which, or of one that there may not be; None for other questions.
    `spoken_of`: the question before was about purchases."""
    text, said = understood.linked.text, terms()
    if understood.parts.projects or not (spoken_of or any(word in text for word in said.purchase)):
        return None
    if understood.parts.has("share", "rate") and not understood.parts.has("max", "min", "sum", "difference"):
        whole = understood.query.whole if understood.query is not None else None
        of_purchases = whole is None or any(word in fold(n) for n in whole.names for word in said.purchase)
        return _share_of(text, documents, executor) if of_purchases else None
    if understood.parts.has("difference", "share", "sum", "ratio", "more", "fewer"):
        return None  # 服务比货物多多少: figures to be reckoned with
    total, kinds = _printed(documents, executor)
    reckons = understood.query is not None and understood.query.operation not in _TOLD
    if total is None or not kinds or reckons or understood.parts.has("max", "min", "share", "difference"):
        return None
    asked = [name for name, words in said.categories if any(word in text for word in (*words, f"{name}类"))]
    asked = [name for name in asked if not any(f"{other}{name}" in text for other in ("购买", "公共"))]
    choice = len(asked) > 1 or any(word in text for word in said.which_kind)
    if len(asked) == 1 and not choice:
        kind = next((k for k in kinds if asked[0] in k.label), None)
        if kind is None:
            return _none_of(asked[0], total, kinds)
        return _told((f"{kind.label}：**{kind.text}**",), kind, ()) if _passed_over(kind, total, understood) else None
    return _told((f"{total.label}：**{total.text}**",), total, kinds) if choice else None


def _passed_over(kind: Figure, total: Figure, understood: Understanding) -> bool:
    """Does a question name a kind (工程类政府采购) of which what it was understood as, the total, says nothing?"""
    named = any(kind.label in m.sense.names for m in understood.linked.mentions)
    subjects = understood.query.subjects if understood.query is not None else ()
    return named and not understood.linked.leftover and [s.names for s in subjects] == [(total.label,)]


def beside(reply: Reply, documents: tuple[str, ...], executor: Executor) -> Reply:
    """An amount of purchases with the sentence that says what is bought; any other reply as it is."""
    row = reply.figures[0].row if reply.answered and len(reply.items or reply.figures) == 1 and reply.figures else None
    if row is None or row.classification is not Classification.PROCUREMENT or row.project:
        return reply
    total, kinds = _printed(documents, executor)
    if total is None or not kinds:
        return reply
    quotes = [quote for quote in _quotes(kinds) if not any(quote in line for line in reply.lines)]
    return replace(
        reply,
        lines=(*reply.lines, *(f"- 文件写明：“{quote}”" for quote in quotes)),
        citations=tuple(dict.fromkeys((*reply.citations, *(c for k in kinds for c in k.citations)))),
    )


def _printed(documents: tuple[str, ...], executor: Executor) -> tuple[Figure | None, tuple[Figure, ...]]:
    """The total of a body's purchases and its kinds, as prose states them."""
    if len(documents) != 1:
        return None, ()
    rows = executor.facts(Selector(classifications=(Classification.PROCUREMENT,), documents=documents, project=""))
    own = [row for row in rows if row.value is not None and row.table_kind != str(TableKind.PROCUREMENT)]
    names = {name for name, _ in terms().categories}
    total = next((_figure(row) for row in own if row.subject == "政府采购"), None)
    kinds = {row.subject: _figure(row) for row in own if any(row.subject.startswith(name) for name in names)}
    return total, tuple(kinds.values())


def _share_of(text: str, documents: tuple[str, ...], executor: Executor) -> Reply | None:
    """The share of one kind in all purchases (采购盘子里工程占几成), where prose tells both."""
    total, kinds = _printed(documents, executor)
    asked = [name for name, words in terms().categories if any(word in text for word in (*words, f"{name}类"))]
    kind = next((k for k in kinds if asked and k.label.startswith(asked[0])), None)
    if total is None or kind is None or len(asked) != 1 or not total.amount:
        return None
    one, whole = fig.common_unit((kind, total))
    part = fig.percentage(f"{one.label}占{whole.label}", one, whole)
    told = _told((f"{one.label}占{whole.label}的 **{part.text}**（{part.formula}）",), total, kinds)
    return replace(told, figures=(part, *told.figures), aspects=frozenset({"占比"}))


def _figure(row: FactRow) -> Figure:
    return fig.of_row(row, row.subject)


def _none_of(kind: str, total: Figure, kinds: tuple[Figure, ...]) -> Reply | None:
    """That nothing of a kind is bought, where the kinds that are printed make up the total."""
    if fig.total("合计", fig.common_unit((*kinds, total))[:-1]).amount != total.amount:
        return None
    every = "、".join(f"{k.label} {k.text}" for k in kinds)
    line = f"**没有**{kind}类采购：政府采购合计 {total.text}，全部是{every}。"
    return _told((line,), total, kinds)


def _quotes(kinds: tuple[Figure, ...]) -> list[str]:
    return list(dict.fromkeys(clean(c.quote) for k in kinds for c in k.citations if c.quote))


def _told(lines: tuple[str, ...], total: Figure, kinds: tuple[Figure, ...]) -> Reply:
    quotes = tuple(f"- 文件写明：“{quote}”" for quote in _quotes(kinds))
    return Reply(
        (*lines, *(f"- {k.label}：{k.text}" for k in kinds), *quotes), (total, *kinds),
        tuple(dict.fromkeys(c for f in (total, *kinds) for c in f.citations)), subject=total.label,
        names=(total.label,), aspects=frozenset({"金额"}), items=kinds, rule=RULE,
    )  # fmt: skip
