//! Deep arguments of a trigger: subject and object whatever the voice, obliques by preposition,
//! and for nouns their possessors, of-phrases, compounds and the arguments of a light verb.

use std::borrow::Cow;

use dateline_text::{Deprel, Upos, Xpos};

use crate::reading::Kind;

use super::sentence::Context;

/// Depth to which a subject is looked for through control and coordination.
const CONTROL_DEPTH: usize = 6;

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

    fn add(&mut self, slot: impl Into<Cow<'static, str>>, token: usize) {
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
    fn complements(&self, verb: usize, frame: &mut Frame) {
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
                Deprel::Advmod if self.is_date(child) => frame.add("time", child),
                Deprel::Advcl => {
                    let (preposition, _) = self.preposition(child);
                    if self.is_infinitive(child) {
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
                if matches!(preposition.as_str(), "from" | "to" | "in" | "at" | "near") {
                    frame.add(preposition, child);
                }
            }
        }
    }

    /// Dates, places and topics that parsers hang on a name or a date after the trigger though
    /// they belong to the event: "met [the minister in Oslo on Monday]", "talks in [Oslo over a
    /// border]".
    fn adopt(&self, trigger: usize, frame: &mut Frame) {
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

    fn is_date(&self, token: usize) -> bool {
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

    /// The frame of a noun: `stack` holds its compound modifiers after re-bracketing.
    pub(crate) fn noun_frame(&self, noun: usize, stack: &[usize]) -> Frame {
        let tree = self.tree;
        let mut frame = Frame::default();
        // "a series of strikes": what hangs on the measure word belongs to the event as well.
        let mut heads = vec![noun];
        let mut outer = noun;
        for _ in 0..2 {
            match tree.head(outer) {
                Some(head)
                    if self.of_phrase(head) == Some(outer)
                        && (self.is(head, self.rules.grammar.transparent)
                            || self.is(head, self.rules.grammar.spell)) =>
                {
                    heads.push(head);
                    outer = head;
                }
                _ => break,
            }
        }
        for &head in &heads {
            for &child in self.children(head) {
                if heads.contains(&child) {
                    continue;
                }
                self.noun_dependent(child, &mut frame);
            }
        }
        for &modifier in stack {
            self.modifier(modifier, &mut frame);
        }
        self.carry(noun, outer, &mut frame);
        self.adopt(noun, &mut frame);
        frame
    }

    fn noun_dependent(&self, child: usize, frame: &mut Frame) {
        let tree = self.tree;
        match tree.deprel(child) {
            Deprel::NmodPoss => {
                if self.reading.time_covering(child).is_some() {
                    frame.add("time", child);
                } else {
                    frame.add("owner", child);
                }
            }
            Deprel::Nmod | Deprel::Obl | Deprel::NmodUnmarked => {
                if self.reading.time_covering(child).is_some() {
                    frame.add("time", child);
                    return;
                }
                let (preposition, _) = self.preposition(child);
                match preposition.as_str() {
                    "" => {}
                    "by" => frame.add("subject", child),
                    _ => frame.add(preposition, child),
                }
            }
            Deprel::Nummod | Deprel::Amod | Deprel::Compound | Deprel::NmodDesc
                if self.reading.time_covering(child).is_some() =>
            {
                frame.add("time", child);
            }
            Deprel::Acl => self.participle(child, frame),
            Deprel::AclRelcl => {}
            _ => {}
        }
    }

    /// "strikes targeting militias", "talks aimed at peace", "a plan to withdraw".
    fn participle(&self, verb: usize, frame: &mut Frame) {
        let tree = self.tree;
        if self.is_infinitive(verb) {
            frame.add("purpose", verb);
            return;
        }
        let (preposition, _) = self.preposition(verb);
        if !preposition.is_empty() && tree.xpos(verb) == Xpos::Vbg {
            frame.add(preposition, verb);
            return;
        }
        let lemma = tree.lemma(verb).to_lowercase();
        let carried = self.is(verb, self.rules.grammar.light) && tree.xpos(verb) == Xpos::Vbn;
        let slot = self.rules.words.value("participles", &lemma).map(str::to_owned);
        for &child in self.children(verb) {
            match tree.deprel(child) {
                Deprel::Obj => {
                    if let Some(slot) = &slot {
                        frame.add(slot.clone(), child);
                    }
                }
                Deprel::OblAgent => frame.add("subject", child),
                Deprel::Obl | Deprel::Advcl => {
                    let (preposition, _) = self.preposition(child);
                    if self.reading.time_covering(child).is_some() {
                        frame.add("time", child);
                    } else if preposition == "by" {
                        frame.add("subject", child);
                    } else if (slot.is_some()
                        || carried
                        || self.is(verb, self.rules.grammar.topical))
                        && !preposition.is_empty()
                    {
                        let topical = self.is(verb, self.rules.grammar.topical);
                        let slot = if topical { "on".to_owned() } else { preposition };
                        frame.add(slot, child);
                    }
                }
                _ => {}
            }
        }
    }

    /// A compound or adjective before the noun: an actor owns it, anything else specifies it.
    fn modifier(&self, child: usize, frame: &mut Frame) {
        if self.reading.time_covering(child).is_some() {
            frame.add("time", child);
            return;
        }
        let actor = self.reading.mention_covering(child).is_some();
        let noun = matches!(
            self.tree.upos(child),
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb | Upos::X
        );
        if actor {
            frame.add("owner", child);
        } else if noun {
            frame.add("noun", child);
        }
    }

    /// Arguments that a light, undergoing or occurrence verb holds for its noun.
    ///
    /// Of talks, who begins or breaks them off takes part, and so does who meets or travels for
    /// them.
    fn carry(&self, named: usize, noun: usize, frame: &mut Frame) {
        let tree = self.tree;
        let first = self.first_conjunct(noun);
        let Some(verb) = tree.head(first) else { return };
        let grammar = &self.rules.grammar;
        let relation = tree.deprel(first);
        let preposition = || self.preposition(first).0;
        let light = self.is(verb, grammar.light);
        let undergo = self.is(verb, grammar.undergo);
        let talks = self.is(named, grammar.talking);
        let phase = talks
            && [grammar.aspect, grammar.cancelling, grammar.breaking]
                .iter()
                .any(|&class| self.is(verb, class));
        let assembling = talks && self.is(verb, grammar.assembling);
        let (slot, passive) = match relation {
            Deprel::OblUnmarked if noun != named && (light || phase) => ("subject", false),
            Deprel::Obj if phase => ("subject", false),
            Deprel::NsubjPass if phase => ("subject", true),
            Deprel::Obl | Deprel::Nmod if assembling && preposition() == "for" => {
                ("subject", self.is_passive(verb))
            }
            Deprel::Obl if talks && matches!(preposition().as_str(), "at" | "in" | "during") => {
                return self.occasion(verb, frame);
            }
            Deprel::Obj if light => ("subject", false),
            Deprel::Obj if undergo => ("object", false),
            Deprel::Obl if undergo && preposition() == "under" => ("object", false),
            Deprel::Obl if preposition() == "on" && self.tree.lemma(verb) == "go" => {
                ("subject", false)
            }
            Deprel::NsubjPass if light => ("subject", true),
            Deprel::Nsubj if light && self.is_passive(verb) => ("subject", true),
            Deprel::Nsubj if self.is(verb, grammar.occur) => ("", false),
            Deprel::Nsubj | Deprel::NsubjPass if self.is(verb, grammar.topical) => {
                ("topical", false)
            }
            _ => return,
        };
        if relation == Deprel::Obj && !self.is_verb(verb) {
            return;
        }
        if slot == "topical" {
            return self.topical(verb, frame);
        }
        frame.carrier = Some(verb);
        let mut verbal = Frame { passive, ..Frame::default() };
        self.complements(verb, &mut verbal);
        if !passive
            && !slot.is_empty()
            && let Some(subject) = self.surface_subject(verb, CONTROL_DEPTH).filter(|&s| s != noun)
        {
            frame.add(slot, subject);
        }
        for arg in verbal.args {
            // What an occurrence hits is the event's own object: "the quake hit the city".
            let object = arg.slot == "object" && !slot.is_empty();
            if arg.token != first && !object && arg.slot != "clause" {
                let there = assembling && arg.slot == "to";
                frame.add(if there { Cow::Borrowed("in") } else { arg.slot }, arg.token);
            }
        }
    }

    /// "agreed at talks with officials": who does something there is the other party.
    fn occasion(&self, verb: usize, frame: &mut Frame) {
        if !self.is_verb(verb) || frame.get("with").is_none() || frame.get("between").is_some() {
            return;
        }
        if !self.is_passive(verb)
            && let Some(subject) = self.surface_subject(verb, CONTROL_DEPTH)
        {
            frame.add("subject", subject);
        }
        for &child in self.children(verb) {
            let adverbial = matches!(
                self.tree.deprel(child),
                Deprel::Obl | Deprel::OblUnmarked | Deprel::Advmod
            );
            if adverbial && self.is_date(child) && frame.get("time").is_none() {
                frame.add("time", child);
            }
        }
    }

    /// "the talks are focused on reform".
    fn topical(&self, verb: usize, frame: &mut Frame) {
        for &child in self.children(verb) {
            let relation = self.tree.deprel(child);
            let complement =
                matches!(relation, Deprel::Obl | Deprel::Advcl | Deprel::Xcomp | Deprel::Ccomp);
            let (preposition, _) = self.preposition(child);
            let about =
                matches!(preposition.as_str(), "on" | "at" | "about" | "around" | "to" | "with");
            if complement && about && self.reading.time_covering(child).is_none() {
                frame.add("on", child);
            }
        }
    }

    pub(crate) fn first_conjunct(&self, token: usize) -> usize {
        let mut at = token;
        for _ in 0..CONTROL_DEPTH {
            match self.tree.head(at) {
                Some(head) if self.tree.deprel(at) == Deprel::Conj => at = head,
                _ => break,
            }
        }
        at
    }
}
