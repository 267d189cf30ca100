"""The content of an opaquely signed mail (RFC 8551 section 3.5.2), without looking at the signature. Total."""

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SEQUENCE, _SET, _INTEGER, _OID, _EXPLICIT = 0x30, 0x31, 0x02, 0x06, 0xA0
_OCTETS, _OCTETS_IN_PARTS = 0x04, 0x24

# ContentInfo { oid, [0] SignedData { version, digests, encapsulated { oid, [0] octets … (RFC 5652 section 5.1).
_WAY = (
    (_SEQUENCE, True), (_OID, False), (_EXPLICIT, True), (_SEQUENCE, True), (_INTEGER, False), (_SET, False),
    (_SEQUENCE, True), (_OID, False), (_EXPLICIT, True),
)  # fmt: skip


def signed_content(der: bytes) -> bytes | None:
    """What was signed; None where this is no signed data, or it is not in there."""
    if _SIGNED_DATA not in der[:40]:
        return None
    position = 0
    for tag, enter in _WAY:
        start, length = _header(der, position)
        if start < 0 or der[position] != tag:
            return None
        if not enter and length < 0:
            return None
        position = start if enter else start + length
    start, length = _header(der, position)
    if start < 0:
        return None
    if der[position] == _OCTETS and length >= 0:
        return der[start : start + length]
    return _joined(der, start, length) if der[position] == _OCTETS_IN_PARTS else None


def _header(der: bytes, position: int) -> tuple[int, int]:
    """Where the value starts and its length (-1: until an end mark); a start of -1 is a fault (X.690 section 8.1)."""
    if position + 2 > len(der):
        return -1, 0
    first = der[position + 1]
    if first < 0x80:
        return position + 2, first
    if first == 0x80:
        return position + 2, -1
    count = first & 0x7F
    if count > 8:
        return -1, 0
    return position + 2 + count, int.from_bytes(der[position + 2 : position + 2 + count], "big")


def _joined(der: bytes, position: int, length: int) -> bytes:
    end = len(der) if length < 0 else min(len(der), position + length)
    out = bytearray()
    while position < end and der[position] == _OCTETS:
        start, size = _header(der, position)
        if start < 0 or size < 0:
            break
        out += der[start : start + size]
        position = start + size
    return bytes(out)
