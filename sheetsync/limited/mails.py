"""Renders mails with the templates of a pack in a limited process; what the pack breaks ends there, in one clear error.

The near side is ``PackMails``; ``answer`` is the far side. What goes over is digests as the outbox holds them
(``report.digest.coding``), and what comes back are texts and pictures.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sheetsync import errors
from sheetsync.errors import ConfigError, DeliveryRefused, SheetsyncError
from sheetsync.limited.process import LIMITS, Ended, Limited, Limits
from sheetsync.post import Image
from sheetsync.record import NamedTuple

if TYPE_CHECKING:
    from sheetsync.language import Phrases
    from sheetsync.report.brand import Pack
    from sheetsync.report.render import Rendered

ENTRY = "sheetsync.limited.mails:answer"


class Copies(NamedTuple):
    """Folders to take templates from: in the place of those of the pack, the nearest first, and of our own (one)."""

    folders: tuple[Path, ...]
    templates: tuple[Path, ...]


class PackMails:
    """Renders mails with a pack. One limited process serves all mails of a run; after one that breaks it a new one."""

    def __init__(self, pack: Path | None, limits: Limits = LIMITS, copies: Copies | None = None) -> None:
        """Take the folder of the pack; None for our own templates alone. ``copies`` are taken in the place of both."""
        self._pack = pack.resolve() if pack is not None else None
        self._copies = copies
        self._limits = limits
        self._limited = Limited(ENTRY, limits)

    def __enter__(self) -> PackMails:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._limited.close()

    def render(self, contents: Sequence[bytes], language: str, *, check_links: bool = True) -> Rendered:
        """Render one person's mail of one day from digests as the outbox holds them, in a language.

        Without ``check_links`` mails with links that no mail may have are given too. Raises DeliveryRefused where a
        template fails or takes more than the limits allow, with its file and line; ConfigError where the pack itself
        cannot be used.
        """
        from sheetsync.report.render import Rendered

        digests = [one.decode("utf-8", "surrogatepass") for one in contents]
        given = self._ask({"digests": digests, "language": language, "check_links": check_links})
        images = tuple(Image(one["id"], one["kind"], base64.b64decode(one["data"])) for one in given["images"])
        return Rendered(given["subject"], given["html"], given["text"], images, given["chat"])

    def look(self) -> tuple[SheetsyncError, ...]:
        """Read the pack alone, and give what its mails will go without, such as a logo that is not there.

        Raises ConfigError where the pack cannot be used.
        """
        return tuple(_error_of(one) for one in self._ask({})["doubts"])

    def folders(self) -> tuple[Path, ...]:
        """Give the folders of the pack and of those that it extends, the nearest first; raises as ``look`` does."""
        return tuple(map(Path, self._ask({})["folders"]))

    def _ask(self, request: Mapping[str, Any]) -> Any:
        copies = (
            {} if self._copies is None else {name: list(map(str, one)) for name, one in self._copies._asdict().items()}
        )
        pack = None if self._pack is None else str(self._pack)
        try:
            given = self._limited.ask({"pack": pack, **copies, **request})
        except Ended as ended:
            raise _refusal(ended, pack or "sheetsync", self._limits) from ended
        if "error" in given:
            raise _error_of(given["error"])
        return given


def _refusal(ended: Ended, pack: str, limits: Limits) -> DeliveryRefused:
    """Say why there was no answer at all; where it was is not known then."""
    if ended.why == "time":
        return DeliveryRefused("limited.time", path=pack, seconds=f"{limits.seconds:g}")
    if ended.why == "output":
        return DeliveryRefused("limited.output", path=pack, most=limits.output // 1_000_000)
    return DeliveryRefused("limited.died", path=pack, reason=ended.detail)


def _error_of(told: Mapping[str, Any]) -> SheetsyncError:
    kind: type[SheetsyncError] = getattr(errors, told["kind"])
    return kind(told["key"], **told["params"])


# --- The far side -----------------------------------------------------------------------------------------------------


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """Render what is asked for; whatever goes wrong is an answer too, for the next mail may be fine."""
    from sheetsync.limited.child import TimeUp

    try:
        return _answered(request)
    except SheetsyncError as error:
        return {"error": _told(error)}
    except TimeUp as error:
        return {"error": _told(DeliveryRefused("limited.time_at", path=_place(error, request)))}
    except MemoryError as error:
        return {"error": _told(DeliveryRefused("limited.memory_at", path=_place(error, request)))}


def _answered(request: Mapping[str, Any]) -> dict[str, Any]:
    pack = _pack(request["pack"])
    if "digests" not in request:
        return {"doubts": [_told(one) for one in pack.doubts], "folders": list(map(str, pack.brand.folders))}
    from sheetsync.packaged import templates_dir
    from sheetsync.report.digest.coding import loads
    from sheetsync.report.render import render_parts

    digests = [loads(one.encode("utf-8", "surrogatepass")) for one in request["digests"]]
    folders = tuple(map(Path, request["folders"])) if "folders" in request else pack.brand.folders
    templates = Path(request["templates"][0]) if "templates" in request else templates_dir()
    brand, words = pack.brand._replace(folders=folders), _phrases(request["language"])
    rendered = render_parts(digests, words, templates, brand, check_links=request["check_links"])
    images = [{"id": one.id, "kind": one.kind, "data": base64.b64encode(one.data).decode()} for one in rendered.images]
    texts = {"subject": rendered.subject, "html": rendered.html, "text": rendered.text, "chat": rendered.chat}
    return {**texts, "images": images}


@cache
def _pack(folder: str | None) -> Pack:
    from sheetsync.report.brand import Brand, Pack, load_pack

    if folder is None:
        return Pack(Brand())
    pack = load_pack(Path(folder))
    for one in pack.brand.folders:
        _stay_inside(one)
    return pack


def _stay_inside(folder: Path) -> None:
    """Refuse a pack with a link to a file outside of it: what stands there could be put into a mail."""
    home = folder.resolve()
    for path in (*folder.glob("*"), *folder.glob("email/**/*")):
        if path.is_symlink() and not path.resolve().is_relative_to(home):
            raise ConfigError("limited.outside", path=str(path), target=str(path.resolve()))


@cache
def _phrases(language: str) -> Phrases:
    from sheetsync.language import Phrases
    from sheetsync.locales import load

    return Phrases(load(language), None if language == "en" else load("en"))


def _told(error: SheetsyncError) -> dict[str, Any]:
    params = {name: value if isinstance(value, int | float) else str(value) for name, value in error.params.items()}
    return {"kind": type(error).__name__, "key": error.key, "params": params}


def _place(error: BaseException, request: Mapping[str, Any]) -> str:
    """Give file and line of the template in which it happened, else the pack."""
    return next(_frames(error), str(request["pack"]))


def _frames(error: BaseException) -> Iterator[str]:
    at, found = error.__traceback__, []
    while at is not None:
        if at.tb_frame.f_code.co_filename.endswith(".j2"):
            found.append(f"{at.tb_frame.f_code.co_filename}:{at.tb_lineno}")
        at = at.tb_next
    yield from reversed(found)
