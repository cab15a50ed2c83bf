//! Entity tags of tokens: IO, IOB1, IOB2, BIOES and BILOU, told apart, checked and decoded.
//!
//! IOB1 is the scheme of Ramshaw and Marcus (1995) and of CoNLL-2003 as published: `B-` only where
//! an entity touches another of its type. In IOB2 every entity begins with `B-`. BIOES and BILOU
//! also mark last and single tokens.

mod census;
mod check;
mod decode;
mod scheme;
mod tag;

pub use census::Census;
pub use check::Runs;
pub use decode::{TagSpan, decode, decode_strict};
pub use scheme::Scheme;
pub use tag::{OUTSIDE, Prefix, Tag};

#[cfg(test)]
fn parsed(tags: &str) -> Vec<Tag<'_>> {
    tags.split(' ').map(|tag| Tag::parse(tag).unwrap_or_else(|| panic!("{tag}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every scheme writes the same entities: told apart, free of faults, read alike by both
    /// readings.
    #[test]
    fn schemes_of_one_and_the_same_entities() {
        for (tags, scheme) in [
            ("I-A I-A B-A O I-B", Scheme::Iob1),
            ("B-A I-A B-A O B-B", Scheme::Iob2),
            ("B-A E-A S-A O S-B", Scheme::Bioes),
            ("B-A L-A U-A O U-B", Scheme::Bilou),
        ] {
            let tags = parsed(tags);
            let found: Vec<_> =
                decode(&tags).into_iter().map(|span| (span.tokens, span.kind)).collect();
            assert_eq!(found, [(0..2, "A"), (2..3, "A"), (4..5, "B")], "{scheme}");
            assert_eq!(decode_strict(&tags, scheme), decode(&tags), "{scheme}");
            let mut census = Census::default();
            tags.iter().for_each(|tag| census.count(*tag));
            census.end_sentence();
            assert_eq!(census.scheme(), scheme);
            let faults = std::iter::once(&OUTSIDE).chain(&tags).zip(tags.iter().chain([&OUTSIDE]));
            assert!(faults.into_iter().all(|(before, tag)| tag.fault(*before, scheme).is_none()));
        }
    }
}
