"""The words before a figure → what the figure is about, with every axis of its 口径 they state.

`read_subject("2021年部门一般公共预算安排三公经费预算")` is the three public expenses, fund 一般公共预算, year 2021.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from index.document import Stage
from index.evidence import Classification
from index.prose.accounts import Account, account_coded, account_named, accounts_ending, hinted, joined_account
from index.prose.passages import marker
from index.prose.terms import Entry, Terms, either, terms
from index.years import YEAR_DIGITS

DATE = re.compile(
    rf"(?P<year>{YEAR_DIGITS})(?:[-—至]{YEAR_DIGITS})?年(?:度|底|末|初)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:底|末|初|起)?"
)
_OWN = "本部门"
_SHORTEST_BODY = 4
_CODE = re.compile(r"（(\d{3}|\d{5}|\d{7}|(?<=[\u4e00-\u9fff]（)0\d)）")
_STEP = 2  # digits by which a code goes on
_LEVELS = re.compile(r"（(?P<level>类|款|项)）")


@dataclass(frozen=True, slots=True)
class Subject:
    """A canonical name in its list of names. `known` is False for a name read off the page as it stands."""

    name: str
    classification: Classification
    code: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words say: no subjects when they leave them to the context. "收入、支出" are two.

    `previous` is True for words such as 上年 that move the year back by one. `bare` is True for 支出决算为 and the
    like, which mean the totals only where nothing else is spoken of.
    """

    subjects: tuple[Subject, ...] = ()
    fund: str = ""
    year: int | None = None
    stage: Stage | None = None
    previous: bool = False
    bare: bool = False

    @property
    def known(self) -> bool:
        return bool(self.subjects) and all(subject.known for subject in self.subjects)

    @property
    def name(self) -> str:
        return "、".join(subject.name for subject in self.subjects)

    def is_stage_of(self, other: Reading) -> bool:
        """The same side, 收入 or 支出, at another stage."""
        staged = self.stage is not None and other.stage is not None and self.stage is not other.stage
        return staged and self.name[:2] in other.name


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What helps to read a name: the body's name, the list it stands in, the 类 above it; is it of final accounts?"""

    body: str = ""
    classification: Classification | None = None
    parent: str = ""
    final: bool = False


def read_subject(words: str, around: Surroundings = Surroundings()) -> Reading:
    """Compact words → `Reading`. A code in brackets (行政运行（2040201）) says which account the name before it is."""
    if steps := _CODE.findall(words):
        inner = _CODE.split(
            words
        )  # 城乡社区支出（212）城乡社区环境卫生（05）: the last name, under the codes before it
        named = read_subject(f"{inner[-3]}{inner[-1]}", around)
        code = "".join(steps) if all(len(step) == _STEP for step in steps[1:]) else steps[-1]
        account = account_coded(code, [subject.name for subject in named.subjects[-1:]])
        return named if account is None else replace(named, subjects=(*named.subjects[:-1], _account(account)))
    vocabulary = terms()
    words = strip_start(words)
    dates = list(DATE.finditer(words))
    year = int(dates[-1]["year"]) if dates else None
    if dates:
        after = words[dates[-1].end() :].lstrip("，")
        before = words[: dates[0].start()]
        rest = _read(after, around, vocabulary)
        if not rest.subjects and before:
            rest = _merge(_read(before, around, vocabulary), rest)
        return replace(rest, year=year, bare=False)
    return _read(words, around, vocabulary)


def name_as_printed(words: str) -> str:
    """The name in the words with its dates left in: "2025年度影院设备资助款"."""
    return _strip_tail(strip_start(words), "named_tail", terms())


def mentioned(words: str) -> Reading:
    """The known subject spoken of last in a clause that holds no figure, for the clauses after it."""
    vocabulary = terms()
    masked, fund = _take_fund(DATE.sub("", words), vocabulary)
    found = list(vocabulary.alias.finditer(masked))
    if not found:
        return Reading(fund=fund)
    entry = vocabulary.by_alias[found[0][0]]
    return Reading((_subject(entry),), fund)


def _read(words: str, around: Surroundings, vocabulary: Terms) -> Reading:
    words = without_body(strip_start(words), around.body)
    previous = False
    if match := vocabulary.relative_year.search(words):
        words, previous = words[: match.start()] + words[match.end() :], True
    if account := _levelled(words, around):
        return Reading((account,), _take_fund(words, vocabulary)[1], previous=previous)
    rest, fund = _take_fund(words, vocabulary)
    stage = _stage(rest, vocabulary)
    subjects = _subjects(rest, words, fund, around, vocabulary)
    return Reading(subjects, fund, stage=stage, previous=previous, bare=not fund and _is_bare(rest, vocabulary))


def _subjects(rest: str, words: str, fund: str, around: Surroundings, vocabulary: Terms) -> tuple[Subject, ...]:
    bare = _strip_tail(rest, "tail", vocabulary)
    if around.classification is not None:
        for entry in vocabulary.entries:
            if entry.classification is around.classification and {rest, bare, bare + "费"} & set(entry.short):
                return (_subject(entry),)
    if found := _by_alias(rest, vocabulary):
        return (found,)
    whole = words if not fund or not vocabulary.fund.match(words) else rest
    for candidate in (whole, rest, bare):
        if account := account_named(candidate, hint=around.classification, parent=around.parent):
            return (_account(account),)
    if total := _totals(rest, fund, vocabulary, final=around.final):
        return total
    for candidate in (rest, bare):
        if account := accounts_ending(candidate, hint=around.classification):
            head = candidate[: len(candidate) - len(account.name)]
            if _says_nothing(head, vocabulary):
                return (_account(account),)
    if _says_nothing(rest, vocabulary):
        return ()
    own = either((*vocabulary.list_of("phrase", "own"), *vocabulary.list_of("phrase", "now")))
    name = _strip_tail(re.sub(rf"^{own}(?=..)", "", words), "named_tail", vocabulary)
    return (Subject(name, around.classification or Classification.OTHER, known=False),) if _is_name(name) else ()


def _by_alias(rest: str, vocabulary: Terms) -> Subject | None:
    """The last alias in the words, if nothing but filler follows it; a modifier before it stays part of the name."""
    found = list(vocabulary.alias.finditer(rest))
    if not found:
        return None
    match = found[-1]
    if not _says_nothing(rest[match.end() :], vocabulary):
        return None
    entry, head = vocabulary.by_alias[match[0]], rest[: match.start()]
    if _says_nothing(head, vocabulary) or head.endswith(tuple(vocabulary.list_of("phrase", "generic"))):
        head = head if not _says_nothing(head, vocabulary) else ""
    if not head:
        return _subject(entry)
    modifier = _strip_generic_start(head, vocabulary)
    return Subject(modifier + match[0], entry.classification, known=False) if _is_name(modifier) else _subject(entry)


def _totals(rest: str, fund: str, vocabulary: Terms, *, final: bool) -> tuple[Subject, ...]:
    """收入, 支出 or both, with nothing else said: the totals (of a fund, if one is named). In final accounts 合计 is of
    the year, and 总计 is with what was carried over."""
    this_year = re.search(vocabulary.alternatives("phrase", "this_year"), rest) is not None
    this_year = this_year or (final and rest.endswith(tuple(vocabulary.list_of("total", "of_year"))))
    bodies = vocabulary.alternatives("phrase", "body_suffixes")
    plans = either((*vocabulary.list_of("phrase", "budget"), *vocabulary.list_of("phrase", "final")))
    own = either((*vocabulary.list_of("phrase", "own"), *vocabulary.list_of("phrase", "entity")))
    if not fund and re.fullmatch(rf"{own}+(?:（[^）]*）)?总?{plans}(?:总额|合计|数)?[为共]*", rest):
        return (Subject(vocabulary.words["total"]["overall"], Classification.TOTAL),)
    sides = {side: vocabulary.alternatives("phrase", side) for side in ("both", "income", "spending")}
    filler = f"(?:{vocabulary.alternatives('phrase', 'generic')}|、)*"
    for side, pattern in sides.items():
        match = re.fullmatch(rf"(?:.*{bodies})?{filler}(?:{pattern}){filler}(?:{pattern})?{filler}", rest)
        if match is None or len(rest) > 40:
            continue
        names = ("income", "spending") if side == "both" else (side,)
        grand = re.search(vocabulary.alternatives("total", "grand"), rest) is not None
        if grand and fund:
            ends = {side: vocabulary.words["total"][side] for side in names}
            return tuple(Subject(fund + end, Classification.TOTAL) for end in ends.values())
        return tuple(_total(name, fund, this_year, vocabulary) for name in names)
    return ()


def _is_bare(rest: str, vocabulary: Terms) -> bool:
    """支出决算为, 预算支出: a side and a stage, without 总计, 本年 or the name of a body."""
    words = [word for key in ("income", "spending", "final", "budget") for word in vocabulary.list_of("phrase", key)]
    return re.fullmatch(rf"(?:{either(words)}|[数为是])+", rest) is not None


def _total(side: str, fund: str, this_year: bool, vocabulary: Terms) -> Subject:
    if fund and side == "income":
        return Subject(vocabulary.words["fund_revenue"].get(fund, fund + "收入"), Classification.REVENUE)
    if fund:
        return Subject(vocabulary.words["fund_spending"].get(fund, fund + "支出"), Classification.TOTAL)
    return Subject(vocabulary.words["total"][side + "_this_year" if this_year else side], Classification.TOTAL)


def _levelled(words: str, around: Surroundings) -> Subject | None:
    """ "审计事务（款）行政运行（项）支出" → the account of the last level, found under the names before it."""
    steps = list(_LEVELS.finditer(words))
    if not steps:
        return None
    names, begin = [], 0
    for step in steps:
        names.append(words[begin : step.start()].lstrip("、，"))
        begin = step.end()
    parents = [name for name in names[:-1] if name]
    parent = parents[-1] if parents else around.parent
    account = account_named(names[-1], hint=Classification.FUNCTIONAL, parent=parent) or joined_account(names[-1])
    if account is None:
        return Subject(names[-1], Classification.FUNCTIONAL) if _is_name(names[-1]) else None
    return _account(account)


def _take_fund(words: str, vocabulary: Terms) -> tuple[str, str]:
    """(words without the fund's name, the fund). The narrowest fund named wins."""
    found = [vocabulary.funds[match[0]] for match in vocabulary.fund.finditer(words)]
    if not found:
        return words, ""
    narrow = [fund for fund in found if fund in vocabulary.narrow_funds]
    return vocabulary.fund.sub("", words), (narrow or found)[-1]


def _stage(words: str, vocabulary: Terms) -> Stage | None:
    for key, stage in (("adjusted", Stage.ADJUSTED), ("final", Stage.FINAL), ("budget", Stage.BUDGET)):
        if re.search(vocabulary.alternatives("phrase", key), words):
            return stage
    return None


def without_body(words: str, body: str) -> str:
    """The body's own name at the beginning, perhaps without the city or province before it, says 本部门."""
    for start in range(max(len(body) - _SHORTEST_BODY + 1, 0)):
        if words.startswith(body[start:]):
            return _OWN + words[len(body) - start :]
    return words


def strip_start(words: str) -> str:
    """Without enumeration marks and linking words at the beginning."""
    linking = _linking()
    while True:
        _, length = marker(words)
        rest = words[length:].lstrip("，：、. ")
        if match := linking.match(rest):
            rest = rest[match.end() :]
        if rest == words:
            return words
        words = rest


@cache
def _linking() -> re.Pattern[str]:
    return re.compile(rf"{terms().alternatives('phrase', 'connectives')}[：，]?")


def _strip_tail(words: str, key: str, vocabulary: Terms) -> str:
    pattern = re.compile(rf"(?<=..){vocabulary.alternatives('phrase', key)}$")
    while match := pattern.search(words):
        words = words[: match.start()]
    return words


def _strip_generic_start(words: str, vocabulary: Terms) -> str:
    return re.sub(rf"^{vocabulary.alternatives('phrase', 'generic')}*", "", words)


def _says_nothing(words: str, vocabulary: Terms) -> bool:
    """True if only filler, or the name of a body and filler, is left."""
    generic = either((*vocabulary.list_of("phrase", "generic"), *vocabulary.list_of("phrase", "connectives")))
    bodies = vocabulary.alternatives("phrase", "body_suffixes")
    sides = either((*vocabulary.list_of("phrase", "spending"), *vocabulary.list_of("phrase", "income")))
    filler = rf"(?:{generic}|{sides}|[、，：（）])*"
    return re.fullmatch(rf"(?:[一-鿿（）]{{2,}}{bodies})?{filler}", words) is not None


def _is_name(name: str) -> bool:
    return 2 <= len(name) <= 40 and re.search(r"[一-鿿]{2}", name) is not None


def _merge(first: Reading, second: Reading) -> Reading:
    return replace(
        first,
        fund=first.fund or second.fund,
        stage=second.stage or first.stage,
        previous=first.previous or second.previous,
    )


def _subject(entry: Entry) -> Subject:
    return Subject(entry.name, entry.classification, entry.code)


def _account(account: Account) -> Subject:
    return Subject(account.name, account.classification, account.code)


__all__ = ["Reading", "Subject", "Surroundings", "hinted", "mentioned", "read_subject"]
