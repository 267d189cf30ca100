"""The sources of access tokens of one configuration: one for each grant, whichever tables name it.

Where a provider replaces the refresh token at each use, two would make each other's void.
"""

from pathlib import Path

from channels.oauth import Grant, TokenSource
from channels.resolver import Resolver
from config.types import Auth, OAuth
from daemon.state.tokens import KeptToken


class Grants:
    """`directory` is the state folder, where a replaced refresh token is kept."""

    def __init__(self, resolver: Resolver, directory: Path) -> None:
        self._resolver = resolver
        self._directory = directory
        self._sources: dict[Grant, TokenSource] = {}

    def source(self, auth: Auth, oauth: OAuth | None) -> TokenSource | None:
        """None where the table logs in by a password."""
        if auth is not Auth.XOAUTH2 or oauth is None:
            return None
        refresh, secret = (given.value if given else "" for given in (oauth.refresh_token, oauth.client_secret))
        grant = Grant(oauth.token_url, oauth.client_id, refresh, secret, oauth.scope)
        if grant not in self._sources:
            kept = KeptToken(self._directory, grant.refresh_token)
            self._sources[grant] = TokenSource(grant, resolver=self._resolver, kept=kept)
        return self._sources[grant]
