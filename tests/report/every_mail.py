"""Every packaged template in every language on every fixture, and all kinds in one mail; rendered once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sheetsync.cli.pack_check import Sample
from sheetsync.cli.pack_samples import KINDS, MERGED, sample_digests
from sheetsync.packaged import templates_dir
from sheetsync.report.fixtures import FIXTURES
from sheetsync.report.render import Rendered, render_parts
from tests.report.minh_long import PHRASES

LANGUAGES = ("en", "vi")


@cache
def every_mail() -> Mapping[Sample, Rendered]:
    """Give every mail by its kind, language and fixture."""
    found = {}
    for language in LANGUAGES:
        for fixture in FIXTURES:
            digests = sample_digests(fixture, language)
            parts = {**{kind: (digests[kind],) for kind in KINDS}, MERGED: tuple(digests.values())}
            for kind, told in parts.items():
                sample = Sample(kind, language, fixture.name)
                found[sample] = render_parts(told, PHRASES[language], templates_dir())
    return found
