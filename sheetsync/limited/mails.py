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
from sheetsync.errors import DeliveryRefused, SheetsyncError
from sheetsync.limited.process import LIMITS, Ended, Limited, Limits
from sheetsync.post import Image

if TYPE_CHECKING:
    from sheetsync.language import Phrases
    from sheetsync.report.brand import Pack
    from sheetsync.report.render import Rendered

ENTRY = "sheetsync.limited.mails:answer"


class PackMails:
    """Renders mails with a pack. One limited process serves all mails of a run, and is started anew if one breaks it."""

    def __init__(self, pack: Path, limits: Limits = LIMITS, templates: Path | None = None) -> None:
        """Take the folder of the pack, and the folder of our own templates where it is not the usual one."""
        self._pack = pack.resolve()
        self._templates = templates
        self._limits = limits
        self._limited = Limited(ENTRY, limits)

    def __enter__(self) -> PackMails:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._limited.close()

    def render(self, contents: Sequence[bytes], language: str) -> Rendered:
        """Render one person's mail of one day from digests as the outbox holds them, in a language.

        Raises DeliveryRefused where a template fails or takes more than the limits allow, with its file and line;
        ConfigError where the pack itself cannot be used.
        """
        from sheetsync.report.render import Rendered

        given = self._ask({"digests": [one.decode("utf-8", "surrogatepass") for one in contents], "language": language})
        images = tuple(Image(one["id"], one["kind"], base64.b64decode(one["data"])) for one in given["images"])
        return Rendered(given["subject"], given["html"], given["text"], images)

    def look(self) -> tuple[SheetsyncError, ...]:
        """Read the pack alone, and give what its mails will go without, such as a logo that is not there."""
        return tuple(_error_of(one) for one in self._ask({})["doubts"])

    def _ask(self, request: Mapping[str, Any]) -> Any:
        templates = None if self._templates is None else str(self._templates)
        try:
            given = self._limited.ask({"pack": str(self._pack), "templates": templates, **request})
        except Ended as ended:
            raise _refusal(ended, self._pack, self._limits) from ended
        if "error" in given:
            raise _error_of(given["error"])
        return given


def _refusal(ended: Ended, pack: Path, limits: Limits) -> DeliveryRefused:
    """Say why there was no answer at all; where it was is not known then."""
    if ended.why == "time":
        return DeliveryRefused("limited.time", path=str(pack), seconds=f"{limits.seconds:g}")
    if ended.why == "output":
        return DeliveryRefused("limited.output", path=str(pack), most=limits.output // 1_000_000)
    return DeliveryRefused("limited.died", path=str(pack), reason=ended.detail)


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
        return {"doubts": [_told(one) for one in pack.doubts]}
    from sheetsync.packaged import templates_dir
    from sheetsync.report.digest.coding import loads
    from sheetsync.report.render import render_parts

    digests = [loads(one.encode("utf-8", "surrogatepass")) for one in request["digests"]]
    templates = Path(request["templates"]) if request["templates"] else templates_dir()
    rendered = render_parts(digests, _phrases(request["language"]), templates, pack.brand)
    images = [{"id": one.id, "kind": one.kind, "data": base64.b64encode(one.data).decode()} for one in rendered.images]
    return {"subject": rendered.subject, "html": rendered.html, "text": rendered.text, "images": images}


@cache
def _pack(folder: str) -> Pack:
    from sheetsync.report.brand import load_pack

    return load_pack(Path(folder))


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
