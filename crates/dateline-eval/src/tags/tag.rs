/// Place of a token in its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// `O`: in no entity.
    Outside,
    /// `B-`: the first token.
    Begin,
    /// `I-`: a token within (in IO and IOB1, any token).
    Inside,
    /// `E-`: the last token, in BIOES.
    End,
    /// `S-`: the only token, in BIOES.
    Single,
    /// `L-`: the last token, in BILOU.
    Last,
    /// `U-`: the only token, in BILOU.
    Unit,
}

/// One tag, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Place in the entity.
    pub prefix: Prefix,
    /// Type of the entity; empty outside.
    pub kind: &'a str,
}

/// The tag of a token in no entity, and what stands before and after every sentence.
pub const OUTSIDE: Tag<'static> = Tag { prefix: Prefix::Outside, kind: "" };

impl<'a> Tag<'a> {
    /// Reads a tag of any scheme; `None` for what is none.
    pub fn parse(tag: &'a str) -> Option<Tag<'a>> {
        if tag == "O" {
            return Some(OUTSIDE);
        }
        let (prefix, kind) = tag.split_once('-')?;
        let prefix = match prefix {
            "B" => Prefix::Begin,
            "I" => Prefix::Inside,
            "E" => Prefix::End,
            "S" => Prefix::Single,
            "L" => Prefix::Last,
            "U" => Prefix::Unit,
            _ => return None,
        };
        (!kind.is_empty()).then_some(Tag { prefix, kind })
    }

    /// True if the entity may go on after this tag.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.prefix, Prefix::Begin | Prefix::Inside)
    }

    /// True if the tag is of the entity before it, should it be of the same type.
    pub(super) fn goes_on(&self) -> bool {
        matches!(self.prefix, Prefix::Inside | Prefix::End | Prefix::Last)
    }

    /// True if the tag is the last of its entity whatever follows.
    pub(super) fn is_last(&self) -> bool {
        matches!(self.prefix, Prefix::End | Prefix::Single | Prefix::Last | Prefix::Unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_what_is_none() {
        // A type may have hyphens of its own.
        let tag = Tag::parse("I-MISC-ORG");
        assert_eq!(tag, Some(Tag { prefix: Prefix::Inside, kind: "MISC-ORG" }));
        assert_eq!(Tag::parse("O"), Some(OUTSIDE));
        for text in ["", "o", "-", "B", "B-", "B_PER", "X-PER", "PER", "BI-PER"] {
            assert_eq!(Tag::parse(text), None, "{text}");
        }
    }
}
