"""Redirects keep their order, and are written as they are read."""

from builder.content import redirects
from builder.content.redirects import Redirect


def test_redirects_come_in_the_order_of_the_file(small):
    assert small.redirects.entries == (
        Redirect(
            old="/papers/half-a-loaf/", new="/papers/half-a-loaf-sparse-updates-for-large-models/"
        ),
        Redirect(
            old="/editions/daily-papers-2024-03-17/", new="/editions/daily-papers-2025-03-17/"
        ),
    )
    assert [entry.line for entry in small.redirects.entries] == [1, 2]


def test_what_is_written_is_read_back(small):
    text = redirects.dump(small.redirects)
    assert redirects.parse(text, path="redirects.yml") == small.redirects


def test_an_empty_file_moves_nothing():
    assert redirects.parse("", path="redirects.yml").entries == ()


def test_a_move_adds_a_line_and_leaves_no_chain_and_every_comment():
    text = "# old names\n'/papers/a/': /papers/b/  # first\n"
    moved = redirects.moved(text, [("/papers/b/", "/papers/c/")], path="redirects.yml")
    assert moved == (
        '# old names\n\'/papers/a/\': /papers/c/  # first\n"/papers/b/": "/papers/c/"\n'
    )


def test_moving_back_takes_away_the_line_at_the_page():
    there = redirects.moved("", [("/papers/a/", "/papers/b/")], path="redirects.yml")
    back = redirects.moved(there, [("/papers/b/", "/papers/a/")], path="redirects.yml")
    assert back == '"/papers/b/": "/papers/a/"\n'
