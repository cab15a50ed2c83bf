//! The word classes that the rules of grammar refer to by name.

use crate::data::RuleError;

use super::words::{ClassSet, Words};

macro_rules! grammar {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => {
        /// Classes of `words.toml` without which the rules cannot work.
        #[derive(Debug)]
        pub(crate) struct Grammar { $($(#[$meta])* pub(crate) $name: ClassSet),* }

        impl Grammar {
            pub(crate) fn load(words: &Words) -> Result<Grammar, RuleError> {
                Ok(Grammar { $($name: words.required(stringify!($name))?),* })
            }
        }
    };
}

grammar! {
    /// Heads that only count or measure: *series*, *round*, *hundreds*.
    transparent,
    /// Lists of what is to be talked about.
    agenda,
    /// Common nouns for places whose name follows with *of*: the town of.
    locality,
    /// Common nouns for persons.
    people,
    /// Common nouns for organizations and authorities.
    bodies,
    /// Verbs that only carry a noun's event; their subject does it.
    light,
    /// Verbs whose subject undergoes the noun's event.
    undergo,
    /// Verbs that say of an event that it takes place, begins or goes on.
    occur,
    /// Aspect verbs over a noun or clause: begin, resume, halt.
    aspect,
    /// Verbs that interrupt talks.
    breaking,
    /// Verbs of coming together, for which `for talks` gives the purpose.
    assembling,
    /// Units of time that measure an event: two days of talks.
    spell,
    /// Verbs of reporting.
    reporting,
    /// Reporting verbs and nouns that deny.
    denying,
    /// Governors after which an event is planned.
    planning,
    /// Governors after which an event is only proposed.
    proposing,
    /// Those of them that may also speak of what has happened: talks, discuss, debate.
    talking,
    /// Governors after which an event is possible.
    supposing,
    /// Governors after which an event did not happen.
    failing,
    /// Governors after which an event is called off.
    cancelling,
    /// Adjectives and adverbs of the past.
    formerly,
    /// Those of the governors and adjectives of plans that leave them open: expect, likely.
    hoped,
    /// Words whose clause need not be so: doubt, allege, rumour.
    doubting,
    /// Words whose clause need not be so once they are negated: think, evidence.
    nonfactive,
    /// Adjectives that leave open whether what follows is done: hard to, willing to.
    open,
    /// What others say, and what may be denied as such: claim, allegation.
    hearsay,
    /// Verbs that say of their subject that it takes place, not what comes of it.
    existing,
    /// Who and what speaks for somebody: spokesman, statement.
    voice,
    /// Verbs that pass on another's words: quote X as saying.
    quoting,
    /// Reporting verbs whose object is what is reported: announce a fall.
    announcing,
    /// Participles of what was prevented.
    undone,
    /// Participles of what was called off.
    shelved,
    /// Adjectives and adverbs of what is to come.
    upcoming,
    /// Adjectives and adverbs of what may be.
    possible,
    /// Adjectives of what goes on.
    ongoing,
    /// Modifiers that tie a noun to one happening: latest, recent, annual.
    dated,
    /// Prepositions that take an event: during, after.
    event_preposition,
    /// Verbs whose infinitive is done by their subject even beside an object.
    subject_control,
    /// Verbs that stand as passives without auxiliary in headlines.
    headline_passive,
    /// Predicates that state a topic: focus on, aim at.
    topical,
    /// Verbs that show their subject to be an event, or its result.
    causing,
    /// Common nouns for forces, whose singular labels use one word.
    force,
    /// Words that set a happening apart from one told of before: another, second.
    another,
    /// Words that set an earlier happening apart from the one at hand: previous, former.
    former,
    /// Common nouns that say nothing in a label: country, side.
    colourless,
}
