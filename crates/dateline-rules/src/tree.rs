//! Walking the dependency trees of a text.

use std::ops::Range;

use dateline_text::{Annotations, Deprel, Text, TokenAnnotation, Upos, Xpos};

use crate::subcategorization::Subcategorization;

/// The trees of one text, with children ready to walk. Token indices count over the whole text.
pub(crate) struct Tree<'a> {
    pub(crate) text: &'a Text,
    pub(crate) tokens: &'a [TokenAnnotation],
    /// Relations and heads, mended where the parser gave one that cannot be.
    deprels: Vec<Deprel>,
    heads: Vec<Option<usize>>,
    /// Words and lemmas in lower case: rules look them up again and again.
    lower: Lowered,
    lower_lemmas: Lowered,
    /// `children[first[i]..first[i + 1]]` are the dependents of token `i`, in text order.
    children: Vec<usize>,
    first: Vec<usize>,
}

/// Words in lower case, end to end.
struct Lowered {
    text: String,
    ends: Vec<usize>,
}

impl Lowered {
    fn of<'w>(words: impl Iterator<Item = &'w str>) -> Lowered {
        let mut lowered = Lowered { text: String::new(), ends: Vec::new() };
        for word in words {
            let start = lowered.text.len();
            if word.is_ascii() {
                lowered.text.push_str(word);
                lowered.text[start..].make_ascii_lowercase();
            } else {
                lowered.text.push_str(&word.to_lowercase());
            }
            lowered.ends.push(lowered.text.len());
        }
        lowered
    }

    fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[index]]
    }
}

/// Heads and relations of the parser's tree. "debated how they should leave": a question is the
/// complement of the verb in front, though the parser may take it for a relative clause of "how",
/// and "how" for the verb's adverb.
fn arcs(tokens: &[TokenAnnotation]) -> (Vec<Option<usize>>, Vec<Deprel>) {
    let mut heads: Vec<Option<usize>> = tokens.iter().map(|t| t.head).collect();
    let mut deprels: Vec<Deprel> = tokens.iter().map(|t| t.deprel).collect();
    for (clause, token) in tokens.iter().enumerate() {
        let Some(adverb) = token.head.filter(|&h| h < clause) else { continue };
        let question = token.deprel == Deprel::AdvclRelcl
            && tokens[adverb].xpos == Xpos::Wrb
            && tokens[adverb].deprel == Deprel::Advmod;
        let verb = tokens[adverb]
            .head
            .filter(|&verb| question && verb + 1 == adverb && tokens[verb].upos == Upos::Verb);
        if let Some(verb) = verb {
            (heads[clause], deprels[clause]) = (Some(verb), Deprel::Ccomp);
            heads[adverb] = Some(clause);
        }
    }
    (heads, deprels)
}

impl<'a> Tree<'a> {
    pub(crate) fn new(
        text: &'a Text,
        annotations: &'a Annotations,
        verbs: &Subcategorization,
    ) -> Self {
        let tokens = annotations.tokens.as_slice();
        let (heads, deprels) = arcs(tokens);
        let mut first = vec![0; tokens.len() + 1];
        for head in heads.iter().flatten() {
            first[head + 1] += 1;
        }
        for index in 1..first.len() {
            first[index] += first[index - 1];
        }
        let mut next = first.clone();
        let mut children = vec![0; first[tokens.len()]];
        for (index, head) in heads.iter().enumerate() {
            if let &Some(head) = head {
                children[next[head]] = index;
                next[head] += 1;
            }
        }
        let lower = Lowered::of((0..tokens.len()).map(|token| text.word(token)));
        let lower_lemmas = Lowered::of(tokens.iter().map(|token| token.lemma.as_str()));
        let mut tree = Tree { text, tokens, deprels, heads, lower, lower_lemmas, children, first };
        for token in 0..tokens.len() {
            if let Some(relation) = tree.mended(token, verbs) {
                tree.deprels[token] = relation;
            }
        }
        tree
    }

    fn mended(&self, token: usize, verbs: &Subcategorization) -> Option<Deprel> {
        if self.deprel(token) == Deprel::Advcl {
            return self.is_infinitive_complement(token, verbs).then_some(Deprel::Xcomp);
        }
        if self.deprel(token) == Deprel::Nsubj {
            return self.describes_next_subject(token).then_some(Deprel::NmodDesc);
        }
        self.name_on_verb(token)
    }

    /// "agreed on Friday to buy": what follows a verb that takes an infinitive is its complement,
    /// though the parser may see a purpose.
    fn is_infinitive_complement(&self, token: usize, verbs: &Subcategorization) -> bool {
        let governs = self
            .head(token)
            .is_some_and(|head| head < token && verbs.takes_infinitive(self.lemma(head)));
        let mut marks = self.with(token, Deprel::Mark);
        let to = marks.next().is_some_and(|mark| self.upos(mark) == Upos::Part);
        governs && to && marks.next().is_none() && self.with(token, Deprel::Nsubj).next().is_none()
    }

    /// "spokeswoman Mireille Dorval told": of two subjects side by side the first is what the
    /// second, a name, is called by.
    fn describes_next_subject(&self, token: usize) -> bool {
        let Some(verb) = self.head(token) else { return false };
        self.with(verb, Deprel::Nsubj)
            .find(|&subject| subject > token)
            .is_some_and(|name| self.upos(name) == Upos::Propn && self.leftmost(name) == token + 1)
    }

    /// The first token of the phrase that `token` heads, as far as first children lead.
    fn leftmost(&self, token: usize) -> usize {
        let before = |&t: &usize| self.children(t).first().copied().filter(|&c| c < t);
        std::iter::successors(Some(token), before).last().unwrap_or(token)
    }

    /// `flat` and `appos` join names and nouns: where they hang a name on a verb, the parser lost
    /// the thread of a long name and the name is the verb's agent or, before it, its subject.
    fn name_on_verb(&self, token: usize) -> Option<Deprel> {
        let stray = matches!(self.deprel(token), Deprel::Flat | Deprel::Appos);
        let verb = self.head(token).filter(|&h| stray && self.upos(h) == Upos::Verb)?;
        if self.upos(token) != Upos::Propn {
            return None;
        }
        let has = |relations: &[Deprel]| {
            self.children(verb).iter().any(|&c| relations.contains(&self.deprel(c)))
        };
        if self.case(token) == "by" && has(&[Deprel::AuxPass, Deprel::NsubjPass]) {
            return Some(Deprel::OblAgent);
        }
        let subject = has(&[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Csubj]);
        (token < verb && !subject && self.case(token).is_empty()).then_some(Deprel::Nsubj)
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Dependents of `token`, in text order.
    pub(crate) fn children(&self, token: usize) -> &[usize] {
        &self.children[self.first[token]..self.first[token + 1]]
    }

    /// Dependents of `token` whose relation is exactly `relation`.
    pub(crate) fn with(&self, token: usize, relation: Deprel) -> impl Iterator<Item = usize> + '_ {
        self.children(token).iter().copied().filter(move |&c| self.deprel(c) == relation)
    }

    /// Dependents of `token` whose relation without subtype is `relation`.
    pub(crate) fn with_base(
        &self,
        token: usize,
        relation: Deprel,
    ) -> impl Iterator<Item = usize> + '_ {
        self.children(token).iter().copied().filter(move |&c| self.deprel(c).base() == relation)
    }

    pub(crate) fn head(&self, token: usize) -> Option<usize> {
        self.heads[token]
    }

    /// The token of a run by which it hangs in the tree.
    pub(crate) fn head_of(&self, tokens: &Range<usize>) -> usize {
        let outside = |t: &usize| self.head(*t).is_none_or(|h| !tokens.contains(&h));
        tokens.clone().find(outside).unwrap_or(tokens.end - 1)
    }

    pub(crate) fn deprel(&self, token: usize) -> Deprel {
        self.deprels[token]
    }

    pub(crate) fn upos(&self, token: usize) -> Upos {
        self.tokens[token].upos
    }

    pub(crate) fn xpos(&self, token: usize) -> Xpos {
        self.tokens[token].xpos
    }

    pub(crate) fn lemma(&self, token: usize) -> &'a str {
        &self.tokens[token].lemma
    }

    pub(crate) fn word(&self, token: usize) -> &'a str {
        self.text.word(token)
    }

    /// The word in lower case.
    pub(crate) fn lower(&self, token: usize) -> &str {
        self.lower.get(token)
    }

    /// The lemma in lower case.
    pub(crate) fn lower_lemma(&self, token: usize) -> &str {
        self.lower_lemmas.get(token)
    }

    pub(crate) fn sentence(&self, token: usize) -> Range<usize> {
        self.text.sentences()[self.text.tokens()[token].sentence].tokens.clone()
    }

    /// The tokens above `token`, nearest first.
    pub(crate) fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(token), |&t| self.head(t))
    }

    /// The preposition or conjunction that marks `token`, lower-cased, with its fixed parts:
    /// "in", "according to", "ahead of"; empty where there is none.
    pub(crate) fn case(&self, token: usize) -> String {
        let mark_of = |token: usize| {
            self.children(token).iter().copied().find(|&c| {
                matches!(self.deprel(c), Deprel::Case | Deprel::Mark) && self.upos(c) != Upos::Part
            })
        };
        // "according to spokesman Rakesh Menon": the parser may hang the preposition on the title.
        let on_title = || self.with(token, Deprel::NmodDesc).find_map(mark_of);
        let Some(mark) = mark_of(token).or_else(on_title) else { return String::new() };
        let mut words = vec![mark];
        words.extend(self.with(mark, Deprel::Fixed));
        let words: Vec<&str> = words.into_iter().map(|w| self.lower(w)).collect();
        words.join(" ")
    }

    /// True if a negating word (*not*, *n't*, *no*, *never*, *neither*, *without*, *instead of*, *no
    /// longer*) hangs on `token` itself. UD v2 has no `neg` relation: the words decide.
    pub(crate) fn is_negated(&self, token: usize) -> bool {
        self.children(token).iter().any(|&c| {
            let word = self.lower_lemma(c);
            let no = |&d: &usize| self.word(d).eq_ignore_ascii_case("no");
            match self.deprel(c).base() {
                Deprel::Advmod if word == "longer" || word == "long" => {
                    self.children(c).iter().any(no)
                }
                Deprel::Advmod | Deprel::Det | Deprel::Cc | Deprel::Case | Deprel::Mark => {
                    match word {
                        "not" | "n't" | "n’t" => !self.is_limited(c),
                        // "No 10" is a house.
                        "no" => !self.next(c).starts_with(|d: char| d.is_ascii_digit()),
                        "never" | "neither" | "nor" | "without" | "instead" => true,
                        "rather" => self.deprel(c).base() != Deprel::Advmod,
                        _ => false,
                    }
                }
                _ => false,
            }
        })
    }

    fn next(&self, token: usize) -> &'a str {
        if token + 1 < self.len() { self.word(token + 1) } else { "" }
    }

    /// *not only*, *not just*, *not until*: what follows happened.
    fn is_limited(&self, not: usize) -> bool {
        let next = if not + 1 < self.len() { self.lower(not + 1) } else { "" };
        matches!(next, "only" | "just" | "merely" | "simply" | "until" | "all" | "every")
    }
}
