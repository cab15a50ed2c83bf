//! From slots to roles, and from role fillers to entities, events, times, quantities.

use std::ops::Range;

use dateline_text::{Deprel, Upos, Xpos};

use crate::reading::{Kind, MentionKind};

use super::frame::Arg;
use super::ontology::{PROPOSITIONAL, RoleChoice};
use super::sentence::Context;
use super::triggers::Found;

/// What fills a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Filler {
    Entity(usize),
    /// Index into the found triggers.
    Event(usize),
    Quantity(usize),
    /// The words themselves; their head.
    Text(usize),
}

/// A filled role of one trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) role: &'static str,
    pub(crate) filler: Filler,
    /// The words that fill it.
    pub(crate) tokens: Range<usize>,
    /// Their head.
    pub(crate) head: usize,
}

/// Longest stretch of plain words that is shown as a filler.
const MAX_TEXT: usize = 16;

/// Roles of every trigger, in the order of `found`.
pub(crate) fn find(context: &Context<'_>, found: &[Found]) -> Vec<Vec<Filled>> {
    let mut by_token = vec![None; context.tree.len()];
    for (index, trigger) in found.iter().enumerate() {
        by_token[trigger.token] = Some(index);
    }
    let resolver = Resolver { context, by_token };
    found.iter().map(|trigger| resolver.roles(trigger)).collect()
}

struct Resolver<'c, 'r> {
    context: &'c Context<'r>,
    by_token: Vec<Option<usize>>,
}

impl Resolver<'_, '_> {
    fn roles(&self, trigger: &Found) -> Vec<Filled> {
        let kind = &self.context.rules.lexicon.types[trigger.kind];
        let mut filled: Vec<Filled> = Vec::new();
        for arg in &trigger.frame.args {
            let slot = slot(self.context, trigger, arg);
            let Some(choices) = choices(self.context, trigger, slot) else { continue };
            let first = self.context.content_head(arg.token);
            for token in self.context.conjuncts(arg.token) {
                // A conjunct that is a clause or an event of its own is no further filler of a noun's role.
                let Some(choice) = choice(self.context, trigger, choices, token) else { continue };
                if trigger.token == token
                    || (token != arg.token
                        && self.context.is_verb(token)
                        && !self.context.is_verb(first))
                {
                    continue;
                }
                // An adjective before a noun only tells its sense.
                if slot == "noun" && !self.context.is_noun(token) {
                    continue;
                }
                for new in self.fill(choice.role, token, trigger) {
                    if !filled.iter().any(|f| f.role == new.role && f.filler == new.filler) {
                        filled.push(new);
                    }
                }
                self.count(token, &kind.roles, choice.role, &mut filled);
            }
        }
        filled
    }

    /// The number of a counted filler is the event's quantity.
    fn count(&self, token: usize, roles: &[&'static str], role: &str, filled: &mut Vec<Filled>) {
        // Of killers and killed, the killed are counted.
        let doer = role == "agent" && roles.contains(&"victim");
        let countable = !doer
            && matches!(role, "theme" | "victim" | "agent" | "participant" | "item" | "target");
        if !roles.contains(&"quantity") || !countable {
            return;
        }
        let reading = self.context.reading;
        let Some(index) = self.context.quantity(token) else { return };
        let quantity = &reading.quantities[index];
        if quantity.kind == "count" && !filled.iter().any(|f| f.role == "quantity") {
            filled.push(Filled {
                role: "quantity",
                filler: Filler::Quantity(index),
                tokens: quantity.tokens.clone(),
                head: quantity.head,
            });
        }
    }

    fn fill(&self, role: &'static str, token: usize, trigger: &Found) -> Vec<Filled> {
        let context = self.context;
        let reading = context.reading;
        let head = context.content_head(token);
        let one = |filler, tokens, head| vec![Filled { role, filler, tokens, head }];
        if PROPOSITIONAL.contains(&role)
            && let Some(event) = self.event_under(head)
        {
            return one(Filler::Event(event), self.phrase(head), head);
        }
        // What is said is an event of its own or nothing: torn clauses tell a reader little.
        let statement = context.rules.lexicon.types[trigger.kind].name == "statement.say";
        if role == "content" && (context.is_verb(head) || statement) {
            return Vec::new();
        }
        if matches!(role, "amount" | "quantity" | "value" | "change")
            && let Some(quantity) =
                context.quantity(head).or_else(|| reading.quantity_covering(token))
        {
            let tokens = reading.quantities[quantity].tokens.clone();
            return one(Filler::Quantity(quantity), tokens, head);
        }
        let mentions = mentions(context, head);
        if !mentions.is_empty() {
            let sides = match role {
                "participant" if mentions.len() == 1 => self.sides(head),
                _ => Vec::new(),
            };
            let new = mentions.into_iter().chain(sides).map(|m| {
                let mention = &reading.mentions[m];
                Filled {
                    role,
                    filler: Filler::Entity(mention.entity),
                    tokens: mention.tokens.clone(),
                    head: mention.head,
                }
            });
            return new.collect();
        }
        if let Some(place) = located(context, head) {
            let tokens = self.phrase(head);
            return one(Filler::Entity(reading.mentions[place].entity), tokens, head);
        }
        let pronoun = matches!(context.tree.upos(head), Upos::Pron | Upos::Det)
            || matches!(context.tree.xpos(head), Xpos::Wdt | Xpos::Wp | Xpos::Ex);
        // An event is no agent or victim.
        let event = self.by_token[head].is_some() && !matches!(role, "item" | "charge" | "target");
        let number = context.tree.upos(head) == Upos::Num;
        if event || number {
            return Vec::new();
        }
        if pronoun || reading.time_covering(head).is_some() || head == trigger.token {
            return Vec::new();
        }
        let tokens = self.phrase(head);
        // One verb torn from its clause tells nothing.
        if tokens.is_empty() || tokens.len() == 1 && !context.is_noun(head) {
            return Vec::new();
        }
        one(Filler::Text(head), tokens, head)
    }

    /// The several states that a plural stands for: "diplomats from Chad and Niger", "Chadian and
    /// Nigerien officers".
    fn sides(&self, head: usize) -> Vec<usize> {
        let context = self.context;
        if context.name_covering(head).is_some() || !context.tree.xpos(head).is_plural() {
            return Vec::new();
        }
        let mut sides = Vec::new();
        for &child in context.children(head) {
            let from = matches!(context.tree.deprel(child), Deprel::Nmod)
                && matches!(context.preposition(child).0.as_str(), "of" | "from");
            let modifier = matches!(
                context.tree.deprel(child),
                Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::NmodDesc
            );
            if !from && !modifier {
                continue;
            }
            let named = context.conjuncts(child).into_iter().filter_map(|t| {
                let mention = context.reading.mention_covering(t)?;
                let kind = context.entity_kind(mention);
                let state =
                    kind == Kind::Norp || kind == Kind::Place && context.is_country(mention);
                let entity = &context.reading.entities[context.reading.mentions[mention].entity];
                (state && entity.country.is_some())
                    .then_some(mention)
                    .filter(|&m| context.reading.mentions[m].head != head)
            });
            let named: Vec<usize> = named.collect();
            if named.len() > 1 {
                sides.extend(named);
            }
        }
        sides
    }

    /// The event that `token` names, or that a verb of aspect or attempt over it does.
    fn event_under(&self, token: usize) -> Option<usize> {
        let mut at = token;
        for _ in 0..3 {
            if let Some(event) = self.by_token[at] {
                return Some(event);
            }
            let grammar = &self.context.rules.grammar;
            let through = [
                grammar.aspect,
                grammar.planning,
                grammar.proposing,
                grammar.light,
                grammar.failing,
            ];
            if !through.iter().any(|&class| self.context.is(at, class)) {
                return None;
            }
            let tree = self.context.tree;
            at = self.context.children(at).iter().copied().find(|&c| {
                matches!(tree.deprel(c), Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl)
            })?;
            at = self.context.content_head(at);
        }
        None
    }

    /// The words of a phrase without clauses and appositions, or of a clause from its verb on.
    fn phrase(&self, head: usize) -> Range<usize> {
        let context = self.context;
        let tree = context.tree;
        let (mut start, mut end) = (head, head + 1);
        let verb = context.is_verb(head);
        // Left modifiers from the head outwards, then the right ones: what a gap tears off is left out.
        let children = context.children(head);
        let left = children.iter().rev().filter(|&&c| c < head);
        for &child in left.chain(children.iter().filter(|&&c| c > head)) {
            let (first, last) = context.extent(child);
            let keep = match tree.deprel(child) {
                Deprel::Amod
                | Deprel::Compound
                | Deprel::Nummod
                | Deprel::NmodPoss
                | Deprel::Flat
                | Deprel::Fixed
                | Deprel::NmodDesc
                | Deprel::CompoundPrt => true,
                Deprel::Det => false,
                Deprel::Nmod => {
                    tree.upos(child) != Upos::Pron && context.preposition(child).0 == "of"
                }
                Deprel::Obj | Deprel::Obl | Deprel::Xcomp => verb && child > head,
                _ => false,
            };
            let near = last + 1 >= start && first <= end;
            if keep && near {
                start = start.min(first);
                end = end.max(last + 1);
            }
        }
        if end - start > MAX_TEXT {
            return head..head + 1;
        }
        while start < head && tree.upos(start) == Upos::Punct {
            start += 1;
        }
        start..end
    }
}

/// The slot that an argument fills: the subject of a verb without object may have one of its own.
pub(crate) fn slot<'a>(context: &Context<'_>, trigger: &Found, arg: &'a Arg) -> &'a str {
    let rules = context.rules;
    let own = rules.lexicon.triggers[trigger.trigger].slots.contains_key("lone");
    let has = own || rules.lexicon.types[trigger.kind].slots.contains_key("lone");
    let lone = trigger.verbal && trigger.frame.get("object").is_none();
    if arg.slot == "subject" && lone && has { "lone" } else { arg.slot.as_ref() }
}

/// The roles that a slot's filler may take: by the trigger's entry, its type, or any type.
pub(crate) fn choices<'c>(
    context: &Context<'c>,
    trigger: &Found,
    slot: &str,
) -> Option<&'c [RoleChoice]> {
    let rules = context.rules;
    let own = rules.lexicon.triggers[trigger.trigger].slots.get(slot);
    let own = own.or_else(|| rules.lexicon.types[trigger.kind].slots.get(slot));
    own.or_else(|| rules.shared.get(slot)).map(Vec::as_slice)
}

/// The first of them that accepts the filler.
pub(crate) fn choice<'c>(
    context: &Context<'_>,
    trigger: &Found,
    choices: &'c [RoleChoice],
    token: usize,
) -> Option<&'c RoleChoice> {
    let roles = &context.rules.lexicon.types[trigger.kind].roles;
    let accepts = |c: &&RoleChoice| c.condition.is_none_or(|f| f.accepts(context, token));
    choices.iter().find(|c| accepts(c) && roles.contains(&c.role))
}

/// The name of the place that a common noun only introduces: "the town of Palma".
fn located(context: &Context<'_>, token: usize) -> Option<usize> {
    let named = context.of_phrase(token).filter(|_| {
        context.is(token, context.rules.grammar.locality) && !context.tree.xpos(token).is_plural()
    })?;
    context.name_covering(named).filter(|&m| context.entity_kind(m) == Kind::Place)
}

/// Mentions by which `token` refers.
pub(crate) fn mentions(context: &Context<'_>, token: usize) -> Vec<usize> {
    let reading = context.reading;
    let headed = reading.mentions_headed(token);
    if !headed.is_empty() {
        // Of mentions that share a head, the widest say who is meant ("US officials", not "US").
        let group = |m: &usize| reading.entities[reading.mentions[*m].entity].kind == Kind::Group;
        let groups: Vec<usize> = headed.iter().copied().filter(|m| group(m)).collect();
        return if groups.is_empty() { headed[headed.len() - 1..].to_vec() } else { groups };
    }
    // "the president, NAME" and "President NAME" with the title as head.
    let named = context.children(token).iter().copied().find(|&c| {
        matches!(context.tree.deprel(c), Deprel::Appos | Deprel::Flat)
            && context.is(token, context.rules.grammar.people)
    });
    if let Some(named) = named {
        let mut person = reading.mentions_headed(named).iter().copied();
        let person = person.rfind(|&m| context.entity_kind(m) == Kind::Person);
        if let Some(person) = person {
            return vec![person];
        }
    }
    let covering = reading.mention_covering(token);
    let covering = covering.filter(|&m| reading.mentions[m].kind == MentionKind::Name);
    covering.into_iter().collect()
}

/// The entity that the phrase headed by `token` names.
pub(crate) fn entity_of(context: &Context<'_>, token: usize) -> Option<usize> {
    let mention = mentions(context, context.content_head(token)).first().copied()?;
    Some(context.reading.mentions[mention].entity)
}
