"""What a question describes and then names in a bracket (军转安置那一款（就是“退役安置”）): the name stands for both."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.question import fold
from assistant.semantics import grammar_words

_BRACKET = re.compile(r"(?P<head>[^，,。；;：:？?！!、（()）]{2,})[（(](?P<said>[^（）()]{2,40})[）)]")


def settled(typed: str, known: Callable[[str], bool]) -> str:
    """A question with such descriptions replaced by the names. `known`: is a folded text a name that the index holds?

    Only where the bracket says that it is the name (就是, 即), or where the description points (那个项目), names nothing
    itself and says no year or amount.
    """
    return _BRACKET.sub(lambda match: _named(match, known), typed)


def _named(match: re.Match[str], known: Callable[[str], bool]) -> str:
    head, said = fold(match["head"]), fold(match["said"])
    joint = max((w for w in grammar_words("apposition") if said.startswith(w)), key=len, default="")
    name = said.removeprefix(joint)
    points = any(word in head for word in grammar_words("describes"))
    if not known(name) or known(head) or re.search(r"\d", head) or not (joint or points):
        return match[0]
    return name
