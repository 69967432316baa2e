"""What a document says of itself: body, region, year, stage and level. Content only, never the file's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from index.data_files import DATA, load_toml
from index.document import Identity, Line, Stage
from index.layout import Layout, tidy
from index.tables.regions import PART
from index.years import YEAR

_PATTERNS = ("body", "region", "label", "after_year", "before_year", "document")
_REMARK = re.compile(r"（[^（）]*）$")
MAX_TITLE = 50
COVER_LINES = 12
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class IdentityRules:
    body: re.Pattern[str]
    region: re.Pattern[str]
    label: re.Pattern[str]
    after_year: re.Pattern[str]
    before_year: re.Pattern[str]
    document: re.Pattern[str]
    stages: tuple[tuple[Stage, re.Pattern[str]], ...]
    levels: tuple[tuple[str, re.Pattern[str]], ...]
    mentions: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def identity_rules(path: Path = DATA / "identity.toml") -> IdentityRules:
    """Load and validate the data file. Raises ReferenceDataError."""
    return load_toml(path, _rules)


def _rules(data: dict[str, Any]) -> IdentityRules:
    return IdentityRules(
        **{name: re.compile(data[name]) for name in _PATTERNS},
        stages=tuple((Stage(e["name"]), re.compile(e["pattern"])) for e in data["stage"]),
        levels=tuple((e["name"], re.compile(e["pattern"])) for e in data["level"]),
        mentions=tuple((e["name"], re.compile(e["mention"])) for e in data["level"]),
    )


def identify(lines: Sequence[Line], layout: Layout) -> Identity:
    """Read the identity from titles, headings, labelled names and the names that prose repeats."""
    rules = identity_rules()
    titles = [tidy(region.title) for region in layout.regions if not region.rule.form]
    headings = [section.title for section in layout.sections if section.level == 1]
    tabled = {at for region in layout.regions for at in range(region.first, region.end)}
    opening = [line.text for at, line in enumerate(lines[:COVER_LINES]) if at not in tabled]
    front = [text for text in opening if len(text) <= MAX_TITLE]
    cover = [tidy(text) for text in front if not rules.label.match(text)]
    naming = [text for text in cover if rules.document.search(text)]
    year = _year(naming, titles, headings, lines)
    stage = _most(rules.stages, [*naming, *titles, *headings]) or Stage.BUDGET
    level = _most(rules.levels, [*naming, *(tidy(region.title) for region in layout.regions), *headings])
    level = level or _most(rules.mentions, [tidy(line.text) for line in lines]) or ""
    body = _body(lines, cover, naming, rules)
    named = next((text for text in naming if YEAR.search(text) and not PART.match(text)), "")
    title = named or f"{body}{year or ''}{'年' if year else ''}{level}{stage.value}"
    return Identity(title=title, body=body, region=_region(body, rules), year=year, stage=stage, level=level)


def _year(naming: Sequence[str], titles: Sequence[str], headings: Sequence[str], lines: Sequence[Line]) -> int | None:
    """The commonest year of the cover, else of the tables' titles, of the headings, of the text."""
    for texts in (naming, titles, headings, [line.text for line in lines]):
        years = Counter(int(year) for text in texts for year in YEAR.findall(text))
        if years:
            return max(years, key=lambda year: (years[year], year))
    return None


def _most(kinds: Sequence[tuple[_T, re.Pattern[str]]], texts: Iterable[str]) -> _T | None:
    counts = Counter(kind for text in texts for kind, pattern in kinds if pattern.search(text))
    return max(counts, key=lambda kind: counts[kind]) if counts else None


def _body(lines: Sequence[Line], cover: Sequence[str], naming: Sequence[str], rules: IdentityRules) -> str:
    """The fullest name of the body that the document's other mentions confirm.

    Candidates stand after a label, on the cover, or after a year ("2021年江汉区人民政府办公室…").
    A candidate counts with every mention of a candidate that it ends with; one that stands on the cover,
    and one that names its place, comes first.
    """
    texts = [tidy(line.text) for line in lines]
    labelled = {match[1] for line in lines if (match := rules.label.match(line.text))}
    spoken = {m[1] for text in texts for rule in (rules.after_year, rules.before_year) for m in rule.finditer(text)}
    joined = ["".join(cover[at : at + count]) for count in (1, 2, 3) for at in range(len(cover) - count + 1)]
    covering = {rules.document.sub("", YEAR.sub("", text)) for text in (*naming, *joined)}
    named = [name for name in labelled | spoken | covering if rules.body.fullmatch(name)] or sorted(labelled)
    whole = "\n".join(texts)
    mentions = {name: whole.count(name) for name in named}
    for name in named:  # a name that a line break cut short is no mention of its own
        mentions[name] -= sum(whole.count(other) for other in named if _cut_short(name, other))

    def score(name: str) -> tuple[bool, bool, bool, int, int]:
        plain = _REMARK.sub("", name)
        confirmed = sum(count for other, count in mentions.items() if name.endswith(other) or plain.endswith(other))
        return name in covering, bool(_region(name, rules)), name in labelled, confirmed, len(name)

    return max(sorted(named), key=score, default="")


def _cut_short(name: str, other: str) -> bool:
    return other != name and other.startswith(name) and not _REMARK.fullmatch(other[len(name) :])


def _region(body: str, rules: IdentityRules) -> str:
    match = rules.region.match(body)
    return match[1] if match else ""
