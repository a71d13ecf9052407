import pytest

from builder.citation import prose


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, "Ada Example and Jan van der Sample. Half a Loaf: Sparse Updates. arXiv preprint, "
             "2024. arXiv:2411.99901."),
        ({"venue": "ICLR 2025", "doi": "10.0000/half"},
         "Ada Example and Jan van der Sample. Half a Loaf: Sparse Updates. ICLR, 2025. "
         "arXiv:2411.99901. https://doi.org/10.0000/half"),
        ({"venue": "Journal of Loaves 4(2), 41, 2025", "arxiv": None, "authors": ("Ada Example",)},
         "Ada Example. Half a Loaf: Sparse Updates. Journal of Loaves 4(2):41, 2025."),
        ({"title": "Why Loaves?", "arxiv": None, "date": None, "authors": ()}, "Why Loaves?"),
        ({"authors": ("A. A", "B. B", "C. C")},
         "A. A, B. B and C. C. Half a Loaf: Sparse Updates. arXiv preprint, 2024. "
         "arXiv:2411.99901."),
        ({"authors": ("Ada Example",), "author_count": 3, "arxiv": None},
         "Ada Example et al. Half a Loaf: Sparse Updates. 2024."),
        ({"authors": tuple(f"A{n} Example" for n in range(9)), "arxiv": None},
         "A0 Example et al. Half a Loaf: Sparse Updates. 2024."),
    ],
)  # fmt: skip
def test_a_citation_says_what_is_known_in_one_line(cite, facts, text):
    assert prose(cite(**facts)) == text


def test_a_paper_without_identifiers_is_found_by_its_link(cite, pdf):
    assert prose(cite(arxiv=None, links=(pdf,))).endswith(f"2024. {pdf.url}")
