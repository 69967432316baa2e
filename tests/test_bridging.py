"""Two figures of one account: the difference is what projects hold, told only where it adds up exactly."""

from __future__ import annotations

from collections.abc import Callable

from assistant.reply import Reply
from tests.replies import figures

TRAVEL = "扶贫开发工作·差旅费 17.5 万元、扶贫开发工作·印刷费 6.5 万元、专项工作·专项工作经费 39 万元"


def test_the_lines_of_projects_that_make_up_the_difference(calculated: Callable[[str], Reply]) -> None:
    reply = calculated("公开表1的商品和服务支出比公开表6的多多少")
    assert reply.lines == (
        "商品和服务支出（公开表1）（211.83 万元）比商品和服务支出（公开表6）（126.83 万元）**多 85.00 万元**。",
        "- 算式：211.83 − 126.83 = 85.00 万元",
        f"- 差额正好是列在项目里的：{TRAVEL}、总值班室工作·开展业务培训 5 万元、总值班室工作·政务值班保障经费 17 万元"
        "（17.5 + 6.5 + 39 + 5 + 17 = 85.0 万元）",
    )


def test_the_one_line_of_the_very_amount(calculated: Callable[[str], Reply]) -> None:
    assert calculated("公开表1的工资福利支出和公开表6的相差多少").lines[-1] == (
        "- 差额正好是列在项目里的：聘用人员工作经费·单位长聘人员支出 69 万元"
    )


def test_the_project_part_of_an_account_is_worked_out(calculated: Callable[[str], Reply]) -> None:
    reply = calculated("项目支出中属于302商品和服务支出的部分有多少")
    assert figures(reply)[0] == "85.00 万元: 211.83 − 126.83 = 85.00 万元"


def test_different_accounts_are_not_bridged(calculated: Callable[[str], Reply]) -> None:
    assert len(calculated("工资福利支出比商品和服务支出多多少").lines) == 2
