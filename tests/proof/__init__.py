"""Tests in which another program judges what sheetsync wrote."""
