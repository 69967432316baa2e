"""What carries over: from the heading, from the sentence before, from the list an item stands in.

The order in which a figure without a subject of its own looks for one: the clauses before it in its sentence,
its paragraph, the heading over it, the paragraph before.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from index.document import Document, Stage
from index.evidence import Classification
from index.prose.figures import Base
from index.prose.passages import UNMARKED, Sentence, passage
from index.prose.subjects import Reading, Subject, Surroundings, name_as_printed, read_subject
from index.prose.terms import terms


@dataclass
class Level:
    """What is being spoken of at one bracket depth."""

    running: Reading | None = None
    head: Reading | None = None  # the first amount, which 其中 takes apart
    whole: Reading | None = None
    base: Base | None = None
    items: int = 0  # amounts listed as parts in this sentence
    outer: Reading | None = None  # the whole before a loose 其中
    loose: bool = False  # 其中 without a colon or comma: its list ends with the semicolon


@dataclass(frozen=True, slots=True)
class Open:
    """A list that was announced ("…，其中：") and whose items may be paragraphs of their own.

    It holds in `section` and below, for paragraphs whose marker is deeper than `level`.
    """

    section: int | None
    level: int
    whole: Reading | None
    hint: Classification | None = None
    first_item: int | None = None
    separated: bool = False  # an item ended with a semicolon, so a full stop ends the list


@dataclass
class Scope:
    """The state of reading one document; `enter` moves it to the next paragraph."""

    document: Document
    body: str = ""
    section: int | None = None
    started: bool = False
    lists: list[Open] = field(default_factory=list)
    heading: Reading = Reading()
    heading_parent: str = ""
    heading_section: int | None = None
    earlier: Reading | None = None  # of the paragraph before, in the same section
    earlier_first: Reading | None = None  # and the first amount of its last sentence with amounts

    def enter(self, section: int | None, level: int) -> None:
        """Go to a paragraph of `section` whose marker is of `level`: lists that do not reach it are closed."""
        if not self.started or section != self.section:
            self.heading, self.heading_parent = self._read_heading(section)
            self.earlier = self.earlier_first = None
        self.started, self.section = True, section
        above = self._ancestors(section)
        reached = 0
        for place, entry in enumerate(self.lists, 1):
            if entry.section not in above:
                break
            if entry.section != section or self._reaches(entry, level):
                reached = place
        kept = self.lists[:reached]
        if kept and kept[-1].section == section and kept[-1].first_item is None:
            kept[-1] = replace(kept[-1], first_item=level)
        self.lists = kept

    @staticmethod
    def _reaches(entry: Open, level: int) -> bool:
        """Whether an item of `level` can belong to the list. Unmarked items follow an unmarked opening, and only
        one another: after marked items an unmarked paragraph is no longer in the list."""
        if level == UNMARKED:
            return entry.first_item in (None, UNMARKED)
        return level > entry.level or entry.level == UNMARKED

    def open(self, level: int, whole: Reading | None, hint: Classification | None) -> None:
        """A paragraph of `level` ended by announcing a list."""
        self.lists.append(Open(self.section, level, whole, hint))

    def end_item(self, *, full_stop: bool) -> None:
        """An unmarked item ended; after items with semicolons, one with a full stop ends the list."""
        if not self.lists or self.lists[-1].first_item != UNMARKED or self.lists[-1].section != self.section:
            return
        if not full_stop:
            self.lists[-1] = replace(self.lists[-1], separated=True)
        elif self.lists[-1].separated:
            self.lists.pop()

    @property
    def whole(self) -> Reading | None:
        """What the items of the innermost open list are parts of."""
        return next((entry.whole for entry in reversed(self.lists) if entry.whole), None)

    def whole_of(self, reading: Reading) -> Reading | None:
        """The same, unless a heading below the list names a nearer whole of the same kind."""
        listed = next((entry for entry in reversed(self.lists) if entry.whole), None)
        nearer = self.heading_section is not None and (listed is None or self._is_below(listed.section))
        if nearer and self.heading.known and reading.known and self.heading.name != reading.name:
            if self.heading.subjects[0].classification is reading.subjects[0].classification:
                return self.heading
        return listed.whole if listed else None

    def _is_below(self, section: int | None) -> bool:
        return self.heading_section != section and section in self._ancestors(self.heading_section)

    @property
    def hint(self) -> Classification | None:
        return next((entry.hint for entry in reversed(self.lists) if entry.hint), None)

    def around(self, whole: Reading | None, hint: Classification | None) -> Surroundings:
        """What helps to read a name here."""
        classification = hint or self.hint
        for reading in (whole, self.whole, self.heading):
            if classification is None and reading and reading.known:
                found = reading.subjects[0].classification
                classification = found if found in _TELLING else None
        return Surroundings(self.body, classification, self.heading_parent, self._final)

    @property
    def _final(self) -> bool:
        return self.document.identity.stage is Stage.FINAL

    def _ancestors(self, section: int | None) -> set[int | None]:
        found: set[int | None] = {None}
        while section is not None:
            found.add(section)
            section = self.document.sections[section].parent
        return found

    def _read_heading(self, section: int | None) -> tuple[Reading, str]:
        """The innermost heading with a known subject, the innermost fund, and the 类 a heading names."""
        subject, fund, parent = Reading(), "", ""
        self.heading_section = None
        while section is not None:
            entry = self.document.sections[section]
            words = passage(entry.title).compact
            reading = read_subject(words, Surroundings(self.body, final=self._final))
            if not subject.subjects and reading.known:
                subject, self.heading_section = reading, section
            fund = fund or reading.fund
            if not parent and reading.known and reading.subjects[0].classification is Classification.FUNCTIONAL:
                parent = reading.subjects[0].name
            section = entry.parent
        return replace(subject, fund=subject.fund or fund, year=None, previous=False), parent

    def in_definitions(self, section: int | None) -> bool:
        """Whether a section explains terms instead of stating figures."""
        words = terms().list_of("phrase", "definition_sections")
        return any(word in self.document.section_path(section) for word in words)


def funds_of_parts(text: str, sentence: Sentence) -> tuple[tuple[int, str], ...]:
    """(end, fund) of the parts between semicolons where each speaks of one fund and they of different ones.

    "一般公共预算拨款90万元、上年结转5万元；政府性基金拨款30万元、上年结转2万元": what is carried over is each fund's own.
    """
    vocabulary, found = terms(), []
    start = sentence.start
    for part in text[sentence.start : sentence.end].split("；"):
        end = start + len(part)
        named = {vocabulary.funds[match[0]] for match in vocabulary.fund.finditer(part)} & set(vocabulary.narrow_funds)
        found.append((end, named.pop() if len(named) == 1 else ""))
        start = end + 1
    alone = len(found) > 1 and all(fund for _, fund in found) and len({fund for _, fund in found}) == len(found)
    return tuple(found) if alone else ()


_TELLING = (Classification.THREE_PUBLIC, Classification.PROCUREMENT)


def total_of_year(named: Reading, whole: Reading | None) -> str:
    """占支出合计的: the total of the year, where that is what the list (`whole`) takes apart."""
    totals = terms().words["total"]
    for side in ("income", "spending"):
        of_year = str(totals[f"{side}_this_year"])
        if whole and named.name == totals[side] and of_year in [subject.name for subject in whole.subjects]:
            return of_year
    return named.name


def listed_item(lead: str, reading: Reading, whole: Reading) -> Reading:
    """An item known only by its printed name; a year in it is part of the name. Under 项目支出 it is a project."""
    subject = reading.subjects[0]
    if reading.year:
        subject = replace(subject, name=name_as_printed(lead))
    above = whole.subjects[0]
    if subject.classification is Classification.OTHER and above.name in terms().list_of("list", "projects"):
        subject = replace(subject, classification=Classification.PROJECT)
    return replace(reading, subjects=(subject,), year=whole.year)


def measure_under(whole: Reading | None, subject: Subject) -> str:
    """An account listed under 基本支出 or 项目支出 is that part of the account."""
    if whole is None or subject.classification not in (Classification.FUNCTIONAL, Classification.ECONOMIC):
        return ""
    over = whole.subjects[0]
    return over.name if over.classification is Classification.NATURE else ""
