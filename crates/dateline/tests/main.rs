//! Tests of the library as its callers see it, with the model in `models/dateline-en`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod articles;
mod bad_input;
mod laws;
mod schema;
