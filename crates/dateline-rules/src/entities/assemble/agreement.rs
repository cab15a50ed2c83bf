//! One kind for all mentions of one name.

use std::collections::{HashMap, HashSet};

use crate::entities::cluster;
use crate::entities::lexicon::{Lexicon, Sort, key};
use crate::entities::mentions::Name;
use crate::entities::suffixes::Suffixes;
use crate::reading::Kind;
use crate::tree::Tree;

/// One spelling, one kind: the one with most of the model's score over the article. What the
/// lexicon decided stays, and a surname stays a person beside a place of its name.
pub(super) fn agree(tree: &Tree<'_>, names: &mut [Name], lexicon: &Lexicon, suffixes: &Suffixes) {
    const FREE: [Kind; 5] = [Kind::Person, Kind::Org, Kind::Place, Kind::Event, Kind::Misc];
    let settled = |name: &Name| {
        let listed = name.entries.first().map(|&e| lexicon.entry(e).sort);
        matches!(listed, Some(Sort::Country | Sort::Demonym | Sort::Landmark))
            || name.kind == Kind::Norp
    };
    let mut surnames: HashSet<String> = HashSet::new();
    for name in names.iter().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1) {
        surnames.insert(tree.lower(name.tokens.end - 1).to_owned());
    }
    let mut votes: HashMap<String, [f32; FREE.len()]> = HashMap::new();
    for name in names.iter().filter(|n| !settled(n)) {
        if let Some(kind) = FREE.iter().position(|k| *k == name.kind) {
            votes.entry(name_key(tree, name)).or_default()[kind] += name.score;
        }
    }
    for name in names.iter_mut().filter(|n| !settled(n)) {
        let spelling = name_key(tree, name);
        let Some(votes) = votes.get(&spelling) else { continue };
        let best = (0..FREE.len()).rev().max_by(|&a, &b| votes[a].total_cmp(&votes[b]));
        let Some(best) = best.map(|b| FREE[b]) else { continue };
        // A surname stays a person's beside a place or company of its name.
        let surname = name.kind == Kind::Person && surnames.contains(&spelling);
        if !surname {
            name.kind = best;
        }
    }
    reclaim(tree, names, suffixes);
}

/// What ends a person's full name is that person, whatever the model took it for: the surname with
/// its particle always, a single word unless an organization's longer name begins with it.
fn reclaim(tree: &Tree<'_>, names: &mut [Name], suffixes: &Suffixes) {
    let words =
        |name: &Name| cluster::person_words(name.tokens.clone().map(|t| tree.word(t)), suffixes);
    let mut endings: HashSet<String> = HashSet::new();
    let mut begun: HashSet<String> = HashSet::new();
    for name in names.iter().filter(|n| n.tokens.len() > 1) {
        match name.kind {
            Kind::Person => {
                let words = words(name);
                endings.extend((1..words.len()).map(|start| words[start..].join(" ")));
                endings.extend(words.first().cloned());
            }
            Kind::Org => {
                begun.insert(tree.lower(name.tokens.start).to_owned());
            }
            _ => {}
        }
    }
    for name in names.iter_mut() {
        let free = matches!(name.kind, Kind::Org | Kind::Misc | Kind::Place);
        if !free || !name.entries.is_empty() || name.tokens.len() > 4 {
            continue;
        }
        let words = words(name);
        let single = words.len() == 1 && begun.contains(&words[0]);
        if !single && endings.contains(&words.join(" ")) {
            name.kind = Kind::Person;
        }
    }
}

fn name_key(tree: &Tree<'_>, name: &Name) -> String {
    key(name.tokens.clone().map(|t| tree.word(t))).to_lowercase()
}
