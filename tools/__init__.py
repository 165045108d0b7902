"""What the Makefile uses: the house's check, and the message catalogues."""
