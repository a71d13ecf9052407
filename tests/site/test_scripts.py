"""Scripts without comments say the same."""

import re

from builder.site import scripts
from tests.projects import ROOT

SOURCES = ROOT / "site_templates" / "theme" / "assets" / "javascripts"


def test_comments_on_lines_of_their_own_go_and_all_else_stays():
    script = """/* A module.
   Of two lines. */

import { a } from "./a.js"; // here it stays

/** What it does. */
export function b(url) {
  // Not this one.
  const path = "https://example.org/*";
  return url.replace(/\\/\\*+/g, "//") + a(path); /* nor this */
}
"""
    assert scripts.without_comments(script) == (
        'import { a } from "./a.js"; // here it stays\n'
        "export function b(url) {\n"
        'const path = "https://example.org/*";\n'
        'return url.replace(/\\/\\*+/g, "//") + a(path); /* nor this */\n'
        "}\n"
    )


def test_a_second_time_changes_nothing():
    for path in SOURCES.rglob("*.js"):
        once = scripts.without_comments(path.read_text(encoding="utf-8"))
        assert scripts.without_comments(once) == once, path.name


def test_no_text_of_a_script_goes_over_several_lines():
    """What the rule rests on: an odd number of backquotes in a line would begin such a text."""
    for path in SOURCES.rglob("*.js"):
        script = scripts.without_comments(path.read_text(encoding="utf-8"))
        for line in script.splitlines():
            assert len(re.findall(r"(?<!\\)`", line)) % 2 == 0, f"{path.name}: {line}"


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
