"""Distils what mail clients support into sheetsync/report/lint/clients.toml: ``python docs/make_mail_clients.py FILE``.

FILE is ``dist/data/caniemail.json`` of the npm package caniemail (``npm pack caniemail``, then unpack it), or the same
data from elsewhere: https://www.caniemail.com, MIT licence. Kept is what a mail can be searched for, and which of the
clients that must show it right do not support it, or only in part, by their newest test.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "sheetsync" / "report" / "lint" / "clients.toml"

CLIENTS = {
    "gmail-web": ("gmail", "desktop-webmail"),
    "gmail-android": ("gmail", "android"),
    "gmail-ios": ("gmail", "ios"),
    "outlook-classic": ("outlook", "windows"),
    "outlook-new": ("outlook", "outlook-com"),
    "apple-macos": ("apple-mail", "macos"),
    "apple-ios": ("apple-mail", "ios"),
    "yahoo-web": ("yahoo", "desktop-webmail"),
    "yahoo-android": ("yahoo", "android"),
    "yahoo-ios": ("yahoo", "ios"),
}
"""The clients that must show a mail right, by our names, with family and platform as the data has them.

The new Outlook for Windows is Outlook.com in a window of its own.
"""

SPECIAL: dict[str, dict[str, list[str]]] = {
    "css-block-inline-size": {"property": ["block-size", "inline-size"]},
    "css-border-inline-block": {"property": ["border-inline", "border-block"]},
    "css-border-inline-block-individual": {
        "property": ["border-block-end", "border-block-start", "border-inline-end", "border-inline-start"]
    },
    "css-border-inline-block-longhand": {
        "property": [
            *("border-block-color", "border-block-style", "border-block-width"),
            *("border-inline-color", "border-inline-style", "border-inline-width"),
        ]
    },
    "css-border-radius-logical": {
        "property": [
            *("border-end-end-radius", "border-end-start-radius"),
            *("border-start-end-radius", "border-start-start-radius"),
        ]
    },
    "css-color-scheme": {"property": ["color-scheme"]},
    "css-column-layout-properties": {
        "property": ["column-fill", "column-rule", "column-span", "column-width", "columns"]
    },
    "css-gap": {"property": ["gap", "row-gap", "column-gap"]},
    "css-grid-template": {
        "property": ["grid-template", "grid-template-areas", "grid-template-columns", "grid-template-rows"]
    },
    "css-important": {"value": ["!important"]},
    "css-inert-attribute": {"attribute": ["inert"]},
    "css-intrinsic-size": {"value": ["fit-content", "min-content", "max-content"]},
    "css-left-right-top-bottom": {"property": ["left", "right", "top", "bottom"]},
    "css-margin-block-start-end": {"property": ["margin-block-start", "margin-block-end"]},
    "css-margin-inline-block": {"property": ["margin-inline", "margin-block"]},
    "css-margin-inline-start-end": {"property": ["margin-inline-start", "margin-inline-end"]},
    "css-modern-color": {"function": ["lch", "oklch", "lab", "oklab"]},
    "css-padding-block-start-end": {"property": ["padding-block-start", "padding-block-end"]},
    "css-padding-inline-block": {"property": ["padding-inline", "padding-block"]},
    "css-padding-inline-start-end": {"property": ["padding-inline-start", "padding-inline-end"]},
    "css-rgba": {"function": ["rgba"]},
    "css-scroll-snap": {"property": ["scroll-snap-type", "scroll-snap-align", "scroll-snap-stop"]},
    "css-selector-adjacent-sibling": {"selector": ["+"]},
    "css-selector-attribute": {"selector": ["["]},
    "css-selector-child": {"selector": [">"]},
    "css-selector-general-sibling": {"selector": ["~"]},
    "css-selector-universal": {"selector": ["*"]},
    "css-sytem-ui": {"value": ["system-ui", "ui-serif", "ui-sans-serif", "ui-rounded", "ui-monospace"]},
    "css-unit-calc": {"function": ["calc"]},
    "css-unit-initial": {"value": ["initial"]},
    "css-variables": {"function": ["var"]},
    "html-address": {"element": ["address"]},
    "html-anchor-links": {"link": ["#"]},
    "html-image-maps": {"element": ["map"]},
    "html-lists": {"element": ["ul", "ol", "dl"]},
    "html-mailto-links": {"link": ["mailto:"]},
    "html-meta-color-scheme": {"meta": ["color-scheme", "supported-color-schemes"]},
    "html-semantics": {
        "element": [
            *("article", "aside", "details", "figcaption", "figure", "footer", "header", "main", "mark", "nav"),
            *("section", "summary", "time"),
        ]
    },
    "html-srcset": {"attribute": ["srcset", "sizes"]},
    "html-h1-h6": {"element": ["h1", "h2", "h3", "h4", "h5", "h6"]},
    "image-base64": {"image": ["data:"]},
    "image-heif": {"image": ["heif", "heic"]},
    "image-jpg": {"image": ["jpg", "jpeg"]},
    "image-mp4": {"image": ["mp4"]},
    "image-tiff": {"image": ["tif", "tiff"]},
}
"""How to find what a title does not say in a form that can be read."""

LEFT_OUT = (
    *("amp", "bimi", "css-comments", "css-nesting", "html-comments", "html-doctype"),
    *("css-selector-chaining", "css-selector-class", "css-selector-descendant", "css-selector-grouping"),
    *("css-selector-id", "css-selector-type"),
)
"""What no single word in a mail shows, or what every mail of ours needs or never has."""

FORMS = (
    (r"<(\w+) type=\"(\w+)\">.*", lambda found: {"element": [f"{found[1]}[{found[2]}]"]}),
    (r".*<(\w+)>.*", lambda found: {"element": [found[1]]}),
    (r"([\w-]+) attribute", lambda found: {"attribute": [found[1]]}),
    (r"@media \(-?([\w-]+)\).*", lambda found: {"media": [found[1]]}),
    (r"@([\w-]+)", lambda found: {"at": [found[1]]}),
    (r"::?([\w-]+)(?:\(\))?", lambda found: {"pseudo": [found[1]]}),
    (r"([\w-]+)\(\)", lambda found: {"function": [found[1]]}),
    (r"([\w-]+):\s*([\w-]+)", lambda found: {"pair": [f"{found[1]}:{found[2]}"]}),
    (r"([\w%]+) unit", lambda found: {"unit": [found[1]]}),
    (r"(\w+) image format", lambda found: {"image": [found[1].lower()]}),
    (r"([a-z-]+)(?: property| shorthand)?\s*", lambda found: {"property": [found[1]]}),
)
"""Titles, and what to look for; the first that fits the whole title."""


def sought(feature: Mapping[str, Any]) -> dict[str, list[str]]:
    """Give how a feature shows in a mail: by element, attribute, property, value and so on."""
    slug, title = feature["slug"], feature["title"].strip()
    if slug in SPECIAL:
        return SPECIAL[slug]
    if slug == "css-pseudo-class-lang":
        return {"pseudo": ["lang"]}
    if slug == "image-apng":
        return {"image": ["apng"]}
    found = next((form(match) for pattern, form in FORMS if (match := re.fullmatch(pattern, title))), None)
    if found is None:
        raise SystemExit(f"{slug}: nobody has said how {title!r} is found in a mail; add it to SPECIAL or LEFT_OUT")
    return found


def support(feature: Mapping[str, Any]) -> dict[str, list[str]]:
    """Give which clients do not support a feature, and which only in part, by the newest test of each."""
    told: dict[str, list[str]] = {"no": [], "partly": []}
    for client, (family, platform) in CLIENTS.items():
        tests = feature["stats"].get(family, {}).get(platform) or {"": "u"}
        newest = list(tests.values())[-1]
        if newest[:1] in "na":
            told["no" if newest.startswith("n") else "partly"].append(client)
    return told


def lines(data: Mapping[str, Any]) -> Iterator[str]:
    """Give the lines of the file."""
    updated = date.fromisoformat(data["last_update_date"][:10])
    yield "# What mail clients do not support. Made by docs/make_mail_clients.py from the data of Can I email"
    yield "# (https://www.caniemail.com), which stand under the MIT licence: see NOTICE. Do not change by hand."
    yield ""
    yield f"updated = {updated}"
    yield ""
    yield "[feature]"
    for feature in sorted(data["data"], key=lambda one: one["slug"]):
        clients = support(feature)
        if feature["slug"] in LEFT_OUT or not any(clients.values()):
            continue
        told = {"title": feature["title"].strip(), **sought(feature), **{k: v for k, v in clients.items() if v}}
        inner = ", ".join(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in told.items())
        yield f"{feature['slug']} = {{ {inner} }}"


if __name__ == "__main__":
    source = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    TARGET.write_text("\n".join(lines(source)) + "\n", encoding="utf-8", newline="\n")
