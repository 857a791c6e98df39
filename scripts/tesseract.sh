#!/usr/bin/env bash
# Sees to the tesseract binary, which reads scanned pages. Never asks, and never stops what comes after it.
set -uo pipefail

command -v tesseract >/dev/null && exit 0

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        command -v sudo >/dev/null && sudo -n "$@"
    fi
}

with_apt() {
    command -v apt-get >/dev/null || return 1
    as_root true 2>/dev/null || return 1
    echo "setup: installing tesseract-ocr with apt-get"
    {
        as_root apt-get update -qq
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends tesseract-ocr
    } >/dev/null 2>&1
}

with_brew() {
    command -v brew >/dev/null || return 1
    echo "setup: installing tesseract with brew"
    HOMEBREW_NO_AUTO_UPDATE=1 brew install --quiet tesseract >/dev/null 2>&1
}

{ with_apt || with_brew; } </dev/null
command -v tesseract >/dev/null ||
    echo "setup: tesseract was not found, so scanned pages will not be read. To read them: apt-get install" \
        "tesseract-ocr, brew install tesseract, or your system's package of that name."
exit 0
