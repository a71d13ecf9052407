"""Pagefind's files: read, and put in a fixed order."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.site import bundle, indexer, packing, search
from tests.projects import files_of

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title></head><body>
<main data-pagefind-body><h1 data-pagefind-meta="title">{title}</h1>
<span data-pagefind-filter="kind:paper"></span>
<span data-pagefind-filter="year:{year}"></span><span data-pagefind-filter="tag:{tag}"></span>
<span data-pagefind-sort="date:{year}"></span><span data-pagefind-sort="title:{title}"></span>
<p>A paper crane of {year}, folded by Jörg and José.</p></main></body></html>"""


def make_site(folder: Path, numbers=range(40)) -> Path:
    for number in numbers:
        page = folder / f"papers/crane-{number:02}" / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(
            PAGE.format(title=f"Crane {number:02}", year=2000 + number, tag=f"Tag {number % 7}"),
            encoding="utf-8",
        )
    return folder


@pytest.fixture(scope="module")
def raw() -> dict[str, bytes]:
    """The bundle as Pagefind makes it."""
    return indexer.run(
        (
            f"papers/crane-{number:02}/index.html",
            PAGE.format(
                title=f"Crane {number:02}", year=2000 + number, tag=f"Tag {number % 7}"
            ).encode(),
        )
        for number in range(40)
    )


def test_two_runs_over_the_same_pages_give_the_same_bytes(tmp_path):
    # Folders list their files in the order in which they were made, or in none.
    sites = [make_site(tmp_path / "one"), make_site(tmp_path / "another", range(39, -1, -1))]
    for site in sites:
        search.index(site)
    one, another = (files_of(site) for site in sites)
    assert one == another
    assert any(name.endswith(".pf_filter") for name in one)


def test_pages_are_numbered_by_their_addresses(tmp_path):
    # An order that the disk gives would be another one on another machine.
    search.index(make_site(tmp_path / "site", range(39, -1, -1)))
    folder = tmp_path / "site" / "pagefind"
    made = files_of(folder)
    names = {page.id: page.url for page in bundle.fragments(made)}
    urls = [names[page] for page, _ in _contents(made)["pages"]]
    assert urls == sorted(names.values())


def test_what_the_site_does_not_use_is_dropped(raw):
    names = bundle.settle(raw)[0].keys()
    assert raw.keys() & bundle.UNUSED
    assert names.isdisjoint(bundle.UNUSED)
    assert {"pagefind.js", "pagefind-worker.js", "wasm.en.pagefind", bundle.ENTRY} < names


def test_fragments_tell_what_was_indexed(raw):
    found = list(bundle.fragments(raw))
    assert [fragment.url for fragment in found[:2]] == ["/papers/crane-00/", "/papers/crane-01/"]
    assert found[0].meta["title"] == "Crane 00"
    assert found[0].filter("year") == "2000"
    assert found[0].filter("venue") == ""
    assert "folded by Jörg and José." in found[0].content
    assert f"fragment/{found[0].id}.pf_fragment" in raw


def test_settling_keeps_every_filter_and_sort_order(raw):
    before, after = _contents(raw), _contents(bundle.settle(raw)[0])
    # What every page is of, a list as long as the site, is told by their ids.
    assert len(before["filters"].pop("kind")["paper"]) == 40
    assert after == before


def test_ids_tell_papers_from_other_pages():
    made = indexer.run(
        (
            f"{kind}.html",
            PAGE.format(title=kind, year=1, tag="T").replace("kind:paper", mark).encode(),
        )
        for kind, mark in (("author", "kind:author"), ("paper", "kind:paper"), ("page", "own:x"))
    )
    files, pages = bundle.settle(made)
    assert [(page.url, page.id[:2]) for page in pages] == [
        ("/author.html", "a_"),
        ("/page.html", "o_"),
        ("/paper.html", "en"),
    ]
    assert {f"fragment/{page.id}.pf_fragment" for page in pages} < files.keys()
    assert {page for page, _ in _contents(files)["pages"]} == {page.id for page in pages}


def _contents(files: dict[str, bytes]) -> dict[str, object]:
    """All filters and sort orders by name, whatever order they are written in."""
    entry = json.loads(files[bundle.ENTRY])
    name = f"pagefind.{entry['languages']['en']['hash']}.pf_meta"
    meta = packing.read(name, files[name])
    filters = {}
    for name, file in meta[3]:
        path = f"filter/{file}.pf_filter"
        written, values = packing.read(path, files[path])
        assert written == name
        filters[name] = dict(values)
    assert {"year", "tag"} <= filters.keys()
    return {"filters": filters, "sorts": dict(meta[4]), "pages": meta[1], "chunks": meta[2]}


VALUES = st.recursive(
    st.integers(-(2**40), 2**40) | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=30),
    max_leaves=60,
)


@given(VALUES)
def test_what_is_written_is_read_again(value):
    assert packing.read("a file", packing.pack(packing.encode(value))) == value


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no gzip at all", "Not a gzipped file"),
        (gzip.compress(b"another signature", mtime=0), "no Pagefind signature"),
        (gzip.compress(packing.SIGNATURE + b"\x82\x01", mtime=0), "the file ends early"),
        (gzip.compress(packing.SIGNATURE + b"\x63ab", mtime=0), "the file ends early"),
        (gzip.compress(packing.SIGNATURE + b"\xa1\x01\x02", mtime=0), "unexpected form"),
        (gzip.compress(packing.SIGNATURE + b"\x18\x01", mtime=0), "unexpected form"),
        (gzip.compress(packing.SIGNATURE + b"\x81\x01", mtime=0), "unexpected form"),
    ],
)
def test_a_file_of_another_form_is_refused(raw, content, message):
    name = next(path for path in raw if path.endswith(".pf_meta"))
    with pytest.raises(bundle.UnknownBundle, match=message):
        bundle.settle({**raw, name: content})


def test_a_bundle_without_a_file_that_it_names_is_refused(raw):
    name = next(path for path in raw if path.endswith(".pf_meta"))
    with pytest.raises(bundle.UnknownBundle, match=f"{name}: missing"):
        bundle.settle({path: data for path, data in raw.items() if path != name})


def test_a_fragment_of_another_form_is_refused(raw):
    path = next(path for path in raw if path.startswith("fragment/"))
    broken = gzip.compress(packing.SIGNATURE + b'{"url": "/"}')
    with pytest.raises(bundle.UnknownBundle, match=f"{Path(path).name}: 'content'"):
        list(bundle.fragments({**raw, path: broken}))


def test_settings_meant_for_other_sites_are_not_obeyed(tmp_path, monkeypatch):
    monkeypatch.setenv("PAGEFIND_OUTPUT_SUBDIR", "elsewhere")
    monkeypatch.chdir(tmp_path)
    Path("pagefind.yml").write_text("output_subdir: nowhere\n")
    site = make_site(tmp_path / "site")
    search.index(site)
    assert sorted(path.name for path in site.iterdir()) == ["pagefind", "papers", "search"]
