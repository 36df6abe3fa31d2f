"""schema -> the configuration of Decap, the form editor: a form for each kind of page, for each
data file and for site.yaml. https://decapcms.org/docs/configuration-options/"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coldpress.editor.forms import ID, RECORDS, fields
from coldpress.editor.places import SITE
from coldpress.reference_docs import DATA
from coldpress.schema import KINDS, SHAPES, HubMatter, Kind, SiteFacts

BESIDE = {"media_folder": "", "public_folder": ""}
"""A picture lies beside the text that uses it and is named without a folder."""
TEXT = {
    "label": "Text",
    "name": "body",
    "widget": "markdown",
    "required": False,
    "modes": ["raw"],
    "hint": "Markdown, exactly as it will stand in the file",
}


def settings(source: Path, address: str) -> dict[str, Any]:
    """`address`: where its requests go, root-relative."""
    return {
        "backend": {"name": "proxy", "proxy_url": address, "branch": "main"},
        "load_config_file": False,
        "publish_mode": "simple",
        "media_folder": "content/pages",
        "public_folder": "",
        "site_url": "/",
        "display_url": "/",
        "show_preview_links": False,
        "editor": {"preview": False},
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": collections(source),
    }


def collections(source: Path) -> list[dict[str, Any]]:
    made = [pages(kind) for kind in KINDS]
    hubs = [hub(kind) for kind in KINDS if kind.name != "page"]
    files = [single("content/pages/index.md", "The front page", KINDS[-1]), *hubs]
    data = [records(name) for name in DATA]
    about = {"name": "site", "label": "The business", "file": SITE, "format": "yaml"}
    facts = {**about, "fields": fields(SiteFacts, SHAPES)}
    return [
        *made,
        _files("entrances", "Entrances", _there(source, files)),
        _files("records", "Records", _there(source, data)),
        _files("facts", "Facts", [facts]),
    ]


def _there(source: Path, files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in files if (source / one["file"]).is_file()]


def _files(name: str, label: str, files: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "label": label, **BESIDE, "files": files}


def pages(kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.folder,
        "label": kind.folder.capitalize(),
        "label_singular": kind.name.capitalize(),
        "folder": f"content/{kind.folder}",
        "extension": "md",
        "format": "yaml-frontmatter",
        "create": True,
        "slug": "{{slug}}",
        "identifier_field": "title",
        **BESIDE,
        "fields": page_fields(kind.matter),
    }


def page_fields(model: type[Any]) -> list[dict[str, Any]]:
    return [*fields(model, SHAPES), dict(TEXT)]


def single(file: str, label: str, kind: Kind) -> dict[str, Any]:
    about = {"name": f"{kind.folder}-index", "label": label, "file": file}
    return about | {"format": "yaml-frontmatter", "fields": page_fields(kind.matter)}


def hub(kind: Kind) -> dict[str, Any]:
    made = single(f"content/{kind.folder}/index.md", kind.folder.capitalize(), kind)
    return made | {"fields": page_fields(HubMatter)}


def records(name: str) -> dict[str, Any]:
    """A list of records, each with the id by which texts name it."""
    key = {"label": "Id", "name": ID, "widget": "string", "required": True}
    rows = {
        "label": name.capitalize(),
        "label_singular": "record",
        "name": RECORDS,
        "widget": "list",
        "required": False,
        "summary": "{{fields.id}}",
        "fields": [key, *fields(DATA[name], SHAPES)],
    }
    about = {"name": name, "label": name.capitalize(), "file": f"content/data/{name}.yaml"}
    return about | {"format": "yaml", "fields": [rows]}
