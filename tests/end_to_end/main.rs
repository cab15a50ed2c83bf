//! Whole articles through the whole pipeline, with the model that ships.
//!
//! `gold_cases` compares with what a careful reader would say (`../paraphrases.toml`,
//! `../articles/`); `times`, `places`, `references`, `happenings` and `events` read
//! hand-marked tables (`../cases/`), `layouts` asks what of a page is left unread (`../layouts/`);
//! `invariants` holds what must be true of any article; `properties` feeds it strings that are no
//! article at all.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod articles;
mod check;
mod check_events;
mod events;
mod gold;
mod gold_cases;
mod happenings;
mod invariants;
mod layouts;
mod places;
mod properties;
mod references;
mod report;
mod system;
mod table;
mod times;
