"""What the preview tests share: a preview in a process of its own, a site to edit, edits of every
sort. Run as a program it measures how long a save takes to be seen:

    python -m tests.previewing DIR [EDITS]
"""

from __future__ import annotations

import http.client
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from coldpress import pipeline, render
from coldpress.problems import BuildError
from tests import sites

POLL = 0.003
PATIENCE = 30.0
NOW = "2026-11-23T12:00Z"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Running:
    port: int
    process: subprocess.Popen[str]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def fetch(self, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
        """Status and body; status 0 when nothing answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def headers(self, path: str, **headers: str) -> http.client.HTTPMessage:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path, headers=headers)
            return connection.getresponse().headers
        finally:
            connection.close()

    def shows(self, path: str, words: str, patience: float = PATIENCE) -> float:
        """Seconds until the page says so; -1 when it never does."""
        started = time.perf_counter()
        while time.perf_counter() - started < patience:
            if words.encode() in self.fetch(path)[1]:
                return time.perf_counter() - started
            time.sleep(POLL)
        return -1.0


@contextmanager
def preview(source: Path, port: int = 0, now: str = NOW) -> Iterator[Running]:
    port = port or free_port()
    command = [sys.executable, str(sites.ROOT / "build.py"), "serve", "--source", str(source)]
    command += ["--port", str(port), "--no-browser", "--now", now]
    log = source.parent / f"preview-{port}.log"
    with log.open("w") as out, subprocess.Popen(command, stderr=out, text=True) as process:
        running = Running(port, process, log)
        try:
            until(lambda: running.fetch("/")[0] in (200, 302), 300)
            yield running
        finally:
            process.terminate()


def until(true: Callable[[], bool], patience: float = PATIENCE) -> bool:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(POLL)
    return False


# ------------------------------------------------------------------------------ a site to edit

WORDS = ("calm", "cool", "quiet", "room", "water", "rest", "slow", "breath", "bench", "window")
GLOSSARY = "calm:\n  term: calm\n  definition: Without haste.\n"


def start(folder: Path) -> Path:
    files: dict[str, str | bytes] = {
        f"content/guides/{name}.md": sites.page(name.title(), f"{name} words.")
        for name in WORDS[:6]
    }
    files["content/guides/index.md"] = sites.page("Guides", ":: cards guides")
    files["content/pages/not-found.md"] = sites.page(
        "Nothing here", "Go on.", layout="not-found", no_booking='"Nobody books here."'
    )
    files["content/data/glossary.yaml"] = GLOSSARY
    return sites.write(folder, files | sites.SAFETY)


@dataclass
class Editor:
    """Saves as people and their programs do, also what is wrong."""

    source: Path
    seed: int
    count: int = 0
    random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def edit(self) -> str:
        """One edit, and what it was."""
        self.count += 1
        kinds = [
            *(self.body, self.body, self.title, self.new, self.delete, self.rename, self.draft),
            *(self.data, self.facts, self.style, self.template, self.broken_yaml, self.dead_link),
            *(self.broken_template, self.broken_facts, self.flip, self.burst, self.picture),
            *(self.mend_all, self.moved_base),
        ]
        kind = self.random.choice(kinds)
        kind()
        return f"{self.count}: {kind.__name__}"

    def save(self, path: str, text: str | bytes) -> None:
        """In one of the ways in which editors do it."""
        file = self.source / path
        file.parent.mkdir(parents=True, exist_ok=True)
        content = text if isinstance(text, bytes) else text.encode()
        way = self.random.randrange(3)
        if way == 0:
            file.write_bytes(content)
        elif way == 1:  # a new file in the place of the old one
            beside = file.with_name(f".{file.name}.tmp")
            beside.write_bytes(content)
            beside.replace(file)
        else:  # emptied, then written in two steps
            with file.open("wb") as out:
                out.write(content[: len(content) // 2])
                out.flush()
                out.write(content[len(content) // 2 :])

    def guides(self) -> list[Path]:
        found = (self.source / "content/guides").glob("*.md")
        return sorted(path for path in found if path.stem != "index")

    def some(self) -> Path:
        return self.random.choice(self.guides() or [self.source / "content/guides/calm.md"])

    def words(self, count: int = 5) -> str:
        return " ".join(self.random.choices(WORDS, k=count)) + f" {'abcdefghij'[self.count % 10]}"

    def guide(self, name: str, **fields: str) -> str:
        return sites.page(f"{name.title()} {self.words(2)}", f"Here: {self.words()}.", **fields)

    def write(self, file: Path, **fields: str) -> None:
        self.save(file.relative_to(self.source).as_posix(), self.guide(file.stem, **fields))

    def body(self) -> None:
        file = self.some()
        old = file.read_text() if file.exists() else self.guide(file.stem)
        self.save(f"content/guides/{file.name}", f"{old}\nMore {self.words()}.\n")

    def title(self) -> None:
        self.write(self.some())

    def draft(self) -> None:
        self.write(self.some(), draft=self.random.choice(["true", "false"]))

    def new(self) -> None:
        self.write(self.source / f"content/guides/new-{self.count}.md")

    def delete(self) -> None:
        if len(self.guides()) > 2:
            self.some().unlink()

    def rename(self) -> None:
        file = self.some()
        if file.exists():
            file.rename(file.with_name(f"moved-{self.count}.md"))

    def data(self) -> None:
        term = f"calm:\n  term: calm\n  definition: Without {self.words(2)}.\n"
        self.save("content/data/glossary.yaml", term)

    def facts(self) -> None:
        self.save("site.yaml", sites.SITE_YAML + f"tagline: {self.words(2)}\n")

    def moved_base(self) -> None:
        path = self.random.choice(["", "/sub", "/a/b"])
        site = sites.SITE_YAML.replace("harbour.example", f"harbour.example{path}", 1)
        self.save("site.yaml", site)

    def style(self) -> None:
        css = f"p {{ color: #{self.random.randrange(16**6):06x}; }}\n"
        self.save("assets/css/components/card.css", css)

    def template(self) -> None:
        own = self.source / "templates/parts/waves.svg"
        if own.exists() and self.random.random() < 0.5:
            shutil.rmtree(self.source / "templates")
        else:
            self.save("templates/parts/waves.svg", f"<!-- {self.words()} -->")

    def picture(self) -> None:
        self.save("content/guides/dot.png", png(self.random.randrange(256)))
        self.save("content/guides/pictured.md", sites.page("Pictured", "![A dot](dot.png)"))

    def broken_yaml(self) -> None:
        file = self.some()
        self.save(f"content/guides/{file.name}", f"---\ntitle: {self.words()}: more\n---\nx\n")

    def dead_link(self) -> None:
        self.save(f"content/guides/{self.some().name}", sites.page("Dead", "[x](nowhere.md)"))

    def broken_template(self) -> None:
        self.save("templates/parts/footer.html", "{% if %}")

    def broken_facts(self) -> None:
        self.save("site.yaml", sites.SITE_YAML + "nonsense: true\n")

    def flip(self) -> None:
        """To something else and back, before anyone can have looked."""
        file = self.random.choice([self.some(), self.source / "content/data/glossary.yaml"])
        if file.exists():
            old = file.read_bytes()
            self.save(file.relative_to(self.source).as_posix(), old + b"\n# other\n")
            time.sleep(self.random.choice([0, 0.005, 0.02, 0.06]))
            self.save(file.relative_to(self.source).as_posix(), old)

    def burst(self) -> None:
        for _ in range(self.random.randrange(2, 8)):
            self.body()
            time.sleep(self.random.choice([0, 0.002, 0.03]))

    def mend_all(self) -> None:
        """Back to a site that builds."""
        shutil.rmtree(self.source / "templates", ignore_errors=True)
        for file in self.guides():
            if "nowhere.md" in file.read_text() or ": more" in file.read_text():
                self.write(file)
        self.save("site.yaml", sites.SITE_YAML)
        self.save("content/data/glossary.yaml", GLOSSARY)


def png(shade: int) -> bytes:
    from io import BytesIO  # noqa: PLC0415  nobody else here needs pictures

    from PIL import Image  # noqa: PLC0415

    out = BytesIO()
    Image.new("RGB", (40, 30), (shade, 80, 120)).save(out, "PNG")
    return out.getvalue()


Outcome = dict[str, str] | tuple[str, ...]


def clean(source: Path) -> Outcome:
    """Output -> sha256 of a build that starts from nothing; or its problems."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "site")
        shutil.copytree(source, copy, ignore=shutil.ignore_patterns(".coldpress", ".*.tmp"))
        try:
            built = pipeline.compose(sites.options(copy, drafts=True))
        except BuildError as failed:
            return tuple(f"{p.path}:{p.line}: {p.message}" for p in failed.problems)
        finally:
            render.forget()
        return {output: row.sha256 for output, row in built.rows.items()}


# ------------------------------------------------------------------------------ measuring


@dataclass(frozen=True)
class Saves:
    """The same guide saved again and again. Each save gives the page and the words to look for."""

    source: Path
    guide: Path
    text: str

    @property
    def page(self) -> str:
        return f"/guides/{self.guide.stem}/"

    def body(self, word: str) -> tuple[str, str]:
        self.guide.write_text(f"{self.text}\nA {word}.\n")
        return self.page, word

    def title(self, word: str) -> tuple[str, str]:
        self.guide.write_text(self.text.replace('title: "', f'title: "{word} ', 1))
        return self.page, f"{word} "

    def css(self, word: str) -> tuple[str, str]:
        file = self.source / "assets/css/utilities.css"
        file.parent.mkdir(parents=True, exist_ok=True)
        shipped = (sites.ROOT / "assets/css/utilities.css").read_text()
        file.write_text(f"{shipped}\n.{word} {{ color: red; }}\n")
        return self.page, f".{word}"

    def new(self, word: str) -> tuple[str, str]:
        own = self.text.replace('title: "', f'title: "{word} ', 1)
        own = own.replace('description: "', f'description: "{word} ', 1)
        (self.guide.parent / f"{word}.md").write_text(own)
        return f"/guides/{word}/", f"{word} "


def measured(source: Path, count: int) -> Iterator[tuple[str, list[float]]]:
    """Kind of edit, and seconds from each save until the page is served with it; -1: never."""
    guide = sorted((source / "content/guides").glob("*.md"))[1]
    saves = Saves(source, guide, guide.read_text())
    with preview(source) as running:
        for save in (saves.body, saves.title, saves.new, saves.css):
            seconds = []
            for turn in range(count + 1):
                time.sleep(0.7)
                path, words = save(f"{save.__name__}{letters(turn)}")
                seconds.append(running.shows(path, words))
            yield save.__name__, seconds[1:]


def letters(number: int) -> str:
    """Words, because figures mean something to a reader of claims."""
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:03}")


def summary(kind: str, seconds: list[float]) -> str:
    seen = sorted(one for one in seconds if one >= 0)
    p95 = seen[max(-(-len(seen) * 95 // 100) - 1, 0)]
    return (
        f"{kind}: median {statistics.median(seen) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms,"
        f" {len(seen)} seen, {len(seconds) - len(seen)} lost\n"
    )


def main(folder: str, count: str = "20") -> None:
    with tempfile.TemporaryDirectory() as work:
        source = Path(work, "site")
        shutil.copytree(Path(folder).resolve(), source)
        for kind, seconds in measured(source, int(count)):
            sys.stdout.write(summary(kind, seconds))
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
