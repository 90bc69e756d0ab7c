"""Judges a rendered mail: what clients that must show it right do not support, and what no mail should hold.

``looking.lint`` gives the flaws of one mail; the words for them stand in the locales below ``lint``. The support data
are distilled from Can I email (``clients.toml``, see NOTICE) by ``docs/make_mail_clients.py``.
"""
