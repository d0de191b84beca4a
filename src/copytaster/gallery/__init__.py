"""Every state and kind of page, made by the press from stories of its own.

In: a :class:`~copytaster.press.Site`, with its theme. Out: finished pages, by name, as the
public would get them. For whoever changes how pages look: the demo serves them under
``/gallery``, ``copytaster theme check`` makes them all with a theme, and the tests read them.
"""

from copytaster.gallery._pages import PICTURE
from copytaster.gallery._pages import Shown
from copytaster.gallery._pages import gallery

__all__ = ["PICTURE", "Shown", "gallery"]
"""PICTURE: the address of the one picture that the pages show"""
