"""US states by name and postal code."""

from eyre.normalise.text import fold

_NAMES = """al alabama|ak alaska|az arizona|ar arkansas|ca california|co colorado|ct connecticut|de delaware
|dc district of columbia|fl florida|ga georgia|hi hawaii|id idaho|il illinois|in indiana|ia iowa|ks kansas|ky kentucky
|la louisiana|me maine|md maryland|ma massachusetts|mi michigan|mn minnesota|ms mississippi|mo missouri|mt montana
|ne nebraska|nv nevada|nh new hampshire|nj new jersey|nm new mexico|ny new york|nc north carolina|nd north dakota
|oh ohio|ok oklahoma|or oregon|pa pennsylvania|ri rhode island|sc south carolina|sd south dakota|tn tennessee|tx texas
|ut utah|vt vermont|va virginia|wa washington|wv west virginia|wi wisconsin|wy wyoming|pr puerto rico|vi virgin islands
|gu guam|as american samoa|mp northern mariana islands"""
_CODES = {name: code for code, _, name in (entry.strip().partition(" ") for entry in _NAMES.split("|"))}


def state_code(text: str) -> str:
    """The two-letter code in lower case of a state's name or code; anything else folded."""
    folded = fold(text)
    return _CODES.get(folded, folded)
