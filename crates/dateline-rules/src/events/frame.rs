//! Deep arguments of a verb: subject and object whatever the voice, obliques by preposition.

use std::borrow::Cow;

use dateline_text::{Deprel, Xpos};

use crate::reading::Kind;

use super::sentence::Context;

/// Depth to which a subject is looked for through control and coordination.
pub(super) const CONTROL_DEPTH: usize = 6;

/// Arguments whose own dependents are looked through.
const MAX_ADOPTERS: usize = 12;

/// One argument: its slot (`subject`, `object`, `from`, …) and head token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Arg {
    pub(crate) slot: Cow<'static, str>,
    pub(crate) token: usize,
}

/// The arguments around a trigger.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    pub(crate) args: Vec<Arg>,
    /// The light or occurrence verb that carries a noun.
    pub(crate) carrier: Option<usize>,
    pub(crate) passive: bool,
}

impl Frame {
    pub(crate) fn get(&self, slot: &str) -> Option<usize> {
        self.args.iter().find(|arg| arg.slot == slot).map(|arg| arg.token)
    }

    pub(crate) fn all<'f>(&'f self, slot: &'f str) -> impl Iterator<Item = usize> + 'f {
        self.args.iter().filter(move |arg| arg.slot == slot).map(|arg| arg.token)
    }

    pub(super) fn add(&mut self, slot: impl Into<Cow<'static, str>>, token: usize) {
        let arg = Arg { slot: slot.into(), token };
        if !self.args.contains(&arg) {
            self.args.push(arg);
        }
    }
}

impl Context<'_> {
    /// The frame of a verb.
    pub(crate) fn verb_frame(&self, verb: usize) -> Frame {
        let mut frame = Frame { passive: self.is_passive(verb), ..Frame::default() };
        if let Some(subject) = self.surface_subject(verb, CONTROL_DEPTH) {
            frame.add(if frame.passive { "object" } else { "subject" }, subject);
        }
        self.complements(verb, &mut frame);
        if let Some(head) = self.gap(verb, &frame) {
            frame.add("object", head);
        }
        self.adopt(verb, &mut frame);
        frame
    }

    /// Everything but the subject.
    pub(super) fn complements(&self, verb: usize, frame: &mut Frame) {
        let tree = self.tree;
        for &child in self.children(verb) {
            match tree.deprel(child) {
                Deprel::Obj => {
                    let slot = if frame.passive { "indirect" } else { "object" };
                    frame.add(slot, self.antecedent(child));
                    self.strays(child, frame);
                }
                Deprel::Iobj => frame.add("indirect", self.antecedent(child)),
                Deprel::OblAgent => frame.add("subject", child),
                Deprel::Obl | Deprel::OblUnmarked | Deprel::Nmod | Deprel::NmodUnmarked => {
                    self.oblique(child, frame);
                }
                Deprel::Ccomp | Deprel::Xcomp => frame.add("clause", child),
                // "debated how both armies should leave": a free relative is what is spoken of.
                Deprel::AdvclRelcl if child > verb => frame.add("clause", child),
                Deprel::Advmod if self.is_date(child) => frame.add("time", child),
                Deprel::Advcl => {
                    let (preposition, _) = self.preposition(child);
                    // "before they were due to start" has its own subject and serves nothing.
                    let bound =
                        matches!(preposition.as_str(), "before" | "after" | "until" | "since");
                    if self.is_infinitive(child) && !bound {
                        frame.add("purpose", child);
                    } else if !preposition.is_empty() && tree.xpos(child) == Xpos::Vbg {
                        frame.add(preposition, child);
                    }
                }
                _ => {}
            }
        }
    }

    /// Prepositional phrases that parsers hang on the object though they say where it went:
    /// "remove [the forces from the country]".
    fn strays(&self, object: usize, frame: &mut Frame) {
        for &child in self.children(object) {
            if self.tree.deprel(child) == Deprel::Nmod
                && self.reading.time_covering(child).is_none()
            {
                let (preposition, _) = self.preposition(child);
                // "severed [ties with Taiwan]": a name there is the other side.
                let named = self.reading.mention_covering(child).is_some();
                if matches!(preposition.as_str(), "from" | "to" | "in" | "at" | "near")
                    || preposition == "with" && named
                {
                    frame.add(preposition, child);
                }
            }
        }
    }

    /// Dates, places and topics that parsers hang on a name or a date after the trigger though
    /// they belong to the event: "met [the minister in Oslo on Monday]", "talks in [Oslo over a
    /// border]".
    pub(super) fn adopt(&self, trigger: usize, frame: &mut Frame) {
        let mut next = 0;
        while let Some(arg) = frame.args.get(next).cloned() {
            next += 1;
            let slot = arg.slot.as_ref();
            let dated = slot == "time";
            let somewhere = matches!(slot, "in" | "at" | "to" | "near");
            let party = matches!(slot, "subject" | "object" | "with" | "between");
            let named = dated || self.reading.mention_covering(arg.token).is_some();
            if next > MAX_ADOPTERS
                || arg.token < trigger
                || !named
                || !(dated || somewhere || party)
            {
                continue;
            }
            for head in self.conjuncts(arg.token) {
                for &child in self.children(head) {
                    let phrase = matches!(
                        self.tree.deprel(child),
                        Deprel::Nmod | Deprel::NmodUnmarked | Deprel::Obl | Deprel::OblUnmarked
                    );
                    if !phrase {
                        continue;
                    }
                    if self.reading.time_covering(child).is_some() {
                        if frame.get("time").is_none() {
                            frame.add("time", child);
                        }
                        continue;
                    }
                    let (preposition, _) = self.preposition(child);
                    let place = self
                        .reading
                        .mention_covering(child)
                        .is_some_and(|m| self.entity_kind(m) == Kind::Place);
                    match preposition.as_str() {
                        "in" | "at" if place && !somewhere => frame.add(preposition, child),
                        "on" if dated || somewhere => frame.add("on", child),
                        _ => {}
                    }
                }
            }
        }
    }

    pub(super) fn is_date(&self, token: usize) -> bool {
        let value =
            self.reading.time_covering(token).and_then(|t| self.reading.times[t].value.as_deref());
        value.is_some_and(|v| v.starts_with(|c: char| c.is_ascii_digit()))
    }

    fn oblique(&self, child: usize, frame: &mut Frame) {
        if self.reading.time_covering(child).is_some() {
            frame.add("time", child);
            return;
        }
        let (preposition, _) = self.preposition(child);
        match preposition.as_str() {
            "" => {}
            "by" if frame.passive => frame.add("subject", child),
            _ => frame.add(preposition, self.antecedent(child)),
        }
    }

    /// The subject that stands with the verb, or that it shares by coordination or control.
    pub(crate) fn surface_subject(&self, verb: usize, depth: usize) -> Option<usize> {
        let tree = self.tree;
        let own = self.children(verb).iter().copied().find(|&c| {
            matches!(tree.deprel(c), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
        });
        if let Some(own) = own {
            return Some(self.antecedent(own));
        }
        if let Some(inverted) = self.inverted_subject(verb) {
            return Some(inverted);
        }
        let (head, depth) = (tree.head(verb)?, depth.checked_sub(1)?);
        match tree.deprel(verb) {
            Deprel::Conj => self.surface_subject(head, depth),
            Deprel::Xcomp => {
                let object =
                    self.children(head).iter().copied().find(|&c| tree.deprel(c) == Deprel::Obj);
                match object {
                    Some(object) if !self.is(head, self.rules.grammar.subject_control) => {
                        Some(self.antecedent(object))
                    }
                    _ => self.surface_subject(head, depth),
                }
            }
            Deprel::Advcl if self.is_subjectless(verb) => self.surface_subject(head, depth),
            Deprel::Acl if matches!(tree.xpos(verb), Xpos::Vbg | Xpos::Vbn) => Some(head),
            _ => None,
        }
    }

    /// The name behind its verb in `"…," said the club's chairman Jo Berg`, where a parser that lost
    /// the thread hangs it on the verb as no verb's dependent can be, or on *say* as its object.
    fn inverted_subject(&self, verb: usize) -> Option<usize> {
        let tree = self.tree;
        self.children(verb).iter().copied().find(|&child| {
            let stray = matches!(
                tree.deprel(child),
                Deprel::Flat | Deprel::Appos | Deprel::Compound | Deprel::NmodDesc | Deprel::Dep
            );
            let said = tree.deprel(child) == Deprel::Obj && tree.lemma(verb) == "say";
            let party = |m| matches!(self.entity_kind(m), Kind::Person | Kind::Org | Kind::Group);
            child > verb
                && (stray || said)
                && self.is_verb(verb)
                && self.name_covering(child).is_some_and(party)
        })
    }

    fn is_subjectless(&self, verb: usize) -> bool {
        matches!(self.tree.xpos(verb), Xpos::Vbg | Xpos::Vbn) || self.is_infinitive(verb)
    }

    pub(crate) fn is_infinitive(&self, verb: usize) -> bool {
        self.children(verb).iter().any(|&c| {
            self.tree.deprel(c) == Deprel::Mark && self.tree.word(c).eq_ignore_ascii_case("to")
        })
    }

    /// What a relative pronoun stands for.
    pub(crate) fn antecedent(&self, token: usize) -> usize {
        let tree = self.tree;
        if !matches!(tree.xpos(token), Xpos::Wdt | Xpos::Wp) {
            return token;
        }
        let relative = self.ancestors(token).find(|&a| tree.deprel(a) == Deprel::AclRelcl);
        relative.and_then(|verb| tree.head(verb)).unwrap_or(token)
    }

    /// "the deal they signed": the head of an object relative clause without a pronoun.
    fn gap(&self, verb: usize, frame: &Frame) -> Option<usize> {
        let tree = self.tree;
        if tree.deprel(verb) != Deprel::AclRelcl || frame.passive || frame.get("object").is_some() {
            return None;
        }
        let head = tree.head(verb)?;
        let own = self.children(verb).iter().any(|&c| {
            tree.deprel(c) == Deprel::Nsubj && !matches!(tree.xpos(c), Xpos::Wdt | Xpos::Wp)
        });
        (own && frame.get("subject") != Some(head)).then_some(head)
    }
}
