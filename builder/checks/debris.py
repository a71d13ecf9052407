r"""Typesetting debris: what is left in a text of TeX that a source has lost.

Sources lose backslashes and often more: from `$\widetilde{\mathcal{O}}(1/\epsilon^4)$` one of them
makes "mathcal{O}(1/epsilon^4)". Such signs are found by what no prose has (braces, carets, names
of commands that are no words), not by words that prose has too, such as times, log or alpha.
Of 10,000 abstracts from proceedings 323 are reported, by inspection each for a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.checks.texts import Text, texts
from builder.library import Library
from builder.problems import Problem

# The fields in which imports leave debris.
FIELDS = ("title", "abstract")
# So many findings of a line are told, and so many signs of each.
SHOWN = 4
LENGTH = 40

_GREEK = (
    "alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|(?:var)?theta|iota|kappa|lambda|mu|nu|xi|pi"
    "|rho|sigma|tau|upsilon|(?:var)?phi|chi|psi|omega"
    "|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
)
_LETTER = rf"(?:[A-Za-z]|{_GREEK})"
# Each with the strings of which a line must hold one to hold the pattern: a line of prose is
# searched for few of them.
_PATTERNS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (tuple(traces.split("|")), re.compile(pattern))
    for traces, pattern in (
        # What no prose has: commands, groups, exponents, quotation marks of TeX.
        (r"\|{|}|^|``", r"[\\{}^]|``"),
        # Commands that are no words and part of none.
        ("math", "math(?:cal|bb|bbm|bf|ds|frak|it|rm|scr|sf|tt)"),
        ("textbf|textit|textrm|textsc|textsf|texttt|textnormal",
         "text(?:bf|it|rm|sc|sf|tt|normal)"),
        ("boldsymbol|operatorname|displaystyle|scriptsize|footnotesize|wide|var|infty",
         "boldsymbol|operatorname|displaystyle|scriptsize|footnotesize|wide(?:tilde|hat)"
         "|var(?:epsilon|phi|theta)|infty"),
        ("arrow|mapsto|seteq|emptyset|setminus",
         "(?:[lL]eft|[rR]ight|[lL]eftright|[lL]ong|up|down)arrow|mapsto|(?:sub|sup)seteq"
         "|emptyset|setminus"),
        ("langle|rangle|lceil|rceil|lfloor|rfloor|lVert|rVert",
         "(?<![a-z])[lr](?:angle|ceil|floor|Vert)(?![a-z])"),
        # Relations that are no words, also where they have grown into their operands: 1leq p.
        ("leq|geq|neq",
         rf"(?<![A-Za-z])(?:{_LETTER}|\d+(?:\.\d+)?)?(?:leq|geq|neq)(?:slant)?(?![a-z]{{2}})"),
        # Nearly every line holds these traces, so what comes before them is looked at behind them.
        ("ge|le", r"[gl]e(?:(?<=(?<![A-Za-z])[b-zB-Z][gl]e)\d|(?<=[( ][gl]e) \d)"),
        # Indices: W_V, x_0, ell_p; not snake_case.
        ("_", rf"(?<!\w)[A-Za-z]_(?:\w{{1,2}}|{_GREEK})(?!\w)|(?<!\w)(?:ell|{_GREEK})_\w"),
        # Operators: 48times, n times d, m gg 1, g circ p, 11.0 pm 1.3, sim0.6, approx 10, tilde O.
        ("times", r"(?<=\d)times(?![a-z])"),
        (" times | circ | cdot | gg | ll | oplus | otimes ",
         rf"(?<![\w-]){_LETTER} (?:times|circ|cdot|gg|ll|oplus|otimes) (?!a\b)"
         rf"(?:{_LETTER}(?![\w-])|\d)"),
        ("pm", r"\d\.\d+ pm \d|\d pm \d+\.\d"),
        ("sim", r"(?<![A-Za-z])sim\d[\d.,]*(?![\d.,A-Za-z-])"),
        ("approx", r"(?<![\w-])approx \d"),
        ("tilde", rf"(?<![\w-])tilde (?:[A-Z]|{_GREEK})(?!\w)"),
        ("big|Big|sqrt", r"[bB]igg?[lr]?[(\[|]|sqrt[\[({]"),
        # Greek letters in relations and arguments; alone they may be words.
        ("=|<|>", rf"(?<![\w-])(?:{_GREEK}) ?[=<>]|[=<>] ?(?:{_GREEK})(?![\w-])"),
        ("(", rf"[A-Z]\((?:{_GREEK})\)"),
        ("epsilon-", r"(?<![\w-])epsilon-(?!greedy)[a-z]"),
        # A dollar sign that neither opens a formula nor stands for money.
        ("$", r"(?<![A-Z])\$(?![\d.])"),
        # A tie; a dash in two or three hyphens, which is no option of a command line.
        ("~", r"(?<=[a-z.])~(?=[A-Z\d(\[])"),
        ("--", r"(?<=\w)--+(?=\w)|(?<!\S)--+(?!\S)"),
        # The key of a citation (chen2022active), an item of a list in the middle of a line.
        ("19|20", r"(?<!\w)[a-z]+(?:19|20)\d\d[a-z]{3,}(?!\w)"),
        ("bullet|*|•", r"(?<=[.:;?!)] )(?:bullet|[*•]) [A-Z]"),
    )
)  # fmt: skip


def check(library: Library) -> Iterator[Problem]:
    """A warning for each line of a title or abstract with typesetting debris."""
    for text in texts(library):
        if text.field in FIELDS and not text.of_collection:
            yield from _in_text(text)


def _in_text(text: Text) -> Iterator[Problem]:
    at = 0
    for line in text.words().split("\n"):
        found = find(line)
        if found:
            shown = ", ".join(f'"{item}"' for item in found[:SHOWN])
            more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            yield text.problem(
                at,
                f"typesetting debris: {shown}{more}",
                "write the formula between dollar signs, as $n^2$, or in plain words",
                "warning",
            )
        at += len(line) + 1


def find(line: str) -> list[str]:
    """The words of a line that hold debris, in their order, each once.

    line: prose, without formulas, code and addresses.
    """
    spans: list[tuple[int, int]] = []
    for traces, pattern in _PATTERNS:
        # Most lines have none: `any` would take longer than the search for it.
        for trace in traces:
            if trace in line:
                spans += [_word(line, *match.span()) for match in pattern.finditer(line)]
                break
    spans.sort()
    found: list[str] = []
    reached = 0
    for start, end in spans:
        if start >= reached:
            found.append(_trimmed(line[start:end]))
        reached = max(reached, end)
    return list(dict.fromkeys(found))


def _word(line: str, start: int, end: int) -> tuple[int, int]:
    """The words around a match, up to the brace that closes what they open: {log n}."""
    start = line.rfind(" ", 0, start + 1) + 1
    while True:
        space = line.find(" ", max(end - 1, 0))
        end = len(line) if space < 0 else max(space, end)
        word = line[start:end]
        closing = line.find("}", end, start + LENGTH)
        if word.count("{") <= word.count("}") or closing < 0:
            return start, end
        end = closing + 1


def _trimmed(word: str) -> str:
    """A word without the punctuation of the sentence around it, cut where it is long."""
    bare = word.strip(".,;:!?\"' ") or word
    if bare.startswith("(") and ")" not in bare:
        bare = bare[1:]
    return bare if len(bare) <= LENGTH else f"{bare[: LENGTH - 1]}…"
