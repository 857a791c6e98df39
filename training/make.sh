#!/usr/bin/env bash
# From the corpora to the models that ship: make.sh CORPORA_DIR
# Two teachers learn from the corpora and label papers that nobody has annotated; a student learns from the corpora
# and these labels, the default model is the student gone on with, and the fast one learns from what the default
# model says of the same papers.
# What is in training/runs is not done again.
set -euo pipefail
corpora=$(realpath "${1:?usage: training/make.sh CORPORA_DIR}")
cd "$(dirname "$0")/.."
runs=training/runs

bash training/setup.sh
python() { PYTHONPATH=. training/.venv/bin/python -m "$@" --corpora "$corpora" --encoders training/encoders; }

train() { # RECIPE, and what to change in it
    local name=$1
    shift
    [ -f "$runs/$name/scores.json" ] ||
        python training.train "training/recipes/$name.toml" --out "$runs/$name" --set "$@"
}

label() { # OUT, and the runs that are the teachers
    local out=$runs/$1
    shift
    [ -f "$out/pairs.npy" ] ||
        python training.pseudo_labels --run "${@/#/$runs/}" --out "$out"
}

train teacher
train second-teacher
label labels-of-teachers teacher second-teacher
train student "soft = '$runs/labels-of-teachers'"
train default "soft = '$runs/labels-of-teachers'" "start = '$runs/student'"
label labels-of-default default
train fast "soft = '$runs/labels-of-default'" "start = '$runs/default'"
for name in default fast; do
    python training.export --run "$runs/$name" --out "models/$name"
done
