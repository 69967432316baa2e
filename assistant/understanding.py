"""Links → Understanding: what is asked of which figures, which passage is wanted, or what is missing.

A wish for text is recognised here; figures are left to the rules of `operations`, tried in order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.asking import asks_person_or_day, without_quarrels
from assistant.axes import with_axes
from assistant.budget_rules import without_base
from assistant.labels import holds_answer, labels_in
from assistant.operations import RULES
from assistant.parts import Parts
from assistant.query import Condition, Operation, SemanticQuery
from assistant.semantics import Setting
from assistant.set_rules import sorts_things
from assistant.sets import members_of
from assistant.shapes import Linked
from assistant.text_terms import light, load
from assistant.wording import asked_counter
from index.evidence import Classification, Dimension


class Need(StrEnum):
    """Kinds of text that answer a question."""

    REASON = "原因"
    DEFINITION = "定义"
    USE = "用途"
    ATTRIBUTE = "栏目"
    PASSAGE = "段落"
    CALCULATION = "算式"
    CONTRADICTION = "矛盾"
    MANNER = "办法"


@dataclass(frozen=True, slots=True)
class TextNeed:
    """A wish for text. `names`: of what; `label`: which labelled field (ATTRIBUTE), `labels`: every one that is asked
    for; `query`: words to search with; `linked`: the question it came from."""

    need: Need
    query: str
    names: tuple[str, ...] = ()
    project: str = ""
    label: str = ""
    linked: Linked | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """`query` for figures, `text` for passages, either or both. `refers`: it points back at the conversation."""

    parts: Parts
    query: SemanticQuery | None = None
    text: TextNeed | None = None
    refers: bool = False
    bare: bool = False  # operation words without any subject
    rule: str = ""
    follows: bool = False  # completed from the conversation
    missing: str = ""  # what has to be named before it can be answered

    @property
    def linked(self) -> Linked:
        return self.parts.linked

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the things asked about, with their synonyms."""
        subjects = (*self.parts.subjects, *self.parts.contexts)
        return tuple(dict.fromkeys(name for subject in subjects for name in subject.selector.names))


def understand(parts: Parts, setting: Setting) -> Understanding:
    """Decide what is asked. Pure: same parts and setting, same result."""
    parts = without_base(replace(parts, linked=without_quarrels(parts.linked)), setting)
    parts = with_axes(parts, setting)
    text = _text_need(parts)
    refers = parts.has("refer") or (not parts.subjects and not parts.contexts)
    if text is not None and text.need not in _BESIDE_FIGURES:
        return Understanding(parts, text=text, query=_companion(parts, setting), refers=refers, rule=text.need)
    for rule in RULES:
        query = rule(parts, setting)
        if query is not None:
            return Understanding(parts, _finish(query, parts), text, refers, bare=_is_bare(query), rule=rule.__name__)
    return Understanding(parts, None, text, refers, rule="none")


def _is_bare(query: SemanticQuery) -> bool:
    return not query.subjects and query.members is None


def _finish(query: SemanticQuery, parts: Parts) -> SemanticQuery:
    if parts.unit and not query.unit:
        query = query.with_(unit=parts.unit)
    if query.claim is None and parts.has("verify", "over_half", "existence", "more_than", "less_than"):
        claim = _claim(parts)
        if claim is not None and not (query.members and query.members.conditions):
            query = query.with_(claim=claim)
    moves = query.operation in (Operation.CHANGE, Operation.RATE)
    down = parts.has("change_down") or moves and parts.has("moved_down")
    up = parts.has("change_up") or moves and parts.has("moved_up")
    return query.with_(direction="减少" if down else "增加") if down != up else query


def _claim(parts: Parts) -> Condition | None:
    if parts.conditions:
        return parts.conditions[0]
    if parts.has("over_half"):
        return Condition(">", Dimension.PERCENT.scale * 50, "一半", Dimension.PERCENT)
    for mention in parts.quantities:
        quantity = mention.quantity
        if quantity is not None:
            return Condition("=", quantity.stored, mention.text, quantity.dimension)
    return None


# ---------------------------------------------------------------- text

_BESIDE_FIGURES = (Need.REASON, Need.DEFINITION, Need.CALCULATION, Need.CONTRADICTION, Need.MANNER)
_NUMERIC = ("ask_amount", "share", "max", "min", "sum", "change_down", "change_up", "difference", "mean")
# What asks for an amount, a rate or an order, in any of its forms.
AMOUNTS = ("ask_amount", "rate", "share", "difference", "sum", "ratio", "max", "min", "mean")
_COUNTED = ("ask_amount", "share", "change_down", "change_up", "difference", "mean")
SPENDING = "支出方向和用途"
_PEOPLE = ("", "人", "个")  # units in which those who are named under a label may be counted
_SYSTEMS = (Classification.FUNCTIONAL, Classification.ECONOMIC)
_OVERVIEW = "项目概况"
_CHANGES = ("change_down", "change_up", "change_any", "compare_previous", "zero")


def _text_need(parts: Parts) -> TextNeed | None:
    """The kind of text that is asked for, if any; the more particular kinds first."""
    linked = parts.linked
    vague = [m for m in linked.mentions if m.via not in ("exact", "sound", "history") and m.text in light()]
    said = [s for s in (*parts.subjects, *parts.contexts) if s.start not in {m.start for m in vague}]
    names = tuple(dict.fromkeys(n for s in said for n in s.selector.names))
    doubtful = {m.sense.project for m in vague}
    project = next((p for p in parts.projects if p not in doubtful), "")

    def need(kind: Need, label: str = "") -> TextNeed:
        return TextNeed(kind, linked.text, names, project, label, linked, labels if label else ())

    as_set = not parts.attributes and any(m.sense.attribute for m in linked.mentions)
    labels = () if as_set else labels_in(linked)
    if (
        parts.head_unit not in _PEOPLE
    ):  # 值班电话要接听处置多少次: whose a thing is and how to call is no number of times
        labels = tuple(label for label in labels if label not in load().owners)
    attribute = labels[-1] if labels else ""
    firm = any(m.via == "exact" and (m.sense.names or m.sense.project) for m in linked.mentions)
    if attribute and asked_counter(linked.text) and not firm:
        return need(Need.ATTRIBUTE, attribute)
    if _of_systems(parts):
        return need(Need.PASSAGE)
    if parts.has("contradiction"):
        return need(Need.CONTRADICTION)
    if parts.has("calculation") and not parts.has("execution_rate") and not _divides(parts):
        return need(Need.CALCULATION)
    ranked = parts.position is not None or parts.limit is not None or any(w in linked.text for w in load().last)
    defines = (
        parts.has("definition") and not ranked and not parts.has("ask_amount", "share", "max", "min", "sum", "count")
    )
    asks_why = any(m.has("reason") and not m.has("definition") for m in linked.mentions)
    glossary = any(w in linked.text for w in load().glossaries) and bool(names) and not ranked
    defines = defines or glossary or (parts.has("origin") and bool(names) and not project and not parts.has("manner"))
    if parts.has("reason") and not glossary and (asks_why or not defines or parts.has(*_CHANGES)):
        own = tuple(dict.fromkeys(n for s in said if s in parts.subjects for n in s.selector.names))
        return replace(need(Need.REASON), names=own or names)
    if defines and (names or not attribute or parts.has("belongs")):
        return need(Need.DEFINITION)
    numeric = parts.has(*_NUMERIC) and not (attribute in load().whole_topics and not parts.has(*_COUNTED))
    spent = any(m.has("use") and not m.sense.attribute for m in linked.mentions)
    if attribute == _OVERVIEW and spent and project and not numeric:
        return need(Need.USE)
    if attribute == SPENDING and names and not project and not numeric:
        return need(Need.USE)
    if (
        attribute
        and (not numeric or holds_answer(linked.text, linked.mentions) or _who_and_how_much(attribute, parts))
        and not (parts.nouns and parts.has("count") and not parts.position)
    ):
        return need(Need.ATTRIBUTE, attribute)
    if parts.has("use") and (names or project) and not numeric and not sorts_things(parts):
        return need(Need.USE)
    if parts.has("manner") and not numeric:
        return need(Need.MANNER)
    return None


def _who_and_how_much(label: str, parts: Parts) -> bool:
    """ "由谁承担、安排了多少钱": whose a thing is, and its amount beside it."""
    others = tuple(cue for cue in _NUMERIC if cue != "ask_amount")
    return label in load().owners and bool(parts.subjects) and not parts.has(*others)


def _of_systems(parts: Parts) -> bool:
    """Is something asked of classifications as such, not of the accounts in them (哪一套, 从什么时候起启用, 谁来编)?"""
    text = parts.linked.text
    if parts.subjects or parts.contexts or parts.projects or parts.has(*AMOUNTS, "list", "count"):
        return False
    classes = [m for m in parts.nouns if m.sense.noun and m.sense.noun.classification in _SYSTEMS]
    offered = any(word in text for word in load().alternatives)
    return any(word in text for word in load().systems) or bool(classes and (offered or asks_person_or_day(text)))


def _companion(parts: Parts, setting: Setting) -> SemanticQuery | None:
    """A figure asked for beside a text ("预算多少，用来干什么")."""
    if parts.has("ask_amount") and parts.subjects and not holds_answer(parts.linked.text, parts.linked.mentions):
        return SemanticQuery(Operation.VALUE, subjects=tuple(s.selector for s in parts.subjects))
    if parts.has("list") and parts.subjects and not labels_in(parts.linked):
        return SemanticQuery(Operation.LIST, members=members_of(parts, setting))
    return None


def _divides(parts: Parts) -> bool:
    """测算A÷B: a sum to be done, not one that the document prints."""
    return parts.has("divide", "ratio") and len(parts.subjects) > 1
