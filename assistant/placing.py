"""A project named beside something that it holds is where that stands, not another thing asked about."""

from __future__ import annotations

from dataclasses import replace

from assistant.catalog import Catalog
from assistant.parts import Parts
from assistant.standing import Subject, joined
from index.evidence import Classification


def in_place(parts: Parts, catalog: Catalog) -> Parts:
    """What a question names, each thing once and where it stands."""
    return place_inside(as_projects(undivided(qualified(without_repeats(parts))), catalog), catalog)


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


def without_repeats(parts: Parts) -> Parts:
    """ "采购中有多少留给中小企业，占采购总额多少": what is named again as the whole of a share is named once."""
    if not parts.has("share") or len(parts.subjects) < _REPEATED:
        return parts
    last = parts.subjects[-1]
    kept = tuple(s for s in parts.subjects[:-1] if not s.selector.names or s.selector.names != last.selector.names)
    return replace(parts, subjects=(*kept, last)) if kept else parts


def qualified(parts: Parts) -> Parts:
    """ "预留给小微企业的采购资金": what a longer name says already behind it is no thing of its own."""
    for context in parts.contexts:
        heads = [s for s in parts.subjects if s.start == context.end]
        if heads and any(h in n for n in context.selector.names for h in heads[0].selector.names):
            subjects = tuple(context if s is heads[0] else s for s in parts.subjects)
            return replace(parts, subjects=subjects, contexts=tuple(c for c in parts.contexts if c is not context))
    return parts


def undivided(parts: Parts) -> Parts:
    """ "桐子坝的污水项目": words of one project's name said apart are that project, not what it holds as well."""
    named = [
        s
        for s in (*parts.contexts, *parts.subjects)
        if s.selector.project and s.selector.names == (s.selector.project,)
    ]
    for project in named:
        rest = tuple(s for s in parts.subjects if not _of_its_name(s, project, parts))
        if len(rest) < len(parts.subjects):
            kept = rest if project in rest else (project, *rest)
            contexts = tuple(c for c in parts.contexts if c is not project)
            return replace(parts, subjects=kept, contexts=contexts, nouns=())
    return parts


def _of_its_name(subject: Subject, project: Subject, parts: Parts) -> bool:
    """Does a subject right behind a project repeat a word of its name, with 项目 behind it?"""
    text = parts.linked.text
    beside = text[project.end : subject.start] in ("", "的", "那个", "这个")
    called = any(
        n.start == subject.end
        for n in parts.nouns
        if n.sense.noun and n.sense.noun.classification is Classification.PROJECT
    )
    return subject is not project and beside and called and subject.typed in (project.selector.project or "")


_REPEATED = 3
_BESIDE = 4  # characters between a name and the word that says it is a project's


def as_projects(parts: Parts, catalog: Catalog) -> Parts:
    """ "公共法律服务那个一级项目": of an account and a project of one name, the project is meant."""
    nouns = [m for m in parts.nouns if m.sense.noun and m.sense.noun.classification is Classification.PROJECT]

    def meant(subject: Subject) -> Subject:
        behind = any(0 <= noun.start - subject.end <= _BESIDE for noun in nouns)
        entries = [catalog.by_name[n] for n in subject.selector.names if n in catalog.by_name]
        both = any(Classification.PROJECT in e.classifications and len(e.classifications) > 1 for e in entries)
        if not (behind and both) or subject.selector.classifications:
            return subject
        return replace(subject, selector=subject.selector.narrowed(classifications=(Classification.PROJECT,)))

    subjects = tuple(map(meant, parts.subjects))
    return parts if subjects == parts.subjects else replace(parts, subjects=subjects, nouns=())


def _held(name: str, project: str, catalog: Catalog) -> bool:
    entry = catalog.by_name.get(name)
    return entry is not None and project in entry.projects
