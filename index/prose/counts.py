"""What a count counts: "在职人员实有数27人" → 在职人员, "下设14个内设机构" → 内设机构."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.prose.subjects import DATE, strip_start, without_body
from index.prose.terms import either, terms

_OTHER = r"(?!其中|分别|包括|均为|均系|全部)[一-鿿]{4,}(?:和|、|，|。|$)"  # something else that is counted
_OWN_LEVEL = r"^(?:（?(?:机关)?本级）?|机关)(?=..)"


class Counted(NamedTuple):
    """`name` is "" when the words count nothing that a disclosure states of its body; `told` is False where they say
    how many were looked at, not how many there are."""

    name: str
    year: int | None = None
    told: bool = True


def count_subject(lead: str, after: str, body: str, before: str) -> Counted:
    """From the words before the number, or from those after it. `before` is what was counted last."""
    vocabulary = terms()
    words = strip_start(lead)
    dates = list(DATE.finditer(words))
    year = int(dates[-1]["year"]) if dates else None
    if dates:
        words = words[dates[-1].end() :].lstrip("，")
    words = without_body(words, body)
    tails = re.compile(rf"{vocabulary.alternatives('count', 'tails')}$")
    while (match := tails.search(words)) and match.start():
        words = words[: match.start()]
    heads = list(re.finditer(vocabulary.alternatives("count", "heads"), words))
    if heads:
        words = words[heads[-1].end() :]
    words = re.sub(_OWN_LEVEL, "", strip_start(words).strip("，：、"))
    words = re.sub(rf"^{vocabulary.alternatives('count', 'starts')}+(?=..)", "", words)
    planned = either(vocabulary.list_of("count", "planned"))
    noun = rf"{vocabulary.count_noun.pattern}(?:（[^）]*）)*$"
    if re.search(noun, words):
        name = vocabulary.words["count"]["synonyms"].get(words, words)
        begins = re.match(planned, before)
        if begins and not re.match(planned, name) and name.endswith("用车"):
            name = begins[0] + name
        return Counted(name, year)
    behind = re.match(rf"[一-鿿]{{0,4}}?{vocabulary.count_noun.pattern}+", after)
    if not words and before and behind is None and not re.match(_OTHER, after):
        return Counted(before, year)
    bare = behind is not None and behind[0].startswith(vocabulary.list_of("count", "bare"))
    return Counted(behind[0] if behind else "", year, told=not bare)
