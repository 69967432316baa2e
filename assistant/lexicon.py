"""The words a question is matched against: the index's own names, and the semantic layer's surfaces."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from assistant.catalog import Catalog, TableEntry
from assistant.question import fold
from assistant.semantics import Scope, Semantics, SetNoun

_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_YEAR = re.compile(r"^(?:19|20)\d{2}年度?")
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
            self.table or other.table,
            self.group or other.group,
            max(self.strength, other.strength),
        )


@dataclass(frozen=True)
class Lexicon:
    """`surfaces`: folded surface → its senses. `grams`: character bigram → names that contain it."""

    surfaces: dict[str, Sense]
    longest: int
    names: tuple[str, ...] = ()
    folded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    bodies: tuple[tuple[str, tuple[str, ...]], ...] = ()  # folded name of a body → its documents


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
    known_names = catalog.by_name.keys()
    folded: dict[str, list[str]] = defaultdict(list)
    for name in known_names:
        for form in _forms(name):
            folded[form].append(name)
    for form, owners in folded.items():
        add(form, Sense(names=tuple(owners)))
    for synonym in semantics.synonyms:
        names = tuple(name for name in synonym.names if name in known_names)
        for word in synonym.surfaces:
            add(word, Sense(names=names or synonym.names))
    for project in catalog.projects:
        for form in {f for name in (project.name, *project.aliases) for f in _forms(name)}:
            add(form, Sense(project=project.name))
            for tail in ("经费", "项目", "项目经费", "工作", "专项"):
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
    projects = {name for project in catalog.projects for name in (project.name, *project.aliases)}
    for form, owners in list(folded.items()):
        if projects & set(owners):
            continue
        short = _GENERIC_TAIL.sub("", form)
        if len(short) >= 3 and short not in surfaces:
            add(short, Sense(names=tuple(owners), strength=0.6))
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
            titled[form].add(table.number)
    for form, numbers in titled.items():
        if len(numbers) == 1:
            add(form, Sense(table=numbers.pop()))
    for surface, keys in _bodies(catalog).items():
        add(surface, Sense(document=tuple(keys)))
    bodies: dict[str, tuple[str, ...]] = {}
    for document in catalog.documents:
        bodies[fold(document.body)] = (*bodies.get(fold(document.body), ()), document.key)
    return Lexicon(
        surfaces,
        max((len(s) for s in surfaces), default=0),
        tuple(known_names),
        {name: _forms(name) for name in known_names},
        frozenset(code for entry in catalog.names for code in entry.codes),
        tuple(bodies.items()),
    )


def _titles(table: TableEntry) -> set[str]:
    """What a numbered table is called by its title: without the year, and without 部门/单位 before and 预算 within."""
    title = _YEAR.sub("", fold(table.title))
    if not table.number or not title.endswith("表"):
        return set()
    bare = title.removeprefix("部门").removeprefix("单位")
    forms = {
        title,
        bare,
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
    forms = [whole, bare, whole.replace("、", ""), bare.replace("、", "")]
    return tuple(dict.fromkeys(f for f in forms if len(f) >= 2))


def _bodies(catalog: Catalog) -> dict[str, list[str]]:
    """Names of bodies, whole and shortened from the left (武汉市江汉区人民政府办公室 → 江汉区人民政府办公室)."""
    found: dict[str, list[str]] = defaultdict(list)
    for document in catalog.documents:
        body = fold(document.body)
        forms = {body, fold(document.region), body.replace("人民政府", "政府")}
        for mark in "省市区县":
            _, found_mark, rest = body.partition(mark)
            if found_mark and len(rest) >= 3:
                forms |= {rest, rest.replace("人民政府", "政府")}
        forms |= {f.replace("办公室", "办").replace("办公厅", "办") for f in forms}
        for form in forms:
            if len(form) >= 3:
                found[form].append(document.key)
    return found
