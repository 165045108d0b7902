"""The rules of the house: they decide, on plain values.

No Django, no NumPy, no clock. What is decided here is decided nowhere else, so the
database's answer, the page and the tests all ask the same function.
"""
