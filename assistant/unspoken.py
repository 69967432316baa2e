"""Is a figure about what the question is about? Where several weighty words of a question stand in the document, but
neither in the reply nor in the places it cites, the figure belongs to something else."""

from __future__ import annotations

from assistant import heard, passages
from assistant.answer import Route
from assistant.case import Case, Settled, settled
from assistant.library import Library
from assistant.query import Operation
from assistant.question import fold
from assistant.reply import Reply
from assistant.routing import passage_need
from assistant.shapes import Linked
from assistant.understanding import AMOUNTS

_HELD = 0.5
_TOLD = (Operation.VALUE, Operation.LIST, Operation.COUNT, Operation.EXISTENCE, Operation.CHANGE)  # a text may tell
_SEVERAL = 2  # one word may be a paraphrase


def heeded(case: Case, chosen: Settled) -> Settled:
    """What was chosen; where it passes over what the question is about, the sentences that say it, or a question
    back."""
    reply, linked = chosen.reply, case.understood.linked
    parts = case.understood.parts
    if parts.has(*AMOUNTS) and all(s.via == "exact" for s in parts.subjects) and parts.subjects:
        return chosen  # an amount asked of a name as it is printed: the other words may be a paraphrase
    if not (reply.answered and reply.figures) or chosen.routed.route is Route.TEXT or case.understood.follows:
        return chosen
    passed = _passed_over(linked, reply, case.library)
    if len(passed) < _SEVERAL:
        return chosen
    text = passages.answer(passage_need(case.understood), case.library)
    told = case.query is None or case.query.operation in _TOLD
    left = len(_passed_over(linked, text, case.library)) if text.answered else len(passed)
    if not left or (told and left < len(passed)):
        return settled(Route.TEXT, case, text, "文字说到所问的事")
    return Settled(heard.unheard("、".join(passed), reply), chosen.routed)


def _passed_over(linked: Linked, reply: Reply, library: Library) -> tuple[str, ...]:
    """Words of a question, said by a document, that neither a reply nor the places it cites say."""
    said: list[str | None] = [*reply.lines, reply.subject, reply.scope, *reply.names, *reply.projects]
    for figure in (*reply.figures, *reply.items):
        said += [figure.label, *figure.names]
        if (row := figure.row) is not None:
            said += [row.subject, row.project, row.measure, row.fund, row.classification, row.parent]
    for place in (*reply.citations, *(c for f in (*reply.figures, *reply.items) for c in f.citations)):
        said += [place.document, place.section, place.table, place.row, place.column, place.quote]
    folded = fold(" ".join(s for s in said if s))
    wording = library.wording
    terms = (t for t in wording.terms_of(linked) if not (t.kind or t.named))
    return tuple(t.word for t in terms if wording.held(t, folded) < _HELD and wording.said(t.word, library.documents))
