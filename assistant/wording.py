"""Which words of a question carry its content, and how well a text covers them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import rjieba

from assistant import thesaurus
from assistant.labels import labels_in
from assistant.question import fold
from assistant.semantics import Semantics
from assistant.shapes import Linked
from assistant.text_terms import TextTerms, load
from index.lexical import query_text, question_words

_CONTENT_TAGS = ("n", "v", "a", "j", "l", "i", "s", "t", "eng", "b", "z", "f", "q", "x")
_TRUSTED = ("exact", "sound")
_SOFT = frozenset({"filler", "polite", "detail", "manner", "how", "what", "refer", "continue", "self"})
_MEANING = ("n", "v", "a")
_PERSON = "nr"  # what a cutter makes of letters that it does not know
_THINGS = ("n", "x", "j", "l", "i", "vn")
_SOME_MONEY = re.compile(r"(?:多少|几)[十百千万亿]*(?:元|块|钱|万)")
_SOME_RATE = re.compile(r"[一-龥]率(?:呢|$)")
_POINTS = re.compile(r"(?:几|多少)个?(?:百分点|点(?=[，。？]|$))|百分之(?:几|多少)")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_PART_HELD = 0.8
_NEAR_HELD = 0.9
_KIND, _STRANGE_KIND, _STRANGE_THING, _STRANGE = 0.4, 0.2, 0.6, 0.12  # what a term counts for, against a known one
_FEWEST = 2


@cache
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """Words with their part-of-speech tags."""
    return tuple(rjieba.tag(text))


@dataclass(frozen=True, slots=True)
class Term:
    """A word that evidence must hold, or what it may be called instead. `near`: words that say nearly the same;
    `named`: it links to a name of the index; `kind`: it only says what kind of thing is asked for ("哪个地方",
    "什么岗位"); `tag`: its part of speech; `general`: it says little by itself (角色, 人家); `letters`: no word, but
    letters that may belong to others (光印)."""

    word: str
    others: tuple[str, ...] = ()
    named: bool = False
    kind: bool = False
    tag: str = "n"
    near: tuple[str, ...] = ()
    general: bool = False
    letters: bool = False

    @property
    def is_thing(self) -> bool:
        return self.tag.startswith(_THINGS)

    @property
    def is_telling(self) -> bool:
        """A thing of its own, no word that says little."""
        return self.is_thing and not self.general


@dataclass(frozen=True, slots=True)
class Asked:
    """What kind of quantity a question asks for: of things counted, of money, a rate, or any number."""

    counter: str = ""
    money: bool = False
    number: bool = False
    rate: bool = False
    several: bool = False  # of each of several things

    def __bool__(self) -> bool:
        return bool(self.counter) or self.money or self.number or self.rate


@dataclass(frozen=True)
class Wording:
    """Built once an index. `grams`: in how many chunks a character bigram occurs; `stop`: words that only ask;
    `texts`: (document, folded text) of every chunk."""

    stop: frozenset[str]
    terms: TextTerms
    grams: dict[str, int]
    texts: tuple[tuple[str, str], ...] = field(repr=False)
    bodies: tuple[str, ...] = ()  # folded names of the bodies whose documents these are

    def content_words(self, question: str) -> tuple[str, ...]:
        """Nouns, verbs and the like, without the words that only ask."""
        pieces = query_text(fold(question)).split()
        return tuple(dict.fromkeys(w for piece in pieces for w, tag in tagged(piece) if self._carries(w, tag)))

    def weighty(self, text: str) -> tuple[str, ...]:
        """Content words without those that evidence need not repeat."""
        return tuple(w for w in self.content_words(text) if not self.is_light(w))

    def is_light(self, word: str) -> bool:
        return word in self.terms.light

    def terms_of(self, linked: Linked) -> tuple[Term, ...]:
        """What evidence must hold: linked names (by any of their names), and the other weighty words."""
        taken, asking, operating = ([False] * len(linked.text) for _ in range(3))
        asked = labels_in(linked)
        found: list[Term] = []
        for mention in linked.mentions:
            sense = mention.sense
            names = (*sense.names, *((sense.project,) if sense.project else ()))
            said = asking
            if names and mention.via in _TRUSTED:
                near = tuple(other for other in thesaurus.said_instead(mention.text) if self.said(other))
                found.append(Term(mention.text, tuple(dict.fromkeys(fold(n) for n in names)), named=True, near=near))
                said = taken
            elif names or len(mention.text) < _FEWEST:
                continue
            elif sense.attribute and not sense.cues and sense.attribute not in asked:
                continue
            elif sense.attribute or sense.noun or sense.body:
                if not (self.is_light(mention.text) or sense.cues or sense.document):
                    others = (fold(sense.attribute),) if sense.attribute else ()
                    found.append(Term(mention.text, others, kind=True))
                said = taken
            said[mention.start : mention.end] = [True] * (mention.end - mention.start)
            if sense.cues - _SOFT or sense.attribute or sense.noun:
                operating[mention.start : mention.end] = [True] * (mention.end - mention.start)
        for day in _DAY.finditer(linked.text):
            found.append(Term(day[0], tag="t"))
            taken[day.start() : day.end()] = [True] * len(day[0])
        kinds = {match.end() for match in _kind().finditer(linked.text)}
        for start, word in thesaurus.spoken(linked.text):
            span = range(start, start + len(word))
            near = tuple(other for other in thesaurus.said_instead(word) if self.said(other))
            if not (near or self.said(word)) or self.is_light(word):
                continue
            if not any(taken[i] or operating[i] for i in span):
                found.append(Term(word, kind=start in kinds, tag="v", near=near))
                taken[start : start + len(word)] = [True] * len(word)
        place = 0
        for token, tag in tagged(linked.text):
            span = range(place, place + len(token))
            place += len(token)
            word = "".join(linked.text[i] for i in span if not taken[i])
            if not self.known(word):  # cut wrongly, into words that only ask
                word = "".join(linked.text[i] for i in span if not (taken[i] or asking[i])).removesuffix("的")
            if len(word) < _FEWEST or all(asking[i] for i in span):
                continue
            own = any(word in body for body in self.bodies)
            if self._carries(word, tag) and not self.is_light(word) and not own:
                term = self._widened(Term(word, kind=span.start in kinds, tag=tag))
                if not term.general or tag.startswith(_MEANING):
                    found.append(term)
        return tuple({t.word: t for t in reversed(found)}.values())[::-1]

    def _widened(self, term: Term) -> Term:
        """A word that no document says, with the synonyms that one says, and whether it says little by itself."""
        if self.said(term.word):
            return term
        near = tuple(other for other in thesaurus.synonyms(term.word) if self.said(other))
        made_up = not rjieba.has_word(term.word) and all(len(w) == 1 for w in rjieba.cut(term.word, False))
        common = all(letter in self.grams or self.is_light(letter) for letter in term.word)
        miscut = (made_up or term.tag == _PERSON) and common and not near
        return replace(term, near=near, general=miscut or thesaurus.is_general(term.word), letters=miscut)

    def _carries(self, word: str, tag: str) -> bool:
        """Is a token a content word: a noun, a verb or the like, and none that only asks?"""
        asks = word in self.stop or word in _asking() or word in self.terms.letters
        return tag.startswith(_CONTENT_TAGS) and not asks and bool(re.search(r"\w", word)) and not word.isdigit()

    def asked(self, linked: Linked) -> Asked:
        """The kind of quantity that a question asks for, if any."""
        counter, several = asked_counter(linked.text), any(word in linked.text for word in self.terms.each)
        if counter:
            return Asked(counter=counter, several=several)
        if _POINTS.search(linked.text):
            return Asked(rate=True, several=several)
        if _SOME_MONEY.search(linked.text):
            return Asked(money=True, several=several)
        if not linked.has("ask_amount"):
            return Asked(rate=linked.has("continue") and _SOME_RATE.search(linked.text) is not None)
        counted = tuple(self.terms.counters)
        text = linked.text  # 补贴性培训人次是多少: a number of times, whatever it is called after
        for mention in linked.mentions:
            if mention.sense.names and (mention.text.endswith(counted) or linked.has("share", "rate")):
                text = text.replace(mention.text, "，")
        money = any(word in text for word in self.terms.money)
        return Asked(money=money, number=not money, several=several)

    def topic(self, question: str) -> str:
        """What a question is about, as one string."""
        return "".join(query_text(fold(question)).split()).strip("，。？；：、的是")

    def subject_of(self, linked: Linked) -> str:
        """The question without its cues: what remains is what it is about."""
        return "".join(query_text(_without_cues(linked)).split()).strip("，。？；：、的是")

    def topics_of(self, linked: Linked) -> list[str]:
        """The several things that a question is about, as far as cues, commas and "and" part them."""
        pieces = re.split(r"[\s，。？；：、和与跟同及]+", _without_cues(linked))
        return [topic for piece in pieces if len(topic := piece.strip("的是")) >= _FEWEST]

    def gives_reason(self, text: str) -> bool:
        for use in self.terms.uses:
            text = text.replace(use, "")
        return any(word in text for word in self.terms.reasons)

    def weight(self, word: str) -> float:
        """Rarer words weigh more; a word the index has never seen weighs most."""
        grams = _grams(word)
        return sum(math.log(1 + len(self.texts) / (1 + self.grams.get(g, 0))) for g in grams) / max(len(grams), 1)

    def known(self, word: str) -> bool:
        """Does the index hold this word at all (all of its bigrams)?"""
        return all(self.grams.get(g, 0) > 0 for g in _grams(word))

    def said(self, word: str, documents: Sequence[str] = ()) -> bool:
        """Does a passage of these documents (all, when none are named) hold the word as it stands?"""
        folded = fold(word)
        if not self.known(folded):
            return False
        return any(folded in text for document, text in self.texts if not documents or document in documents)

    def held(self, term: Term, folded: str) -> float:
        """How much of a term a folded text holds, 0–1; a longer word may be held in part, by its bigrams."""
        if term.word in folded or any(other in folded for other in term.others):
            return 1.0
        if any(other in folded for other in term.near):
            return _NEAR_HELD
        if len(term.word) > _FEWEST:
            parts = _grams(term.word)
            return _PART_HELD * sum(g in folded for g in parts) / len(parts)
        return 0.0

    def cover(self, terms: Sequence[Term], text: str, context: str = "") -> float:
        """The weighted share of the terms that a text holds; what only its context holds counts for less."""
        whole = sum(map(self._share, terms))
        if not whole:
            return 0.0
        folded, around = fold(text), fold(context)
        return (
            sum(
                self._share(t) * max(self.held(t, folded), 0.7 * self.held(t, around) if around else 0.0) for t in terms
            )
            / whole
        )

    def _share(self, term: Term) -> float:
        """What a term counts for: little for a word that only says the kind of thing, less for one never seen that
        may be a paraphrase."""
        share = self.weight(term.word)
        if term.named or self.known(term.word):
            return share * (_KIND if term.kind else 1.0)
        if term.near and not term.general:
            share = max(map(self.weight, term.near)) * _NEAR_HELD
            return share * (_STRANGE_KIND if term.kind else 1.0)
        if term.kind:
            return share * _STRANGE * _STRANGE_KIND
        return share * (_STRANGE_THING if term.is_telling else _STRANGE)

    def likeness(self, first: str, second: str) -> float:
        """Dice coefficient over characters and bigrams of two short names."""
        one, two = Counter(_pieces(fold(first))), Counter(_pieces(fold(second)))
        shared = sum((one & two).values())
        total = sum(one.values()) + sum(two.values())
        return 2 * shared / total if total else 0.0


def _without_cues(linked: Linked) -> str:
    kept = list(linked.text)
    for mention in linked.mentions:
        if mention.sense.cues and not (mention.sense.names or mention.sense.project):
            kept[mention.start : mention.end] = [" "] * (mention.end - mention.start)
    return "".join(kept)


def asked_counter(text: str) -> str:
    """The counter that is asked for ("多少个", "几次" → "个", "次"); "" when none or when money is asked."""
    match = _asked().search(text)
    return match[1] if match else ""


@cache
def _asked() -> re.Pattern[str]:
    counters = "|".join(sorted(map(re.escape, load().counters), key=len, reverse=True))
    quarrel = load().quarrel
    parties, mutual = ("|".join(map(re.escape, group)) for group in (quarrel.parties, quarrel.indefinite))
    return re.compile(
        rf"(?<!哪)(?:多少|几)({counters})(?!(?:{parties})(?:{mutual}))(?!\s*[千万亿元钱块]|百分点|点(?:[，。？]|$))"
    )


@cache
def _kind() -> re.Pattern[str]:
    kind = load().kind
    words, numbers, counters = ("|".join(map(re.escape, group)) for group in (kind.words, kind.numbers, kind.counters))
    return re.compile(rf"(?:{words})(?:{numbers})?(?:{counters})?")


@cache
def _asking() -> frozenset[str]:
    return frozenset(word for word, _ in question_words())


def longest_shared(first: str, second: str) -> str:
    """The longest run of characters that two short texts share."""
    best = ""
    for start in range(len(second)):
        length = len(best) + 1
        while start + length <= len(second) and second[start : start + length] in first:
            best = second[start : start + length]
            length += 1
    return best


def _grams(word: str) -> list[str]:
    return [word[i : i + 2] for i in range(len(word) - 1)] or [word]


def _pieces(text: str) -> list[str]:
    return [*text, *(text[i : i + 2] for i in range(len(text) - 1))]


def build(chunks: Iterable[tuple[str, str]], semantics: Semantics, bodies: Iterable[str] = ()) -> Wording:
    """`chunks`: (document key, heading and text) of every chunk; `bodies`: whose documents they are."""
    grams: Counter[str] = Counter()
    texts: list[tuple[str, str]] = []
    for document, text in chunks:
        folded = fold(text)
        grams.update({folded[i : i + 2] for i in range(len(folded) - 1)} | set(folded))
        texts.append((document, folded))
    stop = frozenset(w for words in semantics.cues.values() for w in words)
    return Wording(stop, load(), dict(grams), tuple(texts), tuple(map(fold, bodies)))
