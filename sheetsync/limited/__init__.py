"""Work that is done in a process of its own, with little time and memory, because others wrote what it works on.

Packs of templates come from third parties. The sandbox of ``report.sandbox`` keeps their templates from the objects of
Python and from loops without end; whatever gets past it meets a process that has no secrets in its environment, that
can write no file, and that ends when its time or its memory is used up. ``process`` is the near side, ``child`` the
far side, ``mails`` what is rendered there.
"""
