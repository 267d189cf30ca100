"""One-letter slips: a letter too many, too few, another one, or two exchanged (Damerau)."""


def one_slip(word: str, target: str) -> bool:
    """Whether exactly one slip lies between the two. Linear."""
    if word == target or abs(len(word) - len(target)) > 1:
        return False
    shorter, longer = sorted((word, target), key=len)
    start = next((i for i, char in enumerate(shorter) if char != longer[i]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    return shorter[start + 1 :] == longer[start + 1 :] or (
        shorter[start : start + 2] == longer[start : start + 2][::-1] and shorter[start + 2 :] == longer[start + 2 :]
    )
