"""Sentences that cover a question, quoted as printed with the place each stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asking import asks_day, asks_no_number, asks_saying, listed_kind, saying_length
from assistant.library import Found, Library, has_quantity, of_year, search
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import Sentence, clauses, figures_in
from assistant.shapes import Linked, Mention
from assistant.understanding import Need, TextNeed
from assistant.wording import Asked, Term
from index.evidence import Dimension
from index.identities.figures import shown

_COVERED = 0.59
COVERED_BESIDE = 0.5
_TOGETHER = 0.85
_AS_GOOD, _NEARLY = 0.98, 0.9
_QUOTED = 3
_MEANING = ("n", "v", "j", "l", "i")
_COVERED_SAYING = 0.4
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_QUOTATION = re.compile(r"[“\"]([^”\"]{2,30})[”\"]")
_DATE = re.compile(r"\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日|自\d{4}年")
_HIDDEN = "\x00"
_LISTED = 3  # list marks from which a clause is an enumeration


def beyond(need: TextNeed, library: Library) -> Reply | None:
    """The sentences that say everything an open question says beside the names in it (总值班室要往哪儿报紧急大事)."""
    if need.linked is None:
        return None
    wording = library.wording
    terms = wording.terms_of(need.linked)
    said = [t for t in terms if not t.kind and not t.named and t.tag.startswith(_MEANING)]
    said = [t for t in said if t.near or wording.known(t.word)]
    told_before = "".join(m.text for m in need.linked.mentions if m.via == "history")
    said = [t for t in said if t.word not in told_before]
    found = []
    for one in search(need.query, terms, library) if said else ():
        text, context = fold(one.sentence.text), fold(one.sentence.context)
        own = any(wording.held(t, text) >= 0.5 for t in said)
        whole = (*said, *(t for t in terms if t.named))
        around = all(max(wording.held(t, text), wording.held(t, context)) >= 0.5 for t in whole)
        who = not asks_no_number(need.query) or _says_own(text, [t for t in terms if not t.kind], need, library)
        if own and around and who and not _lacks(one, library, False):
            found.append(one)
    return told(found, terms, _NEARLY) if found else None


def goes_on(text: str, names: Sequence[str]) -> bool:
    """Does a printed text go on in brackets right behind one of the names and its amount?"""
    words = "|".join(map(re.escape, names))
    return re.search(rf"(?:{words})(?:[\d.,]+[万亿]?元)?[；;，,]?[(（][^)）]{{4,}}", text) is not None


def passage(need: TextNeed, library: Library, kind: str = "") -> Reply | None:
    """The sentences that cover the question; those of other places that cover it as well stand beside them. `kind`:
    only sentences of that kind of chunk."""
    if need.linked is None:
        return None
    terms = library.wording.terms_of(need.linked)
    asked = library.wording.asked(need.linked)
    verifies = need.linked.has("verify", "existence")
    found = [f for f in search(need.query, terms, library, asked) if _enough(f, asked, library)]
    found = [f for f in found if not kind or f.sentence.kind == kind]
    found = [f for f in found if not _lacks(f, library, bool(asked)) or (verifies and _holds_rarest(f, terms, library))]
    content = [t for t in terms if not t.kind]
    if need.need is Need.ATTRIBUTE and not content:
        return None
    if (
        len(content) < 2
        and all(t.named for t in content)
        and not asked
        and any(t.kind and not library.wording.known(t.word) for t in terms)
    ):
        return None
    found = [f for f in found if _of_need(f.sentence.text, need, content, library)]
    if asks_no_number(need.query) and not asked and not need.linked.has("ask_amount"):
        found = [f for f in found if _says_own(f.sentence.text, content, need, library)]
    years = [m.year for m in need.linked.mentions if m.year is not None]
    if years:
        found = [f for f in found if of_year(f.sentence.text, f.sentence.context, years, library)]
    if asked:
        about = (terms, _before_asked(terms, need.linked))
        found = [f for f in found if any(attached(f.sentence.text, own, asked, library) for own in about if own)]
    if not found:
        return None
    if kind := listed_kind(need.query):
        best = found[0]
        found = sorted(found, key=lambda f: not _enumerates(f, kind, best))
    if asked or need.linked.has("list", "contradiction"):
        return told(found, terms, _TOGETHER)
    return told(found, terms, _NEARLY if need.linked.has("what", "which", "how", "use") else _AS_GOOD)


def _enumerates(found: Found, kind: str, best: Found) -> bool:
    """Does a sentence that covers as much as the best list several things called what is asked for (哪些会)?"""
    items = [part for clause in clauses(found.sentence.text) for part in re.split("[和及与]", clause)]
    several = sum(item.endswith(kind) for item in items) > 1
    return several and found.covered >= best.covered - (1 - _TOGETHER)


def _of_need(text: str, need: TextNeed, content: Sequence[Term], library: Library) -> bool:
    """A sentence that only says the name of the thing has to say behind it what it is for, or how it is handled."""
    terms = library.wording.terms
    if need.need is Need.USE and all(t.named for t in content):
        named = "|".join(re.escape(word) for t in content for word in (t.word, *t.others))
        purposes = "|".join(map(re.escape, terms.purposes))
        return re.search(rf"(?:{named}).*(?:{purposes})", fold(text)) is not None
    return need.need is not Need.MANNER or len(content) > 1 or any(word in text for word in terms.procedures)


def _says_own(text: str, content: Sequence[Term], need: TextNeed, library: Library) -> bool:
    """Who, when, where: does a sentence say what is asked of the named thing, or how that is handled?"""
    folded = fold(text)
    own = [t for t in content if not (t.named or t.general) and (t.near or library.wording.known(t.word))]
    if asks_day(need.query) and _DATE.search(folded):
        return True
    said = bool(own) and all(library.wording.held(t, folded) >= 0.5 for t in own)
    return said or any(mark in folded for mark in library.wording.terms.procedures)


def _enough(found: Found, asked: Asked, library: Library) -> bool:
    """Does a sentence cover the question? One that states the very quantities may leave more to its context."""
    fits = asked.several and has_quantity(found.sentence.text, asked, library)
    return found.covered >= (COVERED_BESIDE if fits else _COVERED)


def told(found: Sequence[Found], terms: Sequence[Term], alike: float = _AS_GOOD) -> Reply:
    """The best sentence, quoted; further places that cover as much, by this share, are quoted too."""
    best = found[0]
    limit = best.score * alike
    chosen = [f for f in found if f.score >= limit and f.covered >= best.covered - (1 - _TOGETHER)][:_QUOTED]
    return tell([f.sentence for f in chosen], terms)


def tell(quoted: Sequence[Sentence], terms: Sequence[Term]) -> Reply:
    """Sentences, each quoted once with what its place is called."""
    sentences = _distinct(quoted)
    lines = [f"{_head(s)}：{s.text}" for s in sentences]
    if len(lines) > 1:
        lines = [f"- {line}" for line in lines]
    figures = tuple(f for s in sentences for f in figures_in(s.text, (s.citation,)))
    names = tuple(dict.fromkeys(n for t in terms if t.named for n in (t.word, *t.others)))
    return Reply(
        tuple(lines),
        tuple({(f.amount, f.unit): f for f in figures}.values()),
        tuple(s.citation for s in sentences),
        subject=_head(sentences[0]),
        names=names,
        projects=tuple(dict.fromkeys(s.owner for s in sentences if s.owner)),
        scope="；".join(dict.fromkeys(s.context for s in sentences)),
        aspects=frozenset({"文字"}),
        rule="passage",
    )


def _before_asked(terms: Sequence[Term], linked: Linked) -> Sequence[Term]:
    """The term right behind the number that is asked for (几个社区), else right before it (公开点设了多少个)."""
    asks = [m for m in linked.mentions if m.has("ask_amount", "count") or m.head_unit]
    if not asks:
        return ()
    if behind := tuple(t for t in terms if linked.text.startswith(t.word, asks[0].end)):
        return behind
    placed = [(linked.text.rfind(t.word, 0, asks[0].start), t) for t in terms if not t.kind]
    return tuple(t for place, t in placed if place >= 0 and place == max(place for place, _ in placed))


def amount_term(mention: Mention) -> Term:
    """An amount of a question as a text may print it: in 元 and in 万元."""
    quantity = mention.quantity
    if quantity is None or quantity.dimension is not Dimension.MONEY:
        return Term(fold(mention.text))
    return Term(mention.text, tuple(f"{shown(quantity.value, unit)}{unit}" for unit in ("元", "万元")))


def pointed(need: TextNeed, library: Library) -> Reply | None:
    """How many there are of those that an amount is printed behind (拿6万的有几家: 三个单位6万元)."""
    if need.linked is None or not (asked := library.wording.asked(need.linked)).counter:
        return None
    spoken = need.linked.text
    such = [m for m in need.linked.mentions if any(f"{m.text}{behind}" in spoken for behind in ("的", "，，"))]
    amounts = [amount_term(m) for m in such if m.quantity is not None]
    terms = (*library.wording.terms_of(need.linked), *amounts)
    for found in search(need.query, terms, library) if amounts else ():
        for word in (word for term in amounts for word in term.others):
            for match in re.finditer(rf"[^，。；、（）()：]{{2,8}}?(?={re.escape(word)})", found.sentence.text):
                if has_quantity(match[0], asked, library):
                    reply = tell([found.sentence], terms)
                    count = match[0].removeprefix(figures_in(match[0])[0].label)
                    return replace(reply, lines=(f"{word}的：**{count}**", *reply.lines), rule="pointed")
    return None


def attached(text: str, terms: Sequence[Term], asked: Asked, library: Library) -> bool:
    """Does a quantity of the asked kind stand in the clause of what is asked, not merely somewhere in the sentence?
    The parts of an enumeration are clauses of their own; what stands in brackets belongs to the clause before them."""
    wording = library.wording
    rarest = max(terms, key=lambda t: wording.weight(t.word) * (1 + t.named) * (not t.kind))
    whole = [c for c in _outer(text) if wording.held(rarest, fold(_BRACKETS.sub("", c))) >= 0.5]
    inside = whole or [c for c in _clauses(text) if wording.held(rarest, fold(c)) >= 0.5] or _clauses(text)
    one = replace(asked, several=False)
    return any(has_quantity(clause, one, library) for clause in inside)


def _outer(text: str) -> list[str]:
    """The clauses of a text with what stands in brackets behind them; none where nothing is in brackets."""
    if not _BRACKETS.search(text):
        return []
    brackets = _BRACKETS.findall(text)
    parts = _clauses(_BRACKETS.sub(_HIDDEN, text))
    return [re.sub(_HIDDEN, lambda _: brackets.pop(0), part) for part in parts]


def _clauses(text: str) -> list[str]:
    """Clauses; a long enumeration falls into its items, everything else stays together up to the next stop."""
    parts: list[str] = []
    for sentence in text.replace(";", "；").split("；"):
        inner = clauses(sentence)
        parts += inner if sentence.count("、") >= _LISTED and len(inner) > _LISTED else [sentence]
    return parts


def saying(need: TextNeed, library: Library) -> Reply | None:
    """The sentence with the words in quotation marks that a question asks for (哪三个字的要求)."""
    if need.linked is None or not asks_saying(need.query):
        return None
    letters = saying_length(need.query)
    terms = library.wording.terms_of(need.linked)
    for found in search(need.query, terms, library):
        quoted = [re.sub(r"\W", "", words) for words in _QUOTATION.findall(found.sentence.text)]
        if any(not letters or len(words) == letters for words in quoted) and found.covered >= _COVERED_SAYING:
            return tell([found.sentence], terms)
    return None


def _holds_rarest(found: Found, terms: Sequence[Term], library: Library) -> bool:
    """Is there or not: a sentence with the most telling word that any document has says so, whatever else it lacks."""
    known = [t for t in terms if t.named or library.wording.known(t.word)]
    rarest = max(known, key=lambda t: library.wording.weight(t.word), default=None)
    return rarest is not None and library.wording.held(rarest, fold(found.sentence.text)) == 1.0


def _lacks(found: Found, library: Library, strict: bool) -> bool:
    """The sentence lacks a thing of the question that no passage holds: what is asked is not in the document. One that
    says little by itself counts only where an amount is asked for (`strict`)."""
    unknown = (t for t in found.missing if not (t.named or t.kind or library.wording.known(t.word)))
    return any(t.near or (t.is_thing and not t.letters) if strict else t.is_telling for t in unknown)


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
