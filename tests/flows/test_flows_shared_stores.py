"""Threads of one process share the one writer that an embedded graph has."""

import threading
from pathlib import Path

import pytest
from graph_crash_writer import output

from flows.compose import open_graph
from flows.settings import Settings
from graph import open_store, write_job
from records import GraphUnavailableError


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, prefect_api_url="", graph_url="")


def written(settings: Settings) -> int:
    with open_graph(settings, read_only=True) as store:
        return len(store.read("MATCH (j:ExtractionJob) RETURN j.id AS id"))


def test_threads_write_at_the_same_time_and_lose_nothing(settings: Settings) -> None:
    faults: list[BaseException] = []

    def write(numbers: range) -> None:
        try:
            for number in numbers:
                with open_graph(settings) as store:
                    write_job(store, output(number))
                    store.read("MATCH (n) RETURN count(n) AS count")
        except BaseException as error:
            faults.append(error)
            raise

    threads = [threading.Thread(target=write, args=(range(start, 20, 4),)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert written(settings) == 20


def test_the_graph_is_free_for_others_once_the_last_user_has_gone(settings: Settings) -> None:
    url = f"kglite://{settings.home / 'graph.kgl'}"
    with open_graph(settings) as first, open_graph(settings) as second:
        assert first is second
        with pytest.raises(GraphUnavailableError):
            open_store(url)
    with open_store(url):
        pass


def test_an_error_of_one_user_leaves_the_graph_to_the_other(settings: Settings) -> None:
    with open_graph(settings) as store:
        with pytest.raises(ZeroDivisionError), open_graph(settings):
            raise ZeroDivisionError
        write_job(store, output(0))
    assert written(settings) == 1


def test_a_graph_that_cannot_be_opened_can_be_tried_again(settings: Settings) -> None:
    settings.home.mkdir(exist_ok=True)
    with open_store(f"kglite://{settings.home / 'graph.kgl'}"), pytest.raises(GraphUnavailableError):
        open_graph(settings).__enter__()
    with open_graph(settings) as store:
        write_job(store, output(0))
    assert written(settings) == 1
