"""The invented library: always the same, valid, and like real papers where it counts."""

import json
import re
import shutil
from collections import Counter
from datetime import date
from statistics import fmean, pstdev

import pytest
from click.testing import CliRunner

from builder import library
from builder.cli import main
from builder.content import paper
from tests.benchmarks import corpus, invented, run
from tests.benchmarks.processes import CommandFailed, Cost
from tests.benchmarks.processes import run as run_process

COUNT = 600


@pytest.fixture(scope="module")
def papers():
    return list(invented.papers(COUNT))


@pytest.fixture(scope="module")
def texts(papers):
    """The words of each paper, in lower case."""
    return [re.findall(r"[a-z]+", f"{item.title} {item.abstract}".lower()) for item in papers]


def test_a_seed_makes_the_same_library_and_another_seed_another_one():
    assert dict(invented.files(40, 3)) == dict(invented.files(40, 3))
    assert dict(invented.files(40, 3)) != dict(invented.files(40, 4))


def test_a_larger_library_begins_with_the_papers_of_a_smaller_one(papers):
    assert list(invented.papers(40)) == papers[:40]


def test_a_library_is_valid_to_the_last_warning(tmp_path):
    invented.make(tmp_path, 400)
    done = CliRunner().invoke(main, ["--content", str(tmp_path), "check"])
    assert done.output == "400 papers, 6 editions, 1 reading path: no problem\n"
    assert len(library.load(tmp_path).papers) == 400


def test_the_smallest_library_has_one_paper(tmp_path):
    invented.make(tmp_path, 1)
    assert len(library.load(tmp_path).papers) == 1


def test_each_rank_has_a_word_of_its_own():
    words = [invented.word(rank) for rank in range(60_000)]
    assert len(set(words)) == len(words)
    assert all(re.fullmatch("[a-z]{5,10}", word) for word in words)


def test_lengths_are_those_of_real_papers(papers):
    # Of 10,000 papers of conferences: titles 8.4 ± 2.8 words, abstracts 151 ± 51.
    titles = [len(item.title.split()) for item in papers]
    abstracts = [len(item.abstract.split()) for item in papers]
    assert fmean(titles) == pytest.approx(8.4, abs=0.5)
    assert pstdev(titles) == pytest.approx(2.8, abs=0.5)
    assert fmean(abstracts) == pytest.approx(151, abs=8)
    assert pstdev(abstracts) == pytest.approx(51, abs=6)


def test_the_vocabulary_grows_as_that_of_real_papers(texts):
    # There 306 papers have 6,055 words, and 1,000 have 11,089; half of them stand once.
    few, many = (len({word for text in texts[:n] for word in text}) for n in (150, COUNT))
    assert many == pytest.approx(9_000, rel=0.15)
    # Heaps: four times the text has about twice the words.
    assert many / few == pytest.approx(4**0.54, rel=0.08)


def test_common_words_are_as_common_as_in_real_papers(texts):
    counts = Counter(word for text in texts for word in text)
    shares = [count / counts.total() for _, count in counts.most_common()]
    for rank, real in ((1, 0.051), (10, 0.0114), (100, 0.00118), (1000, 0.000142)):
        assert real / 1.6 < shares[rank - 1] < real * 1.6


def test_authors_facts_and_formulas_are_as_frequent_as_in_real_papers(papers):
    assert fmean(len(item.authors) for item in papers) == pytest.approx(3.83, abs=0.3)
    names = Counter(name for item in papers for name in item.authors)
    # There 23,404 people have 38,300 places in the lists of authors.
    assert len(names) / names.total() == pytest.approx(0.61, abs=0.05)
    assert sum("$" in item.abstract for item in papers) / COUNT == pytest.approx(0.06, abs=0.03)
    assert sum(item.tags is not None for item in papers) / COUNT == pytest.approx(0.3, abs=0.06)


def test_days_and_identifiers_fit_together(papers):
    days = [item.date for item in papers]
    assert days == sorted(days)
    assert days[0] == date(2021, 1, 4)
    for item in papers:
        assert not item.arxiv or item.arxiv.startswith(f"{item.date:%y%m}.")
    assert len({item.arxiv for item in papers if item.arxiv}) == sum(
        bool(item.arxiv) for item in papers
    )


def test_an_edit_adds_a_sentence_and_each_another_one(papers):
    text = paper.dump(papers[5])
    (one, _), (another, _) = (invented.edited(text, number) for number in (1, 2))
    assert one != another
    edited = paper.parse(one, path=f"papers/{papers[5].slug}.md")
    assert edited.abstract.startswith(papers[5].abstract)
    assert edited.title == papers[5].title


def test_papers_of_a_file_are_repeated_under_other_titles(tmp_path):
    file = tmp_path / "papers.jsonl"
    file.write_text(
        "\n".join(
            json.dumps({"title": f"On {name}", "abstract": "A.", "url": "https://example.org/"})
            for name in "AB"
        )
    )
    titles = [item["title"] for item in corpus.read(file, 5)]
    assert titles == ["On A", "On B", "Part 2: On A", "Part 2: On B", "Part 3: On A"]
    # One address for two papers would make them one.
    assert ["url" in item for item in corpus.read(file, 5)] == [True, True, False, False, False]
    file.write_text("\n")
    with pytest.raises(ValueError, match="no paper"):
        list(corpus.read(file, 1))


def test_a_process_is_measured_and_a_failure_is_quoted(tmp_path):
    shell = shutil.which("sh") or "sh"
    cost = run_process([shell, "-c", "sleep 0.2"], folder=tmp_path)
    assert cost.seconds >= 0.2
    assert cost.largest > 100_000
    with pytest.raises(CommandFailed, match=r"exit code 3\nno loaf"):
        run_process([shell, "-c", "echo no loaf; exit 3"], folder=tmp_path)


def test_a_line_of_the_table_has_medians_and_the_most_memory():
    costs = [
        Cost(seconds=seconds, processor=seconds * 2, largest=int(seconds) << 20, together=0)
        for seconds in (3.0, 1.0, 2.0)
    ]
    row = run.Row(papers=1000, what="nothing", costs=tuple(costs), pages=1234, size=5_600_000)
    assert str(row) == "| 1,000 | nothing | 2.0 s | 4.0 s | 3 MiB | 1,234 | 6 MB |"
