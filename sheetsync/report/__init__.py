"""The summary that people read: what it shows (``digest``), and how it looks (``render``)."""
