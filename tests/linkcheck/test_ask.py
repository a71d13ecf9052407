"""Links are asked for on a real server that is slow, redirects, refuses and lies."""

import datetime
import shutil
import socket
import subprocess

import pytest

from builder.linkcheck import Settings, Target, web
from builder.linkcheck.ask import Asker, soft_error
from tests.linkcheck import server
from tests.linkcheck.server import answers, by_turns, leads

NOW = datetime.datetime(2025, 3, 1, tzinfo=datetime.UTC)
QUICK = Settings(private=True, connect=2.0, read=0.3, whole=0.3, gap=1.0)


@pytest.fixture
def site():
    with server.serve() as made:
        yield made


@pytest.fixture
def other():
    with server.serve() as made:
        yield made


def asked(address, *, shallow=False, settings=QUICK):
    """(answer, clock) of one address."""
    clock = server.Watch(NOW)
    asker = Asker(settings, clock)
    try:
        return asker.ask(Target(url=address, places=(), shallow=shallow)), clock
    finally:
        asker.close()


def state(address, **more):
    answer, _ = asked(address, **more)
    return answer.state, answer.detail or answer.to


def test_a_page_that_is_there_is_asked_for_and_read_once(site):
    site.pages["/x"] = answers()
    assert state(f"{site.address}/x") == ("good", "")
    assert site.asked("/x") == ["HEAD", "GET"]
    assert site.asked("/robots.txt") == ["GET"]


def test_what_is_no_page_is_not_read(site):
    site.pages["/x.pdf"] = answers(body=b"%PDF", Content_Type="application/pdf")
    assert state(f"{site.address}/x.pdf") == ("good", "")
    assert site.asked("/x.pdf") == ["HEAD"]


def test_whoever_asks_says_who(site):
    settings = Settings(**{**vars(QUICK), "contact": "https://example.org/list/"})
    assert state(f"{site.address}/x", settings=settings)[0] == "gone"
    (agent,) = site.agents
    assert agent.startswith("papershelf/")
    assert agent.endswith(" (checks links of a reading list; +https://example.org/list/)")


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (answers(404), ("gone", "404 Not Found")),
        (answers(410), ("gone", "410 Gone")),
        (answers(403), ("refused", "403 Forbidden")),
        (answers(401), ("refused", "401 Unauthorized")),
        (answers(999), ("refused", "999")),
        (answers(204, b""), ("good", "")),
        # HEAD is answered with a lie, GET with the truth; either way round.
        (answers(200, head=405), ("good", "")),
        (answers(200, head=404), ("good", "")),
        (answers(200, head=500), ("good", "")),
        (answers(404, head=200), ("gone", "404 Not Found")),
        (answers(200, b"<title>Page not found | Example</title>"),
         ("soft", "Page not found | Example")),
        (server.no_http, ("unreachable", "it breaks the connection off")),
        (server.breaks_off, ("unreachable", "it breaks the connection off")),
        (server.silent, ("unreachable", "it does not answer in time")),
        (server.endless, ("good", "")),
        (server.dribbles, ("good", "")),
        (leads("mailto:ada@example.org"),
         ("astray", 'it redirects to "mailto:ada@example.org", no web address')),
        (leads("http://[bad"), ("astray", 'it redirects to "http://[bad", no web address')),
        # A redirect to nowhere is none; neither is it a page.
        (answers(302, b""), ("good", "")),
    ],
)  # fmt: skip
def test_what_a_server_does_is_told(site, page, found):
    site.pages["/x"] = page
    assert state(f"{site.address}/x") == found


def test_a_server_that_breaks_off_once_is_asked_again(site):
    site.pages["/x"] = by_turns(server.breaks_off, server.breaks_off, answers())
    answer, clock = asked(f"{site.address}/x")
    assert answer.state == "good"
    assert 4 in clock.sleeps


def test_nobody_listens(site):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        assert state(f"http://127.0.0.1:{port}/") == ("unreachable", "it refuses connections")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_certificate_that_nobody_vouches_for_is_told(tmp_path):
    names = [tmp_path / "key.pem", tmp_path / "cert.pem"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", names[0], "-out", names[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    with server.serve(certificate=(names[1], names[0])) as made:
        found = state(f"{made.address}/x")
    assert found[0] == "unreachable"
    assert found[1].startswith("its certificate is not valid: self")


def test_a_name_that_no_server_has_is_an_answer(monkeypatch):
    def none(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "none")

    monkeypatch.setattr(web.socket, "getaddrinfo", none)
    answer, clock = asked("https://nowhere.example/")
    assert (answer.state, answer.detail) == ("nowhere", 'there is no server "nowhere.example"')
    assert clock.sleeps == []


def test_a_name_server_that_fails_is_none(monkeypatch):
    def later(*_, **__):
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    monkeypatch.setattr(web.socket, "getaddrinfo", later)
    assert state("https://somewhere.example/")[0] == "unreachable"


def test_a_private_network_is_not_looked_at(site):
    site.pages["/x"] = answers()
    settings = Settings(**{**vars(QUICK), "private": False})
    assert state(f"{site.address}/x", settings=settings) == (
        "private", '"127.0.0.1" is in a private network',
    )  # fmt: skip
    assert site.seen == []


# ---------------------------------------------------------------- redirects


def test_a_redirect_for_now_is_as_good_as_the_page(site):
    site.pages.update({"/x": leads("/y"), "/y": answers()})
    assert state(f"{site.address}/x") == ("good", "")


@pytest.mark.parametrize("status", [301, 308])
def test_a_page_that_moved_for_good_is_told_with_its_new_address(site, other, status):
    site.pages.update({"/x": leads(f"{other.address}/y#part", status)})
    other.pages["/y"] = answers()
    assert state(f"{site.address}/x") == ("moved", f"{other.address}/y")


def test_of_moves_only_those_are_told_that_stay(site):
    site.pages.update({"/a": leads("/b", 301), "/b": leads("/c", 302), "/c": leads("/d", 301)})
    site.pages["/d"] = answers()
    assert state(f"{site.address}/a") == ("moved", f"{site.address}/b")


def test_a_move_to_a_page_that_is_not_there_is_no_move(site):
    site.pages["/x"] = leads("/y", 301)
    assert state(f"{site.address}/x") == ("gone", "404 Not Found")


def test_a_circle_and_an_endless_chain_are_told(site):
    site.pages.update({"/a": leads("/b"), "/b": leads("/a")})
    site.pages.update({f"/{n}": leads(f"/{n + 1}") for n in range(20)})
    assert state(f"{site.address}/a") == ("loop", "it redirects in a circle")
    assert state(f"{site.address}/0") == ("loop", "it redirects more than 10 times")


def test_a_page_that_leads_to_its_home_page_is_gone(site, other):
    site.pages.update({"/x": leads("/", 301), "/": answers(), "/y": leads(f"{other.address}/")})
    other.pages["/"] = answers()
    assert state(f"{site.address}/x") == ("home", f"{site.address}/")
    # A project may have moved to a host of its own.
    assert state(f"{site.address}/y") == ("good", "")
    assert state(f"{site.address}/") == ("good", "")


def test_of_a_shallow_link_only_the_first_server_is_asked(site, other):
    site.pages["/10.1000/x"] = leads(f"{other.address}/publisher")
    assert state(f"{site.address}/10.1000/x", shallow=True) == ("good", "")
    assert other.seen == []
    assert site.asked("/10.1000/x") == ["HEAD"]


# ---------------------------------------------------------------- politeness


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(site):
    site.pages["/x"] = by_turns(answers(429, Retry_After="77"), answers())
    answer, clock = asked(f"{site.address}/x")
    assert answer.state == "good"
    assert 77 in clock.sleeps


def test_a_time_of_day_is_understood_too(site):
    site.pages["/x"] = by_turns(
        answers(503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), answers()
    )
    assert state(f"{site.address}/x") == ("good", "")


def test_without_a_word_the_waits_grow(site):
    site.pages["/x"] = answers(503)
    answer, clock = asked(f"{site.address}/x")
    assert (answer.state, answer.detail) == ("failing", "503 Service Unavailable")
    assert [wait for wait in clock.sleeps if wait > 1] == [4, 8]


def test_a_server_that_wants_to_be_left_alone_for_long_is(site):
    site.pages["/x"] = answers(429, Retry_After="86400")
    clock = server.Watch(NOW)
    asker = Asker(QUICK, clock)
    for path in ("/x", "/y"):
        target = Target(url=f"{site.address}{path}", places=())
        assert asker.ask(target).state == "later"
    asker.close()
    assert site.asked("/x") == ["HEAD"]
    assert site.asked("/y") == []


def test_one_that_stays_busy_is_left_for_another_day(site):
    site.pages["/x"] = answers(429)
    assert state(f"{site.address}/x") == ("later", "")
    assert site.asked("/x") == ["HEAD"] * 3


def test_between_two_questions_there_is_a_gap(site):
    site.pages["/x"] = answers()
    _, clock = asked(f"{site.address}/x")
    # robots.txt, HEAD, GET.
    assert clock.sleeps == [1, 1]


# ---------------------------------------------------------------- robots.txt


def rules(text):
    return answers(body=text.encode(), Content_Type="text/plain")


def test_what_robots_txt_forbids_is_not_asked_for(site):
    site.pages["/robots.txt"] = rules("User-agent: *\nDisallow: /private/\nAllow: /private/open")
    site.pages.update({"/private/x": answers(), "/private/open": answers()})
    assert state(f"{site.address}/private/x") == ("robots", "")
    assert site.asked("/private/x") == []
    assert state(f"{site.address}/private/open") == ("good", "")


def test_rules_for_us_come_before_those_for_all(site):
    site.pages["/robots.txt"] = rules(
        "User-agent: *\nDisallow: /\n\nUser-agent: Papershelf\nDisallow: /*.zip$\n"
    )
    site.pages.update({"/x": answers(), "/x.zip": answers()})
    assert state(f"{site.address}/x") == ("good", "")
    assert state(f"{site.address}/x.zip") == ("robots", "")


def test_a_redirect_into_what_is_forbidden_has_answered(site, other):
    other.pages["/robots.txt"] = rules("User-agent: *\nDisallow: /")
    site.pages["/x"] = leads(f"{other.address}/y", 301)
    assert state(f"{site.address}/x") == ("good", "")
    assert other.asked("/y") == []


def test_the_gap_that_robots_txt_wishes_for_is_kept(site):
    site.pages["/robots.txt"] = rules("User-agent: *\nCrawl-delay: 9")
    site.pages["/x"] = answers()
    _, clock = asked(f"{site.address}/x")
    assert clock.sleeps == [1, 9] or clock.sleeps == [9, 9]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (answers(403), "good"),
        (answers(500), "robots"),
        (leads("/rules.txt", 301), "robots"),
        (leads("/robots.txt"), "good"),
        (leads("mailto:x"), "good"),
        (by_turns(answers(503, Retry_After="5"), answers(404)), "good"),
        (server.breaks_off, "unreachable"),
        (server.endless, "good"),
        (answers(body=b"<!doctype html>\x00\xff<p>Disallow"), "good"),
    ],
)
def test_rules_that_cannot_be_had_forbid_or_not_by_the_standard(site, page, found):
    site.pages.update({"/robots.txt": page, "/rules.txt": rules("User-agent: *\nDisallow: /")})
    site.pages["/x"] = answers()
    assert state(f"{site.address}/x")[0] == found


@pytest.mark.parametrize(
    "title",
    [
        "404", "404 Not Found", "Error 404 (Not Found)!!1", "Page not found · GitHub Pages",
        "Example Lab - Page Not Found", "Not Found", "This page does not exist",
        "Site not found · GitHub Pages", "This domain is for sale", "Sorry, this page isn't found",
    ],
)  # fmt: skip
def test_a_title_that_says_not_found_is_one(title):
    assert soft_error(f"<html><title>\n {title}</title>") == title


@pytest.mark.parametrize(
    "title",
    ["Lost and Not Found: Retrieval without Memory", "Area 404", "Half a Loaf", "", "404 Papers"],
)
def test_a_title_that_only_speaks_of_it_is_none(title):
    assert soft_error(f"<title>{title}</title>") == ""
