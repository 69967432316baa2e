"""The only place where the stages are wired: question → links → understanding → route → evidence → Answer."""

from __future__ import annotations

import copy
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from assistant import (
    appositions,
    arbitrating,
    assisted,
    bodies,
    clauses,
    composing,
    conflicts,
    covering,
    dialogue,
    families,
    findings,
    heard,
    lexicon,
    nesting,
    particular,
    recalling,
    refusing,
    routing,
    several,
    unit_sets,
    wording,
    years,
)
from assistant import catalog as catalogs
from assistant import parts as taking_apart
from assistant.all_money import with_all_money
from assistant.answer import Answer, Status
from assistant.body_spelling import respelled
from assistant.calculating import calculated
from assistant.case import Case, Settled
from assistant.catalog import Catalog, table_names
from assistant.conversation import set_before
from assistant.counting import in_money
from assistant.dialogue import State
from assistant.executing import Executor
from assistant.library import Library
from assistant.linking import link
from assistant.llm import LanguageModel
from assistant.narrowing import Narrowed, Readable
from assistant.parts_settled import settled
from assistant.piecing import pieces as pieces_of
from assistant.pointing import without_preface
from assistant.query import Operation, Selector, SemanticQuery, held_to
from assistant.question import MAX_LENGTH, normalise, split
from assistant.remarks import corrections
from assistant.reply import Reply
from assistant.resolving import Resolver
from assistant.semantics import Semantics, Setting, load
from assistant.shapes import Linked
from assistant.similarity import Similarity
from assistant.understanding import Need, Understanding, understand
from assistant.verifying import verified
from assistant.whole_budget import of_everything
from index.evidence import Classification
from index.retrieval import Retriever

_NARROWED = 24  # narrowed engines kept; more documents than that are read with the words of all
_LINKED = 256  # questions whose links are kept: one is looked at several times


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer and the conversation after it."""

    answer: Answer
    state: State


@dataclass(frozen=True, slots=True)
class Considered:
    """What a question asks, and why no document that is held answers it (None: one may)."""

    understanding: Understanding
    refusal: Reply | None


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
        self.longest = longest_question
        self.executor = Executor(connection)
        self.findings = findings.load(self.executor)
        self._retriever = retriever
        self._connection = connection
        self._totals = frozenset(n for s in self.semantics.synonyms if "总预算" in s.surfaces for n in s.names)
        self._narrowed: dict[tuple[str, ...], Engine] = {}
        self._lock = threading.RLock()
        self._hold(connection)

    def _hold(self, source: Readable) -> None:
        """Read the names and words of what is held."""
        self.catalog: Catalog = catalogs.load(source)
        self.lexicon = lexicon.build(self.catalog, self.semantics)
        self.similarity = Similarity(self.catalog, self.lexicon)
        self._link = lru_cache(_LINKED)(partial(link, lexicon=self.lexicon, similarity=self.similarity))
        self.families = families.load(source)
        rows = source.execute(
            "SELECT d.key, c.heading || ' ' || c.text FROM chunks c JOIN documents d ON d.id = c.document_id ORDER BY c.id"
        )
        bodies = [d.body for d in self.catalog.documents]
        self.wording = wording.build(((row[0], row[1]) for row in rows), self.semantics, bodies)
        self._tables = table_names(self.catalog)
        self._codes = frozenset(code for name in self.catalog.names for code in name.codes)

    def within(self, documents: Sequence[str]) -> Engine:
        """This engine with the names and words of some of its documents only."""
        keys = tuple(d.key for d in self.catalog.documents if d.key in documents)
        if not keys or len(keys) > _NARROWED or len(keys) == len(self.catalog.documents):
            return self
        with self._lock:
            if keys not in self._narrowed:
                if len(self._narrowed) >= _NARROWED:
                    self._narrowed.pop(next(iter(self._narrowed)))
                narrowed = copy.copy(self)
                narrowed._hold(Narrowed(self._connection, keys))
                self._narrowed[keys] = narrowed
            return self._narrowed[keys]

    def ask(self, typed: str, state: State, documents: tuple[str, ...]) -> Outcome:
        """Answer one question in its conversation. Raises QuestionRejected for input that is no question."""
        text = self.written(typed)
        on_set = set_before(state) is not None
        pieces = tuple(
            clause
            for piece in pieces_of(text, self._link)
            for clause in clauses.apart(self.linked(piece, state), on_set=on_set)
        )
        with self._lock:
            self.executor.take_sql()
            speaker = several.Speaker(lambda said, now: self._one(said, now, documents), self.linked, self.wording)
            answers, state = several.answered(pieces, state, speaker)
        return Outcome(composing.merge(typed, answers), state)

    def written(self, typed: str) -> str:
        """A question normalised, with mistyped names of bodies put right."""
        text = normalise(appositions.settled(typed, self._is_name), longest=self.longest).text
        return respelled(text, [(d.body, d.region) for d in self.catalog.documents])

    def _is_name(self, text: str) -> bool:
        sense = self.lexicon.surfaces.get(text)
        return sense is not None and bool(sense.names or sense.project)

    def _one(self, text: str, state: State, documents: tuple[str, ...]) -> tuple[Answer, State]:
        said = without_preface(text) if state.turns else text
        linked = self._unnested(self.linked(said, state), documents)
        parts = self._parts(linked)
        if (choice := dialogue.chosen(parts, state)) is not None:
            linked = self._link(split(normalise(choice).text)[0])
            parts = self._parts(linked)
        setting = self._setting(documents)
        understood = self._understood(parts, state, setting)
        routed = routing.route(understood)
        frame = self._frame(setting)
        reply = refusing.check(understood, frame)
        if reply is None and state.last is not None:
            reply = bodies.again(parts, state.last.reply)
        if reply is None:
            figures = particular.Frame(
                self.resolver(documents), lambda query: self._figures(query, setting), self.total(documents), state
            )
            reply = particular.answer(understood, figures)
        if reply is None:
            reply, routed = self._reply(understood, routed, setting, frame, state, said)
            reply = heard.checked(understood, reply)
            reply, routed = self._helped(text, reply, setting) or (reply, routed)
        sql = self.executor.take_sql()
        touched = conflicts.touching(reply, self.findings, documents, linked) if reply.answered else ()
        answer = composing.compose(
            text, reply, understood=understood, routed=routed, conflicts=touched, sql=sql,
            document=documents[0] if len(documents) == 1 else None, notes=corrections(linked),
        )  # fmt: skip
        return answer, state.after(understood, reply, documents)

    def considered(self, text: str, state: State) -> Considered:
        """A question understood over everything that is held, before it is known of which documents it is."""
        setting, said = self._setting(()), without_preface(text) if state.turns else text
        understood = self._understood(self.read(said, state), state, setting)
        frame = self._frame(setting)
        reply = refusing.check(understood, frame)
        if reply is None and understood.query is None and not understood.names:
            need = routing.passage_need(understood)
            if covering.passage(need, self._library(setting)) is None:
                reply = refusing.off_topic(understood.linked.text, frame)
        return Considered(understood, reply)

    def _understood(self, parts: taking_apart.Parts, state: State, setting: Setting) -> Understanding:
        understood = dialogue.resolve(parts, understand(parts, setting), state, setting)
        understood = of_everything(understood, state, self.total(setting.documents), self.wording)
        return in_money(understood, self.wording.asked(parts.linked).money)

    def _frame(self, setting: Setting) -> refusing.Frame:
        return refusing.Frame(self.catalog, setting.year, setting.documents, self.wording, frozenset())

    def linked(self, text: str, state: State) -> Linked:
        """The links of a question, with the words that mean something only beside what is named or was asked before."""
        linked = families.listed(with_all_money(self._link(text)), self.families, self.semantics)
        earlier = state.last.understanding.names if state.last is not None else ()
        return families.inside(linked, self.families, self.semantics, earlier)

    def read(self, text: str, state: State) -> taking_apart.Parts:
        """A question linked and taken apart."""
        return self._parts(self.linked(text, state))

    def ask_across(self, typed: str, text: str, state: State, documents: tuple[str, ...]) -> Outcome | None:
        """The figure a question asks of each of several documents, combined; None where it asks for no one figure."""
        setting = self._setting(documents)
        with self._lock:
            parts = self.read(text, state)
            understood = dialogue.resolve(parts, understand(parts, setting), state, setting)
            understood = of_everything(understood, state, self.total(setting.documents), self.wording)
            query = understood.query
            checks = understood.text is not None and understood.text.need in (Need.CONTRADICTION, Need.ATTRIBUTE)
            if query is None or (understood.text is not None and not checks):
                return None
            holders = bodies.of_documents(documents, self.catalog)
            across = bodies.in_each(query, understood.parts)
            if query.operation is Operation.SHARE and across.operation is not query.operation and not across.detail:
                return None  # a rate of execution is no share
            of = {key: self.catalog.by_document[key].body for key in documents}
            if across.operation is Operation.VALUE and len(of) == 2 and len(set(of.values())) == 1:
                across = across.with_(operation=Operation.CHANGE)
            reply = bodies.side_by_side(across, holders, lambda key: self.resolver((key,)))
            if reply is None:
                return None
            routed, sql = routing.route(understood), self.executor.take_sql()
            against = years.contradictions(reply, of, lambda key: self.resolver((key,)))
            warned = replace(reply, lines=(*reply.lines, *(f"> ⚠️ 文件前后矛盾：{c.message}" for c in against)))
            answer = composing.compose(typed, warned, understood=understood, routed=routed, sql=sql)
            answer = replace(answer, conflicts=against)
            return Outcome(answer, state.after(understood, reply, documents))

    def _parts(self, linked: Linked) -> taking_apart.Parts:
        parts = taking_apart.take_apart(
            linked, table_numbers=self._tables, known_codes=self._codes, totals=self._totals
        )
        return settled(parts, self.catalog, self.semantics)

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
        if unit_sets.speaks_of(linked):
            return linked
        if (pair := nesting.pair(linked)) is not None:
            names = [self._outcome(inner, documents) for inner in (pair.first, pair.second)]
            return self._link(normalise(f"{names[0]}{pair.joint}{names[1]}{pair.rest}").text) if all(names) else linked
        nested = nesting.split(linked)
        name = self._outcome(nested.inner, documents) if nested is not None else ""
        if nested is None or not name:
            return linked
        return self._link(normalise(f"{name}{'，' if not nested.rest.startswith('，') else ''}{nested.rest}").text)

    def _outcome(self, inner: str, documents: tuple[str, ...]) -> str:
        """What a ranking by itself comes to, by name; "" for none."""
        parts, setting = self._parts(self._link(inner)), self._setting(documents)
        query = understand(parts, setting).query
        reply = self._figures(query, setting) if query is not None and query.members is not None else None
        if reply is None or not reply.answered or not reply.figures or reply.figures[0].row is None:
            return ""
        row = reply.figures[0].row
        if row.classification is Classification.PROCUREMENT and not row.project:
            return ""  # of purchases the rows of their table are ranked
        of_project = row.classification in (Classification.PROJECT, Classification.PROCUREMENT)
        return row.project if of_project and row.project else row.subject

    def total(self, documents: tuple[str, ...]) -> Selector:
        """What the whole budget is called."""
        return Selector(names=self.semantics.total_names, documents=documents, label="总预算")

    def resolver(self, documents: tuple[str, ...]) -> Resolver:
        """Finds figures in some documents, in their year where they share one."""
        setting = self._setting(documents)
        return Resolver(self.executor, self.catalog, self.semantics, setting.year, setting.stage)

    def _setting(self, documents: tuple[str, ...]) -> Setting:
        return Setting(self.catalog.year_of(documents), documents, self.semantics, self.catalog.stage_of(documents))

    # ------------------------------------------------------------ evidence

    def _reply(
        self,
        understood: Understanding,
        routed: routing.Routed,
        setting: Setting,
        frame: refusing.Frame,
        state: State,
        said: str,
    ) -> tuple[Reply, routing.Routed]:
        earlier = state.last.understanding.linked.text if state.last else ""
        names = (*state.last.reply.names, *state.last.understanding.names) if state.last else ()
        case = Case(
            understood, routed, lambda query: self._figures(query, setting), self._library(setting), self.findings,
            frame, lambda what: self._clarify(what, setting), earlier, names,
            before=recalling.background([t.understanding.linked for t in state.turns], self._library(setting)),
            total=self.total(setting.documents).names, said=said,
        )  # fmt: skip
        return arbitrating.settle(case)

    def _library(self, setting: Setting) -> Library:
        return Library(self.executor, lambda: self._retriever, self.wording, setting.documents, setting.year)

    def _figures(self, query: SemanticQuery, setting: Setting) -> Reply:
        return verified(query, self._calculated(query, setting))

    def _calculated(self, query: SemanticQuery, setting: Setting) -> Reply:
        return calculated(held_to(query, setting.documents), self.resolver(setting.documents))

    def _clarify(self, what: str, setting: Setting) -> Reply:
        projects = [p.name for p in self.catalog.projects if not setting.documents or p.document in setting.documents]
        choices = tuple(f"{name}的预算是多少？" for name in projects[:6]) or (
            "部门总预算是多少？",
            "三公经费一共多少？",
        )
        lines = (f"请问您问的是哪一个{what}？", *(f"{i}. {c}" for i, c in enumerate(choices, 1)))
        return Reply(lines, status=Status.CLARIFY, reason="没有说明问的是哪一项", choices=choices, rule="clarify")


__all__ = ["Considered", "Engine", "Outcome"]
