//! Deep arguments of an event noun: its possessors, of-phrases, compounds and what the verb that
//! carries it holds for it.

use std::borrow::Cow;

use dateline_text::{Deprel, Upos, Xpos};

use super::frame::{CONTROL_DEPTH, Frame};
use super::sentence::Context;

impl Context<'_> {
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
        if self.is(noun, self.rules.grammar.talking) {
            self.agenda(noun, &mut frame);
            self.put_off(noun, &mut frame);
        }
        frame
    }

    /// "Trade topped the agenda of the talks on Monday", "trade was on the agenda when they held
    /// talks": the subject is the topic, and the clause's date that of the talks.
    fn agenda(&self, noun: usize, frame: &mut Frame) {
        if !self.sentence_has(noun, self.rules.grammar.agenda) {
            return;
        }
        let listing = |t: usize| self.is(t, self.rules.grammar.agenda);
        let lists =
            |t: usize| listing(t) || self.children(t).iter().any(|&c| c != noun && listing(c));
        let clause = self.ancestors(noun).take(CONTROL_DEPTH).find_map(|above| {
            let subject = self.surface_subject(above, 1).filter(|_| lists(above))?;
            Some((above, subject))
        });
        let Some((predicate, subject)) = clause.filter(|&(_, s)| s != noun) else { return };
        frame.add("on", subject);
        if frame.get("time").is_none() {
            let mut around = Frame::default();
            self.complements(predicate, &mut around);
            around.all("time").for_each(|t| frame.add("time", t));
        }
    }

    /// "The talks were postponed before they were due to start in Lima": place and date of a clause
    /// about the same talks.
    fn put_off(&self, noun: usize, frame: &mut Frame) {
        let tree = self.tree;
        let Some(verb) = tree.head(noun).filter(|_| tree.deprel(noun).is_subject()) else { return };
        let grammar = &self.rules.grammar;
        for &clause in self.children(verb) {
            let about = matches!(tree.deprel(clause), Deprel::Advcl | Deprel::Ccomp)
                && [grammar.aspect, grammar.occur, grammar.light]
                    .iter()
                    .any(|&class| self.is(clause, class))
                && self.children(clause).iter().any(|&c| {
                    tree.deprel(c).is_subject() && matches!(tree.lower(c), "they" | "it")
                });
            if !about {
                continue;
            }
            let mut around = Frame::default();
            self.complements(clause, &mut around);
            for arg in around.args {
                if matches!(arg.slot.as_ref(), "in" | "at" | "time")
                    && frame.get(&arg.slot).is_none()
                {
                    frame.add(arg.slot, arg.token);
                }
            }
        }
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
        let lemma = tree.lower_lemma(verb);
        let carried = self.is(verb, self.rules.grammar.light) && tree.xpos(verb) == Xpos::Vbn;
        let slot = self.rules.words.value("participles", lemma).map(str::to_owned);
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
