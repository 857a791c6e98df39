"""What is only the embedded store's: procedures of its own that write, and queries that plan to."""

from pathlib import Path

import pytest
from builders import document, job_output, paper
from graph_places import embedded

from graph import statistics, write_job
from records import RejectedInputError

WRITES = [
    "EXPLAIN CREATE (n:Paper {id: 'x'})",
    "CALL db.cdc.enable()",
    "CALL db.ontology.clear()",
    "CALL db.text_index.build('Paper', 'title')",
]


@pytest.mark.parametrize("cypher", WRITES)
@pytest.mark.parametrize("read_only", [True, False])
def test_a_procedure_that_writes_is_refused(tmp_path: Path, cypher: str, read_only: bool) -> None:
    place = embedded(tmp_path)
    with place.open() as store:
        write_job(store, job_output(document(), paper()))
    with place.open(read_only=read_only) as store:
        before = statistics(store)
        with pytest.raises(RejectedInputError):
            store.read(cypher)
        assert statistics(store) == before
