"""`papershelf check --links`, asking servers of this machine."""

import functools
import json

import pytest

from builder.cli import check as command
from builder.linkcheck import Settings
from tests.linkcheck import server
from tests.linkcheck.server import answers, leads

PAPER = "content/papers/half-a-loaf.md"


@pytest.fixture
def site(monkeypatch, tmp_path):
    """A server, and a list of one paper beside it."""
    monkeypatch.setattr(
        command, "Settings", functools.partial(Settings, private=True, gap=0.0, read=0.5)
    )
    (tmp_path / "content" / "papers").mkdir(parents=True)
    with server.serve() as made:
        yield made


@pytest.fixture
def linked(tmp_path, site):
    """linked(url, ...) writes a paper with these links."""

    def write(*addresses):
        links = "".join(f'  - {{kind: project, url: "{url}"}}\n' for url in addresses)
        text = f'---\ntitle: "Half a Loaf"\nlinks:\n{links}---\nWe bake.\n'
        (tmp_path / PAPER).write_text(text, encoding="utf-8")

    return write


def test_dead_links_are_errors_and_moved_ones_warnings(site, linked, papershelf, tmp_path):
    site.pages.update({"/good": answers(), "/old": leads("/good", 301)})
    linked(f"{site.address}/good", f"{site.address}/old", f"{site.address}/gone")
    result = papershelf("check", "--links")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f'{PAPER}:5: links[1].url: "{site.address}/old" moved for good to "{site.address}/good"; '
        "write the new address [warning]",
        f'{PAPER}:6: links[2].url: "{site.address}/gone" answers 404 Not Found; correct it, or '
        "remove the link",
    ]
    assert result.stderr.splitlines() == [
        "3 links, 3 asked now, 1 good",
        "1 error, 1 warning",
    ]
    kept = json.loads((tmp_path / ".papershelf" / "links.json").read_text(encoding="utf-8"))
    assert {url: item["state"] for url, item in kept["answers"].items()} == {
        f"{site.address}/good": "good",
        f"{site.address}/gone": "gone",
        f"{site.address}/old": "moved",
    }


def test_a_second_run_asks_nobody(site, linked, papershelf):
    linked(f"{site.address}/gone")
    first = papershelf("check", "--links", "--format", "github")
    seen = list(site.seen)
    second = papershelf("check", "--links", "--format", "github")
    assert first.stdout == second.stdout
    assert first.stdout.startswith(f"::error file={PAPER},line=4::links[0].url: ")
    assert site.seen == seen
    papershelf("check", "--links", "--links-age", "0")
    assert len(site.seen) == 2 * len(seen)


def test_without_the_option_nobody_is_asked(site, linked, papershelf, tmp_path):
    linked(f"{site.address}/gone")
    assert papershelf("check").exit_code == 0
    assert site.seen == []
    assert not (tmp_path / ".papershelf").exists()


def test_what_is_known_is_silenced_in_one_place(site, linked, papershelf, tmp_path):
    site.pages["/x"] = answers(403)
    linked(f"{site.address}/x")
    silence = tmp_path / "content" / "check.yml"
    text = (
        "silence:\n  - path: papers/half-a-loaf.md\n    says: answers programs 403\n"
        "    check: links\n    reason: Their server wants a browser.\n"
    )
    silence.write_text(text, encoding="utf-8")
    result = papershelf("check", "--links")
    assert (result.exit_code, result.stdout) == (
        0, "1 paper, 0 editions, 0 reading paths: no problem\n",
    )  # fmt: skip
    # Without asking nobody knows whether it is needed; with asking it is told when it is not.
    assert papershelf("check").stdout == result.stdout
    site.pages["/x"] = answers()
    told = papershelf("check", "--links", "--links-age", "0")
    assert told.stdout == (
        "content/check.yml:2: silence[0].path: this silences nothing; remove it: what it was for "
        "is mended, or told in other words now [warning]\n"
    )
    # One that does not say that it is for links is told, and what to do.
    silence.write_text(text.replace("    check: links\n", "    field: 'links[0].url'\n"))
    assert papershelf("check").stdout.endswith(
        'this silences nothing; remove it, or add "check: links" where it is for what --links '
        "tells [warning]\n"
    )


def test_a_list_with_mistakes_is_asked_for_all_the_same(site, linked, papershelf, tmp_path):
    linked(f"{site.address}/gone")
    (tmp_path / "content" / "papers" / "other.md").write_text("No front matter.\n")
    result = papershelf("check", "--links")
    assert "other.md:1: no front matter" in result.stdout
    assert "answers 404 Not Found" in result.stdout


def test_no_network_is_one_clear_line(linked, papershelf, site):
    with server.serve() as other:
        site.pages["/robots.txt"] = other.pages["/robots.txt"] = server.breaks_off
        linked(f"{site.address}/x", f"{other.address}/x")
        result = papershelf("check", "--links")
    assert (result.exit_code, result.stderr) == (
        1,
        "papershelf: no server answers; is this machine connected to the network?\n",
    )


def test_owners_of_servers_find_the_list(site, linked, papershelf, monkeypatch):
    linked(f"{site.address}/x")
    papershelf("check", "--links", "--links-contact", "mailto:ada@example.org")
    assert "; +mailto:ada@example.org)" in site.agents.pop()


def test_there_is_nothing_to_ask_without_a_folder(papershelf):
    result = papershelf("--content", "nowhere", "check", "--links")
    assert result.exit_code == 1
    assert result.stdout.startswith("nowhere:1: there is no such content folder; ")
