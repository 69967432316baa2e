"""督查工作跟调查研究的采购计划: what several projects plan to buy is one figure of each of them."""

from __future__ import annotations

from dataclasses import replace

from assistant.parts import Parts
from assistant.semantics import Semantics
from index.evidence import Classification


def each(parts: Parts, semantics: Semantics) -> Parts:
    """Parts in which a kind of thing that is asked of several projects has become that figure of each of them."""
    noun = parts.noun(Classification.PROCUREMENT)
    own = [*parts.subjects, *parts.contexts]
    if noun is None or len(own) < 2 or not all(s.selector.project for s in own) or parts.has("share"):
        return parts
    whole = next((c for c in semantics.containers if c.classification is Classification.PROCUREMENT), None)
    if whole is None or not any(m.start >= max(s.end for s in own) for m in parts.nouns if m.sense.noun == noun):
        return parts
    subjects = tuple(
        replace(
            s,
            selector=s.selector.narrowed(
                names=whole.names, classifications=(), label=f"{s.selector.project}的{whole.names[0]}"
            ),
        )
        for s in sorted(own, key=lambda s: s.start)
    )
    plain = tuple(m for m in parts.nouns if m.sense.noun != noun)
    return replace(parts, subjects=subjects, contexts=(), nouns=plain)
