"""All links of a list: several servers, an earlier run's answers, an end that comes too soon."""

import dataclasses
import datetime
import json
import threading

import pytest

from builder import linkcheck
from builder.linkcheck import Answer, Cache, NoNetwork, Settings, Target, ask_all
from builder.linkcheck.model import Place
from tests.linkcheck import server
from tests.linkcheck.server import answers

NOW = datetime.datetime(2025, 3, 1, tzinfo=datetime.UTC)
QUICK = Settings(private=True, connect=2.0, read=0.3, whole=0.3, time=10_000.0)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def site():
    with server.serve() as made:
        yield made


def links(*addresses, shallow=False):
    place = Place(path="content/papers/x.md", line=3, field="links[0].url")
    return [Target(url=url, places=(place,), shallow=shallow) for url in addresses]


def run(targets, cache=None, *, settings=QUICK, date=NOW, clock=None, **more):
    clock = clock or server.Watch(date)
    return ask_all(targets, settings, cache or Cache(), clock=clock, **more)


def states(report):
    return [answer.state for answer in report.answers.values()]


def test_servers_are_asked_side_by_side_and_each_one_by_one():
    together = threading.Barrier(2)
    with server.serve() as one, server.serve() as two:

        def meets(handler):
            together.wait(5)
            answers(body=b"x", Content_Type="text/plain")(handler)

        for made in (one, two):
            made.pages["/1"] = meets
            made.pages["/2"] = answers()
        settings = dataclasses.replace(QUICK, read=5.0)
        report = run(
            links(*(f"{made.address}/{n}" for made in (one, two) for n in (1, 2))),
            settings=settings,
        )
        assert states(report) == ["good"] * 4
        assert report.asked == 4
        for made in (one, two):
            assert [path for _, path in made.seen] == ["/robots.txt", "/1", "/2", "/2"]


def test_what_was_answered_lately_is_not_asked_again(site, tmp_path):
    site.pages["/x"] = answers()
    path = tmp_path / "links.json"
    targets = links(f"{site.address}/x", f"{site.address}/y")
    assert states(run(targets, Cache.read(path))) == ["good", "gone"]
    before = len(site.seen)
    again = run(targets, Cache.read(path), date=NOW + DAY / 2)
    assert (states(again), again.asked, len(site.seen)) == (["good", "gone"], 0, before)
    # A bad answer is asked for again the next day, a good one after a week.
    site.pages["/y"] = answers()
    later = run(targets, Cache.read(path), date=NOW + DAY)
    assert (states(later), later.asked) == (["good", "good"], 1)
    assert run(targets, Cache.read(path), date=NOW + 7 * DAY).asked == 1
    assert run(targets, Cache.read(path), date=NOW + 7 * DAY, age=0 * DAY).asked == 2


def test_an_id_that_was_there_is_believed_for_longer(site, tmp_path):
    site.pages["/x"] = answers()
    cache = Cache(path=tmp_path / "links.json")
    targets = links(f"{site.address}/x", shallow=True)
    assert run(targets, cache).asked == 1
    assert run(targets, cache, date=NOW + 69 * DAY).asked == 0
    assert run(targets, cache, date=NOW + 70 * DAY).asked == 1


def test_no_answer_is_kept_with_the_day_since_which_there_is_none(site, tmp_path):
    site.pages["/x"] = answers(503)
    path = tmp_path / "links.json"
    targets = links(f"{site.address}/x")
    run(targets, Cache.read(path))
    report = run(targets, Cache.read(path), date=NOW + 3 * DAY)
    assert [str(problem) for problem in linkcheck.problems(targets, report.answers)] == [
        f'content/papers/x.md:3: links[0].url: "{site.address}/x" answers 503 Service Unavailable '
        "(since 2025-03-01); look whether it is for good, and correct it or remove it then"
    ]
    site.pages["/x"] = answers()
    assert states(run(targets, Cache.read(path), date=NOW + 4 * DAY)) == ["good"]


def test_of_a_server_that_does_not_answer_not_every_link_is_tried(site):
    site.pages["/robots.txt"] = answers(404)
    for n in range(8):
        site.pages[f"/{n}"] = server.breaks_off
    targets = links(*(f"{site.address}/{n}" for n in range(8)))
    assert states(run(targets)) == ["unreachable"] * 8
    assert {path for _, path in site.seen} == {"/robots.txt", "/0", "/1", "/2"}


def test_a_server_whose_rules_cannot_be_had_is_asked_twice_and_no_more(site):
    site.pages["/robots.txt"] = server.breaks_off
    assert states(run(links(*(f"{site.address}/{n}" for n in range(8))))) == ["unreachable"] * 8
    assert site.seen == [("GET", "/robots.txt")] * 2


def test_without_any_network_nothing_is_blamed_on_links(site, tmp_path):
    path = tmp_path / "links.json"
    with server.serve() as other:
        site.pages["/robots.txt"] = other.pages["/robots.txt"] = server.breaks_off
        targets = links(f"{site.address}/x", f"{other.address}/x")
        with pytest.raises(NoNetwork, match="connected to the network"):
            run(targets, Cache.read(path))
    assert json.loads(path.read_text())["answers"] == {}


def test_what_is_not_asked_in_time_is_left_for_the_next_run(site, tmp_path):
    path = tmp_path / "links.json"
    for n in range(6):
        site.pages[f"/{n}"] = answers()
    targets = links(*(f"{site.address}/{n}" for n in range(6)))
    short = dataclasses.replace(QUICK, time=5.0)
    first = run(targets, Cache.read(path), settings=short)
    counts = first.counts
    assert counts["good"] + counts["later"] == 6
    assert counts["good"] and counts["later"]
    assert first.asked == counts["good"]
    assert not list(linkcheck.problems(targets, first.answers))
    # Short runs see all links one after the other.
    for _ in range(5):
        last = run(targets, Cache.read(path), settings=short)
    assert last.counts == {"good": 6}


def test_a_server_that_holds_us_does_not_hold_the_end(site):
    def header_without_end(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not handler.server.site.ended.wait(0.02):
            handler.wfile.write(b"X")
            handler.wfile.flush()

    site.pages["/x"] = header_without_end

    class Hurried(server.Watch):
        def now(self):
            # Time goes on whenever somebody looks.
            self._now += 1
            return self._now

    report = run(
        links(f"{site.address}/x"),
        settings=dataclasses.replace(QUICK, time=12.0),
        clock=Hurried(NOW),
    )
    assert states(report) == ["later"]


def test_an_interruption_keeps_what_is_known(site, tmp_path):
    path = tmp_path / "links.json"
    site.pages["/x"] = site.pages["/y"] = answers()
    targets = links(f"{site.address}/x", f"{site.address}/y")

    def interrupted(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(targets, Cache.read(path), progress=interrupted)
    assert list(json.loads(path.read_text())["answers"]) == [f"{site.address}/x"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"version": 0}', '{"version": 1, "answers": {"x": {"state": "odd"}}}',
     '{"version": 1, "answers": {"x": {"state": "good", "asked": "2025-03-01", '
     '"since": "2025-03-01"}}}', '{"version": 1, "answers": 3}'],
)  # fmt: skip
def test_a_damaged_cache_is_an_empty_one(tmp_path, text):
    path = tmp_path / "links.json"
    path.write_text(text)
    assert Cache.read(path).answers == {}


def test_what_no_file_leads_to_any_more_is_forgotten(tmp_path):
    path = tmp_path / "deep" / "links.json"
    old = Answer(state="good", asked=NOW, since=NOW)
    cache = Cache(path=path, answers={"https://example.org/x": old})
    cache.write(NOW + 120 * DAY)
    assert Cache.read(path).answers == {"https://example.org/x": old}
    cache.write(NOW + 121 * DAY)
    assert Cache.read(path).answers == {}


def test_a_mistake_of_ours_is_no_answer(site, monkeypatch):
    def broken(*_):
        raise RuntimeError("ours")

    monkeypatch.setattr("builder.linkcheck.ask.Asker.ask", broken)
    with pytest.raises(RuntimeError, match="ours"):
        run(links(f"{site.address}/x"))


@pytest.mark.parametrize(
    ("state", "more", "told"),
    [
        ("gone", {"detail": "404 Not Found"},
         'error "U" answers 404 Not Found; correct it, or remove the link'),
        ("nowhere", {"detail": 'there is no server "u"'},
         'error "U": there is no server "u"; correct it, or remove the link'),
        ("private", {"detail": '"u" is in a private network'},
         'error "U": "u" is in a private network; link to what every reader can reach'),
        ("moved", {"to": "V"}, 'warning "U" moved for good to "V"; write the new address'),
        ("home", {"to": "V"}, 'warning "U" leads to the home page "V"; find the page\'s new '
         "address, or remove the link"),
        ("soft", {"detail": "Not Found"}, 'warning "U" shows a page "Not Found"; open it in a '
         "browser; correct it, or remove the link"),
        ("loop", {"detail": "it redirects in a circle"}, 'warning "U": it redirects in a circle; '
         "open it in a browser; if it is there, silence this in content/check.yml"),
        ("astray", {"detail": 'it redirects to "x:", no web address'}, 'warning "U": it redirects '
         'to "x:", no web address; open it in a browser; if it is there, silence this in '
         "content/check.yml"),
        ("refused", {"detail": "403 Forbidden"}, 'warning "U" answers programs 403 Forbidden; '
         "open it in a browser; if it is there, silence this in content/check.yml"),
        ("failing", {"detail": "500 Internal Server Error"}, 'warning "U" answers 500 Internal '
         "Server Error; look whether it is for good, and correct it or remove it then"),
        ("unreachable", {"detail": "it refuses connections"}, 'warning "U": it refuses '
         "connections; look whether it is for good, and correct it or remove it then"),
    ],
)  # fmt: skip
def test_each_answer_is_told_with_what_to_do(state, more, told):
    answer = Answer(state=state, asked=NOW, since=NOW, **more)
    (problem,) = linkcheck.problems(links("U"), {"U": answer})
    where = "content/papers/x.md:3: links[0].url: "
    assert f"{problem.severity} {str(problem).removeprefix(where)}" == told


@pytest.mark.parametrize("state", ["good", "robots", "later"])
def test_what_was_not_asked_is_no_problem(state):
    answer = Answer(state=state, asked=NOW, since=NOW)
    assert not list(linkcheck.problems(links("U"), {"U": answer}))


def test_an_id_is_corrected_or_left_out():
    place = Place(path="content/papers/x.md", line=3, field="arxiv")
    answer = Answer(state="gone", detail="404 Not Found", asked=NOW, since=NOW)
    (problem,) = linkcheck.problems([Target(url="U", places=(place,))], {"U": answer})
    assert problem.hint == "correct it, or leave it out"
