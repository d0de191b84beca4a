"""The judge of the notes beside the text: stories of our own, and what a careful reader notes.

In: the stories in ``gold/`` and their marked copies. Out: notes in the shape of
``copytaster read``, offsets in code points. Nothing here reads a story by rule: its author has.
The guide is docs/reference/reading-gold.md.
"""
