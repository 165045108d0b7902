"""The staff side of the public: words, compose, draw, freeze; and the frozen editions."""
