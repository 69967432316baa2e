"""Where a question goes: figures, text, both, a question back, or an honest no; with the reason recorded."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Route
from assistant.query import Operation
from assistant.understanding import Need, TextNeed, Understanding


@dataclass(frozen=True, slots=True)
class Routed:
    """`route` None: clarify (`clarify` says what about) or pass to the text fallback."""

    route: Route | None
    reason: str
    clarify: str = ""


def route(understood: Understanding) -> Routed:
    query, text = understood.query, understood.text
    if understood.missing:
        return Routed(None, "没有说明问的是哪一项", clarify=understood.missing)
    if query is not None and _complete(understood):
        if text is not None:
            return Routed(Route.BOTH, f"既问数（{query.operation}）又问文字（{text.need}）")
        return Routed(Route.SQL, f"问数：{query.operation}")
    if text is not None:
        return Routed(Route.TEXT, f"问文字：{text.need}")
    parts = understood.parts
    if query is not None and query.operation is Operation.VALUE and (parts.nouns or parts.has("refer")):
        return Routed(None, "没有说明问的是哪一项", clarify=_what(understood))
    return Routed(Route.TEXT, "没有对应的数，按段落检索")


def _complete(understood: Understanding) -> bool:
    query = understood.query
    return query is not None and (bool(query.subjects) or query.members is not None)


def _what(understood: Understanding) -> str:
    noun = understood.parts.noun()
    return noun.surfaces[0] if noun else "科目或项目"


def passage_need(understood: Understanding) -> TextNeed:
    parts = understood.parts
    names = tuple(n for s in parts.subjects for n in s.selector.names)
    project = parts.projects[0] if parts.projects else ""
    return TextNeed(Need.PASSAGE, understood.linked.text, names, project, linked=understood.linked)
