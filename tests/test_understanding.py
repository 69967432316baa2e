"""Golden pairs: a question in many phrasings → what is asked of which figures, or which text is wanted."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.query import Selector
from assistant.understanding import Understanding
from index.evidence import Classification

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "understanding.toml").read_text(encoding="utf-8")
)["case"]
LISTED = (
    ("classifications", "分类"), ("level", "级次"), ("measures", "口径"), ("funds", "资金"), ("parents", "上级"),
    ("project", "项目"), ("years", "年"), ("table_numbers", "表"), ("groups", "指标"), ("exclude", "除"),
)  # fmt: skip


def axes(selector: Selector) -> list[str]:
    """Every axis that restricts; of alternatives under one name (synonyms) the first."""
    told = []
    for field, name in LISTED:
        value = getattr(selector, field)
        if value not in ((), None):
            alike = field in ("parents", "exclude")
            shown = value[:1] if alike else value if isinstance(value, tuple) else (value,)
            told.append(f"{name}={'、'.join(str(v) for v in shown)}")
    return told + [f"限={condition.text}" for condition in selector.conditions]


def subject(selector: Selector, wanted: str) -> str:
    """ "培训费 年=2020"; a project is 【督查工作】. Of its synonyms the wanted one is told."""
    if selector.classifications == (Classification.PROJECT,) and selector.project:
        selector, name = selector.narrowed(classifications=(), project=None), f"【{selector.project}】"
    else:
        names = (*selector.names, *selector.codes, selector.label)
        name = wanted.split(" ")[0] if wanted.split(" ")[0] in names else names[0]
    return " ".join((name, *axes(selector)))


def told(understanding: Understanding, case: dict[str, Any]) -> dict[str, Any]:
    """All that was understood, in the form of the golden pairs; what is not set is left out."""
    query, text = understanding.query, understanding.text
    found: dict[str, Any] = {}
    if text is not None:
        found |= {"text": str(text.need), "label": text.label}
    if query is not None:
        wanted = [*case.get("subjects", []), *[""] * len(query.subjects)]
        found |= {
            "operation": str(query.operation),
            "subjects": [subject(s, w) for s, w in zip(query.subjects, wanted, strict=False)],
            "whole": subject(query.whole, case.get("whole", "")) if query.whole else "",
            "members": " ".join(axes(query.members)) if query.members else "",
            "order": str(query.order or ""),
            "position": query.position if query.position > 1 else 0,
            "limit": query.limit if query.limit != 1 else None,
            "then": str(query.then or ""),
            "unit": query.unit,
            "direction": query.direction,
            "claim": query.claim.text if query.claim else "",
            "detail": query.detail,
        }
    return {name: value for name, value in found.items() if value not in ("", [], None) and (value or name == "limit")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_question_is_understood(understood: Callable[[str], Understanding], case: dict[str, Any]) -> None:
    expected = {name: value for name, value in case.items() if name not in ("title", "question", "also")}
    for question in (case["question"], *case.get("also", [])):
        assert (question, told(understood(question), case)) == (question, expected)


def test_every_golden_pair_has_a_title_of_its_own() -> None:
    titles = [case["title"] for case in CASES]
    assert sorted(set(titles)) == sorted(titles)
    questions = [q for case in CASES for q in (case["question"], *case.get("also", []))]
    assert sorted(set(questions)) == sorted(questions)
    assert len(questions) >= 60


def test_a_question_with_two_wishes_has_both(understood: Callable[[str], Understanding]) -> None:
    both = understood("公务接待费预算多少，为什么减少")
    assert both.query is not None
    assert both.text is not None
    assert both.names == ("公务接待费",)


def test_operation_words_alone_ask_of_nothing_yet(understood: Callable[[str], Understanding]) -> None:
    bare = understood("比上年减少了多少")
    assert bare.query is not None
    assert (bare.query.subjects, bare.query.members, bare.bare, bare.refers) == ((), None, True, True)
