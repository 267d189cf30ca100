"""Plain text to lines, with format=flowed undone (RFC 3676)."""

from parsers.lines import Line


def plain_lines(text: str) -> list[Line]:
    return [Line(line.rstrip()) for line in text.replace("\xa0", " ").split("\n")]


def flowed_lines(text: str, *, delsp: bool) -> list[Line]:
    """Joins lines that end with a space to the next of the same quotation depth, but for "-- ".

    `delsp` is DelSp=yes: the space at the end is no part of the text.
    """
    lines: list[Line] = []
    waiting: list[str] = []
    depth_waiting = 0

    def flush() -> None:
        if waiting:
            lines.append(Line(_quoted(depth_waiting, "".join(waiting).replace("\xa0", " ").rstrip())))
            waiting.clear()

    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        signature = content == "-- "
        if waiting and (depth != depth_waiting or signature):
            flush()
        depth_waiting = depth
        if content.endswith(" ") and not signature:
            waiting.append(content[:-1] if delsp else content)
        else:
            waiting.append(content)
            if signature:
                lines.append(Line(_quoted(depth, "--")))
                waiting.clear()
            else:
                flush()
    flush()
    return lines


def _quoted(depth: int, text: str) -> str:
    return f"{'>' * depth} {text}".rstrip() if depth else text
