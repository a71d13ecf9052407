"""The pictures of the contribute page, drawn for light and for dark: content/pages/images/.

    python -m tests.drawings.contribute

They tell one story of an invented paper whose second author is misspelt. Small enough for a phone
without becoming unreadable: 480 units wide, letters of 12 and more.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "content" / "pages" / "images"
WIDTH = 480
TOKENS = ROOT / "site_templates" / "theme" / "assets" / "stylesheets" / "tokens.css"
_TOKEN = re.compile(r"--ps-([\w-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)")
# The site's own colors, light and dark, and some for right and wrong.
COLORS = {
    name: (light, dark) for name, light, dark in _TOKEN.findall(TOKENS.read_text("utf-8"))
} | {
    "bad": ("#a5304f", "#f29bb0"),
    "bad-ground": ("#fbe9ed", "#3b2129"),
    "good-ground": ("#e3f2ec", "#1c332b"),
    "warm": ("#8a5508", "#e2b25f"),
}
FONTS = {
    "sans": "-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans',Arial,sans-serif",
    "serif": "Charter,'Bitstream Charter',Cambria,'Noto Serif','Liberation Serif',serif",
    "mono": "ui-monospace,Menlo,Consolas,'Liberation Mono',monospace",
}


class Drawing:
    """A picture in one of the two schemes: 0 is light, 1 is dark."""

    def __init__(self, height: int, scheme: int) -> None:
        self.height = height
        self._scheme = scheme
        self._parts: list[str] = []

    def color(self, name: str) -> str:
        return "none" if name == "none" else COLORS[name][self._scheme]

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str = "surface",
        edge: str = "none", radius: float = 6, dashed: bool = False, thick: float = 1,
    ) -> None:  # fmt: skip
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        self._parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}" '
            f'fill="{self.color(fill)}" stroke="{self.color(edge)}" '
            f'stroke-width="{thick:g}"{dash}/>'
        )

    def text(
        self, x: float, y: float, words: str, *, size: float = 13, color: str = "text",
        font: str = "sans", bold: bool = False, middle: bool = False, width: float = 0,
        then: str = "",
    ) -> None:  # fmt: skip
        """Words on a line. width: what they take, whatever face is there; then: what follows them
        in another face (code) or, for a star, in another color."""
        more = ' font-weight="600"' if bold else ""
        more += ' text-anchor="middle"' if middle else ""
        more += f' textLength="{width:g}" lengthAdjust="spacingAndGlyphs"' if width else ""
        behind = ""
        if then == "*":
            behind = f'<tspan dx="4" fill="{self.color("bad")}">*</tspan>'
        elif then:
            behind = f'<tspan dx="6" class="mono">{escape(then)}</tspan>'
        self._parts.append(
            f'<text x="{x:g}" y="{y:g}" class="{font}" font-size="{size:g}" '
            f'fill="{self.color(color)}"{more}>{escape(words)}{behind}</text>'
        )

    def path(self, way: str, *, color: str = "muted", thick: float = 1.6) -> None:
        self._parts.append(
            f'<path d="{way}" fill="none" stroke="{self.color(color)}" stroke-width="{thick:g}" '
            'stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def icon(self, name: str, x: float, y: float, color: str = "accent") -> None:
        """One of the site's small drawings, 16 units wide."""
        ways = {
            "edit": "M2.5 13.5 3 10.5l8-8 2.5 2.5-8 8z",
            "talk": "M2 3h12v8H8l-3 3v-3H2z",
            "good": "m3 8.5 3.5 3.5L13 4.5",
            "bad": "M4 4l8 8M12 4l-8 8",
            "next": "M1 8h12M9 4l4 4-4 4",
        }
        self._parts.append(
            f'<path transform="translate({x:g} {y:g})" d="{ways[name]}" fill="none" '
            f'stroke="{self.color(color)}" stroke-width="1.6" stroke-linecap="round" '
            'stroke-linejoin="round"/>'
        )

    def window(self, address: str) -> None:
        """A browser's window around everything."""
        self.box(1, 1, WIDTH - 2, self.height - 2, edge="line", radius=10)
        self.box(1, 1, WIDTH - 2, 30, fill="sunken", radius=10)
        self.box(1, 20, WIDTH - 2, 12, fill="sunken", radius=0)
        for at in range(3):
            self.box(14 + 14 * at, 12, 8, 8, fill="line", radius=4)
        self.box(64, 7, WIDTH - 80, 18, radius=9)
        self.text(76, 20.5, address, size=12, color="muted")

    def field(self, y: float, label: str, words: str, *, height: float = 28, filled: bool = False,
              choice: bool = False, star: bool = False) -> None:  # fmt: skip
        """A field of a form with its label; filled: by the site, not by a person."""
        self.text(24, y, label, bold=True, then="*" if star else "")
        self.box(24, y + 8, WIDTH - 48, height, edge="edge", fill="sunken" if filled else "surface")
        self.text(34, y + 27, words, color="muted" if filled else "text")
        if choice:
            self.path(f"M{WIDTH - 48:g} {y + 20:g}l5 5 5-5", color="muted")

    def button(self, x: float, y: float, width: float, words: str) -> None:
        self.box(x, y, width, 28, fill="accent")
        self.text(x + width / 2, y + 18.5, words, color="on-accent", bold=True, middle=True)

    def svg(self) -> str:
        fonts = "".join(f".{name}{{font-family:{faces}}}" for name, faces in FONTS.items())
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.height}" '
            f'viewBox="0 0 {WIDTH} {self.height}"><style>{fonts}</style>'
        )
        return "\n".join([head, *self._parts, "</svg>", ""])


def page(d: Drawing) -> None:
    """A paper's page with the two ways to correct it."""
    d.window("example.org/papers/half-a-loaf/")
    d.text(24, 66, "Half a Loaf: Sparse Updates", size=20, font="serif", bold=True)
    d.text(24, 91, "for Large Models", size=20, font="serif", bold=True)
    d.text(24, 117, "Ada Example", color="accent")
    d.text(116, 117, "Bo Sampel", color="accent", width=60)
    d.path("M116 122" + "q2.5-3 5 0t5 0" * 6, color="bad", thick=1.2)
    for at, width in enumerate((420, 432, 404, 250)):
        d.box(24, 136 + 14 * at, width, 7, fill="sunken", radius=3.5)
    d.box(18, 200, 160, 36, fill="none", edge="accent", radius=18, thick=2)
    d.icon("edit", 34, 210)
    d.text(56, 223, "Edit this page", color="accent", size=14)
    d.box(192, 200, 206, 36, fill="none", edge="accent", radius=18, thick=2)
    d.icon("talk", 208, 210)
    d.text(230, 223, "Suggest a correction", color="accent", size=14)


def correct(d: Drawing) -> None:
    """The form for a correction, filled in."""
    d.window("New issue: Correct a page")
    d.field(58, "Page", "example.org/papers/half-a-loaf/", filled=True, star=True)
    d.field(122, "What is wrong", "Authors", choice=True, star=True)
    d.field(186, "What it should say", "The second author is Bo Sample.", height=42, star=True)
    d.button(376, 250, 80, "Create")


def edit(d: Drawing) -> None:
    """The file in the forge's editor, with one line changed."""
    d.window("half-a-loaf.md")
    lines = [
        ("1", " ", "---", "none", "muted"),
        ("2", " ", 'title: "Half a Loaf: Sparse Updates ..."', "none", "text"),
        ("3", "-", "authors: [Ada Example, Bo Sampel]", "bad-ground", "text"),
        ("3", "+", "authors: [Ada Example, Bo Sample]", "good-ground", "text"),
        ("4", " ", "date: 2025-03-06", "none", "text"),
    ]
    for at, (number, sign, words, ground, color) in enumerate(lines):
        y = 44 + 26 * at
        if ground != "none":
            d.box(12, y, WIDTH - 24, 26, fill=ground, radius=0)
        d.text(24, y + 18, number, font="mono", color="muted")
        d.text(46, y + 18, sign, font="mono", color="bad" if sign == "-" else "accent", bold=True)
        d.text(66, y + 18, words, font="mono", size=13.5, color=color)
    d.button(316, 186, 140, "Propose changes")


def topics(d: Drawing) -> None:
    """Topics that were suggestions become topics."""
    d.box(1, 1, WIDTH - 2, d.height - 2, edge="line", radius=10)
    d.text(24, 32, "Suggested by the tagger", color="muted")
    d.text(300, 32, "Given by you", color="muted")
    for x, dashed in ((24, True), (300, False)):
        d.box(x, 44, 104, 28, fill="surface", edge="warm", radius=14, dashed=dashed, thick=1.4)
        d.text(x + 52, 62.5, "Fine-tuning", color="warm", middle=True)
        if dashed:
            d.box(x + 114, 44, 82, 28, edge="warm", radius=14, dashed=True, thick=1.4)
            d.text(x + 155, 62.5, "Pruning", color="warm", middle=True)
        else:
            d.box(x + 114, 44, 42, 28, edge="warm", radius=14, thick=1.4)
            d.text(x + 135, 62.5, "PEFT", color="warm", middle=True, size=12)
    d.icon("next", 250, 50, "muted")
    d.box(24, 90, WIDTH - 48, 32, fill="good-ground", radius=4)
    d.text(36, 111, "+", font="mono", color="accent", bold=True)
    d.text(56, 111, "tags: [fine-tuning, peft]", font="mono", size=13.5)


def suggest(d: Drawing) -> None:
    """The form for a paper that is missing."""
    d.window("New issue: Suggest a paper")
    d.field(58, "Title", "Half a Loaf: Sparse Updates for Large Models", star=True)
    d.field(122, "Where it can be read", "2503.01234")
    d.field(186, "Abstract", "We update half of the weights in turn ...", height=42, star=True)
    d.button(376, 250, 80, "Create")


def check(d: Drawing) -> None:
    """A mistake is told at its line, with what to do."""
    d.box(1, 1, WIDTH - 2, d.height - 2, edge="line", radius=10)
    d.box(12, 14, WIDTH - 24, 26, fill="good-ground", radius=0)
    d.text(24, 32, "5", font="mono", color="muted")
    d.text(46, 32, "+", font="mono", color="accent", bold=True)
    d.text(66, 32, "arxiv: 2503.01230", font="mono", size=13.5)
    d.box(24, 50, WIDTH - 48, 82, fill="bad-ground", edge="bad", radius=6)
    d.icon("bad", 36, 59, "bad")
    d.text(60, 72, "Check", bold=True, color="bad")
    d.text(36, 95, "This is a number where text is expected;")
    d.text(36, 116, "put it in quotes:", then='arxiv: "2503.01230"')
    d.icon("good", 36, 144)
    d.text(60, 157, "Corrected, and checked again", color="accent")


def way(d: Drawing) -> None:
    """From a suggestion to the site in four steps."""
    d.box(1, 1, WIDTH - 2, d.height - 2, edge="line", radius=10)
    steps = [
        ("1", "You", "write it"),
        ("2", "The check", "reads it"),
        ("3", "A maintainer", "looks at it"),
        ("4", "The site", "shows it"),
    ]
    for at, (number, who, what) in enumerate(steps):
        x = 18 + 115.3 * at
        d.box(x, 18, 98, 94, fill="sunken", radius=8)
        d.box(x + 37, 30, 24, 24, fill="accent", radius=12)
        d.text(x + 49, 46.5, number, bold=True, color="on-accent", middle=True)
        d.text(x + 49, 76, who, bold=True, middle=True, size=12)
        d.text(x + 49, 96, what, color="muted", middle=True)
        if number != "4":
            d.path(f"M{x + 100:g} 65h13m-5-5 5 5-5 5", color="accent")


PICTURES: dict[str, tuple[int, Callable[[Drawing], None]]] = {
    "page": (254, page),
    "correct": (294, correct),
    "edit": (228, edit),
    "topics": (138, topics),
    "suggest": (294, suggest),
    "check": (176, check),
    "way": (130, way),
}


def draw() -> dict[str, str]:
    """Name of each file -> what is in it."""
    found = {}
    for name, (height, picture) in PICTURES.items():
        for scheme, kind in enumerate(("light", "dark")):
            drawing = Drawing(height, scheme)
            picture(drawing)
            found[f"{name}-{kind}.svg"] = drawing.svg()
    return found


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, text in draw().items():
        (FOLDER / file).write_text(text, encoding="utf-8")
