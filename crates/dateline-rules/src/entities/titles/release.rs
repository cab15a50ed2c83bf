//! Titles that the model took for part of a name, given back.

use super::{Class, REACH, Titles};
use crate::entities::lexicon::Lexicon;
use crate::entities::mentions::Name;
use crate::reading::Kind;
use crate::tree::Tree;

/// Persons lose leading titles; an organization loses the office at its end when a person follows
/// ("Acme Chief Executive" + "Jane Doe"); a name that is nothing but titles is dropped.
pub(crate) fn release(tree: &Tree<'_>, names: &mut Vec<Name>, titles: &Titles, lexicon: &Lexicon) {
    let starts: Vec<(usize, Kind)> = names.iter().map(|n| (n.tokens.start, n.kind)).collect();
    for (index, name) in names.iter_mut().enumerate() {
        let words: Vec<&str> = name.tokens.clone().take(REACH).map(|t| tree.word(t)).collect();
        let next = starts.get(index + 1);
        let follows = |start: usize| {
            start == name.tokens.end && tree.sentence(name.tokens.start).contains(&start)
        };
        let person = next.is_some_and(|n| n.1 == Kind::Person && follows(n.0));
        match name.kind {
            // "Lord" + "Doe": a title taken for a name.
            Kind::Person
                if person && titles.get(&words).is_some_and(|t| t.0 != Class::Modifier) =>
            {
                name.tokens.end = name.tokens.start;
            }
            Kind::Person => name.tokens.start += titles.leading(&words),
            Kind::Org | Kind::Misc if titles.is_office(&words) => {
                name.tokens.end = name.tokens.start;
            }
            Kind::Org | Kind::Misc | Kind::Norp => {
                give_back(tree, name, titles, lexicon);
                if !person || name.tokens.len() > REACH {
                    continue;
                }
                let cut = (0..words.len()).find(|&at| {
                    let rest = &words[at..];
                    titles.prefix(rest).is_some()
                        && titles.chain(rest, &vec![false; rest.len()]).is_some()
                });
                if let Some(cut) = cut {
                    name.tokens.end = name.tokens.start + cut;
                    if cut > 0 {
                        name.relist(tree, lexicon);
                    }
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.tokens.is_empty());
}

/// Gives the first word of an office behind a listed name back to the office: the model took
/// "Pentagon Press" of "Pentagon Press Secretary".
fn give_back(tree: &Tree<'_>, name: &mut Name, titles: &Titles, lexicon: &Lexicon) {
    let next = name.tokens.end;
    let last = next - 1;
    if name.tokens.len() < 2 || name.tokens.len() > REACH || next >= tree.sentence(last).end {
        return;
    }
    let class = |t: usize| titles.get(&[tree.word(t)]).map(|found| found.0);
    if class(last) != Some(Class::Modifier)
        || !matches!(class(next), Some(Class::Office | Class::Leading))
    {
        return;
    }
    let mut shorter = name.clone();
    shorter.tokens.end = last;
    shorter.relist(tree, lexicon);
    if !shorter.entries.is_empty() {
        *name = shorter;
    }
}
