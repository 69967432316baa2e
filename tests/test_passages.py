"""Questions answered in the document's own sentences: reasons, definitions, labelled texts, items, long cells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.answer import Answer, Route, Status


def values(answer: Answer) -> set[tuple[Decimal, str]]:
    return {(value.value, value.unit) for value in answer.values}


def expected(*pairs: tuple[str, str]) -> set[tuple[Decimal, str]]:
    return {(Decimal(number), unit) for number, unit in pairs}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("公务接待费为什么下降", "厉行节约、加强内部审批，严控一般性支出，节省行政运行成本"),
        ("基本支出怎么反而涨了", "人员晋级晋档，金额增加"),
        ("出国经费预算为何写0", "年初由财政预算集中管理，实际发生时报区委、区政府审批后列入单位预算"),
        ("因公出国的钱什么时候才列入单位预算", "实际发生时报区委、区政府审批后列入单位预算"),
        ("督查工作的经济发展提升度为什么是提升", "通过办理人大政协议题案有效推进江汉区的经济发展"),
        ("三公经费为什么减少", "其中公务接待费变动的原因：厉行节约"),
        ("事业收入的定义", "指事业单位开展专业业务活动及其辅助活动取得的收入"),
        ("公务接待费是指什么", "指单位按规定开支的各类公务接待（含外宾接待）费用"),
        ("其他收入包括哪些", "包括银行存款利息收入、租金收入、捐赠收入"),
        ("文件有没有解释什么叫三公经费", "经费包括因公出国（境）费用、公务用车购置及运行维护费和公务接待费"),
        ("机关运行经费包括哪些费用", "办公费、印刷费、水费、邮电费"),
        ("单位构成情况", "本部门由机关单位组成"),
        ("人员情况介绍一下", "离退休人员实有数20人"),
        ("职责第三条是什么", "3、负责区人民政府会议的会务组织工作"),
        ("主要职责最后一条写的什么", "12、承办区人民政府领导同志交办的其他事项"),
        ("长期目标2讲什么", "开展调研及扶贫工作，开展专项课题研究，出具调研文集"),
        ("谁负责政务值班", "负责区人民政府政务值班工作"),
        ("填报人是谁", "周露"),
        ("整体绩效目标表是哪天填的", "2020年9月10日"),
        ("扶贫方面的职责", "精准扶贫、对口支援和援"),
        ("征订了哪些报纸", "《长江日报》、《经济日报》、《湖北日报》"),
        ("结对帮扶西藏的哪个地方", "西藏山南市乃东县泽当镇农村（社区）党群服务中心"),
        ("课题成果运用率怎么计算", "课题成果运用数/课题完成数"),
    ],
)
def test_the_sentence_is_quoted(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.text
    assert answer.citations and not answer.conflicts


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("职责一共几条", expected(("12", "条"))),
        ("名词解释解释了几个名词", expected(("10", "个"))),
        ("长期目标有几个", expected(("3", "个"))),
        ("杨俊负责几个项目", expected(("6", "个"))),
        (
            "《政府公报》8万元怎么算的",
            expected(("0.5", "万元"), ("12", "月"), ("6", "万元"), ("2", "万元"), ("8", "万元")),
        ),
        ("14名聘用人员分别是什么岗位，各几人", expected(("7", "名"), ("3", "名"), ("4", "名"))),
        ("发文总量要求递减多少", expected(("5", "%"))),
    ],
)
def test_the_figures_of_a_quoted_sentence_are_values(
    assistant: Assistant, question: str, figures: set[tuple[Decimal, str]]
) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert figures <= values(answer)


def test_the_place_is_cited_with_the_sentence_marked(assistant: Assistant) -> None:
    answer = assistant.ask("公务接待费为什么下降")
    assert answer.route is Route.TEXT
    (place,) = answer.citations
    assert place.section.endswith("（二）公务接待费")
    assert place.mark and place.mark in place.quote


def test_a_reason_asked_together_with_a_figure_gets_both(assistant: Assistant) -> None:
    answer = assistant.ask("公务接待费比上年减少了多少，为什么")
    assert answer.route is Route.BOTH
    assert (Decimal("1.74"), "万元") in values(answer)
    assert "厉行节约" in answer.text


@pytest.mark.parametrize(
    "question",
    ["社会保障支出增加的原因是什么", "公车运行维护费为什么持平", "什么是赤字", "绩效工资是什么意思", "综合治理的含义"],
)
def test_what_is_not_explained_is_not_made_up(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason, answer.values) == (Status.ABSTAINED, "未披露", ())


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("名词解释最后一条解释了什么", "（十）经济分类科目", "咨询电话"),
        ("单位职责倒数第二条写的什么", "援疆、援藏", "其他事项"),
        ("2020年9月10日是什么日子", "填报日期", "支出"),
        ("12月31日有几辆车", "实物保障用车1辆", "万元"),
    ],
)
def test_last_items_and_days(assistant: Assistant, question: str, said: str, unsaid: str) -> None:
    answer = assistant.ask(question)
    assert said in answer.text and unsaid not in answer.text


@pytest.mark.parametrize("question", ["调研经费减少原因", "为什么调研经费减少了"])
def test_a_use_is_no_reason(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.ABSTAINED
