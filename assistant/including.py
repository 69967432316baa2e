"""Is one thing part of another: the sentence that says both, or the list of the one that leaves the other out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Status
from assistant.asking import asks_inclusion
from assistant.covering import tell
from assistant.library import Library, search
from assistant.parts import Parts
from assistant.query import Operation, SemanticQuery
from assistant.question import fold
from assistant.reply import Reply
from assistant.semantics import load as load_semantics
from assistant.sentences import ROW, Sentence
from assistant.standing import Subject
from assistant.text_terms import load
from assistant.understanding import TextNeed
from assistant.wording import Term
from index.evidence import Classification

_SAID = 0.8  # of a term
_PAIR = 2
_HALVED = 4
_BASIC = {"基本支出"}
_PHRASE = re.compile(r"[，。？！吗呢了的啊呀]+$")


def included(need: TextNeed, library: Library) -> Reply | None:
    """What the documents say of the two things; that they do not say it, with the list of the one, where they list it."""
    if need.linked is None or not asks_inclusion(need.query):
        return None
    terms = [t for t in library.wording.terms_of(need.linked) if not t.kind]
    if len(terms) < _PAIR:
        return None
    found = [f.sentence for f in search(need.query, terms, library) if f.sentence.kind != ROW and _lists(f.sentence)]
    asked = (*load().inclusion.words, *load().inclusion.lists)
    phrase = _PHRASE.sub("", re.split("|".join(map(re.escape, asked)), fold(need.query))[-1])
    plain = any(t.word in phrase for t in terms if not t.named)
    shared = (
        bool(phrase)
        and not plain
        and len({frozenset(t.others) for t in terms if t.named}) < sum(t.named for t in terms)
    )
    for sentence in found:
        around = fold(f"{sentence.text}{sentence.context}")
        said = [t for t in terms if _says(fold(sentence.text), t, library)]
        if (phrase not in fold(sentence.text) and shared) or not _lists_any(fold(sentence.text), terms, library):
            continue
        if said and (len(said) == len(terms) or all(t.named and library.wording.held(t, around) == 1.0 for t in terms)):
            told = tell([sentence], terms)
            verdict = "文件写明：" if _denies(fold(sentence.text), terms, library) else "**包括**。文件写明："
            return replace(told, lines=(verdict, *told.lines), rule="included")
    return _left_out(terms, found, library)


def in_other_part(parts: Parts, figures: Callable[[SemanticQuery], Reply]) -> Reply | None:
    """人员经费里含不含聘用人员那个项目: a project is no part of basic expenditure; both figures, and what each stands in."""
    named = (*parts.contexts, *parts.subjects)
    basic = next((s for s in named if s.scope_only and _BASIC & {*s.selector.names, *_wholes(s)}), None)
    projects = [s for s in named if s.selector.classifications == (Classification.PROJECT,)]
    if basic is None or len(projects) != 1 or not asks_inclusion(parts.linked.text):
        return None
    selectors = tuple(
        s.selector.narrowed(measures=(), funds=(), project=s.selector.project) for s in (projects[0], basic)
    )
    told = figures(SemanticQuery(Operation.VALUE, subjects=selectors))
    if not told.answered or len(told.figures) < _PAIR:
        return None
    name = basic.selector.names[0]
    own = "" if name in _BASIC else f"；{name}属于基本支出"
    line = f"**不包括**：“{projects[0].selector.project}”是项目，列在项目支出里，不在基本支出里{own}。"
    return replace(told, lines=(line, *told.lines), rule="included")


def _wholes(subject: Subject) -> set[str]:
    return {load_semantics().within.get(name, "") for name in subject.selector.names}


def _lists_any(text: str, terms: Sequence[Term], library: Library) -> bool:
    """Does one of the words stand behind a word that lists parts?"""
    listed = re.split("|".join(map(re.escape, load().inclusion.lists)), text, maxsplit=1)[-1]
    return any(_says(listed, term, library) for term in terms)


def _says(text: str, term: Term, library: Library) -> bool:
    """A word as it stands, or both halves of a longer one (银行利息: 银行存款利息收入)."""
    middle = len(term.word) // 2
    halves = len(term.word) == _HALVED and all(half in text for half in (term.word[:middle], term.word[middle:]))
    return halves or library.wording.held(term, text) >= _SAID


def _left_out(terms: Sequence[Term], found: Sequence[Sentence], library: Library) -> Reply | None:
    """The sentence that lists the parts of the one thing, where the other is none of them: a closed list leaves it out,
    an open one does not say."""
    whole = next((t for t in terms if t.named), None)
    if whole is None:
        return None
    others = "".join(t.word for t in terms if t is not whole)
    for sentence in found:
        text = fold(sentence.text)
        if library.wording.held(whole, text) < 1.0:
            continue
        told = tell([sentence], terms)
        if _closed(text, whole) and all(t.named for t in terms):
            line = f"**不包括**：文件列出的“{whole.word}”里没有“{others}”。"
            return replace(told, lines=(line, *told.lines), rule="included")
        line = f"文件没有说“{whole.word}”是否包括“{others}”；它写的是："
        return replace(
            told, lines=(line, *told.lines), figures=(), status=Status.ABSTAINED, reason="未披露", rule="included"
        )
    return None


def _closed(text: str, whole: Term) -> bool:
    """Are all parts of a thing listed right behind its name, with no word that leaves the list open?"""
    lists, names = ("|".join(map(re.escape, words)) for words in (load().inclusion.lists, (whole.word, *whole.others)))
    match = re.search(rf"(?:{names})(?:{lists})([^。；]+)", text)
    return match is not None and not any(word in match[1] for word in load().inclusion.open)


def _lists(sentence: Sentence) -> bool:
    return any(word in sentence.text for word in load().inclusion.lists)


def _denies(text: str, terms: Sequence[Term], library: Library) -> bool:
    """Does a sentence leave something out, or set aside one of the very things that are asked about (除A、B以外)?"""
    lists = "|".join(map(re.escape, load().inclusion.lists))
    aside = [match[0] for match in re.finditer(r"除[^，。]*外", text)]
    return re.search(rf"不(?:{lists})", text) is not None or any(_says(a, t, library) for a in aside for t in terms)
