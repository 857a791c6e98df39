"""Writes jobs one after the other until it is killed, and tells of each one that is committed."""

import os
import sys

from builders import cited, document, entity, evidence, job_output, paper
from graph_places import GraphPlace

from graph import write_job
from records import JobOutput, Predicate

THINGS = [entity(f"thing {number}") for number in range(4)]
ORIGIN = cited("Where all the things come from", authors=["O. Rigin"])


def output(number: int) -> JobOutput:
    """The job of this number; jobs share entities, facts and a cited paper."""
    pdf = document(f"{number}.pdf")
    own = paper(f"Paper number {number} of a long series", authors=[f"A. Author{number}"])
    quotes = [
        evidence(paper_of, predicate, thing, document=pdf, start=100 * index, confidence=0.5)
        for index, thing in enumerate(THINGS)
        for paper_of, predicate in [(own, Predicate.USES), (ORIGIN, Predicate.INTRODUCES)]
    ]
    return job_output(pdf, own, evidence=quotes, cited=[ORIGIN], minute=number)


def main(first: int, end: int) -> None:
    """Writes the jobs of these numbers into the graph that the environment names."""
    place = GraphPlace(os.environ["PAPERLINEAGE_GRAPH_URL"], os.environ["PAPERLINEAGE_GRAPH_PASSWORD"])
    with place.open() as store:
        print("open", flush=True)  # noqa: T201
        for number in range(first, end):
            write_job(store, output(number))
            print(number, flush=True)  # noqa: T201


if __name__ == "__main__":
    # Neo4j's driver imports pandas where it is installed, as for the tests' sake here, which takes 2 s.
    sys.modules["pandas"] = None  # type: ignore[assignment]
    main(int(sys.argv[1]), int(sys.argv[2]))
