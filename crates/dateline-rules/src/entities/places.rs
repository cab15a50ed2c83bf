//! What a place is and the country it lies in.

use std::collections::HashMap;
use std::ops::Range;

use super::lexicon::{Lexicon, Sort, key};
use super::mentions::Name;
use crate::reading::Kind;
use crate::tree::Tree;

/// What is known of a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Place {
    /// The lexicon's entry, where it has one that fits.
    pub(crate) entry: Option<usize>,
    pub(crate) subtype: Option<&'static str>,
    pub(crate) country: Option<String>,
}

/// How often each country is named in the article, directly or through its people and places.
pub(crate) fn evidence(names: &[Name], lexicon: &Lexicon) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for name in names {
        if let [entry] = name.entries.as_slice()
            && let Some(country) = &lexicon.entry(*entry).country
        {
            *counts.entry(country.clone()).or_insert(0) += 1;
        }
    }
    counts
}

/// Puts the entry of the country the article speaks of most in front, where a name has several.
pub(crate) fn settle(names: &mut [Name], lexicon: &Lexicon) {
    let evidence = evidence(names, lexicon);
    let named = |e: usize| lexicon.entry(e).country.as_ref().and_then(|c| evidence.get(c)).copied();
    for name in names.iter_mut().filter(|n| n.entries.len() > 1) {
        name.entries.sort_by_key(|&e| std::cmp::Reverse(named(e).unwrap_or(0)));
    }
}

/// The country that an organization's name holds: "Iraqi Ministry of Defence", "Bank of England".
pub(crate) fn contained_country(
    tree: &Tree<'_>,
    tokens: &Range<usize>,
    lexicon: &Lexicon,
) -> Option<String> {
    if tokens.len() > 3 * lexicon.longest() {
        return None;
    }
    tokens.clone().find_map(|start| {
        let ends = (start + 1..=tokens.end.min(start + lexicon.longest())).rev();
        let told = ends.filter_map(|end| {
            let spelled = key((start..end).map(|t| tree.word(t)));
            let entry = lexicon.entry(*lexicon.lookup(&spelled).first()?);
            let told =
                matches!(entry.sort, Sort::Country | Sort::Demonym | Sort::Region | Sort::Area);
            (told && !entry.unsure).then_some(entry.country.clone())
        });
        // The longest name decides: "South American" is not American.
        { told }.next().flatten()
    })
}

/// The country stated behind each place name ("Mosul, Iraq"; "Ann Arbor, Michigan").
pub(crate) fn containers(
    tree: &Tree<'_>,
    names: &[Name],
    lexicon: &Lexicon,
) -> Vec<Option<String>> {
    let behind = |pair: &[Name]| {
        let [inner, outer] = pair else { return None };
        let places = inner.kind == Kind::Place && outer.kind == Kind::Place;
        let comma = inner.tokens.end + 1 == outer.tokens.start
            && tree.word(inner.tokens.end) == ","
            && tree.sentence(inner.tokens.start) == tree.sentence(outer.tokens.start);
        let entry = outer.entries.iter().map(|&e| lexicon.entry(e));
        let mut around = entry.filter(|e| matches!(e.sort, Sort::Country | Sort::Region));
        // "Iraq, Syria and Lebanon" is a list.
        let listed = inner.entries.iter().any(|&e| lexicon.entry(e).sort == Sort::Country);
        if !places || !comma || (listed && inner.entries.len() == 1) {
            return None;
        }
        around.next().and_then(|e| e.country.clone())
    };
    let mut found: Vec<_> = names.windows(2).map(behind).collect();
    found.resize(names.len(), None);
    found
}

/// Resolves one place name: the country stated behind it first, then the lexicon, where it has
/// several entries the one whose country the article speaks of most, then the nouns of the name.
pub(crate) fn resolve(
    tree: &Tree<'_>,
    name: &Name,
    container: Option<&str>,
    lexicon: &Lexicon,
    evidence: &HashMap<String, usize>,
) -> Place {
    let listed: Vec<usize> =
        name.entries.iter().copied().filter(|&e| lexicon.entry(e).sort != Sort::Demonym).collect();
    let country = |e: usize| lexicon.entry(e).country.as_deref();
    let named = |e: usize| country(e).and_then(|c| evidence.get(c)).copied().unwrap_or(0);
    let entry = match container {
        Some(_) => listed.iter().copied().find(|&e| country(e) == container),
        // Of equals, `max_by_key` takes the last: reversed, the one listed first.
        None => listed.iter().rev().copied().max_by_key(|&e| named(e)),
    };
    if let Some(index) = entry {
        let entry = lexicon.entry(index);
        let (subtype, country) = (entry.subtype, entry.country.clone());
        return Place { entry: Some(index), subtype, country };
    }
    let city = listed.iter().any(|&e| lexicon.entry(e).sort == Sort::City) || container.is_some();
    let subtype = noun_subtype(tree, &name.tokens, lexicon).or(city.then_some("city"));
    Place { entry: None, subtype: subtype.or(Some("other")), country: container.map(str::to_owned) }
}

/// The subtype that the nouns of a name tell: "Lake Van", "Anbar province", "Baghdad airport".
fn noun_subtype(tree: &Tree<'_>, tokens: &Range<usize>, lexicon: &Lexicon) -> Option<&'static str> {
    let noun = |t: usize| lexicon.subtype_of_noun(tree.word(t));
    let last = noun(tokens.end - 1);
    let first = noun(tokens.start).filter(|_| tokens.len() > 1);
    // "Gulf of Aden", "University Hospital of Utopia": the head stands before "of".
    let of = tokens.clone().find(|&t| tree.word(t).eq_ignore_ascii_case("of"));
    let head = of.filter(|&t| t > tokens.start).and_then(|t| noun(t - 1));
    let whole = head.or(if tokens.len() > 1 { last.or(first) } else { None });
    // "Mosul" + "airport" where the name stops short of its noun.
    let next = tokens.end;
    let following = || (next < tree.sentence(tokens.start).end).then(|| noun(next)).flatten();
    let joined = || following().filter(|s| *s == "region" || *s == "natural");
    whole.or_else(joined)
}
