"""Bibliography entries in the styles in use."""

import pytest

from ingest.structure.reference_fields import fields_of

ENTRIES = [
    (
        "Rico Sennrich, Barry Haddow, and Alexandra Birch. 2016. Neural machine translation of rare words "
        "with subword units. In Proceedings of ACL, pages 1715–1725.",
        ("Rico Sennrich", "Barry Haddow", "Alexandra Birch"),
        2016,
        "Neural machine translation of rare words with subword units",
    ),
    (
        "[12] D. Kingma and J. Ba. Adam: A method for stochastic optimization. In ICLR, 2015.",
        ("D. Kingma", "J. Ba"),
        2015,
        "Adam: A method for stochastic optimization",
    ),
    (
        "[3] Denny Britz, Anna Goldie, Minh-Thang Luong, and Quoc V. Le. Massive exploration of neural "
        "machine translation architectures. CoRR, abs/1703.03906, 2017.",
        ("Denny Britz", "Anna Goldie", "Minh-Thang Luong", "Quoc V. Le"),
        2017,
        "Massive exploration of neural machine translation architectures",
    ),
    (
        "Kingma, D. P. and Ba, J. Adam: A method for stochastic optimization. arXiv:1412.6980, 2014.",
        ("Kingma, D. P.", "Ba, J."),
        2014,
        "Adam: A method for stochastic optimization",
    ),
    (
        "Cao, Z., Li, W., Li, S., and Wei, F. Retrieve, rerank and rewrite: Soft template based neural "
        "summarization. In ACL, 2018.",
        ("Cao, Z.", "Li, W.", "Li, S.", "Wei, F."),
        2018,
        "Retrieve, rerank and rewrite: Soft template based neural summarization",
    ),
    (
        "[7] J. Redmon and A. Farhadi, “YOLO9000: Better, faster, stronger,” in CVPR, 2017, pp. 6517–6525.",
        ("J. Redmon", "A. Farhadi"),
        2017,
        "YOLO9000: Better, faster, stronger",
    ),
    (
        "4. Kudo, T., Richardson, J.: SentencePiece: a simple and language independent subword tokenizer. "
        "In: EMNLP (2018)",
        ("Kudo, T.", "Richardson, J."),
        2018,
        "SentencePiece: a simple and language independent subword tokenizer",
    ),
    (
        "8. Dasu S, Williams A, Putonti C: csPCR: A computational tool for the simulation. J 2010, 11:34.",
        ("Dasu S", "Williams A", "Putonti C"),
        2010,
        "csPCR: A computational tool for the simulation",
    ),
    (
        "Grusky, M.; Naaman, M.; and Artzi, Y. 2018. NEWSROOM: A dataset of 1.3 million summaries. In NAACL.",
        ("Grusky, M.", "Naaman, M.", "Artzi, Y."),
        2018,
        "NEWSROOM: A dataset of 1.3 million summaries",
    ),
    (
        "[30] Alok Aggarwal, Yanping Huang, and Esteban Real. Regularized evolution for images. AAAI, 2019.",
        ("Alok Aggarwal", "Yanping Huang", "Esteban Real"),  # no "et al" in "Real"
        2019,
        "Regularized evolution for images",
    ),
    (
        "Ann Bee, Carl Dee, et al. 2020. A title of some length. In Proceedings of Something.",
        ("Ann Bee", "Carl Dee"),
        2020,
        "A title of some length",
    ),
    (
        "Laurens van der Maaten and Geoffrey Hinton. 2008a. Visualizing data using t-SNE. JMLR, 9:2579–2605.",
        ("Laurens van der Maaten", "Geoffrey Hinton"),
        2008,
        "Visualizing data using t-SNE",
    ),
    (
        "Mengqiu Wang and Noah Smith. 2007. What is the Jeopardy model? A quasi-synchronous grammar for QA. "
        "In EMNLP-CoNLL.",
        ("Mengqiu Wang", "Noah Smith"),
        2007,
        "What is the Jeopardy model? A quasi-synchronous grammar for QA",
    ),
    (
        "[9] OpenAI. GPT-4 technical report. 2023.",
        ("OpenAI",),
        2023,
        "GPT-4 technical report",
    ),
    (
        "[17] M. Rhu and S. W. Keckler. vdnn: Virtualized deep neural networks. In MICRO, 2016.",
        ("M. Rhu", "S. W. Keckler"),
        2016,
        "vdnn: Virtualized deep neural networks",
    ),
    ("[15] Ma C. Astrophys. J. 455, 7 (1995).", ("Ma C",), 1995, ""),  # physics entries give no title
]


@pytest.mark.parametrize(("entry", "authors", "year", "title"), ENTRIES)
def test_an_entry_gives_its_authors_year_and_title(
    entry: str, authors: tuple[str, ...], year: int, title: str
) -> None:
    fields = fields_of(entry)
    assert (fields.authors, fields.year, fields.title) == (authors, year, title)


@pytest.mark.parametrize(
    ("entry", "doi", "arxiv_id"),
    [
        ("A. Bee. A title here. https://doi.org/10.18653/v1/P16-1162.", "10.18653/v1/p16-1162", None),
        ("A. Bee. A title here. CoRR, abs/1508.07909, 2015.", None, "1508.07909"),
        ("A. Bee. A title here. arXiv preprint arXiv:1412.6980v3.", None, "1412.6980"),
        ("A. Bee. A title here. arXiv:cs/0112017, 2001.", None, "cs/0112017"),
        ("A. Bee. A title of 2015. Journal 10.3, 2016.", None, None),
    ],
)
def test_identifiers_are_found_as_printed(entry: str, doi: str | None, arxiv_id: str | None) -> None:
    fields = fields_of(entry)
    assert (fields.doi, fields.arxiv_id) == (doi, arxiv_id)


def test_the_letter_of_a_year_and_the_label_are_kept_apart() -> None:
    fields = fields_of("Yi Tay and Siu Cheung Hui. 2018b. A title of some length. In AAAI.")
    assert (fields.year, fields.year_letter) == (2018, "b")
    assert fields_of("[KB15] Diederik Kingma and Jimmy Ba. Adam. 2015.").label == "KB15"
