"""The generators side by side: how each is installed, laid out, called and asked for a page.

All get the same articles, a minimal theme that shows the same things (menu, related links, lists of
a folder, feed, sitemap) and their own fastest correct settings.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench.articles import FOLDERS, Article
from bench.corpus import ROOT, Corpus, write, write_coldpress
from bench.dialects import notes, pelican_text, yaml_text
from bench.measure import BenchError

PEERS = Path(__file__).with_name("peers")
EPOCH = "1790000000"
"""The build's clock where a generator writes it into its output."""


def cache() -> Path:
    """Where the peers are installed: outside the project."""
    chosen = os.environ.get("BENCH_CACHE")
    return Path(chosen) if chosen else Path.home() / ".cache" / "coldpress-bench"


@dataclass(frozen=True, slots=True)
class Tool:
    """`again` builds where a build has been; `serve` gets the port. All run inside the site."""

    name: str
    version: str
    lay_out: Callable[[Corpus, Path], None]
    source: str
    """A content file, by the page's id."""
    build: tuple[str, ...]
    serve: Callable[[int], tuple[str, ...]] | None
    again: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def rebuild(self) -> tuple[str, ...]:
        return self.again or self.build


# --------------------------------------------------------------------------- installing


def install() -> None:
    """Once for each set of pins; a minute or two."""
    pins, packages = PEERS / "requirements.txt", PEERS / "package.json"
    folder, node = cache() / "peers", cache() / "node"
    if not same(pins, folder / pins.name):
        call(sys.executable, "-m", "venv", folder)
        call(folder / "bin" / "pip", "install", "--quiet", "--requirement", pins)
        shutil.copy(pins, folder / pins.name)
    if not same(packages, node / "installed.json"):
        node.mkdir(parents=True, exist_ok=True)
        shutil.copy(packages, node / packages.name)
        call("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", node)
        shutil.copy(packages, node / "installed.json")


def same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def call(*words: object) -> None:
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BenchError(f"{' '.join(map(str, words))}\n{done.stdout[-800:]}{done.stderr[-800:]}")


def pinned(name: str) -> str:
    for line in (PEERS / "requirements.txt").read_text().splitlines():
        package, _, version = line.partition("==")
        if package == name:
            return version
    versions: dict[str, str] = json.loads((PEERS / "package.json").read_text())["dependencies"]
    return versions[name]


def peer(name: str) -> str:
    return str(cache() / "peers" / "bin" / name)


def hugo_binary() -> str:
    """The program itself: its launcher is a Python script and takes as long as a small site."""
    found = sorted((cache() / "peers").glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return str(found[0]) if found else peer("hugo")


# --------------------------------------------------------------------------- the tools


def coldpress(project: Path) -> Tool:
    """As a user calls it: the system's Python, which finds the environment by itself."""
    python = str(Path(sys.base_prefix) / "bin" / "python3")
    words = (python, str(project / "build.py"))
    place = ("--source", ".", "--output", "output")
    return Tool(
        name="coldpress",
        version=commit(project),
        lay_out=write_coldpress,
        source="content/{id}.md",
        build=(*words, "build", *place, "--quiet"),
        serve=lambda port: (*words, "serve", *place, "--port", str(port), "--no-browser"),
        env={"COLDPRESS_VENV": str(cache() / "coldpress")},
    )


def commit(project: Path) -> str:
    words = ("git", "-C", str(project), "describe", "--always", "--dirty")
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def hugo() -> Tool:
    binary = hugo_binary()
    return Tool(
        name="hugo",
        version=pinned("hugo"),
        lay_out=partial(write_peer, "hugo", hugo_file),
        source="content/{id}.md",
        build=(binary, "build", "--quiet", "--destination", "output"),
        serve=lambda port: (binary, "server", "--bind", "127.0.0.1", "--port", str(port)),
    )


def eleventy() -> Tool:
    words = ("node", str(cache() / "node/node_modules/@11ty/eleventy/cmd.cjs"), "--quiet")
    return Tool(
        name="eleventy",
        version=pinned("@11ty/eleventy"),
        lay_out=lay_out_eleventy,
        source="content/{id}.md",
        build=words,
        serve=lambda port: (*words, "--serve", "--incremental", f"--port={port}"),
    )


def pelican() -> Tool:
    words = (peer("pelican"), "--quiet", "--settings", "pelicanconf.py")
    return Tool(
        name="pelican",
        version=pinned("pelican"),
        lay_out=partial(write_peer, "pelican", pelican_file),
        source="content/{id}.md",
        build=words,
        serve=lambda port: (*words, "--listen", "--autoreload", "--port", str(port)),
    )


def mkdocs() -> Tool:
    words = (peer("mkdocs"),)
    return Tool(
        name="mkdocs",
        version=pinned("mkdocs"),
        lay_out=partial(write_peer, "mkdocs", mkdocs_file),
        source="docs/{id}.md",
        build=(*words, "build", "--quiet"),
        serve=lambda port: (*words, "serve", "--quiet", "--livereload", "-a", f"127.0.0.1:{port}"),
        env={"SOURCE_DATE_EPOCH": EPOCH},
    )


def mkdocs_dirty() -> Tool:
    """MkDocs told to look at changed files only: fast, and its lists may be wrong."""
    plain = mkdocs()
    return Tool(
        name="mkdocs-dirty",
        version=plain.version,
        lay_out=plain.lay_out,
        source=plain.source,
        build=plain.build,
        serve=None,
        again=(*plain.build, "--dirty"),
        env=plain.env,
    )


def tools(names: Iterable[str], project: Path = ROOT) -> tuple[Tool, ...]:
    makers: Mapping[str, Callable[[], Tool]] = {
        "coldpress": lambda: coldpress(project),
        "hugo": hugo,
        "eleventy": eleventy,
        "pelican": pelican,
        "mkdocs": mkdocs,
        "mkdocs-dirty": mkdocs_dirty,
    }
    wanted = tuple(names)
    if unknown := [name for name in wanted if name not in makers]:
        raise BenchError(f"unknown tool {unknown[0]!r}; there are {', '.join(makers)}")
    return tuple(makers[name]() for name in wanted)


# --------------------------------------------------------------------------- laying out

Place = Callable[[Article, Mapping[str, str]], tuple[str, str] | None]
"""An article and the words of footnotes -> its file and the text of it, or nothing."""


def write_peer(name: str, place: Place, made: Corpus, folder: Path) -> None:
    shutil.copytree(PEERS / name, folder, dirs_exist_ok=True)
    words_of = notes(made)
    for one in made.all():
        placed = place(one, words_of)
        if placed is not None:
            write(folder / placed[0], placed[1])
    style = {"hugo": "static", "mkdocs": "docs", "pelican": "theme/static"}.get(name, "content")
    write(folder / style / "style.css", (PEERS / "style.css").read_text())


def at_root(id: str) -> str:
    """pages/faq -> faq"""
    return id.removeprefix("pages/")


def hugo_file(one: Article, words_of: Mapping[str, str]) -> tuple[str, str]:
    id = at_root(one.outline.id)
    name = id.removesuffix("index") + "_index" if id.endswith("index") else id
    return f"content/{name}.md", yaml_text(one, words_of, {})


def eleventy_file(one: Article, words_of: Mapping[str, str]) -> tuple[str, str]:
    extra = {}
    if one.outline.is_hub:
        extra = {"layout": "hub.njk", "lists": one.outline.folder, "tags": "[]"}
        extra["eleventyExcludeFromCollections"] = "true"
    elif one.outline.folder == "pages":
        extra = {"layout": "article.njk"}
    return f"content/{at_root(one.outline.id)}.md", yaml_text(one, words_of, extra)


def mkdocs_file(one: Article, words_of: Mapping[str, str]) -> tuple[str, str]:
    extra = {"template": "hub.html"} if one.outline.is_hub else {}
    return f"docs/{at_root(one.outline.id)}.md", yaml_text(one, words_of, extra)


def pelican_file(one: Article, words_of: Mapping[str, str]) -> tuple[str, str] | None:
    """Its home page and lists of a folder come from templates alone."""
    if one.outline.name == "index":
        return None
    return f"content/{one.outline.id}.md", pelican_text(one, words_of)


def lay_out_eleventy(made: Corpus, folder: Path) -> None:
    write_peer("eleventy", eleventy_file, made, folder)
    for name in FOLDERS:
        rows = {"layout": "article.njk", "tags": [name]}
        write(folder / "content" / name / f"{name}.json", json.dumps(rows))
    (folder / "node_modules").symlink_to(cache() / "node" / "node_modules")
