"""A BERT encoder (Devlin et al., 2019) with tagging heads as an ONNX graph, its weights in eight bits.

The graph is written down here instead of traced: onnxruntime's fused operators are then used for certain,
and no exporter stands between the weights and the file. Matrices are quantised symmetrically by column,
activations by onnxruntime for a whole batch, as the network has learned to bear (`with_quantised_inputs`).
Layer norms, biases and the tagging heads stay float32.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[Any]
CONTRIB = "com.microsoft"
EPSILON = 1e-12
ENDS = ("weight", "bias")


@dataclass(slots=True, kw_only=True)
class _Graph:
    int8: bool
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: Array) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(
        self, operator: str, inputs: list[str], output: str, *, domain: str = "", **attributes: Any
    ) -> str:
        self.nodes.append(
            helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes)
        )
        return output

    def linear(self, source: str, name: str, weight: Array, bias: Array) -> str:
        """Weight times source, and bias; `weight` has shape (in, out)."""
        biased = self.constant(name + ".bias", bias.astype(np.float32))
        if not self.int8:
            floats = self.constant(name + ".weight", weight.astype(np.float32))
            return self.add("Add", [self.add("MatMul", [source, floats], name + ".product"), biased], name)
        quantised, scale = by_column(weight)
        inputs = [
            source,
            self.constant(name + ".weight", quantised),
            self.constant(name + ".scale", scale),
            self.constant(name + ".zero", np.zeros(len(scale), dtype=np.int8)),
            biased,
        ]
        return self.add("DynamicQuantizeMatMul", inputs, name, domain=CONTRIB)

    def normed_sum(self, one: str, other: str, name: str, ends: tuple[Array, Array]) -> str:
        """The layer norm of a sum; two operators take less than half the time of the fused one."""
        names = [self.constant(f"{name}.{end}", value) for end, value in zip(ENDS, ends, strict=True)]
        total = self.add("Add", [one, other], name + ".sum")
        return self.add("LayerNormalization", [total, *names], name, axis=-1, epsilon=EPSILON)

    def thirds(self, source: str, name: str) -> list[str]:
        """The last axis in three equal parts."""
        parts = [f"{name}.{number}" for number in range(3)]
        self.nodes.append(helper.make_node("Split", [source], parts, name=name, axis=-1))
        return parts


def by_column(weight: Array) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix in eight bits, symmetric, and the scale of each column."""
    scale = np.maximum(np.abs(weight).max(axis=0), 1e-8).astype(np.float32) / 127
    return np.clip(np.round(weight / scale), -127, 127).astype(np.int8), scale


def encoder_graph(
    weights: Mapping[str, Array], *, layers: int, attention_heads: int, places: int, int8: bool
) -> onnx.ModelProto:
    """The graph from word pieces to words.

    It takes `pieces`, `shapes` and `mask` (windows, pieces) and `first_pieces` (windows, words), all int64,
    and gives `words` (windows, words, size) and `tags` (windows, words, tags of all heads side by side).
    `weights` are named as in transformers' BertModel, with `shapes` (shapes, size), `tags.weight`
    (size, tags) and `tags.bias` beside them. A window has at most `places` pieces.
    """
    graph = _Graph(int8=int8)
    state = _embedded(graph, weights, places)
    mask = graph.add("Cast", ["mask"], "mask32", to=TensorProto.INT32)
    for number in range(layers):
        state = _layer(graph, weights, number, state, mask, attention_heads)
    place = graph.add("Unsqueeze", ["first_pieces", graph.constant("last_axis", np.array([-1]))], "places")
    words = graph.add("GatherND", [state, place], "words", batch_dims=1)
    product = graph.add(
        "MatMul", [words, graph.constant("tags.weight", weights["tags.weight"])], "tags.product"
    )
    graph.add("Add", [product, graph.constant("tags.bias", weights["tags.bias"])], "tags")
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["windows", length])
        for name, length in (
            ("pieces", "pieces"),
            ("shapes", "pieces"),
            ("mask", "pieces"),
            ("first_pieces", "words"),
        )
    ]
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["windows", "words", None])
        for name in ("words", "tags")
    ]
    made = helper.make_graph(graph.nodes, "recogniser", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=8)


def _embedded(graph: _Graph, weights: Mapping[str, Array], most: int) -> str:
    pieces = _piece_vectors(graph, weights["embeddings.word_embeddings.weight"])
    shapes = graph.add(
        "Gather", [graph.constant("shapes.table", weights["shapes"]), "shapes"], "shapes.vectors"
    )
    places = (
        weights["embeddings.position_embeddings.weight"][:most]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    length = graph.add("Shape", ["pieces"], "pieces.length", start=1, end=2)
    zero = graph.constant("zero", np.array([0]))
    upto = graph.add("Slice", [graph.constant("places.table", places), zero, length, zero], "places.vectors")
    both = graph.add("Add", [pieces, shapes], "embedded.both")
    return graph.normed_sum(both, upto, "embedded", _ends(weights, "embeddings"))


def _piece_vectors(graph: _Graph, table: Array) -> str:
    if not graph.int8:
        return graph.add("Gather", [graph.constant("pieces.table", table), "pieces"], "pieces.vectors")
    quantised, scale = by_column(table.T)
    rows = graph.add("Gather", [graph.constant("pieces.table", quantised.T), "pieces"], "pieces.rows")
    scales = graph.add("Gather", [graph.constant("pieces.scale", scale[:, None]), "pieces"], "pieces.scales")
    floats = graph.add("Cast", [rows], "pieces.floats", to=TensorProto.FLOAT)
    return graph.add("Mul", [floats, scales], "pieces.vectors")


def _layer(
    graph: _Graph, weights: Mapping[str, Array], number: int, state: str, mask: str, attention_heads: int
) -> str:
    prefix, name = f"encoder.layer.{number}.", f"layer{number}."

    def linear(source: str, to: str, *of: str) -> str:
        sides = [weights[f"{prefix}{part}.weight"].T for part in of]
        bias = [weights[f"{prefix}{part}.bias"] for part in of]
        return graph.linear(source, name + to, np.concatenate(sides, axis=1), np.concatenate(bias))

    asked = linear(state, "asked", *(f"attention.self.{part}" for part in ("query", "key", "value")))
    attended = graph.add(
        "MultiHeadAttention",
        [*graph.thirds(asked, name + "parts"), "", mask],
        name + "attended",
        domain=CONTRIB,
        num_heads=attention_heads,
    )
    mixed = linear(attended, "mixed", "attention.output.dense")
    state = graph.normed_sum(mixed, state, name + "attention", _ends(weights, prefix + "attention.output"))
    wide = linear(state, "wide", "intermediate.dense")
    narrow = linear(graph.add("Gelu", [wide], name + "inner", domain=CONTRIB), "narrow", "output.dense")
    return graph.normed_sum(narrow, state, name + "out", _ends(weights, prefix + "output"))


def _ends(weights: Mapping[str, Array], of: str) -> tuple[Array, Array]:
    """The weight and bias of a layer norm."""
    weight, bias = (weights[f"{of}.LayerNorm.{end}"] for end in ENDS)
    return weight, bias
