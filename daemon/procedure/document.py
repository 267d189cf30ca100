"""The whole procedure as a document. The same configuration gives the same document, whenever it is written."""

from config.types import Configuration
from daemon.document.markdown import versioned
from daemon.document.model import Document
from daemon.procedure.charge import charge, confidential, drills, ending
from daemon.procedure.decision import decision
from daemon.procedure.failing import failing
from daemon.procedure.frame import Frame
from daemon.procedure.informing import accepted, audiences
from daemon.procedure.messages import messages
from daemon.procedure.opening import purpose, roles
from daemon.procedure.reviewing import review
from daemon.procedure.team import bridges, team
from daemon.procedure.templates import templates
from daemon.procedure.verbs import verbs

SECTIONS = (
    purpose, roles, decision, accepted, team, bridges, audiences, charge, confidential, ending, review, drills,
    failing, verbs, messages, templates,
)  # fmt: skip

INTERNAL = "Internal: it holds names, telephone numbers and PINs."


def procedure(configuration: Configuration) -> Document:
    """Everything that the configuration in force would do, in words. No secret is in it."""
    frame = Frame(configuration)
    name = configuration.settings.organization.name
    sections = tuple(section(frame) for section in SECTIONS)
    return versioned(Document(f"{name}: Major Incident Management Procedure", INTERNAL, sections))
