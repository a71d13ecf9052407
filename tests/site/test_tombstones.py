"""A removed paper's address answers, says why, and is found by no search."""

from builder.editing import remove
from builder.library import load
from builder.site.build import Request, build
from tests.projects import files_of, make_project

SLUG = "do-robots-fold-paper"


def test_the_page_of_a_removed_paper_says_why(tmp_path):
    project = make_project(tmp_path / "project")
    content = project / "content"
    edit = remove(load(content), SLUG, "Folded <once> & $n^2$ times.")
    for path, text in edit.files.items():
        path.write_text(text, encoding="utf-8")
    for path in edit.removed:
        path.unlink()
    build(Request(config=project / "mkdocs.yml", search=False))
    site = files_of(project / "site")
    page = site[f"papers/{SLUG}/index.html"].decode()
    assert "No longer in this list" in page
    assert "Folded &lt;once&gt; &amp; " in page
    assert "<math" in page
    assert "data-pagefind-body" not in page
    assert "<title>Removed: Do Robots Fold Paper?" in page
    assert SLUG.encode() not in site["api/papers.json"]
