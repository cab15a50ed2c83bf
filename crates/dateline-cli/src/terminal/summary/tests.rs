//! The summary of a record made by hand, so that no model decides what is tested.

use dateline::Document;
use serde_json::{Value, json};

use super::write;

fn at(text: &str) -> Value {
    json!({"field": "text", "start": 0, "end": 1, "text": text})
}

fn with(mut location: Value, more: &Value) -> Value {
    for (key, value) in more.as_object().unwrap() {
        location[key] = value.clone();
    }
    location
}

fn entity(id: &str, kind: &str, name: &str, count: usize, more: &Value) -> Value {
    let mention = with(at(name), &json!({"kind": "name", "score": 0.9}));
    let entity = json!({
        "id": id, "type": kind, "subtype": null, "name": name, "aliases": [], "titles": [],
        "affiliations": [], "country": null, "salience": count as f64 / 10.0, "mentions": vec![mention; count],
    });
    with(entity, more)
}

fn event(id: &str, kind: &str, label: &str, salience: &str, more: &Value) -> Value {
    let factuality = json!({"status": "actual", "polarity": "positive", "certainty": "certain", "future": false});
    let event = json!({
        "id": id, "type": kind, "family": "f", "mode": null, "label": label, "score": 0.9,
        "salience": salience, "roles": [], "time": null, "place": null, "attribution": null,
        "mentions": [with(at("met"), &json!({"factuality": factuality}))],
        "factuality": factuality, "codes": {"plover": null, "cameo": null, "ace": null},
    });
    with(event, more)
}

fn role(name: &str, text: &str, more: &Value) -> Value {
    with(with(at(text), &json!({"role": name, "inferred": null})), more)
}

fn document() -> Document {
    let when = json!({"id": "t1", "type": "DATE", "value": "2024-03-12", "mod": null,
        "anchor": "published"});
    let year = json!({"id": "t2", "type": "DATE", "value": "2011", "mod": "START", "anchor": null});
    let talks = event(
        "ev2",
        "diplomacy.talks",
        "fisheries talks",
        "main",
        &json!({
            "roles": [
                role("participant", "Solheim", &json!({"entity": "e1"})),
                role("participant", "Kenyan envoys", &json!({})),
                role("topic", "renewal", &json!({"event": "ev1"})),
            ],
            "time": {"value": "2024-03-12", "ref": "t1", "inferred": null},
            "place": {"entity": "e2", "country": "NOR", "inferred": "dateline"},
            "attribution": {"source": "e1", "cue": at("said"), "kind": "indirect"},
        }),
    );
    let renewal = event(
        "ev1",
        "agreement.sign",
        "accord renewal",
        "foreground",
        &json!({
            "mode": "renew",
            "factuality": {"status": "proposed", "polarity": "negative", "certainty": "possible",
                "future": true},
        }),
    );
    serde_json::from_value(json!({
        "schema": "dateline/1", "id": "a.txt", "title": "Envoys meet\nin Oslo", "language": "en",
        "published": {"value": "2024-03-13", "source": "wire id"}, "offsets": "codepoint",
        "zones": [],
        "entities": [
            entity("e3", "PERSON", "Tom Lund", 1, &json!({})),
            entity("e1", "PERSON", "Ingrid Solheim", 3, &json!({
                "titles": ["Foreign Minister"], "country": "NOR", "aliases": ["Solheim"]})),
            entity("e2", "PLACE", "Oslo", 1, &json!({"subtype": "city", "country": "NOR"})),
            entity("e4", "MISC", "\u{1b}[31mRed\0", 2, &json!({})),
        ],
        "times": [with(at("Tuesday"), &when), with(at("Tuesday"), &when),
            with(at("early 2011"), &year)],
        "quantities": [with(at("about 300 people"), &json!({"id": "q1", "type": "count",
            "value": 300.0, "unit": "people", "mod": "APPROX"}))],
        "events": [renewal, talks], "event_relations": [], "quotes": [], "main_event": null,
        "windows": 1, "warnings": ["no date"],
    }))
    .unwrap()
}

#[test]
fn reads_well_without_colours() {
    let mut bytes = Vec::new();
    write(&mut anstream::StripStream::new(&mut bytes), &document()).unwrap();
    insta::assert_snapshot!(String::from_utf8(bytes).unwrap());
}

#[test]
fn only_our_own_escapes_reach_the_terminal() {
    let mut bytes = Vec::new();
    write(&mut bytes, &document()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains('\u{1b}') && !text.contains("\u{1b}[31mRed") && !text.contains('\0'));
}
