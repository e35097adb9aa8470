"""What the renderer drew, made fit for the page: classes instead of colours, words for each point, nothing idle.

The content security policy forbids ``style``; the hues come from ``static/css/components/chart.css``, so one drawing
serves light, dark and paper.
"""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as Tree

from metrics.charts.data import ChartData
from metrics.charts.sizes import Size
from metrics.charts.words import band_words, point_words, step_words

_NAMESPACES = re.compile(r'\sxmlns(:\w+)?="[^"]*"')
_LONG_NUMBER = re.compile(r"(\.\d{2})\d+")
_LAYER = re.compile(r"(?:^|\s)([\w-]+)_marks(?:\s|$)")
_PLACE = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
_RADIUS = re.compile(r"^M([\d.]+),0A")
_IDLE = {
    "role", "aria-roledescription", "aria-label", "aria-hidden", "pointer-events", "font-family", "font-weight",
    "class", "stroke-miterlimit", "style", "cursor",
}  # fmt: skip


def dress(drawn: str, data: ChartData, size: Size, *, key: str, description: str) -> str:
    """Return the drawing as the page takes it. ``key`` makes its ids its own."""
    # What is parsed was made by our own renderer a moment ago, from numbers and escaped words.
    root = Tree.fromstring(_NAMESPACES.sub("", drawn))  # noqa: S314
    body = _tidied(root)
    ids = f"chart-{key}"
    svg = Tree.Element(
        "svg",
        {
            "class": f"chart__svg chart__svg--{size.name}",
            "viewBox": f"0 0 {size.width} {size.height}",
            "width": str(size.width),
            "height": str(size.height),
            "role": "img",
            "aria-labelledby": f"{ids}-title {ids}-description",
            "focusable": "false",
        },
    )
    Tree.SubElement(svg, "title", {"id": f"{ids}-title"}).text = data.title
    Tree.SubElement(svg, "desc", {"id": f"{ids}-description"}).text = description
    if data.leaves:
        svg.append(_hatch(ids))
    svg.extend(body)
    _hatch_leaves(svg, ids)
    _name_points(svg, data)
    _name_goals(svg, data)
    _add_cursor(svg, size)
    return Tree.tostring(svg, encoding="unicode")


def _tidied(root: Tree.Element) -> list[Tree.Element]:
    """Return what is drawn inside the root, without what draws nothing."""
    kept: list[Tree.Element] = []
    for child in root:
        if _draws_nothing(child):
            continue
        kept += _tidied_one(child)
    return kept


def _draws_nothing(element: Tree.Element) -> bool:
    is_frame = element.get("class") in {"background", "foreground"}
    is_ground = element.tag == "rect" and element.get("fill") == "white"
    return is_frame or is_ground or element.get("display") == "none" or element.get("opacity") == "0"


def _tidied_one(element: Tree.Element) -> list[Tree.Element]:
    name = _class_of(element)
    attributes = {key: _short(value) for key, value in element.attrib.items() if key not in _IDLE}
    if attributes.get("opacity") == "1":
        del attributes["opacity"]
    if name:
        attributes["class"] = name
    children = _tidied(element)
    if element.tag == "g" and not children:
        return []
    if element.tag == "g" and not attributes:
        return children
    made = Tree.Element(element.tag, attributes)
    made.text = element.text
    made.extend(children)
    return [made]


def _short(value: str) -> str:
    return _LONG_NUMBER.sub(r"\1", value)


def _class_of(element: Tree.Element) -> str:
    """Return the class of a layer or of an axis' part, nothing for the frames around them."""
    said = element.get("class", "")
    if element.tag != "g":
        return ""
    if "role-axis-label" in said:
        return "chart__tick-label"
    if "role-axis-grid" in said:
        return "chart__grid"
    if "role-axis-tick" in said:
        return "chart__tick"
    found = _LAYER.search(said) if "role-mark" in said else None
    return f"chart__{found[1].replace('_', '-')}" if found else ""


def _layer(svg: Tree.Element, name: str) -> Sequence[Tree.Element]:
    found = next((group for group in svg.iter("g") if group.get("class") == f"chart__{name}"), None)
    return [] if found is None else list(found)


def _hatch(ids: str) -> Tree.Element:
    defs = Tree.Element("defs")
    pattern = Tree.SubElement(
        defs,
        "pattern",
        {
            "id": f"{ids}-hatch",
            "width": "6",
            "height": "6",
            "patternUnits": "userSpaceOnUse",
            "patternTransform": "rotate(45)",
        },
    )
    Tree.SubElement(pattern, "path", {"class": "chart__hatch", "d": "M0 0V6", "stroke": "currentColor"})
    return defs


def _hatch_leaves(svg: Tree.Element, ids: str) -> None:
    for leave in _layer(svg, "leave"):
        leave.set("fill", f"url(#{ids}-hatch)")


def _name_points(svg: Tree.Element, data: ChartData) -> None:
    """Give each point its class and its words, whatever kind of chart it stands in."""
    for drawn, point in zip(_layer(svg, "points"), data.points, strict=True):
        _name_point(drawn, str(point.state), point_words(data, point))
    for drawn, band in zip(_layer(svg, "band-points"), data.bands, strict=True):
        _name_point(drawn, "quiet", band_words(data, band))
    for path in data.paths:
        for drawn, (day, value) in zip(_layer(svg, f"dot-{path.name}"), path.points, strict=True):
            _name_point(drawn, path.name, step_words(data, path.label, day, value))


def _name_point(drawn: Tree.Element, name: str, words: str) -> None:
    """A round point becomes a circle, which is shorter."""
    place = _PLACE.search(drawn.get("transform", ""))
    radius = _RADIUS.match(drawn.get("d", ""))
    drawn.attrib = {key: value for key, value in drawn.attrib.items() if key in {"d", "transform", "fill"}}
    if place is not None and radius is not None:
        drawn.tag = "circle"
        drawn.attrib = {"cx": place[1], "cy": place[2], "r": radius[1], "fill": drawn.get("fill", "currentColor")}
    drawn.set("class", f"chart__point chart__point--{name}")
    Tree.SubElement(drawn, "title").text = words


def _name_goals(svg: Tree.Element, data: ChartData) -> None:
    first, last = data.days
    shown = [goal for goal in data.goals if goal.starts_on < last and goal.ends_on > first]
    for drawn, goal in zip(_layer(svg, "goal"), shown, strict=True):
        Tree.SubElement(drawn, "title").text = goal.label


def _add_cursor(svg: Tree.Element, size: Size) -> None:
    """Add the line that ``chart.js`` moves from point to point."""
    Tree.SubElement(
        svg,
        "line",
        {"class": "chart__cursor", "y1": str(size.top), "y2": str(size.height - size.bottom), "stroke": "none"},
    )
