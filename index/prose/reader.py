"""One paragraph → statements: figures with their subject, 口径, year and whole; reasons, uses and absences cut out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from index.document import Paragraph, Stage
from index.evidence import Classification, Dimension, Statement, StatementKind
from index.prose.accounts import hinted
from index.prose.building import KINDS, Builder
from index.prose.counts import count_subject
from index.prose.figures import Base, Figure, Role, figure_pattern, figures, split_base
from index.prose.owners import carried_over, counted_item, is_carried, is_movement, named_behind, of_spending
from index.prose.passages import UNMARKED, Clause, Passage, Sentence, marker, passage, sentences
from index.prose.remarks import Remark, before_change, remarks
from index.prose.scope import Level, Scope, funds_of_parts, listed_item, measure_under, total_of_year
from index.prose.subjects import Reading, Subject, mentioned, read_subject
from index.prose.terms import terms

_LONGEST_TITLE = 60
_SIDES = (Classification.TOTAL, Classification.REVENUE)
_CHANGES = (Role.CHANGE, Role.RATE)
_SENTENCE_STARTS = ("", "。")


@dataclass
class ParagraphReader:
    """Reads one paragraph in the light of `scope` and leaves there what later paragraphs inherit."""

    scope: Scope
    paragraph: Paragraph
    year: int | None
    stage: Stage
    text: Passage = field(init=False)
    builder: Builder = field(init=False)
    levels: list[Level] = field(default_factory=lambda: [Level()])
    topic: Reading | None = None  # a subject spoken of in this sentence without a figure
    sentence_year: int | None = None
    hint: Classification | None = None
    first: Reading | None = None  # of the amounts of the sentence
    last_first: Reading | None = None
    last_kind: StatementKind | None = None
    listed: Reading | None = None  # what a list of the paragraph took apart
    counted: str = ""
    opener: str = ""  # the delimiter before the clause
    before: str = ""  # the words of the clause up to a count
    amounts: dict[str, int] = field(default_factory=dict)  # by subject, as the paragraph states them
    funds: tuple[tuple[int, str], ...] = ()  # where parts of the sentence end that speak of one fund each
    fund: str = ""  # of such a part

    def __post_init__(self) -> None:
        self.text = passage(self.paragraph.text)
        self.builder = Builder(self.scope.document, self.paragraph, self.text, self.stage)

    def read(self) -> Iterator[Statement]:
        """Every statement of the paragraph, in printed order."""
        level, _ = marker(self.text.compact)
        self.scope.enter(self.paragraph.section, level)
        for sentence in sentences(self.text.compact, figure_pattern()):
            yield from self._sentence(sentence)
        self._leave(level)

    def _leave(self, level: int) -> None:
        compact, whole, first = self.text.compact, self.levels[0].whole, self.first or self.last_first
        if compact.endswith("："):
            named = self.topic if self.topic and self.topic.known else None
            self.scope.open(level, whole or first or named or self.scope.earlier_first, self.hint)
        elif compact.endswith("；") and whole is not None and whole is not self.scope.whole:
            self.scope.open(level, whole, self.hint)
            self.scope.enter(self.paragraph.section, UNMARKED)
            self.scope.end_item(full_stop=False)
        elif level == UNMARKED:
            self.scope.end_item(full_stop=compact.endswith("。"))
        self.scope.earlier_first = first or self.scope.earlier_first
        self.scope.earlier = self.levels[0].running or self.scope.earlier

    def _sentence(self, sentence: Sentence) -> Iterator[Statement]:
        self._begin_sentence()
        text = self.text.compact
        self.funds = funds_of_parts(text, sentence)
        found = remarks(text, sentence, changed=self.last_kind in (StatementKind.CHANGE, StatementKind.RATE))
        taken = 0
        for clause in sentence.clauses:
            if clause.start < taken:
                continue
            self._begin_clause(clause)
            remark = next((r for r in found if clause.start <= r.start < clause.end), None)
            yield from self._clause(clause, text[clause.start : remark.start if remark else clause.end], sentence)
            if remark:
                taken = remark.end
                yield from self._remark(remark, sentence)

    def _begin_sentence(self) -> None:
        self.topic, self.sentence_year, self.counted = None, None, ""
        self.last_first, self.first = self.first or self.last_first, None
        del self.levels[1:]
        level = self._level
        if level.items and level.whole is self.last_first:
            level.running = level.whole  # what follows is said of the whole again
        self.listed = level.whole if level.items and level.whole is not None else self.listed
        level.head = level.whole if level.items > 1 else None
        if level.items > 1:  # the list was complete in its sentence
            level.whole = None
        level.items = 0

    def _begin_clause(self, clause: Clause) -> None:
        while len(self.levels) > clause.depth + 1:
            self.levels.pop()
        while len(self.levels) < clause.depth + 1:
            outer = self.levels[-1]
            self.levels.append(Level(running=outer.running, head=outer.running, whole=outer.whole, base=outer.base))
        self.opener = clause.opener
        self.fund = next((fund for end, fund in self.funds if clause.start < end), "")
        if clause.opener == "；":
            self.topic, level = None, self._level
            if level.loose:
                level.whole, level.loose, level.head = level.outer, False, None
            level.head = None

    @property
    def _level(self) -> Level:
        return self.levels[-1]

    def _clause(self, clause: Clause, words: str, sentence: Sentence) -> Iterator[Statement]:
        if not words:
            return
        self.hint = hinted(words) or self.hint
        self._open_parts(words, clause)
        found = figures(words)
        if not found:
            self._note(words, clause)
        self._back_to_whole(found)
        self.before = ""
        for figure in found:
            if figure.role is Role.COUNT:
                yield from self._count(figure, clause, sentence)
                self.before = words[: figure.end]
            elif figure.role is not Role.OTHER and figure.value is not None and not (self.before and figure.is_same):
                yield from self._figure(figure, clause, sentence)

    def _open_parts(self, words: str, clause: Clause) -> None:
        """其中, 包括：and 财政拨款支出中， make what follows parts of a whole."""
        vocabulary, level, bare = terms(), self._level, words[marker(words)[1] :]
        inside = re.fullmatch(rf"(.+){vocabulary.alternatives('list', 'inside')}", bare)
        if inside and clause.closer == "，" and (reading := self._resolve(inside[1])).known:
            level.whole = level.head = level.running = self._complete(reading)
            return
        begins = bare.startswith(vocabulary.list_of("list", "part"))
        ends = clause.closer == "：" and vocabulary.opener.search(bare) is not None
        has_figures = bool(figures(words))
        if begins or (ends and not has_figures) or bare in vocabulary.list_of("list", "openers"):
            named = self._resolve(vocabulary.opener.sub("", bare)) if ends else Reading()
            whole = self._complete(named) if named.known else None
            level.outer, level.loose = level.whole, begins and has_figures
            level.whole = whole or level.head or self.last_first or self.scope.whole or level.whole
            level.head = None

    def _back_to_whole(self, found: tuple[Figure, ...]) -> None:
        """After the parts of a whole, a comparison whose base and change make the whole's amount is said of it."""
        level = self._level
        base = next((figure.value for figure in found if figure.of_base), None)
        change = next((figure.value for figure in found if figure.role is Role.CHANGE), None)
        if level.whole is None or level.running is None or base is None or change is None:
            return
        if self.amounts.get(level.whole.name) == base + change != self.amounts.get(level.running.name):
            level.running, self.topic = level.whole, None

    def _resolve(self, words: str) -> Reading:
        return read_subject(words, self.scope.around(self._level.whole, self.hint))

    def _note(self, words: str, clause: Clause) -> None:
        """A clause without figures may still name the subject, the year or the base for those after it."""
        words, base = split_base(words)
        level, reading = self._level, self._resolve(words)
        self.sentence_year = reading.year or self.sentence_year
        if reading.known:
            self.topic = self._complete(reading)
            titled = len(words) <= _LONGEST_TITLE and clause.closer != "，"
            if titled or (base and len(reading.subjects) == 1):  # 基本支出与2022年预算相比，减少…
                level.running = self.topic
        elif (spoken := mentioned(words)).subjects:
            self.topic = self._complete(spoken)
        level.base = base or level.base

    def _figure(self, figure: Figure, clause: Clause, sentence: Sentence) -> Iterator[Statement]:
        """Statements of an amount, a change, a rate or a share: one for each subject ("收入、支出" are two)."""
        level, reading = self._level, self._subject_of(figure)
        said_already = level.base is None or self.last_kind is StatementKind.CHANGE
        if reading is None or (figure.is_same and figure.base is None and said_already):
            return
        if figure.role is Role.AMOUNT and not figure.unit and not reading.known:  # 其他用车为0
            yield from self._count(replace(figure, role=Role.COUNT, dimension=Dimension.COUNT), clause, sentence)
            return
        base = figure.base or (level.base if figure.role in _CHANGES else None)
        if figure.of_base and base is not None:
            yield from self._compared_with(figure, base, reading, clause, sentence)
            return
        if figure.role is Role.AMOUNT:
            if clause.start == sentence.start and reading.subjects[0].classification is Classification.TOTAL:
                level.whole = None
            level.head = reading if level.head is level.whole else level.head or reading  # X中，A10万元，其中…: of A
            level.items += level.whole is not None
            self.first = self.first or reading
            self.amounts[reading.name] = figure.value or 0
        if figure.role is not Role.SHARE and not is_carried(reading, level.running):
            level.running = reading
            level.base = base
        whole = self._whole(figure, reading)
        for subject in reading.subjects:
            yield self.builder.of_figure(
                figure, subject, reading, clause, sentence, base=base, whole=whole, measure=self._measure(subject)
            )
        self.last_kind = KINDS[figure.role]

    def _compared_with(
        self, figure: Figure, base: Base, reading: Reading, clause: Clause, sentence: Sentence
    ) -> Iterator[Statement]:
        """比年初预算10000元减少5138元: the amount of the same subject that this year's is compared with."""
        stage = base.stage or reading.stage
        of_base = replace(reading, year=base.year_for(reading.year), stage=stage)
        self._level.base = base
        for subject in reading.subjects:
            yield self.builder.of_figure(figure, subject, of_base, clause, sentence, measure=self._measure(subject))

    def _subject_of(self, figure: Figure) -> Reading | None:
        """The reading of a figure's lead, completed from the context; None when nothing tells what it is of."""
        reading = self._resolve(figure.lead)
        listed = self._level.whole or self.scope.whole
        if is_movement(figure, self._resolve):
            return None
        if figure.role is Role.AMOUNT:
            reading = carried_over(reading, self._level.running if self.first else None, listed, self.opener)
            if item := counted_item(
                reading, self.before, figure.value, self.amounts.get(listed.name if listed else "")
            ):
                reading = self._resolve(item)
            elif not reading.subjects:
                reading = named_behind(figure.after, reading, self._resolve)
        if self._is_inherited(figure, reading):
            reading = replace(reading, subjects=())
        if self.listed is not None and not figure.lead and figure.role in _CHANGES and self.opener in _SENTENCE_STARTS:
            return self._complete(self.listed)
        if listed and reading.subjects and not reading.known:
            reading = listed_item(figure.lead, reading, listed)
        elif reading.year and self.first is None:
            self.sentence_year = reading.year
        if not reading.subjects:
            inherited = self._inherited(figure)
            if inherited is None:
                return None
            now = re.search(terms().alternatives("phrase", "now"), figure.lead)  # 本年比上年减少, behind 上年决算数
            same = figure.role is not Role.AMOUNT and now is None
            reading = replace(
                inherited,
                fund=reading.fund or inherited.fund,
                year=reading.year or (inherited.year if same else None),
                stage=reading.stage or (inherited.stage if same and not of_spending(figure, self.stage) else None),
                previous=reading.previous,
            )
        return self._complete(reading)

    def _is_inherited(self, figure: Figure, reading: Reading) -> bool:
        """Whether the words before a figure name no subject of their own, whatever they look like."""
        if figure.role in (Role.SHARE, Role.RATE, Role.COMPLETION) and not reading.known:
            return not figure.whole or self._inherited(figure) is None  # X占货物支出的82.4% is of X
        spoken = self._level.running or self.topic
        if not reading.bare or spoken is None:
            return False
        if spoken.subjects[0].classification in _SIDES:  # 一般公共预算支出年初预算为90万元，支出决算为80万元
            return self.opener == "，" and reading.is_stage_of(spoken)
        return self.opener != "；" or figure.lead.endswith(terms().list_of("phrase", "copula"))

    def _inherited(self, figure: Figure) -> Reading | None:
        topic, running = self.topic, self._level.running
        heading = self.scope.heading if self.scope.heading.subjects else None
        nearest = (topic, running) if figure.role is Role.AMOUNT else (running, topic)
        return next((reading for reading in (*nearest, heading, self.scope.earlier) if reading), None)

    def _complete(self, reading: Reading) -> Reading:
        """Fill fund and year from the list, the heading and the sentence."""
        whole = self._level.whole or self.scope.whole
        fund = reading.fund or self.fund or (whole.fund if whole else "") or self.scope.heading.fund
        year = reading.year or self.sentence_year or self.year
        if reading.previous and year is not None and reading.year is None:
            year -= 1
        return replace(reading, fund=fund, year=year, stage=reading.stage or self.stage, previous=False)

    def _whole(self, figure: Figure, reading: Reading) -> str:
        """What a share is of and an item is part of, by name."""
        if figure.whole:
            named = self._resolve(figure.whole)
            return total_of_year(named, self._level.whole) if named.known else figure.whole
        whole = self._level.whole or self.scope.whole_of(reading)
        if whole is None or figure.role not in (Role.AMOUNT, Role.SHARE):
            return ""
        names = [subject.name for subject in whole.subjects]
        if any(subject.name in names for subject in reading.subjects):
            return ""
        # of 收入总计 and 支出总计 together, revenue is part of the first and all else of the second
        return names[0] if reading.subjects[0].classification is Classification.REVENUE else names[-1]

    def _measure(self, subject: Subject) -> str:
        return measure_under(self._level.whole or self.scope.whole, subject)

    def _count(self, figure: Figure, clause: Clause, sentence: Sentence) -> Iterator[Statement]:
        counted = count_subject(figure.lead, figure.after, self.scope.body, self.counted)
        self.sentence_year = counted.year or self.sentence_year
        if not counted.name or figure.value is None:
            return
        self.counted = counted.name
        self.last_kind = StatementKind.COUNT
        self.topic = Reading((Subject(counted.name, Classification.OTHER, known=False),))
        subject = Subject(counted.name, Classification.QUANTITY)
        reading = Reading((subject,), year=self.sentence_year or self.year, stage=self.stage)
        if counted.told:
            yield self.builder.of_figure(figure, subject, reading, clause, sentence)

    def _remark(self, remark: Remark, sentence: Sentence) -> Iterator[Statement]:
        """A reason, a use or an absence of what is being spoken of."""
        reading = self._absent(remark) if remark.kind is StatementKind.ABSENCE else self._spoken_of(remark)
        if not reading.subjects:
            return
        base = Base(shift=0, stage=Stage.BUDGET) if remark.within_year else self._level.base
        reading = self._complete(reading)
        for subject in reading.subjects:
            yield self.builder.of_remark(remark, subject, reading, sentence, base=base, measure=self._measure(subject))
        self.last_kind = remark.kind

    def _spoken_of(self, remark: Remark) -> Reading:
        named = self._resolve(remark.subject) if remark.subject else Reading()
        if not named.known and remark.kind is StatementKind.REASON and (moved := before_change(remark.subject)):
            named = self._resolve(moved)  # 预算收支减少主要原因说明
        if named.known:
            return named
        if remark.kind is StatementKind.USE and self.last_kind is None and not self.scope.heading.known:
            return Reading()  # 主要用于 in a text without figures
        return self._level.running or self.topic or self.scope.heading

    def _absent(self, remark: Remark) -> Reading:
        if terms().relative_year.search(remark.subject):
            return Reading()  # 上年无此项支出: nothing is said of this year
        this = re.search(terms().alternatives("absence", "this"), remark.subject)
        reading = Reading() if this else self._resolve(remark.subject)
        if not reading.known and (spoken := mentioned(remark.subject)).known:
            reading = replace(spoken, fund=reading.fund)
        if not reading.subjects:
            reading = replace(self.scope.heading, fund=reading.fund or self.scope.heading.fund)
        return reading if reading.known else Reading()
