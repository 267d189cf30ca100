"""The renderer of a configuration for whoever only reads: with it our messages are written anew as they went out."""

from pathlib import Path

from config.types import Configuration, Decide
from daemon.core.notices import Notice
from daemon.identity.codes import Codes
from daemon.identity.secret import read_secret
from daemon.identity.tokens import Tokens
from daemon.render.renderer import Renderer
from daemon.review.copies import Render


def render_of(configuration: Configuration, directory: Path) -> Render | str:
    """Or why there is none. `directory` is the state folder, in which lies the secret of the reply tokens."""
    try:
        secret = read_secret(directory)
    except OSError as fault:
        return f"the secret of the reply tokens cannot be read: {fault.strerror}"
    if secret is None:
        return "the secret of the reply tokens is not in the state folder"
    tokens, codes = Tokens(secret), Codes(secret)

    def token(notice: Notice, contact: str) -> str:
        return tokens.issue(contact, notice.incident, notice.id, notice.at.date())

    coded = configuration.settings.decide is Decide.CODE
    return Renderer(configuration, token, codes.issue if coded else None).render
