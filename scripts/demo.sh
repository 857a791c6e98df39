#!/usr/bin/env bash
# Reads the sample papers into a fresh graph in .demo, and asks it a question.
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
cat <<EOF

Next, with papers of your own (they go to ~/.paperlineage, or to the folder that PAPERLINEAGE_HOME names):

  $program ingest FOLDER-OR-PDF...
  $program ask introduced "byte-pair encoding"

And in the graph that was just made:

  PAPERLINEAGE_HOME=.demo $program ask paper "FoldQA: Short Inputs for Compact Question Answering"
EOF
