"""Names of MIDI ports in a setting."""


def names(text: str) -> tuple[str, ...]:
    """Split names that stand with commas; each once, in their order.

    Examples
    --------
    >>> names("volca, livehost,volca,")
    ('volca', 'livehost')
    """
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in text.split(",")))))
