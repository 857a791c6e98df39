"""The lineage that a team already has, as records, and the names by which papers may know it.

`lineage.mlflow` reads an MLflow server over REST, `lineage.payload` what people publish, and
`lineage.naming` finds in runs, dataset versions and model versions what they may be called there.
"""
