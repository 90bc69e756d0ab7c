"""``sheetsync explain ID --set FIELD=VALUE``: reads what would stand there, as the sheet reads it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import click

from sheetsync.cli.shipped import all_words
from sheetsync.cli.speech import say, spoken_language
from sheetsync.locales import load
from sheetsync.model import Item
from sheetsync.reading import with_unlike
from sheetsync.reading.typed import read_typed
from sheetsync.scoring.what_if.outcome import WhatIf, field_called, settable, what_if
from sheetsync.sync import Evaluation
from sheetsync.workbook import Cell

_READ_AS = {"actual": "current", "current": "current", "target": "target", "baseline": "baseline", "weight": "weight"}
_EXAMPLES = {"weight": "30%, 0.3, 2", "confidence": "7, 70%, 7/10"}
_ANY = "9.2e9, 5,5 tỷ, 30%"


def imagined(evaluation: Evaluation, item: Item, sets: Sequence[str]) -> WhatIf:
    """Tell what would change; UsageError where a field is unknown or a value says nothing."""
    values = dict(_read(item, one) for one in sets)
    profiles = (evaluation.profile, evaluation.kpi_profile)
    noting = partial(with_unlike, lexicon=all_words())
    return what_if(evaluation.goals, evaluation.scorecard, profiles, item, values, evaluation.today, noting)


def _read(item: Item, given: str) -> tuple[str, Cell[Any]]:
    name, sign, text = given.partition("=")
    if not sign or not text.strip():
        raise click.UsageError(say("cli.explain.set_form", given=given))
    field = field_called(item, name) or _in_words(item, name)
    fields = settable(item)
    if field is None:
        raise click.UsageError(say("cli.explain.set_field", field=name.strip(), item=item.key, known=", ".join(fields)))
    decimal = str(load(spoken_language())["marks"]["decimal"])
    concept = field if field == "confidence" else _READ_AS.get(field, "current")
    cell = read_typed(item, concept, fields[field], text.strip(), all_words(), decimal)
    if cell is None:
        examples = _EXAMPLES.get(field, _ANY)
        raise click.UsageError(say("cli.explain.set_value", field=field, value=text.strip(), examples=examples))
    return field, cell


def _in_words(item: Item, name: str) -> str | None:
    """Know a field by the header that it has in a sheet: Thực hiện, Chỉ tiêu, Trọng số."""
    for kind in ("okr", "kpi"):
        for concept in all_words().candidates(name, kind):
            field = field_called(item, concept)
            if field is not None:
                return field
    return None
