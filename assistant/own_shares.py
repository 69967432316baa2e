"""What share of its own whole a figure is in each of several bodies (两家的基本支出各占总支出多少, 谁的项目支出占比高)."""

from __future__ import annotations

from dataclasses import replace

from assistant.figures import Figure
from assistant.parts import Parts
from assistant.query import OWN_WHOLE, Operation, Order, Selector, SemanticQuery
from assistant.resolving import Resolver
from assistant.semantics import grammar_words
from assistant.sharing import share
from index.evidence import Dimension


def wanted(across: SemanticQuery, query: SemanticQuery, parts: Parts, order: Order | None) -> SemanticQuery:
    """A question across bodies, made one for the share in each where it names a whole of the same body, asks it of each
    or asks whose is the largest; else as it is: one body's figure is a share of the other's. `query`: the same question
    of one body."""
    whole = query.whole
    if across.operation is not Operation.SHARE or query.operation is not Operation.SHARE or not across.subjects:
        return across
    named = whole is not None and whole.names != across.subjects[0].names
    apart = any(word in parts.linked.text for word in grammar_words("apart"))
    ranked = parts.has("max", "min", "more", "fewer", "top", "bottom")
    if not (named or apart or ranked):
        return across
    return across.with_(
        operation=Operation.RANK if ranked else Operation.VALUE,
        order=order if ranked else None,
        limit=0 if apart or parts.has("list") else across.limit,
        whole=whole if named else None,
        detail=OWN_WHOLE,
    )


def of_body(selector: Selector, whole: Selector | None, resolver: Resolver) -> Figure | None:
    """The share that a figure of one body is of a whole of it; of what it belongs to where no whole is named."""
    reply = share(SemanticQuery(Operation.SHARE, (selector,), whole=whole), resolver, resolver.semantics)
    figure = next((f for f in reply.figures if reply.answered and f.dimension is Dimension.PERCENT), None)
    return replace(figure, citations=figure.citations or reply.citations) if figure is not None else None


__all__ = ["of_body", "wanted"]
