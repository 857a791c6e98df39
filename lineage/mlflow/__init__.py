"""An MLflow tracking server, read over REST."""

from lineage.mlflow.address import server_address
from lineage.mlflow.records import MlflowNames
from lineage.mlflow.server import Credentials, MlflowServer, open_server

__all__ = ["Credentials", "MlflowNames", "MlflowServer", "open_server", "server_address"]
