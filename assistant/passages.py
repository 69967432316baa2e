"""Answers made of the document's own sentences: reasons, definitions, uses, labelled fields, passages.

Sentences are quoted as printed and cited; nothing is rephrased. A passage is given only when it covers what the
question is about; otherwise the reply says that the document does not address it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, Status
from assistant.executing import Executor, StatementRow, citation
from assistant.query import Selector
from assistant.reply import Reply
from assistant.understanding import Need, TextNeed
from assistant.wording import Wording
from index.document import Source
from index.evidence import StatementKind
from index.retrieval import Hit, Retriever

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_ITEM = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．])")
_TERM = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．])?\s*[“\"]?([^：:，。]{2,30}?)[”\"]?[：:]")
_COVERED = 0.55
_HITS = 8


@dataclass(frozen=True, slots=True)
class Library:
    """Where text is looked up."""

    executor: Executor
    retriever: Callable[[], Retriever]
    wording: Wording
    documents: tuple[str, ...]


def answer(need: TextNeed, library: Library) -> Reply:
    """The reply to a wish for text, from the most specific place to the most general."""
    steps: dict[Need, tuple[Callable[[TextNeed, Library], Reply | None], ...]] = {
        Need.REASON: (_reason, _passage_of_reason),
        Need.DEFINITION: (_definition, _passage),
        Need.USE: (_use, _passage),
        Need.ATTRIBUTE: (_field, _section, _passage),
        Need.PASSAGE: (_section, _passage),
    }
    for step in steps[need.need]:
        reply = step(need, library)
        if reply is not None:
            return reply
    topic = library.wording.topic(need.query)
    what = f"“{topic}”" if topic else "这个问题"
    kind = {Need.REASON: "的原因", Need.DEFINITION: "的定义", Need.USE: "的用途"}.get(need.need, "")
    return Reply(
        (f"文件没有说明{what}{kind}。",), status=Status.ABSTAINED, reason="未披露", names=need.names, rule=need.need
    )


# ---------------------------------------------------------------- statements

def _selector(need: TextNeed, library: Library) -> Selector:
    return Selector(names=need.names, documents=library.documents, label="、".join(need.names[:1]))


def _quoted(statements: Sequence[StatementRow], label: Callable[[StatementRow], str]) -> Reply | None:
    seen: dict[str, StatementRow] = {}
    for statement in statements:
        seen.setdefault(statement.text or statement.clause, statement)
    if not seen:
        return None
    lines = tuple(f"{label(s)}：{_clean(text)}" for text, s in seen.items())
    return Reply(
        lines, citations=tuple(dict.fromkeys(s.citation for s in seen.values())), names=tuple(s.subject for s in seen.values()),
        subject="、".join(dict.fromkeys(s.subject for s in seen.values())), rule="statement",
    )  # fmt: skip


def _reason(need: TextNeed, library: Library) -> Reply | None:
    names = need.names
    if not names:
        return None
    found = library.executor.statements(_selector(need, library), StatementKind.REASON)
    return _quoted(found, lambda s: f"{s.subject}变动的原因")


def _use(need: TextNeed, library: Library) -> Reply | None:
    if need.project:
        return _field(replace(need, label="支出方向和用途"), library)
    found = library.executor.statements(_selector(need, library), StatementKind.USE)
    return _quoted(found, lambda s: f"{s.subject}的用途")


def _passage_of_reason(need: TextNeed, library: Library) -> Reply | None:
    reply = _passage(need, library)
    if reply is None or not any(library.wording.gives_reason(line) for line in reply.lines):
        return None
    return reply


# ---------------------------------------------------------------- fields and sections

def _field(need: TextNeed, library: Library) -> Reply | None:
    """A labelled field of a form; without a project, the body's own, else every project's."""
    rows = library.executor.read(
        "SELECT t.owner, t.label, t.text, s.*, d.key AS document FROM text_fields t JOIN sources s ON s.id = t.source_id "
        "JOIN documents d ON d.id = t.document_id WHERE t.label = ? ORDER BY t.id",
        (need.label,),
    )
    rows = [r for r in rows if not library.documents or r["document"] in library.documents]
    if need.project:
        chosen = [r for r in rows if r["owner"] == need.project]
    else:
        chosen = [r for r in rows if not r["owner"]] or rows
    if not chosen:
        return None
    texts: dict[tuple[str, str], object] = {}
    lines: list[str] = []
    for row in chosen:
        if (row["owner"], row["text"]) in texts:
            continue
        texts[(row["owner"], row["text"])] = row
        owner = f"{row['owner']}的" if row["owner"] else ""
        lines += _told(f"{owner}{row['label']}", row["text"])
    cites = tuple(dict.fromkeys(citation(r) for r in chosen))
    return Reply(
        tuple(lines), citations=cites, subject=need.project or need.label,
        projects=(need.project,) if need.project else (), rule="field",
    )  # fmt: skip


def _told(label: str, text: str) -> list[str]:
    items = [line.strip() for line in text.split("\n") if line.strip()]
    if len(items) == 1:
        return [f"{label}：{_clean(items[0])}"]
    return [f"{label}：", *(f"- {_clean(item)}" for item in items)]


def _section(need: TextNeed, library: Library) -> Reply | None:
    """A whole short section whose heading is what was asked ("人员情况", "部门主要职责")."""
    topic = library.wording.content(need.query)
    if not topic:
        return None
    rows = library.executor.read(
        "SELECT s.id, s.title, s.path, s.page, s.line, d.key AS document FROM sections s "
        "JOIN documents d ON d.id = s.document_id ORDER BY s.id"
    )
    best: tuple[float, int] | None = None
    for index, row in enumerate(rows):
        if library.documents and row["document"] not in library.documents:
            continue
        score = library.wording.likeness(topic, row["title"])
        if score >= 0.8 and (best is None or score > best[0]):
            best = (score, index)
    if best is None:
        return None
    row = rows[best[1]]
    paragraphs = library.executor.read(
        "SELECT p.text, p.page, p.line FROM paragraphs p WHERE p.section_id = ? ORDER BY p.id", (row["id"],)
    )
    if not paragraphs or sum(len(p["text"]) for p in paragraphs) > 1_500:
        return None
    cites = tuple(
        Citation(row["document"], page=p["page"], line=p["line"], section=row["path"], quote=p["text"]) for p in paragraphs
    )
    lines = [f"{row['title']}：", *(f"- {_clean(p['text'])}" for p in paragraphs)]
    if len(paragraphs) == 1:
        lines = [f"{row['title']}：{_clean(paragraphs[0]['text'])}"]
    return Reply(tuple(lines), citations=cites, subject=row["title"], rule="section")


# ---------------------------------------------------------------- definitions and passages

def _definition(need: TextNeed, library: Library) -> Reply | None:
    topic = library.wording.topic(need.query)
    candidates = [topic, *need.names] if topic else list(need.names)
    if not candidates:
        return None
    hits = library.retriever().search(topic or need.names[0], k=_HITS * 3, documents=library.documents or None)
    scored: list[tuple[float, str, Hit]] = []
    for hit in hits:
        for sentence in _SENTENCE.findall(hit.chunk.text):
            if match := _TERM.match(sentence):
                score = max(library.wording.likeness(c, match[1]) for c in candidates)
                if score >= 0.75:
                    scored.append((score, sentence, hit))
            for candidate in candidates:
                pattern = rf"{re.escape(candidate)}[^，。；]{{0,6}}[，：:,]?(?:是)?指"
                if re.search(pattern, sentence):
                    scored.append((0.74, sentence, hit))
    if not scored:
        return None
    scored.sort(key=lambda item: -item[0])
    score, sentence, hit = scored[0]
    whole = hit.chunk.text if hit.chunk.kind == "definition" else sentence
    place = cite(hit.chunk.source, sentence.strip(), whole)
    return Reply((_clean(whole),), citations=(place,), subject=topic, names=need.names, rule="definition")


def _passage(need: TextNeed, library: Library) -> Reply | None:
    """The sentences of the best passages that cover the question, in printed order."""
    words = library.wording.content_words(need.query)
    if not words:
        return None
    hits = library.retriever().search(need.query, k=_HITS, documents=library.documents or None)
    best: tuple[float, Hit] | None = None
    for rank, hit in enumerate(hits):
        covered = library.wording.coverage(words, f"{hit.chunk.heading} {hit.chunk.text}")
        score = covered + 0.25 * hit.score - 0.01 * rank
        if covered >= _COVERED and (best is None or score > best[0]):
            best = (score, hit)
    if best is None:
        return None
    hit = best[1]
    picked = _pick(hit, words, library.wording)
    lines = [_clean(s) for s in picked]
    head = hit.chunk.heading.split(" > ")[-1]
    quote = hit.chunk.source.quote or hit.chunk.text
    place = cite(hit.chunk.source, picked[0].strip(), quote)
    if len(lines) > 1:
        lines = [f"- {line}" for line in lines]
    return Reply((f"{head}：", *lines), citations=(place,), subject=head, names=need.names, rule="passage")


def _pick(hit: Hit, words: Sequence[str], wording: Wording) -> list[str]:
    """The sentences of a passage that carry the question's words; a short passage or a row is told whole."""
    text = hit.chunk.text
    sentences = [s for s in _SENTENCE.findall(text) if s.strip()]
    if hit.chunk.kind == "row" or len(text) <= 160 or len(sentences) <= 2:
        return [text]
    inside = [w for w in words if w in text]
    scored = [(wording.coverage(inside or words, s), i) for i, s in enumerate(sentences)]
    top = max(score for score, _ in scored)
    kept = [i for score, i in scored if score >= max(top * 0.6, 0.01)]
    if not kept:
        return [text]
    return [sentences[i] for i in kept[:6]]


def cite(source: Source, mark: str, quote: str) -> Citation:
    position = source.position
    return Citation(
        document=source.document, page=position.page, section=source.section, table=source.table, row=source.row,
        column=source.column, quote=quote, mark=mark, line=position.line, row_index=source.row_index,
        column_index=source.column_index, bbox=position.bbox,
    )  # fmt: skip


def _clean(text: str) -> str:
    return re.sub(r"\s+", "", text) if re.search(r"[\u4e00-\u9fff]\s", text) else text.strip()
