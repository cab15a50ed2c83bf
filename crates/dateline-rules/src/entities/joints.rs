//! Names cut or joined at the wrong word: those that end in "of", "and" or an adjective, and two
//! places in one.

use std::ops::Range;

use dateline_text::{Deprel, Upos};

use super::lexicon::{Lexicon, Sort, key};
use super::mentions::{Name, is_capitalized, is_word};
use super::titles::Titles;
use crate::reading::Kind;
use crate::tree::Tree;

/// Mends the ends of names. `names` are in text order and never overlap, before and after.
pub(crate) fn mend(tree: &Tree<'_>, names: &mut Vec<Name>, titles: &Titles, lexicon: &Lexicon) {
    let mut mended: Vec<Name> = Vec::with_capacity(names.len());
    let mut rest = std::mem::take(names).into_iter().peekable();
    while let Some(mut name) = rest.next() {
        let end = content_end(tree, &name.tokens);
        if end < name.tokens.end && end > name.tokens.start {
            let next = rest.next_if(|next| takes(tree, &name, end, next, lexicon));
            match next {
                Some(next) => {
                    name.tokens.end = next.tokens.end;
                    name.score = name.score.min(next.score);
                }
                None => name.tokens.end = end,
            }
            name.relist(tree, lexicon);
        }
        let limit = rest.peek().map_or(tree.len(), |next| next.tokens.start);
        let free = |end: &usize| *end <= limit;
        if let Some(end) = noun_behind(tree, &name, lexicon).filter(free) {
            name.tokens.end = end;
        }
        if let Some(end) = head_behind(tree, &name, titles, lexicon).filter(free) {
            name.tokens.end = end;
            name.relist(tree, lexicon);
        } else if let Some(end) = shop(tree, &name).filter(free) {
            name.tokens.end = end;
        }
        mended.extend(places(tree, name, lexicon));
    }
    *names = mended;
}

/// Where a name ends without the function words at its end.
fn content_end(tree: &Tree<'_>, tokens: &Range<usize>) -> usize {
    let function = |t: usize| {
        matches!(tree.upos(t), Upos::Adp | Upos::Det | Upos::Cconj) && !is_capitalized(tree.word(t))
    };
    let mut end = tokens.end;
    while end > tokens.start + 1 && function(end - 1) && !follows_hyphen(tree, end - 1) {
        end -= 1;
    }
    end
}

/// "Jae-in", "Ka-on": the end of a name that is spelled like a preposition.
fn follows_hyphen(tree: &Tree<'_>, token: usize) -> bool {
    token > 0 && !is_word(tree.word(token - 1))
}

/// True if `next` goes on where `name` ends in a function word: "Court of the" + "District of
/// Utopia", but not "Acme Electronics for" + "Asia".
fn takes(tree: &Tree<'_>, name: &Name, end: usize, next: &Name, lexicon: &Lexicon) -> bool {
    let the = |t: usize| tree.word(t).eq_ignore_ascii_case("the");
    let start = next.tokens.start;
    let adjoins = start == name.tokens.end
        || start == name.tokens.end + 1 && the(name.tokens.end) && !the(name.tokens.end - 1);
    if !adjoins || !tree.sentence(name.tokens.start).contains(&start) {
        return false;
    }
    let last = tree.word(end - 1);
    let heads = lexicon.heads_organization(last) || lexicon.subtype_of_noun(last).is_some();
    match tree.word(end) {
        // "Hospital and" + "Welfare Authority", not "Acme Institute and" + "Zed Institute".
        "and" | "&" => {
            let tail = tree.word(next.tokens.end - 1);
            name.kind == Kind::Org
                && next.kind == Kind::Org
                && !heads
                && next.tokens.len() > 1
                && lexicon.heads_organization(tail)
        }
        // "State of" + "Utopia", but not "Zed Desert of" + "Utopia".
        "of" if name.kind == Kind::Place => {
            end == name.tokens.start + 1 && next.kind == Kind::Place
        }
        "of" => name.kind == Kind::Org && next.kind != Kind::Person,
        _ => name.kind == Kind::Org && next.kind != Kind::Person && heads,
    }
}

/// The end of the noun that the people at a name's end describe: "Board of Muslim" + "clerics".
fn noun_behind(tree: &Tree<'_>, name: &Name, lexicon: &Lexicon) -> Option<usize> {
    let noun = name.tokens.end;
    let last = noun - 1;
    let cut = name.kind == Kind::Org
        && name.tokens.len() > 2
        && tree.word(last - 1) == "of"
        && noun < tree.sentence(last).end
        && tree.upos(noun) == Upos::Noun
        && tree.xpos(noun).is_plural();
    (cut && lexicon.is_people(tree.word(last))).then_some(noun + 1)
}

/// Words that a name may be short of at its end.
const TAIL: usize = 3;

/// The end of the capitalized head behind a name cut short: "Utopian National" + "Hurricane Center",
/// "Zed" + "Investment Ventures".
fn head_behind(tree: &Tree<'_>, name: &Name, titles: &Titles, lexicon: &Lexicon) -> Option<usize> {
    let last = name.tokens.end - 1;
    let sentence = tree.sentence(last);
    let head = tree.head(last).filter(|&h| h > last && h <= last + TAIL)?;
    let proper = |t: usize| tree.upos(t) == Upos::Propn && is_capitalized(tree.word(t));
    let fits = sentence.contains(&head)
        && tree.deprel(last) == Deprel::Compound
        && (last + 1..=head).all(proper)
        && !titles.is_title(tree.word(head))
        && !(head + 1 < sentence.end && proper(head + 1));
    let word = tree.word(head);
    let kind = match name.kind {
        Kind::Org => true,
        Kind::Place => {
            lexicon.heads_organization(word)
                || name.entries.is_empty() && lexicon.subtype_of_noun(word).is_some()
        }
        _ => false,
    };
    (fits && kind).then_some(head + 1)
}

/// The end of the possessive mark of a firm or a house, where it owns nothing: "eat at Zed's".
fn shop(tree: &Tree<'_>, name: &Name) -> Option<usize> {
    let mark = name.tokens.end;
    let fits = matches!(name.kind, Kind::Org | Kind::Place)
        && name.entries.is_empty()
        && tree.sentence(mark - 1).contains(&mark)
        && matches!(tree.word(mark), "'s" | "’s")
        && tree.upos(mark) == Upos::Part
        && tree.deprel(tree.head_of(&name.tokens)) != Deprel::NmodPoss;
    fits.then_some(mark + 1)
}

/// The places of a name that holds several: "Zedville, Texas", "Zedville Texas".
fn places(tree: &Tree<'_>, name: Name, lexicon: &Lexicon) -> Vec<Name> {
    if name.kind != Kind::Place || name.tokens.len() < 2 || !name.entries.is_empty() {
        return vec![name];
    }
    let listed = |tokens: Range<usize>| {
        let spelled = key(tokens.map(|t| tree.word(t)));
        let mut found = lexicon.lookup(&spelled).to_vec();
        if found.is_empty() && !spelled.chars().any(char::is_uppercase) {
            found = lexicon.lookup_folded(&spelled).to_vec();
        }
        found
            .iter()
            .map(|&e| lexicon.entry(e))
            .filter(|e| matches!(e.sort, Sort::Country | Sort::Region))
            .any(|e| !e.unsure || is_code(&spelled))
    };
    let Range { start, end } = name.tokens.clone();
    let longest = lexicon.longest().min(end - start - 1);
    let outer = (end - longest..end).find(|&at| is_word(tree.word(at)) && listed(at..end));
    let Some(outer) = outer else { return vec![name] };
    let comma = outer > start + 1 && matches!(tree.word(outer - 1), "," | "-" | "–" | "/");
    let inner = start..if comma { outer - 1 } else { outer };
    let proper = |t: usize| tree.upos(t) == Upos::Propn && is_word(tree.word(t));
    let direction = |t: usize| lexicon.is_place_modifier(tree.word(t));
    if !comma && (!inner.clone().all(proper) || direction(inner.end - 1)) {
        return vec![name];
    }
    [inner, outer..end]
        .into_iter()
        .map(|tokens| {
            let mut part = Name { tokens, ..name.clone() };
            part.relist(tree, lexicon);
            part
        })
        .collect()
}

/// True for the postal code of a state: `TX`.
fn is_code(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use crate::entities::tests::read;

    fn last(sentence: &str) -> Vec<String> {
        read(&[sentence])
    }

    #[test]
    fn function_words_join_what_belongs_together_or_come_off() {
        let court = "the DET DT 3 det; Superior ADJ JJ 3 amod B-ORG; Court PROPN NNP 0 root I-ORG; \
            of ADP IN 6 case I-ORG; the DET DT 6 det; District PROPN NNP 3 nmod B-PLACE; \
            of ADP IN 8 case I-PLACE; Zed PROPN NNP 6 nmod I-PLACE";
        assert_eq!(
            last(court),
            ["ORG Superior Court of the District of Zed: Superior Court of the District of Zed"]
        );
        let firm = "Zed PROPN NNP 2 compound B-ORG; Motors PROPN NNP 0 root I-ORG; \
            for ADP IN 4 case I-ORG; Asia PROPN NNP 2 nmod B-PLACE";
        assert_eq!(last(firm), ["ORG Zed Motors: Zed Motors", "PLACE Asia region: Asia"]);
        let two = "Zed PROPN NNP 2 compound B-ORG; Institute PROPN NNP 0 root I-ORG; \
            and CCONJ CC 5 cc I-ORG; Ypsilon PROPN NNP 5 compound B-ORG; \
            University PROPN NNP 2 conj I-ORG";
        assert_eq!(
            last(two),
            ["ORG Zed Institute: Zed Institute", "ORG Ypsilon University: Ypsilon University"]
        );
        let desert = "Zed PROPN NNP 2 compound B-PLACE; Desert PROPN NNP 0 root I-PLACE; \
            of ADP IN 4 case I-PLACE; Chad PROPN NNP 2 nmod B-PLACE";
        assert_eq!(
            last(desert),
            ["PLACE Zed Desert natural: Zed Desert", "PLACE Chad TCD country: Chad"]
        );
    }

    #[test]
    fn a_name_ends_with_its_head() {
        let firm = "Zed PROPN NNP 3 compound B-ORG; Investment PROPN NNP 3 compound; \
            Ventures PROPN NNPS 4 nsubj; grew VERB VBD 0 root";
        assert_eq!(last(firm), ["ORG Zed Investment Ventures: Zed Investment Ventures"]);
        let speaker = "Zed PROPN NNP 2 compound B-ORG; Spokesman PROPN NNP 4 nsubj; \
            Ann PROPN NNP 2 flat B-PERSON; left VERB VBD 0 root";
        assert!(last(speaker).contains(&"ORG Zed: Zed".to_owned()));
        let war = "the DET DT 3 det; Utopia PROPN NNP 3 compound B-PLACE; \
            Deal PROPN NNP 4 nsubj; died VERB VBD 0 root";
        assert_eq!(last(war), ["PLACE Utopia USA city: Utopia"]);
    }

    #[test]
    fn a_possessive_mark_that_owns_nothing_belongs_to_the_name() {
        let eat =
            "eat VERB VB 0 root; at ADP IN 3 case; Zed PROPN NNP 1 obl B-ORG _; 's PART POS 3 case";
        assert_eq!(last(eat), ["ORG Zed's: Zed's"]);
        let is = "it PRON PRP 2 nsubj; is AUX VBZ 3 cop; Egypt PROPN NNP 0 root B-PLACE _; 's PART POS 3 case";
        assert_eq!(last(is)[0], "PLACE Egypt EGY country: Egypt");
    }

    #[test]
    fn people_at_the_end_describe_the_noun_behind() {
        let board = "the DET DT 2 det; Board PROPN NNP 6 nsubj B-ORG; of ADP IN 5 case I-ORG; \
            Muslim PROPN NNP 5 compound I-ORG; elders NOUN NNS 2 nmod; met VERB VBD 0 root";
        assert_eq!(last(board)[0], "ORG Board of Muslim elders: Board of Muslim elders");
        let house = "the DET DT 2 det; House PROPN NNP 6 nsubj B-ORG; of ADP IN 4 case I-ORG; \
            Zed PROPN NNP 2 nmod I-ORG; today NOUN NN 6 obl; met VERB VBD 0 root";
        assert_eq!(last(house), ["ORG House of Zed: House of Zed"]);
    }

    #[test]
    fn two_places_in_one_are_parted() {
        for (name, expected) in [
            ("Zedville Texas", vec!["Zedville", "Texas"]),
            ("Zedville , Texas", vec!["Zedville", "Texas"]),
            ("Northern Texas", vec!["Northern Texas"]),
            ("San Zed California", vec!["San Zed", "California"]),
            ("Zedville , TX", vec!["Zedville", "TX"]),
            ("South Dakota", vec!["South Dakota"]),
            ("New Zedville", vec!["New Zedville"]),
        ] {
            let tokens: Vec<String> = (name.split(' ').enumerate())
                .map(|(at, word)| {
                    let tag = if at == 0 { "B-PLACE" } else { "I-PLACE" };
                    let (upos, xpos) = if word == "," { ("PUNCT", ",") } else { ("PROPN", "NNP") };
                    let (head, relation) = if at == 0 { (0, "root") } else { (1, "flat") };
                    format!("{word} {upos} {xpos} {head} {relation} {tag}")
                })
                .collect();
            let found = read(&[&tokens.join("; ")]);
            let mentions: Vec<&str> =
                found.iter().map(|line| line.split_once(": ").unwrap().1).collect();
            assert_eq!(mentions, expected, "{name}");
        }
    }
}
