"""Statements from their parts: what every statement of a sentence shares, and what a figure adds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.document import Document, Paragraph, Source, Stage
from index.evidence import Dimension, Statement, StatementKind
from index.prose.figures import Base, Figure, Role
from index.prose.passages import Clause, Passage, Sentence
from index.prose.remarks import Remark
from index.prose.subjects import Reading, Subject

KINDS = {
    Role.AMOUNT: StatementKind.AMOUNT,
    Role.CHANGE: StatementKind.CHANGE,
    Role.RATE: StatementKind.RATE,
    Role.SHARE: StatementKind.SHARE,
    Role.COMPLETION: StatementKind.COMPLETION,
    Role.COUNT: StatementKind.COUNT,
}
_COMPARING = (StatementKind.CHANGE, StatementKind.RATE, StatementKind.COMPLETION, StatementKind.REASON)


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds the statements of one paragraph. `stage` is the document's, for readings that name none."""

    document: Document
    paragraph: Paragraph
    text: Passage
    stage: Stage

    def of_figure(
        self,
        figure: Figure,
        subject: Subject,
        reading: Reading,
        clause: Clause,
        sentence: Sentence,
        *,
        base: Base | None = None,
        whole: str = "",
        measure: str = "",
    ) -> Statement:
        """A figure's statement; `clause` is the printed clause it stands in."""
        kind = KINDS[figure.role]
        return replace(
            self._shared(kind, subject, reading, sentence, base),
            clause=self.text.quote(clause.start, clause.end),
            value=figure.value,
            dimension=figure.dimension,
            printed=figure.printed,
            unit=figure.unit,
            whole=whole,
            measure=measure,
        )

    def of_remark(
        self,
        remark: Remark,
        subject: Subject,
        reading: Reading,
        sentence: Sentence,
        *,
        base: Base | None = None,
        measure: str = "",
    ) -> Statement:
        """A reason's, a use's or an absence's statement; `text` holds the words without the mark before them."""
        return replace(
            self._shared(remark.kind, subject, reading, sentence, base),
            clause=self.text.quote(remark.begin, remark.end),
            dimension=Dimension.TEXT,
            text=self.text.quote(remark.text_start, remark.end).strip("：:，。；、 \n"),
            measure=measure,
        )

    def _shared(
        self, kind: StatementKind, subject: Subject, reading: Reading, sentence: Sentence, base: Base | None
    ) -> Statement:
        base_year = (base or Base()).year_for(reading.year) if kind in _COMPARING else None
        return Statement(
            kind=kind,
            subject=subject.name,
            classification=subject.classification,
            source=Source(
                document=self.document.key,
                section=self.document.section_path(self.paragraph.section),
                position=self.paragraph.position,
                quote=self.text.quote(sentence.start, sentence.end),
            ),
            clause="",
            code=subject.code,
            fund=reading.fund,
            year=reading.year,
            base_year=base_year,
            stage=reading.stage or self.stage,
            base_stage=base.stage if base and kind in _COMPARING else None,
        )
