"""Whose an amount is that its own words leave open: an item's carry-over, a counted item, money moved in or out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from index.document import Stage
from index.evidence import Classification
from index.prose.figures import Figure, Role
from index.prose.subjects import Reading, Subject
from index.prose.terms import terms

_SIDES = (Classification.TOTAL, Classification.REVENUE)
_OF_THE_BODY = (*_SIDES, Classification.NATURE)
_SIBLING = ("；", "、")


def is_movement(figure: Figure, resolve: Callable[[str], Reading]) -> bool:
    """增加部门预算5万元: what was added to a whole is no amount of it."""
    verb = terms().moving.match(figure.lead)
    if verb is None or figure.role is not Role.AMOUNT:
        return False
    return all(subject.classification in _SIDES for subject in resolve(figure.lead[verb.end() :]).subjects)


def carried_over(reading: Reading, spoken: Reading | None, whole: Reading | None, opener: str) -> Reading:
    """甲服务20万元，上年结转3万元: what an item carries over is the item's, not the body's 上年结转.

    `spoken` is the amount before in the sentence, `whole` what its list takes apart; of parts beside it 上年结转 is
    the whole's.
    """
    words = terms()
    if not reading.known or reading.name != words.words["total"]["carried_over"]:
        return reading
    owner = whole if spoken is None or opener in _SIBLING else spoken
    if owner is None or (whole and whole.subjects[0].classification in _SIDES):
        return reading
    of_body = any(subject.classification in _OF_THE_BODY for subject in owner.subjects)
    if of_body or words.fund.search(owner.name) or owner.name.endswith(words.list_of("phrase", "income")):
        return reading
    name = f"{owner.name}{words.words['total']['item_carried_over']}"
    return replace(reading, subjects=(Subject(name, Classification.REVENUE, known=False),))


def is_carried(reading: Reading, spoken: Reading | None) -> bool:
    """Whether it is what the item spoken of carries over: what is said next is of the item."""
    return spoken is not None and reading.name == spoken.name + terms().words["total"]["item_carried_over"]


def named_behind(after: str, reading: Reading, resolve: Callable[[str], Reading]) -> Reading:
    """ "其中380万元为政府性基金预算": what the amount is stands in the words `after` it."""
    copula = re.match(terms().alternatives("phrase", "copula"), after)
    if copula is None:
        return reading
    behind = resolve(re.split("[，；、]", after[copula.end() :])[0])
    return replace(reading, fund=reading.fund or behind.fund, subjects=behind.subjects if behind.known else ())


def counted_item(reading: Reading, before: str, amount: int | None, whole: int | None) -> str:
    """社工8名支出20万元 in a list: the item is what was counted, the words `before`; "" where it is said of more.

    `whole` is the amount of what the list takes apart.
    """
    leaves_open = not reading.subjects or reading.bare
    return before if before and leaves_open and whole not in (None, amount) else ""


def of_spending(figure: Figure, stage: Stage) -> bool:
    """In final accounts changes and rates are of what was spent, unless one budget is compared with another's."""
    base = figure.base
    return stage is Stage.FINAL and not (base and base.shift and base.stage is Stage.BUDGET)
