"""Colours as Google keeps them: in 255 steps, printed as 32-bit floats, zeros left out, each also as a style."""

from __future__ import annotations

import struct

from tests.sheets_server.area import Json
from tests.sheets_server.fields import Mask

#: A colour's field and the newer one that says the same.
PAIRS = {
    "backgroundColor": "backgroundColorStyle",
    "foregroundColor": "foregroundColorStyle",
    "tabColor": "tabColorStyle",
    "color": "colorStyle",
    "headerColor": "headerColorStyle",
    "firstBandColor": "firstBandColorStyle",
    "secondBandColor": "secondBandColorStyle",
    "footerColor": "footerColorStyle",
}


def _single(value: float) -> float:
    single: float = struct.unpack("f", struct.pack("f", value))[0]
    for digits in range(1, 10):
        shorter = float(f"{single:.{digits}g}")
        if struct.pack("f", shorter) == struct.pack("f", single):
            return shorter
    return single


def kept(color: Json) -> Json:
    """Give a colour as Google gives it back."""
    found = {}
    for name, value in color.items():
        step = _single(int(value * 255) / 255)
        if step:
            found[name] = int(step) if step == 1 else step
    return found


def paired(resource: Json) -> Json:
    """Give the resource with every colour in both its forms, at any depth; the style wins where both are given."""
    found: Json = {}
    for name, value in resource.items():
        found[name] = paired(value) if isinstance(value, dict) else value
    for old, new in PAIRS.items():
        if isinstance(found.get(new), dict):
            _from_style(found, old, new)
        elif isinstance(found.get(old), dict):
            found[old] = kept(resource[old])
            found[new] = {"rgbColor": found[old]}
    return found


def _from_style(found: Json, old: str, new: str) -> None:
    if isinstance(found[new].get("rgbColor"), dict):
        found[new] = {"rgbColor": kept(found[new]["rgbColor"])}
        found[old] = found[new]["rgbColor"]
    else:
        found.pop(old, None)


def without_partner(resource: Json, mask: Mask) -> Json:
    """Give the resource without the other form of each colour that the mask names in one form only, at any depth."""
    found = dict(resource)
    for old, new in PAIRS.items():
        if old in mask.parts and new not in mask.parts:
            found.pop(new, None)
        elif new in mask.parts and old not in mask.parts:
            found.pop(old, None)
    for name, part in mask.parts.items():
        if isinstance(found.get(name), dict):
            found[name] = without_partner(found[name], part)
    return found


def updated(mask: Mask, old: Json | None, new: Json | None) -> Json:
    """Give what `Mask.merged` gives, with every colour in both its forms."""
    return paired(mask.merged(without_partner(old or {}, mask), new))
