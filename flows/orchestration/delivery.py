"""What Prefect's client has still to tell its server: logs and events, which it sends in the background."""

LONGEST_SECONDS = 10.0


def deliver_to_prefect() -> None:
    """Waits until it is sent, for some seconds at most. At the end of a process Prefect would do so itself,
    but a server of our own is gone by then, and Prefect would wait for it."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (APILogWorker, EventsWorker):
        worker.drain_all(timeout=LONGEST_SECONDS)
