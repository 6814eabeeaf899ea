"""What somebody who searches is looking for."""

from commitments.engine.followups.words import stems


def telling(words: str) -> list[str]:
    """Return the words to look up by, as the index holds them, each once; years and words that tell little are none."""
    return list(dict.fromkeys(stems(words)))
