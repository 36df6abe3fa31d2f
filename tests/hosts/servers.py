"""The real nginx, Apache and Caddy on loopback, from the files we emit for them."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from coldpress.hosts import Server, compile_host, precompressed
from tests.hosts.answers import Answer, lowered
from tests.hosts.sample import Sample

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def set_up(name: str, sample: Sample, folder: Path, port: int) -> Path:
    """Everything a server needs, in one folder; returns where the files of the site are."""
    root = folder / "site"
    module = str(BROTLI) if BROTLI.exists() else ""
    server = Server(f"127.0.0.1:{port}", str(root), module)
    made = compile_host(name, sample.site, sample.facts, server)
    for path, content in {**sample.files, **made.files}.items():
        put(root / path, content)
        for packed, small in precompressed(path, content):
            put(root / packed, small)
    for path, content in made.beside.items():
        put(folder / path, content)
    put(root / ".git/config", b"secret")
    put(root / ".well-known/security.txt", b"Contact: mailto:x@harbour.example\n")
    return root


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def command(name: str, folder: Path) -> list[str]:
    if name == "nginx":
        user = "user root; " if os.geteuid() == 0 else ""
        return ["nginx", "-p", str(folder), "-c", "nginx.conf", "-g", f"{user}daemon off;"]
    if name == "apache":
        return ["apache2", "-d", str(folder), "-f", "httpd.conf", "-DFOREGROUND"]
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


PROGRAMS: Mapping[str, str] = {"nginx": "nginx", "apache": "apache2", "caddy": "caddy"}


def is_installed(name: str) -> bool:
    return shutil.which(PROGRAMS[name]) is not None


@contextmanager
def running(name: str, folder: Path, port: int) -> Iterator[None]:
    surroundings = {**os.environ, "TMPDIR": str(folder), "HOME": str(folder)}
    log = (folder / "log").open("wb")
    with (
        log,
        subprocess.Popen(
            command(name, folder), stdout=log, stderr=log, env=surroundings, cwd=folder
        ) as process,
    ):
        try:
            wait_for(port, process, folder / "log")
            yield
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"the server did not start: {log.read_text()}")


def ask(port: int, path: str, headers: Mapping[str, str] | None = None) -> tuple[Answer, bytes]:
    """One request as it is: no redirect followed, nothing encoded or shortened."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest("GET", path, skip_accept_encoding=True, skip_host=True)
        for name, value in {"Host": "harbour.example", **(headers or {})}.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        found = lowered(dict(response.getheaders()))
        place = found.get("location", "").removeprefix("http://harbour.example")
        place = place.removeprefix(f":{port}")
        return Answer(response.status, place, "", found), body
    finally:
        connection.close()
