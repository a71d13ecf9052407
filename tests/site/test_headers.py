"""`papershelf headers`: the policy names what the pages are made of, and nothing else."""

import base64
import hashlib
import shutil
from pathlib import Path

import pytest

from builder.site import headers
from builder.site.build import Request, build
from tests.projects import make_project


def digest(script):
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    project = make_project(tmp_path_factory.mktemp("headers") / "project")
    build(Request(config=project / "mkdocs.yml", search=False))
    return project


def page(folder, text):
    (folder / "index.html").write_bytes(text)
    return headers.inline_scripts(folder)


@pytest.mark.parametrize(
    "script",
    [b"a()", b"  a()\n  b()\n", '‘ü’ < "&amp;"'.encode(), b"", b"if (a) { b('<p>') }"],
)
def test_a_script_within_a_page_is_named_by_its_digest(tmp_path, script):
    assert page(tmp_path, b"<p><script>" + script + b"</script></p>") == [digest(script)]


@pytest.mark.parametrize(
    ("tag", "runs"),
    [
        (b"<script type=module>", True),
        (b'<script type="text/javascript">', True),
        (b'<SCRIPT data-src="x">', True),
        (b'<script type="speculationrules">', True),
        (b'<script src="a.js">', False),
        (b"<script defer src=a.js>", False),
        (b'<script id="__config" type="application/json">', False),
        (b'<script type="application/ld+json">', False),
        (b"<scripted>", False),
    ],
)
def test_data_and_scripts_that_are_loaded_are_not_named(tmp_path, tag, runs):
    end = tag.split()[0].strip(b"<>").join([b"</", b">"])
    assert page(tmp_path, tag + b"x" + end) == ([digest(b"x")] if runs else [])


def test_scripts_of_all_pages_are_named_once_and_in_order(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "index.html").write_bytes(b"<script>b</script><script>a</script>")
    found = page(tmp_path, b"<script>a</script><script>c</script>")
    assert found == sorted(digest(script) for script in (b"a", b"b", b"c"))


def test_the_policy_lets_nothing_in_but_what_the_site_is_made_of():
    said = headers.security(["'sha256-x'"])
    assert said["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-x'; worker-src 'self'; "
        "style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
        "manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def test_the_form_of_a_newsletter_may_be_sent_where_it_is_meant_to():
    said = headers.security([], form="https://mail.example.org:8443/subscribe?list=1")
    assert "form-action 'self' https://mail.example.org:8443;" in said["Content-Security-Policy"]


def test_no_page_of_the_theme_has_a_style_or_a_handler_that_the_policy_forbids(built):
    for path in (built / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for forbidden in ("<style", " style=", " onclick=", " onload=", "javascript:"):
            assert forbidden not in text, (path, forbidden)


def test_the_file_for_nginx_leads_on_from_old_paths_below_the_sites_own(papershelf):
    text = headers.nginx(
        headers.security([]),
        url="https://example.org/group/list/",
        redirects="/group/list/papers/a/ /group/list/papers/b/ 301\n",
    )
    assert '\nmap "" $papershelf_base { default "/group/list/"; }\n' in text
    assert '\n  "/group/list/papers/a/" "/group/list/papers/b/";\n' in text
    assert '\n  "/" "/group/list/";\n' in text
    assert '"/" "/";' not in headers.nginx(headers.security([]), url="", redirects="")


def test_the_command_writes_for_netlify_and_cloudflare_as_well(papershelf, built):
    config = built / "mkdocs.yml"
    result = papershelf("headers", "--config", config, "--format", "netlify", "--out", "_headers")
    assert result.exit_code == 0, result.output
    lines = Path("_headers").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "/papershelf/*"
    assert lines[1].startswith("  Content-Security-Policy: default-src 'none'; script-src 'self'")
    assert "/papershelf/pagefind/fragment/*" in lines
    # Cloudflare Pages takes lines of at most 2,000 signs.
    assert max(map(len, lines)) < 2000
    again = papershelf("headers", "--config", config, "--format", "netlify")
    assert again.output.splitlines() == lines


def test_without_a_site_nothing_is_written(papershelf, tmp_path):
    project = make_project(tmp_path / "project")
    shutil.rmtree(project / "site", ignore_errors=True)
    result = papershelf("headers", "--config", project / "mkdocs.yml", "--out", "site.conf")
    assert result.exit_code == 1
    assert result.output.endswith("site: no site is there; run papershelf build first\n")
    assert not Path("site.conf").exists()
