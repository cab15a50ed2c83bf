//! Labels: short noun phrases composed from participant, topic and type.

use super::mention::EventMention;
use super::roles::{Filled, Filler};
use super::sentence::Context;
use crate::reading::Kind;

/// Words of the longest label.
const MAX_WORDS: usize = 8;

/// The label of an event with these mentions and roles; `topic` is the label of the event it is
/// about, without that event's own topic.
pub(crate) fn compose(
    context: &Context<'_>,
    mentions: &[&EventMention],
    roles: &[Filled],
    topic: Option<&str>,
) -> String {
    let Some(first) = mentions.first() else { return String::new() };
    let kind = &context.rules.lexicon.types[first.found.kind];
    // What a noun calls the event beats what a verb only implies.
    let special = |verbal: bool| {
        let of = mentions.iter().filter(move |m| m.found.verbal == verbal);
        of.filter_map(|m| context.rules.lexicon.triggers[m.found.trigger].noun.as_deref())
    };
    let named = cause_noun(context, roles).filter(|_| kind.name == "disaster.natural_hazard");
    let noun = special(false).next().or(named.as_deref()).or_else(|| special(true).next());
    let noun = noun.unwrap_or(&kind.noun);
    let modifier = match topic {
        Some(topic) => Some(topic.to_owned()),
        None => kind.label.iter().find_map(|role| modifier(context, roles, role, noun)),
    };
    let label = match modifier {
        Some(modifier) => format!("{modifier} {noun}"),
        None => noun.to_owned(),
    };
    let words: Vec<&str> = label.split_whitespace().collect();
    if words.len() > MAX_WORDS { noun.to_owned() } else { words.join(" ") }
}

/// The common noun that names a hazard: "a storm hit the coast".
fn cause_noun(context: &Context<'_>, roles: &[Filled]) -> Option<String> {
    let cause = roles.iter().find(|f| f.role == "cause")?;
    let common = context.is_noun(cause.head) && context.name_covering(cause.head).is_none();
    common.then(|| context.tree.lower_lemma(cause.head).to_owned())
}

/// The filler of `role` as a modifier: a name, or the singular of a common noun.
fn modifier(context: &Context<'_>, roles: &[Filled], role: &str, noun: &str) -> Option<String> {
    let fillers: Vec<&Filled> = roles.iter().filter(|f| f.role == role).collect();
    if fillers.len() > 2 {
        return None;
    }
    let fillers: Vec<&Filled> = fillers;
    let best = fillers
        .iter()
        .filter_map(|f| word(context, f))
        .find(|w| !noun.split(' ').any(|n| repeats(n, w)))?;
    Some(best)
}

/// "bomb bombing", "strike strike": the noun says already what the modifier would.
fn repeats(noun: &str, modifier: &str) -> bool {
    let (noun, modifier) = (noun.to_lowercase(), modifier.to_lowercase());
    noun == modifier || modifier.chars().count() > 3 && noun.starts_with(&modifier)
}

fn word(context: &Context<'_>, filled: &Filled) -> Option<String> {
    let tree = context.tree;
    let common = |head: usize| -> Option<String> {
        let colourless = context.is(head, context.rules.grammar.colourless);
        if !context.is_noun(head) || colourless || context.name_covering(head).is_some() {
            return None;
        }
        let lemma = tree.lower_lemma(head);
        let generic = context.rules.words.value("generic", lemma);
        Some(generic.unwrap_or(lemma).to_owned()).filter(|word| word.chars().count() > 2)
    };
    match filled.filler {
        Filler::Entity(entity) => {
            let fact = &context.reading.entities[entity];
            match fact.kind {
                Kind::Group => common(filled.head),
                Kind::Person => Some(surname(&fact.name)),
                Kind::Norp => None,
                _ => {
                    let short = fact
                        .aliases
                        .iter()
                        .chain([&fact.name])
                        .filter(|n| n.split(' ').count() <= 4);
                    short
                        .max_by_key(|n| {
                            (n.as_str() == fact.name.as_str(), std::cmp::Reverse(n.len()))
                        })
                        .cloned()
                }
            }
        }
        // "the port of Esbjerg" is Esbjerg; a port without a name places nothing.
        Filler::Text(head) if filled.role == "place" => {
            let inner = context.of_phrase(head)?;
            let mention = context.name_covering(inner)?;
            let entity = context.reading.mentions[mention].entity;
            Some(context.reading.entities[entity].name.clone())
        }
        Filler::Text(head) => common(head),
        Filler::Event(_) | Filler::Quantity(_) => None,
    }
}

/// The last word of a personal name, but for particles and suffixes.
fn surname(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1
        && words
            .last()
            .is_some_and(|w| matches!(w.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV"))
    {
        words.pop();
    }
    let particle = |w: &str| {
        matches!(
            w.to_lowercase().as_str(),
            "al" | "el" | "de" | "van" | "von" | "bin" | "di" | "da" | "la" | "le"
        )
    };
    let mut start = words.len().saturating_sub(1);
    while start > 0 && particle(words[start - 1]) {
        start -= 1;
    }
    words[start..].join(" ")
}

#[cfg(test)]
mod tests {
    use super::surname;

    #[test]
    fn surnames_keep_their_particles() {
        for (name, expected) in [
            ("Maria de la Cruz", "de la Cruz"),
            ("John Smith Jr.", "Smith"),
            ("Cher", "Cher"),
            ("Omar al Hadi", "al Hadi"),
        ] {
            assert_eq!(surname(name), expected);
        }
    }
}
