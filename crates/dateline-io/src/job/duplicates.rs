//! Articles that say the same as one before: wire copy that many papers print.
//!
//! MinHash (Broder 1997) over shingles of four words, found again by bands of its values (locality
//! sensitive hashing; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3).

use std::collections::{HashMap, VecDeque};

use dateline::Article;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Values of a sketch: the similarity is known to within .05.
const VALUES: usize = 64;
/// Values of a band: of articles that share four fifths of their shingles, 99 in 100 share a band.
const BAND: usize = 4;
const SHINGLE: usize = 4;
/// From here on two articles are one. Copies with another headline, a cut last paragraph or some
/// words exchanged are above, two reports of one event below.
const SIMILAR: f64 = 0.7;
/// Articles that are remembered: days of the world's news. Older ones are forgotten, so that memory
/// has a bound.
const REMEMBERED: usize = 100_000;

/// What is remembered of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sketch([u32; VALUES]);

impl Sketch {
    /// The sketch of an article's text; of one without words `None`.
    pub(super) fn of(article: &Article) -> Option<Sketch> {
        let words: Vec<u64> = article
            .text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| xxh3_64(word.to_lowercase().as_bytes()))
            .collect();
        if words.is_empty() {
            return None;
        }
        let mut values = [u32::MAX; VALUES];
        for shingle in words.windows(SHINGLE.min(words.len())) {
            let mixed = shingle.iter().fold(0u64, |mixed, &word| {
                (mixed.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
            });
            for (index, value) in values.iter_mut().enumerate() {
                // A family of hash functions: multiply by odd numbers, keep the high half.
                let odd = FACTORS[index];
                *value = (*value).min((mixed.wrapping_mul(odd) >> 32) as u32);
            }
        }
        Some(Sketch(values))
    }

    fn similarity(&self, other: &Sketch) -> f64 {
        let same = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        same as f64 / VALUES as f64
    }

    fn bands(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.chunks_exact(BAND).zip(0..).map(|(band, number)| {
            let bytes: Vec<u8> = band.iter().flat_map(|value| value.to_le_bytes()).collect();
            xxh3_64_with_seed(&bytes, number)
        })
    }
}

const FACTORS: [u64; VALUES] = {
    let mut factors = [0; VALUES];
    let (mut index, mut state) = (0, 0x243F_6A88_85A3_08D3_u64);
    while index < VALUES {
        // SplitMix64 (Steele, Lea and Flood 2014).
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        factors[index] = (z ^ (z >> 31)) | 1;
        index += 1;
    }
    factors
};

/// The articles that a new one may be a copy of.
pub(super) struct Index {
    /// By band, the number of the last article with it.
    bands: HashMap<u64, u64>,
    articles: VecDeque<Seen>,
    /// Number of the first of `articles`.
    first: u64,
    remembered: usize,
}

struct Seen {
    sketch: Sketch,
    /// Of the first article of its copies.
    id: Box<str>,
}

impl Default for Index {
    fn default() -> Self {
        let (bands, articles) = (HashMap::new(), VecDeque::new());
        Index { bands, articles, first: 0, remembered: REMEMBERED }
    }
}

impl Index {
    /// The id of the first article that one is a copy of, and how similar it is to the copy last
    /// seen.
    pub(super) fn copied(&self, sketch: &Sketch) -> Option<(&str, f64)> {
        let numbers = sketch.bands().filter_map(|band| self.bands.get(&band)).copied();
        let (similarity, number) = numbers
            .map(|number| (self.seen(number).sketch.similarity(sketch), number))
            // The most similar one, of several the last.
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .filter(|(similarity, _)| *similarity >= SIMILAR)?;
        Some((&self.seen(number).id, similarity))
    }

    /// Adds an article, which may be a copy.
    pub(super) fn add(&mut self, id: &str, sketch: Sketch) {
        let id = self.copied(&sketch).map_or(id, |(first, _)| first).into();
        let number = self.first + self.articles.len() as u64;
        self.bands.extend(sketch.bands().map(|band| (band, number)));
        self.articles.push_back(Seen { sketch, id });
        if self.articles.len() > self.remembered {
            self.forget();
        }
    }

    fn seen(&self, number: u64) -> &Seen {
        &self.articles[(number - self.first) as usize]
    }

    fn forget(&mut self) {
        let Some(old) = self.articles.pop_front() else { return };
        for band in old.sketch.bands() {
            if self.bands.get(&band) == Some(&self.first) {
                self.bands.remove(&band);
            }
        }
        self.first += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `words` words that no other `seed` shares.
    fn text(seed: u64, words: u64) -> String {
        (0..words).map(|n| format!("w{:x} ", xxh3_64_with_seed(&n.to_le_bytes(), seed))).collect()
    }

    fn sketch(text: &str) -> Sketch {
        Sketch::of(&Article::from_text("", text)).unwrap()
    }

    fn add(index: &mut Index, id: &str, sketch: Sketch) -> Option<(String, f64)> {
        let copied =
            index.copied(&sketch).map(|(first, similarity)| (first.to_owned(), similarity));
        index.add(id, sketch);
        copied
    }

    #[test]
    fn copies_are_found_and_others_are_not() {
        let mut index = Index::default();
        for seed in 0..200 {
            assert_eq!(add(&mut index, &format!("a{seed}"), sketch(&text(seed, 300))), None);
        }
        let copy = text(7, 300).to_uppercase().replace(' ', "\n");
        assert_eq!(add(&mut index, "copy", sketch(&copy)), Some(("a7".to_owned(), 1.0)));
        let cut = text(7, 270) + &text(999, 10);
        let (first, similarity) = add(&mut index, "cut", sketch(&cut)).unwrap();
        assert_eq!(first, "a7");
        assert!((0.75..1.0).contains(&similarity), "{similarity}");
        // Half of it is not it.
        assert_eq!(add(&mut index, "half", sketch(&(text(8, 150) + &text(1000, 150)))), None);
        assert_eq!(Sketch::of(&Article::from_text("", " ... ")), None);
        assert_eq!(add(&mut index, "short", sketch("Rain")), None);
        assert_eq!(add(&mut index, "short too", sketch("rain!")), Some(("short".to_owned(), 1.0)));
    }

    #[test]
    fn what_is_forgotten_is_gone() {
        let mut index = Index { remembered: 3, ..Index::default() };
        for seed in [1, 2, 3, 4] {
            assert_eq!(add(&mut index, "a", sketch(&text(seed, 50))), None);
        }
        assert_eq!(index.bands.len(), 3 * VALUES / BAND);
        assert_eq!(add(&mut index, "b", sketch(&text(1, 50))), None);
        assert!(add(&mut index, "b", sketch(&text(4, 50))).is_some());
    }
}
