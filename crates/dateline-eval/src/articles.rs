//! The cells of every article, kept small: the bootstrap and the paired tests need them all.

use std::collections::BTreeMap;

use crate::cells::{Cell, Cells, Key};

/// Cells of many articles. Exact, at some five bytes a cell: keys are numbered, counts, which are
/// small multiples of a half nearly everywhere, take a byte each, and equal ones are stored once.
#[derive(Clone, Debug, Default)]
pub struct Articles {
    keys: Vec<Key>,
    numbers: BTreeMap<Key, u32>,
    ids: Vec<Box<str>>,
    rows: Vec<Box<[u8]>>,
}

/// How the values of a cell are stored; the two lowest bits of its head.
mod form {
    /// Four `f64`.
    pub(super) const WIDE: u16 = 0;
    /// Four bytes.
    pub(super) const FOUR: u16 = 1;
    /// Three bytes: as many hits on either side.
    pub(super) const MATCHED: u16 = 2;
    /// Two bytes: besides, as many items on either side.
    pub(super) const ACCURACY: u16 = 3;
}

/// In the place of a key's number: the number stands in the next four bytes.
const LARGE_KEY: u16 = (1 << 14) - 1;

impl Articles {
    /// Adds an article and returns its index.
    pub fn push(&mut self, id: &str, cells: &Cells) -> usize {
        let mut row = Vec::with_capacity(6 * cells.len());
        for (key, cell) in cells {
            let number = self.number(key);
            let values = [cell.precision_hits, cell.predicted, cell.recall_hits, cell.gold];
            let small = values.map(small);
            let [Some(precision_hits), Some(predicted), Some(recall_hits), Some(gold)] = small
            else {
                push_head(&mut row, number, form::WIDE);
                row.extend(values.iter().flat_map(|value| value.to_le_bytes()));
                continue;
            };
            if precision_hits != recall_hits {
                push_head(&mut row, number, form::FOUR);
                row.extend([precision_hits, predicted, recall_hits, gold]);
            } else if predicted != gold {
                push_head(&mut row, number, form::MATCHED);
                row.extend([precision_hits, predicted, gold]);
            } else {
                push_head(&mut row, number, form::ACCURACY);
                row.extend([precision_hits, predicted]);
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

fn push_head(row: &mut Vec<u8>, number: u32, form: u16) {
    match u16::try_from(number) {
        Ok(short) if short < LARGE_KEY => row.extend((short << 2 | form).to_le_bytes()),
        _ => {
            row.extend((LARGE_KEY << 2 | form).to_le_bytes());
            row.extend(number.to_le_bytes());
        }
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

impl Row<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.bytes.split_first_chunk::<N>()?;
        self.bytes = rest;
        Some(*bytes)
    }

    fn halves<const N: usize>(&mut self) -> Option<[f64; N]> {
        Some(self.take::<N>()?.map(|halves| f64::from(halves) / 2.0))
    }

    fn wide(&mut self) -> Option<f64> {
        Some(f64::from_le_bytes(self.take()?))
    }
}

impl Iterator for Row<'_> {
    type Item = (usize, Cell);

    fn next(&mut self) -> Option<(usize, Cell)> {
        let head = u16::from_le_bytes(self.take()?);
        let key = match head >> 2 {
            LARGE_KEY => u32::from_le_bytes(self.take()?) as usize,
            key => usize::from(key),
        };
        let [precision_hits, predicted, recall_hits, gold] = match head & 3 {
            form::WIDE => [self.wide()?, self.wide()?, self.wide()?, self.wide()?],
            form::FOUR => self.halves()?,
            form::MATCHED => {
                let [hits, predicted, gold] = self.halves()?;
                [hits, predicted, hits, gold]
            }
            _ => {
                let [hits, judged] = self.halves()?;
                [hits, judged, hits, judged]
            }
        };
        Some((key, Cell { precision_hits, predicted, recall_hits, gold }))
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
    fn every_form_and_large_key_numbers() {
        let forms = [
            Cell { precision_hits: 1.0, predicted: 2.0, recall_hits: 2.0, gold: 3.0 },
            Cell::matched(1.0, 2.0, 3.0),
            Cell::accuracy(0.5, 3.0),
            Cell::accuracy(0.1, 3.0),
            Cell::matched(-1.0, 2.0, 3.0),
        ];
        let cells: Cells =
            (0..17_000).map(|n| (key(&format!("{n:05}")), forms[n % forms.len()])).collect();
        let mut articles = Articles::default();
        articles.push("one", &cells);
        let back: Vec<(usize, Cell)> = articles.row(0).collect();
        assert_eq!(back.len(), 17_000);
        assert!(back.iter().enumerate().all(|(n, cell)| *cell == (n, forms[n % forms.len()])));
    }

    #[test]
    fn a_hundred_thousand_articles_of_sixty_numbers_take_less_than_40_mb() {
        let cells: Cells =
            (0..60).map(|n| (key(&n.to_string()), Cell::matched(2.0, 3.0, 4.0))).collect();
        let mut articles = Articles::default();
        for n in 0..1000 {
            articles.push(&n.to_string(), &cells);
        }
        assert!(articles.bytes() * 100 < 40_000_000, "{} bytes", articles.bytes());
    }
}
