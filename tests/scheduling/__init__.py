"""The nightly job in the schedulers of a computer."""
