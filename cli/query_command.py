"""`paperlineage query`: Cypher for those who want to ask more."""

from typing import Annotated

import typer


def query(
    cypher: Annotated[str, typer.Argument(metavar="CYPHER", help="A query that only reads.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the rows as a JSON list.")] = False,
) -> None:
    """Ask the graph in Cypher; nothing can be changed this way."""
    from cli.plain_output import print_json
    from flows.compose import open_graph
    from flows.settings import load_settings

    with open_graph(load_settings(), read_only=True) as store:
        rows = store.read(cypher)
    if as_json:
        print_json(rows)
    else:
        from cli.rendering import print_rows

        print_rows(rows)
