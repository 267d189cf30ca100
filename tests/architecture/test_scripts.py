"""The set-up where it may not install: it names the one command that does, and fails."""

import os
import subprocess

from tests.architecture.tree import ROOT

NOBODY = 65534


def apt_install(*packages: str) -> subprocess.CompletedProcess[str]:
    """Run by someone who is not root, where sudo refuses."""
    # The script is read here, as nobody may not look into the folder of someone else's clone.
    script = (ROOT / "scripts/apt.sh").read_text()
    nobody = NOBODY if os.geteuid() == 0 else None
    return subprocess.run(
        ["/bin/bash", "-c", f"sudo() {{ return 1; }}\n{script}\napt_install {' '.join(packages)}"],
        cwd="/",
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        user=nobody,
        group=nobody,
        extra_groups=None if nobody is None else [],
    )


def test_without_the_right_to_install_the_one_command_is_printed() -> None:
    done = apt_install("no-such-server", "dpkg", "another-one")
    assert done.returncode == 1
    assert "sudo apt-get install --no-install-recommends no-such-server another-one\n" in done.stderr


def test_what_is_there_needs_no_right() -> None:
    done = apt_install("dpkg")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
