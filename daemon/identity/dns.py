"""TXT records by the system's resolver, for our own verification of DKIM signatures.

It waits: call it off the event loop.
"""


def txt_record(name: bytes, timeout: float) -> bytes | None:
    """The joined strings of the first TXT record of `name`; None where there is none, or none in `timeout` seconds."""
    import dns.exception  # noqa: PLC0415 (3 MB, and few mailboxes need it)
    import dns.resolver  # noqa: PLC0415 (as above)

    try:
        found = dns.resolver.resolve(name.decode("ascii"), "TXT", lifetime=timeout, search=False)
    except (dns.exception.DNSException, OSError, UnicodeDecodeError):
        return None
    return next((b"".join(record.strings) for record in found), None)
