"""Does a figure answer the question, or does the question say something that the figure does not explain?

A question names a figure and often more: what of it, where, which kind. What the figure's own names, table, row and
口径 do not say has to be found in a sentence; where it narrows the figure and no sentence has it, it is not disclosed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.library import Library, counts
from assistant.parts import Parts
from assistant.query import Operation, Selector, SemanticQuery
from assistant.question import fold
from assistant.reply import Reply
from assistant.semantics import grammar_words
from assistant.shapes import Linked, Mention
from assistant.understanding import AMOUNTS
from assistant.wording import Term, tagged
from index.evidence import Classification, Dimension
from index.numbers import half_width

_EXPLAINED = 0.5
_FOUND = 0.6
_QUALIFIER = 6  # characters
_NOUNS = ("n", "vn", "j")
_QUALIFYING = ("n", "b", "j", "vn")
_MERE_PART = 2  # characters of a name that may as well be of another
_SINGLE = (Operation.VALUE, Operation.EXISTENCE)
_SEARCHED = (Operation.VALUE, Operation.EXISTENCE, Operation.LIST, Operation.COUNT)


@dataclass(frozen=True, slots=True)
class Lack:
    """What a figure leaves open of its question.

    `terms`: words it does not explain; `kinds`: kinds of thing asked for that it is not; `other_kind`: a quantity of
    another kind is asked; `other`: the name of another thing than it is of; `narrower`: what narrows its thing;
    `strange`: words that no document holds, in a question that asks for no amount; `no_number`: it asks for a kind of
    thing (什么原则) that is none.
    """

    terms: tuple[Term, ...] = ()
    kinds: tuple[Term, ...] = ()
    other_kind: bool = False
    other: str = ""
    narrower: str = ""
    strange: tuple[Term, ...] = ()
    no_number: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms or self.kinds or self.fatal)

    @property
    def fatal(self) -> bool:
        """The figure is not what is asked for, whatever else is found."""
        return bool(self.other_kind or self.other or self.narrower or self.strange or self.no_number)

    @property
    def name(self) -> str:
        """What to call the thing that is not given."""
        return self.other or self.narrower or "".join(t.word for t in self.terms or self.strange or self.kinds)


def searched(query: SemanticQuery) -> bool:
    """Operations whose question may be answered by a sentence instead."""
    return query.operation in _SEARCHED and query.then is not Operation.CHANGE


def weigh(parts: Parts, query: SemanticQuery, reply: Reply, library: Library) -> Lack:
    """What a question says that its figure does not."""
    linked = parts.linked
    unsaid = _unsaid(linked, reply, library)
    if query.members is not None and query.members.funds and query.members.conditions:
        unsaid = tuple(t for t in unsaid if t.is_thing)  # 动用, 用到: how a fund pays for what it picks
    terms = (*(t for t in unsaid if not t.kind), *unused(linked, query))
    return Lack(
        terms=terms,
        kinds=tuple(t for t in unsaid if t.kind),
        other_kind=_of_other_kind(linked, query, reply, library),
        other=misread(linked, terms, library) or _asked_elsewhere(parts, unsaid, library),
        narrower=_narrowed(linked, query, terms, library),
        strange=_strange(parts, query, unsaid, library),
        no_number=query.operation is Operation.VALUE
        and any(t.kind for t in unsaid)
        and not _numeric(parts)
        and not parts.quantities,
    )


def _numeric(parts: Parts) -> bool:
    """Is a number asked for: an amount, a count of heads, a named 口径, or a number that the question puts forward?"""
    return parts.has(*AMOUNTS) or bool(parts.head_unit or parts.measures or parts.unit)


def _asked_elsewhere(parts: Parts, unsaid: tuple[Term, ...], library: Library) -> str:
    """A thing no document holds, whose number is asked in a clause that names nothing known ("汽油一升几块，…")."""
    linked = parts.linked
    asks = [m for m in linked.mentions if m.has("ask_amount") or m.unit or m.head_unit]
    for ask in asks:
        start = max(linked.text.rfind(mark, 0, ask.start) for mark in "，：") + 1
        named = any(
            start <= m.start < ask.start and (m.sense.names or m.sense.project or m.code) for m in linked.mentions
        )
        clause = linked.text[start : ask.start]
        if any(m.has("refer") and start <= m.start < ask.start for m in linked.mentions):
            continue  # 这格该写多少: asked of what was named before
        things = (t for t in unsaid if t.tag.startswith(_NOUNS) and t.word in clause)
        strange = [t.word for t in things if not library.wording.known(t.word)]
        if strange and not named:
            return strange[0]
    return ""


def _strange(parts: Parts, query: SemanticQuery, unsaid: tuple[Term, ...], library: Library) -> tuple[Term, ...]:
    """Words no document holds, in a question that asks for no amount: things and kinds (什么牌子), what is done
    (怎么报考), and what stands behind the name (项目支出绩效自评结果)."""
    if query.operation is not Operation.VALUE or _numeric(parts):
        return ()
    unknown = tuple(t for t in unsaid if not (t.letters or library.wording.known(t.word)))
    if parts.has("how"):
        return unknown
    if parts.has("which", "what"):
        return tuple(t for t in unknown if t.kind or t.is_thing)
    named = max((m.end for m in parts.linked.mentions if m.sense.names or m.sense.project), default=0)
    return tuple(t for t in unknown if t.tag.startswith(_NOUNS) and parts.linked.text.find(t.word, named) >= 0)


def answers(text: Reply, lack: Lack, library: Library, *, asks_amount: bool) -> bool:
    """Does a text reply say what the figure left open?"""
    if not (lack.terms or lack.other_kind or lack.other or lack.narrower):
        return not asks_amount and _covers(text, lack.kinds, library)
    return _covers(text, tuple(t for t in lack.terms if t.is_thing) if lack.other_kind else lack.terms, library)


def merely(parts: Parts, lack: Lack, figure: Reply) -> bool:
    """Was an amount found by a mere part of its name (补贴, 实验室), while the question names a thing of its own that the
    figure does not explain; or a number of things by a counter alone that stands before another (多少辆出租车)?"""
    things = [t.word for t in lack.terms if t.tag.startswith("n") and t.is_telling and not (t.named or t.letters)]
    money = all(f.dimension is Dimension.MONEY and f.row is not None and not f.row.project for f in figure.figures)
    by_part = bool(parts.subjects) and all(
        s.via == "contain" and len(s.typed) <= _MERE_PART + 1 for s in parts.subjects
    )
    counters = [m.end for m in parts.linked.mentions if m.head_unit]
    nameless = not any(s.typed for s in (*parts.subjects, *parts.contexts))
    another = nameless and any(parts.linked.text.startswith(word, end) for word in things for end in counters)
    return bool(things) and (by_part and money or another)


def speaks_of(text: Reply, query: SemanticQuery) -> bool:
    """Does a passage name what an amount is asked of, by one of its names or without brackets and 费 (因公出国)?"""
    said = fold("".join(text.lines))
    names = {fold(n) for s in query.subjects if not s.codes and len(query.subjects) == 1 for n in s.names}
    return not names or any(
        name in said or len(short := re.split("[（(]", name)[0].rstrip("费")) > 2 and short in said for name in names
    )


def of_the_year(text: Reply, query: SemanticQuery | None, library: Library) -> bool:
    """Does a text speak of the earlier year that an amount is asked of (去年呢), by its number or as the year before?"""
    if query is None or library.year is None:
        return True
    years = {year for subject in query.subjects for year in subject.years if year < library.year}
    said = half_width(" ".join(text.lines))
    before = library.year - 1 in years and any(word in said for word in library.wording.terms.year_before)
    return not years or before or any(str(year) in said for year in years)


def agrees(figure: Reply, text: Reply) -> bool:
    """Does the text state the main figure too, or everything that it is the sum of?"""
    if not figure.figures:
        return False
    stated = {(f.amount, f.unit) for f in text.figures}
    main, items = figure.figures[0], {(f.amount, f.unit) for f in figure.items}
    return (main.amount, main.unit) in stated or bool(items) and items <= stated


def _covers(reply: Reply, terms: tuple[Term, ...], library: Library) -> bool:
    context = " ".join((reply.subject, reply.scope, *reply.projects))
    return not terms or library.wording.cover(terms, " ".join(reply.lines), context) >= _FOUND


# ---------------------------------------------------------------- words


def _unsaid(linked: Linked, reply: Reply, library: Library) -> tuple[Term, ...]:
    """The weighty words of a question that neither a name of the figures nor their place or 口径 explains."""
    said = [reply.subject, reply.scope, *reply.names, *reply.projects]
    for figure in (*reply.figures, *reply.items):
        said += [figure.label, *figure.names]
        if (row := figure.row) is not None:
            said += [row.subject, row.project, row.measure, row.fund, row.classification, row.parent]
            said.append(row.citation.label())
    said += [m.text for m in linked.mentions if _speaks_for_itself(m)]
    folded = fold(" ".join(s for s in said if s))
    terms = library.wording.terms_of(linked)
    return tuple(t for t in terms if library.wording.held(replace(t, others=()), folded) < _EXPLAINED)


def _speaks_for_itself(mention: Mention) -> bool:
    """A span that was matched as it stands: every word of it is accounted for."""
    sense = mention.sense
    known = sense.names or sense.project or sense.scope or sense.noun or sense.body
    names = (fold(name) for name in (*sense.names, sense.project) if name)
    return bool(known) and (
        mention.via in ("exact", "sound", "history") or any(_within(mention.text, name) for name in names)
    )


def _within(text: str, name: str) -> bool:
    """Does a name hold all characters of a text, in order?"""
    rest = iter(name)
    return all(char in rest for char in text)


def unused(linked: Linked, query: SemanticQuery) -> tuple[Term, ...]:
    """Names of a question that its query over a set leaves out ("订党报党刊的份数" answered by every indicator)."""
    if query.members is None:
        return ()
    held: set[str | None] = set()
    for selector in (query.members, query.whole, *query.subjects):
        if selector is not None:
            held |= {*selector.names, *selector.parents, *selector.exclude, *selector.measures}
            held |= {selector.project, selector.label}
    picked = "".join(c.text for c in query.members.conditions)  # 用去年结转
    found = []
    for mention in linked.mentions:
        if mention.text in picked:
            continue
        names = (*mention.sense.names, mention.sense.project)
        called = any(name and name in query.members.label for name in names)
        unheld = held.isdisjoint(n for n in (*names, mention.text) if n) and not called
        if any(names) and mention.sense.noun is None and unheld:
            found.append(Term(mention.text, tuple(fold(n) for n in names if n), named=True))
    return tuple(found)


def _of_other_kind(linked: Linked, query: SemanticQuery, reply: Reply, library: Library) -> bool:
    """A number of things is asked for (多少个, 几次), or money, and the figure is none of it."""
    asked = library.wording.asked(linked)
    fitting = sum(counts(figure, asked.counter, library) for figure in reply.figures) if asked.counter else 0
    if asked.counter and asked.several and query.operation is not Operation.COUNT:
        return fitting < 2
    if query.operation in _SINGLE and asked.counter and not reply.figures:
        return True  # a blank cell is no number of things
    if query.operation not in _SINGLE or not reply.figures:
        return False
    if asked.counter:
        return not fitting
    return asked.money and all(figure.dimension is Dimension.COUNT for figure in reply.figures)


# ---------------------------------------------------------------- names


def _narrowed(linked: Linked, query: SemanticQuery, terms: tuple[Term, ...], library: Library) -> str:
    """The unexplained thing that narrows the named one ("公务接待的茅台酒", "工程类的政府采购"): its figure is not the
    thing's. "" if none."""
    if query.operation in (Operation.LIST, Operation.COUNT) and _everything(query.members):
        strange = (t for t in terms if not t.named and t.is_telling and not library.wording.known(t.word))
        return next((t.word for t in strange if t.tag.startswith("n")), "")
    if query.operation not in _SINGLE:
        return ""
    things = sorted(t.word for t in terms if t.tag.startswith("n"))
    for mention in linked.mentions:
        if not (mention.sense.names or mention.sense.project):
            continue
        behind = linked.text[mention.end :]
        for word in things:
            if any(behind.startswith(of + word) for of in grammar_words("of")):
                return word
        if qualifier := _qualifier(linked, mention, library):
            return qualifier
    return ""


def _everything(members: Selector | None) -> bool:
    """Is a set all there is of its kind, so that a further word of the question would have to pick some of it?"""
    if members is None or not members.classifications or Classification.QUANTITY in members.classifications:
        return False
    picked = members.narrowed(classifications=(), measures=(), documents=(), years=(), stages=(), label="")
    return picked == Selector()


def _qualifier(linked: Linked, mention: Mention, library: Library) -> str:
    """A noun before a match and its 的 that no document says ("工程类的"); "" if none."""
    named = (m for m in linked.mentions if m.sense.names or m.sense.project or m.sense.body)
    gap = linked.text[max((m.end for m in named if m.end <= mention.start), default=0) : mention.start]
    if not gap.endswith("的"):
        return ""
    wording = library.wording
    words = list(tagged(re.split(r"[，。？；：]", gap[:-1])[-1]))
    while words and (words[0][0] in wording.stop or words[0][0] in wording.terms.letters):
        del words[0]
    phrase = "".join(word for word, _ in words)
    if not 2 <= len(phrase) <= _QUALIFIER or not words[0][1].startswith("n"):
        return ""
    asks = any(len(word) > 1 and (wording.is_light(word) or word in wording.stop) for word, _ in words)
    plain = not asks and not any(tag.startswith("v") for _, tag in words)
    return phrase if plain and not wording.said(phrase, library.documents) else ""


def misread(linked: Linked, terms: tuple[Term, ...], library: Library) -> str:
    """The name of another thing than the one that was matched; "" if none. Either a thing inside a span that was
    matched only nearly, of which the matched names hold not one character; or a thing glued before the match that
    makes a name of its own, one that the documents use ("绩效工资" is not 工资) or that no document knows; or a thing
    glued behind a mere part of a name ("业务基地" is not 委托业务费)."""
    things = [t.word for t in terms if t.is_thing and not t.named]
    for mention in linked.mentions:
        names = tuple(n for n in (*mention.sense.names, mention.sense.project) if n)
        if not names:
            continue
        near = mention.via not in ("exact", "sound")
        letters = set(fold("".join(names)))
        for word in things:
            if not letters.isdisjoint(word):
                continue
            if near and word in mention.text:
                return mention.text
            if linked.text[: mention.start].endswith(word) and (near or not library.wording.known(word)):
                return word + mention.text
            a_part = mention.via == "contain" and len(mention.text) <= _MERE_PART
            if a_part and linked.text[mention.end :].startswith(word):
                return mention.text + word
        compound = _compound(linked, mention, library)
        if compound and not any(compound in fold(name) for name in names):
            return compound
    return ""


def _compound(linked: Linked, mention: Mention, library: Library) -> str:
    """A noun glued before a match, together with it, where the documents use the two as one word."""
    before = max((m.end for m in linked.mentions if m.end <= mention.start), default=0)
    words = tagged(linked.text[before : mention.start])
    if not words or not words[-1][1].startswith(_QUALIFYING) or len(words[-1][0]) < 2:
        return ""
    compound = words[-1][0] + mention.text
    return compound if library.wording.said(compound, library.documents) else ""
