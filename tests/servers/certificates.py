"""A certificate authority for tests, and server certificates by it, as files."""

import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import trustme


@dataclass(frozen=True, slots=True)
class Certificates:
    """`chain` and `key` are the server's, PEM; `ca_file` is what a client must trust to accept them."""

    ca_file: Path
    chain: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """For a server within the test."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain, self.key)
        return context


def certificates(folder: Path, *names: str, ends: datetime | None = None) -> Certificates:
    """New ones in `folder`, valid for the names or addresses given, else for 127.0.0.1 and localhost, until `ends`."""
    authority = trustme.CA()
    server = authority.issue_cert(*(names or ("127.0.0.1", "localhost")), not_after=ends)
    made = Certificates(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    authority.cert_pem.write_to_path(made.ca_file)
    made.chain.write_bytes(b"".join(blob.bytes() for blob in server.cert_chain_pems))
    server.private_key_pem.write_to_path(made.key)
    return made
