//! What pairing found.

/// How many ids of a kind are kept to be named; all are counted.
const NAMED: usize = 10;

/// What pairing found; complete once the pairs are at their end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairing {
    /// Documents with gold and prediction.
    pub paired: u64,
    /// Documents of the gold without a prediction.
    pub missing: Named,
    /// Predictions without gold.
    pub extra: Named,
}

/// A count and the first of the ids counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub first: Vec<String>,
}

impl Named {
    pub(super) fn add(&mut self, id: &str) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(id.to_owned());
        }
    }

    fn list(&self) -> String {
        let mut list = self.first.join(", ");
        if self.count > self.first.len() as u64 {
            list.push_str(", …");
        }
        list
    }
}

impl Pairing {
    /// One line for each thing that a person should know.
    pub fn messages(&self) -> Vec<String> {
        let number = |count: u64| {
            if count == 1 { "1 document".to_owned() } else { format!("{count} documents") }
        };
        let mut messages = Vec::new();
        if self.missing.count > 0 {
            let (count, list) = (number(self.missing.count), self.missing.list());
            messages
                .push(format!("{count} of the gold without a prediction, scored as empty: {list}"));
        }
        if self.extra.count > 0 {
            let (count, list) = (number(self.extra.count), self.extra.list());
            messages.push(format!("{count} of the predictions without gold, not scored: {list}"));
        }
        messages
    }
}
