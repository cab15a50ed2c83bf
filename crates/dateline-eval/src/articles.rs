//! The cells of every article, kept small: the bootstrap and the paired tests need them all.

use std::collections::BTreeMap;

use crate::cells::{Cell, Cells, Key};

/// Cells of many articles. Exact, at some six bytes a cell: keys are numbered, and counts, which
/// are small multiples of a half nearly everywhere, take a byte each.
#[derive(Clone, Debug, Default)]
pub struct Articles {
    keys: Vec<Key>,
    numbers: BTreeMap<Key, u32>,
    ids: Vec<Box<str>>,
    rows: Vec<Box<[u8]>>,
}

/// Set in the first byte of a cell that is stored as four `f64`.
const WIDE: u8 = 1;

impl Articles {
    /// Adds an article and returns its index.
    pub fn push(&mut self, id: &str, cells: &Cells) -> usize {
        let mut row = Vec::with_capacity(8 * cells.len());
        for (key, cell) in cells {
            let number = self.number(key);
            let values = [cell.precision_hits, cell.predicted, cell.recall_hits, cell.gold];
            // 23 bits of the head number the key: eight million of them.
            let small = values.map(small);
            let flags = if small.iter().all(Option::is_some) { 0 } else { WIDE };
            row.extend((number << 1 | u32::from(flags)).to_le_bytes()[..3].iter());
            for (value, small) in values.iter().zip(small) {
                match small {
                    Some(byte) if flags != WIDE => row.push(byte),
                    _ => row.extend(value.to_le_bytes()),
                }
            }
        }
        self.ids.push(id.into());
        self.rows.push(row.into_boxed_slice());
        self.ids.len() - 1
    }

    /// The number of a key, given at its first use.
    pub(crate) fn number(&mut self, key: &Key) -> u32 {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = self.keys.len() as u32;
        self.keys.push(key.clone());
        self.numbers.insert(key.clone(), number);
        number
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Id of an article.
    pub fn id(&self, article: usize) -> &str {
        &self.ids[article]
    }

    /// All keys, by their numbers.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// The number of a key, if any article has it.
    pub fn find(&self, key: &Key) -> Option<usize> {
        self.numbers.get(key).map(|number| *number as usize)
    }

    /// Cells of an article with the numbers of their keys.
    pub fn row(&self, article: usize) -> Row<'_> {
        Row { bytes: &self.rows[article] }
    }

    /// Sum over all articles, indexed by key.
    pub fn sum(&self) -> Vec<Cell> {
        let mut sum = vec![Cell::default(); self.keys.len()];
        for article in 0..self.len() {
            for (key, cell) in self.row(article) {
                sum[key].add(cell);
            }
        }
        sum
    }

    /// The same as [`Articles::sum`], by key.
    pub fn cells(&self) -> Cells {
        self.keys.iter().cloned().zip(self.sum()).collect()
    }

    /// Bytes held by the rows and ids.
    pub fn bytes(&self) -> usize {
        let fat = 2 * std::mem::size_of::<usize>();
        let rows: usize = self.rows.iter().map(|row| row.len() + fat).sum();
        let ids: usize = self.ids.iter().map(|id| id.len() + fat).sum();
        rows + ids
    }
}

/// The value in halves, if it is a small multiple of a half.
fn small(value: f64) -> Option<u8> {
    let halves = value * 2.0;
    ((0.0..=255.0).contains(&halves) && halves.fract() == 0.0).then_some(halves as u8)
}

/// Iterates over the cells of an article.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    bytes: &'a [u8],
}

impl Iterator for Row<'_> {
    type Item = (usize, Cell);

    fn next(&mut self) -> Option<(usize, Cell)> {
        let (head, rest) = self.bytes.split_first_chunk::<3>()?;
        let tagged = u32::from_le_bytes([head[0], head[1], head[2], 0]);
        let mut values = [0.0; 4];
        if tagged as u8 & WIDE == WIDE {
            let (wide, rest) = rest.split_first_chunk::<32>()?;
            for (value, bytes) in values.iter_mut().zip(wide.as_chunks::<8>().0) {
                *value = f64::from_le_bytes(*bytes);
            }
            self.bytes = rest;
        } else {
            let (bytes, rest) = rest.split_first_chunk::<4>()?;
            values = bytes.map(|halves| f64::from(halves) / 2.0);
            self.bytes = rest;
        }
        let [precision_hits, predicted, recall_hits, gold] = values;
        Some(((tagged >> 1) as usize, Cell { precision_hits, predicted, recall_hits, gold }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(group: &str) -> Key {
        Key { task: "entities", metric: "strict", group: group.into() }
    }

    #[test]
    fn cells_come_back_exactly() {
        let cell =
            Cell { precision_hits: 1.0 / 3.0, predicted: 2.0, recall_hits: 0.5, gold: 300.0 };
        let first = Cells::from([(key("A"), cell), (key("B"), Cell::matched(1.5, 127.5, 3.0))]);
        let second = Cells::from([(key("B"), Cell::matched(0.0, 128.0, 0.0))]);
        let mut articles = Articles::default();
        articles.push("one", &first);
        articles.push("two", &second);
        assert_eq!(
            articles.row(0).collect::<Vec<_>>(),
            [(0, cell), (1, Cell::matched(1.5, 127.5, 3.0))]
        );
        assert_eq!(articles.row(1).collect::<Vec<_>>(), [(1, Cell::matched(0.0, 128.0, 0.0))]);
        assert_eq!(
            articles.cells()[&key("B")],
            Cell { predicted: 255.5, ..Cell::matched(1.5, 0.0, 3.0) }
        );
        assert_eq!((articles.id(1), articles.len()), ("two", 2));
    }

    #[test]
    fn a_hundred_thousand_articles_of_sixty_numbers_take_less_than_60_mb() {
        let cells: Cells =
            (0..60).map(|n| (key(&n.to_string()), Cell::matched(2.0, 3.0, 4.0))).collect();
        let mut articles = Articles::default();
        for n in 0..1000 {
            articles.push(&n.to_string(), &cells);
        }
        assert!(articles.bytes() * 100 < 60_000_000, "{} bytes", articles.bytes());
    }
}
