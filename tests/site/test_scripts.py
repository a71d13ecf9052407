"""Scripts without comments and spaces say the same."""

import re

from builder.site import scripts
from tests.projects import ROOT

SOURCES = ROOT / "site_templates" / "theme" / "assets" / "javascripts"


def test_comments_and_spaces_go_and_texts_and_patterns_stay():
    script = """/* A module.
   Of two lines. */

import { a } from "./a.js"; // a word beside it

/** What it does. */
export function b(url) {
  // Not this one.
  const path = "https://example.org/*  //";
  const words = `two  ${url}  spaces`;
  return url.replace(/\\/\\*+ "/g, "//") + a(path, words);
}
"""
    assert scripts.shortened(script) == (
        'import{a}from"./a.js";export function b(url){const path="https://example.org/*  //";'
        "const words=`two  ${url}  spaces`;"
        'return url.replace(/\\/\\*+ "/g,"//")+a(path,words);}\n'
    )


def test_a_second_time_changes_nothing():
    for path in SOURCES.rglob("*.js"):
        once = scripts.shortened(path.read_text(encoding="utf-8"))
        assert scripts.shortened(once) == once, path.name


def test_no_text_between_backquotes_stands_within_another():
    """What the shortening rests on: it takes the inner one for code, and its spaces for none."""
    for path in SOURCES.rglob("*.js"):
        assert not re.search(r"\$\{[^}`]*`", path.read_text(encoding="utf-8")), path.name


def test_only_scripts_of_ours_are_touched(tmp_path):
    theirs = tmp_path / "site" / "assets" / "javascripts" / "bundle.js"
    ours = tmp_path / "site" / "assets" / "javascripts" / "search" / "ours.js"
    source = tmp_path / "sources" / "search" / "ours.js"
    for path in (theirs, ours, source):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("// A comment.\nrun();\n")
    scripts.publish(tmp_path / "site", tmp_path / "sources")
    assert theirs.read_text() == source.read_text() == "// A comment.\nrun();\n"
    assert ours.read_text() == "run();\n"
