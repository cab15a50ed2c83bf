use std::fmt;
use std::str::FromStr;

use super::{Prefix, Tag};

/// How entities are written as tags of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// `I-` on every token of an entity; neighbours of one type cannot be told apart.
    Io,
    /// `B-` only where an entity follows another of its type.
    Iob1,
    /// `B-` on the first token of every entity (BIO).
    Iob2,
    /// `B-`, `I-`, `E-` on the last token, `S-` on a single one.
    Bioes,
    /// BIOES with `L-` for last and `U-` for a single one.
    Bilou,
}

impl Scheme {
    /// Every scheme. Where tags fit several, the earlier one is meant: tags of `O` alone are IOB2.
    pub const ALL: [Scheme; 5] =
        [Scheme::Iob2, Scheme::Io, Scheme::Iob1, Scheme::Bioes, Scheme::Bilou];

    /// The scheme's usual name.
    pub fn as_str(self) -> &'static str {
        match self {
            Scheme::Io => "IO",
            Scheme::Iob1 => "IOB1",
            Scheme::Iob2 => "IOB2",
            Scheme::Bioes => "BIOES",
            Scheme::Bilou => "BILOU",
        }
    }

    /// Reads a tag; `None` for what is none. In IO types may stand without a prefix (`PERSON`),
    /// which only the person who names the scheme can tell from other words.
    pub fn tag(self, text: &str) -> Option<Tag<'_>> {
        let bare = || match self {
            Scheme::Io if !text.is_empty() && !text.contains(char::is_whitespace) => {
                Some(Tag { prefix: Prefix::Inside, kind: text })
            }
            _ => None,
        };
        Tag::parse(text).or_else(bare)
    }

    /// True if the scheme has tags of this prefix.
    pub fn has(self, prefix: Prefix) -> bool {
        match prefix {
            Prefix::Outside | Prefix::Inside => true,
            Prefix::Begin => self != Scheme::Io,
            Prefix::End | Prefix::Single => self == Scheme::Bioes,
            Prefix::Last | Prefix::Unit => self == Scheme::Bilou,
        }
    }

    /// The message about a prefix that the scheme does not have.
    pub(super) fn prefixes(self) -> &'static str {
        match self {
            Scheme::Io => "IO has I- and O only",
            Scheme::Iob1 => "IOB1 has B-, I- and O only",
            Scheme::Iob2 => "IOB2 has B-, I- and O only",
            Scheme::Bioes => "BIOES has B-, I-, E-, S- and O only",
            Scheme::Bilou => "BILOU has B-, I-, L-, U- and O only",
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scheme {
    type Err = String;

    fn from_str(name: &str) -> Result<Scheme, String> {
        match name.to_ascii_lowercase().as_str() {
            "io" => Ok(Scheme::Io),
            "iob1" => Ok(Scheme::Iob1),
            "iob2" | "bio" => Ok(Scheme::Iob2),
            "bioes" | "iobes" => Ok(Scheme::Bioes),
            "bilou" => Ok(Scheme::Bilou),
            _ => Err(format!("unknown tag scheme {name:?}; one of io, iob1, iob2, bioes, bilou")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_and_types_stand_alone_in_io_only() {
        for scheme in Scheme::ALL {
            assert_eq!(scheme.as_str().parse(), Ok(scheme));
            assert_eq!(scheme.tag("PERSON").is_some(), scheme == Scheme::Io);
            assert_eq!(scheme.tag("I-A"), Some(Tag { prefix: Prefix::Inside, kind: "A" }));
        }
        assert!("bies".parse::<Scheme>().unwrap_err().contains("\"bies\""));
        assert_eq!(Scheme::Io.tag(""), None);
    }
}
