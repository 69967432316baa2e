"""One word for several things (水电, 会议培训费): each of them is asked about, not readings of one."""

from __future__ import annotations

from dataclasses import replace

from assistant.catalog import Catalog
from assistant.parts import Parts
from assistant.semantics import Semantics
from assistant.standing import Subject


def told_apart(parts: Parts, catalog: Catalog, semantics: Semantics) -> Parts:
    """Every joint word as the things that it stands for, where any of them is held."""
    joint = {surface: s.names for s in semantics.synonyms if s.joint for surface in s.surfaces}

    def apart(subject: Subject) -> tuple[Subject, ...]:
        names = joint.get(subject.typed, ())
        own = subject.typed in catalog.by_name or not set(subject.selector.names) <= set(names)
        if own or not subject.selector.names:
            return (subject,)
        return tuple(replace(subject, selector=subject.selector.narrowed(names=(n,), label=n)) for n in names)

    return replace(
        parts,
        subjects=tuple(each for s in parts.subjects for each in apart(s)),
        contexts=tuple(each for c in parts.contexts for each in apart(c)),
        excluded=tuple(each for e in parts.excluded for each in apart(e)),
    )
