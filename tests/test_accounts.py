"""The classification reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.accounts import Account, Accounts, System
from index.errors import ReferenceDataError

ACCOUNTS = Accounts.load()
HEADERS = {"functional": "code,name,parent,documents,years", "economic": "code,name,parent,documents,system"}


def test_lookup_by_code() -> None:
    assert ACCOUNTS.by_code("30217") == Account("30217", "公务接待费", System.ECONOMIC, "302", 227)
    assert ACCOUNTS.by_code("99999") is None


def test_one_name_may_be_several_accounts() -> None:
    assert [a.code for a in ACCOUNTS.by_name("公务接待费")] == ["30217", "50206"]
    assert [a.code for a in ACCOUNTS.by_name("公务接待费", System.GOVERNMENT_ECONOMIC)] == ["50206"]
    assert [a.code for a in ACCOUNTS.by_name("因公出国(境) 费用", System.ECONOMIC)] == ["30212"]


def test_parents_and_levels() -> None:
    assert ACCOUNTS.parents("2010301") == ("20103", "201")
    assert ACCOUNTS.parents("201") == ()
    assert [Account(code, "x", System.FUNCTIONAL).level for code in ("201", "20103", "2010301")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("2010301", System.FUNCTIONAL),
        ("2019988", System.FUNCTIONAL),
        ("30298", System.ECONOMIC),
        ("399", System.ECONOMIC),
        ("50206", System.GOVERNMENT_ECONOMIC),
        ("2021", None),
        ("300", None),
        ("100", None),
        ("12345", None),
    ],
)
def test_the_system_of_a_code_even_of_an_unlisted_one(code: str, system: System | None) -> None:
    assert ACCOUNTS.system_of(code) is system
    assert ACCOUNTS.is_code(code) is (system is not None)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2010301,行政运行,201,4,2017", "上级"),
        ("20,短,,4,2017", "编码"),
        ("201,,,4,2017", "名称"),
        ("201,甲,,many,2017", "取值"),
        ("201,甲,,1,2017\n201,乙,,1,2017", "重复"),
        ("", "没有任何科目"),
    ],
)
def test_damaged_data_is_refused_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    (tmp_path / "functional_accounts.csv").write_text(f"{HEADERS['functional']}\n{row}\n", "utf-8")
    (tmp_path / "economic_accounts.csv").write_text(f"{HEADERS['economic']}\n301,甲,,1,部门\n", "utf-8")
    with pytest.raises(ReferenceDataError, match=message):
        Accounts.load(tmp_path)


def test_missing_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match=r"functional_accounts\.csv"):
        Accounts.load(tmp_path)
