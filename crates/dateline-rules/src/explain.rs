//! Why the events of an article are what they are: the rule that fired, the tree that it saw, and
//! why each role is filled or empty.

/// The events of an article explained, and the listed words that name none.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// One for each event of the document, in its order.
    pub events: Vec<Explanation>,
    /// Words that some rule lists as triggers and that name no event here, in text order.
    pub passed_over: Vec<PassedOver>,
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The event's id in the document.
    pub event: String,
    /// Its label.
    pub label: String,
    /// Its type.
    pub kind: String,
    /// Its status over all mentions.
    pub status: String,
    /// When it was, with the event or reason that it was inferred from.
    pub time: Option<String>,
    /// Where it was, likewise.
    pub place: Option<String>,
    /// Its mentions.
    pub mentions: Vec<MentionExplanation>,
}

/// One mention of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct MentionExplanation {
    /// The word that names it.
    pub trigger: String,
    /// Number of that word in [`MentionExplanation::tree`], from 1.
    pub token: usize,
    /// The rule that fired.
    pub rule: RuleOrigin,
    /// The event head's probability of the word.
    pub probability: f32,
    /// The least probability that the rule asks for here.
    pub threshold: f32,
    /// The status that this mention gives.
    pub status: String,
    /// Whether words of its clause state the status; else it is what is presumed.
    pub stated: bool,
    /// Every role of the type, filled or not.
    pub roles: Vec<RoleExplanation>,
    /// The dependency tree of its sentence.
    pub tree: Vec<Node>,
}

/// Where a rule stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleOrigin {
    /// Name of the rule file.
    pub file: String,
    /// Line number, from 1.
    pub line: usize,
    /// The rule as it stands there.
    pub written: String,
}

/// Why a role is filled or empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleExplanation {
    /// The role.
    pub role: String,
    /// What fills it: the words of the article.
    pub fillers: Vec<String>,
    /// How it came to that, or why there is nothing.
    pub reason: String,
}

/// A word in a dependency tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The word.
    pub word: String,
    /// Universal part of speech.
    pub upos: String,
    /// Relation to its head (Universal Dependencies).
    pub deprel: String,
    /// Number of its head in the tree, from 1; 0 for the root.
    pub head: usize,
}

/// A word that some rule lists as a trigger and that names no event here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// The word.
    pub word: String,
    /// The words around it.
    pub around: String,
    /// Why it names none.
    pub reason: String,
}
