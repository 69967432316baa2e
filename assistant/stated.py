"""What the documents state of a named thing in words: why it changed, what it is for, that there is none of it.

Statements were read from prose when the index was built; what they do not cover is looked for in the paragraph that
states the figure, in the explanation of an indicator, and in sentences that give a reason by their own words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answer import Citation
from assistant.executing import StatementRow, citation
from assistant.library import Library, search
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import clean, figures_in, pieces
from assistant.understanding import TextNeed
from index.evidence import Classification, StatementKind
from index.prose.facts import subject_key
from index.prose.terms import terms

_COVERED = 0.75
_SPELT_ALIKE = 0.85
_TOPIC = 2
_REASON = frozenset({"原因"})


def reason(need: TextNeed, library: Library) -> Reply | None:
    """Why, from the most direct place to the most general; None when the document gives no reason."""
    steps = (_stated_reason, _explanation, procedure, _absence, _reason_of_parts, _reason_sentence)
    return next((reply for step in steps if (reply := step(need, library)) is not None), None)


def use(need: TextNeed, library: Library) -> Reply | None:
    """What something is for or consists of, as stated."""
    topic = library.wording.subject_of(need.linked) if need.linked is not None and not need.names else ""
    if not need.names and len(topic) < _TOPIC:
        return None
    found = library.executor.statements(library.selector(need.names), StatementKind.USE)
    asks_kinds = need.linked is not None and need.linked.has("which", "list", "count")
    if not found and need.names and not asks_kinds:  # what the parts of it are for
        parts = {e.name for e in terms().entries if e.parent and e.parent in need.names}
        every = library.executor.statements(library.selector(()), StatementKind.USE)
        found = tuple(s for s in every if s.subject in parts)
    if not need.names:
        found = tuple(s for s in found if fold(s.subject).startswith(topic) and len(s.subject) <= 2 * len(topic))
    return _quoted(found, lambda s: f"{s.subject}的用途", "用途")


def change(need: TextNeed, library: Library) -> str:
    """The stated change of a thing whose reason is not given; "" when there is none."""
    if not need.names:
        return ""
    found = library.executor.statements(library.selector(need.names), StatementKind.CHANGE)
    return f"文件只写明{found[0].subject}{found[0].clause}，没有说明原因。" if found else ""


def _quoted(statements: Sequence[StatementRow], label: Callable[[StatementRow], str], aspect: str) -> Reply | None:
    seen: dict[str, StatementRow] = {}
    for statement in statements:
        seen.setdefault(statement.text or statement.clause, statement)
    if not seen:
        return None
    lines = tuple(f"{label(s)}：{clean(text)}" for text, s in seen.items())
    told = tuple(f for s in seen.values() for f in figures_in(s.text or s.clause, (s.citation,), (s.subject,)))
    return Reply(
        lines,
        told,
        tuple(dict.fromkeys(s.citation for s in seen.values())),
        names=tuple(s.subject for s in seen.values()),
        subject="、".join(dict.fromkeys(s.subject for s in seen.values())),
        aspects=frozenset({aspect}),
        rule="statement",
    )


def _stated_reason(need: TextNeed, library: Library) -> Reply | None:
    if not need.names:
        return None
    found = library.executor.statements(library.selector(need.names, need.project), StatementKind.REASON)
    if not found and not need.project:
        keys = {subject_key(name) for name in need.names}
        every = library.executor.statements(library.selector(()), StatementKind.REASON)
        found = tuple(s for s in every if subject_key(s.subject) in keys)
    return _quoted(_of_basis(found, need), lambda s: f"{s.subject}变动的原因", "原因")


_WITHIN = ("budgeted", "surplus", "rest", "execution_rate")
_ACROSS = ("compare_previous", "previous")


def _of_basis(stated: tuple[StatementRow, ...], need: TextNeed) -> tuple[StatementRow, ...]:
    """Of reasons why final accounts differ from the budget and from the year before, those that are asked for."""
    within = tuple(s for s in stated if s.base_year is not None and s.base_year == s.year)
    across = tuple(s for s in stated if s not in within)
    if need.linked is None or not within or not across:
        return stated
    if need.linked.has(*_ACROSS):
        return across
    return within if need.linked.has(*_WITHIN) else stated


def _explanation(need: TextNeed, library: Library) -> Reply | None:
    """What is printed beside an indicator to explain its value."""
    if not need.names:
        return None
    rows = library.executor.read(
        "SELECT i.name, i.printed, i.project AS owner, i.explanation, s.*, d.key AS document FROM indicators i "
        "JOIN sources s ON s.id = i.source_id JOIN documents d ON d.id = i.document_id "
        "WHERE i.explanation <> '' ORDER BY i.id"
    )
    rows = [r for r in rows if r["name"] in need.names and library.holds(r["document"])]
    rows = [r for r in rows if not need.project or r["owner"] == need.project]
    if not rows:
        return None
    lines = tuple(f"指标“{r['name']}”的指标值是{r['printed']}，文件的说明：{clean(r['explanation'])}" for r in rows)
    told = tuple(
        f for r in rows for f in figures_in(f"{r['printed']}。{r['explanation']}", (citation(r),), (r["name"],))
    )
    return Reply(
        lines,
        told,
        tuple(citation(r) for r in rows),
        names=tuple(dict.fromkeys(r["name"] for r in rows)),
        subject=rows[0]["name"],
        aspects=_REASON,
        rule="explanation",
    )


def procedure(need: TextNeed, library: Library) -> Reply | None:
    """How an amount is handled, said in the paragraph that states it: why it is nothing, when it will be budgeted."""
    if not need.names:
        return None
    stated = library.executor.statements(library.selector(need.names), *StatementKind)
    if not stated and (spelt := _spelt(need.names, library)):
        stated = library.executor.statements(library.selector(spelt), *StatementKind)
    marks = (*library.wording.terms.procedures, *library.wording.terms.reasons)
    told: dict[str, Citation] = {}
    for statement in stated:
        for paragraph in _paragraphs(statement, library):
            for sentence in pieces(paragraph):
                if statement.citation.quote in sentence and len(pieces(paragraph)) > 1:
                    continue
                if not figures_in(sentence) and any(mark in fold(sentence) for mark in marks):
                    told.setdefault(clean(sentence), statement.citation)
    if not told:
        return None
    places = tuple(
        Citation(c.document, page=c.page, section=c.section, quote=text, mark=text, line=c.line)
        for text, c in told.items()
    )
    names = tuple(dict.fromkeys(s.subject for s in stated))
    return Reply(
        (f"{names[0]}：{''.join(told)}",),
        citations=places,
        names=names,
        subject=names[0],
        aspects=_REASON,
        rule="procedure",
    )


def _spelt(names: Sequence[str], library: Library) -> tuple[str, ...]:
    """The subjects of statements that are one of the names, spelt a little differently (出国费, 出国费用)."""
    rows = library.executor.read("SELECT DISTINCT subject FROM statements ORDER BY subject")
    subjects = [row["subject"] for row in rows]
    return tuple(s for s in subjects if any(library.wording.likeness(n, s) >= _SPELT_ALIKE for n in names))


def _paragraphs(statement: StatementRow, library: Library) -> list[str]:
    rows = library.executor.read(
        "SELECT p.text FROM paragraphs p JOIN sections s ON s.id = p.section_id "
        "JOIN documents d ON d.id = p.document_id WHERE d.key = ? AND s.path = ? ORDER BY p.id",
        (statement.document, statement.citation.section),
    )
    quote = fold(statement.citation.quote)
    return [row["text"] for row in rows if quote and quote in fold(row["text"])]


def _absence(need: TextNeed, library: Library) -> Reply | None:
    """An empty table or a missing amount explained by the statement that there is none."""
    if not need.names:
        return None
    found = library.executor.statements(library.selector(need.names), StatementKind.ABSENCE)
    return _quoted(found, lambda s: "文件写明", "原因")


def _reason_of_parts(need: TextNeed, library: Library) -> Reply | None:
    """The reasons given for the parts of a total that has none of its own."""
    if not need.names:
        return None
    totals = [f for f in library.executor.facts(library.selector(need.names)) if f.is_total and not f.project]
    kinds = {f.classification for f in totals} - {Classification.NATURE}  # natures overlap: none is part of another
    stated = library.executor.statements(library.selector(()), StatementKind.REASON)
    found = [s for s in stated if s.classification in kinds and s.subject not in need.names]
    reply = _quoted(found, lambda s: f"其中{s.subject}变动的原因", "原因")
    if reply is None:
        return None
    head = f"文件没有单独说明“{need.names[0]}”变动的原因；它所包含的项目有说明的："
    return Reply(
        (head, *reply.lines),
        (),
        reply.citations,
        names=reply.names,
        subject=reply.subject,
        aspects=_REASON,
        rule="reason",
    )


def _reason_sentence(need: TextNeed, library: Library) -> Reply | None:
    """A sentence that gives a reason or a purpose by its own words and says all that is asked."""
    if need.linked is None:
        return None
    terms = library.wording.terms_of(need.linked)
    for found in search(need.query, terms, library)[:6]:
        own = library.wording.cover(terms, found.sentence.text)
        if own >= _COVERED and library.wording.gives_reason(fold(found.sentence.text)):
            text = found.sentence.text
            return Reply(
                (text,),
                figures_in(text, (found.sentence.citation,)),
                (found.sentence.citation,),
                subject=need.query,
                aspects=_REASON,
                rule="reason",
            )
    return None
