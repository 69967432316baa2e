"""Account names as prose spells them → accounts: "一般公共服务（类）" for 一般公共服务支出, with the 款 or 类 above."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from index.accounts.reference import Account as Entry
from index.accounts.reference import Accounts, System, plain_name
from index.evidence import Classification
from index.prose.terms import terms

_SHORTEST_ENDING = 3


@dataclass(frozen=True, slots=True)
class Account:
    """An account named in prose; `code` is "" when the name alone does not decide it."""

    name: str
    classification: Classification
    code: str


_CLASSIFICATIONS = {
    System.FUNCTIONAL: Classification.FUNCTIONAL,
    System.ECONOMIC: Classification.ECONOMIC,
    System.GOVERNMENT_ECONOMIC: Classification.GOVERNMENT_ECONOMIC,
}


def account_named(name: str, hint: Classification | None = None, parent: str = "") -> Account | None:
    """The account of this name; `hint` decides between systems, `parent` (the name of the 款 or 类) between codes."""
    for spelling in _spellings(name):
        if found := _entries_of(spelling):
            return _choose(spelling, found, hint, parent)
    return None


def account_coded(code: str, names: Iterable[str]) -> Account | None:
    """The account of this code, if one of the names is its own."""
    entry = Accounts.load().by_code(code)
    called = {plain_name(spelling) for name in names for spelling in _spellings(name)}
    if entry is None or plain_name(entry.name) not in called:
        return None
    return Account(entry.name, _CLASSIFICATIONS[entry.system], entry.code)


def accounts_ending(words: str, hint: Classification | None = None) -> Account | None:
    """The longest account name that the words end with ("拨款安排的会议费" → 会议费)."""
    for start in range(len(words) - _SHORTEST_ENDING + 1):
        ending = words[start:]
        if found := _entries_of(ending):
            return _choose(ending, found, hint, "")
    return None


def joined_account(words: str) -> Account | None:
    """ "人大事务行政运行": the name of a 款 followed at once by that of its 项."""
    for cut in range(2, len(words) - 1):
        if _entries_of(words[:cut]):
            found = account_named(words[cut:], Classification.FUNCTIONAL, words[:cut])
            if found and found.code:
                return found
    return None


def hinted(words: str) -> Classification | None:
    """Which list of accounts the words announce ("按支出功能分类科目")."""
    vocabulary = terms()
    for key, classification in (
        ("functional_hint", Classification.FUNCTIONAL),
        ("economic_hint", Classification.ECONOMIC),
    ):
        if re.search(vocabulary.alternatives("phrase", key), words):
            return classification
    return None


def _spellings(name: str) -> Iterable[str]:
    yield name
    if name.endswith("支出"):
        yield name.removesuffix("支出")
    else:
        yield name + "支出"
    if name.endswith("费用"):
        yield name.removesuffix("用")


@cache
def _entries_of(name: str) -> tuple[Entry, ...]:
    return Accounts.load().by_name(name) if len(name) > 1 else ()


def _choose(name: str, found: tuple[Entry, ...], hint: Classification | None, parent: str) -> Account:
    accounts = Accounts.load()
    hinted_entries = [e for e in found if _CLASSIFICATIONS[e.system] is hint]
    order = (System.FUNCTIONAL, System.ECONOMIC, System.GOVERNMENT_ECONOMIC)
    system = (hinted_entries or sorted(found, key=lambda e: order.index(e.system)))[0].system
    same = [e for e in found if e.system is system]
    if parent and len(same) > 1:
        above = {plain_name(spelling) for spelling in _spellings(parent)}
        under = [
            e
            for e in same
            if any((p := accounts.by_code(code)) and plain_name(p.name) in above for code in accounts.parents(e.code))
        ]
        same = under or same
    classes = [e for e in same if e.level == 1]
    chosen = same[0] if len(same) == 1 else (classes[0] if len(classes) == 1 else None)
    return Account(chosen.name if chosen else name, _CLASSIFICATIONS[system], chosen.code if chosen else "")
