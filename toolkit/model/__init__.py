"""The nouns: plain values without input, output, clock or locale."""
