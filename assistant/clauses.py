"""Several questions in one sentence: a later clause that asks something of its own is a follow-up to the first.

"执行率是多少，剩多少没用" is understood as one question first; what its later clauses ask beyond that is answered after it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from assistant import body_names
from assistant.answer import Answer, Route, Status
from assistant.query import Operation
from assistant.semantics import grammar_words
from assistant.shapes import Linked, Mention

_ASKS = (
    "ask_amount", "rate", "share", "which", "what", "reason", "list", "count", "difference", "surplus", "change_any",
    "execution_rate", "use", "ratio", "equal", "rest",
)  # fmt: skip
_ONE_FIGURE = tuple(
    map(str, (Operation.VALUE, Operation.CHANGE, Operation.RATE, Operation.SHARE, Operation.DIFFERENCE, Operation.SUM))
)
_PLAIN = frozenset({"ask_amount", "list", "what", "which", "which_body", "filler", "polite"})
_WORD = 2  # characters of the least word that says something
_NEAR = 4  # characters behind what picks a body
_LEAST = 3  # characters of a clause that asks by itself


def further(linked: Linked) -> tuple[str, ...]:
    """The later clauses that ask, behind an earlier one that does."""
    found: list[str] = []
    asked = False
    for start, end in _spans(linked.text, linked):
        inside = _inside(linked, (start, end))
        asks = any(_asks(m, linked.text) for m in inside) or _goes_on(inside)
        if asked and asks and end - start >= _LEAST:
            found.append(linked.text[start:end])
        asked = asked or asks
    return tuple(found)


def opening(linked: Linked) -> str:
    """The clauses up to the first that asks for a number, where later ones ask too and it names what it asks of; else
    ""."""
    spans = list(_spans(linked.text, linked))
    asking = [place for place, span in enumerate(spans) if any(_asks(m, linked.text) for m in _inside(linked, span))]
    if len(asking) < 2:
        return ""
    end = spans[asking[0]][1]
    inside = _inside(linked, (0, end))
    return linked.text[:end] if _named(inside) and any(_asks_number(m, linked.text) for m in inside[-2:]) else ""


def picking(linked: Linked) -> tuple[str, str] | None:
    """The clauses up to the one that asks which comes first ("X下面哪个最多"), and what the later ones ask of it
    ("占X的比重是多少"); None where no later clause asks."""
    spans = list(_spans(linked.text, linked))
    for start, end in spans[:-1]:
        inside = _inside(linked, (start, end))
        ranks = any(m.has("max", "min") or m.position is not None for m in inside)
        later = _inside(linked, (end + 1, len(linked.text)))
        if ranks and any(m.has("which", "what") for m in inside):
            return (linked.text[:end], linked.text[end + 1 :]) if any(_asks(m, linked.text) for m in later) else None
    return None


def leads(first: Answer, whole: Answer) -> bool:
    """Does the answer to the opening of a question tell one figure first that the answer to the whole does not?"""
    if first.status is not Status.ANSWERED or not first.values or first.interpretation.operation not in _ONE_FIGURE:
        return False
    headline = first.values[0]
    return first.route is not Route.TEXT and (headline.value, headline.unit) not in {
        (v.value, v.unit) for v in whole.values
    }


def _inside(linked: Linked, span: tuple[int, int]) -> list[Mention]:
    return [m for m in linked.mentions if span[0] <= m.start and m.end <= span[1]]


def apart(linked: Linked, *, on_set: bool = False) -> tuple[str, ...]:
    """The question cut where two are said in one breath: before a clause that only asks on ("…多少，B呢"), and, where
    a set was talked about (`on_set`), behind the opening that picks one of it ("最少的那个，拿来干嘛的")."""
    spans = list(_spans(linked.text, linked))
    kept = [spans[0]]
    for start, end in spans[1:]:
        before, inside = _inside(linked, kept[-1]), _inside(linked, (start, end))
        asks_on = bool(inside) and inside[-1].has("continue") and inside[-1].end == end and len(inside) < end - start
        kinds = {_heads(part) for part in (before, inside) if _heads(part) or any(map(_asks_money, part))}
        apart_ = len(kinds) == 2 and _named(before) and (_named(inside) or "" in kinds)
        asked, asks = (any(_asks(m, linked.text) for m in part) for part in (before, inside))
        picks = on_set and len(kept) == 1 and _picks(before, linked.text) and asks
        other = asks and not asked and _goes_on(before) and before[-1].end == kept[-1][1]  # 那A的呢，要几本
        of_picked = _picks_body(before, linked.text) and asks and _named(inside) and any(m.has("refer") for m in inside)
        if picks or of_picked or apart_ or other or (asks_on and end - start >= _LEAST and asked):
            kept.append((start, end))
        else:
            kept[-1] = (kept[-1][0], end)
    return tuple(linked.text[start:end] for start, end in kept)


def _heads(mentions: Sequence[Mention]) -> str:
    """The unit that is counted in (几册); "" where money or nothing is asked for."""
    return next((m.head_unit for m in mentions if m.head_unit), "")


def _asks_money(mention: Mention) -> bool:
    return mention.has("ask_amount") and not mention.head_unit


def _named(mentions: Sequence[Mention]) -> bool:
    return any(m.sense.names or m.sense.project or m.sense.noun for m in mentions)


def _picks(mentions: Sequence[Mention], text: str) -> bool:
    """Nothing but a rank that picks one of what was talked about."""
    ranked = any(m.has("max", "min") or m.position is not None for m in mentions)
    own = any(m.sense.names or m.sense.project or m.sense.noun or m.sense.attribute for m in mentions)
    return ranked and not own and not any(_asks(m, text) for m in mentions)


def _picks_body(mentions: Sequence[Mention], text: str) -> bool:
    """Does it pick one of several bodies: by asking which, or by a rank among them (支出最大的那家下属单位)?"""
    if any(m.has("which_body") for m in mentions):
        return True
    said = text[mentions[0].start : mentions[-1].end + _NEAR] if mentions else ""
    ranked = any(m.has("max", "min") for m in mentions)
    return ranked and any(word in said for word in body_names.terms().subordinate)


def repeats(linked: Linked) -> bool:
    """Does a clause only ask how much each is, or who, and name nothing of its own (各多少, 是谁)?"""
    cues = linked.cues() - _PLAIN
    own = any(m.sense.names or m.sense.project or m.sense.noun or m.sense.attribute for m in linked.mentions)
    return not own and not cues and all(len(words) < _WORD for words in linked.leftover)


def rescopes(linked: Linked, places: Collection[str]) -> bool:
    """Does a clause name nothing but 口径 or projects in which the answer has told what is asked (…，基本支出里多少)?"""
    named = [m for m in linked.mentions if m.sense.names or m.sense.project]
    named = named or [m for m in linked.mentions if m.sense.noun]
    scoped = all((m.sense.scope.measure if m.sense.scope else m.sense.project) in places for m in named)
    return bool(named) and scoped


def adds(extra: Answer, said: Sequence[Answer]) -> bool:
    """Does an answer tell a figure, or without figures a line, that those before it did not?"""
    if extra.status is not Status.ANSWERED:
        return False
    told = {(v.value, v.unit) for answer in said for v in answer.values}
    own = {(v.value, v.unit) for v in extra.values}
    if own:
        return not own <= told
    first = next(iter(extra.text.splitlines()), "")
    return bool(first) and not any(first in answer.text for answer in said)


def _asks_number(mention: Mention, text: str) -> bool:
    """多少, 几个, 百分之几, 几万."""
    asked = mention.has("ask_amount", "rate", "count") or bool(mention.head_unit)
    return asked or bool(mention.unit) and text[: mention.start].endswith(grammar_words("how_many"))


def _asks(mention: Mention, text: str) -> bool:
    return mention.has(*_ASKS) or _asks_number(mention, text) or bool(mention.sense.attribute)


def _goes_on(mentions: Sequence[Mention]) -> bool:
    """突发事件上报率呢: a name, and nothing but a particle that asks on."""
    named = any(m.sense.names or m.sense.project for m in mentions)
    return named and bool(mentions) and mentions[-1].has("continue")


def _spans(text: str, linked: Linked) -> Iterator[tuple[int, int]]:
    """The clauses: cut at commas, and at a list mark between two that each ask how much (接多少电话、报多少事项)."""
    start = 0
    asks = [m.start for m in linked.mentions if m.head_unit or m.has("ask_amount", "count")]
    for place, char in enumerate(text):
        stop = text.find("，", place) if "，" in text[place:] else len(text)
        both = any(start <= a < place for a in asks) and any(place < a < stop for a in asks)
        if char == "，" or (char == "、" and both):
            yield start, place
            start = place + 1
    yield start, len(text)
