//! Conditions on the filler of a slot: word classes, entity kinds, presence.

use dateline_text::Upos;

use crate::reading::Kind;

use super::sentence::Context;
use super::words::{ClassSet, Words};

/// What a filler may be. Written as alternatives separated by `|`: word classes in lower case
/// (`force|weapon`), kinds in upper case (`PERSON`, `COUNTRY`, `HUMAN`, `MONEY`), `any`, `none`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) any: bool,
    pub(crate) none: bool,
    classes: ClassSet,
    kinds: u16,
}

const KINDS: [&str; 15] = [
    "PERSON", "ORG", "PLACE", "NORP", "EVENT", "GROUP", "MISC", "COUNTRY", "HUMAN", "ACTOR",
    "MONEY", "PERCENT", "COUNT", "TIME", "TITLED",
];

fn bit(name: &str) -> Option<u16> {
    KINDS.iter().position(|k| *k == name).map(|at| 1 << at)
}

impl Filter {
    pub(crate) fn parse(text: &str, words: &Words) -> Result<Filter, String> {
        let mut filter = Filter::default();
        for part in text.split('|').map(str::trim) {
            match (part, bit(part), words.class(part)) {
                ("any", ..) => filter.any = true,
                ("none", ..) => filter.none = true,
                (_, Some(kind), _) => filter.kinds |= kind,
                (_, _, Some(class)) => filter.classes.insert(class),
                _ => return Err(format!("{part:?} is neither a word class nor a kind")),
            }
        }
        Ok(filter)
    }

    /// Word classes alone, for conditions on context.
    pub(crate) fn classes(&self) -> ClassSet {
        self.classes
    }

    /// True if the phrase headed by `token` is of one of these kinds or classes.
    pub(crate) fn accepts(&self, context: &Context<'_>, token: usize) -> bool {
        if self.any {
            return true;
        }
        let token = context.content_head(token);
        self.classes.overlaps(context.classes(token)) || self.kinds & kinds(context, token) != 0
    }
}

/// "no one" as two words.
fn no_one(context: &Context<'_>, token: usize) -> bool {
    let no = |c: &usize| context.tree.word(*c).eq_ignore_ascii_case("no");
    context.tree.word(token).eq_ignore_ascii_case("one") && context.children(token).iter().any(no)
}

fn kinds(context: &Context<'_>, token: usize) -> u16 {
    let reading = context.reading;
    let mut names: Vec<&str> = Vec::new();
    let headed = reading.mentions_headed(token).iter().copied();
    for mention in headed.chain(reading.mention_covering(token)) {
        let entity = &reading.entities[reading.mentions[mention].entity];
        names.push(entity.kind.as_str());
        match entity.kind {
            Kind::Person | Kind::Group => names.extend(["HUMAN", "ACTOR"]),
            Kind::Norp => names.extend(["HUMAN", "ACTOR"]),
            Kind::Org => names.push("ACTOR"),
            Kind::Place if context.is_country(mention) => names.extend(["COUNTRY", "ACTOR"]),
            _ => {}
        }
        if entity.kind == Kind::Person && !entity.titles.is_empty() {
            names.push("TITLED");
        }
    }
    if context.classes(token).overlaps(context.rules.grammar.people)
        || matches!(context.tree.lemma(token), "he" | "she" | "they" | "who" | "we" | "I" | "i")
        || no_one(context, token)
    {
        names.extend(["HUMAN", "ACTOR"]);
    }
    if context.classes(token).overlaps(context.rules.grammar.bodies) {
        names.push("ACTOR");
    }
    if reading.time_covering(token).is_some() {
        names.push("TIME");
    }
    if let Some(quantity) = context.quantity(token) {
        names.push(match reading.quantities[quantity].kind {
            "money" => "MONEY",
            "percent" => "PERCENT",
            _ => "COUNT",
        });
    }
    let number = context.tree.upos(token) == Upos::Num && reading.time_covering(token).is_none();
    if number && context.quantity(token).is_none() {
        names.push("COUNT");
    }
    names.into_iter().filter_map(bit).fold(0, |all, b| all | b)
}
