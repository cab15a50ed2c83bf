//! The country or region that the text states around a place: "Mosul, Iraq"; "Springfield, Ill.";
//! "Tripoli in northern Lebanon"; "the Syrian city of Homs".

use dateline_text::Upos;

use super::lexicon::{Lexicon, Sort, key};
use super::mentions::Name;
use crate::reading::Kind;
use crate::tree::Tree;

/// What lies around a place: the country and, where one is named that the gazetteer knows, its
/// region. Several where the
/// name is ambiguous (Georgia).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Container {
    readings: Vec<(String, Option<String>)>,
    /// Something like another item of a list follows: "Zed, Georgia and Texas".
    listed: bool,
}

impl Container {
    /// The country or region that a dateline names.
    pub(crate) fn named(name: &str, lexicon: &Lexicon) -> Option<Container> {
        let name = key([name]);
        let exact = lexicon.lookup(&name);
        let found = if exact.is_empty() { lexicon.lookup_folded(&name) } else { exact };
        Container::of(found, lexicon, |sort| matches!(sort, Sort::Country | Sort::Region))
    }

    fn of(
        entries: &[usize],
        lexicon: &Lexicon,
        wanted: impl Fn(Sort) -> bool,
    ) -> Option<Container> {
        let entries = entries.iter().map(|&e| lexicon.entry(e)).filter(|e| wanted(e.sort));
        let readings: Vec<_> = entries
            .filter_map(|e| {
                let region = (e.sort == Sort::Region && lexicon.is_division(&e.name))
                    .then(|| e.name.clone());
                Some((e.country.clone()?, region))
            })
            .collect();
        (!readings.is_empty()).then_some(Container { readings, listed: false })
    }

    /// True if what lies in `country` and `division` may lie inside. Divisions are only compared
    /// where both are known by a name.
    pub(crate) fn holds(&self, country: Option<&str>, division: Option<&str>) -> bool {
        self.readings.iter().any(|(around, region)| {
            let inside = match (region.as_deref(), division) {
                (Some(region), Some(division)) => {
                    region == division || !is_named(division) && division != region
                }
                _ => true,
            };
            country == Some(around.as_str()) && inside
        })
    }

    /// True if it is a region and nothing else.
    fn is_region(&self) -> bool {
        matches!(self.readings.as_slice(), [(_, Some(_))])
    }

    /// The country of what is listed nowhere, where the container is no item of a list.
    pub(crate) fn country(&self) -> Option<&str> {
        let [(country, _)] = self.readings.as_slice() else { return None };
        (!self.listed).then_some(country.as_str())
    }
}

/// A division that is not just GeoNames' number for it.
fn is_named(division: &str) -> bool {
    division.chars().any(char::is_lowercase)
}

/// The container of each place among `names`.
pub(crate) fn find(tree: &Tree<'_>, names: &[Name], lexicon: &Lexicon) -> Vec<Option<Container>> {
    let of = |index: usize| {
        let name = &names[index];
        if name.kind != Kind::Place {
            return None;
        }
        if is_country(name, lexicon) {
            // "Lebanon, Ohio", but "Lebanon, Syria and Iraq" is a list.
            return behind(tree, names, index, lexicon).filter(Container::is_region);
        }
        behind(tree, names, index, lexicon).or_else(|| before(tree, names, index, lexicon))
    };
    (0..names.len()).map(of).collect()
}

fn is_country(name: &Name, lexicon: &Lexicon) -> bool {
    name.entries.len() == 1 && lexicon.entry(name.entries[0]).sort == Sort::Country
}

fn behind(tree: &Tree<'_>, names: &[Name], index: usize, lexicon: &Lexicon) -> Option<Container> {
    let name = &names[index];
    let end = tree.sentence(name.tokens.start).end;
    let next = name.tokens.end;
    let region = name.entries.first().is_some_and(|&e| lexicon.entry(e).sort == Sort::Region);
    let word = |t: usize| if t < end { tree.word(t) } else { "" };
    match word(next) {
        "," | "(" => {
            let found = around_at(tree, next + 1, end, region, lexicon);
            // "Zed, Polk County, Fla."
            let through = || {
                let middle = names.get(index + 1).filter(|n| {
                    n.kind == Kind::Place && n.tokens.start == next + 1 && word(n.tokens.end) == ","
                })?;
                let county = lexicon.subtype_of_noun(tree.word(middle.tokens.end - 1));
                county.filter(|s| *s == "region")?;
                around_at(tree, middle.tokens.end + 1, end, region, lexicon)
            };
            found.or_else(through)
        }
        "in" => {
            let modified = |t: &usize| !lexicon.is_place_modifier(word(*t)) && word(*t) != "the";
            let start = (next + 1..end).find(modified)?;
            around_at(tree, start, end, region, lexicon)
        }
        _ => None,
    }
}

/// The country or region whose name starts at `start`. A region lies in a country only.
fn around_at(
    tree: &Tree<'_>,
    start: usize,
    end: usize,
    region: bool,
    lexicon: &Lexicon,
) -> Option<Container> {
    let most = end.min(start + 2 * lexicon.longest());
    let (stop, found) = (start + 1..=most).rev().find_map(|stop| {
        let found = lexicon.lookup(&key((start..stop).map(|t| tree.word(t))));
        (!found.is_empty()).then_some((stop, found))
    })?;
    let wanted = |sort| sort == Sort::Region && !region || sort == Sort::Country;
    let container = Container::of(found, lexicon, wanted)?;
    let word = |t: usize| if t < end { tree.word(t) } else { "" };
    let listed = matches!(word(stop), "and" | "or" | "&");
    Some(Container { listed, ..container })
}

/// How many words may stand between the people and the place in "the northern Syrian port city of".
const REACH: usize = 5;

fn before(tree: &Tree<'_>, names: &[Name], index: usize, lexicon: &Lexicon) -> Option<Container> {
    let outer = names.get(index.checked_sub(1)?)?;
    let start = names[index].tokens.start;
    let between = outer.tokens.end..start;
    if between.len() > REACH || !tree.sentence(start).contains(&outer.tokens.start) {
        return None;
    }
    let possessive = |t: usize| matches!(tree.word(t), "'s" | "’s" | "'" | "’");
    let noun = |t: usize| {
        tree.upos(t) == Upos::Noun
            && lexicon.subtype_of_noun(tree.word(t)).is_some_and(|s| s == "city" || s == "region")
    };
    let describes = |t: usize| {
        matches!(tree.upos(t), Upos::Noun | Upos::Adj | Upos::Num)
            || tree.word(t) == "of"
            || tree.word(t) == ","
    };
    let owned = between.clone().next().is_some_and(possessive);
    let named = between.clone().any(noun);
    let told = match outer.kind {
        Kind::Norp => named && between.clone().all(describes),
        Kind::Place => {
            owned && between.clone().skip(1).all(describes) && (between.len() == 1 || named)
        }
        _ => false,
    };
    let around = |sort| matches!(sort, Sort::Country | Sort::Region | Sort::Demonym);
    Container::of(&outer.entries, lexicon, around).filter(|_| told)
}
