"""Pages that are composed instead of rendered: never another one than MkDocs would make."""

from types import SimpleNamespace

import jinja2
import pytest

from builder.site import frames, rendering
from builder.site.build import Request, build
from builder.site.frames import Framing
from tests.projects import files_of, make_project

PAPERS = frames.FEW + 4
# What a theme must escape, and what looks like our own signs.
TITLES = ["Crane <b>& Co.</b>", "\"Half\" a 'Loaf'", "\ue000title&\ue001 {{ page }}", "x — ünï"]


@pytest.fixture
def project(tmp_path):
    project = make_project(tmp_path / "project")
    for number in range(PAPERS):
        title = TITLES[number % len(TITLES)].replace("\\", "\\\\").replace('"', '\\"')
        (project / "content" / "papers" / f"odd-{number}.md").write_text(
            f'---\ntitle: "{title} {number}"\nauthors: [Ada Example, Bo Example]\n---\n\n'
            f"An abstract & more, <i>{number}</i>.\n",
            encoding="utf-8",
        )
    return project


@pytest.fixture
def composed(monkeypatch):
    """Paths below the site of the pages that were composed."""
    found = []
    real = rendering.parallel.run

    def run(tasks, **more):
        results = real(tasks, **more)
        for result in results:
            if isinstance(result, rendering.Part):
                found.extend(result.composed)
        return results

    monkeypatch.setattr(rendering.parallel, "run", run)
    return found


def built(project, **more):
    build(Request(config=project / "mkdocs.yml", force=True, search=False, **more))
    return files_of(project / "site")


def test_composed_pages_are_those_that_mkdocs_would_have_made(project, composed, monkeypatch):
    made = built(project)
    assert sum(path.startswith("papers/") for path in composed) >= PAPERS - frames.SAMPLES
    del composed[:]
    monkeypatch.setattr(frames, "divide", lambda paths: ([], []))
    assert built(project) == made
    assert not composed


def test_a_theme_of_ones_own_renders_all_pages_itself(project, composed):
    theme = project / "site_templates" / "theme" / "main.html"
    theme.write_text(
        theme.read_text(encoding="utf-8").replace(
            "{% block container %}",
            "{% block container %}{% if '11' in page.title %}<p>Eleven</p>{% endif %}",
        ),
        encoding="utf-8",
    )
    made = built(project)
    assert not composed
    assert b"<p>Eleven</p>" in made["papers/odd-11/index.html"]


def test_what_has_no_frame_is_rendered(project, composed, monkeypatch):
    made = built(project)
    monkeypatch.setattr(Framing, "frames", {})
    assert built(project) == made


class Theme:
    """Two pages, and a template that makes something of them."""

    def __init__(self, folder, template, titles=("Crane", "Boat"), contents=("a", "b")):
        samples = ("papers/one.md", "papers/two.md")
        self.framing = Framing(folder, "https://example.org/list", samples)
        environment = jinja2.Environment(loader=jinja2.DictLoader({"t.html": template}))
        for name, title, content in zip(("one", "two"), titles, contents, strict=True):
            path = folder / "papers" / f"{name}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(
                f'---\ntitle: "{title}"\ntemplate: t.html\nmarkup: html\n---\n{content}\n'
            )
            page = SimpleNamespace(
                file=SimpleNamespace(src_uri=f"papers/{name}.md"),
                meta={"title": title, "template": "t.html", "markup": "html"},
                content=content,
                canonical_url=f"https://example.org/list/papers/{name}/",
            )
            context = {"page": page}
            self.framing.begin(context)
            self.framing.end(environment.get_template("t.html").render(context), page, environment)

    def compose(self, folder, path):
        source = frames.read(folder, path)
        frame = self.framing.frames[source.kind]
        return frame.compose(source, self.framing.canonical(source))


def test_a_frame_holds_values_as_they_are_and_escaped(tmp_path):
    text = "<t>{{ page.meta.title | e }}</t><u>{{ page.meta.title }}</u>{{ page.canonical_url }}"
    theme = Theme(tmp_path, text + ":{{ page.content }}")
    (tmp_path / "papers" / "three.md").write_text(
        '---\ntitle: "A & B"\ntemplate: t.html\nmarkup: html\n---\n<p>c</p>\n'
    )
    assert theme.compose(tmp_path, "papers/three.md") == (
        "<t>A &amp; B</t><u>A & B</u>https://example.org/list/papers/three/:<p>c</p>"
    )


@pytest.mark.parametrize(
    "template",
    [
        "{{ page.meta.title | upper }}{{ page.content }}",
        "{{ page.content | length }}",
        "{{ page.file.src_uri }}{{ page.content }}",
        "{% if page.meta.title == 'Crane' %}C{% endif %}{{ page.content }}",
        "{{ page.meta.title | truncate(8, true) }}",
    ],
)
def test_a_theme_that_makes_more_of_a_page_has_no_frame(tmp_path, template):
    assert not Theme(tmp_path, template).framing.frames


def test_one_page_is_not_enough_for_a_frame(tmp_path):
    theme = Theme(tmp_path, "{{ page.content }}")
    assert len(theme.framing.frames) == 1
    one = Framing(tmp_path, "", ["papers/one.md"])
    page = SimpleNamespace(
        file=SimpleNamespace(src_uri="papers/one.md"),
        meta={"template": "t.html"},
        content="a",
        canonical_url="",
    )
    one.begin({"page": page})
    one.end("a", page, jinja2.Environment(loader=jinja2.DictLoader({"t.html": "{{page.content}}"})))
    assert not one.frames


@pytest.mark.parametrize(
    "head",
    [
        'title: "Crane"\nmarkup: markdown',
        "title: no\nmarkup: html",
        "title: 'Crane'\nmarkup: html",
        'title: "Crane\nmarkup: html',
        'title: "A\u2028B"\nmarkup: html',
        'title: "A\x85B"\nmarkup: html',
        'title: "A"\nhide:\n  - toc\nmarkup: html',
    ],
)
def test_front_matter_that_mkdocs_may_read_otherwise_is_left_to_it(tmp_path, head):
    (tmp_path / "papers").mkdir()
    page = tmp_path / "papers" / "crane.md"
    page.write_text(f"---\n{head}\n---\nText\n", encoding="utf-8")
    assert frames.read(tmp_path, "papers/crane.md") is None
    page.write_text('---\ntitle: "Crane"\nmarkup: html\n---\nText\n', encoding="utf-8")
    assert frames.read(tmp_path, "papers/crane.md") is not None


def test_samples_are_two_of_each_large_folder():
    many = [f"papers/p{number:02}.md" for number in range(frames.FEW)]
    few = ["tags/index.md", "tags/folding.md", "about.md", "index.md"]
    few += [f"authors/a{number}.md" for number in range(frames.FEW - 1)]
    assert frames.divide([*many, *few]) == (many[: frames.SAMPLES], many[frames.SAMPLES :])
