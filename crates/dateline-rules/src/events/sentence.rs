//! What the event rules ask of an article's trees again and again.

use dateline_text::{Deprel, Upos, Xpos, ZoneKind};

use crate::reading::{Kind, MentionKind, Reading};
use crate::tree::Tree;

use super::EventRules;
use super::words::{ClassSet, stems};

/// No natural phrase has more dependents or stands deeper; bounds keep hostile trees linear.
const MAX_CHILDREN: usize = 64;
const MAX_CLIMB: usize = 24;

/// An article under the event rules.
pub(crate) struct Context<'r> {
    pub(crate) reading: &'r Reading<'r>,
    pub(crate) rules: &'r EventRules,
    pub(crate) tree: &'r Tree<'r>,
    classes: Vec<ClassSet>,
    sentence_classes: Vec<ClassSet>,
    /// Classes that at least two sentences hold words of.
    article_classes: ClassSet,
    /// First and last token of each token's subtree.
    extents: Vec<(usize, usize)>,
}

impl<'r> Context<'r> {
    pub(crate) fn new(reading: &'r Reading<'r>, rules: &'r EventRules) -> Self {
        let tree = &reading.tree;
        let words = &rules.words;
        let classes: Vec<ClassSet> = (0..tree.len())
            .map(|t| {
                let mut set = words.of(tree.lower_lemma(t));
                let surface = tree.lower(t);
                set.insert(words.of(surface));
                if let Some(lemma) = words.value("irregular", surface) {
                    set.insert(words.of(lemma));
                }
                if set.is_empty() {
                    let known = stems(surface).into_iter().map(|stem| words.of(&stem));
                    known.for_each(|classes| set.insert(classes));
                }
                set
            })
            .collect();
        let sentence_classes = reading.text.sentences().iter().map(|sentence| {
            let mut all = ClassSet::default();
            classes[sentence.tokens.clone()].iter().for_each(|&c| all.insert(c));
            all
        });
        let sentence_classes: Vec<ClassSet> = sentence_classes.collect();
        let (mut once, mut article_classes) = (ClassSet::default(), ClassSet::default());
        for &classes in &sentence_classes {
            article_classes.insert(once.common(classes));
            once.insert(classes);
        }
        let extents = extents(tree);
        Context { reading, rules, tree, sentence_classes, article_classes, extents, classes }
    }

    pub(crate) fn children(&self, token: usize) -> &'r [usize] {
        let children = self.tree.children(token);
        &children[..children.len().min(MAX_CHILDREN)]
    }

    pub(crate) fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.tree.ancestors(token).take(MAX_CLIMB)
    }

    /// First and last token of what stands under `token`.
    pub(crate) fn extent(&self, token: usize) -> (usize, usize) {
        self.extents[token]
    }

    pub(crate) fn classes(&self, token: usize) -> ClassSet {
        self.classes[token]
    }

    pub(crate) fn is(&self, token: usize, class: ClassSet) -> bool {
        self.classes[token].overlaps(class)
    }

    pub(crate) fn sentence_has(&self, token: usize, class: ClassSet) -> bool {
        self.sentence_classes[self.sentence(token)].overlaps(class)
    }

    /// Whether the article speaks of `class` in more than one sentence.
    pub(crate) fn article_has(&self, class: ClassSet) -> bool {
        self.article_classes.overlaps(class)
    }

    /// The classes of all words of a sentence.
    pub(crate) fn classes_in(&self, sentence: usize) -> ClassSet {
        self.sentence_classes[sentence]
    }

    pub(crate) fn sentence(&self, token: usize) -> usize {
        self.reading.text.tokens()[token].sentence
    }

    pub(crate) fn in_title(&self, token: usize) -> bool {
        self.reading.text.sentences()[self.sentence(token)].zone == ZoneKind::Title
    }

    pub(crate) fn is_verb(&self, token: usize) -> bool {
        self.tree.upos(token) == Upos::Verb
    }

    pub(crate) fn is_noun(&self, token: usize) -> bool {
        matches!(self.tree.upos(token), Upos::Noun | Upos::Propn)
    }

    /// The preposition over `token` in its canonical form (`regarding` → `on`), and as written.
    pub(crate) fn preposition(&self, token: usize) -> (String, String) {
        let marks = self.children(token).iter().copied();
        let mut marks =
            marks.filter(|&c| matches!(self.tree.deprel(c), Deprel::Case | Deprel::Mark));
        let Some(mark) =
            marks.find(|&c| self.tree.xpos(c) != Xpos::Pos && self.tree.upos(c) != Upos::Part)
        else {
            return (String::new(), String::new());
        };
        let mut written = self.tree.lower(mark).to_owned();
        let fixed = self.children(mark).iter().copied();
        for part in fixed.filter(|&c| self.tree.deprel(c) == Deprel::Fixed) {
            written.push(' ');
            written.push_str(self.tree.lower(part));
        }
        // "out of Iraq": two case marks without `fixed`.
        if let Some(next) = marks.next().filter(|&n| n == mark + 1) {
            let both = format!("{written} {}", self.tree.lower(next));
            if self.rules.words.value("prepositions", &both).is_some() {
                written = both;
            }
        }
        let canonical = self.rules.words.value("prepositions", &written).unwrap_or(&written);
        (canonical.to_owned(), written)
    }

    /// `of`-complement of a head that only measures or counts: "series of strikes" → strikes.
    pub(crate) fn content_head(&self, token: usize) -> usize {
        let mut at = token;
        for _ in 0..3 {
            if !self.is(at, self.rules.grammar.transparent) {
                break;
            }
            match self.of_phrase(at) {
                Some(inner) => at = inner,
                None => break,
            }
        }
        at
    }

    pub(crate) fn of_phrase(&self, token: usize) -> Option<usize> {
        self.children(token)
            .iter()
            .copied()
            .find(|&c| self.tree.deprel(c).base() == Deprel::Nmod && self.preposition(c).0 == "of")
    }

    /// `token` and what is coordinated with it.
    pub(crate) fn conjuncts(&self, token: usize) -> Vec<usize> {
        let conj = self.children(token).iter().copied();
        std::iter::once(token)
            .chain(conj.filter(|&c| self.tree.deprel(c) == Deprel::Conj))
            .collect()
    }

    /// A negating word on `token`, or, for a noun that a verb only carries (*has no plans*,
    /// *did not make plans*), on that verb.
    pub(crate) fn is_negated_noun(&self, token: usize) -> bool {
        let tree = self.tree;
        if tree.is_negated(token) {
            return true;
        }
        let carrier = tree.head(token).filter(|&head| {
            tree.deprel(token) == Deprel::Obj && self.is(head, self.rules.grammar.light)
        });
        self.is_noun(token) && carrier.is_some_and(|verb| tree.is_negated(verb))
    }

    /// The mention that names `token` (not a nominal or a pronoun), if one covers it.
    pub(crate) fn name_covering(&self, token: usize) -> Option<usize> {
        let mention = self.reading.mention_covering(token)?;
        (self.reading.mentions[mention].kind == MentionKind::Name).then_some(mention)
    }

    pub(crate) fn entity_kind(&self, mention: usize) -> Kind {
        self.reading.entities[self.reading.mentions[mention].entity].kind
    }

    pub(crate) fn is_country(&self, mention: usize) -> bool {
        let entity = &self.reading.entities[self.reading.mentions[mention].entity];
        entity.kind == Kind::Place && entity.subtype.is_some_and(|s| s == "country")
    }

    /// The quantity that `token` is, or that counts it.
    pub(crate) fn quantity(&self, token: usize) -> Option<usize> {
        self.reading.quantity_covering(token).or_else(|| {
            let mut counts = self.children(token).iter().copied();
            counts.find_map(|c| {
                let numeric = self.tree.deprel(c) == Deprel::Nummod;
                numeric.then(|| self.reading.quantity_covering(c)).flatten()
            })
        })
    }

    pub(crate) fn is_passive(&self, verb: usize) -> bool {
        let tree = self.tree;
        let mut aux = false;
        for &child in self.children(verb) {
            match tree.deprel(child) {
                Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass => return true,
                Deprel::Aux => aux = true,
                _ => {}
            }
        }
        if aux || tree.xpos(verb) != Xpos::Vbn {
            return self.is_headline_passive(verb);
        }
        match tree.deprel(verb) {
            Deprel::Acl | Deprel::Advcl | Deprel::Amod => true,
            Deprel::Conj => tree.head(verb).is_some_and(|head| {
                self.children(head)
                    .iter()
                    .any(|&c| matches!(tree.deprel(c), Deprel::AuxPass | Deprel::NsubjPass))
                    || matches!(tree.deprel(head), Deprel::Acl)
            }),
            _ => self.is_headline_passive(verb),
        }
    }

    /// "Three killed in blast": headlines drop the auxiliary.
    fn is_headline_passive(&self, verb: usize) -> bool {
        let tree = self.tree;
        self.in_title(verb)
            && tree.xpos(verb).is_past()
            && self.is(verb, self.rules.grammar.headline_passive)
            && !self
                .children(verb)
                .iter()
                .any(|&c| matches!(tree.deprel(c), Deprel::Obj | Deprel::Aux | Deprel::Ccomp))
    }
}

fn extents(tree: &Tree<'_>) -> Vec<(usize, usize)> {
    let count = tree.len();
    let mut extents: Vec<(usize, usize)> = (0..count).map(|t| (t, t)).collect();
    let mut waiting: Vec<usize> = (0..count).map(|t| tree.children(t).len()).collect();
    let mut ready: Vec<usize> = (0..count).filter(|&t| waiting[t] == 0).collect();
    while let Some(token) = ready.pop() {
        let Some(head) = tree.head(token) else { continue };
        let (start, end) = extents[token];
        extents[head] = (extents[head].0.min(start), extents[head].1.max(end));
        waiting[head] -= 1;
        if waiting[head] == 0 {
            ready.push(head);
        }
    }
    extents
}
