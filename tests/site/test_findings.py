"""What the checks of texts find, in a build and in a preview."""

from dataclasses import replace

import pytest

from builder.problems import ProblemsFound
from builder.site.build import Request, build, load
from builder.site.pipeline import prepare
from tests.projects import files_of, make_project

WARNING = (
    'do-robots-fold-paper.md:6: abstract: typesetting debris: "R^d"; write the formula between '
    "dollar signs, as $n^2$, or in plain words"
)
ERROR = (
    r"do-robots-fold-paper.md:6: abstract: this formula does not parse: $\frac{a}$ (expected "
    "argument but reached end of input); use standard TeX commands; a dollar sign that is none "
    r"of a formula's is \$"
)


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "project")


def write(project, text):
    path = project / "content" / "papers" / "do-robots-fold-paper.md"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def request(project):
    return Request(config=project / "mkdocs.yml", search=False)


def test_a_build_tells_its_warnings_and_again_when_nothing_changed(project):
    write(project, "In R^d.")
    for kind in ("everything", "unchanged"):
        report = build(request(project))
        assert report.kind == kind
        assert [str(item).rpartition("/")[2] for item in report.findings] == [WARNING]


def test_a_build_refuses_a_formula_that_does_not_parse(project):
    build(request(project))
    before = files_of(project / "site")
    write(project, r"So $\frac{a}$.")
    with pytest.raises(ProblemsFound) as caught:
        build(request(project))
    assert str(caught.value).rpartition("papers/")[2] == ERROR
    assert files_of(project / "site") == before


def test_a_preview_shows_a_formula_that_does_not_parse_as_code(project):
    write(project, r"So $\frac{a}$.")
    config = load(request(project))
    settings = config.plugins["papershelf"].settings(config)
    prepared = prepare(replace(settings, preview=True))
    prepared.writing.make_missing()
    page = settings.pages / "papers" / "do-robots-fold-paper.md"
    assert r"<code>$\frac{a}$</code>" in page.read_text(encoding="utf-8")
    assert [str(item).rpartition("/")[2] for item in prepared.findings] == [ERROR]


def test_only_what_is_served_is_a_preview(project):
    config = load(request(project))
    plugin = config.plugins["papershelf"]
    assert not plugin.settings(config).preview
    config.site_dir = str(project / "mkdocs_x1y2z3")
    assert plugin.settings(config).preview
