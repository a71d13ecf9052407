"""What a digest tells: grouped by topic, the most listed first."""

import datetime
import shutil
from dataclasses import replace

import pytest

from builder import library
from builder.analysis import Analysis, analyse
from builder.analysis.model import Trend
from builder.history import History, timeline
from builder.mail import MailFailed
from builder.mail.digest import of_edition, of_period
from builder.pages.shape import Shaper
from tests.conftest import DATA


@pytest.fixture(scope="module")
def shaper():
    loaded = library.load(DATA / "library")
    return Shaper(loaded, analyse(loaded))


def titles(digest):
    return {
        group.name: [item.title.split(":")[0] for item in group.items] for group in digest.groups
    }


def test_the_newest_edition_is_told_by_topic_and_untagged_papers_last(shaper):
    digest = of_edition(shaper, None)
    assert (digest.id, digest.papers) == ("daily-papers-2025-03-17", 5)
    assert digest.subject == "Daily Papers, March 17, 2025"
    assert digest.day == datetime.date(2025, 3, 17)
    assert sorted(title for group in titles(digest).values() for title in group) == [
        "Do Robots Fold Paper?",
        "Half a Loaf",
        "PaperCrane",
        "Sieve-7",
        "Storms in a Teacup",
    ]
    assert titles(digest)["Sparsity"] == ["Half a Loaf", "Sieve-7"]
    sizes = [len(group.items) for group in digest.groups if group.url]
    assert sizes == sorted(sizes, reverse=True)


def test_an_edition_can_be_named(shaper):
    assert of_edition(shaper, "daily-papers-2024-12-02").papers == 4


def test_an_edition_that_is_not_there_is_an_error_with_the_nearest(shaper):
    with pytest.raises(MailFailed) as caught:
        of_edition(shaper, "daily-papers-2025-03-71")
    assert str(caught.value) == (
        'there is no edition "daily-papers-2025-03-71"; did you mean "daily-papers-2025-03-17"?'
    )


def test_a_list_without_editions_says_what_to_do():
    empty = library.Library(root=DATA, papers={})
    with pytest.raises(MailFailed, match="there is no edition; import one, or ask for a period"):
        of_edition(Shaper(empty, Analysis()), None)


def test_in_a_topic_the_most_listed_come_first_then_the_most_discussed(shaper):
    loaded = shaper.library
    trends = {slug: Trend() for slug in loaded.papers}
    names = {slug.split("-")[0]: slug for slug in loaded.papers}
    day = datetime.date(2025, 3, 17)
    trends[names["half"]] = Trend(listings=1, comments=2, last=day)
    trends[names["sieve"]] = Trend(listings=1, comments=9, last=day)
    shown = Shaper(loaded, replace(shaper.analysis, trends=trends))
    assert titles(of_edition(shown, None))["Sparsity"] == ["Sieve-7", "Half a Loaf"]
    trends[names["half"]] = Trend(listings=2, last=day, words="listed twice, Mar 2025")
    shown = Shaper(loaded, replace(shaper.analysis, trends=trends))
    digest = of_edition(shown, None)
    assert titles(digest)["Sparsity"] == ["Half a Loaf", "Sieve-7"]
    item = next(i for group in digest.groups for i in group.items if i.title.startswith("Half"))
    assert item.about == "Ada Example and Bo Sample, ICLR 2025, listed twice, Mar 2025"
    assert item.rank == 0


def test_a_paper_leads_to_its_text_and_its_code(shaper):
    digest = of_edition(shaper, None)
    item = next(i for group in digest.groups for i in group.items if i.title.startswith("Half"))
    assert item.url == "papers/half-a-loaf-sparse-updates-for-large-models/"
    assert item.links == (
        ("PDF", "https://arxiv.org/pdf/2503.99901"),
        ("Code", "https://github.com/example/half-a-loaf"),
    )
    assert item.teaser.startswith("Updates one weight in a thousand")


def test_a_period_holds_the_papers_that_came_since(shaper, tmp_path):
    loaded = shaper.library
    dates = timeline(loaded, History(root=loaded.root))
    digest = of_period(shaper, dates, datetime.date(2025, 1, 1))
    assert digest.id == "since-2025-01-01-until-2025-03-17"
    came = {slug for slug, moment in dates.papers.items() if moment.added.year == 2025}
    assert digest.papers == len(came) == 6
    assert digest.subject == "New papers since January 1, 2025"
    with pytest.raises(MailFailed) as caught:
        of_period(shaper, dates, datetime.date(2026, 1, 1))
    assert str(caught.value) == "no paper came to the list since 2026-01-01; choose an earlier day"


def test_an_empty_edition_has_a_digest_without_groups(tmp_path):
    root = shutil.copytree(DATA / "library", tmp_path / "content")
    (root / "editions" / "empty.yml").write_text("title: Empty\ndate: 2030-01-01\npapers: []\n")
    loaded = library.load(root)
    assert of_edition(Shaper(loaded, analyse(loaded)), "empty").groups == ()
