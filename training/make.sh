#!/usr/bin/env bash
# From the corpora to a model that ships: make.sh CORPORA_DIR [NAME RECIPE...]
# Trains by training/recipes/RECIPE.toml, one after the other, each from where the one before ended, and
# writes the last to models/NAME. A run that is in training/runs is not done again.
set -euo pipefail
corpora=$(realpath "${1:?usage: training/make.sh CORPORA_DIR [NAME RECIPE...]}")
cd "$(dirname "$0")/.."
name=${2:-default}
recipes=("${@:3}")
[ ${#recipes[@]} -gt 0 ] || recipes=(bge-first pairs-only bge-joint bge-joint2)

bash training/setup.sh
python() { PYTHONPATH=. training/.venv/bin/python -m "$@"; }

start=
for recipe in "${recipes[@]}"; do
    run=training/runs/$name/$recipe
    if [ ! -f "$run/scores.json" ]; then
        python training.train "training/recipes/$recipe.toml" --corpora "$corpora" --encoders training/encoders \
            --out "$run" --set "start = '$start'"
    fi
    start=$run/network.pt
done
python training.export --run "$run" --encoders training/encoders --corpora "$corpora" --out "models/$name"
