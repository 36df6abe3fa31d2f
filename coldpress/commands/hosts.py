"""hosts: what each host can do for this site, and the files it wants beside output/."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from coldpress.commands.given import options_of
from coldpress.commands.said import say_failure, show
from coldpress.problems import OperationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coldpress.model import Site
    from coldpress.problems import Problem

EXAMPLE = "127.0.0.1:8080"
LISTENING = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:]+\]):(\d{1,5})")


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("name", nargs="?", metavar="NAME", help="one host; without it, all of them")
    to.add_argument("--write", type=Path, metavar="DIR", help="write its files for beside output/")
    to.add_argument(
        "--listen",
        default=EXAMPLE,
        type=listening,
        metavar="ADDRESS:PORT",
        help=f"nginx, apache, caddy: where it listens ({EXAMPLE})",
    )
    words = "nginx, apache, caddy: where the site lies on the server (the output folder)"
    to.add_argument("--root", type=Path, metavar="DIR", help=words)
    words = "nginx: its ngx_http_brotli_static_module.so, if it has one"
    to.add_argument("--brotli-module", default="", metavar="FILE", help=words)


def listening(text: str) -> str:
    """It is written into a file as it is."""
    found = LISTENING.fullmatch(text)
    if found is None or not 0 < int(found[1]) < 65_536:
        raise argparse.ArgumentTypeError(f"{text!r} is not like {EXAMPLE}")
    return text


def run(given: argparse.Namespace) -> int:
    from coldpress import pipeline
    from coldpress.hosts import HOSTS, Server, compile_host, host_named, overview, report

    if given.write is not None and given.name is None:
        return say_failure("--write needs the name of a host", "like: hosts nginx --write DIR", 2)
    asked = HOSTS if given.name is None else (host_named(given.name),)
    options = options_of(given)
    built = pipeline.compose(options)
    facts = {output: one.facts for output, one in built.made.items()}
    server = Server(given.listen, str(given.root or options.output), given.brotli_module)
    compiled = [(host, compile_host(host.name, built.site, facts, server)) for host in asked]
    if given.name is None:
        print(overview(compiled))
    for host, made in compiled if given.name else ():
        print(report(host, made))
    for note in notes(built.site):
        print(f"\n{note}")
    if given.write is not None:
        write(given.write, compiled[0][1].beside)
    problems = sorted({problem for _host, made in compiled for problem in made.problems})
    return said(given, problems)


def notes(site: Site) -> tuple[str, ...]:
    deploy = site.config.facts.deploy
    chosen = f"deploy.host is {deploy.host}." if deploy.host else "deploy.host is not set."
    if deploy.hsts is None:
        return chosen, "HSTS is off: deploy.hsts turns it on. Without it no host gets an A+."
    return (chosen,)


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as failure:
            why = (failure.strerror or "unknown reason").lower()
            raise OperationError(f"{path} cannot be written: {why}", "check the folder") from None
        print(f"{path} is written")


def said(given: argparse.Namespace, problems: list[Problem]) -> int:
    return show(given, problems, None) if problems else 0
