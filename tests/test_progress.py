"""What a person at a terminal sees of a build, and a log does not."""

import io

from rich.console import Console

from builder.cli.progress import STEPS, position, progress
from builder.site.build import Request, build
from tests.projects import make_project


def test_steps_follow_each_other_from_nothing_to_the_whole():
    begins = [position(name) for name in STEPS]
    assert begins == sorted(set(begins)) and begins[0] == 0
    for name, after in zip(STEPS, [*begins[1:], 100], strict=True):
        assert position(name, 10, 10) == after
        assert position(name) < position(name, 5, 10) < after


def test_every_step_that_a_build_tells_of_has_its_place(tmp_path):
    project = make_project(tmp_path / "project")
    told = []
    build(
        Request(config=project / "mkdocs.yml"),
        lambda name, done=0, of=0: told.append((name, done, of)),
    )
    assert list(dict.fromkeys(name for name, _, _ in told)) == list(STEPS)
    places = [position(*step) for step in told]
    assert places == sorted(places)


def test_a_terminal_shows_the_step_and_a_log_shows_nothing():
    shown, logged = io.StringIO(), io.StringIO()
    with progress(Console(file=shown, force_terminal=True, width=100)) as stage:
        stage("Writing pages", 1_200, 10_000)
    assert "Writing pages" in shown.getvalue() and "1,200 of 10,000" in shown.getvalue()
    with progress(Console(file=logged)) as stage:
        stage("Writing pages", 1_200, 10_000)
    assert logged.getvalue() == ""
