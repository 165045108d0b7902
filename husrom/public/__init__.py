"""The open side: pages, files and feed, from frozen editions and nothing else."""
