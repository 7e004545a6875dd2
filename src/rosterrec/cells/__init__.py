"""From bytes to cells: what a file is, whether it is safe to open, and what its cells hold.

Nothing here imports Polars or another stage: most of it runs in a child process that has to be
there at once (``child``), which the parent starts, limits and listens to (``sandbox``). A sheet
crosses between them as a ``Page``: text, and facts about it.
"""
