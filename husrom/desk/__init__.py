"""The top floor: composition only, no models."""
