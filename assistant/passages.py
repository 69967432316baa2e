"""Answers made of the document's own sentences: reasons, definitions, uses, labelled fields, passages, calculations.

Sentences are quoted as printed and cited; nothing is rephrased. A passage is given only when it covers what the
question is about; otherwise the reply says that the document does not address it, and where it is mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import (
    covering,
    fields,
    glossary,
    goals,
    headings,
    holding,
    including,
    places,
    reckoning,
    stated,
    weighing,
)
from assistant.answer import Status
from assistant.covering import passage, told
from assistant.library import Library, search
from assistant.question import fold
from assistant.reply import Reply, join
from assistant.sentences import DEFINITION, Sentence, figures_in
from assistant.shapes import Linked
from assistant.understanding import Need, TextNeed
from index.numbers import MONEY_UNITS

_COVERED = 0.6
_DESCRIBED = 0.7
_USES = "支出方向和用途"
_OVERVIEW = "项目概况"
_PART = "单项"
_OF_THE_BODY = ("field", "item", "items")

Step = Callable[[TextNeed, Library], Reply | None]


def answer(need: TextNeed, library: Library) -> Reply:
    """The reply to a wish for text, from the most specific place to the most general; of each label that is asked."""
    if len(need.labels) > 1:
        each = [answer(replace(need, label=label, labels=()), library) for label in need.labels]
        if len(told := [reply for reply in each if reply.answered]) > 1:
            return join(tuple(told), told[0].rule)
    for step in _STEPS[need.need]:
        reply = step(need, library)
        if reply is not None:
            return replace(reply, names=tuple(dict.fromkeys((*reply.names, *need.names))))
    return nothing(need, library)


def stands_alone(reply: Reply, linked: Linked, library: Library) -> bool:
    """Does a text answer a question that names no figure: a text of the body itself, a sentence of several words, or
    one that says the kind of thing that is asked for (按什么原则)?"""
    if reply.rule == "passage":
        terms, told = library.wording.terms_of(linked), fold(" ".join(reply.lines))
        kinds = any(t.kind and library.wording.said(t.word) and t.word in told for t in terms)
        return reply.answered and (kinds or sum(not t.kind for t in terms) > 1)
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
    """What a term means; of several terms, what each of them means; where money comes from, only if it says so."""
    if need.linked is not None and need.linked.has("belongs"):
        listed = _listed(need, library)
        if listed is not None or not any(m.sense.names for m in need.linked.mentions):
            return listed
    found = _of_each(need, library) or glossary.define(_called(need, library), need.query, library)
    if need.linked is not None and need.linked.has("origin"):
        found = tuple(d for d in found if any(mark in fold(d.text) for mark in library.wording.terms.sources))
    found = found or glossary.asked_in(need.query, library)
    return _defined(found, need) if found else None


def called(need: TextNeed, library: Library) -> Reply | None:
    """The glossary's entry of a thing that a question describes and asks the name of: one that says most of it, each of
    its words that any document says (彩票和卖地收来的那种预算叫什么)."""
    if need.linked is None or not any(word in need.query for word in library.wording.terms.naming):
        return None
    if any(m.via == "exact" and (m.sense.names or m.sense.project) for m in need.linked.mentions):
        return None
    terms = [t for t in library.wording.terms_of(need.linked) if not (t.kind or t.letters)]
    heard = [t for t in terms if t.named or t.near or library.wording.said(t.word, library.documents)]
    whole = [replace(t, others=()) for t in heard]
    for one in search(need.query, whole, library):
        if one.sentence.kind == DEFINITION and library.wording.cover(whole, one.sentence.text) >= _DESCRIBED:
            return told([one], terms)
    return None


def entry(need: TextNeed, library: Library) -> Reply | None:
    """The glossary's entry of a term that stands in a question before what asks for its meaning."""
    found = glossary.asked_in(need.query, library)
    return _defined(found, need) if found else None


def _defined(found: Sequence[glossary.Definition], need: TextNeed) -> Reply:
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


def _of_each(need: TextNeed, library: Library) -> tuple[glossary.Definition, ...]:
    """The definitions of the several terms of a question (事业收入和经营收入有什么区别); empty when it has but one."""
    if need.linked is None:
        return ()
    named = [m for m in need.linked.mentions if m.via == "exact" and (m.sense.names or m.sense.noun)]
    called = [m.text for m in named if len(m.text) > 1] + library.wording.topics_of(need.linked)
    found = [d for term in dict.fromkeys(called) for d in glossary.define([term], term, library)[:1]]
    terms = tuple({d.term: d for d in found}.values())
    return terms if len(terms) > 1 else ()


def _listed(need: TextNeed, library: Library) -> Reply | None:
    """The definition that lists what is asked about (利息算什么收入); one that lists the thing, however the question
    goes round it (把房子租出去收的租金)."""
    if (found := covering.passage(need, library, kind=DEFINITION)) is not None or need.linked is None:
        return found
    things = [t for t in library.wording.terms_of(need.linked) if (t.is_thing or t.named) and not t.kind]
    known = [replace(t, others=()) for t in things if library.wording.said(t.word, library.documents)]
    lists = "|".join(map(re.escape, library.wording.terms.inclusion.lists))
    for one in search(need.query, known, library) if need.linked.has("belongs") else ():
        listed = re.split(lists, fold(one.sentence.text), maxsplit=1)[1:]
        if one.sentence.kind == DEFINITION and listed and all(library.wording.held(t, listed[0]) for t in known):
            return told([one], known)
    return None


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


def _goal(need: TextNeed, library: Library) -> Reply | None:
    """What a project without a form is to achieve, as a column of words beside its money prints it."""
    of_goals = need.label[-2:] in {column[-2:] for column in library.wording.terms.goal_columns}
    names = tuple(name for name in (need.project, *need.names) if name)
    return goals.printed(need.linked, names, library) if need.linked is not None and of_goals and names else None


def _used(need: TextNeed, library: Library) -> Reply | None:
    """What a named thing is for, unless the name is only part of what is asked about."""
    linked = need.linked
    if linked is not None and (
        linked.has("belongs") or weighing.misread(linked, library.wording.terms_of(linked), library)
    ):
        return None
    return stated.use(need, library)


def consists(need: TextNeed, library: Library) -> Reply | None:
    """What something consists of, in words: its stated parts, its definition, the text under its own heading."""
    steps = (_used, _definition, headings.under_name, _bracketed)
    return next((reply for step in steps if (reply := step(need, library))), None)


def _bracketed(need: TextNeed, library: Library) -> Reply | None:
    """The printed line of a named item that goes on in brackets behind it."""
    if need.linked is None or not need.names:
        return None
    terms = [t for t in library.wording.terms_of(need.linked) if t.named]
    for found in search(need.query, terms, library) if terms else ():
        text = found.sentence.text
        if found.covered == 1.0 and any(covering.goes_on(text, (t.word, *t.others)) for t in terms):
            return covering.told([found], terms)
    return None


def _spending(need: TextNeed, library: Library) -> Reply | None:
    """What a project's money goes to; where something in it is asked about, what its overview says of that too."""
    if not need.project:
        return None
    spent = fields.answer(replace(need, need=Need.ATTRIBUTE, label=_USES), library, always=True)
    of = [
        t
        for t in fields.residue(need, library, owned=True)
        if not t.general and (t.near or library.wording.known(t.word))
    ]
    plan = fields.answer(replace(need, need=Need.ATTRIBUTE, label=_OVERVIEW), library) if of else None
    if spent is None or plan is None or library.wording.cover(of, " ".join(plan.lines)) < _COVERED:
        return spent
    return join((plan, spent), "field")


# ---------------------------------------------------------------- arithmetic


def _calculation(need: TextNeed, library: Library) -> Reply | None:
    """A sentence with printed arithmetic about what is asked, and the arithmetic done again."""
    if need.linked is None:
        return None
    terms = library.wording.terms_of(need.linked)
    unit = next((m.unit for m in need.linked.mentions if m.unit in MONEY_UNITS), "")
    for found in search(need.query, terms, library):
        if found.covered < _COVERED:
            continue
        done = reckoning.checks(found.sentence.text, (found.sentence.citation,))
        if not done:
            continue
        rarest = max(terms, key=lambda t: library.wording.weight(t.word) * (not t.kind))
        own = [c for c in done if library.wording.held(rarest, fold(c.about)) >= 0.5]
        own = own or [c for c in done if any(t.named and t.word in fold(c.about) for t in terms)]
        part = bool(own) and len(own) < len(done)
        done = tuple(reckoning.in_unit(c, unit) for c in own or done)
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


def worked(linked: Linked, library: Library, *, single: bool = False) -> Reply | None:
    """The sentence whose printed arithmetic holds the figures of a question, done again. `single`: only one sum that
    comes out right."""
    unit = next((m.unit for m in linked.mentions if m.unit in MONEY_UNITS), "")
    asked = tuple(covering.amount_term(m) for m in linked.mentions if m.quantity is not None)
    for found in search(linked.text, asked, library):
        if any(library.wording.held(term, fold(found.sentence.text)) < 1 for term in asked):
            continue
        done = reckoning.checks(found.sentence.text, (found.sentence.citation,))
        own = tuple(c for c in done if any(library.wording.held(t, fold(c.line)) == 1 for t in asked))
        if single and asked and (len(own) != 1 or not own[0].holds):
            return None
        if own:
            own = tuple(reckoning.in_unit(c, unit) for c in own)
            verdict = "**相符**" if all(c.holds for c in own) else "**不完全相符**"
            return _with_checks(told([found], asked), own, f"{verdict}：")
    return None


_STEPS: dict[Need, tuple[Step, ...]] = {
    Need.REASON: (stated.reason, headings.note),
    Need.DEFINITION: (_definition, _used, _listed),
    Need.USE: (including.included, _spending, places.where, _used, _definition, headings.under_name, passage),
    Need.MANNER: (stated.procedure, passage),
    Need.ATTRIBUTE: (holding.with_label, fields.answer, _goal, headings.heading, _used, fields.absent, passage),
    Need.PASSAGE: (
        headings.family,
        places.where,
        covering.saying,
        headings.heading,
        passage,
        headings.note,
    ),
    Need.CALCULATION: (_calculation, passage),
    Need.CONTRADICTION: (_calculation, passage),
}
