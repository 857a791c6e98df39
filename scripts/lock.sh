#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml and requirements/uv.in. Versions that still fit stay as they
# are; `lock.sh --upgrade` takes the newest that fit.
set -euo pipefail
cd "$(dirname "$0")/.."

bash scripts/uv.sh
uv=.tools/uv/bin/uv

compile() {
    "$uv" pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
        --python-version 3.11 "$@"
}

# The project is installed without build isolation, so what builds it is locked with the rest. hatchling asks
# for editables when it is to install a project editable.
build_requirements() {
    "$("$uv" python find 'cpython>=3.11,<3.13')" -c '
import pathlib, tomllib
print("\n".join(tomllib.loads(pathlib.Path("pyproject.toml").read_text("utf-8"))["build-system"]["requires"]))'
}

requires=$(build_requirements && echo editables)
compile "$@" --group dev pyproject.toml - --output-file requirements/dev.lock <<<"$requires"
compile "$@" --constraint requirements/dev.lock pyproject.toml - --output-file requirements/demo.lock <<<"$requires"
compile "$@" requirements/uv.in --output-file requirements/uv.txt

if grep -nE 'https?://|--(extra-)?index-url|--find-links' requirements/*.lock requirements/uv.txt; then
    echo "lock: these lines name where the packages came from; a lock file holds for every index." >&2
    exit 1
fi
