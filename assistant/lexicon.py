"""The words a question is matched against: the index's own names, and the semantic layer's surfaces."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from assistant import body_names
from assistant.catalog import Catalog, TableEntry
from assistant.question import fold
from assistant.semantics import Scope, Semantics, SetNoun, locatives
from index.evidence import Classification
from index.prose.terms import terms as prose_terms

_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_LETTER = re.compile(r"(?<=[一-龥]{2})[A-Za-z]$")  # 货物A: the letter of a catalogue
_BEHIND = re.compile(r"[（(][^（）()]*[)）]$")
_OWNER = re.compile(r"^(?:预算)?(?:部门|单位)")
_YEAR = re.compile(r"^(?:19|20)\d{2}年度?")
_PROJECT = "项目"
_GENERIC_TAIL = re.compile(
    r"(?:工作经费|专项经费|工作|经费|项目|支出|资金|费用|费|缴费|人数|个数|次数|期数|数|程度|情况)$"
)


@dataclass(frozen=True, slots=True)
class Sense:
    """Everything one surface may mean. Empty fields: not that."""

    cues: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    project: str = ""
    attribute: str = ""
    noun: SetNoun | None = None
    scope: Scope | None = None
    document: tuple[str, ...] = ()
    units: tuple[str, ...] = ()  # bodies under a document's own, or that one by itself
    table: str = ""  # a table called by its title
    group: str = ""  # a level of performance indicators (产出数量)
    strength: float = 1.0  # 1 printed name or stated synonym; less for a shortened form

    def merged(self, other: Sense) -> Sense:
        return Sense(
            self.cues | other.cues,
            tuple(dict.fromkeys(self.names + other.names)),
            self.project or other.project,
            self.attribute or other.attribute,
            self.noun or other.noun,
            self.scope or other.scope,
            tuple(dict.fromkeys(self.document + other.document)),
            tuple(dict.fromkeys(self.units + other.units)),
            self.table or other.table,
            self.group or other.group,
            max(self.strength, other.strength),
        )

    @property
    def body(self) -> bool:
        """Does it name a body, whole or subordinate?"""
        return bool(self.document or self.units)


@dataclass(frozen=True)
class Lexicon:
    """`surfaces`: folded surface → its senses. `grams`: character bigram → names that contain it."""

    surfaces: dict[str, Sense]
    longest: int
    names: tuple[str, ...] = ()
    folded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    bodies: tuple[tuple[str, Sense], ...] = ()  # folded name of a body → its documents, or itself as a unit
    offices: tuple[tuple[str, Sense], ...] = ()  # the documents' own bodies, without their places


def build(catalog: Catalog, semantics: Semantics) -> Lexicon:
    """Printed names outrank stated synonyms, and those outrank shortened forms."""
    surfaces: dict[str, Sense] = {}

    def add(surface: str, sense: Sense) -> None:
        if surface:
            known = surfaces.get(surface)
            surfaces[surface] = sense if known is None else known.merged(sense)

    for cue, words in semantics.cues.items():
        if cue.endswith("_given"):
            continue
        for word in words:
            add(word, Sense(cues=frozenset({cue})))
    printed = (noun for noun in semantics.sets if noun.classification is not Classification.QUANTITY)
    kinds = {word for noun in printed for word in noun.surfaces}  # 2个项目: a kind of thing, no name of one
    of_none = {Classification.QUANTITY, Classification.OTHER}  # 15个项目…涉及资金: prose speaks of the kind
    counted = {e.name for e in catalog.names if e.classifications <= of_none and e.name in kinds}
    known_names = {name: entry for name, entry in catalog.by_name.items() if name not in counted}
    folded: dict[str, list[str]] = defaultdict(list)
    for name in known_names:
        for form in _forms(name):
            folded[form].append(name)
    alike = _alike(catalog)
    for form, owners in folded.items():
        add(form, Sense(names=tuple(dict.fromkeys(n for owner in owners for n in (owner, *alike.get(owner, ()))))))
    for synonym in semantics.synonyms:
        names = tuple(name for name in synonym.names if name in known_names)
        names = names or tuple(name for name in synonym.wider if name in known_names)
        for word in synonym.surfaces:
            add(word, Sense(names=names or synonym.names))
    projects = {name for project in catalog.projects for name in (project.name, *project.aliases)}
    for form, owners in folded.items():
        listed = tuple(
            n for n in owners if n not in projects and Classification.PROJECT in known_names[n].classifications
        )
        if listed and not form.endswith(_PROJECT) and form + _PROJECT not in folded:
            add(form + _PROJECT, Sense(names=listed))
    for project in catalog.projects:
        for form in {f for name in (project.name, *project.aliases) for f in _forms(name)}:
            add(form, Sense(project=project.name))
            for tail in ("经费", _PROJECT, "项目经费", "工作", "专项"):
                if not form.endswith(tail):
                    add(form + tail, Sense(project=project.name))
    for attribute in semantics.attributes:
        for word in attribute.surfaces:
            add(word, Sense(attribute=attribute.label))
    for label in catalog.labels:
        if not surfaces.get(fold(label), Sense()).names:
            for form in _numbered(fold(label)):
                add(form, Sense(attribute=label))
    for noun in semantics.sets:
        for word in noun.surfaces:
            add(word, Sense(noun=noun))
    for scope in semantics.scopes:
        named = surfaces.get(scope.fund, Sense()).names if scope.fund else ()
        for word in scope.surfaces:
            add(word, Sense(scope=scope, names=named if word.endswith("口径") else ()))
    for form, owners in list(folded.items()):
        if projects & set(owners):
            continue
        short = _GENERIC_TAIL.sub("", form)
        if len(short) >= 3 and short not in surfaces:
            same = dict.fromkeys(n for owner in owners for n in (owner, *alike.get(owner, ())))
            add(short, Sense(names=tuple(same), strength=0.6))
    for project in catalog.projects:
        for form in {f for name in (project.name, *project.aliases) for f in _forms(name)}:
            short = _GENERIC_TAIL.sub("", form)
            known = surfaces.get(short, Sense(strength=0))
            if len(short) >= 2 and not known.cues and not (known.names and known.strength >= 1):
                add(short, Sense(project=project.name, strength=0.7))
            if len(short) == 4 and (clipped := short[0] + short[2]) not in surfaces:
                add(clipped, Sense(project=project.name, strength=0.5))  # 调查研究 → 调研
    for group in catalog.groups:
        for form in {fold(group), fold(group).removesuffix("指标")}:
            if len(form) >= 3:
                add(form, Sense(group=group))
                add(form + "指标", Sense(group=group))
    for title in catalog.forms:
        bare = _YEAR.sub("", fold(title))
        if len(bare) >= 4:
            about = next((n for n in semantics.sets for word in n.surfaces if bare.startswith(word)), None)
            add(bare, Sense(cues=frozenset({"filler"}), noun=about))
    titled: dict[str, set[str]] = defaultdict(set)
    for table in catalog.tables:
        for form in _titles(table):
            titled[form].add(table.number or table.kind)
    for form, numbers in titled.items():
        if len(numbers) == 1:
            number = numbers.pop()
            for said in (form, *(form + place for place in locatives())):
                add(said, Sense(table=number))
    for said in _own_nouns(catalog):
        if said not in surfaces:
            add(said, Sense(cues=frozenset({"self"})))
    bodies = list(_bodies(catalog).items())
    for surface, sense in bodies:
        if sense.document or surface not in surfaces:
            add(surface, sense)
    return Lexicon(
        surfaces,
        max((len(s) for s in surfaces), default=0),
        tuple(known_names),
        {name: _forms(name) for name in known_names},
        frozenset(code for entry in catalog.names for code in entry.codes),
        tuple((fold(body_names.without_own(name)), sense) for name, sense in _callable(catalog)),
        tuple(
            (body_names.office(body_names.without_own(d.body), d.region), Sense(document=(d.key,)))
            for d in catalog.documents
        ),
    )


def is_generic(word: str) -> bool:
    """Is a word nothing but what many names end with (经费, 支出)?"""
    return _GENERIC_TAIL.fullmatch(word) is not None


# Some accounts are the same things as the three public expenses, under another 口径.
_LISTS = {Classification.ECONOMIC: Classification.THREE_PUBLIC}


def _alike(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Names of the same list that stand for one thing in the vocabulary of prose (“三公”经费合计, “三公”经费)."""
    known = {fold(alias): entry.name for alias, entry in prose_terms().by_alias.items()}
    grouped: dict[tuple[str, object], list[str]] = defaultdict(list)
    for name in catalog.names:
        canonical = known.get(fold(name.name))
        for classification in name.classifications if canonical else ():
            grouped[canonical or "", _LISTS.get(classification, classification)].append(name.name)
    found: dict[str, tuple[str, ...]] = {}
    for names in grouped.values():
        for each in names:
            found[each] = tuple(dict.fromkeys((*found.get(each, ()), *names)))
    return found


def _titles(table: TableEntry) -> set[str]:
    """What a table that has a number or a known kind is called by its title: without the year, what is in brackets
    behind it, and without 部门/单位 before and 预算 within."""
    title = _YEAR.sub("", fold(_BEHIND.sub("", table.title)))
    if not (table.number or table.kind) or not title.endswith("表"):
        return set()
    bare = _OWNER.sub("", title)
    forms = {
        title,
        bare,
        bare.removesuffix("预算表") + "表",
        bare.replace("预算总表", "总表"),
        bare.replace("预算", "", 1),
        bare.removeprefix("一般公共预算"),
    }
    return {form for form in forms if len(form) >= 4}


def _numbered(label: str) -> tuple[str, ...]:
    """长期目标2 → itself and 长期目标二."""
    match = re.fullmatch(r"(\D+)([1-9])", label)
    return (label, match[1] + "一二三四五六七八九"[int(match[2]) - 1]) if match else (label,)


def _forms(name: str) -> tuple[str, ...]:
    """The ways a printed name is matched: folded whole, without its brackets, without its enumeration commas."""
    whole = fold(name)
    bare = fold(_BRACKETED.sub("", name))
    forms = [whole, bare, whole.replace("、", ""), bare.replace("、", ""), _LETTER.sub("", whole)]
    return tuple(dict.fromkeys(f for f in forms if len(f) >= 2))


def _bodies(catalog: Catalog) -> dict[str, Sense]:
    """Names of bodies, whole and shortened, and of the units under them."""
    found: dict[str, Sense] = {}
    for document in catalog.documents:
        for form in (*body_names.places(document.region), *body_names.forms(document.body, document.region)):
            sense = Sense(document=(document.key,))
            found[form] = found[form].merged(sense) if form in found else sense
    held = {document.key: document for document in catalog.documents}
    for unit in catalog.units:
        own = body_names.is_own(unit.name)
        above = held[unit.document]
        forms = body_names.terms().own_words if own else body_names.forms_under(unit.name, above.body, above.region)
        for form in forms:
            sense = Sense(units=(unit.name,))
            found[form] = found[form].merged(sense) if form in found else sense
    return found


def _own_nouns(catalog: Catalog) -> tuple[str, ...]:
    """What the one body held is called by its kind, where no unit under it may be meant by the same word."""
    bodies = {document.body for document in catalog.documents}
    if len(bodies) != 1:
        return ()
    body = bodies.pop()
    units = (u.name for u in catalog.units if u.name != body and not body_names.is_own(u.name))
    under = {word for unit in units for word in body_names.own_nouns(unit)}
    return tuple(word for word in body_names.own_nouns(body) if word not in under)


def _callable(catalog: Catalog) -> list[tuple[str, Sense]]:
    """The bodies that may be called by some of their characters."""
    documents: dict[str, tuple[str, ...]] = {}
    for document in catalog.documents:
        documents[document.body] = (*documents.get(document.body, ()), document.key)
    units = dict.fromkeys(unit.name for unit in catalog.units if not body_names.is_own(unit.name))
    return [*((body, Sense(document=keys)) for body, keys in documents.items()),
            *((unit, Sense(units=(unit,))) for unit in units if unit not in documents)]  # fmt: skip
