"""What a body is called by its kind means the body itself, never an account that holds the word."""

from __future__ import annotations

import pytest

from assistant.body_names import own_nouns


@pytest.mark.parametrize(
    ("body", "said", "never"),
    [
        ("某县中医医院", ("医院", "全院", "这家医院", "院里"), ("院", "公立医院")),
        ("某市第一中学", ("学校", "全校", "我校"), ("校", "医院")),
        ("某县水利局", ("全局", "局里"), ("局",)),
        ("某市档案馆", ("馆里", "全馆"), ("馆",)),
    ],
)
def test_nouns_of_a_body(body: str, said: tuple[str, ...], never: tuple[str, ...]) -> None:
    found = own_nouns(body)
    assert set(said) <= set(found)
    assert not set(never) & set(found)
