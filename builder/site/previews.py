"""Preview images: a picture of each paper's page, for places that show one beside a link.

They are drawn when the site is built, by Pillow and with fonts from packages, so that no network
and no browser is needed (the extra `papershelf[social]`; `social: true` in mkdocs.yml). A picture
is drawn once for what it shows and kept in the work folder under a digest of that.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder import parallel
from builder.content.files import write_texts
from builder.pages.cite import PREVIEW, PREVIEW_SIZE

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

NEEDED = ("PIL", "font_source_sans_pro", "font_source_serif_pro")
STYLES = "assets/papershelf.css"
# Raised when the drawing below changes, so that what is kept is not taken for today's.
DRAWING = 1
PART = 50

WIDTH, HEIGHT = PREVIEW_SIZE
EDGE = 80
SHELF = 524  # where the board is
TITLE = (72, 66, 60, 54, 48, 42)  # sizes, the largest that fits
TITLE_ROOM = 300
# Colors by their names in tokens.css; those of a theme without them.
PLAIN = {"bg": "#f9faf8", "text": "#1d2421", "muted": "#58625c", "line": "#dde2dd"}
_COLOR = re.compile(r"--ps-([a-z-]+):\s*light-dark\(\s*(#(?:[0-9a-f]{6}|[0-9a-f]{3}))\b", re.I)


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a picture shows. note: venue and year; topics: (name, facet); site: its name."""

    title: str
    byline: str
    note: str
    topics: tuple[tuple[str, str], ...]
    site: str


def missing() -> list[str]:
    """The packages that drawing needs and that are not installed."""
    return [name for name in NEEDED if find_spec(name) is None]


def publish(site: Path, previews: Mapping[str, Preview], kept: Path) -> None:
    """Put the picture of each paper (by slug) beside its page, and take away all others.

    site: a built site, whose styles name the colors; kept: the folder of what was drawn before.
    """
    colors = _colors(site / STYLES)
    names = {slug: _digest(preview, colors) for slug, preview in previews.items()}
    drawn = {path.stem for path in kept.glob("*.png")}
    shown = {names[slug]: preview for slug, preview in previews.items()}
    new = sorted(shown.keys() - drawn)
    tasks: list[Callable[[], None]] = [
        partial(_draw_all, {name: shown[name] for name in new[at : at + PART]}, colors, kept)
        for at in range(0, len(new), PART)
    ]
    parallel.run(tasks)
    pictures = {site / "papers" / slug / PREVIEW: kept / f"{names[slug]}.png" for slug in previews}
    stale = [path for path in site.glob(f"papers/*/{PREVIEW}") if path not in pictures]
    for path, source in pictures.items():
        picture = source.read_bytes()
        if _bytes_of(path) != picture:
            write_texts({path: picture})
    for path in stale:
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    for name in drawn - shown.keys():
        (kept / f"{name}.png").unlink()


def draw(preview: Preview, colors: Mapping[str, str]) -> bytes:
    """The picture as a PNG file: the title on a wall, the topics as books on a shelf."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), colors["bg"])
    pen = ImageDraw.Draw(image)
    facets = [colors.get(f"facet-{facet}", colors["muted"]) for _, facet in preview.topics]
    books = _books(pen, facets, colors["accent"])
    pen.rectangle((EDGE, SHELF, WIDTH - EDGE, SHELF + 7), fill=colors["accent"])

    title, size = _fit(pen, preview.title)
    top = EDGE - 18
    for line in title:
        pen.text((EDGE, top), line, fill=colors["text"], font=_font("serif", "Semibold", size))
        top += round(1.16 * size)
    small = _font("sans", "Regular", 30)
    byline = _cut(pen, preview.byline, small, WIDTH - 2 * EDGE)
    pen.text((EDGE, top + 18), byline, fill=colors["muted"], font=small)

    left, label = EDGE, _font("sans", "Semibold", 26)
    for (name, _), color in zip(preview.topics, facets, strict=True):
        width = 30 + pen.textlength(name, label)
        if left + width > books - 30:
            break
        pen.ellipse((left, SHELF - 46, left + 16, SHELF - 30), fill=color)
        pen.text((left + 26, SHELF - 38), name, fill=color, font=label, anchor="lm")
        left += round(width) + 26

    foot = SHELF + 52
    pen.text(
        (EDGE, foot),
        preview.site,
        fill=colors["text"],
        font=_font("serif", "Bold", 32),
        anchor="lm",
    )
    pen.text((WIDTH - EDGE, foot), preview.note, fill=colors["muted"], font=small, anchor="rm")
    file = io.BytesIO()
    # Few colors: a third of the size, and nobody sees it.
    image.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _books(pen: ImageDraw, facets: list[str], accent: str) -> int:
    """Draw a book a topic at the right end of the shelf; returns where the books begin."""
    right = WIDTH - EDGE - 14
    for at, color in enumerate([*facets, accent]):
        height, width = (104, 86, 96, 78, 100)[at % 5], (30, 24, 36, 28)[at % 4]
        pen.rounded_rectangle(
            (right - width, SHELF - height, right, SHELF - 1),
            radius=6,
            fill=color,
            corners=(True, True, False, False),
        )
        right -= width + 8
    return right


def _fit(pen: ImageDraw, title: str) -> tuple[list[str], int]:
    """The lines of a title, and the largest size at which they have room; at the smallest, the
    last line that has is cut."""
    for size in TITLE:
        font = _font("serif", "Semibold", size)
        lines = _lines(pen, title, font, WIDTH - 2 * EDGE)
        if len(lines) * 1.16 * size <= TITLE_ROOM:
            return lines, size
    most = int(TITLE_ROOM / (1.16 * size))
    rest = " ".join(lines[most - 1 :])
    return [*lines[: most - 1], _cut(pen, rest, font, WIDTH - 2 * EDGE)], size


def _lines(pen: ImageDraw, text: str, font: FreeTypeFont, room: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pen.textlength(longer, font) <= room:
            lines[-1] = longer
        else:
            # A word that is wider than the picture is one that nobody reads to its end.
            lines.append(_cut(pen, word, font, room))
    return lines


def _cut(pen: ImageDraw, text: str, font: FreeTypeFont, room: int) -> str:
    if pen.textlength(text, font) <= room:
        return text
    while text and pen.textlength(f"{text}…", font) > room:
        text = text[:-1].rstrip(" ,;:–-")
    return f"{text}…"


@cache
def _font(face: str, weight: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    spec = find_spec(f"font_source_{face}_pro")
    assert spec is not None and spec.origin is not None
    file = Path(spec.origin).parent / "files" / f"Source{face.title()}Pro-{weight}.ttf"
    # The same layout everywhere: whether Raqm is there depends on the machine.
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


def _colors(styles: Path) -> dict[str, str]:
    """Name -> color, of the light scheme of a site's styles."""
    text = styles.read_text(encoding="utf-8") if styles.is_file() else ""
    return {"accent": "#17624d", **PLAIN, **dict(_COLOR.findall(text))}


def _digest(preview: Preview, colors: Mapping[str, str]) -> str:
    import PIL

    whole = repr((DRAWING, PIL.__version__, astuple(preview), sorted(colors.items())))
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _draw_all(previews: Mapping[str, Preview], colors: Mapping[str, str], kept: Path) -> None:
    write_texts({kept / f"{name}.png": draw(each, colors) for name, each in previews.items()})


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def previews(cards: Iterable[Any], site: str) -> dict[str, Preview]:
    """Slug -> what the picture of a paper shows, of the cards of all papers."""
    return {
        card.slug: Preview(
            title=card.plain_title,
            byline=card.byline,
            note=" · ".join(filter(None, [card.venue, "" if card.venue else str(card.year or "")])),
            topics=tuple((chip.name, chip.facet) for chip in card.tags[:4]),
            site=site,
        )
        for card in cards
    }
