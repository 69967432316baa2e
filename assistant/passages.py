"""Answers made of the document's own sentences: reasons, definitions, uses, labelled fields, passages, calculations.

Sentences are quoted as printed and cited; nothing is rephrased. A passage is given only when it covers what the
question is about; otherwise the reply says that the document does not address it, and where it is mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import fields, glossary, headings, reckoning, stated, weighing
from assistant.answer import Status
from assistant.library import Found, Library, has_quantity, of_year, search
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import Sentence, clauses, figures_in
from assistant.shapes import Linked
from assistant.understanding import Need, TextNeed
from assistant.wording import Asked, Term
from index.evidence import Dimension
from index.identities.figures import shown
from index.numbers import Quantity

_COVERED = 0.6
_COVERED_BESIDE = 0.5
_TOGETHER = 0.85
_AS_GOOD = 0.98
_QUOTED = 3
_LISTED = 3  # list marks from which a clause is an enumeration
_USES = "支出方向和用途"
_PER_UNIT = r"(?P<amount>[\d.]+[千万]?元)(?P<per>(?:[/、每][人月天年套本期份次辆村])+)"
_PART = "单项"
_OF_THE_BODY = ("field", "item", "items")

Step = Callable[[TextNeed, Library], Reply | None]


def answer(need: TextNeed, library: Library) -> Reply:
    """The reply to a wish for text, from the most specific place to the most general."""
    for step in _STEPS[need.need]:
        reply = step(need, library)
        if reply is not None:
            return replace(reply, names=tuple(dict.fromkeys((*reply.names, *need.names))))
    return nothing(need, library)


def stands_alone(reply: Reply, linked: Linked, library: Library) -> bool:
    """Does a text answer a question that names no figure: a text of the body itself, or a sentence of several words?"""
    if reply.rule == "passage":
        return reply.answered and sum(not t.kind for t in library.wording.terms_of(linked)) > 1
    return reply.answered and reply.rule in _OF_THE_BODY and not reply.projects


def nothing(need: TextNeed, library: Library) -> Reply:
    """That the document does not say it; what it does say of the thing."""
    name = next((n for n in _called(need, library) if n), "")
    kind = {
        Need.REASON: "的原因",
        Need.DEFINITION: "的含义",
        Need.USE: "的用途",
        Need.CALCULATION: "的计算过程",
        Need.ATTRIBUTE: f"的{need.label}",
    }.get(need.need, "")
    what = f"“{name}”" if name else "这个问题"
    lines = [f"文件没有说明{what}{kind}。"]
    if need.need is Need.REASON and (told := stated.change(need, library)):
        lines = [told]
    mentioned = mention(need, library) if need.need is not Need.REASON else None
    if mentioned is not None:
        lines.append(f"文件只提到：“{mentioned.text}”")
    return Reply(
        tuple(lines),
        status=Status.ABSTAINED,
        reason="未披露",
        names=need.names,
        rule=need.need,
        citations=(mentioned.citation,) if mentioned else (),
    )


def mention(need: TextNeed, library: Library) -> Sentence | None:
    """A sentence that says the asked name at all."""
    terms = library.wording.terms_of(need.linked) if need.linked else ()
    if not terms:
        return None
    rarest = max(terms, key=lambda t: library.wording.weight(t.word) * (not t.kind))
    found = search(need.query, terms, library)[:3]
    return next((f.sentence for f in found if library.wording.held(rarest, fold(f.sentence.text)) == 1.0), None)


# ---------------------------------------------------------------- definitions and uses


def _definition(need: TextNeed, library: Library) -> Reply | None:
    found = glossary.define(_called(need, library), need.query, library)
    if not found:
        return None
    figures = tuple(f for d in found for f in figures_in(d.text, (d.citation,)))
    return Reply(
        tuple(d.text for d in found),
        figures,
        tuple(d.citation for d in found),
        subject=found[0].term,
        names=need.names,
        aspects=frozenset({"定义"}),
        rule="definition",
    )


def _called(need: TextNeed, library: Library) -> list[str]:
    """What the thing in question may be called. A name that is only part of it ("工资" in 绩效工资) is none."""
    if need.linked is None:
        return [*need.names, library.wording.topic(need.query)]
    other = weighing.misread(need.linked, (terms := library.wording.terms_of(need.linked)), library)
    spoken = [m.text for m in need.linked.mentions if m.sense.names and m.via == "exact" and m.text not in other]
    if other and not spoken:
        return [other]
    topic = library.wording.subject_of(need.linked)
    return [*spoken, *need.names, topic] if spoken else [topic, *(t.word for t in terms)]


def _used(need: TextNeed, library: Library) -> Reply | None:
    """What a named thing is for, unless the name is only part of what is asked about."""
    if need.linked is not None and weighing.misread(need.linked, library.wording.terms_of(need.linked), library):
        return None
    return stated.use(need, library)


def consists(need: TextNeed, library: Library) -> Reply | None:
    """What something consists of, in words: its stated parts, its definition, the text under its own heading."""
    return next((reply for step in (_used, _definition, headings.under_name) if (reply := step(need, library))), None)


def _spending(need: TextNeed, library: Library) -> Reply | None:
    """What a project's money goes to."""
    if not need.project:
        return None
    return fields.answer(replace(need, need=Need.ATTRIBUTE, label=_USES), library, always=True)


# ---------------------------------------------------------------- sentences


def passage(need: TextNeed, library: Library) -> Reply | None:
    """The sentences that cover the question; those of other places that cover it as well stand beside them."""
    if need.linked is None:
        return None
    terms = library.wording.terms_of(need.linked)
    asked = library.wording.asked(need.linked)
    verifies = need.linked.has("verify", "existence")
    found = [f for f in search(need.query, terms, library, asked) if _enough(f, asked, library)]
    found = [f for f in found if not _lacks(f, library) or (verifies and _holds_rarest(f, terms, library))]
    content = [t for t in terms if not t.kind]
    if (
        len(content) < 2
        and all(t.named for t in content)
        and not asked
        and any(t.kind and not library.wording.known(t.word) for t in terms)
    ):
        return None
    years = [m.year for m in need.linked.mentions if m.year is not None]
    if years:
        found = [f for f in found if of_year(f.sentence.text, f.sentence.context, years, library)]
    if asked:
        found = [f for f in found if attached(f.sentence.text, terms, asked, library)]
    return told(found, terms, several=bool(asked) or need.linked.has("list", "contradiction")) if found else None


def _enough(found: Found, asked: Asked, library: Library) -> bool:
    """Does a sentence cover the question? One that states the very quantities may leave more to its context."""
    fits = asked.several and has_quantity(found.sentence.text, asked, library)
    return found.covered >= (_COVERED_BESIDE if fits else _COVERED)


def standard(need: TextNeed, library: Library) -> Reply | None:
    """An amount printed per head, per month, per piece right behind what is asked about (五险968元/人/月)."""
    if need.linked is None:
        return None
    terms = library.wording.terms_of(need.linked)
    for found in search(need.query, terms, library):
        for term in terms if found.covered >= _COVERED_BESIDE else ():
            words = "|".join(map(re.escape, (term.word, *term.others)))
            match = re.search(rf"(?:{words}){_PER_UNIT}", fold(found.sentence.text))
            if match is None or term.kind:
                continue
            reply = told([found], terms)
            own = figures_in(match["amount"], (found.sentence.citation,), (term.word,))
            line = f"{term.word}：**{match['amount']}{match['per']}**（文件所印的标准）"
            rest = tuple(f for f in reply.figures if f.amount != own[0].amount)
            return replace(reply, lines=(line, *reply.lines), figures=(*own, *rest), rule="standard")
    return None


def told(found: Sequence[Found], terms: Sequence[Term], *, several: bool = False) -> Reply:
    """The best sentence, quoted; further places that cover as much (`several`: nearly as much) are quoted too."""
    best = found[0]
    limit = best.score * (_TOGETHER if several else _AS_GOOD)
    chosen = [f for f in found if f.score >= limit and f.covered >= best.covered - (1 - _TOGETHER)][:_QUOTED]
    sentences = _distinct([f.sentence for f in chosen])
    lines = [f"{_head(s)}：{s.text}" for s in sentences]
    if len(lines) > 1:
        lines = [f"- {line}" for line in lines]
    figures = tuple(f for s in sentences for f in figures_in(s.text, (s.citation,)))
    names = tuple(dict.fromkeys(n for t in terms if t.named for n in (t.word, *t.others)))
    return Reply(
        tuple(lines),
        tuple({(f.amount, f.unit): f for f in figures}.values()),
        tuple(s.citation for s in sentences),
        subject=_head(best.sentence),
        names=names,
        projects=tuple({s.owner for s in sentences if s.owner}),
        scope="；".join(dict.fromkeys(s.context for s in sentences)),
        aspects=frozenset({"文字"}),
        rule="passage",
    )


def attached(text: str, terms: Sequence[Term], asked: Asked, library: Library) -> bool:
    """Does a quantity of the asked kind stand in the clause of what is asked, not merely somewhere in the sentence?
    The parts of an enumeration are clauses of their own."""
    wording = library.wording
    rarest = max(terms, key=lambda t: wording.weight(t.word) * (1 + t.named) * (not t.kind))
    inside = [c for c in _clauses(text) if wording.held(rarest, fold(c)) >= 0.5] or _clauses(text)
    one = replace(asked, several=False)
    return any(has_quantity(clause, one, library) for clause in inside)


def _clauses(text: str) -> list[str]:
    """Clauses; a long enumeration falls into its items, everything else stays together up to the next stop."""
    parts: list[str] = []
    for sentence in text.replace(";", "；").split("；"):
        inner = clauses(sentence)
        parts += inner if sentence.count("、") >= _LISTED and len(inner) > _LISTED else [sentence]
    return parts


def _holds_rarest(found: Found, terms: Sequence[Term], library: Library) -> bool:
    """Is there or not: a sentence with the most telling word that any document has says so, whatever else it lacks."""
    known = [t for t in terms if t.named or library.wording.known(t.word)]
    rarest = max(known, key=lambda t: library.wording.weight(t.word), default=None)
    return rarest is not None and library.wording.held(rarest, fold(found.sentence.text)) == 1.0


def _lacks(found: Found, library: Library) -> bool:
    """The sentence lacks a thing of the question that no passage holds: what is asked is not in the document."""
    return any(not t.named and not t.kind and t.is_thing and not library.wording.known(t.word) for t in found.missing)


def _distinct(sentences: Sequence[Sentence]) -> list[Sentence]:
    kept: list[Sentence] = []
    for sentence in sentences:
        bare = fold(sentence.text)
        if not any(bare in fold(other.text) or fold(other.text) in bare for other in kept):
            kept.append(sentence)
    return kept


def _head(sentence: Sentence) -> str:
    """What to call the place: the project and the label, unless the sentence says it, else the heading."""
    if sentence.owner or sentence.label:
        parts = (sentence.owner, "" if sentence.text.startswith(sentence.label) else sentence.label)
        return "·".join(part for part in parts if part) or (sentence.citation.table or "").split("（")[0]
    heading = sentence.citation.section if sentence.citation.table is None else sentence.citation.table
    return heading.split(" > ")[-1]


def _calculation(need: TextNeed, library: Library) -> Reply | None:
    """A sentence with printed arithmetic about what is asked, and the arithmetic done again."""
    if need.linked is None:
        return None
    terms = library.wording.terms_of(need.linked)
    for found in search(need.query, terms, library):
        if found.covered < _COVERED:
            continue
        done = reckoning.checks(found.sentence.text, (found.sentence.citation,))
        if not done:
            continue
        rarest = max(terms, key=lambda t: library.wording.weight(t.word) * (not t.kind))
        own = [c for c in done if library.wording.held(rarest, fold(c.about)) >= 0.5]
        part = bool(own) and len(own) < len(done)
        done = tuple(own) or done
        verdict = "" if all(c.holds for c in done) else "算式**不完全相符**："
        return replace(
            _with_checks(told([found], terms), done, verdict), aspects=frozenset({_PART if part else "明细"})
        )
    return None


def _with_checks(reply: Reply, done: Sequence[reckoning.Check], verdict: str) -> Reply:
    """A quoted sentence with its arithmetic done again below it."""
    return replace(
        reply,
        lines=(*reply.lines, *((verdict,) if verdict else ()), *(c.line for c in done)),
        figures=(*reply.figures, *(f for c in done for f in c.figures)),
        aspects=frozenset({_PART}),
        rule="calculation",
    )


def worked(linked: Linked, library: Library) -> Reply | None:
    """The sentence whose printed arithmetic holds the figures of a question, done again."""
    asked = tuple(Term(m.text, _printed(m.quantity)) for m in linked.mentions if m.quantity is not None)
    for found in search(linked.text, asked, library):
        if any(library.wording.held(term, fold(found.sentence.text)) < 1 for term in asked):
            continue
        done = reckoning.checks(found.sentence.text, (found.sentence.citation,))
        own = tuple(c for c in done if any(library.wording.held(t, fold(c.line)) == 1 for t in asked))
        if own:
            verdict = "**相符**" if all(c.holds for c in own) else "**不完全相符**"
            return _with_checks(told([found], asked), own, f"{verdict}：")
    return None


def _printed(quantity: Quantity) -> tuple[str, ...]:
    """How an amount may be printed: in 元 and in 万元."""
    if quantity.dimension is not Dimension.MONEY:
        return ()
    return tuple(f"{shown(quantity.value, unit)}{unit}" for unit in ("元", "万元"))


_STEPS: dict[Need, tuple[Step, ...]] = {
    Need.REASON: (stated.reason, headings.note),
    Need.DEFINITION: (_definition, _used),
    Need.USE: (_spending, _used, _definition, headings.under_name, passage),
    Need.MANNER: (stated.procedure, passage),
    Need.ATTRIBUTE: (fields.answer, headings.heading, _used, passage),
    Need.PASSAGE: (fields.holders, headings.family, headings.heading, passage, headings.note),
    Need.CALCULATION: (_calculation, passage),
    Need.CONTRADICTION: (_calculation, passage),
}
