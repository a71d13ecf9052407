"""Pictures of the pages that a change touches."""

import struct

import pytest

from tests.browser import screenshots, serving


def size(path):
    """Width and height of a PNG."""
    return struct.unpack(">II", path.read_bytes()[16:24])


def test_each_page_is_pictured_for_a_telephone_and_a_laptop(browser, site, tmp_path):
    found = list(screenshots.take(browser, site, ["/", "/papers/do-robots-fold-paper/"], tmp_path))
    assert [(item.name, item.wrong) for item in found] == [
        ("home-390-light.png", ()),
        ("papers-do-robots-fold-paper-390-light.png", ()),
        ("home-1280-light.png", ()),
        ("papers-do-robots-fold-paper-1280-light.png", ()),
    ]
    for item in found:
        width, height = size(tmp_path / item.name)
        assert width == int(item.name.split("-")[-2])
        # The whole page, and not its first screen alone.
        assert 900 < height <= screenshots.LONGEST


def test_a_page_that_is_not_there_and_one_whose_script_fails_are_told(browser, tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "index.html").write_text("<p>Hello<script>crumbs()</script>")
    found = list(
        screenshots.take(browser, tmp_path, ["/y/", "/../", "/x/"], tmp_path, widths=[390])
    )
    assert [(item.path, item.name) for item in found] == [
        ("/y/", ""), ("/../", ""), ("/x/", "x-390-light.png"),
    ]  # fmt: skip
    assert found[0].wrong == ("the site has no such page",)
    assert "crumbs is not defined" in found[2].wrong[0]


def test_a_page_reaches_no_other_host(browser, tmp_path):
    (tmp_path / "x.js").write_text("crumbs()")
    with serving.serve(tmp_path) as other:
        (tmp_path / "index.html").write_text(f'<script src="{other}x.js"></script>')
        found = list(screenshots.take(browser, tmp_path, ["/"], tmp_path, widths=[390]))
    # Had it been loaded, it would have failed.
    assert [item.wrong for item in found] == [()]


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_no_changed_page_is_no_picture(text, tmp_path, capsys):
    pages = tmp_path / "pages.txt"
    pages.write_text(text)
    out = tmp_path / "out"
    assert screenshots.main(["--pages", str(pages), "--site", "nowhere", "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"0 pictures of 0 pages in {out}/\n"
    assert (out / "index.html").read_text().startswith("<!doctype html>")


def test_without_a_site_there_is_one_clear_line(tmp_path, capsys):
    pages = tmp_path / "pages.txt"
    pages.write_text("/\n")
    assert screenshots.main(["--pages", str(pages), "--site", str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"{tmp_path}: there is no built site; run papershelf build\n"
    )
