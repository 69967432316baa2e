"""Questions about contradictions: do these agree, is this added up right, where does the document contradict itself."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Citation
from assistant.figures import Figure
from assistant.findings import StoredFinding, asks_aspect, says_subject, subjects_said, worth_telling
from assistant.findings import aspects as known_aspects
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
_DIGITS = 4
_SUMMED = 0.6  # share of what a question adds up that stands in the places of a finding
_AMOUNT = "金额"
_APART = "**不一致**：文件在这里前后说法对不上。"
_ROUNDED = "**不完全相等**：差额在印刷取整的范围内。"


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
    if not any(t.named for t in terms) and not any(
        m.quantity or m.code or m.table or m.sense.attribute or m.sense.noun or m.sense.table for m in linked.mentions
    ):
        if not earlier and not terms:
            return _everything(held)
        if earlier:
            question = f"{question}，{fold(earlier)}"
            terms = tuple(Term(w) for w in library.wording.weighty(earlier))
    told = (f for f in held if (worth_telling(f) or _faced(f, linked, question)) and _concerns(f, linked, question))
    scored = [(_meant(f, question, terms, linked, library), f) for f in told]
    best = max((score for score, _ in scored), default=0.0)
    if best < _MEANT:
        return None
    chosen = [f for score, f in scored if score >= max(_MEANT, best - _NEAR)]
    asked = [f for f in chosen if asks_aspect(f, question)]
    return _told((asked or chosen)[:_MOST])


def with_figures(linked: Linked, findings: Sequence[StoredFinding], library: Library) -> Reply | None:
    """The findings that name the figures of a question, most of them first; None when none does."""
    held = [f for f in findings if library.holds(f.document) and worth_telling(f)]
    scored = [(_shared(f, linked, sides=True), f) for f in held]
    best = max((score for score, _ in scored), default=0)
    chosen = [f for score, f in scored if score == best] if best else []
    asked = [f for f in chosen if asks_aspect(f, linked.text)]
    return _told((asked or chosen)[:_MOST]) if chosen else None


def claimed(linked: Linked, findings: Sequence[StoredFinding], library: Library) -> Reply | None:
    """The findings on what a question puts forward: a figure or several of a named thing, parts against their sum."""
    held = [f for f in findings if library.holds(f.document) and (worth_telling(f) or _faced(f, linked, linked.text))]
    scored = [(score, f) for f in held if (score := _put_forward(f, linked, library))]
    best = max((score for score, _ in scored), default=0)
    chosen = [f for score, f in scored if score == best]
    asked = [f for f in chosen if asks_aspect(f, linked.text)]
    return _told((asked or chosen)[:_MOST]) if chosen else None


def _put_forward(finding: StoredFinding, linked: Linked, library: Library) -> int:
    """How many figures and subjects of a finding a question puts forward; 0 where it means something else."""
    question = linked.text
    summed = linked.has("sum") and _sums(finding, linked)
    said = _said(finding, linked) or (summed and any(m.sense.project == finding.project != "" for m in linked.mentions))
    if not said:
        return int(asks_aspect(finding, question) and _shared(finding, linked, sides=True, longest=True) > 0)
    shared, sides = _shared(finding, linked), _shared(finding, linked, sides=True)
    asked = asks_aspect(finding, question) or _AMOUNT in finding.aspects or _counts(finding, linked)
    listed = summed and _covered(finding, library.wording.terms_of(linked), library) >= _SUMMED
    added = said > 1 and linked.has("sum") and asks_aspect(finding, question)
    if shared > 1 or (sides and (asked or summed)) or listed or added:
        return shared + said + asks_aspect(finding, question)
    return 0


def _counts(finding: StoredFinding, linked: Linked) -> bool:
    counted = (m.quantity for m in linked.mentions if m.quantity is not None)
    return Dimension.COUNT in finding.aspects and any(q.dimension is Dimension.COUNT for q in counted)


def _sums(finding: StoredFinding, linked: Linked) -> bool:
    """May what a question adds up be the parts that the finding holds against their whole? Other projects are none."""
    others = (m.sense.project for m in linked.mentions if m.sense.project and m.via == "exact")
    adds = "+" in finding.arithmetic and not finding.aspects.isdisjoint(known_aspects().summed)
    return adds and all(p == finding.project for p in others)


def _concerns(finding: StoredFinding, linked: Linked, question: str) -> bool:
    """Not where the question is about an amount (a figure, or what the text and a table print) that the finding only
    reckons with."""
    amount = any(m.quantity is not None or m.table for m in linked.mentions)
    amount = amount or any(word in question for word in known_aspects().printed)
    if not amount or not finding.aspects or _AMOUNT in finding.aspects or asks_aspect(finding, question):
        return True
    added = linked.has("sum") and _sums(finding, linked) and says_subject(finding, question)
    return added or _shared(finding, linked, sides=True) > 0 or _says_its_count(finding, linked)


def _says_its_count(finding: StoredFinding, linked: Linked) -> bool:
    """Does a question say the very number of things that a finding is about (写的25个)?"""
    counted = {f.amount for f in finding.figures if f.dimension is Dimension.COUNT}
    said = {m.quantity.value for m in linked.mentions if m.quantity and m.quantity.dimension is Dimension.COUNT}
    return not counted.isdisjoint(said | {Decimal(m.counter) for m in linked.mentions if m.counter})


def _faced(finding: StoredFinding, linked: Linked, question: str) -> bool:
    """Does a question hold the two sides of a rounding difference against each other, or add up its parts?"""
    particular = finding.aspects - known_aspects().summed - {_AMOUNT}
    wanted = not particular or asks_aspect(finding, question)
    if linked.has("sum") and wanted and _sums(finding, linked) and says_subject(finding, question):
        return True
    several = subjects_said(finding, question) > 1
    return several and (_shared(finding, linked) > 1 or asks_aspect(finding, question))


def _said(finding: StoredFinding, linked: Linked) -> int:
    """How many subjects of a finding a question names, in its own words or by what they are linked to."""
    meant = {n for m in linked.mentions for n in m.sense.names}
    return max(subjects_said(finding, linked.text), len(finding.subjects & meant))


def _shared(finding: StoredFinding, linked: Linked, *, sides: bool = False, longest: bool = False) -> int:
    """How many figures of a question a finding names (`sides`: holds against another; `longest`: of so many digits that
    they are no accident); an amount may be printed in 万元 and without its unit."""
    mine = {(f.dimension, f.amount) for f in finding.figures}
    numbers = finding.sides if sides else finding.numbers
    shared = 0
    for quantity in {m.quantity for m in linked.mentions if m.quantity is not None}:
        if longest and len(quantity.value.normalize().as_tuple().digits) < _DIGITS:
            continue
        if quantity.dimension is Dimension.MONEY:
            shared += not numbers.isdisjoint((quantity.value.normalize(), (quantity.value / _WAN).normalize()))
        else:
            shared += (quantity.dimension, quantity.value) in mine and quantity.value.normalize() in numbers
    return shared


def _meant(finding: StoredFinding, question: str, terms: Sequence[Term], linked: Linked, library: Library) -> float:
    """How surely a question means a finding: its subjects, its aspect, its figures, its words."""
    score = 0.0
    named = {n for t in terms if t.named for n in (t.word, *t.others)}
    subjects = {fold(s) for s in finding.subjects}
    if not subjects.isdisjoint(named) or says_subject(finding, question):
        score += 0.7
    elif finding.project and fold(finding.project) in named:
        score += 0.35
    score += 0.4 * asks_aspect(finding, question)
    score += 0.4 * min(_shared(finding, linked), 3)
    return score + 0.6 * _covered(finding, terms, library)


def _covered(finding: StoredFinding, terms: Sequence[Term], library: Library) -> float:
    places = " ".join(f"{c.table or ''}{c.row or ''}{c.column or ''}{c.quote}" for c in finding.citations)
    return library.wording.cover(terms, f"{finding.message}{' '.join(finding.subjects)}", f"{finding.project}{places}")


def _told(chosen: Sequence[StoredFinding]) -> Reply:
    lines: list[str] = [_APART if any(map(worth_telling, chosen)) else _ROUNDED]
    figures: list[Figure] = []
    places: list[Citation] = []
    for finding in chosen:
        for number, place in enumerate(finding.citations, 1):
            quote = clean(place.quote)
            told = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}…"
            lines.append(f"- 第{number}处（{place.label()}）：“{told}”")
        if finding.worked:
            lines.append(f"- 算式：{finding.arithmetic}")
        figures += finding.told
        already = {(f.amount, f.unit) for f in figures}
        figures += (f for f in finding.operands if (f.amount, f.unit) not in already)
        places += finding.citations
    return Reply(
        tuple(lines),
        tuple({(f.amount, f.unit): f for f in figures}.values()),
        tuple(dict.fromkeys(places)),
        subject="、".join(sorted(chosen[0].subjects)[:1]),
        names=tuple(sorted({s for f in chosen for s in f.subjects})),
        projects=tuple(dict.fromkeys(f.project for f in chosen if f.project)),
        aspects=frozenset(a for f in chosen for a in f.aspects),
        disputed=tuple(f.message for f in chosen),
        rule="dispute",
    )


def _everything(findings: Sequence[StoredFinding]) -> Reply:
    """Every contradiction, gravest first as the audit has them."""
    told = [f for f in findings if worth_telling(f)]
    rounded = len(findings) - len(told)
    if not told:
        return Reply(("没有发现自相矛盾的地方：核对过的金额、增减、占比和算式都对得上。",), rule="dispute")
    lines = [f"文件里有 **{len(told)}** 处自相矛盾或前后出入，逐条如下。"]
    if rounded:
        lines.append(f"（另有 {rounded} 处只是四舍五入的差异，不算矛盾。）")
    lines += [f"- {f.kind}：{'、'.join(sorted(f.subjects)[:2])}" for f in told]
    return Reply(
        tuple(lines),
        tuple({(f.amount, f.unit): f for t in told for f in t.told}.values()),
        tuple(dict.fromkeys(c for f in told for c in f.citations)),
        subject="全部矛盾",
        names=tuple(sorted({s for f in told for s in f.subjects})),
        disputed=tuple(f.message for f in told),
        rule="dispute",
    )
