"""Writes docs/sheetsync.schema.json from the table of configuration keys: ``python docs/write_schema.py``."""

from __future__ import annotations

import json
from pathlib import Path

from sheetsync import locales
from sheetsync.config.schema import config_schema
from sheetsync.language import Phrases

if __name__ == "__main__":
    schema = config_schema(Phrases(locales.load("en")))
    target = Path(__file__).with_name("sheetsync.schema.json")
    target.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
