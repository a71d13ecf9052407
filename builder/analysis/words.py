"""All words that a library has, each with a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from builder.analysis.text import fold, shown


class Numbers(dict[str, int]):
    """Numbers what it has not met yet."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


class Words:
    """Words as they are written (tokens), and the folded words (terms) by which they are compared,
    by numbers. Which number a word has depends on when it was met; nothing else may depend on it.

    folded: token -> its term. form: token -> the first token that is shown alike.
    """

    def __init__(
        self,
        tokens: Sequence[str] = (),
        terms: Sequence[str] = (),
        folded: np.ndarray | None = None,
        form: np.ndarray | None = None,
    ) -> None:
        """Words that are known, with all that is known of them; or without, tokens to look at."""
        self._token_number = Numbers()
        self._term_number = Numbers()
        self.tokens: list[str] = []
        self.terms: list[str] = []
        self.folded = self.form = np.zeros(0, dtype=np.int32)
        if folded is None or form is None:
            self.numbers(tokens)
            self.update()
        else:
            self._token_number.update(zip(tokens, range(len(tokens)), strict=True))
            self._term_number.update(zip(terms, range(len(terms)), strict=True))
            self.tokens, self.terms = list(tokens), list(terms)
            self.folded, self.form = folded, form

    def numbers(self, tokens: Iterable[str]) -> list[int]:
        """The numbers of tokens; unknown ones get new ones, and `update` looks at these."""
        return list(map(self._token_number.__getitem__, tokens))

    def update(self) -> None:
        """Look closely at the tokens that have come."""
        if len(self.tokens) == len(self._token_number):
            return
        new = list(self._token_number)[len(self.tokens) :]
        folded = list(map(self._term_number.__getitem__, map(fold, new)))
        met = np.isin(self.folded, folded) & (self.form == np.arange(len(self.form)))
        forms = {
            (int(self.folded[number]), shown(self.tokens[number])): number
            for number in np.flatnonzero(met).tolist()
        }
        form = [
            forms.setdefault((term, shown(token)), number)
            for number, (token, term) in enumerate(zip(new, folded, strict=True), len(self.tokens))
        ]
        self.tokens += new
        self.folded = np.concatenate((self.folded, np.array(folded, dtype=np.int32)))
        self.form = np.concatenate((self.form, np.array(form, dtype=np.int32)))
        self.terms += list(self._term_number)[len(self.terms) :]

    def term(self, word: str) -> int | None:
        """The number of a folded word, None where no text has it."""
        return self._term_number.get(word)

    def flags(self, words: Iterable[str]) -> np.ndarray:
        """Which terms are among some folded words: a flag a term."""
        found = np.zeros(len(self.terms), dtype=bool)
        numbers = [self._term_number[word] for word in words if word in self._term_number]
        found[numbers] = True
        return found

    def shown(self, token: int) -> str:
        """A token as a reader should see it."""
        return shown(self.tokens[token])


def written(words: Words, known: np.ndarray, new: np.ndarray) -> np.ndarray:
    """For each term a token in the form in which it is written most often, -1 where it is not.

    known, new: how often each token stands in the papers of reference, and in the others, which
    count only for terms that the former do not have. Of equally frequent forms the first by
    alphabet is taken.
    """
    known = np.bincount(words.form, weights=known, minlength=len(words.form))
    new = np.bincount(words.form, weights=new, minlength=len(words.form))
    forms = np.flatnonzero((known > 0) | (new > 0))
    term = words.folded[forms]
    old = np.zeros(len(words.terms), dtype=bool)
    old[term[known[forms] > 0]] = True
    use = np.where(old[term], known[forms], new[forms])
    most = np.zeros(len(words.terms))
    np.maximum.at(most, term, use)
    best = use == most[term]
    forms, term = forms[best], term[best]
    found = np.full(len(words.terms), -1, dtype=np.int64)
    found[term] = forms
    tied = np.bincount(term, minlength=len(found))[term] > 1
    among: dict[int, list[int]] = {}
    for number, form in zip(term[tied].tolist(), forms[tied].tolist(), strict=True):
        among.setdefault(number, []).append(form)
    for number, equals in among.items():
        found[number] = min(equals, key=words.shown)
    return found
