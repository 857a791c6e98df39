"""The Prefect server as a process of its own that ends with the process that started it.

Run as `python -m flows.orchestration.server_process PORT`, its standard input a pipe from the parent: when
the pipe closes, however the parent ended, the server stops. Its settings come by the environment.
"""

import os
import signal
import sys
import threading


def main(port: int) -> None:
    """Serves the API and the UI on the loopback interface until told to stop."""
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )


def _stop_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):  # not through sys.stdin, whose lock would outlive the interpreter
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(int(sys.argv[1]))
