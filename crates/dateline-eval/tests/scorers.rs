//! Scorers on articles worked by hand.

use std::path::Path;

use dateline_eval::cells::Cell;
use dateline_eval::mapping::Maps;
use dateline_eval::mistakes::MistakeKind;
use dateline_eval::rules;
use dateline_eval::sample::Sample;
use dateline_eval::score::{Task, calibration, clusters, entities, events, places, times};
use dateline_eval::tally::{ALL, Dropped, Side, Tally, Why};
use serde_json::{Value, json};

fn sample(value: Value) -> Sample {
    serde_json::from_value(value).expect("a sample")
}

/// The `nth` occurrence of some words, with further members.
fn at(text: &str, words: &str, nth: usize, more: Value) -> Value {
    let (byte, _) = text.match_indices(words).nth(nth).expect("the words stand in the text");
    let start = text[..byte].chars().count();
    let mut location = json!({"start": start, "end": start + words.chars().count(), "text": words});
    let members = location.as_object_mut().expect("an object");
    members.extend(more.as_object().cloned().unwrap_or_default());
    location
}

fn maps(text: &str) -> Maps {
    Maps::parse(text, Path::new("map.toml")).expect("a map")
}

fn dropped(tally: &Tally, task: &'static str, side: Side, why: Why, label: &str) -> u64 {
    let key = Dropped { task, side, why, label: label.to_string() };
    tally.dropped.get(&key).copied().unwrap_or(0)
}

fn entity(kind: &str, mentions: &[(usize, usize)]) -> Value {
    let mentions: Vec<Value> =
        mentions.iter().map(|(start, end)| json!({"start": start, "end": end})).collect();
    json!({"type": kind, "mentions": mentions})
}

#[test]
fn entities_with_optional_alternative_dropped_and_unannotated_items() {
    let gold = sample(json!({"id": "a", "title": "Ünïcode", "entities": [
        entity("PER", &[(0, 5)]),
        // "the United States" or "United States".
        {"type": "GPE", "mentions": [{"start": 10, "end": 27, "alternatives": [{"start": 14, "end": 27}]}]},
        {"type": "PER", "mentions": [{"start": 30, "end": 35, "optional": true}]},
        {"type": "PER", "mentions": [{"start": 36, "end": 39, "optional": true}]},
        entity("TITLE", &[(40, 49)]),
        entity("ORG", &[(50, 60)]),
        entity("ORG", &[(200, 210)]),
        {"type": "ORG", "mentions": [{"field": "title", "start": 0, "end": 7}]},
    ], "annotated": [{"start": 0, "end": 100}, {"field": "title", "start": 0, "end": 7}]}));
    let predicted = sample(json!({"id": "a", "entities": [
        entity("PERSON", &[(0, 5)]),
        entity("ORG", &[(14, 27)]),      // an alternative span, and one of two types
        entity("PERSON", &[(30, 35)]),   // on an optional mention
        entity("PERSON", &[(42, 46)]),   // on one whose label maps to nothing
        entity("NORP", &[(70, 75)]),     // a type of ours that gold does not label
        entity("PERSON", &[(50, 60)]),   // wrong type
        entity("ORG", &[(200, 210)]),    // outside of what is annotated
        {"type": "ORG", "mentions": [{"field": "title", "start": 0, "end": 7}, {"field": "title", "start": 0, "end": 7}]},
        entity("PLACE", &[(80, 85)]),    // spurious
    ]}));
    let maps = maps(
        "[entities]\nPER = \"PERSON\"\nGPE = [\"PLACE\", \"ORG\"]\nORG = \"ORG\"\nTITLE = \"\"\n",
    );
    let mut tally = Tally::default();
    entities(&gold, &predicted, &maps, &mut tally).expect("scored");
    // Compared: 4 gold (PER, GPE, ORG, title ORG), 5 predictions; 3 of them right.
    assert_eq!(tally.cell("entities", "strict", ALL), Cell::matched(3.0, 5.0, 4.0));
    assert_eq!(tally.cell("entities", "exact span", ALL), Cell::matched(4.0, 5.0, 4.0));
    assert_eq!(tally.cell("entities", "strict", "ORG"), Cell::matched(2.0, 2.0, 3.0));
    assert_eq!(tally.cell("entities", "strict", "PLACE"), Cell::matched(0.0, 1.0, 0.0));
    let of = |side, why, label| dropped(&tally, "entities", side, why, label);
    assert_eq!(of(Side::Gold, Why::Optional, "PER"), 2);
    assert_eq!(of(Side::Gold, Why::LabelMapsToNothing, "TITLE"), 1);
    assert_eq!(of(Side::Gold, Why::NotAnnotated, "ORG"), 1);
    assert_eq!(of(Side::Predicted, Why::OnDroppedGold, "PERSON"), 1);
    assert_eq!(of(Side::Predicted, Why::OnOptionalGold, "PERSON"), 1);
    assert_eq!(of(Side::Predicted, Why::TypeNotInGold, "NORP"), 1);
    assert_eq!(of(Side::Predicted, Why::NotAnnotated, "ORG"), 1);
    assert_eq!(of(Side::Predicted, Why::Duplicate, "ORG"), 1);
    // Every item is accounted for: 8 gold mentions, 10 predicted ones.
    let left =
        |side| tally.dropped.iter().filter(|(of, _)| of.side == side).map(|of| of.1).sum::<u64>();
    assert_eq!((4 + left(Side::Gold), 5 + left(Side::Predicted)), (8, 10));
    assert_eq!(tally.confusion[&("ORG".to_string(), "PERSON".to_string())], 1);
    assert_eq!(tally.confusion[&(String::new(), "PLACE".to_string())], 1);
    let mistakes: Vec<_> =
        tally.mistakes.kinds().map(|(_, kind, total, _)| (kind, total)).collect();
    assert_eq!(mistakes, [(MistakeKind::Spurious, 1), (MistakeKind::WrongType, 1)]);
    // Text offsets stand behind the title on the axis of the article: seven characters and a gap.
    let (_, _, _, kept) = tally.mistakes.kinds().last().expect("wrong type");
    assert_eq!(kept[0].gold.as_ref().map(|item| (item.start, item.end)), Some((58, 68)));
}

#[test]
fn nested_mentions_are_paired_with_their_own_span() {
    // Gold nests a place in an organization; predictions name the inner one first in text order.
    let gold = sample(
        json!({"id": "a", "entities": [entity("ORG", &[(0, 20)]), entity("PLACE", &[(0, 7)])]}),
    );
    let predicted = sample(
        json!({"id": "a", "entities": [entity("PLACE", &[(0, 7)]), entity("ORG", &[(0, 20)])]}),
    );
    let mut tally = Tally::default();
    entities(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
    for metric in ["strict", "exact span", "partial", "type"] {
        assert_eq!(tally.cell("entities", metric, ALL), Cell::matched(2.0, 2.0, 2.0), "{metric}");
    }
    assert_eq!(tally.mistakes.kinds().count(), 0);
}

#[test]
fn an_unknown_label_is_named_with_its_place() {
    let gold = sample(json!({"id": "news-7", "entities": [entity("FAC", &[(3, 9)])]}));
    let nothing = sample(json!({"id": "news-7", "entities": []}));
    let maps = maps("[entities]\nPER = \"PERSON\"\n");
    let error = entities(&gold, &nothing, &maps, &mut Tally::default()).expect_err("unknown");
    let message = error.to_string();
    for part in ["gold entity label \"FAC\"", "\"news-7\"", "3 to 9", "[entities]"] {
        assert!(message.contains(part), "{message}");
    }
    let predicted = sample(json!({"id": "news-7", "entities": [entity("Persn", &[(3, 9)])]}));
    let gold = sample(json!({"id": "news-7", "entities": []}));
    let error = entities(&gold, &predicted, &maps, &mut Tally::default()).expect_err("unknown");
    assert!(error.to_string().contains("predicted entity label \"Persn\""), "{error}");
    // One of the other labels that count as right, not the item's own.
    let also = json!({"type": "PER", "types": ["FAC"], "mentions": [{"start": 3, "end": 9}]});
    let gold = sample(json!({"id": "news-7", "entities": [also]}));
    let error = entities(&gold, &nothing, &maps, &mut Tally::default()).expect_err("unknown");
    assert!(error.to_string().contains("gold entity label \"FAC\""), "{error}");
}

#[test]
fn a_layer_that_gold_does_not_have_is_not_scored() {
    let gold = sample(json!({"id": "a"}));
    let predicted = sample(json!({"id": "a", "entities": [entity("PERSON", &[(0, 5)])]}));
    let mut tally = Tally::default();
    for task in Task::ALL {
        assert!(!task.is_labelled(&gold));
        task.score(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
    }
    assert_eq!(tally, Tally::default());
}

#[test]
fn times_by_the_definitions_of_tempeval_3() {
    let gold = sample(json!({"id": "a", "times": [
        {"start": 0, "end": 10, "type": "DATE", "value": "2020-05-14"},
        {"start": 20, "end": 30, "type": "DURATION", "value": "P3D"},
        {"start": 40, "end": 50, "type": "DATE", "value": "2020-05"},
        {"start": 70, "end": 75, "type": "DATE", "value": "2020", "optional": true},
    ]}));
    let predicted = sample(json!({"id": "a", "times": [
        {"start": 0, "end": 10, "type": "DATE", "value": "2020-05-14"},
        {"start": 22, "end": 30, "type": "DURATION", "value": "P4D"},
        {"start": 41, "end": 50, "type": "DATE", "value": "2020-05-14"},
        {"start": 60, "end": 65, "type": "SET", "value": "P1D"},
        {"start": 71, "end": 75, "type": "DATE", "value": "2021"},
    ]}));
    let mut tally = Tally::default();
    times(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
    let cell = |metric| tally.cell("times", metric, ALL);
    assert_eq!(cell("relaxed"), Cell::matched(3.0, 4.0, 3.0));
    assert_eq!(cell("strict"), Cell::matched(1.0, 4.0, 3.0));
    assert_eq!(cell("value"), Cell::matched(1.0, 4.0, 3.0));
    assert_eq!(cell("type"), Cell::matched(3.0, 4.0, 3.0));
    assert_eq!(cell("value accuracy"), Cell::accuracy(1.0, 3.0));
    assert_eq!(cell("type accuracy"), Cell::accuracy(3.0, 3.0));
    assert_eq!(cell("wrong grain only"), Cell::accuracy(1.0, 2.0));
    // TempEval-3: attribute F1 = F1 of the relaxed spans × accuracy of the attribute.
    let product = cell("relaxed").f1() * cell("value accuracy").f1();
    assert!((cell("value").f1() - product).abs() < 1e-12);
    assert_eq!(tally.mistakes.total("times", MistakeKind::WrongGrain), 1);
    assert_eq!(tally.mistakes.total("times", MistakeKind::WrongValue), 1);
}

const TEXT: &str = "Rebels attacked the town. Talks between Arvonia and Beland collapsed after the attack. It fell.";

const EVENT_MAP: &str = "[events]\nAttack = \"military.attack\"\nMeet = [\"diplomacy.talks\", \"diplomacy.visit\"]\nBreak = \"\"\n";

fn gold_events() -> Sample {
    let at = |words, nth, more| at(TEXT, words, nth, more);
    sample(json!({"id": "a", "text": TEXT,
        "entities": [{"id": "n1", "type": "PLACE", "mentions": [at("the town", 0, json!({})), at("It", 0, json!({}))]}],
        "events": [
            {"id": "e1", "type": "Attack", "mentions": [
                at("attacked", 0, json!({"pos": "verb", "factuality": {"status": "actual", "polarity": "positive"}})),
                at("attack", 1, json!({"pos": "noun"})),
             ], "roles": [
                at("Rebels", 0, json!({"role": "agent"})),
                at("the town", 0, json!({"role": "target", "entity": "n1"})),
                at("Talks", 0, json!({"role": "time", "inferred": "sentence"})),
             ], "label": "the attack on the town", "time": {"value": "2020-05-14"}},
            {"id": "e2", "type": "Meet", "mentions": [at("Talks", 0, json!({"pos": "noun", "factuality": {"status": "planned"}}))],
             "roles": [at("Arvonia", 0, json!({"role": "participant"})), at("Beland", 0, json!({"role": "participant"}))]},
            {"id": "e3", "type": "Break", "mentions": [at("collapsed", 0, json!({"pos": "verb"}))]},
        ],
        "main_event": {"event": "e1", "answers": {"who": ["rebel fighters"], "what": ["attacked the town"], "when": ["2020-05-14"], "where": []}}}))
}

fn predicted_events(target: Value) -> Sample {
    let at = |words, nth, more| at(TEXT, words, nth, more);
    sample(json!({"id": "a",
        "entities": [{"id": "p1", "type": "GROUP", "mentions": [at("Rebels", 0, json!({}))]}],
        "events": [
            {"id": "v1", "type": "military.attack", "label": "town attacks", "mentions": [
                at("attacked", 0, json!({"pos": "verb", "factuality": {"status": "actual", "polarity": "negative"}}))],
             "roles": [at("Rebels", 0, json!({"role": "agent"})), target], "time": {"value": "2020-05-14"}},
            {"id": "v2", "type": "diplomacy.talks", "mentions": [at("Talks", 0, json!({"pos": "noun"}))],
             "factuality": {"status": "actual"},
             "roles": [at("Arvonia", 0, json!({"role": "agent"})), at("Beland", 0, json!({"role": "participant"}))]},
            {"id": "v3", "type": "statement.say", "mentions": [at("collapsed", 0, json!({"pos": "verb"}))]},
            {"id": "v4", "type": "military.attack", "mentions": [at("after", 0, json!({"pos": "other"}))]},
            {"id": "v5", "type": "crime.violence", "mentions": [at("town", 0, json!({"pos": "noun"}))]},
        ],
        "main_event": {"event": "v1", "who": ["p1"], "what": "town attacks", "when": "2020-05-14", "where": "p1"}}))
}

fn score_events(target: Value) -> Tally {
    let mut tally = Tally::default();
    let (gold, predicted) = (gold_events(), predicted_events(target));
    Task::Events.score(&gold, &predicted, &maps(EVENT_MAP), &mut tally).expect("scored");
    // Every metric has a rule to print beside it.
    for key in tally.cells.keys() {
        assert!(rules::find(key.task, key.metric).is_some(), "{key:?}");
    }
    tally
}

#[test]
fn triggers_of_all_labels_and_of_those_that_map() {
    let tally = score_events(at(TEXT, "town", 0, json!({"role": "target"})));
    let cell = |metric, group| tally.cell("events", metric, group);
    // Four gold triggers, five predictions: attacked, Talks, collapsed are found.
    assert_eq!(cell("TI exact, all triggers", ALL), Cell::matched(3.0, 5.0, 4.0));
    // Without "collapsed" (its label maps to nothing) and "town" (no gold label is crime.violence).
    assert_eq!(cell("TI exact", ALL), Cell::matched(2.0, 3.0, 3.0));
    assert_eq!(cell("TC exact", ALL), Cell::matched(2.0, 3.0, 3.0));
    assert_eq!(cell("TI exact", "verb"), Cell::matched(1.0, 1.0, 1.0));
    assert_eq!(cell("TI exact", "noun"), Cell::matched(1.0, 1.0, 2.0));
    assert_eq!(cell("TC exact", "military.attack"), Cell::matched(1.0, 2.0, 2.0));
    assert_eq!(cell("TC exact", "diplomacy.talks"), Cell::matched(1.0, 1.0, 1.0));
    let of = |side, why, label| dropped(&tally, "events", side, why, label);
    assert_eq!(of(Side::Gold, Why::LabelMapsToNothing, "Break"), 1);
    assert_eq!(of(Side::Predicted, Why::OnDroppedGold, "statement.say"), 1);
    assert_eq!(of(Side::Predicted, Why::TypeNotInGold, "crime.violence"), 1);
    assert_eq!(tally.mistakes.total("events", MistakeKind::Missed), 1);
    assert_eq!(tally.mistakes.total("events", MistakeKind::Spurious), 1);
    assert_eq!(cell("event time", ALL), Cell::accuracy(1.0, 1.0));
}

#[test]
fn arguments_by_span_head_and_entity() {
    let tally = score_events(at(TEXT, "town", 0, json!({"role": "target"})));
    let cell = |metric| tally.cell("events", metric, ALL);
    // "town" is not "the town", but its head; Arvonia is found in another role.
    for (metric, hits) in [
        ("AI exact", 3.0),
        ("AC exact", 2.0),
        ("AI head", 4.0),
        ("AC head", 3.0),
        ("AI+ exact", 3.0),
        ("AC+ exact", 2.0),
        ("AI+ head", 4.0),
        ("AC+ head", 3.0),
        ("AC+ coreferent", 3.0),
        ("AC+ exact, found triggers", 2.0),
    ] {
        assert_eq!(cell(metric), Cell::matched(hits, 4.0, 4.0), "{metric}");
    }
    assert_eq!(tally.cell("events", "AC+ head", "participant"), Cell::matched(1.0, 1.0, 2.0));
    assert_eq!(tally.cell("events", "AC+ head", "agent"), Cell::matched(1.0, 2.0, 1.0));
    // The filler that is not stated is counted apart.
    assert_eq!(tally.cell("events, inferred", "AC+ head", ALL), Cell::matched(0.0, 0.0, 1.0));
    assert_eq!(tally.mistakes.total("arguments", MistakeKind::WrongRole), 1);

    let tally = score_events(at(TEXT, "It", 0, json!({"role": "target"})));
    assert_eq!(tally.cell("events", "AC+ head", ALL), Cell::matched(2.0, 4.0, 4.0));
    assert_eq!(tally.cell("events", "AC+ coreferent", ALL), Cell::matched(3.0, 4.0, 4.0));
}

#[test]
fn arguments_of_a_missing_trigger_are_wrong_only_where_they_are_attached() {
    let (gold, mut predicted) =
        (gold_events(), predicted_events(at(TEXT, "the town", 0, json!({"role": "target"}))));
    // The attack's trigger is put elsewhere: its arguments are found, but hang on nothing.
    let trigger = serde_json::from_value(at(TEXT, "fell", 0, json!({}))).expect("a trigger");
    predicted.events.as_mut().expect("events")[0].mentions = vec![trigger];
    let mut tally = Tally::default();
    events(&gold, &predicted, &maps(EVENT_MAP), &mut tally).expect("scored");
    let cell = |metric| tally.cell("events", metric, ALL);
    assert_eq!(cell("AC exact"), Cell::matched(3.0, 4.0, 4.0));
    assert_eq!(cell("AC+ exact"), Cell::matched(1.0, 4.0, 4.0));
    assert_eq!(cell("AC+ exact, found triggers"), Cell::matched(1.0, 2.0, 2.0));
}

#[test]
fn participants_count_whatever_their_role() {
    let text = "Lena Marsh sold the mill to Beland on Monday.";
    let at = |words, more| at(text, words, 0, more);
    let layer = |kind: &str, roles: Value| {
        let event =
            json!({"id": "1", "type": kind, "mentions": [at("sold", json!({}))], "roles": roles});
        sample(json!({"id": "a", "text": text, "times": [], "entities": [], "events": [event]}))
    };
    let gold = layer(
        "OTHER",
        json!([
            at("Lena Marsh", json!({"role": "Arg0"})),
            at("mill", json!({"role": "Arg1"})),
            at("Monday", json!({"role": "Argm", "time": "t1"})),
        ]),
    );
    let predicted = layer(
        "trade.sale",
        json!([
            at("mill", json!({"role": "item"})),
            at("Beland", json!({"role": "buyer"})),
            at("sold", json!({"role": "content", "event": "1"})),
        ]),
    );
    let map = "foreign_roles = true\nparticipants = true\n[events]\nOTHER = [\"trade.sale\"]\n";
    let mut tally = Tally::default();
    events(&gold, &predicted, &maps(map), &mut tally).expect("scored");
    let cell = |metric| tally.cell("events", metric, ALL);
    assert_eq!(cell("AI+ head, found triggers"), Cell::matched(1.0, 2.0, 2.0));
    assert_eq!(cell("AC+ head, found triggers"), Cell::default());
}

#[test]
fn factuality_labels_and_the_main_event() {
    let tally = score_events(at(TEXT, "town", 0, json!({"role": "target"})));
    let cell = |task, metric, group| tally.cell(task, metric, group);
    assert_eq!(cell("factuality", "status", ALL), Cell::accuracy(1.0, 2.0));
    assert_eq!(cell("factuality", "status", "actual"), Cell::matched(1.0, 2.0, 1.0));
    assert_eq!(cell("factuality", "status", "planned"), Cell::matched(0.0, 0.0, 1.0));
    assert_eq!(cell("factuality", "polarity", ALL), Cell::accuracy(0.0, 1.0));
    assert_eq!(cell("factuality", "negated", ALL), Cell::matched(0.0, 1.0, 0.0));
    // "the attack on the town" and "town attacks": two of three and two words in common.
    assert_eq!(cell("labels", "exact", ALL), Cell::accuracy(0.0, 1.0));
    assert_eq!(cell("labels", "token F1", ALL), Cell::accuracy(0.8, 1.0));
    assert_eq!(cell("labels", "head", ALL), Cell::accuracy(1.0, 1.0));
    let main = |metric| cell("main event", metric, ALL).precision_hits;
    assert_eq!((main("event"), main("type")), (1.0, 1.0));
    // Gold has no place and no reason: an answer to where is wrong, none to why is right.
    assert_eq!((main("who"), main("what"), main("when")), (1.0, 1.0, 1.0));
    assert_eq!((main("where"), main("why")), (0.0, 1.0));
}

#[test]
fn attribution_by_any_mention_of_the_source() {
    let text = "Lena Marsh said the bridge fell. She added that boats sank, Beland said.";
    let at = |words, nth, more| at(text, words, nth, more);
    let layer = |first: Value, second: Value| {
        json!({"id": "a", "text": text, "entities": [
            {"id": "s", "type": "PERSON", "mentions": [at("Lena Marsh", 0, json!({})), at("She", 0, json!({}))]},
            {"id": "b", "type": "PLACE", "mentions": [at("Beland", 0, json!({}))]},
        ], "events": [
            {"id": "1", "type": "x.fall", "mentions": [at("fell", 0, json!({}))], "attribution": first},
            {"id": "2", "type": "x.sink", "mentions": [at("sank", 0, json!({}))], "attribution": second},
        ]})
    };
    let gold = sample(layer(json!({"speaker": at("Marsh", 0, json!({}))}), json!({"source": "b"})));
    let predicted = sample(layer(json!({"source": "s"}), json!({"source": "s"})));
    let mut tally = Tally::default();
    Task::Events.score(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
    assert_eq!(tally.cell("attribution", "source", ALL), Cell::matched(1.0, 2.0, 2.0));
    assert_eq!(tally.mistakes.total("attribution", MistakeKind::WrongSource), 1);
}

#[test]
fn places_not_found_are_wrong() {
    let place = |start: usize, country: &str, latitude: f64, longitude: f64| {
        json!({"type": "PLACE", "country": country, "latitude": latitude, "longitude": longitude,
               "mentions": [{"start": start, "end": start + 5}]})
    };
    let gold = sample(json!({"id": "a", "entities": [
        place(0, "FRA", 48.86, 2.35), place(10, "FRA", 45.76, 4.84), place(20, "DEU", 52.52, 13.4), place(30, "ITA", 41.9, 12.5),
        entity("PLACE", &[(40, 45)]),
    ]}));
    let predicted = sample(json!({"id": "a", "entities": [
        place(1, "FRA", 48.9, 2.4),                    // right, by overlap
        place(10, "USA", 34.0, -118.2),                // wrong
        {"type": "PLACE", "country": "DEU", "mentions": [{"start": 20, "end": 25}]},
    ]}));
    let mut tally = Tally::default();
    places(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
    let cell = |metric, group| tally.cell("places", metric, group);
    assert_eq!(cell("country", ALL), Cell::accuracy(2.0, 4.0));
    assert_eq!(cell("country", "FRA"), Cell::accuracy(1.0, 2.0));
    assert_eq!(cell("coverage", ALL), Cell::accuracy(3.0, 4.0));
    assert_eq!(cell("country where given", ALL), Cell::accuracy(2.0, 3.0));
    assert_eq!(cell("within 161 km", ALL), Cell::accuracy(1.0, 4.0));
    assert_eq!(cell("within 161 km where given", ALL), Cell::accuracy(1.0, 2.0));
}

#[test]
fn metonymy_of_places_found_with_their_span() {
    let place = |start: usize, metonymy: Option<&str>| {
        json!({"type": "PLACE",
        "mentions": [{"start": start, "end": start + 5, "metonymy": metonymy}]})
    };
    let gold = sample(json!({"id": "a", "entities": [
        place(0, Some("metonymic")), place(10, Some("literal")), place(20, Some("team")), place(30, Some("government")),
        place(40, Some("literal")), place(50, Some("metonymic")), place(60, None),
    ]}));
    let predicted = sample(json!({"id": "a", "entities": [
        place(0, Some("government")), place(10, Some("people")), place(20, Some("government")), place(30, None),
        place(40, None), place(51, Some("team")), place(60, Some("team")),
        {"type": "ORG", "mentions": [{"start": 50, "end": 55}]},
    ]}));
    let mut tally = Tally::default();
    Task::Places.score(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
    let cell = |metric| tally.cell("places", metric, ALL);
    assert_eq!(cell("metonymic"), Cell::matched(2.0, 3.0, 3.0));
    assert_eq!(cell("metonymy"), Cell::accuracy(3.0, 5.0));
    assert_eq!(cell("metonymy value"), Cell::accuracy(0.0, 2.0));
}

#[test]
fn clusters_end_to_end_and_over_found_mentions() {
    let gold = sample(
        json!({"id": "a", "entities": [entity("PERSON", &[(0, 5), (10, 13), (20, 23)]), entity("ORG", &[(30, 35)])]}),
    );
    let predicted =
        sample(json!({"id": "a", "entities": [entity("PERSON", &[(0, 5), (10, 13), (40, 45)])]}));
    let mut tally = Tally::default();
    clusters(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
    let cell = |metric, group| tally.cell("clusters", metric, group);
    assert_eq!(cell("MUC", "entities"), Cell::matched(1.0, 2.0, 2.0));
    // Of two mentions that both have, each stands with two of three: 4/3 on either side.
    let b_cubed = cell("B³", "entities");
    assert!(
        (b_cubed.precision() - 4.0 / 9.0).abs() < 1e-12
            && (b_cubed.recall() - 1.0 / 3.0).abs() < 1e-12
    );
    assert_eq!(cell("MUC", "entities, found mentions"), Cell::matched(1.0, 1.0, 1.0));
    assert_eq!(cell("CEAFe", "entities, found mentions"), Cell::matched(1.0, 1.0, 1.0));
}

#[test]
fn scores_are_binned_by_what_became_of_them() {
    let gold = sample(json!({"id": "a", "entities": [entity("PERSON", &[(0, 5)])]}));
    let mention = |start: usize, score: f64| json!({"type": "PERSON", "mentions": [{"start": start, "end": start + 5, "score": score}]});
    let predicted = sample(
        json!({"id": "a", "entities": [mention(0, 0.95), mention(10, 0.96), mention(20, 0.2), mention(30, 0.0)]}),
    );
    let mut tally = Tally::default();
    calibration(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
    let cell = |bin| tally.cell("calibration", "entities", bin);
    assert_eq!((cell("14").precision_hits, cell("14").predicted), (1.0, 2.0));
    // 0.2 is 3/15: the upper end of the third bin.
    assert_eq!((cell("02").predicted, cell("00").predicted), (1.0, 1.0));
    let predicted = sample(json!({"id": "a", "entities": [mention(0, 1.5)]}));
    let error =
        calibration(&gold, &predicted, &Maps::default(), &mut tally).expect_err("no probability");
    assert!(error.to_string().contains("1.5"), "{error}");
}

#[test]
fn salient_entities_are_matched_by_their_mentions() {
    let told = |kind: &str, spans: &[(usize, usize)], salience: f64| {
        let mut entity = entity(kind, spans);
        entity["salience"] = json!(salience);
        entity
    };
    let gold = sample(json!({"id": "a", "entities": [
        told("PERSON", &[(0, 5), (10, 15)], 1.0), told("ORG", &[(20, 25)], 0.8), told("ORG", &[(30, 35)], 0.0),
        {"type": "PLACE", "salience": 1.0, "mentions": [{"start": 60, "end": 65, "kind": "pronoun"}]},
    ]}));
    let predicted = sample(json!({"id": "a", "entities": [
        told("PERSON", &[(10, 15)], 0.75), told("ORG", &[(20, 25)], 0.4), told("ORG", &[(30, 35)], 0.5),
        told("ORG", &[(40, 45)], 0.9), told("ORG", &[(50, 55)], 0.1),
    ]}));
    let mut tally = Tally::default();
    Task::Salience.score(&gold, &predicted, &Maps::default(), &mut tally).expect("scored");
    // One is right, one missed, one was never there; the pronoun's is not looked for.
    assert_eq!(tally.cell("salience", "salient", ALL), Cell::matched(1.0, 2.0, 2.0));
    assert_eq!(tally.cell("salience", "salient", "PERSON"), Cell::matched(1.0, 1.0, 1.0));
    let off = tally.cell("salience", "salience off", ALL);
    assert!((off.precision_hits - (0.25 + 0.4 + 0.5)).abs() < 1e-12 && off.predicted == 3.0);
    assert_eq!(tally.dropped.values().sum::<u64>(), 1);
}
