"""What the stages cost, each beside what does the like.

`python -m benchmarks.speed reading` and `python -m benchmarks.speed recognition`: see
`benchmarks.reading_speed` and `benchmarks.recognition_speed`. Both print one JSON object.
"""

import argparse
from importlib import import_module

STAGES = {"reading": "benchmarks.reading_speed", "recognition": "benchmarks.recognition_speed"}


def main() -> None:
    """Measures the stage that is named first, by the arguments after it."""
    parser = argparse.ArgumentParser(description=__doc__, add_help=False)
    parser.add_argument("stage", choices=STAGES)
    given, rest = parser.parse_known_args()
    import_module(STAGES[given.stage]).main(rest)  # one alone: what they measure is slow to import


if __name__ == "__main__":
    main()
