"""The version of the program, part of every reading's identity."""

__version__ = "0.1.0"
