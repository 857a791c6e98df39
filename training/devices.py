"""Where the network computes."""

from argparse import ArgumentParser

import torch

CPU = torch.device("cpu")


def add_device(parser: ArgumentParser) -> None:
    """The option `--device`: a GPU where torch finds one, otherwise the CPU."""
    parser.add_argument(
        "--device",
        type=torch.device,
        default="cuda" if torch.cuda.is_available() else "cpu",
        help="cpu or cuda",
    )
