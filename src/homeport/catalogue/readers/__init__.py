"""Readers: the bytes of a foreign file in, what it says as an instrument out. They write nothing and reach nowhere."""
