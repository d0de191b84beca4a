"""nginx in front of a desk, as a process of its own on loopback; the tests use it too."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copytaster import web
from copytaster.press import Site

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
LARGEST = 100_000
"""bytes of a delivery"""

_FRAME = """\
daemon off;
master_process off;
worker_processes 1;
pid "{folder}/nginx.pid";
error_log "{folder}/error.log" warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path "{folder}/body";
    proxy_temp_path "{folder}/proxy";
    fastcgi_temp_path "{folder}/fastcgi";
    uwsgi_temp_path "{folder}/uwsgi";
    scgi_temp_path "{folder}/scgi";
    {site}
}}
"""


class NginxFailed(RuntimeError):
    """nginx did not start; the message holds what it said."""


@contextmanager
def nginx(folder: Path, site: Site, root: Path, desk: str) -> Iterator[tuple[str, int]]:
    """nginx for these files and this desk (HOST:PORT), its own files in ``folder``; where it
    listens, and its process."""
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    said = web.nginx(
        site=site,
        root=str(root),
        listen=f"127.0.0.1:{port}",
        server_name=None,
        desk=desk,
        largest=LARGEST,
    )
    path, log = folder / "nginx.conf", folder / "error.log"
    path.write_text(_FRAME.format(folder=folder, site=said))
    process = subprocess.Popen([NGINX or "nginx", "-c", path, "-p", folder, "-e", log])
    try:
        _listening(process, port, log)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _listening(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(2000):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            try:
                process.wait(0.005)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
        break
    raise NginxFailed(f"nginx does not listen: {log.read_text()}")
