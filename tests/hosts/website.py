"""S3's website endpoint, as AWS documents it, over a real store: requests -> objects of moto.

moto keeps objects, their headers and their redirects, and answers ranges and conditions; it has no
website endpoint. The index document, the redirects and the error document are played here.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from urllib.parse import quote, unquote

from tests.hosts.asked import Got
from tests.hosts.hosted import S3Website
from tests.places import Bucket


class Website:
    def __init__(self, bucket: Bucket, beside: Mapping[str, bytes]) -> None:
        self.bucket, self.beside = bucket, beside
        self.website = json.loads(beside["s3-website.json"])

    def put_redirects(self) -> None:
        """As docs/hosts.md says: an empty object for each old address."""
        for key, to in json.loads(self.beside["s3-redirects.json"]).items():
            got = self.store("PUT", key, {"x-amz-website-redirect-location": to})
            assert got.status == 200

    def ask(self, method: str, path: str, headers: Mapping[str, str]) -> Got:
        if method not in ("GET", "HEAD"):
            return Got(405, {}, b"")
        asked = unquote(path.partition("?")[0]).removeprefix("/")
        index = self.website["IndexDocument"]["Suffix"]
        key = asked + index if asked == "" or asked.endswith("/") else asked
        got = self.store(method, key, headers)
        to = got.headers.get("x-amz-website-redirect-location")
        if got.status == 200 and to:
            return Got(301, {"location": to}, b"")
        if got.status != 404:
            return got
        if self.store("HEAD", f"{key}/{index}", {}).status == 200:
            return Got(302, {"location": f"/{quote(asked)}/"}, b"")
        return self.routed(method, asked)

    def routed(self, method: str, asked: str) -> Got:
        rules = S3Website.__new__(S3Website)
        rules.website = self.website
        answer = rules.routed(asked)
        if answer.status != 404:
            return Got(answer.status, {"location": quote(answer.location, safe="/:?=&%#")}, b"")
        lost = self.store(method, answer.file, {})
        return Got(404, lost.headers, lost.body)

    def store(self, method: str, key: str, headers: Mapping[str, str]) -> Got:
        connection = http.client.HTTPConnection("127.0.0.1", self.bucket.port, timeout=20)
        try:
            connection.request(method, f"/{self.bucket.name}/{quote(key)}", headers=dict(headers))
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Got(response.status, found, response.read())
        finally:
            connection.close()
