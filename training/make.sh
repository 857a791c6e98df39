#!/usr/bin/env bash
# From the corpora to the models that ship: make.sh CORPORA_DIR
# A teacher learns from the corpora and labels papers that nobody has annotated; the default model learns from
# the corpora and these labels, and the fast one from what the default model says of the same papers.
# What is in training/runs is not done again.
set -euo pipefail
corpora=$(realpath "${1:?usage: training/make.sh CORPORA_DIR}")
cd "$(dirname "$0")/.."
runs=training/runs

bash training/setup.sh
python() { PYTHONPATH=. training/.venv/bin/python -m "$@" --corpora "$corpora" --encoders training/encoders; }

train() { # RECIPE, and the folder with labels if any
    [ -f "$runs/$1/scores.json" ] ||
        python training.train "training/recipes/$1.toml" --out "$runs/$1" --set "soft = '${2:-}'"
}

label() { # the run that is the teacher
    [ -f "$runs/labels-of-$1/pairs.npy" ] ||
        python training.pseudo_labels --run "$runs/$1" --out "$runs/labels-of-$1"
}

train teacher
label teacher
train default "$runs/labels-of-teacher"
label default
train fast "$runs/labels-of-default"
for name in default fast; do
    python training.export --run "$runs/$name" --out "models/$name"
done
