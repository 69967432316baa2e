"""What a first question only points at by a word that several projects have in their names (那条隧道): asked back."""

from __future__ import annotations

import re

from assistant.answer import Status
from assistant.catalog import Catalog
from assistant.counting import is_rate_of_many
from assistant.parts import Parts
from assistant.question import fold
from assistant.reply import Reply
from assistant.shapes import Linked
from index.evidence import Classification

_POINTING = re.compile(r"[那这某][条座个项笔家所处段栋](?P<rest>[一-龥]{2,8})")
_PARTLY = "contain"  # linked by a part of the name only
_SHOWN = 8
_LEAST = 2
_OF_SEVERAL = ("list", "which", "what", "max", "min", "mean", "count", "existence", "difference")


def which_rate(parts: Parts) -> Reply | None:
    """The indicators that may be meant by a word for a rate that they share (满意度要达到多少); None where one is said,
    or where all or some of them are asked for."""
    if len(parts.subjects) != 1 or parts.contexts or parts.projects or parts.nouns or parts.has(*_OF_SEVERAL):
        return None
    subject = parts.subjects[0]
    if not is_rate_of_many(subject) or not parts.has("ask_amount", "rate"):
        return None
    return _asked_back(subject.typed, subject.selector.names)


def which(linked: Linked, catalog: Catalog) -> Reply | None:
    """The projects that may be meant; None where nothing is pointed at, or but one thing."""
    match = _POINTING.search(linked.text)
    named = [m for m in linked.mentions if m.sense.names or m.sense.project]
    if match is None or any(m.via != _PARTLY or m.start != match.start("rest") for m in named):
        return None
    end = min((m.start for m in linked.mentions if m.start > match.start("rest")), default=match.end())
    word = linked.text[match.start("rest") : end].rstrip("的")
    own = {entry.name for entry in catalog.projects}
    own |= {e.name for e in catalog.names if Classification.PROJECT in e.classifications}
    alike = tuple(sorted(name for name in own if word in fold(name)))
    if len(word) < _LEAST or len(alike) < _LEAST:
        return None
    return _asked_back(word, alike)


def _asked_back(word: str, alike: tuple[str, ...]) -> Reply:
    lines = (f"叫“{word}”的有好几项，请问您问的是哪一项？", *(f"{i}. {n}" for i, n in enumerate(alike[:_SHOWN], 1)))
    return Reply(lines, status=Status.CLARIFY, reason="没有说明问的是哪一项", choices=alike[:_SHOWN], rule="clarify")
