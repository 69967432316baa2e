"""Names of bodies that a question has mistyped by their sound, put right (审记局 → 审计局)."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.body_names import forms
from assistant.similarity import pronounce

_LEAST = 3  # characters of a name that may be mistyped


def respelled(text: str, held: Iterable[tuple[str, str]]) -> str:
    """A folded question with the names of bodies that it has mistyped by their sound (审记局) put right."""
    sounds: dict[tuple[str, ...], str] = {}
    for body, region in held:
        for form in forms(body, region):
            if len(form) >= _LEAST:
                sounds.setdefault(pronounce(form), form)
    known = set(sounds.values())
    for length in sorted({len(sound) for sound in sounds}, reverse=True):
        for start in range(len(text) - length + 1):
            said = text[start : start + length]
            sounding = sounds.get(pronounce(said)) if said not in known and not said.isascii() else None
            form = sounding or ""
            if form and said[-1] == form[-1] and any(a == b for a, b in zip(said[:-1], form, strict=False)):
                text = text[:start] + form + text[start + length :]
    return text
