"""TeX mathematics as one line of plain text, for windows' titles, feeds, descriptions and search.

Written from the MathML, so that whatever can be set can also be said in plain text.
"""

from __future__ import annotations

import functools
import unicodedata
import xml.etree.ElementTree as etree
from collections.abc import Iterable

from builder.mathematics.tex import mathml

# The invisible operator between a function and its argument, and what leaves no trace at all
# (among it the selectors of a letter's shape).
_APPLY = "\u2061"
_INVISIBLE = dict.fromkeys(map(ord, "\u2062\u2063\u2064\u200b\ufe00\ufe01"))
_RAISED = str.maketrans("0123456789+−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ACCENTS = {
    "~": "\u0303", "˜": "\u0303", "^": "\u0302", "ˆ": "\u0302", "¯": "\u0304", "‾": "\u0304",
    "˙": "\u0307", "¨": "\u0308", "⃗": "\u20d7",
}  # fmt: skip
# Signs with a space on both sides, unless they are a sign of what follows: a = -1.
_SPACED = frozenset("=<>≤≥≠≈≃≅∼≡∝∈∉∋⊂⊆⊃⊇→←↔↦⇒⇔≪≫≺≻+−±∓×÷∘∪∩∧∨⊕⊗")
_SIGNS = frozenset("+−±∓")
_OPENING = frozenset("([{,;/|^")
# Script, Fraktur and Greek variants that stand outside the block of mathematical alphabets.
_FANCY = frozenset("ℬℰℱℋℐℒℳℛℭℌℑℜℨℊℯℴϵϑϕϱ")


@functools.lru_cache(maxsize=4096)
def plain(tex: str) -> str:
    """TeX mathematics (without dollar signs) as plain text: O(n log n), 1/2, √(d/n), ℓ_p, 2⁻³.

    Letters of mathematical alphabets become common ones, which every font has and every search
    finds; ℝ, ℕ and ℓ stay.
    Raises MathError when the formula does not parse.
    """
    return " ".join(_text(etree.fromstring(mathml(tex))).replace(_APPLY, "").split())


def _text(element: etree.Element) -> str:
    """The text of a MathML element; spaces at its ends belong to its neighbors."""
    parts = list(element)
    match element.tag:
        case "mi" | "mn" | "mo" | "mtext":
            return "".join(map(_letter, "".join(element.itertext()).translate(_INVISIBLE)))
        case "mfrac":
            return f"{_over(parts[0])}/{_under(parts[1])}"
        case "msqrt":
            inner = _row(parts).strip()
            return f"√{inner}" if len(inner) == 1 else f"√({inner})"
        case "mroot":
            degree = _text(parts[1]).strip().translate(_RAISED)
            return f"{degree}√({_text(parts[0]).strip()})"
        case "msup":
            return _text(parts[0]).rstrip() + _raised(parts[1])
        case "msub" | "munder":
            return _text(parts[0]).rstrip() + _lowered(parts[1])
        case "msubsup" | "munderover":
            return _text(parts[0]).rstrip() + _lowered(parts[1]) + _raised(parts[2])
        case "mover":
            return _accented(_text(parts[0]).strip(), _text(parts[1]).strip())
        case "mtable":
            return "; ".join(" ".join(_text(cell).strip() for cell in row) for row in parts)
        case "mspace":
            return " " if element.get("width") else ""
        case "mphantom":
            return ""
        case _:
            return _row(parts)


def _row(elements: Iterable[etree.Element]) -> str:
    """Elements side by side, spaced as in print: relations, commas, names of functions."""
    made = ""
    for element in elements:
        text = _text(element)
        before = made.rstrip()
        last = before[-1:]
        if element.tag == "mo" and text in _SPACED:
            made = f"{before} {text} "
            if text in _SIGNS and (not last or last in _OPENING or last in _SPACED):
                # A sign of what follows.
                made = before + (" " if last in _SPACED and last else "") + text
        elif element.tag == "mo" and text in (",", ";", ":"):
            # In 1{,}000 the comma is a part of the number.
            made = before + text + ("" if element.get("rspace") == "0" else " ")
        elif text[:1] in ("(", "[") and (last.isalnum() or last == _APPLY):
            made = before.removesuffix(_APPLY) + text
        elif last == _APPLY or (len(text) > 1 and text.isalpha() and last.isalnum()):
            made = f"{before.removesuffix(_APPLY)} {text}"
        else:
            made += text
    return made


def _letter(char: str) -> str:
    fancy = 0x1D400 <= ord(char) <= 0x1D7FF or char in _FANCY
    return unicodedata.normalize("NFKC", char) if fancy else char


def _over(element: etree.Element) -> str:
    """The text of a numerator, in brackets where it is a sum."""
    text = _text(element).strip()
    return f"({text})" if " " in text else text


def _under(element: etree.Element) -> str:
    """The text of a denominator, in brackets unless it is one thing."""
    text = _text(element).strip()
    return text if element.tag != "mrow" or text.isdecimal() else f"({text})"


def _raised(element: etree.Element) -> str:
    text = _script(element)
    small = text.translate(_RAISED)
    if set(text) <= set("′″‴") or all(ord(char) in _RAISED.values() for char in small):
        return small
    return f"^{text}" if text.isalnum() or len(text) == 1 else f"^({text})"


def _lowered(element: etree.Element) -> str:
    text = _script(element)
    if text.isdecimal():
        return text.translate(_LOWERED)
    return f"_{text}" if text.isalnum() or len(text) == 1 else f"_({text})"


def _script(element: etree.Element) -> str:
    """The text of an index or exponent; without spaces where it has no words."""
    text = _text(element).strip().replace(_APPLY, " ")
    words = any(len(word) > 1 and word.isalpha() for word in text.split())
    return text if words else text.replace(" ", "")


def _accented(base: str, accent: str) -> str:
    mark = accent if unicodedata.combining(accent[:1] or " ") else _ACCENTS.get(accent)
    if mark is None:
        return base
    return unicodedata.normalize("NFC", "".join(char + mark for char in base)) if base else accent
