#!/usr/bin/env bash
# Makes .venv with what requirements/KIND.lock pins, and the project in it, editable.
#   setup.sh demo    what the program needs
#   setup.sh dev     that, and what tests and checks need
# Nothing is done where the stamp in .venv says that it was done from the same files in the same place.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:?usage: setup.sh demo|dev}
lock=requirements/$kind.lock
python=.venv/bin/python
wanted='cpython>=3.11,<3.13'

sum_of() {
    cat "requirements/$1.lock" pyproject.toml scripts/setup.sh | cksum
}

is_set_up() {
    [ -x "$python" ] && [ "$(cat ".venv/.set-up-$1" 2>/dev/null)" = "$PWD $(sum_of "$1")" ]
}

# What the tests need includes what the program needs, so that one .venv serves both.
if is_set_up "$kind" || { [ "$kind" = demo ] && is_set_up dev; }; then
    exit 0
fi

bash scripts/uv.sh
uv() { .tools/uv/bin/uv --quiet "$@"; }

rm -f .venv/.set-up-*
fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))'
if ! { [ "$(cat .venv/.place 2>/dev/null)" = "$PWD" ] && "$python" -c "$fits"; }; then
    uv venv --clear --python "$wanted" .venv || {
        echo "setup: no Python 3.11 or 3.12 was found, and none could be fetched: install one, then try again." >&2
        exit 1
    }
    printf '%s' "$PWD" >.venv/.place
fi

echo "setup: installing the $(grep -c == "$lock") packages of $lock into .venv"
uv pip sync --python "$python" --require-hashes --no-build "$lock"
uv pip install --python "$python" --no-deps --no-build-isolation --editable .
printf '%s' "$PWD $(sum_of "$kind")" >".venv/.set-up-$kind"
