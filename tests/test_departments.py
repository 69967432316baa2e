"""The inner departments of a body and of the units under it: counted, named, picked by their names."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Assistant
from index.build import ingest
from tests.pdf_making import Paper, Span, Style

BODY, UNIT = "东湖市水务局", "东湖市水务局城南分局"
PROSE = (
    "1.市水务局本级下设办公室、河湖管理处、供水处（节水办公室、计划处）、排水管理处，共4个部门。",
    "3.市水务局河道巡查专班下设南段组、北段组，共2个部门。",
    "2.市水务局城南分局下设办公室、执法科、南门管理所、湖东管理所、沙口管理所，共5个部门。",
)


@pytest.fixture(scope="module")
def departments(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A department with one unit under it, and the sentence that lists the departments of each."""
    directory: Path = tmp_path_factory.mktemp("departments")
    paper = Paper()
    for at, line in enumerate(("第一部分 部门概况", "一、机构编制", *PROSE)):
        paper.text(72, 80 + 24 * at, line)
    paper.page()
    top = paper.title(80, "2026年收入总表", "表2", "万元", BODY)
    rows = [["合计", "60.00", "50.00"], [BODY, "30.00", "30.00"], [UNIT, "30.00", "20.00"]]
    paper.table(
        top, [180, 90, 90], [[Span("单位名称"), Span("合计"), Span("一般公共预算")]], rows, Style(label_columns=1)
    )
    path = directory / f"{BODY}.pdf"
    path.write_bytes(paper.bytes())
    assert ingest([path], directory / "index").failed == ()
    return Assistant.open(directory / "index")


ASKED = [
    ("of a unit", "城南分局下面都有哪几个科室", [5], ("执法科", "沙口管理所")),
    ("of the body itself", "局本级有多少个内设处室", [4], ("供水处（节水办公室、计划处）",)),
    ("of what has no figures of its own", "河道巡查专班下面设了哪几个科室", [2], ("北段组",)),
    ("one by one", "把局里下面设的部门一个不落报给我", [4], ("河湖管理处", "排水管理处")),
    ("by a part with blanks", "城南分局下设的单位里，叫“××管理所”的有几个", [3, 5], ("南门管理所",)),
    ("by a part of their names", "局里的处室，名字里带“管理”的有几个", [2, 4], ("河湖管理处", "排水管理处")),
    ("by their kind", "城南分局有几个管理所", [3], ("湖东管理所",)),
]


@pytest.mark.parametrize(("title", "question", "numbers", "names"), ASKED, ids=[a[0] for a in ASKED])
def test_departments_are_counted_and_named(
    departments: Assistant, title: str, question: str, numbers: list[int], names: tuple[str, ...]
) -> None:
    answer = departments.ask(question)
    assert [v.value for v in answer.values] == [Decimal(n) for n in numbers]
    assert all(name in answer.text for name in names)


def test_a_follow_up_picks_of_those_told_before(departments: Assistant) -> None:
    answer = departments.ask("名称里带“管理所”的有几个", ["城南分局有哪些科室"])
    assert [v.value for v in answer.values] == [Decimal(3), Decimal(5)]


def test_what_departments_get_is_not_counted(departments: Assistant) -> None:
    assert departments.ask("城南分局各科室的经费是多少").values == ()
