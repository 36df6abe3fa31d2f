"""CloudFront before a private S3 bucket: one CloudFormation template with all it takes.

A viewer-request function answers old addresses and finds index.html; policies add the headers.
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from coldpress.hosts.losses import one_lost_page
from coldpress.hosts.model import Deployment, Host, HostFiles, Limit, Server
from coldpress.hosts.writing import SVG, as_json, encoded, narrowest_first, policy_limit

CACHED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
"""AWS's own cache policy CachingOptimized: keeps what Cache-Control allows, compresses."""
FUNCTION = """\
// Old addresses, slashes and index.html. Made by `python3 build.py hosts cloudfront`.
var exact = @exact@;
var folders = @folders@;

function query(request) {
  var parts = [];
  for (var name in request.querystring) {
    var one = request.querystring[name];
    (one.multiValue || [one]).forEach(function (each) {
      parts.push(each.value === "" ? name : name + "=" + each.value);
    });
  }
  return parts.length ? "?" + parts.join("&") : "";
}

function lead(request, code, to) {
  var location = to.indexOf("?") < 0 && to.indexOf("#") < 0 ? to + query(request) : to;
  return {
    statusCode: code,
    statusDescription: code === 301 ? "Moved Permanently" : "Found",
    headers: {
      location: { value: location },
      "cache-control": { value: "public, max-age=0, must-revalidate" }
    }
  };
}

function handler(event) {
  var request = event.request;
  // Two slashes at the start of a Location would lead to another site.
  var uri = request.uri.replace(/^\\/+/, "/");
  if (Object.prototype.hasOwnProperty.call(exact, uri)) {
    return lead(request, exact[uri][0], exact[uri][1]);
  }
  for (var i = 0; i < folders.length; i++) {
    var folder = folders[i];
    if (uri.indexOf(folder[0]) === 0) {
      return lead(request, folder[1], folder[2] + (folder[3] ? uri.slice(folder[0].length) : ""));
    }
  }
  if (uri.slice(-1) === "/") {
    request.uri = uri + "index.html";
  } else if (uri.slice(uri.lastIndexOf("/")).indexOf(".") < 0) {
    return lead(request, 301, uri + "/");
  }
  return request;
}
"""


def emit(plan: Deployment, _server: Server) -> HostFiles:
    code = function(plan)
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"{plan.name}: a private bucket behind CloudFront",
        "Parameters": {
            "CertificateArn": {
                "Type": "String",
                "Description": f"certificate for {plan.domain} in us-east-1",
            }
        },
        "Resources": resources(plan, code),
        "Outputs": {
            "Bucket": {"Value": {"Ref": "Bucket"}},
            "Address": {"Value": {"Fn::GetAtt": ["Distribution", "DomainName"]}},
        },
    }
    content = as_json(template)
    limits = (
        policy_limit(plan, 1_783, with_name=False),
        Limit(
            "bytes of the function",
            len(code.encode()),
            10 * 1024,
            "list fewer old addresses, or lead a whole folder on with /old/*",
        ),
        Limit(
            "cache behaviors",
            len(narrowest_first(plan)) + 1,
            25,
            "put single files into fewer folders",
        ),
        Limit("bytes of the template", len(content), 51_200, "list fewer old addresses"),
    )
    beside = {"cloudfront-function.js": code.encode(), "cloudfront.json": content}
    return HostFiles({}, beside, (SVG, *one_lost_page(plan)), limits)


def function(plan: Deployment) -> str:
    exact = {
        encoded(rule.source): [rule.code, encoded(rule.to)]
        for rule in plan.redirects
        if not rule.is_splat
    }
    folders = [
        [encoded(rule.folder), rule.code, encoded(rule.start), rule.keeps_rest]
        for rule in plan.redirects
        if rule.is_splat
    ]
    return FUNCTION.replace("@exact@", json.dumps(exact)).replace("@folders@", json.dumps(folders))


# ----------------------------------------------------------------------------- the template


def resources(plan: Deployment, code: str) -> dict[str, Any]:
    return {
        "Bucket": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain",
                   "UpdateReplacePolicy": "Retain"},
        "BucketPolicy": resource("S3::BucketPolicy", bucket_policy()),
        "Access": resource(
            "CloudFront::OriginAccessControl",
            {
                "OriginAccessControlConfig": {
                    "Name": {"Fn::Sub": "${AWS::StackName}-access"},
                    "OriginAccessControlOriginType": "s3",
                    "SigningBehavior": "always",
                    "SigningProtocol": "sigv4",
                }
            },
        ),
        "Old": resource(
            "CloudFront::Function",
            {
                "Name": {"Fn::Sub": "${AWS::StackName}-old"},
                "AutoPublish": True,
                "FunctionCode": code,
                "FunctionConfig": {"Comment": "old addresses", "Runtime": "cloudfront-js-2.0"},
            },
        ),
        **dict(policies(plan)),
        "Distribution": resource(
            "CloudFront::Distribution", {"DistributionConfig": distribution(plan)}
        ),
    }  # fmt: skip


def resource(kind: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"Type": f"AWS::{kind}", "Properties": properties}


def bucket_policy() -> dict[str, Any]:
    source = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"
    read = {
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": {"Fn::Sub": "${Bucket.Arn}/*"},
        "Condition": {"StringEquals": {"AWS:SourceArn": {"Fn::Sub": source}}},
    }
    return {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": {"Statement": [read]}}


def groups(plan: Deployment) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Name of a headers policy, address it is for, headers. Cache-Control and Content-Type are
    not among them: the bucket's objects carry those."""
    own = {"Cache-Control", "Content-Type"}
    yield "PagesHeaders", "*", {k: v for k, v in plan.pages.items() if k not in own}
    for number, one in enumerate(narrowest_first(plan), 1):
        values = {k: v for k, v in one.values.items() if k not in own}
        yield f"FileHeaders{number}", one.pattern, values


def policies(plan: Deployment) -> Iterator[tuple[str, dict[str, Any]]]:
    """One for each set of headers: behaviors with equal sets share it."""
    done: set[str] = set()
    for _pattern, name, values in shared(plan):
        if name not in done:
            done.add(name)
            yield name, resource("CloudFront::ResponseHeadersPolicy", {
                "ResponseHeadersPolicyConfig": headers_policy(plan, name, values)
            })  # fmt: skip


def shared(plan: Deployment) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Pattern, name of its policy, headers."""
    named: dict[tuple[tuple[str, str], ...], str] = {}
    for name, pattern, values in groups(plan):
        yield pattern, named.setdefault(tuple(sorted(values.items())), name), values


def headers_policy(plan: Deployment, name: str, values: Mapping[str, str]) -> dict[str, Any]:
    security: dict[str, Any] = {
        "ContentSecurityPolicy": {"ContentSecurityPolicy": plan.policy, "Override": True},
        "ContentTypeOptions": {"Override": True},
        "FrameOptions": {"FrameOption": "DENY", "Override": True},
        "ReferrerPolicy": {
            "ReferrerPolicy": plan.always["Referrer-Policy"],
            "Override": True,
        },
    }
    if "Strict-Transport-Security" in plan.always:
        security["StrictTransportSecurity"] = transport(plan.always["Strict-Transport-Security"])
    custom = {
        "Permissions-Policy": plan.always["Permissions-Policy"],
        "Cross-Origin-Opener-Policy": plan.always["Cross-Origin-Opener-Policy"],
        **values,
    }
    items = [{"Header": k, "Value": v, "Override": True} for k, v in custom.items()]
    return {
        "Name": {"Fn::Sub": f"${{AWS::StackName}}-{name}"},
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": {"Items": items},
    }


def transport(value: str) -> dict[str, Any]:
    return {
        "AccessControlMaxAgeSec": int(value.partition(";")[0].removeprefix("max-age=")),
        "IncludeSubdomains": "includeSubDomains" in value,
        "Preload": "preload" in value,
        "Override": True,
    }


def distribution(plan: Deployment) -> dict[str, Any]:
    default, *others = ((pattern, behavior(name)) for pattern, name, _values in shared(plan))
    lost = f"{plan.base_path}/404.html"
    return {
        "Enabled": True,
        "HttpVersion": "http2and3",
        "IPV6Enabled": True,
        "Aliases": [plan.domain],
        "ViewerCertificate": {
            "AcmCertificateArn": {"Ref": "CertificateArn"},
            "MinimumProtocolVersion": "TLSv1.2_2021",
            "SslSupportMethod": "sni-only",
        },
        "Origins": [
            {
                "Id": "bucket",
                "DomainName": {"Fn::GetAtt": ["Bucket", "RegionalDomainName"]},
                "OriginAccessControlId": {"Ref": "Access"},
                "S3OriginConfig": {"OriginAccessIdentity": ""},
            }
        ],
        "DefaultCacheBehavior": default[1],
        "CacheBehaviors": [{"PathPattern": pattern, **one} for pattern, one in others],
        # A bucket that may not be listed says 403 for what it does not have.
        "CustomErrorResponses": [
            {"ErrorCode": code, "ResponseCode": 404, "ResponsePagePath": lost,
             "ErrorCachingMinTTL": 10}
            for code in (403, 404)
        ],
    }  # fmt: skip


def behavior(policy: str) -> dict[str, Any]:
    function = {
        "EventType": "viewer-request",
        "FunctionARN": {"Fn::GetAtt": ["Old", "FunctionARN"]},
    }
    return {
        "TargetOriginId": "bucket",
        "ViewerProtocolPolicy": "redirect-to-https",
        "Compress": True,
        "CachePolicyId": CACHED,
        "ResponseHeadersPolicyId": {"Ref": policy},
        "FunctionAssociations": [function],
    }


CLOUDFRONT = Host("cloudfront", "AWS S3 + CloudFront", emit, serves="folder")
