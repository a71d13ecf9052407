"""Text for LaTeX: signs escaped, accents as commands, mathematics kept, names' capitals protected.

pylatexenc knows the command of each sign. What is decided here is what BibTeX asks for beyond it:
accents in braces of their own (`{\\"o}` is one letter to BibTeX, `\\"o` is not), no lone brace
(BibTeX counts them, escaped or not), and braces around what a style must not write in lower case.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from urllib.parse import quote

from pylatexenc.latexencode import (
    RULE_DICT,
    UnicodeToLatexConversionRule,
    UnicodeToLatexEncoder,
)

from builder.markup import MATH

# Signs whose command is a letter's neighbour, or plain typing, and needs no braces around it.
_TYPED = {
    "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$",
    "{": r"{\textbraceleft}", "}": r"{\textbraceright}",
    "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": r"{\ldots}",
    "\N{NO-BREAK SPACE}": "~", "\N{NARROW NO-BREAK SPACE}": "~", "\N{SOFT HYPHEN}": r"\-",
}  # fmt: skip
_ENCODER = UnicodeToLatexEncoder(
    conversion_rules=[
        UnicodeToLatexConversionRule(
            RULE_DICT,
            {ord(sign): command for sign, command in _TYPED.items()},
            replacement_latex_protection="none",
        ),
        "defaults",
    ],
    replacement_latex_protection="braces-all",
    # Scripts that have no commands (Chinese, ...) stay as they are, for engines that read UTF-8.
    unknown_char_policy="keep",
    unknown_char_warning=False,
)
_PLAIN = re.compile(r"[A-Za-z0-9 .,:;!?()\[\]'/*+=@|`-]*")
_OPENING_QUOTE = re.compile(r'(?<![^\s(\[{“‘-])"(?=\S)')
# The name of a version: "Qwen2.5", "Llama3".
_VERSIONED = re.compile(r"[A-Z].*[a-z].*\d.*")
# A word with the hyphens, apostrophes and signs within: "DART-Math", "Qwen2.5-Math", "DSI++".
_WORD = re.compile(r"[^\W_](?:[\w'’+*.-]*[\w+*])?")
# Words that keep their capital wherever they stand: names of people, peoples, languages and
# systems that are frequent in titles of papers. Drawn up from the words that 10,000 abstracts of
# machine-learning papers write with a capital letter inside sentences 25 times as often as
# without, less those that are also common words ("Bloom", "Polish").
_PROPER_NAMES = """
    African Alzheimer American Arabic Arnold Asian Atari Banach Bayes Bayesian Bellman Bengali
    Bernoulli Bernstein Boltzmann Bradley Bregman Brownian Burer Byzantine Carlo Cauchy Chebyshev
    Chinese Czech Dantzig Dirichlet Dutch Einstein English Erdős Euclid Euclidean Euler European
    Feynman Finnish Fisher Fourier French Frobenius Gauss Gaussian Gaussians German Gibbs Granger
    Grassmann Greek Hadamard Halpern Hamiltonian Hamming Hausdorff Hawkes Hebbian Hebrew Hessian
    Hilbert Hindi Hoeffding Hopfield Hutchinson Hölder Indian Ising Italian Jacobi Jacobian
    Japanese Java Jensen Kac Kalman Kendall Kolmogorov Korean Koopman Kronecker Krylov Kullback
    Lagrange Lagrangian Lambertian Langevin Laplace Laplacian Latin Legendre Leibler Levenberg
    Lipschitz Llama Luce Lyapunov Mahalanobis Mamba Markov Markovian Marquardt Mercer Mises Monte
    Moore Moreau Nash Nesterov Newton Neyman Nystrom Nyström Occam Pareto Pearson Penrose Perron
    Persian Plackett Poincaré Poisson Portuguese Potts Python Qwen Rademacher Rashomon Renyi Riemann
    Riemannian Runge Russian Rényi Schatten Schrödinger Shannon Shapley Sinkhorn Slepian Sobolev
    Spanish Stackelberg Stein Stiefel Swahili Swiss Tamil Tchebycheff Telugu Thompson Tucker Turing
    Turkish Urdu Vapnik Vietnamese Walsh Wasserstein Weisfeiler Wiener Wikipedia Zipf
"""
_PROPER = frozenset(_PROPER_NAMES.split())


@functools.lru_cache(maxsize=65536)
def escape(text: str) -> str:
    """A line of text as LaTeX; mathematics between dollar signs stays as it is."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(part if is_math else _escape(part) for part, is_math in _divide(text))


@functools.lru_cache(maxsize=65536)
def title(text: str) -> str:
    """A title as LaTeX, with braces around words whose capitals a style must keep.

    Protected are single letters, words with a capital letter behind their first one or with a
    digit (LoRA, LLMs, S4), well-known proper names, and the whole of a name with such a word that
    the title starts with ("DART-Math: ..."). Other words are left to the style.
    """
    return "".join(
        part if is_math else _protect(part, is_start=index == 0)
        for index, (part, is_math) in enumerate(_divide(text))
    )


def pages(text: str) -> str:
    """A range of pages: "1--20"."""
    return re.sub(r"\s*[-–]+\s*", "--", text)


def identifier(text: str) -> str:
    """A DOI or a web address, which styles hand to \\url or \\href: as it is, but for signs that
    would end the field."""
    return re.sub(r"[{}\\]", lambda match: quote(match[0]), text)


def _divide(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is mathematics."""
    # A dotless i below an accent is an i to LaTeX.
    text = unicodedata.normalize("NFC", re.sub("ı(?=[\u0300-\u036f])", "i", text))
    pieces: list[tuple[str, bool]] = []
    at = 0
    for match in MATH.finditer(text):
        tex = match["display"] or match["inline"]
        # Lone braces within a formula would swallow the rest of the file.
        if not _is_balanced(tex):
            continue
        pieces += [(text[at : match.start()], False), (f"${tex}$", True)]
        at = match.end()
    pieces.append((text[at:], False))
    return [
        (piece if is_math else piece.replace(r"\$", "$"), is_math)
        for piece, is_math in pieces
        if piece
    ]


def _is_balanced(tex: str) -> bool:
    depth = 0
    for sign in tex:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _escape(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    text = _OPENING_QUOTE.sub("“", text).replace('"', "”")
    return _ENCODER.unicode_to_latex(text)


def _protect(text: str, *, is_start: bool) -> str:
    if '"' in text:
        text = _OPENING_QUOTE.sub("“", text).replace('"', "”")
    write = _as_it_is if _PLAIN.fullmatch(text) else _escape
    parts: list[str] = []
    at = 0
    for match in _WORD.finditer(text):
        word = match[0]
        is_name = is_start and match.start() == 0 and text[match.end() :].startswith(":")
        parts += [write(text[at : match.start()]), _protect_word(word, is_name=is_name)]
        at = match.end()
    return "".join([*parts, write(text[at:])])


def _as_it_is(text: str) -> str:
    return text


@functools.lru_cache(maxsize=16384)
def _protect_word(word: str, *, is_name: bool) -> str:
    parts = word.split("-")
    kept = [_keeps_capitals(part, is_part=len(parts) > 1) for part in parts]
    if all(kept) or (any(kept) and (is_name or any(map(_VERSIONED.fullmatch, parts)))):
        return f"{{{_escape(word)}}}"
    return "-".join(
        f"{{{_escape(part)}}}" if keep else _escape(part)
        for part, keep in zip(parts, kept, strict=True)
    )


def _keeps_capitals(word: str, *, is_part: bool) -> bool:
    """Whether a word, or part of a hyphenated one, is spelt with its capitals."""
    if word == word.lower():
        return False
    if len(word) == 1:
        return is_part or word != "A"
    return word != word.capitalize() or any(c.isdigit() for c in word) or word in _PROPER
