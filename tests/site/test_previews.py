"""Preview images: drawn without network, once for what they show, the same each time."""

import io
import re
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from builder.site import previews
from builder.site.build import BuildFailed, Request, build
from builder.site.previews import Preview
from tests.projects import files_of, make_project

COLORS = {"bg": "#ffffff", "text": "#111111", "muted": "#555555", "accent": "#006644"}
LOAF = Preview(
    title="Half a Loaf: Sparse Updates for Large Models",
    byline="Ada Example and Bo Sample",
    note="ICLR 2025",
    topics=(("Fine-tuning", "learning"), ("Sparsity", "efficiency")),
    site="The Shelf",
)


def project(folder: Path, *, social: str = "true") -> Path:
    config = make_project(folder) / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("# social: true", f"social: {social}"), encoding="utf-8")
    return config


def title_of(preview: Preview) -> tuple[list[str], int]:
    return previews._fit(ImageDraw.Draw(Image.new("RGB", (1, 1))), preview.title)


def test_a_picture_is_of_the_size_that_others_show_and_the_same_each_time():
    picture = previews.draw(LOAF, COLORS)
    assert picture == previews.draw(LOAF, COLORS)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert len(picture) < 40_000


def test_a_picture_shows_the_colors_of_its_topics():
    colors = COLORS | {"facet-learning": "#cc0000", "facet-efficiency": "#0000cc"}
    image = Image.open(io.BytesIO(previews.draw(LOAF, colors))).convert("RGB")
    shown = {color for _, color in image.getcolors()}
    assert {(0xCC, 0, 0), (0, 0, 0xCC), (0, 0x66, 0x44)} <= shown


def test_a_long_title_is_smaller_and_a_very_long_one_is_cut():
    lines, size = title_of(LOAF)
    assert " ".join(lines) == LOAF.title
    long = replace(LOAF, title="Sparse Updates for Large Models of Everything " * 4)
    smaller = title_of(long)
    assert smaller[1] < size and " ".join(smaller[0]) == long.title.strip()
    endless = title_of(replace(LOAF, title="Sparse Updates for Large Models " * 40))
    assert endless[0][-1].endswith("…") and len(endless[0]) <= 6
    word = title_of(replace(LOAF, title="S" * 300))
    assert len(word[0]) == 1 and word[0][0].endswith("…")


def test_only_what_changed_is_drawn_and_what_nobody_shows_goes(tmp_path, monkeypatch):
    drawn: list[str] = []

    def draw(preview, colors):
        drawn.append(preview.title)
        return preview.title.encode()

    monkeypatch.setattr(previews, "draw", draw)
    monkeypatch.setenv("PAPERSHELF_WORKERS", "1")
    site, kept = tmp_path / "site", tmp_path / "kept"
    both = {"a": replace(LOAF, title="A"), "b": replace(LOAF, title="B")}
    previews.publish(site, both, kept)
    assert drawn == ["A", "B"] or drawn == ["B", "A"]
    previews.publish(site, both, kept)
    assert len(drawn) == 2
    previews.publish(site, {"b": replace(LOAF, title="C")}, kept)
    assert drawn[2:] == ["C"]
    assert files_of(site) == {"papers/b/preview.png": b"C"}
    assert len(files_of(kept)) == 1


def test_the_page_of_a_paper_names_its_picture(tmp_path):
    config = project(tmp_path / "project")
    site = tmp_path / "site"
    build(Request(config=config, site=site, search=False))
    folder = site / "papers" / "half-a-loaf-sparse-updates-for-large-models"
    page = (folder / "index.html").read_text(encoding="utf-8")
    tags = r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="(.*?)"'
    found = dict(re.findall(tags, page))
    assert found["og:image"] == f"https://example.org/papershelf/papers/{folder.name}/preview.png"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"] == "Half a Loaf: Sparse Updates for Large Models"
    assert found["twitter:card"] == "summary_large_image"
    assert Image.open(folder / "preview.png").size == (1200, 630)
    pictures = {path for path in files_of(site) if path.endswith("preview.png")}
    assert len(pictures) == 12
    before = files_of(site)
    build(Request(config=config, site=site, search=False, force=True))
    assert files_of(site) == before


def test_without_the_option_there_is_none(tmp_path):
    config = project(tmp_path / "project", social="false")
    build(Request(config=config, site=tmp_path / "site", search=False))
    assert not list((tmp_path / "site").rglob("preview.png"))
    cited = list((tmp_path / "site" / "papers").glob("*/cite.bib"))
    assert len(cited) == 12
    for path in cited:
        page = (path.parent / "index.html").read_text(encoding="utf-8")
        assert "og:image" not in page and 'name="twitter:card" content="summary"' in page


def test_a_missing_package_is_told_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(previews, "NEEDED", ("PIL", "no_such_font"))
    with pytest.raises(BuildFailed) as caught:
        build(Request(config=project(tmp_path / "project"), site=tmp_path / "site"))
    assert (
        "drawing needs packages that are not installed (no_such_font); run "
        "pip install 'papershelf[social]', or write social: false"
    ) in str(caught.value)
    assert not (tmp_path / "site").exists()


def test_without_an_address_of_the_site_there_is_no_picture_to_name(tmp_path):
    config = project(tmp_path / "project")
    text = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r"(?m)^site_url: .*$", 'site_url: ""', text), encoding="utf-8")
    with pytest.raises(BuildFailed, match="social: preview images are named by whole addresses"):
        build(Request(config=config, site=tmp_path / "site"))
    assert not (tmp_path / "site").exists()
