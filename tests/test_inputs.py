"""Files that were saved are looked at alone: the same as a look at all, or that is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coldpress.memory.inputs import Inputs, look_at

FILES = ("content/guides/a.md", "content/guides/b.md", "content/pages/index.md", "site.yaml")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"words of {name}\n")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return tmp_path


def inputs_of(source: Path) -> Inputs:
    return Inputs(look_at({str(source): ("site.yaml", "content")}), {})


def told(inputs: Inputs, source: Path) -> dict[str, str]:
    names = [name for name in inputs.ordered if not name.endswith("/")]
    found = {name: inputs.digest(name) for name in names}
    assert found == inputs.digests("", names)
    return found | {"names": inputs.print_of(source / "content")}


def rewritten(path: Path) -> None:
    path.write_text("other words\n")


def replaced(path: Path) -> None:
    """As most editors save: a new file in the place of the old one."""
    beside = path.with_name(".a.md.swp")
    beside.write_text("other words, in a new file\n")
    beside.replace(path)


SAVED: dict[str, tuple[Callable[[Path], object], tuple[str, ...]]] = {
    "written": (rewritten, ("content/guides/a.md",)),
    "replaced": (replaced, ("content/guides/.a.md.swp", "content/guides/a.md")),
    "nothing": (lambda _path: None, ("content/guides/a.md",)),
}


@pytest.mark.parametrize("how", SAVED)
def test_a_file_that_was_saved_is_all_that_is_looked_at(how: str, source: Path) -> None:
    inputs = inputs_of(source)
    before = told(inputs, source)
    save, names = SAVED[how]
    save(source / "content/guides/a.md")
    assert inputs.follow([str(source / name) for name in names])
    assert told(inputs, source) == told(inputs_of(source), source)
    assert (told(inputs, source) == before) == (how == "nothing")


def come(source: Path) -> str:
    path = source / "content/guides/c.md"
    path.write_text("new\n")
    return str(path)


def gone(source: Path) -> str:
    path = source / "content/guides/a.md"
    path.unlink()
    return str(path)


def folder_gone(source: Path) -> str:
    """Of a folder that moves away the system tells its own name alone."""
    path = source / "content/guides"
    path.rename(source / "elsewhere")
    return str(path)


def turned(source: Path) -> str:
    path = source / "content/guides/a.md"
    path.unlink()
    path.symlink_to(source / "site.yaml")
    return str(path)


def somewhere_else(source: Path) -> str:
    """Under another name for the same place, nothing is known of what has gone."""
    (source / "content/guides/a.md").unlink()
    return str(source.parent / "other-name" / "content/guides/a.md")


@pytest.mark.parametrize("happens", [come, gone, folder_gone, turned, somewhere_else])
def test_what_changes_the_list_of_files_asks_for_a_look_at_all(
    happens: Callable[[Path], str], source: Path
) -> None:
    inputs = inputs_of(source)
    assert not inputs.follow([happens(source)])


def test_a_file_changed_within_one_tick_is_read_again(source: Path) -> None:
    """Its sign may be the one it had: what was read shortly after it changed is not remembered."""
    path = source / "content/guides/a.md"
    inputs = inputs_of(source)
    path.write_text("one\n")
    assert inputs.follow([str(path)])
    first = inputs.digest(str(path))
    state = path.stat()
    path.write_text("two\n")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert inputs.digest(str(path)) != first


def test_what_was_looked_at_for_more_will_do_for_less(source: Path) -> None:
    """The first build of a preview looks at the program as well; the ones after it do not."""
    inputs = inputs_of(source)
    (root,) = inputs.roots
    names = inputs.roots[root]
    assert inputs.covers(inputs.roots)
    assert inputs.covers({root: names[:1]})
    assert not inputs.covers({root: (*names, "elsewhere")})
    assert not inputs.covers({str(source.parent): names})
