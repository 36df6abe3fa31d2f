"""Forms made from the schema, and files that keep all that a form did not change."""

from __future__ import annotations

import base64
import copy
import hashlib
import http.client
import io
import json
import random
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from coldpress.cli import main
from coldpress.editor import bundle
from coldpress.editor.desk import Desk, RefusedError
from coldpress.editor.extension import front_matter
from coldpress.editor.forms import ID, RECORDS, as_list, fields, kept, shown
from coldpress.editor.merging import merged
from coldpress.editor.pages import Pages
from coldpress.editor.places import place_of
from coldpress.editor.server import DeskServer
from coldpress.editor.settings import collections, page_fields, settings
from coldpress.fieldtypes import may_be_left_out, plain_type
from coldpress.problems import OperationError
from coldpress.reference_docs import DATA, documents
from coldpress.schema import KINDS, SHAPES, HubMatter, Model, SiteFacts, fields_of
from coldpress.yamltree import grow
from tests import sites
from tests.caselib import png

ROOT = Path(__file__).resolve().parent.parent
PAGE = """\
---
# The first note.
title: 'It''s "cold"'   # behind it
description: "What there is to know about the cold of winter."
order: 010
updated: 2026-11-23  # a day
aliases:
  - /one/   # the oldest
  # kept for the sign at the door
  - /two/
key_points: [Short., "Two, words"]
ratings: []

draft: no
---

## A text

Its  words *stay* as they are.
"""
PATH = "content/guides/cold.md"


def desk(folder: Path, page: str | bytes = PAGE) -> Desk:
    return Desk(sites.write(folder, {PATH: page}))


def ask(one: Desk, action: str, **given: Any) -> Any:
    return one.answer({"action": action, "params": given})


def opened(one: Desk, path: str = PATH) -> tuple[dict[str, Any], str]:
    """Fields and text as a form reads them: with a YAML reader that guesses."""
    raw = ask(one, "getEntry", path=path)["data"]
    if not path.endswith(".md"):
        return yaml.safe_load(raw), ""
    _, matter, body = raw.split("---\n", 2)
    return yaml.safe_load(matter), body


def save(one: Desk, matter: dict[str, Any], body: str = "", path: str = PATH) -> str:
    """As Decap does: everything is written anew, in its own order and quotes."""
    written = yaml.safe_dump(matter, allow_unicode=True, sort_keys=True, width=40)
    raw = f"---\n{written}---\n{body}" if path.endswith(".md") else written
    ask(one, "persistEntry", dataFiles=[{"path": path, "slug": "x", "raw": raw}], assets=[])
    return (one.root / path).read_bytes().decode()


# --------------------------------------------------------------------------- what stays


def test_saving_without_a_change_changes_no_byte(tmp_path: Path) -> None:
    page = PAGE
    for name, text in {"lf": page, "crlf": page.replace("\n", "\r\n")}.items():
        one = desk(tmp_path / name, text.encode())
        assert save(one, *opened(one)) == text


def test_only_what_was_changed_is_another(tmp_path: Path) -> None:
    page = PAGE
    one = desk(tmp_path, page)
    matter, body = opened(one)
    matter |= {"title": "It's #1: cold", "updated": "2026-12-01", "draft": True, "label": "no"}
    matter["aliases"] = ["/zero/", "/one/", "/two/", "/three/"]
    text = save(one, matter, body.replace("words", "words, all"))
    assert text == (
        page.replace("""'It''s "cold"'""", "'It''s #1: cold'")
        .replace("2026-11-23", "2026-12-01")
        .replace("draft: no", "draft: true\nlabel: no")
        .replace("  - /one/", "  - /zero/\n  - /one/")
        .replace("  - /two/", "  - /two/\n  - /three/")
        .replace("words", "words, all", 2)
        .replace('"Two, words, all"', '"Two, words"')
    )


def test_what_is_emptied_goes_and_defaults_stay_out(tmp_path: Path) -> None:
    one = desk(tmp_path, PAGE)
    matter, body = opened(one)
    matter |= {"aliases": [], "updated": "", "robots": "index", "sensitive": False, "urgent": []}
    text = save(one, matter, body)
    assert "aliases" not in text
    assert "updated" not in text
    assert "robots" not in text
    assert "# The first note." in text
    assert "draft: no" in text


def test_every_file_of_the_real_site_opens_and_saves_as_it_is(tmp_path: Path) -> None:
    for file in [*(ROOT / "content").rglob("*.md"), *(ROOT / "content/data").glob("*.yaml"),
                 ROOT / "site.yaml"]:  # fmt: skip
        path = file.relative_to(ROOT).as_posix()
        if place_of(path) is None:
            continue
        text = file.read_text(encoding="utf-8")
        one = Desk(sites.write(tmp_path, {path: text}))
        assert save(one, *opened(one, path), path=path) == text, path


def changed(value: Any, dice: random.Random) -> Any:
    """Something in it is another, one more or one less."""
    if isinstance(value, str):
        words = [value + ' "x": #1', "it's", "yes", "- x", "one\ntwo", " lead", "é😀", "[x", "1.10"]
        return dice.choice(words)
    if isinstance(value, list):
        spot = dice.randrange(len(value))
        made = [*value[:spot], changed(value[spot], dice), *value[spot + 1 :]]
        others = [made, value[::-1], [*value, changed(value[0], dice)], value[:spot] or made]
        return dice.choice(others)
    name = dice.choice(sorted(value))
    less = {key: one for key, one in value.items() if key != name}
    return less if less and dice.random() < 0.2 else {**value, name: changed(value[name], dice)}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_any_change_is_read_back_and_nothing_else(ends: str) -> None:
    """The law of merging, over the real files and changes of every kind."""
    dice, count = random.Random(6), 0
    files: dict[str, Any] = {f"content/data/{n}.yaml": dict[str, m] for n, m in DATA.items()}  # type: ignore[valid-type]
    for path, model in {**files, "site.yaml": SiteFacts, "": None}.items():
        text = (ROOT / path).read_text(encoding="utf-8") if path else PAGE.split("---\n")[1]
        text, model = text.replace("\n", ends), model or KINDS[3].matter
        was = kept(grow(text, "", 1, 10**7).data, model, form=False)
        if not isinstance(was, dict):
            continue  # a file of comments
        for _ in range(40):
            becomes = changed(copy.deepcopy(was), dice)
            out = merged(text, was, becomes)
            assert kept(grow(out, "", 1, 10**7).data, model, form=False) == becomes
            assert out.count("\n") == out.count(ends)
            count += 1
    assert count >= 240


# --------------------------------------------------------------------------- what is refused


def test_a_value_that_will_not_do_is_told_and_not_written(tmp_path: Path) -> None:
    one = desk(tmp_path, PAGE)
    before = (one.root / PATH).read_bytes()
    for changes, why in (
        ({"updated": "2026-02-30"}, "no such day"),
        ({"title": ""}, "title"),
        ({"description": "short"}, "description"),
    ):
        matter, body = opened(one)
        with pytest.raises(RefusedError, match=why):
            save(one, {**matter, **changes}, body)
    assert (one.root / PATH).read_bytes() == before


def test_what_somebody_else_saved_is_neither_lost_nor_overwritten(tmp_path: Path) -> None:
    page = PAGE
    one = desk(tmp_path, page)
    matter, body = opened(one)
    (one.root / PATH).write_text(page.replace("order: 010", "order: 20"))
    text = save(one, {**matter, "label": "New"}, body)
    assert "order: 20" in text
    assert "label: New" in text
    matter, body = opened(one)
    (one.root / PATH).write_text(text.replace("label: New", "label: Theirs"))
    with pytest.raises(RefusedError, match="'label' was changed elsewhere"):
        save(one, {**matter, "label": "Mine"}, body)
    (one.root / PATH).write_text(text.replace("## A text", "## Theirs"))
    with pytest.raises(RefusedError, match="text was saved elsewhere"):
        save(one, matter, body.replace("## A text", "## Mine"))


@pytest.mark.parametrize(
    "path",
    ["../x.md", "/etc/passwd", "content/../site.md", "templates/base.html", "content/guides/A B.md",
     "content/data/other.yaml", "content/_style/words.txt", "content/nothing/x.md", "build.py",
     "content/guides/x.svg", "content/guides/.hidden.png", ".coldpress/x.md"],
)  # fmt: skip
def test_nothing_else_is_read_or_written(path: str, tmp_path: Path) -> None:
    one = desk(tmp_path)
    picture = {"path": path, "content": base64.b64encode(png()).decode(), "encoding": "base64"}
    raw = "---\ntitle: A title\ndescription: What there is to know about it.\n---\nText\n"
    for action, given in (
        ("getEntry", {"path": path}),
        ("getMediaFile", {"path": path}),
        ("persistEntry", {"dataFiles": [{"path": path, "raw": raw}], "assets": []}),
        ("persistMedia", {"asset": picture}),
        ("deleteFiles", {"paths": [path]}),
    ):
        with pytest.raises(RefusedError):
            ask(one, action, **given)
    folder = path.rpartition("/")[0]
    assert ask(one, "entriesByFolder", folder=f"{folder}/..", extension="md", depth=1) == []
    assert ask(one, "getMedia", mediaFolder="../..") == []


def test_no_link_is_followed(tmp_path: Path) -> None:
    one = desk(tmp_path / "site")
    (tmp_path / "out.md").write_text(PAGE)
    (one.root / "content/guides/leak.md").symlink_to(tmp_path / "out.md")
    (one.root / "content/methods").symlink_to(tmp_path, target_is_directory=True)
    for path in ("content/guides/leak.md", "content/methods/out.md"):
        with pytest.raises(RefusedError, match="leads out"):
            ask(one, "getEntry", path=path)


def test_a_file_that_cannot_be_read_keeps_its_line_in_the_list(tmp_path: Path) -> None:
    one = desk(tmp_path, "---\ntitle: [\n---\n")
    rows = ask(one, "entriesByFolder", folder="content/guides", extension="md", depth=1)
    assert "cold.md (cannot be read yet)" in rows[0]["data"]
    with pytest.raises(RefusedError, match="check"):
        ask(one, "getEntry", path=PATH)
    (one.root / PATH).write_bytes(b"---\ntitle: \xff\n---\n")
    with pytest.raises(RefusedError, match="UTF-8"):
        ask(one, "getEntry", path=PATH)
    (one.root / PATH).write_bytes(b"x" * 3_000_000)
    with pytest.raises(RefusedError, match="too large"):
        ask(one, "getEntry", path=PATH)


@pytest.mark.parametrize(
    "given",
    [
        {"dataFiles": [{"path": PATH, "newPath": "content/guides/x.md", "raw": ""}]},
        {"dataFiles": [None]},
        {"dataFiles": [{"path": PATH, "raw": "no fields"}]},
        {"dataFiles": [{"path": PATH, "raw": "---\n[\n---\n"}]},
    ],
)
def test_a_request_of_another_form(given: dict[str, Any], tmp_path: Path) -> None:
    one = desk(tmp_path)
    with pytest.raises(RefusedError):
        ask(one, "persistEntry", **given)
    assert (one.root / PATH).read_text() == PAGE
    with pytest.raises(RefusedError, match="knows no action"):
        one.answer({"action": "format disk"})


# --------------------------------------------------------------------------- files


def test_a_new_page_a_picture_and_their_end(tmp_path: Path) -> None:
    one = desk(tmp_path)
    path = "content/guides/new-one.md"
    asset = {"path": "content/guides/room.png", "content": base64.b64encode(png()).decode()}
    matter = {"title": "yes", "description": "What there is to know: about it.", "draft": False,
              "image": [{"src": "room.png", "alt": "A room"}], "conditions": ["knee"],
              "reviewed": [], "urgent": None}  # fmt: skip
    written = f"---\n{yaml.safe_dump(matter)}---\nText.\n"
    ask(one, "persistEntry", dataFiles=[{"path": path, "raw": written}], assets=[asset])
    assert (one.root / path).read_text() == (
        '---\ntitle: yes\ndescription: "What there is to know: about it."\ndraft: false\n'
        "conditions: [knee]\nimage:\n  src: room.png\n  alt: A room\n---\n\nText.\n"
    )
    assert [p["name"] for p in ask(one, "getMedia", mediaFolder="content/guides")] == ["room.png"]
    assert ask(one, "getMediaFile", path="content/guides/room.png")["encoding"] == "base64"
    ask(one, "deleteFiles", paths=[path, "content/guides/room.png"])
    assert sorted(p.name for p in (one.root / "content/guides").iterdir()) == ["cold.md"]
    with pytest.raises(RefusedError, match="cannot be deleted"):
        ask(one, "deleteFile", path="content/pages/index.md")
    with pytest.raises(RefusedError, match="not a picture"):
        ask(one, "persistMedia", asset={**asset, "content": base64.b64encode(b"<svg>").decode()})
    assert ask(one, "getDeployPreview", collection="guides", slug="cold") is None
    assert ask(one, "info")["type"] == "local_fs"


def test_records_and_facts(tmp_path: Path) -> None:
    path = "content/data/glossary.yaml"
    text = "# Words.\ncold:\n  term: Cold  # the feeling\n  definition: No warmth.\n"
    one = Desk(sites.write(tmp_path, {path: text}))
    matter, _ = opened(one, path)
    assert matter == {RECORDS: [{ID: "cold", "term": "Cold", "definition": "No warmth."}]}
    matter[RECORDS][0]["spanish"] = "frío"
    matter[RECORDS].append({ID: "ice", "term": "Ice", "definition": "Water that is hard."})
    assert save(one, matter, path=path) == (
        f"{text}  spanish: frío\nice:\n  term: Ice\n  definition: Water that is hard.\n"
    )
    facts, _ = opened(one, "site.yaml")
    facts["footer"] = [{ID: "Read", "items": [{"label": "Home", "to": "pages/index.md"}]}]
    assert save(one, facts, path="site.yaml") == (
        sites.SITE_YAML + "footer:\n  Read:\n    - label: Home\n      to: pages/index.md\n"
    )
    rows = ask(one, "entriesByFiles", files=[{"path": path}, {"path": "content/data/offers.yaml"}])
    assert [row["file"]["path"] for row in rows] == [path]


# --------------------------------------------------------------------------- one schema


def leaves(model: type[Model]) -> Iterator[tuple[str, Any]]:
    yield from ((name, field) for name, field in fields_of(model).items())


MODELS: dict[str, type[Model]] = {kind.name: kind.matter for kind in KINDS} | {
    "hub": HubMatter,
    "site": SiteFacts,
    **DATA,
}


@pytest.mark.parametrize("name", MODELS)
def test_form_extension_and_schema_ask_for_the_same(name: str) -> None:
    model = MODELS[name]
    form = {one["name"]: one for one in fields(model, SHAPES)}
    schema = json.loads(documents()[f"docs/schema/{name}.json"])
    schema = schema["$defs"][model.__name__]
    types = {one["name"]: one for one in front_matter()["frontMatter.taxonomy.contentTypes"]}
    assert list(form) == list(fields_of(model)) == list(schema["properties"])
    for field_name, field in leaves(model):
        needed = field.required and not may_be_left_out(field.type)
        assert form[field_name]["required"] is needed
        assert (field_name in schema["required"]) is field.required
        options = form[field_name].get("options")
        stated = schema["properties"][field_name]
        if options:
            assert sorted(options) == sorted(str(one) for one in enum_of(stated))
        if name in types:
            (one,) = [o for o in types[name]["fields"] if o["name"] == field_name]
            assert one.get("required", False) is needed
            assert one.get("choices") == options
    assert name not in types or len(types[name]["fields"]) == len(form)


def enum_of(stated: Any) -> list[Any]:
    """Wherever JSON Schema keeps it: at the field, in one of several, or in a list's items."""
    if isinstance(stated, dict):
        found = [stated["enum"]] if "enum" in stated else []
        found += [stated["const"]] if "const" in stated else []
        return next(iter(found), None) or [v for one in stated.values() for v in enum_of(one)]
    return [v for one in stated for v in enum_of(one)] if isinstance(stated, list) else []


def test_every_folder_and_file_has_a_form(tmp_path: Path) -> None:
    made = {one["name"]: one for one in collections(ROOT)}
    assert [one for one in made if "folder" in made[one]] == [kind.folder for kind in KINDS]
    files = {file["file"] for one in made.values() for file in one.get("files", [])}
    assert {f"content/data/{name}.yaml" for name in DATA} | {"site.yaml"} <= files
    assert {f"content/{kind.folder}/index.md" for kind in KINDS} <= files
    assert [one["name"] for one in collections(tmp_path)[-1]["files"]] == ["site"]
    assert page_fields(HubMatter)[-1]["modes"] == ["raw"]
    assert settings(ROOT, "/x/api/v1")["backend"]["proxy_url"] == "/x/api/v1"


def test_a_group_that_may_be_left_out_is_a_list_of_one_or_none() -> None:
    review = fields_of(HubMatter)["reviewed"].type
    assert as_list(review)
    assert shown({"by": "A", "odd": "x"}, review) == [{"by": "A"}]
    assert kept([{"by": "A", "credential": ""}], review, form=True) == {"by": "A"}
    assert kept([], review, form=True) is None
    assert shown("a text", plain_type(review)) == {}
    assert shown(["1"], int) is None
    assert shown("many", int) == "many"


# --------------------------------------------------------------------------- the server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DeskServer]:
    one = desk(tmp_path / "site", PAGE)
    (tmp_path / "decap").mkdir()
    (tmp_path / "decap" / "decap-cms.js").write_text("// forms")
    told: list[Any] = []
    pages = Pages(sites.options(one.root), told.append)
    pages.rebuild()
    made = DeskServer(one, tmp_path / "decap", pages.now, pages.rebuild, 0)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def reply(
    server: DeskServer, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, bytes, http.client.HTTPMessage]:
    line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    own = f"127.0.0.1:{server.server_port}"
    known = {"Host": own, **({"Origin": f"http://{own}"} if method == "POST" else {})}
    line.request(method, path, body, {**known, **headers})
    answer = line.getresponse()
    content = answer.read()
    line.close()
    return answer.status, content, answer.headers


def test_it_listens_on_loopback_only(server: DeskServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert len(server.token) >= 32


def test_the_desk_and_what_it_may_load(server: DeskServer) -> None:
    status, page, headers = reply(server, "GET", server.door)
    assert status == 200
    assert b"decap-cms.js" in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "connect-src 'self' blob: data:;" in headers["Content-Security-Policy"]
    assert reply(server, "GET", f"{server.door}decap-cms.js")[1] == b"// forms"
    made = yaml.safe_load(reply(server, "GET", f"{server.door}config.yml")[1])
    assert made["backend"]["proxy_url"] == f"{server.door}api/v1"
    assert reply(server, "GET", f"{server.door}../../site.yaml")[0] == 404


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 200),
    ],
)
def test_only_our_own_page_may_ask(server: DeskServer, headers: dict[str, str], code: int) -> None:
    body = json.dumps({"action": "info"}).encode()
    assert reply(server, "POST", f"{server.door}api/v1", body, **headers)[0] == code


def test_without_the_token_there_is_nothing(server: DeskServer) -> None:
    body = json.dumps({"action": "info"}).encode()
    for path in ("/edit-guess/api/v1", "/api/v1", "/edit-/"):
        assert reply(server, "POST", path, body)[0] == 404
    assert reply(server, "GET", "/edit-guess/config.yml")[0] == 404
    line = http.client.HTTPConnection("127.0.0.1", server.server_port)
    line.request("POST", f"{server.door}api/v1", body)
    assert line.getresponse().status == 403, "no Origin, no writing"
    line.close()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"[" * 100_000])
def test_a_body_that_is_no_request(server: DeskServer, body: bytes) -> None:
    assert reply(server, "POST", f"{server.door}api/v1", body)[0] == 400


def test_saving_makes_the_page_anew(server: DeskServer) -> None:
    assert "It&#39;s" in reply(server, "GET", "/guides/cold/")[1].decode()
    matter, body = opened(server.desk)
    raw = f"---\n{yaml.safe_dump({**matter, 'title': 'Warm after all'})}---\n{body}"
    asked = {"action": "persistEntry", "params": {"dataFiles": [{"path": PATH, "raw": raw}]}}
    assert reply(server, "POST", f"{server.door}api/v1", json.dumps(asked).encode())[0] == 200
    assert "Warm after all</h1>" in reply(server, "GET", "/guides/cold/")[1].decode()
    raw = raw.replace("Its  words", "[lost](nowhere.md)")
    asked = {"action": "persistEntry", "params": {"dataFiles": [{"path": PATH, "raw": raw}]}}
    assert reply(server, "POST", f"{server.door}api/v1", json.dumps(asked).encode())[0] == 200
    assert "Its  words" in reply(server, "GET", "/guides/cold/")[1].decode(), "the last good page"
    status, content, _ = reply(server, "GET", "/nothing/")
    assert (status, content) == (404, b"")


def test_what_is_refused_is_said(server: DeskServer) -> None:
    asked = {"action": "getEntry", "params": {"path": "build.py"}}
    code, said, _ = reply(server, "POST", f"{server.door}api/v1", json.dumps(asked).encode())
    assert (code, "not a file that forms may touch" in json.loads(said)["error"]) == (422, True)


# --------------------------------------------------------------------------- fetching Decap


def archive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """One that stands in for the package: the same names, no code. Its digest takes the place of
    the pinned one."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as made:
        for name in ("dist/decap-cms.js", "dist/1.decap-cms.js", "dist/decap-cms.js.map",
                     "../../evil.decap-cms.js", "package.json"):  # fmt: skip
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = 2
            made.addfile(entry, io.BytesIO(b"//"))
    content = stream.getvalue()
    monkeypatch.setattr(bundle, "SHA512", hashlib.sha512(content).hexdigest())
    return content


def test_an_archive_that_lies_there_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "decap").mkdir()
    (tmp_path / "decap" / bundle.ARCHIVE).write_bytes(archive(tmp_path, monkeypatch))
    folder = bundle.fetch(tmp_path)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["1.decap-cms.js", "decap-cms.js", "evil.decap-cms.js", "package.json"]
    assert bundle.is_there(tmp_path)
    (tmp_path / "decap" / bundle.ARCHIVE).unlink()
    assert bundle.fetch(tmp_path) == folder, "fetched once"


def test_another_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "decap").mkdir()
    (tmp_path / "decap" / bundle.ARCHIVE).write_bytes(b"something else")
    with pytest.raises(OperationError, match="not the one"):
        bundle.fetch(tmp_path)
    assert not bundle.folder_of(tmp_path).exists()


def test_without_npm_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OperationError, match="npm is not installed") as failed:
        bundle.fetch(tmp_path / "cache")
    assert "Node.js" in failed.value.hint


def fake_npm(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    npm = folder / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(f"#!/bin/sh\n{script}\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}:/usr/bin:/bin")


def test_npm_fetches_and_runs_no_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.tgz").write_bytes(archive(tmp_path, monkeypatch))
    wanted = f'[ "$*" = "pack decap-cms@{bundle.VERSION} --ignore-scripts --silent" ] || exit 1'
    fake_npm(tmp_path, monkeypatch, f"{wanted}\ncp {tmp_path}/made.tgz {bundle.ARCHIVE}")
    assert (bundle.fetch(tmp_path / "cache") / "decap-cms.js").is_file()


def test_npm_that_fails_or_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_npm(tmp_path, monkeypatch, "[ -f slow ] || exit 1; exec sleep 30")
    with pytest.raises(OperationError, match="could not fetch"):
        bundle.fetch(tmp_path / "cache")
    (tmp_path / "bin" / "npm").write_text("#!/bin/sh\nexec sleep 30\n")
    monkeypatch.setattr(bundle, "SECONDS", 0.2)
    with pytest.raises(OperationError, match="took more than"):
        bundle.fetch(tmp_path / "cache")


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "decap").write_text("a file")
    with pytest.raises(OperationError, match="cannot be written"):
        bundle.fetch(tmp_path)


def test_nothing_is_fetched_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sites.write(tmp_path, {})
    assert main(["edit", "--source", str(tmp_path), "--no-browser"]) == 2
    assert "edit --fetch" in capsys.readouterr().err
    assert not (tmp_path / ".coldpress" / "decap").exists()


@pytest.mark.parametrize(
    ("text", "becomes", "after"),
    [
        ("", {"a": "1"}, "a: 1\n"),
        ("# only a note", {"a": "1"}, "# only a note\na: 1\n"),
        ("a: 1", {"a": "2"}, "a: 2\n"),
        ("a:  # empty\nb: 1\n", {"a": "x", "b": "1"}, "a: x  # empty\nb: 1\n"),
        ("a: 1\n", {"a": ["x y", "z"]}, "a:\n  - x y\n  - z\n"),
        ("a: [x, 'y']  # n\n", {"a": ["x", "y", "z, w"]}, 'a: [x, y, "z, w"]  # n\n'),
        ("a: {b: 1, c: 2}\n", {"a": {"b": "1", "c": "3, 4"}}, 'a: {b: 1, c: "3, 4"}\n'),
        ("a:\n  -\n    b: 1\n", {"a": [{"b": "2"}]}, "a:\n  - b: 2\n"),
        ("a:\n- b: 1\n  c: 2\n", {"a": [{"c": "3"}]}, "a:\n- c: 3\n"),
        ("a:\n- x\n- b\n", {"a": ["x", "c: d"]}, 'a:\n- x\n- "c: d"\n'),
        ("a: >-\n  one\n  two\n\nb: 1\n", {"a": "three four", "b": "1"},
         "a: >-\n  three four\n\nb: 1\n"),
        ("a: >-\n  one\nb: 1\n", {"a": "two  gaps\n", "b": "1"}, 'a: "two  gaps\\n"\nb: 1\n'),
        ("a:\n  - [1, 2]\n", {"a": [["1", "3"]]}, "a:\n  - [1, 3]\n"),
    ],
)  # fmt: skip
def test_values_in_unusual_forms(text: str, becomes: Any, after: str) -> None:
    was = grow(text, "", 1, 10_000).data or {}
    assert isinstance(was, dict)
    assert merged(text, was, becomes) == after
    assert grow(after, "", 1, 10_000).data == becomes
