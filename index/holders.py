"""Whose figures are told: the units under a body by one name each, and the unit in whose own section a sentence stands.

A department writes of each of its units under a heading that is the unit's name (四、某某监测站 > （二）公用经费), and may
leave out its own place there and in some of its tables (深圳市工务署某中心 and 市工务署某中心 are one).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from index.evidence import Fact
from index.tables.headers import clean_name


def one_name(table_facts: Sequence[Fact], own: str) -> tuple[Fact, ...]:
    """The same facts, each unit under its fullest name. `own`: the document's body, whose place may be left out."""
    bodies = tuple(dict.fromkeys(fact.body for fact in table_facts if fact.body))
    fullest = {body: next((o for o in bodies if o != body and _is_short(body, o, own)), body) for body in bodies}
    return tuple(replace(f, body=fullest[f.body]) if fullest.get(f.body, f.body) != f.body else f for f in table_facts)


def units_of(table_facts: Iterable[Fact]) -> dict[str, str]:
    """The units that the tables of a document print figures of, by what a heading calls them."""
    bodies = dict.fromkeys(fact.body for fact in table_facts if fact.body)
    return {_plain(body): body for body in bodies}


def holder(section: str, units: Mapping[str, str], own: str) -> str:
    """The unit that a heading path names, perhaps without its place; "" where it names none."""
    for title in map(_plain, section.split(" > ")) if units else ():
        found = units.get(title) or next((units[name] for name in units if _is_short(title, name, own)), "")
        if found:
            return found
    return ""


def _plain(name: str) -> str:
    return clean_name(name).replace("（", "").replace("）", "")


def _is_short(short: str, name: str, own: str) -> bool:
    """Is one the other without the place that the document's body is called after?"""
    place = name.removesuffix(short)
    return len(place) < len(name) and len(place) < len(short) and bool(place) and own.startswith(place)
