"""Does a figure answer the question, or does the question say something that the figure does not explain?

A question names a figure and often more: what of it, where, which kind. What the figure's own names, table, row and
口径 do not say has to be found in a sentence; where it narrows the figure and no sentence has it, it is not disclosed.
"""

from __future__ import annotations

from assistant.library import Library, counts
from assistant.linking import Linked, Mention
from assistant.query import Operation, SemanticQuery
from assistant.question import fold
from assistant.reply import Reply
from assistant.wording import Term

_EXPLAINED = 0.5
_FOUND = 0.7
_WEAK = 0.7
_SINGLE = (Operation.VALUE, Operation.EXISTENCE)
_SEARCHED = (Operation.VALUE, Operation.EXISTENCE, Operation.LIST, Operation.COUNT, Operation.RANK)
_OF = ("的", "里的", "中的", "里面的", "")


def unexplained(linked: Linked, reply: Reply, library: Library) -> tuple[Term, ...]:
    """The weighty words of a question that neither a name of the figures nor their place or 口径 explains."""
    said = [reply.subject, reply.scope, *reply.names, *reply.projects]
    for figure in (*reply.figures, *reply.items):
        said += [figure.label, *figure.names]
        if figure.row is not None:
            row = figure.row
            said += [row.subject, row.project, row.measure, row.fund, row.classification, row.parent, row.citation.label()]
    said += [m.text for m in linked.mentions if _speaks_for_itself(m)]
    folded = fold(" ".join(s for s in said if s))
    terms = [Term(word) for word in library.wording.weighty(linked.text)]
    return tuple(t for t in terms if library.wording.held(t, folded) < _EXPLAINED)


def _speaks_for_itself(mention: Mention) -> bool:
    """A span that was matched as it stands: every word of it is accounted for."""
    if mention.via != "exact":
        return False
    return bool(mention.sense.names or mention.sense.project or mention.sense.scope or mention.sense.noun or mention.sense.document)


def of_other_kind(linked: Linked, query: SemanticQuery, reply: Reply, library: Library) -> bool:
    """A number of things is asked for (多少个, 几次), and the figure is none of them."""
    counter = library.wording.asked_counter(linked.text)
    if not counter or query.operation not in _SINGLE or not reply.figures:
        return False
    return not any(counts(figure, counter, library) for figure in reply.figures)


def searched(query: SemanticQuery) -> bool:
    """Operations whose question may be answered by a sentence instead."""
    return query.operation in _SEARCHED


def covers(reply: Reply, terms: tuple[Term, ...], library: Library) -> bool:
    """Does a text reply say what the figure left unexplained?"""
    return library.wording.cover(terms, " ".join(reply.lines), " ".join((reply.subject, *reply.projects))) >= _FOUND


def narrowed(linked: Linked, query: SemanticQuery, terms: tuple[Term, ...], library: Library) -> str:
    """The unexplained word that narrows the named thing ("公务接待的茅台酒"): its figure is not the thing's. "" if none."""
    if query.operation not in _SINGLE:
        return ""
    words = {t.word for t in terms}
    named = [m for m in linked.mentions if m.sense.names or m.sense.project]
    for mention in named:
        behind = linked.text[mention.end :]
        for word in words:
            if any(behind.startswith(of + word) for of in _OF):
                return word
    weak = all(m.via != "exact" and m.score < _WEAK for m in named)
    return next(iter(sorted(words)), "") if named and weak else ""


def agrees(figure: Reply, text: Reply) -> bool:
    """Does the text state the main figure too?"""
    if not figure.figures:
        return False
    main = figure.figures[0]
    return any((f.amount, f.unit) == (main.amount, main.unit) for f in text.figures)
