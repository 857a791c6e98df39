"""Signed requests to S3 (AWS Signature Version 4), for the one question that obstore cannot ask."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from urllib.parse import quote, urlsplit

NO_BODY = hashlib.sha256(b"").hexdigest()
DEFAULT_REGION = "us-east-1"
SIGNED_HEADERS = ("host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token")


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Access:
    """Where a bucket is asked for, and with which credentials."""

    endpoint: str
    region: str
    key_id: str
    secret: str
    token: str

    @classmethod
    def from_variables(cls, variables: Mapping[str, str]) -> Self | None:
        """What the usual AWS_ variables say; None where they hold no credentials."""
        key_id, secret = variables.get("AWS_ACCESS_KEY_ID"), variables.get("AWS_SECRET_ACCESS_KEY")
        if not key_id or not secret:
            return None
        region = variables.get("AWS_REGION") or variables.get("AWS_DEFAULT_REGION") or DEFAULT_REGION
        endpoints = (
            variables.get(name) for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
        )
        return cls(
            endpoint=next(filter(None, endpoints), f"https://s3.{region}.amazonaws.com").rstrip("/"),
            region=region,
            key_id=key_id,
            secret=secret,
            token=variables.get("AWS_SESSION_TOKEN", ""),
        )

    def url(self, bucket: str, query: Mapping[str, str]) -> str:
        """The address of a question to the bucket."""
        return f"{self.endpoint}/{quote(bucket, safe='')}?{_canonical_query(query)}"

    def headers(self, url: str, *, at: datetime) -> dict[str, str]:
        """What a GET of the address has to carry to be answered."""
        parts, day = urlsplit(url), f"{at:%Y%m%d}"
        headers = {
            "host": parts.netloc,
            "x-amz-content-sha256": NO_BODY,
            "x-amz-date": f"{at:%Y%m%dT%H%M%SZ}",
        } | ({"x-amz-security-token": self.token} if self.token else {})
        names = ";".join(headers)
        lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
        request = "\n".join(("GET", parts.path, parts.query, lines, names, NO_BODY))
        scope = f"{day}/{self.region}/s3/aws4_request"
        hashed = hashlib.sha256(request.encode()).hexdigest()
        to_sign = f"AWS4-HMAC-SHA256\n{headers['x-amz-date']}\n{scope}\n{hashed}"
        key = f"AWS4{self.secret}".encode()
        for part in (day, self.region, "s3", "aws4_request"):
            key = _signed(key, part)
        signature = _signed(key, to_sign).hex()
        credential = f"Credential={self.key_id}/{scope}"
        return headers | {
            "authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={signature}"
        }


def _signed(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _canonical_query(query: Mapping[str, str]) -> str:
    return "&".join(
        f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in sorted(query.items())
    )
