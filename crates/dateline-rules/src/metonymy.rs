//! What a mention stands for where it is not what its name says: "Kabul rejected the offer" is the
//! government, "outside the ministry" the building. The place or organization itself stays the
//! entity's; the reading is the mention's.
//!
//! A mention's slot (what it is to the word it hangs on) and that word decide, by `metonymy.tsv`.

use std::collections::HashMap;

use dateline_text::{Deprel, Upos};

use crate::data::{RuleError, Source};
use crate::entities::columns;
use crate::reading::{Kind, MentionFact, MentionKind, Reading};
use crate::tree::Tree;

/// What mentions may stand for, as the record names it.
const READINGS: [&str; 5] = ["government", "people", "team", "organization", "place"];
/// The reading of mentions that stand for what their name says.
const LITERAL: &str = "literal";
const MENTIONS: [&str; 8] =
    ["country", "region", "city", "facility", "natural", "other", ANY_PLACE, ORGANIZATION];
const ANY_PLACE: &str = "place";
const ORGANIZATION: &str = "organization";
/// Stands for every noun that names an event.
const EVENT: &str = "<event>";
/// Stands for every other word.
const ANY: &str = "*";
/// From this probability on a noun names an event.
const LEAST_EVENT: f32 = 0.5;
/// Coordinations and appositions that are climbed at most.
const MOST_STEPS: usize = 16;

/// Readings by mention, slot and governing word.
#[derive(Debug, Default)]
pub(crate) struct MetonymyRules {
    readings: HashMap<(String, String), HashMap<String, Option<&'static str>>>,
}

impl MetonymyRules {
    pub(crate) fn load(source: &Source) -> Result<MetonymyRules, RuleError> {
        const FILE: &str = "metonymy.tsv";
        let mut rules = MetonymyRules::default();
        for (line, row) in source.rows(FILE)? {
            let [mention, slot, reading, words] = columns(FILE, line, &row)?;
            if !MENTIONS.contains(&mention.as_str()) {
                let problem = format!("{mention:?} is none of {}", MENTIONS.join(", "));
                return Err(RuleError::new(FILE, line, problem));
            }
            let known = READINGS.into_iter().find(|r| *r == reading);
            if known.is_none() && reading != LITERAL {
                let problem = format!("{reading:?} is none of {}, {LITERAL}", READINGS.join(", "));
                return Err(RuleError::new(FILE, line, problem));
            }
            let by_word = rules.readings.entry((mention, slot)).or_default();
            for word in words.split(';').map(str::trim) {
                if word.is_empty() {
                    return Err(RuleError::new(FILE, line, "a word is empty"));
                }
                by_word.insert(word.to_lowercase(), known);
            }
        }
        Ok(rules)
    }

    /// The reading of a mention in `slot` of `word`: what its own lines say of the word, what the
    /// lines of all places say, then what either says of events and of any word.
    fn reading(&self, mention: &str, slot: &str, word: &str, event: bool) -> Option<&'static str> {
        let general = if mention == ORGANIZATION { ORGANIZATION } else { ANY_PLACE };
        let key = |mention: &str| (mention.to_owned(), slot.to_owned());
        let (own, all) = (self.readings.get(&key(mention)), self.readings.get(&key(general)));
        let words = [Some(word), event.then_some(EVENT), Some(ANY)];
        let told = words.into_iter().flatten().find_map(|word| {
            own.and_then(|lines| lines.get(word)).or_else(|| all.and_then(|lines| lines.get(word)))
        });
        told.copied().flatten()
    }
}

/// The reading of each mention of the article; `None` where it is literal.
pub(crate) fn find(reading: &Reading<'_>, rules: &MetonymyRules) -> Vec<Option<&'static str>> {
    let mut slots = Slots::new(&reading.tree);
    let mut of = |mention: &MentionFact| {
        if mention.kind == MentionKind::Pronoun {
            return None;
        }
        let entity = &reading.entities[mention.entity];
        let named = match entity.kind {
            Kind::Place => entity.subtype.unwrap_or("other"),
            Kind::Org => ORGANIZATION,
            _ => return None,
        };
        let slot = slots.of(mention.head)?;
        let word = reading.tree.lower_lemma(slot.governor);
        let event = reading.tree.upos(slot.governor) == Upos::Noun
            && reading.tree.tokens[slot.governor].event >= LEAST_EVENT;
        rules.reading(named, &slot.name, word, event)
    };
    reading.mentions.iter().map(&mut of).collect()
}

/// What a mention is to the word it hangs on.
#[derive(Clone)]
struct Slot {
    name: String,
    governor: usize,
}

/// The slots of an article's tokens.
struct Slots<'t> {
    tree: &'t Tree<'t>,
    /// Whether a token has a copula, and its open complement: told of all tokens at once, as a
    /// token may have very many dependents.
    copular: Vec<bool>,
    complement: Vec<Option<usize>>,
    known: HashMap<usize, Option<Slot>>,
}

impl<'t> Slots<'t> {
    fn new(tree: &'t Tree<'t>) -> Slots<'t> {
        let (mut copular, mut complement) = (vec![false; tree.len()], vec![None; tree.len()]);
        for token in 0..tree.len() {
            let Some(head) = tree.head(token) else { continue };
            match tree.deprel(token) {
                Deprel::Cop => copular[head] = true,
                Deprel::Xcomp if complement[head].is_none() => complement[head] = Some(token),
                _ => {}
            }
        }
        Slots { tree, copular, complement, known: HashMap::new() }
    }

    fn of(&mut self, head: usize) -> Option<Slot> {
        let token = outermost(self.tree, head);
        if let Some(known) = self.known.get(&token) {
            return known.clone();
        }
        let slot = self.read(token);
        self.known.insert(token, slot.clone());
        slot
    }

    fn read(&self, token: usize) -> Option<Slot> {
        let governor = self.tree.head(token)?;
        let relation = self.tree.deprel(token);
        let name = match relation {
            Deprel::Nsubj | Deprel::NsubjOuter => {
                let name = if self.copular[governor] { "copula" } else { "subject" };
                let governor = self.raised(governor);
                return Some(Slot { name: name.to_owned(), governor });
            }
            Deprel::NsubjPass | Deprel::Obj | Deprel::Iobj => "object".to_owned(),
            Deprel::OblAgent => "agent".to_owned(),
            Deprel::Compound => "compound".to_owned(),
            Deprel::NmodPoss => "possessor".to_owned(),
            _ if matches!(relation.base(), Deprel::Obl | Deprel::Nmod) => self.tree.case(token),
            _ => return None,
        };
        // Without a preposition the phrase says when or how much.
        (!name.is_empty()).then_some(Slot { name, governor })
    }

    /// "had to agree", "seems to agree": what the subject does.
    fn raised(&self, verb: usize) -> usize {
        const RAISING: [&str; 7] = ["appear", "begin", "continue", "have", "seem", "start", "use"];
        let raises = RAISING.contains(&self.tree.lemma(verb));
        self.complement[verb].filter(|_| raises).unwrap_or(verb)
    }
}

/// The first of a coordination, and what an apposition explains: what hangs on the governor.
fn outermost(tree: &Tree<'_>, head: usize) -> usize {
    let above = |&token: &usize| {
        let up = tree.head(token)?;
        let joins = match tree.deprel(token) {
            Deprel::Conj => tree.upos(up) == Upos::Propn || tree.upos(token) == tree.upos(up),
            Deprel::Appos | Deprel::Flat => tree.upos(up) != Upos::Verb,
            _ => false,
        };
        joins.then_some(up)
    };
    std::iter::successors(Some(head), above).take(MOST_STEPS).last().unwrap_or(head)
}

#[cfg(test)]
mod tests {
    use crate::{Options, Rules};

    /// Reads a sentence of tokens `form lemma upos head relation [entity]`, parted by `;`, and gives
    /// its mentions with what they stand for.
    fn read(sentence: &str) -> Vec<(String, Option<String>)> {
        let mut document = String::new();
        for (index, token) in sentence.split(';').enumerate() {
            let columns: Vec<&str> = token.split_whitespace().collect();
            let [form, lemma, upos, head, relation, rest @ ..] = columns.as_slice() else {
                panic!("{token:?} has too few columns");
            };
            let xpos = match *upos {
                "VERB" => "VBD",
                "PROPN" => "NNP",
                "ADP" => "IN",
                _ => "NN",
            };
            let misc = rest.first().map_or("_".to_owned(), |e| format!("Entity={e}"));
            let id = index + 1;
            document += &format!(
                "{id}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t{misc}\n"
            );
        }
        let (article, text, annotations) =
            dateline_text::conllu::parse(&(document + "\n")).unwrap();
        let rules = Rules::builtin().unwrap();
        let document = rules.read(&article, &text, &annotations, &Options::default());
        let mentions = document.entities.into_iter().flat_map(|e| e.mentions);
        mentions.map(|m| (m.location.text, m.metonymy)).collect()
    }

    #[test]
    fn what_mentions_stand_for() {
        let cases = [
            // Subjects of what states do, and of what happens to land.
            (
                "Norway Norway PROPN 2 nsubj B-PLACE;rejected reject VERB 0 root;it it PRON 2 obj",
                "Norway",
                Some("government"),
            ),
            (
                "Norway Norway PROPN 2 nsubj B-PLACE;borders border VERB 0 root;Sweden Sweden PROPN 2 obj B-PLACE",
                "Norway",
                None,
            ),
            (
                "Norway Norway PROPN 2 nsubj B-PLACE;beat beat VERB 0 root;Sweden Sweden PROPN 2 obj B-PLACE",
                "Sweden",
                Some("team"),
            ),
            (
                "Norway Norway PROPN 2 nsubj B-PLACE;beat beat VERB 0 root;Sweden Sweden PROPN 2 obj B-PLACE",
                "Norway",
                Some("team"),
            ),
            (
                "Oslo Oslo PROPN 4 nsubj B-PLACE;and and CCONJ 3 cc;Stockholm Stockholm PROPN 1 conj B-PLACE;agreed agree VERB 0 root",
                "Stockholm",
                Some("government"),
            ),
            (
                "Norway Norway PROPN 2 nsubj B-PLACE;had have VERB 0 root;to to PART 4 mark;retaliate retaliate VERB 2 xcomp",
                "Norway",
                Some("government"),
            ),
            // Prepositions, by what they hang on.
            (
                "talks talk NOUN 0 root;with with ADP 3 case;Oslo Oslo PROPN 1 nmod B-PLACE",
                "Oslo",
                Some("government"),
            ),
            (
                "He he PRON 2 nsubj;lives live VERB 0 root;in in ADP 4 case;Norway Norway PROPN 2 obl B-PLACE",
                "Norway",
                None,
            ),
            (
                "the the DET 2 det;border border NOUN 0 root;with with ADP 4 case;Norway Norway PROPN 2 nmod B-PLACE",
                "Norway",
                None,
            ),
            (
                "a a DET 2 det;win win NOUN 0 root;against against ADP 4 case;Norway Norway PROPN 2 nmod B-PLACE",
                "Norway",
                Some("team"),
            ),
            // Possessors.
            (
                "Norway Norway PROPN 3 nmod:poss B-PLACE;'s 's PART 1 case;refusal refusal NOUN 0 root",
                "Norway",
                Some("government"),
            ),
            (
                "Norway Norway PROPN 3 nmod:poss B-PLACE;'s 's PART 1 case;coast coast NOUN 0 root",
                "Norway",
                None,
            ),
            // Buildings of institutions, and institutions' buildings.
            (
                "the the DET 2 det;Pentagon Pentagon PROPN 3 nsubj B-ORG;announced announce VERB 0 root;it it PRON 3 obj",
                "Pentagon",
                Some("government"),
            ),
            (
                "He he PRON 2 nsubj;stood stand VERB 0 root;outside outside ADP 5 case;the the DET 5 det;Pentagon Pentagon PROPN 2 obl B-PLACE",
                "Pentagon",
                None,
            ),
            (
                "He he PRON 2 nsubj;stood stand VERB 0 root;outside outside ADP 4 case;Acme Acme PROPN 2 obl B-ORG",
                "Acme",
                Some("place"),
            ),
            (
                "He he PRON 2 nsubj;works work VERB 0 root;for for ADP 4 case;Acme Acme PROPN 2 obl B-ORG",
                "Acme",
                None,
            ),
        ];
        for (sentence, name, expected) in cases {
            let read = read(sentence);
            let found = read.iter().find(|(surface, _)| surface == name);
            let found = found.unwrap_or_else(|| panic!("{name} in {sentence}: {read:?}"));
            assert_eq!(found.1.as_deref(), expected, "{sentence}");
        }
    }

    #[test]
    fn faults_tell_their_line() {
        let cases = [
            ("city\tsubject\tmayor\tsay\n", 1, "\"mayor\" is none of"),
            ("# comment\ntown\tsubject\tteam\tplay\n", 2, "\"town\" is none of"),
            ("city\tsubject\tteam\n", 1, "expected 4 columns"),
            ("city\tsubject\tteam\tplay;;win\n", 1, "a word is empty"),
        ];
        for (index, (file, line, problem)) in cases.into_iter().enumerate() {
            let name = format!("dateline-metonymy-{}-{index}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("metonymy.tsv"), file).unwrap();
            let error = Rules::from_dir(&folder).unwrap_err();
            std::fs::remove_dir_all(&folder).unwrap();
            assert_eq!((error.line, error.problem.contains(problem)), (line, true), "{error}");
        }
    }
}
