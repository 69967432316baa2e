"""A project named beside something that it holds is where that stands, not another thing asked about."""

from __future__ import annotations

from dataclasses import replace

from assistant.catalog import Catalog
from assistant.parts import Parts
from assistant.standing import joined


def place_inside(parts: Parts, catalog: Catalog) -> Parts:
    """ "督查工作要印多少册宣传册": the indicator inside the project; "督查工作和宣传册" stays two things."""
    projects = [s for s in parts.subjects if s.selector.classifications and s.selector.project]
    others = [s for s in parts.subjects if s not in projects]
    if len(projects) != 1 or not others or parts.has("share", "ratio"):
        return parts
    project = projects[0]
    name = project.selector.project or ""
    for other in others:
        first, second = sorted((project, other), key=lambda s: s.start)
        held = any(name in catalog.by_name[n].projects for n in other.selector.names if n in catalog.by_name)
        if not held or joined(parts.linked.text[first.end : second.start]):
            return parts
    placed = tuple(
        replace(o, selector=o.selector.narrowed(names=tuple(n for n in o.selector.names if _held(n, name, catalog))))
        for o in others
    )
    return replace(parts, subjects=placed, contexts=(*parts.contexts, project))


def _held(name: str, project: str, catalog: Catalog) -> bool:
    entry = catalog.by_name.get(name)
    return entry is not None and project in entry.projects
