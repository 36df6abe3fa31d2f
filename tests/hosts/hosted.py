"""Hosts that run elsewhere, each as its vendor describes it: files + request -> Answer.

Written from the documentation (its addresses are in coldpress/hosts/*.py), not from
our emitters. Where the documentation leaves a question open, the reading that would hurt us counts.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import yaml

from tests.hosts.answers import Answer, Folder, lowered
from tests.hosts.underscore import applies, header_rules, redirect_rules


class Hosted:
    """`files`: what is published; `beside`: what the host reads from the project."""

    def __init__(
        self, files: Mapping[str, bytes], beside: Mapping[str, bytes], folder: Path
    ) -> None:
        self.files, self.beside, self.scratch = files, beside, folder
        self.folder = Folder(frozenset(files))
        self.ready()

    def ready(self) -> None:
        """Reads the configuration once."""

    def answer(self, path: str) -> Answer:
        raise NotImplementedError

    def served(self, path: str, slash: int = 301) -> Answer:
        """A file, the slash form of a folder, or the page for lost visitors."""
        if file := self.folder.file(unquote(path)):
            return Answer(200, "", file, self.headers(path))
        if self.folder.is_folder(unquote(path)):
            return Answer(slash, f"{path}/", "", {})
        return Answer(404, "", self.lost(path), self.headers(path))

    def lost(self, _path: str) -> str:
        """The page for it: most hosts know one."""
        return "404.html"

    def headers(self, _path: str) -> Mapping[str, str]:
        return {}


class Netlify(Hosted):
    """First match wins; a file wins over a rule without `!`; 307 and 308 are not known; a rule with
    404 names the page for what is not there. What two rules with the same header do is not
    documented: it may not happen."""

    def ready(self) -> None:
        self.rules = redirect_rules(self.files["_redirects"].decode())
        self.header_blocks = list(header_rules(self.files["_headers"].decode()))

    def answer(self, path: str) -> Answer:
        for rule in self.rules:
            to = rule.match(path)
            found = self.folder.file(path) or self.folder.is_folder(path)
            if to is not None and (rule.status.endswith("!") or not found):
                if rule.status == "404":
                    return Answer(404, "", to.removeprefix("/"), self.headers(path))
                assert rule.status.rstrip("!") in ("301", "302")
                return Answer(int(rule.status.rstrip("!")), to)
        return self.served(path)

    def headers(self, path: str) -> Mapping[str, str]:
        found: dict[str, str] = {"cache-control": "public, max-age=0, must-revalidate"}
        given: set[str] = set()
        for pattern, headers in self.header_blocks:
            if applies(pattern, path):
                for name, value in headers:
                    assert name not in given, f"{path} gets {name} twice"
                    given.add(name)
                    found[name] = value
        return found


class Cloudflare(Hosted):
    """Redirects win over files; static rules come before those with *; values of doubled headers
    are joined; 100 header rules of 2,000 characters a line; 100 rules with *."""

    def ready(self) -> None:
        self.rules = redirect_rules(self.files["_redirects"].decode())
        dynamic = ["*" in rule.source for rule in self.rules]
        assert dynamic == sorted(dynamic), "static before dynamic"
        assert sum(dynamic) <= 100
        text = self.files["_headers"].decode()
        assert max(map(len, text.splitlines())) <= 2_000
        self.header_blocks = list(header_rules(text))
        assert len(self.header_blocks) <= 100
        assert "404.html" in self.files, "without one, every unknown address is the home page"

    def answer(self, path: str) -> Answer:
        for rule in self.rules:
            to = rule.match(path)
            if to is not None:
                assert rule.status in ("301", "302", "303", "307", "308")
                return Answer(int(rule.status), to)
        return self.served(path, 308)

    def lost(self, path: str) -> str:
        """The nearest one, from the folder of the address up."""
        parts = unquote(path).strip("/").split("/")
        folders = ["/".join(parts[:depth]) for depth in range(len(parts), -1, -1)]
        pages = [f"{folder}/404.html".lstrip("/") for folder in folders]
        return next(page for page in pages if page in self.files)

    def headers(self, path: str) -> Mapping[str, str]:
        found: dict[str, list[str]] = {}
        for pattern, headers in self.header_blocks:
            if applies(pattern, path):
                for name, value in headers:
                    found.setdefault(name, []).append(value)
        own = {
            "cache-control": "public, max-age=0, must-revalidate",
            "referrer-policy": "strict-origin-when-cross-origin",
            "access-control-allow-origin": "*",
        }
        return own | {name: ", ".join(values) for name, values in found.items()}


class CloudflareWorkers(Cloudflare):
    """The same files; without not_found_handling an unknown address has no page."""

    def ready(self) -> None:
        super().ready()
        self.assets = json.loads(self.beside["wrangler.json"])["assets"]
        assert self.assets["not_found_handling"] == "404-page"
        assert self.assets["html_handling"] == "auto-trailing-slash"

    def answer(self, path: str) -> Answer:
        found = super().answer(path)
        return Answer(307, found.location) if found.status == 308 else found


class GitLab(Hosted):
    """Files win over rules, always; 301 and 302 only; a splat may match nothing."""

    def ready(self) -> None:
        text = self.files["_redirects"]
        assert len(text) <= 64 * 1024
        self.rules = redirect_rules(text.decode())
        assert len(self.rules) <= 1_000
        assert all(rule.source.startswith("/") for rule in self.rules)

    def answer(self, path: str) -> Answer:
        if not self.folder.file(unquote(path)) and not self.folder.is_folder(unquote(path)):
            for rule in self.rules:
                to = rule.match(path)
                if to is not None:
                    assert rule.status in ("301", "302")
                    return Answer(int(rule.status), to)
        return self.served(path, 302)


class Vercel(Hosted):
    """path-to-regexp sources. The slash form first, then redirects, then files, then rewrites,
    which have a status of their own. Of two rules with the same header the later wins."""

    def ready(self) -> None:
        self.config = json.loads(self.beside["vercel.json"])
        assert len(self.config["redirects"]) <= 2_048
        assert len(self.config["headers"]) <= 2_048
        assert self.config["trailingSlash"] is True

    def answer(self, path: str) -> Answer:
        if re.fullmatch(r"/(?:[^/]+/)*[^/.]+", path):
            return Answer(308, f"{path}/")
        for rule in self.config["redirects"]:
            found = re.fullmatch(self.pattern(rule["source"]), path)
            if found:
                to = rule["destination"]
                for name, value in found.groupdict().items():
                    to = to.replace(f":{name}*", value or "")
                return Answer(rule["statusCode"], to)
        return self.served(path)

    def lost(self, path: str) -> str:
        for rule in self.config.get("rewrites", ()):
            if re.fullmatch(self.pattern(rule["source"]), path):
                assert rule["statusCode"] == 404
                return str(rule["destination"].removeprefix("/"))
        return super().lost(path)

    def headers(self, path: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for rule in self.config["headers"]:
            if re.fullmatch(self.pattern(rule["source"]), path):
                found |= {one["key"].lower(): one["value"] for one in rule["headers"]}
        return found

    @staticmethod
    def pattern(source: str) -> str:
        """`:name*` is any number of parts (a slash at the end allowed), (...) a regular
        expression, the rest stands for itself."""
        parts = re.split(r"(/:\w+\*|\((?:[^()\\]|\\.|\([^()]*\))*\))", source)
        made = ""
        for part in parts:
            if part.startswith("/:"):
                made += f"(?:/(?P<{part[2:-1]}>.*))?"
            elif part.startswith("("):
                made += part
            else:
                assert not set("*+?{}") & set(part), "a sign with a meaning of its own"
                made += re.escape(part)
        return made


class Azure(Hosted):
    """Only the first route that fits is applied; * at the end, then perhaps an ending."""

    def ready(self) -> None:
        content = self.files["staticwebapp.config.json"]
        assert len(content) <= 20 * 1024
        self.config = json.loads(content)
        assert self.config["responseOverrides"]["404"]["rewrite"] == "/404.html"

    def route(self, path: str) -> dict[str, Any]:
        for route in self.config["routes"]:
            pattern = unquote(route["route"])
            stem, star, ending = pattern.partition("*")
            if unquote(path) == pattern or (
                star and unquote(path).startswith(stem) and path.endswith(ending) and path != stem
            ):
                found: dict[str, Any] = route
                return found
        return {}

    def answer(self, path: str) -> Answer:
        route = self.route(path)
        if "redirect" in route:
            assert route["statusCode"] in (301, 302)
            return Answer(route["statusCode"], route["redirect"])
        return self.served(path)

    def headers(self, path: str) -> Mapping[str, str]:
        both = {**self.config["globalHeaders"], **self.route(path).get("headers", {})}
        return {name: value for name, value in lowered(both).items() if value}


class Firebase(Hosted):
    """Redirects, then files. `**` is anything, `:name*` the rest of the path. What two rules with
    the same header do is not documented: it may not happen."""

    def ready(self) -> None:
        self.config = json.loads(self.beside["firebase.json"])["hosting"]
        assert "**/.*" not in self.config["ignore"], "that would leave out .well-known"

    def answer(self, path: str) -> Answer:
        for rule in self.config["redirects"]:
            named = re.fullmatch(self.pattern(rule["source"]), unquote(path))
            if named:
                rest = named.groupdict().get("splat") or ""
                return Answer(rule["type"], rule["destination"].replace(":splat", rest))
        return self.served(path)

    @staticmethod
    def pattern(source: str) -> str:
        made = re.escape(source).replace(r"/\*\*", "/.*").replace(r"\*\*", ".*")
        return re.sub(r"/:(\w+)\\\*", r"/(?P<\1>.*)", made)

    def headers(self, path: str) -> Mapping[str, str]:
        found = {"cache-control": "max-age=3600"}
        given: set[str] = set()
        for rule in self.config["headers"]:
            if re.fullmatch(self.pattern(rule["source"]), path):
                for one in rule["headers"]:
                    name = one["key"].lower()
                    assert name not in given, f"{path} gets {name} twice"
                    given.add(name)
                    found[name] = one["value"]
        return found


class Render(Hosted):
    """A file at the path wins over any rule; redirects are 301; * in the destination is what *
    in the source stood for; the root cannot be a source."""

    def ready(self) -> None:
        (self.service,) = yaml.safe_load(self.beside["render.yaml"])["services"]
        assert self.service["runtime"] == "static"
        assert all(route["source"] != "/" for route in self.service["routes"])

    def answer(self, path: str) -> Answer:
        if not self.folder.file(unquote(path)):
            for route in self.service["routes"]:
                source = route["source"]
                if source.endswith("*") and path.startswith(source[:-1]):
                    rest = path.removeprefix(source[:-1])
                    return Answer(301, route["destination"].replace("*", rest))
                if path == source:
                    return Answer(301, route["destination"])
        return self.served(path)

    def headers(self, path: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for rule in self.service["headers"]:
            if applies(rule["path"], path):
                name = rule["name"].lower()
                assert name not in found, f"{path} gets {name} twice"
                found[name] = rule["value"]
        return found


class S3Website(Hosted):
    """An object (some redirect, always 301), else the routing rules, else the error document."""

    def ready(self) -> None:
        self.website = json.loads(self.beside["s3-website.json"])
        self.redirecting = json.loads(self.beside["s3-redirects.json"])
        assert len(self.website.get("RoutingRules", ())) <= 50
        assert all(to.startswith(("/", "http")) for to in self.redirecting.values())

    def answer(self, path: str) -> Answer:
        key = unquote(path).lstrip("/")
        if key == "" or key.endswith("/"):
            key += self.website["IndexDocument"]["Suffix"]
        if key in self.redirecting:
            return Answer(301, self.redirecting[key])
        if key in self.files:
            return Answer(200, "", key)
        if f"{key}/index.html" in self.files or f"{key}/index.html" in self.redirecting:
            return Answer(302, f"/{key}/")
        return self.routed(unquote(path).lstrip("/"))

    def routed(self, asked: str) -> Answer:
        for rule in self.website.get("RoutingRules", ()):
            condition, redirect = rule["Condition"], rule["Redirect"]
            assert condition["HttpErrorCodeReturnedEquals"] == "404"
            if asked.startswith(condition["KeyPrefixEquals"]):
                start = ""
                if "HostName" in redirect:
                    start = f"{redirect['Protocol']}://{redirect['HostName']}"
                rest = asked.removeprefix(condition["KeyPrefixEquals"])
                new = redirect.get("ReplaceKeyWith") or redirect["ReplaceKeyPrefixWith"] + rest
                return Answer(int(redirect["HttpRedirectCode"]), f"{start}/{new}")
        return Answer(404, "", self.website["ErrorDocument"]["Key"])


class CloudFront(Hosted):
    """Our function runs in Node as it is; headers come from the policy of the first behavior
    whose pattern fits; the objects of the bucket carry Cache-Control themselves."""

    def ready(self) -> None:
        template = json.loads(self.beside["cloudfront.json"])
        self.resources = template["Resources"]
        code = self.beside["cloudfront-function.js"].decode()
        assert self.resources["Old"]["Properties"]["FunctionCode"] == code
        assert len(code.encode()) <= 10 * 1024
        self.distribution = self.resources["Distribution"]["Properties"]["DistributionConfig"]
        lost = {
            (e["ErrorCode"], e["ResponseCode"]) for e in self.distribution["CustomErrorResponses"]
        }
        assert lost == {(403, 404), (404, 404)}
        self.script = self.scratch / "function.js"
        tail = "\nconsole.log(JSON.stringify(handler(JSON.parse(process.argv[2]))));\n"
        self.script.write_text(code + tail)

    def answer(self, path: str) -> Answer:
        uri, _, query = path.partition("?")
        pairs = [pair.partition("=") for pair in query.split("&") if pair]
        event = {
            "request": {"uri": uri, "querystring": {name: {"value": v} for name, _, v in pairs}}
        }
        ran = subprocess.run(
            ["node", str(self.script), json.dumps(event)],
            capture_output=True,
            text=True,
            check=True,
        )
        got = json.loads(ran.stdout)
        if "statusCode" in got:
            return Answer(got["statusCode"], got["headers"]["location"]["value"])
        key = unquote(got["uri"]).lstrip("/")
        if key in self.files:
            return Answer(200, "", key, self.headers(path))
        return Answer(404, "", "404.html", self.headers(path))

    def headers(self, path: str) -> Mapping[str, str]:
        behaviors = self.distribution["CacheBehaviors"]
        fitting = (one for one in behaviors if fnmatchcase(path, one["PathPattern"]))
        chosen = next(fitting, self.distribution["DefaultCacheBehavior"])
        name = chosen["ResponseHeadersPolicyId"]["Ref"]
        config = self.resources[name]["Properties"]["ResponseHeadersPolicyConfig"]
        security = config["SecurityHeadersConfig"]
        policy = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
        assert len(policy) <= 1_783
        found = {
            "content-security-policy": policy,
            "x-content-type-options": "nosniff",
            "x-frame-options": security["FrameOptions"]["FrameOption"],
            "referrer-policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        }
        if hsts := security.get("StrictTransportSecurity"):
            parts = [f"max-age={hsts['AccessControlMaxAgeSec']}"]
            parts += ["includeSubDomains"] * hsts["IncludeSubdomains"]
            parts += ["preload"] * hsts["Preload"]
            found["strict-transport-security"] = "; ".join(parts)
        items = config["CustomHeadersConfig"]["Items"]
        return found | {one["Header"].lower(): one["Value"] for one in items}


HOSTED: Mapping[str, type[Hosted]] = {
    "netlify": Netlify,
    "cloudflare-pages": Cloudflare,
    "cloudflare-workers": CloudflareWorkers,
    "vercel": Vercel,
    "gitlab-pages": GitLab,
    "s3": S3Website,
    "cloudfront": CloudFront,
    "azure": Azure,
    "firebase": Firebase,
    "render": Render,
}


def encoded(address: str) -> str:
    return quote(unquote(address), safe="/:?=&")
