"""Questions about contradictions: do these agree, is this added up right, where does the document contradict itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Citation
from assistant.conflicts import StoredFinding, asks_aspect, says_subject, worth_telling
from assistant.figures import Figure
from assistant.library import Library
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import clean
from assistant.shapes import Linked
from assistant.wording import Term
from index.evidence import Dimension

_MEANT = 1.0
_NEAR = 0.3
_MOST = 3
_QUOTE = 160
_WAN = 10_000


def answer(
    linked: Linked,
    earlier: str,
    findings: Sequence[StoredFinding],
    library: Library,
    *,
    aspects: frozenset[str] = frozenset(),
) -> Reply | None:
    """The findings that a question means; all of them when it names nothing; None when no finding fits.

    `earlier`: the question before, for one that only points back ("有两个说法吗"). `aspects`: only these.
    """
    held = [f for f in findings if library.holds(f.document) and (not aspects or not aspects.isdisjoint(f.aspects))]
    terms = library.wording.terms_of(linked)
    question = linked.text
    if not terms and not any(m.quantity for m in linked.mentions):
        if not earlier:
            return _everything(held)
        question = fold(earlier)
        terms = tuple(Term(w) for w in library.wording.weighty(earlier))
    scored = [(_meant(f, question, terms, linked, library), f) for f in held if worth_telling(f)]
    best = max((score for score, _ in scored), default=0.0)
    if best < _MEANT:
        return None
    chosen = [f for score, f in scored if score >= max(_MEANT, best - _NEAR)]
    asked = [f for f in chosen if asks_aspect(f, question)]
    return _told((asked or chosen)[:_MOST])


def with_figures(linked: Linked, findings: Sequence[StoredFinding], library: Library) -> Reply | None:
    """The findings that name the figures of a question, most of them first; None when none does."""
    held = [f for f in findings if library.holds(f.document) and worth_telling(f)]
    scored = [(_shared(f, linked), f) for f in held]
    best = max((score for score, _ in scored), default=0)
    chosen = [f for score, f in scored if score == best] if best else []
    asked = [f for f in chosen if asks_aspect(f, linked.text)]
    return _told((asked or chosen)[:_MOST]) if chosen else None


def _shared(finding: StoredFinding, linked: Linked) -> int:
    """How many figures of a question a finding names; an amount may be printed in 万元 and without its unit."""
    mine = {(f.dimension, f.amount * scale) for f in finding.figures for scale in (1, _WAN)}
    shared = 0
    for quantity in {m.quantity for m in linked.mentions if m.quantity is not None}:
        money = quantity.dimension is Dimension.MONEY
        printed = money and not finding.sides.isdisjoint((quantity.value, quantity.value / _WAN))
        shared += printed or (quantity.dimension, quantity.value) in mine
    return shared


def _meant(finding: StoredFinding, question: str, terms: Sequence[Term], linked: Linked, library: Library) -> float:
    """How surely a question means a finding: its subject, its aspect, its figures, its words."""
    score = 0.0
    named = {n for t in terms if t.named for n in (t.word, *t.others)}
    subjects = {fold(s) for s in finding.subjects}
    if not subjects.isdisjoint(named) or says_subject(finding, question):
        score += 0.7
    elif finding.project and fold(finding.project) in named:
        score += 0.35
    score += 0.4 * asks_aspect(finding, question)
    score += 0.4 * min(_shared(finding, linked), 2)
    places = " ".join(f"{c.table or ''}{c.row or ''}{c.column or ''}{c.quote}" for c in finding.citations)
    return score + 0.6 * library.wording.cover(
        terms, f"{finding.message}{' '.join(finding.subjects)}", f"{finding.project}{places}"
    )


def _told(chosen: Sequence[StoredFinding]) -> Reply:
    lines: list[str] = ["**不一致**：文件在这里前后说法对不上。"]
    figures: list[Figure] = []
    places: list[Citation] = []
    for finding in chosen:
        for number, place in enumerate(finding.citations, 1):
            quote = clean(place.quote)
            told = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}…"
            lines.append(f"- 第{number}处（{place.label()}）：“{told}”")
        if finding.worked:
            lines.append(f"- 算式：{finding.arithmetic}")
        figures += _exact(finding)
        places += finding.citations
    return Reply(
        tuple(lines),
        tuple({(f.amount, f.unit): f for f in figures}.values()),
        tuple(dict.fromkeys(places)),
        subject="、".join(sorted(chosen[0].subjects)[:1]),
        names=tuple(sorted({s for f in chosen for s in f.subjects})),
        projects=tuple({f.project for f in chosen if f.project}),
        aspects=frozenset(a for f in chosen for a in f.aspects),
        disputed=tuple(f.message for f in chosen),
        rule="dispute",
    )


def _exact(finding: StoredFinding) -> list[Figure]:
    """The figures of a finding; one that no cited place prints carries the arithmetic it came from."""
    printed = fold(" ".join(c.quote for c in finding.citations)).replace(",", "")
    return [f if f.digits in printed else replace(f, formula=finding.arithmetic) for f in finding.figures]


def _everything(findings: Sequence[StoredFinding]) -> Reply:
    """Every contradiction, gravest first as the audit has them."""
    told = [f for f in findings if worth_telling(f)]
    rounded = len(findings) - len(told)
    if not told:
        return Reply(("没有发现自相矛盾的地方：核对过的金额、增减、占比和算式都对得上。",), rule="dispute")
    lines = [f"文件里有 **{len(told)}** 处自相矛盾或前后出入，逐条如下。"]
    if rounded:
        lines.append(f"（另有 {rounded} 处只是四舍五入的差异，不算矛盾。）")
    return Reply(
        tuple(lines),
        tuple({(f.amount, f.unit): f for t in told for f in _exact(t)}.values()),
        tuple(dict.fromkeys(c for f in told for c in f.citations)),
        subject="全部矛盾",
        names=tuple(sorted({s for f in told for s in f.subjects})),
        disputed=tuple(f.message for f in told),
        rule="dispute",
    )
