"""Routes put together: the public site, its lists, and the ways in. Each a thin door to a room.

In: HTTP requests. Out: the files of stories, as the store says they may be shown, and lists
made from the store through a small cache keyed by its sequence. Not its business: what may be
public, or how it looks.
"""

from copytaster.web import desk
from copytaster.web._answer import page_headers
from copytaster.web._door import Newsroom
from copytaster.web.live import Live
from copytaster.web.nginx import nginx
from copytaster.web.site import public_site

__all__ = ["Live", "Newsroom", "desk", "nginx", "page_headers", "public_site"]
