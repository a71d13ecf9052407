from builder.citation import ris


def lines(item):
    return ris([item]).splitlines()


def test_a_preprint_is_an_unpublished_work_at_arxiv(cite):
    item = cite()
    assert lines(item) == [
        "TY  - UNPB",
        f"ID  - {item.key}",
        "TI  - Half a Loaf: Sparse Updates",
        "AU  - Example, Ada",
        "AU  - van der Sample, Jan",
        "PY  - 2024",
        "DA  - 2024/11/06/",
        "AB  - We update half of the weights in O(n).",
        "DB  - arXiv",
        "AN  - arXiv:2411.99901",
        "UR  - https://arxiv.org/abs/2411.99901",
        "L1  - https://arxiv.org/pdf/2411.99901",
        "ER  - ",
    ]


def test_a_conference_paper_names_its_conference_and_year(cite):
    made = lines(cite(venue="ICLR 2025", doi="10.0000/half"))
    assert made[0] == "TY  - CONF"
    assert "T2  - ICLR" in made
    assert "PY  - 2025" in made
    assert "DO  - 10.0000/half" in made
    assert not any(line.startswith("DA") for line in made)


def test_an_article_has_first_and_last_page(cite):
    made = lines(cite(venue="Journal of Loaves 4(2), 101-120, 2025"))
    assert made[0] == "TY  - JOUR"
    for line in ("JF  - Journal of Loaves", "VL  - 4", "IS  - 2", "SP  - 101", "EP  - 120"):
        assert line in made
    assert "SP  - 41" in lines(cite(venue="Journal of Loaves 4(2), 41, 2025"))


def test_what_is_not_known_is_absent(cite):
    made = lines(cite(authors=(), date=None, arxiv=None))
    assert [line[:2] for line in made] == ["TY", "ID", "TI", "AB", "ER"]
    assert made[0] == "TY  - GEN"


def test_groups_end_in_a_comma_and_suffixes_come_last(cite):
    made = lines(cite(authors=("Crumb Team", "Bo Sample Jr.", "A* Example")))
    assert made[3:6] == ["AU  - Crumb Team,", "AU  - Sample, Bo, Jr.", "AU  - Example, A"]


def test_no_papers_are_an_empty_file():
    assert ris([]) == ""
