//! The columns of the nested table: the output record as its JSON has it, name by name.

use arrow_schema::{DataType, FieldRef};

use super::schema::{BOOLEAN, INTEGER, NUMBER, TEXT, is, list, may, record};

pub(super) fn document() -> Vec<FieldRef> {
    vec![
        is("schema", TEXT),
        is("id", TEXT),
        may("title", TEXT),
        is("language", TEXT),
        may("published", published()),
        is("offsets", TEXT),
        is("zones", list(zone())),
        is("entities", list(entity())),
        is("times", list(time())),
        is("quantities", list(quantity())),
        is("events", list(event())),
        is("event_relations", list(event_relation())),
        is("quotes", list(quote())),
        may("main_event", main_event()),
        is("windows", INTEGER),
        is("warnings", list(TEXT)),
        may("duplicate_of", record(vec![is("id", TEXT), is("similarity", NUMBER)])),
        may("text", TEXT),
    ]
}

/// The fields of a location, which stand among those of what has it.
fn location() -> [FieldRef; 4] {
    [is("field", TEXT), is("start", INTEGER), is("end", INTEGER), is("text", TEXT)]
}

fn located(before: Vec<FieldRef>, after: Vec<FieldRef>) -> DataType {
    record(before.into_iter().chain(location()).chain(after).collect())
}

fn published() -> DataType {
    let place = record(location().to_vec());
    record(vec![is("value", TEXT), is("source", TEXT), may("location", place)])
}

fn zone() -> DataType {
    record(vec![is("kind", TEXT), is("field", TEXT), is("start", INTEGER), is("end", INTEGER)])
}

fn entity() -> DataType {
    record(vec![
        is("id", TEXT),
        is("type", TEXT),
        may("subtype", TEXT),
        is("name", TEXT),
        is("aliases", list(TEXT)),
        is("titles", list(TEXT)),
        is("affiliations", list(TEXT)),
        may("country", TEXT),
        may("latitude", NUMBER),
        may("longitude", NUMBER),
        is("salience", NUMBER),
        is("mentions", list(mention())),
    ])
}

fn mention() -> DataType {
    located(vec![], vec![is("kind", TEXT), is("score", NUMBER), may("metonymy", TEXT)])
}

fn time() -> DataType {
    located(
        vec![is("id", TEXT)],
        vec![is("type", TEXT), may("value", TEXT), may("mod", TEXT), may("anchor", TEXT)],
    )
}

fn quantity() -> DataType {
    located(
        vec![is("id", TEXT)],
        vec![is("type", TEXT), may("value", NUMBER), may("unit", TEXT), may("mod", TEXT)],
    )
}

fn event() -> DataType {
    record(vec![
        is("id", TEXT),
        is("type", TEXT),
        is("family", TEXT),
        may("mode", TEXT),
        is("label", TEXT),
        is("score", NUMBER),
        is("salience", TEXT),
        is("mentions", list(located(vec![], vec![is("factuality", factuality())]))),
        is("roles", list(role())),
        may("time", record(vec![may("value", TEXT), may("ref", TEXT), may("inferred", TEXT)])),
        may(
            "place",
            record(vec![may("entity", TEXT), may("country", TEXT), may("inferred", TEXT)]),
        ),
        is("factuality", factuality()),
        may("attribution", attribution()),
        is("codes", record(vec![may("plover", TEXT), may("cameo", TEXT), may("ace", TEXT)])),
    ])
}

fn factuality() -> DataType {
    record(vec![
        is("status", TEXT),
        is("polarity", TEXT),
        is("certainty", TEXT),
        is("future", BOOLEAN),
    ])
}

fn role() -> DataType {
    located(
        vec![
            is("role", TEXT),
            may("entity", TEXT),
            may("event", TEXT),
            may("time", TEXT),
            may("quantity", TEXT),
        ],
        vec![may("inferred", TEXT)],
    )
}

fn attribution() -> DataType {
    let cue = record(location().to_vec());
    // There is always one, but Arrow can't join columns where what is never null stands in what
    // may be.
    record(vec![may("source", TEXT), may("cue", cue), is("kind", TEXT)])
}

fn event_relation() -> DataType {
    record(vec![is("type", TEXT), is("from", TEXT), is("to", TEXT)])
}

fn quote() -> DataType {
    located(vec![], vec![is("kind", TEXT), may("speaker", TEXT)])
}

fn main_event() -> DataType {
    record(vec![
        is("event", TEXT),
        is("who", list(TEXT)),
        is("what", TEXT),
        may("when", TEXT),
        may("when_inferred", TEXT),
        may("where", TEXT),
        may("where_inferred", TEXT),
        may("why", TEXT),
        may("how", TEXT),
    ])
}
