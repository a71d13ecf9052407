r"""TeX mathematics between dollar signs to MathML.

math-core does the setting: it writes MathML Core, which browsers set without a script or a font of
ours, and it refuses what it does not understand. latex2mathml, the other candidate, takes
`\frac{a}` and `\unknown` as they come, sets `{\bf 1}` light, and `\log n` without the space behind
the function's name. Of 1,401 different formulas in 10,000 abstracts math-core refused 111, nearly
all for a command that only the paper's own preamble defined.
"""

from __future__ import annotations

import functools
import html
import re

from math_core import LatexError, LatexToMathML

# A dollar sign opens mathematics only before, and closes it only after, something that is no
# space, and "$5 and $10" stays money: no digit may follow the closing sign (Pandoc's rule for
# tex_math_dollars).
MATH = re.compile(
    r"(?<![\\$])(?:"
    r"\$\$(?P<display>(?:[^$\\]|\\.)+?)\$\$"
    r"|\$(?![\s$])(?P<inline>(?:[^$\\]|\\.)*?(?:[^$\\\s]|\\\S))\$(?!\d)"
    r")",
    re.DOTALL,
)
# Longer than any formula of an abstract. The converter recurses, and its stack ends somewhere
# between 3,000 and 10,000 levels; a level takes a sign at least.
MAX_LENGTH = 2000
# The converter tries what each unclosed bracket may belong to: twice the work for every one.
MAX_UNCLOSED = 8
# What packages define that papers use without a thought, in terms of what the converter knows.
_MACROS = {
    "mbox": r"\text{#1}",
    "ensuremath": r"#1",
    "xspace": "",
    "mathds": r"\mathbb{#1}",
    "mathbbm": r"\mathbb{#1}",
    "Bar": r"\bar{#1}",
    "Hat": r"\hat{#1}",
    "Tilde": r"\tilde{#1}",
    "Vec": r"\vec{#1}",
    "nicefrac": r"{#1}/{#2}",
    "sfrac": r"{#1}/{#2}",
}
# What one formula defines no other may use, and it could expand without end.
_DEFINITION = re.compile(
    r"\\(?:[egx]?def|let|(?:re|provide)?(?:new)?command|DeclareMathOperator)(?![A-Za-z])"
)
_OPEN = r"[(\[]|\\\{|\\(?:langle|lfloor|lceil|lbrace|lbrack|lvert|lVert)(?![A-Za-z])"
_CLOSE = r"[)\]]|\\\}|\\(?:rangle|rfloor|rceil|rbrace|rbrack|rvert|rVert)(?![A-Za-z])"
_BRACKET = re.compile(rf"(?P<open>{_OPEN})|(?P<close>{_CLOSE})|\\.", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot);)\w+;")
_POSITION = re.compile(r"\d+: ")
_EMPTY = re.compile(r"<math[^>]*>(?:<m(?:row|style)[^>]*>|</m(?:row|style)>)*</math>")


class MathError(ValueError):
    """A formula that does not parse; the message says why, to the person who wrote it."""


@functools.cache
def _converter() -> LatexToMathML:
    # \widetilde and \widehat count as unreliable: not every browser lets them grow with what they
    # stand above, which is no reason to refuse them.
    return LatexToMathML(fancy_error=False, allow_unreliable_rendering=True, macros=_MACROS)


@functools.lru_cache(maxsize=4096)
def mathml(tex: str, *, display: bool = False) -> str:
    """TeX mathematics (without dollar signs) as a MathML element, its source as alternative text.

    The element is well-formed XML; its named entities are XML's own.
    Raises MathError when the formula does not parse.
    """
    if len(tex) > MAX_LENGTH:
        raise MathError(f"it has {len(tex):,} signs, more than {MAX_LENGTH:,}")
    defined = _DEFINITION.search(tex)
    if defined:
        raise MathError(f"{defined[0]} defines a command, which a formula cannot")
    unclosed = _unclosed(tex)
    if unclosed > MAX_UNCLOSED:
        raise MathError(f"{unclosed} brackets are never closed")
    try:
        made = _converter().convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        reason = _POSITION.sub("", str(error), count=1).rstrip(".")
        raise MathError(reason[:1].lower() + reason[1:]) from None
    if _EMPTY.fullmatch(made):
        raise MathError("it is empty")
    made = _ENTITY.sub(lambda match: html.unescape(match[0]), made)
    source = html.escape(" ".join(tex.split()))
    # A formula on a line of its own scrolls where it is too wide, so the keyboard must reach it.
    focus = ' tabindex="0"' if display else ""
    return made.replace("<math", f'<math{focus} alttext="{source}"', 1)


def _unclosed(tex: str) -> int:
    """How many brackets are opened and not closed, whichever closes them: [0,1) is closed."""
    count = 0
    for match in _BRACKET.finditer(tex):
        if match["open"]:
            count += 1
        elif match["close"]:
            count = max(count - 1, 0)
    return count
