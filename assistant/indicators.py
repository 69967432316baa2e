"""One named indicator asked about in people's own words: what was aimed at, what was reached, and why not."""

from __future__ import annotations

from dataclasses import replace

from assistant.catalog import Catalog
from assistant.parts import Parts
from index.document import Stage
from index.evidence import Classification

# What else is said of one indicator sets no bound and counts nothing: 目标是几个, 没达到, 完成了吗.
_IDLE = frozenset({"count", "less_than", "more_than", "existence", "underspent", "surplus"})
_OTHER = ("share", "max", "min", "sum", "difference", "compare_previous", "ratio", "list", "which")


def of_one_indicator(parts: Parts, catalog: Catalog, stage: str) -> Parts:
    """Its target and what was reached are its figures; 指标 and 目标 beside its name are no set of indicators, and 去年
    is the year that final accounts are of."""
    names = {name for subject in parts.subjects for name in subject.selector.names}
    entries = [catalog.by_name[name] for name in names if name in catalog.by_name]
    if not entries or any(e.classifications != {Classification.INDICATOR} for e in entries) or parts.has(*_OTHER):
        return parts
    if any(m.has("count") and m.end == noun.start for noun in parts.nouns for m in parts.linked.mentions):
        return parts  # 有多少个绩效指标
    idle = _IDLE | ({"previous"} if stage == Stage.FINAL and not parts.years else frozenset())
    kept = tuple(m for m in parts.linked.mentions if not (m.sense.cues & idle) or m.sense.names)
    nouns = tuple(m for m in parts.nouns if m.sense.noun and m.sense.noun.classification not in _SETS)
    plain = tuple(m for m in kept if not (m.sense.noun and m.sense.noun.classification in _SETS and not m.sense.names))
    return replace(parts, linked=replace(parts.linked, mentions=plain), nouns=nouns, conditions=())


_SETS = frozenset({Classification.INDICATOR, Classification.QUANTITY})
