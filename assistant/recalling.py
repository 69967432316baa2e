"""A follow-up whose own words find no text, searched again with the words of the question before it added.

"省内对口帮扶的是几个乡镇" — "具体是哪几个地方，说下名字". What its own words say must still stand in the sentence: the
earlier question only says of what it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import covering, passages, places, standards
from assistant.asking import asks_place, kind_of_place
from assistant.library import Library
from assistant.question import fold
from assistant.reply import Reply
from assistant.shapes import Linked, Mention
from assistant.understanding import Need, TextNeed
from assistant.wording import Term

_STOP = "，"
_HISTORY = "history"
_HELD = 0.5


def answer(before: Linked, linked: Linked, library: Library) -> Reply | None:
    """The text that answers both questions together; None where the follow-up brings words it does not hold, or asks
    for nothing that the earlier one has not."""
    own = [t for t in library.wording.terms_of(linked) if not (t.kind or t.general)]
    own += [covering.amount_term(m) for m in linked.mentions if m.quantity is not None]
    places_asked = asks_place(linked.text) or bool(kind_of_place(linked.text))
    asked = library.wording.asked(linked)
    if not own and not places_asked and not asked and not linked.has("list"):
        return None
    together = joined(before, linked)
    need = TextNeed(Need.PASSAGE, together.text, linked=together)
    if places_asked:
        found = places.where(need, library)
    else:
        found = covering.pointed(need, library) or passages.answer(need, library)
    if found is None or not found.answered or found.rule in ("field", "item", "items"):
        return None
    return found if _says(found, own, library) else None


def background(turns: Sequence[Linked], library: Library) -> Linked | None:
    """The question before, with the one before that where it says nothing of its own (订了哪些)."""
    if not turns:
        return None
    last = turns[-1]
    if len(turns) > 1 and not library.wording.terms_of(last):
        return joined(turns[-2], last)
    return last


def priced(before: Linked | None, linked: Linked, library: Library) -> Reply | None:
    """The printed amount per head or month, of what was asked about before where the question alone has none."""
    for asked in (linked, joined(before, linked) if before is not None else None):
        if asked is None:
            continue
        need = TextNeed(Need.PASSAGE, asked.text, linked=asked)
        found = standards.standard(need, library) or standards.each(need, library)
        own = [t for t in library.wording.terms_of(linked) if not t.kind and (t.named or library.wording.known(t.word))]
        if found is not None and _says(found, own, library):
            return found
    return None


def joined(before: Linked, linked: Linked) -> Linked:
    """The names and plain words of the earlier question, then the later one; the cues of the earlier one left out."""
    carried = [m for m in before.mentions if m.via == _HISTORY]
    text, names = "", []
    for mention in carried:
        names.append(replace(mention, start=len(text), end=len(text) + len(mention.text), via="exact"))
        text += f"{mention.text}{_STOP}"
    kept = list(before.text)
    for mention in before.mentions:
        if mention.via == _HISTORY:
            continue
        if _names(mention):
            names.append(_moved(mention, len(text)))
        else:
            kept[mention.start : mention.end] = _STOP * (mention.end - mention.start)
    text += f"{''.join(kept)}{_STOP}"
    own = (_moved(m, len(text)) for m in linked.mentions if m.via != _HISTORY)
    return Linked(f"{text}{linked.text}", (*names, *own), (*before.leftover, *linked.leftover))


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by)


def _names(mention: Mention) -> bool:
    return bool(mention.sense.names or mention.sense.project)


def _says(found: Reply, own: list[Term], library: Library) -> bool:
    text = fold(" ".join(found.lines))
    return all(library.wording.held(term, text) >= _HELD for term in own)
