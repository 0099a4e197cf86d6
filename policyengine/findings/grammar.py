"""Small words of sentences: articles."""


def with_article(word: str) -> str:
    """Return *word* after `a` or `an`."""
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"
