"""The semantic layer's data: it loads, its mistakes are told, and its words do not contradict one another."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import semantics
from assistant.errors import SemanticDataError
from assistant.question import fold, normalise
from assistant.semantics import Semantics, load
from index.accounts import Accounts
from index.lexical import query_text, question_words

PACKAGE = Path(semantics.__file__).parent
GOOD: dict[str, dict[str, Any]] = {
    "cues.toml": {"max": {"surfaces": ["最大"]}},
    "synonyms.toml": {"synonym": [{"names": ["公务接待费"], "surfaces": ["招待费"]}]},
    "attributes.toml": {"attribute": [{"label": "负责人", "surfaces": ["谁管"]}]},
    "sets.toml": {
        "set": [{"surfaces": ["项目"], "classification": "项目"}],
        "container": [{"names": ["项目支出"], "classification": "项目"}],
    },
    "scopes.toml": {
        "scope": [{"surfaces": ["财拨"], "fund": "财政拨款"}],
        "defaults": {"measure": ["合计"], "fund": ["财政拨款"], "classification": ["项目"]},
        "within": {"公用经费": "基本支出"},
    },
}
CONTRADICTORY = (
    ("max", "min"), ("top", "bottom"), ("more", "fewer"), ("more_than", "less_than"), ("change_up", "change_down"),
    ("more", "less_than"), ("fewer", "more_than"), ("previous", "now"), ("sum", "mean"),
    ("sum", "except"), ("sum", "difference"),
    ("actual", "budgeted"), ("actual", "surplus"), ("per_head", "per_month"), ("per_month", "per_day"),
    ("existence", "zero"),
    ("polite", "refer"),
)  # fmt: skip
CHANGES = ("change_up", "change_down", "change_any")


@pytest.fixture(scope="module")
def layer() -> Semantics:
    return load()


def entries(layer: Semantics) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from layer.cues.items()
    for group in (layer.synonyms, layer.attributes, layer.sets, layer.scopes):
        for entry in group:
            yield entry.surfaces[0], entry.surfaces


# ---------------------------------------------------------------- loading


def read(monkeypatch: pytest.MonkeyPatch, **changed: dict[str, Any]) -> Semantics:
    data = GOOD | {f"{name}.toml": table for name, table in changed.items()}
    monkeypatch.setattr(semantics, "_load", lambda name: data[name])
    return load.__wrapped__()


def test_small_files_load_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    layer = read(monkeypatch)
    assert layer.cues == {"max": ("最大",)}
    assert layer.synonyms == (semantics.Synonym(("公务接待费",), ("招待费",)),)
    assert layer.attributes == (semantics.Attribute("负责人", ("谁管",)),)
    assert layer.scopes == (semantics.Scope(("财拨",), fund="财政拨款"),)


def test_surfaces_are_folded_and_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, cues={"max": {"surfaces": ["“最 大”", "最大"]}}).cues == {"max": ("最大",)}


@pytest.mark.parametrize("surfaces", [None, [], "最大", ["最大", ""], [1]])
def test_an_entry_without_proper_surfaces_is_told(monkeypatch: pytest.MonkeyPatch, surfaces: object) -> None:
    entry = {} if surfaces is None else {"surfaces": surfaces}
    with pytest.raises(SemanticDataError, match=r"cues\.toml"):
        read(monkeypatch, cues={"max": entry})


def test_a_file_that_is_missing_is_told() -> None:
    with pytest.raises(SemanticDataError, match=r"nowhere\.toml"):
        semantics._load("nowhere.toml")


# ---------------------------------------------------------------- the data themselves


def test_every_surface_can_occur_in_a_folded_question(layer: Semantics) -> None:
    odd = [(owner, word) for owner, words in entries(layer) for word in words if not word or fold(word) != word]
    assert odd == []
    changed = [w for _, words in entries(layer) for w in words if normalise(f"问{w}问").text != f"问{w}问" and w != "%"]
    assert changed == [], "normalising a question would change these, so they never match"


@pytest.mark.parametrize(("one", "other"), CONTRADICTORY)
def test_no_surface_says_two_contradictory_things(layer: Semantics, one: str, other: str) -> None:
    assert set(layer.cues.get(one, ())) & set(layer.cues.get(other, ())) == set()


def test_no_surface_is_both_of_a_direction_and_of_none(layer: Semantics) -> None:
    for one, other in itertools.combinations(CHANGES, 2):
        assert set(layer.cues[one]) & set(layer.cues[other]) == set()


def test_every_cue_is_used_by_the_code(layer: Semantics) -> None:
    said = {
        node.value
        for path in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(layer.cues) - said == set()


def test_a_surface_belongs_to_one_attribute_one_set_and_one_scope(layer: Semantics) -> None:
    for group in (layer.attributes, layer.sets, layer.scopes):
        words = [word for entry in group for word in entry.surfaces]
        assert [w for w in set(words) if words.count(w) > 1] == []


def test_a_surface_names_one_thing(layer: Semantics) -> None:
    words = [word for synonym in layer.synonyms for word in synonym.surfaces]
    assert [w for w in set(words) if words.count(w) > 1] == []


def test_words_that_only_ask_are_no_names(layer: Semantics) -> None:
    cues = ("polite", "filler", "ask_amount", "sum", "max", "min", "which", "reason")
    asking = {word for cue in cues for word in layer.cues[cue]}
    assert asking & {w for synonym in layer.synonyms for w in synonym.surfaces} == set()


def test_an_account_is_never_an_everyday_name_of_another(layer: Semantics) -> None:
    official = {fold(account.name): account.name for account in Accounts.load()}
    wrong = [
        (word, synonym.names)
        for synonym in layer.synonyms
        for word in synonym.surfaces
        if word in official and official[word] not in synonym.names and word not in {fold(n) for n in synonym.names}
    ]
    assert wrong == []


# ---------------------------------------------------------------- ways of speaking


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("几多 几多钱 好多钱 多儿钱 几钱 列支数 核定数 申报数", "ask_amount"),
        ("为么事 为啥子 点解 凭啥 缘由 由头 怎么回事", "reason"),
        ("啥意思 是个啥 怎么讲 咩意思 是指", "definition"),
        ("派什么用场 拿来做么用 用在刀刃 花在哪", "use"),
        ("吃掉 切走 占去 拿走 贡献", "share"),
        ("砍脱 压降 核减 抠了 下跌", "change_down"),
        ("添了 涨了 调增 攀升", "change_up"),
        ("涨没涨 是增是减 涨跌", "change_any"),
        ("比头年 较上年度 跟旧年比 比往年", "compare_previous"),
        ("拢共 拢一起 并起来 加拢 凑拢 统共", "sum"),
        ("顶花钱 最费 头号 首屈一指", "max"),
        ("顶省钱 最省 垫底 最抠门", "min"),
        ("一个不漏 报一报 念一下 数一数 列全", "list"),
        ("几张 几处 几样 几多个", "count"),
        ("真金白银花出去 实花 实支 决算数", "actual"),
        ("刨掉 剔除 撇开 不含", "except"),
        ("有冇 有没得 编没编 列没列", "existence"),
        ("劳驾 烦请 晓得 请教 麻烦", "polite"),
    ],
)  # fmt: skip
def test_regions_and_trades_are_understood(layer: Semantics, words: str, cue: str) -> None:
    assert [w for w in words.split() if normalise(f"问{w}").text.removeprefix("问") not in layer.cues[cue]] == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("请客吃饭 应酬 吃喝 招待费", "公务接待费"),
        ("养车 油钱 修车费", "公务用车运行维护费"),
        ("买车 购新车 换车", "公务用车购置"),
        ("路费 出差 车马费", "差旅费"),
        ("打印费 文印费 复印费", "印刷费"),
        ("物业费", "物业管理费"),
        ("话费 快递费 宽带费", "邮电费"),
        ("年金", "职业年金缴费"),
        ("老同志 退下来的人 老干部", "离退休人员"),
        ("还在上班的人 在岗 在编在职", "在职人员"),
        ("科技支出", "科学技术支出"),
        ("三农支出", "农林水支出"),
    ],
)
def test_everyday_names_of_accounts(layer: Semantics, words: str, name: str) -> None:
    known = {w for synonym in layer.synonyms if name in synonym.names for w in synonym.surfaces}
    assert [w for w in words.split() if w not in known] == []


def test_words_that_only_ask_leave_a_retrieval_query() -> None:
    assert query_text("劳驾，公务接待费几多钱") == "公务接待费"
    assert query_text("点解扶贫开发工作少了") == "扶贫开发工作少了"
    assert query_text("啥叫机关运行经费") == "指 机关运行经费"
    assert all(word for word, _ in question_words())
