r"""What is certain of mathematics whose dollar signs a source has lost.

Repaired are signs that can be nothing else ("48times faster", "10^15", "11.0 pm 1.3"), and formulas
that still have their backslashes, where all of one is understood: "O(\sqrt{T})". A formula without
backslashes is left to a person, with a warning of `papershelf check`, for more may be missing than
shows. The five listings of the first import show how much: their source drops each command that
has an argument, and then every other backslash, so that `\widetilde{\mathcal{O}}(1/\epsilon^4)`,
`O(n\sqrt{m})` and `\frac{1}{2}` are "mathcal{O}(1/epsilon^4)", "O(nm)" and "1{2}". Each of the 13
"mathcal{" there had stood under a tilde or a root that is gone.
"""

from __future__ import annotations

import re

from builder.mathematics.tex import MathError, mathml

# Around a formula, in the place of dollar signs: a noncharacter, as in `escape`.
MARK = "\ufdd3"

_GREEK = (
    "alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|(?:var)?theta|iota|kappa|lambda|mu|nu|xi|pi"
    "|rho|sigma|tau|upsilon|(?:var)?phi|chi|psi|omega"
    "|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
)
_FUNCTION = r"\\(?:log|ln|exp|min|max)(?![A-Za-z])"
_OPERATOR = r"\\(?:times|cdot|leq?|geq?|neq?|in|pm|approx|sim|to)(?![A-Za-z])|[+*/=<>|-]"
_GROUP = r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"
_OPERAND = rf"\\(?:{_GREEK}|ell|infty|star)(?![A-Za-z])|[A-Za-z]|\d+(?:\.\d+)?"
_ATOM = (
    # A function's argument stands behind a space.
    rf"{_FUNCTION}(?: (?=\\|\d|[A-Za-z](?![A-Za-z])))?|{_OPERATOR}|{_OPERAND}"
    rf"|\\(?:sqrt|math(?:cal|bb|bf|rm|sf)|(?:wide)?(?:tilde|hat)|bar){_GROUP}"
    rf"|\\frac{_GROUP}{_GROUP}"
    # Of "n^2/3" nobody knows where the exponent ended.
    rf"|[\^_](?:{_GROUP}|[A-Za-z0-9](?![\w/]|\.\d)|\\(?:{_GREEK}|star|infty)(?![A-Za-z]))"
    r"|[,()\[\]]|\\[{}|]"
)
_FORMULA = re.compile(rf"(?<!\S)\(?(?:{_ATOM})+(?![^\s).,;:!?])")
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}")
_SUFFIX = re.compile(r"-(?:[A-Z]{2,}|[A-Za-z]{3,}(?:-[A-Za-z]+)*)$")
# A formula that begins or ends so is a part of one.
_CUT = re.compile(rf"^(?:{_OPERATOR}|[\^_,])|(?:{_OPERATOR}|{_FUNCTION}(?:\^.|\^{_GROUP})?)$")
# As is one with such a word before or behind it.
_NEIGHBOR = re.compile(r"[^\x00-\x7f–—’“”]|[\\=<>+*^_|~(]|^(?!a$|A$|I$)[A-Za-z0-9]$|^[-/]")

_CERTAIN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\d)times(?![a-z])"), "×"),
    (re.compile(r"(?<![^\s(])10\^(?:\{(-?\d+)\}|(\d+))(?![\w^{:])"), rf"{MARK}10^{{\1\2}}{MARK}"),
    (
        re.compile(r"(?<![^\s(])(\d+\.\d+) pm (\d+(?:\.\d+)?)(?![\w.$]*\w)"),
        rf"{MARK}\1 \\pm \2{MARK}",
    ),
    (re.compile(r"(?<![A-Za-z\\])\\?sim(?=\d+(?:\.\d+)?(?![\d.]*[A-Za-z-]))"), "~"),
)


def restored(text: str) -> str:
    """The text with what is certain made plain, or put between a MARK and another.

    text: without formulas between dollar signs, code and addresses.
    """
    for pattern, plain in _CERTAIN:
        text = pattern.sub(plain, text)
    return _FORMULA.sub(_set, text) if "\\" in text else text


def _set(match: re.Match[str]) -> str:
    whole = match[0]
    bare = _SUFFIX.sub("", whole)
    opening = "(" if bare.startswith("(") and not _balanced(bare) else ""
    tex = bare.removeprefix(opening).rstrip(",")
    if not _balanced(tex):
        tex = tex.rstrip(",)")
    rest = whole[len(opening) + len(tex) :]
    certain = (
        re.search(r"\\[A-Za-z]", tex)
        and _balanced(tex)
        and not _CUT.search(tex)
        and not _WORD.search(tex)
        and not _NEIGHBOR.search(_word_before(match))
        and not (_NEIGHBOR.search(_word_behind(match)) and not rest)
    )
    if not certain:
        return whole
    try:
        mathml(tex)
    except MathError:
        return whole
    return f"{opening}{MARK}{tex}{MARK}{rest}"


def _word_before(match: re.Match[str]) -> str:
    """The word before a match, or "" where a comma, full stop or suffix parts the two."""
    word = match.string[: match.start()].rstrip().rpartition(" ")[2]
    return "" if word.endswith((",", ".", ";", ":")) or _SUFFIX.search(word) else word


def _word_behind(match: re.Match[str]) -> str:
    """The word behind a match, or "" where a comma or full stop parts the two."""
    text = match.string[match.end() :].lstrip(")")
    return text[1:].partition(" ")[0] if text.startswith(" ") else ""


def _balanced(tex: str) -> bool:
    """Whether every bracket is closed by one of its kind."""
    expected: list[str] = []
    for char in re.sub(r"\\.", "", tex):
        if char in "([{":
            expected.append({"(": ")", "[": "]", "{": "}"}[char])
        elif char in ")]}" and (not expected or expected.pop() != char):
            return False
    return not expected
