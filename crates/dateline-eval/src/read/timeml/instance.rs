//! MAKEINSTANCE: tense, polarity and modality of an event.

use std::collections::HashMap;

use crate::notes::Notes;
use crate::read::Problem;
use crate::sample::{Event, Factuality};

/// What MAKEINSTANCE says of an event.
pub(super) struct Instance {
    polarity: String,
    tense: String,
    modality: String,
    pos: String,
}

impl Instance {
    /// The event's id and what is said of it.
    pub(super) fn read(
        mut attributes: HashMap<String, String>,
    ) -> Result<(String, Instance), Problem> {
        let mut take = |name: &str| attributes.remove(name).unwrap_or_default();
        let event = take("eventID");
        if event.is_empty() {
            return Err(Problem::Record("MAKEINSTANCE without eventID".to_owned()));
        }
        let instance = Instance {
            polarity: take("polarity"),
            tense: take("tense"),
            modality: take("modality").to_ascii_lowercase(),
            pos: take("pos"),
        };
        Ok((event, instance))
    }

    /// Puts it into the event, as far as it is plain.
    pub(super) fn apply(&self, event: &mut Event, notes: &mut Notes) {
        let owned = |text: &str| Some(text.to_owned());
        let polarity = match self.polarity.as_str() {
            "POS" => owned("positive"),
            "NEG" => owned("negative"),
            _ => None,
        };
        let future = match self.tense.as_str() {
            "FUTURE" => Some(true),
            "PAST" | "PRESENT" => Some(false),
            _ => None,
        };
        let certainty = match self.modality.as_str() {
            "may" | "might" | "could" | "can" | "possible" | "potential" => owned("possible"),
            "likely" | "likelihood" => owned("probable"),
            "" | "none" => None,
            other => {
                notes.note(format!("modality {other}"));
                None
            }
        };
        let facts = Factuality { status: None, polarity, certainty, future };
        event.factuality = (facts != Factuality::default()).then_some(facts);
        for mention in &mut event.mentions {
            mention.factuality.clone_from(&event.factuality);
            mention.pos = match self.pos.as_str() {
                "" | "UNKNOWN" => None,
                "VERB" => owned("verb"),
                "NOUN" => owned("noun"),
                _ => owned("other"),
            };
        }
    }
}
