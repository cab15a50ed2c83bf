//! Places that datelines name: "HARLAN FALLS, Ohio (AP) — ". Datelines are zones without tokens:
//! their places are read from the characters, vote like other places, and join the article's
//! entities at the end.

use dateline_text::{Span, Text, ZoneKind};

use super::containers::Container;
use super::gazetteer::fold;
use super::lexicon::{Lexicon, Sort, key};
use super::places::Place;
use crate::reading::{EntityFact, Kind, MentionFact};

/// A place that a dateline states.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    pub(crate) span: Span,
    /// As the dateline writes it.
    pub(crate) name: String,
    pub(crate) container: Option<Container>,
    /// The lexicon's entry, for the container itself.
    entry: Option<usize>,
}

impl Stated {
    /// True for the country or region behind the town, which speaks through it.
    pub(crate) fn is_container(&self) -> bool {
        self.entry.is_some()
    }
}

/// A place of a dateline and what it means.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    span: Span,
    name: String,
    place: Place,
}

/// A mention outside all tokens.
#[derive(Clone, Debug)]
pub(crate) struct Unread {
    /// Index of the entity.
    pub(crate) entity: usize,
    pub(crate) span: Span,
    pub(crate) score: f32,
}

/// How many places were read from datelines of `tests/cases/places.txt` and GeoWebNews (half A),
/// and how many of them are marked as places there.
const READ: f32 = 70.0;
const MARKED: f32 = 70.0;

/// Parts of a dateline that hold no place: agencies, dates, dashes.
const ENDS: [&str; 4] = ["(", "—", "–", "--"];
const MONTHS: [&str; 13] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
const FULL_MONTHS: [&str; 8] =
    ["january", "february", "march", "april", "june", "july", "august", "september"];
const LATE_MONTHS: [&str; 3] = ["october", "november", "december"];

/// The places that the article's datelines state, the container behind the place it holds.
pub(crate) fn read(text: &Text, lexicon: &Lexicon) -> Vec<Stated> {
    let zones = text.zones().iter().filter(|z| z.kind == ZoneKind::Dateline);
    zones.flat_map(|zone| stated(text, zone.span, lexicon)).collect()
}

fn stated(text: &Text, zone: Span, lexicon: &Lexicon) -> Vec<Stated> {
    let surface = text.surface(zone);
    let end = ENDS.iter().filter_map(|mark| surface.find(mark)).min().unwrap_or(surface.len());
    let mut parts = parts(&surface[..end]).into_iter();
    let Some((at, name)) = parts.next() else { return Vec::new() };
    let span = |at: usize, name: &str| Span::new(zone.start + at, zone.start + at + name.len());
    let around = parts.find_map(|(at, part)| {
        let whole = [part, part.trim_end_matches('.')];
        let named = |part: &&str| Container::named(part, lexicon).is_some();
        let part = whole.into_iter().find(named)?;
        let listed = listings(part, lexicon).iter().copied();
        let around = |e: &usize| matches!(lexicon.entry(*e).sort, Sort::Country | Sort::Region);
        Some((at, part, { listed }.filter(around).collect::<Vec<_>>()))
    });
    let container = around.as_ref().and_then(|(_, part, _)| Container::named(part, lexicon));
    let first = name.trim_end_matches(['.', ':']);
    let mut found =
        vec![Stated { span: span(at, first), name: first.to_owned(), container, entry: None }];
    if let Some((at, part, entries)) = around {
        // "ATHENS, Georgia": which of the two is told by the town that lies in it.
        let entry = entries.first().copied();
        let (span, name) = (span(at, part), part.to_owned());
        found.push(Stated { span, name, container: None, entry });
    }
    found
}

/// What stands between commas, without dates, with its offset.
fn parts(surface: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut start = 0;
    for part in surface.split(',') {
        let at = start + (part.len() - part.trim_start().len());
        let name = undated(part.trim());
        if name.chars().any(char::is_alphabetic) {
            parts.push((at, name));
        }
        start += part.len() + 1;
    }
    parts
}

/// The words in front of a date: "LONDON July 22".
fn undated(part: &str) -> &str {
    let mut end = 0;
    for word in part.split(' ') {
        let start = end;
        let plain = word.trim_end_matches('.').to_lowercase();
        let plain = plain.as_str();
        let month =
            MONTHS.contains(&plain) || FULL_MONTHS.contains(&plain) || LATE_MONTHS.contains(&plain);
        if month || word.starts_with(|c: char| c.is_ascii_digit()) {
            return part[..start].trim_end();
        }
        end = (end + word.len() + 1).min(part.len());
    }
    part.trim_end_matches([' ', '-', ':'])
}

pub(crate) fn listings<'l>(name: &str, lexicon: &'l Lexicon) -> &'l [usize] {
    let name = key([name]);
    let exact = lexicon.lookup(&name);
    if exact.is_empty() { lexicon.lookup_folded(&name) } else { exact }
}

/// What the stated places mean, by what `meant` makes of a town and its container. A town that is
/// listed nowhere lies in its container; without one it is no more than a guess and left out.
pub(crate) fn resolve(
    stated: &[Stated],
    lexicon: &Lexicon,
    meant: impl Fn(&str, Option<&Container>) -> Option<Place>,
) -> Vec<Resolved> {
    let mut country: Option<String> = None;
    let mut resolved = Vec::new();
    for stated in stated {
        let place = match stated.entry {
            None => meant(&fold(&stated.name), stated.container.as_ref()).or_else(|| {
                let around = stated.container.as_ref().and_then(Container::country)?;
                let country = Some(around.to_owned());
                Some(Place { subtype: Some("city"), country, ..Place::default() })
            }),
            Some(first) => {
                let all = listings(&stated.name, lexicon).iter().copied();
                let same = |e: &usize| {
                    let entry = lexicon.entry(*e);
                    country.is_some()
                        && entry.country == country
                        && matches!(entry.sort, Sort::Country | Sort::Region)
                };
                let entry = { all }.find(same).unwrap_or(first);
                let listed = lexicon.entry(entry);
                Some(Place {
                    entry: Some(entry),
                    name: Some(listed.name.clone()),
                    subtype: listed.subtype,
                    country: listed.country.clone(),
                    ..Place::default()
                })
            }
        };
        let Some(place) = place else { continue };
        country.clone_from(&place.country);
        resolved.push(Resolved { span: stated.span, name: stated.name.clone(), place });
    }
    resolved
}

/// Adds the places to the entities, each to the one of its name where the article has it, and puts
/// the entities in order of first mention again.
pub(crate) fn add(
    text: &Text,
    resolved: Vec<Resolved>,
    entities: &mut Vec<EntityFact>,
    mentions: &mut [MentionFact],
) -> Vec<Unread> {
    let mut unread: Vec<Unread> = Vec::new();
    for Resolved { span, name, place } in resolved {
        let named = place.name.clone().unwrap_or_else(|| capitalized(&name));
        let spelled = fold(&named);
        let spells = |n: &String| fold(n) == spelled;
        let same = |e: &EntityFact| {
            let apart = matches!((e.point, place.point), (Some(one), Some(other)) if one != other);
            e.kind == Kind::Place
                && e.country == place.country
                && !apart
                && (spells(&e.name) || e.aliases.iter().any(spells))
        };
        let known = entities.iter().position(same);
        let entity = known.unwrap_or(entities.len());
        let agreed = mentions.iter().filter(|m| m.entity == entity).count().min(MOST_AGREED) as f32;
        match known {
            Some(known) => {
                let fact = &mut entities[known];
                // Capitals alone make no other name.
                let written = fold(&name);
                let known = |n: &String| fold(n) == written;
                if !known(&fact.name) && !fact.aliases.iter().any(known) {
                    fact.aliases.push(name);
                }
            }
            None => entities.push(EntityFact {
                kind: Kind::Place,
                subtype: place.subtype,
                aliases: if fold(&name) == spelled { Vec::new() } else { vec![name] },
                name: named,
                titles: Vec::new(),
                affiliations: Vec::new(),
                country: place.country,
                point: place.point,
            }),
        }
        let score = (MARKED + agreed + 1.0) / (READ + agreed + 2.0);
        unread.push(Unread { entity, span, score });
    }
    if !unread.is_empty() {
        reorder(text, entities, mentions, &mut unread);
    }
    unread
}

/// More mentions elsewhere don't make a place surer.
const MOST_AGREED: usize = 16;

fn reorder(
    text: &Text,
    entities: &mut Vec<EntityFact>,
    mentions: &mut [MentionFact],
    unread: &mut [Unread],
) {
    let mut first = vec![usize::MAX; entities.len()];
    for mention in mentions.iter() {
        let start = text.tokens()[mention.tokens.start].span.start;
        first[mention.entity] = first[mention.entity].min(start);
    }
    for mention in unread.iter() {
        first[mention.entity] = first[mention.entity].min(mention.span.start);
    }
    let mut order: Vec<usize> = (0..entities.len()).collect();
    order.sort_by_key(|&entity| (first[entity], entity));
    let mut place = vec![0; order.len()];
    for (at, &entity) in order.iter().enumerate() {
        place[entity] = at;
    }
    *entities = order.iter().map(|&entity| entities[entity].clone()).collect();
    entities.iter_mut().flat_map(|e| &mut e.affiliations).for_each(|of| *of = place[*of]);
    mentions.iter_mut().for_each(|m| m.entity = place[m.entity]);
    unread.iter_mut().for_each(|m| m.entity = place[m.entity]);
}

/// "HARLAN FALLS" as "Harlan Falls"; names in small letters stay.
fn capitalized(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut begins = true;
    let letter = |c: char| {
        let out = if begins { c.to_string() } else { c.to_lowercase().to_string() };
        begins = !c.is_alphabetic() && c != '\'' && c != '’';
        out
    };
    name.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use dateline_text::{Annotations, Article, OffsetUnit, segment};

    use crate::{Options, Rules};

    /// The places of an article that the model found no names in, only proper nouns.
    fn places(text: &str) -> Vec<String> {
        let article = Article::from_text("1", text);
        let text = segment(&article);
        let token = dateline_text::TokenAnnotation {
            upos: dateline_text::Upos::Propn,
            xpos: dateline_text::Xpos::ALL[0],
            lemma: "-".to_owned(),
            head: None,
            deprel: dateline_text::Deprel::Root,
            event: 0.0,
        };
        let tokens = vec![token; text.tokens().len()];
        let annotations = Annotations { tokens, ..Annotations::default() };
        let rules = Rules::builtin().unwrap();
        let mut document = rules.read(&article, &text, &annotations, &Options::default());
        document.convert(&text, OffsetUnit::Byte);
        let places = document.entities.iter().filter(|e| e.kind == "PLACE");
        let show = |e: &crate::record::Entity| {
            let mentions: Vec<&str> = e.mentions.iter().map(|m| m.location.text.as_str()).collect();
            for mention in &e.mentions {
                let at = mention.location.start..mention.location.end;
                assert_eq!(article.text[at], mention.location.text);
            }
            let (subtype, country) = (e.subtype.as_deref(), e.country.as_deref());
            let (subtype, country) = (subtype.unwrap_or("-"), country.unwrap_or("-"));
            format!("{} {subtype} {country}: {}", e.name, mentions.join(" | "))
        };
        places.map(show).collect()
    }

    #[test]
    fn places_of_datelines() {
        let cases: [(&str, &[&str]); 7] = [
            (
                "HARLAN FALLS, Ohio (AP) — The mill closed on Friday.",
                &["Harlan Falls city USA: HARLAN FALLS", "Ohio region USA: Ohio"],
            ),
            (
                "MOSUL, Iraq (Reuters) - The bridge is open again.",
                &["Mosul city IRQ: MOSUL", "Iraq country IRQ: Iraq"],
            ),
            (
                "ATHENS, Georgia (AP) — The fire is out.",
                &["Athens city USA: ATHENS", "Georgia region USA: Georgia"],
            ),
            ("NAIROBI, July 22 (Xinhua) -- The port opened.", &["Nairobi city KEN: NAIROBI"]),
            ("PARIS (AFP) - The strike ended.", &["Paris city FRA: PARIS"]),
            // A town that nothing tells of is no more than a guess.
            ("QORVELD (AP) — The strike ended.", &[]),
            ("The strike ended.", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(places(text), expected, "{text}");
        }
    }

    #[test]
    fn a_place_named_again_is_one() {
        let read = places("KABUL, Afghanistan (AP) — The army of Afghanistan left.");
        let expected =
            ["Kabul city AFG: KABUL", "Afghanistan country AFG: Afghanistan | Afghanistan"];
        assert_eq!(read, expected);
    }
}
