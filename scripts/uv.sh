#!/usr/bin/env bash
# Puts uv into .tools/uv, at the version and with the hashes of requirements/uv.txt. Silent where it is there.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
target=.tools/uv
stamp=$target/.requirements
log=.tools/uv.log

if [ -x "$target/bin/uv" ] && cmp -s requirements/uv.txt "$stamp"; then
    exit 0
fi

# People's own pip settings (always --user, only in a virtual environment) do not go with --target.
install_with() {
    PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 "$1" -m pip install --quiet --disable-pip-version-check --no-input \
        --target "$target" --upgrade --no-deps --only-binary :all: --require-hashes \
        --requirement requirements/uv.txt >>"$log" 2>&1
}

# For a python3 without pip, or whose pip may not install anything.
install_from_environment() {
    "$python" -m venv .tools/bootstrap >>"$log" 2>&1 && install_with .tools/bootstrap/bin/python
}

# Someone who has neither may have uv.
link_installed_uv() {
    local found
    found=$(command -v uv) && mkdir -p "$target/bin" && ln -sf "$found" "$target/bin/uv"
}

command -v "$python" >/dev/null || {
    echo "setup: '$python' was not found: install Python 3.11 or 3.12, or name yours with PYTHON=..." >&2
    exit 1
}
rm -rf "$target" .tools/bootstrap
mkdir -p .tools
: >"$log"
install_with "$python" || install_from_environment || link_installed_uv || {
    tail -n 3 "$log" >&2
    echo "setup: uv could not be installed (see $log). It takes pip or venv for '$python'" \
        "(on Debian and Ubuntu: apt-get install python3-venv) and a package index." >&2
    exit 1
}
rm -rf .tools/bootstrap
cp requirements/uv.txt "$stamp"
