"""What a build opens, makes, renames and removes, by the system's own account (strace): nothing
outside the site's folder and the program is written, and nothing of a person's is read, whatever
the content says.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import sites
from tests.whole_builds import NOW, TRACEBACK, png

pytestmark = pytest.mark.system

if not shutil.which("strace"):
    if os.environ.get("COLDPRESS_CI"):
        pytest.fail("strace is missing, and nothing is skipped here")
    pytest.skip("strace is not installed", allow_module_level=True)

CALL = re.compile(r"(\w+)\((.*)\)\s+= -?\d+(?:<([^>]*)>)?(?: (\w+))?")
PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
OPENS = ("open", "openat", "openat2")
WRITES = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC")
CHANGES = (
    *("creat", "mkdir", "mkdirat", "rename", "renameat", "renameat2", "unlink", "unlinkat"),
    *("rmdir", "link", "linkat", "symlink", "symlinkat", "truncate", "chmod", "fchmodat"),
)
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc", "/proc", "/sys", "/dev")
"""Read by every Python program: libraries, time zones, locale."""
SECRET = b"the secret of somebody else"


@dataclass(frozen=True)
class Opened:
    path: Path
    writes: bool
    call: str


def opened(log: Path) -> Iterator[Opened]:
    """What was opened or changed, behind all links; attempts that failed too, but for files that
    are not there."""
    for line in log.read_text(errors="replace").splitlines():
        found = CALL.search(line)
        if found is None or found[4] == "ENOENT":
            continue
        name, words, real = found[1], found[2], found[3]
        writes = name in CHANGES or (name in OPENS and any(flag in words for flag in WRITES))
        for folder, written in PATH.findall(words):
            path = Path(
                plain(real) if real else os.path.normpath(Path(folder or "/", plain(written)))
            )
            yield Opened(path, writes, line)


def plain(written: str) -> str:
    """As strace writes names that are not ASCII: octal."""
    return written.encode().decode("unicode_escape").encode("latin-1").decode(errors="replace")


def traced(source: Path, log: Path) -> tuple[int, str, list[Opened]]:
    calls = ",".join((*OPENS, *CHANGES))
    words = ["strace", "-f", "-y", "-qq", "-s", "4096", "-o", str(log), "-e", f"trace={calls}"]
    words += [sys.executable, str(sites.ROOT / "build.py"), "build", "--source", str(source)]
    uncounted = {k: v for k, v in os.environ.items() if not k.startswith("COV")}  # it writes
    run = subprocess.run(
        [*words, "--now", NOW, "--jobs", "2"],
        cwd=source,
        env=uncounted,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert TRACEBACK not in run.stderr
    return run.returncode, run.stdout + run.stderr, list(opened(log))


def within(path: Path, *folders: str | Path) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def strangers(source: Path, calls: list[Opened]) -> list[str]:
    """Calls outside of what a build may read and write."""
    program = (sites.ROOT, Path(sys.prefix), Path(sys.base_prefix))
    bytecode = [one for one in calls if "__pycache__" in one.path.parts]
    return [
        one.call
        for one in calls
        if one not in bytecode
        and not within(one.path, source)
        and not (one.path == Path("/dev/null") or within(one.path, "/dev/shm"))
        and (one.writes or not within(one.path, *program, *SYSTEM))
    ]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key.md").write_bytes(SECRET)
    (tmp_path / "secret/key.png").write_bytes(png(7))
    made = sites.write(
        tmp_path / "site", {**sites.SAFETY, "content/guides/a.md": sites.page("Alpha")}
    )
    (made / "content/guides/sign.png").write_bytes(png(1))
    (made / "content/guides/b.md").write_text(sites.page("Beta", "![A sign](sign.png)"))
    return made


def test_a_build_stays_in_its_folder(source: Path, tmp_path: Path) -> None:
    code, said, calls = traced(source, tmp_path / "log")
    assert code == 0, said
    assert strangers(source, calls) == []
    written = {one.path for one in calls if one.writes}
    assert any(
        within(path, source / ".output.stage") or within(path, source / "output")
        for path in written
    )


UP = "../../../secret"
HOSTILE = {
    "picture": sites.page("Page", f"![A key]({UP}/key.png)"),
    "link": sites.page("Page", f"[a key]({UP}/key.md)"),
    "image": sites.page("Page", image=f"{{src: {UP}/key.png, alt: A key}}"),
    "slug": sites.page("Page", slug=f"{UP}/new"),
    "alias": sites.page("Page", aliases=f"[/{UP}/new/]"),
    "related": sites.page("Page", related=f"[{UP}/key]"),
    "expired": sites.page("Page", expires_at="2026-01-01 09:00", expired_to=f"{UP}/key"),
    "diagram": sites.page("Page", f":: diagram {UP}/key"),
    "backslash": sites.page("Page", "![A key](..\\..\\..\\secret\\key.png)"),
    "percent": sites.page("Page", "![A key](%2e%2e/%2e%2e/%2e%2e/secret/key.png)"),
    "template": sites.page("Page", f"{{% include '{UP}/key.md' %}}"),
}


def test_content_leads_a_build_nowhere_else(source: Path, tmp_path: Path) -> None:
    """Refused or harmless: either way the file is not opened."""
    outside = tmp_path / "secret"
    for name, text in HOSTILE.items():
        (source / f"content/guides/{name}.md").write_text(text)
    (source / "content/guides/whole.md").write_text(
        sites.page("Page", f"![A key]({outside}/key.png)\n\n[b](file://{outside}/key.md)")
    )
    (source / "content/guides/linked.md").symlink_to(outside / "key.md")
    (source / "content/guides/linked.png").symlink_to(outside / "key.png")
    (source / "content/methods").symlink_to(outside)
    code, said, calls = traced(source, tmp_path / "log")
    assert code == 1, said
    assert strangers(source, calls) == []
    assert [one.call for one in calls if within(one.path, outside)] == []
    assert not [line for line in said.splitlines() if SECRET.decode() in line]
    assert {path.name for path in tmp_path.iterdir()} == {"secret", "site", "log"}
    assert not (source / "output").exists()


def test_the_trace_sees_what_it_should(source: Path, tmp_path: Path) -> None:
    """It can fail: a template, which is trusted, may lead elsewhere by a link."""
    (source / "templates").mkdir()
    (source / "templates/not-found.html").symlink_to(tmp_path / "secret/key.md")
    _code, _said, calls = traced(source, tmp_path / "log")
    assert tmp_path / "secret/key.md" in {one.path for one in calls}
    assert strangers(source, calls) != []
