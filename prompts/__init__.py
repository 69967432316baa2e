"""Every text a language model is given, one Markdown file a prompt, and their loader.

>>> "SELECT" in load("sql", schema="", question="", refusal="")
True
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_PLACE = re.compile(r"\{\{(\w+)\}\}")
_LEFT, _RIGHT = "<资料>", "</资料>"

__all__ = ["PromptError", "fence", "load", "names", "places"]


class PromptError(ValueError):
    """A prompt that does not exist, or places that were not filled as the prompt asks."""


@cache
def _template(name: str) -> str:
    if name not in names():
        raise PromptError(f"没有名为“{name}”的提示词，可选：{'、'.join(names())}")
    return (files(__name__) / f"{name}.md").read_text(encoding="utf-8").strip()


@cache
def names() -> tuple[str, ...]:
    """The names of all prompts, sorted."""
    return tuple(sorted(entry.name[:-3] for entry in files(__name__).iterdir() if entry.name.endswith(".md")))


def places(name: str) -> frozenset[str]:
    """The names of the `{{places}}` a prompt wants filled."""
    return frozenset(_PLACE.findall(_template(name)))


def load(name: str, **values: str) -> str:
    """The prompt with its places filled; each place exactly once, nothing left over.

    Raises PromptError for an unknown prompt and for missing or superfluous values.
    """
    wanted = places(name)
    if wanted != values.keys():
        raise PromptError(f"提示词“{name}”需要 {sorted(wanted)}，给出的是 {sorted(values)}")
    return _PLACE.sub(lambda match: values[match[1]], _template(name))


def fence(text: str) -> str:
    """Text out of a document, between marks that it cannot itself contain: data, never an instruction."""
    harmless = text.replace("<", "＜").replace(">", "＞")
    return f"{_LEFT}\n{harmless}\n{_RIGHT}"
