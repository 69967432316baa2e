"""Concepts that follow from two printed figures (空编 = 编制 − 在职人员), read from a data file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.data_files import load_toml
from assistant.errors import SemanticDataError
from assistant.parts import Parts
from assistant.query import Operation, Selector, SemanticQuery
from assistant.question import fold
from assistant.semantics import Setting

_FILE = "derived.toml"
_ASKS = ("ask_amount", "count", "difference", "existence", "rest", "which", "zero", "rate")


@dataclass(frozen=True, slots=True)
class Derived:
    """`name` = `whole` − `part`; with `share`, `part` ÷ `whole`."""

    name: str
    whole: str
    part: str
    surfaces: tuple[str, ...]
    beside: tuple[str, ...]
    share: bool = False

    def said(self, text: str) -> bool:
        return any(word in text for word in self.surfaces) and any(word in text for word in self.beside)


@cache
def concepts() -> tuple[Derived, ...]:
    """The derived concepts that are known. Raises SemanticDataError."""
    return load_toml(_FILE, _parsed)


def _parsed(data: dict[str, Any]) -> tuple[Derived, ...]:
    found = tuple(
        Derived(
            entry["name"], entry["whole"], entry["part"],
            tuple(map(fold, entry["surfaces"])), tuple(map(fold, entry["beside"])),
            entry.get("share", False),
        )
        for entry in data["derived"]
    )  # fmt: skip
    if any(not (d.surfaces and d.beside) for d in found):
        raise SemanticDataError(f"语义数据文件 {_FILE} 有没有说法的条目", remedy="每个条目至少写一个说法")
    return found


def derived(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """还空着几个编制: the difference of the two figures that the concept is made of."""
    concept = next((c for c in concepts() if c.said(parts.linked.text)), None)
    if concept is None or not (parts.has(*_ASKS) or parts.head_unit):
        return None
    told = {n for s in (*parts.subjects, *parts.contexts) for n in s.selector.names}
    known = [_named(name, setting) for name in (concept.whole, concept.part)]
    if told and not any(told & set(s.names) for s in known):
        return None
    documents = parts.documents or setting.documents
    whole, part = (s.narrowed(documents=documents) for s in known)
    if concept.share:
        return SemanticQuery(Operation.SHARE, subjects=(part,), whole=whole)
    return SemanticQuery(Operation.DIFFERENCE, subjects=(whole, part))


def _named(name: str, setting: Setting) -> Selector:
    names = next((s.names for s in setting.semantics.synonyms if name in s.names), (name,))
    return Selector(names=names, label=name)
