//! Sorting in bounded memory (external merge sort: Knuth, The Art of Computer Programming 3, 5.4).

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::ops::Range;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::scratch::Scratch;

/// Runs that are merged into one at a time: of each, a buffer is held.
const MERGED_AT_A_TIME: usize = 64;

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
        self.runs.push(self.scratch.add(self.held.drain(..).map(Ok))?);
        Ok(())
    }

    /// All that was pushed, in order; an error ends it.
    pub(super) fn sorted(mut self) -> io::Result<impl Iterator<Item = io::Result<T>>> {
        self.end_run()?;
        while self.runs.len() > MERGED_AT_A_TIME {
            let fewer = Scratch::new();
            let merge = |runs: &[_]| fewer.add(merged::<T>(&self.scratch, runs)?);
            self.runs = self.runs.chunks(MERGED_AT_A_TIME).map(merge).collect::<io::Result<_>>()?;
            self.scratch = fewer;
        }
        merged(&self.scratch, &self.runs)
    }
}

/// What stands in all `runs`, in order; an error ends it.
fn merged<T: Ord + DeserializeOwned>(
    scratch: &Scratch,
    runs: &[Range<u64>],
) -> io::Result<impl Iterator<Item = io::Result<T>> + use<T>> {
    let mut runs: Vec<_> = runs.iter().map(|run| scratch.things::<T>(run.clone())).collect();
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

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts(mut things in vec(any::<u16>(), 0..500), at_a_time in 1..20usize) {
            let mut sorter = Sorter::new(at_a_time);
            for &thing in &things {
                sorter.push(thing).unwrap();
            }
            let sorted: Vec<u16> = sorter.sorted().unwrap().map(Result::unwrap).collect();
            things.sort_unstable();
            prop_assert_eq!(sorted, things);
        }
    }

    #[test]
    fn runs_are_merged_in_several_passes() {
        let mut sorter = Sorter::new(1);
        let count = MERGED_AT_A_TIME * MERGED_AT_A_TIME + 1;
        (0..count).rev().try_for_each(|thing| sorter.push(thing)).unwrap();
        assert!(sorter.sorted().unwrap().map(Result::unwrap).eq(0..count));
    }
}
