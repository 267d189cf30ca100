"""Our resolver for aiohttp: HTTP goes on while DNS is down, to the last good addresses."""

import socket

from aiohttp.abc import AbstractResolver, ResolveResult

from channels.resolver import Resolver


class HttpResolver(AbstractResolver):
    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Raises OSError."""
        found = [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in await self._resolver.resolve(host)
        ]
        wanted = [one for one in found if family in (socket.AF_UNSPEC, one["family"])]
        if not wanted:
            raise OSError(f"no address of the kind asked for: {host}")
        return wanted

    async def close(self) -> None:
        return
