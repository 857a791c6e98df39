"""A real Neo4j server on the loopback interface, put together from its published jars and kept in a cache.

`python tests/neo4j_server.py` fetches the jars, so that the first test does not have to.
"""

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

VERSION = "5.26.30"
USER = "neo4j"
PASSWORD = "for-tests-only"  # noqa: S105 - a server that lives for one test run, on loopback
FETCH_SECONDS = 900
START_SECONDS = 120.0
POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>neo4j-for-tests</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version></dependency>
    <dependency>
      <groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""
CONFIGURATION = """
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
dbms.security.auth_enabled=true
dbms.security.auth_max_failed_attempts=0
server.memory.heap.initial_size=256m
server.memory.heap.max_size=512m
server.memory.pagecache.size=128m
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
"""
JAVA_OPTIONS = (
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)


class NoServerError(Exception):
    """A Neo4j server cannot be had on this machine; the message says why."""


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """Where a server answers, and who may ask; `process` is None for one that was there already."""

    url: str
    password: str
    process: "subprocess.Popen[bytes] | None" = None

    def stop(self) -> None:
        """Ends a server that was started here, by its process id; nobody needs its graph any more."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()  # shutting down in good order takes it up to ten seconds
            self.process.wait()


@contextmanager
def running_server(folder: Path) -> Iterator[Neo4jServer]:
    """A server with an empty graph that keeps all its files in the folder; raises NoServerError."""
    server = start_server(folder, port=free_port())
    try:
        yield server
    finally:
        server.stop()


def start_server(folder: Path, *, port: int) -> Neo4jServer:
    """A server that answers; one that was started in the folder before has its graph still."""
    classes = f"{jars()}/*"
    configured = folder / "conf" / "neo4j.conf"
    if not configured.exists():
        configured.parent.mkdir(parents=True)
        configured.write_text(CONFIGURATION.format(port=port))
        _set_password(folder, classes)
    command = ["java", *JAVA_OPTIONS, "-cp", classes, "org.neo4j.server.CommunityEntryPoint"]
    with (folder / "console.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, f"--home-dir={folder}", f"--config-dir={folder / 'conf'}"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C at the tests is not for the server: they stop it themselves
        )
    server = Neo4jServer(f"neo4j://{USER}@127.0.0.1:{port}", PASSWORD, process)
    try:
        _wait_for_answer(server, folder)
    except BaseException:
        server.stop()
        raise
    return server


def jars() -> Path:
    """The folder with the server's jars, fetched by Maven where it is not there yet.

    They are fetched into a folder beside it that is renamed once it is whole, under a lock, so that a fetch
    that was killed leaves nothing that looks whole and two test runs do not fetch at once.
    """
    if shutil.which("java") is None:
        raise NoServerError("there is no java on this machine (17 or 21 is needed)")
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    cache = caches / "paperlineage" / f"neo4j-{VERSION}"
    if cache.is_dir():
        return cache
    cache.parent.mkdir(parents=True, exist_ok=True)
    with cache.with_name(f"{cache.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not cache.is_dir():
            for left in cache.parent.glob("fetching-*"):  # by a fetch that was killed
                shutil.rmtree(left)
            with tempfile.TemporaryDirectory(dir=cache.parent, prefix="fetching-") as folder:
                _fetch(Path(folder))
                (Path(folder) / "lib").rename(cache)
    return cache


def free_port() -> int:
    """A port of the loopback interface that nobody listens at now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _fetch(folder: Path) -> None:
    if shutil.which("mvn") is None:
        raise NoServerError("there is no mvn on this machine to fetch the server's jars with")
    (folder / "pom.xml").write_text(POM)
    command = ["mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib"]
    try:
        done = subprocess.run(
            [*command, "-DincludeScope=runtime"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=FETCH_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NoServerError(f"Maven did not fetch the server's jars in {FETCH_SECONDS} s") from error
    if done.returncode != 0:
        raise NoServerError(f"Maven could not fetch the server's jars: {done.stdout[-1000:]}")


def _set_password(folder: Path, classes: str) -> None:
    environment = {**os.environ, "NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf")}
    command = ["java", "-XX:TieredStopAtLevel=1", "-cp", classes, "org.neo4j.cli.AdminTool", "dbms"]
    done = subprocess.run(
        [*command, "set-initial-password", PASSWORD],
        env=environment,
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise NoServerError(f"the server's password could not be set: {done.stdout}{done.stderr}")


def _wait_for_answer(server: Neo4jServer, folder: Path) -> None:
    from neo4j import GraphDatabase
    from neo4j.exceptions import ServiceUnavailable

    address = server.url.partition("@")[2]
    host, _, port = address.partition(":")
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and (server.process is None or server.process.poll() is None):
        with suppress(OSError, ServiceUnavailable):
            socket.create_connection((host, int(port)), timeout=5).close()
            with GraphDatabase.driver(f"bolt://{address}", auth=(USER, server.password)) as driver:
                driver.verify_connectivity()
                return
        time.sleep(0.1)
    logs = [folder / "console.log", folder / "logs" / "neo4j.log"]
    told = "\n".join(log.read_text(errors="replace")[-1500:] for log in logs if log.exists())
    raise NoServerError(f"Neo4j did not start: {told}")


if __name__ == "__main__":
    try:
        print(f"neo4j: the server's jars are in {jars()}")  # noqa: T201
    except NoServerError as error:
        print(f"neo4j: no server for the tests, {error}")  # noqa: T201
