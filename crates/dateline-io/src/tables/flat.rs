//! The columns of the flat tables. None of them is a list, so that CSV holds the same.

use arrow_schema::FieldRef;

use super::schema::{BOOLEAN, INTEGER, NUMBER, TEXT, is, may};

/// What every table begins with: the number of the article in the output, which is unique, and its
/// identifier, which is what the input has.
fn article(columns: Vec<FieldRef>) -> Vec<FieldRef> {
    [is("article", INTEGER), is("article_id", TEXT)].into_iter().chain(columns).collect()
}

pub(super) fn articles() -> Vec<FieldRef> {
    article(vec![
        may("title", TEXT),
        may("published", TEXT),
        may("published_source", TEXT),
        is("language", TEXT),
        is("offsets", TEXT),
        is("windows", INTEGER),
        may("warnings", TEXT),
        is("entity_count", INTEGER),
        is("event_count", INTEGER),
        may("main_event", TEXT),
        may("main_who", TEXT),
        may("main_who_entities", TEXT),
        may("main_what", TEXT),
        may("main_when", TEXT),
        may("main_when_inferred", TEXT),
        may("main_where", TEXT),
        may("main_where_entity", TEXT),
        may("main_where_inferred", TEXT),
        may("main_why", TEXT),
        may("main_why_event", TEXT),
        may("main_how", TEXT),
        may("duplicate_of", TEXT),
        may("similarity", NUMBER),
        may("text", TEXT),
    ])
}

pub(super) fn entities() -> Vec<FieldRef> {
    article(vec![
        is("entity_id", TEXT),
        is("type", TEXT),
        may("subtype", TEXT),
        is("name", TEXT),
        may("aliases", TEXT),
        may("titles", TEXT),
        may("affiliations", TEXT),
        may("country", TEXT),
        may("latitude", NUMBER),
        may("longitude", NUMBER),
        is("salience", NUMBER),
        is("mention_count", INTEGER),
        may("first_field", TEXT),
        may("first_start", INTEGER),
        may("first_end", INTEGER),
        may("score", NUMBER),
    ])
}

pub(super) fn mentions() -> Vec<FieldRef> {
    article(vec![
        is("entity_id", TEXT),
        is("field", TEXT),
        is("start", INTEGER),
        is("end", INTEGER),
        is("text", TEXT),
        is("kind", TEXT),
        is("score", NUMBER),
        may("metonymy", TEXT),
    ])
}

pub(super) fn events() -> Vec<FieldRef> {
    article(vec![
        is("event_id", TEXT),
        is("type", TEXT),
        is("family", TEXT),
        may("mode", TEXT),
        is("label", TEXT),
        is("score", NUMBER),
        is("salience", TEXT),
        is("mention_count", INTEGER),
        may("field", TEXT),
        may("start", INTEGER),
        may("end", INTEGER),
        may("text", TEXT),
        is("status", TEXT),
        is("polarity", TEXT),
        is("certainty", TEXT),
        is("future", BOOLEAN),
        may("time", TEXT),
        may("time_id", TEXT),
        may("time_inferred", TEXT),
        may("place_entity", TEXT),
        may("place_name", TEXT),
        may("country", TEXT),
        may("place_inferred", TEXT),
        may("source_entity", TEXT),
        may("source_name", TEXT),
        may("source_kind", TEXT),
        may("cue", TEXT),
        may("plover", TEXT),
        may("cameo", TEXT),
        may("ace", TEXT),
    ])
}

pub(super) fn roles() -> Vec<FieldRef> {
    article(vec![
        is("event_id", TEXT),
        is("role", TEXT),
        may("entity_id", TEXT),
        may("event", TEXT),
        may("time", TEXT),
        may("quantity", TEXT),
        is("field", TEXT),
        is("start", INTEGER),
        is("end", INTEGER),
        is("text", TEXT),
        may("name", TEXT),
        may("inferred", TEXT),
    ])
}

pub(super) fn times() -> Vec<FieldRef> {
    article(vec![
        is("time_id", TEXT),
        is("field", TEXT),
        is("start", INTEGER),
        is("end", INTEGER),
        is("text", TEXT),
        is("type", TEXT),
        may("value", TEXT),
        may("mod", TEXT),
        may("anchor", TEXT),
    ])
}
