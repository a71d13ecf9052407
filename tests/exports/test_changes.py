"""api/changes.json: what came last, and what has another name now."""

import json
from datetime import UTC, datetime

from builder import history
from builder.exports import changes as module
from builder.exports.changes import changes
from builder.history.timeline import Moment

LOAF = "half-a-loaf-sparse-updates-for-large-models"


def timeline(small, days):
    """A timeline in which papers came on days of May 2025: slug -> day."""
    found = history.timeline(small, history.History(root=small.root))
    moments = {
        slug: Moment(
            added=datetime(2025, 5, day, 12, tzinfo=UTC),
            changed=datetime(2025, 6, 1, tzinfo=UTC),
        )
        for slug, day in days.items()
    }
    # As if the property had found them.
    vars(found)["papers"] = moments
    return found


def test_what_came_last_comes_first_and_the_undated_not_at_all(small):
    found = json.loads(changes(small, timeline(small, {"do-robots-fold-paper": 2, LOAF: 3})))
    assert found["version"] == 1
    assert found["added"] == [
        {
            "slug": LOAF,
            "title": "Half a Loaf: Sparse Updates for Large Models",
            "time": "2025-05-03T12:00:00Z",
        },
        {
            "slug": "do-robots-fold-paper",
            "title": "Do Robots Fold Paper?",
            "time": "2025-05-02T12:00:00Z",
        },
    ]


def test_papers_of_one_moment_stand_in_the_order_of_their_slugs(small):
    found = json.loads(changes(small, timeline(small, dict.fromkeys(reversed(small.papers), 1))))
    assert [paper["slug"] for paper in found["added"]] == sorted(small.papers)


def test_a_long_list_is_cut_to_the_newest(small, monkeypatch):
    monkeypatch.setattr(module, "NEWEST", 2)
    days = {slug: day for day, slug in enumerate(sorted(small.papers), start=1)}
    found = json.loads(changes(small, timeline(small, days)))
    assert [paper["slug"] for paper in found["added"]] == sorted(small.papers)[:-3:-1]


def test_old_slugs_lead_to_those_of_today_and_other_redirects_are_left_out(small):
    assert json.loads(changes(small, timeline(small, {})))["moved"] == {"half-a-loaf": LOAF}
