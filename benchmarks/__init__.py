"""Speed and quality, measured: each module prints JSON. Run as `python -m benchmarks.NAME`."""
