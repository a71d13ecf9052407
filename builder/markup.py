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
from collections.abc import Callable

import markdown
import nh3
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markupsafe import Markup

from builder.mathematics.plain import plain
from builder.mathematics.tex import MATH, MathError, mathml

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
    "style", "tabindex",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "class"},
    "abbr": {"title"},
    "code": {"class"},
    "span": {"class", "tabindex"},
    "td": {"align"},
    "th": {"align"},
    **{tag: _MATHML_ATTRIBUTES for tag in _MATHML_TAGS},
}


_MATHML_STYLES = {"margin-left", "margin-right", "padding-left", "padding-right", "text-align"}

Setter = Callable[[str, bool], str]


# A formula within a line, and what stands before and behind it without a space. A browser breaks
# lines at a formula as at a picture, even before a full stop.
_BESIDE = re.compile(
    r"([(\[“‘]*)(<math(?![^>]*display=\"block\")[^>]*>.*?</math>)([^\s<&]{0,2})", re.DOTALL
)

# Signs of a formula that may be wider than a phone's column of text: 30 signs take some 240 pixels.
_WIDE = 30


def _set(tex: str, display: bool) -> str:
    made = mathml(tex, display=display)
    if display or len(plain(tex)) <= _WIDE:
        return made
    # Browsers break no line within a formula: it scrolls, so the keyboard must reach it.
    return f'<span class="ps-formula" tabindex="0">{made}</span>'


def _bound(made: str) -> str:
    """HTML whose formulas stay in one line with what touches them."""

    def bind(match: re.Match[str]) -> str:
        touched = match[1] or match[3]
        return f'<span class="ps-bound">{match[0]}</span>' if touched else match[0]

    return _BESIDE.sub(bind, made) if "<math" in made else made


def _spoken(tex: str, display: bool) -> str:
    return html.escape(plain(tex))


class _Math(InlineProcessor):
    """$...$ and $$...$$ as HTML; a formula that does not parse as code."""

    def __init__(self, md: markdown.Markdown, set_formula: Setter) -> None:
        super().__init__(MATH.pattern, md)
        self.set_formula = set_formula

    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> tuple[etree.Element | str | None, int | None, int | None]:
        if markdown.util.STX in match[0]:
            # A piece of code is taken out before; between two dollar signs it makes no formula.
            return None, None, None
        try:
            made = self.set_formula(match["display"] or match["inline"], bool(match["display"]))
        except MathError:
            element = etree.Element("code")
            element.text = markdown.util.AtomicString(match[0])
            return element, match.start(0), match.end(0)
        return self.md.htmlStash.store(made), match.start(0), match.end(0)


class _Outside(Extension):
    """Markdown as people outside may write it: mathematics, no raw HTML."""

    def __init__(self, set_formula: Setter) -> None:
        super().__init__()
        self.set_formula = set_formula

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.ESCAPED_CHARS.append("$")
        # Behind code spans (190), before backslash escapes (180): "\$" opens nothing, and the
        # backslashes of a formula are its own.
        md.inlinePatterns.register(_Math(md, self.set_formula), "math", 185)


@functools.cache
def _converter(set_formula: Setter) -> markdown.Markdown:
    return markdown.Markdown(
        extensions=["sane_lists", "tables", "fenced_code", _Outside(set_formula)]
    )


# Nothing that Markdown, mathematics or HTML could mean something by: four abstracts of five.
_PROSE = re.compile(r"[^\W\d_][^\\`*_\[<>&$\x00-\x1f\x7f-\xa0]*")
# Such prose, formulas, addresses between angle brackets, links to other papers, and brackets that
# belong to no link: of the others three in four.
_PIECE = re.compile(
    r"(?P<prose>[^\\`*_\[<>&$\x00-\x1f\x7f-\xa0]+)"
    r"|<(?P<address>https?://[^\\`*\[<>&$\"'\x00-\x20\x7f-\xa0]+)>"
    r"|\[(?P<name>[^\\`*_\[\]<>&$\x00-\x1f\x7f-\xa0]+)\]\((?P<page>\.\./[a-z0-9-]+/)\)"
    r"|(?P<bracket>\[)"
    rf"|{MATH.pattern}",
    MATH.flags,
)


@functools.lru_cache(maxsize=4096)
def to_html(text: str) -> Markup:
    """Markdown as safe HTML; links are marked rel="noopener"."""
    if _PROSE.fullmatch(text):
        return Markup(f"<p>{text}</p>")
    made = _simple(text, _set, '<a href="{0}">{1}</a>')
    whole = f"<p>{made}</p>" if made else _converter(_set).reset().convert(text)
    return Markup(_bound(_cleaned(whole)))


def to_inline(text: str) -> Markup:
    """One line, such as a title, as safe HTML: mathematics is set, all else is plain text."""
    return Markup(_bound(_line(text, _set)))


def to_plain(text: str) -> str:
    """One line without markup, for titles of windows, feeds and search."""
    if "$" not in text:
        return text
    return html.unescape(re.sub(r"</?code>", "", _line(text, _spoken)))


@functools.lru_cache(maxsize=4096)
def body_to_plain(text: str) -> str:
    """Markdown as plain text in one line, for descriptions."""
    if _PROSE.fullmatch(text):
        return " ".join(text.split())
    made = _simple(text, lambda tex, display: plain(tex), "{1}")
    if made:
        return " ".join(made.split())
    made = _cleaned(_converter(_spoken).reset().convert(text))
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", made)).split())


def _simple(text: str, set_formula: Callable[..., str], link: str) -> str | None:
    """A text of nothing but prose, formulas and links of a plain kind, without asking Markdown,
    which takes many times as long to say the same of it; None of any other text.

    set_formula: as `Setter`; link: what a link becomes, "{0}" is its address, "{1}" its text.
    """
    # A piece of code may begin within a formula.
    if not text[:1].isalpha() or text[-1:].isspace() or "`" in text:
        return None
    parts: list[str] = []
    at = links = 0
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is None:
            return None
        at = match.end()
        if match["prose"]:
            parts.append(match[0])
        elif match["address"]:
            parts.append(link.format(match["address"], match["address"]))
        elif match["page"]:
            parts.append(link.format(match["page"], match["name"]))
            links += 1
        elif match["bracket"]:
            parts.append("[")
        else:
            try:
                parts.append(
                    set_formula(match["display"] or match["inline"], bool(match["display"]))
                )
            except MathError:
                return None
    # A bracket may belong to a link that is written in another way.
    return "".join(parts) if links == text.count("](") else None


@functools.cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TEXT_TAGS | _MATHML_TAGS,
        attributes=_ATTRIBUTES,
        filter_style_properties=_MATHML_STYLES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )


def _cleaned(made: str) -> Markup:
    return Markup(_cleaner().clean(made))


def _line(text: str, set_formula: Setter) -> str:
    """HTML of a line; a formula that does not parse is code."""
    if "$" not in text:
        return html.escape(text)
    parts: list[str] = []
    at = 0
    for match in MATH.finditer(text):
        parts.append(html.escape(text[at : match.start()].replace("\\$", "$")))
        try:
            # In a line there is no place for a formula on a line of its own.
            parts.append(set_formula(match["display"] or match["inline"], False))
        except MathError:
            parts.append(f"<code>{html.escape(match[0])}</code>")
        at = match.end()
    parts.append(html.escape(text[at:].replace("\\$", "$")))
    return "".join(parts)
