"""A question about the outcome of another: "预算最多的那个项目，2020年的执行率是多少".

The superlative phrase is cut out, asked by itself, and its outcome put in its place; what remains is an ordinary question.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.shapes import Linked, Mention

_AFTER = re.compile(r"的?(?:(?:那|这)(?:一)?(?:个|项|笔|类|款|家)?|一(?:个|项|笔|类|款))?")
_BARE_POINTER = 2  # 那项; longer ones name a kind of thing (那个项目)
_POINTER = re.compile(r"的?(?:那|这)一?个(?=\w)")
_JOINT = re.compile(r"[，,：]?(?:它的?|其|里面的?|里的?|中的?|里|中|的|，)*")
_FURTHER = (
    "share", "execution_rate", "change_up", "change_down", "change_any", "compare_previous", "use", "reason", "existence",
    "per_head", "per_month", "actual", "adjusted", "surplus", "list", "what", "detail", "calculation", "ratio", "difference",
)  # fmt: skip


class Nested(NamedTuple):
    """`inner` asks for one thing by its rank; `rest` is what is asked of it."""

    inner: str
    rest: str


class Pair(NamedTuple):
    """Two outcomes held against each other: `first` and `second` each ask for one, `joint` stands between them."""

    first: str
    joint: str
    second: str
    rest: str


def pair(linked: Linked) -> Pair | None:
    """人员经费里最高的科目比最高的公用经费科目多多少: two ranks of two sets, or None."""
    text, ranks = linked.text, [m for m in linked.mentions if m.has("max", "min")]
    if len(ranks) != 2 or not linked.has("difference"):
        return None
    joint = next((m for m in linked.mentions if m.has("compare") and ranks[0].end <= m.start < ranks[1].start), None)
    gap = next((m for m in linked.mentions if m.has("difference") and m.start > ranks[1].start), None)
    if joint is None or gap is None:
        return None
    sides = ((0, joint.start), (joint.end, gap.start))
    holders = [_wholes(linked, *side) for side in sides]
    if not all(holders) or holders[0] == holders[1]:
        return None  # 最高的项目和最低的项目: two ends of one set
    return Pair(text[: joint.start], joint.text, text[joint.end : gap.start], text[gap.start :])


def _wholes(linked: Linked, start: int, end: int) -> tuple[str, ...]:
    """What a stretch names, of which a rank may be taken."""
    return tuple(n for m in linked.mentions if start <= m.start and m.end <= end for n in m.sense.names)


def split(linked: Linked) -> Nested | None:
    """The parts of a nested question, or None if it is not one."""
    mentions = linked.mentions
    if any(m.has("max") for m in mentions) and any(m.has("min") for m in mentions):
        return None  # 最高的项目和最低的项目: two questions of one set
    for mention in mentions:
        if not mention.has("max", "min") and (mention.position is None or mention.reverse):
            continue
        end = _noun_end(linked, mention)
        if end is None or _several(linked, mention):
            return None
        rest = linked.text[end:]
        joint = _JOINT.match(rest)
        tail_start = end + (joint.end() if joint else 0)
        tail = [m for m in mentions if m.start >= tail_start]
        if any(m.position is not None or m.has("max", "min") for m in tail):
            return None  # 最大的一笔是什么，排第二的又是什么: two ranks of one set
        further = any(m.has(*_FURTHER) or m.sense.attribute or m.year is not None for m in tail) or any(
            m.sense.names or m.sense.project for m in tail
        )
        first = tail[0] if tail else None
        if first is not None and first.has("which") and not any(m.sense.attribute for m in tail):
            return None
        if not further or len(linked.text) - tail_start < 2:
            return None
        inner = _POINTER.sub("的", linked.text[: mention.end] + linked.text[mention.end : end])
        return Nested(inner, linked.text[tail_start:])
    return None


def _several(linked: Linked, superlative: Mention) -> bool:
    """最烧钱的三个: an outcome of several things, none of which stands for all."""
    start = superlative.end + linked.text[superlative.end :].startswith("的")
    return any(m.start == start and (m.counter > 1 or (m.limit or 0) > 1) for m in linked.mentions)


def _noun_end(linked: Linked, superlative: Mention) -> int | None:
    """Where the phrase ends: after the set noun that follows (最大的项目), or after 那一项 where the noun came before."""
    text, mentions = linked.text, linked.mentions
    match = _AFTER.match(text, superlative.end)
    start = match.end() if match else superlative.end
    noun = next((m for m in mentions if m.start == start and m.sense.noun), None)
    if noun is not None:
        return noun.end
    pointed = next((m for m in mentions if m.start == start and m.has("refer")), None)
    pointed = pointed or next((m for m in mentions if m.start == superlative.end + 1 and m.has("refer")), None)
    before = any((m.sense.noun or m.sense.names) and m.end <= superlative.start for m in mentions)
    if pointed is not None and text[superlative.end : pointed.start] in {"", "的"}:
        return pointed.end if before or len(pointed.text) > _BARE_POINTER else None
    counted = next(
        (m for m in mentions if m.start >= superlative.end and m.counter and m.start <= superlative.end + 1), None
    )
    if counted is not None:
        return counted.end if before else None
    return start if before and start > superlative.end + 1 else None
