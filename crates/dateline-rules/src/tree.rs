//! Walking the dependency trees of a text.

use std::ops::Range;

use dateline_text::{Annotations, Deprel, Text, TokenAnnotation, Upos, Xpos};

/// The trees of one text, with children ready to walk. Token indices count over the whole text.
pub(crate) struct Tree<'a> {
    pub(crate) text: &'a Text,
    pub(crate) tokens: &'a [TokenAnnotation],
    /// Relations, mended where the parser gave one that its head cannot govern.
    deprels: Vec<Deprel>,
    /// `children[first[i]..first[i + 1]]` are the dependents of token `i`, in text order.
    children: Vec<usize>,
    first: Vec<usize>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(text: &'a Text, annotations: &'a Annotations) -> Self {
        let tokens = annotations.tokens.as_slice();
        let mut first = vec![0; tokens.len() + 1];
        for token in tokens {
            if let Some(head) = token.head {
                first[head + 1] += 1;
            }
        }
        for index in 1..first.len() {
            first[index] += first[index - 1];
        }
        let mut next = first.clone();
        let mut children = vec![0; first[tokens.len()]];
        for (index, token) in tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[next[head]] = index;
                next[head] += 1;
            }
        }
        let deprels = tokens.iter().map(|t| t.deprel).collect();
        let mut tree = Tree { text, tokens, deprels, children, first };
        for token in 0..tokens.len() {
            if let Some(relation) = tree.mended(token) {
                tree.deprels[token] = relation;
            }
        }
        tree
    }

    /// `flat` and `appos` join names and nouns: where they hang a name on a verb, the parser lost
    /// the thread of a long name and the name is the verb's agent or, before it, its subject.
    fn mended(&self, token: usize) -> Option<Deprel> {
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
        self.tokens[token].head
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
        let Some(&mark) = self.children(token).iter().find(|&&c| {
            matches!(self.deprel(c), Deprel::Case | Deprel::Mark) && self.upos(c) != Upos::Part
        }) else {
            return String::new();
        };
        let mut words = vec![mark];
        words.extend(self.with(mark, Deprel::Fixed));
        let words: Vec<String> = words.into_iter().map(|w| self.word(w).to_lowercase()).collect();
        words.join(" ")
    }

    /// True if a negating word (*not*, *n't*, *no*, *never*, *neither*, *without*) hangs on
    /// `token` itself. UD v2 has no `neg` relation: the words decide.
    pub(crate) fn is_negated(&self, token: usize) -> bool {
        self.children(token).iter().any(|&c| {
            matches!(
                self.deprel(c).base(),
                Deprel::Advmod | Deprel::Det | Deprel::Cc | Deprel::Case | Deprel::Mark
            ) && matches!(
                self.lemma(c).to_lowercase().as_str(),
                "not" | "n't" | "n’t" | "no" | "never" | "neither" | "nor" | "without"
            )
        })
    }
}
