"""How a scanned page lies, and the way back from the straightened page to the page as shown."""

import math
from dataclasses import dataclass

from records import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """How a page lies on its scan: what was done to the picture before it was read.

    The page as shown, `width` by `height` points, was turned clockwise by `turn` degrees, a multiple of 90,
    and then clockwise by `skew_degrees` about its middle, which made it `straight_width` by
    `straight_height` points.
    """

    width: float
    height: float
    turn: int = 0
    skew_degrees: float = 0.0
    straight_width: float
    straight_height: float

    @property
    def is_plain(self) -> bool:
        """Whether nothing was done."""
        return not self.turn and not self.skew_degrees

    def as_shown(self, box: Box) -> Box:
        """The box around what stands in this box of the straightened page."""
        corners = [self.point_as_shown(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return Box(x0=min(across), y0=min(down), x1=max(across), y1=max(down))

    def point_as_shown(self, x: float, y: float) -> tuple[float, float]:
        """Where the straightened page's point is on the page as shown."""
        angle = math.radians(self.skew_degrees)
        x, y = x - self.straight_width / 2, y - self.straight_height / 2
        x, y = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
        x, y = {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[self.turn]
        return x + self.width / 2, y + self.height / 2
