import datetime
from dataclasses import replace

from builder.analysis import Backlinks, Mention, Related, TagUse, Trend, analyse
from builder.analysis.stamps import KINDS, links_stamp, related_stamp, tags_stamp, trend_stamp

USE = TagUse(id="baking", by="auto", why="because of: bread")
LINK = Related(slug="loaf", reason="both on baking", score=0.5, by="similar")
MENTION = Mention(slug="loaf", name="LoafNet", start=3, end=10)
BACK = Backlinks(mentioned_by=("a",), related_from=("b",), collections=("c",))
TREND = Trend(listings=2, comments=1, first=datetime.date(2025, 1, 2), words="listed twice")


def test_whatever_changes_in_a_tag_changes_the_stamp():
    others = [replace(USE, id="b"), replace(USE, by="curator"), replace(USE, why="")]
    stamps = [tags_stamp([use]) for use in (USE, *others)] + [tags_stamp([]), tags_stamp([USE] * 2)]
    assert len(set(stamps)) == len(stamps)
    assert tags_stamp((USE,)) == tags_stamp([replace(USE)])


def test_whatever_changes_in_links_changes_the_stamp():
    links = [LINK, replace(LINK, slug="x"), replace(LINK, reason="x"), replace(LINK, by="name")]
    mentions = [MENTION, replace(MENTION, slug="x"), replace(MENTION, name="x")]
    mentions += [replace(MENTION, start=2), replace(MENTION, end=9)]
    backs = [BACK, replace(BACK, mentioned_by=("b",)), replace(BACK, related_from=())]
    backs.append(replace(BACK, collections=("c", "d")))
    stamps = {links_stamp([link], [MENTION], BACK) for link in links}
    stamps |= {links_stamp([LINK], [item], BACK) for item in mentions}
    stamps |= {links_stamp([LINK], [MENTION], back) for back in backs}
    assert len(stamps) == len(links) + len(mentions) + len(backs) - 2


def test_a_score_changes_no_stamp_of_pages_but_that_of_cross_links():
    other = replace(LINK, score=0.501)
    assert links_stamp([LINK], [MENTION], BACK) == links_stamp([other], [MENTION], BACK)
    links = [LINK, other, replace(LINK, slug="x"), replace(LINK, reason="x")]
    assert len({related_stamp([link]) for link in (*links, replace(LINK, by="name"))}) == 5


def test_a_link_to_a_paper_is_not_one_from_it():
    one, other = Backlinks(mentioned_by=("a",)), Backlinks(related_from=("a",))
    assert links_stamp([], [], one) != links_stamp([], [], other)


def test_whatever_changes_in_a_trend_changes_the_stamp():
    later = datetime.date(2025, 2, 3)
    others = [replace(TREND, listings=3), replace(TREND, comments=2), replace(TREND, last=later)]
    others += [replace(TREND, first=later), Trend()]
    assert len({trend_stamp(trend) for trend in (TREND, *others)}) == len(others) + 1


def test_stamps_are_those_of_the_values(small):
    analysis = analyse(small)
    assert tuple(analysis.stamps) == KINDS
    for slug in small.papers:
        links = analysis.related[slug], analysis.mentions[slug], analysis.backlinks[slug]
        assert analysis.stamps["related"][slug] == related_stamp(analysis.related[slug])
        assert analysis.stamps["links"][slug] == links_stamp(*links)
        assert analysis.stamps["tags"][slug] == tags_stamp(analysis.tags[slug])
        assert analysis.stamps["trends"][slug] == trend_stamp(analysis.trends[slug])
