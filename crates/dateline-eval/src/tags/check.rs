use super::{Prefix, Scheme, Tag};

/// What is done about tags that are illegal in their scheme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Runs {
    /// Read as conlleval and seqeval (default mode) do: a change of type begins an entity, and so
    /// does `I-` after `O`; an unfinished run ends where it stops.
    #[default]
    Lenient,
    /// Read as seqeval's strict mode does: only runs that are whole and legal in the scheme are
    /// entities; tags outside of them are left out and counted.
    Legal,
    /// An illegal tag is an error.
    Strict,
}

const UNCLOSED: &str = "the entity before it is not closed";

impl Tag<'_> {
    /// Why this tag cannot follow `previous` in `scheme`. Before the first and after the last tag
    /// of a sentence stands [`OUTSIDE`](super::OUTSIDE).
    pub fn fault(&self, previous: Tag<'_>, scheme: Scheme) -> Option<&'static str> {
        if !scheme.has(self.prefix) {
            return Some(scheme.prefixes());
        }
        let open = previous.is_open();
        let continues = open && self.kind == previous.kind;
        match scheme {
            Scheme::Io => None,
            Scheme::Iob1 => (self.prefix == Prefix::Begin && !continues)
                .then_some("B- stands only after an entity of its own type"),
            Scheme::Iob2 => {
                (self.prefix == Prefix::Inside && !continues).then_some("an entity begins with B-")
            }
            Scheme::Bioes | Scheme::Bilou => match (self.goes_on(), open) {
                (true, true) => (!continues).then_some(UNCLOSED),
                (true, false) => Some("no entity is open"),
                (false, true) => Some(UNCLOSED),
                (false, false) => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn illegal_tags_are_named() {
        let unbegun = Some("an entity begins with B-");
        let cases = [
            ("O", "I-PER", Scheme::Iob2, unbegun),
            ("B-LOC", "I-PER", Scheme::Iob2, unbegun),
            ("B-PER", "I-PER", Scheme::Iob2, None),
            ("B-PER", "E-PER", Scheme::Iob2, Some("IOB2 has B-, I- and O only")),
            ("O", "I-PER", Scheme::Iob1, None),
            ("I-PER", "B-PER", Scheme::Iob1, None),
            ("O", "B-PER", Scheme::Iob1, Some("B- stands only after an entity of its own type")),
            ("O", "B-PER", Scheme::Io, Some("IO has I- and O only")),
            ("B-PER", "O", Scheme::Bioes, Some(UNCLOSED)),
            ("B-PER", "E-LOC", Scheme::Bioes, Some(UNCLOSED)),
            ("B-PER", "S-PER", Scheme::Bioes, Some(UNCLOSED)),
            ("S-PER", "E-PER", Scheme::Bioes, Some("no entity is open")),
            ("E-PER", "S-PER", Scheme::Bioes, None),
            ("B-PER", "E-PER", Scheme::Bilou, Some("BILOU has B-, I-, L-, U- and O only")),
            ("B-PER", "L-PER", Scheme::Bilou, None),
        ];
        for (previous, tag, scheme, expected) in cases {
            let parse = |tag| Tag::parse(tag).unwrap();
            let found = parse(tag).fault(parse(previous), scheme);
            assert_eq!(found, expected, "{tag} after {previous} in {scheme}");
        }
    }
}
