"""The words of purchases.toml: what makes a question one about purchases, and what it asks of their rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.data_files import load_toml
from assistant.question import fold


@dataclass(frozen=True, slots=True)
class Column:
    """A text column of the table: words of its header, and how people ask for it. No header: the buyer."""

    headers: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.headers[0] if self.headers else "采购单位"


@dataclass(frozen=True, slots=True)
class PurchaseTerms:
    """`categories`: a kind of purchase and its words; `same`: an everyday name and what tables print."""

    purchase: tuple[str, ...]
    listing: tuple[str, ...]
    single: tuple[str, ...]
    kinds: tuple[str, ...]
    services: tuple[str, ...]
    items: tuple[str, ...]
    numbers: tuple[str, ...]
    counters: tuple[str, ...]
    which_kind: tuple[str, ...]
    generic: frozenset[str]
    categories: tuple[tuple[str, tuple[str, ...]], ...]
    columns: tuple[Column, ...]
    same: tuple[tuple[str, str], ...]
    funds: tuple[tuple[str, tuple[str, ...]], ...]

    def plain(self, text: str) -> str:
        """A question with the names that tables print in place of everyday ones."""
        for said, of in self.same:
            if of not in text:
                text = text.replace(said, of)
        return text

    def category_in(self, text: str) -> str:
        """The one kind of purchase that a question names; "" for none or several."""
        named = self.categories_in(text)
        return named[0] if len(named) == 1 else ""

    def categories_in(self, text: str) -> tuple[str, ...]:
        return tuple(name for name, said in self.categories if any(word in text for word in said))

    def columns_in(self, text: str) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if any(word in text for word in column.said))

    def is_project(self, header: str) -> bool:
        """Is a column the one that says for which project something is bought?"""
        return any(word in header for word in self.columns[0].headers)

    def is_item(self, header: str) -> bool:
        """Is a column the one that says what is bought?"""
        return any(word in header for word in self.items)

    def is_number(self, header: str) -> bool:
        """Is a column the one that says how many are bought?"""
        return any(word in header for word in self.numbers)

    def is_account(self, header: str) -> bool:
        """Is a column the one that says under which account something is bought?"""
        return any(word in header for word in self.columns[1].headers)


@cache
def terms() -> PurchaseTerms:
    """Raises SemanticDataError."""
    return load_toml("purchases.toml", _parsed)


def _parsed(data: dict[str, Any]) -> PurchaseTerms:
    return PurchaseTerms(
        purchase=tuple(map(fold, data["purchase"])),
        listing=tuple(map(fold, data["listing"])),
        single=tuple(map(fold, data["single"])),
        kinds=tuple(map(fold, data["kinds"])),
        services=tuple(map(fold, data["services"])),
        items=tuple(data["items"]),
        numbers=tuple(data["numbers"]),
        counters=tuple(data["counters"]),
        which_kind=tuple(map(fold, data["which_kind"])),
        generic=frozenset(map(fold, data["generic"])),
        categories=tuple((entry["name"], tuple(map(fold, entry["said"]))) for entry in data["category"]),
        columns=tuple(Column(tuple(entry["header"]), tuple(map(fold, entry["said"]))) for entry in data["column"]),
        same=tuple((fold(word), fold(entry["of"])) for entry in data["same"] for word in entry["said"]),
        funds=tuple((entry["name"], tuple(map(fold, entry["said"]))) for entry in data["fund"]),
    )
