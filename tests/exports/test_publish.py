import json

from builder.content import schemas

LOAF = "half-a-loaf-sparse-updates-for-large-models"


def test_what_machines_look_for_is_published(published):
    for path in (
        "api/papers.json",
        "api/papers.schema.json",
        "api/changes.json",
        *(f"api/{name}.schema.json" for name in schemas.NAMES),
        "library.bib",
        "library.ris",
        "library.csl.json",
        f"papers/{LOAF}/cite.bib",
        f"papers/{LOAF}/index.md",
        "robots.txt",
        "llms.txt",
        "opensearch.xml",
        "papers/half-a-loaf/index.html",
        "_redirects",
    ):
        assert published[path], path


def test_every_paper_has_its_files(small, published):
    for slug in small.papers:
        for name in ("cite.bib", "cite.ris", "cite.csl.json", "index.md"):
            assert published[f"papers/{slug}/{name}"], (slug, name)


def test_paths_stay_below_the_site_and_texts_end_in_a_line_end(published):
    for path, text in published.items():
        assert not path.startswith("/") and ".." not in path.split("/"), path
        assert text.endswith("\n"), path


def test_json_files_are_json(published):
    for path, text in published.items():
        if path.endswith(".json"):
            json.loads(text)


def test_a_redirect_never_takes_the_place_of_a_page(small, published):
    pages = {f"papers/{slug}/index.html" for slug in small.papers}
    assert not pages & published.keys()


def test_the_schemas_of_content_name_their_address_and_the_tags_of_the_list(small, published):
    made = json.loads(published["api/front-matter.schema.json"])
    assert made["$id"] == "https://example.org/list/api/front-matter.schema.json"
    offered = made["properties"]["tags"]["items"]["oneOf"]
    assert [item["const"] for item in offered] == list(small.vocabulary.tags)
