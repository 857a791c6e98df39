"""Training steps that suit a CPU: parameters in bfloat16 with float32 masters, and cheap dropout."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

POOL, POOL_SEED = 1 << 24, 1


class PooledDropout(nn.Module):
    """Dropout whose masks are slices, from a random place, of one pool of random bits.

    torch's own draws every bit anew on one thread, which took a fifth of a step. Masks of different places
    overlap in the pool by chance only.
    """

    _pools: ClassVar[dict[tuple[float, torch.dtype, torch.device], Tensor]] = {}

    def __init__(self, share: float) -> None:
        super().__init__()
        self.p = share

    def forward(self, values: Tensor) -> Tensor:
        """The values with the share of them zero, the others scaled up."""
        if not self.training or not self.p:
            return values
        key = (self.p, values.dtype, values.device)
        if key not in self._pools:
            own = torch.Generator().manual_seed(POOL_SEED)  # the pool of a run that goes on is the same
            kept = torch.rand(POOL, generator=own) >= self.p
            self._pools[key] = (kept / (1 - self.p)).to(values.dtype).to(values.device)
        pool, size = self._pools[key], values.numel()
        place = int(torch.randint(POOL - size, (1,)))
        return values * pool[place : place + size].view_as(values)


def with_pooled_dropout(module: nn.Module) -> nn.Module:
    """The module with every dropout in it replaced."""
    for name, child in module.named_children():
        if isinstance(child, nn.Dropout):
            setattr(module, name, PooledDropout(child.p))
        else:
            with_pooled_dropout(child)
    return module


class MasterAdamW:
    """AdamW (Loshchilov and Hutter, 2019) over float32 copies of parameters that compute in less."""

    def __init__(self, groups: Iterable[dict[str, Any]]) -> None:
        self.pairs: list[tuple[nn.Parameter, nn.Parameter]] = []
        made = []
        for group in groups:
            masters = []
            for parameter in group["params"]:
                master = nn.Parameter(parameter.detach().float().clone())
                self.pairs.append((parameter, master))
                masters.append(master)
            made.append({**group, "params": masters})
        self.optimiser = torch.optim.AdamW(made, betas=(0.9, 0.98), eps=1e-6, fused=True)

    def step(self, most: float) -> None:
        """One step with gradients clipped to a norm of `most`; they are gone afterwards."""
        for parameter, master in self.pairs:
            master.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        masters = self.masters()
        nn.utils.clip_grad_norm_([m for m in masters if m.grad is not None], most, foreach=True)
        self.optimiser.step()
        for parameter, master in self.pairs:
            parameter.data.copy_(master.data)

    def masters(self) -> Sequence[nn.Parameter]:
        """The float32 copies."""
        return [master for _, master in self.pairs]

    def give(self) -> None:
        """Puts the float32 copies in the parameters' place."""
        for parameter, master in self.pairs:
            parameter.data = master.data

    def state(self) -> dict[str, Any]:
        """What `load` needs to go on from here."""
        return {"moments": self.optimiser.state_dict(), "masters": [m.data for m in self.masters()]}

    def load(self, state: Mapping[str, Any]) -> None:
        """Goes back to where `state` was taken, the parameters included."""
        self.optimiser.load_state_dict(state["moments"])
        for (parameter, master), value in zip(self.pairs, state["masters"], strict=True):
            master.data.copy_(value)
            parameter.data.copy_(value)


def with_quantised_inputs(module: nn.Module) -> nn.Module:
    """The module with the inputs of all its linear layers rounded to eight bits, as at run time.

    Gradients pass as if nothing were rounded (quantisation-aware training, Jacob et al., 2018), so that the
    weights settle where rounding costs little.
    """
    for child in module.modules():
        if isinstance(child, nn.Linear):
            child.register_forward_pre_hook(lambda _, inputs: (rounded(inputs[0]),))
    return module


def rounded(values: Tensor) -> Tensor:
    """The values as one of 256 steps between the least and the greatest (or zero)."""
    detached = values.detach()
    low, high = detached.aminmax()
    step = (high.clamp(min=0) - low.clamp(max=0)).clamp(min=1e-6) / 255
    return values + ((detached / step).round() * step - detached)
