"""How every `ask` command goes: open the graph for reading, ask, and print for people or for programs."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from graph import GraphReader

Answer = TypeVar("Answer")

AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]


def asked(
    question: "Callable[[GraphReader], Answer]",
    show: Callable[[Answer], None],
    *,
    as_json: bool,
    in_json: Callable[[Answer], object] = lambda answer: answer,
    unknown_in_json: object = None,
) -> None:
    """Prints the answer: `in_json` of it as JSON, or with `show`, which may import what takes long.

    A name that the graph does not have ends the program; a program that reads JSON then still gets
    `unknown_in_json`, unless that is None.
    """
    from cli.plain_output import print_json
    from flows.compose import open_graph
    from flows.questions import UnknownNameError
    from flows.settings import load_settings

    with open_graph(load_settings(), read_only=True) as store:
        try:
            answer = question(store)
        except UnknownNameError:
            if as_json and unknown_in_json is not None:
                print_json(unknown_in_json)
            raise
    if as_json:
        print_json(in_json(answer))
    else:
        show(answer)
