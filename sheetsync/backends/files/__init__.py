"""Files that are read and never written: text with separators, ``.xls`` and ``.ods``, each known by its content."""
