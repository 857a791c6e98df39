"""The lineage that a team already has: what an MLflow server tells over REST, and what people publish."""

from lineage.mlflow_records import MlflowNames
from lineage.mlflow_server import Credentials, MlflowServer, open_server, server_address
from lineage.payload import (
    PayloadProblem,
    PayloadProblemsError,
    RunPayload,
    lineage_of,
    parse_run,
    parse_runs,
)

__all__ = [
    "Credentials",
    "MlflowNames",
    "MlflowServer",
    "PayloadProblem",
    "PayloadProblemsError",
    "RunPayload",
    "lineage_of",
    "open_server",
    "parse_run",
    "parse_runs",
    "server_address",
]
