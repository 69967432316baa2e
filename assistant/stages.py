"""Which year and which stage (预算, 调整后, 实际支出, 结余) of a figure a question asks for, and of how many.

"2019年实际花的比2021年要的多多少" asks for two figures of one thing: each word of a stage belongs to the year before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.parts import Parts
from assistant.pointing import Way, stands_behind
from assistant.semantics import Setting
from assistant.shapes import Linked, Mention
from index.document import Stage

_STAGE_WORDS = (
    ("adjusted", "调整后预算"), ("surplus", "结余"), ("actual", "实际支出"), ("budgeted", "预算"),
)  # fmt: skip
_BUDGET = "预算"
_ACTUAL = "实际支出"


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure of a thing: of a year (None: not said) at a stage ("": not said). `closed`: its amount was asked."""

    year: int | None
    stage: str = ""
    closed: bool = False


def stage_measures(parts: Parts, setting: Setting) -> tuple[str, ...]:
    """The stages of an earlier year, in the order they are asked; the bare word 预算 only beside another, or of final
    accounts, which give both."""
    distinct = tuple(dict.fromkeys(stage for _, stage in _stages(parts)))
    return () if distinct == (_BUDGET,) and setting.stage != Stage.FINAL else distinct


def of_past(parts: Parts, setting: Setting) -> Parts:
    """花了多少 of a year that is over asks for what was really spent."""
    past = setting.year is not None and bool(parts.years) and all(year < setting.year for year in parts.years)
    if not (past and parts.projects and parts.has("spent")) or parts.stages:
        return parts
    return replace(parts, stages=(_ACTUAL,))


def pairs(parts: Parts, setting: Setting) -> tuple[Asked, ...]:
    """The figures that a question asks for by year and stage; () where years and stages do not belong to each other."""
    found: list[Asked] = []
    stages = {mention.start: stage for mention, stage in _stages(parts)}
    for mention in parts.linked.mentions:
        year = None if found and mention.has("same_year") else _year(mention, setting)
        if year is not None:
            found.append(Asked(year))
        elif (stage := stages.get(mention.start)) is not None:
            last = found[-1] if found else Asked(None)
            if found and not last.stage and not last.closed:
                found[-1] = replace(last, stage=stage)
            else:
                found.append(Asked(last.year, stage))
        elif mention.has("ask_amount") and found:
            found[-1] = replace(found[-1], closed=True)
    found = [_told(one, setting) for one in found if one.year is not None or one.stage]
    distinct = tuple(dict.fromkeys(found))
    years = {one.year for one in distinct}
    staged = [one for one in distinct if one.stage]
    own = [one for one in distinct if one.year == setting.year and not one.stage]
    apart = len(distinct) > 1 and None not in years and len(staged) + len(own) == len(distinct)
    return distinct if apart and any(one.stage != _BUDGET for one in staged) else ()


def _told(asked: Asked, setting: Setting) -> Asked:
    """A year of its own whose amount is asked without a stage: its budget; the document's own year has only that."""
    past = asked.year is not None and setting.year is not None and asked.year < setting.year
    stage = asked.stage or (_BUDGET if past and asked.closed else "")
    return Asked(asked.year, stage if past or stage != _BUDGET else "")


def _year(mention: Mention, setting: Setting) -> int | None:
    if mention.year is not None or setting.year is None:
        return mention.year
    for cue, offset in (("previous", -1), ("year_before_last", -2)):
        if mention.has(cue) and not mention.has("compare_previous"):
            return setting.year + offset
    return setting.year if mention.has("now") else None


def _stages(parts: Parts) -> Iterator[tuple[Mention, str]]:
    linked = parts.linked
    for index, mention in enumerate(linked.mentions):
        if stands_behind(linked.text, mention.start, Way.NEGATED):
            continue
        stage = _stage(index, linked, parts)
        if stage:
            yield mention, stage


def _of_named(mention: Mention, linked: Linked) -> bool:
    """剩下的项目: what is left is named right behind."""
    behind = (m for m in linked.mentions if 0 <= m.start - mention.end <= 1)
    return any(m.sense.noun or m.sense.names or m.sense.project for m in behind)


def _stage(index: int, linked: Linked, parts: Parts) -> str:
    mention = linked.mentions[index]
    following = linked.mentions[index + 1] if index + 1 < len(linked.mentions) else None
    left = mention.has("rest") and not parts.excluded and not _of_named(mention, linked)
    for cue, measure in _STAGE_WORDS:
        if not (mention.has(cue) or (cue == "surplus" and left)):
            continue
        adjusting = cue == "adjusted" and following is not None and following.has("budgeted")
        already = cue == "budgeted" and index and linked.mentions[index - 1].has("adjusted")
        if cue == "surplus" and parts.has("except") and not left and parts.excluded:
            return ""
        return "" if already and not adjusting else measure
    return ""
