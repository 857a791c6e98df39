"""Bounds on a page as the reading engine gives them: left, top, right and bottom in points."""

Bounds = tuple[float, float, float, float]


def area(box: Bounds) -> float:
    """The area in square points, none for a box turned inside out."""
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def common_area(one: Bounds, other: Bounds) -> float:
    """The area in which both lie."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def meet(one: Bounds, other: Bounds) -> bool:
    """Whether they have a point in common; lines without any area may."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
