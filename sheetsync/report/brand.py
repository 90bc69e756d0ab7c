"""Reads a pack: a folder with what a firm or its consultant puts on the mails. All of it may be left out.

``brand.toml`` says the accent colour, the logo and a footer; ``texts.vi.toml`` and ``texts.en.toml`` hold other words
for ours; ``email/`` holds templates, each a block or two of ours or a whole one. ``extends`` names a pack below this
one: a consultant has one pack, and each client's says only what is different.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from pathlib import Path
from typing import Any

from sheetsync.errors import ConfigError, SheetsyncError
from sheetsync.post import Image
from sheetsync.record import NamedTuple

ACCENT = "#0f766e"
"""The colour of the bar at the top and of the button; dark enough for white text on it (contrast 5.5)."""

WHITE, DARK = "#ffffff", "#0f172a"
"""The two colours of text on the accent."""

NEEDED = 4.5
"""The least contrast of text and its background (WCAG 2.2, success criterion 1.4.3)."""

SEEN = 3.0
"""The least contrast of what is drawn and its background (WCAG 2.2, success criterion 1.4.11)."""

LARGEST_LOGO = 30_000
"""Bytes of a logo: every mail carries it."""

LOGO = "logo"
"""The id by which the HTML names the logo: ``cid:logo``."""

LANGUAGES = ("vi", "en")
FILE = "brand.toml"
_KEYS = ("accent", "alt", "extends", "footer", "logo")
_KINDS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
_DEEPEST = 5


class Brand(NamedTuple):
    """What stands on the mails besides their content; without a pack it is plain.

    ``folders`` hold templates, the nearest first. ``alt`` is the text in the place of the logo, empty where the
    company's name is. ``footer`` holds a line by language, ``texts`` other words for ours by language and key.
    """

    folders: tuple[Path, ...] = ()
    accent: str = ACCENT
    on_accent: str = WHITE
    logo: Image | None = None
    alt: str = ""
    footer: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    def seen(self, language: str) -> dict[str, str | None]:
        """Give what templates in a language see of it."""
        return {
            "accent": self.accent,
            "on_accent": self.on_accent,
            "logo": f"cid:{self.logo.id}" if self.logo is not None else None,
            "alt": self.alt,
            "footer": dict(self.footer).get(language, ""),
        }


class Pack(NamedTuple):
    """A pack as it was read; ``doubts`` are what the mails go without, such as a logo that is not there."""

    brand: Brand
    doubts: tuple[SheetsyncError, ...] = ()


def load_pack(folder: Path) -> Pack:
    """Read a pack with those that it extends; ConfigError where it cannot be used as it is."""
    brand, doubts = Brand(), list[SheetsyncError]()
    for one in reversed(_chain(folder)):
        told = _toml(one / FILE, required=one == folder)
        brand = _painted(brand, told, one)
        logo = told.get("logo")
        if logo is not None:
            try:
                brand = brand._replace(logo=_logo(one / str(logo)), alt=str(told.get("alt", "")))
            except ConfigError as doubt:
                doubts.append(doubt)
        brand = brand._replace(
            folders=(one, *brand.folders),
            footer=_over(brand.footer, _footers(told.get("footer", {}), one)),
            texts=_reworded(brand.texts, one),
        )
    return Pack(brand, tuple(doubts))


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours such as ``#0f766e``, 1..21 (WCAG 2.2: relative luminance, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def on(accent: str) -> str | None:
    """Give the colour of text that can be read on an accent: white where that will do, None where nothing does."""
    return next((text for text in (WHITE, DARK) if contrast(text, accent) >= NEEDED), None)


def drawn(accent: str, *grounds: str) -> str:
    """Give an accent as it is drawn on grounds, all light or all dark: of its hue, and told from each of them."""
    hue, lightness, saturation = rgb_to_hls(*_shares(accent))
    end = max((0.0, 1.0), key=lambda one: contrast(_colour(one, one, one), grounds[0]))
    steps = (lightness + (end - lightness) * step / 20 for step in range(1, 21))
    colours = (accent, *(_colour(*hls_to_rgb(hue, step, saturation)) for step in steps))
    return next(colour for colour in colours if all(contrast(colour, ground) >= SEEN for ground in grounds))


def _shares(colour: str) -> tuple[float, ...]:
    """Give red, green and blue of a colour, 0..1."""
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def _colour(*shares: float) -> str:
    return "#" + "".join(f"{round(share * 255):02x}" for share in shares)


def _luminance(colour: str) -> float:
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in _shares(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _chain(folder: Path) -> list[Path]:
    """Give a pack and those below it, the nearest first."""
    chain = [folder]
    while True:
        below = _toml(chain[-1] / FILE, required=True).get("extends")
        if below is None:
            return chain
        further = (chain[-1] / str(below)).resolve()
        if further in [one.resolve() for one in chain] or len(chain) >= _DEEPEST:
            raise ConfigError("pack.extends", path=str(chain[-1] / FILE), value=str(below))
        chain.append(further)


def _toml(path: Path, *, required: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        if not required:
            return {}
        raise ConfigError("pack.missing", path=str(path)) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ConfigError("pack.unreadable", path=str(path), reason=reason) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("pack.syntax", path=str(path), reason=str(error)) from error


def _painted(brand: Brand, told: Mapping[str, Any], folder: Path) -> Brand:
    path = str(folder / FILE)
    unknown = next((key for key in told if key not in _KEYS), None)
    if unknown is not None:
        raise ConfigError("pack.unknown_key", path=path, name=unknown, allowed=", ".join(_KEYS))
    accent = told.get("accent")
    if accent is None:
        return brand
    if not isinstance(accent, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        raise ConfigError("pack.no_colour", path=path, value=str(accent))
    text = on(accent)
    if text is None:
        best = max(contrast(accent, WHITE), contrast(accent, DARK))
        raise ConfigError("pack.contrast", path=path, value=accent, ratio=f"{best:.2f}", needed=f"{NEEDED}")
    return brand._replace(accent=accent.lower(), on_accent=text)


def _logo(path: Path) -> Image:
    """Read the picture; ConfigError says why a mail goes without it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError("pack.no_logo", path=str(path), reason=error.strerror or type(error).__name__) from error
    kind = next((kind for head, kind in _KINDS if data.startswith(head)), None)
    if kind is None:
        raise ConfigError("pack.logo_kind", path=str(path))
    if len(data) > LARGEST_LOGO:
        raise ConfigError("pack.logo_size", path=str(path), size=len(data) // 1000, most=LARGEST_LOGO // 1000)
    return Image(LOGO, kind, data)


def _footers(told: Any, folder: Path) -> tuple[tuple[str, str], ...]:
    """Read the footer: one line for every language, or a table with one for each."""
    lines = dict.fromkeys(LANGUAGES, told) if isinstance(told, str) else told
    if not isinstance(lines, dict) or not all(
        name in LANGUAGES and isinstance(line, str) for name, line in lines.items()
    ):
        raise ConfigError("pack.footer", path=str(folder / FILE), allowed=", ".join(LANGUAGES))
    return tuple(lines.items())


def _reworded(
    texts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...], folder: Path
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Lay the words of one pack over those of the packs below it."""
    known = dict(texts)
    for language in LANGUAGES:
        path = folder / f"texts.{language}.toml"
        known[language] = _over(known.get(language, ()), tuple(_flat(_toml(path, required=False), path)))
    return tuple((language, told) for language, told in known.items() if told)


def _over(under: tuple[tuple[str, str], ...], above: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple({**dict(under), **dict(above)}.items())


def _flat(table: Mapping[str, Any], path: Path, above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{above}{name}"
        if isinstance(value, dict):
            yield from _flat(value, path, f"{key}.")
        elif isinstance(value, str):
            yield key, value
        else:
            raise ConfigError("pack.text", path=str(path), name=key)
