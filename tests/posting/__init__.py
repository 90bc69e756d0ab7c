"""Sending under every fault: real SMTP conversations, and a crash at every step of a run."""
