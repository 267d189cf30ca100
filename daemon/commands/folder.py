"""The whole configuration folder, its templates tried on every kind of message: usable, or all its faults at once."""

from collections.abc import Mapping
from pathlib import Path

from config.faults import ConfigurationFaults, printable
from config.files import TEMPLATES
from config.load import load
from config.types import Configuration
from daemon.render.checking import check_templates


def load_folder(folder: Path, environ: Mapping[str, str]) -> Configuration:
    """As config.load, with the faults of the templates. Raises ConfigurationFaults."""
    faults = tuple(printable(fault) for fault in check_templates(folder / TEMPLATES))
    try:
        configuration = load(folder, environ)
    except ConfigurationFaults as others:
        raise ConfigurationFaults((*others.faults, *faults)) from None
    if faults:
        raise ConfigurationFaults(faults)
    return configuration
