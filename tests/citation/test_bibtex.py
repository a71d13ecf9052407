from builder.citation import bibtex


def entry(item):
    return bibtex([item])


def test_a_preprint_has_its_eprint_as_arxiv_advises(cite):
    item = cite()
    assert entry(item) == (
        f"@misc{{{item.key},\n"
        "  author = {Example, Ada and van der Sample, Jan},\n"
        "  title = {Half a Loaf: Sparse Updates},\n"
        "  year = {2024},\n"
        "  eprint = {2411.99901},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/2411.99901},\n"
        "}\n"
    )


def test_a_conference_paper_has_venue_and_eprint_and_the_venues_year(cite):
    made = entry(cite(venue="CE & SE 2025", doi="10.0000/a_b"))
    assert made.startswith("@misc{")  # no rule knows this venue
    made = entry(cite(venue="Workshop on Crumbs & Crusts 2025", doi="10.0000/a_b"))
    assert made.startswith("@inproceedings{")
    assert "  booktitle = {Workshop on Crumbs \\& Crusts},\n  year = {2025},\n" in made
    assert "  eprint = {2411.99901},\n" in made
    assert "  doi = {10.0000/a_b},\n" in made


def test_an_article_has_volume_number_and_pages(cite):
    made = entry(cite(venue="Journal of Loaves 4(2), 101-120, 2025"))
    assert made.startswith("@article{")
    assert (
        "  journal = {Journal of Loaves},\n"
        "  volume = {4},\n"
        "  number = {2},\n"
        "  pages = {101--120},\n"
        "  year = {2025},\n"
    ) in made


def test_what_is_not_known_is_absent(cite):
    made = entry(cite(authors=(), date=None, arxiv=None))
    item = cite(authors=(), date=None, arxiv=None)
    assert made == (
        f"@misc{{{item.key},\n"
        "  title = {Half a Loaf: Sparse Updates},\n"
        "  key = {Half a Loaf: Sparse Updates},\n"
        "}\n"
    )


def test_a_type_that_requires_a_year_or_an_author_is_not_used_without_them(cite):
    for facts in ({"date": None}, {"authors": ()}):
        made = entry(cite(arxiv=None, venue="Journal of Loaves", **facts))
        assert made.startswith("@misc{")
        assert "  howpublished = {Journal of Loaves},\n" in made


def test_more_authors_than_are_named_are_others(cite):
    assert "author = {Example, Ada and others}" in entry(
        cite(authors=("Ada Example",), author_count=3)
    )


def test_names_are_written_so_that_bibtex_divides_them_rightly(cite):
    names = ("Bo Sample Jr.", "01.AI", "Crumbs and Crusts Team", "matt muster", "Käthe Müßig")
    assert (
        "author = {Sample, Jr., Bo and {01.AI} and {Crumbs and Crusts Team} and {muster}, matt"
        ' and M{\\"u}{\\ss}ig, K{\\"a}the}'
    ) in entry(cite(authors=names))


def test_entries_stand_in_the_order_given_and_an_empty_list_makes_an_empty_file(cite):
    first, second = cite(slug="b-b"), cite(slug="a-a")
    made = bibtex([first, second])
    assert made.index(first.key) < made.index(second.key)
    assert made.count("\n\n@") == 1
    assert bibtex([]) == ""
