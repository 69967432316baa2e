"""What a project is to achieve, where a table prints it in a column of words beside the money.

"清淤项目今年要干到什么程度"; "规划类经费花出去要拿出什么成果"; "绩效上给冲突次数定的上限是多少".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.library import Library, search
from assistant.question import fold
from assistant.reply import Reply
from assistant.sentences import ROW, Sentence, figures_in
from assistant.shapes import Linked
from assistant.text_terms import load

_COVERED = 0.5
_LONGEST = 600  # characters of a goal


def asked(linked: Linked) -> bool:
    """Does a question ask for what is to be achieved, not for money?"""
    terms = load()
    return any(word in linked.text for word in terms.goals) and not any(w in linked.text for w in terms.goals_never)


def answer(linked: Linked, names: Sequence[str], library: Library) -> Reply | None:
    """The goal printed for one of the names, where a question asks for one."""
    return printed(linked, names, library) if asked(linked) else None


def printed(linked: Linked, names: Sequence[str], library: Library) -> Reply | None:
    """The goal printed for one of the names; without one, the goal whose words cover the question."""
    marks = "|".join(map(re.escape, load().goal_columns))
    terms = library.wording.terms_of(linked)
    candidates: list[tuple[int, str, Sentence]] = []
    for found in search(linked.text, terms, library):
        if found.sentence.kind != ROW:
            continue
        match = re.search(rf"(?:{marks})(?P<goal>.{{6,{_LONGEST}}})$", found.sentence.text, re.DOTALL)
        if match is None:
            continue
        lead = fold(found.sentence.text[: match.start()])
        place = next((i for i, name in enumerate(names) if fold(name) in lead), -1)
        if place >= 0 or (not names and library.wording.cover(terms, match["goal"]) >= _COVERED):
            candidates.append((place, match["goal"], found.sentence))
    if not candidates:
        return None
    _, goal, sentence = min(candidates, key=lambda c: c[0])
    return _told(goal, sentence, names)


def _told(goal: str, sentence: Sentence, names: Sequence[str]) -> Reply:
    head = names[0] if names else "绩效目标"
    return Reply(
        (f"{head}：“{goal.strip()}”",), figures_in(goal, (sentence.citation,)), (sentence.citation,), subject=head,
        names=tuple(names), aspects=frozenset({"文字"}), rule="goal",
    )  # fmt: skip
