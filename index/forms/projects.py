"""One project under several names: which mentions are the same project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from index.document import Source
from index.evidence import Project

SIMILAR = 70  # per cent of characters, when the current amounts agree
_CONTAINED = 3  # characters a name must have to be recognised inside another


@dataclass(frozen=True, slots=True)
class Mention:
    """A project as one form names it; amounts in 分, None when that form does not say.

    `listed`: named in a list of all projects rather than in a form of its own.
    """

    name: str
    source: Source
    category: str = ""
    total: int | None = None
    current: int | None = None
    listed: bool = False


def merge_mentions(mentions: Iterable[Mention]) -> tuple[Project, ...]:
    """Mentions → projects in printed order. The first name is the project's, the others its aliases.

    A name of the list and a different one of a form are one project only when one contains the other or
    they are similar, and their current amounts are equal: two names of one list are two projects.
    What the first form leaves open is taken from a later one.
    """
    known = tuple(mention for mention in mentions if mention.name)
    exact: dict[str, list[Mention]] = {}
    for mention in known:
        exact.setdefault(mention.name, []).append(mention)
    groups: list[list[Mention]] = []
    for same in exact.values():
        group = next((group for group in groups if _same_project(group, same)), None)
        if group is None:
            groups.append(list(same))
        else:
            group.extend(same)
    return tuple(_project(group) for group in groups)


def names_of(projects: Iterable[Project]) -> Mapping[str, str]:
    """Every name of a project → its canonical name."""
    return {name: project.name for project in projects for name in (project.name, *project.aliases)}


def _same_project(group: list[Mention], other: list[Mention]) -> bool:
    mine, theirs = _current(group), _current(other)
    kinds = {mention.listed for mention in group}, {mention.listed for mention in other}
    if mine is None or mine != theirs or kinds[0] & kinds[1]:
        return False
    return any(_alike(mention.name, other[0].name) for mention in group)


def _current(group: list[Mention]) -> int | None:
    return next((mention.current for mention in group if mention.current is not None), None)


def _alike(name: str, other: str) -> bool:
    short, long = sorted((name, other), key=len)
    return (len(short) >= _CONTAINED and short in long) or fuzz.ratio(name, other) >= SIMILAR


def _project(group: list[Mention]) -> Project:
    names = tuple(dict.fromkeys(mention.name for mention in group))
    return Project(
        name=names[0],
        aliases=names[1:],
        category=next((mention.category for mention in group if mention.category), ""),
        total=next((mention.total for mention in group if mention.total is not None), None),
        current=_current(group),
        source=group[0].source,
    )
