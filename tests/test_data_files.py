"""A data file of the index that is missing or damaged is told by its name, whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index import naming
from index.data_files import load_rows, load_toml
from index.errors import ReferenceDataError
from index.forms import vocabulary
from index.identities import rules
from index.prose.terms import terms
from index.reading.identity import identity_rules
from index.tables.headers import header_rules
from index.tables.kinds import kind_rules

READERS = {
    "total names": naming.load,
    "identities": rules.load,
    "identity": identity_rules,
    "kinds": kind_rules,
    "headers": header_rules,
    "forms": vocabulary.layout,
    "indicators": vocabulary.terms,
    "prose": terms,
}


@pytest.mark.parametrize("read", READERS.values(), ids=list(READERS))
@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, "读不出来"), (b"\xff\xfe\x00", "UTF-8"), (b"[words", ""), (b"", "缺|没有"), (b"words = 1", "缺|没有")],
    ids=["missing", "binary", "malformed", "empty", "something else"],
)
def test_every_reader_names_the_file_and_a_remedy(
    tmp_path: Path, read: Callable[[Path], object], content: bytes | None, problem: str
) -> None:
    path = tmp_path / "data.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReferenceDataError, match=rf"^数据文件 data\.toml 有误：.*(?:{problem})") as caught:
        read(path)
    assert caught.value.remedy == f"请恢复或改正 {path}"


@pytest.mark.parametrize("read", READERS.values(), ids=list(READERS))
def test_the_shipped_file_is_read(read: Callable[[], object]) -> None:
    assert read() == read()


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda data: data["names"]["own"], "缺少 'own'"),
        (lambda data: int(data["names"]["any"]), "invalid literal"),
        (lambda data: data["names"] + 1, "unsupported operand"),
        (lambda data: data["names"].any, "no attribute"),
    ],
)
def test_what_a_file_lacks_or_says_wrongly_is_told(
    tmp_path: Path, make: Callable[[dict[str, object]], object], problem: str
) -> None:
    path = tmp_path / "columns.toml"
    path.write_text('[names]\nany = "名称"\n', "utf-8")
    with pytest.raises(ReferenceDataError, match=problem):
        load_toml(path, make)


def test_rows_are_named_by_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes('printed,said\r\n公务接待费,"吃饭,请客"\r\n'.encode())
    assert load_rows(path) == [{"printed": "公务接待费", "said": "吃饭,请客"}]
    with pytest.raises(ReferenceDataError, match=r"没有\.csv"):
        load_rows(tmp_path / "没有.csv")
