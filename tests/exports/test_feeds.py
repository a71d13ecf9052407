"""Feeds: valid, the same each time, true in their dates, and with ids that stay."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import jsonschema
import pytest
from lxml import etree

from builder import feedlist, library
from builder.analysis import analyse
from builder.exports.feeds import feed_files
from builder.exports.site import Site
from builder.history import History, read, timeline
from tests.repositories import Repository, needs_git

DATA = Path(__file__).parent.parent / "data"
SITE = Site(
    url="https://papers.example.org/list/",
    name="A List & More",
    description="Papers.",
    authority="example.org,2025",
)
ATOM = "{http://www.w3.org/2005/Atom}"
LOAF = "half-a-loaf-sparse-updates-for-large-models"
# The slug that it had first, as the invented library's redirects say.
FIRST = "half-a-loaf"


@pytest.fixture(scope="module")
def schema():
    return etree.RelaxNG(etree.parse(DATA / "schemas" / "atom.rng"))


@pytest.fixture(scope="module")
def json_schema():
    return json.loads((DATA / "schemas" / "jsonfeed-1.1.schema.json").read_text(encoding="utf-8"))


def files(root, site=SITE, history=None):
    """Every feed of the list in a folder: path -> text."""
    loaded = library.load(root)
    analysis = analyse(loaded)
    dates = timeline(loaded, history or read(root))
    infos = feedlist.feeds(loaded, analysis, dates, site_url=site.url)
    return feed_files(infos, loaded, analysis, dates, site)


@pytest.fixture(scope="module")
def undated(tmp_path_factory):
    """The feeds of the invented library without Git."""
    root = tmp_path_factory.mktemp("feeds") / "content"
    shutil.copytree(DATA / "library", root)
    return files(root, history=History(root=root))


@pytest.fixture
def shelf(tmp_path):
    """The invented library in a repository: all of it came on one day, Half a Loaf changed."""
    repository = Repository(tmp_path / "list")
    root = shutil.copytree(DATA / "library", repository.folder / "content")
    repository.commit("2025-04-01")
    change(root / "papers" / f"{LOAF}.md", "venue: ICLR 2025", "venue: ICML 2025")
    repository.commit("2025-05-01")
    return repository


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def entries(text):
    """id -> entry of an Atom feed."""
    return {entry.findtext(f"{ATOM}id"): entry for entry in etree.fromstring(text.encode()).iter(
        f"{ATOM}entry")}  # fmt: skip


def test_every_atom_feed_is_valid_by_the_grammar_of_its_rfc(undated, schema):
    names = [name for name in undated if name.endswith(".atom")]
    assert "feeds/all.atom" in names and len(names) > 5
    for name in names:
        assert schema.validate(etree.fromstring(undated[name].encode())), schema.error_log


def test_the_grammar_refuses_a_feed_without_a_date(undated, schema):
    feed = etree.fromstring(undated["feeds/all.atom"].encode())
    feed.remove(feed.find(f"{ATOM}updated"))
    assert not schema.validate(feed)


def test_every_json_feed_is_valid_by_its_schema(undated, json_schema):
    names = [name for name in undated if name.endswith(".json")]
    assert len(names) > 5
    for name in names:
        jsonschema.Draft202012Validator(json_schema).validate(json.loads(undated[name]))


def test_the_schema_refuses_an_item_without_content(undated, json_schema):
    feed = json.loads(undated["feeds/all.json"])
    del feed["items"][0]["content_html"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json_schema).validate(feed)


def test_what_the_grammar_cannot_say_holds_too(undated):
    for name, text in undated.items():
        if not name.endswith(".atom"):
            continue
        feed = etree.fromstring(text.encode())
        ids = [element.text for element in feed.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids)), name
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == SITE.url + name
        assert links["alternate"].startswith(SITE.url)
        dates = [
            (entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated"))
            for entry in feed.iter(f"{ATOM}entry")
        ]
        assert all(published <= updated for published, updated in dates), name
        assert feed.findtext(f"{ATOM}updated") == max(updated for _, updated in dates), name
        # Newest first, as every reader shows them.
        assert [p for p, _ in dates] == sorted((p for p, _ in dates), reverse=True), name


def test_both_formats_tell_the_same(undated):
    for name, text in undated.items():
        if name.endswith(".atom"):
            items = json.loads(undated[name.replace(".atom", ".json")])["items"]
            assert [item["id"] for item in items] == list(entries(text)), name


def test_a_reader_of_feeds_finds_everything_in_an_entry(undated):
    feed = feedparser.parse(undated["feeds/all.atom"])
    assert not feed.bozo
    assert feed.feed.title == "A List & More"
    entry = next(e for e in feed.entries if e.link.endswith(f"/papers/{LOAF}/"))
    assert entry.id == f"tag:example.org,2025:papers/{FIRST}"
    assert entry.title == "Half a Loaf: Sparse Updates for Large Models"
    assert [author.name for author in entry.authors] == ["Ada Example", "Bo Sample"]
    assert [(tag.term, tag.label) for tag in entry.tags] == [
        ("sparsity", "Sparsity"),
        ("theory", "Theory"),
    ]
    assert entry.published == "2025-03-17T00:00:00+00:00"
    assert entry.summary.startswith("Updates one weight in a thousand")
    content = entry.content[0].value
    assert "<strong>Updates one weight in a thousand" in content
    assert "<p>Large models change little when they learn a new task." in content
    assert "<li>it works with <em>any</em> optimizer.</li>" in content
    assert "Read this <strong>before</strong> Sieve-7" in content
    related = [link.href for link in entry.links if link.rel == "related"]
    assert related[:3] == [
        "https://arxiv.org/pdf/2503.99901",
        "https://arxiv.org/abs/2503.99901",
        "https://doi.org/10.0000/half-a-loaf",
    ]


@needs_git
def test_formulas_are_set_in_contents_and_signs_in_titles(shelf):
    feed = json.loads(files(shelf.folder / "content")["feeds/all.json"])
    item = next(i for i in feed["items"] if "/ell-0-is-enough" in i["url"])
    assert item["title"] == "ℓ₀ Is Enough: Counting Weights Instead of Norms"
    assert '<math alttext="n \\geq 2k"' in item["content_html"]


def test_a_topic_holds_its_papers_only(undated):
    feed = json.loads(undated["feeds/tags/quantization.json"])
    assert {item["title"] for item in feed["items"]} == {
        "A Survey of Small Gardens: Compact Models on Devices",
        "Quarter Bits: Quantizing Below One Bit",
    }
    assert feed["home_page_url"] == "https://papers.example.org/list/tags/quantization/"
    assert feed["title"] == "A List & More: Quantization"


def test_a_series_tells_of_each_dated_listing_with_its_papers(undated):
    feed = json.loads(undated["feeds/editions/huggingface-daily-papers.json"])
    assert [item["title"] for item in feed["items"]] == [
        "Daily Papers, March 17, 2025",
        "Daily Papers, December 2, 2024",
    ]
    first = feed["items"][0]["content_html"]
    assert first.index("PaperCrane: Folding") < first.index("Half a Loaf: Sparse")
    assert 'href="https://papers.example.org/list/papers/do-robots-fold-paper/"' in first


def test_a_reading_path_gives_the_reason_for_each_paper(undated):
    feed = json.loads(undated["feeds/collections/less-is-more.json"])
    item = next(i for i in feed["items"] if LOAF in i["url"])
    assert item["id"] == f"tag:example.org,2025:collections/less-is-more/{FIRST}"
    assert item["summary"] == "The promise kept in training: look at the second figure."
    assert "Large models change little" in item["content_html"]


def test_without_git_there_is_no_feed_of_corrections(undated):
    assert "feeds/corrections.atom" not in undated


def test_a_paper_that_nothing_dates_is_in_no_feed(undated):
    # No edition, no date, no Git: an entry would need a date that somebody made up.
    ids = entries(undated["feeds/all.atom"])
    assert "tag:example.org,2025:papers/quarter-bits-quantizing-below-one-bit" in ids
    assert (
        "tag:example.org,2025:papers/ell-0-is-enough-counting-weights-instead-of-norms" not in ids
    )


@needs_git
def test_dates_are_those_of_git_and_an_update_is_one(shelf):
    made = files(shelf.folder / "content")
    entry = entries(made["feeds/all.atom"])[f"tag:example.org,2025:papers/{FIRST}"]
    assert entry.findtext(f"{ATOM}published") == "2025-04-01T12:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2025-05-01T12:00:00+00:00"
    assert "<updated>2025-05-01T12:00:00+00:00</updated><author>" in made["feeds/all.atom"]


@needs_git
def test_corrections_say_what_changed(shelf, schema, json_schema):
    made = files(shelf.folder / "content")
    assert schema.validate(etree.fromstring(made["feeds/corrections.atom"].encode()))
    feed = json.loads(made["feeds/corrections.json"])
    jsonschema.Draft202012Validator(json_schema).validate(feed)
    (item,) = feed["items"]
    assert item["title"] == "Corrected: Half a Loaf: Sparse Updates for Large Models"
    assert item["content_html"] == "<p>Venue corrected from ICLR 2025 to ICML 2025.</p>"
    assert item["date_published"] == "2025-05-01T12:00:00+00:00"


@needs_git
def test_a_list_without_a_correction_has_a_valid_empty_feed_of_them(tmp_path, schema):
    repository = Repository(tmp_path / "list")
    shutil.copytree(DATA / "library", repository.folder / "content")
    repository.commit("2025-04-01")
    made = files(repository.folder / "content")
    feed = etree.fromstring(made["feeds/corrections.atom"].encode())
    assert schema.validate(feed)
    assert feed.findtext(f"{ATOM}updated") == "2025-04-01T12:00:00+00:00"


def ids(made):
    return {name: list(entries(text)) for name, text in made.items() if name.endswith(".atom")}


@needs_git
def test_ids_stay_when_the_site_moves(shelf):
    root = shelf.folder / "content"
    moved = replace(SITE, url="https://elsewhere.example.net/")
    assert ids(files(root)) == ids(files(root, site=moved))


@needs_git
def test_ids_stay_when_a_paper_is_renamed(shelf):
    root = shelf.folder / "content"
    before = ids(files(root))
    new = "half-the-loaf"
    (root / "papers" / f"{LOAF}.md").rename(root / "papers" / f"{new}.md")
    for path in [*root.rglob("*.md"), *root.rglob("*.yml")]:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(LOAF, new), encoding="utf-8")
    with (root / "redirects.yml").open("a", encoding="utf-8") as redirects:
        redirects.write(f'"/papers/{LOAF}/": "/papers/{new}/"\n')
    shelf.commit("2025-06-01")
    made = files(root)
    after = ids(made)
    # The move itself is a correction; else nothing is new to a reader.
    assert after.pop("feeds/corrections.atom") != before.pop("feeds/corrections.atom")
    assert {name: set(found) for name, found in after.items()} == {
        name: set(found) for name, found in before.items()
    }
    assert f"https://papers.example.org/list/papers/{new}/" in made["feeds/all.atom"]


@needs_git
def test_feeds_are_the_same_each_time(shelf):
    root = shelf.folder / "content"
    assert files(root) == files(root)


def test_what_xml_cannot_hold_is_left_out(tmp_path, schema):
    root = tmp_path / "content"
    (root / "papers").mkdir(parents=True)
    (root / "papers" / "one.md").write_text(
        '---\ntitle: "One < two & \\"three\\""\ndate: 2025-01-01\nauthors: ["A & B <c>"]\n'
        'summary: "Bell \\x07, escape \\x1b[1m."\n---\n'
        "And ]]> in <b>text</b> \ufffe.\n",
        encoding="utf-8",
    )
    made = files(root, history=History(root=root))
    feed = etree.fromstring(made["feeds/all.atom"].encode())
    assert schema.validate(feed)
    (entry,) = entries(made["feeds/all.atom"]).values()
    assert entry.findtext(f"{ATOM}title") == 'One < two & "three"'
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "A & B <c>"
    content = entry.findtext(f"{ATOM}content")
    assert "\x07" not in content and "Bell , escape [1m." in content
    assert "And ]]&gt; in &lt;b&gt;text" in content


def test_the_newest_papers_are_told_and_no_more(tmp_path):
    root = tmp_path / "content"
    (root / "papers").mkdir(parents=True)
    for number in range(60):
        day = datetime.fromtimestamp(number * 86400, UTC).date()
        (root / "papers" / f"paper-{number}.md").write_text(
            f'---\ntitle: "Paper {number}"\ndate: {day}\n---\nText.\n'
        )
    feed = json.loads(files(root, history=History(root=root))["feeds/all.json"])
    assert [item["title"] for item in feed["items"]] == [f"Paper {n}" for n in range(59, 9, -1)]
