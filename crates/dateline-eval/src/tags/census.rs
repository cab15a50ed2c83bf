use super::{OUTSIDE, Prefix, Scheme, Tag};

/// Faults that a file's tags would be in each scheme; the scheme with the fewest is theirs. Holds
/// one tag at a time, however long the file is.
#[derive(Clone, Debug)]
pub struct Census {
    /// In the order of [`Scheme::ALL`].
    counts: [Faults; Scheme::ALL.len()],
    /// The tag before.
    prefix: Prefix,
    kind: String,
}

/// What would be wrong with the tags in one scheme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Faults {
    all: u64,
    /// Those of prefixes that the scheme does not have; they weigh more where all are equal.
    foreign: u64,
}

impl Default for Census {
    fn default() -> Census {
        let counts = [Faults::default(); Scheme::ALL.len()];
        Census { counts, prefix: Prefix::Outside, kind: String::new() }
    }
}

impl Census {
    /// Counts one tag of a sentence.
    pub fn count(&mut self, tag: Tag<'_>) {
        let previous = Tag { prefix: self.prefix, kind: &self.kind };
        if (previous, tag) == (OUTSIDE, OUTSIDE) {
            return;
        }
        for (faults, scheme) in self.counts.iter_mut().zip(Scheme::ALL) {
            faults.all += u64::from(tag.fault(previous, scheme).is_some());
            faults.foreign += u64::from(!scheme.has(tag.prefix));
        }
        self.prefix = tag.prefix;
        self.kind.clear();
        self.kind.push_str(tag.kind);
    }

    /// Ends a sentence, and what its last tag left open.
    pub fn end_sentence(&mut self) {
        self.count(OUTSIDE);
    }

    /// The scheme in which the fewest tags are illegal.
    pub fn scheme(&self) -> Scheme {
        let best = self.counts.iter().zip(Scheme::ALL).min_by_key(|(faults, _)| **faults);
        best.map_or(Scheme::Iob2, |(_, scheme)| scheme)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tags::parsed;

    #[test]
    fn schemes_are_told_apart() {
        let cases: [(&[&str], Scheme); 13] = [
            (&["O I-PER I-PER O", "I-LOC"], Scheme::Io),
            (&["O I-PER B-PER O", "I-LOC"], Scheme::Iob1),
            (&["O B-PER I-PER O", "B-LOC"], Scheme::Iob2),
            (&["B-PER B-PER O"], Scheme::Iob2),
            // One illegal I- among many IOB2 tags does not make them IOB1.
            (&["B-PER I-PER O", "B-LOC O", "O I-ORG"], Scheme::Iob2),
            // Nor does one S- among them make them BIOES.
            (&["B-PER I-PER O", "B-LOC O", "B-LOC O", "O S-ORG"], Scheme::Iob2),
            (&["B-PER E-PER O S-LOC"], Scheme::Bioes),
            (&["S-PER O"], Scheme::Bioes),
            // One run left open does not make them IOB2.
            (&["B-PER O", "S-LOC"], Scheme::Bioes),
            (&["S-LOC B-PER"], Scheme::Bioes),
            (&["B-PER L-PER O U-LOC"], Scheme::Bilou),
            (&["B-PER I-PER L-PER", "U-LOC S-LOC"], Scheme::Bilou),
            (&["O O"], Scheme::Iob2),
        ];
        for (sentences, expected) in cases {
            let mut census = Census::default();
            for sentence in sentences {
                parsed(sentence).into_iter().for_each(|tag| census.count(tag));
                census.end_sentence();
            }
            assert_eq!(census.scheme(), expected, "{sentences:?}");
        }
    }
}
