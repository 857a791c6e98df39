#!/usr/bin/env bash
# Reads the sample papers into a fresh graph in .demo, tells it of two runs and a model, and asks it two questions.
set -euo pipefail
cd "$(dirname "$0")/.."

step="boundary-aware token folding"
program=.venv/bin/paperlineage
export PAPERLINEAGE_HOME=$PWD/.demo
rm -rf "$PAPERLINEAGE_HOME"

# 1 says that a file was refused, as the scan is where tesseract is missing; the table tells which and why.
"$program" ingest samples || [ $? -eq 1 ]
echo
echo "Which papers introduced \"$step\"?"
echo
"$program" ask introduced "$step"
echo
echo "Two runs and a model of a team's own:"
echo
"$program" publish samples/runs.json
echo
echo "What of theirs rests on \"$step\"?"
echo
"$program" ask impact "$step"
cat <<EOF

Next, with papers of your own (they go to ~/.paperlineage, or to the folder that PAPERLINEAGE_HOME names):

  $program ingest FOLDER-OR-PDF...
  $program ask introduced "byte-pair encoding"
  $program serve FOLDER       # a watched folder, Prefect's UI, and an API that takes runs

And in the graph that was just made:

  PAPERLINEAGE_HOME=.demo $program ask origins support-qa
EOF
