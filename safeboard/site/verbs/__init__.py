"""One file a verb: NAME, PURPOSE, EXAMPLE, add_words(parser) and work(asked) -> exit status."""
