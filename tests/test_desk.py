"""Several documents in one index: which of them a question is of, and figures side by side."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.answer import Status
from index.build import ingest
from tests.small_index import disclosure

BODIES = (("广州市水务局", 300), ("苏州市水务局", 100), ("苏州市审计局", 250))


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Three bodies of two places, each with its total."""
    directory: Path = tmp_path_factory.mktemp("several")
    paths = [disclosure(directory / f"{body}.txt", body, amount) for body, amount in BODIES]
    assert ingest(paths, directory / "index").failed == ()
    return Assistant.open(directory / "index")


def told(answer: Answer) -> list[tuple[Decimal, str]]:
    return [(value.value, value.unit) for value in answer.values]


def test_a_named_body_answers_for_itself(several: Assistant) -> None:
    answer = several.ask("苏州水务局的总预算是多少")
    assert (answer.status, told(answer)[0], answer.document) == (
        Status.ANSWERED, (Decimal(100), "万元"), "苏州市水务局",
    )  # fmt: skip


def test_two_bodies_are_compared(several: Assistant) -> None:
    answer = several.ask("广州市水务局的总预算比苏州市审计局多多少")
    assert told(answer)[0] == (Decimal(50), "万元")


def test_places_share_an_office(several: Assistant) -> None:
    answer = several.ask("广州和苏州的水务局，总预算谁多")
    assert told(answer)[:2] == [(Decimal(300), "万元"), (Decimal(100), "万元")]
    assert "最多的是 **广州市水务局" in answer.text


def test_all_bodies_added_up(several: Assistant) -> None:
    answer = several.ask("所有单位的总预算一共多少")
    assert told(answer)[0] == (Decimal(650), "万元")


def test_a_part_of_another_body(several: Assistant) -> None:
    answer = several.ask("苏州市水务局的总预算占广州市水务局总预算的比例")
    assert told(answer)[0] == (Decimal("33.33"), "%")


@pytest.mark.parametrize("question", ["总预算是多少", "水务局的总预算是多少"])
def test_what_is_not_named_is_asked_back(several: Assistant, question: str) -> None:
    answer = several.ask(question)
    assert answer.status is Status.CLARIFY
    assert answer.choices


def test_the_choice_is_answered(several: Assistant) -> None:
    assert told(several.ask("第二个", ["水务局的总预算是多少"]))[0] == (Decimal(100), "万元")


def test_a_follow_up_goes_to_another_body(several: Assistant) -> None:
    answer = several.ask("那苏州市审计局呢", ["广州市水务局的总预算是多少"])
    assert told(answer)[0] == (Decimal(250), "万元")


def test_figures_told_side_by_side_are_spoken_of_again(several: Assistant) -> None:
    answer = several.ask("差多少", ["广州市水务局和苏州市水务局的总预算分别是多少"])
    assert told(answer)[0] == (Decimal(200), "万元")


def test_a_body_that_is_not_held_is_refused(several: Assistant) -> None:
    assert several.ask("杭州市水务局的总预算是多少").status is Status.ABSTAINED
