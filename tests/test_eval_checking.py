"""A suite must not repeat one template with the names changed."""

from __future__ import annotations

import pytest
from eval_recordings import sample

from eval.checking import check, mask, name_pattern, reference_names
from eval.samples import Category

NAMES = name_pattern(["公务接待费", "印刷费", "基本支出", "项目支出", "费"])


@pytest.mark.parametrize(
    ("question", "template"),
    [
        ("2021年公务接待费是多少？", "〈数〉年〈名〉是多少"),
        ("“基本支出”、项目支出各多少", "〈名〉各多少"),
        ("印刷费比1,071.00万元多吗", "〈名〉比〈数〉万元多吗"),
    ],
)
def test_masking(question: str, template: str) -> None:
    assert mask(question, NAMES) == template


def test_a_template_used_four_times_is_a_fault() -> None:
    names = ("公务接待费", "印刷费", "基本支出", "项目支出")
    samples = [sample(id=f"q{i}", question=f"{name}是多少") for i, name in enumerate(names)]
    assert check(samples[:3], names).faults == ()
    assert check(samples, names).faults == ("同一模板用了 4 次（至多 3 次）：〈名〉是多少（q0、q1、q2、q3）",)


def test_a_repeated_question_is_a_fault() -> None:
    samples = [sample(id="a", question="公务接待费？"), sample(id="b", question="公务接待费？")]
    assert check(samples, ()).faults == ("同一问题重复：a、b（jianghan-2021 公务接待费?）",)


def test_categories_and_unlocated_evidence_are_counted() -> None:
    found = check([sample(id="a"), sample(id="b", question="别的", evidence="未披露")], ())
    assert (found.cases, found.by_category, found.unlocated) == (2, ((Category.LOOKUP, 2),), 1)
    assert len(found.absent) == len(Category) - 1


def test_the_reference_accounts_are_known_names() -> None:
    assert "工资福利支出" in reference_names()
