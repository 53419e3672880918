"""Texts of many records, parsed at once: kernels for what is plain, and the parsers of `eyre.normalise` for the rest.

Those parsers stay the definition. A kernel says of each text whether it is plain, and a property test proves that it
then makes of it what the parser does.
"""
