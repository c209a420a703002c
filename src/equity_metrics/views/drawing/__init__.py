"""Prepared values in; traces, axes, signs and colours out. It computes nothing."""
