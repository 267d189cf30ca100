"""The picture of the front page is drawn from what the demo says."""

import asyncio
import json
import sys

from tests.architecture.tree import ROOT
from tests.document.picture import picture


async def test_the_committed_picture_is_what_the_demo_says() -> None:
    demo = ("-m", "daemon", "sandbox", "--scenario", "outage", "--speed", "6000", "--json")
    process = await asyncio.create_subprocess_exec(sys.executable, *demo, stdout=asyncio.subprocess.PIPE)
    async with asyncio.timeout(120):
        said, _ = await process.communicate()
    assert process.returncode == 0
    assert (ROOT / "docs/flow.svg").read_text() == picture(json.loads(said)["messages"])
