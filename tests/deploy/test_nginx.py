"""The site as nginx serves it with deploy/nginx.conf: the server is really started and asked.

Like a person who deploys, the fixture runs deploy/www.sh; the site has a path of its own."""

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.nginx import Answer, needs_nginx, serve
from tests.projects import ROOT, files_of, make_project

pytestmark = needs_nginx

PAPER = "papers/half-a-loaf-sparse-updates-for-large-models/"


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """The invented library with a paper that moved, laid out by deploy/www.sh."""
    folder = tmp_path_factory.mktemp("deploy")
    project = make_project(folder / "project")
    shutil.copytree(ROOT / "deploy", project / "deploy")
    with (project / "content" / "redirects.yml").open("a", encoding="utf-8") as stream:
        stream.write(f'"/papers/half/": "/{PAPER}"\n')
    command = folder / "bin" / "papershelf"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m builder "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    subprocess.run(
        ["sh", project / "deploy" / "www.sh", folder / "out"],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{command.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PAPERSHELF_SITE_URL": "https://papers.example.org/group/list/",
        },
        check=True,
    )
    return folder / "out"


@pytest.fixture(scope="module")
def host(laid_out, tmp_path_factory):
    with serve(laid_out, tmp_path_factory.mktemp("nginx")) as address:
        yield address


@pytest.fixture(scope="module")
def site(host):
    return f"{host}group/list/"


def test_a_page_comes_whole_with_its_kind_and_language_of_signs(site, laid_out):
    answer = Answer(site)
    assert (answer.status, answer["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.body == (laid_out / "www/group/list/index.html").read_bytes()
    assert answer["server"] == "nginx"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (PAPER, "text/html; charset=utf-8"),
        (f"{PAPER}index.md", "text/markdown; charset=utf-8"),
        (f"{PAPER}cite.bib", "application/x-bibtex; charset=utf-8"),
        (f"{PAPER}cite.ris", "application/x-research-info-systems; charset=utf-8"),
        (f"{PAPER}cite.csl.json", "application/vnd.citationstyles.csl+json"),
        ("library.csl.json", "application/vnd.citationstyles.csl+json"),
        ("api/papers.json", "application/json"),
        ("feeds/all.atom", "application/atom+xml"),
        ("feeds/all.json", "application/feed+json"),
        ("opensearch.xml", "application/opensearchdescription+xml"),
        ("sitemap.xml", "application/xml"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("assets/papershelf.css", "text/css; charset=utf-8"),
        ("assets/javascripts/dom.js", "text/javascript; charset=utf-8"),
        ("assets/images/logo.svg", "image/svg+xml"),
        ("pagefind/wasm.en.pagefind", "application/octet-stream"),
        ("pagefind/pagefind-entry.json", "application/json"),
    ],
)
def test_each_kind_of_file_is_called_what_it_is(site, path, kind):
    answer = Answer(site + path)
    assert (answer.status, answer["content-type"]) == (200, kind)


def test_every_ending_of_the_site_has_a_kind(laid_out):
    config = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    block = re.search(r"\n  types \{(.*?)\}", config, re.DOTALL)[1]
    known = {word for line in block.split(";") for word in line.split()[1:]}
    endings = {Path(name).suffix[1:] for name in files_of(laid_out / "www")}
    inside = {"pf_fragment", "pf_index", "pf_filter", "pf_meta", "pagefind"}
    assert endings - known - inside - {""} == set()


@pytest.mark.parametrize("path", ["", "library.bib", "api/papers.json", "assets/papershelf.css"])
def test_texts_are_sent_compressed_to_who_can_read_that(site, laid_out, path):
    plain = Answer(site + path)
    packed = Answer(site + path, Accept_Encoding="gzip")
    assert (plain["content-encoding"], packed["content-encoding"]) == (None, "gzip")
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    assert packed["vary"] == plain["vary"] == "Accept-Encoding"
    # It was compressed before, once, and better.
    beside = laid_out / "www/group/list" / (f"{path}.gz" if path else "index.html.gz")
    assert packed.body == beside.read_bytes()


def test_what_was_not_compressed_before_is_so_on_the_way(site, laid_out):
    beside = laid_out / "www/group/list/library.ris.gz"
    beside.rename(beside.with_suffix(".away"))
    try:
        packed = Answer(f"{site}library.ris", Accept_Encoding="gzip")
    finally:
        beside.with_suffix(".away").rename(beside)
    assert packed["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == Answer(f"{site}library.ris").body


def one(laid_out, pattern):
    """The path of a file of the site that fits."""
    top = laid_out / "www/group/list"
    return min(path.relative_to(top).as_posix() for path in top.glob(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        "assets/javascripts/bundle.*.min.js",
        "assets/stylesheets/main.*.min.css",
        "pagefind/fragment/*",
        "pagefind/index/*",
        "pagefind/filter/*",
        "pagefind/*.pf_meta",
        "search/*/*.json",
    ],
)
def test_what_has_a_digest_in_its_name_is_kept_for_good(site, laid_out, pattern):
    answer = Answer(site + one(laid_out, pattern))
    assert (answer.status, answer["cache-control"]) == (200, "public, max-age=31536000, immutable")


@pytest.mark.parametrize(
    "path",
    [
        "",
        PAPER,
        "feeds/all.atom",
        "api/papers.json",
        "assets/papershelf.css",
        "assets/javascripts/dom.js",
        "pagefind/pagefind.js",
        "pagefind/pagefind-entry.json",
        "search/index.json",
    ],
)
def test_what_keeps_its_name_is_asked_for_again_and_not_sent_again(site, path):
    for headers in ({}, {"Accept_Encoding": "gzip"}):
        answer = Answer(site + path, **headers)
        assert (answer.status, answer["cache-control"]) == (200, "no-cache")
        again = Answer(site + path, If_None_Match=answer["etag"], **headers)
        assert (again.status, again.body, again["cache-control"]) == (304, b"", "no-cache")
        assert again["etag"] == answer["etag"]
        assert Answer(site + path, If_None_Match='"other"', **headers).status == 200


def test_every_answer_has_the_security_headers(site, laid_out):
    for path in ("", PAPER, "nowhere/", "pagefind/pagefind.js", "papers/half/", "library.csl.json"):
        answer = Answer(site + path)
        policy = answer["content-security-policy"]
        assert policy.startswith(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-"
        )
        assert "unsafe-inline" not in policy and "'unsafe-eval'" not in policy
        assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
        assert answer["x-content-type-options"] == "nosniff"
        assert answer["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "camera=()" in answer["permissions-policy"]


def test_what_is_for_programs_may_be_read_from_other_sites_pages(site):
    for path in ("api/papers.json", "feeds/all.json", "library.bib"):
        assert Answer(site + path)["access-control-allow-origin"] == "*"
    assert Answer(site)["access-control-allow-origin"] is None


@pytest.mark.parametrize("path", ["nowhere/", "papers/no-such-paper/", "nowhere.js", "assets/"])
def test_what_is_not_there_is_the_sites_own_page_and_not_kept(site, laid_out, path):
    answer = Answer(site + path)
    assert (answer.status, answer["content-type"]) == (404, "text/html; charset=utf-8")
    assert answer.body == (laid_out / "www/group/list/404.html").read_bytes()
    assert answer["cache-control"] == "no-cache"


def test_no_folder_lists_its_files_and_no_hidden_file_is_sent(host, site, laid_out):
    (laid_out / "www/group/list/.git").mkdir(exist_ok=True)
    (laid_out / "www/group/list/.git/config").write_text("secret")
    hidden = ("api/", "assets/images/", "feeds/", ".git/config", "_redirects")
    for address in (f"{host}group/", *(site + path for path in hidden)):
        answer = Answer(address)
        assert answer.status == 404
        assert b"Index of" not in answer.body and b"secret" not in answer.body


def test_a_page_that_moved_leads_on_for_good(site):
    answer = Answer(f"{site}papers/half/")
    assert (answer.status, answer["location"]) == (301, f"/group/list/{PAPER}")
    assert Answer(f"{site}{PAPER}").status == 200


def test_the_host_leads_to_the_site_that_lies_below_it(host):
    answer = Answer(host)
    assert (answer.status, answer["location"]) == (302, "/group/list/")


def test_a_path_without_its_last_slash_leads_to_the_page_on_whatever_host(site):
    answer = Answer(f"{site}tags", Host="papers.example.org")
    assert (answer.status, answer["location"]) == (301, "/group/list/tags/")


def test_head_says_the_same_without_the_page(site):
    head, get = Answer(f"{site}{PAPER}", "HEAD"), Answer(f"{site}{PAPER}")
    assert (head.status, head.body) == (200, b"")
    left = {"date", "connection"}
    assert {k: v for k, v in head.headers.items() if k not in left} == {
        k: v for k, v in get.headers.items() if k not in left
    }


def test_a_part_is_sent_to_who_asks_for_a_part(site):
    whole = Answer(f"{site}library.bib")
    part = Answer(f"{site}library.bib", Range="bytes=10-19")
    assert (part.status, part.body) == (206, whole.body[10:20])
    assert part["content-range"] == f"bytes 10-19/{len(whole.body)}"
    assert Answer(f"{site}library.bib", Range="bytes=99999999-").status == 416


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent_to_it(site, method):
    assert Answer(site, method).status == 405
