"""People say 村子, 扯皮, 法子 where the document says 贫困村, 争议, 方式; an unknown thing is still not disclosed."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Status
from assistant.errors import SemanticDataError
from assistant.thesaurus import is_general, parse, said_instead, spoken, synonyms


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("两个部门踢皮球，最后怎么处置", "出现的争议问题提出处理意见"),
        ("黄陂那些村子都在搞什么产业", "光伏发电项目、油茶基地、金银花基地"),
        ("用什么法子知道代表委员满不满意", "通过问卷调查的方式"),
        ("在西藏帮人家搞了个什么", "泽当镇农村（社区）党群服务中心项目"),
        ("政府工作报告允许犯错到什么程度", "千分之四"),
        ("调查研究围着哪些方面开展", "围绕城建、经济、民生"),
        ("总值班室碰到急事要往哪里报", "向市人民政府、区委、区人民政府报送紧急重要事项"),
        ("重大行政决策要走哪些环节", "调研、论证、征求意见、修改、社会公示及必要的听证程序"),
        ("信息公开工作谁负责", "全区政府信息公开工作"),
    ],
)
def test_the_official_word_is_found(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.text and answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "西藏的海拔多少",
        "黄陂的人口有多少",
        "网站建设费花了多少",
        "食堂一年花多少钱",
        "办公室主任是谁",
        "政府办有哪些科室",
    ],
)
def test_an_unknown_thing_is_not_disclosed(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.ABSTAINED


def test_groups_and_thesaurus() -> None:
    assert "争议" in said_instead("扯皮") and "扯皮" in said_instead("争议")
    assert "办法" in synonyms("法子") and "点子" in synonyms("法子") and "主意" not in synonyms("法子")
    assert (is_general("角色"), is_general("光伏")) == (True, False)
    assert spoken("部门之间扯皮的事") == ((0, "部门之间"), (4, "扯皮"))


def test_a_damaged_group_is_named() -> None:
    with pytest.raises(SemanticDataError, match="不是非空的字符串列表"):
        parse({"group": {"words": [[]]}, "general": {"classes": ["Aa"]}})
