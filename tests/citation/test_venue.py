import pytest

from builder.citation.venue import parse


@pytest.mark.parametrize(
    ("line", "kind", "title", "year"),
    [
        ("ICLR 2024", "conference", "ICLR", 2024),
        ("ICLR", "conference", "ICLR", None),
        ("IJCNLP-AACL 2025", "conference", "IJCNLP-AACL", 2025),
        ("ICLR 2025 (Oral)", "conference", "ICLR", 2025),
        ("NeurIPS 2024 Spotlight", "conference", "NeurIPS", 2024),
        ("ICLR 2025 Workshop (SCOPE)", "conference", "ICLR Workshop (SCOPE)", 2025),
        ("Findings of ACL 2024", "conference", "Findings of ACL", 2024),
        ("2024 Conference on Examples (CE)", "conference", "Conference on Examples (CE)", 2024),
        ("Workshop on Samples, CE 2025", "conference", "Workshop on Samples, CE", 2025),
        ("Proceedings of Examples 2020", "conference", "Proceedings of Examples", 2020),
        ("TMLR 2023", "journal", "TMLR", 2023),
        ("IEEE TPAMI 2022", "journal", "IEEE TPAMI", 2022),
        ("IEEE Access (2024)", "journal", "IEEE Access", 2024),
        ("Journal of Samples", "journal", "Journal of Samples", None),
        ("ACM Transactions on Examples 2019", "journal", "ACM Transactions on Examples", 2019),
        ("Proceedings of the ACM on Samples 2017", "journal",
         "Proceedings of the ACM on Samples", 2017),
        ("Nature 2021", "journal", "Nature", 2021),
        ("arXiv 2024", "preprint", "arXiv", 2024),
        ("CoRR abs/2401.00001", "preprint", "CoRR abs/2401.00001", None),
        ("Sample Patterns 2020", "other", "Sample Patterns", 2020),
        ("2023", "other", "2023", 2023),
    ],
)  # fmt: skip
def test_a_line_tells_kind_name_and_year(line, kind, title, year):
    found = parse(line)
    assert (found.kind, found.title, found.year) == (kind, title, year)


@pytest.mark.parametrize(
    ("line", "title", "year", "volume", "issue", "pages"),
    [
        ("Sample Studies 58(5), 2021", "Sample Studies", 2021, "58", "5", None),
        ("Sample Studies 2019, 24(2), 41", "Sample Studies", 2019, "24", "2", "41"),
        ("Sample Studies 12(3-4): 101–120, 2018", "Sample Studies", 2018, "12", "3-4", "101–120"),
        ("Sample Studies vol. 7 (1), pp. 5-9 (2001)", "Sample Studies", 2001, "7", "1", "5-9"),
        ("Sample Studies 3(1), 2001-2010, 1999", "Sample Studies", 1999, "3", "1", "2001-2010"),
    ],
)
def test_volume_issue_and_pages_make_a_journal(line, title, year, volume, issue, pages):
    found = parse(line)
    assert found.kind == "journal"
    assert (found.title, found.year) == (title, year)
    assert (found.volume, found.issue, found.pages) == (volume, issue, pages)
