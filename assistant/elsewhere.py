"""Places that a question asks of and no document is about: another region before an office, a place that owns a figure.

"硚口区政府办的接待费", "江岸今年的三公": answered with the figures of the body that is held, these would mislead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.semantics import glue_words, locatives
from assistant.shapes import Linked, Mention
from assistant.text_terms import load
from assistant.wording import Wording, tagged

_REGION = 4  # characters of a region that are told
_LEAST = 2  # characters of a place's name
_BREAK = re.compile(r"[，。？；：、的]")
_OWNING = re.compile(r"的|那边|这边|同期|\d{4}年")
_PLACES = ("ns", "s", "x")


def region(linked: Linked, bodies: Sequence[str], wording: Wording) -> str | None:
    """A place glued before an office of its level ("硚口" + 区政府办) that is not in the name of any body held."""
    levels = load().organs.levels
    for mention in linked.mentions:
        if not _is_body(mention) or not mention.text.startswith(levels):
            continue
        before = max((m.end for m in linked.mentions if m.end <= mention.start), default=0)
        name = _name(_BREAK.split(linked.text[before : mention.start])[-1])
        place = name + mention.text[0]
        if len(name) >= _LEAST and not name.isascii() and not any(place in body for body in bodies):
            return place
    return None


def _is_body(mention: Mention) -> bool:
    return mention.has("self") or bool(mention.sense.document) or mention.sense.body


def _name(stretch: str) -> str:
    """The nouns and unknown words at the end of a stretch (想看看硚口 → 硚口)."""
    name = ""
    for word, tag in reversed(tagged(stretch)):
        if not tag.startswith(("n", "x")):
            break
        name = word + name
    return name


def place(linked: Linked, wording: Wording, documents: Sequence[str]) -> str | None:
    """A place that no passage speaks of: with its level (硚口区), or as the owner of what is asked (江岸的三公)."""
    levels, glue = load().organs.levels, glue_words()
    start = 0
    for word, tag in tagged(linked.text):
        end = start + len(word)
        inside = any(m.start < end and m.end > start for m in linked.mentions)
        if not inside and len(word) >= _LEAST and not word.isascii() and not wording.said(word, documents):
            levelled = len(word) > _LEAST and word.endswith(levels) and not tag.startswith("n")
            known = wording.is_light(word) or word.startswith(glue) or word.endswith(locatives())
            if not known and (levelled or (tag in _PLACES and _owns(end, linked))):
                return word
        start = end
    return None


def foreign(linked: Linked, names: Sequence[str], bodies: Sequence[str], wording: Wording) -> str | None:
    """A place that documents speak of, of which another body's account is asked (黄陂区的三公经费): no passage that
    speaks of the place speaks of any of the accounts."""
    start = 0
    for word, tag in tagged(linked.text):
        end = start + len(word)
        other = tag == "ns" and not any(word in body for body in bodies) and wording.known(word)
        if other and len(word) > _LEAST and _owns(end, linked):
            about = [text for _, text in wording.texts if word in text]
            if about and not any(name in text for text in about for name in names):
                return word
        start = end
    return None


def _owns(end: int, linked: Linked) -> bool:
    """Does what is asked stand right behind a place, or behind 的 or a time?"""
    if _OWNING.match(linked.text, end):
        return True
    behind = next((m for m in linked.mentions if m.start == end), None)
    return behind is not None and (behind.has("now", "previous") or bool(behind.sense.names))


def all_bodies(linked: Linked) -> str | None:
    """All departments of a region together (全江汉区所有部门), where one body alone is held."""
    levels = load().organs.levels
    for mention in linked.mentions:
        before = linked.text[: mention.start].removesuffix("的").removesuffix("里")
        if mention.has("which_body") and before.endswith(levels):
            return before[-_REGION:].rpartition("，")[2] + mention.text
    return None


def leads_to_body(end: int, name: str, linked: Linked) -> bool:
    """Is a place only the wider one of a body that is held ("湖北省" + 武汉市江汉区政府办)?"""
    held = any(m.start == end and (m.sense.document or m.has("self")) for m in linked.mentions)
    return held and name.endswith(load().organs.levels)
