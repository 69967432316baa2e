"""The only place where the stages are wired: question → links → understanding → route → evidence → Answer."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import (
    arbitrating,
    assisted,
    bodies,
    changes,
    comparing,
    composing,
    conflicts,
    dialogue,
    lexicon,
    members,
    nesting,
    refusing,
    routing,
    values,
    wording,
)
from assistant import catalog as catalogs
from assistant import parts as taking_apart
from assistant.answer import Answer, Status
from assistant.case import Case, Settled
from assistant.catalog import Catalog
from assistant.counting import prefer_counts
from assistant.dialogue import State
from assistant.errors import QuestionRejected
from assistant.executing import Executor
from assistant.library import Library
from assistant.linking import link
from assistant.llm import LanguageModel
from assistant.placing import place_inside
from assistant.pointing import without_preface
from assistant.query import Operation, Selector, SemanticQuery
from assistant.question import MAX_LENGTH, normalise, split
from assistant.reply import Reply
from assistant.resolving import Resolver
from assistant.semantics import Semantics, Setting, load
from assistant.shapes import Linked
from assistant.similarity import Similarity
from assistant.understanding import Understanding, understand
from assistant.verifying import verified
from index.document import Position, Source
from index.evidence import Chunk, Classification
from index.retrieval import Retriever


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer and the conversation after it."""

    answer: Answer
    state: State


class Engine:
    """Answers questions over one opened index. Thread-safe: state lives in the values that are passed."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        retriever: Retriever,
        *,
        semantics: Semantics | None = None,
        model: LanguageModel | None = None,
        longest_question: int = MAX_LENGTH,
    ) -> None:
        self.semantics = semantics or load()
        self._model = model
        self._longest = longest_question
        self.executor = Executor(connection)
        self.catalog: Catalog = catalogs.load(connection)
        self.lexicon = lexicon.build(self.catalog, self.semantics)
        self.similarity = Similarity(self.catalog, self.lexicon)
        self.findings = conflicts.load(self.executor)
        self._retriever = retriever
        rows = connection.execute(
            "SELECT d.key, c.heading || ' ' || c.text FROM chunks c JOIN documents d ON d.id = c.document_id ORDER BY c.id"
        )
        bodies = [d.body for d in self.catalog.documents]
        self.wording = wording.build(((row[0], row[1]) for row in rows), self.semantics, bodies)
        self._tables = _table_names(self.catalog)
        self._totals = frozenset(n for s in self.semantics.synonyms if "总预算" in s.surfaces for n in s.names)
        self._codes = frozenset(code for name in self.catalog.names for code in name.codes)
        self._lock = threading.RLock()

    def ask(self, typed: str, state: State, documents: tuple[str, ...]) -> Outcome:
        """Answer one question in its conversation. Raises QuestionRejected for input that is no question."""
        question = normalise(typed, longest=self._longest)
        pieces = self._pieces(question.text)
        answers: list[Answer] = []
        with self._lock:
            for piece in pieces:
                answer, state = self._one(piece, state, documents)
                answers.append(answer)
        useful = [a for a in answers if a.status is Status.ANSWERED] or answers
        if len(useful) < len(answers):
            lacking = [a for a in answers if a not in useful and a.reason not in ("与预算无关",)]
            useful = [a for a in answers if a in useful or a in lacking]
        return Outcome(composing.merge(typed, tuple(useful)), state)

    def _pieces(self, text: str) -> tuple[str, ...]:
        """The questions in one. A remark that asks nothing is dropped; one that only narrows joins what it narrows."""
        kept: list[str] = []
        for piece in split(text) or (text,):
            linked = link(piece, self.lexicon, self.similarity)
            if not kept or _asks(linked):
                kept.append(piece)
            elif _narrows(linked):
                kept[-1] = f"{kept[-1]}，{piece}"
        return tuple(kept)

    def _one(self, text: str, state: State, documents: tuple[str, ...]) -> tuple[Answer, State]:
        said = without_preface(text) if state.turns else text
        linked = self._unnested(link(said, self.lexicon, self.similarity), documents)
        parts = self._parts(linked)
        if (choice := dialogue.chosen(parts, state)) is not None:
            linked = link(split(normalise(choice).text)[0], self.lexicon, self.similarity)
            parts = self._parts(linked)
        which = bodies.meant(parts, documents, state.last.documents if state.last else (), self.catalog)
        scope = which.keys
        setting = Setting(self._year(scope), scope, self.semantics)
        understood = dialogue.resolve(parts, understand(parts, setting), state, setting)
        understood = self._with_total(understood, state, setting)
        routed = routing.route(understood)
        frame = refusing.Frame(self.catalog, setting.year, scope, self.wording, frozenset())
        reply = refusing.check(understood, frame)
        if reply is None and which.unclear:
            reply = bodies.ask_which(self.catalog, text)
        if reply is None and which.several and understood.query is not None:
            across = bodies.across(understood.query, understood.parts)
            reply = bodies.side_by_side(across, scope, lambda key: self._resolver((key,)), self.catalog)
        if reply is None:
            reply, routed = self._reply(understood, routed, setting, frame, state)
            reply, routed = self._helped(text, reply, setting) or (reply, routed)
        sql = self.executor.take_sql()
        touched = conflicts.touching(reply, self.findings, scope, linked) if reply.answered else ()
        answer = composing.compose(
            text, reply, understood=understood, routed=routed, conflicts=touched, sql=sql,
            document=scope[0] if len(scope) == 1 else None, notes=_corrections(linked),
        )  # fmt: skip
        return answer, state.after(understood, reply, scope)

    def _parts(self, linked: Linked) -> taking_apart.Parts:
        parts = taking_apart.take_apart(
            linked, table_numbers=self._tables, known_codes=self._codes, totals=self._totals
        )
        return prefer_counts(place_inside(parts, self.catalog), self.catalog, self.semantics)

    def _helped(self, text: str, reply: Reply, setting: Setting) -> Settled | None:
        """A second try with the language model, where one is configured and the first had nothing."""
        if self._model is None or reply.status is not Status.ABSTAINED:
            return None
        helper = assisted.Help(
            self._model, self.executor, self.catalog, self._retriever, lambda query: self._figures(query, setting)
        )
        return assisted.try_again(text, setting.documents, helper)

    def _unnested(self, linked: Linked, documents: tuple[str, ...]) -> Linked:
        """A question about the outcome of a ranking, with the outcome put in its place."""
        nested = nesting.split(linked)
        if nested is None:
            return linked
        parts = self._parts(link(nested.inner, self.lexicon, self.similarity))
        setting = Setting(self._year(documents), documents, self.semantics)
        query = understand(parts, setting).query
        reply = self._figures(query, setting) if query is not None and query.members is not None else None
        if reply is None or not reply.answered or not reply.figures or reply.figures[0].row is None:
            return linked
        row = reply.figures[0].row
        name = row.project if row.classification is Classification.PROJECT else row.subject
        return link(
            f"{name}{'，' if not nested.rest.startswith('，') else ''}{nested.rest}", self.lexicon, self.similarity
        )

    def _resolver(self, documents: tuple[str, ...]) -> Resolver:
        return Resolver(self.executor, self.catalog, self.semantics, self._year(documents))

    def _year(self, documents: tuple[str, ...]) -> int | None:
        years = {d.year for d in self.catalog.documents if (not documents or d.key in documents) and d.year}
        return years.pop() if len(years) == 1 else None

    def _with_total(self, understood: Understanding, state: State, setting: Setting) -> Understanding:
        """A bare operation in a fresh conversation is about the whole budget (预算多少？比去年少了多少？)."""
        query = understood.query
        elsewhere = state.last is not None and not understood.parts.has("self")
        if query is None or query.subjects or query.members is not None or elsewhere:
            return understood
        if understood.parts.nouns or understood.parts.attributes or understood.parts.has("refer"):
            return understood
        if self.wording.content_words("".join(understood.linked.leftover)):
            return understood
        total = next(s for s in self.semantics.synonyms if "总预算" in s.surfaces)
        selector = Selector(
            names=total.names, documents=setting.documents, years=understood.parts.years, label="总预算"
        )
        return replace(understood, query=query.with_(subjects=(selector,)))

    # ------------------------------------------------------------ evidence

    def _reply(
        self, understood: Understanding, routed: routing.Routed, setting: Setting, frame: refusing.Frame, state: State
    ) -> tuple[Reply, routing.Routed]:
        earlier = state.last.understanding.linked.text if state.last else ""
        names = (*state.last.reply.names, *state.last.understanding.names) if state.last else ()
        case = Case(
            understood, routed, lambda query: self._figures(query, setting), self._library(setting), self.findings,
            frame, lambda what: self._clarify(what, setting), earlier, names,
        )  # fmt: skip
        return arbitrating.settle(case)

    def _library(self, setting: Setting) -> Library:
        return Library(self.executor, lambda: self._retriever, self.wording, setting.documents, setting.year)

    def _figures(self, query: SemanticQuery, setting: Setting) -> Reply:
        return verified(query, self._calculated(query, setting))

    def _calculated(self, query: SemanticQuery, setting: Setting) -> Reply:
        resolver = self._resolver(setting.documents)
        if query.members is not None:
            reply = members.answer(query, resolver)
            holders = query.members.parents
            if reply.answered or not holders or query.operation is not Operation.LIST:
                return reply
            query = SemanticQuery(Operation.VALUE, (query.members.narrowed(parents=(), names=holders, measures=()),))
        match query.operation:
            case Operation.CHANGE | Operation.RATE:
                return changes.change(query, resolver)
            case Operation.SHARE:
                return comparing.share(query, resolver, self.semantics)
            case Operation.DIFFERENCE:
                return comparing.difference(query, resolver)
            case Operation.RATIO:
                return comparing.ratio(query, resolver, self._heads(setting))
            case Operation.COMPARISON | Operation.RANK if len(query.subjects) > 1 or query.whole:
                return comparing.comparison(query, resolver)
            case Operation.SUM if len(query.subjects) > 1:
                return comparing.total(query, resolver)
            case Operation.MEAN if len(query.subjects) > 1:
                return comparing.mean(query, resolver)
            case Operation.EXISTENCE:
                return values.existence(query, resolver)
            case _:
                return values.value(query, resolver)

    def _heads(self, setting: Setting) -> Selector:
        people = next(s for s in self.semantics.synonyms if "在职人员" in s.surfaces)
        return Selector(names=people.names, documents=setting.documents, label="在职人员")

    def _clarify(self, what: str, setting: Setting) -> Reply:
        projects = [p.name for p in self.catalog.projects if not setting.documents or p.document in setting.documents]
        choices = tuple(f"{name}的预算是多少？" for name in projects[:6]) or (
            "部门总预算是多少？",
            "三公经费一共多少？",
        )
        lines = (f"请问您问的是哪一个{what}？", *(f"{i}. {c}" for i, c in enumerate(choices, 1)))
        return Reply(lines, status=Status.CLARIFY, reason="没有说明问的是哪一项", choices=choices, rule="clarify")


_REMARKS = frozenset({"verify", "polite", "filler", "refer", "continue", "now", "self", "detail", "existence"})
_NARROWING = ("actual", "adjusted", "surplus", "budgeted", "convert")


def _asks(linked: Linked) -> bool:
    """Does a piece name something or ask an operation, beyond what only colours a remark?"""
    said = [m for m in linked.mentions if not m.has(*_NARROWING)]
    named = any(m.sense.names or m.sense.project or m.sense.attribute or m.code or m.table for m in said)
    return named or any(m.sense.cues - _REMARKS for m in said) or any(m.position or m.head_unit for m in said)


def _narrows(linked: Linked) -> bool:
    return any(m.has(*_NARROWING) or m.unit or m.year or m.sense.scope for m in linked.mentions)


def _corrections(linked: Linked) -> tuple[str, ...]:
    """What was understood where it differs in sound or characters from what was typed."""
    told = []
    for mention in linked.mentions:
        if mention.via == "sound":
            name = mention.sense.project or (mention.sense.names[0] if mention.sense.names else "")
            told.append(f"（“{mention.text}”按“{name}”理解）")
    return tuple(dict.fromkeys(told))


def _table_names(catalog: Catalog) -> dict[str, str]:
    """What a table may be called: its printed number, the digits of it."""
    digits = str.maketrans("一二三四五六七八九", "123456789")
    names: dict[str, str] = {}
    for table in catalog.tables:
        if not table.number:
            continue
        bare = "".join(c for c in table.number if c.isdigit() or c in "一二三四五六七八九十-")
        for form in {table.number, bare, bare.translate(digits), f"表{bare}", f"附表{bare}"}:
            if form:
                names.setdefault(form, table.number)
    return names


def open_chunks(connection: sqlite3.Connection) -> dict[int, Chunk]:
    """Every chunk of an index by its id."""
    rows = connection.execute(
        "SELECT c.id, c.kind, c.heading, c.text, d.key AS document, s.* FROM chunks c "
        "JOIN sources s ON s.id = c.source_id JOIN documents d ON d.id = c.document_id ORDER BY c.id"
    )
    return {
        row[0]: Chunk(
            row["text"], row["heading"], row["kind"],
            Source(
                row["document"], row["section"], Position(row["page"], row["line"]), row["table"], row["row"], row["column"],
                row["row_index"], row["column_index"], row["quote"],
            ),
            row[0],
        )
        for row in rows
    }  # fmt: skip


def replay(engine: Engine, history: Sequence[str], documents: tuple[str, ...]) -> State:
    """The conversation state after earlier user questions; ones that cannot be understood change nothing."""
    state = State()
    for question in history:
        try:
            state = engine.ask(question, state, documents).state
        except QuestionRejected:
            continue
    return state


__all__ = ["Engine", "Outcome", "open_chunks", "replay"]
