//! Sorting in bounded memory (external merge sort: Knuth, The Art of Computer Programming 3, 5.4).

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::ops::Range;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::scratch::Scratch;

/// Sorts things, some in memory at a time, and merges these runs from a temporary file.
pub(super) struct Sorter<T> {
    at_a_time: usize,
    held: Vec<T>,
    runs: Vec<Range<u64>>,
    scratch: Scratch,
}

impl<T: Ord + Serialize + DeserializeOwned> Sorter<T> {
    pub(super) fn new(at_a_time: usize) -> Sorter<T> {
        Sorter { at_a_time, held: Vec::new(), runs: Vec::new(), scratch: Scratch::new() }
    }

    pub(super) fn push(&mut self, thing: T) -> io::Result<()> {
        self.held.push(thing);
        if self.held.len() >= self.at_a_time { self.end_run() } else { Ok(()) }
    }

    fn end_run(&mut self) -> io::Result<()> {
        self.held.sort_unstable();
        self.runs.push(self.scratch.add(&self.held)?);
        self.held.clear();
        Ok(())
    }

    /// All that was pushed, in order; an error ends it.
    pub(super) fn sorted(mut self) -> io::Result<impl Iterator<Item = io::Result<T>>> {
        self.end_run()?;
        let runs = self.runs.into_iter();
        let mut runs: Vec<_> = runs.map(|run| self.scratch.things::<T>(run)).collect();
        // The first of each run that is not given yet.
        let mut firsts = BinaryHeap::with_capacity(runs.len());
        for (index, run) in runs.iter_mut().enumerate() {
            firsts.extend(run.next().transpose()?.map(|first| Reverse((first, index))));
        }
        Ok(std::iter::from_fn(move || {
            let Reverse((first, index)) = firsts.pop()?;
            match runs[index].next() {
                Some(Ok(next)) => firsts.push(Reverse((next, index))),
                Some(Err(error)) => {
                    firsts.clear();
                    return Some(Err(error));
                }
                None => {}
            }
            Some(Ok(first))
        }))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts(mut things: Vec<u16>, at_a_time in 1..20usize) {
            let mut sorter = Sorter::new(at_a_time);
            for &thing in &things {
                sorter.push(thing).unwrap();
            }
            let sorted: Vec<u16> = sorter.sorted().unwrap().map(Result::unwrap).collect();
            things.sort_unstable();
            prop_assert_eq!(sorted, things);
        }
    }
}
