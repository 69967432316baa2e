"""Findings of the audit that an answer touches: the same figure, change, rate or share that it tells.

A finding is told exactly when the answer tells one side of it: its subject, the aspect that is contradicted
(data/aspects.toml), and one of its figures or its very sentence.
"""

from __future__ import annotations

from assistant.answer import Citation
from assistant.findings import StoredFinding, asks_aspect, aspects, says_subject, worth_telling
from assistant.question import fold
from assistant.reply import Reply
from assistant.shapes import Linked
from index.evidence import Classification, Dimension, Origin

_TEXT, _SHARE = "文字", "占比"
_AMOUNTS, _ITEMS = frozenset({"ask_amount", "contradiction"}), frozenset({"list", "verify"})
_SETS = frozenset({"list", "sum", "mean", "count", "rank"})


def touching(
    reply: Reply, findings: tuple[StoredFinding, ...], documents: tuple[str, ...], question: Linked | None = None
) -> tuple[StoredFinding, ...]:
    """The contradictions on what a reply tells, in the order of the audit."""
    return tuple(f for f in findings if f.message in reply.disputed or _touched(f, reply, documents, question))


def _touched(finding: StoredFinding, reply: Reply, documents: tuple[str, ...], linked: Linked | None) -> bool:
    if not worth_telling(finding) or finding.kind in aspects().on_request:
        return False
    if documents and finding.document not in documents:
        return False
    question, cues = (linked.text, linked.cues()) if linked else ("", _AMOUNTS)
    said = bool(question) and says_subject(finding, question)
    counts = "数量" in finding.aspects and any(m.head_unit for m in (linked.mentions if linked else ()))
    amounts = counts or bool(cues & _AMOUNTS)
    wanted = amounts or asks_aspect(finding, question)
    quoted = _TEXT in reply.aspects and all(f.row is None for f in reply.figures)
    if quoted and counts and _quotes_count(finding, reply):
        return True
    if quoted and not amounts and not (wanted and cues & _ITEMS):
        return finding.aspects.isdisjoint(("金额", "明细")) and said and _tells_text(finding, reply)
    listed = reply.rule in _SETS or (reply.rule == "both" and len(reply.items) > 1)
    if listed and not (amounts or (wanted and said)):
        return False
    if not (said or _named(finding, reply)) or not _same_aspect(finding, reply, question):
        return False
    return _tells_figure(finding, reply) or _tells_text(finding, reply)


def _named(finding: StoredFinding, reply: Reply) -> bool:
    """Is a subject of the finding what the reply is about? A project counts where the reply is about it as a whole."""
    if _TEXT in reply.aspects:
        return False  # a quoted sentence says much: the question decides what it was quoted for
    about = {n for f in reply.figures if f.row is not None for n in (f.row.subject,)}
    about |= {reply.subject} | (set(reply.names) if not about else set())
    if (
        any(f.row is not None and f.row.classification is Classification.PROJECT for f in reply.figures)
        or reply.rule in _SETS
    ):
        about |= set(reply.projects)
    return not finding.subjects.isdisjoint(about)


def _same_aspect(finding: StoredFinding, reply: Reply, question: str) -> bool:
    if not finding.aspects:
        return True
    table = aspects()
    told = set(reply.aspects) - {"金额"}
    main = reply.figures[: 1 if reply.rule == "change" else None]  # what it was changed from stands beside it
    for figure in main if "金额" in reply.aspects or not told or _TEXT in told else ():
        if figure.row is None:
            told |= {"明细", "金额"} if _TEXT in reply.aspects else set()
            told |= {"数量"} if figure.dimension is Dimension.COUNT else set()
        elif figure.row.origin == Origin.DERIVED:
            told |= {"增减", "金额"}
        elif figure.dimension is Dimension.MONEY:
            told |= set(table.measure.get(figure.row.measure, (figure.row.measure, "金额")))
        else:
            told |= {"数量", "目标"} if figure.dimension is Dimension.COUNT else {"目标"}
    if not finding.aspects.isdisjoint(told):
        return True
    return _SHARE not in told and asks_aspect(finding, question)  # of a share, the question names its whole too


def _tells_figure(finding: StoredFinding, reply: Reply) -> bool:
    """One of its figures; where the finding is of one year, as a figure of that year."""
    sides, years = finding.sides, finding.years
    of_year = (f for f in reply.figures if f.row is None or f.row.year is None or not years or f.row.year in years)
    return any(abs(f.amount).normalize() in sides for f in of_year)


def _tells_text(finding: StoredFinding, reply: Reply) -> bool:
    """The reply quotes the very place of two texts that differ, and is about the finding's subject (a goal printed
    twice)."""
    cited = {_place(c) for c in reply.citations}
    return (
        not finding.worked
        and not finding.subjects.isdisjoint((*reply.names, reply.subject))
        and any(_place(c) in cited for c in finding.citations)
    )


def _quotes_count(finding: StoredFinding, reply: Reply) -> bool:
    """A quoted text with the number and the names of things whose numbers differ (《长江日报》等40份)."""
    told = any(f.dimension is Dimension.COUNT and f.amount.normalize() in finding.sides for f in reply.figures)
    return told and says_subject(finding, fold(" ".join(reply.lines)))


def _place(place: Citation) -> tuple[object, ...]:
    return (place.document, place.table, place.row, place.column, place.quote if place.row is None else "")
