"""Measurements of a real desk in a process of its own, from the outside.

In: nothing but this machine. Out: a table and JSON with the machine, the load and the command.
``python -m bench`` (``make bench``) runs all of them; see docs/reference/benchmarks.md.
"""
