"""The venue of a bibliography entry, by name alone."""

import time

import pytest

from ingest.structure.entry_venues import venue_after
from ingest.structure.reference_fields import fields_of


@pytest.mark.parametrize(
    ("rest", "venue"),
    [
        (". In Proceedings of ACL, pages 1715–1725, Berlin, Germany.", "Proceedings of ACL"),
        (". In Proceedings of EMNLP. pages 1532–1543.", "Proceedings of EMNLP"),
        (". In ICLR, 2015.", "ICLR"),
        (". In: EMNLP (2018)", "EMNLP"),
        (",” in CVPR, 2017, pp. 6517–6525.", "CVPR"),
        (". CoRR, abs/1703.03906, 2017.", "CoRR"),
        (". arXiv preprint arXiv:1412.6980, 2014.", "arXiv"),
        (". preprint arXiv: 1409.2329.", "arXiv"),
        (". Communications of the ACM, 57(10):78–85.", "Communications of the ACM"),
        (". Neural computation 9(8):1735–1780.", "Neural computation"),
        (
            ". IEEE Trans. Pattern Anal. Mach. Intell., 39(6):1137–1149, 2017.",
            "IEEE Trans. Pattern Anal. Mach. Intell",
        ),
        (". In 2nd International Workshop on Patterns, 2013. 1", "2nd International Workshop on Patterns"),
        (
            ". In 2016 IEEE International Conference on Acoustics, Speech and Signal Processing, pages 1–5.",
            "2016 IEEE International Conference on Acoustics, Speech and Signal Processing",
        ),
        (
            ". In Kevin Knight, Ani Nenkova, and Owen Rambow, editors, NAACL HLT 2016, The 2016 Conference.",
            "NAACL HLT",
        ),
        (". Ph.D. thesis, New York University.", ""),
        (". https://github.com/fchollet/keras.", ""),
        (". pages 214–224.", ""),
        (".", ""),
    ],
)
def test_a_venue_is_its_name_without_volume_pages_and_place(rest: str, venue: str) -> None:
    assert venue_after(rest) == venue


def test_an_entry_gives_its_venue_and_whether_it_names_all_authors() -> None:
    entry = "Dehghani, M. et al. Universal transformers. In ICLR, 2019."
    fields = fields_of(entry)
    assert (fields.title, fields.venue, fields.others) == ("Universal transformers", "ICLR", True)
    assert not fields_of("Kingma, D. P. and Ba, J. Adam: A method. In ICLR, 2015.").others


@pytest.mark.parametrize("piece", ["Proc. ", "a, and B ", "A. ", "(((", "In In ", "editors, "])
def test_absurd_entries_take_no_time(piece: str) -> None:
    began = time.perf_counter()
    venue_after(". In " + piece * 40_000)
    assert time.perf_counter() - began < 0.5
