//! The closed label sets of the field: UD v2 parts of speech and relations, Penn Treebank tags,
//! and Dateline's entity types.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A label that is not part of the set it was looked up in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {set} label {label:?}")]
pub struct UnknownLabel {
    set: &'static str,
    label: String,
}

macro_rules! labels {
    ($(#[$meta:meta])* $name:ident, $set:literal { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the labels are the standard's own")]
        pub enum $name { $($variant),* }

        impl $name {
            /// Every label of the set.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The label as the standard writes it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }
        }

        impl FromStr for $name {
            type Err = UnknownLabel;
            fn from_str(label: &str) -> Result<Self, UnknownLabel> {
                match label {
                    $($text => Ok($name::$variant),)*
                    _ => Err(UnknownLabel { set: $set, label: label.to_owned() }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let label = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                label.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

labels! {
    /// Universal part-of-speech tags (UD v2).
    Upos, "UPOS" {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET",
        Intj = "INTJ", Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN",
        Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

labels! {
    /// Penn Treebank part-of-speech tags, as English UD treebanks give them in XPOS. They carry
    /// what the rules need of morphology: tense (`VBD`), participles (`VBG`, `VBN`), number (`NNS`).
    Xpos, "XPOS" {
        Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW", In = "IN", Jj = "JJ", Jjr = "JJR",
        Jjs = "JJS", Ls = "LS", Md = "MD", Nn = "NN", Nns = "NNS", Nnp = "NNP", Nnps = "NNPS",
        Pdt = "PDT", Pos = "POS", Prp = "PRP", PrpPoss = "PRP$", Rb = "RB", Rbr = "RBR",
        Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO", Uh = "UH", Vb = "VB", Vbd = "VBD",
        Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT", Wp = "WP",
        WpPoss = "WP$", Wrb = "WRB", Hyph = "HYPH", Nfp = "NFP", Add = "ADD", Afx = "AFX",
        Gw = "GW", Xx = "XX", Comma = ",", Period = ".", Colon = ":", OpenQuote = "``",
        CloseQuote = "''", Lrb = "-LRB-", Rrb = "-RRB-", Dollar = "$",
    }
}

labels! {
    /// Dependency relations of UD v2 with the subtypes English treebanks use.
    Deprel, "dependency relation" {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl",
        Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass",
        Case = "case", Cc = "cc", CcPreconj = "cc:preconj", Ccomp = "ccomp",
        Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop",
        Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Dep = "dep",
        Det = "det", DetPredet = "det:predet", Discourse = "discourse",
        Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
        Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod",
        NmodDesc = "nmod:desc", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked",
        Nsubj = "nsubj", NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass",
        Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis",
        Punct = "punct", Reparandum = "reparandum", Root = "root", Vocative = "vocative",
        Xcomp = "xcomp",
    }
}

labels! {
    /// Types of names and values that the entity head tells apart.
    EntityKind, "entity type" {
        Person = "PERSON", Org = "ORG", Place = "PLACE", Norp = "NORP", Event = "EVENT",
        Date = "DATE", Misc = "MISC",
    }
}

impl Deprel {
    /// The universal relation without its subtype: `nsubj:pass` → `nsubj`.
    pub fn base(self) -> Deprel {
        let text = self.as_str();
        match text.split_once(':') {
            Some((base, _)) => base.parse().unwrap_or(self),
            None => self,
        }
    }

    /// True for `nsubj`, `nsubj:pass`, `nsubj:outer` and the clausal subjects.
    pub fn is_subject(self) -> bool {
        matches!(self.base(), Deprel::Nsubj | Deprel::Csubj)
    }
}

impl Xpos {
    /// True for past-tense and past-participle forms.
    pub fn is_past(self) -> bool {
        matches!(self, Xpos::Vbd | Xpos::Vbn)
    }

    /// True for plural nouns.
    pub fn is_plural(self) -> bool {
        matches!(self, Xpos::Nns | Xpos::Nnps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_round_trip() {
        for &label in Deprel::ALL {
            assert_eq!(label.as_str().parse::<Deprel>(), Ok(label));
        }
        assert_eq!(Deprel::NsubjPass.base(), Deprel::Nsubj);
        assert_eq!(Deprel::Xcomp.base(), Deprel::Xcomp);
        assert!("subj".parse::<Deprel>().is_err());
    }
}
