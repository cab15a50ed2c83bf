//! What the rule layer has found so far about one article: the facts that later rules build on.

use std::ops::Range;

use dateline_text::{Annotations, Article, Text};

use crate::entities::Unread;
use crate::subcategorization::Subcategorization;
use crate::times::Anchor;
use crate::tree::Tree;

/// Type of an entity, as the record names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Person,
    Org,
    Place,
    Norp,
    Event,
    /// Collective people: troops, officials, protesters.
    Group,
    Misc,
}

impl Kind {
    pub(crate) const ALL: [Kind; 7] =
        [Kind::Person, Kind::Org, Kind::Place, Kind::Norp, Kind::Event, Kind::Group, Kind::Misc];

    /// True for what a person may be the minister, the director or the captain of.
    pub(crate) fn holds_offices(self) -> bool {
        matches!(self, Kind::Org | Kind::Place | Kind::Norp)
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Kind::Person => "PERSON",
            Kind::Org => "ORG",
            Kind::Place => "PLACE",
            Kind::Norp => "NORP",
            Kind::Event => "EVENT",
            Kind::Group => "GROUP",
            Kind::Misc => "MISC",
        }
    }
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MentionKind {
    Name,
    Nominal,
    Pronoun,
}

impl MentionKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            MentionKind::Name => "name",
            MentionKind::Nominal => "nominal",
            MentionKind::Pronoun => "pronoun",
        }
    }
}

/// One mention of an entity.
#[derive(Clone, Debug)]
pub(crate) struct MentionFact {
    /// Index into [`Reading::entities`].
    pub(crate) entity: usize,
    /// Tokens covered, without title and article ("the").
    pub(crate) tokens: Range<usize>,
    /// The token by which the mention hangs in the tree (its syntactic head).
    pub(crate) head: usize,
    pub(crate) kind: MentionKind,
    pub(crate) score: f32,
}

/// An entity: a cluster of mentions.
#[derive(Clone, Debug)]
pub(crate) struct EntityFact {
    pub(crate) kind: Kind,
    pub(crate) subtype: Option<&'static str>,
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) titles: Vec<String>,
    /// Entities (by index) that a person holds the titles of.
    pub(crate) affiliations: Vec<usize>,
    /// ISO 3166-1 alpha-3.
    pub(crate) country: Option<String>,
    /// Latitude and longitude of a place in degrees.
    pub(crate) point: Option<(f64, f64)>,
}

/// A time expression.
#[derive(Clone, Debug)]
pub(crate) struct TimeFact {
    pub(crate) tokens: Range<usize>,
    /// TIMEX3 type: `DATE`, `TIME`, `DURATION`, `SET`.
    pub(crate) kind: &'static str,
    pub(crate) value: Option<String>,
    pub(crate) modifier: Option<&'static str>,
    pub(crate) anchor: Option<Anchor>,
}

/// A number that counts or measures.
#[derive(Clone, Debug)]
pub(crate) struct QuantityFact {
    pub(crate) tokens: Range<usize>,
    pub(crate) head: usize,
    /// `count`, `money`, `percent`, `measure`.
    pub(crate) kind: &'static str,
    pub(crate) value: Option<f64>,
    pub(crate) unit: Option<String>,
    pub(crate) modifier: Option<&'static str>,
}

/// The facts about one article, in text order.
pub(crate) struct Reading<'a> {
    pub(crate) article: &'a Article,
    pub(crate) text: &'a Text,
    pub(crate) annotations: &'a Annotations,
    pub(crate) tree: Tree<'a>,
    pub(crate) published: Option<PublishedFact>,
    pub(crate) entities: Vec<EntityFact>,
    /// In text order. Mentions may nest (a NORP inside a GROUP) or share their tokens, never cross.
    pub(crate) mentions: Vec<MentionFact>,
    /// Mentions in zones without tokens (datelines), in text order.
    pub(crate) unread: Vec<Unread>,
    /// What each mention stands for; `None` where that is what its name says.
    pub(crate) metonymy: Vec<Option<&'static str>>,
    pub(crate) times: Vec<TimeFact>,
    pub(crate) quantities: Vec<QuantityFact>,
    pub(crate) warnings: Vec<String>,
    index: Index,
}

/// The publication date and where it was read.
#[derive(Clone, Debug)]
pub(crate) struct PublishedFact {
    pub(crate) date: jiff::civil::Date,
    /// `argument`, `metadata`, `wire id`, `dateline`, `byline`, `furniture`.
    pub(crate) source: &'static str,
    pub(crate) span: Option<dateline_text::Span>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(
        article: &'a Article,
        text: &'a Text,
        annotations: &'a Annotations,
        verbs: &Subcategorization,
    ) -> Self {
        Reading {
            article,
            text,
            annotations,
            tree: Tree::new(text, annotations, verbs),
            published: None,
            entities: Vec::new(),
            mentions: Vec::new(),
            unread: Vec::new(),
            metonymy: Vec::new(),
            times: Vec::new(),
            quantities: Vec::new(),
            warnings: Vec::new(),
            index: Index::default(),
        }
    }

    /// Rebuilds the look-ups by token; to be called whenever facts were added.
    pub(crate) fn index(&mut self) {
        let tokens = self.tree.len();
        let mut index = Index {
            headed: vec![Vec::new(); tokens],
            covering: vec![Vec::new(); tokens],
            time: vec![None; tokens],
            quantity: vec![None; tokens],
        };
        for (at, mention) in self.mentions.iter().enumerate() {
            index.headed[mention.head].push(at);
            for token in mention.tokens.clone() {
                index.covering[token].push(at);
            }
        }
        for (at, time) in self.times.iter().enumerate() {
            index.time[time.tokens.clone()].fill(Some(at));
        }
        for (at, quantity) in self.quantities.iter().enumerate() {
            index.quantity[quantity.tokens.clone()].fill(Some(at));
        }
        self.index = index;
    }

    /// The mentions (indices into [`Reading::mentions`]) whose head is `token`; several where a
    /// coordination distributes ("US and Iraqi officials").
    pub(crate) fn mentions_headed(&self, token: usize) -> &[usize] {
        &self.index.headed[token]
    }

    /// The innermost mention that covers `token`.
    pub(crate) fn mention_covering(&self, token: usize) -> Option<usize> {
        let covering = self.index.covering[token].iter().copied();
        covering.min_by_key(|&m| self.mentions[m].tokens.len())
    }

    /// The time expression that covers `token`.
    pub(crate) fn time_covering(&self, token: usize) -> Option<usize> {
        self.index.time[token]
    }

    /// The quantity that covers `token`.
    pub(crate) fn quantity_covering(&self, token: usize) -> Option<usize> {
        self.index.quantity[token]
    }
}

/// Facts by token.
#[derive(Default)]
struct Index {
    headed: Vec<Vec<usize>>,
    covering: Vec<Vec<usize>>,
    time: Vec<Option<usize>>,
    quantity: Vec<Option<usize>>,
}
