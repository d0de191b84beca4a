"""A configuration for nginx in front of the desk: the same answers, from the same files.

nginx has only the names of files to go by, so they say what it must know: that a story may be
served at all (its gate), and the status of its notice. The headers are those of the desk's own
answers, from the same place. See docs/decisions/0011.
"""

import re
from importlib import resources
from urllib.parse import urlsplit

from minijinja import Environment

from copytaster import press
from copytaster.channels.site import LETTER
from copytaster.press import Site
from copytaster.web import _answer

_TEMPLATE = (resources.files("copytaster.web") / "nginx.conf").read_text("utf-8")
_NAME = re.compile(r"(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?")
_LISTEN = re.compile(r"(?:(?:[0-9.]+|\[[0-9a-fA-F:]+\]|\*):)?[0-9]{1,5}")
_PLAIN = re.compile(r'[^"\\$\x00-\x1f\x7f]+')
_SPARE = 64 * 1024
"""more than the largest delivery: the desk itself says that one is too large"""
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  compared


def nginx(
    *, site: Site, root: str, listen: str | None, server_name: str | None, desk: str, largest: int
) -> str:
    """The configuration of one virtual host.

    ``site``: its address, and what its theme lets pages load; ``root``: the absolute path of the
    folder with the site's files; ``listen``: where nginx listens, port 80 of all addresses by
    default; ``desk``: where the desk listens, HOST:PORT; ``largest``: bytes of the largest
    delivery. Raises ValueError for what a configuration cannot hold.
    """
    name = server_name or urlsplit(site.url).hostname or "_"
    _refuse("server name", name, _NAME)
    _refuse("site url", site.url, _PLAIN)
    _refuse("path of the site's files", root, _PLAIN)
    if listen is not None:
        _refuse("address to listen on", listen, _LISTEN)
    link = f'<{site.url}/>; rel=\\"blocked-by\\"'
    environment = Environment(
        templates={"nginx.conf": _TEMPLATE},
        trim_blocks=True,
        lstrip_blocks=True,
        undefined_behavior="strict",
        auto_escape_callback=lambda _: False,
    )
    return environment.render_template(
        "nginx.conf",
        site=site.url,
        upstream=_upstream(desk),
        listen=[listen] if listen else ["80", "[::]:80"],
        server_name=name,
        root=root,
        delivery_bytes=largest + _SPARE,
        letter=LETTER,
        security=_headers(site, ""),
        always=_headers(site, " always"),
        kept_out="noindex" if site.uses.search else "",
        year=_answer.YEAR,
        revalidate=_answer.REVALIDATE,
        no_store=_answer.NO_STORE,
        no_cache=_answer.NO_CACHE,
        notices=[("legal", 451, link), ("gone", 410, None), ("hold", 200, None)],
    )


def _headers(site: Site, when: str) -> str:
    lines: list[str] = []
    # Whose story a file is cannot be told here: what any agency might reserve is reserved.
    reserved = press.usage_headers(press.Uses(search=site.uses.search), site)
    robots = {} if site.uses.search else {"x-robots-tag": "noindex"}
    for name, said in {**_answer.page_headers(site), **reserved, **robots}.items():
        _refuse(name, said, _PLAIN)
        lines.append(f'        add_header {name} "{said}"{when};')
    return "\n".join(lines)


def _upstream(listen: str) -> str:
    """Where nginx, on the same machine, finds the desk."""
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    host = _EVERYWHERE.get(host, host)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _refuse(what: str, said: str, allowed: re.Pattern[str]) -> None:
    if allowed.fullmatch(said) is None:
        raise ValueError(f"{what} {said!r} cannot be in an nginx configuration; use another")
