"""Which labelled texts of forms a question asks for. A word such as 电话 inside a longer expression asks for none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.shapes import Linked, Mention
from assistant.text_terms import load

_FORM_NAME = re.compile(r"[^，。的]{0,4}?表(?!示|述|达|明|现|扬|彰|态|决)")
_STOPS = "，。？；：、！"


def asks_for(mention: Mention, linked: Linked) -> bool:
    """Does a mention of a label ask for its text? One inside the name of a form (绩效目标表) does not, nor one that
    something is sorted by (按类别几台), nor a bare noun that something else hangs on (接电话的指标)."""
    behind = linked.text[mention.end :]
    if _FORM_NAME.match(behind) or linked.text[: mention.start].endswith(load().sorted):
        return False
    if mention.text in load().bare and _counted().search(linked.text[: mention.start]):
        return False
    if mention.text not in load().bare or _which().search(linked.text[: mention.start]):
        return True
    return not behind or behind[0] in _STOPS or behind.startswith(load().followers)


def holds_answer(text: str, mentions: Sequence[Mention]) -> bool:
    """Is it a labelled text that an amount is asked of: "how much" stands right behind the label (电话是多少), or the
    label is where to look (总目标里对发文数量的要求是多少)?"""
    asks = {m.start for m in mentions if m.has("ask_amount")}
    return any(m.sense.attribute and (m.end in asks or text.startswith(load().places, m.end)) for m in mentions)


def labels_in(linked: Linked) -> tuple[str, ...]:
    """Every label that a question asks for, each once, in order."""
    found = [m for m in linked.mentions if m.sense.attribute and asks_for(m, linked)]
    said = dict.fromkeys(m.sense.attribute for m in found)
    for pair in load().pairs:
        if said.keys() & pair.asked.keys():
            rest = "，".join(_between(linked.text, found))
            said |= dict.fromkeys(label for label, words in pair.asked.items() if any(w in rest for w in words))
    return tuple(said)


def _between(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    """What stands outside some mentions."""
    start = 0
    for mention in mentions:
        yield text[start : mention.start]
        start = mention.end
    yield text[start:]


@cache
def _which() -> re.Pattern[str]:
    """What asks for a kind of thing right before it (哪个号码)."""
    kind = load().kind
    words, numbers, counters = ("|".join(map(re.escape, group)) for group in (kind.words, kind.numbers, kind.counters))
    return re.compile(rf"(?:{words})(?:{numbers})?(?:{counters})?$")


@cache
def _counted() -> re.Pattern[str]:
    """What asks how many there are of what stands right behind it (接多少电话)."""
    counters = "|".join(sorted(map(re.escape, load().counters), key=len, reverse=True))
    return re.compile(rf"(?:多少|几)(?:{counters})?$")
