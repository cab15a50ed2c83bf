//! Events that are labelled for the article as a whole, without triggers.

use std::collections::BTreeSet;

use super::ScoreError;
use super::labels::{self, Meaning};
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::matching::Span;
use crate::sample::Sample;
use crate::tally::{ALL, Side, Tally, Why};

const TASK: &str = "events";
const METRIC: &str = "types of the article";

/// Scores which types of events an article tells of: each label of gold once, right if an event of
/// one of its types is predicted anywhere; each predicted type once, right if it is one of some
/// gold label's. Groups: all, and gold's labels (recall alone says something there).
pub fn document_events(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let Some(events) = &gold.document_events else {
        return Ok(());
    };
    let nowhere: Span = (0, 0);
    let mut golds: BTreeSet<(&str, Vec<String>)> = BTreeSet::new();
    for event in events {
        match labels::gold(maps.events.as_ref(), &event.kind, &event.types) {
            Meaning::Unknown(label) => {
                return Err(ScoreError::unknown(gold, "gold event", &label, "events", nowhere));
            }
            Meaning::Left(why) => out.drop_item(TASK, Side::Gold, why, &event.kind),
            Meaning::Types(types) => {
                if !golds.insert((&event.kind, types)) {
                    out.drop_item(TASK, Side::Gold, Why::Duplicate, &event.kind);
                }
            }
        }
    }
    let mut found: BTreeSet<String> = BTreeSet::new();
    for event in predicted.events.iter().chain(&predicted.document_events).flatten() {
        match labels::predicted_event(maps, &event.kind) {
            Meaning::Unknown(label) => {
                let table = labels::event_table(maps);
                return Err(ScoreError::unknown(gold, "predicted event", &label, table, nowhere));
            }
            Meaning::Left(why) => out.drop_item(TASK, Side::Predicted, why, &event.kind),
            Meaning::Types(types) => {
                if !found.insert(types[0].clone()) {
                    out.drop_item(TASK, Side::Predicted, Why::Duplicate, &event.kind);
                }
            }
        }
    }
    let share = |right: bool| f64::from(u8::from(right));
    for (label, types) in &golds {
        let hit = share(types.iter().any(|kind| found.contains(kind)));
        let cell = Cell { recall_hits: hit, gold: 1.0, ..Cell::default() };
        out.add(TASK, METRIC, ALL, cell);
        out.add(TASK, METRIC, label, cell);
    }
    for kind in &found {
        let hit = share(golds.iter().any(|(_, types)| types.contains(kind)));
        out.add(TASK, METRIC, ALL, Cell { precision_hits: hit, predicted: 1.0, ..Cell::default() });
    }
    // An article without any events is an article, too.
    out.add(TASK, METRIC, ALL, Cell::default());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(json: &str) -> Sample {
        serde_json::from_str(json).expect("sample")
    }

    #[test]
    fn types_are_counted_once_an_article() {
        let gold = sample(
            r#"{"document_events": [{"type": "BOMBING"}, {"type": "BOMBING"}, {"type": "ATTACK"},
               {"type": "OTHER"}]}"#,
        );
        let predicted = sample(
            r#"{"events": [{"type": "military.attack"}, {"type": "military.attack"},
               {"type": "crime.abduction"}, {"type": "disaster.event"}]}"#,
        );
        let maps = "[events]\nBOMBING = \"military.strike\"\nOTHER = \"\"\n\
                    ATTACK = [\"military.attack\", \"crime.violence\"]\nKIDNAP = \"crime.abduction\"\n";
        let maps = Maps::parse(maps, "map".as_ref()).expect("map");
        let mut out = Tally::default();
        document_events(&gold, &predicted, &maps, &mut out).expect("scores");
        let cell = out.cell(TASK, METRIC, ALL);
        // Of bombing and attack, attack is found; of attack and abduction, attack is right.
        assert_eq!((cell.recall_hits, cell.gold), (1.0, 2.0));
        assert_eq!((cell.precision_hits, cell.predicted), (1.0, 2.0));
        let dropped = |side, why| {
            let of = out.dropped.iter().filter(|(d, _)| d.side == side && d.why == why);
            of.map(|(_, count)| *count).sum::<u64>()
        };
        assert_eq!(dropped(Side::Gold, Why::Duplicate), 1);
        assert_eq!(dropped(Side::Gold, Why::LabelMapsToNothing), 1);
        assert_eq!(dropped(Side::Predicted, Why::Duplicate), 1);
        assert_eq!(dropped(Side::Predicted, Why::TypeNotInGold), 1);
    }
}
