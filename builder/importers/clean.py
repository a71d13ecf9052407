r"""Typesetting debris with one meaning, made plain: TeX's quotes, dashes, accents, emphasis, links.

Mathematics between dollar signs is left as it is, but for a formula that cannot be set: it is kept
as code. Where a source has lost the dollar signs, what is certain is restored (`formulas`). No
letter and no digit of a text is lost but those of commands that were understood and those of a link
that stood there twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from builder.importers import formulas, urls
from builder.importers.escape import MARKS, escape
from builder.mathematics.tex import MATH, MathError, mathml

# In the place of a formula or an address while the text around it is worked on; of the sign that
# opens or closes emphasis; of the one for strong emphasis.
_HELD, _EMPHASIS, _STRONG = MARKS

_COMBINING = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "aa": "å", "AA": "Å", "ss": "ß", "i": "ı", "j": "ȷ",
}  # fmt: skip
_SYMBOLS = {
    "textgreater": ">", "textless": "<", "textbar": "|", "textbackslash": "\\",
    "textasciitilde": "~", "textunderscore": "_", "textasciicircum": "^", "textdegree": "°",
    "texttrademark": "™", "textregistered": "®", "copyright": "©", "pounds": "£", "euro": "€",
    "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—",
    "LaTeX": "LaTeX", "TeX": "TeX", "xspace": "", "noindent": "", "par": " ", "newline": " ",
}  # fmt: skip
# TeX eats the space behind a command; where people write one behind these signs, they mean it.
_KEEPS_SPACE = {"ldots", "dots", "textellipsis", "LaTeX", "TeX", "xspace", "par", "newline"}

_ADDRESS = urls.ADDRESS.pattern
_HOLD = re.compile(
    rf"{MATH.pattern}"
    # Dollar signs with space within are mathematics too where it can be nothing else.
    r"|(?<![\\$])\$\s*(?P<loose>[A-Za-z]|(?:[^$\\]|\\.){0,200}?[\\_^](?:[^$\\]|\\.){0,200}?)\s*"
    r"\$(?!\d)"
    r"|\\\((?P<round>(?:[^$\\]|\\(?![()]).)+?)\\\)(?!\d)"
    r"|\\\[(?P<square>(?:[^$\\]|\\(?![\[\]]).)+?)\\\]"
    rf"|(?:\\href|\bhref)\{{(?P<href>{_ADDRESS})\}}\{{(?P<shown>[^{{}}]*)\}}"
    rf"|(?:\\url|\burl)\{{\s*(?P<url>{_ADDRESS})\s*\}}"
    rf"|(?P<first>{_ADDRESS})(?:\{{(?P<second>{_ADDRESS})\}})?",
    re.DOTALL | re.IGNORECASE,
)
_SIGN_ACCENT = re.compile(
    r"""\{\\(["'`^~=.])\s*(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))\}"""
    r"""|\\(["'`^~=.])\s*(?:\{\\?([A-Za-z])\}|\\([ij])(?![A-Za-z])|([A-Za-z]))"""
)
_LETTER_ACCENT = re.compile(r"\{\\([uvHckrdb]) ([A-Za-z])\}|\\([uvHckrdb])\{\\?([A-Za-z])\}")
_NAMES = "|".join(_LETTERS)
_LETTER = re.compile(rf"\{{\\({_NAMES})\}}|\\({_NAMES})\{{\}}")
_SYMBOL = re.compile(rf"\\({'|'.join(_SYMBOLS)})(?![A-Za-z])(\{{\}}|\s*)")
_INNER = r"([^{}]*)\}"
_GROUPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:\\|\b)(?:emph|textit|textsl)\{" + _INNER), _EMPHASIS),
    (re.compile(r"\\(?:em|it|sl)\{" + _INNER), _EMPHASIS),
    (re.compile(r"\{(?:\\(?:em|it|sl|itshape)(?![A-Za-z])|(?:em|it|sl)\s)" + _INNER), _EMPHASIS),
    (re.compile(r"(?:\\|\b)textbf\{" + _INNER), _STRONG),
    # A bold sign with an index is a vector, not a word.
    (re.compile(r"\{(?:\\(?:bf|bfseries)(?![A-Za-z])|bf\s)" + _INNER + r"(?![_^])"), _STRONG),
    (re.compile(r"\\bf\{" + _INNER), _STRONG),
    (re.compile(r"(?:\\|\b)(?:texttt|textsc|textsf)\{" + _INNER), ""),
    (re.compile(r"\\(?:textrm|textnormal|underline|mbox|uline)\{" + _INNER), ""),
    (re.compile(r"\{\\(?:tt|sc|sf|rm)(?![A-Za-z])" + _INNER), ""),
    # What is left of "{\em{word}}".
    (re.compile(rf"\{{(?=[{_EMPHASIS}{_STRONG}])([^{{}}]*)(?<=[{_EMPHASIS}{_STRONG}])\}}"), ""),
)
_QUOTES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![\w`])`(?=[^\s`])([^`]{1,80}?)(?<=[^\s`])'(?!\w)"), r"'\1'"),
    (re.compile(r"``([^`\"]*?)(?:''|\")"), r'"\1"'),
    (re.compile(r"“([^“”\"]*?)''"), "“\\1”"),
    (re.compile(r"(?<![\w'’])''(?=\w)([^'\"]*?)(?<=[\w.,!?])''(?!\w)"), r'"\1"'),
)
_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # The size of the letters of an acronym, with its backslash or, glued to them, without.
    (re.compile(r"(?:\\(?:script|footnote)size\s*|(?<!\w)(?:script|footnote)size)(?=[A-Z])"), ""),
    (re.compile(r"\\\\(?!\\)"), " "),
    (re.compile(r"\\~\{\}"), "~"),
    # A tie between words; "~5%" means "about", and "x~N" a distribution.
    (re.compile(r"(?<=[A-Za-z]{2})~(?=\w)|(?<=\.)~(?=\w)"), " "),
    (re.compile(r"\\[ ,]"), " "),
    (re.compile(r"\\[/@-]"), ""),
    (re.compile(r"\\([%&#_{}])"), r"\1"),
    (re.compile(r"\{([=+<>,.:;-])\}"), r"\1"),
    (re.compile(r"(?<![-!<])---(?![->])"), "—"),
    # " --word" may be an option of a command line.
    (re.compile(r"(?<![-!<])(?<!\s)--(?![->])|(?<=\s)--(?=\s)"), "–"),
)


@dataclass(frozen=True, kw_only=True)
class Abstract:
    """A cleaned abstract. markdown: as a paper's file has it; addresses: those in it, in order."""

    markdown: str
    addresses: tuple[str, ...]


def line(text: str) -> str:
    """One line of plain text, such as a title or a name; mathematics stays between its dollars."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        formula = _formula(match)
        if formula is not None:
            held.append(_set(formula) or formula.replace("$", r"\$"))
        elif match["shown"] is not None:
            held.append(match["shown"])
        else:
            held.append(match["url"] or match["first"])
        return _HELD

    text = _HOLD.sub(hold, " ".join(printable(text).split()))
    text, held = _restored(text, held)
    text = _tex(text)
    for mark in (_EMPHASIS, _STRONG):
        text = text.replace(mark, "")
    return " ".join(_filled(text, held).split())


def abstract(text: str) -> Abstract:
    """An abstract as Markdown. Blank lines part its paragraphs; other line ends are spaces."""
    held: list[str] = []
    addresses: list[str] = []

    def hold(match: re.Match[str]) -> str:
        formula = _formula(match)
        if formula is None:
            made, rest = _link(match, addresses)
        else:
            made, rest = _set(formula) or code(formula), ""
        held.append(made)
        return _HELD + rest

    paragraphs = re.split(r"\n\s*\n", re.sub(r"\r\n?", "\n", text))
    text = "\n\n".join(filter(None, (" ".join(printable(item).split()) for item in paragraphs)))
    text, held = _restored(_HOLD.sub(hold, text), held)
    text = "\n\n".join(filter(None, (" ".join(_tex(p).split()) for p in text.split("\n\n"))))
    text = escape(text).replace(_EMPHASIS, "*").replace(_STRONG, "**")
    return Abstract(markdown=_filled(text, held), addresses=tuple(addresses))


def printable(text: str) -> str:
    """The text without what no file can hold: control characters become spaces, half characters
    and noncharacters U+FFFD."""

    def sign(char: str) -> str:
        category = unicodedata.category(char)
        if category == "Cc":
            return char if char in "\t\n" else " "
        return "\ufffd" if category == "Cs" or _is_noncharacter(char) else char

    return text if text.isprintable() else "".join(map(sign, text))


def _is_noncharacter(char: str) -> bool:
    return 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE


def _formula(match: re.Match[str]) -> str | None:
    if match["display"] or match["inline"]:
        return match[0]
    inner = match["loose"] or match["round"]
    if inner and inner.strip():
        return f"${inner.strip()}$"
    if match["square"] and match["square"].strip():
        return f"$${match['square'].strip()}$$"
    return match[0] if match["round"] or match["square"] else None


def _set(formula: str) -> str | None:
    """The formula with its dollar signs, or None where it does not parse."""
    try:
        mathml(formula.strip("$"))
    except MathError:
        return None
    return formula


def code(text: str) -> str:
    """The text as code of Markdown."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    space = " " if longest else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _restored(text: str, held: list[str]) -> tuple[str, list[str]]:
    """The text with more formulas held: those that are restored."""
    finished = iter(held)
    more: list[str] = []

    def hold(match: re.Match[str]) -> str:
        more.append(next(finished) if match[0] == _HELD else f"${match['tex']}$")
        return _HELD

    either = f"{_HELD}|{formulas.MARK}(?P<tex>.*?){formulas.MARK}"
    return re.sub(either, hold, formulas.restored(text)), more


def _link(match: re.Match[str], addresses: list[str]) -> tuple[str, str]:
    """(the Markdown of an address, the text behind it that is no part of it)."""
    found = match["href"] or match["url"] or match["first"]
    address = urls.trim(found)
    rest = found[len(address) :] if not match["href"] else ""
    addresses.append(address)
    if match["href"]:
        return f"[{escape(match['shown'])}]({urls.absolute(address)})", ""
    second = urls.trim(match["second"] or "")
    if second and second.rstrip("/") != address.rstrip("/"):
        addresses.append(second)
        return f"{_shown(address)} ({_shown(second)})", ""
    return _shown(address), "" if match["second"] or match["url"] else rest


def _shown(address: str) -> str:
    url = urls.absolute(address)
    return f"<{url}>" if "://" in address else f"[{address}]({url})"


def _tex(text: str) -> str:
    """The text with TeX's commands for letters, signs and emphasis carried out."""
    if "\\" in text:
        text = _SIGN_ACCENT.sub(_accented, text)
        text = _LETTER_ACCENT.sub(_accented, text)
        text = _LETTER.sub(lambda match: _LETTERS[match[1] or match[2]], text)
        text = _SYMBOL.sub(_symbol, text)
    if "{" in text:
        # From the inside out.
        while True:
            before = text
            for pattern, mark in _GROUPS:
                text = pattern.sub(_marked(mark), text)
            if text == before:
                break
    for pattern, plain in _QUOTES + _SIGNS:
        text = pattern.sub(plain, text)
    return text


def _accented(match: re.Match[str]) -> str:
    sign, letter = (group for group in match.groups() if group)
    made = unicodedata.normalize("NFC", letter + _COMBINING[sign])
    return made if len(made) == 1 else match[0]


def _symbol(match: re.Match[str]) -> str:
    keep = match[1] in _KEEPS_SPACE and match[2] != "{}"
    return _SYMBOLS[match[1]] + (match[2] if keep else "")


def _marked(mark: str) -> Callable[[re.Match[str]], str]:
    def marked(match: re.Match[str]) -> str:
        inner = match[1].strip()
        if not inner:
            return match[1]
        before = " " if match[1][0].isspace() and match[0][0] != "{" else ""
        after = " " if match[1][-1].isspace() else ""
        return f"{before}{mark}{inner}{mark}{after}"

    return marked


def _filled(text: str, held: list[str]) -> str:
    parts = text.split(_HELD)
    return "".join(part + made for part, made in zip(parts, [*held, ""], strict=True))
