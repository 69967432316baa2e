"""How near a stretch of a question is to the index's names: shared characters, and pronunciation for typos."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import cached_property, lru_cache
from typing import NamedTuple

import rjieba

from assistant.catalog import Catalog
from assistant.lexicon import Lexicon, is_generic
from assistant.semantics import grammar_words
from index.evidence import Classification, Dimension

_COVERED = 0.74
_FEW = 3
_FEW_LINES = 2
_SHARED_WORD = 6  # a word in more names than this singles none of them out
_LONGEST_SOUND = 12
_RECALLED = 0.5
_HALF_RECALLED, _RUN = 0.35, 4  # less of a long name will do where a run of it is said


class Match(NamedTuple):
    """`names`: the names that are equally near; `covered`: how many characters of the span they explain."""

    names: tuple[str, ...]
    project: str
    score: float
    covered: int
    via: str
    form: str = ""
    offset: int = 0  # where in the span the match begins

    def says_more(self, text: str) -> bool:
        """Does the matched name hold this text and a good deal besides?"""
        return text in self.form and len(self.form) >= len(text) + 3


def _grams(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


class Similarity:
    """Built once an index; queries are read-only and deterministic."""

    def __init__(self, catalog: Catalog, lexicon: Lexicon) -> None:
        self._surfaces = lexicon.surfaces
        self._targets: list[tuple[str, str, str]] = []  # folded form, name, project
        for name, forms in lexicon.folded.items():
            self._targets += [(form, name, "") for form in forms]
        short = {Classification.SPENDING_LINE, Classification.INDICATOR, Classification.FUNDING}
        self._inside: dict[str, list[str]] = defaultdict(list)
        for entry in catalog.names:
            for project_name in sorted(entry.projects):
                if not entry.classifications <= {Classification.PROJECT}:
                    self._inside[project_name].append(entry.name)
        self._lines = frozenset(
            e.name for e in catalog.names
            if Classification.SPENDING_LINE in e.classifications and Dimension.MONEY in e.dimensions
        )  # fmt: skip
        self._accounts = frozenset(e.name for e in catalog.names if not e.classifications <= short)
        for project in catalog.projects:
            for alias in (project.name, *project.aliases):
                self._targets.append((alias, "", project.name))
        self._by_gram: dict[str, list[int]] = defaultdict(list)
        counts: Counter[str] = Counter()
        for index, (form, _, _) in enumerate(self._targets):
            for gram in set(_grams(form)) | set(form):
                self._by_gram[gram].append(index)
                counts[gram] += 1
        total = max(len(self._targets), 1)
        self._idf = {gram: math.log(1 + total / count) for gram, count in counts.items()}
        self._unseen = math.log(1 + total)

    def best(self, span: str) -> Match | None:
        """The nearest names by shared characters, or None if nothing is near enough to be meant."""
        match = self._by_characters(span)
        return self._weighty(span, match) if match is not None and len(span) == 2 else match

    def _weighty(self, word: str, match: Match) -> Match | None:
        """Two characters name a project, or an account; lines and indicators only where hardly another name has them."""
        if match.project:
            return match
        holding = {name for form, name, _ in self._targets if word in form}
        if len(holding) <= _FEW_LINES:
            return match
        names = tuple(n for n in match.names if n in self._accounts)
        return match._replace(names=names) if names and len(holding) <= _SHARED_WORD else None

    def recall(self, text: str) -> Match | None:
        """The name that the whole question says most of, however scattered (老百姓投诉办完的满意度 → 投诉群众满意度)."""
        said = set(_grams(text)) | set(text)
        scored: list[tuple[float, int]] = []
        for index, (form, _, _) in enumerate(self._targets):
            if len(form) < 4:
                continue
            own = set(_grams(form)) | set(form)
            share = sum(self._weight(g) for g in own & said) / sum(self._weight(g) for g in own)
            if share >= _RECALLED or (share >= _HALF_RECALLED and _common_run(text, form) >= _RUN):
                scored.append((share, index))
        if not scored:
            return None
        scored.sort(key=lambda item: (-item[0], item[1]))
        near = [i for s, i in scored if s >= scored[0][0] - 0.02]
        rivals = [
            s
            for s, i in scored
            if s < scored[0][0] - 0.02 and self._targets[i][1] not in {self._targets[n][1] for n in near}
        ]
        if rivals and rivals[0] > scored[0][0] - 0.06:
            return None
        names = tuple(dict.fromkeys(self._targets[i][1] for i in near if self._targets[i][1]))
        project = next((self._targets[i][2] for i in near if self._targets[i][2]), "")
        return Match(names, project, scored[0][0], len(self._targets[near[0]][0]), "recall", self._targets[near[0]][0])

    def part(self, word: str, project: str = "") -> Match | None:
        """Names that a whole word is a fair part of; a short word only names projects and accounts.

        Where a project is asked about, any word of a name inside it will do.
        """
        if word in grammar_words("spans"):
            return None
        inner = [n for n in self._inside.get(project, ()) if word in n] if project else []
        if 0 < len(set(inner)) <= _FEW:
            return Match(tuple(inner), "", 0.7, len(word), "contain", inner[0])
        match = None if is_generic(word) else self._by_characters(word)
        if match is None or match.via != "contain":
            return None
        return self._weighty(word, match) if len(word) == 2 else match

    def line(self, word: str, project: str) -> Match | None:
        """The one amount that a project lists for spending which a whole word is part of."""
        named = {n for n in self._inside.get(project, ()) if n in self._lines and word in n}
        names = tuple(sorted(named))
        return Match(names, "", 0.7, len(word), "inside", names[0]) if len(names) == 1 else None

    def _weight(self, gram: str) -> float:
        return self._idf.get(gram, self._unseen) * (1.0 if len(gram) == 2 else 0.4)

    def _by_characters(self, span: str) -> Match | None:
        if span in grammar_words("spans"):
            return None
        wanted = set(_grams(span)) | set(span)
        whole = sum(self._weight(g) for g in wanted)
        shared: Counter[int] = Counter()
        for gram in sorted(wanted):
            weight = self._weight(gram)
            for index in self._by_gram.get(gram, ()):
                shared[index] += weight  # type: ignore[assignment]
        scored: list[tuple[float, int]] = []
        for index, weight in shared.items():
            form = self._targets[index][0]
            if (len(form) > 24 and span not in form) or len(form) > len(span) * (3 if len(span) == 2 else 5):
                continue
            cover = weight / whole
            if cover < _COVERED and _threads(span, form):
                cover = _COVERED
            if cover < _COVERED:
                continue
            back = weight / sum(self._weight(g) for g in set(_grams(form)) | set(form))
            scored.append((cover + 0.3 * back, index))
        if not scored:
            return None
        scored.sort(key=lambda item: (-item[0], item[1]))
        top = scored[0][0]
        near = [
            index
            for score, index in scored
            if score >= top - 0.12 or (span in self._targets[index][0] and score >= top - 0.3)
        ]
        names = tuple(dict.fromkeys(self._targets[i][1] for i in near if self._targets[i][1]))
        project = next((self._targets[i][2] for i in near if self._targets[i][2]), "")
        return Match(
            names, project, min(top / 1.3, 0.99), len(span), "contain" if span in self._targets[near[0]][0] else "fuzzy"
        )

    @cached_property
    def _sounds(self) -> dict[tuple[str, ...], list[int]]:
        """Names by pronunciation."""
        sounds: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for index, (form, _, _) in enumerate(self._targets):
            if 2 <= len(form) <= _LONGEST_SOUND:
                sounds[pronounce(form)].append(index)
        return sounds

    @cached_property
    def _words(self) -> dict[tuple[str, ...], str]:
        """Words for accounts, projects, kinds of figures and 口径, by pronunciation; of two characters only the last two."""
        known = (
            word
            for word, s in self._surfaces.items()
            if 2 <= len(word) <= _LONGEST_SOUND
            and (s.noun or s.scope or (len(word) > 2 and not s.cues and (s.names or s.project)))
        )
        return {pronounce(word): word for word in sorted(known)}

    def word_of_sound(self, window: str) -> str | None:
        """The known word that a stretch mistypes by its sound (项木支出 → 项目支出), half of its characters right."""
        if window in self._surfaces or rjieba.has_word(window):
            return None
        word = self._words.get(pronounce(window))
        same = sum(a == b for a, b in zip(window, word or "", strict=False))
        return word if word is not None and same * 2 >= len(word) else None

    def slip(self, span: str) -> Match | None:
        """A name in the span that sounds alike, or differs from it in one character of three or more."""
        best: tuple[float, int, int, int] | None = None
        inside = _inside_words(span)
        for length in range(min(len(span), _LONGEST_SOUND), 1, -1):
            for start in range(len(span) - length + 1):
                window = span[start : start + length]
                if inside & {start, start + length}:
                    continue  # cut out of a longer word (办公大楼)
                if len(rjieba.cut(window, False)) == 1:
                    continue  # a word of its own is not a slip of another
                for score, index in self._alike(window):
                    candidate = (score * length, -index, length, start)
                    if best is None or candidate > best:
                        best = candidate
        if best is None:
            return None
        weight, negative, length, offset = best
        chosen = self._targets[-negative]
        same = [t for t in self._targets if t[0] == chosen[0]]
        names = tuple(dict.fromkeys(t[1] for t in same if t[1]))
        project = next((t[2] for t in same if t[2]), "")
        return Match(names, project, min(weight / length, 0.95), length, "sound", chosen[0], offset)

    def _alike(self, window: str) -> list[tuple[float, int]]:
        found = [(1.0, index) for index in self._sounds.get(pronounce(window), ())]
        if len(window) >= 3:
            near: Counter[int] = Counter()
            for char in set(window):
                near.update(self._by_gram.get(char, ()))
            for index, shared in near.items():
                form = self._targets[index][0]
                if shared >= len(window) - 1 and len(form) == len(window) and ("的" in form or "的" not in window):
                    same = sum(a == b for a, b in zip(window, form, strict=True))
                    if same == len(window) - 1:
                        found.append((same / len(window), index))
        return found


def _inside_words(span: str) -> set[int]:
    """The places inside the dictionary words of a stretch."""
    places, start = set(), 0
    for token in rjieba.cut(span):
        if rjieba.has_word(token):
            places |= set(range(start + 1, start + len(token)))
        start += len(token)
    return places


def _common_run(text: str, form: str) -> int:
    """Length of the longest stretch of a name that a text says."""
    longest = 0
    for start in range(len(form)):
        while form[start : start + longest + 1] in text and start + longest < len(form):
            longest += 1
    return longest


def pieces(text: str) -> list[str]:
    """Characters and bigrams of a text."""
    return [*text, *_grams(text)]


def _threads(span: str, form: str) -> bool:
    """Is a clipped name: its characters in order, from the first on, and a fair part of them (征订报刊)."""
    if len(span) < 3 or span[0] != form[0] or len(span) * 3 < len(form):
        return False
    rest = iter(form)
    return all(char in rest for char in span)


@lru_cache(maxsize=65_536)
def pronounce(text: str) -> tuple[str, ...]:
    """Toneless pinyin, one syllable a character; near sounds (zh/z, in/ing, n/l) are folded together."""
    from pypinyin import Style, pinyin

    syllables = (item[0] for item in pinyin(list(text), style=Style.NORMAL, errors="default"))
    return tuple(_blur(s) for s in syllables)


def _blur(syllable: str) -> str:
    for sharp, blunt in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an")):
        syllable = syllable.replace(sharp, blunt)
    return syllable
