"""Text from outside, made safe: Markdown and TeX mathematics to HTML and to plain text.

This is the one place where text that people or captures brought becomes HTML. Raw HTML in it is
shown as text, mathematics between dollar signs is set as MathML, and what comes out is cleaned by
an allow-list, so that a template may take it as it is.
"""

from __future__ import annotations

import functools
import html
import re
import xml.etree.ElementTree as etree

import markdown
import nh3
from latex2mathml.converter import convert as latex_to_mathml
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markupsafe import Markup

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
_MATHML_TAGS = {
    "math", "mi", "mn", "mo", "mtext", "mspace", "mrow", "mfrac", "msqrt", "mroot", "mstyle",
    "mpadded", "mphantom", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable",
    "mtr", "mtd", "menclose",
}  # fmt: skip
_TEXT_TAGS = {
    "a", "abbr", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "hr", "li", "ol", "p",
    "pre", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_MATHML_ATTRIBUTES = {
    "display", "alttext", "mathvariant", "stretchy", "fence", "form", "separator", "lspace",
    "rspace", "accent", "accentunder", "linethickness", "columnalign", "columnspacing",
    "rowspacing", "width", "height", "depth", "movablelimits", "largeop", "minsize", "maxsize",
    "displaystyle", "scriptlevel", "notation", "class", "symmetric", "columnlines", "rowlines",
    "tabindex",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "class"},
    "abbr": {"title"},
    "code": {"class"},
    "span": {"class"},
    "td": {"align"},
    "th": {"align"},
    **{tag: _MATHML_ATTRIBUTES for tag in _MATHML_TAGS},
}


class MathError(ValueError):
    """A formula that does not parse; the message says why."""


@functools.lru_cache(maxsize=4096)
def mathml(tex: str, *, display: bool = False) -> str:
    """TeX mathematics (without dollar signs) as a MathML element, its source as alternative text.

    Raises MathError when the formula does not parse.
    """
    try:
        made = latex_to_mathml(tex, display="block" if display else "inline")
    except Exception as error:
        # The converter has a dozen unrelated exceptions of its own, and lets Python's through.
        raise MathError(f"{type(error).__name__}: {tex}") from None
    head = '<math xmlns="http://www.w3.org/1998/Math/MathML"'
    # A formula on its own line scrolls where it is too wide, so the keyboard must reach it.
    focus = ' tabindex="0"' if display else ""
    return made.replace(head, f'<math{focus} alttext="{html.escape(" ".join(tex.split()))}"', 1)


class _Math(InlineProcessor):
    """$...$ and $$...$$ as MathML; a formula that does not parse as code."""

    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> tuple[etree.Element | str, int, int]:
        tex = match["display"] or match["inline"]
        try:
            made = mathml(tex, display=bool(match["display"]))
        except MathError:
            element = etree.Element("code")
            element.text = markdown.util.AtomicString(match[0])
            return element, match.start(0), match.end(0)
        return self.md.htmlStash.store(made), match.start(0), match.end(0)


class _Outside(Extension):
    """Markdown as people outside may write it: mathematics, no raw HTML."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.ESCAPED_CHARS.append("$")
        # Behind code spans (190), before backslash escapes (180): "\$" opens nothing, and the
        # backslashes of a formula are its own.
        md.inlinePatterns.register(_Math(MATH.pattern, md), "math", 185)


@functools.cache
def _converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=["sane_lists", "tables", "fenced_code", _Outside()])


@functools.lru_cache(maxsize=4096)
def to_html(text: str) -> Markup:
    """Markdown as safe HTML; links are marked rel="noopener"."""
    made = _converter().reset().convert(text)
    return Markup(
        nh3.clean(
            made,
            tags=_TEXT_TAGS | _MATHML_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener",
        )
    )


def to_inline(text: str) -> Markup:
    """One line, such as a title, as safe HTML: mathematics is set, all else is plain text."""
    parts: list[str] = []
    at = 0
    for match in MATH.finditer(text):
        parts.append(html.escape(_unescaped(text[at : match.start()])))
        tex = match["display"] or match["inline"]
        try:
            parts.append(mathml(tex))
        except MathError:
            parts.append(f"<code>{html.escape(match[0])}</code>")
        at = match.end()
    parts.append(html.escape(_unescaped(text[at:])))
    return Markup("".join(parts))


def to_plain(text: str) -> str:
    """One line without markup, for titles of windows, feeds and search: formulas as their signs."""
    return html.unescape(re.sub(r"<[^>]*>", "", to_inline(text)))


def body_to_plain(text: str) -> str:
    """Markdown as plain text in one line, for descriptions."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", to_html(text))).split())


def _unescaped(text: str) -> str:
    return text.replace("\\$", "$")
