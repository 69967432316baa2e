"""Account names ↔ codes ↔ hierarchy, from the CSV files in `index/data/`.

Names differ a little from place to place and year to year, so a name may lead to several codes
("公务接待费" is 30217 and 50206) and a printed name may differ from the one kept for its code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from index.data_files import DATA, invalid, load_rows
from index.errors import ReferenceDataError
from index.numbers import half_width

LEVELS = {3: 1, 5: 2, 7: 3}
_IGNORED = re.compile(r"[\s“”\"'‘’（）()、，,]")


class System(StrEnum):
    FUNCTIONAL = "功能分类"
    ECONOMIC = "部门经济分类"
    GOVERNMENT_ECONOMIC = "政府经济分类"


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `parent` is the code above it ("" for a 类); `documents`: how many disclosures use it."""

    code: str
    name: str
    system: System
    parent: str = ""
    documents: int = 0

    @property
    def level(self) -> int:
        """1 类, 2 款, 3 项."""
        return LEVELS[len(self.code)]


@dataclass(frozen=True, slots=True)
class Accounts:
    """The whole reference, in the order of the files."""

    entries: tuple[Account, ...]
    _by_code: dict[str, Account] = field(default_factory=dict, repr=False, compare=False)
    _by_name: dict[str, tuple[Account, ...]] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    @cache
    def load(directory: Path = DATA) -> Accounts:
        """Read and validate both files. Raises ReferenceDataError naming file and line."""
        functional = _read(directory / "functional_accounts.csv", _functional_system)
        economic = _read(directory / "economic_accounts.csv", _economic_system)
        return Accounts.of((*functional, *economic))

    @staticmethod
    def of(entries: Iterable[Account]) -> Accounts:
        accounts = tuple(entries)
        names: dict[str, tuple[Account, ...]] = {}
        for account in accounts:
            names[plain_name(account.name)] = (*names.get(plain_name(account.name), ()), account)
        return Accounts(accounts, {account.code: account for account in accounts}, names)

    def __iter__(self) -> Iterator[Account]:
        return iter(self.entries)

    def by_code(self, code: str) -> Account | None:
        return self._by_code.get(code)

    def by_name(self, name: str, system: System | None = None) -> tuple[Account, ...]:
        """Every account of this name (spaces, brackets and quotes aside), the most used first."""
        found = [a for a in self._by_name.get(plain_name(name), ()) if system in (None, a.system)]
        return tuple(sorted(found, key=lambda a: (-a.documents, a.code)))

    def parents(self, code: str) -> tuple[str, ...]:
        """The codes above `code`, nearest first: 2010301 → ("20103", "201")."""
        return tuple(code[:length] for length in sorted(LEVELS, reverse=True) if length < len(code))

    def system_of(self, code: str) -> System | None:
        """The system a code belongs to, also for a code that the reference does not list."""
        account = self.by_code(code)
        if account is not None:
            return account.system
        if len(code) not in LEVELS or not code.isdigit():
            return None
        relative = next((a for a in self.entries if a.code[:3] == code[:3]), None)
        if relative is not None:
            return relative.system
        classes = [a for a in self.entries if a.code[0] == code[0] and a.level == 1]
        first = min(classes, key=lambda a: a.code, default=None)
        return first.system if first and first.code < code else None

    def is_code(self, text: str) -> bool:
        """Whether a printed number can be an account code."""
        return text.isdigit() and self.system_of(text) is not None


def plain_name(name: str) -> str:
    """A name without spaces, brackets, quotes and commas, for comparison."""
    return _IGNORED.sub("", half_width(name))


def _functional_system(row: dict[str, str]) -> System:
    return System.FUNCTIONAL


def _economic_system(row: dict[str, str]) -> System:
    return {"部门": System.ECONOMIC, "政府": System.GOVERNMENT_ECONOMIC}[row["system"]]


def _read(path: Path, system_of: Callable[[dict[str, str]], System]) -> tuple[Account, ...]:
    accounts, seen = [], set()
    for number, row in enumerate(load_rows(path), 2):
        try:
            code, name, parent, documents = row["code"], row["name"].strip(), row["parent"], int(row["documents"])
            system = system_of(row)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _invalid(path, number, "缺少字段或取值不对") from error
        if len(code) not in LEVELS or not code.isdigit() or not name:
            raise _invalid(path, number, f"科目“{code} {name}”的编码应为 3、5 或 7 位数字，名称不能为空")
        if parent != code[:-2] * (len(code) > min(LEVELS)):
            raise _invalid(path, number, f"科目 {code} 的上级不能是“{parent}”")
        if code in seen:
            raise _invalid(path, number, f"科目 {code} 重复")
        seen.add(code)
        accounts.append(Account(code, name, system, parent, documents))
    if not accounts:
        raise _invalid(path, 1, "没有任何科目")
    return tuple(accounts)


def _invalid(path: Path, number: int, reason: str) -> ReferenceDataError:
    return invalid(path, f"第 {number} 行：{reason}")
