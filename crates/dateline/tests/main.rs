//! Tests of the library as its callers see it, with the model in `models/dateline-en`.

mod articles;
mod bad_input;
mod laws;
mod schema;
