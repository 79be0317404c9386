"""The suites, one module each; `livehost.bench.suite.SUITES` is their table."""
