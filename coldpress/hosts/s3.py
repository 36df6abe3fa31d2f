"""S3 website endpoint: website.json for put-bucket-website, and objects that redirect.

http only, no headers; CloudFront in front of a private bucket is the better way.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from coldpress.hosts.losses import COMPRESSION, HEADERS, one_lost_page, temporary
from coldpress.hosts.model import Deployment, Host, HostFiles, Loss, Rule, Server
from coldpress.hosts.writing import as_json, encoded, rule_limit

HTTPS = Loss(
    "https", "none: put CloudFront in front (host: cloudfront)", "the website endpoint is http only"
)


def emit(plan: Deployment, _server: Server) -> HostFiles:
    rules = [routing(rule) for rule in plan.redirects if rule.is_splat]
    website: dict[str, Any] = {
        "IndexDocument": {"Suffix": "index.html"},
        "ErrorDocument": {"Key": f"{plan.base_path}/404.html".lstrip("/")},
    }
    if rules:
        website["RoutingRules"] = rules
    beside = {
        "s3-website.json": as_json(website),
        "s3-redirects.json": as_json(dict(objects(plan))),
    }
    losses = (
        *temporary(plan.redirects),
        *one_lost_page(plan),
        HEADERS,
        HTTPS,
        COMPRESSION,
    )
    return HostFiles({}, beside, losses, (rule_limit("routing rules", len(rules), 50),))


def objects(plan: Deployment) -> Iterator[tuple[str, str]]:
    """Key of an empty object -> its x-amz-website-redirect-location, which answers 301."""
    for rule in plan.redirects:
        if not rule.is_splat and rule.code == 301:
            key = rule.source.lstrip("/")
            yield (f"{key}index.html" if key.endswith("/") else key), encoded(rule.to)


def routing(rule: Rule) -> dict[str, Any]:
    """Only where no object is found: an exact redirect below the folder is one."""
    to = urlsplit(rule.start)
    redirect = {"HttpRedirectCode": str(rule.code)}
    if to.netloc:
        redirect |= {"Protocol": to.scheme, "HostName": to.netloc}
    key = encoded(to.path.lstrip("/"))
    redirect["ReplaceKeyPrefixWith" if rule.keeps_rest else "ReplaceKeyWith"] = key
    condition = {"KeyPrefixEquals": rule.folder.lstrip("/"), "HttpErrorCodeReturnedEquals": "404"}
    return {"Condition": condition, "Redirect": redirect}


S3 = Host("s3", "AWS S3 website", emit, redirects="301 only", headers="no", serves="folder")
