"""Posts that nobody holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.query import Operation
from assistant.reply import Reply
from assistant.understanding import Understanding
from tests.replies import figures


@pytest.mark.parametrize("question", ["空编几个", "按编制算还空着几个人", "还能招几个人", "离满编还差几个人"])
def test_the_posts_less_the_staff(calculated: Callable[[str], Reply], question: str) -> None:
    assert figures(calculated(question)) == ["6 人: 33 − 27 = 6 人", "33 人", "27 人"]


def test_a_blank_column_is_no_vacancy(understood: Callable[[str], Understanding]) -> None:
    query = understood("哪些科目空着").query
    assert query is not None and query.operation is Operation.LIST
