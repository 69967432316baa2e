"""A first question that only points at one of several projects is asked back."""

from __future__ import annotations

import pytest

from assistant.catalog import Catalog, ProjectEntry
from assistant.pointed_at import which
from assistant.shapes import Linked

PROJECTS = tuple(ProjectEntry(name, (), "d") for name in ("东山隧道养护", "西山隧道养护", "东湖清淤"))
CATALOG = Catalog((), (), PROJECTS, (), ())

CASES = [
    ("several have the word", "那条隧道，多少钱", ("东山隧道养护", "西山隧道养护")),
    ("one has it", "那个清淤，多少钱", None),
    ("nothing is pointed at", "隧道，多少钱", None),
]


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_what_may_be_meant(title: str, text: str, expected: tuple[str, ...] | None) -> None:
    reply = which(Linked(text, (), ()), CATALOG)
    assert (reply.choices if reply is not None else None) == expected
